//! How an ODS file looks: the styles every file has (`styles.xml`), and those that depend on its sheets (in `content.xml`).
//!
//! Arial at 12 points, because a reader's machine has it and the guidance asks for a plain sans serif; headings by weight and size; one
//! rule below the headings of a table. No fill, no colour but the ink and the underlined link.

use super::{DECLARATION, Fit, NAMESPACES, Sheet, Style, escape, put};
use std::collections::BTreeSet;

/// Ink, for the rule under headings.
const INK: &str = "#0b0c0c";
/// A link, which is underlined too.
const LINK: &str = "#12436d";
/// Centimetres that a character of the body text takes, and what a cell needs beside its text.
const CHARACTER: f64 = 0.235;
const PADDING: f64 = 0.35;

const FONTS: &str = r#"<office:font-face-decls><style:font-face style:name="Arial" svg:font-family="Arial" style:font-family-generic="swiss" style:font-pitch="variable"/></office:font-face-decls>"#;

/// `styles.xml`: the language, the defaults, the named heading style, and an A4 page on its side without header and footer.
pub(super) fn common(language: &str) -> String {
    let (language, country) = language.split_once('-').unwrap_or((language, "none"));
    let (language, country) = (escape(language), escape(country));
    format!(
        r#"{DECLARATION}<office:document-styles{NAMESPACES}>{FONTS}<office:styles>
<style:default-style style:family="table-cell"><style:paragraph-properties style:tab-stop-distance="1.25cm"/><style:text-properties style:font-name="Arial" fo:font-family="Arial" style:font-family-generic="swiss" fo:font-size="12pt" fo:color="{INK}" fo:language="{language}" fo:country="{country}"/></style:default-style>
<style:style style:name="Default" style:family="table-cell"><style:table-cell-properties style:vertical-align="top" fo:padding="0.06cm"/></style:style>
<style:style style:name="Heading" style:family="table-cell" style:parent-style-name="Default"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="table-cell" style:parent-style-name="Heading"><style:table-cell-properties style:vertical-align="middle"/><style:text-properties fo:font-size="18pt"/></style:style>
</office:styles><office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1.5cm" style:scale-to-X="1" style:print="objects charts drawings zero-values"/><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Default" style:page-layout-name="page"><style:header style:display="false"/><style:footer style:display="false"/></style:master-page></office:master-styles></office:document-styles>
"#
    )
}

/// The automatic styles: one for each kind of cell, each number of decimals and each width of column.
pub(super) fn automatic(sheets: &[Sheet]) -> String {
    let items = || sheets.iter().flat_map(|sheet| sheet.rows.iter().flatten());
    let styles: BTreeSet<Style> = items().map(|item| item.style).collect();
    let widths: BTreeSet<usize> = sheets.iter().flat_map(|sheet| sheet.widths.iter().copied()).collect();
    let mut xml = format!(
        "{FONTS}<office:automatic-styles>\
         <style:style style:name=\"sheet\" style:family=\"table\" style:master-page-name=\"Default\"><style:table-properties table:display=\"true\"/></style:style>\
         <style:style style:name=\"row\" style:family=\"table-row\"><style:table-row-properties style:use-optimal-row-height=\"true\" fo:break-before=\"auto\"/></style:style>\n"
    );
    for width in widths {
        let name = column(width);
        let centimetres = f64::from(u32::try_from(width).unwrap_or(u32::MAX)) * CHARACTER + PADDING;
        put(
            &mut xml,
            format_args!(
                "<style:style style:name=\"{name}\" style:family=\"table-column\"><style:table-column-properties style:column-width=\"{centimetres:.2}cm\" fo:break-before=\"auto\"/></style:style>\n"
            ),
        );
    }
    for style in styles {
        cell_style(&mut xml, style);
    }
    xml.push_str("</office:automatic-styles>");
    xml
}

/// The name of the style of a column so many characters wide.
pub(super) fn column(width: usize) -> String {
    format!("column-{width}")
}

/// The name of the style of a cell.
pub(super) fn cell(style: Style) -> String {
    match style {
        Style::Title(Fit::Spill) => "Heading_20_1".to_owned(),
        Style::Title(Fit::Wrap) => "title-wrapped".to_owned(),
        Style::Banner(Fit::Spill) => "banner".to_owned(),
        Style::Banner(Fit::Wrap) => "banner-wrapped".to_owned(),
        Style::Line(Fit::Spill) => "line".to_owned(),
        Style::Line(Fit::Wrap) => "line-wrapped".to_owned(),
        Style::Header => "header".to_owned(),
        Style::NumberHeader => "header-number".to_owned(),
        Style::Text => "text".to_owned(),
        Style::Shorthand => "shorthand".to_owned(),
        Style::Number(places) => format!("number-{places}"),
        Style::Date => "date".to_owned(),
        Style::Link => "link".to_owned(),
    }
}

fn cell_style(xml: &mut String, style: Style) {
    const WRAP: &str = r#"<style:table-cell-properties fo:wrap-option="wrap"/>"#;
    // The room at the right keeps a number from touching the words of the next column.
    const ROOM: &str = r#"fo:padding="0.06cm" fo:padding-right="0.25cm""#;
    const RIGHT: &str = r#"<style:paragraph-properties fo:text-align="end"/>"#;
    const BOLD: &str = r#"<style:text-properties fo:font-weight="bold"/>"#;
    let heading = |room: &str| {
        format!(
            r#"<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="bottom" fo:border-bottom="0.75pt solid {INK}" {room}/>{BOLD}"#
        )
    };
    let right = format!("<style:table-cell-properties {ROOM}/>{RIGHT}");
    let (more, properties) = match style {
        // The style of a title that spills is the named heading style itself.
        Style::Title(Fit::Spill) => return,
        Style::Title(Fit::Wrap) => (r#" style:parent-style-name="Heading_20_1""#.to_owned(), WRAP.to_owned()),
        Style::Banner(Fit::Spill) => (String::new(), BOLD.to_owned()),
        Style::Banner(Fit::Wrap) => (String::new(), format!("{WRAP}{BOLD}")),
        Style::Line(Fit::Spill) => (String::new(), String::new()),
        Style::Line(Fit::Wrap) | Style::Text => (String::new(), WRAP.to_owned()),
        Style::Header => (String::new(), heading("")),
        Style::NumberHeader => (String::new(), heading(ROOM).replace(BOLD, &format!("{RIGHT}{BOLD}"))),
        Style::Shorthand => (String::new(), right),
        Style::Number(places) => {
            put(
                xml,
                format_args!(
                    "<number:number-style style:name=\"decimals-{places}\"><number:number number:decimal-places=\"{places}\" number:min-decimal-places=\"{places}\" number:min-integer-digits=\"1\" number:grouping=\"true\"/></number:number-style>\n"
                ),
            );
            (format!(" style:data-style-name=\"decimals-{places}\""), right)
        }
        Style::Date => {
            xml.push_str("<number:date-style style:name=\"iso-date\"><number:year number:style=\"long\"/><number:text>-</number:text><number:month number:style=\"long\"/><number:text>-</number:text><number:day number:style=\"long\"/></number:date-style>\n");
            (
                " style:data-style-name=\"iso-date\"".to_owned(),
                r#"<style:table-cell-properties style:text-align-source="fix"/><style:paragraph-properties fo:text-align="start"/>"#.to_owned(),
            )
        }
        Style::Link => (
            String::new(),
            format!(
                r#"{WRAP}<style:text-properties fo:color="{LINK}" style:text-underline-style="solid" style:text-underline-width="auto" style:text-underline-color="font-color"/>"#
            ),
        ),
    };
    let name = cell(style);
    let parent = if more.contains("parent-style-name") { "" } else { r#" style:parent-style-name="Default""# };
    put(
        xml,
        format_args!(
            "<style:style style:name=\"{name}\" style:family=\"table-cell\"{parent}{more}>{properties}</style:style>\n"
        ),
    );
}
