//! What was read, beside the figures loaded: recomputed where they allow it, and what cannot all be true.

use crate::{
    outcome::{CannotRun, number},
    workspace::{self, Workspace},
};
use jiff::civil::Date;
use reading::{
    Known, Reading, Statement,
    check::{self, Measure, Status},
};
use reference::{AreaId, Length};
use rust_decimal::prelude::ToPrimitive;
use statistics::{
    comparison::Method,
    measure::{self, Kind},
    observations::Pin,
    study::{Study, When},
};
use std::{collections::BTreeMap, path::Path};

/// A figure recomputed, by the newest releases and by each other.
struct Recomputed {
    newest: f64,
    others: Vec<f64>,
}

/// A line of the check.
struct Line {
    line: u32,
    whose: &'static str,
    measure: String,
    printed: f64,
    computed: Option<f64>,
    status: Status,
    note: String,
}

/// Checks every statement of the documents, and the documents against themselves and each other.
pub fn run(dir: Option<&Path>, read: &[(Reading, Vec<u8>)], known: &Known) -> Result<(), CannotRun> {
    let workspace = Workspace::load(workspace::open(dir)?, None)?;
    let measures: Vec<Measure> = workspace.folder.measures.iter().map(in_words).collect();
    for (reading, bytes) in read {
        out!("\n{}", reading.file);
        let Some(force) = reading.forces.first().and_then(|f| f.parse::<AreaId>().ok()) else {
            out!("  it is about no one force: nothing to recompute");
            continue;
        };
        let lines: Vec<Line> =
            reading.statements.iter().flat_map(|s| check_one(&workspace, &measures, &force, s)).collect();
        print(&lines);
        for found in check::within(reading, &reading::lines(bytes), known) {
            out!("  line {}: contradicts itself: {}", found.line, found.found);
        }
    }
    let readings: Vec<&Reading> = read.iter().map(|(r, _)| r).collect();
    for found in check::between(&readings) {
        out!("{}, line {}: {}", found.file, found.line, found.found);
    }
    Ok(())
}

fn print(lines: &[Line]) {
    for line in lines {
        let computed = line.computed.map(|c| format!("{c:.3}")).unwrap_or_default();
        out!(
            "  line {:<5}{:<34}{:<18}printed {:>9}  computed {:>11}  {}{}",
            line.line,
            line.measure,
            line.whose,
            number(line.printed.to_string()),
            number(computed),
            line.status.words(),
            if line.note.is_empty() { String::new() } else { format!(": {}", line.note) }
        );
    }
    let mut counts: BTreeMap<Status, usize> = BTreeMap::new();
    lines.iter().for_each(|line| *counts.entry(line.status).or_default() += 1);
    let counts: Vec<String> = counts.into_iter().map(|(status, n)| format!("{n} {}", status.words())).collect();
    out!("  {}", if counts.is_empty() { "no statement".to_owned() } else { counts.join(", ") });
}

/// A measure in the words and the unit that a reader knows.
fn in_words(measure: &measure::Measure) -> Measure {
    let unit = match measure.kind {
        Kind::Count => "count",
        Kind::Percent => "percent",
        Kind::Rate => "per-1000",
        Kind::Mean if measure.prefix.contains('£') => "gbp",
        Kind::Mean => "days",
    };
    let mut words = vec![measure.title.clone(), measure.noun.clone()];
    words.extend(measure.also.iter().cloned());
    let months = match measure.length {
        Length::Instant => 0,
        Length::Months(months) => months,
    };
    Measure { id: measure.id.clone(), words, unit: unit.to_owned(), months }
}

fn check_one(workspace: &Workspace, measures: &[Measure], force: &AreaId, statement: &Statement) -> Vec<Line> {
    let unchecked = |measure: &str, whose, printed, note: &str| Line {
        line: statement.line,
        whose,
        measure: measure.to_owned(),
        printed,
        computed: None,
        status: Status::Unchecked,
        note: note.to_owned(),
    };
    let Some(printed) = statement.value else { return Vec::new() };
    let change = statement.comparator.as_deref() == Some("own-previous") && statement.comparator_value.is_none();
    let of = if change { None } else { check::measure_of(statement, measures) };
    let Some(of) = of else {
        // A value that is set beside nothing and has no measure is no claim about the data.
        let claim = statement.comparator.is_some();
        return if claim {
            vec![unchecked("-", "the force's", printed, "no measure has its words and unit")]
        } else {
            Vec::new()
        };
    };
    let Some(day) = statement.period.as_ref().and_then(|p| p.end.parse::<Date>().ok()) else {
        return vec![unchecked(&of.id, "the force's", printed, "it names no period")];
    };
    let mut sides = vec![("the force's", printed)];
    match (statement.comparator.as_deref(), statement.comparator_value) {
        (Some("england-and-wales"), Some(value)) => sides.push(("England and Wales", value)),
        (Some("most-similar"), Some(value)) => sides.push(("most similar", value)),
        _ => {}
    }
    let side = |(whose, printed): (&'static str, f64)| match recomputed(workspace, &of.id, force, day, whose) {
        None => unchecked(&of.id, whose, printed, "the figures loaded do not have it"),
        Some(found) => {
            let short = statement.period.as_ref().is_some_and(|p| p.kind == "12-months") && of.months != 12;
            let status = if short { Status::Unchecked } else { check::compare(printed, found.newest, &found.others) };
            let note = if short { "the figures loaded cover another length of time" } else { "" };
            Line {
                line: statement.line,
                whose,
                measure: of.id.clone(),
                printed,
                computed: Some(found.newest),
                status,
                note: note.to_owned(),
            }
        }
    };
    sides.into_iter().map(side).collect()
}

fn recomputed(workspace: &Workspace, id: &str, force: &AreaId, day: Date, whose: &str) -> Option<Recomputed> {
    let measure = workspace.folder.measure(id)?;
    let newest = one(&workspace.study(Method::default(), &[]), measure, force, day, whose)?;
    let series: Vec<&str> = measure.terms().map(|t| t.series.as_str()).collect();
    let mut others = Vec::new();
    for table in workspace.observations.tables() {
        let pins: Vec<Pin> = series
            .iter()
            .map(|s| Pin { series: Some((*s).to_owned()), period: None, release: table.release.id.clone() })
            .collect();
        others.extend(one(&workspace.study(Method::default(), &pins), measure, force, day, whose));
    }
    Some(Recomputed { newest, others })
}

fn one(study: &Study<'_>, measure: &measure::Measure, force: &AreaId, day: Date, whose: &str) -> Option<f64> {
    let answer = study.answer(measure, When::On(day), &[])?;
    let value = match whose {
        "England and Wales" => answer.compared.average.value.number(),
        "most similar" => study.most_similar(measure, &answer.panel, force).ok()?.0.value.number(),
        _ => answer.figure(force)?.value.number(),
    };
    value?.to_f64()
}
