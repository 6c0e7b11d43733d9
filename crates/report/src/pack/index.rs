//! The index of a cycle's data packs: every force, and every measure for England and Wales.

use super::{
    PackData,
    numbers::{Numbers, shown},
};
use crate::document::{Block, Bound, Column, Document, Inline, Link, Table, paragraph, text};
use reference::{Force, long_date};
use statistics::{Verdict, measure::Kind};

/// The index page of a cycle, in the cycle's folder.
#[must_use]
pub fn index(data: &PackData<'_>, forces: &[&Force], documents: &[(String, String)]) -> Document {
    let heading = |id: &str, words: &str| Block::Heading { level: 2, id: id.into(), text: words.into() };
    let cycle = data.cycle;
    let mut blocks = vec![
        paragraph(format!(
            "Published statistics of {} police forces, compared fairly: each force beside England and Wales and, where it is known, its group of most similar forces. Every number leads to the cells of the published file that it was computed from.",
            forces.len()
        )),
        Block::Contents,
        heading("forces", "Forces"),
        forces_table(data, forces),
        heading("measures", "Measures for England and Wales"),
        paragraph(
            "How many forces are higher than, broadly in line with or lower than the average follows from the method, which places about a quarter on either side. It is no measure of how well forces do.",
        ),
        measures_table(data),
        heading("method", "Method"),
        paragraph(cycle.about),
        paragraph(
            "All figures of this edition with their inputs are in manifest.json; the measures are in one CSV file each, with metadata beside it.",
        ),
    ];
    if !documents.is_empty() {
        let link =
            |(words, href): &(String, String)| vec![Inline::Link(Link { text: words.clone(), href: href.clone() })];
        let listed = [
            heading("documents", "Documents of inspections"),
            Block::List { ordered: false, items: documents.iter().map(link).collect() },
        ];
        blocks.splice(4..4, listed);
    }
    Document {
        language: "en-GB".into(),
        title: format!("Police forces compared, {}", cycle.title),
        subtitle: None,
        description: format!(
            "Key measures of every police force in England and Wales, figures to {}.",
            long_date(cycle.until)
        ),
        publisher: data.issuer.name.into(),
        date: cycle.until,
        dated: None,
        running: format!("Police forces compared, {} · figures to {}", cycle.title, long_date(cycle.until)),
        banner: data.issuer.banner.map(str::to_owned),
        trail: vec![Link { text: "Home".into(), href: "../index.html".into() }],
        formats: vec![
            Link { text: "All figures with their inputs (JSON)".into(), href: "../manifest.json".into() },
            Link { text: "Description of the data files (Data Package)".into(), href: "data/datapackage.json".into() },
        ],
        blocks,
        footnotes: Vec::new(),
    }
}

/// Every force with the headline figures, in the order of the alphabet.
fn forces_table(data: &PackData<'_>, forces: &[&Force]) -> Block {
    let answers: Vec<_> = data.plan.tiles.iter().filter_map(|id| data.answer(id)).collect();
    let mut numbers = Numbers::default();
    let mut rows = Vec::new();
    for force in forces {
        let href = format!("{}/data-pack.html", force.id);
        let mut row = vec![vec![Inline::Link(Link { text: force.name.clone(), href: href.clone() })]];
        for answer in &answers {
            let Some(figure) = answer.figure(&force.id) else { continue };
            let inline = numbers.figure(data.study.observations, answer.measure, &answer.panel, figure);
            // A figure leads to where it comes from, which its own data pack says.
            row.push(vec![match inline {
                Inline::Number(bound) => {
                    Inline::Number(Bound { href: Some(format!("{href}#from-{}", answer.measure.id)), ..bound })
                }
                other => other,
            }]);
        }
        rows.push(row);
    }
    let measures = answers.iter().map(|a| Column { title: a.measure.title.clone(), numeric: true });
    let periods: Vec<String> =
        answers.iter().map(|a| format!("{}: {}", a.measure.title, a.panel.period.prose())).collect();
    Block::Table(Table {
        id: "table-forces".into(),
        caption: "Data packs, with headline figures".into(),
        columns: std::iter::once(Column { title: "Force".into(), numeric: false }).chain(measures).collect(),
        rows,
        source: String::new(),
        notes: vec![
            format!("{}.", periods.join("; ")),
            "Each data pack is also there as PDF, ODS, XLSX, CSV and text.".into(),
        ],
    })
}

fn measures_table(data: &PackData<'_>) -> Block {
    let mut numbers = Numbers::default();
    let mut rows = Vec::new();
    for answer in data.plan.measures().into_iter().filter_map(|id| data.answer(id)) {
        let count = |wanted: Verdict| {
            answer.compared.rows.iter().filter(|r| Verdict::of(&r.standing) == wanted).count().to_string()
        };
        let compared =
            |wanted: Verdict| if answer.measure.kind == Kind::Count { "[z]".to_owned() } else { count(wanted) };
        let average = shown(answer.measure, answer.compared.average.value);
        let file =
            Inline::Link(Link { text: answer.measure.title.clone(), href: format!("data/{}.csv", answer.measure.id) });
        let total = numbers.total(
            data.study.observations,
            answer.measure,
            &answer.panel,
            reference::ENGLAND_AND_WALES,
            &answer.compared.average,
            Vec::new(),
        );
        let total = match total {
            Inline::Number(bound) => Inline::Number(Bound { href: None, ..bound }),
            other => other,
        };
        debug_assert!(
            matches!(&total, Inline::Number(b) if b.text == average)
                || answer.compared.average.value.number().is_none()
        );
        rows.push(vec![
            vec![file],
            vec![text(answer.panel.period.heading())],
            vec![total],
            vec![text(compared(Verdict::Higher))],
            vec![text(compared(Verdict::BroadlyInLine))],
            vec![text(compared(Verdict::Lower))],
        ]);
    }
    let columns = [
        ("Measure (CSV, all forces)", false),
        ("Period", false),
        ("England and Wales", true),
        ("Forces higher", true),
        ("Broadly in line", true),
        ("Lower", true),
    ];
    Block::Table(Table {
        id: "table-measures".into(),
        caption: "Measures, and how the forces lie around the average".into(),
        columns: columns.map(|(title, numeric)| Column { title: title.into(), numeric }).into(),
        rows,
        source: String::new(),
        notes: vec!["[z] does not apply: a count has no average that a force could be compared with.".into()],
    })
}
