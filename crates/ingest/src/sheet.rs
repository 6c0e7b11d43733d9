//! A published file as sheets of text: what CSV, ODS and XLSX have in common.
//!
//! Numbers become the shortest decimal text that reads back as the same number, dates become `2016-03-31`; nothing is rounded and
//! nothing is understood yet.

use crate::{
    guard,
    problem::{Place, Problem},
};
use calamine::{Data, DataRef, Ods, Range, Reader, Xlsx};
use std::io::Cursor;

/// One sheet; a CSV file is one sheet without a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; empty for a CSV file.
    pub name: String,
    /// Its rows from the first, each with its cells from the first column.
    pub rows: Vec<csv::StringRecord>,
}

/// The sheets of a file, by what its bytes are, not by what its name says.
///
/// # Errors
/// Every row of a CSV file that is not UTF-8, or the one reason why the file cannot be read at all.
pub fn read(file: &str, bytes: Vec<u8>) -> Result<Vec<Sheet>, Vec<Problem>> {
    let bytes = guard::unpack(file, bytes).map_err(|p| vec![p])?;
    if bytes.starts_with(b"PK") {
        guard::check_workbook(file, &bytes).map_err(|p| vec![p])?;
        return workbook(file, bytes).map_err(|p| vec![p]);
    }
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(vec![Problem::new(file, Place::FILE, "the file is empty", "download it again")]);
    }
    csv_rows(file, text).map(|rows| vec![Sheet { name: String::new(), rows }])
}

fn csv_rows(file: &str, bytes: &[u8]) -> Result<Vec<csv::StringRecord>, Vec<Problem>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let (mut rows, mut problems, mut cells) = (Vec::new(), Vec::new(), 0);
    let mut record = csv::ByteRecord::new();
    loop {
        let from = reader.position().byte();
        match reader.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                // The reader passes over blank rows; a spreadsheet counts them, and so do errors.
                let blank = blank_rows(bytes, usize::try_from(from).unwrap_or(usize::MAX));
                rows.resize(rows.len() + blank, csv::StringRecord::new());
                rows.push(csv::StringRecord::from_byte_record(record.clone()).unwrap_or_else(|_| {
                    let place = Place::line(rows.len() as u64 + 1);
                    let remedy = "save the file again as `CSV UTF-8`";
                    problems.push(Problem::new(file, place, "a cell is not UTF-8 text", remedy));
                    csv::StringRecord::new()
                }));
                cells += record.len();
                if let Some(problem) = guard::too_many_rows(file, rows.len(), cells) {
                    return Err(vec![problem]);
                }
            }
            Err(error) => {
                let found = format!("the row cannot be read ({error})");
                let place = Place::line(rows.len() as u64 + 1);
                problems.push(Problem::new(file, place, found, "look at the quotation marks of this row"));
                break;
            }
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
}

/// How many blank rows begin here: ends of lines in succession, of which the first may be the second half of the last row's own.
fn blank_rows(bytes: &[u8], from: usize) -> usize {
    let mut rest = bytes.get(from..).unwrap_or_default();
    if from > 0 && bytes.get(from - 1) == Some(&b'\r') {
        rest = rest.strip_prefix(b"\n").unwrap_or(rest);
    }
    let mut rows = 0;
    while let Some(after) = [&b"\r\n"[..], b"\n", b"\r"].into_iter().find_map(|end| rest.strip_prefix(end)) {
        rest = after;
        rows += 1;
    }
    rows
}

fn workbook(file: &str, bytes: Vec<u8>) -> Result<Vec<Sheet>, Problem> {
    let broken = |error: String| {
        Problem::new(
            file,
            Place::FILE,
            format!("the workbook cannot be read ({error})"),
            "open it in a spreadsheet program and save it anew as ODS or XLSX",
        )
    };
    let is_ods =
        zip::ZipArchive::new(Cursor::new(&bytes)).is_ok_and(|archive| archive.index_for_name("content.xml").is_some());
    let mut sheets = Vec::new();
    if is_ods {
        let mut book = Ods::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
        for (name, range) in book.worksheets() {
            sheets.push(Sheet { rows: rows_of(&range), name });
        }
        return Ok(sheets);
    }
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| broken(e.to_string()))?;
    let mut size = guard::Size::default();
    for name in book.sheet_names() {
        measure(&mut book, &name, &mut size).map_err(|e| broken(e.to_string()))?;
        let place = Place { sheet: Some(name.clone()), ..Place::FILE };
        if let Some(problem) = size.problem(file, place) {
            return Err(problem);
        }
        let range = book.worksheet_range(&name).map_err(|e| broken(e.to_string()))?;
        sheets.push(Sheet { rows: rows_of(&range), name });
    }
    Ok(sheets)
}

/// What a sheet of an XLSX file would make, from its cells: a single one far below and to the right would make a table of billions,
/// and a long text can be shared by all of them.
fn measure(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str, size: &mut guard::Size) -> Result<(), calamine::XlsxError> {
    let (mut rows, mut columns, mut text) = (0, 0, 0_u64);
    let mut cells = book.worksheet_cells_reader(name)?;
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        rows = rows.max(u64::from(row) + 1);
        columns = columns.max(u64::from(column) + 1);
        let length = match cell.get_value() {
            DataRef::SharedString(text) => text.len(),
            DataRef::String(text) => text.len(),
            _ => 0,
        };
        text = text.saturating_add(length as u64);
    }
    size.add(rows, columns, text);
    Ok(())
}

fn rows_of(range: &Range<Data>) -> Vec<csv::StringRecord> {
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    let mut rows = vec![csv::StringRecord::new(); usize::try_from(first_row).unwrap_or(0)];
    for cells in range.rows() {
        let before = std::iter::repeat_n(String::new(), usize::try_from(first_column).unwrap_or(0));
        rows.push(before.chain(cells.iter().map(text_of)).collect::<Vec<_>>().into());
    }
    rows
}

fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) => text.clone(),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTime(day) => excel_day(day.as_f64()),
        Data::DateTimeIso(text) => text.split('T').next().unwrap_or(text).to_owned(),
        Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
    }
}

/// A spreadsheet's day number as a date: day 60 and after count from 30 December 1899.
fn excel_day(number: f64) -> String {
    use jiff::{ToSpan, civil::date};
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a day number is far below 2^53, and the time of day is not wanted"
    )]
    let days = number.floor() as i64;
    date(1899, 12, 30).checked_add(days.days()).map_or_else(|_| number.to_string(), |day| day.to_string())
}

/// The letters of a workbook's column, the first (index 0) being `A`.
#[must_use]
pub fn letters(index: usize) -> String {
    let mut text = String::new();
    let mut rest = index + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        text.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    text
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
