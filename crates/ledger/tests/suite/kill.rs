//! No acknowledged event is lost when a program with several writers is killed.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use ledger::{Ledger, NewEvent, Session, Store, Upcasters};

use crate::child::{child, said};
use crate::session::Tally;
use crate::texts::said as with_words;
use crate::{id, noted, soak, verified};

/// What is killed: four writers who append for ever, two events a command, and print each once it is acknowledged.
pub fn acknowledge(address: &str, round: &str) {
    let store = Arc::new(Ledger::open(address).unwrap());
    let session = Session::open(store, Upcasters::default(), Tally::default).unwrap();
    let out = Mutex::new(std::io::stdout());
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let (session, out) = (&session, &out);
            scope.spawn(move || {
                for number in 0_u32.. {
                    let command = id(&format!("round-{round}-{writer}-{number}"));
                    let events = vec![noted(&format!("finding/{round}"), "first of two"), with_words("second of two")];
                    let decide = move |_: &Tally| Ok::<Vec<NewEvent>, String>(events);
                    let done = session.submit(&command, "account/7", Timestamp::UNIX_EPOCH, decide).unwrap();
                    let mut out = out.lock().unwrap();
                    for event in done.events {
                        writeln!(out, "\nacknowledged: {} {}", event.seq, event.hash).unwrap();
                    }
                    out.flush().unwrap();
                }
            });
        }
    });
}

/// Kills the writers at random moments, and looks each time whether all is there: what is new each time, all of it now and then and at the
/// end.
pub fn check(address: &str, rounds: u32) {
    let mut random = std::process::id() | 1;
    let (mut acknowledged, mut last) = (Vec::new(), 0);
    for round in 0..rounds {
        let mut killed = child(&format!("acknowledge {round}"), address).spawn().unwrap();
        // Any moment from before the store is opened to the midst of writing (xorshift).
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        std::thread::sleep(Duration::from_millis(u64::from(random % 150)));
        killed.kill().unwrap();
        killed.wait().unwrap();
        let mut output = Vec::new();
        killed.stdout.take().unwrap().read_to_end(&mut output).unwrap();
        let new = said(&output, "acknowledged: ");

        let ledger = Ledger::open(address).unwrap();
        let found = since(&ledger, last);
        assert_lost_none(&new, &found, round);
        last += u64::try_from(found.len()).unwrap();
        assert_eq!(last % 2, 0, "round {round}: half a command is there");
        acknowledged.extend(new);
        if round % 20 == 19 || round + 1 == rounds {
            assert_lost_none(&acknowledged, &since(&ledger, 0), round);
            verified(&ledger);
        }
    }
    assert!(acknowledged.len() > 20, "only {} events were acknowledged before the kills", acknowledged.len());
    eprintln!("{} events acknowledged in {rounds} rounds, none lost", acknowledged.len());
}

fn assert_lost_none(acknowledged: &[String], found: &HashSet<String>, round: u32) {
    let lost: Vec<&String> = acknowledged.iter().filter(|event| !found.contains(*event)).collect();
    assert!(lost.is_empty(), "round {round}: {lost:?} are lost");
}

/// The events after the one numbered `after`, as they were acknowledged.
fn since(store: &dyn Store, mut after: u64) -> HashSet<String> {
    let mut found = HashSet::new();
    loop {
        let page = store.read(after, 1000).unwrap();
        let Some(last) = page.last() else { return found };
        after = last.seq;
        found.extend(page.iter().map(|event| format!("{} {}", event.seq, event.hash)));
    }
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there() {
    let folder = tempfile::tempdir().unwrap();
    check(folder.path().join("ledger.db").to_str().unwrap(), soak(200, 2000));
}
