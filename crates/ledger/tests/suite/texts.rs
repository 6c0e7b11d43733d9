//! Texts of the vault, on every store: kept, read, erased, due, moved.

use std::collections::BTreeMap;

use jiff::Timestamp;
use ledger::{
    AppendError, Fault, ImportError, Marking, Memory, NewEvent, Store, Text, Unrecordable, Verified, due, erasure,
    verify_store,
};
use serde_json::{Value, json};

use crate::{all, append, exported, id, verified};

/// An event whose body holds words, two objects deep.
pub fn said(words: &str) -> NewEvent {
    let text = json!({"text": words, "marking": "official-sensitive", "retention": "evidence"});
    NewEvent { stream: "evidence/1".into(), kind: "evidence-recorded".into(), body: json!({"items": [{"note": text}]}) }
}

/// The id under which the event numbered `seq` keeps its words.
pub fn kept_by(store: &dyn Store, seq: u64) -> String {
    let event = store.read(seq - 1, 1).unwrap().remove(0);
    event.body["items"][0]["note"]["vault"].as_str().unwrap().to_owned()
}

fn counts(store: &dyn Store) -> (u64, u64, u64) {
    let Verified { texts, erased, withheld, .. } = verify_store(store, None).unwrap();
    (texts, erased, withheld)
}

pub fn words_are_kept_beside_the_log(store: &dyn Store) {
    let words = "The witness, O\u{2019}Hara \u{1F694}, said \u{0} \"no\".\r\n";
    let first = append(store, None, "c1", &[said(words), said("second")]).unwrap();
    assert_eq!(first.events, all(store), "what is returned is what is kept");
    assert!(!exported(store).contains("witness"), "no words in the log");
    let entry = store.text(&kept_by(store, 1)).unwrap().unwrap();
    assert_eq!(entry.words(), Some(words));
    assert_eq!(
        (entry.seq, entry.marking, entry.retention.as_deref()),
        (1, Marking::OfficialSensitive, Some("evidence"))
    );
    let note = &first.events[0].body["items"][0]["note"];
    assert_eq!(*note, json!({"digest": entry.digest, "marking": "official-sensitive", "vault": entry.id}));
    assert_eq!(append(store, Some(2), "c1", &[said(words)]).unwrap().events, first.events, "a repeat lodges nothing");
    assert_eq!(store.texts(0, u64::MAX).unwrap().len(), 2);
    assert_eq!(store.texts(1, 2).unwrap()[0].words(), Some("second"));
    assert_eq!(store.text("none").unwrap(), None);
    assert_eq!(counts(store), (2, 0, 0));
    assert_eq!(store.commands(0, 9).unwrap(), [(1, id("c1")), (2, id("c1"))]);
}

pub fn what_is_erased_is_gone_and_the_chain_holds(store: &dyn Store) {
    append(store, None, "c1", &[said("one"), said("two")]).unwrap();
    let entry = kept_by(store, 1);
    let at: Timestamp = "2030-01-01T00:00:00Z".parse().unwrap();
    let erased = store.append(Some(2), &id("c2"), "account/9", at, &[erasure(&entry, "evidence")]).unwrap();
    assert_eq!((erased.events[0].kind.as_str(), &erased.events[0].body["rule"]), ("text-erased", &json!("evidence")));
    let left = store.text(&entry).unwrap().unwrap();
    assert_eq!((left.words(), left.agrees(), left.retention.as_deref()), (None, None, Some("evidence")));
    match left.text {
        Text::Erased(erased) => assert_eq!((erased.at, &*erased.by, &*erased.rule), (at, "account/9", "evidence")),
        other => panic!("{other:?}"),
    }
    assert_eq!(counts(store), (1, 1, 0));
    assert!(!store.append(None, &id("c2"), "account/9", at, &[]).unwrap().first_time);
    verified(store);
}

pub fn what_cannot_be_erased_is_told(store: &dyn Store) {
    append(store, None, "c1", &[said("one")]).unwrap();
    let entry = kept_by(store, 1);
    let refused = |event: NewEvent| match append(store, Some(1), "c2", &[event]) {
        Err(AppendError::Unrecordable(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(erasure("none", "r")), Unrecordable::NoSuchText { id: "none".into() });
    assert_eq!(refused(erasure(&entry, " ")), Unrecordable::Erasure);
    assert_eq!(refused(NewEvent { body: Value::Null, ..erasure(&entry, "r") }), Unrecordable::Erasure);
    let twice = append(store, Some(1), "c2", &[erasure(&entry, "r"), erasure(&entry, "r")]).unwrap_err();
    assert!(matches!(twice, AppendError::Unrecordable(Unrecordable::AlreadyErased { .. })), "{twice:?}");
    assert_eq!(counts(store), (1, 0, 0), "what was refused left no trace");
    append(store, Some(1), "c2", &[erasure(&entry, "r")]).unwrap();
    let again = append(store, Some(2), "c3", &[erasure(&entry, "r")]).unwrap_err();
    assert!(matches!(again, AppendError::Unrecordable(Unrecordable::AlreadyErased { .. })), "{again:?}");
}

pub fn a_later_event_can_lead_to_a_text_that_is_there_and_to_no_other(store: &dyn Store) {
    let first = append(store, None, "c1", &[said("one")]).unwrap();
    let quoting = NewEvent { stream: "finding/1".into(), ..first.events[0].clone().into() };
    append(store, Some(1), "c2", std::slice::from_ref(&quoting)).unwrap();
    assert_eq!(store.texts(0, 9).unwrap().len(), 1);
    assert_eq!(counts(store), (1, 0, 0));
    for (key, value) in [("vault", "0".repeat(32)), ("digest", "0".repeat(64)), ("marking", "official".into())] {
        let mut forged = quoting.clone();
        forged.body["items"][0]["note"][key] = value.into();
        let refused = append(store, Some(2), "c3", &[forged]).unwrap_err();
        assert!(matches!(refused, AppendError::Unrecordable(Unrecordable::NoSuchText { .. })), "{refused:?}");
    }
}

pub fn texts_are_due_by_rules_given_as_data(store: &dyn Store) {
    let kept_for_ever = json!({"text": "kept", "marking": "official"});
    let unlimited = NewEvent { stream: "a".into(), kind: "noted".into(), body: kept_for_ever };
    let at = "2026-11-22T23:30:00Z".parse().unwrap();
    store.append(None, &id("c1"), "account/7", at, &[said("one"), unlimited, said("two")]).unwrap();
    let rules = BTreeMap::from([("evidence".to_owned(), 30)]);
    let on = |day: &str| due(store, &rules, day.parse().unwrap()).unwrap();
    assert_eq!(on("2026-12-21"), []);
    assert_eq!(on("2026-12-22").len(), 2);
    append(store, Some(3), "c2", &[erasure(&kept_by(store, 1), "evidence")]).unwrap();
    let left: Vec<_> = on("2027-01-01").into_iter().map(|entry| entry.seq).collect();
    assert_eq!(left, [3], "what is erased is not due again");
    let refused = due(store, &BTreeMap::new(), "2026-12-22".parse().unwrap()).unwrap_err();
    assert!(refused.to_string().contains("evidence"), "{refused}");
}

pub fn an_export_moves_with_its_texts_or_without(store: &dyn Store) {
    let source = Memory::default();
    append(&source, None, "c1", &[said("one"), said("two"), said("three")]).unwrap();
    append(&source, Some(3), "c2", &[erasure(&kept_by(&source, 2), "evidence")]).unwrap();
    let (lines, mut texts) = (exported(&source), Vec::new());
    assert_eq!(ledger::export_texts(&source, 4, &mut texts).unwrap(), 3);
    let texts = String::from_utf8(texts).unwrap();

    let bare = Memory::default();
    ledger::import(&bare, lines.as_bytes(), None).unwrap();
    assert_eq!(counts(&bare), (0, 1, 2));
    assert_eq!(bare.text(&kept_by(&bare, 1)).unwrap().unwrap().text, Text::Withheld);

    for (wrong, says) in [
        (texts.replace("\"three\"", "\"other\""), "event 3: its text"),
        (texts.replace("official-sensitive", "official"), "event 1: its text"),
        (texts.replacen("\"seq\":3", "\"seq\":1", 1), "event 1: the vault holds a text"),
        (texts.replacen("\"seq\":3", "\"seq\":9", 1), "event 3: its text"),
        (texts.replacen("\"rule\":\"evidence\"", "\"rule\":\"other\"", 1), "event 4: it says that the text"),
        (texts.replacen("{\"id\"", "{\"note\":1,\"id\"", 1), "line 1 is not a text"),
    ] {
        let refused = ledger::import_with_texts(store, lines.as_bytes(), wrong.as_bytes(), None).unwrap_err();
        assert!(refused.to_string().starts_with(says), "{says}: {refused}");
        assert!(matches!(refused, ImportError::Break(_) | ImportError::NotAText { .. }));
        assert_eq!((store.head().unwrap(), store.texts(0, 99).unwrap()), (None, vec![]));
    }
    ledger::import_with_texts(store, lines.as_bytes(), texts.as_bytes(), source.head().unwrap().as_ref()).unwrap();
    assert_eq!(counts(store), (2, 1, 0));
    assert_eq!(store.texts(0, 99).unwrap(), source.texts(0, 99).unwrap());
    assert_eq!(exported(store), lines);
}

#[test]
fn a_text_erased_without_an_event_is_the_break_that_is_named() {
    let source = Memory::default();
    append(&source, None, "c1", &[said("one")]).unwrap();
    let mut texts = source.texts(0, 1).unwrap();
    let by = ledger::Erased { at: Timestamp::UNIX_EPOCH, by: "account/9".into(), rule: "r".into() };
    texts[0].text = Text::Erased(by);
    let found = ledger::Chain::with_texts(all(&source), texts, None).unwrap_err();
    assert!(matches!((found.seq, &found.fault), (1, Fault::TextErasedUnseen { .. })), "{found}");
}
