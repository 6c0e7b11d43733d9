//! A document as plain text, 78 columns wide: for a terminal, a mail, a search index, a reader who wants nothing else.
//!
//! Everything a page says is here: charts as what they show and their data, footnotes as `[1]` with their text at the end. A link
//! keeps its address where that is complete; a relative one leads nowhere from a text and is printed as its words.

mod lines;
mod table;

#[cfg(test)]
mod tests;

use crate::document::{Block, Document, Figure, Inline, Table, Tile, numbered};
use lines::{hanging, letters, wrap};
use reference::long_date;
use table::Grid;

/// The width of the text, in characters.
pub const COLUMNS: usize = 78;

/// The document as plain text: lines of [`COLUMNS`] characters at most (longer only where one word is), each ending in a line feed.
#[must_use]
pub fn write(document: &Document) -> String {
    let mut all = cover(document);
    all.extend(blocks(document, &document.blocks, COLUMNS));
    if !document.footnotes.is_empty() {
        all.extend(heading(2, "Notes", COLUMNS));
        for (index, note) in document.footnotes.iter().enumerate() {
            all.extend(hanging(&format!("[{}] ", index + 1), &spoken(note), COLUMNS));
        }
    }
    all.extend([String::new(), "-".repeat(COLUMNS)]);
    all.extend(wrap(&document.running, COLUMNS));
    let mut text = String::new();
    for line in all {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn cover(document: &Document) -> Vec<String> {
    let mut all = ruled(&document.title, '=', COLUMNS);
    all.insert(0, all.last().cloned().unwrap_or_default());
    if let Some(subtitle) = &document.subtitle {
        all.extend(wrap(subtitle, COLUMNS));
    }
    let issued =
        format!("{}, {}", document.publisher, document.dated.clone().unwrap_or_else(|| long_date(document.date)));
    all.extend(wrap(&issued, COLUMNS));
    if let Some(banner) = &document.banner {
        let edge = format!("+{}+", "-".repeat(COLUMNS - 2));
        all.extend([String::new(), edge.clone()]);
        for line in wrap(banner, COLUMNS - 4) {
            all.push(format!("| {line:<0$} |", COLUMNS - 4));
        }
        all.push(edge);
    }
    all
}

/// The blocks, each with an empty line before it.
fn blocks(document: &Document, items: &[Block], width: usize) -> Vec<String> {
    let mut all = Vec::new();
    for item in items {
        all.extend(block(document, item, width));
    }
    all
}

fn block(document: &Document, item: &Block, width: usize) -> Vec<String> {
    match item {
        Block::Contents => contents(document, width),
        Block::Heading { level, text, .. } => heading(*level, text, width),
        Block::Paragraph { text } => after_space(wrap(&spoken(text), width)),
        Block::List { ordered, items } => list(*ordered, items, width),
        Block::Tiles { tiles } => tiles_of(tiles, width),
        Block::Table(table) => after_space(table_of(table, width)),
        Block::Figure(figure) => figure_of(figure, width),
        Block::Pair { first, second } => [figure_of(first, width), figure_of(second, width)].concat(),
        Block::Inset { label, blocks } => inset("| ", label, document, blocks, width),
        Block::Finding { label, number, blocks, .. } => {
            inset("| ", &numbered(label, number.as_deref()), document, blocks, width)
        }
        Block::Quote { text, speaker } => quote(text, speaker, width),
        Block::Details { summary, blocks } => inset("  ", summary, document, blocks, width),
    }
}

fn after_space(mut all: Vec<String>) -> Vec<String> {
    all.insert(0, String::new());
    all
}

/// The lines with a rule as long as the longest below them.
fn ruled(words: &str, rule: char, width: usize) -> Vec<String> {
    let mut all = wrap(words, width);
    let longest = all.iter().map(|line| letters(line)).max().unwrap_or(0);
    all.push(rule.to_string().repeat(longest));
    all
}

fn heading(level: u8, words: &str, width: usize) -> Vec<String> {
    let rule = match level {
        0..=2 => '=',
        3 => '-',
        _ => '.',
    };
    let mut all = after_space(ruled(words, rule, width));
    if level <= 2 {
        all.insert(0, String::new());
    }
    all
}

fn contents(document: &Document, width: usize) -> Vec<String> {
    let mut all = heading(2, "Contents", width);
    each_heading(&document.blocks, &mut |level, words| match level {
        2 => all.extend(hanging("- ", words, width)),
        3 => all.extend(hanging("  - ", words, width)),
        _ => {}
    });
    all
}

fn each_heading(items: &[Block], found: &mut dyn FnMut(u8, &str)) {
    for item in items {
        match item {
            Block::Heading { level, text, .. } => found(*level, text),
            Block::Inset { blocks, .. } | Block::Finding { blocks, .. } | Block::Details { blocks, .. } => {
                each_heading(blocks, found);
            }
            Block::Contents
            | Block::Paragraph { .. }
            | Block::Quote { .. }
            | Block::List { .. }
            | Block::Tiles { .. }
            | Block::Table(_)
            | Block::Figure(_)
            | Block::Pair { .. } => {}
        }
    }
}

fn list(ordered: bool, items: &[Vec<Inline>], width: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    for (index, item) in items.iter().enumerate() {
        let mark = if ordered { format!("{}. ", index + 1) } else { "- ".to_owned() };
        all.extend(hanging(&mark, &spoken(item), width));
    }
    all
}

/// One line a tile, the numbers below each other.
fn tiles_of(tiles: &[Tile], width: usize) -> Vec<String> {
    let numbers: Vec<String> = tiles.iter().map(|tile| spoken(&tile.number)).collect();
    let longest = numbers.iter().map(|number| letters(number)).max().unwrap_or(0);
    let mut all = vec![String::new()];
    for (tile, number) in tiles.iter().zip(numbers) {
        let compared = spoken(&tile.compared);
        let words = if compared.is_empty() { tile.label.clone() } else { format!("{} ({compared})", tile.label) };
        let indent = " ".repeat(longest - letters(&number));
        all.extend(hanging(&format!("{indent}{number}  "), &words, width));
    }
    all
}

fn figure_of(figure: &Figure, width: usize) -> Vec<String> {
    let headline = format!("Figure {}. {}", figure.number, figure.headline);
    let mut all = after_space(wrap(&headline, width));
    all.extend(wrap(&figure.subtitle, width));
    all.extend(after_space(wrap(&figure.alternative, width)));
    all.extend(after_space(table_of(&own_words(figure), width)));
    all.extend(below(&figure.source, &figure.notes, width));
    all
}

/// The table of a figure without what the figure itself says below it.
fn own_words(figure: &Figure) -> Table {
    let mut table = figure.table.clone();
    if table.source == figure.source {
        table.source.clear();
    }
    table.notes.retain(|note| !figure.notes.contains(note));
    table
}

fn table_of(table: &Table, width: usize) -> Vec<String> {
    let mut all = wrap(&table.caption, width);
    all.extend(Grid::of(table).print(width));
    all.extend(below(&table.source, &table.notes, width));
    all
}

fn below(source: &str, notes: &[String], width: usize) -> Vec<String> {
    let mut all = Vec::new();
    if !source.is_empty() {
        all.extend(wrap(&format!("Source: {source}"), width));
    }
    for note in notes {
        all.extend(wrap(note, width));
    }
    all
}

/// Blocks under a label, each line behind `mark`.
fn inset(mark: &str, label: &str, document: &Document, items: &[Block], width: usize) -> Vec<String> {
    let inner = width.saturating_sub(mark.len()).max(20);
    let mut all = vec![String::new()];
    let (labelled, marked) = if mark.trim().is_empty() { ("", mark) } else { (mark, mark) };
    all.extend(wrap(label, inner).into_iter().map(|line| format!("{labelled}{line}")));
    all.extend(blocks(document, items, inner).into_iter().map(|line| format!("{marked}{line}")));
    all
}

/// The words behind a mark, the speaker below them.
fn quote(said: &[Inline], speaker: &str, width: usize) -> Vec<String> {
    let inner = width.saturating_sub(2).max(20);
    let mut all = wrap(&format!("“{}”", spoken(said)), inner);
    if !speaker.is_empty() {
        all.extend(hanging("-- ", speaker, inner));
    }
    after_space(all.into_iter().map(|line| format!("> {line}")).collect())
}

/// The words of the inlines, footnotes as `[1]`, complete addresses behind their links.
fn spoken(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text: words } | Inline::Strong { text: words } => text.push_str(words),
            Inline::Link(link) => {
                text.push_str(&link.text);
                if link.href.contains("://") && link.href != link.text {
                    text.push_str(&format!(" <{}>", link.href));
                }
            }
            Inline::Number(bound) => text.push_str(&bound.text),
            Inline::Footnote { index } => text.push_str(&format!("[{}]", index + 1)),
            Inline::Grade(badge) => text.push_str(&badge.said()),
            Inline::Anchor { .. } => {}
        }
    }
    text
}
