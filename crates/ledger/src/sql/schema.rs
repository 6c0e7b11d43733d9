//! The tables, as steps that are only ever added to. Each step is a text that both engines understand.

use super::connection::{Connection, Trouble};

/// Step n brings a ledger from n to n + 1; a step that was released is never edited.
const STEPS: [&str; 2] = [
    // 1: the events. `command` is the id under which a client sent the command; imported events have none.
    "CREATE TABLE events (
        seq BIGINT NOT NULL PRIMARY KEY CHECK (seq > 0),
        stream TEXT NOT NULL,
        version BIGINT NOT NULL CHECK (version > 0),
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        type TEXT NOT NULL,
        body TEXT NOT NULL,
        prev TEXT NOT NULL,
        hash TEXT NOT NULL,
        command TEXT,
        UNIQUE (stream, version)
    );
    CREATE INDEX events_of_command ON events (command);",
    // 2: the vault. `seq` is the event that brought a text in; `words` are a string of JSON, for a column of text holds
    // no NUL on PostgreSQL. Erased: no salt and words, but when, by whom and under which rule.
    "CREATE TABLE vault (
        id TEXT NOT NULL PRIMARY KEY,
        seq BIGINT NOT NULL CHECK (seq > 0),
        at TEXT NOT NULL,
        digest TEXT NOT NULL,
        marking TEXT NOT NULL,
        retention TEXT,
        salt TEXT,
        words TEXT,
        erased_at TEXT,
        erased_by TEXT,
        erased_rule TEXT,
        CHECK ((salt IS NULL) = (words IS NULL)),
        CHECK (erased_at IS NULL OR (words IS NULL AND erased_by IS NOT NULL AND erased_rule IS NOT NULL))
    );
    CREATE INDEX vault_of_event ON vault (seq);",
];

/// Makes what is missing, under the lock of writers.
pub(super) async fn bring_up(connection: &mut Connection) -> Result<(), Trouble> {
    connection.begin().await?;
    connection.script("CREATE TABLE IF NOT EXISTS ledger_steps (step BIGINT NOT NULL PRIMARY KEY)").await?;
    let found = connection.number("SELECT COALESCE(MAX(step), 0) FROM ledger_steps").await?;
    let known = i64::try_from(STEPS.len()).expect("steps are few");
    if found > known {
        return Err(Trouble::Newer { found, known });
    }
    for (step, script) in (1..).zip(STEPS).skip_while(|(step, _)| *step <= found) {
        connection.script(script).await?;
        connection.execute("INSERT INTO ledger_steps (step) VALUES ($1)", vec![step.into()]).await?;
    }
    connection.execute("COMMIT", vec![]).await
}
