//! What a program must know to read our CSV: CSV on the Web beside each file, and one Frictionless Data Package for a set of them.
//!
//! Both are printed from the same dataset as the CSV itself. Sources: W3C, *Metadata Vocabulary for Tabular Data* (2015);
//! Frictionless Data, *Data Package*, *Tabular Data Package* and *Table Schema*, version 1. Nothing here says a date or an author that the caller did not give.

use crate::csv_file::{Column, columns};
use crate::dataset::{Dataset, Kind};
use reference::{Absence, Mark};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// The Open Government Licence, under which all data are issued.
const LICENCE: &str = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/";
/// The licence's name in the list that both formats refer to.
const LICENCE_NAME: &str = "OGL-UK-3.0";
/// The licence's title.
const LICENCE_TITLE: &str = "Open Government Licence v3.0";

/// A set of CSV files that are issued together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Package<'a> {
    /// Kebab-case name.
    pub name: &'a str,
    /// The title.
    pub title: &'a str,
    /// What it holds; may be empty.
    pub description: &'a str,
    /// The files, in order.
    pub resources: &'a [Resource<'a>],
}

/// One CSV file of a package.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource<'a> {
    /// The dataset it holds.
    pub dataset: &'a Dataset,
    /// Where it is, from the folder that `datapackage.json` is in.
    pub path: &'a str,
    /// The SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: usize,
}

impl<'a> Resource<'a> {
    /// The file at `path` with these contents.
    #[must_use]
    pub fn of(dataset: &'a Dataset, path: &'a str, contents: &[u8]) -> Self {
        let digest = Sha256::digest(contents);
        Self { dataset, path, sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(), bytes: contents.len() }
    }
}

/// The name of the CSVW file beside a CSV file, where readers look for it: `workforce.csv-metadata.json`.
#[must_use]
pub fn csvw_name(file_name: &str) -> String {
    format!("{file_name}-metadata.json")
}

/// CSVW metadata of the dataset's CSV, which is the file `file_name` beside it.
#[must_use]
pub fn csvw(dataset: &Dataset, file_name: &str) -> Value {
    let columns: Vec<Value> = columns(dataset).iter().map(|column| csvw_column(dataset, column)).collect();
    let mut schema = Map::new();
    schema.insert("columns".to_owned(), columns.into());
    if !dataset.key.is_empty() {
        let key: Vec<String> = dataset.key.iter().map(|name| variable(name)).collect();
        schema.insert("primaryKey".to_owned(), key.into());
    }
    json!({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": file_name,
        "dc:title": dataset.title,
        "dc:description": dataset.description.join("\n"),
        "dc:source": dataset.source,
        "dc:license": {"@id": LICENCE},
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": true},
        "tableSchema": schema,
    })
}

fn csvw_column(dataset: &Dataset, column: &Column<'_>) -> Value {
    let name = column.name();
    let title = title(column);
    // The first title is the heading that the file itself has, which a validator compares.
    let titles = if title == name { vec![name.clone()] } else { vec![name.clone(), title] };
    let datatype = match column {
        Column::Status(_) => json!({"base": "string", "format": status_pattern()}),
        Column::Value(field) => match field.kind {
            Kind::Text => json!("string"),
            Kind::Number { .. } => json!("decimal"),
            Kind::Date => json!({"base": "date", "format": "yyyy-MM-dd"}),
        },
    };
    json!({
        "name": variable(&name),
        "titles": titles,
        "dc:description": description(column),
        "datatype": datatype,
        "required": is_key(dataset, column),
    })
}

/// The Frictionless Data Package of these files, the contents of `datapackage.json`.
#[must_use]
pub fn datapackage(package: &Package<'_>) -> Value {
    let licences = json!([{"name": LICENCE_NAME, "path": LICENCE, "title": LICENCE_TITLE}]);
    let resources: Vec<Value> = package.resources.iter().map(resource).collect();
    let mut sources: Vec<&str> = package.resources.iter().map(|r| r.dataset.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    json!({
        "profile": "tabular-data-package",
        "name": package.name,
        "title": package.title,
        "description": package.description,
        "licenses": licences,
        "sources": sources.iter().map(|source| json!({"title": source})).collect::<Vec<_>>(),
        "resources": resources,
    })
}

fn resource(resource: &Resource<'_>) -> Value {
    let dataset = resource.dataset;
    let fields: Vec<Value> = columns(dataset).iter().map(|column| table_schema_field(dataset, column)).collect();
    let mut schema = json!({"fields": fields, "missingValues": [""]});
    if !dataset.key.is_empty() {
        schema["primaryKey"] = json!(dataset.key);
    }
    json!({
        "profile": "tabular-data-resource",
        "name": dataset.id,
        "path": resource.path,
        "title": dataset.title,
        "description": dataset.description.join("\n"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": resource.bytes,
        "hash": format!("sha256:{}", resource.sha256),
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true},
        "sources": [{"title": dataset.source}],
        "schema": schema,
    })
}

fn table_schema_field(dataset: &Dataset, column: &Column<'_>) -> Value {
    let (kind, constraints) = match column {
        Column::Status(_) => ("string", json!({"pattern": status_pattern()})),
        Column::Value(field) => {
            let kind = match field.kind {
                Kind::Text => "string",
                Kind::Number { .. } => "number",
                Kind::Date => "date",
            };
            (kind, json!({"required": is_key(dataset, column)}))
        }
    };
    json!({
        "name": column.name(),
        "title": title(column),
        "description": description(column),
        "type": kind,
        "format": "default",
        "constraints": constraints,
    })
}

fn title(column: &Column<'_>) -> String {
    match column {
        Column::Value(field) => field.title.clone(),
        Column::Status(field) => format!("{}: status", field.title),
    }
}

fn description(column: &Column<'_>) -> String {
    match column {
        Column::Value(field) => field.description.clone(),
        Column::Status(field) => {
            let absences = Absence::ALL.map(|absence| format!("{absence} {}", absence.meaning()));
            let marks = Mark::ALL.map(|mark| format!("[{}] {}", mark.letter(), mark.meaning()));
            format!(
                "Why `{0}` is empty: {1}. Or what to know of the value in `{0}`, one symbol or several: {2}. Empty when there is nothing to say.",
                field.name,
                absences.join("; "),
                marks.join("; "),
            )
        }
    }
}

fn is_key(dataset: &Dataset, column: &Column<'_>) -> bool {
    match column {
        Column::Value(field) => dataset.key.contains(&field.name),
        Column::Status(_) => false,
    }
}

/// What a status may be: one absence, or any marks.
fn status_pattern() -> String {
    let absences: Vec<String> =
        Absence::ALL.iter().map(|absence| absence.shorthand().trim_matches(['[', ']']).to_owned()).collect();
    let marks: String = Mark::ALL.iter().map(|mark| mark.letter()).collect();
    format!(r"(\[[{}]\]|(\[[{marks}]\])+)", absences.concat())
}

/// The name as CSVW wants it, a variable of a URI template, which may have no hyphen.
fn variable(name: &str) -> String {
    name.replace('-', "_")
}

#[cfg(test)]
mod tests;
