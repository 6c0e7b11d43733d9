//! Where a document prints each of its numbers.

use crate::document::{Block, Document, Inline, Table, Tile, every, plain};
use std::collections::BTreeMap;

/// The first sentence that prints each number, by its reference; a cell of a table is told with its row's heading and its column's.
#[must_use]
pub fn sentences(document: &Document) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for block in every(&document.blocks) {
        match block {
            Block::Paragraph { text } => line(text, &mut found),
            Block::List { items, .. } => items.iter().for_each(|item| line(item, &mut found)),
            Block::Tiles { tiles } => tiles.iter().for_each(|tile| self::tile(tile, &mut found)),
            other => other.tables().into_iter().for_each(|table| cells(table, &mut found)),
        }
    }
    found
}

fn tile(tile: &Tile, found: &mut BTreeMap<String, String>) {
    for inline in tile.number.iter().chain(&tile.compared) {
        if let Inline::Number(bound) = inline {
            found.entry(bound.reference.clone()).or_insert_with(|| format!("{}: {}", tile.label, bound.text));
        }
    }
}

fn cells(table: &Table, found: &mut BTreeMap<String, String>) {
    for row in &table.rows {
        let heading = row.first().map(|c| plain(c)).unwrap_or_default();
        for (cell, column) in row.iter().zip(&table.columns) {
            for inline in cell {
                if let Inline::Number(bound) = inline {
                    let words = || format!("{}: {heading}, {}: {}", table.caption, column.title, bound.text);
                    found.entry(bound.reference.clone()).or_insert_with(words);
                }
            }
        }
    }
}

fn line(inlines: &[Inline], found: &mut BTreeMap<String, String>) {
    let whole = plain(inlines);
    let mut at = 0;
    for inline in inlines {
        let words = plain(std::slice::from_ref(inline));
        if let Inline::Number(bound) = inline {
            found.entry(bound.reference.clone()).or_insert_with(|| sentence(&whole, at).to_owned());
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
