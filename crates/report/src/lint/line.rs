//! A line of a text as the rules see it: words, marks and expressions in order, each with its place.
//!
//! Every byte of [`Line::text`] belongs to the text as it is written, but for the one letter that stands for an expression; so the
//! words of a finding can be cut out of it.

use crate::draft::{Call, Content, Draft, Piece, Position, Span};
use std::ops::Range;

/// Stands for an expression.
const EXPRESSION: char = '\u{fffc}';

/// A heading, a paragraph or an item of a list.
pub(super) struct Line<'d> {
    /// The part of the text that it stands in.
    pub part: &'d str,
    /// Whether it is a heading.
    pub heading: bool,
    /// For an item, the place of the paragraph that introduces its list among all lines.
    pub introduced_by: Option<usize>,
    /// What it holds, in order.
    pub tokens: Vec<Token<'d>>,
    /// Its sentences, as places among the tokens.
    pub sentences: Vec<Range<usize>>,
    text: String,
}

/// A word, a mark or an expression.
pub(super) struct Token<'d> {
    /// Which.
    pub sort: Sort<'d>,
    /// Where it stands in the file.
    pub at: Position,
    /// Whether its first letter is a capital.
    pub capital: bool,
    bytes: Range<usize>,
}

/// What a token is.
pub(super) enum Sort<'d> {
    /// Letters and digits, in small letters: `third-party`, `1,000`, `£3.36m`, `40%`.
    Word(String),
    /// An expression.
    Call(&'d Call),
    /// Any other letter.
    Mark(char),
}

impl<'d> Token<'d> {
    /// The word, in small letters.
    pub fn word(&self) -> Option<&str> {
        if let Sort::Word(word) = &self.sort { Some(word) } else { None }
    }

    /// The expression.
    pub fn call(&self) -> Option<&'d Call> {
        if let Sort::Call(call) = self.sort { Some(call) } else { None }
    }

    /// Whether it is an expression of this name.
    pub fn calls(&self, name: &str) -> bool {
        self.call().is_some_and(|c| c.name == name)
    }

    /// Whether it is one of these marks.
    pub fn marks(&self, marks: &[char]) -> bool {
        matches!(self.sort, Sort::Mark(c) if marks.contains(&c))
    }
}

/// Every line of a text, in order.
pub(super) fn lines(draft: &Draft) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for part in &draft.parts {
        let mut introduction = None;
        for piece in &part.pieces {
            let heading = matches!(piece, Piece::Heading { .. });
            let introduced_by = introduction.filter(|_| matches!(piece, Piece::List { .. }));
            for spans in piece.lines() {
                lines.push(Line { heading, introduced_by, part: &part.name, ..Line::new(spans) });
            }
            let ends_open = lines.last().and_then(|l| l.tokens.last()).is_some_and(|t| t.marks(&[':']));
            introduction = (matches!(piece, Piece::Paragraph(_)) && ends_open).then(|| lines.len() - 1);
        }
    }
    lines
}

/// The words and marks of a noun, in small letters.
pub(super) fn words(text: &str) -> Vec<String> {
    let span =
        Span { content: Content::Words { text: text.to_owned(), strong: false }, at: Position { line: 1, column: 1 } };
    let spans = [span];
    Line::new(&spans)
        .tokens
        .into_iter()
        .filter_map(|t| match t.sort {
            Sort::Word(word) => Some(word),
            Sort::Mark(mark) => Some(mark.to_string()),
            Sort::Call(_) => None,
        })
        .collect()
}

/// The words of a heading, without expressions.
pub(super) fn plain(spans: &[Span]) -> String {
    let words = |s: &Span| if let Content::Words { text, .. } = &s.content { text.clone() } else { String::new() };
    spans.iter().map(words).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

impl<'d> Line<'d> {
    fn new(spans: &'d [Span]) -> Self {
        let mut text = String::new();
        let mut places: Vec<(usize, Position, Option<&'d Call>)> = Vec::new();
        for span in spans {
            match &span.content {
                Content::Words { text: words, .. } => {
                    places.push((text.len(), span.at, None));
                    text.push_str(words);
                }
                Content::Call(call) => {
                    places.push((text.len(), span.at, Some(call)));
                    text.push(EXPRESSION);
                }
            }
        }
        let tokens = tokens(&text, &places);
        let sentences = sentences(&text, &tokens);
        Self { part: "", heading: false, introduced_by: None, tokens, sentences, text }
    }

    /// The word at a place.
    pub fn word(&self, place: usize) -> Option<&str> {
        self.tokens.get(place)?.word()
    }

    /// The word before a place.
    pub fn before(&self, place: usize) -> Option<&str> {
        self.word(place.checked_sub(1)?)
    }

    /// Whether these words stand at a place, one after the other.
    pub fn says(&self, place: usize, phrase: &[&str]) -> bool {
        phrase.iter().enumerate().all(|(i, word)| self.word(place + i) == Some(word))
    }

    /// What is written at some tokens.
    pub fn written(&self, tokens: Range<usize>) -> &str {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) => self.text.get(first.bytes.start..last.bytes.end).unwrap_or_default(),
            _ => "",
        }
    }

    /// The sentence that a token stands in.
    pub fn sentence(&self, place: usize) -> Range<usize> {
        self.sentences.iter().find(|s| s.contains(&place)).cloned().unwrap_or(place..place)
    }

    /// The words among some tokens.
    pub fn words_in(&self, tokens: Range<usize>) -> impl Iterator<Item = &str> {
        self.tokens.get(tokens).unwrap_or_default().iter().filter_map(Token::word)
    }

    /// The place after any footnote marks.
    pub fn past_footnotes(&self, mut place: usize) -> usize {
        while self.tokens.get(place).is_some_and(|t| t.calls("cite")) {
            place += 1;
        }
        place
    }
}

fn tokens<'d>(text: &str, places: &[(usize, Position, Option<&'d Call>)]) -> Vec<Token<'d>> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let mut tokens = Vec::new();
    let mut next = 0;
    // The last stretch that begins at or before the token, and how far into it the token stands.
    let mut stretch = 0;
    while let Some(&(from, letter)) = letters.get(next) {
        let first = next;
        next += 1;
        if letter.is_whitespace() {
            continue;
        }
        while places.get(stretch + 1).is_some_and(|(start, ..)| *start <= from) {
            stretch += 1;
        }
        let Some((start, begins, call)) = places.get(stretch).copied() else { continue };
        let at = Position { line: begins.line, column: begins.column + text[start..from].chars().count() };
        let sort = if let Some(call) = call {
            Sort::Call(call)
        } else if begins_word(&letters[first..]) {
            while continues_word(&letters[..], next) {
                next += 1;
            }
            let to = letters.get(next).map_or(text.len(), |(to, _)| *to);
            Sort::Word(text[from..to].to_lowercase())
        } else {
            Sort::Mark(letter)
        };
        let to = letters.get(next).map_or(text.len(), |(to, _)| *to);
        tokens.push(Token { sort, at, capital: letter.is_uppercase(), bytes: from..to });
    }
    tokens
}

fn begins_word(letters: &[(usize, char)]) -> bool {
    match letters {
        [(_, '£'), (_, next), ..] => next.is_ascii_digit(),
        [(_, first), ..] => first.is_alphanumeric(),
        [] => false,
    }
}

/// Whether the letter at a place belongs to the word before it.
fn continues_word(letters: &[(usize, char)], place: usize) -> bool {
    let at = |place: usize| letters.get(place).map(|(_, c)| *c);
    let (Some(before), Some(here)) = (at(place - 1), at(place)) else { return false };
    let (after, digit) = (at(place + 1), |c: char| c.is_ascii_digit());
    match here {
        '%' => digit(before),
        '-' | '/' | '–' | '\'' | '’' => before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric),
        ',' | '.' | ':' => digit(before) && after.is_some_and(digit),
        other => other.is_alphanumeric(),
    }
}

fn sentences(text: &str, tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let (mut start, mut place) = (0, 0);
    while place < tokens.len() {
        let ends = tokens[place].marks(&['.', '?', '!']);
        place += 1;
        if !ends {
            continue;
        }
        let closes = |t: &Token<'_>| t.calls("cite") || t.marks(&[')', '"', '\u{201d}', '\u{2019}', '\'']);
        while tokens.get(place).is_some_and(|t| t.bytes.start == tokens[place - 1].bytes.end && closes(t)) {
            place += 1;
        }
        let parted = tokens.get(place).is_none_or(|t| text[..t.bytes.start].ends_with(char::is_whitespace));
        let begins = tokens.get(place).is_none_or(|t| match &t.sort {
            Sort::Word(word) => t.capital || word.starts_with(|c: char| c.is_ascii_digit()),
            Sort::Call(_) | Sort::Mark(_) => true,
        });
        if parted && begins {
            sentences.push(start..place);
            start = place;
        }
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
    sentences
}
