//! Charts as SVG: one function from a chart to a standalone element, the same for a page and for a PDF.
//!
//! The result has no styles, scripts or outside references. Its text is set in Atkinson Hyperlegible Next and measured with that
//! face's own widths, so that no label touches another or leaves the picture. A value that is not finite, or further from zero
//! than a million million, is not drawn. Titles, source and notes are not part of it: they are text beside it.

mod beside;
mod callout;
mod canvas;
mod face;
mod funnel;
mod grid;
mod legend;
mod paired;
mod place;
mod plot;
mod ranked;
mod scale;
mod stacked;
#[cfg(test)]
mod tests;
mod tile_map;
mod trend;
mod xmr;

use crate::chart::Chart;
use canvas::Canvas;

/// How wide a chart is drawn, in user units. Text is 14 units at each width, so a chart reads well where a unit is about a
/// pixel on a screen, or 0.7 points and more in print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// 640 units: the one width of a report.
    Full,
    /// 400 units: two beside each other.
    Half,
    /// 300 units: a phone.
    Narrow,
}

impl Width {
    /// The width in user units.
    #[must_use]
    pub fn units(self) -> f64 {
        match self {
            Self::Full => 640.0,
            Self::Half => 400.0,
            Self::Narrow => 300.0,
        }
    }

    /// From the lowest to the highest value of a chart whose values rise.
    fn plot_height(self) -> f64 {
        match self {
            Self::Full => 250.0,
            Self::Half => 200.0,
            Self::Narrow => 180.0,
        }
    }
}

/// The chart as one standalone element. It begins with `<svg id="` and the `id` given, which is its only id; `width`, `height`
/// and `viewBox` say its size in user units.
#[must_use]
pub fn draw(chart: &Chart, width: Width, id: &str) -> String {
    let (canvas, height) = paint(chart, width);
    canvas.finish(height, id)
}

/// The chart with its labels where they lie, and its height.
fn paint(chart: &Chart, width: Width) -> (Canvas, f64) {
    let mut canvas = Canvas::new(width.units());
    let tall = width.plot_height();
    let drawn = match chart {
        Chart::Paired { names, rows, axis } => paired::draw(&mut canvas, names, rows, axis),
        Chart::Trend { lines, axis, times } => trend::draw(&mut canvas, lines, axis, times, tall),
        Chart::Ranked { columns, average, axis } => ranked::draw(&mut canvas, columns, average.as_ref(), axis, tall),
        Chart::Stacked { parts, rows } => stacked::draw(&mut canvas, parts, rows),
        Chart::Funnel { points, average, limits, axis, size } => {
            let funnel = funnel::Funnel { points, average, limits, axis, size };
            funnel::draw(&mut canvas, &funnel, tall)
        }
        Chart::Xmr { points, limits, axis } => xmr::draw(&mut canvas, points, *limits, axis, tall),
        Chart::Grid { columns, rows } => grid::draw(&mut canvas, columns, rows),
        Chart::TileMap { tiles, keys } => tile_map::draw(&mut canvas, tiles, keys),
    };
    (canvas, drawn)
}
