//! The inspectorate's folder that a command works in.

use crate::{
    books::Books,
    outcome::{CannotRun, Problems},
};
use ingest::{
    Folder, Problem,
    cycle_file::Cycle,
    folder,
    wording::{did_you_mean, nearest},
};
use reference::AreaId;
use statistics::{
    comparison::Method,
    measure::Measure,
    observations::{Observations, Pin},
    study::Study,
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// A folder without problems, with the figures that a command needs.
pub struct Workspace {
    /// The folder.
    pub folder: Arc<Folder>,
    /// The figures loaded.
    pub observations: Arc<Observations>,
    /// The forces in scope.
    pub areas: Vec<AreaId>,
}

/// Where the folder is: the one named, or the nearest upward.
pub fn root(dir: Option<&Path>) -> Result<PathBuf, CannotRun> {
    let here = std::env::current_dir().map_err(crate::outcome::file_error(Path::new(".")))?;
    match dir.map(|dir| here.join(dir)) {
        Some(named) if named.join(folder::SETTINGS).is_file() => Ok(named),
        Some(named) => Err(CannotRun::NoFolder(named.display().to_string())),
        None => folder::find(&here).ok_or_else(|| CannotRun::NoFolder(format!("{} or above it", here.display()))),
    }
}

/// Opens the folder, the one named or the nearest upward, without problems.
pub fn open(dir: Option<&Path>) -> Result<Folder, CannotRun> {
    let (folder, problems) = read(&root(dir)?)?;
    if problems.is_empty() { Ok(folder) } else { Err(CannotRun::Folder(Problems(problems))) }
}

/// Reads the folder and its ledger: where it has one, what is on record is what the ledger holds, and a command of `record/` that is not
/// in it is a problem.
pub fn read(root: &Path) -> Result<(Folder, Vec<Problem>), CannotRun> {
    let (mut folder, mut problems) = files(root)?;
    if let Some(books) = Books::open(&folder)? {
        problems.extend(books.lacks(&folder)?);
        folder.record = books.record(None)?;
    }
    Ok((folder, problems))
}

/// Reads the files of the folder alone.
pub fn files(root: &Path) -> Result<(Folder, Vec<Problem>), CannotRun> {
    Folder::open(root).map_err(|p| CannotRun::Folder(Problems(vec![p])))
}

impl Workspace {
    /// Loads the figures that these measures need; every figure when `measures` is `None`.
    pub fn load(folder: Folder, measures: Option<&[&Measure]>) -> Result<Self, CannotRun> {
        let series: Option<Vec<&str>> =
            measures.map(|list| list.iter().flat_map(|m| m.terms()).map(|t| t.series.as_str()).collect());
        let observations = folder.observations(series.as_deref(), false).map_err(|p| CannotRun::Folder(Problems(p)))?;
        let areas = folder.forces();
        Ok(Self { folder: Arc::new(folder), observations: Arc::new(observations), areas })
    }

    /// The study of everything loaded, by this method.
    pub fn study<'a>(&'a self, method: Method, pins: &'a [Pin]) -> Study<'a> {
        Study {
            register: &self.folder.register,
            observations: &self.observations,
            areas: &self.areas,
            flags: &self.folder.flags,
            method,
            pins,
        }
    }
}

/// The measure with this id, or the nearest ones.
pub fn measure<'a>(folder: &'a Folder, id: &str) -> Result<&'a Measure, CannotRun> {
    folder.measure(id).ok_or_else(|| {
        let mut near: Vec<(usize, &str)> = folder
            .measures
            .iter()
            .map(|m| (shared_words(&m.id, id), m.id.as_str()))
            .filter(|(words, _)| *words > 0)
            .collect();
        near.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
        let near: Vec<&str> = near.into_iter().take(5).map(|(_, id)| id).collect();
        let near = match nearest(id, folder.measures.iter().map(|m| m.id.as_str())) {
            Some(meant) => format!(" (did you mean `{meant}`?)"),
            None if near.is_empty() => String::new(),
            None => format!(" (did you mean {}?)", near.join(", ")),
        };
        CannotRun::Argument(format!("there is no measure `{id}`{near}\n`peelian measures` lists them all."))
    })
}

/// How many words of the id that was asked for a known one has.
fn shared_words(known: &str, asked: &str) -> usize {
    asked.split('-').filter(|word| known.split('-').any(|other| other == *word)).count()
}

/// The force that an argument names, by its id or any of its names.
pub fn force(folder: &Folder, text: &str) -> Result<AreaId, CannotRun> {
    match folder.register.resolve(text, jiff::civil::date(2020, 1, 1)) {
        reference::Resolved::Force(force) if force.in_scope => Ok(force.id.clone()),
        reference::Resolved::Force(force) => Err(CannotRun::Argument(format!(
            "{} is known and out of scope: it is not among the forces compared",
            force.name
        ))),
        reference::Resolved::Ambiguous | reference::Resolved::Unknown => Err(CannotRun::Argument(format!(
            "`{text}` is not a force of the register{}\nWrite its id, such as `avon-and-somerset`; register/forces.csv lists them.",
            did_you_mean(text, folder.register.in_scope().flat_map(|f| [f.id.as_str(), &f.short_name, &f.name]))
        ))),
    }
}

/// The cycle with this id.
pub fn cycle<'a>(folder: &'a Folder, id: &str) -> Result<&'a Cycle, CannotRun> {
    folder.cycles.iter().find(|c| c.id == id).ok_or_else(|| {
        let known: Vec<&str> = folder.cycles.iter().map(|c| c.id.as_str()).collect();
        CannotRun::Argument(format!(
            "there is no framework for the cycle `{id}`; there are {}{}\nframeworks/*.yaml holds one file a cycle.",
            known.join(", "),
            did_you_mean(id, known.iter().copied())
        ))
    })
}
