//! Reads back what a screen reader is told: the structure tree with its words, the language and the title of a PDF file.
//!
//! A module of tests, not of the crate: `lopdf` stays out of the program. Another crate's tests include it with
//! `#[path = "../../pdf/tests/structure/mod.rs"] mod structure;` and `lopdf` among their own dev-dependencies.

#![allow(dead_code, reason = "each test that includes this module uses a part of it")]

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};
use std::collections::BTreeMap;

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
    /// The words of the pages that belong to it, and to the elements below it.
    pub words: String,
    /// The elements below it, in reading order.
    pub parts: Vec<Element>,
}

/// The words of each marked stretch of a page, by the page and the stretch's number.
type Marked = BTreeMap<(ObjectId, i64), String>;

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
            elements: below(&pdf, root, &marked(&pdf)).0,
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

/// The elements below this one, and the words of it all in reading order.
fn below(pdf: &Document, parent: &Dictionary, marked: &Marked) -> (Vec<Element>, String) {
    let parts = match member(pdf, parent, b"K") {
        Some(Object::Array(parts)) => parts.iter().collect(),
        Some(part) => vec![part],
        None => Vec::new(),
    };
    let page = parent.get(b"Pg").and_then(Object::as_reference).ok();
    let (mut elements, mut words) = (Vec::new(), String::new());
    for part in parts {
        if let Some(stretch) = stretch(pdf, part, page) {
            words.push_str(marked.get(&stretch).map_or("", String::as_str));
        } else if let Some(found) = dictionary(pdf, part).filter(|found| found.has(b"S")) {
            let element = element(pdf, found, marked);
            words.push_str(&element.words);
            elements.push(element);
        }
    }
    (elements, words)
}

fn element(pdf: &Document, found: &Dictionary, marked: &Marked) -> Element {
    let kind = found.get(b"S").and_then(Object::as_name).map(|name| String::from_utf8_lossy(name).into_owned());
    let (parts, words) = below(pdf, found, marked);
    Element {
        kind: kind.unwrap_or_default(),
        title: member(pdf, found, b"T").and_then(text),
        alternative: member(pdf, found, b"Alt").and_then(text),
        scope: scope(pdf, found),
        words,
        parts,
    }
}

/// The page and number of a marked stretch: a bare number on its parent's page, or a dictionary with both.
fn stretch(pdf: &Document, part: &Object, page: Option<ObjectId>) -> Option<(ObjectId, i64)> {
    if let Ok(number) = part.as_i64() {
        return Some((page?, number));
    }
    let found = dictionary(pdf, part)?;
    let number = found.get(b"MCID").and_then(Object::as_i64).ok()?;
    Some((found.get(b"Pg").and_then(Object::as_reference).ok().or(page)?, number))
}

/// The words of every marked stretch of every page.
fn marked(pdf: &Document) -> Marked {
    let mut found = Marked::new();
    for page in pdf.get_pages().into_values() {
        let fonts = pdf.get_page_fonts(page).expect("fonts");
        let encodings: BTreeMap<_, _> =
            fonts.into_iter().map(|(name, font)| (name, font.get_font_encoding(pdf).expect("an encoding"))).collect();
        let content = Content::decode(&pdf.get_page_content(page)).expect("operations");
        let (mut open, mut font) = (Vec::new(), None);
        for operation in &content.operations {
            match operation.operator.as_str() {
                "BDC" | "BMC" => open.push(number(operation)),
                "EMC" => drop(open.pop()),
                "Tf" => font = operation.operands.first().and_then(|name| encodings.get(name.as_name().ok()?)),
                "Tj" | "TJ" => {
                    if let (Some(number), Some(encoding)) = (open.iter().rev().find_map(|number| *number), font) {
                        let words = found.entry((page, number)).or_default();
                        strings(&operation.operands).for_each(|bytes| {
                            words.push_str(&Document::decode_text(encoding, bytes).expect("a mapping to characters"));
                        });
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// The number of the marked stretch that this operation opens.
fn number(operation: &Operation) -> Option<i64> {
    operation.operands.get(1)?.as_dict().ok()?.get(b"MCID").and_then(Object::as_i64).ok()
}

/// The strings to show, which may stand in an array between spaces.
fn strings(operands: &[Object]) -> impl Iterator<Item = &[u8]> {
    let flat = operands.iter().flat_map(|operand| match operand {
        Object::Array(inner) => inner.as_slice(),
        one => std::slice::from_ref(one),
    });
    flat.filter_map(|operand| operand.as_str().ok())
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
