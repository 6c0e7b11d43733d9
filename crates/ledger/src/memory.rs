//! The simplest store, for tests: the oracle of the one that keeps.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::chain::Head;
use crate::event::{CommandId, Recorded};
use crate::store::{Store, StoreError};
use crate::vault::{Entry, Erased, Text};
use crate::write::{Ending, Held};

/// A store that ends with the program. For tests.
#[derive(Debug, Default)]
pub struct Memory {
    rows: Mutex<Rows>,
}

#[derive(Debug, Default)]
struct Rows {
    events: Vec<(Recorded, Option<CommandId>)>,
    texts: BTreeMap<String, Entry>,
}

impl Memory {
    fn rows(&self) -> MutexGuard<'_, Rows> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Memory {
    fn head(&self) -> Result<Option<Head>, StoreError> {
        self.rows().head()
    }

    fn read(&self, after: u64, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        self.rows().read(after, limit)
    }

    fn text(&self, id: &str) -> Result<Option<Entry>, StoreError> {
        self.rows().text(id)
    }

    fn texts(&self, after: u64, through: u64) -> Result<Vec<Entry>, StoreError> {
        let rows = self.rows();
        let mut found: Vec<_> =
            rows.texts.values().filter(|entry| entry.seq > after && entry.seq <= through).cloned().collect();
        found.sort_by_key(|entry| entry.seq);
        Ok(found)
    }

    fn commands(&self, after: u64, through: u64) -> Result<Vec<(u64, CommandId)>, StoreError> {
        let rows = self.rows();
        let within = rows.events.iter().filter(|(event, _)| event.seq > after && event.seq <= through);
        Ok(within.filter_map(|(event, command)| Some((event.seq, command.clone()?))).collect())
    }

    fn hold(&self, work: &mut dyn FnMut(&mut dyn Held) -> Result<Ending, StoreError>) -> Result<(), StoreError> {
        let mut rows = self.rows();
        let (events, texts) = (rows.events.len(), rows.texts.clone());
        let done = work(&mut *rows);
        if !matches!(done, Ok(Ending::Commit)) {
            rows.events.truncate(events);
            rows.texts = texts;
        }
        done.map(drop)
    }
}

impl Held for Rows {
    fn head(&mut self) -> Result<Option<Head>, StoreError> {
        Ok(self.events.last().map(|(event, _)| Head::of(event)))
    }

    fn read(&mut self, after: u64, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        Ok(self.events.iter().skip(after).take(limit).map(|(event, _)| event.clone()).collect())
    }

    fn of_commands(&mut self, commands: &[&CommandId]) -> Result<Vec<(CommandId, Recorded)>, StoreError> {
        let wanted: HashSet<_> = commands.iter().copied().collect();
        let of_one = |(event, command): &(Recorded, Option<CommandId>)| {
            command.clone().filter(|command| wanted.contains(command)).map(|command| (command, event.clone()))
        };
        Ok(self.events.iter().filter_map(of_one).collect())
    }

    fn version(&mut self, stream: &str) -> Result<u64, StoreError> {
        let last = self.events.iter().rev().find(|(event, _)| event.stream == stream);
        Ok(last.map_or(0, |(event, _)| event.version))
    }

    fn text(&mut self, id: &str) -> Result<Option<Entry>, StoreError> {
        Ok(self.texts.get(id).cloned())
    }

    fn insert(&mut self, events: &[(Recorded, Option<CommandId>)], texts: &[Entry]) -> Result<(), StoreError> {
        self.events.extend_from_slice(events);
        self.texts.extend(texts.iter().map(|entry| (entry.id.clone(), entry.clone())));
        Ok(())
    }

    fn erase(&mut self, id: &str, erased: &Erased) -> Result<(), StoreError> {
        self.texts.entry(id.to_owned()).and_modify(|entry| entry.text = Text::Erased(erased.clone()));
        Ok(())
    }
}
