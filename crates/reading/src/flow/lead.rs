//! Where a line of text belongs: to the paragraph before it, to a heading, to a table.

use super::{Flow, Kind, heads, tidy};
use crate::{
    clean, grade,
    piece::{Piece, Shape},
};

/// The longest paragraph that lines are joined to, in bytes.
const LONGEST: usize = 30_000;

impl Flow<'_> {
    /// The cells of a line that is a row, and whether it is a heading.
    pub(super) fn row(&self, at: usize) -> Option<(Vec<String>, bool)> {
        let piece = &self.pieces[at];
        let text = &piece.text;
        let cells: Vec<String> =
            if text.trim_end_matches('\t').contains('\t') || (text.contains('\t') && text.starts_with('\t')) {
                text.split(['\t', '\u{c}']).map(clean::squeezed).collect()
            } else if text.trim().starts_with('|') && text.trim().len() > 2 && text.trim().ends_with('|') {
                let inner = text.trim().trim_matches('|');
                if inner.chars().all(|c| "-:| ".contains(c)) {
                    return None;
                }
                inner.split('|').map(clean::squeezed).collect()
            } else if text.trim().contains('\u{c}') {
                text.trim().split('\u{c}').map(clean::squeezed).collect()
            } else {
                self.spaced(text).or_else(|| self.judged(text))?
            };
        if tidy::bullet(text).is_some() && cells.len() < 3 {
            return None;
        }
        let first = self.blocks.last().is_none_or(|b| !matches!(b.kind, Kind::Row(..)));
        let head = cells.first().is_some_and(String::is_empty)
            || first
            || (piece.gap && !cells.iter().skip(1).any(|c| value(c)));
        Some((cells, head))
    }

    /// Cells that wide spaces part, as a layout-keeping extraction leaves them.
    fn spaced(&self, text: &str) -> Option<Vec<String>> {
        if text.len() > 300 || !text.contains("   ") {
            return None;
        }
        let cells: Vec<String> = text.split("  ").map(clean::squeezed).filter(|c| !c.is_empty()).collect();
        let indented = text.starts_with("   ");
        let valued = cells.len() >= 2 && cells[1..].iter().any(|c| value(c));
        let follows = self.blocks.last().is_some_and(|b| matches!(b.kind, Kind::Row(..)));
        let titled = cells.len() >= 2 && indented && cells.iter().all(|c| c.len() < 50);
        (valued || titled || (follows && cells.len() > 2))
            .then(|| if indented && !valued { std::iter::once(String::new()).chain(cells).collect() } else { cells })
    }

    /// "Investigating crime Good 2018/19": a row of judgments that lost its tabs.
    fn judged(&self, text: &str) -> Option<Vec<String>> {
        let (_, end) = self.cycle?.leading(text, 12).filter(|_| text.len() < 160)?;
        let rest = text[end..].trim();
        let (id, after) = grade::leading(rest)?;
        let year = after.trim();
        let dated = year.len() >= 4 && year.len() <= 9 && year.bytes().all(|b| b.is_ascii_digit() || b == b'/');
        dated.then(|| vec![text[..end].trim().to_owned(), id.replace('-', " "), year.to_owned()])
    }

    /// Takes a line that goes on with the first cell of the row before it: the name of a place over several lines.
    pub(super) fn continues_row(&mut self, piece: &Piece) -> bool {
        let (Some(cycle), false, Shape::Text) = (self.cycle, piece.gap, &piece.shape) else { return false };
        let Some(block) = self.blocks.last_mut() else { return false };
        let Kind::Row(cells, _) = &mut block.kind else { return false };
        let Some(first) = cells.first_mut().filter(|c| !c.is_empty() && cycle.may_become(&clean::key(c))) else {
            return false;
        };
        let more = piece.text.trim().split(['\t']).next().unwrap_or_default();
        let more = more.split("  ").next().unwrap_or_default().trim();
        let whole = format!("{first} {more}");
        if cycle.place(first, None).is_none()
            && (cycle.place(&whole, None).is_some() || cycle.may_become(&clean::key(&whole)))
        {
            *first = whole;
            return true;
        }
        false
    }

    /// Whether a line goes on with the paragraph or point before it.
    pub(super) fn continues(&self, at: usize) -> bool {
        let (piece, Some(open)) = (&self.pieces[at], self.paragraph) else { return false };
        if piece.shape != Shape::Text {
            return false;
        }
        let (block, text) = (&self.blocks[open], piece.text.trim());
        if block.text.len() > LONGEST {
            return false;
        }
        if tidy::bullet(&piece.text).is_some() || text.starts_with("Source:") || tidy::figure(text).is_some() {
            return false;
        }
        let before = block.text.trim_end_matches(|c| clean::digit(c).is_some()).trim_end();
        let ended = before.ends_with(['.', '?', '!', ':', '”', '"', ';'])
            || before.ends_with(".’")
            || before.ends_with(".'")
            || before.ends_with(".)");
        let lower = text.starts_with(|c: char| c.is_lowercase());
        let between = open + 1 < self.blocks.len();
        let last = block.lines.last().map_or(0, |(from, _)| block.text[*from..].chars().count());
        let named = self.cycle.is_some_and(|c| c.place(text, self.here.as_deref()).is_some())
            || heads::standing(text).is_some();
        if piece.gap || between {
            // The foot of a page stood between: only a sentence that was cut goes on.
            let cut = before.ends_with('\u{ad}') || (!ended && lower && !before.ends_with(','));
            // With a capital too, where the last line of the page was full: "Avon and Somerset / Constabulary".
            let full = self.width.is_some_and(|width| last * 10 >= width * 7);
            let turned = piece.top && full && !ended && !named && grade::badge(text).is_none();
            return cut || turned || (!ended && lower && block.kind == Kind::Para);
        }
        let Some(width) = self.width else {
            // A sentence goes on in a small letter or a number; after "per" in anything.
            let next = lower || goes_on(before) || text.starts_with(|c: char| c.is_ascii_digit());
            let open = block.kind == Kind::Para || (block.kind == Kind::Item && (goes_on(before) || lower));
            return !ended && next && open && before.len() > 60;
        };
        // A badge begins with a capital; a small word after an open sentence is its end.
        if (ended || !lower) && grade::badge(text).is_some() {
            return false;
        }
        let full = last * 10 >= width * 7;
        if named && (ended || !full) {
            return false;
        }
        full || lower || (!ended && matches!(block.kind, Kind::Figure(_)))
    }

    /// Whether a line goes on with the note before it.
    pub(super) fn continues_note(&self, piece: &Piece) -> bool {
        let (Some(note), Shape::Text) = (self.note, &piece.shape) else { return false };
        let (block, text) = (&self.blocks[note], piece.text.trim());
        let before = block.text.trim_end();
        let address = text.starts_with("http") || text.starts_with("www.") || text.starts_with("Available ");
        let promised = before.ends_with(':') || before.ends_with(" and") || before.ends_with("available at");
        if address || promised || (text.starts_with("and *") && before.contains("http")) {
            return true;
        }
        if piece.gap {
            return text.len() < 3 && text.starts_with(|c: char| c.is_lowercase());
        }
        let Some(width) = self.width else { return text.starts_with(|c: char| c.is_lowercase()) };
        let last = block.lines.last().map_or(0, |(from, _)| block.text[*from..].chars().count());
        last * 10 >= width * 7 || text.starts_with(|c: char| c.is_lowercase())
    }

    /// Takes a heading, and says how many pieces it was made of.
    pub(super) fn heading(&mut self, at: usize) -> Option<usize> {
        let pieces = self.pieces;
        let mut text = pieces[at].text.trim().to_owned();
        for taken in 1..=4 {
            if let Some(cycle) = self.cycle
                && let Some(name) = cycle.place(&clean::unmarked(&text), self.here.as_deref())
            {
                self.open(&text, name.depth.min(4), &pieces[at]);
                return Some(taken);
            }
            if taken == 1
                && let Some(level) = heads::standing(&clean::unmarked(&text))
            {
                self.open(&text, level, &pieces[at]);
                return Some(1);
            }
            let key = clean::key(crate::known::strip_number(&text));
            let next = pieces.get(at + taken).filter(|p| p.shape == Shape::Text && !p.text.contains('\t'));
            let Some(next) = next.map(|p| p.text.trim()) else { break };
            if text.len() > 300 || !self.cycle.is_some_and(|c| c.may_become(&key)) {
                break;
            }
            text = format!("{text} {next}");
        }
        if self.parted(&pieces[at]) {
            return Some(1);
        }
        if self.plain_heading(at) {
            self.open(pieces[at].text.trim(), if self.here.is_some() { 4 } else { 2 }, &pieces[at]);
            return Some(1);
        }
        if self.over_table(at) {
            let piece = &pieces[at];
            self.push(Kind::Caption, clean::squeezed(&piece.text), piece);
            return Some(1);
        }
        None
    }

    /// A heading that a badge or a text ran into is parted from it. Whether it was one.
    pub(super) fn parted(&mut self, piece: &Piece) -> bool {
        let text = piece.text.trim();
        let standing = ["Summary of findings", "Overall judgment", "Overall judgement", "Our judgment", "Judgment"];
        let of_grade = standing.iter().find_map(|head| {
            let rest = text.strip_prefix(head)?;
            grade::leading(rest.trim_start_matches(|c| clean::digit(c).is_some()))
                .map(|(id, after)| (head.len(), id, after.to_owned()))
        });
        let named = self.cycle.and_then(|c| c.leading(text, 8)).map(|(name, end)| (name.question, name.depth, end));
        let graded =
            named.and_then(|(_, _, end)| grade::leading(&text[end..]).map(|(id, after)| (end, id, after.to_owned())));
        if let Some((end, id, after)) = of_grade.or(graded) {
            self.open(&text[..end], 2, piece);
            self.push(Kind::Badge(id), text[end..text.len() - after.len()].trim().to_owned(), piece);
            self.rest(&after, piece);
            return true;
        }
        if let Some((true, _, end)) = named {
            let rest = text[end..].trim_start_matches('?').trim();
            if rest.starts_with(|c: char| c.is_uppercase()) {
                self.open(&format!("{}?", &text[..end]), 2, piece);
                self.rest(rest, piece);
                return true;
            }
        }
        for head in [
            "Areas for improvement",
            "Area for improvement",
            "Causes of concern",
            "Cause of concern",
            "Recommendations",
        ] {
            let Some(rest) = text.strip_prefix(head).map(|r| r.trim_start_matches([':', ' '])) else { continue };
            let starts =
                ["The ", "Annually", "Within ", "By ", "HMIC", "We ", "- ", "• "].iter().any(|w| rest.starts_with(w));
            if starts && rest.len() > 20 {
                self.open(head, 3, piece);
                self.rest(rest, piece);
                return true;
            }
        }
        false
    }

    fn rest(&mut self, text: &str, piece: &Piece) {
        if text.is_empty() {
            return;
        }
        let rest = Piece { text: text.to_owned(), ..piece.clone() };
        if tidy::bullet(text).is_some() {
            self.item(&rest);
            return;
        }
        self.push(Kind::Para, clean::squeezed(text), &rest);
        self.paragraph = (piece.shape == Shape::Text).then(|| self.blocks.len() - 1);
    }

    /// Whether a row follows within the next two lines.
    fn over_table(&self, at: usize) -> bool {
        let text = self.pieces[at].text.trim();
        let row = |p: &Piece| matches!(p.shape, Shape::Row(..)) || p.text.trim_end_matches('\t').contains('\t');
        let near = self.pieces[at + 1..].iter().take(2).position(row);
        let short = |p: &Piece| p.text.len() < 120 && !p.text.trim().ends_with('.');
        text.len() < 160
            && !text.ends_with(['.', '!', ';'])
            && near.is_some_and(|n| self.pieces[at + 1..at + 1 + n].iter().all(short))
    }

    /// Whether a line is a heading by its looks: short, a title, with text below it.
    fn plain_heading(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let text = piece.text.trim();
        let words = text.split_whitespace().count();
        let title = text.starts_with(|c: char| c.is_uppercase() || "‘'“\"".contains(c))
            && !text.ends_with(['.', ',', ';', ':', '!', ')', '”', '"', '-', '\u{ad}'])
            && !text.ends_with(|c: char| c.is_ascii_digit() || c == '%')
            && (1..=14).contains(&words)
            && text.len() <= 110
            && !goes_on(text);
        if !self.started || !title || piece.shape != Shape::Text || self.over_table(at) {
            return false;
        }
        let lower = text.to_lowercase();
        let never = [
            "source",
            "for further information",
            "last updated",
            "skip to",
            "summary for question",
            "yours ",
            "dear ",
            "isbn",
            "©",
            "www.",
            "http",
            "note",
            "hm inspector of",
            "his majesty",
            "her majesty",
            "for more information",
            "[",
        ];
        let Some(next) = self.pieces.get(at + 1) else { return false };
        let beyond = self.pieces[at + 1..]
            .iter()
            .take(6)
            .find(|p| !p.text.starts_with(|c| clean::digit(c).is_some()) && !p.text.trim().starts_with("http"));
        if beyond.is_some_and(|p| p.text.trim().starts_with(|c: char| c.is_lowercase())) {
            return false;
        }
        if never.iter().any(|n| lower.starts_with(n)) || next.text.contains("Inspector of Constabulary") {
            return false;
        }
        let open_before = self.paragraph.is_some_and(|open| {
            let text = self.blocks[open].text.trim_end_matches(|c| clean::digit(c).is_some());
            !text.ends_with(['.', '?', '!', ':', ';', '”', '"'])
        });
        let followed = next.text.trim().len() > 60 || next.gap || tidy::bullet(&next.text).is_some();
        let fits = self.width.is_none_or(|w| text.len() * 10 < w * 8);
        let cut = |c: char| c.is_lowercase() || (text.len() > 60 && c.is_ascii_digit());
        followed && fits && (piece.gap || !open_before) && next.text.trim().starts_with(|c: char| !cut(c))
    }
}

/// Whether a line ends in a word that something has to follow.
fn goes_on(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or(text);
    matches!(
        last,
        "per"
            | "of"
            | "the"
            | "and"
            | "to"
            | "a"
            | "an"
            | "in"
            | "for"
            | "with"
            | "by"
            | "or"
            | "than"
            | "on"
            | "at"
            | "from"
            | "that"
    )
}

/// Whether a cell is a value: a number, a grade, yes or no.
pub(super) fn value(cell: &str) -> bool {
    let bare = cell.trim_start_matches(['£', '-', '+', '–', '<', '>']).trim_end_matches(['%', 'm', '*']);
    let number = !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit() || b",./".contains(&b));
    number || grade::badge(cell).is_some() || matches!(cell, "Yes" | "No" | "n/a" | "N/A")
}
