//! Rows of a table for programs: asked for by the values of columns, a page at a time, as JSON and CSV.
//!
//! A page ends with the id of its last row, and the next one goes on behind it: rows that are added meanwhile are neither missed nor told
//! twice. A static copy has nobody to ask, and holds all rows in one answer.

use super::{
    LICENCE, SINGLE,
    table::{BETWEEN, Holds, Open, Table, id_of, items},
};
use crate::{
    Public, Query,
    routes::{Asked, Made, Refusal},
};
use report::{
    csv_file::{self, plain_decimal},
    dataset::Cell,
};
use std::{collections::BTreeSet, fmt::Write as _};

/// How many rows a page has where nothing else is asked.
pub const ROWS: usize = 100;
/// The most rows of a page.
pub const MOST: usize = 1000;
/// The most values that an answer without rows lists.
const LISTED: usize = 50;

/// Some rows of a table.
struct Page<'a> {
    open: &'a Open,
    /// How many rows fit what is asked, on all pages.
    total: usize,
    rows: Vec<&'a Vec<Cell>>,
    /// The question that goes on behind them; `None` at the end.
    next: Option<Query>,
}

/// Rows as JSON.
pub(super) fn json(asked: &Asked<'_>) -> Option<Made> {
    answered(asked, |page| page.json(&asked.query))
}

/// Rows as CSV, with the columns that the whole table has.
pub(super) fn csv(asked: &Asked<'_>) -> Option<Made> {
    answered(asked, |page| csv_file::write_rows(&page.open.columns(), page.rows.iter().copied()))
}

fn answered(asked: &Asked<'_>, write: impl Fn(&Page<'_>) -> String) -> Option<Made> {
    let open = open(asked.public, asked.parts.first()?)?;
    Some(match Page::of(open, &asked.query, asked.served) {
        Ok(page) => write(&page).into(),
        Err(refusal) => Made::Refused(refusal),
    })
}

/// One row as JSON.
pub(super) fn row(asked: &Asked<'_>) -> Option<Made> {
    let [table, id] = asked.parts.as_slice() else { return None };
    let open = open(asked.public, table)?;
    let row = &open.dataset.rows[open.place(&id.replace('~', "/"))?];
    let mut text = head(open.table);
    writeln!(text, "\"row\": {}\n}}", object(open.table, row)).expect("writing to a string cannot fail");
    Some(text.into())
}

/// The addresses of single rows that a static copy has.
pub(super) fn each_row(public: &Public) -> Vec<Vec<String>> {
    let small = super::all(public).filter(|open| open.dataset.rows.len() <= SINGLE);
    let of = |open: &Open| -> Vec<Vec<String>> {
        open.dataset.rows.iter().map(|row| vec![open.table.id.to_owned(), in_address(id_of(row))]).collect()
    };
    small.flat_map(of).collect()
}

/// An id as the address of its row has it.
#[must_use]
pub fn in_address(id: &str) -> String {
    id.replace('/', "~")
}

fn open<'a>(public: &'a Public, id: &str) -> Option<&'a Open> {
    public.tables.get(public, super::table(id)?)
}

impl<'a> Page<'a> {
    fn of(open: &'a Open, query: &Query, served: bool) -> Result<Self, Refusal> {
        let limit = if served { limit(query)? } else { usize::MAX };
        let after =
            query.get("after").map(|id| open.place(id).ok_or_else(|| no_such_row(open.table, id))).transpose()?;
        let fits =
            |row: &&Vec<Cell>| filters(open.table, query).all(|(place, value)| has(open.table, row, place, value));
        let fitting = || open.dataset.rows.iter().enumerate().filter(|(_, row)| fits(row));
        let mut behind = fitting().filter(|(place, _)| after.is_none_or(|after| *place > after)).map(|(_, row)| row);
        let rows: Vec<_> = behind.by_ref().take(limit).collect();
        let last = rows.last().filter(|_| behind.next().is_some());
        let next = last.map(|row| query.with("after", id_of(row)));
        Ok(Self { open, total: fitting().count(), rows, next })
    }

    fn json(&self, query: &Query) -> String {
        let table = self.open.table;
        let mut text = head(table);
        let rows: Vec<String> = self.rows.iter().map(|row| object(table, row)).collect();
        let next = self.next.as_ref().map(|next| format!("{}.json?{}", table.id, next.written()));
        write!(text, "\"total\": {},\n\"rows\": [\n{}\n],\n", self.total, rows.join(",\n")).expect(WRITTEN);
        if self.total == 0 {
            writeln!(text, "\"why\": {},", quoted(&self.why(query))).expect(WRITTEN);
        }
        let next = next.map_or_else(|| "null".to_owned(), |next| quoted(&next));
        writeln!(text, "\"next\": {next}\n}}").expect(WRITTEN);
        text
    }

    /// Why there is no row: an answer without rows must not look like a fact about the world.
    fn why(&self, query: &Query) -> String {
        let table = self.open.table;
        let lonely = filters(table, query)
            .find(|(place, value)| !self.open.dataset.rows.iter().any(|row| has(table, row, *place, value)));
        let Some((place, value)) = lonely else {
            let nothing = self.open.dataset.rows.is_empty();
            return if nothing { "The table has no rows yet." } else { "No row has all of these together." }.to_owned();
        };
        let column = &table.columns[place];
        let known: BTreeSet<&str> =
            self.open.dataset.rows.iter().flat_map(|row| values(column.holds, row.get(place))).collect();
        let listed = known.into_iter().take(LISTED + 1).collect::<Vec<_>>();
        let there = if listed.is_empty() || listed.len() > LISTED {
            String::new()
        } else {
            format!(" Values that rows have: {}.", listed.join(", "))
        };
        format!("No row has the {} `{value}`.{there}", column.name)
    }
}

const WRITTEN: &str = "writing to a string cannot fail";

/// What an answer begins with: which table it is of, and what goes with its rows.
fn head(table: &Table) -> String {
    let (id, source) = (quoted(table.id), quoted(table.source));
    format!("{{\n\"table\": {id},\n\"licence\": {},\n\"source\": {source},\n", quoted(LICENCE))
}

fn limit(query: &Query) -> Result<usize, Refusal> {
    let Some(text) = query.get("limit") else { return Ok(ROWS) };
    text.parse().ok().filter(|n| (1..=MOST).contains(n)).ok_or_else(|| Refusal {
        status: 400,
        found: format!("`limit` is `{text}`."),
        remedy: format!("Write a whole number from 1 to {MOST}, or leave it out for {ROWS}."),
    })
}

fn no_such_row(table: &Table, id: &str) -> Refusal {
    Refusal {
        status: 400,
        found: format!("`after` is `{id}`, and no row of {} has this id.", table.id),
        remedy: "Write the id of the last row of the page before, or follow its `next`.".to_owned(),
    }
}

/// The columns that rows are asked for by, each by its place, with the value asked for.
fn filters<'q>(table: &Table, query: &'q Query) -> impl Iterator<Item = (usize, &'q str)> {
    let asked = table.columns.iter().enumerate().filter(|(_, column)| column.is_asked());
    asked.filter_map(|(place, column)| Some((place, query.get(column.name)?)))
}

fn has(table: &Table, row: &[Cell], place: usize, value: &str) -> bool {
    match row.get(place) {
        Some(Cell::Date(day)) => day.to_string() == value,
        cell => values(table.columns[place].holds, cell).any(|item| item == value),
    }
}

fn values(holds: Holds, cell: Option<&Cell>) -> impl Iterator<Item = &str> {
    let text = match cell {
        Some(Cell::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    text.into_iter().flat_map(move |text| {
        let whole = (!holds.is_list()).then_some(text);
        whole.into_iter().chain(items(text).filter(move |_| holds.is_list()))
    })
}

/// A row as an object; why values are absent, and what to know of those that are there, stands in its `status`.
fn object(table: &Table, row: &[Cell]) -> String {
    let mut fields = Vec::new();
    let mut statuses = Vec::new();
    for (column, cell) in table.columns.iter().zip(row) {
        fields.push(format!("\"{}\": {}", column.name, value(column.holds, cell)));
        let status = csv_file::status(cell);
        if !status.is_empty() {
            statuses.push(format!("\"{}\": {}", column.name, quoted(&status)));
        }
    }
    if !statuses.is_empty() {
        fields.push(format!("\"status\": {{{}}}", statuses.join(", ")));
    }
    format!("{{{}}}", fields.join(", "))
}

/// A number is written in full, which a reader of JSON may round.
fn value(holds: Holds, cell: &Cell) -> String {
    match cell {
        Cell::Text(text) if holds.is_list() => {
            format!("[{}]", text.split(BETWEEN).map(quoted).collect::<Vec<_>>().join(", "))
        }
        Cell::Text(text) => quoted(text),
        Cell::Number(number, _) => plain_decimal(*number),
        Cell::Date(day) => quoted(&day.to_string()),
        Cell::Absent(_) => "null".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
