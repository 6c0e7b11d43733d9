//! What can be said of a reading beside the data and beside itself: which measure a statement is of, whether a figure agrees, and what
//! a document says that cannot all be true.
//!
//! Nothing is computed here from observations: who has them passes the recomputed figures in.

mod contradictions;

use crate::model::Statement;
pub use contradictions::{Contradiction, between, within};
use std::collections::BTreeSet;

/// A measure in the words that a sentence may use for it.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Its id.
    pub id: String,
    /// Its title, its noun and other names, each by itself.
    pub words: Vec<String>,
    /// `per-1000`, `percent`, `count`, `gbp` or `days`.
    pub unit: String,
    /// Months of its period; 0 for an instant.
    pub months: u8,
}

/// How a printed figure stands to a recomputed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The same to the last printed digit.
    Agrees,
    /// The same by another release, or one unit of the last printed digit away.
    Differs,
    /// Neither.
    Contradicts,
    /// No measure, no figures, or figures of another period.
    Unchecked,
}

impl Status {
    /// As it is printed.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Differs => "differs by rounding or revision",
            Self::Contradicts => "contradicts",
            Self::Unchecked => "cannot be checked",
        }
    }
}

/// How a printed value stands to the one recomputed from the newest release, and to those of other releases.
#[must_use]
pub fn compare(printed: f64, newest: f64, others: &[f64]) -> Status {
    let decimals = printed.to_string().split_once('.').map_or(0, |(_, d)| d.len());
    let rounded = |value: f64| format!("{value:.decimals$}");
    let same = |value: f64| rounded(value) == rounded(printed) || half_away(value, decimals) == rounded(printed);
    if same(newest) {
        return Status::Agrees;
    }
    let step = (1..=decimals).fold(1.0, |step, _| step / 10.0);
    if others.iter().any(|v| same(*v)) || (newest - printed).abs() <= 1.0 * step {
        return Status::Differs;
    }
    Status::Contradicts
}

/// Rounded half away from zero, as the house rounds.
fn half_away(value: f64, decimals: usize) -> String {
    let scale = (1..=decimals).fold(1.0, |scale: f64, _| scale * 10.0);
    let value = ((value.abs() * scale + 1e-9).round() / scale) * value.signum();
    format!("{value:.decimals$}")
}

/// The measure that a statement is of; `None` where none has its words and its unit.
#[must_use]
pub fn measure_of<'m>(statement: &Statement, measures: &'m [Measure]) -> Option<&'m Measure> {
    let unit = statement.unit.as_deref()?;
    if statement.qualifier == "of"
        || (statement.comparator.as_deref() == Some("own-previous") && statement.comparator_value.is_none())
    {
        return None;
    }
    let said = words(&format!("{} {}", statement.subject, statement.text));
    let near = words(&statement.subject);
    let mut best: Option<(f64, &Measure)> = None;
    for measure in measures.iter().filter(|m| m.unit == unit) {
        for named in measure.words.iter().map(|w| words(w)).filter(|w| !w.is_empty()) {
            // Nearly all of the measure's words are said; of two measures the one that more of the subject's words name.
            // A bare count is of something only where its own noun says so.
            let counted = unit != "count" || overlap(&named, &near) >= 0.5;
            // Officers and community support officers are two: the words of one are among those of the other.
            let mixed = near.contains("officer") && near.contains("community") != named.contains("community");
            if overlap(&named, &said) < 0.74 || !counted || mixed {
                continue;
            }
            let said_of_it = f64::from(u32::try_from(named.intersection(&said).count()).unwrap_or(0));
            let score = 0.3 * said_of_it + overlap(&near, &named) + overlap(&named, &near);
            if best.is_none_or(|(most, _)| score > most + 1e-9) {
                best = Some((score, measure));
            }
        }
    }
    best.map(|(_, measure)| measure)
}

fn overlap(part: &BTreeSet<String>, whole: &BTreeSet<String>) -> f64 {
    let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if part.is_empty() { 0.0 } else { count(part.intersection(whole).count()) / count(part.len()) }
}

/// The words that tell a measure from another, in one spelling.
fn words(text: &str) -> BTreeSet<String> {
    const EMPTY: [&str; 38] = [
        "the",
        "of",
        "and",
        "in",
        "per",
        "a",
        "an",
        "to",
        "for",
        "by",
        "their",
        "were",
        "was",
        "is",
        "on",
        "with",
        "that",
        "as",
        "who",
        "are",
        "had",
        "have",
        "where",
        "percentage",
        "percent",
        "proportion",
        "number",
        "rate",
        "full",
        "time",
        "equivalents",
        "excluding",
        "fraud",
        "1",
        "000",
        "1000",
        "england",
        "wales",
    ];
    let lower = crate::clean::straight(text).to_lowercase();
    let full = lower
        .replace("pcsos", "police community support officers")
        .replace("pcso", "police community support officer")
        .replace("rdil", "rest days in lieu owed")
        .replace("black, asian and minority ethnic", "minority ethnic")
        .replace("bame", "minority ethnic")
        .replace("females", "female")
        .replace("women", "female")
        .replace("outstanding", "owed")
        .replace("999", "emergency")
        .replace("theft offences / robbery", "theft and robbery")
        .replace("did not support police action", "victim does not support action")
        .replace("does not support police action", "victim does not support action");
    full.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !EMPTY.contains(w))
        .map(|w| w.strip_suffix('s').filter(|w| w.len() > 3).unwrap_or(w).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_agrees_differs_or_contradicts() {
        assert_eq!(compare(2009.0, 2008.67, &[]), Status::Agrees);
        assert_eq!(compare(12.4, 12.416, &[]), Status::Agrees);
        assert_eq!(compare(1150.0, 1151.43, &[1150.43]), Status::Differs);
        assert_eq!(compare(72.0, 71.477, &[]), Status::Differs);
        assert_eq!(compare(72.0, 80.0, &[79.0]), Status::Contradicts);
        assert_eq!(compare(2.5, 2.45, &[]), Status::Agrees);
    }
}
