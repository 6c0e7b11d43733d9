use super::*;
use crate::event::NewEvent;
use crate::store::{AppendError, Appended};
use jiff::Timestamp;
use serde_json::json;

fn ledger() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::file(&folder.path().join("ledger.db")).unwrap();
    (folder, ledger)
}

fn append(ledger: &Ledger, expected: Option<u64>, text: &str) -> Result<Appended, AppendError> {
    let command = format!("command-{}", expected.unwrap_or(0)).parse().unwrap();
    let event = NewEvent { stream: "finding/1".into(), kind: "noted".into(), body: json!({"text": text}) };
    ledger.append(expected, &command, "account/7", Timestamp::UNIX_EPOCH, &[event])
}

fn script(ledger: &Ledger, sql: &'static str) {
    ledger.with(async |connection| connection.script(sql).await).unwrap();
}

fn number(ledger: &Ledger, sql: &'static str) -> i64 {
    ledger.with(async |connection| connection.number(sql).await).unwrap()
}

#[test]
fn sqlite_writes_ahead_and_waits_for_the_disk() {
    let (_folder, ledger) = ledger();
    assert_eq!(number(&ledger, "PRAGMA synchronous"), 2, "FULL");
    assert_eq!(number(&ledger, "PRAGMA busy_timeout"), 10_000);
    assert_eq!(number(&ledger, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
}

#[test]
fn a_full_disk_is_told_and_half_writes_nothing() {
    let (_folder, ledger) = ledger();
    append(&ledger, None, "before").unwrap();
    // What SQLite does at the end of its pages is what it does at the end of the disk.
    script(&ledger, "PRAGMA max_page_count = 1");
    let refused = append(&ledger, Some(1), &"x".repeat(100_000)).unwrap_err();
    assert!(matches!(refused, AppendError::Store(StoreError::Full { .. })), "{refused:?}");
    assert_eq!(ledger.read(0, 10).unwrap().len(), 1);
    append(&ledger, Some(1), "room again: the next call opens another connection").unwrap();
    crate::verify_store(&ledger, None).unwrap();
}

#[test]
fn a_store_that_cannot_be_written_is_told() {
    let (_folder, ledger) = ledger();
    script(&ledger, "PRAGMA query_only = 1");
    let refused = append(&ledger, None, "x").unwrap_err();
    assert!(matches!(refused, AppendError::Store(StoreError::ReadOnly { .. })), "{refused:?}");
}

#[test]
fn a_ledger_of_a_newer_program_is_left_alone() {
    let (folder, ledger) = ledger();
    script(&ledger, "INSERT INTO ledger_steps (step) VALUES (99)");
    let refused = Ledger::file(&folder.path().join("ledger.db")).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 99, known: 2, .. }), "{refused:?}");
}

#[test]
fn a_file_that_is_no_ledger_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    std::fs::write(&path, "not a database, though long enough to be looked at ".repeat(100)).unwrap();
    let refused = Ledger::file(&path).unwrap_err();
    assert!(matches!(refused, StoreError::Damaged { .. }), "{refused:?}");
    let refused = Ledger::file(&folder.path().join("none/ledger.db")).unwrap_err();
    assert!(matches!(refused, StoreError::NoFolder { .. }), "{refused:?}");
    let refused = Ledger::file(folder.path()).unwrap_err();
    assert!(matches!(refused, StoreError::Unopened { .. }), "{refused:?}");
}

#[test]
fn a_lock_held_by_another_process_is_told() {
    let (folder, ledger) = ledger();
    let other = Ledger::file(&folder.path().join("ledger.db")).unwrap();
    script(&ledger, "BEGIN IMMEDIATE");
    script(&other, "PRAGMA busy_timeout = 50");
    let refused = append(&other, None, "x").unwrap_err();
    assert!(matches!(refused, AppendError::Store(StoreError::Busy { .. })), "{refused:?}");
}

#[test]
fn a_password_is_never_printed() {
    let address = Address::server("postgres://clerk:secret@127.0.0.1:1/peelian").unwrap();
    assert_eq!(format!("{address} {address:?}"), "127.0.0.1:1/peelian 127.0.0.1:1/peelian");
    let refused = Ledger::open("postgres://clerk:secret@127.0.0.1:1/peelian").unwrap_err();
    assert!(matches!(refused, StoreError::Unopened { .. }), "{refused:?}");
    assert!(!format!("{refused} {refused:?}").contains("secret"));
}

#[derive(Default)]
struct Count(u64);

impl crate::Fold for Count {
    fn apply(&mut self, _: &Recorded) {
        self.0 += 1;
    }
}

type Decided = Result<Vec<NewEvent>, String>;

#[test]
fn a_session_forgets_what_could_not_be_committed() {
    let (_folder, ledger) = ledger();
    append(&ledger, None, "before").unwrap();
    let ledger = std::sync::Arc::new(ledger);
    let session = crate::Session::open(ledger.clone(), crate::Upcasters::default(), Count::default).unwrap();
    let event = |text: String| NewEvent { stream: "a".into(), kind: "noted".into(), body: json!({"text": text}) };
    let at = Timestamp::UNIX_EPOCH;
    let large = event("x".repeat(100_000));
    script(&ledger, "PRAGMA max_page_count = 1");
    let refused = session.submit(&"c1".parse().unwrap(), "a", at, move |_| Decided::Ok(vec![large]));
    let Err(crate::SubmitError::Store(error)) = refused else { panic!("{refused:?}") };
    assert!(matches!(*error, StoreError::Full { .. }), "{error:?}");
    assert_eq!(session.see(|state, _| state.0).unwrap(), 1, "the event that was not recorded is not in the state");
    let small = event("room again".into());
    session.submit(&"c1".parse().unwrap(), "a", at, move |_| Decided::Ok(vec![small])).unwrap();
    assert_eq!(session.see(|state, _| state.0).unwrap(), 2);
    crate::verify_store(&*ledger, None).unwrap();
}

#[test]
fn a_session_stops_when_what_it_has_read_is_gone() {
    let (_folder, ledger) = ledger();
    append(&ledger, None, "one").unwrap();
    append(&ledger, Some(1), "two").unwrap();
    let ledger = std::sync::Arc::new(ledger);
    let session = crate::Session::open(ledger.clone(), crate::Upcasters::default(), Count::default).unwrap();
    script(&ledger, "DELETE FROM events WHERE seq = 2");
    let refused = session.submit(&"c1".parse().unwrap(), "a", Timestamp::UNIX_EPOCH, |_| Decided::Ok(vec![]));
    let Err(crate::SubmitError::Store(error)) = refused else { panic!("{refused:?}") };
    assert!(matches!(*error, StoreError::Rewritten { seq: 2 }), "{error:?}");
}

/// What somebody with the file and SQLite at hand can do to the row of event 2, and what is said of it.
#[test]
fn a_row_changed_by_hand_is_the_break_that_is_named() {
    for change in [
        "UPDATE events SET body = replace(body, 'two', 'new') WHERE seq = 2",
        "UPDATE events SET body = 'no JSON' WHERE seq = 2",
        "UPDATE events SET body = x'ff' WHERE seq = 2",
        "UPDATE events SET version = 'x' WHERE seq = 2",
        "UPDATE events SET at = 'yesterday' WHERE seq = 2",
        "UPDATE events SET actor = 'account/8' WHERE seq = 2",
        "UPDATE events SET stream = 'finding/2' WHERE seq = 2",
        "UPDATE events SET hash = prev WHERE seq = 2",
        "UPDATE events SET prev = hash WHERE seq = 2",
        "DELETE FROM events WHERE seq = 2",
        "UPDATE events SET seq = 9 WHERE seq = 2",
    ] {
        let (_folder, ledger) = ledger();
        append(&ledger, None, "one").unwrap();
        append(&ledger, Some(1), "two").unwrap();
        append(&ledger, Some(2), "three").unwrap();
        script(&ledger, change);
        match crate::verify_store(&ledger, None) {
            Err(crate::VerifyError::Break(found)) => assert_eq!(found.seq, 2, "{change}: {found}"),
            other => panic!("{change}: {other:?}"),
        }
    }
}

/// What somebody with the file and SQLite at hand can do to the vault.
#[test]
fn a_text_changed_by_hand_is_the_break_that_is_named() {
    for (change, seq) in [
        ("UPDATE vault SET words = '\"new\"' WHERE seq = 2", 2),
        ("UPDATE vault SET words = 'no JSON' WHERE seq = 2", 2),
        // The salt is random: its first digit becomes another, whichever it was.
        ("UPDATE vault SET salt = iif(salt LIKE 'a%', 'b', 'a') || substr(salt, 2) WHERE seq = 2", 2),
        ("UPDATE vault SET digest = id WHERE seq = 2", 2),
        ("UPDATE vault SET marking = 'official' WHERE seq = 2", 2),
        ("UPDATE vault SET marking = 'secret' WHERE seq = 2", 2),
        ("UPDATE vault SET at = '2026-11-22T10:00:00Z' WHERE seq = 2", 2),
        ("DELETE FROM vault WHERE seq = 2", 2),
        ("UPDATE vault SET seq = 9 WHERE seq = 2", 2),
        ("UPDATE vault SET seq = 1 WHERE seq = 2", 1),
        (
            "UPDATE vault SET salt = NULL, words = NULL, erased_at = at, erased_by = 'a', erased_rule = 'r' WHERE seq = 2",
            2,
        ),
        ("UPDATE vault SET salt = '00', words = '\"x\"', erased_at = NULL WHERE seq = 1", 1),
        ("UPDATE vault SET erased_rule = 'another' WHERE seq = 1", 4),
        ("DELETE FROM events WHERE seq = 4", 1),
        ("INSERT INTO vault (id, seq, at, digest, marking) SELECT 'new', 3, at, digest, marking FROM vault LIMIT 1", 3),
    ] {
        let (_folder, ledger) = ledger();
        let text = |words: &str| json!({"text": words, "marking": "official-sensitive"});
        let events = ["one", "two", "three"].map(|words| NewEvent {
            stream: "a".into(),
            kind: "noted".into(),
            body: text(words),
        });
        let recorded = ledger.append(None, &"c1".parse().unwrap(), "a", Timestamp::UNIX_EPOCH, &events).unwrap();
        let entry = recorded.events[0].body["vault"].as_str().unwrap();
        let erasure = crate::erasure(entry, "r");
        ledger.append(Some(3), &"c2".parse().unwrap(), "a", Timestamp::UNIX_EPOCH, &[erasure]).unwrap();
        crate::verify_store(&ledger, None).unwrap();
        script(&ledger, change);
        match crate::verify_store(&ledger, None) {
            Err(crate::VerifyError::Break(found)) => assert_eq!(found.seq, seq, "{change}: {found}"),
            other => panic!("{change}: {other:?}"),
        }
    }
}

#[test]
fn erased_words_are_in_no_file_of_the_ledger() {
    let (folder, ledger) = ledger();
    let (secret, kept) = ("Plumbline ".repeat(3000), "Thornshire ".repeat(3000));
    let event = |words: &str| {
        let body = json!({"text": words, "marking": "official"});
        NewEvent { stream: "a".into(), kind: "noted".into(), body }
    };
    let events = [event(&secret), event(&kept)];
    let recorded = ledger.append(None, &"c1".parse().unwrap(), "a", Timestamp::UNIX_EPOCH, &events).unwrap();
    let holds = |words: &str| {
        let files = std::fs::read_dir(folder.path()).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
        files.filter(|bytes| bytes.windows(words.len()).any(|window| window == words.as_bytes())).count()
    };
    assert!(holds("Plumbline") > 0);
    let erasure = crate::erasure(recorded.events[0].body["vault"].as_str().unwrap(), "r");
    ledger.append(Some(2), &"c2".parse().unwrap(), "a", Timestamp::UNIX_EPOCH, &[erasure]).unwrap();
    assert_eq!((holds("Plumbline"), holds("Thornshire")), (0, 1));
}

/// A ledger of the first step, as the program of then left it, is brought up to date and goes on.
#[test]
fn a_ledger_of_an_older_program_is_brought_up_to_date() {
    let (folder, ledger) = ledger();
    append(&ledger, None, "before").unwrap();
    script(&ledger, "DROP TABLE vault; DELETE FROM ledger_steps WHERE step > 1");
    let ledger = Ledger::file(&folder.path().join("ledger.db")).unwrap();
    append(&ledger, Some(1), "after").unwrap();
    assert_eq!(crate::verify_store(&ledger, None).unwrap().head.unwrap().seq, 2);
}

#[test]
fn an_async_program_appends_within_spawn_blocking_and_drops_anywhere() {
    let (_folder, ledger) = ledger();
    let ledger = std::sync::Arc::new(ledger);
    Builder::new_current_thread().build().unwrap().block_on(async {
        let shared = std::sync::Arc::clone(&ledger);
        let appended = tokio::task::spawn_blocking(move || append(&shared, None, "x")).await.unwrap().unwrap();
        assert_eq!(appended.events[0].seq, 1);
        drop(ledger);
    });
}
