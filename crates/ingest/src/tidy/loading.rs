//! Loading a tidy release: the half of [`super`] that runs whenever a figure is asked for, and so must be fast.
//!
//! A table that was changed after it was written is refused; so is one whose columns are not those of its description.

use super::{Description, header, hex};
use crate::{number::plain_integer, wording::counted};
use flate2::read::MultiGzDecoder;
use reference::{AreaId, Marks, NotAShorthand, Period, Value};
use sha2::{Digest, Sha256};
use statistics::observations::{Row, Table};
use std::{collections::HashMap, io::Read, str::FromStr};

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

/// Loads a tidy release as it is decompressed: the whole table as text would be many times the memory of what is kept. With `verify`,
/// its digest is compared with the description.
///
/// # Errors
/// When it is damaged, changed, longer than its description says, or holds a line that does not read.
pub fn load(description: &Description, compressed: &[u8], verify: bool) -> Result<Table, NotATidyRelease> {
    let mut text = Digested { inner: MultiGzDecoder::new(compressed), digest: verify.then(Sha256::new) };
    let read = read(description, &mut text);
    if let Err(NotATidyRelease::Damaged(_)) = read {
        return read;
    }
    let Some(found) = text.finish().map_err(|e| NotATidyRelease::Damaged(e.to_string()))? else { return read };
    if found == description.table_sha256 {
        return read;
    }
    Err(NotATidyRelease::Changed { found, expected: description.table_sha256.clone() })
}

fn read(description: &Description, text: &mut impl Read) -> Result<Table, NotATidyRelease> {
    let rows: u64 = description.series.values().map(|s| s.observations).sum();
    // What a description does not account for is not read: a small file can unpack to any size.
    let text = text.take(rows.saturating_add(1).saturating_mul(MOST_LINE));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).buffer_capacity(1 << 16).from_reader(text);
    let mut record = csv::StringRecord::new();
    let mut table = Table::new(description.release.clone(), description.dimensions.clone());
    let mut known = Known::default();
    let (mut line, mut records) = (1, 0);
    loop {
        let fail = |problem: String| NotATidyRelease::Line { line, problem };
        match reader.read_record(&mut record) {
            Ok(true) if records == 0 => check_header(&record, &description.dimensions).map_err(fail)?,
            Ok(true) if records > rows => {
                return Err(fail(format!("it follows the {} of the description", counted(rows, "row"))));
            }
            Ok(true) => known.push(&record, &mut table).map_err(fail)?,
            Ok(false) if records == 0 => return Err(fail("it is empty".to_owned())),
            Ok(false) if records <= rows => {
                return Err(fail(format!("it ends before the {} of the description", counted(rows, "row"))));
            }
            Ok(false) => return Ok(table),
            Err(error) if error.is_io_error() => return Err(NotATidyRelease::Damaged(error.to_string())),
            Err(error) => return Err(fail(error.to_string())),
        }
        records += 1;
        line = reader.position().line();
    }
}

/// The most bytes of a line on average: thirty times those of the longest published table.
const MOST_LINE: u64 = 4096;

/// A reader that takes the digest of what passes.
struct Digested<R> {
    inner: R,
    digest: Option<Sha256>,
}

impl<R: Read> Read for Digested<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        if let Some(digest) = &mut self.digest {
            digest.update(&buffer[..read]);
        }
        Ok(read)
    }
}

impl<R: Read> Digested<R> {
    /// The digest of everything to the end, where one is taken.
    fn finish(mut self) -> std::io::Result<Option<String>> {
        if self.digest.is_some() {
            std::io::copy(&mut self, &mut std::io::sink())?;
        }
        Ok(self.digest.map(|digest| hex(&digest.finalize())))
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
    let marks =
        if status.is_empty() { Marks::NONE } else { status.parse().map_err(|e: NotAShorthand| e.to_string())? };
    Ok((Value::Present(parsed.ok_or_else(|| format!("`{number}` is not a number"))?), marks))
}
