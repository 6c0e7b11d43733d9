//! Observations: the finest published cells, kept by release, and summed on request.
//!
//! A table holds one release in columns with dictionaries, so that one pass over codes answers a question about every area and
//! period at once. Two releases of one series live side by side: the newest that can answer is used for each period, unless a pin
//! says otherwise. Nothing here knows a file; `ingest` fills the tables.

mod dictionary;
mod sum;

pub use sum::Sum;

use dictionary::Dictionary;
use reference::{Absence, AreaId, CellRef, Marks, Period, Release, ReleaseId, Value};
use rust_decimal::Decimal;
use std::{collections::BTreeMap, fmt};

/// One row as `ingest` hands it over: borrowed text, because most of it repeats the row before.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The series ("workforce-fte").
    pub series: &'a str,
    /// The area's id.
    pub area: &'a AreaId,
    /// When it is true.
    pub period: Period,
    /// A label for each of the table's dimensions; empty where the series is not broken down by it.
    pub labels: &'a [&'a str],
    /// The value or why there is none.
    pub value: Value,
    /// Its marks.
    pub marks: Marks,
    /// Sheet, empty for a CSV file.
    pub sheet: &'a str,
    /// Row in the published file, the first being 1.
    pub row: u32,
    /// Column letters or heading.
    pub column: &'a str,
}

/// The observations of one release.
#[derive(Debug, Clone)]
pub struct Table {
    /// The release.
    pub release: Release,
    dimensions: Vec<String>,
    labels: Vec<Dictionary<String>>,
    series: Dictionary<String>,
    areas: Dictionary<AreaId>,
    periods: Dictionary<Period>,
    sheets: Dictionary<String>,
    columns: Dictionary<String>,
    rows: Columns,
}

#[derive(Debug, Clone, Default)]
struct Columns {
    series: Vec<u16>,
    area: Vec<u16>,
    period: Vec<u16>,
    labels: Vec<Vec<u16>>,
    // A value is mantissa × 10^-scale; an absence is ABSENT + its index, in the scale's place.
    mantissa: Vec<i64>,
    scale: Vec<u8>,
    marks: Vec<Marks>,
    sheet: Vec<u16>,
    row: Vec<u32>,
    column: Vec<u16>,
}

const ABSENT: u8 = 100;

/// A table cannot hold the row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotHold {
    /// More digits than a 64-bit mantissa has.
    #[error("`{0}` has more than 18 digits: round it")]
    TooManyDigits(Decimal),
    /// More different words than a code has room for.
    #[error("more than 65,535 different {0} in one release")]
    TooManyLabels(&'static str),
}

impl Table {
    /// An empty table of a release, broken down by these dimensions.
    #[must_use]
    pub fn new(release: Release, dimensions: Vec<String>) -> Self {
        let labels = vec![Dictionary::default(); dimensions.len()];
        let rows = Columns { labels: vec![Vec::new(); dimensions.len()], ..Columns::default() };
        Self {
            release,
            dimensions,
            labels,
            series: Dictionary::default(),
            areas: Dictionary::default(),
            periods: Dictionary::default(),
            sheets: Dictionary::default(),
            columns: Dictionary::default(),
            rows,
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When the value has more than 18 digits, or a dictionary is full.
    pub fn push(&mut self, row: Row<'_>) -> Result<(), CannotHold> {
        let (mantissa, scale) = match row.value {
            Value::Absent(absence) => (
                0,
                ABSENT + Absence::ALL.iter().position(|a| *a == absence).map_or(0, |i| u8::try_from(i).unwrap_or(0)),
            ),
            Value::Present(number) => {
                let mantissa = i64::try_from(number.mantissa()).map_err(|_| CannotHold::TooManyDigits(number))?;
                (mantissa, u8::try_from(number.scale()).unwrap_or(28))
            }
        };
        let series = self.series.code(row.series, "series")?;
        let area = self.areas.code(row.area, "areas")?;
        let period = self.periods.code(&row.period, "periods")?;
        let sheet = self.sheets.code(row.sheet, "sheets")?;
        let column = self.columns.code(row.column, "columns")?;
        for (index, label) in row.labels.iter().enumerate().take(self.dimensions.len()) {
            let code = self.labels[index].code(*label, "labels")?;
            self.rows.labels[index].push(code);
        }
        self.rows.series.push(series);
        self.rows.area.push(area);
        self.rows.period.push(period);
        self.rows.mantissa.push(mantissa);
        self.rows.scale.push(scale);
        self.rows.marks.push(row.marks);
        self.rows.sheet.push(sheet);
        self.rows.row.push(row.row);
        self.rows.column.push(column);
        Ok(())
    }

    /// Whether it holds anything of a series, in this period where one is given.
    #[must_use]
    pub fn holds(&self, series: &str, period: Option<Period>) -> bool {
        let word = |place: u16| self.series.words.get(usize::from(place)).is_some_and(|w| w == series);
        let when = |place: u16| period.is_none_or(|p| self.periods.words.get(usize::from(place)) == Some(&p));
        self.rows.series.iter().zip(&self.rows.period).any(|(s, p)| word(*s) && when(*p))
    }

    /// How many observations it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.series.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.series.is_empty()
    }

    /// Its dimensions, in the order of the file's columns.
    #[must_use]
    pub fn dimensions(&self) -> &[String] {
        &self.dimensions
    }

    /// The series it holds, in the order of their first row.
    #[must_use]
    pub fn series(&self) -> &[String] {
        &self.series.words
    }

    /// The labels of a dimension that figures of a series carry; none when it has no such series or dimension.
    #[must_use]
    pub fn labels(&self, series: &str, dimension: &str) -> Vec<&str> {
        let series = self.series.words.iter().position(|s| s == series);
        let dimension = self.dimensions.iter().position(|d| d == dimension);
        let (Some(series), Some(dimension)) = (series, dimension) else { return Vec::new() };
        let words = &self.labels[dimension].words;
        let mut carried = vec![false; words.len()];
        for (own, label) in self.rows.series.iter().zip(&self.rows.labels[dimension]) {
            carried[usize::from(*label)] |= usize::from(*own) == series;
        }
        let labels = words.iter().zip(carried).filter(|(word, carried)| *carried && !word.is_empty());
        labels.map(|(word, _)| word.as_str()).collect()
    }

    /// Whether it can answer for a term: it holds the series and breaks it down as the term asks.
    #[must_use]
    pub fn answers(&self, term: &Term) -> bool {
        self.selection(term).is_some()
    }

    /// Which rows a question is about; `None` when this release cannot answer it, because it has no such series or does not break
    /// it down by a dimension that the question names.
    fn selection(&self, term: &Term) -> Option<Selection> {
        let series = self.series.words.iter().position(|s| *s == term.series)?;
        let mut allowed = Vec::new();
        for condition in &term.conditions {
            let dimension = self.dimensions.iter().position(|d| *d == condition.dimension)?;
            let admits: Vec<bool> =
                self.labels[dimension].words.iter().map(|word| !word.is_empty() && condition.admits(word)).collect();
            if self.labels[dimension].words.iter().all(String::is_empty) {
                return None;
            }
            allowed.push((dimension, admits));
        }
        Some(Selection { series: u16::try_from(series).ok()?, allowed })
    }

    fn matches(&self, selection: &Selection, index: usize) -> bool {
        self.rows.series[index] == selection.series
            && selection
                .allowed
                .iter()
                .all(|(dimension, admits)| admits[usize::from(self.rows.labels[*dimension][index])])
    }

    /// The sum for every period and area, `None` when this release cannot answer. `areas` says at which place an area's sum goes;
    /// an area that is not among them is left out.
    fn sums(&self, term: &Term, areas: &[AreaId]) -> Option<BTreeMap<Period, Vec<Option<Sum>>>> {
        let selection = self.selection(term)?;
        let conditions: Vec<(&[u16], &[bool])> =
            selection.allowed.iter().map(|(d, admits)| (self.rows.labels[*d].as_slice(), admits.as_slice())).collect();
        // The last place of a period is for all the areas that are left out.
        let (out, width) = (areas.len(), areas.len() + 1);
        let place = |area| areas.iter().position(|a| a == area).unwrap_or(out);
        let places: Vec<usize> = self.areas.words.iter().map(place).collect();
        let mut sums = vec![Sum::default(); self.periods.words.len() * width];
        for (index, series) in self.rows.series.iter().enumerate() {
            if *series == selection.series
                && conditions.iter().all(|(labels, admits)| admits[usize::from(labels[index])])
            {
                let place = places[usize::from(self.rows.area[index])];
                let sum = &mut sums[usize::from(self.rows.period[index]) * width + place];
                sum.add(self.rows.mantissa[index], self.rows.scale[index], self.rows.marks[index]);
            }
        }
        let periods = self.periods.words.iter().zip(sums.chunks_exact(width));
        let answered = periods.filter(|(_, sums)| sums.iter().any(|sum| sum.cells > 0));
        let found = |sums: &[Sum]| sums[..out].iter().map(|sum| (sum.cells > 0).then_some(*sum)).collect();
        Some(answered.map(|(period, sums)| (*period, found(sums))).collect())
    }

    /// The published cells behind one sum.
    fn cells(&self, term: &Term, area: &AreaId, period: Period) -> Vec<(CellRef, Value)> {
        let area = self.areas.words.iter().position(|a| a == area).and_then(|place| u16::try_from(place).ok());
        let rows = area.into_iter().flat_map(|area| self.rows_of(term, period, move |found| found == area));
        rows.map(|i| (self.cell(i), self.value(i))).collect()
    }

    /// The published cells behind the sums of every area.
    fn cells_of_all(&self, term: &Term, period: Period) -> Vec<(&AreaId, CellRef, Value)> {
        let rows = self.rows_of(term, period, |_| true);
        rows.map(|i| (&self.areas.words[usize::from(self.rows.area[i])], self.cell(i), self.value(i))).collect()
    }

    /// The rows of a term and period in the areas that are wanted.
    fn rows_of(&self, term: &Term, period: Period, wanted: impl Fn(u16) -> bool) -> impl Iterator<Item = usize> {
        let period = self.periods.words.iter().position(|p| *p == period).and_then(|place| u16::try_from(place).ok());
        let meant = self.selection(term).zip(period);
        meant.into_iter().flat_map(move |(selection, period)| {
            // Codes are compared before anything else: nearly every row is of another period.
            let of_period = self.rows.period.iter().zip(&self.rows.area).enumerate();
            let of_period = of_period.filter(|(_, (p, a))| **p == period && wanted(**a)).map(|(i, _)| i);
            of_period.filter(|i| self.matches(&selection, *i)).collect::<Vec<_>>()
        })
    }

    fn cell(&self, index: usize) -> CellRef {
        let sheet = &self.sheets.words[usize::from(self.rows.sheet[index])];
        CellRef {
            sheet: (!sheet.is_empty()).then(|| sheet.clone()),
            row: self.rows.row[index],
            column: self.columns.words[usize::from(self.rows.column[index])].clone(),
        }
    }

    fn value(&self, index: usize) -> Value {
        let scale = self.rows.scale[index];
        match scale.checked_sub(ABSENT) {
            Some(absence) => Value::Absent(Absence::ALL[usize::from(absence)]),
            None => Value::Present(Decimal::new(self.rows.mantissa[index], u32::from(scale))),
        }
    }
}

struct Selection {
    series: u16,
    allowed: Vec<(usize, Vec<bool>)>,
}

/// A series with the part of it that is meant: the numerator of a measure is one or more of these, added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The series.
    pub series: String,
    /// Every one of these must hold; none means the whole series.
    pub conditions: Vec<Condition>,
}

/// Which labels of a dimension are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The dimension.
    pub dimension: String,
    /// The labels.
    pub labels: Vec<String>,
    /// Whether the labels are the ones left out.
    pub except: bool,
}

impl Condition {
    /// Whether a figure with this label is meant.
    #[must_use]
    pub fn admits(&self, label: &str) -> bool {
        self.labels.iter().any(|l| l == label) != self.except
    }
}

/// What is added up, in words: `a plus b`.
#[must_use]
pub fn added_up(terms: &[Term]) -> String {
    terms.iter().map(ToString::to_string).collect::<Vec<_>>().join(" plus ")
}

/// In words: `worker-type police officer or police staff`, `ethnicity not White`.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let not = if self.except { "not " } else { "" };
        write!(f, "{} {not}{}", self.dimension, self.labels.join(" or "))
    }
}

/// In words: `workforce-fte with worker-type police officer`.
impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.series)?;
        for (place, condition) in self.conditions.iter().enumerate() {
            let joint = if place == 0 { " with " } else { ", " };
            write!(f, "{joint}{condition}")?;
        }
        Ok(())
    }
}

/// Which release answers for a series in a period, against the rule that the newest does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// The series; `None` pins every series that the release holds.
    pub series: Option<String>,
    /// The period; `None` pins every period.
    pub period: Option<Period>,
    /// The release.
    pub release: ReleaseId,
}

impl Pin {
    fn covers(&self, series: &str, period: Period) -> bool {
        self.series.as_deref().is_none_or(|s| s == series) && self.period.is_none_or(|p| p == period)
    }
}

/// Every release that has been loaded.
#[derive(Debug, Clone, Default)]
pub struct Observations {
    // Oldest first: a later table replaces an earlier one's answer.
    tables: Vec<Table>,
}

/// The sums of a term for every period, each from the release that answers for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// For each period one entry for each area asked for: its sum and the place in [`Observations::tables`] of the release that gave
    /// it; `None` where no release has the area.
    pub periods: BTreeMap<Period, Vec<Option<(usize, Sum)>>>,
}

impl Observations {
    /// Observations of these releases.
    #[must_use]
    pub fn new(mut tables: Vec<Table>) -> Self {
        tables.sort_by(|a, b| (&a.release.released, &a.release.id).cmp(&(&b.release.released, &b.release.id)));
        Self { tables }
    }

    /// The same without the releases that are not kept.
    #[must_use]
    pub fn only(&self, keep: impl Fn(&Table) -> bool) -> Self {
        Self { tables: self.tables.iter().filter(|t| keep(t)).cloned().collect() }
    }

    /// The releases, oldest first; one with no date counts as the oldest.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The sums of a term for these areas in every period that any release covers.
    ///
    /// For each period and area the newest release answers that holds the series, breaks it down as asked and has the area: a return
    /// of one force, or its correction, leaves the others' as they are. Where pins cover the series and period, the release of the
    /// first pin that can answer does.
    ///
    /// `beside` are the other terms of the same measure: a release that cannot answer those of the same series is passed over, so that
    /// both parts of a percentage come from one release.
    #[must_use]
    pub fn answer(&self, term: &Term, beside: &[Term], areas: &[AreaId], pins: &[Pin]) -> Answer {
        let whole = |table: &Table| {
            beside.iter().filter(|other| other.series == term.series).all(|other| table.selection(other).is_some())
        };
        let mut periods: BTreeMap<Period, Vec<Option<(usize, Sum)>>> = BTreeMap::new();
        let rank = |period: Period, table: usize| {
            let id = &self.tables[table].release.id;
            let pinned = pins.iter().position(|p| p.release == *id && p.covers(&term.series, period));
            // The first pin ranks highest; without one, newer tables come later.
            (pinned.map_or(0, |i| pins.len() - i), table)
        };
        for (index, table) in self.tables.iter().enumerate().filter(|(_, table)| whole(table)) {
            for (period, sums) in table.sums(term, areas).into_iter().flatten() {
                let entry = periods.entry(period).or_insert_with(|| vec![None; areas.len()]);
                let own = rank(period, index);
                for (known, sum) in entry.iter_mut().zip(sums) {
                    let better = known.is_none_or(|(other, _)| own > rank(period, other));
                    if let Some(sum) = sum.filter(|_| better) {
                        *known = Some((index, sum));
                    }
                }
            }
        }
        Answer { periods }
    }

    /// The published cells behind one sum of [`Answer`]: where each stands and its value.
    #[must_use]
    pub fn cells(&self, table: usize, term: &Term, area: &AreaId, period: Period) -> Vec<(CellRef, Value)> {
        self.tables[table].cells(term, area, period)
    }

    /// The same for every area of the release, in the order of its rows.
    #[must_use]
    pub fn cells_of_all(&self, table: usize, term: &Term, period: Period) -> Vec<(&AreaId, CellRef, Value)> {
        self.tables[table].cells_of_all(term, period)
    }
}

#[cfg(test)]
#[path = "observations_tests.rs"]
mod tests;
