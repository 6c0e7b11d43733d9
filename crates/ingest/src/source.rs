//! How a published file maps onto series, as data: `sources/*.yaml`.
//!
//! A source names the tables it reads and nothing else. It holds no code, so a publisher's new layout is a new version of a text
//! file; whatever it does not name is not read, and whatever it names and cannot find is an error.

mod faults;

use crate::{
    measures_file::yaml_problem,
    problem::{Place, Problem},
};
pub use faults::Fault;
use reference::{Length, Mark, Marks, Value};
use serde::{Deserialize, de::IgnoredAny};
use serde_saphyr::Spanned;
use std::collections::{BTreeMap, BTreeSet};

/// One source.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Source {
    /// Kebab-case; the folder of its releases under `observations/`.
    pub id: String,
    /// The publication.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The licence line to carry with its figures.
    pub licence: String,
    /// Where it is published.
    pub address: Option<String>,
    /// What a user of the figures should know.
    #[serde(default)]
    pub about: String,
    /// What the publisher writes where there is no number, and which shorthand (or number) it stands for.
    #[serde(default)]
    pub markers: BTreeMap<String, String>,
    /// Footnote signs that the publisher sets after a number, and the mark that each stands for; nothing when it only leads to a note.
    #[serde(default)]
    pub footnotes: BTreeMap<String, String>,
    /// The series that a column may name, and what their numbers are. Where it lists none, a column may name any.
    #[serde(default)]
    pub series: BTreeMap<String, SeriesKind>,
    /// The tables read.
    pub tables: Vec<TableRule>,
    /// Releases whose date is known, by the SHA-256 of the published file.
    #[serde(default)]
    pub releases: Vec<KnownRelease>,
}

/// What the numbers of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesKind {
    /// How many there are of something: whole and not below zero; an estimate may have a fraction.
    Count,
    /// How much there is of something, such as days or full-time equivalents: not below zero.
    Amount,
    /// What can be on either side of zero, such as net spending.
    Balance,
}

impl SeriesKind {
    /// Whether a series of this kind can have the value.
    ///
    /// # Errors
    /// What is wrong with it, and what to write.
    pub fn admits(self, series: &str, value: Value, marks: Marks) -> Result<(), (String, String)> {
        let Some(number) = value.number().filter(|_| self != Self::Balance) else { return Ok(()) };
        if number.is_sign_negative() && !number.is_zero() {
            let remedy = "write the number, or [x] when it is not available";
            return Err((format!("`{number}` is below zero, which `{series}` cannot be"), remedy.to_owned()));
        }
        if self == Self::Count && !number.is_integer() && !marks.has(Mark::Estimated) {
            let found = format!("`{number}` is not a whole number, and `{series}` is a count");
            return Err((found, format!("write a whole number, or `{number} [e]` when it is an estimate")));
        }
        Ok(())
    }
}

/// What is known of a release beforehand.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct KnownRelease {
    /// SHA-256 of the published file.
    pub sha256: String,
    /// The title of this release, where it differs from the source's.
    pub title: Option<String>,
    /// The day it was published.
    pub released: Option<reference::ReleaseDate>,
    /// Its name as published.
    pub file: Option<String>,
}

/// One table of a file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TableRule {
    /// Texts that the title cell in column A of a workbook must contain, all of them; none for a CSV file.
    #[serde(default)]
    pub title: Vec<String>,
    /// Texts that it must not contain.
    #[serde(default)]
    pub title_without: Vec<String>,
    /// Whether a file may lack this table.
    #[serde(default)]
    pub optional: bool,
    /// Where the heading rows are.
    #[serde(default)]
    pub header: Header,
    /// The column that names the force, and what to do with what is not one.
    pub area: AreaRule,
    /// When the figures are true.
    pub period: PeriodRule,
    /// For each dimension the heading of the column that holds its label.
    #[serde(default)]
    pub dimensions: BTreeMap<String, String>,
    /// Rows to leave out: for each heading the labels.
    #[serde(default)]
    pub skip: BTreeMap<String, Vec<String>>,
    /// What it means when two rows give the same figure; an error unless the source says otherwise.
    #[serde(default)]
    pub repeats: Repeats,
    /// The columns that hold numbers.
    pub values: Vec<ValueRule>,
}

/// What two rows of the same figure mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Repeats {
    /// A mistake: neither counts.
    #[default]
    Refuse,
    /// The publisher prints a figure in parts; they add up.
    Add,
}

/// Where the heading rows of a table are.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Header {
    /// Rows between the title and the first heading row, plus one; 0 when there is no title and the headings are the first row.
    pub below: usize,
    /// How many heading rows there are; a column's heading is the lowest that is not blank.
    pub rows: usize,
}

impl Default for Header {
    fn default() -> Self {
        Self { below: 0, rows: 1 }
    }
}

/// The column that names the force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AreaRule {
    /// Its heading, or its letters in a workbook where it has none.
    pub column: String,
    /// Names that are totals, regions or bodies that are no force.
    #[serde(default)]
    pub skip: Vec<String>,
    /// Beginnings of such names.
    #[serde(default)]
    pub skip_starting: Vec<String>,
    /// Names that stand for a region the first time and for a force the second (`West Midlands`).
    #[serde(default)]
    pub region_first: Vec<String>,
    /// Whether footnote numbers stick to the names.
    #[serde(default)]
    pub footnotes: bool,
    /// The last row of the table, whose numbers must be the sums of the forces in scope.
    pub total: Option<String>,
    /// The last row of the table, where its numbers are not to be checked; it is not read.
    pub end: Option<String>,
    /// The register file that says which force a smaller area belongs to (`local-authorities`); its code becomes a dimension of that name.
    pub lookup: Option<String>,
}

/// When the figures of a table are true.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PeriodRule {
    /// How to read it.
    #[serde(rename = "as")]
    pub kind: PeriodKind,
    /// The heading of the column that says when.
    pub column: Option<String>,
    /// The heading of the column with the quarter, 1 to 4.
    pub quarter: Option<String>,
    /// The period itself.
    pub period: Option<String>,
    /// The sheet that says when.
    pub sheet: Option<String>,
}

/// How a period is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodKind {
    /// A day, in the column: as at its close.
    Day,
    /// A day, in the column: as at the last day of its month.
    EndOfMonth,
    /// A year, in the column: as at 31 March of it.
    EndOfMarch,
    /// A year, in the column: as at 30 June of it.
    MidYear,
    /// A day, in the column: the twelve months that end on it.
    YearEnding,
    /// `2017/18` in the column.
    FinancialYear,
    /// `2017/18` in the column and 1 to 4 in the quarter column.
    FinancialQuarter,
    /// A period of our own writing in the column: `2016-03-31` or `2017-10-01/2018-09-30`.
    Period,
    /// The same for the whole table, given by `period`.
    Fixed,
    /// "1 April 2018 to 31 March 2019", somewhere in the sheet named.
    DaysInSheet,
    /// Each value column's heading is a day.
    HeadingDay,
    /// Each value column's heading is a financial year (`04/05`).
    HeadingFinancialYear,
}

/// A column that holds numbers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ValueRule {
    /// Its heading; absent when the period is in the headings, which then say which columns are meant.
    pub column: Option<String>,
    /// The series that its numbers belong to.
    pub series: Option<String>,
    /// The heading of the column that names the series.
    pub series_column: Option<String>,
    /// Labels that the column's numbers carry.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

impl Source {
    /// Every dimension that any table of the source breaks its numbers down by, in alphabetical order.
    #[must_use]
    pub fn dimensions(&self) -> Vec<String> {
        let of_table = |table: &TableRule| {
            let names = table.values.iter().flat_map(|value| table.dimensions(value));
            names.map(str::to_owned).collect::<Vec<_>>()
        };
        let mut names: Vec<String> = self.tables.iter().flat_map(of_table).collect();
        names.sort();
        names.dedup();
        names
    }

    /// The columns of every table that hold numbers.
    pub fn values(&self) -> impl Iterator<Item = &ValueRule> {
        self.tables.iter().flat_map(|t| &t.values)
    }
}

impl TableRule {
    /// The dimensions that one of its columns is broken down by.
    #[must_use]
    pub fn dimensions<'a>(&'a self, value: &'a ValueRule) -> BTreeSet<&'a str> {
        self.dimensions.keys().chain(value.labels.keys()).chain(&self.area.lookup).map(String::as_str).collect()
    }
}

impl PeriodRule {
    /// How long the periods are; `None` where each can be of another length.
    #[must_use]
    pub fn length(&self) -> Option<Length> {
        use PeriodKind as K;
        match self.kind {
            K::Day | K::EndOfMonth | K::EndOfMarch | K::MidYear | K::HeadingDay => Some(Length::Instant),
            K::YearEnding | K::FinancialYear | K::HeadingFinancialYear => Some(Length::Months(12)),
            K::FinancialQuarter => Some(Length::Months(3)),
            K::Period | K::Fixed | K::DaysInSheet => None,
        }
    }
}

/// The source that a file of rules describes. Rules that read and cannot hold are told, and the source is returned all the same.
pub fn source(file: &str, text: &str, problems: &mut Vec<Problem>) -> Option<Source> {
    let source: Source = serde_saphyr::from_str(text).map_err(|e| problems.push(yaml_problem(file, &e))).ok()?;
    let lines = Lines::of(text);
    let faults = source.faults().into_iter();
    problems.extend(faults.map(|f| Problem::new(file, lines.place(f.table), f.found, f.remedy)));
    Some(source)
}

/// Where the tables of a source's text begin.
#[derive(Debug, Default)]
pub struct Lines(Vec<u64>);

impl Lines {
    /// The lines of a text that reads as a source.
    #[must_use]
    pub fn of(text: &str) -> Self {
        #[derive(Deserialize)]
        struct Outline {
            tables: Vec<Spanned<IgnoredAny>>,
        }
        let tables = serde_saphyr::from_str::<Outline>(text).map(|o| o.tables).unwrap_or_default();
        Self(tables.iter().map(|t| t.referenced.line()).collect())
    }

    /// The line of a table; the whole file for what belongs to none.
    #[must_use]
    pub fn place(&self, table: Option<usize>) -> Place {
        table.and_then(|t| self.0.get(t)).map_or(Place::FILE, |line| Place::line(*line))
    }
}
