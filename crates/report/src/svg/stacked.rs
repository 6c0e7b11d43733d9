//! Horizontal bars of parts that make a whole, each share printed inside its part where it fits and below it where not.

use super::canvas::{AXIS, Anchor, Bounds, Canvas, INK, PAPER, Stroke, real};
use super::face::{self, LINE, Weight};
use super::legend::{self, Swatch};
use super::place::spread;

/// Fill and text of each part: the Analysis Function's categories in their order, dark beside light.
const PARTS: [(&str, &str); 4] = [("#12436D", PAPER), ("#28A197", INK), ("#801650", PAPER), ("#F46A25", INK)];
const BAR: f64 = 26.0;

/// Draws the chart; gives its height.
pub(super) fn draw(canvas: &mut Canvas, parts: &[String], rows: &[(String, Vec<f64>)]) -> f64 {
    let entries: Vec<_> = parts
        .iter()
        .zip(PARTS)
        .map(|(name, (fill, _))| (Swatch::Bar(fill, None, 12.0), name.as_str(), Weight::Regular))
        .collect();
    let mut top = if entries.is_empty() { 0.0 } else { legend::draw(canvas, &entries, 0.0) + 14.0 };
    let column = label_column(rows, canvas.width);
    for (label, shares) in rows {
        top = row(canvas, label, shares, column, top) + 14.0;
    }
    (top - 12.0).max(LINE)
}

/// The width of the column of labels; zero where each stands above its bar.
fn label_column(rows: &[(String, Vec<f64>)], width: f64) -> f64 {
    if width < 500.0 {
        return 0.0;
    }
    let widest = rows.iter().map(|r| face::width(&r.0, Weight::Regular)).fold(0.0, f64::max);
    widest.min(180.0) + 16.0
}

/// Draws one bar with its label; gives the lower edge.
fn row(canvas: &mut Canvas, label: &str, shares: &[f64], column: f64, top: f64) -> f64 {
    let (bar_top, least) = if column > 0.0 {
        let lines = face::wrap(label, Weight::Regular, column - 16.0, 3);
        let height = real(lines.len()) * LINE;
        let bar_top = top + (height - BAR).max(0.0) / 2.0;
        let first = bar_top + BAR / 2.0 - height / 2.0 + 13.7;
        canvas.lines(&lines, Weight::Regular, (0.0, first), Anchor::Start);
        (bar_top, top + height)
    } else {
        let lines = face::wrap(label, Weight::Regular, canvas.width, 2);
        let next = canvas.lines(&lines, Weight::Regular, (0.0, top + 12.0), Anchor::Start);
        (next - 10.0, next)
    };
    let mut below = Vec::new();
    for (index, part) in segments(shares, column, canvas.width).into_iter().enumerate() {
        let (fill, ink) = PARTS[index % PARTS.len()];
        let bounds = Bounds { left: part.left, top: bar_top, right: part.right, bottom: bar_top + BAR };
        // A sliver of paper between the parts tells them apart in any colour.
        let gap = if part.right - part.left > 4.0 { 2.0 } else { 0.0 };
        canvas.rect(Bounds { right: bounds.right - gap, ..bounds }, fill, None);
        let middle = (f64::midpoint(part.left, part.right - gap), bar_top + BAR / 2.0 + 4.7);
        if face::width(&part.printed, Weight::Bold) + 10.0 <= part.right - part.left {
            canvas.coloured(&part.printed, Weight::Bold, middle, Anchor::Middle, ink);
        } else if !part.printed.is_empty() {
            below.push((middle.0, part.printed));
        }
    }
    let bottom = bar_top + BAR;
    beneath(canvas, &below, column, bottom).max(least)
}

struct Segment {
    left: f64,
    right: f64,
    printed: String,
}

fn segments(shares: &[f64], left: f64, right: f64) -> Vec<Segment> {
    let shares: Vec<f64> = shares
        .iter()
        .take(PARTS.len())
        .map(|share| if share.is_finite() { share.clamp(0.0, 1e6) } else { 0.0 })
        .collect();
    let whole = shares.iter().sum::<f64>().max(100.0);
    let mut edge = left;
    let mut segments = Vec::new();
    for share in shares {
        let next = edge + (right - left) * share / whole;
        segments.push(Segment { left: edge, right: next, printed: printed(share) });
        edge = next;
    }
    segments
}

/// A share in whole percent, halves up; "<1%" for what would round to zero and is not; nothing for zero.
fn printed(share: f64) -> String {
    if share <= 0.0 {
        String::new()
    } else if share < 0.5 {
        "<1%".to_owned()
    } else {
        format!("{}%", (share + 0.5).floor())
    }
}

/// Shares too narrow for their own part, below it and moved apart, each with a short line to it; gives the lower edge.
fn beneath(canvas: &mut Canvas, labels: &[(f64, String)], left: f64, bottom: f64) -> f64 {
    if labels.is_empty() {
        return bottom;
    }
    let wanted: Vec<_> = labels.iter().map(|l| l.0).collect();
    let sizes: Vec<_> = labels.iter().map(|l| face::width(&l.1, Weight::Regular) + 8.0).collect();
    let middles = spread(&wanted, &sizes, left - 4.0, canvas.width + 4.0);
    for ((x, words), middle) in labels.iter().zip(middles) {
        canvas.line(&[(*x, bottom + 1.0), (middle, bottom + 6.0)], Stroke::solid(AXIS, 1.0));
        canvas.text(words, Weight::Regular, (middle, bottom + 18.0), Anchor::Middle);
    }
    bottom + 18.0 + face::DESCENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_rounds_to_zero_is_not_printed_as_zero() {
        for (share, expected) in [(0.0, ""), (0.2, "<1%"), (0.5, "1%"), (44.5, "45%"), (100.0, "100%")] {
            assert_eq!(printed(share), expected);
        }
    }
}
