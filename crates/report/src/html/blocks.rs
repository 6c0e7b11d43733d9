//! Blocks: one short function each.

use super::{Writer, headings};
use crate::document::{Block, Inline, Tile, numbered};
use std::fmt::Write as _;

impl Writer<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Contents => self.contents(),
            Block::Heading { level, id, text } => self.heading(*level, id, text),
            Block::Paragraph { text } => self.paragraph(text),
            Block::List { ordered, items } => self.list(*ordered, items),
            Block::Tiles { tiles } => self.tiles(tiles),
            Block::Table(table) => {
                self.raw("<div class=\"table\">\n");
                self.table(table);
                self.raw("</div>\n");
            }
            Block::Figure(figure) => self.figure(figure, crate::svg::Width::Full),
            Block::Pair { first, second } => {
                self.raw("<div class=\"pair\">\n");
                self.figure(first, crate::svg::Width::Half);
                self.figure(second, crate::svg::Width::Half);
                self.raw("</div>\n");
            }
            Block::Inset { label, blocks } => {
                self.raw("<div class=\"govuk-inset-text inset\">\n");
                self.element("p", "inset__label", label);
                self.blocks(blocks);
                self.raw("</div>\n");
            }
            Block::Finding { kind, label, id, number, blocks } => {
                let label = numbered(label, number.as_deref());
                self.finding(kind, &label, id, blocks);
            }
            Block::Quote { text, speaker } => self.quote(text, speaker),
            Block::Details { summary, blocks } => {
                self.summary(summary, "");
                self.blocks(blocks);
                self.raw("</div>\n</details>\n");
            }
        }
    }

    /// A paragraph; a grade by itself is set large.
    fn paragraph(&mut self, text: &[Inline]) {
        let alone = matches!(text, [Inline::Grade(_)]);
        self.raw(if alone { "<p class=\"govuk-body grade-alone\">" } else { "<p class=\"govuk-body\">" });
        self.inlines(text);
        self.raw("</p>\n");
    }

    /// A group under its label, which no list of headings names.
    fn finding(&mut self, kind: &str, label: &str, id: &str, blocks: &[Block]) {
        self.raw("<div role=\"group\"");
        self.attribute("class", &format!("finding finding--{kind}"));
        self.attribute("id", id);
        self.attribute("aria-labelledby", &format!("{id}--label"));
        self.raw(">\n<p class=\"finding__label\"");
        self.attribute("id", &format!("{id}--label"));
        self.raw(">");
        self.words(label);
        self.raw("</p>\n");
        self.blocks(blocks);
        self.raw("</div>\n");
    }

    fn quote(&mut self, text: &[Inline], speaker: &str) {
        self.raw("<figure class=\"quote\">\n<blockquote class=\"quote__words\">\n<p class=\"govuk-body\">“");
        self.inlines(text);
        self.raw("”</p>\n</blockquote>\n");
        self.element("figcaption", "quote__speaker", speaker);
        self.raw("</figure>\n");
    }

    /// Opens a details element up to what unfolds; `hidden` is said by screen readers only.
    pub(super) fn summary(&mut self, summary: &str, hidden: &str) {
        self.raw("<details class=\"govuk-details\">\n<summary class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">");
        self.words(summary);
        if !hidden.is_empty() {
            self.raw("<span class=\"govuk-visually-hidden\"> ");
            self.words(hidden);
            self.raw("</span>");
        }
        self.raw("</span></summary>\n<div class=\"govuk-details__text\">\n");
    }

    /// The headings of levels 2 and 3 as a list within a list.
    fn contents(&mut self) {
        let document = self.document;
        let mut entries = headings(&document.blocks);
        entries.retain(|(level, ..)| *level <= 3);
        if entries.is_empty() {
            return;
        }
        self.raw("<nav class=\"contents\" aria-label=\"Contents\">\n<p class=\"contents__title\">Contents</p>\n<ol>\n");
        let mut is_first = true;
        for group in entries.chunk_by(|_, next| next.0 > 2) {
            if !is_first {
                self.raw("</li>\n");
            }
            is_first = false;
            for (index, (_, id, text)) in group.iter().enumerate() {
                let opening = match index {
                    0 => "<li>",
                    1 => "\n<ol>\n<li>",
                    _ => "</li>\n<li>",
                };
                self.raw(opening);
                self.raw("<a class=\"govuk-link\"");
                self.attribute("href", &format!("#{id}"));
                self.raw(">");
                self.words(text);
                self.raw("</a>");
            }
            if group.len() > 1 {
                self.raw("</li>\n</ol>\n");
            }
        }
        self.raw("</li>\n</ol>\n</nav>\n");
    }

    fn heading(&mut self, level: u8, id: &str, text: &str) {
        let (level, class) = match level {
            0..=2 => (2, "govuk-heading-l"),
            3 => (3, "govuk-heading-m"),
            _ => (4, "govuk-heading-s"),
        };
        write!(self.out, "<h{level} class=\"{class}\"").expect("writing to a string cannot fail");
        self.attribute("id", id);
        self.raw(">");
        self.words(text);
        writeln!(self.out, "</h{level}>").expect("writing to a string cannot fail");
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Inline>]) {
        let (tag, class) = if ordered { ("ol", "number") } else { ("ul", "bullet") };
        writeln!(self.out, "<{tag} class=\"govuk-list govuk-list--{class}\">")
            .expect("writing to a string cannot fail");
        for item in items {
            self.raw("<li>");
            self.inlines(item);
            self.raw("</li>\n");
        }
        writeln!(self.out, "</{tag}>").expect("writing to a string cannot fail");
    }

    fn tiles(&mut self, tiles: &[Tile]) {
        self.raw("<ul class=\"tiles\">\n");
        for tile in tiles {
            self.raw("<li class=\"tile\">\n<p class=\"tile__number\">");
            self.inlines(&tile.number);
            self.raw("</p>\n");
            self.element("p", "tile__label", &tile.label);
            if !tile.compared.is_empty() {
                self.raw("<p class=\"tile__compared\">");
                self.inlines(&tile.compared);
                self.raw("</p>\n");
            }
            self.raw("</li>\n");
        }
        self.raw("</ul>\n");
    }
}
