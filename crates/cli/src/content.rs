//! What an inspectorate starts with and what the demo lays over it, compiled into the program.

use crate::outcome::{CannotRun, file_error};
use include_dir::{Dir, include_dir};
use std::{fs, path::Path};

/// `content/`: settings, register, frameworks, measures, sources, templates.
pub static CONTENT: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../content");
/// `examples/`: tidy releases of real published figures, and the example's own settings.
pub static EXAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples");

/// Writes a compiled-in folder; files that are there already are replaced.
pub fn write(from: &Dir<'_>, to: &Path) -> Result<(), CannotRun> {
    fs::create_dir_all(to).map_err(file_error(to))?;
    for file in from.files() {
        let path = to.join(file.path());
        fs::write(&path, file.contents()).map_err(file_error(&path))?;
    }
    for folder in from.dirs() {
        let path = to.join(folder.path());
        fs::create_dir_all(&path).map_err(file_error(&path))?;
        write(folder, to)?;
    }
    Ok(())
}

/// The folder that ships, opened: its register and frameworks, for work outside an inspectorate's folder.
pub fn shipped() -> Result<ingest::Folder, CannotRun> {
    let there = tempfile::tempdir().map_err(file_error(Path::new("a temporary folder")))?;
    write(&CONTENT, there.path())?;
    Ok(crate::workspace::files(there.path())?.0)
}
