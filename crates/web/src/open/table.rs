//! What a table is, and its cells.

use super::{LARGE, TABLES};
use crate::Public;
use reference::{Absence, Marks, Value};
use report::{
    csv_file,
    dataset::{Cell, Dataset, Field, Kind},
};
use rust_decimal::{Decimal, prelude::FromPrimitive};
use std::sync::OnceLock;

/// What parts the items of a list in one cell.
pub(super) const BETWEEN: char = '|';

/// A table as it is said: everything but its rows.
#[derive(Debug)]
pub struct Table {
    /// Kebab-case: its part of every address.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What a row is ("a judgment of a force").
    pub row: &'static str,
    /// What it holds and how to read it.
    pub about: &'static str,
    /// Where it is from.
    pub source: &'static str,
    /// Its columns; the first is `id`.
    pub columns: &'static [Column],
    /// Its rows.
    pub rows: fn(&Public) -> Vec<Vec<Cell>>,
}

/// A column as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Snake_case.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// What kind of value.
    pub holds: Holds,
}

/// What kind of value a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// An id or a word of a closed list: what rows are asked for by.
    Code,
    /// Several of them.
    Codes,
    /// Words to read.
    Words,
    /// Several passages to read.
    Passages,
    /// A number, shown to so many decimals.
    Number(u32),
    /// A day.
    Day,
    /// A day, a month or a year, as far as it is known.
    When,
}

/// A table with its rows.
#[derive(Debug)]
pub struct Open {
    /// The table.
    pub table: &'static Table,
    /// Its rows, in every format.
    pub dataset: Dataset,
    has_status: Vec<bool>,
}

/// The tables, each made when it is first asked for, and what their files are.
pub struct Tables {
    made: [OnceLock<Open>; TABLES.len()],
    pub(super) files: OnceLock<Vec<super::bulk::File>>,
}

impl Default for Tables {
    fn default() -> Self {
        Self { made: std::array::from_fn(|_| OnceLock::new()), files: OnceLock::new() }
    }
}

impl Tables {
    /// A table with its rows.
    pub(super) fn get(&self, public: &Public, table: &'static Table) -> Option<&Open> {
        let place = TABLES.iter().position(|t| t.id == table.id)?;
        Some(self.made.get(place)?.get_or_init(|| table.open(public)))
    }
}

impl Holds {
    /// Whether a cell holds several items.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Codes | Self::Passages)
    }

    const fn kind(self) -> Kind {
        match self {
            Self::Number(places) => Kind::Number { places },
            Self::Day => Kind::Date,
            Self::Code | Self::Codes | Self::Words | Self::Passages | Self::When => Kind::Text,
        }
    }
}

impl Column {
    /// Whether rows can be asked for by its value.
    #[must_use]
    pub const fn is_asked(&self) -> bool {
        matches!(self.holds, Holds::Code | Holds::Codes | Holds::Day | Holds::When)
    }
}

impl Table {
    /// What a query may ask of it: its columns, where to go on, and how many rows.
    #[must_use]
    pub fn asks(&self) -> Vec<&'static str> {
        self.columns.iter().filter(|c| c.is_asked()).map(|c| c.name).chain(["after", "limit"]).collect()
    }

    fn open(&'static self, public: &Public) -> Open {
        let field = |column: &Column| Field {
            name: column.name.into(),
            title: column.title.into(),
            description: if column.holds.is_list() {
                format!("{}; several are parted by {BETWEEN}", column.about)
            } else {
                column.about.into()
            },
            kind: column.holds.kind(),
            notes: Vec::new(),
        };
        let dataset = Dataset {
            id: self.id.into(),
            sheet: self.title.into(),
            title: self.title.into(),
            description: vec![self.about.into()],
            source: self.source.into(),
            columns: self.columns.iter().map(field).collect(),
            rows: (self.rows)(public),
            key: vec!["id".into()],
        };
        let all = csv_file::columns(&dataset);
        let status =
            |field: &Field| all.iter().any(|c| matches!(c, csv_file::Column::Status(of) if of.name == field.name));
        let has_status = dataset.columns.iter().map(status).collect();
        Open { table: self, dataset, has_status }
    }
}

impl Open {
    /// Whether it has more rows than workbooks and single files are made for.
    #[must_use]
    pub const fn is_large(&self) -> bool {
        self.dataset.rows.len() > LARGE
    }

    /// The columns of its CSV, which a part of it has too.
    #[must_use]
    pub fn columns(&self) -> Vec<csv_file::Column<'_>> {
        let fields = self.dataset.columns.iter().zip(&self.has_status);
        let both = fields.flat_map(|(field, status)| {
            std::iter::once(csv_file::Column::Value(field)).chain(status.then_some(csv_file::Column::Status(field)))
        });
        both.collect()
    }

    /// The place of a row, by its id.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        self.dataset.rows.iter().position(|row| id_of(row) == id)
    }
}

/// The id of a row.
#[must_use]
pub fn id_of(row: &[Cell]) -> &str {
    match row.first() {
        Some(Cell::Text(id)) => id,
        _ => "",
    }
}

/// The items of a list in a cell.
pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(BETWEEN)
}

/// A column.
pub(super) const fn column(name: &'static str, title: &'static str, holds: Holds, about: &'static str) -> Column {
    Column { name, title, about, holds }
}

/// Words; not available where there are none.
pub(super) fn text(words: impl Into<String>) -> Cell {
    Some(words.into()).filter(|words| !words.trim().is_empty()).map_or(Cell::Absent(Absence::NotAvailable), Cell::Text)
}

/// Words that some rows do not have.
pub(super) fn maybe(words: Option<impl Into<String>>) -> Cell {
    words.map_or(Cell::Absent(Absence::NotApplicable), text)
}

/// Several items; not applicable where there are none.
pub(super) fn list(of: impl IntoIterator<Item = impl ToString>) -> Cell {
    let items: Vec<String> = of.into_iter().map(|item| item.to_string().replace(BETWEEN, "/")).collect();
    if items.is_empty() { Cell::Absent(Absence::NotApplicable) } else { text(items.join(&BETWEEN.to_string())) }
}

/// `yes` or `no`.
pub(super) fn yes(is: bool) -> Cell {
    text(if is { "yes" } else { "no" })
}

/// A value with its marks.
pub(super) fn value(value: Value, marks: Marks) -> Cell {
    match value {
        Value::Present(number) => Cell::Number(number, marks),
        Value::Absent(absence) => Cell::Absent(absence),
    }
}

/// A whole number.
pub(super) fn whole(number: usize) -> Cell {
    Decimal::from_usize(number).map_or(Cell::Absent(Absence::NotAvailable), |n| Cell::Number(n, Marks::NONE))
}

/// A number that some rows do not have.
pub(super) fn float(number: Option<f64>) -> Cell {
    number.and_then(Decimal::from_f64).map_or(Cell::Absent(Absence::NotApplicable), |n| Cell::Number(n, Marks::NONE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_large_beyond_the_limit() {
        let dataset = Dataset {
            id: "t".into(),
            sheet: "T".into(),
            title: "T".into(),
            description: Vec::new(),
            source: "S".into(),
            columns: Vec::new(),
            rows: vec![vec![text("a")]; LARGE],
            key: Vec::new(),
        };
        let mut open = Open { table: &TABLES[0], dataset, has_status: Vec::new() };
        assert!(!open.is_large());
        open.dataset.rows.push(vec![text("b")]);
        assert!(open.is_large());
    }

    #[test]
    fn a_list_keeps_its_items_apart() {
        let Cell::Text(joined) = list(["a", "b|c"]) else { panic!("words") };
        assert_eq!(items(&joined).collect::<Vec<_>>(), ["a", "b/c"]);
        assert_eq!(list(Vec::<String>::new()), Cell::Absent(Absence::NotApplicable));
    }
}
