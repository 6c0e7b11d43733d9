//! The ledger of an inspectorate's folder, and the programme that its events make.

use crate::outcome::CannotRun;
use ingest::{
    Folder, Problem,
    acts_file::{self, Step},
    problem::Place,
};
use inspection::{
    framework::Framework,
    programme::{self, Actor, Programme},
    record::Record,
};
use ledger::{CommandId, Fold, Ledger, Session, Store, Upcasters, replay};
use statistics::observations::Observations;
use std::{
    collections::{BTreeMap, HashSet},
    path::PathBuf,
    sync::Arc,
};
use web::{Public, Shelf};

/// The embedded store, in the folder.
pub const FILE: &str = "ledger.db";

/// The programme, as the ledger folds it.
#[derive(Clone)]
pub struct State(pub Programme);

impl Fold for State {
    fn apply(&mut self, event: &ledger::Recorded) {
        // What the vault did with a text is no decision.
        if event.kind == ledger::TEXT_ERASED {
            return;
        }
        self.0.apply(&programme::Recorded {
            seq: event.seq,
            at: event.at,
            actor: &event.actor,
            kind: &event.kind,
            body: &event.body,
        });
    }
}

/// A ledger that is open.
pub struct Books {
    store: Arc<dyn Store>,
    frameworks: Vec<Framework>,
}

/// Where the ledger of a folder is: the database of `peelian.toml`, else the file in the folder.
fn address(folder: &Folder) -> (String, Option<PathBuf>) {
    match &folder.settings.database {
        Some(url) => (url.clone(), None),
        None => {
            let path = folder.path.join(FILE);
            (path.display().to_string(), Some(path))
        }
    }
}

impl Books {
    /// The ledger of a folder; `None` where it has none yet, or nothing was ever recorded in it.
    pub fn open(folder: &Folder) -> Result<Option<Self>, CannotRun> {
        if address(folder).1.is_some_and(|path| !path.is_file()) {
            return Ok(None);
        }
        let books = Self::open_or_make(folder)?;
        Ok(books.store.head()?.is_some().then_some(books))
    }

    /// The ledger of a folder, made where it has none yet.
    pub fn open_or_make(folder: &Folder) -> Result<Self, CannotRun> {
        let store = Ledger::open(&address(folder).0)?;
        Ok(Self { store: Arc::new(store), frameworks: folder.frameworks.clone() })
    }

    /// The ledger of a folder, which must be there.
    pub fn there(folder: &Folder) -> Result<Self, CannotRun> {
        Self::open(folder)?.ok_or_else(|| {
            CannotRun::Argument(format!(
                "{} has no ledger yet\n`peelian act FILE` makes it with the first command.",
                folder.path.display()
            ))
        })
    }

    /// The commands of `record/` that the ledger does not hold, told by file: the first of each with how many there are.
    pub fn lacks(&self, folder: &Folder) -> Result<Vec<Problem>, CannotRun> {
        let known = self.commands()?;
        let mut lacking = Vec::new();
        for (file, text) in folder.record_files() {
            // What cannot be read is told by the folder itself.
            let steps = acts_file::read(&file, &text, folder, &mut Vec::new());
            let recorded = |step: &Step| step.command.id.parse().is_ok_and(|id| known.contains(&id));
            let missing: Vec<&Step> = steps.iter().filter(|step| !recorded(step)).collect();
            if let Some(first) = missing.first() {
                let found =
                    format!("{} of its {} commands are not in the ledger, this the first", missing.len(), steps.len());
                let remedy = format!(
                    "`peelian act {file}` records them; what is recorded is not changed by an edit of the file"
                );
                lacking.push(Problem::new(&file, Place::line(first.line), found, remedy));
            }
        }
        Ok(lacking)
    }

    /// The store.
    pub fn store(&self) -> &dyn Store {
        &*self.store
    }

    /// Somebody at work on it.
    pub fn session(&self) -> Result<Session<State>, CannotRun> {
        let frameworks = self.frameworks.clone();
        let empty = move || State(Programme::new(frameworks.clone()));
        Ok(Session::open(Arc::clone(&self.store), Upcasters::default(), empty)?)
    }

    /// The programme as it stands, or as it stood after the event numbered `at`.
    pub fn programme(&self, at: Option<u64>) -> Result<Programme, CannotRun> {
        let empty = State(Programme::new(self.frameworks.clone()));
        Ok(replay(&*self.store, &Upcasters::default(), empty, at.unwrap_or(u64::MAX))?.0)
    }

    /// Where the ledger of a folder ends; `None` where there is none, or nothing in it.
    pub fn head(folder: &Folder) -> Result<Option<ledger::Head>, CannotRun> {
        Ok(match Self::open(folder)? {
            Some(books) => books.store.head()?,
            None => None,
        })
    }

    /// What is on record, as everybody may see it, now or after the event numbered `at`.
    pub fn record(&self, at: Option<u64>) -> Result<Record, CannotRun> {
        Ok(self.programme(at)?.seen_by(&Actor::Public).record().clone())
    }

    /// The ids of all commands that are recorded.
    pub fn commands(&self) -> Result<HashSet<CommandId>, CannotRun> {
        Ok(self.store.commands(0, u64::MAX)?.into_iter().map(|(_, id)| id).collect())
    }
}

/// What everybody may know of a folder, beside published documents.
pub fn public(folder: &Arc<Folder>, observations: &Arc<Observations>, shelf: Shelf) -> Result<Public, CannotRun> {
    let books = Books::open(folder)?;
    let programme = match &books {
        Some(books) => books.programme(None)?,
        None => Programme::new(folder.frameworks.clone()),
    };
    let mut public = Public::new(Arc::clone(folder), Arc::clone(observations), programme, shelf);
    if let Some(books) = &books {
        public.words = words(books.store(), &public)?;
    }
    Ok(public)
}

/// The words of everything that the public sees, by their ids in the vault.
pub fn words(store: &dyn Store, public: &Public) -> Result<BTreeMap<String, String>, CannotRun> {
    let mut words = BTreeMap::new();
    for thing in public.seen().things() {
        let value = serde_json::to_value(&thing).map_err(|e| CannotRun::Printing(e.to_string()))?;
        let mut ids = Vec::new();
        vaulted(&value, &mut ids);
        for id in ids {
            if let Some(text) = store.text(&id)?.as_ref().and_then(ledger::Entry::words) {
                words.insert(id, text.to_owned());
            }
        }
    }
    Ok(words)
}

/// The ids in the vault that stand in a value.
fn vaulted(value: &serde_json::Value, ids: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            ids.extend(fields.get("vault").and_then(serde_json::Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| vaulted(value, ids));
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| vaulted(value, ids)),
        _ => {}
    }
}
