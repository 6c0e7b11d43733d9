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
        // Blank rows above the headings are counted and passed over.
        let first = sheet.rows.iter().position(|row| !row.is_empty()).unwrap_or(0);
        return vec![first + rule.header.below];
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
    let Some(headings) = headings(rule, sheet, top) else {
        let place = Place::cell(&sheet.name, top as u64 + 1, "");
        return Err(vec![Problem::new(
            file,
            place,
            "the file ends before the headings",
            "check that it is the whole file",
        )]);
    };
    let place = |column: &str| Place::cell(&sheet.name, (top + rule.header.rows) as u64, column);
    let mut problems = Vec::new();
    if rule.header.rows == 1 {
        let used = headings.iter().rposition(|h| !h.is_empty()).map_or(0, |last| last + 1);
        for blank in (0..used).filter(|i| headings[*i].is_empty()) {
            let remedy =
                "if the heading beside it was merged over it, undo the merge and give each column its own heading";
            problems.push(Problem::new(file, place(&letters(blank)), "the column has no heading", remedy));
        }
    }
    let (mut columns, mut missing) = (BTreeMap::new(), Vec::new());
    for name in names(rule) {
        match find(name, sheet, &headings) {
            Found::At(column) => {
                columns.insert(name.clone(), column);
            }
            Found::Nowhere if missing.contains(&name) => {}
            Found::Nowhere => missing.push(name),
            Found::Twice => {
                let found = "the heading stands over two columns";
                problems.push(Problem::new(file, place(name), found, "give each column its own heading"));
            }
        }
    }
    if !missing.is_empty() {
        let found = format!("there is no column {}; the headings are {}", quoted(&missing), quoted(&there(&headings)));
        problems.push(Problem::new(file, place(""), found, "rename the column, or correct the source"));
    }
    if matches!(rule.period.kind, PeriodKind::HeadingDay | PeriodKind::HeadingFinancialYear)
        && !headings.iter().any(|h| crate::when::heading(rule.period.kind, h).is_some())
    {
        let remedy = "check that the headings are where the source says (`header`)";
        problems.push(Problem::new(file, place(""), "no heading says when its figures are true", remedy));
    }
    if problems.is_empty() {
        Ok(Located { rule, sheet, first_row: top + rule.header.rows, headings, columns })
    } else {
        Err(problems)
    }
}

/// The headings of a table whose first heading row is `top`; `None` when the sheet ends before.
fn headings(rule: &TableRule, sheet: &Sheet, top: usize) -> Option<Vec<String>> {
    let rows = sheet.rows.get(top..top.checked_add(rule.header.rows)?)?;
    let width = rows.iter().map(csv::StringRecord::len).max().unwrap_or(0);
    let heading = |column: usize| {
        let mut cells = rows.iter().rev().map(|row| row.get(column).unwrap_or("").trim());
        cells.find(|cell| !cell.is_empty()).map(tidy_heading).unwrap_or_default()
    };
    Some((0..width).map(heading).collect())
}

enum Found {
    At(usize),
    Nowhere,
    Twice,
}

/// Where a column that the rule names is: by its heading, or by its letters in a workbook where no heading says the same.
fn find(name: &str, sheet: &Sheet, headings: &[String]) -> Found {
    let wanted = tidy_heading(name);
    let mut places = headings.iter().enumerate().filter(|(_, h)| **h == wanted).map(|(index, _)| index);
    match (places.next(), places.next()) {
        (Some(column), None) => Found::At(column),
        (Some(_), Some(_)) => Found::Twice,
        (None, _) => {
            let by_letters = (0..headings.len()).find(|i| !sheet.name.is_empty() && letters(*i) == *name);
            by_letters.map_or(Found::Nowhere, Found::At)
        }
    }
}

/// The headings that are not blank, the first twenty of them.
fn there(headings: &[String]) -> Vec<&String> {
    headings.iter().filter(|h| !h.is_empty()).take(20).collect()
}

fn quoted(texts: &[&String]) -> String {
    if texts.is_empty() {
        return "blank".to_owned();
    }
    texts.iter().map(|t| format!("`{t}`")).collect::<Vec<_>>().join(", ")
}

/// How much of what a source needs is in the file, in thousandths: titles and columns found among those wanted.
#[must_use]
pub fn likeness(source: &Source, sheets: &[Sheet]) -> usize {
    let (mut found, mut wanted) = (0, 0);
    for rule in source.tables.iter().filter(|t| !t.optional) {
        let titled = usize::from(!rule.title.is_empty());
        let here = |sheet: &Sheet, top: usize| {
            let headings = headings(rule, sheet, top).unwrap_or_default();
            titled + names(rule).filter(|n| headings.contains(&tidy_heading(n))).count()
        };
        found += sheets.iter().flat_map(|s| tops(rule, s).into_iter().map(move |top| here(s, top))).max().unwrap_or(0);
        wanted += titled + names(rule).count();
    }
    found * 1000 / wanted.max(1)
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
