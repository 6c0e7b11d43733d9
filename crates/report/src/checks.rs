//! The checklist for accessible spreadsheets, asked of the model before any file is written.
//!
//! [`check`] reads a workbook to its end and returns every fault with its remedy, one a line; none means that CSV, ODS and XLSX can all
//! hold it and a screen reader can find its way. It changes nothing. Source: Analysis Function, *Making spreadsheets accessible*.

use crate::csv_file;
use crate::dataset::{Cell, Dataset, Kind, Workbook};
use crate::sheet::{self, CONTENTS, COVER, NOTES, table_name};
use std::collections::{BTreeMap, BTreeSet};

/// The longest name of a sheet, in characters as Excel counts them.
const LONGEST_NAME: usize = 31;
/// The longest heading of a table in Excel.
const LONGEST_HEADING: usize = 255;
/// The longest text in a cell of Excel.
const LONGEST_TEXT: usize = 32_767;

/// Every fault of the workbook in words, each with what to do; empty when there is none.
#[must_use]
pub fn check(workbook: &Workbook) -> Vec<String> {
    let mut faults = Vec::new();
    properties(workbook, &mut faults);
    sheet_names(workbook, &mut faults);
    for dataset in &workbook.datasets {
        let mut own = Vec::new();
        table(dataset, &mut own);
        headings(dataset, &mut own);
        cells(dataset, &mut own);
        key(dataset, &mut own);
        faults.extend(own.into_iter().map(|fault| format!("sheet `{}`: {fault}", dataset.sheet)));
    }
    notes(workbook, &mut faults);
    faults
}

fn properties(workbook: &Workbook, faults: &mut Vec<String>) {
    for (what, words) in
        [("title", &workbook.title), ("publisher", &workbook.publisher), ("language", &workbook.language)]
    {
        if words.trim().is_empty() {
            faults.push(format!(
                "the workbook has no {what}: give it one, because readers and screen readers look for it"
            ));
        }
    }
    if workbook.datasets.is_empty() {
        faults.push("the workbook has no table: add a dataset, or issue a document instead".to_owned());
    }
    if !(1900..=9999).contains(&workbook.date.year()) {
        faults.push(format!(
            "the workbook is dated {}: use a year from 1900 to 9999, which is all that Excel has",
            workbook.date
        ));
    }
}

fn sheet_names(workbook: &Workbook, faults: &mut Vec<String>) {
    let mut names: BTreeMap<String, &str> = [COVER, CONTENTS, NOTES].map(|name| (name.to_lowercase(), name)).into();
    let mut tables: BTreeSet<String> = [CONTENTS, NOTES].map(|name| table_name(&name.to_lowercase())).into();
    for Dataset { sheet, id, .. } in &workbook.datasets {
        if let Some(other) = names.insert(sheet.to_lowercase(), sheet) {
            faults.push(format!(
                "two sheets are named `{sheet}` and `{other}`: rename one, capitals do not tell them apart"
            ));
        }
        let length = sheet.encode_utf16().count();
        if sheet.trim().is_empty() {
            faults.push(format!("the sheet of dataset `{id}` has no name: name it after what it holds"));
        } else if length > LONGEST_NAME {
            faults.push(format!("the name of sheet `{sheet}` has {length} characters: shorten it to {LONGEST_NAME}"));
        }
        if sheet.contains(['[', ']', ':', '*', '?', '/', '\\'])
            || sheet.starts_with('\'')
            || sheet.ends_with('\'')
            || sheet.contains(char::is_control)
        {
            faults.push(format!("the name of sheet `{sheet}` has a character that Excel refuses: use none of [ ] : * ? / \\ and no ' at either end"));
        }
        if !tables.insert(table_name(id)) {
            faults.push(format!("dataset `{id}` has the id of another table: give each its own, because its file and its table are named by it"));
        }
        let lawful = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(lawful) {
            faults.push(format!("`{id}` is not the id of a dataset: write lower-case letters, digits and hyphens, such as `workforce-fte`"));
        }
    }
}

fn table(dataset: &Dataset, faults: &mut Vec<String>) {
    if dataset.title.trim().is_empty() {
        faults.push("it has no title: say what the table shows, where and when".to_owned());
    }
    if dataset.source.trim().is_empty() {
        faults.push("it has no source: name publisher, table and release".to_owned());
    }
    if dataset.description.iter().any(|line| line.trim().is_empty()) {
        faults.push("a line above the table is empty: remove it, because a blank row ends reading".to_owned());
    }
    if dataset.columns.is_empty() {
        faults.push("the table has no columns: remove the dataset".to_owned());
    }
    if dataset.rows.is_empty() {
        faults.push("the table has no rows: leave it out and say on the cover why there is none".to_owned());
    }
    let columns = dataset.columns.len();
    for (number, row) in (1..).zip(&dataset.rows) {
        if row.len() != columns {
            faults.push(format!("row {number} of the table has {} cells for {columns} columns: give every column a cell, absent ones too", row.len()));
        }
    }
}

fn headings(dataset: &Dataset, faults: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for (index, field) in dataset.columns.iter().enumerate() {
        if field.title.trim().is_empty() {
            faults.push(format!("column `{}` has no heading: name it", field.name));
        }
        let status = sheet::has_marks(dataset, index).then(|| sheet::status_heading(field));
        for heading in [Some(sheet::heading(field)), status].into_iter().flatten() {
            if heading.chars().count() > LONGEST_HEADING {
                faults.push(format!(
                    "the heading `{heading}` is longer than {LONGEST_HEADING} characters: move words to a note"
                ));
            }
            if !seen.insert(heading.to_lowercase()) {
                faults.push(format!(
                    "two columns are headed `{heading}`: make each heading say what only its column holds"
                ));
            }
        }
    }
    let mut names = BTreeSet::new();
    for column in csv_file::columns(dataset) {
        let name = column.name();
        if name.is_empty() {
            faults.push("a column has no name for CSV: name it, such as `officers-fte`".to_owned());
        } else if !names.insert(name.replace('-', "_")) {
            faults.push(format!("two columns of the CSV file are named `{name}`: rename one"));
        }
    }
}

fn cells(dataset: &Dataset, faults: &mut Vec<String>) {
    for (number, row) in (1..).zip(&dataset.rows) {
        for (cell, field) in row.iter().zip(&dataset.columns) {
            let at = format!("row {number} of the table, column `{}`", field.name);
            match (cell, field.kind) {
                (Cell::Text(words), Kind::Text) if words.trim().is_empty() => {
                    faults.push(format!("{at}: the cell is empty: say why with an absence such as [x]"));
                }
                (Cell::Text(words), Kind::Text) if words.encode_utf16().count() > LONGEST_TEXT => {
                    faults.push(format!(
                        "{at}: the text is longer than {LONGEST_TEXT} characters: shorten it, Excel holds no more"
                    ));
                }
                (Cell::Text(_), Kind::Text)
                | (Cell::Number(..), Kind::Number { .. })
                | (Cell::Date(_), Kind::Date)
                | (Cell::Absent(_), _) => {}
                (Cell::Text(_) | Cell::Number(..) | Cell::Date(_), Kind::Text | Kind::Number { .. } | Kind::Date) => {
                    faults.push(format!("{at}: the cell is not of the column's kind: change one of them"));
                }
            }
        }
    }
}

fn key(dataset: &Dataset, faults: &mut Vec<String>) {
    let mut columns = Vec::new();
    for name in &dataset.key {
        match dataset.columns.iter().position(|field| field.name == *name) {
            Some(index) => columns.push(index),
            None => faults.push(format!("its key names the column `{name}`, which it does not have: correct the key")),
        }
    }
    let mut seen = BTreeSet::new();
    for (number, row) in (1..).zip(&dataset.rows) {
        let named: Vec<String> =
            columns.iter().filter_map(|index| row.get(*index)).map(|cell| format!("{cell:?}")).collect();
        if !named.is_empty() && !seen.insert(named) {
            faults.push(format!(
                "row {number} of the table has the key of a row above it: add a column to the key or remove the row"
            ));
        }
    }
}

fn notes(workbook: &Workbook, faults: &mut Vec<String>) {
    let mut used = BTreeSet::new();
    for dataset in &workbook.datasets {
        for field in &dataset.columns {
            for number in &field.notes {
                used.insert(*number);
                if *number == 0 || *number > workbook.notes.len() {
                    faults.push(format!(
                        "sheet `{}`: the heading `{}` refers to note {number}, which does not exist: there are {}, numbered from 1",
                        dataset.sheet,
                        field.title,
                        workbook.notes.len()
                    ));
                }
            }
        }
    }
    for (number, note) in (1..).zip(&workbook.notes) {
        if note.trim().is_empty() {
            faults.push(format!("note {number} is empty: write it or remove it"));
        }
        if !used.contains(&number) {
            faults.push(format!("no heading refers to note {number}: name it in a heading or remove it"));
        }
    }
}

#[cfg(test)]
mod tests;
