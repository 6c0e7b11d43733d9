//! The charts of a comparison: all forces with the ends named, and the funnel.

use super::View;
use crate::{figures, told::counted};
use reference::AreaId;
use report::{
    chart::{Axis, Chart, Dot, Item, Limit, Role},
    document::{Column, Figure, Inline, Link, Table, text},
    pack::numbers::shown,
    words::{headline, verdict_cell},
};
use statistics::{
    Verdict,
    compared::float,
    measure::{DenominatorPeriod, Figure as ForceFigure, Kind, Measure},
};

/// How many sizes a funnel's limits are drawn through.
const STEPS: i32 = 40;

impl View<'_> {
    /// The figures that count, with their places in the answer.
    fn counted(&self) -> impl Iterator<Item = (usize, &ForceFigure)> {
        let rows = &self.answer.compared.rows;
        self.answer.panel.figures.iter().enumerate().filter(|(place, _)| !rows[*place].excluded)
    }

    fn role(&self, area: &AreaId) -> Role {
        match &self.about {
            Some(about) if about.force.id == *area => Role::Force,
            Some(about) if about.group.as_ref().is_ok_and(|(_, members)| members.contains(area)) => Role::Group,
            _ => Role::Other,
        }
    }

    fn figure(&self, number: u32, id: &str, sketch: Sketch) -> Figure {
        let period = self.answer.panel.period;
        let data = format!("/compare/{}/{}.csv", self.measure().id, period.last());
        let columns = sketch.columns.into_iter().map(|(title, numeric)| Column { title, numeric }).collect();
        Figure {
            id: id.into(),
            number,
            headline: sketch.headline,
            chart: sketch.chart,
            alternative: sketch.alternative,
            table: Table {
                id: format!("{id}-data"),
                caption: sketch.subtitle.clone(),
                columns,
                rows: sketch.rows,
                source: self.source(),
                notes: Vec::new(),
            },
            subtitle: sketch.subtitle,
            source: self.source(),
            notes: sketch.notes,
            download: Some(Link { text: "Download the data (CSV)".into(), href: data }),
        }
    }

    /// Rows of a chart's table, in the order of the alphabet.
    fn rows(&self, cells: impl Fn(usize, &ForceFigure) -> Option<Vec<Vec<Inline>>>) -> Vec<Vec<Vec<Inline>>> {
        let mut rows: Vec<(String, Vec<Vec<Inline>>)> = self
            .counted()
            .filter_map(|(place, figure)| Some((self.short(&figure.area), cells(place, figure)?)))
            .collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows.into_iter().map(|(name, cells)| std::iter::once(vec![text(name)]).chain(cells).collect()).collect()
    }

    fn missing(&self) -> Vec<String> {
        let left_out: Vec<&AreaId> = self.answer.compared.left_out().collect();
        let missing = &self.answer.compared.average.missing;
        let out = (!left_out.is_empty()).then(|| format!("Without {}: see the forces left out.", self.names(left_out)));
        let none = (!missing.is_empty()).then(|| format!("No figure for {}.", self.names(missing)));
        out.into_iter().chain(none).collect()
    }
}

struct Sketch {
    headline: String,
    subtitle: String,
    chart: Chart,
    alternative: String,
    columns: Vec<(String, bool)>,
    rows: Vec<Vec<Vec<Inline>>>,
    notes: Vec<String>,
}

/// Every force from the lowest to the highest, the ends named and the force with its group where the page is about one.
pub(super) fn ranked(view: &View<'_>) -> Option<Figure> {
    let (measure, answer) = (view.measure(), &view.answer);
    let columns: Vec<Item> = view
        .counted()
        .filter_map(|(_, figure)| {
            Some(Item {
                name: view.short(&figure.area),
                value: float(figure.value)?,
                text: shown(measure, figure.value),
                role: view.role(&figure.area),
            })
        })
        .collect();
    let highest = columns.iter().max_by(|a, b| a.value.total_cmp(&b.value))?;
    let lowest = columns.iter().min_by(|a, b| a.value.total_cmp(&b.value))?;
    let average = comparator(view);
    let range = format!("from {} in {} to {} in {}", lowest.text, lowest.name, highest.text, highest.name);
    let own = view.about.as_ref().and_then(|about| Some((about, answer.place(&about.force.id)?)));
    let headline = match own {
        Some((about, place)) => {
            headline(&about.force.short_name, &measure.title, &answer.compared.rows[place].standing)
        }
        None => format!("{} goes {range}", measure.title),
    };
    let mut alternative = format!("Columns of {} forces sorted by value, {range}.", columns.len());
    if let Some((value, label)) = &average {
        let above = columns.iter().filter(|c| c.value > *value).count();
        alternative.push_str(&format!(" {label}; {} above it.", counted(above, "force lies", "forces lie")));
    }
    if let Some((about, place)) = own {
        let value = answer.panel.figures[place].value;
        let has = if value.number().is_some() { shown(measure, value) } else { "no figure".to_owned() };
        alternative.push_str(&format!(" {} has {has}.", about.force.short_name));
    }
    let rows = view.rows(|place, figure| {
        let verdict = verdict_cell(Verdict::of(&answer.compared.rows[place].standing));
        float(figure.value)?;
        Some(vec![vec![figures::of_force(view.public, answer, &figure.area)], vec![text(verdict)]])
    });
    let sketch = Sketch {
        headline,
        subtitle: format!("{}, {}", measure.title, answer.panel.period.prose()),
        chart: Chart::Ranked { columns, average, axis: axis(measure) },
        alternative,
        columns: vec![
            ("Force".into(), false),
            (measure.title.clone(), true),
            ("Against England and Wales".into(), false),
        ],
        rows,
        notes: view.missing(),
    };
    Some(view.figure(1, "ranked", sketch))
}

/// The line across the chart: the average, or the group that the force is set beside.
fn comparator(view: &View<'_>) -> Option<(f64, String)> {
    let group = view.about.as_ref().filter(|about| about.beside_group).and_then(|about| about.group.as_ref().ok());
    let (name, value) = match group {
        Some((total, _)) => ("Most similar group", total.value),
        None if figures::stands_for_all(view.public, &view.answer.compared.average) => {
            ("England and Wales", view.answer.compared.average.value)
        }
        None => return None,
    };
    Some((float(value)?, format!("{name} {}", shown(view.measure(), value))))
}

/// Every force over its size, with the limits that chance and the usual differences leave.
pub(super) fn funnel(view: &View<'_>) -> Option<Figure> {
    let (measure, answer) = (view.measure(), &view.answer);
    let funnel = answer.funnel().filter(|_| measure.kind != Kind::Count && answer.compared.spread.is_ok())?;
    let points: Vec<Dot> = view
        .counted()
        .filter_map(|(_, figure)| {
            Some(Dot {
                name: view.short(&figure.area),
                size: float(figure.denominator?.value)?,
                value: float(figure.value)?,
                role: view.role(&figure.area),
            })
        })
        .collect();
    let smallest = points.iter().map(|p| p.size).fold(f64::INFINITY, f64::min);
    let largest = points.iter().map(|p| p.size).fold(0.0, f64::max);
    let size_at = |step: i32| smallest * (largest / smallest).powf(f64::from(step) / f64::from(STEPS));
    let limit = |size: f64| funnel.limits(size).map(|l| Limit { size, inner: l.inner, outer: l.outer });
    let limits: Vec<Limit> = (0..=STEPS).filter_map(|step| limit(size_at(step))).collect();
    let beyond = |p: &&Dot| limit(p.size).is_some_and(|l| !(l.outer.0..=l.outer.1).contains(&p.value));
    let outside: Vec<&str> = points.iter().filter(beyond).map(|p| p.name.as_str()).collect();
    let headline = match outside.len() {
        0 => "No force lies beyond the limits for its size".to_owned(),
        1 => format!("{} lies beyond the limits for its size", outside[0]),
        n => format!("{n} of {} forces lie beyond the limits for their size", points.len()),
    };
    let average = shown(measure, answer.compared.average.value);
    let size =
        if measure.denominator_period == DenominatorPeriod::Latest { "Population" } else { "Size of the denominator" };
    let mut notes = view.missing();
    notes.push(match funnel.widening > 1.0 {
        true => format!(
            "Forces differ by more than chance, so the limits are {} times as wide as chance alone would make them (over-dispersion, Spiegelhalter 2005).",
            figures::plain(funnel.widening.sqrt(), 1)
        ),
        false => "The limits are those that chance alone would give.".to_owned(),
    });
    notes.push("A place outside is a question and not an answer.".to_owned());
    let rows = view.rows(|_, figure| {
        float(figure.value)?;
        let denominator = figure.denominator?.value.number()?;
        Some(vec![
            vec![text(reference::display(denominator, 0))],
            vec![figures::of_force(view.public, answer, &figure.area)],
        ])
    });
    let sketch = Sketch {
        headline,
        subtitle: format!("{} by size of force, {}", measure.title, answer.panel.period.prose()),
        alternative: format!(
            "Dots of {} forces over {}, with limits around the average of {average} that widen for smaller forces. {} beyond the outer limits.",
            points.len(),
            size.to_lowercase(),
            match outside.as_slice() {
                [] => "None lies".to_owned(),
                [one] => format!("{one} lies"),
                several => format!("{} lie", report::words::listed(several)),
            },
        ),
        columns: vec![("Force".into(), false), (size.into(), true), (measure.title.clone(), true)],
        rows,
        chart: Chart::Funnel {
            points,
            average: (funnel.average, format!("England and Wales {average}")),
            limits,
            axis: axis(measure),
            size: size.into(),
        },
        notes,
    };
    Some(view.figure(2, "funnel-chart", sketch))
}

/// The value axis of a measure.
pub(in crate::pages) fn axis(measure: &Measure) -> Axis {
    Axis { title: measure.title.clone(), prefix: measure.prefix.clone(), suffix: measure.suffix.clone() }
}
