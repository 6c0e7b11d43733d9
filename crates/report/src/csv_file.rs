//! CSV: one dataset as RFC 4180, UTF-8 without a byte order mark, the names of the fields in the first row.
//!
//! Lines end with CR and LF, because RFC 4180 says so and both metadata formats name it as their default; a line end inside a value
//! is LF. A number is a plain decimal in full. What is absent is an empty field, and why stands in a column of status
//! (`<name>_status`) to its right, together with the marks of the numbers that are there; the column exists only where some cell has
//! something to say, and not in a dataset whose own column `status` says it. Words that a spreadsheet would take for a formula get an apostrophe before them ([`guarded`]), numbers never.

use crate::dataset::{Cell, Dataset, Field};
use crate::sheet::printable;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// A column of the CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column<'a> {
    /// The values of a field.
    Value(&'a Field),
    /// Why values of the field to the left are absent, and the marks of those that are there: shorthand, or empty.
    Status(&'a Field),
}

impl Column<'_> {
    /// Its name in the first row: the field's, with `_status` behind it for a column of status.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Value(field) => field.name.clone(),
            Self::Status(field) => format!("{}_status", field.name),
        }
    }
}

/// The columns of the file, in order: those of the dataset, each followed by its status where some cell has one and the dataset has no
/// column `status` of its own.
#[must_use]
pub fn columns(dataset: &Dataset) -> Vec<Column<'_>> {
    let mut columns = Vec::new();
    let says_itself = dataset.columns.iter().any(|field| field.name == "status");
    for (index, field) in dataset.columns.iter().enumerate() {
        columns.push(Column::Value(field));
        let cells = dataset.rows.iter().filter_map(|row| row.get(index));
        if !says_itself && cells.map(status).any(|status| !status.is_empty()) {
            columns.push(Column::Status(field));
        }
    }
    columns
}

/// The dataset as CSV.
#[must_use]
pub fn write(dataset: &Dataset) -> String {
    write_rows(&columns(dataset), &dataset.rows)
}

/// Some rows of a dataset as CSV, under the columns that all of it has: a part of a file has the shape of the whole.
#[must_use]
pub fn write_rows<'a>(columns: &[Column<'_>], rows: impl IntoIterator<Item = &'a Vec<Cell>>) -> String {
    let mut csv = String::new();
    write_row(&mut csv, columns.iter().map(|column| guarded(&column.name()).into_owned()));
    for row in rows {
        let mut cells = row.iter();
        let mut last = None;
        let fields = columns.iter().map(|column| match column {
            Column::Value(_) => {
                last = cells.next();
                last.map(value).unwrap_or_default()
            }
            Column::Status(_) => last.map(status).unwrap_or_default(),
        });
        write_row(&mut csv, fields);
    }
    csv
}

/// Words safe to open in a spreadsheet: one apostrophe more before those that begin, after any apostrophes, with a character that a
/// spreadsheet reads as the start of a formula (`=`, `+`, `-`, `@`, a tab or a line end).
///
/// Whoever reads the file back takes one apostrophe away under the same condition, so no words are lost.
/// Source: OWASP, *CSV Injection*.
#[must_use]
pub fn guarded(words: &str) -> Cow<'_, str> {
    if words.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        Cow::Owned(format!("'{words}"))
    } else {
        Cow::Borrowed(words)
    }
}

/// The number as a plain decimal with no zeros behind its last digit; minus zero is zero.
#[must_use]
pub fn plain_decimal(number: Decimal) -> String {
    number.normalize().to_string()
}

fn value(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) => guarded(&printable(words)).into_owned(),
        Cell::Number(number, _) => plain_decimal(*number),
        Cell::Date(date) => date.to_string(),
        Cell::Absent(_) => String::new(),
    }
}

/// Why a cell has no value, or the marks of the number that it has: shorthand, or empty.
#[must_use]
pub fn status(cell: &Cell) -> String {
    match cell {
        Cell::Text(_) | Cell::Date(_) => String::new(),
        Cell::Number(_, marks) => marks.to_string(),
        Cell::Absent(absence) => absence.to_string(),
    }
}

fn write_row(csv: &mut String, fields: impl Iterator<Item = String>) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            csv.push(',');
        }
        if field.contains([',', '"', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ') {
            csv.push('"');
            csv.push_str(&field.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(&field);
        }
    }
    csv.push_str("\r\n");
}

#[cfg(test)]
mod tests;
