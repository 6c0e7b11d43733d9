//! What every store does, whatever it is made of. Each check is given an empty one.

use jiff::Timestamp;
use ledger::{AppendError, FillError, Head, ImportError, Memory, NewEvent, Store, Unrecordable};
use serde_json::json;

use crate::{all, append, chain, exported, fresh, id, noted, verified};
use crate::{backup, texts};

pub type Check = fn(&dyn Store);

/// Every check with its name.
pub const CHECKS: [(&str, Check); 17] = [
    ("an empty store", an_empty_store_has_no_head_and_no_events),
    ("numbers", numbers_have_no_gaps),
    ("head moved", who_has_not_seen_the_head_decides_again),
    ("end missing", who_has_seen_more_than_there_is_is_told),
    ("repeat", a_repeated_command_changes_nothing),
    ("unrecordable", what_cannot_be_recorded_leaves_no_trace),
    ("pages", reading_goes_on_where_it_stopped),
    ("moving", an_export_moves_into_an_empty_store_alone),
    ("refused import", an_import_that_does_not_verify_leaves_no_trace),
    ("texts", texts::words_are_kept_beside_the_log),
    ("erasure", texts::what_is_erased_is_gone_and_the_chain_holds),
    ("refused erasure", texts::what_cannot_be_erased_is_told),
    ("quoted text", texts::a_later_event_can_lead_to_a_text_that_is_there_and_to_no_other),
    ("retention", texts::texts_are_due_by_rules_given_as_data),
    ("moving texts", texts::an_export_moves_with_its_texts_or_without),
    ("restore", backup::a_backup_is_restored_whole),
    ("restore at a moment", backup::a_backup_is_restored_at_a_moment),
];

fn an_empty_store_has_no_head_and_no_events(store: &dyn Store) {
    assert_eq!(store.head().unwrap(), None);
    assert_eq!(store.read(0, 10).unwrap(), []);
    assert_eq!(exported(store), "");
    assert_eq!(verified(store), None);
    let nothing = append(store, None, "nothing", &[]).unwrap();
    assert!(nothing.first_time && nothing.events.is_empty());
    assert_eq!(store.head().unwrap(), None);
}

fn numbers_have_no_gaps(store: &dyn Store) {
    append(store, None, "c1", &[noted("a", "1"), noted("b", "2"), noted("a", "3")]).unwrap();
    let second = append(store, Some(3), "c2", &[noted("b", "4"), noted("a", "5")]).unwrap();
    let numbers = |store| -> Vec<(u64, u64)> { all(store).iter().map(|event| (event.seq, event.version)).collect() };
    assert_eq!(numbers(store), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)]);
    assert_eq!(second.events, store.read(3, 10).unwrap(), "what is returned is what is kept");
    assert_eq!(all(store)[0].prev, "0".repeat(64));
    verified(store);
}

fn who_has_not_seen_the_head_decides_again(store: &dyn Store) {
    append(store, None, "c1", &[noted("a", "1")]).unwrap();
    let now = store.head().unwrap();
    for seen in [None, Some(0)] {
        match append(store, seen, "c2", &[noted("b", "2")]) {
            Err(AppendError::HeadMoved { head }) => assert_eq!(head, now),
            other => panic!("{other:?}"),
        }
    }
    append(store, Some(1), "c2", &[noted("b", "2")]).expect("a refused command left no trace, not even its id");
    verified(store);
}

fn who_has_seen_more_than_there_is_is_told(store: &dyn Store) {
    append(store, None, "c1", &[noted("a", "1")]).unwrap();
    let refused = append(store, Some(2), "c2", &[noted("a", "2")]).unwrap_err();
    assert!(matches!(refused, AppendError::EndIsMissing { expected: 2, .. }), "{refused:?}");
    assert_eq!(all(store).len(), 1);
}

fn a_repeated_command_changes_nothing(store: &dyn Store) {
    let events = [noted("a", "1"), noted("b", "2")];
    let first = append(store, None, "c1", &events).unwrap();
    append(store, Some(2), "c2", &[noted("a", "3")]).unwrap();
    let before = exported(store);
    for seen in [None, Some(2), Some(3), Some(99)] {
        let again = append(store, seen, "c1", &events).unwrap();
        assert_eq!(again.events, first.events);
        assert!(!again.first_time && first.first_time);
    }
    assert_eq!(append(store, Some(3), "c1", &[noted("z", "other")]).unwrap().events, first.events);
    assert_eq!(exported(store), before);
}

fn what_cannot_be_recorded_leaves_no_trace(store: &dyn Store) {
    let rate = NewEvent { stream: "a".into(), kind: "noted".into(), body: json!({"rate": 0.1}) };
    match append(store, None, "c1", &[noted("a", "1"), rate]) {
        Err(AppendError::Unrecordable(Unrecordable::Number { found })) => assert_eq!(found, "0.1"),
        other => panic!("{other:?}"),
    }
    let nobody = store.append(None, &id("c1"), "", Timestamp::UNIX_EPOCH, &[noted("a", "1")]);
    assert!(matches!(nobody, Err(AppendError::Unrecordable(Unrecordable::Empty { field: "actor" }))), "{nobody:?}");
    assert_eq!(store.head().unwrap(), None);
}

fn reading_goes_on_where_it_stopped(store: &dyn Store) {
    let events: Vec<_> = (0..20).map(|n| noted("a", &n.to_string())).collect();
    append(store, None, "c1", &events).unwrap();
    let read = |after, limit| -> Vec<u64> { store.read(after, limit).unwrap().iter().map(|event| event.seq).collect() };
    assert_eq!(read(0, 3), [1, 2, 3]);
    assert_eq!(read(18, 3), [19, 20]);
    assert!(read(20, 3).is_empty() && read(u64::MAX, 3).is_empty() && read(0, 0).is_empty());
    assert_eq!(all(store).len(), 20);
}

fn an_export_moves_into_an_empty_store_alone(store: &dyn Store) {
    let source = Memory::default();
    let body = json!({"z": "\u{0}\u{2028}\r\nÉ🚔", "a": [1, {"y": null, "b": -3}]});
    let event = NewEvent { stream: "a".into(), kind: "noted".into(), body };
    append(&source, None, "c1", &[event.clone(), noted("b", "2")]).unwrap();
    let lines = exported(&source);
    assert!(
        lines.starts_with(
            r#"{"seq":1,"stream":"a","version":1,"at":"1970-01-01T00:00:00Z","actor":"account/7","type":"#
        )
    );

    let head = ledger::import(store, lines.as_bytes(), source.head().unwrap().as_ref()).unwrap();
    assert_eq!(head, store.head().unwrap());
    assert_eq!(exported(store), lines);
    let again = ledger::import(store, lines.as_bytes(), None).unwrap_err();
    assert!(matches!(again, ImportError::Fill(FillError::NotEmpty { head: Head { seq: 2, .. } })), "{again:?}");
    assert_eq!(exported(store), lines);
    assert!(matches!(store.fill(&chain(&source)), Err(FillError::NotEmpty { .. })));

    append(store, Some(2), "c2", &[event]).unwrap();
    verified(store);
}

fn an_import_that_does_not_verify_leaves_no_trace(store: &dyn Store) {
    let source = Memory::default();
    append(&source, None, "c1", &[noted("a", "one"), noted("a", "two"), noted("a", "three")]).unwrap();
    let (lines, head) = (exported(&source), source.head().unwrap());
    let cut = lines.split_inclusive('\n').take(2).collect::<String>();
    for (wrong, says) in [
        (lines.replace("two", "new"), "event 2: its content was changed"),
        (lines.replacen(r#""seq":2"#, r#""seq":3"#, 1), "event 2: event 3 stands in its place"),
        (lines.split_inclusive('\n').skip(1).collect(), "event 1: event 2 stands in its place"),
        (cut, "event 3: it is missing"),
        (lines[..lines.len() - 20].into(), "line 3 is not an event"),
        (lines.replacen(r#""seq":2"#, r#""note":"x","seq":2"#, 1), "line 2 is not an event"),
        (lines.replacen('\n', "\n\n", 1), "line 2 is not an event"),
        (lines.replacen(r#""text":"two""#, r#""text":2.5"#, 1), "line 2: the body holds the number 2.5"),
    ] {
        let refused = ledger::import(store, wrong.as_bytes(), head.as_ref()).unwrap_err();
        assert!(refused.to_string().starts_with(says), "{refused}");
        assert_eq!(store.head().unwrap(), None);
    }
}

#[test]
fn the_store_in_memory_does_what_every_store_does() {
    for (_, check) in CHECKS {
        check(&Memory::default());
    }
}

#[test]
fn the_store_on_sqlite_does_what_every_store_does() {
    for (_, check) in CHECKS {
        check(&fresh().1);
    }
}

#[test]
fn a_ledger_is_the_same_after_it_was_closed() {
    let (folder, ledger) = fresh();
    append(&ledger, None, "c1", &[noted("a", "1")]).unwrap();
    let before = exported(&ledger);
    drop(ledger);
    let path = folder.path().join("ledger.db");
    let again = ledger::Ledger::open(path.to_str().unwrap()).unwrap();
    assert_eq!(exported(&again), before);
    assert!(!append(&again, Some(1), "c1", &[noted("a", "1")]).unwrap().first_time);
}
