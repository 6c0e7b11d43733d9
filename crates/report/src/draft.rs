//! Texts as authors write them: a little Markdown, and `{{ … }}` where a number, a name or a clause is bound.
//!
//! Everything keeps its line and column, so that a remark leads to the place. Markdown is read by `pulldown-cmark`; an expression is
//! hidden from it behind letters of the same length, which leaves every position as it was.

mod expression;

pub use expression::{Argument, Call};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// A text: its parts, each begun by a heading of level 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The file, as a reader is told it.
    pub file: String,
    /// The parts, in order; one without a name when text stands before any heading.
    pub parts: Vec<Part>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The words of its heading; empty before the first heading.
    pub name: String,
    /// Where it begins.
    pub at: Position,
    /// What it holds.
    pub pieces: Vec<Piece>,
}

/// A heading, a paragraph or a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A heading of level 2 in the file.
    Heading {
        /// Its words.
        spans: Vec<Span>,
        /// Where it stands.
        at: Position,
    },
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list.
    List {
        /// Whether it is numbered.
        ordered: bool,
        /// Its items.
        items: Vec<Vec<Span>>,
    },
}

/// A stretch of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// What it is.
    pub content: Content,
    /// Where it begins.
    pub at: Position,
}

/// What a stretch of a line is.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Words.
    Words {
        /// The words.
        text: String,
        /// Whether they matter more.
        strong: bool,
    },
    /// An expression.
    Call(Call),
}

/// A place in a file, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// Something that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Where.
    pub at: Position,
    /// What was found.
    pub found: String,
    /// What to write.
    pub remedy: String,
}

impl Piece {
    /// Its lines: one for a heading or paragraph, one an item for a list.
    pub fn lines(&self) -> impl Iterator<Item = &[Span]> {
        let (one, many) = match self {
            Self::Heading { spans, .. } | Self::Paragraph(spans) => (Some(spans.as_slice()), [].as_slice()),
            Self::List { items, .. } => (None, items.as_slice()),
        };
        one.into_iter().chain(many.iter().map(Vec::as_slice))
    }
}

impl Draft {
    /// The part of this name.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|p| p.name == name)
    }

    /// Every expression, in order.
    pub fn calls(&self) -> impl Iterator<Item = (&Call, Position)> {
        let spans = self.parts.iter().flat_map(|p| &p.pieces).flat_map(|p| p.lines().flatten().collect::<Vec<_>>());
        spans.filter_map(|s| if let Content::Call(call) = &s.content { Some((call, s.at)) } else { None })
    }
}

/// Reads a text; everything that cannot be read is told, and the rest is there.
#[must_use]
pub fn read(file: &str, text: &str) -> (Draft, Vec<Unreadable>) {
    let mut reader = Reader { text, problems: Vec::new(), calls: Vec::new() };
    let hidden = reader.hide();
    let mut draft = Draft { file: file.to_owned(), parts: Vec::new() };
    let mut builder = Builder { reader: &mut reader, draft: &mut draft, open: None, strong: 0, list: None };
    for (event, range) in Parser::new_ext(&hidden, Options::ENABLE_TABLES).into_offset_iter() {
        builder.event(event, range);
    }
    (draft, reader.problems)
}

struct Reader<'t> {
    text: &'t str,
    problems: Vec<Unreadable>,
    /// Where each expression stands, and what it says where it could be read.
    calls: Vec<(Range<usize>, Option<Call>)>,
}

impl Reader<'_> {
    fn position(&self, offset: usize) -> Position {
        let before = &self.text[..offset];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Position { line, column }
    }

    fn problem(&mut self, offset: usize, found: impl Into<String>, remedy: impl Into<String>) {
        self.problems.push(Unreadable { at: self.position(offset), found: found.into(), remedy: remedy.into() });
    }

    /// The text with every expression replaced by as many letters, which Markdown leaves alone.
    fn hide(&mut self) -> String {
        let mut hidden = String::with_capacity(self.text.len());
        let mut from = 0;
        while let Some(start) = self.text[from..].find("{{").map(|p| p + from) {
            hidden.push_str(&self.text[from..start]);
            let Some(end) = self.text[start..].find("}}").map(|p| p + start + 2) else {
                self.problem(start, "`{{` is not closed", "close the expression with `}}`");
                hidden.push_str(&self.text[start..]);
                return hidden;
            };
            let call = expression::parse(&self.text[start + 2..end - 2]);
            if let Err(problem) = &call {
                self.problem(start, problem.clone(), "write one expression, such as `{{ value(\"officers-fte\") }}`");
            }
            self.calls.push((start..end, call.ok()));
            hidden.extend(std::iter::repeat_n('x', end - start));
            from = end;
        }
        hidden.push_str(&self.text[from..]);
        hidden
    }

    /// The stretches of a range: words, and the expressions among them.
    fn spans(&self, range: Range<usize>, decoded: &str, strong: bool) -> Vec<Span> {
        let inside: Vec<_> = self.calls.iter().filter(|(r, _)| range.start <= r.start && r.end <= range.end).collect();
        let words = |from: usize, text: &str| Span {
            content: Content::Words { text: text.to_owned(), strong },
            at: self.position(from),
        };
        if inside.is_empty() {
            return vec![words(range.start, decoded)];
        }
        let mut spans = Vec::new();
        let mut from = range.start;
        for (call, parsed) in inside {
            if from < call.start {
                spans.push(words(from, &self.text[from..call.start]));
            }
            if let Some(parsed) = parsed {
                spans.push(Span { content: Content::Call(parsed.clone()), at: self.position(call.start) });
            }
            from = call.end;
        }
        if from < range.end {
            spans.push(words(from, &self.text[from..range.end]));
        }
        spans
    }
}

enum Open {
    Part(Vec<Span>, usize),
    Heading(Vec<Span>, usize),
    Paragraph(Vec<Span>),
    Item(Vec<Span>),
}

struct Builder<'r, 't> {
    reader: &'r mut Reader<'t>,
    draft: &'r mut Draft,
    open: Option<Open>,
    strong: usize,
    list: Option<(bool, Vec<Vec<Span>>)>,
}

impl Builder<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
                self.open = Some(Open::Part(Vec::new(), range.start))
            }
            Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }) => {
                self.open = Some(Open::Heading(Vec::new(), range.start))
            }
            Event::Start(Tag::Paragraph) if self.list.is_none() => self.open = Some(Open::Paragraph(Vec::new())),
            Event::Start(Tag::List(start)) if self.list.is_none() => self.list = Some((start.is_some(), Vec::new())),
            Event::Start(Tag::Item) => self.open = Some(Open::Item(Vec::new())),
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong = self.strong.saturating_sub(1),
            Event::Start(Tag::Paragraph)
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::List(_)) => self.end(&event),
            Event::Text(text) => {
                let spans = self.reader.spans(range, &text, self.strong > 0);
                self.push(spans);
            }
            Event::SoftBreak | Event::HardBreak => {
                let at = self.reader.position(range.start);
                self.push(vec![Span { content: Content::Words { text: " ".into(), strong: false }, at }]);
            }
            Event::Start(Tag::Emphasis) => self.refuse(range, "*emphasis*"),
            Event::Start(Tag::Heading { .. }) => self.refuse(range, "a heading below level 2"),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => self.refuse(range, "a link or an image"),
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => self.refuse(range, "code"),
            Event::Start(Tag::BlockQuote(_)) => self.refuse(range, "a quotation by `>`"),
            Event::Start(Tag::List(_)) => self.refuse(range, "a list within a list"),
            Event::Start(Tag::Table(_)) => self.refuse(range, "a table"),
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => self.refuse(range, "HTML"),
            Event::Rule => self.refuse(range, "a rule"),
            _ => {}
        }
    }

    fn refuse(&mut self, range: Range<usize>, what: &str) {
        let remedy =
            "write paragraphs, `-` lists, `**strong**` words, `# part` and `## Heading`; nothing else is printed";
        self.reader.problem(range.start, format!("{what} stands here"), remedy);
    }

    fn push(&mut self, spans: Vec<Span>) {
        match &mut self.open {
            Some(Open::Part(all, _) | Open::Heading(all, _) | Open::Paragraph(all) | Open::Item(all)) => {
                all.extend(spans)
            }
            None => {}
        }
    }

    fn end(&mut self, event: &Event<'_>) {
        match (self.open.take(), event) {
            (Some(Open::Part(spans, start)), _) => {
                let name = spans
                    .iter()
                    .map(|s| if let Content::Words { text, .. } = &s.content { text.as_str() } else { "" })
                    .collect();
                let at = self.reader.position(start);
                self.draft.parts.push(Part { name, at, pieces: Vec::new() });
            }
            (Some(Open::Heading(spans, start)), _) => {
                let at = self.reader.position(start);
                self.piece(Piece::Heading { spans, at }, at);
            }
            (Some(Open::Paragraph(spans)), _) => {
                let at = spans.first().map_or(Position { line: 1, column: 1 }, |s| s.at);
                self.piece(Piece::Paragraph(spans), at);
            }
            (Some(Open::Item(spans)), Event::End(TagEnd::Item)) => {
                if let Some((_, items)) = &mut self.list {
                    items.push(spans);
                }
            }
            // A loose list has paragraphs in its items: their words belong to the item.
            (Some(item @ Open::Item(_)), _) => self.open = Some(item),
            (None, Event::End(TagEnd::List(_))) => {
                if let Some((ordered, items)) = self.list.take() {
                    let at = items.iter().flatten().next().map_or(Position { line: 1, column: 1 }, |s| s.at);
                    self.piece(Piece::List { ordered, items }, at);
                }
            }
            (None, _) => {}
        }
    }

    fn piece(&mut self, piece: Piece, at: Position) {
        if self.draft.parts.is_empty() {
            self.draft.parts.push(Part { name: String::new(), at, pieces: Vec::new() });
        }
        if let Some(part) = self.draft.parts.last_mut() {
            part.pieces.push(piece);
        }
    }
}

#[cfg(test)]
mod tests;
