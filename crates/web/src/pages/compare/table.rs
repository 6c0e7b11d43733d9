//! The table of a comparison, force by force in the order of the alphabet.

use super::{View, number, score, words};
use crate::{figures, page::link};
use report::{
    document::{Column, Inline, Table, text},
    words::verdict_cell,
};
use statistics::{
    NoComparison, Place, Verdict,
    compared::Funnel,
    measure::{Chance, Kind},
};

/// Every force with its figure and how it stands; the id of a row is the force's.
pub(super) fn forces(view: &View<'_>) -> Table {
    let answer = &view.answer;
    let (compared, chance) = (answer.measure.kind != Kind::Count, answer.measure.chance != Chance::None);
    let funnel = answer.funnel().filter(|_| compared);
    let intervals = compared && chance;
    let mut titles = vec![("Force", false), (answer.measure.title.as_str(), true)];
    if compared {
        titles.extend([
            ("Against England and Wales", false),
            ("Standardised difference", true),
            ("By the other reading", false),
            ("Its difference", true),
        ]);
    }
    if intervals {
        titles.push(("95% interval", true));
    }
    if funnel.is_some() {
        titles.push(("Place in the funnel", false));
    }
    let cautions: Vec<Vec<String>> =
        (0..answer.panel.figures.len()).map(|place| words::beside_row(view, place)).collect();
    let noted = cautions.iter().any(|c| !c.is_empty());
    if noted {
        titles.push(("To know", false));
    }
    let mut places: Vec<usize> = (0..answer.panel.figures.len()).collect();
    places.sort_by_key(|place| view.short(&answer.panel.figures[*place].area));
    let rows = places.into_iter().map(|place| {
        let mut cells = opening(view, place);
        if compared {
            cells.extend(standing(view, place));
        }
        if intervals {
            cells.push(interval(view, place));
        }
        if let Some(funnel) = &funnel {
            cells.push(number(in_funnel(view, funnel, place).into()));
        }
        if noted {
            cells.push(vec![text(if cautions[place].is_empty() { "–".into() } else { cautions[place].join(" ") })]);
        }
        cells
    });
    let rows = rows.collect();
    Table {
        id: "by-force".into(),
        caption: format!("{} by force, {}", answer.measure.title, answer.panel.period.prose()),
        columns: titles.into_iter().map(|(title, numeric)| Column { title: title.into(), numeric }).collect(),
        rows,
        source: view.source(),
        notes: notes(view, compared),
    }
}

/// Name and figure; the row can be led to by the force's id.
fn opening(view: &View<'_>, place: usize) -> Vec<Vec<Inline>> {
    let area = &view.answer.panel.figures[place].area;
    let about = view.about.as_ref().is_some_and(|about| about.force.id == *area);
    let name = link(view.short(area), format!("/forces/{area}.html"));
    let mut head = vec![Inline::Anchor { id: area.to_string() }, name];
    if about {
        head.push(Inline::Strong { text: " (this force)".into() });
    }
    vec![head, vec![figures::of_force(view.public, &view.answer, area)]]
}

/// Verdict and score by both readings of the method, the one that is used first.
fn standing(view: &View<'_>, place: usize) -> Vec<Vec<Inline>> {
    let row = &view.answer.compared.rows[place];
    let none = || number("[z]".into());
    match &row.standing {
        Ok(s) => {
            let other = if s.centrings_disagree() { verdict_cell(s.verdict_average) } else { "The same" };
            vec![
                vec![text(verdict_cell(s.verdict_mean))],
                number(score(s.z_mean)),
                vec![text(other)],
                number(score(s.z_average)),
            ]
        }
        Err(reason) => {
            let why = match reason {
                _ if row.excluded => "Left out",
                NoComparison::NoValue => "No figure",
                _ => verdict_cell(Verdict::NoComparison),
            };
            vec![vec![text(why)], none(), none(), none()]
        }
    }
}

fn interval(view: &View<'_>, place: usize) -> Vec<Inline> {
    number(match view.answer.compared.rows[place].interval {
        Some((low, high)) => {
            format!("{} to {}", figures::beside(&view.answer, low), figures::beside(&view.answer, high))
        }
        None => "[z]".into(),
    })
}

fn in_funnel(view: &View<'_>, funnel: &Funnel, place: usize) -> &'static str {
    match funnel.place(&view.answer.panel.figures[place]) {
        _ if view.answer.compared.rows[place].excluded => "[z]",
        None => "[z]",
        Some(Place::Within) => "Within",
        Some(Place::Below) => "Below 95%",
        Some(Place::FarBelow) => "Below 99.8%",
        Some(Place::Above) => "Above 95%",
        Some(Place::FarAbove) => "Above 99.8%",
    }
}

fn notes(view: &View<'_>, compared: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if compared {
        notes.push("Standardised difference: standard deviations from the mean of the forces; by the other reading, from the England and Wales rate. [z] does not apply.".into());
        notes.push("Rows are in the order of the alphabet. A place in a list is no judgment.".into());
    }
    if view.answer.panel.figures.iter().any(|f| f.value.number().is_none()) {
        let absent = reference::Absence::ALL.map(|a| format!("{} {}", a.shorthand(), a.meaning()));
        notes.push(format!("Where there is no number: {}.", absent.join(", ")));
    }
    notes
}
