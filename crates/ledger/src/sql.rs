//! The store that keeps: SQLite or PostgreSQL, with one schema and one set of statements.
//!
//! An append takes the database's lock for writers, looks whether the command was recorded before, compares the head,
//! seals and inserts, and commits. After any error the connection is thrown away, which rolls back; the next call opens
//! another.

mod connection;
mod schema;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use tokio::runtime::{Builder, Handle, Runtime};

use crate::chain::{Chain, Head};
use crate::event::{CommandId, NewEvent, Recorded, recordable, seal};
use crate::store::{AppendError, Appended, FillError, Store, StoreError, compare};
use connection::{Address, Bound, Connection, Trouble};

/// A ledger on disk or on a server. Several processes can have the same one open; within one process calls wait for
/// each other.
#[derive(Debug)]
pub struct Ledger {
    address: Address,
    /// `None` after an error, until the next call opens another.
    connection: Mutex<Option<Connection>>,
    /// Drives the connection; `None` only while the ledger is dropped.
    runtime: Option<Runtime>,
}

impl Ledger {
    /// Opens the file, such as `ledger.db`, and makes it if it is not there. Its folder must be there and writable.
    pub fn file(path: &Path) -> Result<Self, StoreError> {
        Self::at(Address::file(path)?)
    }

    /// Opens a PostgreSQL database by URL (`postgres://user@host:5432/peelian`), and makes the tables if they are not
    /// there.
    pub fn server(url: &str) -> Result<Self, StoreError> {
        Self::at(Address::server(url)?)
    }

    /// [`Ledger::server`] for what begins with `postgres://` or `postgresql://`, otherwise [`Ledger::file`].
    pub fn open(address: &str) -> Result<Self, StoreError> {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Self::server(address)
        } else {
            Self::file(Path::new(address))
        }
    }

    fn at(address: Address) -> Result<Self, StoreError> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime =
            runtime.map_err(|cause| StoreError::Failed { place: address.to_string(), cause: Box::new(cause) })?;
        let ledger = Self { address, connection: Mutex::new(None), runtime: Some(runtime) };
        ledger.with(async |_| Ok(()))?;
        Ok(ledger)
    }

    /// Does some work on the connection, which is opened when there is none and thrown away when the work fails.
    fn with<T>(&self, work: impl AsyncFnOnce(&mut Connection) -> Result<T, Trouble>) -> Result<T, StoreError> {
        let mut slot = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = slot.take();
        let runtime = self.runtime.as_ref().expect("it is taken only when the ledger is dropped");
        let done = runtime.block_on(async {
            let mut connection = match taken {
                Some(connection) => connection,
                None => self.address.connect().await?,
            };
            let done = work(&mut connection).await;
            done.map(|value| (value, connection))
        });
        let (value, connection) = done.map_err(|trouble| self.address.told(trouble))?;
        *slot = Some(connection);
        Ok(value)
    }
}

impl Drop for Ledger {
    /// Closes the connection in good order, unless a runtime of the caller stands around: then it is cut, which loses
    /// nothing that was acknowledged.
    fn drop(&mut self) {
        let connection = self.connection.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        let Some(runtime) = self.runtime.take() else { return };
        if let (Some(connection), Err(_)) = (connection, Handle::try_current()) {
            runtime.block_on(connection.close());
        }
        runtime.shutdown_background();
    }
}

const LAST: &str = "SELECT seq, stream, version, at, actor, type, body, prev, hash FROM events \
    ORDER BY seq DESC LIMIT 1";
const AFTER: &str = "SELECT seq, stream, version, at, actor, type, body, prev, hash FROM events \
    WHERE seq > $1 ORDER BY seq LIMIT $2";
const OF_COMMAND: &str = "SELECT seq, stream, version, at, actor, type, body, prev, hash FROM events \
    WHERE command = $1 ORDER BY seq";
const LAST_OF_STREAM: &str = "SELECT seq, stream, version, at, actor, type, body, prev, hash FROM events \
    WHERE stream = $1 ORDER BY version DESC LIMIT 1";
const INSERT: &str = "INSERT INTO events (seq, stream, version, at, actor, type, body, prev, hash, command) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const INSERT_OF_NO_COMMAND: &str = "INSERT INTO events (seq, stream, version, at, actor, type, body, prev, hash) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

impl Store for Ledger {
    fn head(&self) -> Result<Option<Head>, StoreError> {
        self.with(async |connection| head(connection).await)
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
        self.with(async |connection| {
            connection.begin().await?;
            let before = connection.all(OF_COMMAND, vec![command.as_str().into()]).await?;
            if !before.is_empty() {
                connection.execute("ROLLBACK", vec![]).await?;
                return Ok(Ok(Appended { events: before, first_time: false }));
            }
            let head = head(connection).await?;
            if let Err(refusal) = compare(expected, head.as_ref()) {
                connection.execute("ROLLBACK", vec![]).await?;
                return Ok(Err(refusal));
            }
            let mut versions = versions(connection, events).await?;
            let events = seal(head, &mut versions, actor, at, events);
            for event in &events {
                let mut row = row(event)?;
                row.push(command.as_str().into());
                connection.execute(INSERT, row).await?;
            }
            connection.execute("COMMIT", vec![]).await?;
            Ok(Ok(Appended { events, first_time: true }))
        })?
    }

    fn read(&self, after: u64, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        let Ok(after) = i64::try_from(after) else { return Ok(vec![]) };
        self.with(async |connection| connection.readable(AFTER, vec![after.into(), i64::from(limit).into()]).await)
    }

    fn fill(&self, chain: &Chain) -> Result<(), FillError> {
        self.with(async |connection| {
            connection.begin().await?;
            if let Some(head) = head(connection).await? {
                connection.execute("ROLLBACK", vec![]).await?;
                return Ok(Err(FillError::NotEmpty { head }));
            }
            for event in chain.events() {
                connection.execute(INSERT_OF_NO_COMMAND, row(event)?).await?;
            }
            connection.execute("COMMIT", vec![]).await?;
            Ok(Ok(()))
        })?
    }
}

async fn head(connection: &mut Connection) -> Result<Option<Head>, Trouble> {
    let last = connection.all(LAST, vec![]).await?.pop();
    Ok(last.map(|event| Head { seq: event.seq, hash: event.hash }))
}

/// How far each stream of `events` has come.
async fn versions(connection: &mut Connection, events: &[NewEvent]) -> Result<HashMap<String, u64>, Trouble> {
    let mut versions = HashMap::new();
    for NewEvent { stream, .. } in events {
        if !versions.contains_key(stream) {
            let last = connection.all(LAST_OF_STREAM, vec![stream.as_str().into()]).await?.pop();
            versions.insert(stream.clone(), last.map_or(0, |event| event.version));
        }
    }
    Ok(versions)
}

/// The columns of an event in the order of [`INSERT`], without the command.
fn row(event: &Recorded) -> Result<Vec<Bound>, Trouble> {
    let number = |value: u64| i64::try_from(value).map(Bound::Number).map_err(|_| Trouble::Exhausted);
    Ok(vec![
        number(event.seq)?,
        event.stream.as_str().into(),
        number(event.version)?,
        event.at.to_string().into(),
        event.actor.as_str().into(),
        event.kind.as_str().into(),
        event.body.to_string().into(),
        event.prev.as_str().into(),
        event.hash.as_str().into(),
    ])
}

#[cfg(test)]
mod tests;
