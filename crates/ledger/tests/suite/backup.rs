//! Backup of one store, restore into another, at the end and at a moment.

use std::path::Path;

use jiff::Timestamp;
use ledger::{BackupError, Memory, RestoreError, Store, Text, Until, backup, erasure, restore, verify_store};

use crate::texts::{kept_by, said};
use crate::{all, append, exported, fresh, id, noted, verified};

fn time(hour: i64) -> Timestamp {
    Timestamp::new(hour * 3600, 0).unwrap()
}

/// Four commands, an hour apart, the last but one of which erases the first text.
fn filled(store: &dyn Store) {
    store.append(None, &id("c1"), "a", time(1), &[said("one"), said("two")]).unwrap();
    store.append(Some(2), &id("c2"), "a", time(2), &[noted("b", "3")]).unwrap();
    store.append(Some(3), &id("c3"), "clerk", time(3), &[erasure(&kept_by(store, 1), "evidence")]).unwrap();
    store.append(Some(4), &id("c4"), "a", time(4), &[said("five")]).unwrap();
}

pub fn a_backup_is_restored_whole(store: &dyn Store) {
    let source = Memory::default();
    filled(&source);
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("backup");
    let manifest = backup(&source, &to, time(5)).unwrap();
    assert_eq!((manifest.head, manifest.texts), (source.head().unwrap(), 3));
    let restored = restore(&to, store, Until::End).unwrap();
    assert_eq!((restored.head, restored.erased_again), (source.head().unwrap(), 0));
    assert_eq!((restored.verified.texts, restored.verified.erased, restored.verified.withheld), (2, 1, 0));
    assert_eq!(exported(store), exported(&source));
    assert_eq!(store.texts(0, 99).unwrap(), source.texts(0, 99).unwrap());
    let again = append(store, Some(5), "c4", &[said("five")]).unwrap();
    assert!(!again.first_time, "a command sent again after a restore is recognised");
    assert!(matches!(restore(&to, store, Until::End), Err(RestoreError::Fill(_))));

    // And the restored store gives the same backup, byte for byte.
    let second = folder.path().join("second");
    backup(store, &second, time(5)).unwrap();
    for file in ["events.jsonl", "texts.jsonl", "commands.jsonl", "manifest.json"] {
        assert_eq!(std::fs::read(to.join(file)).unwrap(), std::fs::read(second.join(file)).unwrap(), "{file}");
    }
}

pub fn a_backup_is_restored_at_a_moment(store: &dyn Store) {
    let source = Memory::default();
    filled(&source);
    let folder = tempfile::tempdir().unwrap();
    backup(&source, folder.path(), time(5)).unwrap();
    let restored = restore(folder.path(), store, Until::Time(time(2))).unwrap();
    assert_eq!(restored.head.map(|head| head.seq), Some(3));
    assert_eq!(restored.erased_again, 1, "what is erased stays erased");
    let events = all(store);
    assert_eq!(events[..3], all(&source)[..3]);
    assert_eq!((events.len(), &*events[3].actor, events[3].at), (4, "clerk", time(3)));
    assert!(matches!(store.text(&kept_by(store, 1)).unwrap().unwrap().text, Text::Erased(_)));
    verified(store);
}

#[test]
fn a_restore_ends_where_it_is_told_to() {
    let source = Memory::default();
    filled(&source);
    let folder = tempfile::tempdir().unwrap();
    backup(&source, folder.path(), time(5)).unwrap();
    for (until, last) in [
        (Until::Seq(4), Some(4)),
        (Until::Seq(0), None),
        (Until::Seq(99), Some(5)),
        (Until::Time(time(0)), None),
        (Until::Time(time(3)), Some(4)),
        (Until::Time(time(9)), Some(5)),
    ] {
        let restored = restore(folder.path(), &Memory::default(), until).unwrap();
        assert_eq!(restored.head.map(|head| head.seq), last, "{until:?}");
    }
}

fn change(path: &Path, from: &str, to: &str) -> String {
    let before = std::fs::read_to_string(path).unwrap();
    assert!(before.contains(from), "{}: {from}", path.display());
    std::fs::write(path, before.replacen(from, to, 1)).unwrap();
    before
}

#[test]
fn a_backup_that_was_changed_is_refused_and_nothing_is_written() {
    let source = Memory::default();
    filled(&source);
    let folder = tempfile::tempdir().unwrap();
    backup(&source, folder.path(), time(5)).unwrap();
    for (file, from, to) in [
        ("events.jsonl", "\"actor\":\"a\"", "\"actor\":\"b\""),
        ("texts.jsonl", "\"two\"", "\"new\""),
        ("commands.jsonl", "c4", "c5"),
        ("manifest.json", "\"seq\": 5", "\"seq\": 6"),
        ("manifest.json", "texts.jsonl", "others.jsonl"),
        ("manifest.json", "{", "["),
    ] {
        let (path, store) = (folder.path().join(file), fresh());
        let before = change(&path, from, to);
        let refused = restore(folder.path(), &store.1, Until::End).unwrap_err();
        assert_eq!(store.1.head().unwrap(), None, "{file}: {refused}");
        std::fs::write(path, before).unwrap();
    }
    std::fs::remove_file(folder.path().join("texts.jsonl")).unwrap();
    let refused = restore(folder.path(), &Memory::default(), Until::End).unwrap_err();
    assert!(matches!(&refused, RestoreError::Read { path, .. } if path.ends_with("texts.jsonl")), "{refused}");
}

#[test]
fn a_backup_goes_into_an_empty_folder_or_leaves_nothing() {
    let (folder, ledger) = fresh();
    filled(&ledger);
    assert!(matches!(backup(&ledger, folder.path(), time(5)), Err(BackupError::NotEmpty { .. })));
    let blocked = folder.path().join("ledger.db/backup");
    assert!(matches!(backup(&ledger, &blocked, time(5)), Err(BackupError::Write { .. })));
    let to = folder.path().join("backup");
    backup(&ledger, &to, time(5)).unwrap();
    assert!(!folder.path().join("backup.partial").exists());
}

/// Writers go on: whatever the backup has caught is a whole ledger.
#[test]
fn a_backup_taken_while_others_write_is_whole() {
    let (folder, ledger) = fresh();
    filled(&ledger);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for number in 0..200 {
                crate::insist(&ledger, &format!("w{number}"), &[said(&number.to_string()), noted("a", "b")]);
                let last = ledger.head().unwrap().unwrap().seq;
                crate::insist(&ledger, &format!("e{number}"), &[erasure(&kept_by(&ledger, last - 1), "r")]);
            }
        });
        for number in 0..5 {
            let to = folder.path().join(number.to_string());
            backup(&ledger, &to, time(5)).unwrap();
            restore(&to, &Memory::default(), Until::End).unwrap();
            verify_store(&ledger, None).unwrap();
        }
        writer.join().unwrap();
    });
}
