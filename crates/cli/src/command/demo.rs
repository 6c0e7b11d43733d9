//! `peelian demo`: the example inspectorate on real published figures, published.

use crate::{
    arguments::Demo,
    books,
    command::{act, publish, serve},
    content,
    outcome::{CannotRun, Outcome, Problems, name},
    workspace,
};
use std::path::{Path, PathBuf};

/// The cycle that the example publishes.
const CYCLE: &str = "2018-19";

/// Makes the folder and publishes it to `DIR/site`.
pub fn run(dir: Option<&Path>, options: &Demo) -> Result<Outcome, CannotRun> {
    let path = dir.map_or_else(|| PathBuf::from("demo"), Path::to_path_buf);
    refuse_what_is_not_ours(&path)?;
    content::write(&content::CONTENT, &path)?;
    content::write(&content::EXAMPLES, &path)?;
    anstream::eprintln!("Made the example inspectorate in {}.", name(path.display()));
    take_history(&path)?;
    let folder = workspace::open(Some(&path))?;
    let site = path.join("site");
    let cycles: Vec<String> = folder.frameworks.iter().map(|f| f.id.clone()).collect();
    let outcome = publish::publish(folder, CYCLE, &site, &options.format, publish::Of::With(&cycles), None)?;
    let shown = path.display();
    if !options.no_serve && outcome == Outcome::Done {
        let listen = format!("127.0.0.1:{}", options.port);
        return serve::serve(&path, &site, &listen);
    }
    anstream::eprintln!(
        "Next:\n  peelian --dir {shown} serve, or open {}\n  peelian --dir {shown} compare officers-per-1000-population --exclude city-of-london\n  peelian --dir {shown} measures",
        site.join("index.html").display()
    );
    Ok(outcome)
}

/// Begins the ledger of the example with its past: the facts of `record/`, and the exercise.
fn take_history(path: &Path) -> Result<(), CannotRun> {
    let (folder, problems) = workspace::files(path)?;
    if !problems.is_empty() {
        return Err(CannotRun::Folder(Problems(problems)));
    }
    let exercises = content::EXAMPLES.get_dir("exercises").into_iter().flat_map(include_dir::Dir::files);
    let exercises =
        exercises.filter_map(|file| Some((file.path().display().to_string(), file.contents_utf8()?.into())));
    let files: Vec<_> = folder.record_files().into_iter().chain(exercises).collect();
    let problems = match act::act(&folder, &files)? {
        Ok(done) => done.stopped,
        Err(problems) => problems,
    };
    if problems.is_empty() {
        return Ok(());
    }
    let ledger = path.join(books::FILE);
    Err(CannotRun::Argument(format!(
        "the ledger of {} does not go with this version of the example\n{}\nDelete {} to begin it anew, or name another folder with --dir.",
        path.display(),
        Problems(problems),
        ledger.display()
    )))
}

/// The demo writes over its own folder and over no other.
fn refuse_what_is_not_ours(path: &Path) -> Result<(), CannotRun> {
    let occupied = std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
    let own = content::EXAMPLES.get_file(ingest::folder::SETTINGS).map(include_dir::File::contents);
    let settings = std::fs::read(path.join(ingest::folder::SETTINGS)).ok();
    if occupied && settings.as_deref() != own {
        return Err(CannotRun::Argument(format!(
            "{} is not empty and is not the example\nName another folder with --dir.",
            path.display()
        )));
    }
    Ok(())
}
