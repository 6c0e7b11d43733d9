//! Finding a source's tables in a file: the title, the headings, the columns.
//!
//! A table that is not where its rule says, or has other headings, is refused whole; nothing is guessed from position.

use crate::{
    problem::{Place, Problem},
    sheet::{Sheet, letters},
    source::{PeriodKind, Source, TableRule},
};
use std::collections::BTreeMap;

/// A table found.
#[derive(Debug)]
pub struct Located<'a> {
    /// Its rule.
    pub rule: &'a TableRule,
    /// Its sheet.
    pub sheet: &'a Sheet,
    /// The index of the first row of data.
    pub first_row: usize,
    /// The headings, one a column.
    pub headings: Vec<String>,
    /// Where the columns that the rule names are.
    columns: BTreeMap<String, usize>,
}

impl Located<'_> {
    /// The index of a column that the rule names.
    #[must_use]
    pub fn column(&self, name: &str) -> usize {
        self.columns[name]
    }

    /// How an error names the column: letters in a workbook, the heading in a CSV file.
    #[must_use]
    pub fn label(&self, index: usize) -> String {
        if self.sheet.name.is_empty() { self.headings[index].clone() } else { letters(index) }
    }
}

/// Finds every table that the source needs.
///
/// # Errors
/// One problem for each table that is missing or has other headings.
pub fn locate<'a>(file: &str, source: &'a Source, sheets: &'a [Sheet]) -> Result<Vec<Located<'a>>, Vec<Problem>> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for rule in &source.tables {
        match one(file, rule, sheets) {
            Ok(Some(table)) => found.push(table),
            Ok(None) => {}
            Err(more) => problems.extend(more),
        }
    }
    if found.is_empty() && problems.is_empty() {
        problems.push(Problem::new(
            file,
            Place::FILE,
            format!("none of the tables of `{}` is in the file", source.id),
            "check that it is the right file, or name another source with --source",
        ));
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn one<'a>(file: &str, rule: &'a TableRule, sheets: &'a [Sheet]) -> Result<Option<Located<'a>>, Vec<Problem>> {
    let mut failures: Vec<Vec<Problem>> = Vec::new();
    let mut tables = Vec::new();
    for sheet in sheets {
        for top in tops(rule, sheet) {
            match at(file, rule, sheet, top) {
                Ok(table) => tables.push(table),
                Err(problems) => failures.push(problems),
            }
        }
    }
    let title = rule.title.join("` and `");
    match (tables.len(), failures.into_iter().min_by_key(Vec::len)) {
        (0, Some(problems)) => Err(problems),
        (0, None) if rule.optional => Ok(None),
        (0, None) => Err(vec![Problem::new(
            file,
            Place::FILE,
            format!("no table whose title contains `{title}`"),
            "check that it is the right file; if the publisher has renamed the table, add the new title to the source",
        )]),
        (1, _) => Ok(tables.pop()),
        (more, _) => Err(vec![Problem::new(
            file,
            Place::FILE,
            format!("{more} tables whose title contains `{title}`"),
            "add words to the source's `title` or `title-without` until one is left",
        )]),
    }
}

/// The indices of the rows that could be a table's first heading row.
fn tops(rule: &TableRule, sheet: &Sheet) -> Vec<usize> {
    if rule.title.is_empty() {
        return vec![rule.header.below];
    }
    let is_title = |row: &csv::StringRecord| {
        let cell = row.get(0).unwrap_or("");
        rule.title.iter().all(|t| cell.contains(t.as_str()))
            && !rule.title_without.iter().any(|t| cell.contains(t.as_str()))
    };
    let titles = sheet.rows.iter().enumerate().filter(|(_, row)| is_title(row));
    titles.map(|(index, _)| index + rule.header.below).collect()
}

fn at<'a>(file: &str, rule: &'a TableRule, sheet: &'a Sheet, top: usize) -> Result<Located<'a>, Vec<Problem>> {
    let rows = sheet.rows.get(top..top + rule.header.rows).ok_or_else(|| {
        vec![Problem::new(
            file,
            Place::cell(&sheet.name, top as u64 + 1, ""),
            "the file ends before the headings",
            "check that it is the whole file",
        )]
    })?;
    let width = rows.iter().map(csv::StringRecord::len).max().unwrap_or(0);
    let heading = |column: usize| {
        let cells = rows.iter().rev().map(|row| row.get(column).unwrap_or("").trim());
        cells.into_iter().find(|cell| !cell.is_empty()).map(tidy_heading).unwrap_or_default()
    };
    let headings: Vec<String> = (0..width).map(heading).collect();
    let place = |column: &str| Place::cell(&sheet.name, (top + rule.header.rows) as u64, column);
    let mut problems = Vec::new();
    if rule.header.rows == 1 {
        let used = headings.iter().rposition(|h| !h.is_empty()).map_or(0, |last| last + 1);
        for blank in (0..used).filter(|i| headings[*i].is_empty()) {
            problems.push(Problem::new(
                file,
                place(&letters(blank)),
                "the column has no heading",
                "if the heading beside it was merged over it, undo the merge and give each column its own heading",
            ));
        }
    }
    let mut columns = BTreeMap::new();
    for name in names(rule) {
        let places: Vec<usize> = (0..width).filter(|i| headings[*i] == tidy_heading(name)).collect();
        let by_letters = (0..width).find(|i| letters(*i) == *name && !sheet.name.is_empty());
        let column = match places.as_slice() {
            [column] => Some(*column),
            _ => by_letters.filter(|_| places.is_empty()),
        };
        if let Some(column) = column {
            columns.insert(name.clone(), column);
        } else if places.is_empty() {
            let there =
                headings.iter().filter(|h| !h.is_empty()).map(|h| format!("`{h}`")).collect::<Vec<_>>().join(", ");
            let found = format!("there is no column `{name}`; the headings are {there}");
            problems.push(Problem::new(file, place(""), found, "rename the column, or correct the source"));
        } else {
            problems.push(Problem::new(
                file,
                place(name),
                "the heading stands over two columns",
                "give each column its own heading",
            ));
        }
    }
    if rule.period.kind == PeriodKind::HeadingDay || rule.period.kind == PeriodKind::HeadingFinancialYear {
        let any = headings.iter().any(|h| crate::when::heading(rule.period.kind, h).is_some());
        if !any {
            problems.push(Problem::new(
                file,
                place(""),
                "no heading says when its figures are true",
                "check that the headings are where the source says (`header`)",
            ));
        }
    }
    if problems.is_empty() {
        Ok(Located { rule, sheet, first_row: top + rule.header.rows, headings, columns })
    } else {
        Err(problems)
    }
}

/// Every column that the rule names.
fn names(rule: &TableRule) -> impl Iterator<Item = &String> {
    let period = rule.period.column.iter().chain(&rule.period.quarter);
    let values = rule.values.iter().flat_map(|v| v.column.iter().chain(&v.series_column));
    std::iter::once(&rule.area.column)
        .chain(period)
        .chain(rule.dimensions.values())
        .chain(rule.skip.keys())
        .chain(values)
}

/// A heading on one line, its runs of white space made one space.
fn tidy_heading(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
