//! HTML pages to lines, by the tokenizer of a browser engine: nothing is run, fetched or styled, and every line knows its own.

use crate::{
    clean,
    piece::{Piece, Shape},
};
use html5ever::{
    tendril::StrTendril,
    tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts, states::RawKind},
};
use std::cell::RefCell;

/// The lines of a page.
pub(crate) fn of_html(text: &str) -> Vec<Piece> {
    let sink = Sink { state: RefCell::default() };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let mut state = tokenizer.sink.state.into_inner();
    state.flush();
    state.pieces
}

struct Sink {
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    pieces: Vec<Piece>,
    buffer: String,
    line: u32,
    shape: Option<Shape>,
    hidden: Vec<String>,
    row: Option<(Vec<String>, bool, u32)>,
    cell: bool,
    link: Option<usize>,
    raised: bool,
    list: usize,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        match token {
            Token::CharacterTokens(text) => state.characters(&text, line),
            Token::TagToken(tag) => {
                let name = tag.name.to_string();
                if tag.kind == TagKind::EndTag {
                    state.close(&name);
                } else {
                    let attribute =
                        |wanted: &str| tag.attrs.iter().find(|a| &*a.name.local == wanted).map(|a| a.value.to_string());
                    let named = [attribute("class"), attribute("id"), attribute("role")].into_iter().flatten();
                    let named = named.collect::<Vec<_>>().join(" ").to_lowercase();
                    state.open(&name, &named, attribute("href"), attribute("alt"), tag.self_closing, line);
                    return match name.as_str() {
                        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                        "style" | "noscript" | "iframe" | "xmp" => TokenSinkResult::RawData(RawKind::Rawtext),
                        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                        _ => TokenSinkResult::Continue,
                    };
                }
            }
            Token::EOFToken
            | Token::NullCharacterToken
            | Token::ParseError(_)
            | Token::DoctypeToken(_)
            | Token::CommentToken(_) => {}
        }
        TokenSinkResult::Continue
    }
}

const HIDDEN: [&str; 12] =
    ["script", "style", "noscript", "iframe", "nav", "svg", "template", "head", "form", "button", "select", "object"];
const BLOCKS: [&str; 26] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "figure",
    "figcaption",
    "details",
    "summary",
    "br",
    "hr",
    "body",
    "html",
    "address",
    "pre",
    "fieldset",
    "table",
];

impl State {
    fn characters(&mut self, text: &str, line: u32) {
        // The title alone is read of what stands in the head: it often names the publisher.
        if self.hidden.last().is_some_and(|name| name != "title") {
            return;
        }
        if self.buffer.trim().is_empty() {
            let newlines = text.chars().take_while(|c| c.is_whitespace()).filter(|c| *c == '\n').count();
            let all = text.matches('\n').count();
            let before = u32::try_from(all.saturating_sub(newlines)).unwrap_or(0);
            self.line = line.saturating_sub(before).max(1);
            self.buffer.clear();
        }
        for c in text.chars() {
            match clean::raised(c).filter(|_| self.raised) {
                Some(raised) => self.buffer.push(raised),
                None if c.is_whitespace() => self.buffer.push(' '),
                None => self.buffer.push(c),
            }
        }
    }

    fn open(&mut self, name: &str, named: &str, href: Option<String>, alt: Option<String>, closed: bool, line: u32) {
        if !self.hidden.is_empty() {
            if !closed && (self.hidden.last().is_some_and(|h| h == name) || name == "title") {
                self.hide(name);
            }
            return;
        }
        let skipped = ["breadcrumb", "cookie", "skip-link", "site-nav", "menu", "sidebar"];
        let provenance = name == "span" && named.split(' ').any(|class| class.ends_with("__source"));
        if provenance {
            self.hide(name);
            return;
        }
        let chrome = ["div", "ul", "ol", "a", "aside", "section"].contains(&name)
            && named.split([' ', '-', '_']).any(|word| skipped.contains(&word));
        if HIDDEN.contains(&name) || chrome {
            self.flush();
            if !closed {
                self.hide(name);
            }
            return;
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.shape = Some(Shape::Heading(name.as_bytes()[1] - b'0'));
            }
            "li" => {
                self.flush();
                self.shape = Some(Shape::Item);
                // A note at the end of the page: its number is in its id.
                let note = named.split(' ').find_map(|id| {
                    let number = id.trim_start_matches(|c: char| !c.is_ascii_digit());
                    let lead = id[..id.len() - number.len()].trim_end_matches(['-', '_', ':']);
                    (["note", "fn", "footnote", "ftn", "endnote"].contains(&lead)
                        && number.bytes().all(|b| b.is_ascii_digit()))
                    .then_some(number)
                });
                if let Some(number) = note.filter(|n| !n.is_empty() && n.len() < 4) {
                    self.shape = Some(Shape::Whole);
                    self.line = line;
                    self.buffer = number.chars().filter_map(clean::raised).chain([' ']).collect();
                }
            }
            "caption" => {
                self.flush();
                self.shape = Some(Shape::Caption);
            }
            "tr" => {
                self.flush();
                self.end_row();
                self.row = Some((Vec::new(), true, line));
            }
            "td" | "th" => self.cell(name),
            "sup" => self.raised = true,
            "a" => self.link = href.filter(|h| h == "#" || h.contains("glossary")).map(|_| self.buffer.len()),
            "img" => {
                if let Some(alt) = alt.filter(|alt| crate::grade::badge(alt).is_some()) {
                    self.flush();
                    self.line = line;
                    self.buffer = alt;
                    self.flush();
                }
            }
            "br" if self.row.is_some() => self.buffer.push(' '),
            _ if BLOCKS.contains(&name) => {
                let kept = self.shape.take();
                self.flush();
                // A paragraph within a point of a list is still that point.
                if matches!(kept, Some(Shape::Item)) && name == "p" {
                    self.shape = kept;
                }
                self.list += usize::from(name == "ul" || name == "ol");
            }
            _ => {}
        }
    }

    /// Hides what follows until this element ends. Nobody nests as many as are counted.
    fn hide(&mut self, name: &str) {
        if self.hidden.len() < 64 {
            self.hidden.push(name.to_owned());
        }
    }

    fn cell(&mut self, name: &str) {
        self.end_cell();
        self.buffer.clear();
        self.cell = true;
        if let Some((_, head, _)) = &mut self.row {
            *head &= name == "th";
        }
    }

    fn end_cell(&mut self) {
        if self.cell
            && let Some((cells, _, _)) = &mut self.row
        {
            cells.push(clean::squeezed(&clean::line(&self.buffer)));
            self.buffer.clear();
        }
        self.cell = false;
    }

    fn end_row(&mut self) {
        self.end_cell();
        if let Some((cells, head, line)) = self.row.take()
            && cells.iter().any(|c| !c.is_empty())
        {
            let text = cells.join("\t");
            self.pieces.push(Piece { line, text, shape: Shape::Row(cells, head), gap: true, top: false });
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(at) = self.hidden.iter().rposition(|h| h == name) {
            if name == "title" {
                self.shape = Some(Shape::Whole);
                self.push();
            }
            self.hidden.truncate(at);
            return;
        }
        if !self.hidden.is_empty() {
            return;
        }
        match name {
            "td" | "th" => self.end_cell(),
            "tr" | "table" | "tbody" | "thead" => self.end_row(),
            "sup" => self.raised = false,
            "a" => {
                if let Some(at) = self.link.take().filter(|at| *at <= self.buffer.len()) {
                    let term = self.buffer.split_off(at);
                    let inner = clean::squeezed(&term);
                    if !inner.is_empty() {
                        let lead = if term.starts_with(' ') { " " } else { "" };
                        let tail = if term.ends_with(' ') { " " } else { "" };
                        self.buffer.push_str(&format!("{lead}[{inner}](#){tail}"));
                    }
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "caption" => self.flush(),
            _ if BLOCKS.contains(&name) => self.flush(),
            _ => {}
        }
    }

    fn flush(&mut self) {
        if self.row.is_some() && self.cell {
            self.buffer.push(' ');
            return;
        }
        self.push();
    }

    fn push(&mut self) {
        let text = clean::squeezed(&clean::line(&self.buffer));
        self.buffer.clear();
        let shape = self.shape.take().unwrap_or(Shape::Whole);
        if !text.is_empty() {
            self.pieces.push(Piece { line: self.line.max(1), text, shape, gap: true, top: false });
        } else if matches!(shape, Shape::Heading(_) | Shape::Item) {
            // The text of a heading or a point may stand in an element within it.
            self.shape = Some(shape);
        }
    }
}
