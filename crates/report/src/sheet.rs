//! A workbook laid out as plain sheets of styled cells, the one step that ODS and XLSX share so that they cannot disagree.
//!
//! Cover, contents, then one table a sheet, then the notes. On a sheet of data the title is in A1, what a reader must know follows
//! line by line, and the table begins on the next row: nothing is beside it, below it, merged or left blank. Nothing here knows a
//! file format; what Excel or ODF cannot hold is settled here once, in [`printable`] and [`day`].

mod data;

pub(crate) use data::{has_marks, heading, status_heading};

use crate::dataset::Workbook;
use jiff::civil::{Date, date};
use reference::long_date;
use rust_decimal::Decimal;

/// The name of the first sheet.
pub(crate) const COVER: &str = "Cover";
/// The name of the sheet that lists the others.
pub(crate) const CONTENTS: &str = "Contents";
/// The name of the sheet of notes, which is left out when there are none.
pub(crate) const NOTES: &str = "Notes";

/// A line above a table spills over its empty neighbours up to this many characters, or as far as the table is wide; a longer one
/// wraps in column A.
const SPILL: usize = 110;
/// How wide column A is, in characters, when a line wraps in it.
const WRAPPING: usize = 60;
/// How wide the one column of the cover is, in characters.
const COVER_WIDTH: usize = 88;

/// A sheet.
pub(crate) struct Sheet {
    /// Its name.
    pub(crate) name: String,
    /// The width of each column, in characters of the body text.
    pub(crate) widths: Vec<usize>,
    /// The rows from A1; a row may be shorter than `widths`.
    pub(crate) rows: Vec<Vec<Item>>,
    /// The table, on every sheet but the cover.
    pub(crate) table: Option<Span>,
}

/// Where the table of a sheet is; it begins in column A and ends with the sheet's last row.
pub(crate) struct Span {
    /// Its name: letters, digits and underscores.
    pub(crate) name: String,
    /// The row of its headings, 0 is the first.
    pub(crate) header: usize,
}

/// What a cell holds and how it looks.
pub(crate) struct Item {
    pub(crate) content: Content,
    pub(crate) style: Style,
}

/// What a cell holds.
pub(crate) enum Content {
    /// Nothing; only in a column of marks, beside a number that has none.
    Blank,
    Text(String),
    Number(Decimal),
    Date(Date),
    /// Words that lead to the first cell of a sheet.
    Link {
        text: String,
        sheet: String,
    },
}

/// How a cell looks. Weight, size and place carry the meaning; colour carries none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Style {
    /// The title in A1, a heading of level 1.
    Title(Fit),
    /// What must be known before anything else, in bold.
    Banner(Fit),
    /// A line of plain words above a table or on the cover.
    Line(Fit),
    /// The heading of a column of words.
    Header,
    /// The heading of a column of numbers, flush right.
    NumberHeader,
    /// Words in a table.
    Text,
    /// Shorthand in a column of numbers, flush right.
    Shorthand,
    /// A number, shown to this many decimals with its thousands parted.
    Number(u32),
    /// A day, shown as `2018-09-30`.
    Date,
    /// A link to a sheet.
    Link,
}

/// What becomes of words longer than their column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// They run on over the empty cells to the right.
    Spill,
    /// They wrap.
    Wrap,
}

/// The sheets of a workbook, in order.
pub(crate) fn sheets(workbook: &Workbook) -> Vec<Sheet> {
    let mut sheets = vec![cover(workbook), contents(workbook)];
    sheets.extend(workbook.datasets.iter().map(|dataset| data::sheet(dataset, workbook.banner.as_deref())));
    if !workbook.notes.is_empty() {
        sheets.push(notes(workbook));
    }
    sheets
}

fn cover(workbook: &Workbook) -> Sheet {
    let mut rows = above(&workbook.title, workbook.banner.as_deref(), Fit::Wrap);
    let imprint = [format!("Issued by {}", workbook.publisher), format!("Dated {}", long_date(workbook.date))];
    let lines = workbook.cover.iter().cloned().chain(imprint);
    rows.extend(lines.map(|line| vec![text(&line, Style::Line(Fit::Wrap))]));
    Sheet { name: COVER.to_owned(), widths: vec![COVER_WIDTH], rows, table: None }
}

fn contents(workbook: &Workbook) -> Sheet {
    let listed = workbook
        .datasets
        .iter()
        .map(|dataset| (dataset.sheet.clone(), printable(&dataset.title)))
        .chain((!workbook.notes.is_empty()).then(|| (NOTES.to_owned(), "Notes to the tables".to_owned())));
    let body = listed.map(|(sheet, title)| {
        let link = Content::Link { text: printable(&sheet), sheet };
        let link = Item { content: link, style: Style::Link };
        vec![link, text(&title, Style::Text)]
    });
    let rows = [
        vec![text("Contents", Style::Title(Fit::Spill))],
        vec![text("This sheet contains one table.", Style::Line(Fit::Spill))],
        vec![text("Sheet", Style::Header), text("What it holds", Style::Header)],
    ];
    listing(CONTENTS, [34, 80], rows.into_iter().chain(body).collect())
}

fn notes(workbook: &Workbook) -> Sheet {
    let body = workbook
        .notes
        .iter()
        .enumerate()
        .map(|(index, note)| vec![text(&note_mark(index + 1), Style::Text), text(note, Style::Text)]);
    let rows = [
        vec![text("Notes", Style::Title(Fit::Spill))],
        vec![text("This sheet contains one table.", Style::Line(Fit::Spill))],
        vec![text("Note", Style::Header), text("What it says", Style::Header)],
    ];
    listing(NOTES, [12, 80], rows.into_iter().chain(body).collect())
}

fn listing(name: &str, widths: [usize; 2], rows: Vec<Vec<Item>>) -> Sheet {
    Sheet {
        name: name.to_owned(),
        widths: widths.to_vec(),
        rows,
        table: Some(Span { name: table_name(&name.to_lowercase()), header: 2 }),
    }
}

/// The title and, where there is one, the banner.
fn above(title: &str, banner: Option<&str>, fit: Fit) -> Vec<Vec<Item>> {
    let title = text(title, Style::Title(fit));
    let banner = banner.map(|banner| text(banner, Style::Banner(fit)));
    [Some(title), banner].into_iter().flatten().map(|item| vec![item]).collect()
}

fn text(words: &str, style: Style) -> Item {
    Item { content: Content::Text(printable(words)), style }
}

/// How a heading and the notes sheet name a note.
pub(crate) fn note_mark(number: usize) -> String {
    format!("[note {number}]")
}

/// The name that a table bears in a workbook: the id with underscores. An id that could be read as a cell (`a1`) or that begins
/// with a digit gets `table_` before it, as the names of tables may be neither.
pub(crate) fn table_name(id: &str) -> String {
    let name: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) || !name.contains('_') { format!("table_{name}") } else { name }
}

/// The words with what no cell can hold made good: every line end is one line feed, and a character that XML has no place for is
/// the replacement character. CSV prints the same, so that the files agree.
pub(crate) fn printable(words: &str) -> String {
    words
        .replace("\r\n", "\n")
        .chars()
        .map(|c| match c {
            '\r' => '\n',
            '\t' | '\n' => c,
            '\u{FFFE}' | '\u{FFFF}' => char::REPLACEMENT_CHARACTER,
            c if c < ' ' => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

/// A day as a cell: a date, or the words `1868-04-01` for a day before March 1900, which Excel cannot count.
fn day(day: Date) -> Item {
    let content = if day < date(1900, 3, 1) { Content::Text(day.to_string()) } else { Content::Date(day) };
    Item { content, style: Style::Date }
}

#[cfg(test)]
mod tests;
