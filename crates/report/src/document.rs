//! A document as the house writes it, before it is a page: headings, paragraphs, tables, figures, numbers bound to their data.
//!
//! A document holds words and shapes, never layout: HTML, text and PDF are printed from the same value. Every figure must have a
//! headline, a text alternative and its data as a table, because the types leave no way to omit them.

mod badge;

pub use badge::{Badge, Look};

use crate::chart::Chart;
use jiff::civil::Date;

/// A whole document.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Document {
    /// BCP 47 language of the text, `en-GB` or `cy`.
    pub language: String,
    /// The title, printed on the cover and in the file's properties.
    pub title: String,
    /// Who or what it is about, under the title ("Hertfordshire Constabulary").
    pub subtitle: Option<String>,
    /// One sentence that says what a reader finds, for search results and the file's properties.
    pub description: String,
    /// The body that issues it.
    pub publisher: String,
    /// The day it is dated, which is also the date in the file's properties.
    pub date: Date,
    /// The date as it is printed, where it is no single day ("September 2019", "Judgments and figures of 2018/19").
    pub dated: Option<String>,
    /// Said at the foot of every page, so that one page alone says what it is from ("Hertfordshire Constabulary · data pack 2018/19").
    pub running: String,
    /// What a reader must know before anything else ("Example made from published facts; not issued by the inspectorate").
    pub banner: Option<String>,
    /// Where the reader is on the site, from the root down to this document's parent: label and address.
    pub trail: Vec<Link>,
    /// Other formats of the same document: label and address.
    pub formats: Vec<Link>,
    /// The contents, in order.
    pub blocks: Vec<Block>,
    /// Footnotes, numbered from 1 in this order; an [`Inline::Footnote`] names one by its index.
    pub footnotes: Vec<Vec<Inline>>,
}

/// A label and where it leads: an address relative to the document, a full address, or `#` and an id in the document.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Link {
    /// The words of the link.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(tag = "block", rename_all = "kebab-case")]
pub enum Block {
    /// A list of the headings of levels 2 and 3, as links.
    Contents,
    /// A heading; the title is level 1, so these start at 2 and skip no level.
    Heading {
        /// 2, 3 or 4.
        level: u8,
        /// The id that links lead to, unique in the document.
        id: String,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: Vec<Inline>,
    },
    /// A list.
    List {
        /// Whether the items are numbered.
        ordered: bool,
        /// One item each.
        items: Vec<Vec<Inline>>,
    },
    /// A few headline numbers side by side.
    Tiles {
        /// Three to six of them.
        tiles: Vec<Tile>,
    },
    /// A table.
    Table(Table),
    /// A chart with all that must come with it.
    Figure(Box<Figure>),
    /// Two charts that belong together, side by side where there is room.
    Pair {
        /// The left or upper one.
        first: Box<Figure>,
        /// The right or lower one.
        second: Box<Figure>,
    },
    /// Text set apart by a rule at its left: a caution, a definition.
    Inset {
        /// Its label ("How to read this chart").
        label: String,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// A finding: text set apart by a rule at its left that says its kind, under a label that the contents do not list.
    Finding {
        /// The contract's id of its kind: `cause-of-concern`, `recommendation`, `area-for-improvement`, `promising-practice` or
        /// `innovative-practice`; any other is printed as a plain inset.
        kind: String,
        /// Its label ("Cause of concern").
        label: String,
        /// The id that links lead to, unique in the document.
        id: String,
        /// Its number, printed behind the label ("1").
        number: Option<String>,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// What somebody said, as a passage of its own.
    Quote {
        /// The words, without quotation marks: every form prints them in “ and ”.
        text: Vec<Inline>,
        /// Who said it ("HM Inspector of Constabulary Zoë Billingham"); empty where the text says so.
        speaker: String,
    },
    /// Long supporting matter that a page may fold away under its summary; print shows it whole.
    Details {
        /// The line that stays visible.
        summary: String,
        /// What unfolds.
        blocks: Vec<Block>,
    },
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(tag = "inline", rename_all = "kebab-case")]
pub enum Inline {
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// Words that matter more.
    Strong {
        /// The words.
        text: String,
    },
    /// A link.
    Link(Link),
    /// A number bound to its data.
    Number(Bound),
    /// A mark that leads to a footnote, by its index in [`Document::footnotes`]; the same one may be named more than once.
    Footnote {
        /// 0 is the first footnote.
        index: usize,
    },
    /// A grade, or why there is none; large where it is a paragraph by itself.
    Grade(Badge),
    /// A place that links lead to, which is not seen: first in a row of a table it is the row, elsewhere the point where it stands.
    Anchor {
        /// The id, unique in the document.
        id: String,
    },
}

/// A number as printed, and what it is bound to.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Bound {
    /// As printed ("3,396", "44%", "£162").
    pub text: String,
    /// The unrounded value, as a plain decimal.
    pub value: String,
    /// The id of its derivation, which is also its id in the manifest.
    pub reference: String,
    /// Where following it leads; `None` prints it without a link.
    pub href: Option<String>,
    /// Source and date in a few words, said on focus, on hover and in print ("Home Office, 31 March 2016").
    pub source: String,
    /// Whether it is taken over as published rather than computed here.
    pub as_published: bool,
}

/// One headline number.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Tile {
    /// The number, or why there is none.
    pub number: Vec<Inline>,
    /// What it counts.
    pub label: String,
    /// How it compares, in one line; may be empty.
    pub compared: Vec<Inline>,
}

/// A table with marked headers.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Table {
    /// The id that links lead to, unique in the document.
    pub id: String,
    /// What the table shows, with place and period.
    pub caption: String,
    /// One heading a column; the first column holds the row headings.
    pub columns: Vec<Column>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Source line; may be empty.
    pub source: String,
    /// Notes below, each a sentence.
    pub notes: Vec<String>,
}

/// A column of a [`Table`].
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Column {
    /// Its heading; never empty.
    pub title: String,
    /// Whether it holds numbers, which are set flush right with tabular figures.
    pub numeric: bool,
}

/// A chart with all that must come with it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Figure {
    /// The id that links lead to, unique in the document.
    pub id: String,
    /// Its number in the document, from 1.
    pub number: u32,
    /// What the chart says, as a sentence.
    pub headline: String,
    /// Measure, place and period.
    pub subtitle: String,
    /// The chart.
    pub chart: Chart,
    /// What a reader who cannot see it needs to know: shape and message, not every value.
    pub alternative: String,
    /// The data, shown on request beside the chart and always to a screen reader.
    pub table: Table,
    /// Source line.
    pub source: String,
    /// Notes below, each a sentence.
    pub notes: Vec<String>,
    /// The data as a file.
    pub download: Option<Link>,
}

impl Block {
    /// The blocks within it.
    #[must_use]
    pub fn inside(&self) -> &[Self] {
        match self {
            Self::Inset { blocks, .. } | Self::Finding { blocks, .. } | Self::Details { blocks, .. } => blocks,
            Self::Contents
            | Self::Heading { .. }
            | Self::Paragraph { .. }
            | Self::Quote { .. }
            | Self::List { .. }
            | Self::Tiles { .. }
            | Self::Table(_)
            | Self::Figure(_)
            | Self::Pair { .. } => &[],
        }
    }

    /// The figures that it is, one or a pair.
    #[must_use]
    pub fn figures(&self) -> Vec<&Figure> {
        match self {
            Self::Figure(figure) => vec![figure],
            Self::Pair { first, second } => vec![first, second],
            _ => Vec::new(),
        }
    }

    /// The tables that a reader finds in it: itself, or those behind its figures.
    #[must_use]
    pub fn tables(&self) -> Vec<&Table> {
        match self {
            Self::Table(table) => vec![table],
            other => other.figures().into_iter().map(|figure| &figure.table).collect(),
        }
    }

    fn figures_mut(&mut self) -> Vec<&mut Figure> {
        match self {
            Self::Figure(figure) => vec![figure],
            Self::Pair { first, second } => vec![first, second],
            _ => Vec::new(),
        }
    }

    /// All its lines: those of running text, of tables and of tiles.
    fn every_line_mut(&mut self) -> Vec<&mut Vec<Inline>> {
        match self {
            Self::Table(table) => table.rows.iter_mut().flatten().collect(),
            Self::Tiles { tiles } => tiles.iter_mut().flat_map(|t| [&mut t.number, &mut t.compared]).collect(),
            Self::Figure(_) | Self::Pair { .. } => {
                self.figures_mut().into_iter().flat_map(|f| f.table.rows.iter_mut().flatten()).collect()
            }
            other => other.lines_mut(),
        }
    }

    /// Its lines of running text: a paragraph, a quotation, the items of a list.
    pub fn lines_mut(&mut self) -> Vec<&mut Vec<Inline>> {
        match self {
            Self::Paragraph { text } | Self::Quote { text, .. } => vec![text],
            Self::List { items, .. } => items.iter_mut().collect(),
            _ => Vec::new(),
        }
    }
}

/// These blocks and all within them, each before what it holds.
#[must_use]
pub fn every(blocks: &[Block]) -> Vec<&Block> {
    blocks.iter().flat_map(|block| std::iter::once(block).chain(every(block.inside()))).collect()
}

/// Changes these blocks and all within them, each before what it holds.
pub fn each_mut(blocks: &mut [Block], change: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        change(block);
        if let Block::Inset { blocks, .. } | Block::Finding { blocks, .. } | Block::Details { blocks, .. } = block {
            each_mut(blocks, change);
        }
    }
}

impl Document {
    /// Changes the address of every link.
    pub fn map_links(&mut self, change: &mut dyn FnMut(&mut String)) {
        self.trail.iter_mut().chain(&mut self.formats).for_each(|link| change(&mut link.href));
        each_mut(&mut self.blocks, &mut |block| {
            block.figures_mut().into_iter().filter_map(|f| f.download.as_mut()).for_each(|link| change(&mut link.href));
            block.every_line_mut().into_iter().for_each(|line| relink(line, change));
        });
        self.footnotes.iter_mut().for_each(|line| relink(line, change));
    }

    /// Takes out every link to a file that a reader would not find; its words stay.
    ///
    /// `there` is asked for each address as it is written, without its fragment; full addresses and places in the document are kept.
    pub fn keep_links(&mut self, there: &dyn Fn(&str) -> bool) {
        let leads = |href: &str| {
            let file = href.split('#').next().unwrap_or_default();
            file.is_empty() || file.contains("://") || there(file)
        };
        self.trail.retain(|link| leads(&link.href));
        self.formats.retain(|link| leads(&link.href));
        each_mut(&mut self.blocks, &mut |block| {
            for figure in block.figures_mut() {
                figure.download.take_if(|link| !leads(&link.href));
            }
            block.every_line_mut().into_iter().for_each(|line| unlink(line, &leads));
        });
        self.footnotes.iter_mut().for_each(|line| unlink(line, &leads));
    }
}

fn relink(line: &mut [Inline], change: &mut dyn FnMut(&mut String)) {
    for inline in line {
        match inline {
            Inline::Link(link) => change(&mut link.href),
            Inline::Number(Bound { href: Some(href), .. }) => change(href),
            _ => {}
        }
    }
}

fn unlink(line: &mut [Inline], leads: &dyn Fn(&str) -> bool) {
    for inline in line {
        match inline {
            Inline::Link(link) if !leads(&link.href) => *inline = text(std::mem::take(&mut link.text)),
            Inline::Number(bound) => {
                bound.href.take_if(|href| !leads(href));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;

/// Plain words as an inline.
#[must_use]
pub fn text(words: impl Into<String>) -> Inline {
    Inline::Text { text: words.into() }
}

/// The label of a finding with its number: "Cause of concern 1".
#[must_use]
pub fn numbered(label: &str, number: Option<&str>) -> String {
    number.map_or_else(|| label.to_owned(), |number| format!("{label} {number}"))
}

/// A paragraph of plain words.
#[must_use]
pub fn paragraph(words: impl Into<String>) -> Block {
    Block::Paragraph { text: vec![text(words)] }
}

/// What a reader would read aloud: the words of the inlines, footnote marks left out.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text { text } | Inline::Strong { text } => text.clone(),
            Inline::Link(link) => link.text.clone(),
            Inline::Number(bound) => bound.text.clone(),
            Inline::Footnote { .. } | Inline::Anchor { .. } => String::new(),
            Inline::Grade(badge) => badge.said(),
        })
        .collect()
}
