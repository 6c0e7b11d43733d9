//! XLSX: a workbook for Excel, with real tables, document properties and marked headings.
//!
//! The cells are those of the ODS file, since both come from one layout. A number is the double nearest to its decimal, which is all
//! that Excel can hold. The bytes depend on the workbook alone: every date in the file is the workbook's.

mod heights;
mod marking;

use crate::dataset::Workbook;
use crate::sheet::{Content, Fit, Item, Sheet, Span, Style, sheets};
use jiff::civil::{Date, date};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Table, TableColumn, TableStyle,
    Url, Worksheet, XlsxError,
};

/// Pixels that a character of the body text takes, and what a cell needs beside its text.
const CHARACTER: usize = 9;
const PADDING: usize = 13;
/// The size of a title in points, by which [`marking`] knows it in the file of styles.
const TITLE_SIZE: u8 = 18;
const INK: u32 = 0x000B_0C0C;
const LINK: u32 = 0x0012_436D;
/// A4 in Excel's list of papers.
const A4: u8 = 9;

/// The workbook as the bytes of an XLSX file: cover, contents, one sheet a dataset, notes.
///
/// # Errors
/// When Excel cannot hold it: a sheet's name is unlawful or used twice, two headings of a table are the same, a cell has more than
/// 32,767 characters, a table is too long or too wide. [`crate::checks::check`] says all of these in words.
pub fn write(workbook: &Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let body = Format::new().set_font_name("Arial").set_font_size(12);
    book.set_default_format(&body, 20, 72)?;
    let day = workbook.date;
    let year = u16::try_from(day.year()).unwrap_or_default();
    let month = day.month().unsigned_abs();
    let created = ExcelDateTime::from_ymd(year, month, day.day().unsigned_abs())?;
    let properties = DocProperties::new()
        .set_title(&workbook.title)
        .set_author(&workbook.publisher)
        .set_company(&workbook.publisher)
        .set_creation_datetime(&created);
    book.set_properties(&properties);
    for sheet in sheets(workbook) {
        write_sheet(book.add_worksheet(), &sheet)?;
    }
    let bytes = book.save_to_buffer()?;
    Ok(marking::mark(bytes, &workbook.language)?)
}

fn write_sheet(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    for (column, width) in (0..).zip(&sheet.widths) {
        let pixels = width * CHARACTER + PADDING;
        worksheet.set_column_width_pixels(column, u32::try_from(pixels).unwrap_or(u32::MAX))?;
    }
    if let Some(span) = &sheet.table {
        write_table(worksheet, sheet, span)?;
    }
    for (row, items) in (0..).zip(&sheet.rows) {
        worksheet.set_row_height(row, heights::points(items, &sheet.widths))?;
        for (column, item) in (0..).zip(items) {
            write_cell(worksheet, row, column, item)?;
        }
    }
    Ok(())
}

/// Marks the table, without bands, filter buttons or a style of Excel's own. A table without rows cannot be one in Excel.
fn write_table(worksheet: &mut Worksheet, sheet: &Sheet, span: &Span) -> Result<(), XlsxError> {
    let too_long = |_| XlsxError::RowColumnLimitError;
    let header = u32::try_from(span.header).map_err(too_long)?;
    let last = u32::try_from(sheet.rows.len()).map_err(too_long)?.saturating_sub(1);
    let right = u16::try_from(sheet.widths.len()).map_err(too_long)?.saturating_sub(1);
    worksheet.set_repeat_rows(header, header)?;
    if last == header {
        return Ok(());
    }
    let columns: Vec<TableColumn> = sheet.rows[span.header]
        .iter()
        .map(|item| match &item.content {
            Content::Text(words) => TableColumn::new().set_header(words).set_header_format(format(item.style)),
            Content::Blank | Content::Number(_) | Content::Date(_) | Content::Link { .. } => TableColumn::new(),
        })
        .collect();
    let title = sheet.rows.first().and_then(|row| row.first()).map(|item| &item.content);
    let mut table = Table::new()
        .set_name(&span.name)
        .set_columns(&columns)
        .set_autofilter(false)
        .set_banded_rows(false)
        .set_style(TableStyle::None);
    if let Some(Content::Text(title)) = title {
        table = table.set_alt_text_title(title);
    }
    worksheet.add_table(header, 0, last, right, &table)?;
    Ok(())
}

fn write_cell(worksheet: &mut Worksheet, row: u32, column: u16, item: &Item) -> Result<(), XlsxError> {
    let format = format(item.style);
    match &item.content {
        Content::Blank => worksheet.write_blank(row, column, &format)?,
        Content::Text(words) => worksheet.write_string_with_format(row, column, words, &format)?,
        Content::Number(number) => {
            let nearest: f64 = number.to_string().parse().expect("a decimal is written as Rust reads a double");
            worksheet.write_number_with_format(row, column, nearest, &format)?
        }
        Content::Date(day) => worksheet.write_number_with_format(row, column, serial(*day), &format)?,
        Content::Link { text, sheet } => {
            let target = Url::new(format!("internal:'{}'!A1", sheet.replace('\'', "''")));
            worksheet.write_url_with_options(row, column, target, text, "", Some(&format))?
        }
    };
    Ok(())
}

/// The day as Excel counts it, 1 March 1900 being 61; the layout gives none before that.
fn serial(day: Date) -> f64 {
    let days = (day - date(1899, 12, 30)).get_days();
    f64::from(days)
}

fn format(style: Style) -> Format {
    let body = Format::new().set_font_name("Arial").set_font_size(12).set_font_color(INK).set_align(FormatAlign::Top);
    let header = || {
        body.clone()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Bottom)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(INK)
    };
    let fit = |format: Format, fit: Fit| match fit {
        Fit::Spill => format,
        Fit::Wrap => format.set_text_wrap(),
    };
    // `_)` leaves the room of a bracket, so that a number does not touch the words of the next column. An indent would do the same,
    // but LibreOffice forgets it in some cells and shifts their digits.
    let right = |format: Format, shown: &str| format.set_align(FormatAlign::Right).set_num_format(format!("{shown}_)"));
    match style {
        Style::Title(how) => fit(body.set_bold().set_font_size(TITLE_SIZE), how),
        Style::Banner(how) => fit(body.set_bold(), how),
        Style::Line(how) => fit(body, how),
        Style::Header => header(),
        Style::NumberHeader => header().set_align(FormatAlign::Right).set_indent(1),
        Style::Text => body.set_text_wrap(),
        Style::Shorthand => right(body, "@"),
        Style::Number(0) => right(body, "#,##0"),
        Style::Number(places) => {
            let zeros = "0".repeat(usize::try_from(places).unwrap_or(0));
            right(body, &format!("#,##0.{zeros}"))
        }
        Style::Date => body.set_num_format("yyyy\\-mm\\-dd").set_align(FormatAlign::Left),
        Style::Link => body.set_text_wrap().set_font_color(LINK).set_underline(FormatUnderline::Single),
    }
}
