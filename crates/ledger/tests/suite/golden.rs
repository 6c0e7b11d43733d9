//! Every version of an event that was ever written, and what it is read as today.
//!
//! A file of `tests/golden` is named as the type it holds, `judgment-proposed.json` or `judgment-proposed@2.json`, and is
//! never edited once it was released: `written` is a line of an export, `read` what upcasters make of it.

use std::path::PathBuf;

use ledger::{Memory, NewEvent, Recorded, Store, Upcaster, Upcasters, verify_store};
use serde_json::{Value, json};

use crate::{all, append};

/// Those of the program. Version 1 of everything is the only one so far.
fn upcasters() -> Upcasters {
    Upcasters::new([]).unwrap()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

#[test]
fn every_version_ever_written_is_read() {
    let mut read = 0;
    for file in std::fs::read_dir(folder()).unwrap() {
        let file = file.unwrap().path();
        let golden: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let written: Recorded = serde_json::from_value(golden["written"].clone()).unwrap();
        assert_eq!(written.computed_hash(), written.hash, "{}: the bytes of then", file.display());
        assert_eq!(file.file_stem().unwrap().to_str(), Some(&*written.kind), "{}", file.display());
        let today = upcasters().read(written);
        assert_eq!(json!({"type": today.kind, "body": today.body}), golden["read"], "{}", file.display());
        read += 1;
    }
    assert!(read >= 4, "only {read} files");
}

#[test]
fn an_old_event_is_read_as_the_newest_and_its_hash_stays_verifiable() {
    let upcasters = Upcasters::new([
        Upcaster { from: ("grade-proposed", 1), to: ("judgment-proposed", 2), body: |old| json!({"grade": old["g"]}) },
        Upcaster {
            from: ("judgment-proposed", 2),
            to: ("judgment-proposed", 3),
            body: |mut old| {
                old["evidence"] = json!([]);
                old
            },
        },
    ])
    .unwrap();
    let store = Memory::default();
    let event = NewEvent { stream: "a".into(), kind: "grade-proposed".into(), body: json!({"g": "good"}) };
    let recorded = append(&store, None, "c1", &[event]).unwrap().events.remove(0);
    let today = upcasters.read(recorded.clone());
    assert_eq!((today.kind.as_str(), &today.body), ("judgment-proposed@3", &json!({"grade": "good", "evidence": []})));
    assert_eq!(today.hash, recorded.hash);
    assert_eq!(all(&store), [recorded]);
    verify_store(&store, None).unwrap();
    let unknown = NewEvent { stream: "a".into(), kind: "judgment-proposed@9".into(), body: Value::Null };
    let unknown =
        append(&store, store.head().unwrap().map(|head| head.seq), "c2", &[unknown]).unwrap().events.remove(0);
    assert_eq!(upcasters.read(unknown.clone()), unknown, "what is newer than all that is known is left as it is");
}
