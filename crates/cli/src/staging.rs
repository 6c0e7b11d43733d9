//! A folder that readers see whole or not at all: it is written beside its place and switched in at once. A run that was killed goes on
//! where it stopped.

use crate::{
    edition::FileRecord,
    outcome::{CannotRun, file_error},
};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    sync::Mutex,
};

/// What says in a folder what it is made from and which of its files are whole: a line each, the key first.
const JOURNAL: &str = "journal.part";

/// A folder being written beside its place.
pub struct Staging {
    out: PathBuf,
    place: PathBuf,
    journal: Mutex<File>,
    done: BTreeMap<String, FileRecord>,
    /// Held as long as the folder is written.
    _lock: File,
}

impl Staging {
    /// Begins, or goes on with what a killed run left that was made from the same: `key`. What the folder holds already is taken along
    /// unless it is made anew.
    pub fn begin(out: &Path, key: &str, anew: bool) -> Result<Self, CannotRun> {
        let place = beside(out, "part")?;
        let lock_file = beside(out, "lock")?;
        let parent = place.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(file_error(parent))?;
        let lock = File::create(&lock_file).map_err(file_error(&lock_file))?;
        if lock.try_lock().is_err() {
            return Err(CannotRun::Argument(format!(
                "{} is being written by another run\nWait until it has ended, or name another folder with --out.",
                out.display()
            )));
        }
        let done = finished(&place, key);
        if done.is_none() {
            remove(&place)?;
            fs::create_dir_all(&place).map_err(file_error(&place))?;
            if !anew && out.is_dir() {
                take_along(out, &place)?;
            }
        }
        let path = place.join(JOURNAL);
        let mut journal = File::options().create(true).append(true).open(&path).map_err(file_error(&path))?;
        if done.is_none() {
            writeln!(journal, "{key}").map_err(file_error(&path))?;
        }
        let done = done.unwrap_or_default();
        Ok(Self { out: out.to_path_buf(), place, journal: Mutex::new(journal), done, _lock: lock })
    }

    /// Where files are written meanwhile.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// How many files an earlier run had finished.
    pub fn resumed(&self) -> usize {
        self.done.len()
    }

    /// The file of this path, where an earlier run had finished it.
    pub fn done(&self, path: &str) -> Option<&FileRecord> {
        self.done
            .get(path)
            .filter(|record| fs::metadata(self.place.join(path)).is_ok_and(|m| m.len() == record.bytes as u64))
    }

    /// Notes that a file is whole.
    pub fn note(&self, path: &str, record: &FileRecord) -> Result<(), CannotRun> {
        let mut journal = self.journal.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        writeln!(journal, "{} {} {path}", record.sha256, record.bytes).map_err(file_error(&self.place.join(JOURNAL)))
    }

    /// Puts the folder in its place; whoever reads sees the one or the other, never a mixture.
    pub fn switch(self) -> Result<PathBuf, CannotRun> {
        let journal = self.place.join(JOURNAL);
        fs::remove_file(&journal).map_err(file_error(&journal))?;
        put(&self.place, &self.out)?;
        release(&self.out)?;
        Ok(self.out)
    }

    /// Lays the folder ready beside its place.
    pub fn wait(self) -> Result<PathBuf, CannotRun> {
        let journal = self.place.join(JOURNAL);
        fs::remove_file(&journal).map_err(file_error(&journal))?;
        let next = waiting(&self.out)?;
        put(&self.place, &next)?;
        release(&self.out)?;
        Ok(next)
    }
}

/// Where an edition waits for the end of its embargo.
pub fn waiting(out: &Path) -> Result<PathBuf, CannotRun> {
    beside(out, "next")
}

/// Puts a folder in the place of another, at once.
pub fn put(folder: &Path, place: &Path) -> Result<(), CannotRun> {
    if !place.exists() {
        return fs::rename(folder, place).map_err(file_error(place));
    }
    exchange(folder, place).map_err(file_error(place))?;
    remove(folder)
}

#[cfg(target_os = "linux")]
fn exchange(folder: &Path, place: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, folder, CWD, place, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // A file system that cannot exchange.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => aside(folder, place),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(folder: &Path, place: &Path) -> std::io::Result<()> {
    aside(folder, place)
}

/// Where nothing can be exchanged there is a moment without the folder.
fn aside(folder: &Path, place: &Path) -> std::io::Result<()> {
    let old = folder.with_extension("old");
    fs::rename(place, &old)?;
    fs::rename(folder, place)?;
    fs::rename(&old, folder)
}

/// `.site.part` for `site`.
fn beside(out: &Path, what: &str) -> Result<PathBuf, CannotRun> {
    let Some(name) = out.file_name() else {
        return Err(CannotRun::Argument(format!(
            "{} has no name of its own, so nothing can be written beside it\nName a folder with --out, such as `site`.",
            out.display()
        )));
    };
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{what}"));
    Ok(out.with_file_name(hidden))
}

fn release(out: &Path) -> Result<(), CannotRun> {
    let lock = beside(out, "lock")?;
    fs::remove_file(&lock).map_err(file_error(&lock))
}

fn remove(folder: &Path) -> Result<(), CannotRun> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(file_error(folder)(error)),
        _ => Ok(()),
    }
}

/// The files that an earlier run of the same key finished; `None` where there was none.
fn finished(place: &Path, key: &str) -> Option<BTreeMap<String, FileRecord>> {
    let journal = fs::read_to_string(place.join(JOURNAL)).ok()?;
    // A last line that was cut off has no end.
    let whole = &journal[..=journal.rfind('\n')?];
    let mut lines = whole.lines();
    if lines.next()? != key {
        return None;
    }
    let record = |line: &str| {
        let (sha256, rest) = line.split_once(' ')?;
        let (bytes, path) = rest.split_once(' ')?;
        Some((path.to_owned(), FileRecord { sha256: sha256.to_owned(), bytes: bytes.parse().ok()? }))
    };
    Some(lines.filter_map(record).collect())
}

/// Every file of a folder, linked where that is possible: files are replaced, never changed.
fn take_along(from: &Path, to: &Path) -> Result<(), CannotRun> {
    for entry in fs::read_dir(from).map_err(file_error(from))? {
        let entry = entry.map_err(file_error(from))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            fs::create_dir_all(&target).map_err(file_error(&target))?;
            take_along(&source, &target)?;
        } else if fs::hard_link(&source, &target).is_err() {
            fs::copy(&source, &target).map_err(file_error(&source))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(text: &str) -> FileRecord {
        FileRecord { sha256: ingest::tidy::sha256(text.as_bytes()), bytes: text.len() }
    }

    fn write(staging: &Staging, path: &str, text: &str) {
        fs::write(staging.place().join(path), text).unwrap();
        staging.note(path, &record(text)).unwrap();
    }

    #[test]
    fn what_a_killed_run_finished_is_not_done_again_and_other_inputs_begin_anew() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("old.txt"), "old").unwrap();
        let staging = Staging::begin(&out, "key 1", false).unwrap();
        write(&staging, "a.txt", "a");
        drop(staging);
        assert!(!out.join("a.txt").exists(), "nothing is seen before the switch");
        let staging = Staging::begin(&out, "key 1", false).unwrap();
        assert_eq!(staging.done("a.txt"), Some(&record("a")));
        assert_eq!(staging.done("b.txt"), None);
        drop(staging);
        let staging = Staging::begin(&out, "key 2", false).unwrap();
        assert_eq!(staging.done("a.txt"), None);
        write(&staging, "b.txt", "b");
        staging.switch().unwrap();
        let there = |name: &str| fs::read_to_string(out.join(name)).ok();
        assert_eq!(
            (there("old.txt").as_deref(), there("a.txt"), there("b.txt").as_deref()),
            (Some("old"), None, Some("b"))
        );
        let rest: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(rest, ["site"], "nothing is left beside it");
    }

    #[test]
    fn two_runs_do_not_write_the_same_folder() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        let _first = Staging::begin(&out, "key", false).unwrap();
        assert!(Staging::begin(&out, "key", false).is_err());
    }

    #[test]
    fn a_line_that_was_cut_off_is_not_believed() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("site");
        let staging = Staging::begin(&out, "key", false).unwrap();
        write(&staging, "a.txt", "a");
        let journal = staging.place().join(JOURNAL);
        drop(staging);
        let text = fs::read_to_string(&journal).unwrap();
        fs::write(&journal, format!("{text}{} 1 b.txt", record("b").sha256)).unwrap();
        fs::write(journal.with_file_name("b.txt"), "b").unwrap();
        let staging = Staging::begin(&out, "key", false).unwrap();
        assert!(staging.done("a.txt").is_some() && staging.done("b.txt").is_none());
    }
}
