//! The checklist of statements that five published documents make: each is in our documents, or it is said why not.
//!
//! `docs/statements.md` is made here: with `PEELIAN_WRITE=1` in the environment it is written, otherwise compared.

use crate::inspectorate::{json, repository, run};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

/// How many statements there are.
const ROWS: u32 = 147;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    row: u32,
    says: String,
    #[serde(default, rename = "in")]
    documents: Vec<String>,
    #[serde(default)]
    number: Option<String>,
    #[serde(default)]
    words: Option<String>,
    #[serde(default)]
    not: Option<String>,
}

fn statements() -> Vec<Statement> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statements");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let read = |file| serde_saphyr::from_str::<Vec<Statement>>(&fs::read_to_string(file).unwrap()).unwrap();
    let mut all: Vec<Statement> = files.into_iter().flat_map(read).collect();
    all.sort_by_key(|s| s.row);
    all
}

/// What the manifest says of a statement's number.
struct Bound {
    printed: String,
    how: &'static str,
}

fn bound(manifest: &serde_json::Value, cycle: &str, reference: &str) -> Option<Bound> {
    let derivation = manifest["numbers"].get(format!("{cycle}/hertfordshire"))?.get(reference)?;
    let how = match derivation["kind"].as_str() {
        None | Some("change" | "share" | "rank") => "recomputed",
        Some("vouched") => "vouched for by evidence",
        Some("taken-over") => "taken over as published",
        Some("decided") => "read from the judgment",
        Some(_) => "counted from the record",
    };
    Some(Bound { printed: derivation["text"].as_str()?.to_owned(), how })
}

#[test]
fn every_statement_is_in_a_document_or_it_is_said_why_not() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["demo", "--dir", "demo", "--no-serve", "--format", "json,txt"]).ended(0);
    let site = folder.path().join("demo/site");
    let manifest = json(&site.join("manifest.json"));
    let mut missing = Vec::new();
    let mut table = String::new();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let statements = statements();
    for statement in &statements {
        let (printed, how) = match (&statement.number, &statement.words, &statement.not) {
            (Some(reference), _, _) => {
                let document = statement.documents.first().map_or("", String::as_str);
                let found = document.split_once('/').and_then(|(cycle, _)| bound(&manifest, cycle, reference));
                match found {
                    Some(bound) => (bound.printed, bound.how.to_owned()),
                    None => {
                        missing.push(format!("row {}: {reference} is in no document of {document}", statement.row));
                        continue;
                    }
                }
            }
            (None, Some(words), _) => {
                let document = statement.documents.first().map_or("", String::as_str);
                let (cycle, product) = document.split_once('/').unwrap_or_default();
                let texts = fs::read_dir(site.join(cycle).join("hertfordshire")).unwrap().map(|f| f.unwrap().path());
                let of_product = |p: &std::path::PathBuf| {
                    let name = p.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    name.starts_with(product) && name.ends_with(".txt")
                };
                let says = |p: &std::path::PathBuf| {
                    let text = fs::read_to_string(p).unwrap();
                    text.split_whitespace().collect::<Vec<_>>().join(" ").contains(words.as_str())
                };
                if !texts.filter(of_product).any(|p| says(&p)) {
                    missing
                        .push(format!("row {}: no {product} of {cycle} says \u{201c}{words}\u{201d}", statement.row));
                    continue;
                }
                (words.clone(), "said".to_owned())
            }
            (None, None, Some(why)) => (String::new(), format!("not in a document: {why}")),
            (None, None, None) => {
                missing.push(format!("row {}: neither a number, nor words, nor why not", statement.row));
                continue;
            }
        };
        let kind = if statement.not.is_some() { "not in a document" } else { how.as_str() };
        let kind = match kind {
            "recomputed" => "recomputed",
            "vouched for by evidence" => "vouched for by evidence",
            "taken over as published" => "taken over as published",
            "not in a document" => "not in a document",
            _ => "read or counted from the record, or said in words",
        };
        *counts.entry(kind).or_default() += 1;
        let documents = statement.documents.join(", ");
        writeln!(table, "| {} | {} | {documents} | {printed} | {how} |", statement.row, statement.says).unwrap();
    }
    for row in 1..=ROWS {
        if !statements.iter().any(|s| s.row == row) {
            missing.push(format!("row {row}: no statement"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    let summary: String = counts.iter().map(|(kind, n)| format!("| {kind} | {n} |\n")).collect();
    let page = format!(
        "# Statements of the published documents\n\nWhat five published documents on Hertfordshire state and can be checked, row by row: where our documents say it and what it rests on. A row with\nseveral numbers has a line for each. Made by a test from the manifest of the example (`PEELIAN_WRITE=1 cargo test -p peelian statements` writes it).\n\n| how | lines |\n| --- | --- |\n{summary}\n| row | statement | document | printed | how |\n| --- | --- | --- | --- | --- |\n{table}"
    );
    let file = repository().join("docs/statements.md");
    if std::env::var_os("PEELIAN_WRITE").is_some() {
        fs::write(&file, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&file).unwrap_or_default() == page,
        "docs/statements.md is not what the manifest says: write it with PEELIAN_WRITE=1"
    );
}
