//! A handful of parsed rows: one buffer of bytes and where the fields in it begin and end. Nothing is copied or allocated per row.

/// Rows of one layout. Field `c` of a row whose first bound is `b` is `bytes[bounds[b + c]..bounds[b + c + 1] - 1]`: each bound is
/// one past a separator.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    /// What the bounds point into.
    pub bytes: &'a [u8],
    /// One past each separator, the first of all 0.
    pub bounds: &'a [u32],
    /// For each row, the place in `bounds` of its beginning.
    pub firsts: &'a [u32],
    /// How many columns every row has.
    pub width: usize,
}

impl<'a> Rows<'a> {
    /// The field of this column in the row that begins at this bound. The last column loses a carriage return.
    #[inline(always)]
    pub(crate) fn field(&self, first: u32, column: usize) -> &'a [u8] {
        let (from, to) = self.place(first, column);
        &self.bytes[from..to]
    }

    /// Where that field begins and ends.
    #[inline(always)]
    pub(crate) fn place(&self, first: u32, column: usize) -> (usize, usize) {
        let at = first as usize + column;
        let (from, to) = (self.bounds[at] as usize, self.bounds[at + 1] as usize - 1);
        let is_last = column + 1 == self.width;
        (from, if is_last && to > from && self.bytes[to - 1] == b'\r' { to - 1 } else { to })
    }
}

/// Takes rows as they are parsed.
pub(crate) trait Sink {
    /// Takes these rows, all of them well formed.
    fn rows(&mut self, rows: Rows<'_>);
}
