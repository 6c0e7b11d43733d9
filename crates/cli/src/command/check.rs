//! `peelian check`: every problem of the folder, its releases and its templates.

use crate::{
    outcome::{CannotRun, Outcome, Problems, name, number, tell},
    template,
};
use ingest::{Folder, folder};
use std::path::Path;

/// Reads all of the folder.
pub fn run(path: Option<&Path>) -> Result<Outcome, CannotRun> {
    let here = std::env::current_dir().map_err(crate::outcome::file_error(Path::new(".")))?;
    let root = match path {
        Some(path) => here.join(path),
        None => folder::find(&here).ok_or_else(|| CannotRun::NoFolder(here.display().to_string()))?,
    };
    if !root.join(folder::SETTINGS).is_file() {
        return Err(CannotRun::NoFolder(root.display().to_string()));
    }
    let (folder, mut problems) = match Folder::open(&root) {
        Ok(read) => read,
        Err(problem) => {
            tell(&[problem]);
            return Ok(Outcome::FoundProblems);
        }
    };
    if let Err(more) = template::pack(&folder) {
        problems.extend(more);
    }
    let (mut figures, mut releases) = (0, 0);
    match folder.observations(None, true) {
        Ok(observations) => {
            releases = observations.tables().len();
            figures = observations.tables().iter().map(statistics::observations::Table::len).sum();
        }
        Err(more) => problems.extend(more),
    }
    if problems.is_empty() {
        anstream::eprintln!(
            "{}: no problem. {} forces in scope, {} measures, {} sources, {} cycles, {} releases with {} figures.",
            name(root.display()),
            number(folder.forces().len()),
            number(folder.measures.len()),
            number(folder.sources.len()),
            number(folder.cycles.len()),
            number(releases),
            number(reference::group_thousands(&figures.to_string())),
        );
        return Ok(Outcome::Done);
    }
    // Every problem is listed here, however many there are: this is the command that people run to see them all.
    anstream::eprintln!("{}", Problems(problems));
    Ok(Outcome::FoundProblems)
}
