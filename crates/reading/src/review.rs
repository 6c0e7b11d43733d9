//! A page for the person who reviews: the lines of the document on the left, what was read of each on the right.

use crate::model::Reading;
use std::{collections::BTreeMap, fmt::Write as _};

const STYLE: &str = "body{font:16px/1.4 sans-serif;margin:1rem;color:#0b0c0c}table{border-collapse:collapse;width:100%;table-layout:fixed}\
td{vertical-align:top;padding:.25rem .5rem;border-top:1px solid #b1b4b6;overflow-wrap:anywhere}td.n{width:3.5rem;text-align:right;color:#505a5f}\
td.t{width:55%}tr.read td{background:#f3f2f1}p{margin:.2rem 0}strong{display:inline-block;margin-right:.4rem}label{display:block}\
caption{text-align:left;font-weight:bold;padding:.5rem 0}.banner{border:4px solid #1d70b8;padding:.5rem 1rem}";

/// The page for these readings, each with the lines of its document.
#[must_use]
pub fn review(documents: &[(&Reading, Vec<(u32, String)>)]) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>To be reviewed</title><style>{STYLE}</style></head><body>\n\
<h1>What was read, to be reviewed</h1>\n<p class=\"banner\">Nothing has been recorded. Compare each fact with its line, strike out of the file of \
commands what is wrong, and send what is left with <code>peelian act</code>.</p>\n"
    );
    for (reading, lines) in documents {
        document(&mut out, reading, lines);
    }
    out.push_str("</body></html>\n");
    out
}

fn document(out: &mut String, reading: &Reading, lines: &[(u32, String)]) {
    let or = |value: &Option<String>| value.clone().unwrap_or_else(|| "not shown".to_owned());
    let _ = writeln!(
        out,
        "<h2>{}</h2>\n<p>{} of {}. Publisher: {}. Cycle: {}. Published: {}. ISBN: {}.</p>",
        escape(&reading.file),
        escape(&reading.product),
        escape(&reading.forces.join(", ")),
        escape(&or(&reading.publisher)),
        escape(&or(&reading.cycle)),
        escape(&or(&reading.published)),
        escape(&or(&reading.isbn))
    );
    let facts = facts(reading);
    out.push_str("<table><caption>Line, text, and what was read of it</caption>\n");
    for (number, text) in lines {
        let read = facts.get(number);
        let _ = write!(
            out,
            "<tr{}><td class=\"n\" id=\"l{number}\">{number}</td><td class=\"t\">{}</td><td>",
            if read.is_some() { " class=\"read\"" } else { "" },
            escape(&crate::notes::unlinked(text))
        );
        for (kind, words) in read.into_iter().flatten() {
            let _ = write!(out, "<label><input type=\"checkbox\"> <strong>{kind}</strong>{}</label>", escape(words));
        }
        out.push_str("</td></tr>\n");
    }
    out.push_str("</table>\n");
}

/// What was read, by line.
fn facts(reading: &Reading) -> BTreeMap<u32, Vec<(&'static str, String)>> {
    let mut facts: BTreeMap<u32, Vec<(&'static str, String)>> = BTreeMap::new();
    let mut add = |line: u32, kind: &'static str, words: String| facts.entry(line).or_default().push((kind, words));
    for s in &reading.sections {
        add(s.line, "Heading", s.node.as_deref().unwrap_or("no place").to_owned());
    }
    for j in &reading.judgments {
        let source = j.source_cycle.as_deref().map(|c| format!(" of {c}")).unwrap_or_default();
        add(j.line, "Judgment", format!("{}: {} ({}{source})", j.node, j.grade, j.status));
    }
    for f in &reading.findings {
        let mut words = format!("{} {} to {}", f.id, f.node.as_deref().unwrap_or("no place"), f.addressees.join(", "));
        for (label, value) in [("due", &f.due), ("recurring", &f.recurring), ("parent", &f.parent)] {
            if let Some(value) = value {
                let _ = write!(words, "; {label}: {value}");
            }
        }
        if let Some(recalled) = &f.recalled {
            let _ = write!(
                words,
                "; recalled, of {}: {}",
                recalled.year,
                recalled.stands.as_deref().unwrap_or("not said how it stands")
            );
        }
        add(f.line, "Finding", words);
        f.repeated_at.iter().for_each(|line| add(*line, "Finding again", f.id.clone()));
    }
    for s in &reading.statements {
        let number = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        let unit = s.unit.as_deref().unwrap_or("no unit");
        let period = s.period.as_ref().map(|p| format!(", {} to {}", p.kind, p.end)).unwrap_or_default();
        let against = s
            .comparator
            .as_deref()
            .map(|c| format!("; {} {} {}", s.verdict, c, number(s.comparator_value)))
            .unwrap_or_default();
        add(s.line, "Statement", format!("{} {unit}{period}{against}: {}", number(s.value), s.subject));
    }
    for t in &reading.tables {
        add(t.line, "Table", format!("{} ({} rows)", t.caption.as_deref().unwrap_or("no caption"), t.rows.len()));
    }
    for f in &reading.figures {
        add(f.line, "Figure", format!("{}: source {}", f.number, f.source.as_deref().unwrap_or("not shown")));
    }
    for n in &reading.footnotes {
        add(n.line, "Footnote", format!("{}, marked on lines {:?}", n.number, n.markers));
    }
    for p in &reading.problems {
        add(p.line, "Problem", format!("{}: {}", p.problem, p.remedy));
    }
    facts
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
