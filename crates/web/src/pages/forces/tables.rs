//! The judgments and findings of a force as CSV: one table a file.

use super::asked;
use crate::{
    Public, cite, grades,
    known::Source,
    routes::{Asked, Made},
};
use reference::{Absence, Force};
use report::{
    csv_file,
    dataset::{Cell, Dataset, Field, Kind},
};

pub(super) fn judgments(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let force = public.force(asked.parts.first()?)?;
    let row = |j: &crate::known::Judged<'_>| {
        let mut cells = vec![
            cell(&j.id),
            cell(&j.cycle),
            cell(j.node.as_str()),
            cell(&grades::place(public, j)),
            cell(j.value.id()),
            cell(&j.made_in),
            cell(if j.carried_over { "yes" } else { "no" }),
        ];
        cells.extend(source(public, &j.source));
        cells
    };
    let rows = public.judgments().iter().filter(|j| j.force == force.id).map(row).collect();
    let columns = [
        ("id", "Unique and for ever"),
        ("cycle", "The cycle that it stands in"),
        ("place", "The pillar or question, by its id in the framework of the cycle"),
        ("title", "The pillar or question in words"),
        ("judgment", "The grade, or why there is none"),
        ("made_in", "The cycle that it was made in"),
        ("carried_over", "Whether that is an earlier one"),
    ];
    Some(csv_file::write(&dataset(force, "judgments", &columns, rows)).into())
}

pub(super) fn findings(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let force = public.force(asked.parts.first()?)?;
    let row = |f: &crate::known::Found<'_>| {
        let to: Vec<String> = f.addressees.iter().map(|a| public.called(a)).collect();
        let mut cells = vec![
            cell(&f.id),
            cell(&f.cycle),
            cell(f.kind.ids().0),
            cell(f.node.as_str()),
            cell(&f.title),
            cell(&f.text),
            cell(f.parent.as_deref().unwrap_or_default()),
            cell(&to.join("; ")),
            cell(f.due.as_deref().unwrap_or_default()),
            cell(&f.stands.words()),
            cell(&f.restates.join("; ")),
        ];
        cells.extend(source(public, &f.source));
        cells
    };
    let rows = asked::of(public, force).iter().map(row).collect();
    let columns = [
        ("id", "Unique and for ever"),
        ("cycle", "The cycle"),
        ("kind", "What kind of finding"),
        ("place", "The question that it belongs to, by its id in the framework of the cycle"),
        ("title", "A few words"),
        ("text", "What it asks or says"),
        ("under", "The cause of concern that a recommendation hangs on, by its id"),
        ("to", "Who has to act"),
        ("due", "By when, as published"),
        ("stands", "How it stands"),
        ("restates", "The findings that it restates, by their ids"),
    ];
    Some(csv_file::write(&dataset(force, "findings", &columns, rows)).into())
}

fn dataset(force: &Force, what: &str, columns: &[(&str, &str)], rows: Vec<Vec<Cell>>) -> Dataset {
    let from = [
        ("publication", "The publication that it is taken over from"),
        ("published", "When that was published, as far as it is known"),
        ("section_or_page", "Where in it"),
        ("quote", "The words that carry the fact"),
        ("address", "Where the publication is or was"),
    ];
    let field = |(name, description): &(&str, &str)| Field {
        name: (*name).into(),
        title: (*name).replace('_', " "),
        description: (*description).into(),
        kind: Kind::Text,
        notes: Vec::new(),
    };
    Dataset {
        id: format!("{}-{what}", force.id),
        sheet: what.into(),
        title: format!("{}: {what}", force.name),
        description: Vec::new(),
        source: String::new(),
        columns: columns.iter().chain(&from).map(field).collect(),
        rows,
        key: vec!["id".into()],
    }
}

fn source(public: &Public, source: &Source<'_>) -> Vec<Cell> {
    match source {
        Source::Taken(taken, publication) => vec![
            cell(&format!("{}, {}", publication.publisher, publication.title)),
            cell(&publication.published),
            cell(&taken.place()),
            cell(&taken.quote),
            cell(&cite::address(public, publication).unwrap_or_default()),
        ],
        Source::Published(_, day) => {
            vec![cell(public.issuer().name), cell(&day.to_string()), cell(""), cell(""), cell("")]
        }
    }
}

fn cell(words: &str) -> Cell {
    if words.is_empty() { Cell::Absent(Absence::NotApplicable) } else { Cell::Text(words.to_owned()) }
}
