//! The files of the tables, whole: CSV with its metadata, ODS, XLSX, and one Data Package for all.

use super::{
    LARGE,
    table::{BETWEEN, Open},
};
use crate::{
    Public,
    resource::media,
    routes::{Asked, Made},
};
use report::{csv_file, dataset::Workbook, metadata, ods as ods_file, xlsx as xlsx_file};
use serde_json::Value;

/// A file of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The table.
    pub table: &'static str,
    /// Its name in the folder `data`.
    pub name: String,
    /// Its media type, without the character set.
    pub media: &'static str,
    /// Its size in bytes.
    pub bytes: usize,
    /// The SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: String,
}

/// Every file of every table, in the order of the tables.
#[must_use]
pub fn files(public: &Public) -> &[File] {
    public.tables.files.get_or_init(|| super::all(public).flat_map(|open| files_of(public, open)).collect())
}

fn files_of(public: &Public, open: &Open) -> Vec<File> {
    let made = [("csv", Some(as_csv(open))), ("ods", as_ods(public, open)), ("xlsx", as_xlsx(public, open))];
    let file = |(ending, bytes): (&str, Option<Vec<u8>>)| {
        let name = format!("{}.{ending}", open.table.id);
        let metadata::Resource { sha256, bytes, .. } = metadata::Resource::of(&open.dataset, &name, &bytes?);
        let media = media(&name).split(';').next().unwrap_or_default();
        Some(File { table: open.table.id, media, bytes, sha256, name })
    };
    made.into_iter().filter_map(file).collect()
}

fn asked_for<'a>(asked: &Asked<'a>) -> Option<&'a Open> {
    asked.public.tables.get(asked.public, super::table(asked.parts.first()?)?)
}

/// The tables that have workbooks.
pub(super) fn each_workbook(public: &Public) -> Vec<Vec<String>> {
    super::all(public).filter(|open| has_workbook(open)).map(|open| vec![open.table.id.to_owned()]).collect()
}

fn has_workbook(open: &Open) -> bool {
    !open.dataset.rows.is_empty() && !open.is_large()
}

/// A table as CSV.
pub(super) fn csv(asked: &Asked<'_>) -> Option<Made> {
    asked_for(asked).map(|open| Made::File(as_csv(open)))
}

fn as_csv(open: &Open) -> Vec<u8> {
    csv_file::write_rows(&open.columns(), &open.dataset.rows).into_bytes()
}

/// What its columns hold.
pub(super) fn csvw(asked: &Asked<'_>) -> Option<Made> {
    let open = asked_for(asked)?;
    let mut described = metadata::csvw(&open.dataset, &format!("{}.csv", open.table.id));
    let lists = open.table.columns.iter().filter(|column| column.holds.is_list());
    let lists: Vec<&str> = lists.map(|column| column.name).collect();
    let columns = described.pointer_mut("/tableSchema/columns").and_then(Value::as_array_mut);
    for column in columns.into_iter().flatten().filter(|c| c["name"].as_str().is_some_and(|n| lists.contains(&n))) {
        column["separator"] = BETWEEN.to_string().into();
    }
    Some(printed(&described))
}

/// A table as ODS.
pub(super) fn ods(asked: &Asked<'_>) -> Option<Made> {
    as_ods(asked.public, asked_for(asked)?).map(Made::File)
}

fn as_ods(public: &Public, open: &Open) -> Option<Vec<u8>> {
    has_workbook(open).then(|| ods_file::write(&workbook(public, open)))
}

/// A table as XLSX.
pub(super) fn xlsx(asked: &Asked<'_>) -> Option<Made> {
    as_xlsx(asked.public, asked_for(asked)?).map(Made::File)
}

/// What Excel cannot hold has no file; a test sees that every table with rows has one.
fn as_xlsx(public: &Public, open: &Open) -> Option<Vec<u8>> {
    has_workbook(open).then(|| xlsx_file::write(&workbook(public, open)).ok())?
}

/// A table as a workbook of its own.
#[must_use]
pub fn workbook(public: &Public, open: &Open) -> Workbook {
    let table = open.table;
    Workbook {
        language: "en-GB".into(),
        title: table.title.into(),
        publisher: public.issuer().name.into(),
        date: public.date,
        cover: vec![table.about.into(), format!("One row is {}.", table.row), "Open Government Licence v3.0.".into()],
        banner: public.issuer().banner.map(str::to_owned),
        notes: Vec::new(),
        datasets: vec![open.dataset.clone()],
    }
}

/// All tables as a Data Package.
pub(super) fn package(asked: &Asked<'_>) -> Option<Made> {
    let described = files(asked.public).iter().filter(|file| file.media == "text/csv");
    let resources: Vec<metadata::Resource<'_>> = super::all(asked.public)
        .zip(described)
        .map(|(open, file)| metadata::Resource {
            dataset: &open.dataset,
            path: &file.name,
            sha256: file.sha256.clone(),
            bytes: file.bytes,
        })
        .collect();
    let package = metadata::Package {
        name: "open-data",
        title: &format!("Open data of {}", asked.public.issuer().name),
        description: &format!("Every table of the site. Tables of more than {LARGE} rows are open as CSV only."),
        resources: &resources,
    };
    Some(printed(&metadata::datapackage(&package)))
}

/// A description as a file.
pub(super) fn printed(value: &Value) -> Made {
    format!("{value:#}\n").into()
}
