//! No acknowledged event is lost when the program is killed.

use std::io::Read;
use std::time::Duration;

use ledger::Ledger;

use crate::child::{child, said};
use crate::{all, verified};

#[test]
fn what_was_acknowledged_before_a_kill_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let mut random = std::process::id() | 1;
    let mut acknowledged = Vec::new();
    for round in 0..20 {
        let mut killed = child(&format!("acknowledge {round}"), path.to_str().unwrap()).spawn().unwrap();
        // Any moment from before the file is opened to the midst of writing (xorshift).
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        std::thread::sleep(Duration::from_millis(u64::from(random % 150)));
        killed.kill().unwrap();
        killed.wait().unwrap();
        let mut output = Vec::new();
        killed.stdout.take().unwrap().read_to_end(&mut output).unwrap();
        acknowledged.extend(said(&output, "acknowledged: "));

        let ledger = Ledger::file(&path).unwrap();
        let found: Vec<_> = all(&ledger).iter().map(|event| format!("{} {}", event.seq, event.hash)).collect();
        for event in &acknowledged {
            assert!(found.contains(event), "round {round}: event {event} is lost");
        }
        assert_eq!(found.len() % 2, 0, "round {round}: half a command is there");
        verified(&ledger);
    }
    assert!(acknowledged.len() > 20, "only {} events were acknowledged before the kills", acknowledged.len());
    eprintln!("{} events acknowledged in 20 rounds, none lost", acknowledged.len());
}
