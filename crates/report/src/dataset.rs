//! A dataset: one table with typed columns, and a workbook of several with its cover, contents and notes.
//!
//! CSV with its metadata, ODS and XLSX are printed from the same value, so that they cannot disagree. The shape follows the
//! Analysis Function's checklist for accessible spreadsheets.

use jiff::civil::Date;
use reference::{Absence, Marks};
use rust_decimal::Decimal;

/// One table.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// Kebab-case, unique in its workbook: the name of its file and of its table in a workbook.
    pub id: String,
    /// The sheet's name: at most 31 characters, none of `[]:*?/\`.
    pub sheet: String,
    /// The title in cell A1.
    pub title: String,
    /// What it holds and how to read it, each a line below the title.
    pub description: Vec<String>,
    /// Source line ("Home Office, Police workforce open data table, July 2022").
    pub source: String,
    /// The columns, in order.
    pub columns: Vec<Field>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
    /// The columns that together name a row; empty when none do.
    pub key: Vec<String>,
}

/// A column of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in CSV and metadata: kebab-case or snake_case.
    pub name: String,
    /// Its heading in a workbook.
    pub title: String,
    /// What it holds, for the metadata.
    pub description: String,
    /// What kind of value.
    pub kind: Kind,
    /// The notes that its heading carries, by number in [`Workbook::notes`] (1 is the first).
    pub notes: Vec<usize>,
}

/// What kind of value a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A number; workbooks show it to this many decimals, with thousands parted, and hold it in full. CSV has it in full.
    Number {
        /// Decimals shown.
        places: u32,
    },
    /// A day.
    Date,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words; never empty: use [`Cell::Absent`] for what is missing.
    Text(String),
    /// A number with its marks.
    Number(Decimal, Marks),
    /// A day.
    Date(Date),
    /// Nothing, for this reason.
    Absent(Absence),
}

/// Several tables with what a reader needs to understand them.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    /// BCP 47 language, `en-GB`.
    pub language: String,
    /// The title, on the cover and in the file's properties.
    pub title: String,
    /// The body that issues it, in the file's properties.
    pub publisher: String,
    /// The day it is dated, which is the only date in the file.
    pub date: Date,
    /// What the cover says below the title, a paragraph a line.
    pub cover: Vec<String>,
    /// What a reader must know before anything else; on the cover and first on every sheet.
    pub banner: Option<String>,
    /// Notes, numbered from 1 in this order, on a sheet of their own.
    pub notes: Vec<String>,
    /// The tables, one a sheet.
    pub datasets: Vec<Dataset>,
}
