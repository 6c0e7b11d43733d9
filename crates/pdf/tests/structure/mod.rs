//! Reads back what a screen reader is told: the structure tree, the language and the title of a PDF file.
//!
//! A module of tests, not of the crate: `lopdf` stays out of the program. Another crate's tests include it with
//! `#[path = "../../pdf/tests/structure/mod.rs"] mod structure;` and `lopdf` among their own dev-dependencies.

#![allow(dead_code, reason = "each test that includes this module uses a part of it")]

use lopdf::{Dictionary, Document, Object, decode_text_string};

/// What a PDF file says of its own structure.
pub struct Structure {
    /// `/Lang` of the document.
    pub language: Option<String>,
    /// `/Title` of the document.
    pub title: Option<String>,
    /// Whether `/MarkInfo` says that all content is marked.
    pub marked: bool,
    /// Whether a viewer shows the title rather than the file's name.
    pub shows_title: bool,
    /// Whether the metadata claims PDF/UA-1.
    pub claims_ua: bool,
    /// The words of all pages.
    pub words: String,
    /// What stands directly below the root of the structure tree.
    pub elements: Vec<Element>,
}

/// An element of the structure tree.
#[derive(Debug, Default)]
pub struct Element {
    /// Its type: `H1`, `P`, `Table`, `TH`, `Figure`.
    pub kind: String,
    /// `/T`, which for a heading is its words.
    pub title: Option<String>,
    /// `/Alt`, the text alternative.
    pub alternative: Option<String>,
    /// `/Scope` of a header cell: `Column`, `Row` or `Both`.
    pub scope: Option<String>,
    /// The elements below it, in reading order.
    pub parts: Vec<Element>,
}

impl Structure {
    /// The structure of a PDF file.
    ///
    /// # Panics
    /// When the file cannot be read or has no structure tree.
    pub fn read(file: &[u8]) -> Self {
        let pdf = Document::load_mem(file).expect("a PDF file");
        let catalog = pdf.catalog().expect("a catalog");
        let at = |name: &[u8]| member(&pdf, catalog, name);
        let info = pdf.trailer.get(b"Info").ok().map(|object| dictionary(&pdf, object).expect("an info dictionary"));
        let root = at(b"StructTreeRoot").expect("a structure tree");
        let root = dictionary(&pdf, root).expect("a structure tree root");
        let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
        Self {
            language: at(b"Lang").and_then(text),
            title: info.and_then(|info| member(&pdf, info, b"Title")).and_then(text),
            marked: flag(&pdf, at(b"MarkInfo"), b"Marked"),
            shows_title: flag(&pdf, at(b"ViewerPreferences"), b"DisplayDocTitle"),
            claims_ua: metadata(at(b"Metadata")).contains("pdfuaid:part"),
            words: pdf.extract_text(&pages).expect("text with a mapping to characters"),
            elements: below(&pdf, root),
        }
    }

    /// Every element of these types, in reading order.
    pub fn all(&self, kinds: &[&str]) -> Vec<&Element> {
        let mut found = Vec::new();
        self.elements.iter().for_each(|element| element.gather(kinds, &mut found));
        found
    }

    /// The headings in reading order: type and words.
    pub fn headings(&self) -> Vec<(&str, &str)> {
        let kinds = ["H1", "H2", "H3", "H4", "H5", "H6"];
        self.all(&kinds)
            .iter()
            .map(|element| (element.kind.as_str(), element.title.as_deref().unwrap_or_default()))
            .collect()
    }

    /// The text alternatives of all figures, in reading order.
    ///
    /// # Panics
    /// When a figure has none.
    pub fn alternatives(&self) -> Vec<&str> {
        let figures = self.all(&["Figure"]).into_iter();
        figures.map(|figure| figure.alternative.as_deref().expect("a text alternative")).collect()
    }
}

impl Element {
    /// Every element of these types below this one, itself included.
    pub fn gather<'a>(&'a self, kinds: &[&str], found: &mut Vec<&'a Element>) {
        if kinds.contains(&self.kind.as_str()) {
            found.push(self);
        }
        self.parts.iter().for_each(|part| part.gather(kinds, found));
    }
}

fn below(pdf: &Document, parent: &Dictionary) -> Vec<Element> {
    let parts = match member(pdf, parent, b"K") {
        Some(Object::Array(parts)) => parts.iter().collect(),
        Some(part) => vec![part],
        None => Vec::new(),
    };
    parts
        .into_iter()
        .filter_map(|part| dictionary(pdf, part))
        .filter(|part| part.has(b"S"))
        .map(|part| Element {
            kind: part
                .get(b"S")
                .and_then(Object::as_name)
                .map(|name| String::from_utf8_lossy(name).into_owned())
                .unwrap_or_default(),
            title: member(pdf, part, b"T").and_then(text),
            alternative: member(pdf, part, b"Alt").and_then(text),
            scope: scope(pdf, part),
            parts: below(pdf, part),
        })
        .collect()
}

/// The `/Scope` among the attributes of an element, which are a dictionary or an array of them.
fn scope(pdf: &Document, element: &Dictionary) -> Option<String> {
    let attributes = match member(pdf, element, b"A")? {
        Object::Array(all) => all.iter().collect(),
        one => vec![one],
    };
    let scope =
        attributes.into_iter().filter_map(|one| dictionary(pdf, one)).find_map(|one| member(pdf, one, b"Scope"))?;
    scope.as_name().ok().map(|name| String::from_utf8_lossy(name).into_owned())
}

fn member<'a>(pdf: &'a Document, dictionary: &'a Dictionary, name: &[u8]) -> Option<&'a Object> {
    let object = dictionary.get(name).ok()?;
    pdf.dereference(object).ok().map(|(_, object)| object)
}

fn dictionary<'a>(pdf: &'a Document, object: &'a Object) -> Option<&'a Dictionary> {
    pdf.dereference(object).ok()?.1.as_dict().ok()
}

fn flag(pdf: &Document, object: Option<&Object>, name: &[u8]) -> bool {
    let value = object.and_then(|object| object.as_dict().ok()).and_then(|found| member(pdf, found, name));
    matches!(value, Some(Object::Boolean(true)))
}

fn metadata(object: Option<&Object>) -> String {
    let stream = object.and_then(|object| object.as_stream().ok());
    stream.map(|stream| String::from_utf8_lossy(&stream.content).into_owned()).unwrap_or_default()
}

fn text(object: &Object) -> Option<String> {
    decode_text_string(object).ok()
}
