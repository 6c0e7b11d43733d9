//! A CSV file as it is, read by all threads at once in blocks. A block owns the records that begin in it. Whether a line end in it is
//! within quotation marks is known only from the block before: each block, as soon as it is read, passes on the place in which it
//! leaves its record to the next, before it parses. Blocks are handed out in order, so nobody waits for long and never in a circle.

use crate::dimension::Dimension;
use crate::layout::{Layout, Unreadable};
use crate::positioned::Positioned;
use crate::quotes::{Place, line_ends};
use crate::rows::Sink;
use crate::scan::{Fault, LONGEST, REMEMBERED, Scanner, Tally};
use std::sync::{Condvar, Mutex, OnceLock, PoisonError};

/// How many bytes a thread reads at once: they stay in its own cache.
pub(crate) const BLOCK: usize = 512 * 1024;
/// How many more bytes are read at once for a record that goes on after its block.
const MORE: usize = 16 * 1024;

/// A file of comma-separated values.
#[derive(Debug)]
pub(crate) struct Plain {
    file: Positioned,
    block: usize,
    head: OnceLock<Result<Head, Unreadable>>,
    /// The number of the next block to learn where its record stands, and where that is.
    handover: (Mutex<(u64, Place)>, Condvar),
    blocks: Mutex<Vec<Tally>>,
}

#[derive(Debug, Clone)]
struct Head {
    layout: Layout,
    /// Where the first row begins.
    body: u64,
    lines: u64,
}

/// What a thread needs to parse.
pub(crate) struct Desk {
    pub scanner: Scanner,
    pub buffer: Vec<u8>,
    /// How many bytes of a stream are unpacked before they are parsed.
    pub portion: usize,
}

impl Plain {
    pub(crate) fn new(file: Positioned, block: usize) -> Self {
        Self {
            file,
            block,
            head: OnceLock::new(),
            handover: (Mutex::new((0, Place::Record)), Condvar::new()),
            blocks: Mutex::default(),
        }
    }

    /// How many blocks it has: the last may turn out empty.
    pub(crate) fn blocks(&self) -> u64 {
        self.file.size().div_ceil(size(self.block)).max(1)
    }

    /// Its layout, read by whoever asks first.
    pub(crate) fn layout(&self, name: &str, by: &[Dimension]) -> Result<&Layout, Unreadable> {
        self.head(name, by).map(|h| &h.layout)
    }

    fn head(&self, name: &str, by: &[Dimension]) -> Result<&Head, Unreadable> {
        self.head.get_or_init(|| self.read_head(name, by)).as_ref().map_err(Clone::clone)
    }

    fn read_head(&self, name: &str, by: &[Dimension]) -> Result<Head, Unreadable> {
        let mut header = Vec::new();
        let mut place = Place::Record;
        loop {
            let from = header.len();
            header.resize(from + MORE, 0);
            let read = self.file.fill(&mut header[from..], size(from)).map_err(|e| Unreadable::Io(e.to_string()))?;
            header.truncate(from + read);
            let skipped = if from == 0 && header.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            let (end, after) = place.record_end(&header[from + skipped..]);
            place = after;
            if end.is_some() || read < MORE || header.len() > LONGEST {
                header.truncate(end.map_or(header.len(), |end| from + skipped + end));
                let layout = Layout::read(&header, name, by)?;
                return Ok(Head { layout, body: size(header.len()), lines: line_ends(&header).max(1) });
            }
        }
    }

    /// Reads one block. Every block must be asked for by somebody, in order, or the ones after it wait for ever.
    pub(crate) fn read(
        &self,
        block: u64,
        name: &str,
        by: &[Dimension],
        desk: &mut Desk,
        sink: &mut impl Sink,
    ) -> Result<Tally, Unreadable> {
        let Desk { scanner, buffer, .. } = desk;
        let head = self.head(name, by)?;
        let from = head.body + block * size(self.block);
        buffer.resize(self.block, 0);
        let read = self.file.fill(buffer, from);
        let length = *read.as_ref().unwrap_or(&0);
        let place = self.hand_over(block, &buffer[..length]);
        read.map_err(|e| Unreadable::Io(e.to_string()))?;
        let mut tally = Tally::default();
        let begins = if place == Place::Record { Some(0) } else { place.record_end(&buffer[..length]).0 };
        if let Some(begins) = begins {
            let is_end = length < self.block;
            let end = begins + scanner.scan(&buffer[begins..length], head.layout.width, is_end, sink, &mut tally);
            if end < length {
                let mut record = buffer[end..length].to_vec();
                self.finish(from + size(length), &mut record).map(|rest| match rest {
                    Rest::Whole => {
                        scanner.one(&record, head.layout.width, sink, &mut tally);
                    }
                    Rest::TooLong { lines } => {
                        tally.refuse(tally.lines, Fault::TooLong);
                        tally.lines += lines;
                    }
                })?;
            }
        }
        self.note(block, &tally);
        Ok(tally)
    }

    /// Waits for the place in which this block begins, and passes on the one in which it ends.
    fn hand_over(&self, block: u64, bytes: &[u8]) -> Place {
        let (next, changed) = &self.handover;
        let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
        while next.0 != block {
            next = changed.wait(next).unwrap_or_else(PoisonError::into_inner);
        }
        let place = next.1;
        *next = (block + 1, place.past(bytes));
        changed.notify_all();
        place
    }

    /// Reads on, from `at`, to the end of the record that `record` begins.
    fn finish(&self, mut at: u64, record: &mut Vec<u8>) -> Result<Rest, Unreadable> {
        let mut place = Place::Record.past(record);
        let mut lines = line_ends(record);
        loop {
            // Of a record that is too long nothing is kept; only its end is looked for.
            let from = if record.len() > LONGEST { 0 } else { record.len() };
            let is_too_long = record.len() > LONGEST;
            let step = if is_too_long { LONGEST + MORE } else { MORE };
            record.resize(from + step, 0);
            let read = self.file.fill(&mut record[from..], at).map_err(|e| Unreadable::Io(e.to_string()))?;
            let (end, after) = place.record_end(&record[from..from + read]);
            let taken = end.unwrap_or(read);
            lines += line_ends(&record[from..from + taken]);
            if end.is_some() || read < step {
                record.truncate(from + taken);
                return Ok(if is_too_long { Rest::TooLong { lines } } else { Rest::Whole });
            }
            place = after;
            at += size(read);
        }
    }

    fn note(&self, block: u64, tally: &Tally) {
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        let at = usize::try_from(block).unwrap_or(usize::MAX);
        if blocks.len() <= at {
            blocks.resize(at + 1, Tally::default());
        }
        blocks[at] = tally.clone();
    }

    /// Where the first refused rows are, once every block is read: their lines, the header being the first.
    pub(crate) fn first_refused(&self) -> Vec<(u64, Fault)> {
        let mut lines = self.head.get().and_then(|h| h.as_ref().ok()).map_or(1, |h| h.lines);
        let mut first = Vec::new();
        for tally in self.blocks.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            first.extend(
                tally.first.iter().take(REMEMBERED - first.len()).map(|(line, fault)| (lines + line + 1, *fault)),
            );
            lines += tally.lines;
        }
        first
    }
}

/// What reading on came to.
enum Rest {
    Whole,
    TooLong { lines: u64 },
}

pub(crate) fn size(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
