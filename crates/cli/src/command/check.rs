//! `peelian check`: every problem of the folder, its releases and its templates.

use crate::{
    documents::{self, Wanted},
    outcome::{CannotRun, Outcome, Problems, count, name, tell},
    template,
    workspace::{self, Workspace},
};
use ingest::series;
use std::{path::Path, sync::Arc};

/// Reads all of the folder.
pub fn run(path: Option<&Path>) -> Result<Outcome, CannotRun> {
    let root = workspace::root(path)?;
    let (folder, mut problems) = match workspace::read(&root) {
        Ok(read) => read,
        Err(CannotRun::Folder(found)) => {
            tell(&found.0);
            return Ok(Outcome::FoundProblems);
        }
        Err(other) => return Err(other),
    };
    if let Err(more) = template::pack(&folder) {
        problems.extend(more);
    }
    if let Err(more) = documents::plans(&folder) {
        problems.extend(more);
    }
    let texts_wait = !folder.texts.is_empty();
    match folder.observations(None, true) {
        Ok(observations) => {
            problems.extend(series::unknown_labels(&folder.uses, &observations));
            if problems.is_empty() {
                let areas = folder.forces();
                return texts(
                    &Workspace { folder: Arc::new(folder), observations: Arc::new(observations), areas },
                    &root,
                );
            }
        }
        Err(more) => problems.extend(more),
    }
    // Every problem is listed here, however many there are: this is the command that people run to see them all.
    anstream::eprintln!("{}", Problems(problems));
    if texts_wait {
        anstream::eprintln!("The texts of inspections are checked when this is put right.");
    }
    Ok(Outcome::FoundProblems)
}

/// What is wrong with the texts, where everything else is right.
fn texts(workspace: &Workspace, root: &Path) -> Result<Outcome, CannotRun> {
    documents::glossary(&workspace.folder)?;
    let all = documents::all(workspace, Wanted::default())?;
    if !all.remarks.is_empty() {
        anstream::eprintln!("{}", all.told());
        anstream::eprintln!(
            "{} on texts. `peelian explain CODE` says what a rule wants.",
            count(all.remarks.len(), "remark")
        );
        return Ok(Outcome::FoundProblems);
    }
    let (folder, tables) = (&workspace.folder, workspace.observations.tables());
    let figures: usize = tables.iter().map(statistics::observations::Table::len).sum();
    let documents: usize = all.documents.iter().map(|d| d.made.len()).sum();
    anstream::eprintln!(
        "{}: no problem. {} in scope, {}, {}, {}, {} with {}, {} of inspections.",
        name(root.display()),
        count(folder.forces().len(), "force"),
        count(folder.measures.len(), "measure"),
        count(folder.sources.len(), "source"),
        count(folder.cycles.len(), "cycle"),
        count(tables.len(), "release"),
        count(figures, "figure"),
        count(documents, "document"),
    );
    Ok(Outcome::Done)
}
