//! `peelian measures`: what can be compared, and what a measure means.

use crate::{
    arguments::{ListFormat, Measures},
    needs::{self, Needs},
    outcome::{CannotRun, Outcome, name, number},
    workspace::{self, Workspace},
};
use ingest::{
    source::Source,
    wording::{self, plural},
};
use reference::{Length, long_date};
use statistics::{
    comparison::Method,
    measure::{Measure, Prepared},
    observations::added_up,
};
use std::{collections::BTreeMap, path::Path};

/// One measure's line.
struct Line<'a> {
    measure: &'a Measure,
    periods: usize,
    latest: Option<jiff::civil::Date>,
    needs: Needs<'a>,
}

/// Lists the measures, or explains one.
pub fn run(dir: Option<&Path>, options: &Measures) -> Result<Outcome, CannotRun> {
    let folder = workspace::open(dir)?;
    if let Some(id) = &options.id {
        let measure = workspace::measure(&folder, id)?.clone();
        let workspace = Workspace::load(folder, Some(&[&measure]))?;
        explain(&workspace, &measure);
        return Ok(Outcome::Done);
    }
    let workspace = Workspace::load(folder, None)?;
    let mut lines: Vec<Line<'_>> = workspace
        .folder
        .measures
        .iter()
        .map(|measure| {
            let periods = Prepared::new(measure, &workspace.observations, &workspace.areas, &[]).periods();
            let needs = match periods.is_empty() {
                true => Needs::of(&workspace.folder, &workspace.observations, measure),
                false => Needs::default(),
            };
            Line { measure, periods: periods.len(), latest: periods.last().copied(), needs }
        })
        .collect();
    // Subjects in the order of their first measure, wherever their others are defined.
    let first = |subject: &str| workspace.folder.measures.iter().position(|m| m.subject == subject);
    lines.sort_by_key(|line| first(&line.measure.subject));
    print(&lines, options.format);
    Ok(Outcome::Done)
}

fn print(lines: &[Line<'_>], format: ListFormat) {
    let latest = |line: &Line<'_>| line.latest.map(|d| d.to_string()).unwrap_or_default();
    match format {
        ListFormat::Table => {
            let width = lines.iter().map(|l| l.measure.id.len()).max().unwrap_or(0);
            let mut subject = "";
            for line in lines {
                if line.measure.subject != subject {
                    subject = &line.measure.subject;
                    out!("{subject}");
                }
                let have = match line.latest {
                    Some(day) => format!(
                        "{} to {}",
                        number(format!("{:>3} {:<7}", line.periods, plural(line.periods, "period"))),
                        long_date(day)
                    ),
                    None => line.needs.clause(),
                };
                let pad = " ".repeat(width - line.measure.id.len());
                out!("  {}{pad}  {have}", name(&line.measure.id));
            }
            where_from(lines);
            anstream::eprintln!("\n`peelian measures ID` explains one; `peelian compare ID` compares the forces.");
        }
        ListFormat::Csv => {
            out!("measure,title,subject,periods,latest");
            for line in lines {
                let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
                out!(
                    "{},{},{},{},{}",
                    line.measure.id,
                    quoted(&line.measure.title),
                    quoted(&line.measure.subject),
                    line.periods,
                    latest(line)
                );
            }
        }
        ListFormat::Json => {
            let list: Vec<_> = lines
                .iter()
                .map(|line| {
                    serde_json::json!({
                        "measure": line.measure.id, "title": line.measure.title, "noun": line.measure.noun, "subject": line.measure.subject,
                        "periods": line.periods, "latest": line.latest.map(|d| d.to_string()),
                    })
                })
                .collect();
            out!("{}", serde_json::Value::Array(list));
        }
    }
}

/// Where the figures are that published measures lack.
fn where_from(lines: &[Line<'_>]) {
    let lacking = lines.iter().flat_map(|line| line.needs.published.values().flatten());
    let sources: BTreeMap<&str, &Source> = lacking.map(|s| (s.id.as_str(), *s)).collect();
    if sources.is_empty() {
        return;
    }
    anstream::eprintln!("\nWhere the figures are:");
    for source in sources.into_values() {
        anstream::eprintln!("{}", needs::page(source));
    }
    anstream::eprintln!("{}", needs::HOW);
}

fn explain(workspace: &Workspace, measure: &Measure) {
    let study = workspace.study(Method::default(), &[]);
    let periods = study.periods(measure);
    out!("{}\n{}\n", measure.title, measure.id);
    out!("{}", measure.definition);
    out!("Source: {}", measure.source);
    for caveat in measure.caveats.iter().chain(&measure.mixed_units) {
        out!("Caution: {caveat}");
    }
    out!("\nNumerator: {}", added_up(&measure.numerator));
    if !measure.denominator.is_empty() {
        out!("Denominator: {}, times {}", added_up(&measure.denominator), measure.per);
    }
    match measure.length {
        Length::Instant => out!("Period: as at a day"),
        Length::Months(months) => out!("Period: {}", wording::counted(months, "month")),
    }
    for (force, reason) in &measure.distorted_by {
        out!("Distorted by {force}: {reason}");
    }
    match (periods.first(), periods.last()) {
        (Some(first), Some(last)) => {
            out!(
                "\n{}, from the one that ends on {} to the one that ends on {}",
                wording::counted(periods.len(), "period"),
                long_date(*first),
                long_date(*last)
            );
            for table in workspace.observations.tables() {
                out!("  {} ({})", table.release.citation(), table.release.id.short());
            }
        }
        _ => lacks(&Needs::of(&workspace.folder, &workspace.observations, measure)),
    }
}

/// What to get so that the measure has figures.
fn lacks(needs: &Needs<'_>) {
    if needs.supplied.is_empty() && needs.published.is_empty() {
        out!("\nNo figures yet: it {}.", needs.clause());
    }
    if !needs.supplied.is_empty() {
        out!("\nNo figures yet: it needs a supplied return with the series {}.", needs.supplied.join(", "));
        out!("Write a CSV file `force,period,series,value` and `peelian ingest --source supplied-return FILE`.");
    }
    for (series, sources) in &needs.published {
        let who = if sources.len() == 1 { "This source has" } else { "Each of these sources has" };
        out!("\nNo figures yet of {series}. {who} them:");
        sources.iter().for_each(|source| out!("{}", needs::page(source)));
    }
    if !needs.published.is_empty() {
        out!("{}", needs::HOW);
    }
}
