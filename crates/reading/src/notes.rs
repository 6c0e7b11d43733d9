//! Footnotes with the places that refer to them, figures with their sources, terms that are linked.

use crate::{
    clean,
    flow::{Block, Kind},
    model::{Figure, Footnote, Problem, Reading, Term},
};
use std::collections::HashMap;

/// Takes links out of the blocks and lists their terms.
pub(crate) fn terms(blocks: &mut [Block], reading: &mut Reading) {
    for block in blocks.iter_mut().filter(|b| b.text.contains("](")) {
        let mut plain = String::with_capacity(block.text.len());
        let mut shifts: Vec<(usize, usize)> = Vec::new();
        let mut rest = block.text.as_str();
        let mut found = Vec::new();
        while let Some((before, term, after)) = link(rest) {
            plain.push_str(before);
            let at = block.text.len() - rest.len() + before.len();
            found.push((clean::squeezed(term), block.line_at(at)));
            plain.push_str(term);
            rest = after;
            shifts.push((block.text.len() - rest.len(), plain.len()));
        }
        plain.push_str(rest);
        for (from, _) in &mut block.lines {
            if let Some((was, now)) = shifts.iter().rev().find(|(was, _)| was <= from) {
                *from = now + (*from - was);
            }
        }
        block.text = plain;
        reading.glossary.extend(found.into_iter().map(|(term, line)| Term { term, line }));
    }
}

/// A text with its links as plain words.
pub(crate) fn unlinked(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, term, after)) = link(rest) {
        out.push_str(before);
        out.push_str(term);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The first link of a text: what stands before it, its words, what follows. Words and address are short.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = text[from..].find('[').map(|at| from + at) {
        let inner = &text[open + 1..];
        let near = |text: &str, mark: char| text.char_indices().take(400).find(|(_, c)| *c == mark).map(|(at, _)| at);
        if let Some(close) = near(inner, ']')
            && let Some(address) = inner[close + 1..].strip_prefix('(')
            && let Some(end) = near(address, ')')
        {
            return Some((&text[..open], &inner[..close], &address[end + 1..]));
        }
        from = open + 1;
    }
    None
}

/// Footnotes in the order of their numbers.
pub(crate) fn footnotes(blocks: &[Block], reading: &mut Reading) {
    let mut markers: HashMap<String, Vec<u32>> = HashMap::new();
    for block in blocks.iter().filter(|b| !matches!(b.kind, Kind::Row(..))) {
        let mut number = String::new();
        let own = matches!(block.kind, Kind::Note(_));
        for mark in &block.marks {
            markers.entry(mark.clone()).or_default().push(block.line());
        }
        for (at, c) in block.text.char_indices().chain([(block.text.len(), ' ')]) {
            if let Some(digit) = clean::digit(c) {
                number.push(digit);
            } else if !number.is_empty() {
                if !(own && at <= number.len() * 3) {
                    markers.entry(std::mem::take(&mut number)).or_default().push(block.line_at(at.saturating_sub(1)));
                }
                number.clear();
            }
        }
    }
    let mut notes: Vec<Footnote> = Vec::new();
    for block in blocks {
        let Kind::Note(number) = &block.kind else { continue };
        if notes.iter().any(|n| n.number == *number) {
            reading.problems.push(Problem {
                line: block.line(),
                problem: format!("there are two footnotes {number}"),
                remedy: "see which of them the text means; the first is taken".to_owned(),
            });
            continue;
        }
        let mut lines = markers.remove(number).unwrap_or_default();
        lines.dedup();
        notes.push(Footnote {
            number: number.clone(),
            text: clean::squeezed(&block.text),
            line: block.line(),
            markers: lines,
        });
    }
    notes.sort_by_key(|n| n.number.parse::<u32>().unwrap_or(u32::MAX));
    for pair in notes.windows(2) {
        if let (Ok(a), Ok(b)) = (pair[0].number.parse::<u32>(), pair[1].number.parse::<u32>())
            && b > a + 1
        {
            reading.problems.push(Problem {
                line: pair[0].line,
                problem: format!("footnote {b} follows footnote {a}"),
                remedy: "look for the lost footnotes in the published document".to_owned(),
            });
        }
    }
    reading.footnotes = notes;
}

/// Numbered figures, each once: where it stands with its source.
pub(crate) fn figures(blocks: &[Block], reading: &mut Reading) {
    for (at, block) in blocks.iter().enumerate() {
        let Kind::Figure(number) = &block.kind else { continue };
        if reading.figures.iter().any(|f| f.number == *number) {
            continue;
        }
        let below =
            blocks[at + 1..].iter().take(4).take_while(|b| !matches!(b.kind, Kind::Figure(_) | Kind::Heading(_)));
        let source = below.clone().find(|b| b.kind == Kind::Source).map(|b| b.text.trim_end_matches('.').to_owned());
        let title = clean::unmarked(&block.text);
        reading.figures.push(Figure { number: number.clone(), title, source, line: block.line() });
    }
}
