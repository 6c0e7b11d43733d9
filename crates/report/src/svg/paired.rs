//! Pairs of horizontal bars: the force's, thick, above its comparator's, thin and edged, each with its printed value.

use super::canvas::{AXIS, Anchor, Bounds, COMPARATOR, COMPARATOR_EDGE, Canvas, FORCE, GRID, Stroke, real};
use super::face::{self, LINE, Weight};
use super::legend::{self, Swatch};
use super::scale::{Reach, Scale, drawable};
use crate::chart::{Axis, Pair, Role};

const THICK: f64 = 16.0;
const THIN: f64 = 11.0;
const BETWEEN_BARS: f64 = 5.0;
const BETWEEN_PAIRS: f64 = 16.0;

/// Where bars begin and end, and what room their values have.
struct Lane {
    labels: f64,
    left: f64,
    right: f64,
    scale: Scale,
}

impl Lane {
    fn new(rows: &[Pair], axis: &Axis, width: f64) -> Self {
        let bars = || rows.iter().flat_map(|r| [&r.force, &r.comparator]);
        let reach = Reach::of(bars().filter_map(|b| b.0)).with_zero();
        let labels = labels_width(rows, width);
        let room = (width - labels) * 0.4;
        let widest = |negative: bool| {
            bars()
                .filter(|b| (b.0.unwrap_or(0.0) < 0.0) == negative)
                .map(|b| face::width(&b.1, Weight::Bold) + 8.0)
                .fold(0.0, f64::max)
                .min(room)
        };
        let (left, right) = (labels + widest(true), width - widest(false));
        let most = [6, 5, 4, 3]
            .into_iter()
            .find(|most| {
                let scale = Scale::new(reach, axis, *most);
                (scale.widest() + 14.0) * real(scale.ticks.len()) <= right - left
            })
            .unwrap_or(2);
        let scale = Scale::new(reach, axis, most);
        let mut lane = Self { labels, left, right, scale };
        lane.widen(rows, width);
        lane
    }

    /// Moves the right end as far as the values beside the bars and the last number of the axis allow.
    fn widen(&mut self, rows: &[Pair], width: f64) {
        let last = self.scale.ticks.last().map_or(0.0, |t| face::width(&t.1, Weight::Regular));
        let mut right = width - last / 2.0;
        for (value, printed) in rows.iter().flat_map(|r| [&r.force, &r.comparator]) {
            let share = self.scale.share(value.and_then(drawable).unwrap_or(0.0));
            let end = width - face::width(printed, Weight::Bold) - 8.0;
            if share > 0.0 {
                right = right.min(self.left + (end - self.left) / share);
            }
        }
        self.right = self.right.max(right);
    }

    fn x(&self, value: f64) -> f64 {
        self.left + self.scale.share(value) * (self.right - self.left)
    }
}

/// The width of the column of labels; zero where the chart is too narrow for one and each label stands above its bars.
fn labels_width(rows: &[Pair], width: f64) -> f64 {
    if width < 500.0 {
        return 0.0;
    }
    let widest = rows.iter().map(|r| face::width(&r.label, Weight::Regular)).fold(0.0, f64::max);
    widest.min(200.0) + 16.0
}

/// Draws the chart; gives its height.
pub(super) fn draw(canvas: &mut Canvas, names: &[String; 2], rows: &[Pair], axis: &Axis) -> f64 {
    let entries = [
        (Swatch::Bar(FORCE, None, THICK - 4.0), names[0].as_str(), Weight::Bold),
        (Swatch::Bar(COMPARATOR, Some(COMPARATOR_EDGE), THIN - 2.0), names[1].as_str(), Weight::Regular),
    ];
    let top = legend::draw(canvas, &entries, 0.0) + 14.0;
    let lane = Lane::new(rows, axis, canvas.width);
    let tops = tops(rows, &lane, canvas.width, top);
    let bottom = tops.last().map_or(top, |last| *last) - BETWEEN_PAIRS + 8.0;
    for (value, _) in &lane.scale.ticks {
        let x = lane.x(*value);
        canvas.line(&[(x, top - 4.0), (x, bottom)], Stroke::solid(GRID, 1.0));
    }
    for (row, row_top) in rows.iter().zip(&tops) {
        pair(canvas, &lane, row, *row_top);
    }
    if lane.labels > 0.0 {
        let zero = lane.x(0.0);
        canvas.line(&[(zero, top - 4.0), (zero, bottom)], Stroke::solid(AXIS, 1.0));
    }
    ticks(canvas, &lane, axis, bottom)
}

/// The upper edge of each row, and after them where the next one would begin.
fn tops(rows: &[Pair], lane: &Lane, width: f64, top: f64) -> Vec<f64> {
    let mut tops = vec![top];
    let mut edge = top;
    for row in rows {
        let words = real(label_lines(row, lane, width).len()) * LINE;
        let bars = THICK + BETWEEN_BARS + THIN;
        edge += BETWEEN_PAIRS + if lane.labels > 0.0 { words.max(bars) } else { words + 2.0 + bars };
        tops.push(edge);
    }
    tops
}

fn label_lines(row: &Pair, lane: &Lane, width: f64) -> Vec<String> {
    if lane.labels > 0.0 {
        face::wrap(&row.label, Weight::Regular, lane.labels - 16.0, 3)
    } else {
        face::wrap(&row.label, Weight::Regular, width, 2)
    }
}

fn pair(canvas: &mut Canvas, lane: &Lane, row: &Pair, top: f64) {
    let lines = label_lines(row, lane, canvas.width);
    let words = real(lines.len()) * LINE;
    let bars = THICK + BETWEEN_BARS + THIN;
    let (label_top, bar_top) = if lane.labels > 0.0 {
        (top + (bars - words).max(0.0) / 2.0, top + (words - bars).max(0.0) / 2.0)
    } else {
        plates(canvas, &lines, top);
        (top, top + words + 2.0)
    };
    canvas.lines(&lines, Weight::Regular, (0.0, label_top + 13.0), Anchor::Start);
    bar(canvas, lane, &row.force, Role::Force, bar_top);
    bar(canvas, lane, &row.comparator, Role::Comparator, bar_top + THICK + BETWEEN_BARS);
    if lane.labels == 0.0 {
        let zero = lane.x(0.0);
        canvas.line(&[(zero, bar_top - 2.0), (zero, bar_top + bars + 2.0)], Stroke::solid(AXIS, 1.0));
    }
}

fn plates(canvas: &mut Canvas, lines: &[String], top: f64) {
    let mut baseline = top + 13.0;
    for line in lines {
        canvas.plate(Bounds::of_text(line, Weight::Regular, 0.0, baseline, Anchor::Start));
        baseline += LINE;
    }
}

fn bar(canvas: &mut Canvas, lane: &Lane, (value, printed): &(Option<f64>, String), role: Role, top: f64) {
    let (fill, edge, weight, height) = match role {
        Role::Force => (FORCE, None, Weight::Bold, THICK),
        Role::Comparator | Role::Group | Role::Other => (COMPARATOR, Some(COMPARATOR_EDGE), Weight::Regular, THIN),
    };
    let value = value.and_then(drawable).unwrap_or(0.0);
    let (zero, end) = (lane.x(0.0), lane.x(value));
    let bounds = Bounds { left: zero.min(end), top, right: zero.max(end), bottom: top + height };
    canvas.rect(bounds, fill, edge);
    let baseline = top + height / 2.0 + 4.7;
    let (x, anchor, room) = if value < 0.0 {
        (end - 6.0, Anchor::End, end - 6.0 - lane.labels)
    } else {
        (end + 6.0, Anchor::Start, canvas.width - end - 6.0)
    };
    let printed = face::clip(printed, weight, room);
    canvas.plate(Bounds::of_text(&printed, weight, x, baseline, anchor));
    canvas.text(&printed, weight, (x, baseline), anchor);
}

fn ticks(canvas: &mut Canvas, lane: &Lane, axis: &Axis, bottom: f64) -> f64 {
    let baseline = bottom + 16.0;
    let mut free = 0.0;
    for (value, number) in &lane.scale.ticks {
        let half = face::width(number, Weight::Regular) / 2.0;
        let x = lane.x(*value).clamp(half.min(canvas.width / 2.0), (canvas.width - half).max(canvas.width / 2.0));
        if x - half >= free && x + half <= canvas.width {
            canvas.text(number, Weight::Regular, (x, baseline), Anchor::Middle);
            free = x + half + 6.0;
        }
    }
    let title = face::wrap(&axis.title, Weight::Regular, canvas.width - lane.left, 2);
    let next = canvas.lines(&title, Weight::Regular, (lane.left, baseline + LINE + 2.0), Anchor::Start);
    next - LINE + face::DESCENT + 2.0
}
