//! Counts rows by the dimensions asked for, with numbers for labels that are given out as labels are seen. One of these works on
//! each thread; what they counted is put together at the end.

use crate::dictionary::Dictionary;
use crate::dimension::Dimension;
use crate::layout::Origin;
use crate::rows::Rows;
use fearless_simd::{Level, dispatch};
use std::collections::HashMap;

/// The most different values that a dimension may have, and the most bytes that they may take.
pub(crate) const MOST_LABELS: usize = 1 << 17;
const MOST_BYTES: usize = 16 * 1024 * 1024;
/// The most bits that the numbers of a cell's labels may take together.
const MOST_BITS: u32 = 60;

/// One thread's counts.
#[derive(Debug, Clone)]
pub(crate) struct Counter {
    level: Level,
    pub axes: Vec<Axis>,
    cells: Cells,
    /// At most two to this many cells are dense.
    dense_bits: u32,
    /// The cell of each row at hand.
    at: Vec<u64>,
    bytes: usize,
    /// The dimension with too many labels, once there is one.
    pub full: Option<Dimension>,
}

#[derive(Debug, Clone)]
pub(crate) struct Axis {
    dimension: Dimension,
    pub labels: Dictionary,
    /// For each label, the file in which this thread first saw it.
    pub first_seen: Vec<usize>,
    /// Two to this many labels have room.
    bits: u32,
}

#[derive(Debug, Clone)]
enum Cells {
    /// Thirty-two bits keep the cells near the processor; the carries of those that ran over are beside them.
    Dense {
        counts: Vec<u32>,
        carries: Vec<u64>,
    },
    Sparse(HashMap<u64, u64>),
}

impl Counter {
    /// A counter by these dimensions with at most two to `dense_bits` dense cells.
    pub(crate) fn new(by: &[Dimension], dense_bits: u32) -> Self {
        let axis = |&dimension| Axis { dimension, labels: Dictionary::default(), first_seen: Vec::new(), bits: 4 };
        let mut counter = Self {
            level: Level::new(),
            axes: by.iter().map(axis).collect(),
            cells: Cells::Sparse(HashMap::new()),
            dense_bits,
            at: Vec::new(),
            bytes: 0,
            full: None,
        };
        counter.cells = counter.room();
        counter
    }

    /// Empty cells for the bits that there are.
    fn room(&self) -> Cells {
        let bits: u32 = self.axes.iter().map(|a| a.bits).sum();
        if bits <= self.dense_bits {
            Cells::Dense { counts: vec![0; 1 << bits], carries: Vec::new() }
        } else {
            Cells::Sparse(HashMap::new())
        }
    }

    /// Counts rows of a file in this layout.
    pub(crate) fn count(&mut self, rows: Rows<'_>, origins: &[Origin], file: usize) {
        // Compiled for what the processor has: four words of a key are compared at once.
        dispatch!(self.level, _simd => self.count_rows(rows, origins, file));
    }

    #[inline(always)]
    fn count_rows(&mut self, rows: Rows<'_>, origins: &[Origin], file: usize) {
        loop {
            self.at.clear();
            self.at.resize(rows.firsts.len(), 0);
            let mut shift = 0;
            for (axis, origin) in self.axes.iter_mut().zip(origins) {
                axis.place(rows, origin, shift, &mut self.at);
                shift += axis.bits;
            }
            if !self.noted_new_labels(file) {
                break;
            }
        }
        self.at.iter().for_each(|cell| self.cells.add(*cell, 1));
    }

    /// Notes labels that were new, and makes room where they need it: `true` when the cells have moved.
    #[inline]
    fn noted_new_labels(&mut self, file: usize) -> bool {
        let is_new = |a: &Axis| a.labels.len() > a.first_seen.len();
        if !self.axes.iter().any(is_new) {
            return false;
        }
        self.note_new_labels(file)
    }

    #[cold]
    #[inline(never)]
    fn note_new_labels(&mut self, file: usize) -> bool {
        let before: Vec<u32> = self.axes.iter().map(|a| a.bits).collect();
        for axis in &mut self.axes {
            self.bytes += axis.labels.values()[axis.first_seen.len()..].iter().map(|l| l.len()).sum::<usize>();
            axis.first_seen.resize(axis.labels.len(), file);
            while axis.labels.len() > 1 << axis.bits {
                axis.bits += 1;
            }
            if axis.labels.len() > MOST_LABELS || self.bytes > MOST_BYTES {
                self.full = self.full.or(Some(axis.dimension));
            }
        }
        let has_moved = self.axes.iter().zip(&before).any(|(a, b)| a.bits != *b);
        if has_moved {
            self.move_cells(&before);
        }
        has_moved
    }

    /// Lays the cells out anew, from the bits that each axis had before.
    fn move_cells(&mut self, before: &[u32]) {
        if self.axes.iter().map(|a| a.bits).sum::<u32>() > MOST_BITS {
            // Nothing will come of this count but the message that says so.
            self.full = self.full.or(self.axes.iter().max_by_key(|a| a.bits).map(|a| a.dimension));
            self.axes.iter_mut().for_each(|a| a.bits = 1);
            self.cells = Cells::Sparse(HashMap::new());
            return;
        }
        let room = self.room();
        let old_cells = std::mem::replace(&mut self.cells, room);
        let (axes, cells) = (&self.axes, &mut self.cells);
        old_cells.each(|mut old, count| {
            let (mut new, mut shift) = (0, 0);
            for (axis, bits) in axes.iter().zip(before) {
                new |= (old & ((1 << bits) - 1)) << shift;
                old >>= bits;
                shift += axis.bits;
            }
            cells.add(new, count);
        });
    }

    /// The number of a label, new or not.
    pub(crate) fn label(&mut self, axis: usize, label: &[u8], file: usize) -> u32 {
        let code = self.axes[axis].labels.code(label);
        self.noted_new_labels(file);
        code
    }

    /// By how many bits each axis is moved within the number of a cell. It changes when a label is new.
    pub(crate) fn shifts(&self) -> Vec<u32> {
        let mut shift = 0;
        let moved = |axis: &Axis| {
            shift += axis.bits;
            shift - axis.bits
        };
        self.axes.iter().map(moved).collect()
    }

    /// Adds so many rows to a cell.
    pub(crate) fn add(&mut self, cell: u64, count: u64) {
        self.cells.add(cell, count);
    }

    /// Adds a row to each of these cells.
    pub(crate) fn add_each(&mut self, cells: &[u64]) {
        cells.iter().for_each(|cell| self.cells.add(*cell, 1));
    }

    /// Gives every cell that is not empty: the number of its label on each axis, and a count. The counts of a cell may come in parts.
    pub(crate) fn each(&self, mut take: impl FnMut(&[usize], u64)) {
        let mut codes = vec![0; self.axes.len()];
        self.cells.each(|mut cell, count| {
            for (code, axis) in codes.iter_mut().zip(&self.axes) {
                *code = usize::try_from(cell & ((1 << axis.bits) - 1)).unwrap_or(usize::MAX);
                cell >>= axis.bits;
            }
            take(&codes, count);
        });
    }
}

impl Axis {
    /// Adds this axis to the cell of each row.
    #[inline(always)]
    fn place(&mut self, rows: Rows<'_>, origin: &Origin, shift: u32, at: &mut [u64]) {
        match origin {
            Origin::Column { index, taken } => {
                for (cell, first) in at.iter_mut().zip(rows.firsts) {
                    let (from, to) = rows.place(*first, *index);
                    let code = self.labels.code_within(rows.bytes, from, to.min(from.saturating_add(*taken)));
                    *cell |= u64::from(code) << shift;
                }
            }
            Origin::Fixed(label) => {
                let code = u64::from(self.labels.code(label.as_bytes())) << shift;
                at.iter_mut().for_each(|cell| *cell |= code);
            }
        }
    }
}

impl Cells {
    #[inline(always)]
    fn add(&mut self, cell: u64, count: u64) {
        match self {
            Self::Dense { counts, carries } => {
                let slot = &mut counts[usize::try_from(cell).unwrap_or(usize::MAX)];
                match u32::try_from(u64::from(*slot) + count) {
                    Ok(sum) => *slot = sum,
                    Err(_) => carry(carries, slot, cell, count),
                }
            }
            Self::Sparse(counts) => *counts.entry(cell).or_default() += count,
        }
    }

    /// Gives every cell that is not empty, the counts of a cell perhaps in parts.
    fn each(&self, mut take: impl FnMut(u64, u64)) {
        match self {
            Self::Dense { counts, carries } => {
                counts
                    .iter()
                    .zip(0u64..)
                    .filter(|(count, _)| **count != 0)
                    .for_each(|(count, cell)| take(cell, u64::from(*count)));
                carries.iter().for_each(|cell| take(*cell, 1 << 32));
            }
            Self::Sparse(counts) => counts.iter().for_each(|(cell, count)| take(*cell, *count)),
        }
    }
}

#[cold]
#[inline(never)]
fn carry(carries: &mut Vec<u64>, slot: &mut u32, cell: u64, count: u64) {
    let sum = u64::from(*slot) + count;
    carries.extend((0..sum >> 32).map(|_| cell));
    *slot = u32::try_from(sum & u64::from(u32::MAX)).unwrap_or(0);
}
