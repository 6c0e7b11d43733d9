//! Tidy releases: one immutable gzip-compressed CSV file a release, with its description beside it.
//!
//! This is the form of downloads and of what the repository ships. The same published file gives the same bytes.

mod loading;

use crate::{extract::Observation, guard, problem::Problem};
use flate2::{Compression, GzBuilder, read::MultiGzDecoder};
pub use loading::{NotATidyRelease, load};
use reference::{Period, Release, Value};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
    io::{Read, Write as _},
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
    /// Rows of the published file that were refused, and why; without the file's name, which is the release's.
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
/// When the compression is damaged, or the table is larger than 1 GiB: it is refused, never cut.
pub fn decompress(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    // The last four bytes of a gzip file say how long its contents are; they are not believed beyond what such a table packs to.
    let stated = bytes.last_chunk().map_or(0, |size| u32::from_le_bytes(*size));
    let table = Vec::with_capacity(usize::try_from(stated).unwrap_or(0).min(bytes.len().saturating_mul(64)));
    whole(MultiGzDecoder::new(bytes), table, guard::MOST_BYTES)
}

/// Everything that a reader has, or nothing when it is more than `most` bytes.
fn whole(reader: impl Read, mut table: Vec<u8>, most: u64) -> std::io::Result<Vec<u8>> {
    reader.take(most + 1).read_to_end(&mut table)?;
    if table.len() as u64 > most {
        return Err(std::io::Error::other(format!("its table is larger than {most} bytes, the most that is read")));
    }
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
        refused: refused.iter().map(Problem::within).collect(),
        left_out,
    }
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(digest: &[u8]) -> String {
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
#[path = "tidy_tests.rs"]
mod tests;
