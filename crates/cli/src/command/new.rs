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
    let figures = content::EXAMPLES.get_dir("observations").filter(|_| options.with_figures);
    figures.map_or(Ok(()), |figures| content::write(figures, path))?;
    let shown = path.display().to_string();
    anstream::eprintln!(
        "Made {}: settings, register, measures, sources, frameworks and templates, all of it text to be edited{}.",
        name(&shown),
        if options.with_figures { "; and the releases that come with the program" } else { "" }
    );
    anstream::eprintln!("{}", next(&shown, options.with_figures));
    Ok(Outcome::Done)
}

/// What to do in the new folder.
fn next(folder: &str, with_figures: bool) -> String {
    let figures = if with_figures {
        "peelian ingest FILE…                     # newer figures, and returns of forces"
    } else {
        "peelian ingest FILE…                     # published files and returns; `peelian measures` says which and where from"
    };
    format!(
        "Next:
  cd {folder}
  edit peelian.toml                        # the inspectorate's name
  {figures}
  peelian check                            # every problem of the folder, with file and line
  peelian measures                         # what can be compared
  peelian compare MEASURE                  # every force on one of them"
    )
}
