//! What measures name, held against what sources and releases give: series, dimensions, labels, and how long a period is.
//!
//! A measure that names something nobody gives has no figures, and would look like one that waits for a return.

use crate::{
    problem::{Place, Problem},
    source::{Source, TableRule, ValueRule},
    wording::did_you_mean,
};
use reference::Length;
use statistics::observations::{Condition, Observations, Term};
use std::collections::BTreeSet;

/// A place in `measures/*.yaml` that names a series.
#[derive(Debug, Clone)]
pub struct Use {
    /// The file.
    pub file: String,
    /// The line of the series.
    pub line: u64,
    /// The measure.
    pub measure: String,
    /// How long the periods must be; `None` for a denominator that may be of another day.
    pub length: Option<Length>,
    /// The series.
    pub series: String,
    /// The labels that are meant or left out, by dimension.
    pub labels: Vec<Labels>,
}

/// The labels that a measure names of a dimension.
#[derive(Debug, Clone)]
pub struct Labels {
    /// The dimension.
    pub dimension: String,
    /// Each label with its line.
    pub labels: Vec<(u64, String)>,
}

impl Use {
    fn problem(&self, line: u64, found: &str, remedy: impl Into<String>) -> Problem {
        let found = format!("measure `{}`: {found}", self.measure);
        Problem::new(&self.file, Place::line(line), found, remedy)
    }
}

/// The tables and columns of a source that give a series.
fn giving<'a>(source: &'a Source, series: &'a str) -> impl Iterator<Item = (&'a TableRule, &'a ValueRule)> {
    let gives = move |value: &&ValueRule| match &value.series {
        Some(own) => own == series,
        None => source.series.contains_key(series),
    };
    source.tables.iter().flat_map(move |table| table.values.iter().filter(gives).map(move |value| (table, value)))
}

/// Whether a source says itself that it gives what a measure sums; not where forces may supply it.
#[must_use]
pub fn publishes(source: &Source, term: &Term) -> bool {
    giving(source, &term.series).any(|(table, value)| {
        let own = table.dimensions(value);
        let meant = |c: &Condition| match value.labels.get(&c.dimension) {
            Some(label) => c.admits(label),
            None => own.contains(c.dimension.as_str()),
        };
        value.series.is_some() && term.conditions.iter().all(meant)
    })
}

/// Every series, dimension and length of a period that measures name and no source gives.
#[must_use]
pub fn unknown(uses: &[Use], sources: &[Source]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for place in uses {
        let given: Vec<_> = sources.iter().flat_map(|s| giving(s, &place.series)).collect();
        if given.is_empty() {
            problems.extend(no_series(place, sources));
            continue;
        }
        let dimensions: BTreeSet<&str> = given.iter().flat_map(|(table, value)| table.dimensions(value)).collect();
        for labels in place.labels.iter().filter(|l| !dimensions.contains(l.dimension.as_str())) {
            let near = did_you_mean(&labels.dimension, dimensions.iter().copied());
            let found = format!("`{}` is not broken down by `{}`{near}", place.series, labels.dimension);
            let line = labels.labels.first().map_or(place.line, |(line, _)| *line);
            problems.push(place.problem(line, &found, format!("its dimensions are: {}", listed(&dimensions))));
        }
        problems.extend(no_length(place, &given));
    }
    problems
}

/// A series that no source gives; nothing where some source takes any.
fn no_series(place: &Use, sources: &[Source]) -> Option<Problem> {
    let takes_any = |s: &&Source| s.series.is_empty() && s.values().any(|v| v.series.is_none());
    if sources.iter().any(|s| takes_any(&s)) {
        return None;
    }
    let known = sources.iter().flat_map(|s| s.series.keys().chain(s.values().filter_map(|v| v.series.as_ref())));
    let near = did_you_mean(&place.series, known.map(String::as_str));
    let supplied = sources.iter().find(|s| !s.series.is_empty());
    let remedy = match supplied {
        Some(s) => format!("correct it, or list it under `series` in sources/{}.yaml when forces supply it", s.id),
        None => "correct it, or add a source that gives it".to_owned(),
    };
    Some(place.problem(place.line, &format!("no source gives the series `{}`{near}", place.series), remedy))
}

/// Periods that cannot be made up of those that are published.
fn no_length(place: &Use, given: &[(&TableRule, &ValueRule)]) -> Option<Problem> {
    let wanted = place.length?;
    let lengths: Option<Vec<Length>> = given.iter().map(|(table, _)| table.period.length()).collect();
    let lengths = lengths?;
    let makes_up = |given: &Length| match (*given, wanted) {
        (Length::Instant, Length::Instant) => true,
        (Length::Months(given), Length::Months(wanted)) => wanted.is_multiple_of(given),
        _ => false,
    };
    if lengths.iter().any(makes_up) {
        return None;
    }
    let words = |length: Length| match length {
        Length::Instant => "as at a day (`months: 0`)".to_owned(),
        Length::Months(months) => format!("for {}", crate::wording::counted(months, "month")),
    };
    let published: BTreeSet<String> = lengths.into_iter().map(words).collect();
    let published = published.into_iter().collect::<Vec<_>>().join(" or ");
    let found = format!("its figures are {}, and `{}` is published {published}", words(wanted), place.series);
    Some(place.problem(place.line, &found, "correct `months`, or name a series of such periods"))
}

/// Labels that measures name and no release has: a misspelt one, or every one of a list. Nothing is told of a series and dimension of
/// which there is no release.
#[must_use]
pub fn unknown_labels(uses: &[Use], observations: &Observations) -> Vec<Problem> {
    let mut problems = Vec::new();
    for place in uses {
        for Labels { dimension, labels } in &place.labels {
            let known: BTreeSet<&str> =
                observations.tables().iter().flat_map(|t| t.labels(&place.series, dimension)).collect();
            let missing = labels.iter().filter(|(_, label)| !known.contains(label.as_str()));
            // A label that is named beside it is not the one that was meant.
            let others = known.iter().copied().filter(|k| labels.iter().all(|(_, label)| label != k));
            let missing: Vec<(u64, &str, String)> =
                missing.map(|(line, l)| (*line, l.as_str(), did_you_mean(l, others.clone()))).collect();
            let none = missing.len() == labels.len() && !known.is_empty();
            for (line, label, near) in missing.iter().filter(|(_, _, near)| none || !near.is_empty()) {
                let found =
                    format!("no figure of `{}` has the label `{label}` under `{dimension}`{near}", place.series);
                problems.push(place.problem(*line, &found, format!("the labels are: {}", listed(&known))));
            }
        }
    }
    problems
}

/// Names one after the other, the first twenty of them.
fn listed(names: &BTreeSet<&str>) -> String {
    const MOST: usize = 20;
    let more = if names.len() > MOST { " …" } else { "" };
    let some: Vec<&str> = names.iter().copied().take(MOST).collect();
    if some.is_empty() { "none".to_owned() } else { some.join(", ") + more }
}
