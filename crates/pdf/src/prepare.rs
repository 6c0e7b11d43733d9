//! From a document to what the template reads: its JSON with every choice already made.
//!
//! Links are absolute or gone, footnotes know their first mark, tables their shape, charts their file. The order of the walk is the
//! order of the page: first the text, then the tables behind the charts, which stand in an appendix.

use crate::{PdfError, address, shape::Shape, words};
use report::document::{Badge, Block, Document, Figure, Table, every};
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, VecDeque};

/// What one printing needs.
pub(crate) struct Prepared<'a> {
    /// The template's data.
    pub data: Value,
    /// The figure of each chart file, in the files' order, and its place.
    pub figures: Vec<(&'a Figure, Place)>,
}

/// How much room a chart has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The width of the page.
    Alone,
    /// Half of it.
    Paired,
}

/// The name of the chart file with this index.
pub(crate) fn chart_file(index: usize) -> String {
    format!("/chart-{index}.svg")
}

/// The template's data for this document; `base` is the address of the page that carries the same document.
pub(crate) fn prepare<'a>(document: &'a Document, base: Option<&str>) -> Result<Prepared<'a>, PdfError> {
    check_rows(document)?;
    let mut value = serde_json::to_value(document)?;
    take_charts(&mut value);
    each(&mut value, &mut set_badge);
    let ids = ids(&value);
    each(&mut value, &mut |object| resolve(object, base, &ids));
    each(&mut value, &mut set_table);
    let mut marks = Marks::default();
    each(&mut value, &mut |object| marks.see(object));
    let mut behind = behind(&mut value);
    let unnamed = name_footnotes(document, &mut value, &mut behind)?;
    let mut tags = document.language.split('-');
    let data = json!({
        "lang": tags.next(),
        "region": tags.find(|tag| tag.len() == 2),
        "month": document.dated.clone().unwrap_or_else(|| words::month(&document.language, document.date.year(), document.date.month())),
        "words": words::words(&document.language),
        "bound": marks.bound,
        "daggers": marks.daggers,
        "unnamed": unnamed,
        "behind": behind,
        "document": value,
    });
    Ok(Prepared { data, figures: figures(&document.blocks) })
}

/// Refuses a table whose rows differ in length from its columns: its cells would stand below the wrong headings.
fn check_rows(document: &Document) -> Result<(), PdfError> {
    let all: Vec<&Table> = every(&document.blocks).into_iter().flat_map(Block::tables).collect();
    for table in all {
        let columns = table.columns.len();
        if let Some((index, row)) = table.rows.iter().enumerate().find(|(_, row)| row.len() != columns) {
            let (title, id) = (document.title.clone(), table.id.clone());
            return Err(PdfError::Row { title, table: id, row: index + 1, cells: row.len(), columns });
        }
    }
    Ok(())
}

/// Calls `change` on every object inside the value, a parent before its members.
fn each(value: &mut Value, change: &mut dyn FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            change(object);
            object.values_mut().for_each(|member| each(member, change));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, change)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Puts in place of each chart, which the template does not read, the name of its file.
fn take_charts(value: &mut Value) {
    let mut files = 0;
    each(&mut value["blocks"], &mut |object| {
        if object.contains_key("alternative") {
            object.remove("chart");
            object.insert("file".into(), json!(chart_file(files)));
            files += 1;
        }
    });
}

/// Gives a grade the words on it, its colours, its steps, and the characters that it takes in a table.
fn set_badge(piece: &mut Map<String, Value>) {
    if piece.get("inline") != Some(&json!("grade")) {
        return;
    }
    let badge: Badge = serde_json::from_value(Value::Object(piece.clone())).expect("it was written from a badge");
    let (look, (filled, hollow)) = (badge.look(), badge.step_mark());
    let year = badge.carried_over.as_deref().map_or(0, |cycle| cycle.chars().count() + 3);
    piece.remove("id");
    piece.insert("title".into(), json!(badge.title()));
    piece.insert("fill".into(), json!(look.fill));
    piece.insert("ink".into(), json!(look.ink));
    piece.insert("filled".into(), json!(filled));
    piece.insert("hollow".into(), json!(hollow));
    let steps = 2 * (usize::from(filled) + usize::from(hollow));
    piece.insert("room".into(), json!(badge.word.chars().count() + year + steps + 3));
}

/// The ids that a link inside the document can lead to.
fn ids(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    each(&mut value["blocks"].clone(), &mut |object| {
        if let Some(Value::String(id)) = object.get("id") {
            found.insert(id.clone());
        }
    });
    found
}

fn resolve(object: &mut Map<String, Value>, base: Option<&str>, ids: &BTreeSet<String>) {
    if let Some(Value::String(href)) = object.get("href") {
        let inside = href.strip_prefix('#').is_some_and(|id| ids.contains(id));
        if !inside {
            let absolute = address::absolute(href, base);
            object.insert("href".into(), json!(absolute));
        }
    }
}

/// Gives a table its shape. Where every number of a table is as published, one line below it says so instead of a mark at each.
fn set_table(object: &mut Map<String, Value>) {
    if !(object.contains_key("columns") && object.contains_key("rows")) {
        return;
    }
    let table = Value::Object(object.clone());
    let shape = Shape::of(&table);
    object.extend(shape.members().map(|(name, value)| (name.to_owned(), value)));
    let graded = object.get_mut("rows").is_some_and(holds_grades);
    object.insert("graded".into(), json!(graded));
    object.insert("air".into(), json!(if graded { 5.5 } else { 3.5 }));
    let (mut numbers, mut published) = (0_usize, 0_usize);
    if let Some(rows) = object.get_mut("rows") {
        each(rows, &mut |piece| {
            numbers += usize::from(is_number(piece));
            published += usize::from(is_number(piece) && is_published(piece));
        });
        if numbers > 1 && numbers == published {
            each(rows, &mut |piece| drop(piece.insert("marked".into(), json!(false))));
        }
    }
    object.insert("published".into(), json!(numbers > 1 && numbers == published));
}

/// Whether a grade stands in a row, whose edge needs room.
fn holds_grades(rows: &mut Value) -> bool {
    let mut found = false;
    each(rows, &mut |piece| found |= piece.get("inline") == Some(&json!("grade")));
    found
}

fn is_number(piece: &Map<String, Value>) -> bool {
    piece.get("inline") == Some(&json!("number"))
}

fn is_published(piece: &Map<String, Value>) -> bool {
    piece.get("as_published") == Some(&json!(true))
}

/// Which explanations the cover must give.
#[derive(Default)]
struct Marks {
    bound: bool,
    daggers: bool,
}

impl Marks {
    /// Marks a number that is taken over as published, unless its table says so for all of its numbers.
    fn see(&mut self, piece: &mut Map<String, Value>) {
        if is_number(piece) {
            self.bound = true;
            let published = is_published(piece);
            let marked = piece.entry("marked").or_insert(json!(published));
            self.daggers |= *marked == json!(true);
        }
    }
}

/// Takes the tables out of the figures, each replaced by its id. Tables are grouped: neighbours that are narrow enough stand in two
/// columns.
fn behind(value: &mut Value) -> Value {
    let mut tables = Vec::new();
    each(&mut value["blocks"], &mut |object| {
        if object.contains_key("alternative") {
            let id = object["table"]["id"].clone();
            let printed = object["table"]["columns"].as_array().is_some_and(|columns| !columns.is_empty());
            let left = object.insert("table".into(), json!({ "id": id, "printed": printed }));
            if let Some(mut table) = left.filter(|_| printed) {
                table["figure"] = object["number"].clone();
                own_words(&mut table, object);
                table["air"] = json!(if table["graded"] == json!(true) { 4 } else { 2 });
                table["keep"] = table["fits"].clone();
                tables.push(table);
            }
        }
    });
    let mut groups: Vec<(bool, Vec<Value>)> = Vec::new();
    for table in tables {
        let narrow = table["narrow"] == json!(true);
        match groups.last_mut() {
            Some((same, group)) if *same == narrow => group.push(table),
            _ => groups.push((narrow, vec![table])),
        }
    }
    groups.into_iter().map(|(narrow, tables)| json!({ "narrow": narrow, "tables": tables })).collect()
}

/// Leaves below the table of a figure only what the figure does not say itself.
fn own_words(table: &mut Value, figure: &Map<String, Value>) {
    if table["source"] == figure["source"] {
        table["source"] = json!("");
    }
    if let (Some(notes), Some(said)) = (table["notes"].as_array_mut(), figure["notes"].as_array()) {
        notes.retain(|note| !said.contains(note));
    }
}

/// Tells each footnote mark whether it is the first of its footnote; gives back the footnotes that no mark names.
fn name_footnotes(document: &Document, value: &mut Value, behind: &mut Value) -> Result<Vec<u64>, PdfError> {
    let of = document.footnotes.len();
    let mut seen = BTreeSet::new();
    let mut waiting = VecDeque::new();
    let mut missing = None;
    let mut name = |value: &mut Value, waiting: &mut VecDeque<u64>, seen: &mut BTreeSet<u64>| {
        each(value, &mut |piece| {
            if piece.get("inline") == Some(&json!("footnote")) {
                let index = piece["index"].as_u64().unwrap_or(u64::MAX);
                if usize::try_from(index).map_or(true, |index| index >= of) {
                    missing.get_or_insert(index.saturating_add(1));
                }
                let first = seen.insert(index);
                piece.insert("first".into(), json!(first));
                if first {
                    waiting.push_back(index);
                }
            }
        });
    };
    name(&mut value["blocks"], &mut waiting, &mut seen);
    name(behind, &mut waiting, &mut seen);
    let mut unnamed = Vec::new();
    let mut rest = 0_u64..;
    let bodies = value["footnotes"].as_array_mut().map_or(&mut [][..], Vec::as_mut_slice);
    loop {
        while let Some(index) = waiting.pop_front() {
            if let Some(body) = usize::try_from(index).ok().and_then(|index| bodies.get_mut(index)) {
                name(body, &mut waiting, &mut seen);
            }
        }
        let Some(index) = rest.find(|index| !seen.contains(index)) else { break };
        let Some(body) = usize::try_from(index).ok().and_then(|index| bodies.get_mut(index)) else { break };
        unnamed.push(index);
        name(body, &mut waiting, &mut seen);
    }
    match missing {
        Some(number) => Err(PdfError::Footnote { title: document.title.clone(), number, of }),
        None => Ok(unnamed),
    }
}

/// The figures in the order in which the walk over the JSON meets them.
fn figures(blocks: &[Block]) -> Vec<(&Figure, Place)> {
    let place = |block: &Block| if matches!(block, Block::Pair { .. }) { Place::Paired } else { Place::Alone };
    every(blocks).into_iter().flat_map(|block| block.figures().into_iter().map(move |f| (f, place(block)))).collect()
}
