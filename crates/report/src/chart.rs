//! Charts as data. A chart holds what is drawn and every label as it is to read; it computes and formats nothing but its axis.
//!
//! Drawing follows the Analysis Function's guidance: bars from zero, light gridlines, direct labels, at most four series, nothing
//! said by colour alone. Titles, source and notes are page text and belong to the [`crate::document::Figure`].

use crate::document::Badge;

/// One chart.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(tag = "chart", rename_all = "kebab-case")]
pub enum Chart {
    /// Pairs of horizontal bars: the force above its comparator.
    Paired {
        /// Who the upper and the lower bar stand for ("Hertfordshire", "England and Wales").
        names: [String; 2],
        /// The pairs.
        rows: Vec<Pair>,
        /// The axis.
        axis: Axis,
    },
    /// Lines over time.
    Trend {
        /// Up to four lines, the force's first.
        lines: Vec<Line>,
        /// The value axis.
        axis: Axis,
        /// The labels under the time axis, from the earliest; a point names one by its index.
        times: Vec<String>,
    },
    /// Columns of all forces from the lowest to the highest, the force and its group named, the average as a line.
    Ranked {
        /// Every force with a value, in any order; drawn sorted by value, ties by name.
        columns: Vec<Item>,
        /// The comparator's value and its label.
        average: Option<(f64, String)>,
        /// The value axis.
        axis: Axis,
    },
    /// Horizontal bars of parts that make a whole.
    Stacked {
        /// What the parts are, in drawing order; at most four.
        parts: Vec<String>,
        /// One bar each: its label and the share of each part, in percent, adding up to 100 before rounding.
        rows: Vec<(String, Vec<f64>)>,
    },
    /// Forces as dots over the size of what is counted, with control limits around the average.
    Funnel {
        /// Every force with a value.
        points: Vec<Dot>,
        /// The average, a horizontal line, and its label.
        average: (f64, String),
        /// Limits at ascending sizes.
        limits: Vec<Limit>,
        /// The value axis.
        axis: Axis,
        /// What the horizontal axis counts ("Population").
        size: String,
    },
    /// One series over time with its mean and natural process limits.
    Xmr {
        /// Value and time label, from the earliest; and whether the point is a signal.
        points: Vec<(f64, String, bool)>,
        /// Mean, lower and upper limit.
        limits: [f64; 3],
        /// The value axis.
        axis: Axis,
    },
    /// Judgments of forces, a row each, on the same questions, a column each. One that is carried over has a dashed edge and its
    /// year, which the figure's notes explain.
    Grid {
        /// What is judged ("Effectiveness", "Efficiency", "Legitimacy").
        columns: Vec<String>,
        /// The forces; the force's own row is drawn first and bold, the others in this order.
        rows: Vec<GridRow>,
    },
    /// A tile a force, roughly where its area lies, with the step mark of its judgment on its colour; below them what each look says.
    /// One that is carried over has a dashed edge and, where there is room, its year.
    TileMap {
        /// The forces; no two at one place.
        tiles: Vec<MapTile>,
        /// What the tiles say, in this order.
        keys: Vec<MapKey>,
    },
}

/// A value axis.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Axis {
    /// What is measured, in words ("crimes per 1,000 population").
    pub title: String,
    /// Put before every tick ("£").
    pub prefix: String,
    /// Put after every tick ("%").
    pub suffix: String,
}

/// A pair of bars.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Pair {
    /// What both measure.
    pub label: String,
    /// The force's value and its printed form; `None` with the printed form saying why.
    pub force: (Option<f64>, String),
    /// The comparator's.
    pub comparator: (Option<f64>, String),
}

/// A line over time.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Line {
    /// Its direct label.
    pub name: String,
    /// How it is drawn.
    pub role: Role,
    /// Index of the time, value, printed form. Gaps in the times are gaps in the line.
    pub points: Vec<(usize, f64, String)>,
}

/// A column of a ranked chart.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Item {
    /// The force's short name.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// As printed.
    pub text: String,
    /// How it is drawn.
    pub role: Role,
}

/// A dot of a funnel.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Dot {
    /// The force's short name.
    pub name: String,
    /// The size of what is counted (population, officers, crimes).
    pub size: f64,
    /// Its value.
    pub value: f64,
    /// How it is drawn.
    pub role: Role,
}

/// Control limits at one size.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Limit {
    /// The size.
    pub size: f64,
    /// Lower and upper limit that 95% of forces would fall between by chance alone.
    pub inner: (f64, f64),
    /// The same for 99.8%.
    pub outer: (f64, f64),
}

/// A force in a grid of judgments.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct GridRow {
    /// The force's short name.
    pub name: String,
    /// How it is drawn.
    pub role: Role,
    /// One judgment a column; a column without one says "not known".
    pub cells: Vec<Badge>,
}

/// A force in a map of tiles.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct MapTile {
    /// The force's short name.
    pub name: String,
    /// A shorter one, for a tile that is too small for it ("Northants").
    pub shorter: String,
    /// Its column, the leftmost being 1.
    pub column: u8,
    /// Its row, the uppermost being 1.
    pub row: u8,
    /// Its judgment. One without steps shows a mark of its word: "NG" for "not graded", a question mark for what is not known.
    pub badge: Badge,
}

/// A line of the key of a map of tiles.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct MapKey {
    /// The judgment, as tiles show it.
    pub badge: Badge,
    /// What is said beside it ("Good: 28").
    pub words: String,
}

/// What part something plays in a chart; said by place, weight and label as well as by colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The force that the chart is about.
    Force,
    /// What it is compared with.
    Comparator,
    /// A member of its most similar group, or the group's average.
    Group,
    /// Any other force.
    Other,
}
