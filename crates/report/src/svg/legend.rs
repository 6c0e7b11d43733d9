//! A legend in words: what each mark stands for, in as many rows as it needs.

use super::canvas::{Anchor, Bounds, Canvas, INK, Mark};
use super::face::{self, LINE, Weight};

const SWATCH: f64 = 16.0;
const GAP: f64 = 7.0;
const BETWEEN: f64 = 22.0;

/// The drawn half of an entry.
#[derive(Debug, Clone, Copy)]
pub(super) enum Swatch {
    /// A bar with a fill and, maybe, an edge; its height.
    Bar(&'static str, Option<&'static str>, f64),
    /// A mark with its fill and edge.
    Mark(Mark, &'static str, &'static str),
}

/// Draws the entries from the left, the first row's baseline 12 below `top`; gives the lower edge.
pub(super) fn draw(canvas: &mut Canvas, entries: &[(Swatch, &str, Weight)], top: f64) -> f64 {
    let (mut x, mut baseline) = (0.0, top + 12.0);
    for (swatch, words, weight) in entries {
        let room = canvas.width - SWATCH - GAP;
        let words = face::clip(words, *weight, room);
        let width = SWATCH + GAP + face::width(&words, *weight);
        if x > 0.0 && x + width > canvas.width {
            x = 0.0;
            baseline += LINE + 2.0;
        }
        sample(canvas, *swatch, x, baseline - 4.5);
        canvas.text(&words, *weight, (x + SWATCH + GAP, baseline), Anchor::Start);
        x += width + BETWEEN;
    }
    baseline + face::DESCENT
}

fn sample(canvas: &mut Canvas, swatch: Swatch, x: f64, middle: f64) {
    match swatch {
        Swatch::Bar(fill, edge, height) => {
            let bounds =
                Bounds { left: x, top: middle - height / 2.0, right: x + SWATCH, bottom: middle + height / 2.0 };
            canvas.rect(bounds, fill, edge);
        }
        Swatch::Mark(mark, fill, edge) => canvas.mark(mark, (x + SWATCH / 2.0, middle), 4.5, fill, edge),
    }
}

/// Draws a paragraph below a chart, a dot before it when `dot` is its colour; gives the lower edge.
pub(super) fn paragraph(canvas: &mut Canvas, words: &str, dot: Option<&'static str>, top: f64) -> f64 {
    let indent = if dot.is_some() { SWATCH } else { 0.0 };
    let lines = face::wrap(words, Weight::Regular, canvas.width - indent, 5);
    if let Some(fill) = dot {
        canvas.mark(Mark::Circle, (4.0, top + 7.5), 3.5, fill, INK);
    }
    let next = canvas.lines(&lines, Weight::Regular, (indent, top + 12.0), Anchor::Start);
    next - LINE + face::DESCENT
}
