//! Pieces of a line: words, links, numbers bound to their data, marks that lead to footnotes and back.

use super::Writer;
use crate::document::{Bound, Inline, Link};
use std::fmt::Write as _;

impl Writer<'_> {
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text { text } => self.words(text),
                Inline::Strong { text } => {
                    self.raw("<strong>");
                    self.words(text);
                    self.raw("</strong>");
                }
                Inline::Link(link) => self.link(link, "govuk-link"),
                Inline::Number(bound) => {
                    self.number(bound);
                    if bound.as_published {
                        self.raw(" ");
                        self.as_published();
                    }
                }
                Inline::Footnote { index } => self.footnote_mark(*index),
                Inline::Grade(badge) => self.grade(badge),
                Inline::Anchor { id } => {
                    self.raw("<span");
                    self.attribute("id", id);
                    self.raw("></span>");
                }
            }
        }
    }

    pub(super) fn link(&mut self, link: &Link, class: &str) {
        self.raw("<a");
        self.attribute("class", class);
        self.attribute("href", &link.href);
        self.raw(">");
        self.words(&link.text);
        self.raw("</a>");
    }

    /// A number; its source is hidden until it is focused, pointed at or printed.
    fn number(&mut self, bound: &Bound) {
        let tag = if bound.href.is_some() { "a" } else { "span" };
        self.raw("<");
        self.raw(tag);
        self.raw(" class=\"number\"");
        if let Some(href) = &bound.href {
            self.attribute("href", href);
        }
        self.raw("><data class=\"number__value\"");
        self.attribute("value", &bound.value);
        self.attribute("data-ref", &bound.reference);
        self.raw(">");
        self.words(&bound.text);
        self.raw("</data>");
        if !bound.source.is_empty() {
            self.raw("<span class=\"number__source\"> ");
            self.words(&bound.source);
            self.raw("</span>");
        }
        self.raw("</");
        self.raw(tag);
        self.raw(">");
    }

    fn as_published(&mut self) {
        self.raw("<span class=\"as-published\">as published</span>");
    }

    /// A cell of numbers: marks that a value is as published come first, so that the digits of a column stay aligned.
    pub(super) fn numeric_cell(&mut self, inlines: &[Inline]) {
        if inlines.iter().any(|i| matches!(i, Inline::Number(bound) if bound.as_published)) {
            self.as_published();
            self.raw(" ");
        }
        for inline in inlines {
            match inline {
                Inline::Number(bound) => self.number(bound),
                Inline::Text { .. }
                | Inline::Strong { .. }
                | Inline::Link(_)
                | Inline::Footnote { .. }
                | Inline::Grade(_)
                | Inline::Anchor { .. } => self.inlines(std::slice::from_ref(inline)),
            }
        }
    }

    fn footnote_mark(&mut self, index: usize) {
        let Some(count) = self.references.get_mut(index) else {
            return;
        };
        *count += 1;
        let (number, reference) = (index + 1, *count);
        write!(
            self.out,
            "<sup class=\"mark\"><a id=\"note--{number}--{reference}\" href=\"#note--{number}\" aria-label=\"Note {number}\">{number}</a></sup>"
        )
        .expect("writing to a string cannot fail");
    }

    /// The footnotes, each with a way back to every mark that leads to it.
    pub(super) fn footnotes(&mut self) {
        let document = self.document;
        if document.footnotes.is_empty() {
            return;
        }
        self.raw("<section class=\"footnotes\" aria-labelledby=\"notes--heading\">\n");
        self.raw("<h2 class=\"govuk-heading-m\" id=\"notes--heading\">Notes</h2>\n<ol>\n");
        for (index, footnote) in document.footnotes.iter().enumerate() {
            let number = index + 1;
            write!(self.out, "<li id=\"note--{number}\">").expect("writing to a string cannot fail");
            self.inlines(footnote);
            // A footnote may refer to another: marks are counted before the ways back to them are written.
            let count = self.references[index];
            for reference in 1..=count {
                let which = if count > 1 { format!(" {reference}") } else { String::new() };
                write!(
                    self.out,
                    " <a class=\"back\" href=\"#note--{number}--{reference}\">Back to text{which}<span class=\"govuk-visually-hidden\"> of note {number}</span></a>"
                )
                .expect("writing to a string cannot fail");
            }
            self.raw("</li>\n");
        }
        self.raw("</ol>\n</section>\n");
    }
}
