//! What was read, as commands for `peelian act`: facts taken from a publication, to be reviewed by a person before anybody sends them.

use crate::{
    check::{Measure, measure_of},
    model::{Finding, Judgment, Reading},
};
use serde_json::{Map, Value, json};
use std::{collections::BTreeSet, fmt::Write as _};

/// The most words that a quote may have, as the record allows.
const MOST_QUOTED: usize = 25;

/// The file of commands; what stands against making it.
///
/// Facts that the document does not show are comments in it: the reviewer fills them in or strikes them out.
///
/// Comparisons are taken of the statements whose measure is known by its words and unit; `measures` are those of the folder.
///
/// # Errors
/// The document shows no cycle or is not about one force: then nobody could say whose history it is.
pub fn commands(reading: &Reading, measures: &[Measure]) -> Result<String, String> {
    let Some(cycle) = &reading.cycle else {
        return Err(format!("{}: the document shows no cycle, so its facts belong to no inspection", reading.file));
    };
    let Some(force) = reading.forces.first() else {
        return Err(format!("{}: the document is about no one force", reading.file));
    };
    let stem = reading.file.rsplit(['/', '\\']).next().unwrap_or(&reading.file);
    let publication = format!("{force}-{}-{cycle}", reading.product);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "# Read from {stem}, not reviewed. Strike out what is wrong; then `peelian act` takes the rest as history."
    );
    let _ = writeln!(out, "force: {force}\ncycle: {}\ncommands:", json!(cycle));
    let mut taken = Map::new();
    taken.insert("id".into(), json!(publication));
    taken.insert("publisher".into(), json!(reading.publisher.as_deref().unwrap_or("unknown")));
    taken.insert("title".into(), json!(stem));
    if reading.product != "unknown" {
        taken.insert("product".into(), json!(reading.product));
    }
    taken.insert("published".into(), json!(reading.published.as_deref().unwrap_or("")));
    taken.insert("forces".into(), json!(reading.forces));
    if let Some(isbn) = &reading.isbn {
        taken.insert("isbn".into(), json!(isbn));
    }
    command(&mut out, "take-publication", taken);
    for judgment in &reading.judgments {
        take_judgment(&mut out, reading, judgment, &publication, cycle);
    }
    take_scope(&mut out, reading, &publication);
    for finding in &reading.findings {
        take_finding(&mut out, reading, finding, &publication);
    }
    take_comparisons(&mut out, reading, measures, &publication);
    Ok(out)
}

fn command(out: &mut String, name: &str, fields: Map<String, Value>) {
    let _ = writeln!(out, "  - {name}: {}", Value::Object(fields));
}

fn take_judgment(out: &mut String, reading: &Reading, judgment: &Judgment, publication: &str, cycle: &str) {
    let mut fields = Map::new();
    fields.insert("node".into(), json!(judgment.node));
    match (judgment.status.as_str(), &judgment.source_cycle) {
        ("unknown", _) => {
            let _ = writeln!(out, "  # {}: no grade is visible on line {}", judgment.node, judgment.line);
            return;
        }
        ("carried-over", Some(source)) if source != cycle => {
            let grade = &judgment.grade;
            let _ =
                writeln!(out, "  # the document prints `{grade}`; the judgment of {source} has to be on record before");
            fields.insert("carried-over".into(), json!(source));
        }
        ("carried-over", _) => {
            let _ = writeln!(out, "  # {}: carried over, and the document does not show from when", judgment.node);
            return;
        }
        _ => {
            fields.insert("grade".into(), json!(judgment.grade));
        }
    }
    fields.insert("from".into(), from(reading, publication, judgment.line, &judgment.quote));
    command(out, "take-judgment", fields);
}

/// Whether each question was inspected, where the document says so of any: questions have a dot or no pillar above them.
fn take_scope(out: &mut String, reading: &Reading, publication: &str) {
    let pillars = reading.judgments.iter().any(|j| j.node.contains('.'));
    let questions = || reading.judgments.iter().filter(|j| !pillars || j.node.contains('.'));
    if !questions().any(|j| matches!(j.status.as_str(), "carried-over" | "not-inspected")) {
        return;
    }
    for judgment in questions() {
        let status = match judgment.status.as_str() {
            "graded" | "ungraded" => "inspected",
            status @ ("carried-over" | "not-inspected") => status,
            _ => continue,
        };
        let mut fields = Map::new();
        fields.insert("node".into(), json!(judgment.node));
        fields.insert("status".into(), json!(status));
        fields.insert("from".into(), from(reading, publication, judgment.line, &judgment.quote));
        command(out, "take-scope", fields);
    }
}

/// The figures that the document sets beside an average or another population, each once.
fn take_comparisons(out: &mut String, reading: &Reading, measures: &[Measure], publication: &str) {
    let mut taken = BTreeSet::new();
    for statement in &reading.statements {
        let beside = ["england-and-wales", "most-similar", "local-population"];
        let Some(comparator) = statement.comparator.as_deref().filter(|c| beside.contains(c)) else { continue };
        let (Some(value), Some(period)) = (statement.value, &statement.period) else { continue };
        let Some(measure) = measure_of(statement, measures).filter(|_| statement.qualifier == "exact") else {
            let what = &statement.subject;
            let _ = writeln!(
                out,
                "  # line {}: {value} beside {comparator}, of no measure that is known: {what}",
                statement.line
            );
            continue;
        };
        if !taken.insert((measure.id.as_str(), period.end.as_str(), comparator)) {
            continue;
        }
        let mut fields = Map::new();
        fields.insert("measure".into(), json!(measure.id));
        fields.insert("period".into(), json!(period.end));
        fields.insert("value".into(), json!(value.to_string()));
        fields.insert("comparator".into(), json!(comparator));
        if let Some(value) = statement.comparator_value {
            fields.insert("comparator-value".into(), json!(value.to_string()));
        }
        fields.insert("verdict".into(), json!(statement.verdict));
        fields.insert("from".into(), from(reading, publication, statement.line, &statement.text));
        command(out, "take-comparison", fields);
    }
}

fn take_finding(out: &mut String, reading: &Reading, finding: &Finding, publication: &str) {
    let Some(node) = &finding.node else {
        let _ = writeln!(out, "  # line {}: a {} that stands under no question", finding.line, finding.kind);
        return;
    };
    let mut fields = Map::new();
    let id = |id: &str| format!("{publication}-{id}");
    fields.insert("id".into(), json!(id(&finding.id)));
    fields.insert("kind".into(), json!(finding.kind));
    fields.insert("node".into(), json!(node));
    fields.insert("text".into(), json!(finding.text));
    fields.insert("sub-points".into(), json!(finding.sub_points));
    fields.insert("addressees".into(), json!(finding.addressees));
    if let Some(parent) = &finding.parent {
        fields.insert("parent".into(), json!(id(parent)));
    }
    if let Some(due) = &finding.due {
        fields.insert("due".into(), json!(due));
    }
    if let Some(recurring) = &finding.recurring {
        fields.insert("recurring".into(), json!(recurring));
    }
    if let Some(recalled) = &finding.recalled {
        let stands = recalled.stands.as_deref().unwrap_or("the publication does not say");
        fields.insert("recalled".into(), json!({ "cycle": recalled.year, "stands": stands }));
    }
    fields.insert("from".into(), from(reading, publication, finding.line, &finding.text));
    command(out, "take-finding", fields);
}

/// Where a fact stands: the heading above it, and its first words.
fn from(reading: &Reading, publication: &str, line: u32, words: &str) -> Value {
    let above = reading.sections.iter().rev().find(|s| s.line <= line);
    let section = above.map_or_else(|| format!("line {line}"), |s| format!("{} (line {line})", s.title));
    let quote: Vec<&str> = words.split_whitespace().take(MOST_QUOTED).collect();
    json!({ "publication": publication, "section": section, "quote": quote.join(" ") })
}
