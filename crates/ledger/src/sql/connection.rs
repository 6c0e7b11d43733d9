//! The two engines, where they differ: how to connect, how to begin, what their errors mean.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection as _, Database, Encode, Row as _, SqlSafeStr, Type};

use super::row::Read;
use super::schema;
use crate::store::StoreError;

/// How long to wait for others, as the message of [`StoreError::Busy`] says.
const PATIENCE: Duration = Duration::from_secs(10);

/// Any number will do that no other user of the same database has: "peel" in ASCII.
const BEGIN_AND_LOCK: &str =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock(1885693292)";

/// On every new connection: no endless wait for a lock, and no acknowledgment before the disk has it, even where the
/// server is set up so.
const SESSION: &str = "SELECT set_config('lock_timeout', '10s', false); \
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'";

/// Where a ledger is.
pub(super) enum Address {
    File(PathBuf),
    Server(Box<PgConnectOptions>),
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Server(options) => {
                let database = options.get_database().unwrap_or(options.get_username());
                write!(f, "{}:{}/{database}", options.get_host(), options.get_port())
            }
        }
    }
}

/// As displayed: the options hold a password.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Address {
    pub(super) fn file(path: &Path) -> Result<Self, StoreError> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if matches!(folder.try_exists(), Ok(false)) {
            return Err(StoreError::NoFolder { place: path.display().to_string() });
        }
        Ok(Self::File(path.to_owned()))
    }

    pub(super) fn server(url: &str) -> Result<Self, StoreError> {
        let options: PgConnectOptions =
            url.parse().map_err(|error| StoreError::BadAddress { cause: Box::new(error) })?;
        Ok(Self::Server(Box::new(options)))
    }

    /// Connects and brings the tables up to date; tries again while somebody else is doing the same.
    pub(super) async fn connect(&self) -> Result<Connection, Trouble> {
        let begun = Instant::now();
        loop {
            match self.connect_once().await {
                Err(Trouble::Database(error)) if busy(&error) && begun.elapsed() < PATIENCE => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                done => return done,
            }
        }
    }

    async fn connect_once(&self) -> Result<Connection, Trouble> {
        let mut connection = match self {
            Self::File(path) => {
                let options = SqliteConnectOptions::new()
                    .filename(path)
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    // What is erased is overwritten, not only let go.
                    .pragma("secure_delete", "ON")
                    // A page of events passes from the engine's thread to ours with few changes between them.
                    .row_buffer_size(1024)
                    .busy_timeout(PATIENCE);
                Connection::Sqlite(options.disable_statement_logging().connect().await?)
            }
            Self::Server(options) => {
                let options = options.as_ref().clone().disable_statement_logging();
                let connected = tokio::time::timeout(PATIENCE, options.connect()).await;
                Connection::Postgres(connected.map_err(|_| Trouble::NoAnswer)??)
            }
        };
        if let Connection::Postgres(_) = connection {
            connection.script(SESSION).await?;
        }
        schema::bring_up(&mut connection).await?;
        Ok(connection)
    }

    /// What to tell the caller.
    pub(super) fn told(&self, trouble: Trouble) -> StoreError {
        let place = self.to_string();
        let error = match trouble {
            Trouble::Unreadable { seq, problem } => return StoreError::Unreadable { place, seq, problem },
            Trouble::Newer { found, known } => return StoreError::Newer { place, found, known },
            Trouble::NoAnswer => return StoreError::Unopened { place, cause: "no answer in ten seconds".into() },
            Trouble::Database(error) => error,
        };
        let meaning = match (meaning(&error), self) {
            // SQLite does not tell a folder in which nothing can be made from a file that is not there.
            (Meaning::Unopened, Self::File(path)) if !path.is_dir() => Meaning::ReadOnly,
            (meaning, _) => meaning,
        };
        let cause = Box::new(error);
        match meaning {
            Meaning::ReadOnly => StoreError::ReadOnly { place, cause },
            Meaning::Full => StoreError::Full { place, cause },
            Meaning::Busy => StoreError::Busy { place, cause },
            Meaning::Unopened => StoreError::Unopened { place, cause },
            Meaning::Damaged => StoreError::Damaged { place, cause },
            Meaning::Other => StoreError::Failed { place, cause },
        }
    }
}

/// What can go wrong below the store.
#[derive(Debug)]
pub(super) enum Trouble {
    Database(sqlx::Error),
    Unreadable { seq: i64, problem: String },
    Newer { found: i64, known: i64 },
    NoAnswer,
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    ReadOnly,
    Full,
    Busy,
    Unopened,
    Damaged,
    Other,
}

/// By the codes of SQLite (a number; its lowest byte is the kind) and PostgreSQL (five characters).
fn meaning(error: &sqlx::Error) -> Meaning {
    let error = match error {
        sqlx::Error::Database(error) => error,
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) => return Meaning::Unopened,
        _ => return Meaning::Other,
    };
    let code = error.code().unwrap_or_default();
    if error.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
        return match code.parse().unwrap_or(0) & 0xff {
            5 | 6 => Meaning::Busy,
            8 => Meaning::ReadOnly,
            11 | 26 => Meaning::Damaged,
            13 => Meaning::Full,
            3 | 14 => Meaning::Unopened,
            _ => Meaning::Other,
        };
    }
    match code.as_ref() {
        "25006" | "42501" => Meaning::ReadOnly,
        "53100" => Meaning::Full,
        "55P03" | "40001" | "40P01" => Meaning::Busy,
        "3D000" | "53300" => Meaning::Unopened,
        code if code.starts_with("28") || code.starts_with("57P") => Meaning::Unopened,
        _ => Meaning::Other,
    }
}

fn busy(error: &sqlx::Error) -> bool {
    meaning(error) == Meaning::Busy
}

/// A value for a placeholder.
pub(super) enum Bound {
    /// `None` is NULL.
    Text(Option<String>),
    Number(i64),
}

impl From<&str> for Bound {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.into()))
    }
}

impl From<String> for Bound {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<i64> for Bound {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Option<&str>> for Bound {
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(str::to_owned))
    }
}

/// A number beyond 2^63 − 1 is none that a row can have, and stands for the largest.
impl From<u64> for Bound {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// An open connection to either engine.
#[derive(Debug)]
pub(super) enum Connection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Connection {
    /// Begins a transaction that no other writer can overtake. On PostgreSQL at the level where each statement sees what
    /// was committed before it, or the head would be the one from before the wait for the lock.
    pub(super) async fn begin(&mut self) -> Result<(), Trouble> {
        match self {
            Self::Sqlite(_) => self.execute("BEGIN IMMEDIATE", vec![]).await,
            Self::Postgres(_) => self.script(BEGIN_AND_LOCK).await,
        }
    }

    /// Carries out one statement.
    pub(super) async fn execute(&mut self, sql: impl SqlSafeStr, values: Vec<Bound>) -> Result<(), Trouble> {
        match self {
            Self::Sqlite(connection) => bound(sqlx::query(sql), values).execute(connection).await.map(drop)?,
            Self::Postgres(connection) => bound(sqlx::query(sql), values).execute(connection).await.map(drop)?,
        }
        Ok(())
    }

    /// Carries out several statements without values.
    pub(super) async fn script(&mut self, sql: &'static str) -> Result<(), Trouble> {
        match self {
            Self::Sqlite(connection) => sqlx::raw_sql(sql).execute(connection).await.map(drop)?,
            Self::Postgres(connection) => sqlx::raw_sql(sql).execute(connection).await.map(drop)?,
        }
        Ok(())
    }

    /// The one number that a statement gives.
    pub(super) async fn number(&mut self, sql: &'static str) -> Result<i64, Trouble> {
        Ok(match self {
            Self::Sqlite(connection) => sqlx::query(sql).fetch_one(connection).await?.try_get(0)?,
            Self::Postgres(connection) => sqlx::query(sql).fetch_one(connection).await?.try_get(0)?,
        })
    }

    /// What a statement gives; fails if a row cannot be read.
    pub(super) async fn all<T: Read>(&mut self, sql: impl SqlSafeStr, values: Vec<Bound>) -> Result<Vec<T>, Trouble> {
        self.rows(sql, values).await?.into_iter().collect()
    }

    /// What a statement gives up to the first row that cannot be read; fails if that is the first.
    pub(super) async fn readable<T: Read>(&mut self, sql: &'static str, values: Vec<Bound>) -> Result<Vec<T>, Trouble> {
        let mut read = Vec::new();
        for row in self.rows(sql, values).await? {
            match row {
                Ok(value) => read.push(value),
                Err(trouble) if read.is_empty() => return Err(trouble),
                Err(_) => break,
            }
        }
        Ok(read)
    }

    async fn rows<T: Read>(
        &mut self,
        sql: impl SqlSafeStr,
        values: Vec<Bound>,
    ) -> Result<Vec<Result<T, Trouble>>, Trouble> {
        Ok(match self {
            Self::Sqlite(connection) => {
                bound(sqlx::query(sql), values).fetch_all(connection).await?.iter().map(|row| T::read(row)).collect()
            }
            Self::Postgres(connection) => {
                bound(sqlx::query(sql), values).fetch_all(connection).await?.iter().map(|row| T::read(row)).collect()
            }
        })
    }

    /// After words were erased: leaves as little of them as the engine can. SQLite empties the write-ahead file, unless a
    /// reader still needs it; PostgreSQL makes the space of the old row free to be written over.
    pub(super) async fn sweep(&mut self) -> Result<(), Trouble> {
        match self {
            Self::Sqlite(_) => self.script("PRAGMA wal_checkpoint(TRUNCATE)").await,
            Self::Postgres(_) => self.script("VACUUM vault").await,
        }
    }

    /// Closes in good order; a failure is of no consequence, for nothing is under way.
    pub(super) async fn close(self) {
        let _ = match self {
            Self::Sqlite(connection) => connection.close().await,
            Self::Postgres(connection) => connection.close().await,
        };
    }
}

fn bound<DB>(query: Query<'_, DB, DB::Arguments>, values: Vec<Bound>) -> Query<'_, DB, DB::Arguments>
where
    DB: Database,
    for<'v> Option<String>: Encode<'v, DB> + Type<DB>,
    for<'v> i64: Encode<'v, DB> + Type<DB>,
{
    values.into_iter().fold(query, |query, value| match value {
        Bound::Text(text) => query.bind(text),
        Bound::Number(number) => query.bind(number),
    })
}
