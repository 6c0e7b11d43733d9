//! The store that keeps: SQLite or PostgreSQL, with one schema and one set of statements.
//!
//! An append takes the database's lock for writers, looks whether the command was recorded before, compares the head,
//! seals and inserts (all that is in `write.rs`), and commits. After any error the connection is thrown away, which rolls back; the next call opens
//! another.

mod connection;
mod row;
mod schema;
mod writer;

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tokio::runtime::{Builder, Handle, Runtime};

use crate::chain::Head;
use crate::event::{CommandId, Recorded};
use crate::store::{Store, StoreError};
use crate::vault::Entry;
use crate::write::{Ending, Held};
use connection::{Address, Connection, Trouble};
use writer::Writer;

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

    /// Drives some work of the database to its end.
    fn wait<T>(&self, work: impl Future<Output = Result<T, Trouble>>) -> Result<T, StoreError> {
        let runtime = self.runtime.as_ref().expect("it is taken only when the ledger is dropped");
        runtime.block_on(work).map_err(|trouble| self.address.told(trouble))
    }

    /// Does some work on the connection, which is opened when there is none and thrown away when the work fails.
    fn with<T>(&self, work: impl AsyncFnOnce(&mut Connection) -> Result<T, Trouble>) -> Result<T, StoreError> {
        let mut slot = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = slot.take();
        let (value, connection) = self.wait(async {
            let mut connection = match taken {
                Some(connection) => connection,
                None => self.address.connect().await?,
            };
            let done = work(&mut connection).await;
            done.map(|value| (value, connection))
        })?;
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
const TEXT: &str = "SELECT id, seq, at, digest, marking, retention, salt, words, erased_at, erased_by, erased_rule \
    FROM vault WHERE id = $1";
const TEXTS: &str = "SELECT id, seq, at, digest, marking, retention, salt, words, erased_at, erased_by, erased_rule \
    FROM vault WHERE seq > $1 AND seq <= $2 ORDER BY seq, id";
const COMMANDS: &str = "SELECT seq, command FROM events \
    WHERE seq > $1 AND seq <= $2 AND command IS NOT NULL ORDER BY seq";

impl Store for Ledger {
    fn head(&self) -> Result<Option<Head>, StoreError> {
        self.with(async |connection| head(connection).await)
    }

    fn read(&self, after: u64, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        self.with(async |connection| connection.readable(AFTER, vec![after.into(), i64::from(limit).into()]).await)
    }

    fn text(&self, id: &str) -> Result<Option<Entry>, StoreError> {
        self.with(async |connection| Ok(connection.all(TEXT, vec![id.into()]).await?.pop()))
    }

    fn texts(&self, after: u64, through: u64) -> Result<Vec<Entry>, StoreError> {
        self.with(async |connection| connection.all(TEXTS, vec![after.into(), through.into()]).await)
    }

    fn commands(&self, after: u64, through: u64) -> Result<Vec<(u64, CommandId)>, StoreError> {
        self.with(async |connection| connection.all(COMMANDS, vec![after.into(), through.into()]).await)
    }

    fn hold(&self, work: &mut dyn FnMut(&mut dyn Held) -> Result<Ending, StoreError>) -> Result<(), StoreError> {
        let mut slot = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        // Taken out: whatever goes wrong below, a panic in `work` too, drops the connection, which rolls back.
        let connection = match slot.take() {
            Some(connection) => connection,
            None => self.wait(self.address.connect())?,
        };
        let mut writer = Writer { ledger: self, connection, erased: false };
        writer.run(async |connection| connection.begin().await)?;
        let ending = work(&mut writer)?;
        writer.end(ending)?;
        *slot = Some(writer.connection);
        Ok(())
    }
}

async fn head(connection: &mut Connection) -> Result<Option<Head>, Trouble> {
    let last: Option<Recorded> = connection.all(LAST, vec![]).await?.pop();
    Ok(last.map(|event| Head { seq: event.seq, hash: event.hash }))
}

#[cfg(test)]
mod tests;
