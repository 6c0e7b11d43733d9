//! Where a record ends when quotation marks may hold commas and line ends. The rules are those of the `csv` crate: a mark opens a
//! quoted field only where a field begins; two marks within are one; elsewhere a mark is text.

use memchr::{memchr, memchr2};

/// Where in a record a byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Where a record begins: no byte of it has been seen.
    Record,
    /// Where a field begins that is not a record's first.
    Field,
    /// Within a field without marks around it, or after them.
    Text,
    /// Within marks.
    Quoted,
    /// After a mark within marks: it ends them, unless another one follows.
    Mark,
}

impl Place {
    /// The place after this byte outside of marks.
    fn after(byte: u8) -> Self {
        match byte {
            b'\n' => Self::Record,
            b',' => Self::Field,
            _ => Self::Text,
        }
    }

    /// The place after all of these bytes.
    pub(crate) fn past(self, bytes: &[u8]) -> Self {
        let mut walk = Walk { bytes, at: 0, place: self };
        while walk.step(|rest| memchr(b'"', rest)) {}
        walk.place
    }

    /// One past the line end of the record that these bytes are in the middle of, or `None` when they do not hold it, with the
    /// place after what was looked at.
    pub(crate) fn record_end(self, bytes: &[u8]) -> (Option<usize>, Self) {
        let mut walk = Walk { bytes, at: 0, place: self };
        while walk.step(|rest| memchr2(b'"', b'\n', rest)) {
            if walk.place == Self::Record {
                return (Some(walk.at), Self::Record);
            }
        }
        (None, walk.place)
    }
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    place: Place,
}

impl Walk<'_> {
    /// Goes past the next byte that can matter, which outside of marks `next` finds. `false` when there is none: the place is then
    /// that after the last byte.
    fn step(&mut self, next: impl Fn(&[u8]) -> Option<usize>) -> bool {
        let rest = &self.bytes[self.at..];
        let Some(&first) = rest.first() else { return false };
        match self.place {
            Place::Quoted => match memchr(b'"', rest) {
                Some(mark) => self.go(mark + 1, Place::Mark),
                None => self.go(rest.len(), Place::Quoted),
            },
            Place::Mark => self.go(1, if first == b'"' { Place::Quoted } else { Place::after(first) }),
            Place::Record | Place::Field | Place::Text => match next(rest) {
                Some(0) if first == b'"' => {
                    self.go(1, if self.place == Place::Text { Place::Text } else { Place::Quoted })
                }
                Some(at) if rest[at] == b'"' => {
                    let begins = matches!(rest[at - 1], b',' | b'\n');
                    self.go(at + 1, if begins { Place::Quoted } else { Place::Text });
                }
                Some(at) => self.go(at + 1, Place::after(rest[at])),
                None => self.go(rest.len(), Place::after(rest[rest.len() - 1])),
            },
        }
        true
    }

    fn go(&mut self, by: usize, place: Place) {
        self.at += by;
        self.place = place;
    }
}

/// A record taken apart byte by byte: its fields without their marks.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// The fields, each followed by one byte that is none of theirs.
    pub bytes: Vec<u8>,
    /// One past each field and its byte; the first is 0.
    pub bounds: Vec<u32>,
}

impl Record {
    /// Takes one record apart, its line end included or missing.
    pub(crate) fn read(&mut self, record: &[u8]) {
        self.bytes.clear();
        self.bounds.clear();
        self.bounds.push(0);
        let record = record.strip_suffix(b"\n").unwrap_or(record);
        let mut rest = record;
        loop {
            let (field, more) = self.field(rest);
            self.bytes.push(b',');
            self.bounds.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
            if !more {
                return;
            }
            rest = &rest[field..];
        }
    }

    /// How many fields the record has.
    pub(crate) fn width(&self) -> usize {
        self.bounds.len() - 1
    }

    /// The fields.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &[u8]> {
        self.bounds.windows(2).map(|pair| &self.bytes[pair[0] as usize..pair[1] as usize - 1])
    }

    /// Appends the field that `rest` begins with; how many bytes it took with its comma, and whether there was one.
    fn field(&mut self, rest: &[u8]) -> (usize, bool) {
        let mut at = 0;
        if rest.first() == Some(&b'"') {
            at = 1;
            while let Some(mark) = memchr(b'"', &rest[at..]) {
                self.bytes.extend_from_slice(&rest[at..at + mark]);
                at += mark + 1;
                if rest.get(at) != Some(&b'"') {
                    break;
                }
                self.bytes.push(b'"');
                at += 1;
            }
        }
        let tail = &rest[at..];
        let comma = memchr(b',', tail);
        let text = &tail[..comma.unwrap_or(tail.len())];
        // The carriage return of the line end, which is after the last field.
        let text = if comma.is_none() { text.strip_suffix(b"\r").unwrap_or(text) } else { text };
        self.bytes.extend_from_slice(text);
        (at + comma.map_or(tail.len(), |c| c + 1), comma.is_some())
    }
}

/// How many line ends there are.
pub(crate) fn line_ends(bytes: &[u8]) -> u64 {
    u64::try_from(memchr::memchr_iter(b'\n', bytes).count()).unwrap_or(u64::MAX)
}
