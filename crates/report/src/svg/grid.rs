//! Judgments of forces, a row each, on the same questions, a column each: in every cell the word, then the step mark and the year
//! that it carries over from, on its colour. Where the words do not fit beside each other, each force has its questions below it.

use super::canvas::{AXIS, Anchor, Bounds, Canvas, INK, PAPER, Stroke, real};
use super::face::{self, LINE, Weight};
use crate::chart::{GridRow, Role};
use crate::document::Badge;

/// Between two cells.
const GAP: f64 = 5.0;
/// Between two rows whose cells stand beside each other.
const CLOSE: f64 = 8.0;
/// Between two rows whose cells stand below each other.
const APART: f64 = 18.0;
/// From the edge of a cell to its words.
const PAD: f64 = 8.0;
/// The height of a line of steps.
const MARK: f64 = 18.0;
/// From one step to the next.
const PITCH: f64 = 11.0;
/// From a name to what stands beside it.
const ASIDE: f64 = 12.0;

/// Where things stand beside each other.
struct Layout {
    /// The width of the names of rows; zero where each stands above its cells.
    names: f64,
    /// From the left edge of a cell to that of the next.
    pitch: f64,
}

/// Draws the chart; gives its height.
pub(super) fn draw(canvas: &mut Canvas, columns: &[String], rows: &[GridRow]) -> f64 {
    let mut rows: Vec<&GridRow> = rows.iter().collect();
    rows.sort_by_key(|row| row.role != Role::Force);
    let layout = Layout::new(columns, &rows, canvas.width);
    let (mut top, between) = match &layout {
        Some(layout) => (headings(canvas, columns, layout), if layout.names > 0.0 { CLOSE } else { APART }),
        None => (0.0, APART),
    };
    for (index, row) in rows.iter().enumerate() {
        if index > 0 {
            let ends_own = rows[index - 1].role == Role::Force && row.role != Role::Force;
            top += gap(canvas, ends_own, between, top);
        }
        top = match &layout {
            Some(layout) => beside(canvas, row, columns, layout, top),
            None => below(canvas, row, columns, top),
        };
    }
    top.max(LINE)
}

/// The room between two rows; a line ends the force's own.
fn gap(canvas: &mut Canvas, ends_own: bool, between: f64, top: f64) -> f64 {
    if !ends_own {
        return between;
    }
    canvas.line(&[(0.0, top + CLOSE), (canvas.width, top + CLOSE)], Stroke::solid(INK, 1.0));
    between.max(2.0 * CLOSE)
}

impl Layout {
    /// `None` where a word is wider than its column.
    fn new(columns: &[String], rows: &[&GridRow], width: f64) -> Option<Self> {
        let widest = rows.iter().map(|row| face::width(&row.name, weight(row))).fold(0.0, f64::max);
        let names = if width < 500.0 { 0.0 } else { widest.min(180.0) + ASIDE };
        let pitch = (width - names + GAP) / real(columns.len().max(1));
        let room = pitch - GAP;
        let headings = columns.iter().all(|title| longest(title, Weight::Bold) <= room);
        let cells = rows.iter().flat_map(|row| row.cells.iter().map(|cell| least(cell, weight(row))));
        (headings && cells.fold(0.0, f64::max) <= room).then_some(Self { names, pitch })
    }

    /// The place of a cell.
    fn cell(&self, index: usize, top: f64, bottom: f64) -> Bounds {
        let left = self.names + self.pitch * real(index);
        Bounds { left, top, right: left + self.pitch - GAP, bottom }
    }
}

fn weight(row: &GridRow) -> Weight {
    match row.role {
        Role::Force => Weight::Bold,
        Role::Comparator | Role::Group | Role::Other => Weight::Regular,
    }
}

/// The width of the longest word.
fn longest(words: &str, weight: Weight) -> f64 {
    words.split_whitespace().map(|word| face::width(word, weight)).fold(0.0, f64::max)
}

/// The least width of a cell that cuts nothing off.
fn least(badge: &Badge, weight: Weight) -> f64 {
    longest(&badge.title(), weight).max(steps_width(badge)) + 2.0 * PAD
}

/// The titles of the columns, each ending just above its cells; gives the upper edge of the first row.
fn headings(canvas: &mut Canvas, columns: &[String], layout: &Layout) -> f64 {
    let room = layout.pitch - GAP;
    let wrapped: Vec<_> = columns.iter().map(|title| face::wrap(title, Weight::Bold, room, 8)).collect();
    let most = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for (index, lines) in wrapped.iter().enumerate() {
        let at = layout.cell(index, 0.0, 0.0).left;
        canvas.lines(lines, Weight::Bold, (at, 12.0 + LINE * real(most - lines.len())), Anchor::Start);
    }
    LINE * real(most) + 4.0
}

/// The cells of a row, one a column.
fn cells(row: &GridRow, columns: usize) -> Vec<Badge> {
    row.cells.iter().cloned().chain(std::iter::repeat_with(Badge::not_known)).take(columns).collect()
}

/// A row whose cells stand beside each other; gives its lower edge.
fn beside(canvas: &mut Canvas, row: &GridRow, columns: &[String], layout: &Layout, top: f64) -> f64 {
    let weight = weight(row);
    let cells = cells(row, columns.len());
    let inside = layout.pitch - GAP;
    let height = cells.iter().map(|cell| cell_height(cell, weight, inside)).fold(0.0, f64::max);
    let (top, bottom) = if layout.names > 0.0 {
        let lines = face::wrap(&row.name, weight, layout.names - ASIDE, 3);
        let words = real(lines.len()) * LINE;
        let bottom = top + height.max(words);
        canvas.lines(&lines, weight, (0.0, f64::midpoint(top, bottom) - words / 2.0 + 13.7), Anchor::Start);
        (top, bottom)
    } else {
        let lines = face::wrap(&row.name, weight, canvas.width, 2);
        let top = canvas.lines(&lines, weight, (0.0, top + 12.0), Anchor::Start) - 7.0;
        (top, top + height)
    };
    for (index, cell) in cells.iter().enumerate() {
        draw_cell(canvas, cell, weight, layout.cell(index, top, bottom));
    }
    bottom
}

/// A row whose cells stand below each other, each beside its question; gives its lower edge.
fn below(canvas: &mut Canvas, row: &GridRow, columns: &[String], top: f64) -> f64 {
    let weight = weight(row);
    let lines = face::wrap(&row.name, weight, canvas.width, 2);
    let mut top = canvas.lines(&lines, weight, (0.0, top + 12.0), Anchor::Start) - 7.0;
    let left = (canvas.width * 0.44).floor();
    for (cell, title) in cells(row, columns.len()).iter().zip(columns) {
        let lines = face::wrap(title, Weight::Regular, left - ASIDE, 8);
        let words = real(lines.len()) * LINE;
        let bottom = top + cell_height(cell, weight, canvas.width - left).max(words);
        canvas.lines(&lines, Weight::Regular, (0.0, f64::midpoint(top, bottom) - words / 2.0 + 13.7), Anchor::Start);
        draw_cell(canvas, cell, weight, Bounds { left, top, right: canvas.width, bottom });
        top = bottom + 4.0;
    }
    top - 4.0
}

fn title_lines(badge: &Badge, weight: Weight, width: f64) -> Vec<String> {
    face::wrap(&badge.title(), weight, width - 2.0 * PAD, 4)
}

/// The step mark and the year of a cell.
struct Foot {
    steps: f64,
    year: String,
    /// Whether the year stands beside the steps rather than below them.
    is_one_line: bool,
}

impl Foot {
    fn new(badge: &Badge, width: f64) -> Self {
        let room = width - 2.0 * PAD;
        let steps = steps_width(badge);
        let year = face::clip(badge.carried_over.as_deref().unwrap_or_default(), Weight::Regular, room);
        let both = steps + PAD + face::width(&year, Weight::Regular);
        Self { steps, is_one_line: steps == 0.0 || year.is_empty() || both <= room, year }
    }

    fn height(&self) -> f64 {
        match (self.steps > 0.0 || !self.year.is_empty(), self.is_one_line) {
            (false, _) => 0.0,
            (true, true) => MARK,
            (true, false) => 2.0 * MARK,
        }
    }
}

fn steps_width(badge: &Badge) -> f64 {
    let (filled, hollow) = badge.step_mark();
    PITCH * (f64::from(filled) + f64::from(hollow))
}

fn cell_height(badge: &Badge, weight: Weight, width: f64) -> f64 {
    real(title_lines(badge, weight, width).len()) * LINE + Foot::new(badge, width).height() + 12.0
}

fn draw_cell(canvas: &mut Canvas, badge: &Badge, weight: Weight, at: Bounds) {
    let look = badge.look();
    ground(canvas, look.fill, badge.carried_over.is_some(), at);
    let lines = title_lines(badge, weight, at.right - at.left);
    let foot = Foot::new(badge, at.right - at.left);
    let x = at.left + PAD;
    let tall = real(lines.len()) * LINE + foot.height();
    let mut baseline = f64::midpoint(at.top, at.bottom) - tall / 2.0 + 13.7;
    for line in lines {
        canvas.coloured(&line, weight, (x, baseline), Anchor::Start, look.ink);
        baseline += LINE;
    }
    let (filled, hollow) = badge.step_mark();
    for step in 0..filled.saturating_add(hollow) {
        let left = x + PITCH * f64::from(step);
        canvas.step((left, baseline - 9.5), PITCH, look.ink, step < filled);
    }
    let (beside, down) = match (foot.steps > 0.0, foot.is_one_line) {
        (true, true) => (foot.steps + PAD, 0.0),
        (true, false) => (0.0, MARK),
        (false, _) => (0.0, 0.0),
    };
    canvas.coloured(&foot.year, Weight::Regular, (x + beside, baseline + down), Anchor::Start, look.ink);
}

/// The colour of a cell, or its outline; a dashed edge around paper where it is carried over.
pub(super) fn ground(canvas: &mut Canvas, fill: Option<&'static str>, carried_over: bool, at: Bounds) {
    let within =
        |by: f64| Bounds { left: at.left + by, top: at.top + by, right: at.right - by, bottom: at.bottom - by };
    if carried_over {
        let Bounds { left, top, right, bottom } = within(0.75);
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        canvas.line(&corners, Stroke { colour: INK, width: 1.5, dashes: "5 3" });
    }
    match (fill, carried_over) {
        (Some(fill), true) => canvas.rect(within(3.5), fill, None),
        (Some(fill), false) => canvas.rect(at, fill, None),
        (None, true) => {}
        (None, false) => canvas.rect(at, PAPER, Some(AXIS)),
    }
}
