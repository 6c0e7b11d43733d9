//! One suite for every store: what any of them must do, laws, a crowd of writers, and death in the midst of writing.

mod backup;
mod behaviour;
mod child;
mod crowd;
mod full;
mod golden;
mod kill;
mod laws;
mod postgres;
mod readonly;
mod session;
mod texts;

use jiff::Timestamp;
use ledger::{AppendError, Appended, Chain, CommandId, Head, Ledger, NewEvent, Recorded, Store};
use serde_json::json;

/// How much of something a test does: `usual`, or `long` under `make soak`.
fn soak(usual: u32, long: u32) -> u32 {
    if std::env::var_os("LEDGER_SOAK").is_some() { long } else { usual }
}

/// An event that says `text` about a finding.
fn noted(stream: &str, text: &str) -> NewEvent {
    NewEvent { stream: stream.into(), kind: "noted".into(), body: json!({"text": text}) }
}

fn id(text: &str) -> CommandId {
    text.parse().expect("an id of a command")
}

/// Appends as account 7 at a fixed time.
fn append(store: &dyn Store, seen: Option<u64>, command: &str, events: &[NewEvent]) -> Result<Appended, AppendError> {
    store.append(seen, &id(command), "account/7", Timestamp::UNIX_EPOCH, events)
}

/// Appends as a program does: whenever somebody else was first, decides again.
fn insist(store: &dyn Store, command: &str, events: &[NewEvent]) -> Appended {
    let mut seen = store.head().unwrap();
    loop {
        match append(store, seen.map(|head| head.seq), command, events) {
            Ok(appended) => return appended,
            Err(AppendError::HeadMoved { head }) => seen = head,
            Err(other) => panic!("{other:?}"),
        }
    }
}

/// All events, read in pages that never fit.
fn all(store: &dyn Store) -> Vec<Recorded> {
    let mut events: Vec<Recorded> = Vec::new();
    loop {
        let page = store.read(events.last().map_or(0, |event| event.seq), 7).unwrap();
        if page.is_empty() {
            return events;
        }
        events.extend(page);
    }
}

fn verified(store: &dyn Store) -> Option<Head> {
    let head = ledger::verify_store(store, None).unwrap().head;
    assert_eq!(store.head().unwrap(), head);
    assert_eq!(ledger::verify(all(store), head.as_ref()).unwrap(), head);
    head
}

fn exported(store: &dyn Store) -> String {
    let mut out = Vec::new();
    assert_eq!(ledger::export(store, &mut out).unwrap(), store.head().unwrap());
    String::from_utf8(out).unwrap()
}

fn chain(store: &dyn Store) -> Chain {
    Chain::new(all(store), None).unwrap()
}

/// An empty ledger in a folder of its own.
fn fresh() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::file(&folder.path().join("ledger.db")).unwrap();
    (folder, ledger)
}
