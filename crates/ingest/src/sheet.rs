//! A published file as sheets of text: what CSV, ODS and XLSX have in common.
//!
//! Numbers become the shortest decimal text that reads back as the same number, dates become `2016-03-31`; nothing is rounded and
//! nothing is understood yet.

use crate::{
    guard,
    problem::{Place, Problem},
};
use calamine::{Data, Ods, Range, Reader, Xlsx};
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
/// Every row of a CSV file that is not UTF-8, or the one reason why a workbook cannot be read.
pub fn read(file: &str, bytes: Vec<u8>) -> Result<Vec<Sheet>, Vec<Problem>> {
    let bytes = guard::unpack(file, bytes).map_err(|p| vec![p])?;
    if bytes.starts_with(b"PK") {
        guard::check_workbook(file, &bytes).map_err(|p| vec![p])?;
        return workbook(file, bytes).map_err(|p| vec![p]);
    }
    csv_rows(file, &bytes).map(|rows| vec![Sheet { name: String::new(), rows }])
}

fn csv_rows(file: &str, bytes: &[u8]) -> Result<Vec<csv::StringRecord>, Vec<Problem>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    let mut record = csv::ByteRecord::new();
    let mut number = 0;
    loop {
        number += 1;
        match reader.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => match csv::StringRecord::from_byte_record(record.clone()) {
                Ok(row) => rows.push(row),
                Err(_) => problems.push(Problem::new(
                    file,
                    Place::line(number),
                    "a cell is not UTF-8 text",
                    "save the file again as `CSV UTF-8`",
                )),
            },
            Err(error) => {
                problems.push(Problem::new(
                    file,
                    Place::line(number),
                    format!("the row cannot be read ({error})"),
                    "look at the quotation marks of this row",
                ));
                break;
            }
        }
    }
    if problems.is_empty() { Ok(rows) } else { Err(problems) }
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
    for name in book.sheet_names() {
        let (rows, columns) = span(&mut book, &name).map_err(|e| broken(e.to_string()))?;
        if guard::spans_too_much(rows, columns) {
            let place = Place { sheet: Some(name.clone()), ..Place::FILE };
            let found = format!("the sheet spans {rows} rows and {columns} columns");
            return Err(Problem::new(file, place, found, "delete what stands far outside the table"));
        }
        let range = book.worksheet_range(&name).map_err(|e| broken(e.to_string()))?;
        sheets.push(Sheet { rows: rows_of(&range), name });
    }
    Ok(sheets)
}

/// How many rows and columns a sheet of an XLSX file spans, from its cells: a single one far below and to the right would make a
/// table of billions.
fn span(book: &mut Xlsx<Cursor<Vec<u8>>>, name: &str) -> Result<(u64, u64), calamine::XlsxError> {
    let (mut rows, mut columns) = (0, 0);
    let mut cells = book.worksheet_cells_reader(name)?;
    while let Some(cell) = cells.next_cell()? {
        let (row, column) = cell.get_position();
        rows = rows.max(u64::from(row) + 1);
        columns = columns.max(u64::from(column) + 1);
    }
    Ok((rows, columns))
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
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn every_line_ending_makes_rows() {
        for text in ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "\u{feff}a,b\n1,2"] {
            let sheets = read("a.csv", text.as_bytes().to_vec()).unwrap();
            assert_eq!(sheets[0].rows, [vec!["a", "b"], vec!["1", "2"]], "{text:?}");
        }
    }

    #[test]
    fn rows_that_are_not_utf8_are_all_named() {
        let problems = read("a.csv", b"a\n\xff\nb\n\xfe\n".to_vec()).unwrap_err();
        assert_eq!(problems.iter().map(|p| p.place.row).collect::<Vec<_>>(), [Some(2), Some(4)]);
    }

    #[test]
    fn a_lone_cell_far_away_is_refused_before_the_sheet_is_built() {
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet().write_number(1_000_000, 16_000, 1).unwrap();
        let problem = read("far.xlsx", book.save_to_buffer().unwrap()).unwrap_err();
        assert!(problem[0].to_string().contains("spans 1000001 rows and 16001 columns"), "{}", problem[0]);
    }

    #[test]
    fn a_workbook_starts_at_its_first_row_and_column() {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(2, 1, "Cleveland").unwrap();
        sheet.write_number(2, 2, 6092.459999999999).unwrap();
        let sheets = read("a.xlsx", book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(sheets[0].rows[2].iter().collect::<Vec<_>>(), ["", "Cleveland", "6092.459999999999"]);
    }
}
