//! What is wrong with a file, written for the person who must put it right.
//!
//! Reading goes on after a problem, so that all of them are told at once. A row is counted as the reader's spreadsheet counts it.

use std::fmt;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as the user named it or relative to the inspectorate's folder.
    pub file: String,
    /// Where in it.
    pub place: Place,
    /// What was found and what is wrong with it, as a clause.
    pub problem: String,
    /// What to do about it, as a sentence without its full stop.
    pub remedy: String,
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The row of a table or the line of a text, the first being 1.
    pub row: Option<u64>,
    /// The column: letters in a workbook, the heading in a CSV file; none in a text.
    pub column: Option<String>,
}

impl Place {
    /// The whole file.
    pub const FILE: Self = Self { sheet: None, row: None, column: None };

    /// A line of a text.
    #[must_use]
    pub fn line(line: u64) -> Self {
        Self { row: Some(line), ..Self::FILE }
    }

    /// A cell of a sheet or a CSV file.
    #[must_use]
    pub fn cell(sheet: &str, row: u64, column: &str) -> Self {
        Self {
            sheet: (!sheet.is_empty()).then(|| sheet.to_owned()),
            row: Some(row),
            column: (!column.is_empty()).then(|| column.to_owned()),
        }
    }
}

impl Problem {
    /// A problem at a place in a file.
    pub fn new(file: &str, place: Place, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { file: file.to_owned(), place, problem: problem.into(), remedy: remedy.into() }
    }
}

impl Place {
    fn shown(&self, row: &str) -> String {
        let sheet = self.sheet.iter().map(|sheet| format!("sheet `{sheet}`"));
        let row = self.row.iter().map(|number| format!("{row} {number}"));
        let column = self.column.iter().map(|column| format!("column `{column}`"));
        sheet.chain(row).chain(column).collect::<Vec<_>>().join(", ")
    }
}

impl Problem {
    /// The problem without the file's name, as the description of that file keeps it.
    #[must_use]
    pub fn within(&self) -> String {
        // A spreadsheet has rows, a text that is opened in an editor has lines.
        let is_text =
            [".yaml", ".yml", ".toml", ".json", "standard input"].iter().any(|ending| self.file.ends_with(ending));
        let place = self.place.shown(if is_text { "line" } else { "row" });
        let parted = if place.is_empty() { "" } else { ": " };
        format!("{place}{parted}{}: {}", self.problem, self.remedy)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parted = if self.place == Place::FILE { ": " } else { ", " };
        write!(f, "{}{parted}{}", self.file, self.within())
    }
}

impl std::error::Error for Problem {}
