//! A tile a force, roughly where its area lies: its name, then the step mark of its judgment on its colour, then a key in words.
//!
//! A shape on a real map would make the largest areas the loudest; here every force is as large as every other.

use super::canvas::{AXIS, Anchor, Bounds, Canvas, PAPER, real};
use super::face::{self, LINE, Weight};
use super::grid::ground;
use crate::chart::{MapKey, MapTile};
use crate::document::Badge;

/// Between two tiles.
const GAP: f64 = 3.0;
/// The height of a line of steps.
const MARK: f64 = 18.0;
/// From one step to the next, where there is room.
const PITCH: f64 = 11.0;
/// Above and below the words of a tile.
const PAD: f64 = 5.0;
/// The height of a line of the key.
const KEY: f64 = 22.0;
/// Between two entries of the key that stand beside each other.
const BETWEEN: f64 = 20.0;

/// Where a tile lies and what stands on it.
struct Layout {
    pitch: f64,
    /// From the edge of a tile to its words.
    aside: f64,
    /// The height of a tile.
    tall: f64,
}

/// Draws the chart; gives its height.
pub(super) fn draw(canvas: &mut Canvas, tiles: &[MapTile], keys: &[MapKey]) -> f64 {
    let columns = tiles.iter().map(|tile| tile.column).max().unwrap_or(1).max(1);
    let pitch = (canvas.width + GAP) / f64::from(columns);
    let aside = match pitch {
        ..60.0 => 1.75,
        60.0..80.0 => 4.0,
        _ => 7.0,
    };
    let room = pitch - GAP - 2.0 * aside;
    let names: Vec<Vec<String>> = tiles.iter().map(|tile| name(tile, room)).collect();
    let most = names.iter().map(Vec::len).max().unwrap_or(0);
    let layout = Layout { pitch, aside, tall: real(most) * LINE + MARK + 2.0 * PAD };
    for (tile, lines) in tiles.iter().zip(&names) {
        draw_tile(canvas, tile, lines, &layout);
    }
    let rows = tiles.iter().map(|tile| tile.row).max().unwrap_or(0);
    key(canvas, keys, f64::from(rows) * (layout.tall + GAP) + 12.0)
}

/// The name in at most two lines; the shorter one where the longer would be cut.
fn name(tile: &MapTile, room: f64) -> Vec<String> {
    let whole = |name: &str| {
        let lines = face::wrap(name, Weight::Regular, room, 2);
        (lines.join(" ") == name.split_whitespace().collect::<Vec<_>>().join(" ")).then_some(lines)
    };
    whole(&tile.name).unwrap_or_else(|| face::wrap(&tile.shorter, Weight::Regular, room, 2))
}

fn draw_tile(canvas: &mut Canvas, tile: &MapTile, lines: &[String], layout: &Layout) {
    let left = layout.pitch * f64::from(tile.column.saturating_sub(1));
    let top = (layout.tall + GAP) * f64::from(tile.row.saturating_sub(1));
    let at = Bounds { left, top, right: left + layout.pitch - GAP, bottom: top + layout.tall };
    let look = tile.badge.look();
    ground(canvas, look.fill, tile.badge.carried_over.is_some(), at);
    let (x, room) = (left + layout.aside, layout.pitch - GAP - 2.0 * layout.aside);
    let mut baseline = top + PAD + 13.0;
    for line in lines {
        canvas.coloured(line, Weight::Regular, (x, baseline), Anchor::Start, look.ink);
        baseline += LINE;
    }
    let foot = at.bottom - PAD - 4.5;
    let end = judgment(canvas, &tile.badge, (x, foot), room);
    let year = tile.badge.carried_over.as_deref().unwrap_or_default();
    if end + PAD + face::width(year, Weight::Regular) <= x + room {
        canvas.coloured(year, Weight::Regular, (x + room, foot), Anchor::End, look.ink);
    }
}

/// The step mark, or the mark of a judgment that has none; gives where it ends.
fn judgment(canvas: &mut Canvas, badge: &Badge, (x, baseline): (f64, f64), room: f64) -> f64 {
    let ink = badge.look().ink;
    let (filled, hollow) = badge.step_mark();
    let of = filled.saturating_add(hollow);
    if of == 0 {
        let mark = face::clip(&mark(badge), Weight::Bold, room);
        canvas.coloured(&mark, Weight::Bold, (x, baseline), Anchor::Start, ink);
        return x + face::width(&mark, Weight::Bold);
    }
    let pitch = (room / f64::from(of)).min(PITCH);
    for step in 0..of {
        canvas.step((x + pitch * f64::from(step), baseline - 9.5), pitch, ink, step < filled);
    }
    x + pitch * f64::from(of)
}

/// The first letters of the words of what is no grade; a question mark for what is not known.
fn mark(badge: &Badge) -> String {
    if badge.id == "unknown" {
        return "?".to_owned();
    }
    badge.word.split_whitespace().take(3).filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// What the tiles say, each beside a small one, from the left in as many lines as it needs; gives the lower edge.
fn key(canvas: &mut Canvas, keys: &[MapKey], top: f64) -> f64 {
    let steps = |key: &MapKey| {
        let (filled, hollow) = key.badge.step_mark();
        f64::from(filled.saturating_add(hollow))
    };
    let swatch = keys.iter().map(steps).fold(3.0, f64::max).min(6.0) * PITCH + 10.0;
    let (mut x, mut y) = (0.0, top);
    for key in keys {
        let words = face::clip(&key.words, Weight::Regular, canvas.width - swatch - 7.0);
        let width = swatch + 7.0 + face::width(&words, Weight::Regular);
        if x > 0.0 && x + width > canvas.width {
            (x, y) = (0.0, y + KEY + GAP);
        }
        let at = Bounds { left: x, top: y, right: x + swatch, bottom: y + KEY };
        match key.badge.look().fill {
            Some(fill) => canvas.rect(at, fill, None),
            None => canvas.rect(at, PAPER, Some(AXIS)),
        }
        judgment(canvas, &key.badge, (x + 5.0, y + 15.7), swatch - 10.0);
        canvas.text(&words, Weight::Regular, (x + swatch + 7.0, y + 15.7), Anchor::Start);
        x += width + BETWEEN;
    }
    if keys.is_empty() { top } else { y + KEY }
}
