//! Where a force stands: the judgments that are its latest, in a sentence, as tiles and as a list.

use super::together;
use crate::{
    Public, cite, grades,
    known::{Found, Judged, Source},
    page::heading,
    told::counted,
    tracked::Status,
};
use inspection::{JudgmentValue, framework::Framework};
use reference::Force;
use report::{
    document::{Block, Column, Inline, Table, Tile, text},
    words::{listed, lower_first, upper_first},
};

/// The latest judgments of a force among all of them: for a framework of pillars, each pillar's latest with the questions of that cycle; for
/// one of questions alone, those of the latest cycle. What was not inspected is no judgment.
#[must_use]
pub fn current<'j, 'a>(public: &Public, own: &[&'j Judged<'a>]) -> Vec<&'j Judged<'a>> {
    let made = |j: &&&'j Judged<'a>| j.value != JudgmentValue::NotInspected;
    let frameworks = || public.folder.frameworks.iter().rev();
    let any = |f: &&Framework| own.iter().filter(made).any(|j| j.cycle == f.id);
    let Some(latest) = frameworks().find(any) else { return Vec::new() };
    if latest.pillars.is_empty() {
        return own.iter().copied().filter(|j| j.cycle == latest.id).collect();
    }
    let mut found = Vec::new();
    for pillar in &latest.pillars {
        let within = |j: &&&'j Judged<'a>| j.node.pillar() == Some(pillar.id.as_str()) || j.node.as_str() == pillar.id;
        let graded = |f: &&Framework| {
            own.iter()
                .filter(within)
                .any(|j| j.cycle == f.id && j.node.is_pillar() && j.value != JudgmentValue::Ungraded)
        };
        let Some(cycle) = frameworks()
            .find(graded)
            .or_else(|| frameworks().find(|f| own.iter().filter(within).filter(made).any(|j| j.cycle == f.id)))
        else {
            continue;
        };
        let mut here: Vec<&'j Judged<'a>> =
            own.iter().filter(within).filter(made).filter(|j| j.cycle == cycle.id).copied().collect();
        here.sort_by_key(|j| (!j.node.is_pillar(), j.node.clone()));
        found.extend(here);
    }
    found
}

/// The pillars of the framework that the latest judgments are of, which have none.
fn unknown(public: &Public, current: &[&Judged<'_>]) -> Vec<String> {
    let newest = public.folder.frameworks.iter().rev().find(|f| current.iter().any(|j| j.cycle == f.id));
    let pillars = newest.map(|f| f.pillars.as_slice()).unwrap_or_default();
    let known = |id: &str| current.iter().any(|j| j.node.as_str() == id || j.node.pillar() == Some(id));
    pillars.iter().filter(|p| p.graded && !known(&p.id)).map(|p| p.title.clone()).collect()
}

/// The latest judgments in one line, pillars alone where there are any: "Effectiveness good (2016) and legitimacy good (2017)".
#[must_use]
pub fn line(public: &Public, current: &[&Judged<'_>]) -> String {
    if current.is_empty() {
        return "No judgment is in the sources loaded".into();
    }
    let part = |j: &&Judged<'_>| {
        let said = format!("{{}} {} ({})", j.value.words(), grades::cycle(public, &j.made_in));
        (said, lower_first(&grades::place(public, j)))
    };
    upper_first(&together(told(current).iter().map(part).collect()))
}

/// The pillars, where there are any; otherwise every question.
fn told<'j, 'a>(current: &[&'j Judged<'a>]) -> Vec<&'j Judged<'a>> {
    let pillars: Vec<&Judged<'a>> = current.iter().copied().filter(|j| j.node.is_pillar()).collect();
    if pillars.is_empty() { current.to_vec() } else { pillars }
}

/// One sentence or two: how the force was judged last, and how much of what it was asked to do is open.
#[must_use]
pub fn sentence(public: &Public, force: &Force, current: &[&Judged<'_>], found: &[Found<'_>]) -> String {
    let told = told(current);
    let part = |j: &&Judged<'_>| {
        let cycle = grades::cycle(public, &j.made_in);
        let said = match j.value {
            JudgmentValue::NotGraded => "left without a grade".to_owned(),
            value => value.words().to_owned(),
        };
        (format!("{said} on {{}} in {cycle}"), lower_first(&grades::place(public, j)))
    };
    let judged = match told.as_slice() {
        [] => format!("No judgment of {} is in the sources loaded.", force.name),
        told => format!("{} was judged {}.", force.name, together(told.iter().map(part).collect())),
    };
    judged + " " + &asked(found)
}

/// How much of what a force was asked to do is recorded as done, and of how much something is said.
fn asked(found: &[Found<'_>]) -> String {
    let of = |status: Status| found.iter().filter(|f| f.status() == status).count();
    let (open, closed, said, unknown) =
        (of(Status::Open), of(Status::Closed), of(Status::Said), of(Status::NotRecorded));
    match found {
        [] => return "Nothing that it was asked to do is in the sources loaded.".to_owned(),
        [one] => {
            let stands = match one.status() {
                Status::Open => "it is open in the register",
                Status::Closed => "it is recorded as complete or replaced",
                Status::Said => "a later publication says how it stood",
                Status::NotRecorded => "its outcome is not recorded in the sources loaded",
            };
            return format!("It was asked to do one thing; {stands}.");
        }
        _ => {}
    }
    let parts = [
        (closed, counted(closed, "is recorded as complete or replaced", "are recorded as complete or replaced")),
        (open, counted(open, "is open in the register", "are open in the register")),
        (said, format!("of {said} a later publication says how it stood")),
        (unknown, format!("of {unknown} the outcome is not recorded in the sources loaded")),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    format!("It was asked to do {}: {}.", counted(found.len(), "thing", "things"), listed(&parts))
}

/// The pillars, and what is open, at a glance.
#[must_use]
pub fn tiles(public: &Public, current: &[&Judged<'_>], found: &[Found<'_>]) -> Option<Block> {
    let tile = |j: &&Judged<'_>| Tile {
        number: vec![Inline::Grade(grades::badge(public, j))],
        label: format!("{}, {}", grades::place(public, j), grades::cycle(public, &j.made_in)),
        compared: cite::named(public, &j.source),
    };
    let mut tiles: Vec<Tile> = current.iter().filter(|j| j.node.is_pillar()).map(tile).collect();
    if tiles.is_empty() {
        return None;
    }
    let open = found.iter().filter(|f| !f.stands.is_closed()).count();
    tiles.push(Tile {
        number: vec![text(open.to_string())],
        label: "Things asked, not recorded as complete".into(),
        compared: vec![crate::page::link("What it was asked to do", "#asked")],
    });
    Some(Block::Tiles { tiles })
}

/// The latest judgments as a list, with year and document.
#[must_use]
pub fn now(public: &Public, force: &Force, current: &[&Judged<'_>]) -> Vec<Block> {
    let mut blocks = vec![heading("judgments", "Judgments now")];
    let missing = unknown(public, current);
    if current.is_empty() {
        blocks.push(report::document::paragraph(format!("No judgment of {} is in the sources loaded.", force.name)));
        return blocks;
    }
    blocks.push(Block::Table(table(
        public,
        "judgments-now",
        format!("Latest judgments of {}", force.name),
        current,
        cite::named,
        notes(current, &missing),
    )));
    blocks
}

fn notes(current: &[&Judged<'_>], missing: &[String]) -> Vec<String> {
    let mut notes = Vec::new();
    if current.iter().any(|j| j.carried_over) {
        notes.push("A dashed edge marks a judgment that was carried over: it was made in the cycle that is named, and the question was not inspected again.".to_owned());
    }
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|m| lower_first(m)).collect();
        notes.push(format!("Not known: no judgment of {} is in the sources loaded.", report::words::listed(&names)));
    }
    notes
}

/// Judgments with the cycle that made them and the document that says so.
#[must_use]
pub(super) fn table(
    public: &Public,
    id: &str,
    caption: String,
    judged: &[&Judged<'_>],
    source: impl Fn(&Public, &Source<'_>) -> Vec<Inline>,
    notes: Vec<String>,
) -> Table {
    let row = |j: &&Judged<'_>| {
        let name = grades::place(public, j);
        let name = if j.node.is_pillar() { Inline::Strong { text: name } } else { text(name) };
        let mut source = source(public, &j.source);
        if !j.note.is_empty() {
            source.push(text(format!(". {}", upper_first(j.note))));
        }
        vec![
            vec![name],
            vec![Inline::Grade(grades::badge(public, j))],
            vec![text(grades::cycle(public, &j.made_in))],
            source,
        ]
    };
    Table {
        id: id.to_owned(),
        caption,
        columns: ["Judgment of", "Grade", "Made in", "Document"]
            .map(|title| Column { title: title.into(), numeric: false })
            .into(),
        rows: judged.iter().map(row).collect(),
        source: String::new(),
        notes,
    }
}
