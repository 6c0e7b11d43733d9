//! Bytes to rows. Most rows hold neither quotation marks nor bytes beyond ASCII and go by 16 KiB at a time; the others are taken
//! apart one by one. A row with too many or too few fields, or that is not UTF-8, is refused and remembered with its line.

use crate::masks::Index;
use crate::quotes::{Place, Record, line_ends};
use crate::rows::{Rows, Sink};

/// The longest record that is read: a file without line ends must not fill the memory.
pub(crate) const LONGEST: usize = 1024 * 1024;

/// Why a row was not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// It has this many fields, not as many as the header.
    Fields(usize),
    /// A byte of it is no UTF-8.
    NotUtf8,
    /// It is longer than a mebibyte: a quotation mark that is never closed, or not a file of lines.
    TooLong,
}

/// How many refused rows of a block are remembered with their place.
pub(crate) const REMEMBERED: usize = 5;

/// What was seen of a block or a stream, besides its rows.
#[derive(Debug, Default, Clone)]
pub(crate) struct Tally {
    /// Rows that the sink took.
    pub rows: u64,
    /// Line ends passed.
    pub lines: u64,
    /// Rows refused.
    pub refused: u64,
    /// The first of them: lines before it, and why.
    pub first: Vec<(u64, Fault)>,
}

impl Tally {
    pub(crate) fn refuse(&mut self, line: u64, fault: Fault) {
        self.refused += 1;
        if self.first.len() < REMEMBERED {
            self.first.push((line, fault));
        }
    }
}

/// Turns bytes into rows of one layout.
#[derive(Debug)]
pub(crate) struct Scanner {
    index: Index,
    record: Record,
    kept: Vec<u32>,
}

impl Scanner {
    pub(crate) fn new() -> Self {
        Self { index: Index::new(), record: Record::default(), kept: Vec::new() }
    }

    /// Hands every complete record to `sink`, beginning with the first byte, which must begin one. Returns how many bytes that was;
    /// the rest begins an incomplete record. With `is_end` a last record without line end is complete.
    pub(crate) fn scan(
        &mut self,
        bytes: &[u8],
        width: usize,
        is_end: bool,
        sink: &mut impl Sink,
        tally: &mut Tally,
    ) -> usize {
        let mut at = 0;
        while at < bytes.len() {
            let seen = self.index.read(&bytes[at..]);
            if seen.rows > 0 {
                self.pass(&bytes[at..], seen.rows, width, sink, tally);
                at += seen.end;
            } else {
                let end = match Place::Record.record_end(&bytes[at..]).0 {
                    Some(end) => end,
                    None if is_end => bytes.len() - at,
                    None => return at,
                };
                self.one(&bytes[at..at + end], width, sink, tally);
                at += end;
            }
        }
        at
    }

    /// Hands on the rows of the index that are as wide as they should be.
    #[inline]
    fn pass(&mut self, bytes: &[u8], rows: usize, width: usize, sink: &mut impl Sink, tally: &mut Tally) {
        let firsts = &self.index.firsts[..=rows];
        let bounds = &self.index.bounds[..];
        if firsts.windows(2).all(|pair| (pair[1] - pair[0]) as usize == width) {
            sink.rows(Rows { bytes, bounds, firsts: &firsts[..rows], width });
            tally.rows += length(rows);
        } else {
            self.kept.clear();
            for (row, pair) in firsts.windows(2).enumerate() {
                let fields = (pair[1] - pair[0]) as usize;
                let length_of_row = bounds[pair[1] as usize] - bounds[pair[0] as usize];
                if fields == width {
                    self.kept.push(pair[0]);
                } else if fields > 1
                    || length_of_row > 2
                    || (length_of_row == 2 && bytes[bounds[pair[0] as usize] as usize] != b'\r')
                {
                    tally.refuse(tally.lines + length(row), Fault::Fields(fields));
                }
            }
            sink.rows(Rows { bytes, bounds, firsts: &self.kept, width });
            tally.rows += length(self.kept.len());
        }
        tally.lines += length(rows);
    }

    /// One record by itself.
    pub(crate) fn one(&mut self, record: &[u8], width: usize, sink: &mut impl Sink, tally: &mut Tally) {
        let line = tally.lines;
        tally.lines += line_ends(record);
        if record.len() > LONGEST {
            return tally.refuse(line, Fault::TooLong);
        }
        self.record.read(record);
        if self.record.width() == width && std::str::from_utf8(record).is_ok() {
            // Its carriage return is gone already: with an endless width none is taken off a field.
            sink.rows(Rows { bytes: &self.record.bytes, bounds: &self.record.bounds, firsts: &[0], width: usize::MAX });
            tally.rows += 1;
        } else if self.record.width() != width {
            if !is_blank(record) {
                tally.refuse(line, Fault::Fields(self.record.width()));
            }
        } else {
            tally.refuse(line, Fault::NotUtf8);
        }
    }
}

/// Whether a record is an empty line.
pub(crate) fn is_blank(record: &[u8]) -> bool {
    matches!(record, b"" | b"\n" | b"\r\n" | b"\r")
}

fn length(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
