//! What the XLSX writer cannot mark: titles as Excel's style Heading 1, and the language of the document.
//!
//! The finished file is opened again and two of its parts are amended; the rest is copied as it is, in the same order. A part that
//! is not laid out as expected stays as it is, and the tests of the workbook say so.

use super::TITLE_SIZE;
use std::io::{Cursor, Read, Write};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// The same file with its titles and its language marked.
pub(super) fn mark(bytes: Vec<u8>, language: &str) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut marked = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::DEFAULT);
    for index in 0..archive.len() {
        let mut part = archive.by_index(index)?;
        let name = part.name()?.into_owned();
        if !["xl/styles.xml", "docProps/core.xml"].contains(&name.as_str()) {
            marked.raw_copy_file(part)?;
            continue;
        }
        let mut xml = String::new();
        part.read_to_string(&mut xml)?;
        let amended =
            if name == "xl/styles.xml" { with_headings(&xml).unwrap_or(xml) } else { with_language(&xml, language) };
        marked.start_file(name, options)?;
        marked.write_all(amended.as_bytes())?;
    }
    Ok(marked.finish()?.into_inner())
}

/// The styles with `Heading 1` among the named ones, and every format in the size of a title made an instance of it.
/// Source: ECMA-376 part 1, §18.8.7 (`cellStyle`; Heading 1 is built-in style 16) and §18.8.10 (`cellXfs`).
fn with_headings(xml: &str) -> Option<String> {
    let fonts = between(xml, "<fonts ", "</fonts>")?;
    let size = format!("<sz val=\"{TITLE_SIZE}\"/>");
    let font = fonts.split("<font>").skip(1).position(|font| font.contains(&size))?;
    let named = between(xml, "<cellStyleXfs count=\"1\">", "</cellStyleXfs>")?;
    let formats = between(xml, "<cellXfs ", "</cellXfs>")?;
    let titled: String = formats
        .split_inclusive("<xf ")
        .map(|format| {
            if format.contains(&format!("fontId=\"{font}\"")) {
                format.replace("xfId=\"0\"", "xfId=\"1\"")
            } else {
                format.to_owned()
            }
        })
        .collect();
    let heading = format!("<xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"0\" borderId=\"0\"/>");
    Some(
        xml.replace(formats, &titled)
            .replace(
                &format!("<cellStyleXfs count=\"1\">{named}"),
                &format!("<cellStyleXfs count=\"2\">{named}{heading}"),
            )
            .replace(
                "<cellStyles count=\"1\">",
                "<cellStyles count=\"2\"><cellStyle name=\"Heading 1\" xfId=\"1\" builtinId=\"16\"/>",
            ),
    )
}

fn with_language(xml: &str, language: &str) -> String {
    let language: String = language.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    xml.replace("</cp:coreProperties>", &format!("<dc:language>{language}</dc:language></cp:coreProperties>"))
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(open)?;
    rest.split_once(close).map(|(inside, _)| inside)
}
