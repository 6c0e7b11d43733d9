//! Columns of all forces from the lowest to the highest, which inspectors call a ski slope: never a naked ranking. The force, its
//! group, both ends and the average are named.

use super::callout::{self, Callout};
use super::canvas::{AXIS, Bounds, COMPARATOR, COMPARATOR_EDGE, Canvas, FORCE, GROUP, INK, Mark, OTHER, Stroke, real};
use super::face::Weight;
use super::legend;
use super::plot::{Frame, Plot};
use super::scale::{Reach, drawable};
use crate::chart::{Axis, Item, Role};

/// Draws the chart; gives its height.
pub(super) fn draw(
    canvas: &mut Canvas,
    columns: &[Item],
    average: Option<&(f64, String)>,
    axis: &Axis,
    height: f64,
) -> f64 {
    let columns = sorted(columns);
    let average = average.and_then(|(value, label)| Some((drawable(*value)?, label.as_str())));
    let values = columns.iter().map(|c| c.value).chain(average.map(|a| a.0));
    let frame = Frame { axis, reach: Reach::of(values).with_zero(), above: 0.0, beside: 0.0, height };
    let level = frame.plot(canvas.width, 0.0);
    let bars = bars(&columns, &level);
    let wanted = wanted(&columns, &bars);
    let line = average.map(|(value, label)| (level.y(value), label));
    let layout = callout::arrange(&wanted, &bars, line, &level, canvas.width);
    // Labels may rise above the uppermost gridline: all is drawn that much further down.
    let above = (level.top - layout.top).max(0.0);
    let frame = Frame { above, ..frame };
    let plot = frame.plot(canvas.width, 0.0);
    frame.draw(canvas, &plot, 0.0);
    for (item, bar) in columns.iter().zip(&bars) {
        column(canvas, item.role, bar, above);
    }
    let zero = plot.zero();
    canvas.line(&[(plot.left, zero), (plot.right, zero)], Stroke::solid(AXIS, 1.0));
    if let Some((y, _)) = line {
        let stroke = Stroke { colour: COMPARATOR_EDGE, width: 2.0, dashes: "7 4" };
        canvas.line(&[(plot.left, y + above), (plot.right, y + above)], stroke);
    }
    layout.draw(canvas, above);
    below(canvas, &columns, &layout.left_out, &plot)
}

/// Those that can be drawn, from the lowest to the highest, ties by name.
fn sorted(columns: &[Item]) -> Vec<&Item> {
    let mut sorted: Vec<&Item> = columns.iter().filter(|c| drawable(c.value).is_some()).collect();
    sorted.sort_by(|a, b| a.value.total_cmp(&b.value).then_with(|| a.name.cmp(&b.name)));
    sorted
}

/// Where each column stands.
fn bars(columns: &[&Item], plot: &Plot) -> Vec<Bounds> {
    let pitch = ((plot.right - plot.left) / real(columns.len().max(1))).min(60.0);
    let gap = (pitch * 0.22).min(4.0);
    let zero = plot.zero();
    columns
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let left = plot.left + pitch * real(index);
            let y = plot.y(item.value);
            Bounds { left: left + gap / 2.0, top: y.min(zero), right: left + pitch - gap / 2.0, bottom: y.max(zero) }
        })
        .collect()
}

/// The labels that stand over columns, the most important first.
fn wanted(columns: &[&Item], bars: &[Bounds]) -> Vec<Callout> {
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else {
        return Vec::new();
    };
    let differ = first.value < last.value;
    let end = |index: usize| match index {
        0 if differ => " (lowest)",
        i if differ && i + 1 == columns.len() => " (highest)",
        _ => "",
    };
    let mut order: Vec<usize> = (0..columns.len()).filter(|i| columns[*i].role == Role::Force).take(2).collect();
    if differ {
        let ends = [columns.len() - 1, 0];
        order.extend(ends.into_iter().filter(|i| columns[*i].role != Role::Force));
    }
    order
        .into_iter()
        .map(|index| {
            let item = columns[index];
            let weight = if item.role == Role::Force { Weight::Bold } else { Weight::Regular };
            Callout { words: format!("{} {}{}", item.name, item.text, end(index)), weight, bar: bars[index] }
        })
        .collect()
}

fn fill(role: Role) -> &'static str {
    match role {
        Role::Force => FORCE,
        Role::Comparator => COMPARATOR,
        Role::Group => GROUP,
        Role::Other => OTHER,
    }
}

fn column(canvas: &mut Canvas, role: Role, bar: &Bounds, down: f64) {
    // A true zero still has a column: a hair that shows where its force stands.
    let bottom = if bar.bottom - bar.top < 1.0 { bar.top + 1.0 } else { bar.bottom };
    let bar = Bounds { top: bar.top + down, bottom: bottom + down, ..*bar };
    canvas.rect(bar, fill(role), None);
}

/// What stands below the columns: a dot under each member of the group, and the words that say who they are.
fn below(canvas: &mut Canvas, columns: &[&Item], left_out: &[String], plot: &Plot) -> f64 {
    let mut bottom = plot.bottom + 12.0;
    let bars = bars(columns, plot);
    let group: Vec<_> = columns.iter().zip(&bars).filter(|(c, _)| c.role == Role::Group).collect();
    for (_, bar) in &group {
        let radius = ((bar.right - bar.left) / 2.0).min(3.0);
        let at = (f64::midpoint(bar.left, bar.right), plot.bottom + 8.0);
        canvas.mark(Mark::Circle, at, radius, GROUP, INK);
    }
    let count = columns.len();
    let says = format!("{count} forces, from the lowest to the highest");
    if count > 1 {
        bottom = legend::paragraph(canvas, &says, None, bottom + 4.0);
    }
    if !group.is_empty() {
        let names: Vec<_> = group.iter().map(|(c, _)| c.name.as_str()).collect();
        let says = format!("Most similar group, lowest first: {}", names.join(", "));
        bottom = legend::paragraph(canvas, &says, Some(GROUP), bottom + 6.0);
    }
    for words in left_out {
        bottom = legend::paragraph(canvas, words, None, bottom + 6.0);
    }
    bottom + 2.0
}
