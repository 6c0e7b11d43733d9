//! Counts by a few dimensions, small enough to keep: everything else is worked out from them. A cell that is not there is 0.

use crate::dimension::Dimension;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Up to this many cells are kept in one block of memory; beyond it only those that are not 0.
pub const MOST_DENSE: usize = 1 << 24;

/// Counts of rows by dimensions.
///
/// The labels of each axis are sorted, and each bears at least one row somewhere.
#[derive(Debug, Clone)]
pub struct Cube {
    axes: Vec<Axis>,
    cells: Cells,
}

/// One dimension of a cube and its labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Axis {
    /// What is counted by.
    pub dimension: Dimension,
    /// The values found, sorted, each once.
    pub labels: Vec<String>,
}

#[derive(Debug, Clone)]
enum Cells {
    Dense(Vec<u64>),
    Sparse(HashMap<u64, u64>),
}

impl Cube {
    /// An empty cube with these axes; their labels are sorted and made unique here.
    #[must_use]
    pub fn new(axes: impl IntoIterator<Item = (Dimension, BTreeSet<String>)>) -> Self {
        let axes: Vec<Axis> = axes
            .into_iter()
            .map(|(dimension, labels)| Axis { dimension, labels: labels.into_iter().collect() })
            .collect();
        let size = axes.iter().try_fold(1usize, |size, axis| size.checked_mul(axis.labels.len()));
        let cells = match size {
            Some(size) if size <= MOST_DENSE => Cells::Dense(vec![0; size]),
            Some(_) | None => Cells::Sparse(HashMap::new()),
        };
        Self { axes, cells }
    }

    /// The axes, in the order asked for.
    #[must_use]
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// The dimensions, in the order asked for.
    #[must_use]
    pub fn dimensions(&self) -> Vec<Dimension> {
        self.axes.iter().map(|a| a.dimension).collect()
    }

    /// How many rows there are in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        match &self.cells {
            Cells::Dense(counts) => counts.iter().sum(),
            Cells::Sparse(counts) => counts.values().sum(),
        }
    }

    /// Adds to the cell with these places on the axes.
    pub(crate) fn add(&mut self, places: &[usize], count: u64) {
        let mut at = 0u64;
        for (axis, place) in self.axes.iter().zip(places) {
            at = at * length(axis.labels.len()) + length(*place);
        }
        match &mut self.cells {
            Cells::Dense(counts) => counts[usize::try_from(at).unwrap_or(usize::MAX)] += count,
            Cells::Sparse(counts) => *counts.entry(at).or_default() += count,
        }
    }

    /// Every cell that is not 0, in the order of its labels: its places on the axes and its count.
    pub(crate) fn places(&self) -> Vec<(Vec<usize>, u64)> {
        let mut cells: Vec<(u64, u64)> = match &self.cells {
            Cells::Dense(counts) => {
                (0u64..).zip(counts).filter(|(_, count)| **count != 0).map(|(at, count)| (at, *count)).collect()
            }
            Cells::Sparse(counts) => counts.iter().map(|(at, count)| (*at, *count)).collect(),
        };
        cells.sort_unstable();
        cells.into_iter().map(|(at, count)| (self.places_of(at), count)).collect()
    }

    fn places_of(&self, mut at: u64) -> Vec<usize> {
        let mut places = vec![0; self.axes.len()];
        for (place, axis) in places.iter_mut().zip(&self.axes).rev() {
            let size = length(axis.labels.len());
            *place = usize::try_from(at % size).unwrap_or(0);
            at /= size;
        }
        places
    }

    /// Every cell that is not 0, in the order of its labels: a label for each dimension, and the count.
    pub fn cells(&self) -> impl Iterator<Item = (Vec<&str>, u64)> {
        self.places().into_iter().map(|(places, count)| {
            (self.axes.iter().zip(places).map(|(axis, place)| axis.labels[place].as_str()).collect(), count)
        })
    }

    /// The count of the cell with these labels; 0 for labels that are not there.
    #[must_use]
    pub fn count(&self, labels: &[&str]) -> u64 {
        let place = |(axis, label): (&Axis, &&str)| axis.labels.binary_search_by(|l| l.as_str().cmp(label)).ok();
        let Some(places) = self.axes.iter().zip(labels).map(place).collect::<Option<Vec<_>>>() else { return 0 };
        let at =
            self.axes.iter().zip(places).fold(0, |at, (axis, place)| at * length(axis.labels.len()) + length(place));
        match &self.cells {
            Cells::Dense(counts) => usize::try_from(at).ok().and_then(|at| counts.get(at)).copied().unwrap_or(0),
            Cells::Sparse(counts) => counts.get(&at).copied().unwrap_or(0),
        }
    }

    /// Both together. `None` when they do not have the same dimensions in the same order.
    #[must_use]
    pub fn merged(&self, other: &Self) -> Option<Self> {
        if self.dimensions() != other.dimensions() {
            return None;
        }
        Some(Self::sum(self.dimensions(), [self, other].iter().flat_map(|cube| cube.cells())))
    }

    /// The same rows by fewer dimensions, or the same ones in another order. A dimension that the cube does not have is left out.
    #[must_use]
    pub fn by(&self, dimensions: &[Dimension]) -> Self {
        let kept: Vec<usize> =
            dimensions.iter().filter_map(|d| self.axes.iter().position(|a| a.dimension == *d)).collect();
        let cells = self.cells().map(|(labels, count)| (kept.iter().map(|at| labels[*at]).collect(), count));
        Self::sum(kept.iter().map(|at| self.axes[*at].dimension).collect(), cells)
    }

    /// The rows whose value of `dimension` is accepted. All of them, when the cube does not have the dimension.
    #[must_use]
    pub fn only(&self, dimension: Dimension, accept: impl Fn(&str) -> bool) -> Self {
        let Some(at) = self.axes.iter().position(|a| a.dimension == dimension) else { return self.clone() };
        Self::sum(self.dimensions(), self.cells().filter(|(labels, _)| accept(labels[at])))
    }

    /// The same rows with the labels of one dimension replaced: months by quarters, ethnicities by groups.
    #[must_use]
    pub fn relabelled(&self, dimension: Dimension, label: impl Fn(&str) -> String) -> Self {
        let Some(at) = self.axes.iter().position(|a| a.dimension == dimension) else { return self.clone() };
        let new: Vec<String> = self.axes[at].labels.iter().map(|l| label(l)).collect();
        let cells = self.places().into_iter().map(|(places, count)| {
            let label = |(axis, place): (usize, &usize)| {
                if axis == at { new[*place].as_str() } else { self.axes[axis].labels[*place].as_str() }
            };
            (places.iter().enumerate().map(label).collect(), count)
        });
        Self::sum(self.dimensions(), cells)
    }

    /// The cube of these cells; the same labels may come more than once.
    pub fn sum<'a>(dimensions: Vec<Dimension>, cells: impl Iterator<Item = (Vec<&'a str>, u64)>) -> Self {
        let mut labels: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); dimensions.len()];
        let mut rows = Vec::new();
        for (row, count) in cells {
            let codes: Vec<usize> = labels
                .iter_mut()
                .zip(row)
                .map(|(known, label)| {
                    let next = known.len();
                    *known.entry(label).or_insert(next)
                })
                .collect();
            rows.push((codes, count));
        }
        // From the number of first sight to the place in the sorted labels.
        let places: Vec<Vec<usize>> = labels
            .iter()
            .map(|known| {
                let mut place = vec![0; known.len()];
                known.values().enumerate().for_each(|(sorted, first)| place[*first] = sorted);
                place
            })
            .collect();
        let axes =
            dimensions.into_iter().zip(labels).map(|(d, known)| (d, known.into_keys().map(str::to_owned).collect()));
        let mut cube = Self::new(axes);
        for (codes, count) in rows {
            let at: Vec<usize> = codes.iter().zip(&places).map(|(code, place)| place[*code]).collect();
            cube.add(&at, count);
        }
        cube
    }
}

impl PartialEq for Cube {
    /// Whether both count the same, cell for cell.
    fn eq(&self, other: &Self) -> bool {
        self.axes == other.axes && self.places() == other.places()
    }
}

fn length(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
