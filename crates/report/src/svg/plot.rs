//! The frame of a chart whose values rise: title of the axis, gridlines with their numbers, and where a value lies.

use super::canvas::{AXIS, Anchor, Bounds, Canvas, GRID, Stroke};
use super::face::{self, LINE, Weight};
use super::scale::{Reach, Scale};
use crate::chart::Axis;

/// The area inside a frame.
#[derive(Debug, Clone)]
pub(super) struct Plot {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub scale: Scale,
}

/// What a frame needs to know beforehand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    pub axis: &'a Axis,
    pub reach: Reach,
    /// Room kept free between the title and the uppermost gridline.
    pub above: f64,
    /// Room kept free to the right of the gridlines.
    pub beside: f64,
    /// From the uppermost gridline to the lowest.
    pub height: f64,
}

impl Frame<'_> {
    /// The area, with the frame's upper edge at `top`.
    pub fn plot(&self, width: f64, top: f64) -> Plot {
        let scale = Scale::new(self.reach, self.axis, 6);
        let left = (scale.widest() + 8.0).min(width * 0.3);
        let title = real_height(&self.title(width, &scale));
        let top = top + title + self.above + 13.0;
        Plot { left, right: width - self.beside, top, bottom: top + self.height, scale }
    }

    /// Draws title, gridlines and numbers for the plot made from the same frame at the same `top`.
    pub fn draw(&self, canvas: &mut Canvas, plot: &Plot, top: f64) {
        let title = self.title(canvas.width, &plot.scale);
        canvas.lines(&title, Weight::Regular, (0.0, top + 12.0), Anchor::Start);
        for (value, number) in &plot.scale.ticks {
            let y = plot.y(*value);
            let stroke = if *value == 0.0 { Stroke::solid(AXIS, 1.0) } else { Stroke::solid(GRID, 1.0) };
            canvas.line(&[(plot.left, y), (plot.right, y)], stroke);
            let number = face::clip(number, Weight::Regular, plot.left - 8.0);
            canvas.text(&number, Weight::Regular, (plot.left - 8.0, y + 4.7), Anchor::End);
        }
    }

    fn title(&self, width: f64, scale: &Scale) -> Vec<String> {
        let from_zero = scale.low() <= 0.0 && scale.high() >= 0.0;
        let mut title = self.axis.title.clone();
        if !from_zero {
            title.push_str(" (axis does not start at zero)");
        }
        face::wrap(&title, Weight::Regular, width, 2)
    }
}

fn real_height(lines: &[String]) -> f64 {
    super::canvas::real(lines.len()) * LINE
}

impl Plot {
    /// How far down the value lies.
    pub fn y(&self, value: f64) -> f64 {
        self.bottom - self.scale.share(value) * (self.bottom - self.top)
    }

    /// How far down zero lies, or the end of the axis nearest to it.
    pub fn zero(&self) -> f64 {
        self.bottom - self.scale.zero() * (self.bottom - self.top)
    }

    /// Labels under the plot at these places across, as many as fit: the last always, the others at even steps back from it.
    /// Gives the lower edge.
    pub fn times(&self, canvas: &mut Canvas, labels: &[(f64, &str)]) -> f64 {
        let top = self.bottom + 9.0;
        let room = ((self.right - self.left) / 3.0).clamp(44.0, 90.0);
        let wrapped: Vec<(f64, Vec<String>)> =
            labels.iter().map(|(x, words)| (*x, face::wrap(words, Weight::Regular, room, 2))).collect();
        let step = self.step(&wrapped, canvas.width);
        let chosen = self.chosen(&wrapped, canvas.width, step).unwrap_or_default();
        let mut bottom = top;
        for (bounds, lines) in chosen {
            let middle = f64::midpoint(bounds.left, bounds.right);
            let next = canvas.lines(lines, Weight::Regular, (middle, top + 12.0), Anchor::Middle);
            bottom = f64::max(bottom, next - LINE + face::DESCENT);
        }
        bottom
    }

    /// The least step at which no labels touch, or up to twice as much where the first label then stands too.
    fn step(&self, labels: &[(f64, Vec<String>)], width: f64) -> usize {
        let fits = |step: &usize| self.chosen(labels, width, *step).is_some();
        let last = labels.len().saturating_sub(1).max(1);
        let least = (1..=last).find(fits).unwrap_or(last + 1);
        (least..=least.saturating_mul(2).min(last))
            .find(|step| last.is_multiple_of(*step) && fits(step))
            .unwrap_or(least)
    }

    /// Every `step`th label, counted from the last, with its room; `None` when two of them would touch.
    fn chosen<'a>(
        &self,
        labels: &'a [(f64, Vec<String>)],
        width: f64,
        step: usize,
    ) -> Option<Vec<(Bounds, &'a Vec<String>)>> {
        let mut right = f64::INFINITY;
        let mut chosen = Vec::new();
        for (x, lines) in labels.iter().rev().step_by(step) {
            let wide = lines.iter().map(|line| face::width(line, Weight::Regular)).fold(0.0, f64::max);
            let left = (x - wide / 2.0).clamp(0.0, (width - wide).max(0.0));
            if left + wide > right {
                return None;
            }
            right = left - 10.0;
            let bounds = Bounds { left, top: self.bottom, right: left + wide, bottom: self.bottom + 2.0 * LINE };
            chosen.push((bounds, lines));
        }
        Some(chosen)
    }
}
