//! The CSV files that an inspectorate keeps by hand: fixed columns, every problem with its line.

use crate::{
    problem::{Place, Problem},
    wording::counted,
};
use std::str::FromStr;

/// A small CSV file with known columns.
#[derive(Debug)]
pub struct TableFile<'a> {
    file: &'a str,
    columns: Vec<String>,
    rows: Vec<(u64, csv::StringRecord)>,
}

/// One of its rows.
#[derive(Debug, Clone, Copy)]
pub struct TableRow<'a> {
    table: &'a TableFile<'a>,
    line: u64,
    cells: &'a csv::StringRecord,
}

impl<'a> TableFile<'a> {
    /// Reads a file that must have these columns, in any order, and no others. `None` when the columns are wrong.
    pub fn read(file: &'a str, text: &str, expected: &[&str], problems: &mut Vec<Problem>) -> Option<Self> {
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let columns: Vec<String> =
            reader.headers().map(|h| h.iter().map(|c| c.trim().to_owned()).collect()).unwrap_or_default();
        let before = problems.len();
        for missing in expected.iter().filter(|e| !columns.iter().any(|c| c == *e)) {
            problems.push(Problem::new(
                file,
                Place::line(1),
                format!("there is no column `{missing}`"),
                format!("the columns are {}", expected.join(", ")),
            ));
        }
        for unknown in columns.iter().filter(|c| !expected.contains(&c.as_str())) {
            problems.push(Problem::new(
                file,
                Place::line(1),
                format!("the column `{unknown}` is not known"),
                format!("the columns are {}", expected.join(", ")),
            ));
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            match record {
                Ok(cells) if cells.len() == columns.len() => {
                    rows.push((cells.position().map_or(0, csv::Position::line), cells))
                }
                Ok(cells) => {
                    let line = cells.position().map_or(0, csv::Position::line);
                    problems.push(Problem::new(
                        file,
                        Place::line(line),
                        format!("the line has {} and the headings are {}", counted(cells.len(), "cell"), columns.len()),
                        "look for a missing or an extra comma",
                    ));
                }
                Err(error) => problems.push(Problem::new(
                    file,
                    Place::FILE,
                    format!("a line cannot be read ({error})"),
                    "look at its quotation marks",
                )),
            }
        }
        let lawful = problems.len() == before
            || rows.iter().any(|(_, cells)| cells.len() == columns.len())
                && expected.iter().all(|e| columns.iter().any(|c| c == e));
        lawful.then_some(Self { file, columns, rows })
    }

    /// The rows that have as many cells as there are columns.
    pub fn rows(&'a self) -> impl Iterator<Item = TableRow<'a>> {
        self.rows.iter().map(move |(line, cells)| TableRow { table: self, line: *line, cells })
    }
}

impl<'a> TableRow<'a> {
    /// The cell of a column that the file was read with, without space around it.
    #[must_use]
    pub fn text(&self, column: &str) -> &'a str {
        let index = self.table.columns.iter().position(|c| c == column);
        index.and_then(|i| self.cells.get(i)).unwrap_or("").trim()
    }

    /// The cell as a value, or a problem.
    pub fn parse<T: FromStr>(&self, column: &str, problems: &mut Vec<Problem>) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        match self.text(column).parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(column, error.to_string(), "correct the cell", problems);
                None
            }
        }
    }

    /// The cell, which must be one of these words.
    pub fn one_of(&self, column: &str, words: &[&str], problems: &mut Vec<Problem>) -> Option<&'a str> {
        let text = self.text(column);
        if words.contains(&text) {
            return Some(text);
        }
        self.problem(column, format!("`{text}` is not one of {}", words.join(", ")), "write one of them", problems);
        None
    }

    /// Adds a problem at this row.
    pub fn problem(
        &self,
        column: &str,
        found: impl Into<String>,
        remedy: impl Into<String>,
        problems: &mut Vec<Problem>,
    ) {
        problems.push(Problem::new(self.table.file, Place::cell("", self.line, column), found, remedy));
    }
}
