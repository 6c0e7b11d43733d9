//! A published edition made again: from the newest releases, or from the very ones that it was made from.

use crate::{
    command::publish,
    documents::{self, Wanted},
    edition::{Manifest, PinRecord, Printed, printed},
    outcome::{CannotRun, Problems},
    template,
    workspace::{self, Workspace},
};
use reference::AreaId;
use report::pack::numbers::Numbers;
use statistics::observations::{Observations, Pin};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Which releases answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Releases {
    /// The newest of each series.
    Newest,
    /// Those that the edition used; releases that came later are out of sight, so that those that were used choose as they chose then.
    Pinned,
}

/// What the data packs of a cycle print, or the documents of one inspection.
#[derive(Default)]
pub struct Again {
    /// The numbers, by their reference.
    pub numbers: Numbers,
    /// Where each is printed.
    pub printed: Printed,
}

/// Makes again what the manifest keeps under a key: a cycle, or a cycle and force.
pub fn make(workspace: &Workspace, manifest: &Manifest, key: &str, releases: Releases) -> Result<Again, CannotRun> {
    if releases == Releases::Newest {
        return match key.split_once('/') {
            Some((cycle, force)) => inspection(workspace, cycle, force, &[]),
            None => packs(workspace, manifest, key),
        };
    }
    let numbers = manifest.numbers.get(key).into_iter().flat_map(|n| n.0.values());
    let used: BTreeSet<&str> = numbers.flat_map(|d| &d.inputs).map(|i| i.release.as_str()).collect();
    let (folder, _) = workspace::read(&workspace.folder.path)?;
    let observations = workspace.observations.only(|t| used.contains(t.release.id.as_str()));
    let then = Workspace { areas: folder.forces(), folder: Arc::new(folder), observations: Arc::new(observations) };
    match key.split_once('/') {
        Some((cycle, force)) => {
            inspection(&then, cycle, force, &pinned(&workspace.observations, manifest.pins.get(key)))
        }
        None => packs(&then, manifest, key),
    }
}

fn packs(workspace: &Workspace, manifest: &Manifest, cycle: &str) -> Result<Again, CannotRun> {
    let cycle = workspace::cycle(&workspace.folder, cycle)?;
    let plan = template::pack(&workspace.folder).map_err(|p| CannotRun::Folder(Problems(p)))?;
    let study = workspace.study(cycle.method, &[]);
    let data = publish::data(workspace, &study, &plan, cycle);
    let mut again = Again::default();
    for force in workspace.folder.register.in_scope() {
        let path = format!("{}/{}/data-pack", cycle.id, force.id);
        if manifest.files.keys().any(|file| file.strip_prefix(&path).is_some_and(|rest| rest.starts_with('.'))) {
            let pack = data.pack(force);
            printed(&path, &pack.document, &mut again.printed);
            again.numbers.0.extend(pack.numbers.0);
        }
    }
    Ok(again)
}

fn inspection(workspace: &Workspace, cycle: &str, force: &str, pins: &[Pin]) -> Result<Again, CannotRun> {
    let Ok(force) = force.parse::<AreaId>() else { return Ok(Again::default()) };
    let pins = BTreeMap::from([((cycle.to_owned(), force.clone()), pins.to_vec())]);
    let made = documents::all(workspace, Wanted { cycle: Some(cycle), force: Some(&force), pins: Some(&pins) })?;
    let mut again = Again::default();
    for (job, made) in made.documents.iter().flat_map(|set| &set.made) {
        printed(&format!("{cycle}/{force}/{}", job.stem()), &made.document, &mut again.printed);
        again.numbers.0.extend(made.numbers.0.clone());
    }
    Ok(again)
}

/// The pins that an edition was made with.
fn pinned(observations: &Observations, pins: Option<&Vec<PinRecord>>) -> Vec<Pin> {
    let pin = |record: &PinRecord| {
        let release =
            observations.tables().iter().find(|t| t.release.id.as_str() == record.release)?.release.id.clone();
        let period = record.period.as_ref().and_then(|p| p.parse().ok());
        Some(Pin { series: record.series.clone(), period, release })
    };
    pins.into_iter().flatten().filter_map(pin).collect()
}
