//! Tables: rows that stand together, cut where another heading row begins, each with the lines over it.

use crate::{
    flow::{self, Block, Kind},
    model::{Reading, Table},
};

/// Reads the tables, and says for each where its rows stand among the blocks.
pub(crate) fn tables(blocks: &[Block], reading: &mut Reading) -> Vec<Vec<u32>> {
    let mut lines = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let Kind::Row(cells, _) = &blocks[at].kind else {
            at += 1;
            continue;
        };
        let mut table =
            Table { caption: caption(blocks, at), header: cells.clone(), rows: Vec::new(), line: blocks[at].line() };
        let mut end = at + 1;
        while let Some(Block { kind: Kind::Row(cells, head), gap, .. }) = blocks.get(end) {
            let begins = cells.first().is_some_and(String::is_empty) && cells.iter().skip(1).any(|c| !c.is_empty());
            if !table.rows.is_empty() && *head && (begins || *gap) {
                break;
            }
            table.rows.push(cells.clone());
            end += 1;
        }
        let wide = table.rows.iter().map(Vec::len).max().unwrap_or(0).max(table.header.len());
        for row in &mut table.rows {
            row.resize(wide, String::new());
        }
        table.header.resize(wide, String::new());
        if !table.rows.is_empty() {
            reading.tables.push(table);
            lines.push(blocks[at + 1..end].iter().map(Block::line).collect());
        }
        at = end;
    }
    lines
}

/// The lines over a table, the period below its title among them.
fn caption(blocks: &[Block], at: usize) -> Option<String> {
    let short = |b: &&Block| b.kind == Kind::Para && b.text.len() < 120 && !b.text.ends_with(['.', ':']);
    let titled = |b: &&Block| b.heading().is_some_and(|h| h.own.is_none()) && flow::standing(&b.text).is_none();
    let last = blocks[..at].last().filter(|b| short(b) || titled(b));
    if let Some(title) = last {
        return Some(title.text.clone());
    }
    let over = blocks[..at].iter().rev().take(2).take_while(|b| b.kind == Kind::Caption);
    let mut lines: Vec<&str> = over.map(|b| b.text.as_str()).collect();
    lines.reverse();
    (!lines.is_empty()).then(|| lines.join(", "))
}
