//! What was read, beside the figures loaded: recomputed where they allow it, and what cannot all be true.

use crate::{
    outcome::{CannotRun, number},
    workspace::{self, Workspace},
};
use ingest::Folder;
use jiff::civil::Date;
use reading::{
    Known, Reading, Statement,
    check::{self, Contradiction, Measure, Status},
};
use reference::{AreaId, Length};
use rust_decimal::prelude::ToPrimitive;
use serde::{Serialize, Serializer};
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

/// A printed value beside the one that the figures loaded give.
#[derive(Debug, Serialize)]
pub struct Line {
    line: u32,
    whose: &'static str,
    measure: String,
    period: Option<Date>,
    printed: f64,
    computed: Option<f64>,
    #[serde(serialize_with = "in_words_of_status")]
    status: Status,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

fn in_words_of_status<S: Serializer>(status: &Status, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(status.words())
}

/// What the check of one document found.
#[derive(Debug, Default, Serialize)]
pub struct Checked {
    /// A line for each printed value that has a measure, or a comparison.
    pub checks: Vec<Line>,
    /// What it says that cannot all be true.
    pub contradictions: Vec<Contradiction>,
}

/// Checks every statement of the documents, and the documents against themselves and each other; one answer a document.
pub fn check(dir: Option<&Path>, read: &[(Reading, Vec<u8>)], known: &Known) -> Result<Vec<Checked>, CannotRun> {
    let workspace = Workspace::load(workspace::open(dir)?, None)?;
    let measures = known_measures(&workspace.folder);
    let mut all: Vec<Checked> = Vec::new();
    for (reading, bytes) in read {
        let force = reading.forces.first().and_then(|f| f.parse::<AreaId>().ok());
        let of = |force: &AreaId| -> Vec<Line> {
            let statements = &reading.statements;
            statements.iter().flat_map(|s| check_one(&workspace, &measures, force, s, statements)).collect()
        };
        all.push(Checked {
            checks: force.as_ref().map(of).unwrap_or_default(),
            contradictions: check::within(reading, &reading::lines(bytes), known),
        });
    }
    let readings: Vec<&Reading> = read.iter().map(|(r, _)| r).collect();
    for found in check::between(&readings).into_iter().chain(printed_twice(&readings, &all)) {
        let at = readings.iter().position(|r| r.file == found.file).unwrap_or_default();
        all[at].contradictions.push(found);
    }
    Ok(all)
}

/// What makes two printed values values of one figure.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    /// `None` for an average, which is one whoever stands beside it.
    force: Option<&'a str>,
    measure: &'a str,
    whose: &'a str,
    day: Date,
}

/// One figure that is printed with two values, in one document or in two.
fn printed_twice(readings: &[&Reading], all: &[Checked]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let mut first: BTreeMap<Key<'_>, (usize, &Line)> = BTreeMap::new();
    for (document, checked) in all.iter().enumerate() {
        for line in checked.checks.iter().filter(|l| l.measure != "-" && l.whose != "change") {
            let Some(day) = line.period else { continue };
            let force = Some(&readings[document].forces).filter(|_| line.whose != "England and Wales");
            let force = force.and_then(|f| f.first()).map(String::as_str);
            let key = Key { force, measure: &line.measure, whose: line.whose, day };
            let Some((at, before)) = first.get(&key) else {
                first.insert(key, (document, line));
                continue;
            };
            // Further apart they are of two things that go by the same words.
            let (low, high) = (before.printed.min(line.printed), before.printed.max(line.printed));
            if high > 1.5 * low
                || check::compare(before.printed, line.printed, &[]) == Status::Agrees
                || check::compare(line.printed, before.printed, &[]) == Status::Agrees
            {
                continue;
            }
            let place = match *at == document {
                true => format!("on line {}", line.line),
                false => format!("in {}, line {}", readings[document].file, line.line),
            };
            let (measure, whose, here, there) = (&line.measure, line.whose, before.printed, line.printed);
            found.push(Contradiction {
                file: readings[*at].file.clone(),
                line: before.line,
                found: format!("{measure}, {whose}, {day} is {here} here and {there} {place}"),
            });
        }
    }
    found
}

/// Prints what was found of a document, for people.
pub fn print(reading: &Reading, checked: &Checked) {
    out!("\n{}", reading.file);
    if reading.forces.is_empty() {
        out!("  it is about no one force: nothing to recompute");
    } else {
        lines(&checked.checks);
    }
    for found in &checked.contradictions {
        out!("  line {}: contradicts itself or another: {}", found.line, found.found);
    }
}

fn lines(lines: &[Line]) {
    for line in lines {
        let computed = line.computed.map(|c| format!("{c:.3}")).unwrap_or_default();
        out!(
            "  line {:<5}{:<42} {:<18}printed {:>9}  computed {:>11}  {}{}",
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

/// The measures of a folder, as the words of a document are matched to them.
pub fn known_measures(folder: &Folder) -> Vec<Measure> {
    folder.measures.iter().map(in_words).collect()
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

fn check_one(
    workspace: &Workspace,
    measures: &[Measure],
    force: &AreaId,
    statement: &Statement,
    all: &[Statement],
) -> Vec<Line> {
    let Some(printed) = statement.value else { return Vec::new() };
    let line = |measure: &str, whose, printed, found: Option<Recomputed>, note: &str| Line {
        line: statement.line,
        whose,
        measure: measure.to_owned(),
        period: statement.period.as_ref().and_then(|p| p.end.parse().ok()),
        printed,
        computed: found.as_ref().map(|f| f.newest),
        status: found.map_or(Status::Unchecked, |f| check::compare(printed, f.newest, &f.others)),
        note: note.to_owned(),
    };
    if let Some((measure, found)) = changed(workspace, measures, force, statement, all) {
        return vec![line(&measure, "change", printed, found, "")];
    }
    let change = statement.comparator.as_deref() == Some("own-previous") && statement.comparator_value.is_none();
    let local = statement.comparator.as_deref() == Some("local-population");
    let resident = |m: &&Measure| m.words.iter().any(|w| w.to_lowercase().contains("residents"));
    let own: Vec<Measure> = measures.iter().filter(|m| !(local && resident(m))).cloned().collect();
    let mut lines = Vec::new();
    if let (true, Some(against)) = (local, statement.comparator_value) {
        let residents: Vec<Measure> = measures.iter().filter(resident).cloned().collect();
        let subject = format!("{} of residents, population", statement.subject);
        let theirs = Statement { subject, text: statement.text.clone(), ..statement.clone() };
        let day = statement.period.as_ref().and_then(|p| p.end.parse::<Date>().ok());
        if let Some((of, day)) = check::measure_of(&theirs, &residents).zip(day) {
            let found = recomputed(workspace, &of.id, force, day, "local population");
            let note = if found.is_none() { "the figures loaded do not have it" } else { "" };
            lines.push(line(&of.id, "local population", against, found, note));
        }
    }
    let Some(of) = check::measure_of(statement, &own).filter(|_| !change) else {
        // A value that is set beside nothing and has no measure is no claim about the data.
        lines.extend(
            statement
                .comparator
                .is_some()
                .then(|| line("-", "the force's", printed, None, "no measure has its words and unit")),
        );
        return lines;
    };
    let Some(day) = statement.period.as_ref().and_then(|p| p.end.parse::<Date>().ok()) else {
        lines.push(line(&of.id, "the force's", printed, None, "it names no period"));
        return lines;
    };
    let mut sides = vec![("the force's", printed)];
    let census = statement.text.contains("Census");
    match (statement.comparator.as_deref(), statement.comparator_value) {
        (Some("england-and-wales"), Some(value)) if !census => sides.push(("England and Wales", value)),
        (Some("most-similar"), Some(value)) => sides.push(("most similar", value)),
        _ => {}
    }
    for (whose, printed) in sides {
        let found = recomputed(workspace, &of.id, force, day, whose);
        let note = if found.is_none() { "the figures loaded do not have it" } else { "" };
        lines.push(line(&of.id, whose, printed, found, note));
    }
    lines
}

/// The change between two days that a row of a table gives, made of the values beside it.
fn changed(
    workspace: &Workspace,
    measures: &[Measure],
    force: &AreaId,
    statement: &Statement,
    all: &[Statement],
) -> Option<(String, Option<Recomputed>)> {
    let row = statement.text.contains(" | ")
        && statement.unit.as_deref() == Some("percent")
        && statement.comparator.as_deref() == Some("own-previous");
    let mut beside = all.iter().filter(|s| row && s.line == statement.line && s.unit.as_deref() == Some("count"));
    let now = beside.clone().find(|s| s.comparator_value.is_some())?;
    let then = beside.find(|s| s.comparator.is_none())?;
    let of = check::measure_of(now, measures)?;
    let day = |s: &Statement| s.period.as_ref()?.end.parse::<Date>().ok();
    let now = recomputed(workspace, &of.id, force, day(now)?, "the force's");
    let then = recomputed(workspace, &of.id, force, day(then)?, "the force's");
    let of_both = now.zip(then).map(|(now, then)| {
        let change = |now: f64, then: f64| 100.0 * (now - then) / then;
        let others = now.others.iter().map(|n| change(*n, then.newest)).collect();
        Recomputed { newest: change(now.newest, then.newest), others }
    });
    Some((format!("{}, change", of.id), of_both))
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
    // The people of an area are known from the last census.
    let when = if whose == "local population" { When::LatestUntil(day) } else { When::On(day) };
    let answer = study.answer(measure, when, &[])?;
    let value = match whose {
        "England and Wales" => answer.compared.average.value.number(),
        "most similar" => study.most_similar(measure, &answer.panel, force).ok()?.0.value.number(),
        _ => answer.figure(force)?.value.number(),
    };
    value?.to_f64()
}
