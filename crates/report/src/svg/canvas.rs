//! What charts are drawn on: shapes as SVG, and labels with the room that each takes, so that a test can see that none touch.
//!
//! Only presentation attributes: no styles, scripts or references, so that a page's policy and a PDF can both take the result.

use super::face::{self, ASCENT, DESCENT, SIZE, Weight};
use crate::markup::escape;
use std::fmt::Write as _;

pub(super) const INK: &str = "#0B0C0C";
pub(super) const PAPER: &str = "#FFFFFF";
pub(super) const FORCE: &str = "#12436D";
pub(super) const COMPARATOR: &str = "#F46A25";
pub(super) const COMPARATOR_EDGE: &str = "#8C3308";
pub(super) const GROUP: &str = "#5C7F9F";
pub(super) const OTHER: &str = "#BFC7CF";
pub(super) const OTHER_EDGE: &str = "#6F7780";
pub(super) const GRID: &str = "#DEE2E6";
pub(super) const AXIS: &str = "#505A5F";

/// Where a label stands from its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A rectangle, in user units; the vertical axis points down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Bounds {
    /// Whether the two share more than an edge.
    pub fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// The room that one line of text takes.
    pub fn of_text(text: &str, weight: Weight, x: f64, baseline: f64, anchor: Anchor) -> Self {
        let width = face::width(text, weight);
        let left = match anchor {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        Self { left, top: baseline - ASCENT, right: left + width, bottom: baseline + DESCENT }
    }
}

/// One line of text and the room it takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub text: String,
    pub bounds: Bounds,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stroke {
    pub colour: &'static str,
    pub width: f64,
    pub dashes: &'static str,
}

impl Stroke {
    pub fn solid(colour: &'static str, width: f64) -> Self {
        Self { colour, width, dashes: "" }
    }
}

/// The shape of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Circle,
    Diamond,
    Square,
}

/// A chart being drawn. Shapes are painted in the order in which they come, labels above all of them.
#[derive(Debug)]
pub(super) struct Canvas {
    pub width: f64,
    pub labels: Vec<Label>,
    shapes: String,
    words: String,
}

impl Canvas {
    pub fn new(width: f64) -> Self {
        Self { width, labels: Vec::new(), shapes: String::new(), words: String::new() }
    }

    fn shape(&mut self, arguments: std::fmt::Arguments<'_>) {
        self.shapes.write_fmt(arguments).expect("writing to a string cannot fail");
    }

    /// A filled rectangle; nothing where it has no height or width.
    pub fn rect(&mut self, at: Bounds, fill: &str, edge: Option<&str>) {
        let (width, height) = (at.right - at.left, at.bottom - at.top);
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let inset = if edge.is_some() { width.min(height).min(1.0) / 2.0 } else { 0.0 };
        self.shape(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\"",
            units(at.left + inset),
            units(at.top + inset),
            units(width - 2.0 * inset),
            units(height - 2.0 * inset)
        ));
        if let Some(edge) = edge {
            self.shape(format_args!(" stroke=\"{edge}\" stroke-width=\"{}\"", units(2.0 * inset)));
        }
        self.shapes.push_str("/>");
    }

    /// A straight or broken line through the points.
    pub fn line(&mut self, points: &[(f64, f64)], stroke: Stroke) {
        if points.len() < 2 {
            return;
        }
        let path: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", units(*x), units(*y))).collect();
        self.shape(format_args!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"",
            path.join(" "),
            stroke.colour,
            units(stroke.width)
        ));
        if !stroke.dashes.is_empty() {
            self.shape(format_args!(" stroke-dasharray=\"{}\"", stroke.dashes));
        }
        self.shapes.push_str(" stroke-linejoin=\"round\"/>");
    }

    /// A mark of this radius.
    pub fn mark(&mut self, mark: Mark, (x, y): (f64, f64), radius: f64, fill: &str, edge: &str) {
        match mark {
            Mark::Circle => {
                self.shape(format_args!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"", units(x), units(y), units(radius)))
            }
            Mark::Diamond => {
                let reach = radius * 1.3;
                self.shape(format_args!(
                    "<path d=\"M{} {}L{} {}L{} {}L{} {}Z\"",
                    units(x),
                    units(y - reach),
                    units(x + reach),
                    units(y),
                    units(x),
                    units(y + reach),
                    units(x - reach),
                    units(y)
                ));
            }
            Mark::Square => self.shape(format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"{2}\" height=\"{2}\"",
                units(x - radius),
                units(y - radius),
                units(2.0 * radius)
            )),
        }
        self.shape(format_args!(" fill=\"{fill}\" stroke=\"{edge}\" stroke-width=\"1\"/>"));
    }

    /// A step of a grade: a leaning bar, as wide as `pitch` less 1 and 10 high with its edge, from this upper left corner.
    pub fn step(&mut self, (x, y): (f64, f64), pitch: f64, colour: &str, is_filled: bool) {
        let fill = if is_filled { colour } else { "none" };
        let bar = units((pitch - 5.0).max(1.0));
        self.shape(format_args!(
            "<path d=\"M{} {}h{bar}l-2.5 8.5h-{bar}z\" fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"1.25\"/>",
            units(x + 3.5),
            units(y + 0.75)
        ));
    }

    /// One line of text in ink; nothing where there are no words.
    pub fn text(&mut self, text: &str, weight: Weight, at: (f64, f64), anchor: Anchor) {
        self.coloured(text, weight, at, anchor, INK);
    }

    /// One line of text in a colour that its ground allows.
    pub fn coloured(&mut self, text: &str, weight: Weight, (x, y): (f64, f64), anchor: Anchor, fill: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.labels.push(Label { text: text.to_owned(), bounds: Bounds::of_text(text, weight, x, y, anchor) });
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = match weight {
            Weight::Regular => "",
            Weight::Bold => " font-weight=\"700\"",
        };
        let fill = if fill == INK { String::new() } else { format!(" fill=\"{fill}\"") };
        let words = escape(text);
        write!(self.words, "<text x=\"{}\" y=\"{}\"{anchor}{weight}{fill}>{words}</text>", units(x), units(y))
            .expect("writing to a string cannot fail");
    }

    /// Lines of text below each other, the first with its baseline at `y`; gives the baseline that a next line would have.
    pub fn lines(&mut self, lines: &[String], weight: Weight, (x, mut y): (f64, f64), anchor: Anchor) -> f64 {
        for line in lines {
            self.text(line, weight, (x, y), anchor);
            y += face::LINE;
        }
        y
    }

    /// Paper behind a label that lies over gridlines.
    pub fn plate(&mut self, at: Bounds) {
        let at = Bounds { left: at.left - 2.0, right: at.right + 2.0, ..at };
        self.rect(at, PAPER, None);
    }

    /// The element.
    pub fn finish(self, height: f64, id: &str) -> String {
        let (width, height) = (units(self.width), units(height.ceil()));
        format!(
            "<svg id=\"{}\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"Atkinson Hyperlegible Next\" font-size=\"{SIZE}\" fill=\"{INK}\">{}{}</svg>",
            escape(id),
            self.shapes,
            self.words
        )
    }
}

/// A length with at most two decimals, and no sign on zero.
fn units(length: f64) -> String {
    let text = format!("{length:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A count as a length.
pub(super) fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
