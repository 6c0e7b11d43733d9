//! How events come into a store, whichever it is: under the lock of writers, checked, sealed, and written in one go.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use crate::chain::Head;
use crate::event::{CommandId, NewEvent, Recorded, Unrecordable, recordable, seal};
use crate::store::{AppendError, Appended, FillError, Store, StoreError, compare};
use crate::vault::{self, Entry, Erased, Text};
use crate::verify::Chain;

/// A store while one writer holds it. Nobody else writes until it is let go.
pub trait Held {
    /// Where it ends.
    fn head(&mut self) -> Result<Option<Head>, StoreError>;
    /// As [`Store::read`].
    fn read(&mut self, after: u64, limit: u32) -> Result<Vec<Recorded>, StoreError>;
    /// What was recorded under any of these ids, each with its id, in order.
    fn of_commands(&mut self, commands: &[&CommandId]) -> Result<Vec<(CommandId, Recorded)>, StoreError>;
    /// How far a stream has come; 0 when there is none.
    fn version(&mut self, stream: &str) -> Result<u64, StoreError>;
    /// As [`Store::text`].
    fn text(&mut self, id: &str) -> Result<Option<Entry>, StoreError>;
    /// Adds rows. An imported event has no command.
    fn insert(&mut self, events: &[(Recorded, Option<CommandId>)], texts: &[Entry]) -> Result<(), StoreError>;
    /// Removes words and salt of a text for good.
    fn erase(&mut self, id: &str, erased: &Erased) -> Result<(), StoreError>;
}

/// What becomes of the work on a held store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// All of it is recorded.
    Commit,
    /// None of it is.
    Rollback,
}

/// Events on their way into a held store: sealed, not yet written. Several commands can share it.
pub(crate) struct Sheet<'h> {
    held: &'h mut dyn Held,
    head: Option<Head>,
    versions: Versions,
    events: Vec<(Recorded, Option<CommandId>)>,
    texts: Vec<Entry>,
    erased: Vec<(String, Erased)>,
}

/// How far streams have come.
pub(crate) enum Versions {
    /// As far as somebody asked; others are looked up.
    Asked(HashMap<String, u64>),
    /// Of every stream there is.
    All(HashMap<String, u64>),
}

impl<'h> Sheet<'h> {
    pub fn new(held: &'h mut dyn Held, head: Option<Head>, versions: Versions) -> Self {
        Self { held, head, versions, events: vec![], texts: vec![], erased: vec![] }
    }

    /// Seals the events of a command after those before. A refused command leaves the sheet as it was.
    pub fn take(
        &mut self,
        command: &CommandId,
        actor: &str,
        at: Timestamp,
        events: &[NewEvent],
    ) -> Result<Vec<Recorded>, Refused> {
        recordable(actor, events)?;
        let first = self.head.as_ref().map_or(1, |head| head.seq + 1);
        let (mut texts, mut bodies) = (Vec::new(), Vec::new());
        for (seq, event) in (first..).zip(events) {
            let mut body = event.body.clone();
            vault::lodge(&mut body, seq, at, &mut texts)?;
            self.check_references(&body, &texts)?;
            bodies.push(NewEvent { stream: event.stream.clone(), kind: event.kind.clone(), body });
        }
        self.check_erasures(&bodies, &texts)?;
        self.look_up(&bodies)?;
        let (Versions::Asked(versions) | Versions::All(versions)) = &mut self.versions;
        let sealed = seal(self.head.clone(), versions, actor, at, bodies);
        self.head = sealed.last().map(Head::of).or(self.head.take());
        self.texts.append(&mut texts);
        for (id, erased) in sealed.iter().filter_map(vault::erased_by) {
            match self.texts.iter_mut().find(|entry| entry.id == id) {
                Some(entry) => entry.text = Text::Erased(erased),
                None => self.erased.push((id, erased)),
            }
        }
        self.events.extend(sealed.iter().map(|event| (event.clone(), Some(command.clone()))));
        Ok(sealed)
    }

    /// A reference that the caller wrote must lead to a text that is there.
    fn check_references(&mut self, body: &serde_json::Value, new: &[Entry]) -> Result<(), Refused> {
        for found in vault::references(body) {
            let own = new.iter().any(|entry| entry.id == found.id);
            if !own && !self.find(&found.id)?.is_some_and(|entry| found.is_to(&entry)) {
                return Err(Unrecordable::NoSuchText { id: found.id }.into());
            }
        }
        Ok(())
    }

    fn check_erasures(&mut self, events: &[NewEvent], new: &[Entry]) -> Result<(), Refused> {
        let mut erased_here = BTreeSet::new();
        for event in events {
            let Some(named) = vault::erased(&event.kind, &event.body) else { continue };
            let (id, _) = named?;
            let entry = match new.iter().find(|entry| entry.id == id) {
                Some(entry) => Some(entry.clone()),
                None => self.find(&id)?,
            };
            let entry = entry.ok_or_else(|| Unrecordable::NoSuchText { id: id.clone() })?;
            let gone = matches!(entry.text, Text::Erased(_)) || self.erased.iter().any(|(erased, _)| *erased == id);
            if gone || !erased_here.insert(id.clone()) {
                return Err(Unrecordable::AlreadyErased { id }.into());
            }
        }
        Ok(())
    }

    fn find(&mut self, id: &str) -> Result<Option<Entry>, StoreError> {
        match self.texts.iter().find(|entry| entry.id == id) {
            Some(entry) => Ok(Some(entry.clone())),
            None => self.held.text(id),
        }
    }

    fn look_up(&mut self, events: &[NewEvent]) -> Result<(), StoreError> {
        let Versions::Asked(versions) = &mut self.versions else { return Ok(()) };
        for NewEvent { stream, .. } in events {
            if !versions.contains_key(stream) {
                versions.insert(stream.clone(), self.held.version(stream)?);
            }
        }
        Ok(())
    }

    /// Writes everything, and says what to do with it (nothing was taken, nothing is to be kept) and how far the streams
    /// have come.
    pub fn write(self) -> Result<(Ending, HashMap<String, u64>), StoreError> {
        let (Versions::Asked(versions) | Versions::All(versions)) = self.versions;
        if self.events.is_empty() {
            return Ok((Ending::Rollback, versions));
        }
        self.held.insert(&self.events, &self.texts)?;
        self.erased.iter().try_for_each(|(id, erased)| self.held.erase(id, erased))?;
        Ok((Ending::Commit, versions))
    }
}

/// Why a sheet did not take a command.
pub(crate) enum Refused {
    Unrecordable(Unrecordable),
    Store(StoreError),
}

impl From<Unrecordable> for Refused {
    fn from(error: Unrecordable) -> Self {
        Self::Unrecordable(error)
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// [`Store::append`].
pub(crate) fn append<S: Store + ?Sized>(
    store: &S,
    expected: Option<u64>,
    command: &CommandId,
    actor: &str,
    at: Timestamp,
    events: &[NewEvent],
) -> Result<Appended, AppendError> {
    recordable(actor, events)?;
    let mut answer = Ok(Appended { events: vec![], first_time: true });
    store.hold(&mut |held| {
        let before = held.of_commands(&[command])?;
        if !before.is_empty() {
            let events = before.into_iter().map(|(_, event)| event).collect();
            answer = Ok(Appended { events, first_time: false });
            return Ok(Ending::Rollback);
        }
        let head = held.head()?;
        if let Err(refusal) = compare(expected, head.as_ref()) {
            answer = Err(refusal);
            return Ok(Ending::Rollback);
        }
        let mut sheet = Sheet::new(held, head, Versions::Asked(HashMap::new()));
        match sheet.take(command, actor, at, events) {
            Ok(events) => answer = Ok(Appended { events, first_time: true }),
            Err(Refused::Unrecordable(refusal)) => answer = Err(refusal.into()),
            Err(Refused::Store(error)) => return Err(error),
        }
        Ok(sheet.write()?.0)
    })?;
    answer
}

/// [`Store::fill`].
pub(crate) fn fill<S: Store + ?Sized>(store: &S, chain: &Chain) -> Result<(), FillError> {
    const AT_ONCE: usize = 500;
    let mut found = None;
    store.hold(&mut |held| {
        found = held.head()?;
        if found.is_some() {
            return Ok(Ending::Rollback);
        }
        for events in chain.events().chunks(AT_ONCE) {
            let rows: Vec<_> = events.iter().map(|event| (event.clone(), chain.command(event.seq).cloned())).collect();
            held.insert(&rows, &[])?;
        }
        chain.texts().chunks(AT_ONCE).try_for_each(|texts| held.insert(&[], texts))?;
        Ok(Ending::Commit)
    })?;
    found.map_or(Ok(()), |head| Err(FillError::NotEmpty { head }))
}
