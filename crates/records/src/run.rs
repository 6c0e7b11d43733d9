//! Hands the work out to threads: blocks of plain files, row groups of Parquet, whole streams. What each thread makes is put together
//! by whoever asked; no order of threads or files changes it.

use crate::dimension::{Dimension, Kind};
use crate::layout::{Layout, Unreadable};
use crate::plain::Desk;
use crate::positioned::Positioned;
use crate::rows::{Rows, Sink};
use crate::scan::{Fault, REMEMBERED, Scanner, Tally};
use crate::source::{Form, Found, Source, gunzip};
use crate::stream::{self, Streamed};
use std::io::Read;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// How far a run is; read it from another thread.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes of the disk that are done with.
    pub bytes: AtomicU64,
    /// Bytes that there are in all, once the files have been listed.
    pub of: AtomicU64,
    /// Rows read.
    pub rows: AtomicU64,
}

/// What was read of one file or member of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReport {
    /// The path, and the name within an archive after a colon.
    pub name: String,
    /// What kind of file it is; `None` when that could not be told.
    pub kind: Option<Kind>,
    /// Rows read.
    pub rows: u64,
    /// Rows refused.
    pub refused: u64,
    /// The first of them: line, the header being line 1, and why.
    pub first_refused: Vec<(u64, Fault)>,
    /// Why it was not read, or not to its end.
    pub problem: Option<Unreadable>,
}

/// One thread's part of the work.
pub(crate) trait Worker: Send {
    /// Takes rows of a file in this layout.
    fn take(&mut self, rows: Rows<'_>, layout: &Layout, file: usize);

    /// What cannot go on because it has too many values.
    fn full(&self) -> Option<Dimension>;

    /// The counter that codes of Parquet columns can be counted in directly, where this is a count.
    fn counter(&mut self, kind: Kind) -> Option<&mut crate::counter::Counter>;
}

/// Rows of one file, to the worker.
pub(crate) struct Filed<'a, W> {
    pub worker: &'a mut W,
    pub layout: Layout,
    pub file: usize,
}

impl<W: Worker> Sink for Filed<'_, W> {
    #[inline]
    fn rows(&mut self, rows: Rows<'_>) {
        self.worker.take(rows, &self.layout, self.file);
    }
}

/// A run over files.
pub(crate) struct Run {
    by: Vec<Dimension>,
    found: Found,
    /// Sources in the order in which they are worked on, each with the number of its first unit.
    order: Vec<(u64, usize)>,
    units: u64,
    next: AtomicU64,
    is_over: AtomicBool,
    reports: Mutex<Vec<FileReport>>,
    progress: Arc<Progress>,
    threads: u64,
    block: usize,
}

impl Run {
    pub(crate) fn new(
        paths: &[PathBuf],
        by: &[Dimension],
        threads: usize,
        block: usize,
        progress: Arc<Progress>,
    ) -> Self {
        let found = Found::under(paths, block);
        progress.of.store(found.sources.iter().map(|s| s.bytes).sum(), Ordering::Relaxed);
        // Streams first, the longest before all: none is left to one thread at the end.
        let mut order: Vec<usize> = (0..found.sources.len()).collect();
        order.sort_by_key(|at| {
            let source = &found.sources[*at];
            (!source.is_stream(), std::cmp::Reverse(source.bytes), *at)
        });
        let mut units = 0;
        let order = order.into_iter().map(|at| {
            let first = units;
            units += found.sources[at].units();
            (first, at)
        });
        let order = order.collect();
        let report = |s: &Source| FileReport {
            name: s.name.clone(),
            kind: None,
            rows: 0,
            refused: 0,
            first_refused: Vec::new(),
            problem: None,
        };
        let reports = Mutex::new(found.sources.iter().map(report).collect());
        let threads = u64::try_from(threads.max(1)).unwrap_or(1);
        Self {
            by: by.to_vec(),
            found,
            order,
            units,
            next: AtomicU64::new(0),
            is_over: AtomicBool::new(false),
            reports,
            progress,
            threads,
            block,
        }
    }

    /// Works with these workers, one a thread.
    pub(crate) fn work<W: Worker>(&self, workers: &mut [W]) {
        std::thread::scope(|scope| {
            for worker in workers {
                scope.spawn(|| self.thread(worker));
            }
        });
    }

    fn thread(&self, worker: &mut impl Worker) {
        let mut desk = Desk { scanner: Scanner::new(), buffer: Vec::new(), portion: self.block.div_ceil(2) };
        while !self.is_over.load(Ordering::Relaxed) {
            let unit = self.next.fetch_add(1, Ordering::Relaxed);
            if unit >= self.units {
                return;
            }
            let (first, at) = self.order[self.order.partition_point(|(first, _)| *first <= unit) - 1];
            self.unit(at, unit - first, unit, &mut desk, worker);
            if worker.full().is_some() {
                self.is_over.store(true, Ordering::Relaxed);
            }
        }
    }

    fn unit<W: Worker>(&self, at: usize, part: u64, unit: u64, desk: &mut Desk, worker: &mut W) {
        let source = &self.found.sources[at];
        let name = source.file_name();
        match &source.form {
            Form::Plain(plain) => {
                let result = plain.layout(name, &self.by).cloned().and_then(|layout| {
                    let kind = layout.kind;
                    let mut sink = Filed { worker, layout, file: at };
                    plain.read(part, name, &self.by, desk, &mut sink).map(|tally| (kind, tally))
                });
                self.note(at, source.bytes / plain.blocks(), result);
            }
            Form::Gzip(file) => {
                // Its bytes are noted as they are read: a single file may take long.
                let from = Noted { from: file.clone(), progress: &self.progress };
                let streamed = self.stream(gunzip(from), at, unit, desk, worker);
                self.note_stream(at, 0, streamed);
            }
            Form::Member { archive, index, is_gzip } => {
                let mut archive = archive.clone();
                match archive.by_index(*index) {
                    Ok(member) if *is_gzip => {
                        self.note_stream(at, source.bytes, self.stream(gunzip(member), at, unit, desk, worker))
                    }
                    Ok(member) => self.note_stream(at, source.bytes, self.stream(member, at, unit, desk, worker)),
                    Err(error) => self.note(at, source.bytes, Err(Unreadable::Locked(error.to_string()))),
                }
            }
            Form::Parquet(parquet) => {
                let result = parquet.read(part, name, &self.by, at, worker);
                self.note(at, source.bytes / parquet.groups().max(1), result);
            }
            Form::Unreadable(problem) => self.note(at, source.bytes, Err(problem.clone())),
        }
    }

    /// Reads a stream: unpacked on this thread, or beside it when there is a thread with nothing else to do.
    fn stream<W: Worker>(
        &self,
        mut from: impl Read + Send,
        at: usize,
        unit: u64,
        desk: &mut Desk,
        worker: &mut W,
    ) -> Streamed {
        let name = self.found.sources[at].file_name();
        if self.units - unit >= self.threads.max(2) {
            stream::read(&mut from, name, &self.by, desk, worker, at)
        } else {
            stream::aside(from, |portions| stream::read(portions, name, &self.by, desk, worker, at))
        }
    }

    fn note_stream(&self, at: usize, bytes: u64, streamed: Streamed) {
        let Streamed { tally, layout, problem, .. } = streamed;
        let lines = tally.first.iter().map(|(line, fault)| (line + 1, *fault)).collect();
        if let Some(layout) = layout {
            self.note(at, bytes, Ok((layout.kind, tally)));
        } else {
            self.progress.bytes.fetch_add(bytes, Ordering::Relaxed);
        }
        let mut reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        reports[at].first_refused = lines;
        reports[at].problem = problem;
    }

    fn note(&self, at: usize, bytes: u64, result: Result<(Kind, Tally), Unreadable>) {
        self.progress.bytes.fetch_add(bytes, Ordering::Relaxed);
        let mut reports = self.reports.lock().unwrap_or_else(PoisonError::into_inner);
        match result {
            Ok((kind, tally)) => {
                self.progress.rows.fetch_add(tally.rows, Ordering::Relaxed);
                reports[at].kind = Some(kind);
                reports[at].rows += tally.rows;
                reports[at].refused += tally.refused;
            }
            Err(problem) => reports[at].problem = Some(problem),
        }
    }

    /// What was read of each source, in the order of their names, and the names of what holds no records.
    pub(crate) fn finish(self) -> (Vec<FileReport>, Vec<String>) {
        let mut reports = self.reports.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (report, source) in reports.iter_mut().zip(&self.found.sources) {
            if let Form::Plain(plain) = &source.form {
                report.first_refused = plain.first_refused();
            }
            report.first_refused.truncate(REMEMBERED);
        }
        (reports, self.found.left_out)
    }
}

/// A file whose bytes are noted as they are read.
struct Noted<'a> {
    from: Positioned,
    progress: &'a Progress,
}

impl Read for Noted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.from.read(buffer)?;
        self.progress.bytes.fetch_add(u64::try_from(read).unwrap_or(0), Ordering::Relaxed);
        Ok(read)
    }
}

impl Source {
    fn is_stream(&self) -> bool {
        match self.form {
            Form::Gzip(_) | Form::Member { .. } => true,
            Form::Plain(_) | Form::Parquet(_) | Form::Unreadable(_) => false,
        }
    }

    /// Into how many units of work it is divided.
    fn units(&self) -> u64 {
        match &self.form {
            Form::Plain(plain) => plain.blocks(),
            Form::Parquet(parquet) => parquet.groups(),
            Form::Gzip(_) | Form::Member { .. } | Form::Unreadable(_) => 1,
        }
    }
}
