//! Labels to the right of a plot, each at the height of what it names, moved apart where they would touch.

use super::canvas::{Anchor, Canvas, Stroke, real};
use super::face::{self, LINE, Weight};
use super::place::spread;
use super::plot::Plot;

/// From the plot to the words.
const LEADER: f64 = 14.0;

/// One label.
#[derive(Debug, Clone)]
pub(super) struct Side {
    /// The point that it names.
    pub at: (f64, f64),
    pub words: String,
    pub weight: Weight,
    pub colour: &'static str,
}

/// The room that the labels need beside the plot: little over a third of the whole width, or half where a single word needs it.
pub(super) fn room<'a>(words: impl Iterator<Item = (&'a str, Weight)>, width: f64) -> f64 {
    let edge = LEADER + 4.0;
    let (mut whole, mut word) = (0.0, 0.0);
    for (words, weight) in words {
        whole = f64::max(whole, face::width(words, weight));
        let longest = words.split_whitespace().map(|word| face::width(word, weight)).fold(0.0, f64::max);
        word = f64::max(word, longest);
    }
    let third = if width < 400.0 { width * 0.36 } else { (width * 0.36).max(172.0) };
    third.min(whole + edge).max((word + edge).min(width * 0.5))
}

/// The least height of a plot beside which the labels fit in this room.
pub(super) fn least_height<'a>(words: impl Iterator<Item = (&'a str, Weight)>, room: f64) -> f64 {
    words.map(|(words, weight)| height(&lines(words, weight, room))).sum()
}

fn lines(words: &str, weight: Weight, room: f64) -> Vec<String> {
    face::wrap(words, weight, room - LEADER - 2.0, 3)
}

fn height(lines: &[String]) -> f64 {
    real(lines.len()) * LINE
}

/// Draws each label with a line from its point.
pub(super) fn draw(canvas: &mut Canvas, plot: &Plot, sides: &[Side]) {
    let room = canvas.width - plot.right;
    let wrapped: Vec<_> = sides.iter().map(|side| lines(&side.words, side.weight, room)).collect();
    let sizes: Vec<_> = wrapped.iter().map(|lines| height(lines)).collect();
    let wanted: Vec<_> = sides.iter().map(|side| side.at.1).collect();
    let middles = spread(&wanted, &sizes, plot.top - 9.0, plot.bottom + 2.0);
    for (((side, lines), size), middle) in sides.iter().zip(&wrapped).zip(&sizes).zip(middles) {
        if lines.is_empty() {
            continue;
        }
        let (x, y) = side.at;
        let bend = plot.right + 3.0;
        let path = [(x + 5.0, y), (bend.max(x + 5.0), y), (plot.right + LEADER - 3.0, middle)];
        canvas.line(&path, Stroke::solid(side.colour, 1.0));
        canvas.lines(lines, side.weight, (plot.right + LEADER, middle - size / 2.0 + 13.7), Anchor::Start);
    }
}
