//! The simplest store, for tests: the oracle of the one that keeps.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::chain::{Chain, Head};
use crate::event::{CommandId, NewEvent, Recorded, recordable, seal};
use crate::store::{AppendError, Appended, FillError, Store, StoreError, compare};

/// A store that ends with the program. For tests.
#[derive(Debug, Default)]
pub struct Memory {
    rows: Mutex<Vec<(Recorded, Option<CommandId>)>>,
}

impl Memory {
    fn rows(&self) -> MutexGuard<'_, Vec<(Recorded, Option<CommandId>)>> {
        self.rows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn end(rows: &[(Recorded, Option<CommandId>)]) -> Option<Head> {
    rows.last().map(|(event, _)| Head { seq: event.seq, hash: event.hash.clone() })
}

impl Store for Memory {
    fn head(&self) -> Result<Option<Head>, StoreError> {
        Ok(end(&self.rows()))
    }

    fn append(
        &self,
        expected: Option<u64>,
        command: &CommandId,
        actor: &str,
        at: Timestamp,
        events: &[NewEvent],
    ) -> Result<Appended, AppendError> {
        recordable(actor, events)?;
        let mut rows = self.rows();
        let before = rows.iter().filter(|(_, id)| id.as_ref() == Some(command)).map(|(event, _)| event.clone());
        let before: Vec<_> = before.collect();
        if !before.is_empty() {
            return Ok(Appended { events: before, first_time: false });
        }
        let head = end(&rows);
        compare(expected, head.as_ref())?;
        let mut versions = HashMap::new();
        rows.iter().for_each(|(event, _)| *versions.entry(event.stream.clone()).or_default() = event.version);
        let events = seal(head, &mut versions, actor, at, events);
        rows.extend(events.iter().map(|event| (event.clone(), Some(command.clone()))));
        Ok(Appended { events, first_time: true })
    }

    fn read(&self, after: u64, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(self.rows().iter().map(|(event, _)| event).filter(|event| event.seq > after).take(limit).cloned().collect())
    }

    fn fill(&self, chain: &Chain) -> Result<(), FillError> {
        let mut rows = self.rows();
        if let Some(head) = end(&rows) {
            return Err(FillError::NotEmpty { head });
        }
        rows.extend(chain.events().iter().map(|event| (event.clone(), None)));
        Ok(())
    }
}
