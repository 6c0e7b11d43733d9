//! Lines to blocks: headings with their places, paragraphs whole again, points, badges, rows, notes.
//!
//! What extraction broke is mended here: wrapped lines are joined, halves of a paragraph around the foot of a page too; running heads,
//! page numbers and the page of contents are left out; a heading and the badge or text that ran into it are parted.

mod heads;
mod lead;
mod tidy;

use crate::{
    clean, grade,
    identity::pillar_of_title,
    known::Cycle,
    piece::{Piece, Shape},
};
pub(crate) use heads::{finding_box, standing};
pub(crate) use tidy::is_mark;

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A heading.
    Heading(Heading),
    /// A grade by itself.
    Badge(&'static str),
    /// A paragraph.
    Para,
    /// A point of a list.
    Item,
    /// A row of a table, its cells, and whether it is a heading.
    Row(Vec<String>, bool),
    /// A line over a table.
    Caption,
    /// A footnote with its number.
    Note(String),
    /// The title of a figure with its number.
    Figure(String),
    /// Who the data of a figure are from.
    Source,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// 1 for the outermost.
    pub(crate) level: u8,
    /// The place that it names itself.
    pub(crate) own: Option<String>,
    /// 1 pillar, 2 question, 3 and 4 below; 0 where it names none.
    pub(crate) depth: u8,
    /// Whether it is the mere title of a pillar.
    pub(crate) title: bool,
}

/// A block.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its text.
    pub(crate) text: String,
    /// The place that it stands under.
    pub(crate) node: Option<String>,
    /// Where in the text which line begins.
    pub(crate) lines: Vec<(usize, u32)>,
    /// Whether there is a gap before it.
    pub(crate) gap: bool,
    /// Of a heading, the numbers of footnotes that it refers to.
    pub(crate) marks: Vec<String>,
}

impl Block {
    /// The line that a place in the text stands on.
    pub(crate) fn line_at(&self, at: usize) -> u32 {
        let found = self.lines.partition_point(|(from, _)| *from <= at);
        self.lines.get(found.saturating_sub(1)).map_or(1, |(_, line)| *line)
    }

    /// The line that it begins on.
    pub(crate) fn line(&self) -> u32 {
        self.line_at(0)
    }

    /// Whether it is a heading.
    pub(crate) fn heading(&self) -> Option<&Heading> {
        match &self.kind {
            Kind::Heading(heading) => Some(heading),
            _ => None,
        }
    }
}

/// The blocks of a document.
pub(crate) fn blocks(pieces: &[Piece], cycle: Option<&Cycle>) -> Vec<Block> {
    let pieces = tidy::kept(pieces, cycle);
    let width = tidy::width(&pieces);
    let mut flow = Flow {
        pieces: &pieces,
        cycle,
        width,
        here: None,
        titled: heads::titled(&pieces).filter(|_| cycle.is_some_and(|c| c.pillars)),
        blocks: Vec::new(),
        paragraph: None,
        note: None,
        started: false,
    };
    let mut at = 0;
    while at < pieces.len() {
        at += flow.take(at).max(1);
    }
    flow.blocks
}

struct Flow<'a> {
    pieces: &'a [Piece],
    cycle: Option<&'a Cycle>,
    /// The width that lines are wrapped at; `None` where each is a paragraph.
    width: Option<usize>,
    here: Option<String>,
    /// The pillar of the document's title.
    titled: Option<String>,
    blocks: Vec<Block>,
    /// The paragraph or point that may go on.
    paragraph: Option<usize>,
    note: Option<usize>,
    /// Whether the cover is over.
    started: bool,
}

impl<'a> Flow<'a> {
    /// Takes the piece at a place, and those that belong to it; says how many.
    fn take(&mut self, at: usize) -> usize {
        let piece = &self.pieces[at];
        match &piece.shape {
            Shape::Row(cells, head) => self.push(Kind::Row(cells.clone(), *head), piece.text.clone(), piece),
            Shape::Caption => self.push(Kind::Caption, piece.text.clone(), piece),
            Shape::Item => self.item(piece),
            Shape::Heading(level) => self.marked_heading(*level, piece),
            Shape::Whole | Shape::Text => return self.line(at),
        }
        1
    }

    fn line(&mut self, at: usize) -> usize {
        let piece = &self.pieces[at];
        let text = piece.text.trim();
        if !self.started && pillar_of_title(text).is_some() {
            self.open(text, 1, piece);
            return 1;
        }
        if self.continues_row(piece) {
            return 1;
        }
        if let Some((cells, head)) = self.row(at) {
            self.push(Kind::Row(cells, head), piece.text.clone(), piece);
            return 1;
        }
        if let Some((number, rest)) = tidy::note(text) {
            self.push(Kind::Note(number), rest, piece);
            self.note = Some(self.blocks.len() - 1);
            self.restore_paragraph();
            return 1;
        }
        if self.continues_note(piece) {
            if let Some(note) = self.note {
                self.append(note, piece);
            }
            return 1;
        }
        self.note = None;
        if self.continues(at) {
            if let Some(open) = self.paragraph {
                self.append(open, piece);
            }
            return 1;
        }
        if let Some(id) = grade::badge(text) {
            self.push(Kind::Badge(id), text.to_owned(), piece);
            return 1;
        }
        if let Some((number, title)) = tidy::figure(text) {
            self.push(Kind::Figure(number), title, piece);
            self.paragraph = self.width.map(|_| self.blocks.len() - 1);
            return 1;
        }
        if let Some(source) = text.strip_prefix("Source:") {
            self.push(Kind::Source, source.trim().to_owned(), piece);
            return 1;
        }
        if tidy::bullet(&piece.text).is_some() {
            self.item(piece);
            return 1;
        }
        if let Some(taken) = self.heading(at) {
            return taken;
        }
        self.push(Kind::Para, clean::squeezed(text), piece);
        self.paragraph = Some(self.blocks.len() - 1).filter(|_| piece.shape == Shape::Text);
        self.started |= text.len() > 160 || text.starts_with("Dear ");
        1
    }

    fn push(&mut self, kind: Kind, text: String, piece: &Piece) {
        self.blocks.push(Block {
            kind,
            text,
            node: self.here.clone(),
            lines: vec![(0, piece.line)],
            gap: piece.gap,
            marks: Vec::new(),
        });
        self.paragraph = None;
    }

    /// A note stands between the halves of a paragraph: what was open before it still is.
    fn restore_paragraph(&mut self) {
        let before = self.blocks.iter().rposition(|b| !matches!(b.kind, Kind::Note(_)));
        self.paragraph = before.filter(|i| matches!(self.blocks[*i].kind, Kind::Para | Kind::Item));
    }

    fn append(&mut self, index: usize, piece: &Piece) {
        let block = &mut self.blocks[index];
        let text = clean::squeezed(&piece.text);
        if block.text.ends_with('\u{ad}') {
            block.text.pop();
        } else {
            // "well-" and "formed", "Dyfed-" and "Powys"; a dash with a space before it is no hyphen.
            let mut back = block.text.chars().rev();
            let hyphen = back.next() == Some('-') && back.next().is_some_and(char::is_alphabetic);
            if !(hyphen && text.starts_with(char::is_alphabetic)) {
                block.text.push(' ');
            }
        }
        block.lines.push((block.text.len(), piece.line));
        block.text.push_str(&text);
    }

    fn item(&mut self, piece: &Piece) {
        let text = tidy::bullet(&piece.text).unwrap_or(piece.text.trim());
        let points: Vec<&str> = text.split(" • ").map(str::trim).filter(|p| !p.is_empty()).collect();
        for point in points {
            self.push(Kind::Item, clean::squeezed(point), piece);
        }
        self.paragraph = (piece.shape == Shape::Text).then(|| self.blocks.len() - 1);
        self.started = true;
    }

    /// A heading that the file itself marks.
    fn marked_heading(&mut self, level: u8, piece: &Piece) {
        let text = piece.text.trim();
        if let Some(id) = grade::badge(text) {
            self.push(Kind::Badge(id), text.to_owned(), piece);
            return;
        }
        if grade::carried(text).is_some() {
            self.push(Kind::Para, text.to_owned(), piece);
            return;
        }
        if self.parted(piece) {
            return;
        }
        if let Some((number, title)) = tidy::figure(text) {
            self.push(Kind::Figure(number), title, piece);
            return;
        }
        self.open(text, level, piece);
    }

    /// Opens a section: the place that the heading names becomes the one that what follows stands under.
    fn open(&mut self, text: &str, level: u8, piece: &Piece) {
        let shown = clean::squeezed(clean::unmarked(text).trim());
        let place = |text: &str| self.cycle.and_then(|c| c.place(text, self.here.as_deref()));
        let found = place(&shown).or_else(|| place(&pillar_of_title(&shown)?));
        let heading = match found {
            Some(name) => {
                self.here = Some(name.node.clone());
                Heading { level, own: Some(name.node.clone()), depth: name.depth, title: name.title }
            }
            None => {
                self.here = heads::stays(&shown, self.here.take());
                if self.here.is_none() && heads::is_overview(&shown) {
                    self.here.clone_from(&self.titled);
                }
                Heading { level, own: None, depth: 0, title: false }
            }
        };
        self.started = true;
        self.push(Kind::Heading(heading), shown, piece);
        if let Some(block) = self.blocks.last_mut() {
            let raised = text.split(|c| clean::digit(c).is_none()).filter(|run| !run.is_empty());
            block.marks = raised.map(|run| run.chars().filter_map(clean::digit).collect()).collect();
        }
    }
}
