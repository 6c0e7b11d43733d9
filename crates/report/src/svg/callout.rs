//! Labels over the columns of a ranked chart: every arrangement of a few is tried, and the one that sits lowest is taken.
//!
//! A label never lies on a column, a line or another label; a leader that joins it to its column never crosses a label.

use super::canvas::{AXIS, Anchor, Bounds, Canvas, Stroke};
use super::face::{self, ASCENT, DESCENT, Weight};
use super::place::Taken;
use super::plot::Plot;

/// A label that belongs to a column.
#[derive(Debug, Clone)]
pub(super) struct Callout {
    pub words: String,
    pub weight: Weight,
    /// The column.
    pub bar: Bounds,
}

/// Where everything goes.
#[derive(Debug, Clone, Default)]
pub(super) struct Layout {
    placed: Vec<Placed>,
    /// Labels that found no place: said below the chart instead.
    pub left_out: Vec<String>,
    /// The upper edge of the uppermost label.
    pub top: f64,
}

#[derive(Debug, Clone)]
struct Placed {
    words: String,
    weight: Weight,
    bounds: Bounds,
    /// From its column to the label; none where it stands right above.
    leader: Option<Bounds>,
}

/// How a label stands over its column: flush with its right edge, in the middle, or flush with its left edge.
const STANDS: [f64; 3] = [1.0, 0.5, 0.0];

/// Arranges the labels and the line's own label over the columns.
pub(super) fn arrange(callouts: &[Callout], bars: &[Bounds], line: Option<(f64, &str)>, plot: &Plot, width: f64) -> Layout {
    let mut best: Option<(usize, f64, Layout)> = None;
    for place in line_places(line, plot, width) {
        for order in orders(callouts.len()) {
            for stands in stands(callouts.len()) {
                let mut trial = Trial::new(bars, line, plot, width);
                trial.line_label(place.as_ref());
                for index in &order {
                    trial.place(&callouts[*index], stands[*index]);
                }
                let height: f64 = trial.rise;
                let missing = trial.layout.left_out.len();
                let better = best
                    .as_ref()
                    .is_none_or(|(m, h, _)| (missing, height) < (*m, *h));
                if better {
                    best = Some((missing, height, trial.layout));
                }
            }
        }
    }
    best.map(|b| b.2).unwrap_or_default()
}

/// Every order of so few things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut orders = vec![Vec::new()];
    for index in 0..count {
        orders = orders
            .iter()
            .flat_map(|order: &Vec<usize>| {
                (0..=order.len()).map(move |at| {
                    let mut longer = order.clone();
                    longer.insert(at, index);
                    longer
                })
            })
            .collect();
    }
    orders
}

/// Every way for so few labels to stand.
fn stands(count: usize) -> Vec<Vec<f64>> {
    (0..count).fold(vec![Vec::new()], |ways, _| {
        ways.iter()
            .flat_map(|way| {
                STANDS.into_iter().map(move |stand| {
                    let mut longer = way.clone();
                    longer.push(stand);
                    longer
                })
            })
            .collect()
    })
}

/// Where the line's label may lie: above or below the line, at its start, in its middle or at its end.
fn line_places(line: Option<(f64, &str)>, plot: &Plot, width: f64) -> Vec<Option<Placed>> {
    let Some((y, words)) = line else {
        return vec![None];
    };
    let words = face::clip(words, Weight::Regular, width - plot.left);
    let wide = face::width(&words, Weight::Regular);
    [0.0, 0.5, 1.0]
        .into_iter()
        .flat_map(|share| {
            let left = plot.left + (plot.right - plot.left - wide) * share;
            [y - 5.0 - DESCENT, y + 5.0 + ASCENT].map(|baseline| (left, baseline))
        })
        .map(|(left, baseline)| {
            Some(Placed {
                bounds: Bounds::of_text(&words, Weight::Regular, left, baseline, Anchor::Start),
                words: words.clone(),
                weight: Weight::Regular,
                leader: None,
            })
        })
        .collect()
}

struct Trial<'a> {
    bars: &'a [Bounds],
    plot: &'a Plot,
    width: f64,
    line: Option<f64>,
    labels: Taken,
    leaders: Taken,
    layout: Layout,
    /// How far the labels stand above their columns, added up.
    rise: f64,
}

impl<'a> Trial<'a> {
    fn new(bars: &'a [Bounds], line: Option<(f64, &str)>, plot: &'a Plot, width: f64) -> Self {
        Self {
            bars,
            plot,
            width,
            line: line.map(|l| l.0),
            labels: Taken::default(),
            leaders: Taken::default(),
            layout: Layout { top: plot.top, ..Layout::default() },
            rise: 0.0,
        }
    }

    fn line_label(&mut self, label: Option<&Placed>) {
        let Some(label) = label else {
            return;
        };
        let is_inside = label.bounds.bottom <= self.plot.bottom;
        if is_inside && self.is_clear_of_bars(&label.bounds) {
            self.keep(label.clone());
        } else {
            self.layout.left_out.push(format!("Dashed line: {}", label.words));
        }
    }

    fn is_clear_of_bars(&self, bounds: &Bounds) -> bool {
        !self.bars.iter().any(|bar| bar.meets(bounds))
    }

    /// Puts the label as low over its column as it can lie.
    fn place(&mut self, callout: &Callout, stand: f64) {
        let words = face::clip(&callout.words, callout.weight, self.width - self.plot.left);
        let wide = face::width(&words, callout.weight);
        let column = &callout.bar;
        let middle = f64::midpoint(column.left, column.right);
        let over = (column.right - column.left).min(wide);
        let left = (column.left - (wide - over) * stand).clamp(self.plot.left, self.width - wide);
        for step in 0..100 {
            let bottom = column.top - 4.0 - f64::from(step) * 3.0;
            let bounds = Bounds {
                left,
                top: bottom - ASCENT - DESCENT,
                right: left + wide,
                bottom,
            };
            let leader = (step > 1).then_some(Bounds {
                left: middle - 1.0,
                top: bottom,
                right: middle + 1.0,
                bottom: column.top - 2.0,
            });
            if self.is_free(&bounds, leader.as_ref()) {
                self.rise += f64::from(step);
                self.keep(Placed {
                    words,
                    weight: callout.weight,
                    bounds,
                    leader,
                });
                return;
            }
        }
        self.layout.left_out.push(callout.words.clone());
    }

    fn is_free(&self, bounds: &Bounds, leader: Option<&Bounds>) -> bool {
        let roomy = Bounds {
            left: bounds.left - 5.0,
            top: bounds.top - 1.0,
            right: bounds.right + 5.0,
            bottom: bounds.bottom + 1.0,
        };
        let is_on_line = self
            .line
            .is_some_and(|y| roomy.top < y + 1.0 && y - 1.0 < roomy.bottom);
        !is_on_line
            && self.is_clear_of_bars(bounds)
            && self.labels.is_free(&roomy)
            && self.leaders.is_free(&roomy)
            && leader.is_none_or(|leader| self.labels.is_free(leader))
    }

    fn keep(&mut self, placed: Placed) {
        self.labels.add(placed.bounds);
        if let Some(leader) = placed.leader {
            self.leaders.add(leader);
        }
        self.layout.top = self.layout.top.min(placed.bounds.top - 2.0);
        self.layout.placed.push(placed);
    }
}

impl Layout {
    /// Draws the labels and their leaders, all this much further down.
    pub fn draw(&self, canvas: &mut Canvas, down: f64) {
        for placed in &self.placed {
            if let Some(leader) = placed.leader {
                let x = f64::midpoint(leader.left, leader.right);
                canvas.line(&[(x, leader.top + down), (x, leader.bottom + down)], Stroke::solid(AXIS, 1.0));
            }
            let at = (placed.bounds.left, placed.bounds.bottom - DESCENT + down);
            canvas.plate(Bounds {
                top: placed.bounds.top + down,
                bottom: placed.bounds.bottom + down,
                ..placed.bounds
            });
            canvas.text(&placed.words, placed.weight, at, Anchor::Start);
        }
    }
}
