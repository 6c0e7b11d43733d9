//! What comparing costs: every measure for 43 forces and all periods, beside pandas doing the same from the same tidy files.
//!
//! `compare time FIGURES` loads the tidy releases of FIGURES/observations and answers everything, and prints the seconds as JSON;
//! the other commands write what the peer needs to do the same (`define`), what both sides must agree on (`cells`), and folders
//! with many times the data (`scale`). `benches/run.sh` runs them in turn.

mod clock;
mod scale;
mod work;

use clock::{median, peak_memory, timed};
use reference::{Length, Value};
use serde_json::json;
use statistics::{
    Verdict,
    measure::{Chance, DenominatorPeriod, Kind},
    observations::Term,
};
use std::{env, error::Error, fs, path::Path};
use work::{Answer, Task};

/// How often the computation alone is repeated in one run.
const REPEATS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["define", to] => define(&task("examples")?, Path::new(to)),
        ["cells", figures, to] => cells(&task(figures)?, Path::new(to)),
        ["time", figures] => time(&task(figures)?),
        ["scale", figures, times, to] => scale::scale(Path::new(figures), times.parse()?, Path::new(to)),
        _ => Err("compare define TO | cells FIGURES TO | time FIGURES | scale FIGURES TIMES TO".into()),
    }
}

fn task(figures: &str) -> Result<Task, Box<dyn Error>> {
    Task::open(Path::new("content"), Path::new(figures))
}

fn time(task: &Task) -> Result<(), Box<dyn Error>> {
    let ((observations, answers), whole) = timed(|| {
        let observations = task.load();
        let answers = observations.as_ref().map(|o| task.compute(o).len()).unwrap_or_default();
        (observations, answers)
    });
    let observations = observations?;
    let compute = (0..REPEATS).map(|_| timed(|| task.compute(&observations)).1).collect();
    let rows: usize = observations.tables().iter().map(statistics::observations::Table::len).sum();
    let cells = answers * task.forces.len();
    let threads = rayon::current_num_threads();
    let line = json!({"whole": whole, "compute": median(compute), "memory": peak_memory(), "rows": rows, "cells": cells, "threads": threads});
    println!("{line}");
    Ok(())
}

/// What the peer is told before its clock starts.
fn define(task: &Task, to: &Path) -> Result<(), Box<dyn Error>> {
    let terms = |terms: &[Term]| -> Vec<serde_json::Value> {
        let conditions = |term: &Term| -> Vec<serde_json::Value> {
            term.conditions
                .iter()
                .map(|c| json!({"dimension": c.dimension, "labels": c.labels, "except": c.except}))
                .collect()
        };
        terms.iter().map(|term| json!({"series": term.series, "conditions": conditions(term)})).collect()
    };
    let measures = task.measures().iter().map(|m| {
        json!({
            "id": m.id,
            "count": m.kind == Kind::Count,
            "numerator": terms(&m.numerator),
            "denominator": terms(&m.denominator),
            "latest_denominator": m.denominator_period == DenominatorPeriod::Latest,
            "per": m.per.to_string().parse::<f64>().unwrap_or(f64::NAN),
            "months": match m.length { Length::Instant => 0, Length::Months(months) => months },
            "chance": match m.chance { Chance::Events => "events", Chance::Cases => "cases", Chance::None => "none" },
        })
    });
    let measures: Vec<serde_json::Value> = measures.collect();
    let (threshold, minimum) = (task.method.threshold, task.method.minimum_forces);
    let all = json!({"forces": task.forces, "threshold": threshold, "minimum_forces": minimum, "measures": measures});
    Ok(fs::write(to, serde_json::to_vec_pretty(&all)?)?)
}

/// Every number and verdict as CSV, for the peer to hold its own beside.
fn cells(task: &Task, to: &Path) -> Result<(), Box<dyn Error>> {
    let mut writer = csv::Writer::from_path(to)?;
    writer.write_record([
        "measure",
        "last",
        "force",
        "numerator",
        "denominator",
        "value",
        "average",
        "d",
        "z_mean",
        "z_average",
        "verdict_mean",
        "verdict_average",
        "low",
        "high",
    ])?;
    for answer in task.compute(&task.load()?) {
        for place in 0..task.forces.len() {
            writer.write_record(cell(&answer, place))?;
        }
    }
    Ok(writer.flush()?)
}

fn cell(answer: &Answer<'_>, place: usize) -> Vec<String> {
    let (figure, row) = (&answer.panel.figures[place], &answer.compared.rows[place]);
    let standing = row.standing.as_ref().ok();
    let number = |value: Value| value.number().map(|n| n.to_string()).unwrap_or_default();
    let float = |value: Option<f64>| value.map(|n| n.to_string()).unwrap_or_default();
    let verdict = |value: Option<Verdict>| value.unwrap_or(Verdict::NoComparison).as_str().to_owned();
    vec![
        answer.measure.id.clone(),
        answer.panel.period.last().to_string(),
        figure.area.to_string(),
        number(figure.numerator.value),
        figure.denominator.map(|d| number(d.value)).unwrap_or_default(),
        number(figure.value),
        number(answer.compared.average.value),
        float(standing.map(|s| s.difference)),
        float(standing.map(|s| s.z_mean)),
        float(standing.map(|s| s.z_average)),
        verdict(standing.map(|s| s.verdict_mean)),
        verdict(standing.map(|s| s.verdict_average)),
        float(row.interval.map(|i| i.0)),
        float(row.interval.map(|i| i.1)),
    ]
}
