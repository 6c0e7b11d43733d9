//! Texts printed piece by piece, every remark with its place.

use super::{Desk, Printed};
use crate::{
    document::{Block, Inline, text},
    draft::{Content, Piece, Span},
    rule::{Fault, Remark, Rule},
    words::{lower_first, upper_first},
};

impl Desk<'_, '_> {
    /// Prints the pieces of a text. Headings are of this level.
    pub fn pieces(&mut self, file: &str, pieces: &[Piece], level: u8, remarks: &mut Vec<Remark>) -> Vec<Block> {
        let mut blocks = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Heading { spans, .. } => {
                    let words = crate::document::plain(&self.line(file, spans, remarks));
                    let id = format!("{}-{}", crate::product::slug(&words), blocks.len() + self.tables as usize);
                    blocks.push(Block::Heading { level, id, text: words });
                }
                Piece::Paragraph(spans) => match self.block(file, spans, remarks) {
                    Some(block) => blocks.push(block),
                    None => {
                        let text = self.line(file, spans, remarks);
                        if !text.is_empty() {
                            blocks.push(Block::Paragraph { text });
                        }
                    }
                },
                Piece::List { ordered, items } => {
                    let mut lines = Vec::new();
                    for item in items {
                        match self.block(file, item, remarks) {
                            Some(block) => blocks.push(block),
                            None => lines.push(self.list_item(file, item, remarks)),
                        }
                    }
                    if !lines.is_empty() {
                        blocks.push(Block::List { ordered: *ordered, items: lines });
                    }
                }
            }
        }
        blocks
    }

    /// The block that stands alone in a paragraph; `None` when it is a line.
    fn block(&mut self, file: &str, spans: &[Span], remarks: &mut Vec<Remark>) -> Option<Block> {
        let [Span { content: Content::Call(call), at }] = spans else { return None };
        if !["chart", "table", "quote"].contains(&call.name.as_str()) {
            return None;
        }
        match self.print(call) {
            Ok(Printed::Block(block)) => Some(*block),
            Ok(Printed::Words(words)) => Some(Block::Paragraph { text: words }),
            Err(fault) => {
                remarks.push(fault.at(file, *at));
                Some(Block::Paragraph { text: Vec::new() })
            }
        }
    }

    /// Prints an item of a list, which begins as its author wrote it.
    fn list_item(&mut self, file: &str, spans: &[Span], remarks: &mut Vec<Remark>) -> Vec<Inline> {
        let as_is = matches!(spans.first(), Some(Span { content: Content::Call(_), .. }));
        let mut line = self.line(file, spans, remarks);
        if as_is && let Some(Inline::Number(bound)) = line.first_mut() {
            bound.text = lower_first(&bound.text);
        }
        line
    }

    /// Prints a line.
    pub fn line(&mut self, file: &str, spans: &[Span], remarks: &mut Vec<Remark>) -> Vec<Inline> {
        let mut line: Vec<Inline> = Vec::new();
        for span in spans {
            match &span.content {
                Content::Words { text: words, strong: true } => line.push(Inline::Strong { text: words.clone() }),
                Content::Words { text: words, strong: false } => push_words(&mut line, words),
                Content::Call(call) => match self.print(call) {
                    Ok(Printed::Words(mut words)) => {
                        if begins_sentence(&line) {
                            capitalise(&mut words);
                        }
                        line.extend(words);
                    }
                    Ok(Printed::Block(_)) => {
                        let remedy = "let it stand alone in a paragraph";
                        let found = format!("`{}` stands within a sentence", call.name);
                        remarks.push(Fault::new(Rule::CannotBeRead, found, remedy).at(file, span.at));
                    }
                    Err(fault) => remarks.push(fault.at(file, span.at)),
                },
            }
        }
        line
    }
}

/// Words that go on from words are one stretch.
fn push_words(line: &mut Vec<Inline>, words: &str) {
    match line.last_mut() {
        Some(Inline::Text { text }) => text.push_str(words),
        _ => line.push(text(words)),
    }
}

fn begins_sentence(line: &[Inline]) -> bool {
    let before = crate::document::plain(line);
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', '?', '!'])
}

fn capitalise(words: &mut [Inline]) {
    let first = match words.first_mut() {
        Some(Inline::Text { text } | Inline::Strong { text }) => text,
        Some(Inline::Number(bound)) => &mut bound.text,
        _ => return,
    };
    *first = upper_first(first);
}
