//! `peelian new`: a folder for a new inspectorate.

use crate::{
    arguments::New,
    content,
    outcome::{CannotRun, Outcome, name},
};

/// Writes the folder, which must not exist or must be empty.
pub fn run(options: &New) -> Result<Outcome, CannotRun> {
    let path = &options.path;
    let occupied = std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
    if occupied || path.is_file() {
        return Err(CannotRun::Argument(format!(
            "{} is there already and is not empty\nName a folder that does not exist.",
            path.display()
        )));
    }
    content::write(&content::CONTENT, path)?;
    let shown = path.display().to_string();
    anstream::eprintln!(
        "Made {}: settings, register, measures, sources, frameworks and templates, all of it text to be edited.",
        name(&shown)
    );
    anstream::eprintln!("Next:\n  peelian check {shown}\n  peelian --dir {shown} ingest FILE…");
    Ok(Outcome::Done)
}
