//! XmR control charts: which changes in a force's figure over time are signals, and which are the noise of an unchanged process.
//!
//! The limits come from the moving ranges between neighbours, so a slow drift does not widen them. A chart may be rebased, which
//! begins a new stretch with limits of its own after a known change, and the limits of each stretch may be fixed from its first
//! values; the two work together, because a recount of limits inside a stretch would hide the very shift one looks for. The chart
//! takes equally spaced values; it does not know dates, labels or whether higher is better.
//!
//! Sources for all of it: Shewhart (1931), *Economic Control of Quality of Manufactured Product*; Wheeler (1993), *Understanding
//! Variation*; the run of eight after Western Electric (1956), *Statistical Quality Control Handbook*.

#[cfg(test)]
mod tests;

use crate::interval::length;

/// Half the distance between the natural process limits, in average moving ranges: 3 / d₂, d₂ = 1.128 for ranges of two.
pub const LIMIT_FACTOR: f64 = 2.66;

/// The upper range limit, in average moving ranges: D₄ for ranges of two.
pub const RANGE_FACTOR: f64 = 3.267;

/// A stretch with fewer values has no limits at all. Wheeler finds limits useful from five or six values on.
pub const MINIMUM_VALUES: usize = 6;

/// Limits from fewer values are trial limits, which each new value may move. The practice of the NHS's `NHSRplotthedots`.
pub const FIRM_VALUES: usize = 12;

/// How a chart is made. The default has one stretch, limits from all its values, runs of eight and no floor.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Fix the limits of each stretch from its first so many values (from all it has, when it has fewer); `None` uses them all.
    pub baseline: Option<usize>,
    /// Positions, counted from 0, at which a new stretch begins; rising, without 0.
    pub rebase: Vec<usize>,
    /// How many values in a row on one side of the mean make a shift.
    pub run: usize,
    /// A value that cannot be undercut, 0 for a count or a rate: a lower limit never lies below it.
    pub floor: Option<f64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { baseline: None, rebase: Vec::new(), run: 8, floor: None }
    }
}

/// Why there is no chart. Positions are counted from 1, as a reader counts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoChart {
    /// A stretch is too short.
    #[error("too few values for limits: the stretch that begins with value {first} has {have}, and {need} are needed")]
    TooFew {
        /// The stretch's first value.
        first: usize,
        /// How many values it has.
        have: usize,
        /// How many it needs.
        need: usize,
    },
    /// The fixed baseline is too short.
    #[error("the limits cannot be fixed from the first {have} values: {need} are needed")]
    BaselineTooShort {
        /// The baseline asked for.
        have: usize,
        /// The shortest there may be.
        need: usize,
    },
    /// A rebase is not after the one before, or outside the series.
    #[error(
        "a new stretch cannot begin with value {at}: stretches begin after the first value, in order, and inside the series"
    )]
    RebaseOutOfOrder {
        /// The value at which it was to begin.
        at: usize,
    },
    /// A value is infinite or not a number.
    #[error("value {at} is not a number")]
    NotANumber {
        /// The value.
        at: usize,
    },
}

/// A part of the series with one set of limits, all in the unit of the values.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// The positions of its values, counted from 0.
    pub values: std::ops::Range<usize>,
    /// From how many of its first values the limits come.
    pub baseline: usize,
    /// The mean of the baseline.
    pub mean: f64,
    /// The average moving range of the baseline.
    pub average_range: f64,
    /// The lower natural process limit, or the floor.
    pub lower: f64,
    /// The upper natural process limit.
    pub upper: f64,
    /// The limit that a moving range does not normally pass.
    pub range_limit: f64,
}

impl Stretch {
    /// Whether the limits come from so few values that the next ones may move them.
    #[must_use]
    pub fn is_trial(&self) -> bool {
        self.baseline < FIRM_VALUES
    }
}

/// A side of the mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Above it.
    Above,
    /// Below it.
    Below,
}

/// What a single value gives away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Signal {
    /// It stands outside the natural process limits.
    Outside(Side),
    /// It is part of a run on one side of the mean.
    Run(Side),
    /// It is further from the value before it than the upper range limit.
    Jump,
}

/// One value of the series.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The value.
    pub value: f64,
    /// The index of its stretch.
    pub stretch: usize,
    /// The distance from the value before; `None` for the first of a stretch.
    pub moving_range: Option<f64>,
    /// What it gives away, in the order outside, run, jump; empty for noise.
    pub signals: Vec<Signal>,
}

/// A sustained change of level: a whole run of values on one side of the mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// The positions of its values, counted from 0.
    pub values: std::ops::Range<usize>,
    /// On which side of the mean.
    pub side: Side,
    /// The mean of the run, which is the new level.
    pub level: f64,
}

/// A finished control chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// One or more stretches, in order and without gaps.
    pub stretches: Vec<Stretch>,
    /// One for each value.
    pub points: Vec<Point>,
    /// The runs, in order.
    pub shifts: Vec<Shift>,
}

/// The control chart of equally spaced values. Limits are mean ± 2.66 average moving ranges; a moving range is never taken across
/// the border of two stretches, and a value exactly on the mean ends a run.
///
/// # Errors
/// A value that is not finite, stretches out of order, or too few values (six in each stretch, and in a fixed baseline).
pub fn xmr(values: &[f64], settings: &Settings) -> Result<Chart, NoChart> {
    if let Some(at) = values.iter().position(|value| !value.is_finite()) {
        return Err(NoChart::NotANumber { at: at + 1 });
    }
    let stretches = borders(values.len(), settings)?
        .into_iter()
        .map(|range| stretch(values, range, settings))
        .collect::<Result<Vec<_>, _>>()?;
    let shifts: Vec<Shift> = stretches.iter().flat_map(|s| shifts(values, s, settings.run)).collect();
    let points = stretches
        .iter()
        .enumerate()
        .flat_map(|(index, stretch)| stretch.values.clone().map(move |at| (index, stretch, at)))
        .map(|(index, stretch, at)| point(values, at, index, stretch, &shifts))
        .collect();
    Ok(Chart { stretches, points, shifts })
}

fn borders(count: usize, settings: &Settings) -> Result<Vec<std::ops::Range<usize>>, NoChart> {
    let need = MINIMUM_VALUES;
    if let Some(have) = settings.baseline.filter(|have| *have < need) {
        return Err(NoChart::BaselineTooShort { have, need });
    }
    let mut ranges = Vec::with_capacity(settings.rebase.len() + 1);
    let mut first = 0;
    for next in settings.rebase.iter().copied() {
        if next <= first || next >= count {
            return Err(NoChart::RebaseOutOfOrder { at: next + 1 });
        }
        ranges.push(first..next);
        first = next;
    }
    ranges.push(first..count);
    Ok(ranges)
}

fn stretch(values: &[f64], range: std::ops::Range<usize>, settings: &Settings) -> Result<Stretch, NoChart> {
    let (first, have) = (range.start + 1, range.len());
    if have < MINIMUM_VALUES {
        let need = MINIMUM_VALUES;
        return Err(NoChart::TooFew { first, have, need });
    }
    let baseline = settings.baseline.unwrap_or(have).min(have);
    let basis = &values[range.start..range.start + baseline];
    let mean = mean(basis);
    let ranges: Vec<f64> = basis.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    let average_range = self::mean(&ranges);
    let lower = mean - LIMIT_FACTOR * average_range;
    Ok(Stretch {
        values: range,
        baseline,
        mean,
        average_range,
        lower: settings.floor.map_or(lower, |floor| lower.max(floor)),
        upper: mean + LIMIT_FACTOR * average_range,
        range_limit: RANGE_FACTOR * average_range,
    })
}

fn point(values: &[f64], at: usize, index: usize, stretch: &Stretch, shifts: &[Shift]) -> Point {
    let value = values[at];
    let moving_range = (at > stretch.values.start).then(|| (value - values[at - 1]).abs());
    let outside = if value > stretch.upper {
        Some(Signal::Outside(Side::Above))
    } else if value < stretch.lower {
        Some(Signal::Outside(Side::Below))
    } else {
        None
    };
    let run = shifts.iter().find(|shift| shift.values.contains(&at)).map(|shift| Signal::Run(shift.side));
    let jump = moving_range.filter(|range| *range > stretch.range_limit).map(|_| Signal::Jump);
    Point { value, stretch: index, moving_range, signals: [outside, run, jump].into_iter().flatten().collect() }
}

/// The longest possible runs of at least `run` values on one side of the mean.
fn shifts(values: &[f64], stretch: &Stretch, run: usize) -> Vec<Shift> {
    let side = |at: usize| match values[at] - stretch.mean {
        distance if distance > 0.0 => Some(Side::Above),
        distance if distance < 0.0 => Some(Side::Below),
        _ => None,
    };
    let mut found = Vec::new();
    let mut first = stretch.values.start;
    for at in stretch.values.clone() {
        let ends_here = at + 1 == stretch.values.end || side(at + 1) != side(at);
        if !ends_here {
            continue;
        }
        if let Some(side) = side(at).filter(|_| at + 1 - first >= run.max(1)) {
            let level = mean(&values[first..=at]);
            found.push(Shift { values: first..at + 1, side, level });
        }
        first = at + 1;
    }
    found
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / length(values)
}

impl Chart {
    /// The signals in words, for a text alternative: each value outside the limits and each run, with the caller's label for each
    /// value. Two sentences at most.
    #[must_use]
    pub fn describe(&self, label: impl Fn(usize) -> String) -> String {
        let named = |side| {
            let names: Vec<String> = (0..self.points.len())
                .filter(|at| self.points[*at].signals.contains(&Signal::Outside(side)))
                .map(&label)
                .collect();
            (!names.is_empty()).then(|| and(&names))
        };
        let outside = match (named(Side::Above), named(Side::Below)) {
            (None, None) => "No value is outside the limits.".to_owned(),
            (Some(above), None) => format!("Above the upper limit: {above}."),
            (None, Some(below)) => format!("Below the lower limit: {below}."),
            (Some(above), Some(below)) => format!("Above the upper limit: {above}; below the lower limit: {below}."),
        };
        let runs: Vec<String> = self.shifts.iter().map(|shift| shift_in_words(shift, &label)).collect();
        if runs.is_empty() {
            format!("{outside} There is no long run on one side of the mean.")
        } else {
            format!("{outside} A shift: {}.", and(&runs))
        }
    }
}

fn shift_in_words(shift: &Shift, label: impl Fn(usize) -> String) -> String {
    let side = match shift.side {
        Side::Above => "above",
        Side::Below => "below",
    };
    let (first, last) = (label(shift.values.start), label(shift.values.end - 1));
    format!("{} values in a row {side} the mean, {first} to {last}", shift.values.len())
}

fn and(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
