//! The verdict of 2016: whether a force's rate is higher than, lower than or broadly in line with the average.
//!
//! HMIC described the method in the annex on data of its 2016 reports: the proportional difference of every force from the mean
//! average is standardised, and a force more than 0.675 standard deviations away is above or below. Two readings of
//! "standardised" are possible, so both are always computed: centred on the mean of the forces' differences (ours by default,
//! because to standardise is to take off the distribution's own mean), and centred on the average itself. Where they disagree
//! the comparison can say so.
//!
//! About a quarter of forces fall on each side by construction: Φ(−0.675) is 0.25. A verdict says where a force stands among
//! forces, not whether it does well. The rules that refuse a comparison run before any word is chosen.

#[cfg(test)]
mod tests;

use crate::interval::length;
use std::fmt;

/// How the verdict is reached. The default is the method of 2016 as we read it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Method {
    /// How many standard deviations away a force has to be, exclusive: at exactly the threshold it is broadly in line.
    pub threshold: f64,
    /// What the sum of squares is divided by.
    pub deviation: Deviation,
    /// With fewer forces than this there is no comparison. Our own parameter: the annex names none.
    pub minimum_forces: usize,
}

impl Default for Method {
    fn default() -> Self {
        Self { threshold: 0.675, deviation: Deviation::Sample, minimum_forces: 10 }
    }
}

/// Which standard deviation. The annex does not say; over 43 forces the two differ by 1.2%.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Deviation {
    /// The sum of squares over n − 1.
    #[default]
    Sample,
    /// The sum of squares over n.
    Population,
}

/// Where a force stands against the average.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// More than the threshold above.
    Higher,
    /// More than the threshold below.
    Lower,
    /// Neither.
    BroadlyInLine,
    /// The data do not allow a comparison.
    NoComparison,
}

impl Verdict {
    /// As data and file names write it: `higher`, `lower`, `broadly-in-line` or `no-comparison`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::BroadlyInLine => "broadly-in-line",
            Self::NoComparison => "no-comparison",
        }
    }

    /// The verdict of a comparison, or of its refusal, under the default centring on the mean of the forces.
    #[must_use]
    pub fn of(comparison: &Result<Standing, NoComparison>) -> Self {
        comparison.as_ref().map_or(Self::NoComparison, |standing| standing.verdict_mean)
    }

    /// The verdict at `z` standard deviations; none when `z` is not a number.
    fn at(z: f64, threshold: f64) -> Self {
        if z > threshold {
            Self::Higher
        } else if z < -threshold {
            Self::Lower
        } else if z.is_nan() {
            Self::NoComparison
        } else {
            Self::BroadlyInLine
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Why there is no comparison. Each reads on after "There is no comparison because".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoComparison {
    /// The force itself has no value.
    #[error("the force has no value for this measure")]
    NoValue,
    /// The average is zero or absent, so nothing can be proportional to it.
    #[error("the average is zero or not available")]
    NoAverage,
    /// Every force has the same value.
    #[error("every force has the same value")]
    NoSpread,
    /// Too few forces have a value.
    #[error("too few forces have a value: {have}, and at least {need} are needed")]
    TooFewForces {
        /// Forces with a value.
        have: usize,
        /// Forces needed.
        need: usize,
    },
    /// The force is left out of this measure's comparison.
    #[error("the force is left out of comparisons on this measure")]
    Excluded,
    /// A count has no average to be compared with.
    #[error("the measure is a count, and a count has no average that a force could be compared with")]
    NotARate,
    /// An analyst's ruling, with the reason as the analyst wrote it.
    #[error("an analyst ruled it out: {0}")]
    RuledOut(String),
    /// The force is known to have no most similar group.
    #[error("the force has no most similar group")]
    NoGroup,
    /// Nobody has supplied the force's group for the day in question.
    #[error("the force's most similar group for this date has not been supplied")]
    GroupNotSupplied,
}

/// How the forces' proportional differences from the average are spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The average: the rate from the totals, never a mean of rates.
    pub average: f64,
    /// The mean of the proportional differences; zero only where the mean of the rates happens to be the average.
    pub mean_difference: f64,
    /// Their standard deviation, above zero.
    pub deviation: f64,
    /// How many forces it is taken over.
    pub forces: usize,
    /// How many of them have a rate of exactly zero: many zeros are a reason for an analyst to rule the comparison out.
    pub zeros: usize,
    /// The method it was made by.
    pub method: Method,
}

/// Where one force stands under both readings of "standardised".
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The proportional difference from the average: 0.016 is 1.6% above.
    pub difference: f64,
    /// Standard deviations from the mean of the forces' differences.
    pub z_mean: f64,
    /// The verdict by `z_mean`, which is the default.
    pub verdict_mean: Verdict,
    /// Standard deviations from the average itself.
    pub z_average: f64,
    /// The verdict by `z_average`.
    pub verdict_average: Verdict,
}

impl Standing {
    /// Whether the two readings of the method give this force different verdicts, which has to be said beside the verdict.
    #[must_use]
    pub fn centrings_disagree(&self) -> bool {
        self.verdict_mean != self.verdict_average
    }

    /// Whether the verdict points the other way than the difference from the average itself: forces whose mean lies far from the average
    /// can be called higher while their figure is below it. That has to be said wherever the verdict stands beside the average.
    #[must_use]
    pub fn goes_against_average(&self) -> bool {
        match self.verdict_mean {
            Verdict::Higher => self.z_average <= 0.0,
            Verdict::Lower => self.z_average >= 0.0,
            Verdict::BroadlyInLine | Verdict::NoComparison => false,
        }
    }
}

/// The spread of the forces' rates about the average. The rates are unrounded and in the average's unit; one that is not finite
/// is no rate and is not counted.
///
/// The difference of force i is dᵢ = (xᵢ − M) / |M|: dividing by the size of the average keeps "above" above where the average is
/// negative, as a net change can be.
///
/// # Errors
/// In this order: the average is absent or zero; too few forces (never fewer than two, whatever the method says); no spread.
///
/// Source: HMIC (2016), *PEEL: Police legitimacy 2016, an inspection of Hertfordshire Constabulary*, annex A.
pub fn spread(rates: &[f64], average: Option<f64>, method: &Method) -> Result<Spread, NoComparison> {
    let average = average.filter(|average| average.is_finite() && *average != 0.0).ok_or(NoComparison::NoAverage)?;
    let rates: Vec<f64> = rates.iter().copied().filter(|rate| rate.is_finite()).collect();
    let need = method.minimum_forces.max(2);
    if rates.len() < need {
        return Err(NoComparison::TooFewForces { have: rates.len(), need });
    }
    if all_the_same(&rates) {
        return Err(NoComparison::NoSpread);
    }
    let differences: Vec<f64> = rates.iter().map(|rate| difference(*rate, average)).collect();
    let mean_difference = mean(&differences);
    let deviation = standard_deviation(&differences, mean_difference, method.deviation);
    if !(deviation.is_finite() && deviation > 0.0) {
        return Err(NoComparison::NoSpread);
    }
    Ok(Spread {
        average,
        mean_difference,
        deviation,
        forces: rates.len(),
        zeros: rates.iter().filter(|rate| **rate == 0.0).count(),
        method: *method,
    })
}

impl Spread {
    /// Where a rate stands in this spread. A rate that is not finite has no verdict.
    ///
    /// z (mean) = (d − mean d) / s, which does not depend on the average; z (average) = d / s.
    #[must_use]
    pub fn standing(&self, rate: f64) -> Standing {
        let difference = difference(rate, self.average);
        let z_mean = (difference - self.mean_difference) / self.deviation;
        let z_average = difference / self.deviation;
        let verdict = |z: f64| {
            if rate.is_finite() { Verdict::at(z, self.method.threshold) } else { Verdict::NoComparison }
        };
        Standing { difference, z_mean, verdict_mean: verdict(z_mean), z_average, verdict_average: verdict(z_average) }
    }
}

fn difference(rate: f64, average: f64) -> f64 {
    (rate - average) / average.abs()
}

/// Equal but for the last bits, in which two divisions of equal decimals can differ.
fn all_the_same(rates: &[f64]) -> bool {
    let lowest = rates.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = rates.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    highest - lowest <= 8.0 * f64::EPSILON * lowest.abs().max(highest.abs())
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / length(values)
}

fn standard_deviation(values: &[f64], mean: f64, deviation: Deviation) -> f64 {
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let divisor = match deviation {
        Deviation::Sample => length(values) - 1.0,
        Deviation::Population => length(values),
    };
    (squares / divisor).sqrt()
}
