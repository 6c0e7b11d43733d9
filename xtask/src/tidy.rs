//! House rules that no compiler knows: headers, sizes, where a database may be named, what must not be in the build or the tree.

use crate::steps::{Ended, root};
use std::{fs, path::Path, process::Command};

/// A file with more lines of code than this holds a second idea.
const MOST_LINES: usize = 400;
/// They belong outside the default build.
const FORBIDDEN: [&str; 3] = ["datafusion", "duckdb", "polars"];

/// Tells every breach.
pub fn check() -> Ended {
    let mut breaches = Vec::new();
    for file in tracked() {
        let path = root().join(&file);
        if file.ends_with(".rs") {
            source(&file, &fs::read_to_string(path).unwrap_or_default(), &mut breaches);
        }
    }
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap_or_default();
    for name in FORBIDDEN.iter().filter(|name| lock.contains(&format!("name = \"{name}"))) {
        breaches.push(format!("Cargo.lock: {name} is in the default build"));
    }
    for breach in &breaches {
        eprintln!("{breach}");
    }
    if breaches.is_empty() { Ended::Passed } else { Ended::Failed }
}

fn tracked() -> Vec<String> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output();
    let text = listed.map(|o| String::from_utf8_lossy(&o.stdout).into_owned()).unwrap_or_default();
    text.lines().filter(|file| Path::new(&root().join(file)).is_file()).map(str::to_owned).collect()
}

fn source(file: &str, text: &str, breaches: &mut Vec<String>) {
    let is_test = file.contains("/tests/")
        || file.ends_with("tests.rs")
        || file.ends_with("testing.rs")
        || file.contains("/examples/");
    let body = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text);
    let lines = body.lines().filter(|l| !l.trim().is_empty() && !l.trim_start().starts_with("//")).count();
    if !is_test && lines > MOST_LINES {
        breaches.push(format!("{file}: {lines} lines of code, at most {MOST_LINES}: look for a second idea"));
    }
    let first = text.lines().find(|l| !l.trim().is_empty() && !l.starts_with("#![")).unwrap_or_default();
    if !is_test && !first.starts_with("//!") {
        breaches.push(format!("{file}: begins without a `//!` that says why it exists"));
    }
    let names_database = ["sqlx::", "rusqlite::"].iter().any(|name| body.contains(name));
    if !file.starts_with("crates/ledger/") && !file.starts_with("xtask/") && names_database {
        breaches.push(format!("{file}: names a database outside the ledger"));
    }
    let unfinished = ["todo!(", "unimplemented!(", "#[ignore"].iter().any(|mark| text.contains(mark));
    if !file.starts_with("xtask/") && unfinished {
        breaches.push(format!("{file}: something is unfinished or ignored"));
    }
    if !is_test && !file.starts_with("xtask/") && body.contains(".unwrap()") {
        breaches.push(format!("{file}: unwrap() outside tests"));
    }
}
