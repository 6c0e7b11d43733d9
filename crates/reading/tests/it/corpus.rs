//! Thirty-six fictional documents, damaged as extraction damages text: how much of each field is found, and how much of what is
//! found is there. They were written before the readers were tuned to them.

use crate::known::known;
use reading::Reading;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

/// The least share of what is there that is found, and of what is found that is there.
const FLOOR: f64 = 0.95;

/// How many were expected, found, and both.
#[derive(Default, Clone, Copy)]
struct Score {
    expected: usize,
    found: usize,
    both: usize,
}

fn documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let of_kind = |p: &PathBuf| p.extension().is_some_and(|e| e == "txt" || e == "html");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(of_kind).collect();
    files.sort();
    files
}

/// Text as it is compared: letters and digits only.
fn key(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_lowercase).collect()
}

fn number(value: &Value) -> String {
    match value {
        Value::String(text) => text.parse::<f64>().map_or_else(|_| text.clone(), |n| n.to_string()),
        Value::Number(n) => n.as_f64().unwrap().to_string(),
        _ => String::new(),
    }
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(String::new, str::to_owned)
}

fn list<'v>(reading: &'v Value, field: &str) -> Vec<&'v Value> {
    reading[field].as_array().unwrap().iter().collect()
}

/// The facts of a reading by field; `expected` tells which of the two it is.
fn facts(reading: &Value, expected: bool) -> BTreeMap<&'static str, Vec<String>> {
    let mut facts: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for field in ["publisher", "product", "cycle", "published", "isbn"] {
        facts.insert(field, vec![word(&reading[field])]);
    }
    facts.insert("forces", list(reading, "forces").into_iter().map(word).collect());
    facts.insert("sections", list(reading, "sections").into_iter().map(|s| key(&word(&s["title"]))).collect());
    for (field, part) in
        [("judgments: grade", "grade"), ("judgments: status", "status"), ("judgments: source cycle", "source_cycle")]
    {
        facts.insert(
            field,
            list(reading, "judgments")
                .into_iter()
                .map(|j| format!("{} {}", word(&j["node"]), word(&j[part])))
                .collect(),
        );
    }
    let findings = list(reading, "findings");
    let text = |f: &Value| {
        if f["recalled"].is_null() { key(&word(&f["text"])) } else { format!("recalled {}", key(&word(&f["text"]))) }
    };
    let of = |part: &dyn Fn(&Value) -> String| -> Vec<String> {
        findings.iter().map(|f| format!("{} {} {}", word(&f["kind"]), text(f), part(f))).collect()
    };
    facts.insert("findings", of(&|_| String::new()));
    facts.insert("findings: place", of(&|f| word(&f["node"])));
    facts.insert("findings: addressees", of(&|f| f["addressees"].to_string()));
    facts.insert("findings: due", of(&|f| word(&f["due"])));
    facts.insert("findings: recurring", of(&|f| word(&f["recurring"])));
    facts.insert(
        "findings: parent",
        of(&|f| if expected { f["has_parent"].to_string() } else { (!f["parent"].is_null()).to_string() }),
    );
    facts.insert(
        "findings: sub-points",
        of(&|f| f["sub_points"].as_array().unwrap().iter().map(|p| key(p.as_str().unwrap())).collect()),
    );
    let compared = |s: &&Value| !s["comparator"].is_null() || s["unit"] == "rank";
    let statements: Vec<&Value> = list(reading, "statements").into_iter().filter(compared).collect();
    let said = |s: &Value| {
        format!(
            "{} {} {} {}",
            number(&s["value"]),
            word(&s["unit"]),
            word(&s["comparator"]),
            number(&s["comparator_value"])
        )
    };
    facts.insert("statements", statements.iter().map(|s| said(s)).collect());
    facts.insert(
        "statements: verdict",
        statements.iter().map(|s| format!("{} {}", said(s), word(&s["verdict"]))).collect(),
    );
    facts.insert(
        "statements: period",
        statements
            .iter()
            .map(|s| format!("{} {}", said(s), word(if expected { &s["end"] } else { &s["period"]["end"] })))
            .collect(),
    );
    let caption = |t: &Value| format!("{} | {} | {}", word(&t["caption"]), t["header"], t["rows"]);
    facts.insert("tables", list(reading, "tables").into_iter().map(caption).collect());
    facts.insert(
        "figures",
        list(reading, "figures")
            .into_iter()
            .map(|f| format!("{} {} {}", word(&f["number"]), key(&word(&f["title"])), key(&word(&f["source"]))))
            .collect(),
    );
    facts.insert(
        "footnotes",
        list(reading, "footnotes")
            .into_iter()
            .map(|f| format!("{} {}", word(&f["number"]), key(&word(&f["text"]))))
            .collect(),
    );
    facts.insert("glossary", list(reading, "glossary").into_iter().map(|g| word(&g["term"])).collect());
    facts
}

fn score(expected: &[String], found: &[String]) -> (Score, Vec<String>, Vec<String>) {
    let mut rest = found.to_vec();
    let mut missed = Vec::new();
    for fact in expected {
        match rest.iter().position(|f| f == fact) {
            Some(at) => drop(rest.swap_remove(at)),
            None => missed.push(fact.clone()),
        }
    }
    (Score { expected: expected.len(), found: found.len(), both: expected.len() - missed.len() }, missed, rest)
}

#[test]
fn damaged_documents_of_other_forces_are_read() {
    let known = known();
    let mut scores: BTreeMap<&'static str, Score> = BTreeMap::new();
    let mut misplaced = Vec::new();
    for path in documents() {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let reading = reading::read(&name, &std::fs::read(&path).unwrap(), &known);
        let wanted: Value =
            serde_json::from_str(&std::fs::read_to_string(path.with_extension("json")).unwrap()).unwrap();
        let (expected, found) = (facts(&wanted, true), facts(&serde_json::to_value(&reading).unwrap(), false));
        for (field, expected) in &expected {
            let (one, missed, wrong) = score(expected, &found[field]);
            let sum = scores.entry(field).or_default();
            *sum = Score {
                expected: sum.expected + one.expected,
                found: sum.found + one.found,
                both: sum.both + one.both,
            };
            for (what, facts) in [("missed", missed), ("not there", wrong)] {
                for fact in facts {
                    println!("{name}: {field}: {what}: {fact:.200}");
                }
            }
        }
        misplaced.extend(lines_hold(&name, &std::fs::read(&path).unwrap(), &reading));
    }
    assert!(scores.len() > 20);
    println!("{:<26}{:>9}{:>7}{:>11}{:>8}", "field", "expected", "found", "precision", "recall");
    let share = |part: usize, whole: usize| {
        if whole == 0 {
            1.0
        } else {
            f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole).unwrap())
        }
    };
    let mut low = Vec::new();
    for (field, score) in scores {
        let (precision, recall) = (share(score.both, score.found), share(score.both, score.expected));
        println!("{field:<26}{:>9}{:>7}{precision:>11.3}{recall:>8.3}", score.expected, score.found);
        if precision < FLOOR || recall < FLOOR {
            low.push(field);
        }
    }
    assert!(misplaced.is_empty(), "{misplaced:#?}");
    assert!(low.is_empty(), "below {FLOOR}: {low:?}");
}

/// What is read stands on the line that it names.
fn lines_hold(name: &str, bytes: &[u8], reading: &Reading) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes)
        .replace(['\u{ad}'], "")
        .replace('ﬁ', "fi")
        .replace('ﬀ', "ff")
        .replace('ﬂ', "fl")
        .replace('ﬃ', "ffi");
    let lines: Vec<String> = text.lines().map(key).collect();
    let wrong = std::cell::RefCell::new(Vec::new());
    let near = |line: u32, words: &str| {
        let at = usize::try_from(line).unwrap();
        // A line may break the words, and a sentence that a page cut begins on it with its first word alone.
        let around: String = lines[at.saturating_sub(1).min(lines.len())..(at + 1).min(lines.len())].concat();
        let start: String = key(words).chars().take(6).collect();
        wrong.borrow_mut().extend((!around.contains(&start)).then(|| format!("{name}, line {line}: {words}")));
    };
    reading.findings.iter().filter(|f| f.recalled.is_none()).for_each(|f| near(f.line, &f.text));
    reading.sections.iter().for_each(|s| near(s.line, &s.title));
    reading.footnotes.iter().for_each(|f| near(f.line, &f.text));
    if !name.ends_with(".html") {
        reading.statements.iter().for_each(|s| near(s.line, s.text.split(" | ").next().unwrap_or_default()));
    }
    wrong.into_inner()
}
