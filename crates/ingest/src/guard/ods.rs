//! Measuring the sheets of an ODS file before they are built.
//!
//! A cell can be repeated a million times in a few bytes, rows too, and a space as well. This reads `content.xml` with the parser that
//! calamine reads it with, so that the two cannot disagree, and adds up what calamine would build. A text that is cut off inside a
//! table is refused here: calamine would wait for its end for ever.

use super::Size;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};

/// What is wrong with an ODS file's contents.
#[derive(Debug)]
pub enum Fault {
    /// The XML is not whole.
    Broken(String),
    /// It would make sheets that are too large.
    TooLarge(String),
}

/// Reads `content.xml` to its end.
///
/// # Errors
/// When it is not whole, or its sheets span more cells or hold more text than the limits.
pub fn check(content: &[u8]) -> Result<(), Fault> {
    let broken = |error: &dyn std::fmt::Display| Fault::Broken(error.to_string());
    let text = std::str::from_utf8(content).map_err(|e| broken(&e))?;
    if text.contains('\0') {
        return Err(broken(&"content.xml is not UTF-8"));
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let (mut depth, mut measure) = (0_u64, Measure::default());
    loop {
        match reader.read_event().map_err(|e| broken(&e))? {
            // There is no empty element: each is expanded to its start and its end.
            Event::Start(tag) | Event::Empty(tag) => {
                depth += 1;
                measure.start(&tag).map_err(|e| broken(&e))?;
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                measure.end(tag.name().as_ref());
                if let Some(found) = measure.file.fault() {
                    return Err(Fault::TooLarge(found));
                }
            }
            Event::Text(text) => measure.text(text.len() as u64),
            Event::CData(text) => measure.text(text.len() as u64),
            Event::GeneralRef(_) => measure.text(1),
            Event::Eof if depth > 0 => return Err(broken(&"content.xml ends before its last element does")),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// What has been read so far would make this much.
#[derive(Debug, Default)]
struct Measure {
    file: Size,
    sheet: Span,
    row: Row,
    cell: Cell,
}

#[derive(Debug, Default)]
struct Span {
    rows: u64,
    // The last row with contents, and the widest.
    used: u64,
    widest: u64,
    text: u64,
}

#[derive(Debug, Default)]
struct Row {
    repeats: u64,
    columns: u64,
    // The last column with contents; 0 in an empty row.
    used: u64,
    text: u64,
}

#[derive(Debug, Default)]
struct Cell {
    repeats: u64,
    has_contents: bool,
    text: u64,
}

impl Measure {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Box<dyn std::error::Error>> {
        match tag.name().as_ref() {
            "table:table" => self.sheet = Span::default(),
            "table:table-row" => {
                self.row = Row { repeats: number(tag, "table:number-rows-repeated")?, ..Row::default() };
            }
            "table:table-cell" | "table:covered-table-cell" => self.cell = cell(tag)?,
            "text:s" => self.text(number(tag, "text:c")?),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, bytes: u64) {
        self.cell.text = self.cell.text.saturating_add(bytes);
    }

    fn end(&mut self, name: &str) {
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                let cell = std::mem::take(&mut self.cell);
                self.row.columns = self.row.columns.saturating_add(cell.repeats);
                if cell.has_contents {
                    self.row.used = self.row.columns;
                    self.row.text = self.row.text.saturating_add(cell.text.saturating_mul(cell.repeats));
                }
            }
            "table:table-row" => {
                let row = std::mem::take(&mut self.row);
                self.sheet.rows = self.sheet.rows.saturating_add(row.repeats);
                if row.used > 0 {
                    self.sheet.used = self.sheet.rows;
                    self.sheet.widest = self.sheet.widest.max(row.used);
                }
                self.sheet.text = self.sheet.text.saturating_add(row.text.saturating_mul(row.repeats));
            }
            "table:table" => {
                let sheet = std::mem::take(&mut self.sheet);
                self.file.add(sheet.used, sheet.widest, sheet.text);
            }
            _ => {}
        }
    }
}

/// A cell has contents for calamine when any of these says so.
const CONTENTS: [&str; 8] = [
    "office:value",
    "office:value-type",
    "office:string-value",
    "office:date-value",
    "office:time-value",
    "office:boolean-value",
    "calcext:value-type",
    "table:formula",
];

fn cell(tag: &BytesStart<'_>) -> Result<Cell, Box<dyn std::error::Error>> {
    let mut cell = Cell { repeats: number(tag, "table:number-columns-repeated")?, ..Cell::default() };
    for attribute in tag.attributes() {
        let attribute = attribute?;
        if CONTENTS.contains(&attribute.key.as_ref()) {
            cell.has_contents = true;
            cell.text = cell.text.saturating_add(attribute.value.len() as u64);
        }
    }
    Ok(cell)
}

/// A number of times: 1 when the attribute is not there.
fn number(tag: &BytesStart<'_>, name: &str) -> Result<u64, Box<dyn std::error::Error>> {
    match tag.try_get_attribute(name)? {
        Some(attribute) => Ok(attribute.normalized_value(XmlVersion::Implicit1_0)?.trim().parse()?),
        None => Ok(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(content: &str) -> String {
        match check(content.as_bytes()) {
            Ok(()) => "none".to_owned(),
            Err(Fault::Broken(error)) => format!("broken: {error}"),
            Err(Fault::TooLarge(found)) => found,
        }
    }

    fn sheet(row: &str, cell: &str) -> String {
        format!("<table:table><table:table-row {row}><table:table-cell {cell}/></table:table-row></table:table>")
    }

    #[test]
    fn a_cell_repeated_a_million_times_is_refused() {
        let wide = "office:value-type=\"float\" table:number-columns-repeated=\"1000\"";
        assert_eq!(fault(&sheet("", wide)), "none");
        let expected = "its sheets span 1000000000 cells; 5000000 are the most that are read";
        assert_eq!(fault(&sheet("table:number-rows-repeated=\"1000000\"", wide)), expected);
    }

    #[test]
    fn a_bomb_cannot_hide_behind_the_way_it_is_written() {
        let expected = "its sheets span 1000000000 cells; 5000000 are the most that are read";
        for row in ["table:number-rows-repeated='1000000'", "a='>' table:number-rows-repeated = \"&#49;000000\""] {
            for cell in ["table:formula='1' ", "office:value = '1' ", "office:string-value='&gt;' "] {
                let cell = format!("{cell}table:number-columns-repeated='1000'");
                assert_eq!(fault(&sheet(row, &cell)), expected, "{row} {cell}");
            }
        }
        let covered =
            sheet("table:number-rows-repeated='1000000'", "office:value='1' table:number-columns-repeated='1000'");
        assert_eq!(fault(&covered.replace("table:table-cell", "table:covered-table-cell")), expected);
    }

    #[test]
    fn many_sheets_count_together() {
        let one = sheet("table:number-rows-repeated='1000'", "office:value='1' table:number-columns-repeated='1000'");
        assert_eq!(fault(&format!("<a>{}</a>", one.repeat(5))), "none");
        assert!(fault(&format!("<a>{}</a>", one.repeat(6))).starts_with("its sheets span 6000000 cells"));
    }

    #[test]
    fn a_space_repeated_for_ever_is_refused() {
        let spaces = "<table:table><table:table-row><table:table-cell office:value-type='string'><text:p>a<text:s text:c='99999999999'/></text:p></table:table-cell></table:table-row></table:table>";
        assert_eq!(fault(spaces), "the text of its cells is 100000000006 bytes; 268435456 are the most that are read");
    }

    #[test]
    fn empty_repeats_below_and_beside_a_table_are_harmless() {
        let content = "<table:table><table:table-row><table:table-cell office:value='1'/><table:table-cell table:number-columns-repeated='16383'/></table:table-row><table:table-row table:number-rows-repeated='1048575'><table:table-cell table:number-columns-repeated='16384'/></table:table-row></table:table>";
        assert_eq!(fault(content), "none");
    }

    #[test]
    fn a_text_that_is_cut_off_is_refused() {
        let whole = sheet("", "office:value='1'");
        for end in (1..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
            assert!(fault(&whole[..end]).starts_with("broken"), "{}", &whole[..end]);
        }
    }
}
