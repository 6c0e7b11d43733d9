//! What is worked out from a cube: rolling years, shares, and searches by ethnic group with what must be left out. Counts stay whole
//! numbers and a share keeps its denominator; rates, averages and intervals are the business of `statistics`.

use crate::cube::Cube;
use crate::dimension::Dimension;
use crate::label::is_month;
use jiff::ToSpan;
use jiff::civil::Date;
use reference::{Length, Period};
use std::collections::{BTreeMap, BTreeSet};

/// Twelve months together.
#[derive(Debug, Clone, PartialEq)]
pub struct Year {
    /// The counts of those months, no longer by month.
    pub cube: Cube,
    /// The twelve months.
    pub period: Period,
    /// For each force with rows in the year, the months of which it has none: its year is not whole. Empty when the cube does not know
    /// forces.
    pub missing: BTreeMap<String, Vec<String>>,
}

/// A part of a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The labels of the whole, in the order of the cube's other dimensions.
    pub whole: Vec<String>,
    /// The part's label; empty where the files have none, as for crimes without an outcome yet.
    pub label: String,
    /// Rows of the part.
    pub count: u64,
    /// Rows of the whole, those without a label among them; never 0.
    pub of: u64,
}

/// Searches by ethnic group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Searches {
    /// Searches of people whose group is known, by the first part of their self-defined ethnicity ("Asian/Asian British").
    pub groups: BTreeMap<String, u64>,
    /// What is in no group, by the reason: searches of vehicles alone, and people whose ethnicity is not stated.
    pub left_out: BTreeMap<String, u64>,
}

impl Cube {
    /// The twelve months to the end of `month` (`YYYY-MM`). `None` when that is no month or the cube is not by month.
    #[must_use]
    pub fn year_to(&self, month: &str) -> Option<Year> {
        let last: Date = is_month(month).then(|| format!("{month}-01").parse().ok())??;
        let months: Vec<String> =
            (0..12).rev().map(|back| last.saturating_sub(back.months()).strftime("%Y-%m").to_string()).collect();
        let kept: Vec<Dimension> = self.dimensions().into_iter().filter(|d| *d != Dimension::Month).collect();
        if kept.len() == self.axes().len() {
            return None;
        }
        let year = self.only(Dimension::Month, |label| months.iter().any(|m| m == label));
        let mut seen: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        if kept.contains(&Dimension::Force) {
            for (labels, _) in year.by(&[Dimension::Force, Dimension::Month]).cells() {
                seen.entry(labels[0].to_owned()).or_default().insert(labels[1].to_owned());
            }
        }
        let lacks = |has: BTreeSet<String>| months.iter().filter(|m| !has.contains(*m)).cloned().collect::<Vec<_>>();
        let missing = seen.into_iter().map(|(force, has)| (force, lacks(has))).filter(|(_, lacks)| !lacks.is_empty());
        let period = Period::ending(Length::Months(12), last.last_of_month());
        Some(Year { period, missing: missing.collect(), cube: year.by(&kept) })
    }

    /// How each whole, a cell of the other dimensions, divides by this one. By outcome, of street-level crimes of a period, it is the
    /// outcome cohort: "crimes recorded in the period that have been assigned each outcome", those without one among the whole. (Leave
    /// anti-social behaviour out first: those rows are incidents, which have no outcome.)
    #[must_use]
    pub fn shares(&self, dimension: Dimension) -> Vec<Share> {
        let mut order: Vec<Dimension> = self.dimensions().into_iter().filter(|d| *d != dimension).collect();
        let wholes = self.by(&order);
        order.push(dimension);
        let parts = self.by(&order);
        let share = |(mut labels, count): (Vec<&str>, u64)| {
            let label = labels.pop().unwrap_or_default().to_owned();
            let of = wholes.count(&labels);
            Share { whole: labels.into_iter().map(str::to_owned).collect(), label, count, of }
        };
        parts.cells().map(share).collect()
    }

    /// Searches by self-defined ethnic group, as the inspectorate counts them: "stop and search totals exclude vehicle only searches and
    /// searches where the subject's ethnicity was not stated". The cube must be by both; all its other dimensions are added up.
    #[must_use]
    pub fn searches(&self) -> Searches {
        let mut searches = Searches::default();
        for (labels, count) in self.by(&[Dimension::SearchType, Dimension::SelfDefinedEthnicity]).cells() {
            let &[search, ethnicity] = labels.as_slice() else { continue };
            let (side, name) = if search == "Vehicle search" {
                (&mut searches.left_out, "vehicle only")
            } else if ethnicity.is_empty() || ethnicity.ends_with("Not stated") {
                (&mut searches.left_out, "ethnicity not stated")
            } else {
                (&mut searches.groups, ethnicity.split(" - ").next().unwrap_or(ethnicity))
            };
            *side.entry(name.to_owned()).or_default() += count;
        }
        searches
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Dimension::{CrimeType, Force, Month, Outcome, SearchType, SelfDefinedEthnicity};

    #[test]
    fn a_year_is_its_twelve_months_and_names_what_is_missing() {
        let mut cells: Vec<(Vec<&str>, u64)> = Vec::new();
        for month in ["2017-09", "2017-10", "2018-03", "2018-09", "2018-10"] {
            cells.push((vec!["kent", month], 10));
        }
        let cube = Cube::sum(vec![Force, Month], cells.into_iter());
        let year = cube.year_to("2018-09").unwrap();
        assert_eq!(year.cube.count(&["kent"]), 30);
        assert_eq!(year.period.to_string(), "2017-10-01/2018-09-30");
        assert_eq!(year.missing["kent"].len(), 9);
        assert_eq!(cube.year_to("2018-13"), None);
        assert_eq!(cube.by(&[Force]).year_to("2018-09"), None);
    }

    #[test]
    fn a_cohort_counts_crimes_without_an_outcome_in_its_whole() {
        let cells = [
            (vec!["kent", "Drugs", ""], 5),
            (vec!["kent", "Drugs", "Suspect charged"], 15),
            (vec!["essex", "Drugs", ""], 2),
        ];
        let shares = Cube::sum(vec![Force, CrimeType, Outcome], cells.into_iter()).shares(Outcome);
        let told: Vec<String> =
            shares.iter().map(|s| format!("{} `{}` {} of {}", s.whole[0], s.label, s.count, s.of)).collect();
        assert_eq!(told, ["essex `` 2 of 2", "kent `` 5 of 20", "kent `Suspect charged` 15 of 20"]);
    }

    #[test]
    fn vehicles_and_unstated_ethnicity_are_left_out_and_told() {
        let cells = [
            (vec!["Person search", "White - Irish"], 3),
            (vec!["Person search", "White - Any other White background"], 4),
            (vec!["Person search", "Other ethnic group - Not stated"], 5),
            (vec!["Person search", ""], 6),
            (vec!["Vehicle search", "White - Irish"], 7),
        ];
        let searches = Cube::sum(vec![SearchType, SelfDefinedEthnicity], cells.into_iter()).searches();
        assert_eq!(searches.groups, BTreeMap::from([("White".to_owned(), 7)]));
        assert_eq!(
            searches.left_out,
            BTreeMap::from([("ethnicity not stated".to_owned(), 11), ("vehicle only".to_owned(), 7)])
        );
    }
}
