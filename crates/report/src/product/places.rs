//! Where a document prints each of its numbers.

use crate::document::{Block, Document, Inline, plain};
use std::collections::BTreeMap;

/// The first sentence that prints each number, by its reference; a cell of a table is told with its row's heading and its column's.
#[must_use]
pub fn sentences(document: &Document) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    blocks(&document.blocks, &mut found);
    found
}

fn blocks(all: &[Block], found: &mut BTreeMap<String, String>) {
    for block in all {
        match block {
            Block::Paragraph { text } => line(text, found),
            Block::List { items, .. } => items.iter().for_each(|item| line(item, found)),
            Block::Tiles { tiles } => {
                for tile in tiles {
                    for inline in tile.number.iter().chain(&tile.compared) {
                        if let Inline::Number(bound) = inline {
                            found
                                .entry(bound.reference.clone())
                                .or_insert_with(|| format!("{}: {}", tile.label, bound.text));
                        }
                    }
                }
            }
            Block::Table(table) => cells(table, found),
            Block::Figure(figure) => cells(&figure.table, found),
            Block::Pair { first, second } => [first, second].into_iter().for_each(|f| cells(&f.table, found)),
            Block::Inset { blocks: inside, .. }
            | Block::Details { blocks: inside, .. }
            | Block::Finding { blocks: inside, .. } => blocks(inside, found),
            Block::Contents | Block::Heading { .. } | Block::Quote { .. } => {}
        }
    }
}

fn cells(table: &crate::document::Table, found: &mut BTreeMap<String, String>) {
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
