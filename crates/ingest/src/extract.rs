//! From the rows of a located table to observations, and a problem for every row that is refused.
//!
//! A refused number does not vanish: where force and period are known, the observation is kept as not available, so that no sum is
//! silently too small. What every row shares is found once a table (`columns`), and every text that repeats is kept once
//! (`words`): the largest files have millions of cells and a few thousand different texts.

mod columns;
mod rows;
mod words;

use crate::{
    locate::Located,
    number::number,
    problem::{Place, Problem},
    register_file::Lookups,
    sheet::Sheet,
    source::{PeriodKind, Repeats, Source},
    when,
};
use columns::Columns;
use reference::{AreaId, BRITISH_TRANSPORT_POLICE, Marks, Period, Register, Value};
use rows::{Next, Row};
use rust_decimal::Decimal;
use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};
use words::{Area, Dated, LastWords, Words};

/// One observation as it stands in a tidy release.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The series.
    pub series: Rc<str>,
    /// The area.
    pub area: Rc<AreaId>,
    /// When it is true.
    pub period: Period,
    /// A label for each of the source's dimensions; empty where there is none.
    pub labels: Vec<Rc<str>>,
    /// The value or why there is none.
    pub value: Value,
    /// Its marks; none where the value is absent.
    pub marks: Marks,
    /// Sheet, empty for a CSV file.
    pub sheet: Rc<str>,
    /// Row, the first being 1.
    pub row: u32,
    /// Column letters or heading.
    pub column: Rc<str>,
}

/// What a file gave.
#[derive(Debug, Default)]
pub struct Extracted {
    /// The observations, in the order of the file.
    pub observations: Vec<Observation>,
    /// Rows and cells that were refused and why; the rest of the file counts.
    pub refused: Vec<Problem>,
    /// Why none of the file may be used: a table that is not whole or does not add up.
    pub faults: Vec<Problem>,
    /// Names of areas that the source says to leave out, and how many rows they had.
    pub skipped: BTreeMap<String, u64>,
}

/// Reads the located tables of a file.
pub fn extract(
    file: &str,
    source: &Source,
    tables: &[Located<'_>],
    sheets: &[Sheet],
    register: &Register,
    lookups: &Lookups,
) -> Extracted {
    let mut reader = Reader {
        file,
        source,
        register,
        lookups,
        dimensions: source.dimensions(),
        words: Words::default(),
        last: LastWords::default(),
        areas: HashMap::new(),
        periods: HashMap::new(),
        key: Vec::new(),
        seen: HashMap::new(),
        out: Extracted::default(),
    };
    for table in tables {
        reader.table(table, sheets);
    }
    reader.out
}

struct Reader<'a> {
    file: &'a str,
    source: &'a Source,
    register: &'a Register,
    lookups: &'a Lookups,
    dimensions: Vec<String>,
    words: Words,
    last: LastWords,
    // The force that a name stands for at the end of a period; `None` for no force or more than one.
    areas: HashMap<(u32, u32), Option<Area>>,
    // The period of a cell and its quarter's cell, or what to write instead.
    periods: HashMap<(u32, u32), Result<Dated, String>>,
    // Series, area, period and labels of the observation at hand, and which observation had them first.
    key: Vec<u32>,
    seen: HashMap<Vec<u32>, Seen>,
    out: Extracted,
}

/// An observation that stands in the file already.
struct Seen {
    /// Its place among the observations.
    index: usize,
    /// Whether its row was refused.
    refused: bool,
}

impl Reader<'_> {
    fn table(&mut self, table: &Located<'_>, sheets: &[Sheet]) {
        let fixed = match self.period_of_table(table, sheets) {
            Ok(period) => period.map(|p| self.words.dated(p)),
            Err(problem) => return self.out.faults.push(problem),
        };
        let columns = Columns::of(table, &self.dimensions, fixed, &mut self.words);
        let sheet = self.words.word(&table.sheet.name);
        let first = self.out.observations.len();
        let mut met = BTreeMap::new();
        if table.rule.repeats == Repeats::Refuse {
            self.seen.reserve(table.sheet.rows.len().saturating_mul(columns.values.len()));
        }
        for (index, cells) in table.sheet.rows.iter().enumerate().skip(table.first_row) {
            let row = Row { rule: table.rule, columns: &columns, sheet: &sheet.text, cells, number: index as u64 + 1 };
            match self.row(&row, &mut met) {
                Next::Row => {}
                Next::Total => return self.check_total(&row, first),
                Next::End => break,
            }
        }
        if let Some(total) = &table.rule.area.total {
            let place = Place { sheet: Some(table.sheet.name.clone()), ..Place::FILE };
            let found = format!("the table ends without its row `{total}`");
            self.out.faults.push(Problem::new(self.file, place, found, "check that it is the whole table"));
        }
    }

    /// The period of every row of a table that says it once.
    fn period_of_table(&self, table: &Located<'_>, sheets: &[Sheet]) -> Result<Option<Period>, Problem> {
        let rule = &table.rule.period;
        match rule.kind {
            PeriodKind::Fixed => Ok(rule.period.as_deref().and_then(|p| p.parse().ok())),
            PeriodKind::DaysInSheet => {
                let name = rule.sheet.as_deref().unwrap_or_default();
                let period = sheets.iter().find(|s| s.name == name).and_then(when::days_in);
                let problem = || {
                    Problem::new(
                        self.file,
                        Place { sheet: Some(name.to_owned()), ..Place::FILE },
                        "no cell of the sheet says when, such as `1 April 2018 to 31 March 2019`",
                        "check that it is the right file",
                    )
                };
                period.map(Some).ok_or_else(problem)
            }
            _ => Ok(None),
        }
    }

    /// The forces in scope must add up to the table's own total, which shows that no row was missed, doubled or misread.
    fn check_total(&mut self, row: &Row<'_>, first: usize) {
        for column in &row.columns.values {
            let label = &column.label.text;
            let (found, remedy) = match number(row.cell(column.index), self.source) {
                Ok((Value::Absent(_), _)) => continue,
                Ok((Value::Present(stated), _)) => {
                    let own = |o: &&Observation| o.column == *label && o.area.as_str() != BRITISH_TRANSPORT_POLICE;
                    let forces = self.out.observations[first..].iter().filter(own);
                    let sum: Decimal = forces.filter_map(|o| o.value.number()).sum();
                    if (sum - stated).abs() <= Decimal::new(5, 2) {
                        continue;
                    }
                    (
                        format!("the table's total is {stated} and its forces add up to {sum}"),
                        "check for a force that is missing, doubled or misread; figures of this table must not be used until then".to_owned(),
                    )
                }
                Err((found, remedy)) => (format!("the table's total cannot be read: {found}"), remedy),
            };
            self.out.faults.push(Problem::new(self.file, row.cell_place(label), found, remedy));
        }
    }

    fn refuse(&mut self, row: &Row<'_>, column: &str, found: impl Into<String>, remedy: impl Into<String>) {
        self.out.refused.push(Problem::new(self.file, row.cell_place(column), found, remedy));
    }
}

#[cfg(test)]
#[path = "extract_tests.rs"]
mod tests;
