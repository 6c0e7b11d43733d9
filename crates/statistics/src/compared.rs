//! A panel compared: the average, the spread of the forces around it, and where each force stands.
//!
//! The rules that refuse a comparison run before any verdict, and a force that is left out of the distribution is left out of the
//! average too, but keeps its row.

use crate::{
    comparison::{Method, NoComparison, Spread, Standing, spread},
    funnel::{Limits, Place, over_dispersion, proportion_limits, proportion_score, rate_limits, rate_score},
    interval::{Z95, byar, told_apart, wilson},
    measure::{Aggregate, Chance, Figure, Kind, Measure, Panel},
};
use reference::{AreaId, Value};
use rust_decimal::{Decimal, prelude::ToPrimitive};

/// What an analyst has decided beforehand.
#[derive(Debug, Clone, Default)]
pub struct Rulings {
    /// Forces left out of the distribution and the average.
    pub excluded: Vec<AreaId>,
    /// Forces whose figure does not compare, each with the reason: left out in the same way.
    pub blocked: Vec<(AreaId, String)>,
    /// Why nothing is compared, where that is so.
    pub ruled_out: Option<String>,
}

/// A panel compared with the average of its forces.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// England and Wales: the ratio of totals.
    pub average: Aggregate,
    /// How the forces lie around it, or why nothing can be said.
    pub spread: Result<Spread, NoComparison>,
    /// One for each figure of the panel, in its order.
    pub rows: Vec<ComparedRow>,
}

impl Compared {
    /// The forces that were left out of distribution and average.
    pub fn left_out(&self) -> impl Iterator<Item = &AreaId> {
        self.rows.iter().filter(|row| row.excluded).map(|row| &row.area)
    }
}

/// Where one force stands.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedRow {
    /// The force.
    pub area: AreaId,
    /// Whether it was left out of distribution and average.
    pub excluded: bool,
    /// Its standing, or why it has none.
    pub standing: Result<Standing, NoComparison>,
    /// The 95% interval of its value that chance alone leaves, in the measure's unit; `None` where chance plays no part or the
    /// numerator is not a whole number.
    pub interval: Option<(f64, f64)>,
    /// Whether a verdict of higher or lower rests on fewer cases than chance can tell apart from the average.
    pub within_chance: bool,
}

/// Compares every figure of a panel with the ratio of totals over those that are not left out.
#[must_use]
pub fn compare(panel: &Panel, measure: &Measure, rulings: &Rulings, method: &Method) -> Compared {
    let left_out = |area: &AreaId| rulings.excluded.contains(area) || rulings.blocked.iter().any(|(a, _)| a == area);
    let average = panel.aggregate(measure.per, |area| !left_out(area));
    let middle = average.value.number().and_then(|n| n.to_f64());
    let spread = if measure.kind == Kind::Count {
        Err(NoComparison::NotARate)
    } else if let Some(reason) = &rulings.ruled_out {
        Err(NoComparison::RuledOut(reason.clone()))
    } else {
        let rates: Vec<f64> =
            panel.figures.iter().filter(|f| !left_out(&f.area)).filter_map(|f| float(f.value)).collect();
        spread(&rates, middle, method)
    };
    let rows = panel.figures.iter().map(|figure| {
        let standing = standing(figure, &spread, rulings);
        let interval = interval(figure, measure);
        let apart = interval.zip(middle).is_none_or(|(interval, middle)| told_apart(interval, middle));
        let verdict = standing.as_ref().is_ok_and(|s| {
            matches!(s.verdict_mean, crate::comparison::Verdict::Higher | crate::comparison::Verdict::Lower)
        });
        ComparedRow {
            area: figure.area.clone(),
            excluded: left_out(&figure.area),
            standing,
            interval,
            within_chance: verdict && !apart,
        }
    });
    let rows = rows.collect();
    Compared { average, spread, rows }
}

fn standing(
    figure: &Figure,
    spread: &Result<Spread, NoComparison>,
    rulings: &Rulings,
) -> Result<Standing, NoComparison> {
    if let Some((_, reason)) = rulings.blocked.iter().find(|(area, _)| *area == figure.area) {
        return Err(NoComparison::RuledOut(reason.clone()));
    }
    if rulings.excluded.contains(&figure.area) {
        return Err(NoComparison::Excluded);
    }
    let spread = spread.as_ref().map_err(Clone::clone)?;
    float(figure.value).map(|rate| spread.standing(rate)).ok_or(NoComparison::NoValue)
}

/// The 95% interval of a figure, in the measure's unit, by the method that the measure declares.
#[must_use]
pub fn interval(figure: &Figure, measure: &Measure) -> Option<(f64, f64)> {
    let events = whole(figure.numerator.value)?;
    let over = figure.denominator?.value.number()?;
    let per = measure.per.to_f64()?;
    match measure.chance {
        Chance::None => None,
        Chance::Events => byar(events, over.to_f64()?, per, Z95),
        Chance::Cases => wilson(events, over.is_integer().then(|| over.to_u64()).flatten()?, Z95)
            .map(|(low, high)| (low * per, high * per)),
    }
}

/// The control limits of a measure about its average, for a force of any size.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Funnel {
    chance: Chance,
    per: f64,
    /// The average, in the measure's unit.
    pub average: f64,
    /// The over-dispersion factor by which the limits are widened; 1 where forces differ by no more than chance, or are too few to tell.
    pub widening: f64,
}

impl Funnel {
    /// The funnel of these figures about an average. `None` where chance plays no part in the measure.
    #[must_use]
    pub fn new<'f>(measure: &Measure, figures: impl Iterator<Item = &'f Figure>, average: f64) -> Option<Self> {
        let plain = Self { chance: measure.chance, per: measure.per.to_f64()?, average, widening: 1.0 };
        let scores: Vec<f64> = figures.filter_map(|figure| plain.score(figure)).collect();
        let widening = over_dispersion(&scores).map_or(1.0, |phi| phi.max(1.0));
        (measure.chance != Chance::None).then_some(Self { widening, ..plain })
    }

    /// The limits for a denominator of this size, in the measure's unit.
    #[must_use]
    pub fn limits(&self, size: f64) -> Option<Limits> {
        match self.chance {
            Chance::Events => Some(rate_limits(self.average, size, self.per)?.widened(self.widening)),
            Chance::Cases => {
                let cases = Decimal::from_f64_retain(size)?.round().to_u64()?;
                Some(proportion_limits(self.average / self.per, cases)?.widened(self.widening).scaled(self.per))
            }
            Chance::None => None,
        }
    }

    /// Where a figure lies in the funnel.
    #[must_use]
    pub fn place(&self, figure: &Figure) -> Option<Place> {
        Some(self.limits(float(figure.denominator?.value)?)?.place(float(figure.value)?))
    }

    /// How many standard errors a figure lies from the average.
    fn score(&self, figure: &Figure) -> Option<f64> {
        let events = figure.numerator.value.number()?.to_u64()?;
        let over = figure.denominator?.value.number()?;
        match self.chance {
            Chance::Events => rate_score(events, over.to_f64()?, self.average, self.per),
            Chance::Cases => proportion_score(events, over.to_u64()?, self.average / self.per),
            Chance::None => None,
        }
    }
}

fn whole(value: Value) -> Option<u64> {
    value.number().filter(Decimal::is_integer).and_then(|n| n.to_u64())
}

/// A value as floating point, for a chart or a distribution; `None` when it is absent.
#[must_use]
pub fn float(value: Value) -> Option<f64> {
    value.number().and_then(|n| n.to_f64())
}

#[cfg(test)]
#[path = "compared_tests.rs"]
mod tests;
