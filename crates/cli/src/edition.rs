//! A published edition on disk: its files, written whole or not at all, and the manifest that lists them with every bound number.

use crate::outcome::{CannotRun, file_error};
use crate::staging::Staging;
use ingest::Folder;
use jiff::Timestamp;
use report::{document::Document, pack::numbers::Numbers};
use serde::{Deserialize, Serialize};
use statistics::observations::Pin;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
};

/// The manifest's name.
pub const MANIFEST: &str = "manifest.json";

/// `manifest.json`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// What wrote it.
    pub program: String,
    /// The second from which it may be read; none where that is any time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embargo: Option<Timestamp>,
    /// Every file but this one, by its path from the edition's folder.
    pub files: BTreeMap<String, FileRecord>,
    /// The bound numbers by their reference: for a cycle those of its data packs, for a cycle and force (`2016/hertfordshire`) those of
    /// the inspection's documents, which can rest on other releases.
    pub numbers: BTreeMap<String, Numbers>,
    /// The sentences that print each number, by the same keys.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub printed: BTreeMap<String, Printed>,
    /// The ledger's head when it was written; none where the record was read from files alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ledger: Option<ledger::Head>,
    /// The SHA-256 of every file of the inspectorate's folder that it could rest on, when it was last written.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub inputs: BTreeMap<String, String>,
    /// The releases that the record of an inspection pins, by cycle and force.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pins: BTreeMap<String, Vec<PinRecord>>,
}

/// The sentences that print each number, by its reference.
pub type Printed = BTreeMap<String, Vec<Place>>;

/// A sentence that prints a number; a cell of a table is told with its headings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The document, by its path without extension.
    pub document: String,
    /// The words.
    pub sentence: String,
}

/// Adds what a document prints.
pub fn printed(path: &str, document: &Document, into: &mut Printed) {
    for (reference, sentences) in report::product::sentences(document) {
        let places = sentences.into_iter().map(|sentence| Place { document: path.to_owned(), sentence });
        into.entry(reference).or_default().extend(places);
    }
}

/// A pinned release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinRecord {
    /// The series; every one of the release when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// The period; every one when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// The SHA-256 of the published file.
    pub release: String,
}

/// What the manifest says of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Its SHA-256.
    pub sha256: String,
    /// Its size.
    pub bytes: usize,
}

/// Where what was replaced is kept: `<digest>.json` for manifests, and `files/<digest>`.
pub const EARLIER: &str = "editions";

/// An edition being written.
///
/// What was published stays: a file that is replaced by another one is kept under its digest, and so is the manifest that lists it.
pub struct Edition {
    out: PathBuf,
    staging: Option<Staging>,
    manifest: Mutex<Manifest>,
    /// The manifest as it stood before.
    before: Option<String>,
}

impl Edition {
    /// Opens the folder to add documents to it; each is written whole, and what is there stays.
    pub fn open(out: &Path) -> Result<Self, CannotRun> {
        fs::create_dir_all(out).map_err(file_error(out))?;
        Self::over(out, out, None)
    }

    /// Begins an edition beside its place, or goes on with one that a killed run left and that was made from the same. Unless it is made
    /// anew, what an earlier run wrote of other cycles stays.
    pub fn begin(out: &Path, key: &str, anew: bool) -> Result<Self, CannotRun> {
        let staging = Staging::begin(out, key, anew)?;
        let place = staging.place().to_path_buf();
        Self::over(&place, if anew { &place } else { out }, Some(staging))
    }

    fn over(out: &Path, before: &Path, staging: Option<Staging>) -> Result<Self, CannotRun> {
        let path = before.join(MANIFEST);
        let before = fs::read_to_string(&path).ok();
        let mut manifest: Manifest = match &before {
            Some(text) => serde_json::from_str(text).map_err(|e| CannotRun::Argument(format!("{}: {e}\nIt is not the manifest of an edition that this version wrote; name another folder with --out.", path.display())))?,
            None => Manifest::default(),
        };
        manifest.program = format!("peelian {}", env!("CARGO_PKG_VERSION"));
        Ok(Self { out: out.to_path_buf(), staging, manifest: Mutex::new(manifest), before })
    }

    /// Says what it is made from.
    pub fn made_from(&self, folder: &Folder, ledger: Option<ledger::Head>) -> Result<(), CannotRun> {
        let inputs = folder.digests().map_err(file_error(&folder.path))?;
        let mut manifest = self.lock();
        (manifest.inputs, manifest.ledger) = (inputs, ledger);
        Ok(())
    }

    /// Writes a file under a temporary name, renames it and lists it.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), CannotRun> {
        let target = self.out.join(path);
        let record = FileRecord { sha256: ingest::tidy::sha256(bytes), bytes: bytes.len() };
        let earlier = self.lock().files.get(path).filter(|was| was.sha256 != record.sha256).cloned();
        if let Some(was) = earlier
            && let Ok(bytes) = fs::read(&target)
            && ingest::tidy::sha256(&bytes) == was.sha256
        {
            replace(&self.out.join(EARLIER).join("files").join(&was.sha256), &bytes)?;
        }
        replace(&target, bytes)?;
        if let Some(staging) = &self.staging {
            staging.note(path, &record)?;
        }
        self.lock().files.insert(path.to_owned(), record);
        Ok(())
    }

    /// Whether a killed run has written this file already; it is then listed.
    pub fn has(&self, path: &str) -> bool {
        let record = self.staging.as_ref().and_then(|staging| staging.done(path)).cloned();
        record.map(|record| self.lock().files.insert(path.to_owned(), record)).is_some()
    }

    /// How many files a killed run had finished.
    pub fn resumed(&self) -> usize {
        self.staging.as_ref().map_or(0, Staging::resumed)
    }

    /// The paths of all files.
    pub fn paths(&self) -> Vec<String> {
        self.lock().files.keys().cloned().collect()
    }

    /// Whether a file of this path was written, in this run or an earlier one.
    pub fn holds(&self, path: &str) -> bool {
        self.lock().files.contains_key(path)
    }

    /// Says from when it may be read.
    pub fn embargo(&self, until: Option<Timestamp>) {
        self.lock().embargo = until;
    }

    /// Adds the bound numbers of a document, under their key, and where it prints them.
    pub fn bind(&self, key: &str, numbers: &Numbers, path: &str, document: &Document) {
        let mut manifest = self.lock();
        manifest.numbers.entry(key.to_owned()).or_default().0.extend(numbers.0.clone());
        let into = manifest.printed.entry(key.to_owned()).or_default();
        // Printed again, a document takes the place of what it was.
        into.values_mut().for_each(|places| places.retain(|p| p.document != path));
        printed(path, document, into);
        into.values_mut().for_each(|places| places.sort_by(|a, b| a.document.cmp(&b.document)));
        into.retain(|_, places| !places.is_empty());
    }

    /// Adds the pins of an inspection.
    pub fn pin(&self, key: &str, pins: &[Pin]) {
        let record = |pin: &Pin| PinRecord {
            series: pin.series.clone(),
            period: pin.period.map(|p| p.to_string()),
            release: pin.release.to_string(),
        };
        if !pins.is_empty() {
            self.lock().pins.insert(key.to_owned(), pins.iter().map(record).collect());
        }
    }

    /// Writes the manifest, the last thing that an edition gets, and puts the edition in its place; one under embargo is laid ready
    /// beside it. Returns where it is.
    pub fn close(self) -> Result<PathBuf, CannotRun> {
        let embargo = self.lock().embargo.is_some();
        let manifest = self.manifest.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let text = serde_json::to_string_pretty(&manifest).map_err(|e| CannotRun::Printing(e.to_string()))? + "\n";
        if let Some(before) = self.before.filter(|before| *before != text) {
            let name = format!("{}.json", ingest::tidy::sha256(before.as_bytes()));
            replace(&self.out.join(EARLIER).join(name), before.as_bytes())?;
        }
        replace(&self.out.join(MANIFEST), text.as_bytes())?;
        match self.staging {
            None => Ok(self.out),
            Some(staging) if embargo => staging.wait(),
            Some(staging) => staging.switch(),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Manifest> {
        self.manifest.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The manifest of a published edition.
pub fn manifest(folder: &Path) -> Result<Manifest, CannotRun> {
    let path = if folder.is_file() { folder.to_path_buf() } else { folder.join(MANIFEST) };
    if !path.is_file() {
        let found = format!("there is no {MANIFEST} in {}, so it is no published edition", folder.display());
        let remedy = "Name the folder that `peelian publish` or `peelian demo` has written, such as `site`.";
        return Err(CannotRun::Argument(format!("{found}\n{remedy}")));
    }
    let text = fs::read_to_string(&path).map_err(file_error(&path))?;
    serde_json::from_str(&text)
        .map_err(|e| CannotRun::Argument(format!("{}: {e}\nIt is not the manifest of an edition.", path.display())))
}

/// Writes a file under a temporary name and renames it, so that it is never half there.
pub fn replace(target: &Path, bytes: &[u8]) -> Result<(), CannotRun> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(file_error(folder))?;
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let temporary = target.with_file_name(name);
    fs::write(&temporary, bytes).and_then(|()| fs::rename(&temporary, target)).map_err(file_error(target))
}
