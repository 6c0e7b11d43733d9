//! Lines over time, each named at its end; a gap in the times is a gap in the line.

use super::beside::{self, Side};
use super::canvas::{COMPARATOR, Canvas, FORCE, GROUP, Mark, OTHER_EDGE, PAPER, Stroke, real};
use super::face::Weight;
use super::plot::{Frame, Plot};
use super::scale::{Reach, drawable};
use crate::chart::{Axis, Line, Role};

/// Draws the chart; gives its height.
pub(super) fn draw(canvas: &mut Canvas, lines: &[Line], axis: &Axis, times: &[String], height: f64) -> f64 {
    let lines: Vec<(&Line, Vec<(usize, f64)>)> = lines.iter().map(|line| (line, points(line, times.len()))).collect();
    let named: Vec<(String, Weight)> = lines.iter().map(|(line, points)| label(line, points)).collect();
    let words = || named.iter().map(|(words, weight)| (words.as_str(), *weight));
    let room = beside::room(words(), canvas.width);
    let frame = Frame {
        axis,
        reach: Reach::of(lines.iter().flat_map(|(_, points)| points.iter().map(|p| p.1))).near_zero(0.25),
        above: 0.0,
        beside: room,
        height: height.max(beside::least_height(words(), room)),
    };
    let plot = frame.plot(canvas.width, 0.0);
    frame.draw(canvas, &plot, 0.0);
    let x = |index: usize| across(&plot, index, times.len());
    let mut sides = Vec::new();
    // The force's line is drawn last, above the others.
    for ((line, points), (words, weight)) in lines.iter().zip(&named).rev() {
        let placed: Vec<_> = points.iter().map(|(index, value)| (*index, (x(*index), plot.y(*value)))).collect();
        draw_line(canvas, line.role, &placed);
        if let Some((_, at)) = placed.last() {
            sides.push(Side { at: *at, words: words.clone(), weight: *weight, colour: stroke(line.role).colour });
        }
    }
    beside::draw(canvas, &plot, &sides);
    let labels: Vec<_> = times.iter().enumerate().map(|(i, t)| (x(i), t.as_str())).collect();
    plot.times(canvas, &labels) + 2.0
}

/// The points that can be drawn, in order of time.
fn points(line: &Line, times: usize) -> Vec<(usize, f64)> {
    let mut points: Vec<_> =
        line.points.iter().filter(|p| p.0 < times).filter_map(|p| Some((p.0, drawable(p.1)?))).collect();
    points.sort_by_key(|p| p.0);
    points.dedup_by_key(|p| p.0);
    points
}

/// The name with the last value as printed.
fn label(line: &Line, points: &[(usize, f64)]) -> (String, Weight) {
    let weight = match line.role {
        Role::Force => Weight::Bold,
        Role::Comparator | Role::Group | Role::Other => Weight::Regular,
    };
    let printed =
        points.last().and_then(|last| line.points.iter().find(|p| p.0 == last.0)).map_or("", |p| p.2.as_str());
    (format!("{} {printed}", line.name), weight)
}

fn across(plot: &Plot, index: usize, times: usize) -> f64 {
    let (left, right) = (plot.left + 8.0, plot.right - 6.0);
    if times < 2 {
        return f64::midpoint(left, right);
    }
    left + (right - left) * real(index) / real(times - 1)
}

fn stroke(role: Role) -> Stroke {
    let (colour, width, dashes) = match role {
        Role::Force => (FORCE, 3.0, ""),
        Role::Comparator => (COMPARATOR, 2.5, "7 4"),
        Role::Group => (GROUP, 2.5, "2 3"),
        Role::Other => (OTHER_EDGE, 1.5, ""),
    };
    Stroke { colour, width, dashes }
}

/// One line, broken where a time is missing, a dot at its end and at every point that stands alone.
fn draw_line(canvas: &mut Canvas, role: Role, points: &[(usize, (f64, f64))]) {
    let stroke = stroke(role);
    let runs: Vec<&[(usize, (f64, f64))]> = points.chunk_by(|a, b| a.0 + 1 == b.0).collect();
    for (index, run) in runs.iter().enumerate() {
        let path: Vec<_> = run.iter().map(|p| p.1).collect();
        canvas.line(&path, stroke);
        let is_last = index + 1 == runs.len();
        if let (true, Some(end)) = (is_last || path.len() == 1, path.last()) {
            canvas.mark(mark(role), *end, 3.5, stroke.colour, PAPER);
        }
    }
}

fn mark(role: Role) -> Mark {
    match role {
        Role::Force | Role::Other => Mark::Circle,
        Role::Comparator => Mark::Square,
        Role::Group => Mark::Diamond,
    }
}
