//! Bytes that come one after another, out of gzip or an archive: parsed as they come, on the thread that unpacks them or, when there
//! are threads to spare, on another one.

use crate::dimension::Dimension;
use crate::layout::{Layout, Unreadable};
use crate::plain::{Desk, size};
use crate::positioned::fill;
use crate::quotes::{Place, line_ends};
use crate::rows::Sink;
use crate::run::{Filed, Worker};
use crate::scan::{Fault, LONGEST, Tally};
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// How many bytes are unpacked before they are handed to another thread.
const PORTION: usize = 256 * 1024;
/// How many portions may wait between two threads.
const WAITING: usize = 8;

/// What was read of a stream, and why no more.
pub(crate) struct Streamed {
    pub tally: Tally,
    pub bytes: u64,
    pub layout: Option<Layout>,
    pub problem: Option<Unreadable>,
}

/// Reads a stream, which is the file of this number, to its end or to where it breaks off.
pub(crate) fn read<W: Worker>(
    from: &mut impl Read,
    name: &str,
    by: &[Dimension],
    desk: &mut Desk,
    worker: &mut W,
    file: usize,
) -> Streamed {
    let mut window =
        Window { buffer: std::mem::take(&mut desk.buffer), portion: desk.portion, length: 0, bytes: 0, end: None };
    let mut streamed = Streamed { tally: Tally::default(), bytes: 0, layout: None, problem: None };
    match head(&mut window, from, name, by, &mut streamed.tally) {
        Ok(layout) => {
            let width = layout.width;
            let mut sink = Filed { worker, layout, file };
            body(&mut window, from, width, desk, &mut sink, &mut streamed.tally);
            streamed.layout = Some(sink.layout);
        }
        Err(problem) => streamed.problem = Some(problem),
    }
    // Damage explains a missing header, not the other way round.
    if let Some(End::Damaged(problem)) = window.end {
        streamed.problem = Some(Unreadable::Damaged { after: window.bytes, problem });
    }
    streamed.bytes = window.bytes;
    desk.buffer = window.buffer;
    streamed
}

/// The bytes at hand: the beginning of a record, and what was unpacked after it.
struct Window {
    buffer: Vec<u8>,
    portion: usize,
    length: usize,
    /// All that was unpacked.
    bytes: u64,
    end: Option<End>,
}

enum End {
    Reached,
    Damaged(String),
}

impl Window {
    fn bytes(&self) -> &[u8] {
        &self.buffer[..self.length]
    }

    /// Unpacks a portion more.
    fn more(&mut self, from: &mut impl Read) {
        if self.buffer.len() < self.length + self.portion {
            self.buffer.resize(self.length + self.portion, 0);
        }
        let room = &mut self.buffer[self.length..self.length + self.portion];
        match fill_noting(from, room) {
            (read, Ok(())) => {
                self.length += read;
                self.bytes += size(read);
                if read < self.portion {
                    self.end = Some(End::Reached);
                }
            }
            (read, Err(error)) => {
                self.length += read;
                self.bytes += size(read);
                self.end = Some(End::Damaged(error.to_string()));
            }
        }
    }

    /// Forgets the first bytes.
    fn drop(&mut self, first: usize) {
        self.buffer.copy_within(first..self.length, 0);
        self.length -= first;
    }
}

/// Fills the buffer; how far it came is kept when reading fails.
fn fill_noting(from: &mut impl Read, buffer: &mut [u8]) -> (usize, io::Result<()>) {
    let mut counted = Counted { from, read: 0 };
    let result = fill(&mut counted, buffer).map(drop);
    (counted.read, result)
}

struct Counted<'a, R> {
    from: &'a mut R,
    read: usize,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.read += read;
        Ok(read)
    }
}

fn head(
    window: &mut Window,
    from: &mut impl Read,
    name: &str,
    by: &[Dimension],
    tally: &mut Tally,
) -> Result<Layout, Unreadable> {
    loop {
        window.more(from);
        let skipped = if window.bytes().starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let end = Place::Record.record_end(&window.bytes()[skipped..]).0.map(|end| end + skipped);
        if end.is_some() || window.end.is_some() || window.length > LONGEST {
            let end = end.unwrap_or(window.length);
            let header = &window.bytes()[..end];
            let layout = Layout::read(header, name, by)?;
            tally.lines = line_ends(header).max(1);
            window.drop(end);
            return Ok(layout);
        }
    }
}

fn body(
    window: &mut Window,
    from: &mut impl Read,
    width: usize,
    desk: &mut Desk,
    sink: &mut impl Sink,
    tally: &mut Tally,
) {
    loop {
        // A record cut off by damage is not taken for whole.
        let is_end = matches!(window.end, Some(End::Reached));
        let done = desk.scanner.scan(window.bytes(), width, is_end, sink, tally);
        window.drop(done);
        if window.end.is_some() {
            return;
        }
        if window.length > LONGEST {
            skip(window, from, tally);
        } else {
            window.more(from);
        }
    }
}

/// Goes past a record that is too long, without keeping it.
fn skip(window: &mut Window, from: &mut impl Read, tally: &mut Tally) {
    tally.refuse(tally.lines, Fault::TooLong);
    let mut place = Place::Record;
    loop {
        let (end, after) = place.record_end(window.bytes());
        let taken = end.unwrap_or(window.length);
        tally.lines += line_ends(&window.bytes()[..taken]);
        window.drop(taken);
        if end.is_some() || window.end.is_some() {
            return;
        }
        place = after;
        window.more(from);
    }
}

/// Unpacks on a thread of its own: `parse` reads what that thread unpacks.
pub(crate) fn aside<T>(from: impl Read + Send, parse: impl FnOnce(&mut Portions) -> T) -> T {
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(WAITING);
        let (back, empties) = sync_channel(WAITING + 2);
        scope.spawn(move || unpack(from, &sender, &empties));
        parse(&mut Portions { receiver, back, portion: Vec::new(), at: 0 })
    })
}

fn unpack(mut from: impl Read, sender: &SyncSender<io::Result<Vec<u8>>>, empties: &Receiver<Vec<u8>>) {
    loop {
        let mut portion = empties.try_recv().unwrap_or_default();
        portion.resize(PORTION, 0);
        let (read, result) = fill_noting(&mut from, &mut portion);
        portion.truncate(read);
        let is_last = read < PORTION;
        // Nobody listens any more when parsing has ended early.
        if sender.send(Ok(portion)).is_err() {
            return;
        }
        if let Err(error) = result {
            // The parser learns of the damage after the bytes before it; when it is gone, so is the need to tell.
            let _gone = sender.send(Err(error));
            return;
        }
        if is_last {
            return;
        }
    }
}

/// What another thread unpacks, to be read.
pub(crate) struct Portions {
    receiver: Receiver<io::Result<Vec<u8>>>,
    back: SyncSender<Vec<u8>>,
    portion: Vec<u8>,
    at: usize,
}

impl Read for Portions {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.portion.len() {
            let Ok(next) = self.receiver.recv() else { return Ok(0) };
            // A full way back only means that the buffer is not used again.
            let _unused = self.back.try_send(std::mem::replace(&mut self.portion, next?));
            self.at = 0;
        }
        let taken = buffer.len().min(self.portion.len() - self.at);
        buffer[..taken].copy_from_slice(&self.portion[self.at..self.at + taken]);
        self.at += taken;
        Ok(taken)
    }
}
