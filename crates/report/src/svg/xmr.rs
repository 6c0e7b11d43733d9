//! One series over time with its mean and natural process limits; a signal has a shape of its own as well as a colour.

use super::beside::{self, Side};
use super::canvas::{AXIS, COMPARATOR, Canvas, FORCE, INK, Mark, PAPER, Stroke, real};
use super::face::Weight;
use super::legend::{self, Swatch};
use super::plot::Frame;
use super::scale::{Print, Reach, Scale, drawable};
use crate::chart::Axis;

/// Draws the chart; gives its height.
pub(super) fn draw(
    canvas: &mut Canvas,
    points: &[(f64, String, bool)],
    limits: [f64; 3],
    axis: &Axis,
    height: f64,
) -> f64 {
    let has_signal = points.iter().any(|p| p.2);
    let usual = (Swatch::Mark(Mark::Circle, FORCE, FORCE), "Within what chance explains", Weight::Regular);
    let signal = (Swatch::Mark(Mark::Diamond, COMPARATOR, INK), "Signal of a change", Weight::Regular);
    let entries = if has_signal { vec![usual, signal] } else { vec![usual] };
    let top = legend::draw(canvas, &entries, 0.0) + 10.0;
    let values = || points.iter().map(|p| p.0).chain(limits);
    let reach = Reach::of(values()).near_zero(0.6);
    let named = named(limits, &Scale::new(reach, axis, 6), axis);
    let words = || named.iter().map(|(_, words)| (words.as_str(), Weight::Regular));
    let room = beside::room(words(), canvas.width);
    let frame =
        Frame { axis, reach, above: 0.0, beside: room, height: height.max(beside::least_height(words(), room)) };
    let plot = frame.plot(canvas.width, top);
    frame.draw(canvas, &plot, top);
    let mut sides = Vec::new();
    for (index, (value, words)) in named.into_iter().enumerate() {
        let y = plot.y(value);
        let dashes = if index == 0 { "" } else { "5 4" };
        let stroke = Stroke { colour: AXIS, width: 1.5, dashes };
        canvas.line(&[(plot.left, y), (plot.right, y)], stroke);
        sides.push(Side { at: (plot.right - 5.0, y), words, weight: Weight::Regular, colour: AXIS });
    }
    let (left, right) = (plot.left + 10.0, plot.right - 10.0);
    let step = (right - left) / real(points.len().saturating_sub(1).max(1));
    let x = |index: usize| left + step * real(index);
    let placed: Vec<_> =
        points.iter().enumerate().filter_map(|(i, p)| Some(((x(i), plot.y(drawable(p.0)?)), p.2))).collect();
    let path: Vec<_> = placed.iter().map(|p| p.0).collect();
    canvas.line(&path, Stroke::solid(FORCE, 2.0));
    for (at, is_signal) in placed {
        if is_signal {
            canvas.mark(Mark::Diamond, at, 5.5, COMPARATOR, INK);
        } else {
            canvas.mark(Mark::Circle, at, 4.0, FORCE, PAPER);
        }
    }
    beside::draw(canvas, &plot, &sides);
    let labels: Vec<_> = points.iter().enumerate().map(|(i, p)| (x(i), p.1.as_str())).collect();
    plot.times(canvas, &labels) + 2.0
}

/// Mean, lower and upper limit with their words, printed to a tenth of the axis's step; those that cannot be drawn left out.
fn named(limits: [f64; 3], scale: &Scale, axis: &Axis) -> Vec<(f64, String)> {
    let step = (scale.high() - scale.low()) / real(scale.ticks.len().max(2) - 1);
    let print = Print::new(step / 10.0, scale.high().abs().max(scale.low().abs()), axis);
    ["Mean", "Lower limit", "Upper limit"]
        .into_iter()
        .zip(limits)
        .filter_map(|(name, value)| Some((drawable(value)?, format!("{name} {}", print.text(value)))))
        .collect()
}
