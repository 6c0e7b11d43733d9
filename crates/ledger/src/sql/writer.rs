//! The store while one writer holds it: a connection in a transaction that no other writer can overtake.

use sqlx::AssertSqlSafe;

use super::connection::{Bound, Connection, Trouble};
use super::{AFTER, Ledger, TEXT, head};
use crate::chain::Head;
use crate::event::{CommandId, Recorded};
use crate::store::StoreError;
use crate::vault::{Entry, Erased, Text};
use crate::write::{Ending, Held};

const LAST_OF_STREAM: &str = "SELECT seq, stream, version, at, actor, type, body, prev, hash FROM events \
    WHERE stream = $1 ORDER BY version DESC LIMIT 1";
const OF_COMMANDS: &str = "SELECT seq, stream, version, at, actor, type, body, prev, hash, command FROM events \
    WHERE command IN ";
const INSERT: &str = "INSERT INTO events (seq, stream, version, at, actor, type, body, prev, hash, command) VALUES ";
const INSERT_TEXT: &str = "INSERT INTO vault (id, seq, at, digest, marking, retention, salt, words, \
    erased_at, erased_by, erased_rule) VALUES ";
const ERASE: &str = "UPDATE vault SET salt = NULL, words = NULL, erased_at = $2, erased_by = $3, erased_rule = $4 \
    WHERE id = $1";

/// See the module.
pub(super) struct Writer<'l> {
    pub(super) ledger: &'l Ledger,
    pub(super) connection: Connection,
    /// Whether words were erased.
    pub(super) erased: bool,
}

impl Writer<'_> {
    pub(super) fn run<T>(
        &mut self,
        work: impl AsyncFnOnce(&mut Connection) -> Result<T, Trouble>,
    ) -> Result<T, StoreError> {
        self.ledger.wait(work(&mut self.connection))
    }

    pub(super) fn end(&mut self, ending: Ending) -> Result<(), StoreError> {
        let (statement, erased) = match ending {
            Ending::Commit => ("COMMIT", self.erased),
            Ending::Rollback => ("ROLLBACK", false),
        };
        self.run(async |connection| connection.execute(statement, vec![]).await)?;
        if erased {
            self.run(async |connection| connection.sweep().await)?;
        }
        Ok(())
    }

    /// Inserts rows with one statement for every 500.
    fn insert_rows(&mut self, insert: &str, rows: Vec<Vec<Bound>>) -> Result<(), StoreError> {
        const AT_ONCE: usize = 500;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<_> = rows.by_ref().take(AT_ONCE).collect();
            let (count, columns) = (chunk.len(), chunk.first().map_or(0, Vec::len));
            let places: Vec<_> = (0..count).map(|row| placeholders(row * columns + 1, columns)).collect();
            let sql = format!("{insert}{}", places.join(", "));
            let values = chunk.into_iter().flatten().collect();
            self.run(async |connection| connection.execute(AssertSqlSafe(sql), values).await)?;
        }
        Ok(())
    }
}

/// `($4, $5, $6)` for 4 and 3.
fn placeholders(first: usize, count: usize) -> String {
    let each: Vec<_> = (first..first + count).map(|number| format!("${number}")).collect();
    format!("({})", each.join(", "))
}

impl Held for Writer<'_> {
    fn head(&mut self) -> Result<Option<Head>, StoreError> {
        self.run(async |connection| head(connection).await)
    }

    fn read(&mut self, after: u64, limit: u32) -> Result<Vec<Recorded>, StoreError> {
        self.run(async |connection| connection.all(AFTER, vec![after.into(), i64::from(limit).into()]).await)
    }

    fn of_commands(&mut self, commands: &[&CommandId]) -> Result<Vec<(CommandId, Recorded)>, StoreError> {
        if commands.is_empty() {
            return Ok(vec![]);
        }
        // Ordered here: asked to do it, PostgreSQL walks through all events by `seq` as long as it has no statistics.
        let sql = format!("{OF_COMMANDS}{}", placeholders(1, commands.len()));
        let values = commands.iter().map(|command| command.as_str().into()).collect();
        let mut found: Vec<(CommandId, Recorded)> =
            self.run(async |connection| connection.all(AssertSqlSafe(sql), values).await)?;
        found.sort_by_key(|(_, event)| event.seq);
        Ok(found)
    }

    fn version(&mut self, stream: &str) -> Result<u64, StoreError> {
        let last: Option<Recorded> =
            self.run(async |connection| Ok(connection.all(LAST_OF_STREAM, vec![stream.into()]).await?.pop()))?;
        Ok(last.map_or(0, |event| event.version))
    }

    fn text(&mut self, id: &str) -> Result<Option<Entry>, StoreError> {
        self.run(async |connection| Ok(connection.all(TEXT, vec![id.into()]).await?.pop()))
    }

    fn insert(&mut self, events: &[(Recorded, Option<CommandId>)], texts: &[Entry]) -> Result<(), StoreError> {
        let events = events.iter().map(|(event, command)| row(event, command.as_ref())).collect();
        self.insert_rows(INSERT, events)?;
        self.insert_rows(INSERT_TEXT, texts.iter().map(row_of_text).collect())
    }

    fn erase(&mut self, id: &str, erased: &Erased) -> Result<(), StoreError> {
        self.erased = true;
        let values =
            vec![id.into(), erased.at.to_string().into(), erased.by.as_str().into(), erased.rule.as_str().into()];
        self.run(async |connection| connection.execute(ERASE, values).await)
    }
}

/// In the order of [`INSERT`].
fn row(event: &Recorded, command: Option<&CommandId>) -> Vec<Bound> {
    vec![
        event.seq.into(),
        event.stream.as_str().into(),
        event.version.into(),
        event.at.to_string().into(),
        event.actor.as_str().into(),
        event.kind.as_str().into(),
        event.body.to_string().into(),
        event.prev.as_str().into(),
        event.hash.as_str().into(),
        command.map(CommandId::as_str).into(),
    ]
}

/// In the order of [`INSERT_TEXT`].
fn row_of_text(entry: &Entry) -> Vec<Bound> {
    let (salt, words) = match &entry.text {
        Text::Kept { salt, words } => (Some(salt.clone()), Some(serde_json::Value::from(words.as_str()).to_string())),
        Text::Erased(_) | Text::Withheld => (None, None),
    };
    let (at, by, rule) = match &entry.text {
        Text::Erased(erased) => (Some(erased.at.to_string()), Some(erased.by.clone()), Some(erased.rule.clone())),
        Text::Kept { .. } | Text::Withheld => (None, None, None),
    };
    vec![
        entry.id.as_str().into(),
        entry.seq.into(),
        entry.at.to_string().into(),
        entry.digest.as_str().into(),
        entry.marking.as_str().into(),
        entry.retention.as_deref().into(),
        Bound::Text(salt),
        Bound::Text(words),
        Bound::Text(at),
        Bound::Text(by),
        Bound::Text(rule),
    ]
}
