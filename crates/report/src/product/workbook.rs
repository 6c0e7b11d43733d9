//! The tables of a document as datasets: every bound number with where it comes from, and every table and figure as printed.

use crate::{
    dataset::{Cell, Dataset, Field, Kind, Workbook},
    document::{Block, Document, Table, every, plain},
    pack::numbers::Numbers,
};
use reference::{Absence, Marks};

/// The workbook of a document.
#[must_use]
pub fn workbook(document: &Document, numbers: &Numbers) -> Workbook {
    let mut datasets = vec![bound(document, numbers)];
    let tables = every(&document.blocks).into_iter().flat_map(Block::tables);
    for (number, table) in tables.enumerate() {
        datasets.push(dataset(number + 1, table));
    }
    Workbook {
        language: document.language.clone(),
        title: match &document.subtitle {
            Some(subtitle) => format!("{}: {subtitle}", document.title),
            None => document.title.clone(),
        },
        publisher: document.publisher.clone(),
        date: document.date,
        cover: vec![document.description.clone(), "The first table lists every bound number of the document; the others are its tables and figures as printed.".into()],
        banner: document.banner.clone(),
        notes: Vec::new(),
        datasets,
    }
}

fn field(name: &str, title: &str, description: &str) -> Field {
    Field {
        name: name.into(),
        title: title.into(),
        description: description.into(),
        kind: Kind::Text,
        notes: Vec::new(),
    }
}

fn cell(words: &str) -> Cell {
    if words.trim().is_empty() { Cell::Absent(Absence::NotApplicable) } else { Cell::Text(words.to_owned()) }
}

/// Every bound number.
fn bound(document: &Document, numbers: &Numbers) -> Dataset {
    let mut value = field("value", "Value", "The unrounded value; empty where it is no number");
    value.kind = Kind::Number { places: 4 };
    let columns = vec![
        field("reference", "Reference", "Its name in the manifest"),
        field("printed", "Printed", "As the document prints it"),
        value,
        field("measure", "Measure", "The measure, where it is a figure of one"),
        field("area", "Area", "Whose it is"),
        field("period", "Period", "The day or the first and last day"),
        field("how", "How", "Computed, vouched for, taken over, read or counted"),
        field("source", "Source", "The file or publication"),
    ];
    let rows = numbers
        .0
        .iter()
        .map(|(id, d)| {
            let files: std::collections::BTreeSet<&str> = d.inputs.iter().map(|i| i.file.as_str()).collect();
            let source = match &d.on_record {
                Some(record) => format!("{}, {}", record.publication, record.place),
                None => files.into_iter().collect::<Vec<_>>().join("; "),
            };
            let value = d.value.parse().map_or(Cell::Absent(Absence::NotApplicable), |v| Cell::Number(v, Marks::NONE));
            vec![
                cell(id),
                cell(&d.text),
                value,
                cell(&d.measure),
                cell(&d.area),
                cell(&d.period),
                cell(d.kind.words()),
                cell(&source),
            ]
        })
        .collect();
    // A table without rows cannot be read; a release or an empty page can be without any number.
    let none = || {
        let said = [cell("none"), cell("The document prints no bound number.")];
        said.into_iter().chain(std::iter::repeat_n(cell(""), columns.len() - 2)).collect()
    };
    let rows: Vec<Vec<Cell>> = if numbers.0.is_empty() { vec![none()] } else { rows };
    Dataset {
        id: "numbers".into(),
        sheet: "Numbers".into(),
        title: "Every bound number of the document".into(),
        description: vec![document.description.clone()],
        source: "See the source of each row".into(),
        columns,
        rows,
        key: vec!["reference".into()],
    }
}

/// A table as it is printed.
fn dataset(number: usize, table: &Table) -> Dataset {
    let mut names: Vec<String> = Vec::new();
    let columns = table
        .columns
        .iter()
        .map(|column| {
            let base = super::slug(&column.title);
            let base = if base.is_empty() { "column".to_owned() } else { base };
            let mut name = base.clone();
            let mut again = 2;
            while names.contains(&name) {
                name = format!("{base}-{again}");
                again += 1;
            }
            names.push(name.clone());
            Field {
                name,
                title: column.title.clone(),
                description: format!("{}, as printed", column.title),
                kind: Kind::Text,
                notes: Vec::new(),
            }
        })
        .collect();
    let words = |inlines: &Vec<crate::document::Inline>| cell(&plain(inlines));
    let rows = table.rows.iter().map(|row| row.iter().map(words).collect()).collect();
    Dataset {
        id: format!("table-{number}"),
        sheet: format!("Table {number}"),
        title: table.caption.clone(),
        description: table.notes.clone(),
        source: if table.source.is_empty() { "The record of the inspection".into() } else { table.source.clone() },
        columns,
        rows,
        key: Vec::new(),
    }
}
