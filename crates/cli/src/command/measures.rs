//! `peelian measures`: what can be compared, and what a measure means.

use crate::{
    arguments::{ListFormat, Measures},
    outcome::{CannotRun, Outcome, name, number},
    workspace::{self, Workspace},
};
use ingest::wording::{self, plural};
use reference::{Length, long_date};
use statistics::{
    comparison::Method,
    measure::{Measure, Prepared},
    observations::Term,
};
use std::path::Path;

/// One measure's line.
struct Line<'a> {
    measure: &'a Measure,
    periods: usize,
    latest: Option<jiff::civil::Date>,
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
            Line { measure, periods: periods.len(), latest: periods.last().copied() }
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
                    None => "needs a supplied return".to_owned(),
                };
                let pad = " ".repeat(width - line.measure.id.len());
                out!("  {}{pad}  {have}", name(&line.measure.id));
            }
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

fn explain(workspace: &Workspace, measure: &Measure) {
    let study = workspace.study(Method::default(), &[]);
    let periods = study.periods(measure);
    out!("{}\n{}\n", measure.title, measure.id);
    out!("{}", measure.definition);
    out!("Source: {}", measure.source);
    for caveat in measure.caveats.iter().chain(&measure.mixed_units) {
        out!("Caution: {caveat}");
    }
    out!("\nNumerator: {}", terms(&measure.numerator));
    if !measure.denominator.is_empty() {
        out!("Denominator: {}, times {}", terms(&measure.denominator), measure.per);
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
        _ => {
            let there =
                |series: &str| workspace.observations.tables().iter().any(|t| t.series().iter().any(|s| s == series));
            let terms = measure.numerator.iter().chain(&measure.denominator).map(|t| t.series.as_str());
            let missing: Vec<&str> = terms.filter(|series| !there(series)).collect();
            out!("\nNo figures yet: it needs a supplied return with the series {}.", missing.join(", "));
            out!("Write a CSV file `force,period,series,value` and `peelian ingest --source supplied-return FILE`.");
        }
    }
}

fn terms(terms: &[Term]) -> String {
    let condition = |c: &statistics::observations::Condition| {
        let not = if c.except { "not " } else { "" };
        format!("{} {not}{}", c.dimension, c.labels.join(" or "))
    };
    let term = |t: &Term| match t.conditions.is_empty() {
        true => t.series.clone(),
        false => format!("{} with {}", t.series, t.conditions.iter().map(condition).collect::<Vec<_>>().join(", ")),
    };
    terms.iter().map(term).collect::<Vec<_>>().join(" plus ")
}
