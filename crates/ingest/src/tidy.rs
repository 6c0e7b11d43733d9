//! Tidy releases: one immutable gzip-compressed CSV file a release, with its description beside it.
//!
//! This is the form of downloads and of what the repository ships. The same published file gives the same bytes.

use crate::{extract::Observation, guard, number::plain_integer, problem::Problem};
use flate2::{Compression, GzBuilder, read::MultiGzDecoder};
use reference::{AreaId, Marks, NotAShorthand, Period, Release, Value};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use statistics::observations::{Row, Table};
use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
    io::{Read, Write as _},
    str::FromStr,
};

/// What stands beside a tidy release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// The release.
    pub release: Release,
    /// How large the published file is.
    pub bytes: u64,
    /// The dimensions, in the order of the columns.
    pub dimensions: Vec<String>,
    /// Each series with its number of observations and its first and last period.
    pub series: BTreeMap<String, SeriesDescription>,
    /// SHA-256 of the tidy table before compression.
    pub table_sha256: String,
    /// Rows of the published file that were refused, and why.
    pub refused: Vec<String>,
    /// Names left out as totals, regions or bodies that are no force, with their number of rows.
    pub left_out: BTreeMap<String, u64>,
}

/// What a release holds of one series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesDescription {
    /// How many observations.
    pub observations: u64,
    /// The earliest period.
    pub first: String,
    /// The latest period.
    pub last: String,
}

/// The tidy table of a release as text.
#[must_use]
pub fn table(dimensions: &[String], observations: &[Observation]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(Vec::new());
    let written = write_table(&mut writer, dimensions, observations);
    written.expect("a vector takes every byte, and every line has the header's number of cells");
    writer.into_inner().expect("a vector takes every byte")
}

fn write_table(
    writer: &mut csv::Writer<Vec<u8>>,
    dimensions: &[String],
    observations: &[Observation],
) -> csv::Result<()> {
    writer.write_record(header(dimensions))?;
    let mut periods: HashMap<Period, String> = HashMap::new();
    // One buffer for every number: a table has millions of them.
    let mut number = String::new();
    for o in observations {
        writer.write_field(&*o.series)?;
        writer.write_field(o.area.as_str())?;
        writer.write_field(periods.entry(o.period).or_insert_with(|| o.period.to_string()))?;
        for label in &o.labels {
            writer.write_field(&**label)?;
        }
        match o.value {
            Value::Present(value) => {
                writer.write_field(shown(&mut number, &value))?;
                writer.write_field(if o.marks.is_empty() { "" } else { shown(&mut number, &o.marks) })?;
            }
            Value::Absent(absence) => {
                writer.write_field("")?;
                writer.write_field(absence.shorthand())?;
            }
        }
        writer.write_field(&*o.sheet)?;
        writer.write_field(shown(&mut number, &o.row))?;
        writer.write_field(&*o.column)?;
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(())
}

fn header(dimensions: &[String]) -> impl Iterator<Item = &str> {
    let before = ["series", "area", "period"].into_iter();
    before.chain(dimensions.iter().map(String::as_str)).chain(["value", "status", "sheet", "row", "column"])
}

fn shown<'b>(buffer: &'b mut String, value: &impl std::fmt::Display) -> &'b str {
    buffer.clear();
    write!(buffer, "{value}").expect("a string takes every letter");
    buffer
}

/// Compresses a table, without a time or a name in the header.
#[must_use]
pub fn compress(table: &[u8]) -> Vec<u8> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(table).and_then(|()| encoder.finish()).expect("a vector takes every byte")
}

/// The table of a compressed tidy release.
///
/// # Errors
/// When the compression is damaged.
pub fn decompress(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    // The last four bytes of a gzip file say how long its contents are; they are not believed beyond what such a table packs to.
    let stated = bytes.last_chunk().map_or(0, |size| u32::from_le_bytes(*size));
    let mut table = Vec::with_capacity(usize::try_from(stated).unwrap_or(0).min(bytes.len().saturating_mul(64)));
    MultiGzDecoder::new(bytes).take(guard::MOST_BYTES).read_to_end(&mut table)?;
    Ok(table)
}

/// Describes a release for the file beside it.
#[must_use]
pub fn describe(
    release: Release,
    bytes: u64,
    dimensions: Vec<String>,
    observations: &[Observation],
    table: &[u8],
    refused: &[Problem],
    left_out: BTreeMap<String, u64>,
) -> Description {
    let mut series: BTreeMap<&str, (u64, Period, Period)> = BTreeMap::new();
    for o in observations {
        let (count, first, last) = series.entry(&o.series).or_insert((0, o.period, o.period));
        *count += 1;
        (*first, *last) = (o.period.min(*first), o.period.max(*last));
    }
    let series = series.into_iter().map(|(series, (observations, first, last))| {
        let described = SeriesDescription { observations, first: first.to_string(), last: last.to_string() };
        (series.to_owned(), described)
    });
    Description {
        release,
        bytes,
        dimensions,
        series: series.collect(),
        table_sha256: sha256(table),
        refused: refused.iter().map(ToString::to_string).collect(),
        left_out,
    }
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Why a tidy release cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotATidyRelease {
    /// The compression is damaged.
    #[error("the file is damaged ({0}): take it from the repository again, or ingest the published file again")]
    Damaged(String),
    /// The contents are not what the description says.
    #[error(
        "the table is not the one its description names (SHA-256 {found}, expected {expected}): it was changed after it was written; ingest the published file again"
    )]
    Changed {
        /// What the file's table has.
        found: String,
        /// What the description says.
        expected: String,
    },
    /// A line does not read.
    #[error("line {line}: {problem}")]
    Line {
        /// The line, the header being 1.
        line: u64,
        /// What is wrong with it.
        problem: String,
    },
}

/// Loads a tidy release. With `verify`, its digest is compared with the description first.
///
/// # Errors
/// When it is damaged, changed, or holds a line that does not read.
pub fn load(description: &Description, compressed: &[u8], verify: bool) -> Result<Table, NotATidyRelease> {
    let bytes = decompress(compressed).map_err(|e| NotATidyRelease::Damaged(e.to_string()))?;
    if verify {
        let found = sha256(&bytes);
        if found != description.table_sha256 {
            return Err(NotATidyRelease::Changed { found, expected: description.table_sha256.clone() });
        }
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_slice());
    let mut record = csv::StringRecord::new();
    let mut table = Table::new(description.release.clone(), description.dimensions.clone());
    let mut known = Known::default();
    let mut line = 1;
    loop {
        let fail = |problem: String| NotATidyRelease::Line { line, problem };
        match reader.read_record(&mut record) {
            Ok(true) if line == 1 => check_header(&record, &description.dimensions).map_err(fail)?,
            Ok(true) => known.push(&record, &mut table).map_err(fail)?,
            Ok(false) if line == 1 => return Err(fail("it is empty".to_owned())),
            Ok(false) => return Ok(table),
            Err(error) => return Err(fail(error.to_string())),
        }
        line = reader.position().line();
    }
}

fn check_header(record: &csv::StringRecord, dimensions: &[String]) -> Result<(), String> {
    if record.iter().eq(header(dimensions)) {
        return Ok(());
    }
    let columns: Vec<&str> = header(dimensions).collect();
    Err(format!("the columns are not {}", columns.join(", ")))
}

/// Areas and periods already read: a file names few of them many times, most often the one of the row before.
#[derive(Default)]
struct Known {
    areas: Recent<AreaId>,
    periods: Recent<Period>,
}

impl Known {
    fn push(&mut self, record: &csv::StringRecord, table: &mut Table) -> Result<(), String> {
        let dimensions = table.dimensions().len();
        let cell = |index: usize| record.get(index).unwrap_or("");
        let labels: Vec<&str> = (0..dimensions).map(|d| cell(3 + d)).collect();
        let after = 3 + dimensions;
        let (value, marks) = value(cell(after), cell(after + 1))?;
        let row = Row {
            series: cell(0),
            area: self.areas.read(cell(1))?,
            period: *self.periods.read(cell(2))?,
            labels: &labels,
            value,
            marks,
            sheet: cell(after + 2),
            row: cell(after + 3).parse().map_err(|_| format!("`{}` is not a row", cell(after + 3)))?,
            column: cell(after + 4),
        };
        table.push(row).map_err(|e| e.to_string())
    }
}

/// What texts stand for, and the last of them.
struct Recent<T> {
    last: (String, usize),
    places: HashMap<String, usize>,
    values: Vec<T>,
}

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self { last: (String::new(), usize::MAX), places: HashMap::new(), values: Vec::new() }
    }
}

impl<T: FromStr<Err: std::fmt::Display>> Recent<T> {
    fn read(&mut self, text: &str) -> Result<&T, String> {
        if self.last.0 != text || self.values.get(self.last.1).is_none() {
            let place = match self.places.get(text) {
                Some(place) => *place,
                None => {
                    self.values.push(text.parse().map_err(|e: T::Err| e.to_string())?);
                    self.places.insert(text.to_owned(), self.values.len() - 1);
                    self.values.len() - 1
                }
            };
            text.clone_into(&mut self.last.0);
            self.last.1 = place;
        }
        Ok(&self.values[self.last.1])
    }
}

/// A value from its two cells: the number with its marks, or nothing with the reason.
fn value(number: &str, status: &str) -> Result<(Value, Marks), String> {
    if number.is_empty() {
        let absence = status.parse().map_err(|e: NotAShorthand| e.to_string())?;
        return Ok((Value::Absent(absence), Marks::NONE));
    }
    let parsed = plain_integer(number).or_else(|| number.parse().ok());
    let marks = if status.is_empty() { Marks::NONE } else { status.parse().map_err(|e: NotAShorthand| e.to_string())? };
    Ok((Value::Present(parsed.ok_or_else(|| format!("`{number}` is not a number"))?), marks))
}

#[cfg(test)]
#[path = "tidy_tests.rs"]
mod tests;
