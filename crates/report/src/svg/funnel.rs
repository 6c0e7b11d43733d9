//! Forces as dots over the size of what is counted, with the limits that chance would keep most of them between.
//!
//! The force is always named; others outside the outer limits are where their names touch nothing.

use super::beside::{self, Side};
use super::canvas::{
    AXIS, Anchor, Bounds, COMPARATOR, COMPARATOR_EDGE, Canvas, FORCE, GROUP, Mark, OTHER, OTHER_EDGE, PAPER, Stroke,
};
use super::face::{self, ASCENT, DESCENT, LINE, Weight};
use super::legend::{self, Swatch};
use super::place::Taken;
use super::plot::{Frame, Plot};
use super::scale::{Reach, Scale, drawable};
use crate::chart::{Axis, Dot, Limit, Role};

/// What is drawn, apart from the axes' words.
pub(super) struct Funnel<'a> {
    pub points: &'a [Dot],
    pub average: &'a (f64, String),
    pub limits: &'a [Limit],
    pub axis: &'a Axis,
    pub size: &'a str,
}

/// A dot that can be drawn, and where.
struct Placed<'a> {
    dot: &'a Dot,
    at: (f64, f64),
}

/// Draws the chart; gives its height.
pub(super) fn draw(canvas: &mut Canvas, funnel: &Funnel<'_>, height: f64) -> f64 {
    let top = legend::draw(canvas, &entries(funnel.points), 0.0) + 10.0;
    let limits: Vec<&Limit> = funnel
        .limits
        .iter()
        .filter(|l| [l.size, l.inner.0, l.inner.1, l.outer.0, l.outer.1].into_iter().all(|v| drawable(v).is_some()))
        .collect();
    let dots: Vec<&Dot> =
        funnel.points.iter().filter(|p| drawable(p.size).is_some() && drawable(p.value).is_some()).collect();
    let words = [funnel.average.1.as_str(), "99.8%", "99.8%", "95%", "95%"].map(|w| (w, Weight::Regular));
    let room = beside::room(words.into_iter(), canvas.width);
    let frame = Frame {
        axis: funnel.axis,
        reach: reach(&dots, &limits, funnel.average.0),
        above: LINE,
        beside: room,
        height: height.max(beside::least_height(words.into_iter(), room)),
    };
    let plot = frame.plot(canvas.width, top);
    frame.draw(canvas, &plot, top);
    let sizes = dots.iter().map(|d| d.size).chain(limits.iter().map(|l| l.size));
    let across = Across::new(Reach::of(sizes).near_zero(0.25), &plot, canvas.width);
    let mut taken = Taken::default();
    draw_limits(canvas, &plot, &across, &limits, funnel.average, &mut taken);
    let placed: Vec<Placed<'_>> =
        dots.into_iter().map(|dot| Placed { dot, at: (across.x(dot.size), plot.y(dot.value)) }).collect();
    draw_dots(canvas, &placed);
    name_dots(canvas, &plot, &placed, &limits, taken);
    across.draw(canvas, &plot, funnel.size)
}

/// The values with the limits, but no further from the values than they span: at small sizes limits run far away.
fn reach(dots: &[&Dot], limits: &[&Limit], average: f64) -> Reach {
    let values = Reach::of(dots.iter().map(|d| d.value).chain(drawable(average)));
    let span = (values.high - values.low).max(average.abs() * 0.1);
    let floor = if values.low >= 0.0 { (values.low - span).max(0.0) } else { values.low - span };
    let ends = limits.iter().flat_map(|l| [l.outer.0, l.outer.1]);
    let bounded = ends.map(|end| end.clamp(floor, values.high + span * 0.5));
    Reach::of(bounded.chain([values.low, values.high])).near_zero(0.6)
}

fn entries(points: &[Dot]) -> Vec<(Swatch, &str, Weight)> {
    let has = |role: Role| points.iter().any(|p| p.role == role);
    let force = points.iter().find(|p| p.role == Role::Force);
    let mut entries = Vec::new();
    if let Some(force) = force {
        entries.push((Swatch::Mark(Mark::Square, FORCE, PAPER), force.name.as_str(), Weight::Bold));
    }
    let others = if points.iter().all(|p| p.role == Role::Other) { "Forces" } else { "Other forces" };
    for (role, words) in [(Role::Group, "Most similar group"), (Role::Comparator, "Comparator"), (Role::Other, others)]
    {
        if has(role) {
            let (mark, fill, edge) = look(role);
            entries.push((Swatch::Mark(mark, fill, edge), words, Weight::Regular));
        }
    }
    entries
}

fn look(role: Role) -> (Mark, &'static str, &'static str) {
    match role {
        Role::Force => (Mark::Square, FORCE, PAPER),
        Role::Group => (Mark::Diamond, GROUP, PAPER),
        Role::Comparator => (Mark::Diamond, COMPARATOR, COMPARATOR_EDGE),
        Role::Other => (Mark::Circle, OTHER, OTHER_EDGE),
    }
}

fn draw_dots(canvas: &mut Canvas, placed: &[Placed<'_>]) {
    let mut order: Vec<&Placed<'_>> = placed.iter().collect();
    // The force lies above its group, and its group above the others.
    order.sort_by_key(|placed| std::cmp::Reverse(placed.dot.role));
    for placed in order {
        let (mark, fill, edge) = look(placed.dot.role);
        let radius = if placed.dot.role == Role::Force { 5.5 } else { 4.0 };
        canvas.mark(mark, placed.at, radius, fill, edge);
    }
}

/// One of the four limits at a size.
type Curve = fn(&Limit) -> f64;

/// The limits as lines, and beside their ends what they are.
fn draw_limits(
    canvas: &mut Canvas,
    plot: &Plot,
    across: &Across,
    limits: &[&Limit],
    average: &(f64, String),
    taken: &mut Taken,
) {
    let mut limits = limits.to_vec();
    limits.sort_by(|a, b| a.size.total_cmp(&b.size));
    let outer = Stroke::solid(OTHER_EDGE, 1.5);
    let inner = Stroke { colour: OTHER_EDGE, width: 1.5, dashes: "5 4" };
    let mut sides = Vec::new();
    let curves: [(Curve, Stroke, &str); 4] = [
        (|l| l.outer.1, outer, "99.8%"),
        (|l| l.inner.1, inner, "95%"),
        (|l| l.inner.0, inner, "95%"),
        (|l| l.outer.0, outer, "99.8%"),
    ];
    for (value, stroke, words) in curves {
        let inside = |v: f64| (plot.scale.low()..=plot.scale.high()).contains(&v);
        let path: Vec<_> =
            limits.iter().filter(|l| inside(value(l))).map(|l| (across.x(l.size), plot.y(value(l)))).collect();
        canvas.line(&path, stroke);
        for piece in path.windows(2) {
            taken.add(between(piece[0], piece[1]));
        }
        if let Some(end) = path.last() {
            sides.push(Side {
                at: (end.0 - 4.0, end.1),
                words: words.to_owned(),
                weight: Weight::Regular,
                colour: OTHER_EDGE,
            });
        }
    }
    if let Some(value) = drawable(average.0) {
        let y = plot.y(value);
        canvas.line(&[(plot.left, y), (plot.right, y)], Stroke::solid(COMPARATOR_EDGE, 2.0));
        taken.add(between((plot.left, y), (plot.right, y)));
        sides.push(Side {
            at: (plot.right - 5.0, y),
            words: average.1.clone(),
            weight: Weight::Regular,
            colour: COMPARATOR_EDGE,
        });
    }
    beside::draw(canvas, plot, &sides);
}

/// The room of a line from one point to the next.
fn between((x, y): (f64, f64), (to_x, to_y): (f64, f64)) -> Bounds {
    Bounds { left: x.min(to_x) - 1.0, top: y.min(to_y) - 1.0, right: x.max(to_x) + 1.0, bottom: y.max(to_y) + 1.0 }
}

/// Names the force, and those outside the outer limits where there is room; the larger first.
fn name_dots(canvas: &mut Canvas, plot: &Plot, placed: &[Placed<'_>], limits: &[&Limit], mut taken: Taken) {
    for placed in placed {
        let (x, y) = placed.at;
        taken.add(between((x - 4.0, y - 4.0), (x + 4.0, y + 4.0)));
    }
    let mut named: Vec<&Placed<'_>> =
        placed.iter().filter(|p| p.dot.role == Role::Force || is_outside(p.dot, limits)).collect();
    named.sort_by(|a, b| {
        let by_size = || b.dot.size.total_cmp(&a.dot.size);
        (a.dot.role.cmp(&b.dot.role)).then_with(by_size).then_with(|| a.dot.name.cmp(&b.dot.name))
    });
    for (index, placed) in named.into_iter().enumerate() {
        let is_force = placed.dot.role == Role::Force && index == 0;
        let weight = if is_force { Weight::Bold } else { Weight::Regular };
        let words = face::clip(&placed.dot.name, weight, plot.right - plot.left - 8.0);
        let spot = near(placed.at, face::width(&words, weight), plot, &taken, is_force);
        let spot = spot.or_else(|| is_force.then(|| above(placed.at, &words, plot)));
        let Some(bounds) = spot else {
            continue;
        };
        taken.add(bounds);
        lead(canvas, placed.at, &bounds);
        canvas.text(&words, weight, (bounds.left, bounds.bottom - DESCENT), Anchor::Start);
    }
}

/// A line from the dot to its name, where they do not stand side by side.
fn lead(canvas: &mut Canvas, (x, y): (f64, f64), name: &Bounds) {
    let to = (x.clamp(name.left, name.right), y.clamp(name.top, name.bottom));
    if (to.0 - x).hypot(to.1 - y) > 12.0 {
        canvas.line(&[(x, y), to], Stroke::solid(AXIS, 1.0));
    }
}

/// The first free place around the dot: close to it, or further off as well when it has to be named.
fn near((x, y): (f64, f64), wide: f64, plot: &Plot, taken: &Taken, must: bool) -> Option<Bounds> {
    let tall = ASCENT + DESCENT;
    let rings: &[f64] = if must { &[0.0, 12.0, 24.0, 36.0, 48.0] } else { &[0.0] };
    let places = rings.iter().flat_map(|ring| {
        let (side, up, down) = (9.0 + ring, y - 8.0 - tall - ring, y + 8.0 + ring);
        [
            (x + side, y - tall / 2.0),
            (x - side - wide, y - tall / 2.0),
            (x - wide / 2.0, up),
            (x - wide / 2.0, down),
            (x + side * 0.7, up),
            (x - side * 0.7 - wide, up),
            (x + side * 0.7, down),
            (x - side * 0.7 - wide, down),
        ]
    });
    places.map(|(left, top)| Bounds { left, top, right: left + wide, bottom: top + tall }).find(|b| {
        let inside = b.left >= plot.left && b.right <= plot.right && b.top >= plot.top && b.bottom <= plot.bottom;
        inside && taken.is_free(b)
    })
}

/// The row kept free above the plot.
fn above((x, _): (f64, f64), words: &str, plot: &Plot) -> Bounds {
    let wide = face::width(words, Weight::Bold);
    let left = (x - wide / 2.0).min(plot.right - wide).max(plot.left);
    Bounds { left, top: plot.top - 2.0 - ASCENT - DESCENT, right: left + wide, bottom: plot.top - 2.0 }
}

/// Whether the dot lies outside the outer limits at its size, taken in a straight line between the sizes given.
fn is_outside(dot: &Dot, limits: &[&Limit]) -> bool {
    limits.windows(2).any(|pair| {
        let (a, b) = (pair[0], pair[1]);
        if !(a.size..=b.size).contains(&dot.size) || a.size >= b.size {
            return false;
        }
        let share = (dot.size - a.size) / (b.size - a.size);
        let between = |a: f64, b: f64| a + (b - a) * share;
        dot.value < between(a.outer.0, b.outer.0) || dot.value > between(a.outer.1, b.outer.1)
    })
}

/// The axis of sizes.
struct Across {
    scale: Scale,
    left: f64,
    right: f64,
}

impl Across {
    fn new(reach: Reach, plot: &Plot, width: f64) -> Self {
        let axis = Axis { title: String::new(), prefix: String::new(), suffix: String::new() };
        let most = if width > 500.0 { 6 } else { 4 };
        Self { scale: Scale::new(reach, &axis, most), left: plot.left + 8.0, right: plot.right }
    }

    fn x(&self, size: f64) -> f64 {
        self.left + self.scale.share(size) * (self.right - self.left)
    }

    /// Draws numbers and title; gives the lower edge.
    fn draw(&self, canvas: &mut Canvas, plot: &Plot, title: &str) -> f64 {
        for (value, _) in &self.scale.ticks {
            let x = self.x(*value);
            canvas.line(&[(x, plot.bottom), (x, plot.bottom + 5.0)], Stroke::solid(AXIS, 1.0));
        }
        let labels: Vec<_> = self.scale.ticks.iter().map(|(v, n)| (self.x(*v), n.as_str())).collect();
        let next = plot.times(canvas, &labels) + 5.0;
        let words = face::wrap(title, Weight::Regular, canvas.width - plot.left, 2);
        let after = canvas.lines(&words, Weight::Regular, (plot.left, next + 14.0), Anchor::Start);
        after - LINE + DESCENT + 2.0
    }
}
