//! What the program publishes, read back by it: the judgments, findings and statements are those of the record, in every format.

use crate::inspectorate::{Ran, repository};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

fn peelian(arguments: &[&str]) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_peelian")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// The documents of Hertfordshire in these cycles, in this format.
fn published(site: &Path, cycle: &str, format: &str) -> Vec<PathBuf> {
    let folder = site.join(cycle).join("hertfordshire");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    let of_format =
        |p: &PathBuf| p.extension().is_some_and(|e| e == format) && !p.to_string_lossy().contains("data-pack");
    files.retain(of_format);
    files.sort();
    files
}

fn read(house: &Path, files: &[PathBuf]) -> Vec<Value> {
    let mut arguments = vec!["--dir", house.to_str().unwrap(), "read", "--format", "json"];
    arguments.extend(files.iter().map(|p| p.to_str().unwrap()));
    serde_json::from_str(&peelian(&arguments).ended(0).out).unwrap()
}

/// What is on record of a cycle: the commands of this name.
fn on_record(cycle: &str, name: &str) -> Vec<Value> {
    let folder = repository().join("examples/record").join(cycle).join("hertfordshire");
    let mut commands = Vec::new();
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|p| p.extension().is_some_and(|e| e == "yaml")) {
        let batch: Value = serde_saphyr::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        commands.extend(batch["commands"].as_array().unwrap().iter().filter_map(|c| c.get(name)).cloned());
    }
    commands
}

/// How a place stands on record: its grade, its status, the cycle that made it.
fn standing(cycle: &str, node: &str) -> Option<(String, String, String)> {
    let judgment = on_record(cycle, "take-judgment").into_iter().find(|j| j["node"] == node)?;
    let word = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    if let Some(source) = judgment.get("carried-over") {
        let source = word(source);
        let (made, place) = source.split_once('/').unwrap_or((&source, node));
        return Some((standing(made, place)?.0, "carried-over".to_owned(), made.to_owned()));
    }
    let grade = word(&judgment["grade"]);
    let status = if matches!(grade.as_str(), "ungraded" | "not-inspected" | "to-be-graded") {
        grade.clone()
    } else {
        "graded".to_owned()
    };
    Some((grade, status, cycle.to_owned()))
}

/// Letters and digits alone.
fn key(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).flat_map(char::to_lowercase).collect()
}

fn list<'v>(value: &'v Value, field: &str) -> &'v Vec<Value> {
    value[field].as_array().unwrap()
}

/// Every judgment read is the one on record; those that the whole report must hold are all there.
fn judgments_hold(reading: &Value, cycle: &str) {
    let file = reading["file"].as_str().unwrap();
    for judgment in list(reading, "judgments") {
        let node = judgment["node"].as_str().unwrap();
        let Some((grade, status, source)) = standing(cycle, node) else {
            // The page of a force shows the judgment of the question that this one follows from.
            let of_before = judgment["status"] == "carried-over" && judgment["source_cycle"] != cycle;
            assert!(of_before || judgment["grade"] == "unknown", "{file}: {node} is not on record");
            continue;
        };
        if judgment["status"] == "unknown" {
            panic!("{file}: the grade of {node} is not read back, and is {grade}");
        }
        assert_eq!(
            (judgment["grade"].as_str().unwrap(), judgment["status"].as_str().unwrap()),
            (grade.as_str(), status.as_str()),
            "{file}: {node}"
        );
        if status != "not-inspected" {
            assert_eq!(judgment["source_cycle"], source.as_str(), "{file}: {node}");
        }
    }
    let product = reading["product"].as_str().unwrap();
    if product == "force-report" || product == "pillar-report" {
        let read: BTreeSet<&str> = list(reading, "judgments").iter().map(|j| j["node"].as_str().unwrap()).collect();
        let pillar = if product == "pillar-report" { "legitimacy" } else { "" };
        for judgment in on_record(cycle, "take-judgment").iter().map(|j| j["node"].as_str().unwrap().to_owned()) {
            assert!(
                !judgment.starts_with(pillar) || read.contains(judgment.as_str()),
                "{file}: {judgment} is not read back"
            );
        }
    }
}

/// Every finding read is one on record, by kind, place and addressees; those that the whole report must hold are all there, once.
fn findings_hold(reading: &Value, cycle: &str) {
    let file = reading["file"].as_str().unwrap();
    let current = |f: &&Value| f.get("recalled").is_none();
    let words = |v: &Value| v.as_str().map(str::to_owned).unwrap_or_default();
    let fact = |f: &Value, node: &Value| {
        let mut to: Vec<String> = list(f, "addressees").iter().map(words).collect();
        to.sort();
        format!(
            "{} {} {}",
            words(&f["kind"]),
            words(node),
            if f["kind"] == "recommendation" { to.join("+") } else { String::new() }
        )
    };
    let record = on_record(cycle, "take-finding");
    let mut expected: Vec<String> = record.iter().filter(current).map(|f| fact(f, &f["node"])).collect();
    let mut read: Vec<String> = list(reading, "findings").iter().filter(current).map(|f| fact(f, &f["node"])).collect();
    expected.sort();
    read.sort();
    let product = reading["product"].as_str().unwrap();
    if product == "force-report" || product == "pillar-report" {
        assert_eq!(read, expected, "{file}");
    } else if product != "letter" {
        for finding in &read {
            assert!(expected.contains(finding), "{file}: {finding} is not on record");
        }
    }
}

/// The comparisons with England and Wales that the record holds for the report of 2016 are all read, with value and verdict.
fn comparisons_hold(reading: &Value) {
    let file = reading["file"].as_str().unwrap();
    let number = |v: &Value| v.as_str().map_or_else(|| v.as_f64(), |t| t.replace(',', "").parse().ok());
    for comparison in on_record("2016", "take-comparison")
        .iter()
        .filter(|c| c["comparator"] == "england-and-wales" && c["verdict"] != "none-stated")
    {
        let same = |s: &Value| {
            s["comparator"] == "england-and-wales"
                && s["verdict"] == comparison["verdict"]
                && s["value"].as_f64() == number(&comparison["value"])
                && s["comparator_value"].as_f64() == number(&comparison["comparator-value"])
        };
        assert!(list(reading, "statements").iter().any(same), "{file}: {comparison} is not read back");
    }
}

#[test]
fn what_is_published_reads_back_to_the_record() {
    let place = tempfile::tempdir().unwrap();
    let dir = place.path().join("demo");
    peelian(&["demo", "--no-serve", "--format", "html,pdf,txt", "--dir", dir.to_str().unwrap()]).ended(0);
    let site = dir.join("site");
    for cycle in ["2015", "2016", "2018-19"] {
        let mut texts: Vec<Vec<BTreeSet<String>>> = Vec::new();
        for format in ["html", "txt", "pdf"] {
            let readings = read(&dir, &published(&site, cycle, format));
            assert!(readings.len() >= 4, "{cycle} {format}");
            for reading in &readings {
                let file =
                    Path::new(reading["file"].as_str().unwrap()).file_name().unwrap().to_string_lossy().into_owned();
                assert!(file.starts_with(reading["product"].as_str().unwrap()), "{file}: {}", reading["product"]);
                assert_eq!(reading["cycle"], cycle, "{file}");
                assert_eq!(reading["forces"], serde_json::json!(["hertfordshire"]), "{file}");
                judgments_hold(reading, cycle);
                findings_hold(reading, cycle);
                if cycle == "2016" && reading["product"] == "pillar-report" {
                    comparisons_hold(reading);
                }
            }
            let words = |r: &Value| {
                list(r, "findings")
                    .iter()
                    .filter(|f| f.get("recalled").is_none())
                    .map(|f| key(f["text"].as_str().unwrap()))
                    .collect()
            };
            texts.push(readings.iter().map(words).collect());
        }
        assert_eq!(texts[0], texts[1], "{cycle}: the findings of HTML and text");
        assert_eq!(texts[0], texts[2], "{cycle}: the findings of HTML and PDF");
    }
}

#[test]
fn commands_are_written_to_be_reviewed_and_act_takes_them() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    peelian(&["new", &at("house")]).ended(0);
    let document = repository().join("crates/reading/tests/corpus/33-dorset-repeated.txt");
    let (commands, page) = (at("history.yaml"), at("review.html"));
    let ran = peelian(&[
        "--dir",
        &at("house"),
        "read",
        document.to_str().unwrap(),
        "--as-commands",
        &commands,
        "--review",
        &page,
    ])
    .ended(0);
    assert!(ran.err.contains("nothing has been recorded"), "{}", ran.err);
    assert!(!place.path().join("house/ledger.db").exists(), "reading records nothing");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains("legitimacy.q2: requires-improvement") && page.contains("Nothing has been recorded"));
    peelian(&["--dir", &at("house"), "act", &commands]).ended(0);
    let log = peelian(&["--dir", &at("house"), "log", "--format", "json"]).ended(0);
    assert!(log.out.contains("dorset"), "{}", log.out);
}

/// A page on Hertfordshire in the cycle of 2018/19, with one sentence of its own.
fn page_that_says(sentence: &str) -> String {
    format!(
        "PEEL: Police effectiveness, efficiency and legitimacy 2018/19\n\nAn inspection of Hertfordshire Constabulary\n\n\
         Force in context\n\n{sentence}\n"
    )
}

#[test]
fn figures_are_recomputed_and_two_documents_that_differ_are_told() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    peelian(&["new", &at("house"), "--with-figures"]).ended(0);
    let women = |value: u32| {
        page_that_says(&format!(
            "As at 31 March 2019, {value} percent of police officers were female, which was higher than the England and Wales average of 30 percent."
        ))
    };
    fs::write(at("right.txt"), women(32)).unwrap();
    fs::write(at("wrong.txt"), women(41)).unwrap();
    let read = |format: &str| {
        let (house, right, wrong) = (at("house"), at("right.txt"), at("wrong.txt"));
        peelian(&["--dir", &house, "read", &right, &wrong, "--check", "--format", format]).ended(0).out
    };
    let documents: Vec<Value> = serde_json::from_str(&read("json")).unwrap();
    let checks = |document: &Value| -> Vec<String> {
        let line = |c: &Value| format!("{} of {}: {}", c["measure"], c["whose"], c["status"]).replace('"', "");
        list(document, "checks").iter().map(line).collect()
    };
    let average = "female-officers-percent of England and Wales: agrees";
    assert_eq!(checks(&documents[0]), ["female-officers-percent of the force's: agrees", average]);
    assert_eq!(checks(&documents[1]), ["female-officers-percent of the force's: contradicts", average]);
    let differs = &list(&documents[0], "contradictions")[0]["found"];
    let expected = "female-officers-percent, the force's, 2019-03-31 is 32 here and 41 in";
    assert!(differs.as_str().unwrap().starts_with(expected), "{differs}");
    assert!(list(&documents[1], "contradictions").is_empty());
    let told = read("table");
    assert!(told.contains("contradicts itself or another: female-officers-percent"), "{told}");
    assert!(told.contains("1 agrees, 1 contradicts"), "{told}");
}

#[test]
fn comparisons_and_scope_are_among_the_commands() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    peelian(&["new", &at("house")]).ended(0);
    let document = at("page.txt");
    let said = "As at 31 March 2019, 32 percent of police officers were female, which was higher than the England and Wales average of 30 percent.\n\n\
        How effective is the force at preventing crime, tackling anti-social behaviour and keeping people safe?\n\nGood\n\n\
        How effective is the force at tackling serious and organised crime?\n\n\
        This question was not subject to detailed inspection in 2018/19, and our judgment from the 2017 effectiveness inspection has been carried over.\n\nGood";
    fs::write(&document, page_that_says(said)).unwrap();
    peelian(&["--dir", &at("house"), "read", &document, "--as-commands", &at("history.yaml")]).ended(0);
    let written = fs::read_to_string(at("history.yaml")).unwrap();
    let history: Value = serde_saphyr::from_str(&written).unwrap();
    let commands = |name: &str| -> Vec<Value> {
        history["commands"].as_array().unwrap().iter().filter_map(|c| c.get(name)).cloned().collect()
    };
    let compared = &commands("take-comparison")[0];
    assert_eq!(compared["measure"], "female-officers-percent", "{written}");
    assert_eq!((&compared["value"], &compared["comparator-value"]), (&"32".into(), &"30".into()));
    assert_eq!(compared["verdict"], "higher");
    let scope: Vec<String> =
        commands("take-scope").iter().map(|s| format!("{} {}", s["node"], s["status"]).replace('"', "")).collect();
    assert_eq!(scope, ["effectiveness.q1 inspected", "effectiveness.q4 carried-over"], "{written}");
}

#[test]
fn what_is_no_document_is_told_and_the_others_are_read() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name).to_str().unwrap().to_owned();
    fs::write(at("photo.pdf"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    fs::write(at("report.docx"), b"PK\x03\x04\x14\0\x06\0").unwrap();
    let page = "Kent Police: effectiveness 2016\n\nGood\n";
    fs::write(at("page.txt"), page).unwrap();
    let ran = peelian(&["read", &at("photo.pdf"), &at("gone.txt"), &at("report.docx"), &at("page.txt")]).ended(2);
    assert!(ran.err.contains("it is a picture") && ran.err.contains("it is a Word document"), "{}", ran.err);
    assert!(ran.err.contains("gone.txt") && ran.err.contains("1 file could not be read"), "{}", ran.err);
    assert!(ran.out.contains("kent") && ran.out.contains("0 statements"), "{}", ran.out);
}
