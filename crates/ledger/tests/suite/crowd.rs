//! Eight writers in two processes, each with a connection of its own: none loses, none wins twice.

use std::collections::BTreeSet;

use ledger::{Ledger, NewEvent};
use serde_json::json;

use crate::child::child;
use crate::{all, append, insist, noted, verified};

/// Commands of each writer.
const COMMANDS: u64 = 1000;

/// What a process of the crowd does: four writers from number `first` on.
pub fn write(address: &str, first: u64) {
    std::thread::scope(|scope| {
        for writer in first..first + 4 {
            scope.spawn(move || {
                let ledger = Ledger::open(address).unwrap();
                for number in 0..COMMANDS {
                    let stream = if number % 2 == 0 { "shared".into() } else { format!("writer/{writer}") };
                    let body = json!({"writer": writer, "number": number});
                    let events = [NewEvent { stream, kind: "written".into(), body }];
                    let command = format!("writer-{writer}-{number}");
                    let written = insist(&ledger, &command, &events);
                    if number % 20 == 0 {
                        assert_eq!(insist(&ledger, &command, &events).events, written.events);
                    }
                }
                insist(&ledger, "sent-by-all", &[noted("shared", "once")]);
            });
        }
    });
}

/// Lets the crowd loose on the empty ledger at `address`.
pub fn check(address: &str) {
    let crowd = [0, 4].map(|first| child(&format!("crowd {first}"), address).spawn().unwrap());
    for process in crowd {
        let output = process.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let ledger = Ledger::open(address).unwrap();
    verified(&ledger);
    let events = all(&ledger);
    let written: BTreeSet<_> = events.iter().map(|event| event.body.to_string()).collect();
    assert_eq!(
        u64::try_from(events.len()).unwrap(),
        8 * COMMANDS + 1,
        "one event a command, and the one that all sent"
    );
    assert_eq!(written.len(), events.len(), "none is there twice");
    let outdated = append(&ledger, Some(5), "late", &[noted("shared", "late")]);
    assert!(outdated.is_err());
}

#[test]
fn eight_writers_on_sqlite_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    check(folder.path().join("ledger.db").to_str().unwrap());
}
