//! The lines of a document, whatever it was before, in the order in which it is read.

/// What a line is, where the file itself says so; a plain text never does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A line of text.
    Text,
    /// A paragraph that is whole: what follows does not belong to it.
    Whole,
    /// A heading of this level.
    Heading(u8),
    /// A point of a list, whole.
    Item,
    /// A row of a table, its cells, and whether it is a heading.
    Row(Vec<String>, bool),
    /// The caption of the table that follows.
    Caption,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its number in the file, from 1.
    pub(crate) line: u32,
    /// Its text, made plain.
    pub(crate) text: String,
    /// What it is.
    pub(crate) shape: Shape,
    /// Whether there is a gap before it.
    pub(crate) gap: bool,
    /// Whether a page begins with it.
    pub(crate) top: bool,
}

impl Piece {
    /// A line of text.
    pub(crate) fn text(line: u32, text: String, gap: bool) -> Self {
        Self { line, text, shape: Shape::Text, gap, top: false }
    }
}

/// The lines of a plain text.
pub(crate) fn of_text(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut gap, mut top) = (true, false);
    for (number, raw) in (1u32..).zip(text.split('\n')) {
        let mut clean = crate::clean::line(raw);
        if clean.starts_with('\u{c}') && !clean.contains('\t') {
            top = true;
            clean.remove(0);
        }
        if clean.trim().is_empty() && !clean.trim_matches(' ').contains('\t') {
            gap = true;
            top |= clean.contains('\u{c}');
            continue;
        }
        let mut piece = Piece::text(number, clean, gap);
        piece.top = top;
        pieces.push(piece);
        (gap, top) = (false, false);
    }
    pieces
}
