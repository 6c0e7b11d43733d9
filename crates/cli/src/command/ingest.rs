//! `peelian ingest`: published tables to releases.

use crate::{
    arguments::Ingest,
    command::revisions,
    outcome::{CannotRun, Outcome, bad, count, file_error, name, tell},
    workspace,
};
use ::ingest::{
    Folder,
    run::{self, Options},
};
use std::path::Path;

/// Reads every file; one that is refused does not stop the others.
pub fn run(dir: Option<&Path>, options: &Ingest) -> Result<Outcome, CannotRun> {
    let folder = workspace::open(dir)?;
    let how = Options {
        source: options.source.clone(),
        released: options.released.clone(),
        title: options.title.clone(),
        again: options.again,
    };
    let (mut refused, mut added, mut unread) = (0, 0, None);
    for path in &options.files {
        let bytes = match std::fs::read(path).map_err(file_error(path)) {
            Ok(bytes) => bytes,
            Err(error) => {
                unread.get_or_insert(error);
                continue;
            }
        };
        let shown = path.display().to_string();
        match run::ingest(&folder, &shown, bytes, &how) {
            Ok(outcome) => {
                tell(&outcome.refused);
                added += usize::from(!outcome.known);
                report(&folder, &shown, &outcome);
            }
            Err(problems) => {
                refused += 1;
                tell(&problems);
                anstream::eprintln!("{} {}: refused whole; nothing was written", bad("✗"), name(&shown));
            }
        }
    }
    if added > 0 {
        revisions::after_ingest(&folder)?;
    }
    if let Some(error) = unread {
        return Err(error);
    }
    Ok(if refused > 0 { Outcome::FoundProblems } else { Outcome::Done })
}

fn report(folder: &Folder, file: &str, outcome: &run::Outcome) {
    let description = &outcome.description;
    let state = if outcome.known { "was here already, byte for byte" } else { "read" };
    anstream::eprintln!(
        "{}: {state} as {} ({})",
        name(file),
        name(&description.release.source),
        description.release.citation()
    );
    for (series, of) in &description.series {
        let used = folder.measures.iter().any(|m| m.terms().any(|t| t.series == *series));
        let unused = if used { "" } else { "; no measure uses it" };
        let figures = count(of.observations, "figure");
        anstream::eprintln!("  {figures} of {}, {} to {}{unused}", name(series), of.first, of.last);
    }
    for (left_out, rows) in &description.left_out {
        anstream::eprintln!("  left out as no force: {left_out} ({})", count(*rows, "row"));
    }
    if !outcome.refused.is_empty() {
        anstream::eprintln!(
            "  {} told above and kept in the release's description",
            count(outcome.refused.len(), "problem")
        );
    }
    let path = outcome.path.strip_prefix(std::env::current_dir().unwrap_or_default()).unwrap_or(&outcome.path);
    anstream::eprintln!("  {}", path.display());
}
