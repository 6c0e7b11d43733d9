//! Measures: what is counted, over what, and the figures of every force that follow from the observations.
//!
//! A measure is data (`measures/*.yaml`); this module says what the data means. Every figure keeps its numerator and denominator,
//! so that an average can be the ratio of totals and never a mean of rates.

use crate::observations::{Answer, Observations, Pin, Sum, Term};
use jiff::{Unit, civil::Date};
use reference::{Absence, AreaId, Length, Marks, Period, Value};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What kind of figure a measure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A number of things; has no denominator and cannot be compared with an average.
    Count,
    /// Events or people per so many of something else.
    Rate,
    /// Part of a whole, in percent.
    Percent,
    /// One thing per one of another (rest days per officer, pounds per head).
    Mean,
}

/// Whether more is better. There is no default: most counts of police work have no direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// A higher value is better.
    HigherIsBetter,
    /// A lower value is better.
    LowerIsBetter,
    /// Neither.
    Neutral,
}

/// How chance enters the numerator, which decides the interval that is shown beside the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chance {
    /// Events that happen independently: Byar's interval for a count.
    Events,
    /// People or cases with a property among a number of them: Wilson's interval for a proportion.
    Cases,
    /// A full count of something that chance does not deal out (strength, population): no interval.
    None,
}

/// Which day's denominator belongs to a numerator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DenominatorPeriod {
    /// The same period.
    Same,
    /// The latest instant on or before the last day: mid-year populations, the Census.
    Latest,
}

/// The definition of a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Kebab-case, the noun with its denominator.
    pub id: String,
    /// As a heading.
    pub title: String,
    /// As inside a sentence ("recorded crimes per 1,000 population").
    pub noun: String,
    /// Other ways in which a sentence may go on after its figure.
    pub also: Vec<String>,
    /// The subject it is shown under ("Workforce").
    pub subject: String,
    /// What kind of figure.
    pub kind: Kind,
    /// Summed; never empty.
    pub numerator: Vec<Term>,
    /// Summed; empty for a count.
    pub denominator: Vec<Term>,
    /// Which day's denominator.
    pub denominator_period: DenominatorPeriod,
    /// The value is numerator ÷ denominator × this.
    pub per: Decimal,
    /// Decimals shown.
    pub decimals: u32,
    /// Put before the number when shown ("£").
    pub prefix: String,
    /// Put after the number when shown ("%").
    pub suffix: String,
    /// How long its period is.
    pub length: Length,
    /// Whether more is better.
    pub direction: Direction,
    /// Which interval belongs to it.
    pub chance: Chance,
    /// Where the figures come from, for the annex.
    pub source: String,
    /// What is counted, for the annex.
    pub definition: String,
    /// What a reader must beware of, for the annex; a mismatch of what its parts count is said here and flagged.
    pub caveats: Vec<String>,
    /// What numerator and denominator count, where they count different things (people over full-time equivalents).
    pub mixed_units: Option<String>,
    /// Forces that distort the distribution, and why: offered for exclusion, never left out unasked.
    pub distorted_by: Vec<(AreaId, String)>,
}

impl Measure {
    /// What it sums: the terms of the numerator and then those of the denominator.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.numerator.iter().chain(&self.denominator)
    }
}

/// The numerator or the denominator of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// The sum, or why there is none.
    pub value: Value,
    /// Marks of its cells.
    pub marks: Marks,
    /// How many published cells it sums.
    pub cells: u32,
}

/// One area's figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The area.
    pub area: AreaId,
    /// What was counted.
    pub numerator: Part,
    /// Over what; `None` for a count.
    pub denominator: Option<Part>,
    /// The unrounded value.
    pub value: Value,
}

impl Figure {
    /// The marks of both parts.
    #[must_use]
    pub fn marks(&self) -> Marks {
        self.denominator.map_or(self.numerator.marks, |d| self.numerator.marks.union(d.marks))
    }

    /// The shorthand of its status: why it is absent, or its marks; empty for a plain number.
    #[must_use]
    pub fn status(&self) -> String {
        match self.value {
            Value::Absent(absence) => absence.shorthand().to_owned(),
            Value::Present(_) => self.marks().to_string(),
        }
    }
}

/// Which release a part's figures were taken from, for one of its terms and one of the periods that make it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What was summed.
    pub term: Term,
    /// The published period.
    pub period: Period,
    /// The release's place in [`Observations::tables`].
    pub table: usize,
    /// The areas that it answered for; `None` when it answered for all.
    pub areas: Option<Vec<AreaId>>,
}

impl Input {
    /// Whether an area's sum came from this release.
    #[must_use]
    pub fn covers(&self, area: &AreaId) -> bool {
        self.areas.as_ref().is_none_or(|areas| areas.contains(area))
    }
}

/// A measure's figures for one period: one for each area asked for, in that order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// The measure's id.
    pub measure: String,
    /// The period.
    pub period: Period,
    /// The day of the denominator, where it is not the period's own.
    pub denominator_day: Option<Date>,
    /// The figures.
    pub figures: Vec<Figure>,
    /// Where the numerators come from.
    pub numerator_inputs: Vec<Input>,
    /// Where the denominators come from.
    pub denominator_inputs: Vec<Input>,
}

/// The ratio of totals over some of a panel's areas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// The sum of the numerators; absent when no area has both parts.
    pub numerator: Value,
    /// The sum of the denominators.
    pub denominator: Option<Value>,
    /// Their ratio times `per`, or the sum for a count.
    pub value: Value,
    /// The areas that have a figure and make up the sums.
    pub areas: usize,
    /// The areas that lack a part and so leave both sums.
    pub missing: Vec<AreaId>,
}

/// A measure with its terms answered once, ready to give its figures for any period.
#[derive(Debug)]
pub struct Prepared<'a> {
    measure: &'a Measure,
    areas: &'a [AreaId],
    numerator: Vec<Answer>,
    denominator: Vec<Answer>,
}

impl<'a> Prepared<'a> {
    /// Answers the measure's terms for these areas.
    #[must_use]
    pub fn new(measure: &'a Measure, observations: &Observations, areas: &'a [AreaId], pins: &[Pin]) -> Self {
        let beside: Vec<Term> = measure.terms().cloned().collect();
        let answers =
            |terms: &[Term]| terms.iter().map(|term| observations.answer(term, &beside, areas, pins)).collect();
        Self { measure, areas, numerator: answers(&measure.numerator), denominator: answers(&measure.denominator) }
    }

    /// The last days of every period for which there is a figure, from the earliest.
    #[must_use]
    pub fn periods(&self) -> Vec<Date> {
        let Some((first, rest)) = self.numerator.split_first() else {
            return Vec::new();
        };
        let mut days: Vec<Date> = first.periods.keys().map(|p| p.last()).collect();
        days.dedup();
        days.retain(|day| {
            let wanted = Period::ending(self.measure.length, *day);
            tile(first, wanted).is_some()
                && rest.iter().all(|answer| tile(answer, wanted).is_some())
                && self.denominator.iter().all(|answer| self.denominator_tiles(answer, wanted).is_some())
        });
        days
    }

    /// The figures of the period that ends on `last`; `None` when the releases do not cover it.
    #[must_use]
    pub fn at(&self, last: Date) -> Option<Panel> {
        let period = Period::ending(self.measure.length, last);
        let numerator: Vec<_> = self.numerator.iter().map(|a| tile(a, period)).collect::<Option<_>>()?;
        let denominator: Vec<_> =
            self.denominator.iter().map(|a| self.denominator_tiles(a, period)).collect::<Option<_>>()?;
        let denominator_day =
            denominator.first().and_then(|tiles| tiles.first()).map(|p| p.last()).filter(|day| *day != last);
        let figures = (0..self.areas.len()).map(|place| self.figure(place, &numerator, &denominator)).collect();
        Some(Panel {
            measure: self.measure.id.clone(),
            period,
            denominator_day,
            figures,
            numerator_inputs: inputs(&self.measure.numerator, &self.numerator, &numerator, self.areas),
            denominator_inputs: inputs(&self.measure.denominator, &self.denominator, &denominator, self.areas),
        })
    }

    fn denominator_tiles(&self, answer: &Answer, wanted: Period) -> Option<Vec<Period>> {
        match self.measure.denominator_period {
            DenominatorPeriod::Same => tile(answer, wanted),
            // What was supplied for the very period comes first.
            DenominatorPeriod::Latest if answer.periods.contains_key(&wanted) => Some(vec![wanted]),
            DenominatorPeriod::Latest => {
                let mut instants = answer.periods.keys().filter(|p| p.first().is_none() && p.last() <= wanted.last());
                instants.next_back().map(|latest| vec![*latest])
            }
        }
    }

    fn figure(&self, place: usize, numerator: &[Vec<Period>], denominator: &[Vec<Period>]) -> Figure {
        let numerator = part(&self.numerator, numerator, place);
        let denominator = (!self.denominator.is_empty()).then(|| part(&self.denominator, denominator, place));
        Figure {
            area: self.areas[place].clone(),
            numerator,
            denominator,
            value: ratio(numerator.value, denominator.map(|d| d.value), self.measure.per),
        }
    }
}

impl Panel {
    /// The figure of an area.
    #[must_use]
    pub fn figure(&self, area: &AreaId) -> Option<&Figure> {
        self.figures.iter().find(|f| f.area == *area)
    }

    /// The ratio of totals over the areas that `includes` names: the England and Wales rate over all forces, a most similar
    /// group's over its members with the force among them. A force without a figure (a part is missing, or it is 0 of 0) leaves both sums and is named.
    #[must_use]
    pub fn aggregate(&self, per: Decimal, includes: impl Fn(&AreaId) -> bool) -> Aggregate {
        let (whole, missing): (Vec<&Figure>, Vec<&Figure>) =
            self.figures.iter().filter(|f| includes(&f.area)).partition(|f| f.value.number().is_some());
        let counts = self.figures.iter().all(|f| f.denominator.is_none());
        let sum = |parts: &mut dyn Iterator<Item = Value>| parts.filter_map(Value::number).sum::<Decimal>().normalize();
        let numerator = match whole.is_empty() {
            true => Value::Absent(Absence::NotAvailable),
            false => Value::Present(sum(&mut whole.iter().map(|f| f.numerator.value))),
        };
        let denominator = (!counts).then(|| match whole.is_empty() {
            true => Value::Absent(Absence::NotAvailable),
            false => Value::Present(sum(&mut whole.iter().filter_map(|f| f.denominator).map(|d| d.value))),
        });
        Aggregate {
            numerator,
            denominator,
            value: ratio(numerator, denominator, per),
            areas: whole.len(),
            missing: missing.into_iter().map(|f| f.area.clone()).collect(),
        }
    }

    /// How many whole months lie between the denominator's day and the end of the period; 0 when it is the period's own.
    #[must_use]
    pub fn denominator_age_in_months(&self) -> i32 {
        self.denominator_day
            .and_then(|day| day.until((Unit::Month, self.period.last())).ok())
            .map_or(0, |span| span.get_months())
    }
}

fn ratio(numerator: Value, denominator: Option<Value>, per: Decimal) -> Value {
    let (number, over) = match (numerator, denominator) {
        (Value::Absent(absence), _) | (_, Some(Value::Absent(absence))) => return Value::Absent(absence),
        (Value::Present(number), None) => return Value::Present(number),
        (Value::Present(number), Some(Value::Present(over))) => (number, over),
    };
    match (number * per).checked_div(over) {
        Some(value) => Value::Present(value.normalize()),
        None => Value::Absent(Absence::NotApplicable),
    }
}

/// The published periods that make up the one wanted: itself, or spans that follow each other without gap or overlap, the longest
/// first counted from the end.
fn tile(answer: &Answer, wanted: Period) -> Option<Vec<Period>> {
    if answer.periods.contains_key(&wanted) {
        return Some(vec![wanted]);
    }
    let first = wanted.first()?;
    let mut tiles = Vec::new();
    let mut last = wanted.last();
    loop {
        let fits = answer.periods.keys().filter(|p| p.last() == last && p.first().is_some_and(|f| f >= first));
        let longest = *fits.min_by_key(|p| p.first())?;
        tiles.push(longest);
        let begins = longest.first()?;
        if begins == first {
            tiles.reverse();
            return Some(tiles);
        }
        last = begins.yesterday().ok()?;
    }
}

fn part(answers: &[Answer], tiles: &[Vec<Period>], place: usize) -> Part {
    let mut total = Decimal::ZERO;
    let (mut absent, mut applicable) = (None, false);
    let (mut marks, mut cells) = (Marks::NONE, 0);
    for (answer, tiles) in answers.iter().zip(tiles) {
        for period in tiles {
            let sum: Option<Sum> = answer.periods.get(period).and_then(|sums| sums[place]).map(|(_, sum)| sum);
            let value = sum.map_or(Value::Absent(Absence::NotAvailable), |s| s.value());
            match value {
                Value::Present(number) => {
                    total += number;
                    applicable = true;
                }
                Value::Absent(Absence::NotApplicable) => {}
                Value::Absent(absence) => absent = Some(absence),
            }
            marks = marks.union(sum.map_or(Marks::NONE, |s| s.marks()));
            cells += sum.map_or(0, |s| s.cells());
        }
    }
    let value = match absent {
        Some(absence) => Value::Absent(absence),
        None if !applicable => Value::Absent(Absence::NotApplicable),
        None => Value::Present(total.normalize()),
    };
    Part { value, marks, cells }
}

fn inputs(terms: &[Term], answers: &[Answer], tiles: &[Vec<Period>], areas: &[AreaId]) -> Vec<Input> {
    let mut inputs = Vec::new();
    for ((term, answer), tiles) in terms.iter().zip(answers).zip(tiles) {
        for period in tiles {
            let mut tables: BTreeMap<usize, Vec<AreaId>> = BTreeMap::new();
            for (area, sum) in areas.iter().zip(answer.periods.get(period).into_iter().flatten()) {
                if let Some((table, _)) = sum {
                    tables.entry(*table).or_default().push(area.clone());
                }
            }
            let several = tables.len() > 1;
            let input =
                |(table, areas)| Input { term: term.clone(), period: *period, table, areas: several.then_some(areas) };
            inputs.extend(tables.into_iter().map(input));
        }
    }
    inputs
}

#[cfg(test)]
#[path = "measure_tests.rs"]
mod tests;
