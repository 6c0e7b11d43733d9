//! How a measure has gone in England and Wales.

use crate::{Public, figures, pages::compare};
use report::{
    chart::{Axis, Chart, Line, Role},
    document::{Column, Figure, Link, Table, text},
    pack::numbers::shown,
    words::lower_first,
};
use statistics::{
    compared::float,
    measure::{Aggregate, Kind, Measure, Panel},
    study::When,
};

/// The line of England and Wales over the years; `None` where fewer than two periods of the same day stand for it.
pub(super) fn figure(public: &Public, measure: &Measure) -> Option<Figure> {
    let answer = public.answer(measure, When::Latest)?;
    let totals: Vec<(&Panel, Aggregate)> =
        answer.trend.iter().map(|(_, panel)| (panel, figures::total(&answer, panel))).collect();
    let standing: Vec<&(&Panel, Aggregate)> =
        totals.iter().filter(|(_, total)| figures::stands_for_all(public, total)).collect();
    let ([(first, from), ..], [.., (last, to)]) = (&standing[..], &standing[..]) else { return None };
    let (begins, ends) = (float(from.value)?, float(to.value)?);
    if standing.len() < 2 {
        return None;
    }
    let printed = |total: &Aggregate| shown(measure, total.value);
    let year = |panel: &Panel| panel.period.last().year().to_string();
    let title = lower_first(&measure.title);
    let headline = match (printed(from) == printed(to), ends > begins) {
        (true, _) => format!("England and Wales: {title} was {} in {} and in {}", printed(to), year(first), year(last)),
        (false, rose) => format!(
            "England and Wales: {title} {} from {} in {} to {} in {}",
            if rose { "rose" } else { "fell" },
            printed(from),
            year(first),
            printed(to),
            year(last)
        ),
    };
    let times: Vec<String> = standing.iter().map(|(panel, _)| year(panel)).collect();
    let points = standing.iter().enumerate();
    let points = points.filter_map(|(i, (_, total))| Some((i, float(total.value)?, printed(total)))).collect();
    let rows = standing.iter().map(|(panel, total)| {
        vec![
            vec![text(panel.period.heading())],
            vec![figures::of_all_in(public, &answer, panel, total)],
            vec![text(total.areas.to_string())],
        ]
    });
    let day = answer.panel.period.last();
    let day = reference::long_date(day);
    let day = day.rsplit_once(' ').map_or(day.as_str(), |(day, _)| day);
    let subtitle =
        format!("{}, England and Wales, to {day} of each year, {} to {}", measure.title, year(first), year(last));
    let source = compare::sources(public, &answer);
    Some(Figure {
        id: "trend-chart".into(),
        number: 1,
        alternative: format!(
            "Line over {} years. England and Wales goes from {} in {} to {} in {}.",
            standing.len(),
            printed(from),
            year(first),
            printed(to),
            year(last)
        ),
        headline,
        chart: Chart::Trend {
            lines: vec![Line { name: "England and Wales".into(), role: Role::Comparator, points }],
            axis: Axis { title: measure.title.clone(), prefix: measure.prefix.clone(), suffix: measure.suffix.clone() },
            times,
        },
        table: Table {
            id: "trend-chart-data".into(),
            caption: subtitle.clone(),
            columns: [("Period", false), ("England and Wales", true), ("Forces that count", true)]
                .map(|(title, numeric)| Column { title: title.into(), numeric })
                .into(),
            rows: rows.collect(),
            source: source.clone(),
            notes: Vec::new(),
        },
        subtitle,
        source,
        notes: notes(public, &answer, &standing),
        download: Some(Link {
            text: "Download all forces and periods (CSV)".into(),
            href: format!("/measures/{}.csv", measure.id),
        }),
    })
}

fn notes(public: &Public, answer: &statistics::study::Answered<'_>, standing: &[&(&Panel, Aggregate)]) -> Vec<String> {
    let mut notes = Vec::new();
    let out: Vec<String> = answer
        .compared
        .left_out()
        .map(|area| public.force(area.as_str()).map_or_else(|| area.to_string(), |f| f.short_name.clone()))
        .collect();
    if !out.is_empty() {
        notes.push(format!("Without {}, as in the comparison of forces.", report::words::listed(&out)));
    }
    let fewest = standing.iter().map(|(_, total)| total.areas).min().unwrap_or(0);
    let most = standing.iter().map(|(_, total)| total.areas).max().unwrap_or(0);
    if fewest < most {
        let counts = if answer.measure.kind == Kind::Count { " A sum over fewer forces is smaller." } else { "" };
        notes.push(format!("Between {fewest} and {most} forces have a figure, depending on the year.{counts}"));
    }
    notes
}
