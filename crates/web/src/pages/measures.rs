//! What can be compared: every measure, and for each what it counts, where it comes from and how it has gone.

mod definition;
mod trend;

use super::compare;
use crate::{
    Public, figures,
    page::{self, Page, heading, link},
    routes::{Asked, Made, Route, once},
};
use ingest::{series, source::Source};
use reference::{ENGLAND_AND_WALES, Period};
use report::{
    csv_file,
    document::{Block, Column, Document, Inline, Link, Table, paragraph, text},
    words::{listed, lower_first},
};
use statistics::{
    measure::{Measure, Panel},
    study::When,
};
use std::collections::BTreeSet;

/// The addresses of this family.
pub const ROUTES: &[Route] = &[
    Route { pattern: "measures.html", about: "Every measure", asks: &[], all: once, make: list },
    Route {
        pattern: "measures/{measure}.html",
        about: "What a measure counts, its sources, its trend and its data",
        asks: &[],
        all: |public| public.folder.measures.iter().map(|m| vec![m.id.clone()]).collect(),
        make: measure,
    },
    Route {
        pattern: "measures/{measure}.csv",
        about: "A measure for all forces and periods, unrounded",
        asks: &[],
        all: compare::each_measure,
        make: csv,
    },
];

fn list(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let mut document = page::document(
        public,
        "Measures",
        "Every measure on which police forces can be compared, with its definition, sources and data.",
    );
    let (with, without): (Vec<&Measure>, Vec<&Measure>) =
        public.folder.measures.iter().partition(|m| !public.panels(m).is_empty());
    document.blocks = vec![Block::Paragraph {
        text: vec![
            text(format!(
                "{} measures have figures. Each leads to what it counts, its sources, its trend and the data; ",
                with.len()
            )),
            link("compare forces", "/compare.html"),
            text(" on any of them, or read "),
            link("how forces are compared", "/methodology.html"),
            text("."),
        ],
    }];
    for subject in subjects(&with) {
        document.blocks.push(heading(&report::product::slug(subject), subject));
        let of_subject: Vec<&Measure> = with.iter().filter(|m| m.subject == subject).copied().collect();
        document.blocks.push(Block::Table(listed_measures(public, subject, &of_subject)));
    }
    if !without.is_empty() {
        document.blocks.push(heading("without-figures", "Measures without figures"));
        document.blocks.push(paragraph(
            "These are defined, and no figures of them are loaded. Most were collected from forces and never published.",
        ));
        let items = without.iter().map(|m| {
            let title = link(&*m.title, format!("/measures/{}.html", m.id));
            vec![title, text(format!(": {}.", needs(public, m)))]
        });
        document.blocks.push(Block::List { ordered: false, items: items.collect() });
    }
    Some(Page::new(document).into())
}

/// The subjects in the order of their first measure.
fn subjects<'m>(measures: &[&'m Measure]) -> Vec<&'m str> {
    let mut subjects: Vec<&str> = Vec::new();
    for measure in measures {
        if !subjects.contains(&measure.subject.as_str()) {
            subjects.push(&measure.subject);
        }
    }
    subjects
}

/// The measures of a subject, each with its latest comparison.
fn listed_measures(public: &Public, subject: &str, measures: &[&Measure]) -> Table {
    let row = |measure: &&Measure| {
        let days = public.panels(measure);
        let latest = days.keys().last().map(|day| Period::ending(measure.length, *day).heading()).unwrap_or_default();
        vec![
            vec![link(&*measure.title, format!("/measures/{}.html", measure.id))],
            vec![link(latest, format!("/compare/{}.html", measure.id))],
            vec![text(days.len().to_string())],
        ]
    };
    let columns = [("Measure", false), ("Forces compared at the latest period", false), ("Periods", true)];
    Table {
        id: format!("{}-measures", report::product::slug(subject)),
        caption: format!("{subject}: measures with figures"),
        columns: columns.map(|(title, numeric)| Column { title: title.into(), numeric }).into(),
        rows: measures.iter().map(row).collect(),
        source: String::new(),
        notes: Vec::new(),
    }
}

/// Why a measure has no figures, as a clause.
fn needs(public: &Public, measure: &Measure) -> String {
    let answered = |term| public.observations.tables().iter().any(|table| table.answers(term));
    let mut published: BTreeSet<String> = BTreeSet::new();
    let mut supplied = false;
    for term in measure.terms().filter(|term| !answered(term)) {
        let giving: Vec<&Source> = public.folder.sources.iter().filter(|s| series::publishes(s, term)).collect();
        supplied |= giving.is_empty();
        published.extend(giving.iter().map(|s| format!("{}, {}", s.publisher, s.title)));
    }
    match (supplied, published.is_empty()) {
        (true, true) => "it was collected from forces and needs a return that they supply".to_owned(),
        (true, false) => format!(
            "it needs a return that forces supply, and figures of {}",
            published.into_iter().collect::<Vec<_>>().join(" or ")
        ),
        (false, false) => format!(
            "it needs figures that are published and not loaded here: {}",
            published.into_iter().collect::<Vec<_>>().join(" or ")
        ),
        (false, true) => "it has no period for which all its parts have figures".to_owned(),
    }
}

fn csv(asked: &Asked<'_>) -> Option<Made> {
    let measure = asked.public.folder.measure(asked.parts.first()?)?;
    Some(csv_file::write(&compare::all_periods(asked.public, measure)?).into())
}

fn measure(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let measure = public.folder.measure(asked.parts.first()?)?;
    let panels = public.panels(measure);
    let mut document = Document {
        subtitle: Some(measure.subject.clone()),
        trail: vec![Link { text: "Compare".into(), href: "/measures.html".into() }],
        ..page::document(
            public,
            &*measure.title,
            format!("What “{}” counts, where its figures come from, how it has gone, and the data.", measure.title),
        )
    };
    match compare::sentence(public, measure) {
        Some(sentence) => {
            document.formats = vec![Link { text: "CSV".into(), href: format!("/measures/{}.csv", measure.id) }];
            document.blocks.push(Block::Paragraph { text: sentence });
            document.blocks.push(onward(measure));
        }
        None => document
            .blocks
            .push(paragraph(format!("No figures of this measure are loaded: {}.", needs(public, measure)))),
    }
    document.blocks.push(heading("definition", "What it counts"));
    document.blocks.extend(definition::blocks(measure));
    if let Some(figure) = trend::figure(public, measure) {
        document.blocks.push(heading("trend", "How it has gone"));
        document.blocks.push(Block::Figure(Box::new(figure)));
    }
    document.blocks.push(heading("limits", "What to beware of"));
    document.blocks.extend(definition::limits(public, measure));
    let latest = panels.values().last().and_then(|panel| figures::old_denominator(measure, panel));
    document.blocks.extend(latest.map(|words| paragraph(format!("At the latest period: {}", lower_first(&words)))));
    if !panels.is_empty() {
        document.blocks.push(heading("sources", "Where the figures come from"));
        document.blocks.extend(definition::sources(public, measure));
        document.blocks.push(heading("periods", "Periods and data"));
        document.blocks.push(data(measure));
        document.blocks.push(periods(public, measure));
    }
    Some(Page::new(document).into())
}

fn onward(measure: &Measure) -> Block {
    let forces = link("Every force compared at the latest period", format!("/compare/{}.html", measure.id));
    Block::Paragraph { text: vec![forces, text(".")] }
}

fn data(measure: &Measure) -> Block {
    Block::Paragraph {
        text: vec![
            link("All forces and periods (CSV)", format!("/measures/{}.csv", measure.id)),
            text(": unrounded, a row a force and period, with numerator, denominator and comparison."),
        ],
    }
}

/// Every period with its figure for England and Wales, each leading to its comparison.
fn periods(public: &Public, measure: &Measure) -> Block {
    let row = |panel: &Panel| {
        let last = panel.period.last();
        let answer = public.answer(measure, When::On(last))?;
        let total = figures::total(&answer, &answer.panel);
        let all = match figures::stands_for_all(public, &total) {
            true => figures::of_all(public, &answer),
            false => text("[z]"),
        };
        let data = format!("/compare/{}/{last}.csv", measure.id);
        Some(vec![
            vec![link(panel.period.heading(), format!("/compare/{}/{last}.html", measure.id))],
            vec![all],
            vec![text(total.areas.to_string())],
            vec![link(format!("CSV, {}", panel.period.prose()), data)],
        ])
    };
    let columns = [("Period", false), ("England and Wales", true), ("Forces that count", true), ("Data", false)];
    let rows: Vec<Vec<Vec<Inline>>> = public.panels(measure).values().rev().filter_map(row).collect();
    let mut note = format!(
        "{} is the ratio of the totals of the forces that count.",
        if measure.denominator.is_empty() {
            "England and Wales is the sum of the forces; a rate"
        } else {
            "England and Wales"
        }
    );
    if rows.iter().flatten().any(|cell| *cell == [text("[z]")]) {
        note.push_str(" [z] does not apply: too few forces have a figure.");
    }
    Block::Table(Table {
        id: "every-period".into(),
        caption: format!("{}: every period that is loaded", measure.title),
        columns: columns.map(|(title, numeric)| Column { title: title.into(), numeric }).into(),
        rows,
        source: String::new(),
        notes: vec![note],
    })
}

/// What an area is called.
pub(super) fn area_name(public: &Public, area: &str) -> String {
    match area.strip_prefix("most-similar-of-") {
        Some(force) => {
            format!("the most similar group of {}", public.force(force).map_or(force, |f| f.short_name.as_str()))
        }
        None if area == ENGLAND_AND_WALES => "England and Wales".to_owned(),
        None => public.force(area).map_or_else(|| area.to_owned(), |f| f.name.clone()),
    }
}

/// Names joined, or "all forces".
fn whom(public: &Public, force: &str) -> String {
    if force == "*" { "All forces".to_owned() } else { listed(&[area_name(public, force)]) }
}
