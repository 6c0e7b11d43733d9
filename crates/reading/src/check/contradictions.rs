//! What a document says that cannot all be true, and what two documents say of the same thing.

use crate::{clean, identity::pattern, known::Known, model::Reading, sentence};
use regex::Regex;
use serde::Serialize;
use std::sync::LazyLock;

/// Two things that cannot both be true, or one that its own words do not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contradiction {
    /// The document.
    #[serde(skip)]
    pub file: String,
    /// Where.
    pub line: u32,
    /// What was found.
    pub found: String,
}

static STILL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(20\d\d) judge?ments (?:are|remain) still in place"));
static JUDGED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bIn (20\d\d), we judged\b"));

/// What a document says against itself. `lines` are its lines, as [`crate::lines`] gives them.
#[must_use]
pub fn within(reading: &Reading, lines: &[(u32, String)], known: &Known) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let mut add =
        |line: u32, words: String| found.push(Contradiction { file: reading.file.clone(), line, found: words });
    sums(reading, &mut add);
    carried(reading, lines, known, &mut add);
    strangers(reading, known, &mut add);
    nouns(reading, &mut add);
    found
}

/// Parts of a table that do not add up to the total that another table of the document gives.
fn sums(reading: &Reading, add: &mut impl FnMut(u32, String)) {
    let number = |cell: &str| cell.trim().trim_start_matches('£').replace(',', "").parse::<f64>().ok();
    for parts in reading.tables.iter().filter(|t| t.rows.len() >= 3) {
        let Some(caption) = parts.caption.as_deref().filter(|c| c.to_lowercase().contains("by category")) else {
            continue;
        };
        let key = clean::key(caption);
        let Some(base) = key.find("bycategory").map(|at| key[..at].to_owned()) else { continue };
        let total = reading.tables.iter().find_map(|t| {
            let row = t.rows.iter().find(|r| r.first().is_some_and(|c| clean::key(c).starts_with(&base)))?;
            (t.header.get(1..) == parts.header.get(1..)).then_some((t, row))
        });
        let Some((_, total)) = total else { continue };
        for (column, title) in parts.header.iter().enumerate().skip(1) {
            let values: Option<Vec<f64>> = parts.rows.iter().map(|r| r.get(column).and_then(|c| number(c))).collect();
            let (Some(values), Some(printed)) = (values, total.get(column).and_then(|c| number(c))) else { continue };
            let sum: f64 = values.iter().sum();
            if (sum - printed).abs() > 1e-9 {
                let note =
                    if (sum - printed).abs() <= 1.0 { "; rounding would explain it, and no note says so" } else { "" };
                add(
                    parts.line,
                    format!("the parts under “{title}” add up to {sum}, and the total is printed as {printed}{note}"),
                );
            }
        }
    }
}

/// A year that a sentence gives to judgments that come from another.
fn carried(reading: &Reading, lines: &[(u32, String)], known: &Known, add: &mut impl FnMut(u32, String)) {
    let over: Vec<_> = reading.judgments.iter().filter(|j| j.status == "carried-over").collect();
    let cycle = known.cycles.iter().find(|c| Some(&c.id) == reading.cycle.as_ref());
    for (line, text) in lines {
        if let Some(year) = STILL.captures(text) {
            let other: Vec<String> = over
                .iter()
                .filter(|j| j.source_cycle.as_deref().is_some_and(|c| c != &year[1]))
                .map(|j| format!("{} from {}", j.node, j.source_cycle.as_deref().unwrap_or_default()))
                .collect();
            if !other.is_empty() {
                add(
                    *line,
                    format!(
                        "it says that the judgments of {} stand, and carries over {}",
                        &year[1],
                        other.join(" and ")
                    ),
                );
            }
        }
        for (_, sentence) in sentence::split(text) {
            let (Some(year), Some(cycle)) = (JUDGED.captures(sentence), cycle) else { continue };
            let key = clean::key(&sentence.replace("](#)", ""));
            for judgment in &over {
                let source = judgment.source_cycle.as_deref().unwrap_or_default();
                let named = cycle.keys_of(&judgment.node).any(|name| name.len() > 14 && contains(&key, name));
                if named && source != &year[1] && !source.is_empty() {
                    add(
                        *line,
                        format!(
                            "it says that {} was judged in {}, and carries its judgment over from {source}",
                            judgment.node, &year[1]
                        ),
                    );
                }
            }
        }
    }
}

/// Whether a name stands in a key, its first word aside: "tackling serious and organised crime", "at … serious and organised crime".
fn contains(key: &str, name: &str) -> bool {
    let short = ["tackling", "preventing", "treating"].iter().find_map(|verb| name.strip_prefix(verb)).unwrap_or(name);
    key.contains(name)
        || (short.len() > 14 && key.contains(short))
        || name
            .strip_prefix("preventingcrimeandtackling")
            .is_some_and(|rest| key.contains("preventingcrimeandtackling") && key.contains(rest))
}

/// A footnote that cites the inspectorate's report on another force.
fn strangers(reading: &Reading, known: &Known, add: &mut impl FnMut(u32, String)) {
    let report = |text: &str| ["HMIC", "inspection", "integrity", "PEEL"].iter().any(|word| text.contains(word));
    for note in reading.footnotes.iter().filter(|n| report(&n.text)) {
        for (_, force) in known.forces(&note.text) {
            if !reading.forces.contains(&force) && !reading.forces.is_empty() {
                add(
                    note.line,
                    format!(
                        "footnote {} cites a report on {force}, in a document on {}",
                        note.number,
                        reading.forces.join(", ")
                    ),
                );
            }
        }
    }
}

/// Counts that are called a proportion.
fn nouns(reading: &Reading, add: &mut impl FnMut(u32, String)) {
    for s in &reading.statements {
        let lower = s.text.to_lowercase();
        let named = ["proportion of", "percentage of", "rate of"].iter().find(|noun| lower.contains(**noun));
        let counts = s.unit.as_deref() == Some("count")
            && s.comparator.as_deref() == Some("own-previous")
            && s.value.is_some_and(|v| v > 100.0);
        if let (Some(noun), true, false) = (named, counts, s.text.contains('|')) {
            let (now, before) = (s.value.unwrap_or_default(), s.comparator_value.unwrap_or_default());
            add(s.line, format!("it calls counts a “{}”: {before} and {now}", noun.trim_end_matches(" of")));
        }
    }
}

/// What two documents say of one judgment.
#[must_use]
pub fn between(readings: &[&Reading]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for (index, one) in readings.iter().enumerate() {
        for other in &readings[index + 1..] {
            if one.forces != other.forces || one.forces.is_empty() {
                continue;
            }
            for a in &one.judgments {
                for b in other
                    .judgments
                    .iter()
                    .filter(|b| b.node == a.node && b.source_cycle == a.source_cycle && a.source_cycle.is_some())
                {
                    if a.grade != b.grade && a.grade != "unknown" && b.grade != "unknown" {
                        found.push(Contradiction {
                            file: one.file.clone(),
                            line: a.line,
                            found: format!(
                                "{} of {} is {} here and {} in {}, line {}",
                                a.node,
                                a.source_cycle.as_deref().unwrap_or_default(),
                                a.grade,
                                b.grade,
                                other.file,
                                b.line
                            ),
                        });
                    }
                }
            }
        }
    }
    found
}
