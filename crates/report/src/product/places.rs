//! Where a document prints each of its numbers.

use crate::document::{Block, Document, Inline, Table, Tile, every, plain};
use std::collections::BTreeMap;

/// By reference, in the order of the document.
type Sentences = BTreeMap<String, Vec<String>>;

/// The sentences that print each number, by its reference; a cell of a table is told with its row's heading and its column's.
#[must_use]
pub fn sentences(document: &Document) -> Sentences {
    let mut found = Sentences::new();
    for block in every(&document.blocks) {
        match block {
            Block::Paragraph { text } | Block::Quote { text, .. } => line(text, &mut found),
            Block::List { items, .. } => items.iter().for_each(|item| line(item, &mut found)),
            Block::Tiles { tiles } => tiles.iter().for_each(|tile| self::tile(tile, &mut found)),
            other => other.tables().into_iter().for_each(|table| cells(table, &mut found)),
        }
    }
    document.footnotes.iter().for_each(|note| line(note, &mut found));
    found
}

fn add(found: &mut Sentences, reference: &str, sentence: String) {
    let sentences = found.entry(reference.to_owned()).or_default();
    if !sentences.contains(&sentence) {
        sentences.push(sentence);
    }
}

fn tile(tile: &Tile, found: &mut Sentences) {
    for inline in tile.number.iter().chain(&tile.compared) {
        if let Inline::Number(bound) = inline {
            add(found, &bound.reference, format!("{}: {}", tile.label, bound.text));
        }
    }
}

fn cells(table: &Table, found: &mut Sentences) {
    for row in &table.rows {
        let heading = row.first().map(|c| plain(c)).unwrap_or_default();
        for (cell, column) in row.iter().zip(&table.columns) {
            for inline in cell {
                if let Inline::Number(bound) = inline {
                    let words = format!("{}: {heading}, {}: {}", table.caption, column.title, bound.text);
                    add(found, &bound.reference, words);
                }
            }
        }
    }
}

fn line(inlines: &[Inline], found: &mut Sentences) {
    let whole = plain(inlines);
    let mut at = 0;
    for inline in inlines {
        let words = plain(std::slice::from_ref(inline));
        if let Inline::Number(bound) = inline {
            add(found, &bound.reference, sentence(&whole, at).to_owned());
        }
        at += words.len();
    }
}

/// The sentence around a place.
fn sentence(whole: &str, at: usize) -> &str {
    let ends = [". ", "? ", "! "];
    let start = ends.iter().filter_map(|e| whole[..at].rfind(e).map(|p| p + e.len())).max().unwrap_or(0);
    let end = ends.iter().filter_map(|e| whole[at..].find(e).map(|p| at + p + 1)).min().unwrap_or(whole.len());
    whole[start..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_with_its_own_sentence() {
        let whole = "One here. Two 2.5 there! Three";
        assert_eq!(sentence(whole, whole.find("2.5").unwrap()), "Two 2.5 there!");
        assert_eq!(sentence(whole, 0), "One here.");
        assert_eq!(sentence(whole, whole.len() - 1), "Three");
    }
}
