//! The lines of a document, whatever it was before, in the order in which it is read.

use crate::clean;

/// What a line is, where the file itself says so; a plain text never does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A line of text.
    Text,
    /// A paragraph that is whole: what follows does not belong to it.
    Whole,
    /// A heading of this level.
    Heading(u8),
    /// A point of a list, whole.
    Item,
    /// A row of a table, its cells, and whether it is a heading.
    Row(Vec<String>, bool),
    /// The caption of the table that follows.
    Caption,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its number in the file, from 1.
    pub(crate) line: u32,
    /// Its text, made plain.
    pub(crate) text: String,
    /// What it is.
    pub(crate) shape: Shape,
    /// Whether there is a gap before it.
    pub(crate) gap: bool,
    /// Whether a page begins with it.
    pub(crate) top: bool,
}

impl Piece {
    /// A line of text.
    pub(crate) fn text(line: u32, text: String, gap: bool) -> Self {
        Self { line, text, shape: Shape::Text, gap, top: false }
    }
}

/// The lines of a plain text.
pub(crate) fn of_text(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut gap, mut top) = (true, false);
    for (number, raw) in (1u32..).zip(text.split('\n')) {
        let mut line = clean::line(raw);
        if line.starts_with('\u{c}') && !line.contains('\t') {
            top = true;
            line.remove(0);
        }
        if line.trim().is_empty() && !line.trim_matches(' ').contains('\t') {
            gap = true;
            top |= line.contains('\u{c}');
            continue;
        }
        let bare = line.trim();
        // A rule under a line makes it a heading; rules and the edges of boxes are no text.
        let ruled = bare.len() > 2 && (bare.chars().all(|c| c == '=') || bare.chars().all(|c| c == '-'));
        if ruled || (bare.starts_with("+--") && bare.ends_with('+')) || bare == "|" {
            if ruled && !gap {
                title(&mut pieces, bare.starts_with('='));
            }
            gap = true;
            continue;
        }
        let text = noted(unboxed(&line));
        let mut piece = Piece::text(number, text, gap);
        piece.top = top;
        pieces.push(piece);
        (gap, top) = (false, false);
    }
    pieces
}

/// The lines before a rule, up to the gap above them, are a heading.
fn title(pieces: &mut Vec<Piece>, outer: bool) {
    let Some(back) = pieces.iter().rev().take(4).position(|p| p.gap) else { return };
    let from = pieces.len() - 1 - back;
    let lines = &pieces[from..];
    let plain = |p: &Piece| p.shape == Shape::Text && !p.text.contains('\t') && !p.text.contains("   ");
    if !lines.iter().all(plain) || lines.iter().any(|p| p.text.trim_start().starts_with(['-', '[', '•'])) {
        return;
    }
    let text = lines.iter().map(|p| p.text.trim()).collect::<Vec<_>>().join(" ");
    pieces.truncate(from + 1);
    if let Some(first) = pieces.last_mut() {
        first.text = text;
        first.shape = Shape::Heading(if outer { 1 } else { 2 });
    }
}

/// A line of a box without its edge.
fn unboxed(line: &str) -> &str {
    let inner = line.strip_prefix("| ").filter(|rest| !rest.contains(" | "));
    inner.map_or(line, |rest| rest.trim_end().strip_suffix(" |").unwrap_or(rest))
}

/// Numbers of notes in brackets, raised.
fn noted(line: &str) -> String {
    if !line.contains('[') {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let note = (1..=3).contains(&digits) && after[digits..].starts_with(']') && !after[digits..].starts_with("](");
        if note {
            out.extend(after[..digits].chars().filter_map(clean::raised));
            rest = &after[digits + 1..];
        } else {
            out.push('[');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}
