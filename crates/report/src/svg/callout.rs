//! Labels over the columns of a ranked chart: every arrangement of a few is tried, and the one that sits lowest is taken.
//!
//! A label never lies on a column, a line or another label; a leader that joins it to its column never crosses a label.

use super::canvas::{AXIS, Anchor, Bounds, Canvas, Stroke};
use super::face::{self, ASCENT, DESCENT, Weight};
use super::plot::Plot;

/// Between a label and anything that it must not touch.
const CLEAR: f64 = 4.0;
/// How a label stands over its column: flush with its right edge, in the middle, or flush with its left edge.
const STANDS: [f64; 3] = [1.0, 0.5, 0.0];

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
    /// How far the labels stand above their columns, added up.
    rise: f64,
}

#[derive(Debug, Clone)]
struct Placed {
    words: String,
    weight: Weight,
    bounds: Bounds,
    /// From its column to the label; none where it stands right above.
    leader: Option<Bounds>,
}

/// One way for a label to stand over its column, as low as the columns below it allow.
#[derive(Debug, Clone)]
struct Stand {
    words: String,
    weight: Weight,
    left: f64,
    right: f64,
    bottom: f64,
    /// The middle and the upper edge of its column.
    column: (f64, f64),
}

/// Arranges the labels and the line's own label over the columns.
pub(super) fn arrange(
    callouts: &[Callout],
    bars: &[Bounds],
    line: Option<(f64, &str)>,
    plot: &Plot,
    width: f64,
) -> Layout {
    let stands: Vec<Vec<Stand>> =
        callouts.iter().map(|callout| STANDS.map(|share| stand(callout, share, bars, plot, width)).to_vec()).collect();
    let mut best: Option<Layout> = None;
    for place in line_places(line, bars, plot, width) {
        for order in orders(callouts.len()) {
            for choice in choices(callouts.len()) {
                let mut trial = Layout { top: plot.top, ..Layout::default() };
                match &place {
                    Ok(label) => trial.keep(label.clone()),
                    Err(left_out) => trial.left_out.extend(left_out.clone()),
                }
                for index in &order {
                    trial.place(&stands[*index][choice[*index]], line.map(|l| l.0));
                }
                if best.as_ref().is_none_or(|best| trial.is_better_than(best)) {
                    best = Some(trial);
                }
            }
        }
    }
    best.unwrap_or_default()
}

/// Every order of so few things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    (0..count).fold(vec![Vec::new()], |orders, index| {
        let longer = |order: Vec<usize>| {
            (0..=order.len()).map(move |at| {
                let mut longer = order.clone();
                longer.insert(at, index);
                longer
            })
        };
        orders.into_iter().flat_map(longer).collect()
    })
}

/// Every choice of a stand for so few labels.
fn choices(count: usize) -> Vec<Vec<usize>> {
    (0..count).fold(vec![Vec::new()], |choices, _| {
        let longer = |choice: Vec<usize>| {
            (0..STANDS.len()).map(move |stand| {
                let mut longer = choice.clone();
                longer.push(stand);
                longer
            })
        };
        choices.into_iter().flat_map(longer).collect()
    })
}

fn stand(callout: &Callout, share: f64, bars: &[Bounds], plot: &Plot, width: f64) -> Stand {
    let words = face::clip(&callout.words, callout.weight, width - plot.left);
    let wide = face::width(&words, callout.weight);
    let column = &callout.bar;
    let over = (column.right - column.left).min(wide);
    let left = (column.left - (wide - over) * share).min(width - wide).max(plot.left);
    let skyline = bars
        .iter()
        .filter(|bar| bar.left < left + wide && left < bar.right)
        .map(|bar| bar.top)
        .fold(column.top, f64::min);
    Stand {
        words,
        weight: callout.weight,
        left,
        right: left + wide,
        bottom: skyline - CLEAR,
        column: (f64::midpoint(column.left, column.right), column.top),
    }
}

/// Where the line's label can lie clear of the columns, above the line or below it; where it cannot, what to say below the chart.
fn line_places(
    line: Option<(f64, &str)>,
    bars: &[Bounds],
    plot: &Plot,
    width: f64,
) -> Vec<Result<Placed, Option<String>>> {
    let Some((y, words)) = line else {
        return vec![Err(None)];
    };
    let clipped = face::clip(words, Weight::Regular, width - plot.left);
    let room = plot.right - plot.left - face::width(&clipped, Weight::Regular);
    let mut places = Vec::new();
    for step in 0..=8 {
        let left = plot.left + room * f64::from(step) / 8.0;
        for baseline in [y - CLEAR - DESCENT, y + CLEAR + ASCENT] {
            let bounds = Bounds::of_text(&clipped, Weight::Regular, left, baseline, Anchor::Start);
            if bounds.bottom <= plot.bottom && !bars.iter().any(|bar| bar.meets(&bounds)) {
                places.push(Ok(Placed { words: clipped.clone(), weight: Weight::Regular, bounds, leader: None }));
            }
        }
    }
    places.push(Err(Some(format!("Dashed line: {words}"))));
    places
}

impl Layout {
    fn is_better_than(&self, other: &Self) -> bool {
        (self.left_out.len(), self.rise) < (other.left_out.len(), other.rise)
    }

    /// Puts the label as low as the line and the labels before it allow; leaves it out where its leader would cross one of them.
    fn place(&mut self, stand: &Stand, line: Option<f64>) {
        let (middle, top) = stand.column;
        let mut bottom = stand.bottom;
        let bounds = loop {
            let bounds = Bounds { left: stand.left, top: bottom - ASCENT - DESCENT, right: stand.right, bottom };
            match self.obstacle(&bounds, line) {
                Some(edge) => bottom = edge - CLEAR - 0.01,
                None => break bounds,
            }
        };
        let leader = (top - bottom > 3.0 * CLEAR).then_some(Bounds {
            left: middle - 1.0,
            top: bottom,
            right: middle + 1.0,
            bottom: top - 2.0,
        });
        let crosses = |leader: &Bounds| self.placed.iter().any(|p| p.bounds.meets(leader));
        if leader.as_ref().is_some_and(crosses) {
            self.left_out.push(stand.words.clone());
            return;
        }
        self.rise += top - bottom;
        self.keep(Placed { words: stand.words.clone(), weight: stand.weight, bounds, leader });
    }

    /// The upper edge of something that a label here would touch.
    fn obstacle(&self, bounds: &Bounds, line: Option<f64>) -> Option<f64> {
        let across =
            |other: &Bounds, clear: f64| bounds.left - clear < other.right && other.left < bounds.right + clear;
        let down = |top: f64, bottom: f64| bounds.top - CLEAR < bottom && top < bounds.bottom + CLEAR;
        let label = self.placed.iter().find(|p| across(&p.bounds, 2.0 * CLEAR) && down(p.bounds.top, p.bounds.bottom));
        let leader = self.placed.iter().filter_map(|p| p.leader).find(|l| across(l, 1.0) && down(l.top, l.bottom));
        let line = line.filter(|y| down(*y, *y)).map(|y| y + 1.0 - CLEAR);
        label.map(|p| p.bounds.top).or(leader.map(|l| l.top)).or(line)
    }

    fn keep(&mut self, placed: Placed) {
        self.top = self.top.min(placed.bounds.top - 2.0);
        self.placed.push(placed);
    }

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
