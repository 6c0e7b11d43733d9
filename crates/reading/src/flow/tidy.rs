//! What is no text of its own: contents, running heads, page numbers; and small marks at the head of a line.

use crate::{
    clean, grade,
    known::Cycle,
    piece::{Piece, Shape},
};
use std::collections::HashMap;

/// The pieces without contents, running heads and page numbers.
pub(super) fn kept(pieces: &[Piece], cycle: Option<&Cycle>) -> Vec<Piece> {
    let mut out = vec![true; pieces.len()];
    contents(pieces, &mut out);
    running(pieces, cycle, &mut out);
    let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut gap = false;
    for (piece, keep) in pieces.iter().zip(&out) {
        if *keep {
            kept.push(Piece { gap: piece.gap || gap, ..piece.clone() });
        }
        // Where a running head was, a paragraph may go on: only what was a gap before stays one.
        gap = !keep && (gap || piece.gap);
    }
    kept
}

/// A line of a table of contents: text, and the page after a tab, dots or a space.
fn entry(text: &str) -> bool {
    let text = text.trim();
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - before.len();
    let led = before.ends_with(['\t', '.', ' ', '…']);
    (1..=3).contains(&digits) && led && before.trim_end_matches(['\t', '.', ' ', '…']).len() > 2
}

fn dotted(text: &str) -> bool {
    entry(text) && (text.contains("....") || text.contains(". . .") || text.matches('\t').count() == 1)
}

fn contents(pieces: &[Piece], out: &mut [bool]) {
    let titled =
        |p: &Piece| p.text.len() < 40 && matches!(clean::key(&p.text).as_str(), "contents" | "tableofcontents");
    let mut at = 0;
    while at < pieces.len() {
        let piece = &pieces[at];
        let begins = titled(piece)
            || (matches!(piece.shape, Shape::Text)
                && at + 2 < pieces.len()
                && pieces[at..at + 3].iter().all(|p| dotted(&p.text) && !figures(&p.text)));
        if !begins || !matches!(piece.shape, Shape::Text | Shape::Heading(_) | Shape::Whole) {
            at += 1;
            continue;
        }
        let mut end = if titled(piece) { at + 1 } else { at };
        loop {
            let one = pieces.get(end).is_some_and(|p| p.shape == Shape::Text && entry(&p.text));
            let two = || {
                pieces.get(end).zip(pieces.get(end + 1)).is_some_and(|(a, b)| {
                    a.shape == Shape::Text
                        && b.shape == Shape::Text
                        && a.text.len() < 140
                        && !b.gap
                        && entry(&b.text)
                        && !a.text.trim().ends_with('.')
                })
            };
            if one {
                end += 1;
            } else if two() {
                end += 2;
            } else {
                break;
            }
        }
        if end > at + 2 || (titled(piece) && end > at) {
            out[at..end].fill(false);
        }
        at = end.max(at + 1);
    }
}

/// Whether a line with tabs is a row of figures and no entry of contents: its number is a value.
fn figures(text: &str) -> bool {
    let cells: Vec<&str> = text.split('\t').collect();
    cells.len() != 2 || cells[0].trim().is_empty()
}

fn running(pieces: &[Piece], cycle: Option<&Cycle>, out: &mut [bool]) {
    let mut seen: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, piece) in
        pieces.iter().enumerate().filter(|(at, p)| out[*at] && p.shape == Shape::Text && p.text.len() < 130)
    {
        // The number of a page stands at an end; figures in the middle make another line of it.
        let bare = piece.text.trim_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
        let key = clean::key(bare);
        if !key.is_empty() {
            seen.entry(key).or_default().push(at);
        }
    }
    let number = |at: usize| pieces.get(at).is_some_and(|p| p.shape == Shape::Text && page_number(&p.text));
    for places in seen.values().filter(|p| p.len() >= 3) {
        let text = pieces[places[0]].text.trim();
        let meant = grade::badge(text).or_else(|| grade::carried(text)).is_some()
            || super::heads::standing(text).is_some()
            || cycle.is_some_and(|c| c.place(text, None).is_some())
            || bullet(text).is_some()
            || text.contains('\t')
            // The middle of a paragraph that stands in the document more than once.
            || text.contains(". ")
            || text.starts_with(char::is_lowercase)
            || text.ends_with(['.', ';', ':', '?']);
        let at_edges =
            places.iter().filter(|at| number(**at + 1) || (**at > 0 && number(**at - 1)) || pieces[**at].top).count();
        // A line of the cover names the programme, or stands by itself: one that goes on in the next is the middle of a paragraph.
        let named = ["PEEL", "HMIC", "nspection of"].iter().any(|word| text.contains(word));
        let alone = pieces.get(places[0] + 1).is_none_or(|next| next.gap || next.shape != Shape::Text);
        let of_title = text.contains("PEEL") || (places[0] < 12 && (named || (alone && text.len() < 60)));
        if !meant && (at_edges * 2 >= places.len() || of_title) {
            // The first stands on the cover, unless a page number is beside it.
            let cover = usize::from(of_title && places[0] < 12 && at_edges < places.len());
            places[cover..].iter().for_each(|at| out[*at] = false);
        }
    }
    for at in 0..pieces.len() {
        if out[at] && number(at) {
            let beside = |other: usize| other < pieces.len() && !out[other] && pieces[other].text.len() < 130;
            let page = pieces[at].text.trim().contains(char::is_alphabetic);
            out[at] = !(page
                || beside(at + 1)
                || (at > 0 && beside(at - 1))
                || pieces[at].top
                || pieces.get(at + 1).is_some_and(|p| p.top));
        }
    }
}

/// Whether a line is nothing but the number of a page.
pub(super) fn page_number(text: &str) -> bool {
    let text = text.trim().trim_matches(['-', '–', '|', ' ']);
    let bare = text.strip_prefix("Page ").or_else(|| text.strip_prefix("page ")).unwrap_or(text);
    let bare = bare.split_once(" of ").map_or(bare, |(first, _)| first);
    !bare.is_empty() && bare.len() <= 3 && bare.bytes().all(|b| b.is_ascii_digit())
}

/// The width that lines are wrapped at; `None` where a line is a paragraph.
pub(super) fn width(pieces: &[Piece]) -> Option<usize> {
    let plain = pieces.iter().filter(|p| p.shape == Shape::Text && !p.text.contains('\t'));
    let mut lengths: Vec<usize> = plain.map(|p| p.text.trim_end().chars().count()).filter(|n| *n > 30).collect();
    lengths.sort_unstable();
    // On a short page a line or two of small print is longer than the rest.
    let share = if lengths.len() < 100 { 90 } else { 97 };
    let most = *lengths.get(lengths.len() * share / 100)?;
    let longest = *lengths.last()?;
    (most <= 130 && longest <= most * 2 + 40).then_some(most)
}

/// The number and text of a footnote, which begins with a raised figure.
pub(super) fn note(text: &str) -> Option<(String, String)> {
    let number: String = text.chars().map_while(clean::digit).collect();
    let rest = text.trim_start_matches(|c| clean::digit(c).is_some()).trim();
    let begins = rest.starts_with(|c: char| c.is_alphabetic() || "*\"'‘“[(".contains(c));
    (!number.is_empty() && number.len() <= 3 && begins).then(|| (number, clean::squeezed(&rest.replace('*', ""))))
}

/// The number and title of a figure.
pub(super) fn figure(text: &str) -> Option<(String, String)> {
    let rest = text.strip_prefix("Figure ").or_else(|| text.strip_prefix("FIGURE "))?;
    let number: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
    let number = number.trim_end_matches('.').to_owned();
    let after = rest[number.len()..].trim_start();
    let title = after.strip_prefix([':', '.', '–', '-'])?.trim();
    (number.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 4 && !title.is_empty())
        .then(|| (number, clean::squeezed(title)))
}

/// Whether a text is the mark of a point.
pub(crate) fn is_mark(text: &str) -> bool {
    let numbered =
        text.ends_with(['.', ')']) && text.len() <= 3 && text.starts_with(|c: char| c.is_ascii_alphanumeric());
    matches!(text, "•" | "▪" | "●" | "○" | "◦" | "‣" | "·" | "-" | "–" | "*" | "\u{f0b7}" | "o") || numbered
}

/// The text of a point, without its mark.
pub(super) fn bullet(text: &str) -> Option<&str> {
    let indented = text.starts_with([' ', '\t']);
    let text = text.trim();
    let mut letters = text.chars();
    let mark = letters.next()?;
    let rest = letters.as_str();
    if "-•▪●○◦‣·*".contains(mark) || mark == '\u{f0b7}' || (indented && "–o".contains(mark)) || mark == '–'
    {
        let spaced = rest.starts_with([' ', '\t']) || "•▪●".contains(mark) || mark == '\u{f0b7}';
        return Some(rest.trim()).filter(|r| spaced && !r.is_empty());
    }
    let (number, after) = text.split_once([')', '.'])?;
    let number = number.trim_start_matches('(');
    let short = (1..=2).contains(&number.len())
        && (number.bytes().all(|b| b.is_ascii_digit())
            || (number.len() == 1 && number.bytes().all(|b| b.is_ascii_lowercase())));
    let after = after.strip_prefix([' ', '\t'])?.trim();
    (short && !after.is_empty()).then_some(after)
}
