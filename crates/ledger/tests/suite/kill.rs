//! No acknowledged event is lost when a program with several writers is killed.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use ledger::{Ledger, NewEvent, Session, Upcasters};

use crate::child::{child, said};
use crate::session::Tally;
use crate::texts::said as with_words;
use crate::{all, id, noted, soak, verified};

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

/// Kills the writers at random moments, and looks each time whether all is there.
pub fn check(address: &str, rounds: u32) {
    let mut random = std::process::id() | 1;
    let mut acknowledged = Vec::new();
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
        acknowledged.extend(said(&output, "acknowledged: "));

        let ledger = Ledger::open(address).unwrap();
        let found: HashSet<_> = all(&ledger).iter().map(|event| format!("{} {}", event.seq, event.hash)).collect();
        for event in &acknowledged {
            assert!(found.contains(event), "round {round}: event {event} is lost");
        }
        assert_eq!(found.len() % 2, 0, "round {round}: half a command is there");
        verified(&ledger);
    }
    assert!(acknowledged.len() > 20, "only {} events were acknowledged before the kills", acknowledged.len());
    eprintln!("{} events acknowledged in {rounds} rounds, none lost", acknowledged.len());
}

#[test]
fn what_was_acknowledged_before_a_kill_is_there() {
    let folder = tempfile::tempdir().unwrap();
    check(folder.path().join("ledger.db").to_str().unwrap(), soak(200, 2000));
}
