//! Sessions: decisions at the head, many to one commit, in several threads and processes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use ledger::{Fold, Ledger, Memory, NewEvent, Recorded, Session, Store, SubmitError, Upcasters, follow, replay};
use serde_json::json;

use crate::child::child;
use crate::{all, append, id, insist, noted, verified};

/// Causes of concern, each with its recommendations that are still open.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Concerns {
    open: BTreeMap<String, BTreeSet<u64>>,
    closed: BTreeSet<String>,
}

impl Fold for Concerns {
    fn apply(&mut self, event: &Recorded) {
        let number = event.body["recommendation"].as_u64().unwrap_or(0);
        let open = self.open.entry(event.stream.clone()).or_default();
        match event.kind.as_str() {
            "recommendation-made" => drop(open.insert(number)),
            "recommendation-closed" => drop(open.remove(&number)),
            "concern-closed" => drop(self.closed.insert(event.stream.clone())),
            _ => {}
        }
    }
}

fn of(concern: &str, kind: &str, recommendation: u64) -> NewEvent {
    NewEvent { stream: concern.into(), kind: kind.into(), body: json!({"recommendation": recommendation}) }
}

/// A rule across streams: who closes the last recommendation closes the cause of concern.
fn close(state: &Concerns, concern: &str, recommendation: u64) -> Result<Vec<NewEvent>, String> {
    let open = state.open.get(concern).ok_or("no such cause of concern")?;
    if !open.contains(&recommendation) {
        return Err(format!("recommendation {recommendation} is not open"));
    }
    let last = open.len() == 1;
    let closing = [of(concern, "recommendation-closed", recommendation), of(concern, "concern-closed", 0)];
    Ok(closing.into_iter().take(if last { 2 } else { 1 }).collect())
}

fn session<S: Fold + Default + Send + 'static>(store: impl Store + 'static) -> Session<S> {
    Session::open(Arc::new(store), Upcasters::default(), S::default).unwrap()
}

const CONCERNS: u64 = 100;

fn concern(number: u64) -> String {
    format!("finding/{number}")
}

/// What each of two processes does: waits for the start, and closes one recommendation of every concern.
pub fn close_all(address: &str, recommendation: u64) {
    let session: Session<Concerns> = session(Ledger::open(address).unwrap());
    let begun = follow(session.store(), 2 * CONCERNS, Duration::from_secs(60)).unwrap();
    assert_eq!(begun[0].kind, "noted", "the start");
    for number in 0..CONCERNS {
        let name = concern(number);
        let command = id(&format!("close-{number}-{recommendation}"));
        session.submit(&command, "a", Timestamp::UNIX_EPOCH, move |state| close(state, &name, recommendation)).unwrap();
    }
}

/// Two people close the last two recommendations of each of many causes of concern at the same time.
pub fn check_race(address: &str) {
    let ledger = Ledger::open(address).unwrap();
    let made: Vec<_> =
        (0..CONCERNS).flat_map(|number| [1, 2].map(|made| of(&concern(number), "recommendation-made", made))).collect();
    append(&ledger, None, "made", &made).unwrap();
    let people = [1, 2].map(|number| child(&format!("close {number}"), address).spawn().unwrap());
    insist(&ledger, "start", &[noted("start", "now")]);
    for process in people {
        let output = process.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let mut closed: BTreeMap<String, u32> = BTreeMap::new();
    for event in all(&ledger).iter().filter(|event| event.kind == "concern-closed") {
        *closed.entry(event.stream.clone()).or_default() += 1;
    }
    assert_eq!(closed.len(), usize::try_from(CONCERNS).unwrap(), "never neither");
    assert!(closed.values().all(|times| *times == 1), "never both: {closed:?}");
    verified(&ledger);
}

#[test]
fn a_concern_whose_last_recommendations_two_people_close_closes_once() {
    let folder = tempfile::tempdir().unwrap();
    check_race(folder.path().join("ledger.db").to_str().unwrap());
}

/// How many events were folded, and the sum of what they say.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    count: u64,
    last: u64,
}

impl Fold for Tally {
    fn apply(&mut self, event: &Recorded) {
        self.count += 1;
        self.last = event.body["number"].as_u64().unwrap_or(0);
    }
}

/// Eight writers on one session, 1,000 commands each: each command counts on from what the one before it has left.
pub fn check_crowd(store: impl Store + 'static) {
    let session: Session<Tally> = session(store);
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let session = &session;
            scope.spawn(move || {
                for number in 0..1000 {
                    let command = id(&format!("w{writer}-{number}"));
                    let decide = move |state: &Tally| {
                        let body = json!({"number": state.last + 1, "writer": writer});
                        Ok::<_, String>(vec![NewEvent { stream: format!("w/{writer}"), kind: "counted".into(), body }])
                    };
                    let done = session.submit(&command, "a", Timestamp::UNIX_EPOCH, decide).unwrap();
                    assert!(done.first_time && done.events.len() == 1);
                }
            });
        }
    });
    let events = all(session.store());
    assert_eq!(events.len(), 8000);
    assert!((1..).zip(&events).all(|(number, event)| event.body["number"] == number), "each saw those before it");
    verified(session.store());
    let whole = replay(session.store(), &Upcasters::default(), Tally::default(), u64::MAX).unwrap();
    assert!(session.see(|state, head| *state == whole && head.unwrap().seq == 8000).unwrap());
    let half = replay(session.store(), &Upcasters::default(), Tally::default(), 4321).unwrap();
    assert_eq!(half, Tally { count: 4321, last: 4321 });
}

#[test]
fn eight_writers_of_one_session_lose_nothing() {
    check_crowd(Memory::default());
    check_crowd(crate::fresh().1);
}

fn count(_: &Tally) -> Result<Vec<NewEvent>, String> {
    Ok(vec![noted("a", "x")])
}

pub fn check_answers(store: impl Store + 'static) {
    let session: Session<Tally> = session(store);
    let at = Timestamp::UNIX_EPOCH;
    let first = session.submit(&id("c1"), "a", at, count).unwrap();
    let again = session.submit(&id("c1"), "a", at, |_| -> Result<_, String> { panic!("it is not decided again") });
    assert_eq!(again.unwrap(), ledger::Appended { first_time: false, ..first });
    let refused = session.submit(&id("c2"), "a", at, |state: &Tally| Err(format!("{} is enough", state.count)));
    assert!(matches!(&refused, Err(SubmitError::Refused(why)) if why == "1 is enough"), "{refused:?}");
    let number = NewEvent { body: json!(0.5), ..noted("a", "") };
    let unrecordable = session.submit(&id("c2"), "a", at, |_| Ok::<_, String>(vec![number]));
    assert!(matches!(unrecordable, Err(SubmitError::Unrecordable(_))), "{unrecordable:?}");
    let none = session.submit(&id("c2"), "a", at, |_| Ok::<_, String>(vec![])).unwrap();
    assert!(none.first_time && none.events.is_empty());

    // Somebody else is first, on the same stream.
    append(session.store(), Some(1), "other", &[noted("a", "2")]).unwrap();
    let after = session.submit(&id("c2"), "a", at, |state: &Tally| {
        assert_eq!(state.count, 2);
        count(state)
    });
    assert_eq!((after.as_ref().unwrap().events[0].seq, after.unwrap().events[0].version), (3, 3));
    verified(session.store());
}

#[test]
fn every_command_is_answered_as_it_was_decided() {
    check_answers(Memory::default());
    check_answers(crate::fresh().1);
}

#[test]
fn a_rule_that_panics_harms_nobody_else() {
    let session: Session<Tally> = session(Memory::default());
    let at = Timestamp::UNIX_EPOCH;
    let submit = || session.submit(&id("c1"), "a", at, |_| -> Result<_, String> { panic!("an error in a rule") });
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(submit)).is_err());
    session.submit(&id("c1"), "a", at, count).unwrap();
    assert_eq!(session.see(|state, _| state.count).unwrap(), 1);
}

/// A process waits for what this one records.
#[test]
fn a_process_follows_what_another_records() {
    let (folder, ledger) = crate::fresh();
    assert_eq!(follow(&ledger, 0, Duration::ZERO).unwrap(), []);
    let address = folder.path().join("ledger.db");
    let follower = child("follow 3", address.to_str().unwrap()).spawn().unwrap();
    for number in 0..3 {
        std::thread::sleep(Duration::from_millis(20));
        insist(&ledger, &format!("c{number}"), &[noted("a", &number.to_string())]);
    }
    let output = follower.wait_with_output().unwrap();
    let heard = crate::child::said(&output.stdout, "heard: ");
    assert_eq!(heard, all(&ledger).into_iter().map(|event| event.hash).collect::<Vec<_>>());
}

/// What the follower does.
pub fn listen(address: &str, until: u64) {
    let ledger = Ledger::open(address).unwrap();
    let mut last = 0;
    while last < until {
        for event in follow(&ledger, last, Duration::from_secs(10)).unwrap() {
            println!("\nheard: {}", event.hash);
            last = event.seq;
        }
    }
}
