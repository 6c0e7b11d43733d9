//! Files to cubes, in one pass.

use crate::counter::{Counter, MOST_LABELS};
use crate::cube::{Cube, MOST_DENSE};
use crate::dimension::{Dimension, Kind};
use crate::label::label;
use crate::layout::{Layout, Unreadable};
use crate::plain::BLOCK;
use crate::rows::Rows;
use crate::run::{FileReport, Progress, Run, Worker};
use reference::Register;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// What to count, and how.
#[derive(Debug, Clone)]
pub struct Count {
    by: Vec<Dimension>,
    threads: usize,
    block: usize,
    register: Option<Register>,
    progress: Arc<Progress>,
}

/// What came of a count.
#[derive(Debug, Clone)]
pub struct Counted {
    /// A cube for each kind of file that has all the dimensions, in the order of [`Kind::ALL`].
    pub cubes: Vec<(Kind, Cube)>,
    /// What was read of each file, by name.
    pub files: Vec<FileReport>,
    /// Members of archives and files of folders that hold no records.
    pub left_out: Vec<String>,
    /// Labels that nobody has told us of; their rows are counted.
    pub unknown: Vec<Unknown>,
}

/// A label that was never seen before: counted, and reported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unknown {
    /// Of what.
    pub dimension: Dimension,
    /// As the cube has it.
    pub label: String,
    /// How many rows have it.
    pub rows: u64,
    /// A file that has it.
    pub file: String,
}

impl Count {
    /// Counts by these dimensions, on every processor that there is.
    #[must_use]
    pub fn by(dimensions: impl IntoIterator<Item = Dimension>) -> Self {
        let mut by: Vec<Dimension> = Vec::new();
        for dimension in dimensions {
            if !by.contains(&dimension) {
                by.push(dimension);
            }
        }
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { by, threads, block: BLOCK, register: None, progress: Arc::default() }
    }

    /// What it counts by, each dimension once.
    #[must_use]
    pub fn dimensions(&self) -> &[Dimension] {
        &self.by
    }

    /// Counts on so many threads, at least one.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self
    }

    /// Reads so many bytes of a file at once, at least one: half a mebibyte when nothing is said, which stays in a processor's own cache.
    #[must_use]
    pub fn block(mut self, bytes: usize) -> Self {
        self.block = bytes.max(1);
        self
    }

    /// Names forces by their ids in this register. Without one, a force's slug is made of its published name.
    #[must_use]
    pub fn register(mut self, register: Register) -> Self {
        self.register = Some(register);
        self
    }

    /// How far it is, to be asked from another thread.
    #[must_use]
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    /// Reads these files, folders and archives. Whatever cannot be read is in the report; the rest is counted.
    #[must_use]
    pub fn files(&self, paths: &[PathBuf]) -> Counted {
        let run = Run::new(paths, &self.by, self.threads, self.block, Arc::clone(&self.progress));
        let share = self.threads.next_power_of_two().trailing_zeros();
        let dense_bits = MOST_DENSE.trailing_zeros().saturating_sub(share).max(12);
        let mut workers: Vec<Counters> = (0..self.threads).map(|_| Counters::new(&self.by, dense_bits)).collect();
        run.work(&mut workers);
        let mut full = workers.iter().find_map(Worker::full);
        let (files, left_out) = run.finish();
        let mut counted = Counted { cubes: Vec::new(), files, left_out, unknown: Vec::new() };
        for kind in Kind::ALL {
            let counters: Vec<&Counter> = workers.iter().filter_map(|w| w.of(kind)).collect();
            if !counters.is_empty() {
                let cube = self.together(&counters, &mut counted);
                let has_too_many = cube.axes().iter().find(|axis| axis.labels.len() > MOST_LABELS);
                full = full.or(has_too_many.map(|axis| axis.dimension));
                counted.cubes.push((kind, cube));
            }
        }
        if let (Some(dimension), Some(first)) = (full, counted.files.first_mut()) {
            first.problem.get_or_insert(Unreadable::TooMany { dimension, limit: MOST_LABELS });
            counted.cubes.clear();
            counted.unknown.clear();
        }
        counted
    }

    /// Puts the threads' counts together, with the labels that a reader expects.
    fn together(&self, counters: &[&Counter], counted: &mut Counted) -> Cube {
        let mut seen: Vec<BTreeMap<String, First>> = vec![BTreeMap::new(); self.by.len()];
        let mut renamed = Vec::new();
        for counter in counters {
            let mut of_counter: Vec<Vec<String>> = Vec::new();
            for ((dimension, axis), seen) in self.by.iter().zip(&counter.axes).zip(&mut seen) {
                let mut labels = Vec::new();
                for (value, file) in axis.labels.values().iter().zip(&axis.first_seen) {
                    let published = String::from_utf8_lossy(value);
                    let (label, is_known) = label(*dimension, &published, self.register.as_ref());
                    let first = seen.entry(label.clone()).or_insert(First { file: *file, is_known });
                    first.file = first.file.min(*file);
                    labels.push(label);
                }
                of_counter.push(labels);
            }
            renamed.push(of_counter);
        }
        let axes = self.by.iter().zip(&seen).map(|(d, seen)| (*d, seen.keys().cloned().collect::<BTreeSet<_>>()));
        let mut cube = Cube::new(axes);
        for (counter, labels) in counters.iter().zip(&renamed) {
            let place = |(axis, labels): (&crate::cube::Axis, &Vec<String>)| -> Vec<usize> {
                labels.iter().map(|l| axis.labels.binary_search(l).unwrap_or(0)).collect()
            };
            let places: Vec<Vec<usize>> = cube.axes().iter().zip(labels).map(place).collect();
            let mut at = vec![0; places.len()];
            counter.each(|codes, count| {
                at.iter_mut().zip(codes).zip(&places).for_each(|((at, code), places)| *at = places[*code]);
                cube.add(&at, count);
            });
        }
        for (dimension, seen) in self.by.iter().zip(&seen) {
            let rows = cube.by(&[*dimension]);
            let unknown = seen.iter().filter(|(_, first)| !first.is_known).map(|(label, first)| Unknown {
                dimension: *dimension,
                label: label.clone(),
                rows: rows.count(&[label]),
                file: counted.files.get(first.file).map_or_else(String::new, |f| f.name.clone()),
            });
            counted.unknown.extend(unknown);
        }
        cube
    }
}

#[derive(Clone)]
struct First {
    file: usize,
    is_known: bool,
}

/// One thread's counters, one for each kind of file that it met.
struct Counters {
    by: Vec<Dimension>,
    dense_bits: u32,
    of: [Option<Counter>; 3],
}

impl Counters {
    fn new(by: &[Dimension], dense_bits: u32) -> Self {
        Self { by: by.to_vec(), dense_bits, of: [None, None, None] }
    }

    fn of(&self, kind: Kind) -> Option<&Counter> {
        self.of[place(kind)].as_ref()
    }

    fn get(&mut self, kind: Kind) -> &mut Counter {
        let Self { by, dense_bits, of } = self;
        of[place(kind)].get_or_insert_with(|| Counter::new(by, *dense_bits))
    }
}

fn place(kind: Kind) -> usize {
    match kind {
        Kind::Street => 0,
        Kind::Outcomes => 1,
        Kind::Stops => 2,
    }
}

impl Worker for Counters {
    #[inline]
    fn take(&mut self, rows: Rows<'_>, layout: &Layout, file: usize) {
        self.get(layout.kind).count(rows, &layout.origins, file);
    }

    fn full(&self) -> Option<Dimension> {
        self.of.iter().flatten().find_map(|counter| counter.full)
    }

    fn counter(&mut self, kind: Kind) -> Option<&mut Counter> {
        Some(self.get(kind))
    }
}
