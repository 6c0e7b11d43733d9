//! ODS: a workbook as OpenDocument 1.3, written by us so that headings, tables, language and properties are all marked.
//!
//! The bytes depend on the workbook alone: entries are dated 1 January 1980 and stand in a fixed order. A number cell holds its
//! decimal in full and is shown by its style. Source: OASIS, *Open Document Format for Office Applications 1.3*, parts 2 and 3.

mod styles;

use crate::csv_file::plain_decimal;
use crate::dataset::Workbook;
use crate::sheet::{Content, Fit, Item, Sheet, Span, Style, printable, sheets};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACES: &str = concat!(
    r#" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0""#,
    r#" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0""#,
    r#" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0""#,
    r#" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0""#,
    r#" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0""#,
    r#" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0""#,
    r#" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0""#,
    r#" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0""#,
    r#" xmlns:dc="http://purl.org/dc/elements/1.1/""#,
    r#" xmlns:xlink="http://www.w3.org/1999/xlink""#,
    r#" office:version="1.3""#,
);

/// The workbook as the bytes of an ODS file: cover, contents, one sheet a dataset, notes.
///
/// A workbook in which [`crate::checks::check`] finds nothing opens everywhere; one with a fault is still written, as it stands.
#[must_use]
pub fn write(workbook: &Workbook) -> Vec<u8> {
    let sheets = sheets(workbook);
    let parts = [
        ("META-INF/manifest.xml", manifest()),
        ("meta.xml", meta(workbook)),
        ("styles.xml", styles::common(&workbook.language)),
        ("content.xml", content(&sheets)),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let written = "a buffer in memory takes every write, and the names of the parts differ";
    let mut entry = |name: &str, method: CompressionMethod, text: &str| {
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::DEFAULT);
        archive.start_file(name, options).expect(written);
        archive.write_all(text.as_bytes()).expect(written);
    };
    // ODF part 2, §3.3: `mimetype` comes first and is not compressed, so that the type can be read at byte 38.
    entry("mimetype", CompressionMethod::Stored, MIMETYPE);
    for (name, text) in &parts {
        entry(name, CompressionMethod::Deflated, text);
    }
    archive.finish().expect(written).into_inner()
}

fn manifest() -> String {
    let mut xml = format!(
        "{DECLARATION}<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">\n\
         <manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" manifest:media-type=\"{MIMETYPE}\"/>\n"
    );
    for part in ["content.xml", "styles.xml", "meta.xml"] {
        put(
            &mut xml,
            format_args!("<manifest:file-entry manifest:full-path=\"{part}\" manifest:media-type=\"text/xml\"/>\n"),
        );
    }
    xml.push_str("</manifest:manifest>\n");
    xml
}

fn meta(workbook: &Workbook) -> String {
    let title = printable(&workbook.title);
    let publisher = printable(&workbook.publisher);
    let (title, publisher) = (escape(&title), escape(&publisher));
    let language = escape(&workbook.language);
    let date = workbook.date;
    format!(
        "{DECLARATION}<office:document-meta{NAMESPACES}><office:meta><meta:generator>Peelian</meta:generator>\
         <dc:title>{title}</dc:title><meta:initial-creator>{publisher}</meta:initial-creator><dc:creator>{publisher}</dc:creator>\
         <meta:creation-date>{date}T00:00:00</meta:creation-date><dc:date>{date}T00:00:00</dc:date>\
         <dc:language>{language}</dc:language></office:meta></office:document-meta>\n"
    )
}

fn content(sheets: &[Sheet]) -> String {
    let mut xml = format!("{DECLARATION}<office:document-content{NAMESPACES}>");
    xml.push_str(&styles::automatic(sheets));
    xml.push_str("<office:body><office:spreadsheet>");
    for sheet in sheets {
        table(&mut xml, sheet);
    }
    xml.push_str("<table:database-ranges>");
    for sheet in sheets {
        if let Some(span) = &sheet.table {
            database_range(&mut xml, sheet, span);
        }
    }
    xml.push_str("</table:database-ranges></office:spreadsheet></office:body></office:document-content>\n");
    xml
}

fn table(xml: &mut String, sheet: &Sheet) {
    let name = escape(&sheet.name);
    put(xml, format_args!("<table:table table:name=\"{name}\" table:style-name=\"sheet\">\n"));
    for width in &sheet.widths {
        put(xml, format_args!("<table:table-column table:style-name=\"{}\"/>", styles::column(*width)));
    }
    let header = sheet.table.as_ref().map(|span| span.header);
    for (index, items) in sheet.rows.iter().enumerate() {
        // Rows marked as headings are repeated on every printed page and announced with each cell.
        let (open, close) = if header == Some(index) {
            ("\n<table:table-header-rows>", "</table:table-header-rows>")
        } else {
            ("\n", "")
        };
        xml.push_str(open);
        xml.push_str("<table:table-row table:style-name=\"row\">");
        for item in items {
            cell(xml, item);
        }
        xml.push_str("</table:table-row>");
        xml.push_str(close);
    }
    xml.push_str("\n</table:table>\n");
}

fn cell(xml: &mut String, item: &Item) {
    let style = styles::cell(item.style);
    let open = format!("<table:table-cell table:style-name=\"{style}\"");
    match &item.content {
        Content::Blank => put(xml, format_args!("{open}/>")),
        Content::Text(words) => {
            let words = paragraphs(words);
            put(xml, format_args!("{open} office:value-type=\"string\">{words}</table:table-cell>"));
        }
        Content::Number(number) => {
            let value = plain_decimal(*number);
            let shown = match item.style {
                Style::Number(places) => reference::display(*number, places).replace('\u{2212}', "-"),
                _ => value.clone(),
            };
            put(
                xml,
                format_args!(
                    "{open} office:value-type=\"float\" office:value=\"{value}\"><text:p>{shown}</text:p></table:table-cell>"
                ),
            );
        }
        Content::Date(date) => put(
            xml,
            format_args!(
                "{open} office:value-type=\"date\" office:date-value=\"{date}\"><text:p>{date}</text:p></table:table-cell>"
            ),
        ),
        Content::Link { text, sheet } => {
            let target = address(sheet, 0, 0);
            let target = escape(&target);
            let words = inline(text);
            put(
                xml,
                format_args!(
                    "{open} office:value-type=\"string\"><text:p><text:a xlink:type=\"simple\" xlink:href=\"#{target}\">{words}</text:a></text:p></table:table-cell>"
                ),
            );
        }
    }
}

fn database_range(xml: &mut String, sheet: &Sheet, span: &Span) {
    let first = address(&sheet.name, 0, span.header);
    let last = address(&sheet.name, sheet.widths.len().saturating_sub(1), sheet.rows.len().saturating_sub(1));
    let range = escape(&format!("{first}:{last}")).into_owned();
    put(
        xml,
        format_args!(
            "<table:database-range table:name=\"{}\" table:target-range-address=\"{range}\" table:contains-header=\"true\" table:display-filter-buttons=\"false\"/>",
            span.name
        ),
    );
}

/// A cell as ODF addresses it: `'Forces & areas'.A1`; a quote in the name is doubled.
fn address(sheet: &str, column: usize, row: usize) -> String {
    format!("'{}'.{}{}", sheet.replace('\'', "''"), column_letters(column), row + 1)
}

/// `A` for column 0, `Z` for 25, `AA` for 26.
fn column_letters(column: usize) -> String {
    let mut letters = String::new();
    let mut rest = Some(column);
    while let Some(index) = rest {
        let letter = u8::try_from(index % 26).expect("a remainder of 26 is below 256");
        letters.insert(0, char::from(b'A' + letter));
        rest = (index / 26).checked_sub(1);
    }
    letters
}

/// Words as paragraphs, one a line.
fn paragraphs(words: &str) -> String {
    words.split('\n').map(|line| format!("<text:p>{}</text:p>", inline(line))).collect()
}

/// One line of words. ODF collapses spaces as HTML does, so leading and repeated spaces and tabs have elements of their own.
fn inline(line: &str) -> String {
    let mut xml = String::new();
    let mut spaces = 0;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let alone = c == ' ' && !xml.is_empty() && spaces == 0 && !rest.is_empty() && !rest.starts_with(' ');
        match c {
            ' ' if !alone => {
                spaces += 1;
                continue;
            }
            _ => flush(&mut xml, &mut spaces),
        }
        match c {
            '\t' => xml.push_str("<text:tab/>"),
            c => xml.push_str(&escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    flush(&mut xml, &mut spaces);
    xml
}

fn flush(xml: &mut String, spaces: &mut usize) {
    if *spaces > 0 {
        put(xml, format_args!("<text:s text:c=\"{spaces}\"/>"));
    }
    *spaces = 0;
}

/// Text for an element or an attribute in double quotes.
fn escape(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains(['&', '<', '>', '"']) {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").into()
    } else {
        text.into()
    }
}

fn put(xml: &mut String, text: std::fmt::Arguments<'_>) {
    xml.write_fmt(text).expect("a string takes every write");
}
