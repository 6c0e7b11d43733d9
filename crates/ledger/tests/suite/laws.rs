//! Laws: what holds for every history, and every way to falsify one.

use std::collections::HashMap;

use jiff::Timestamp;
use ledger::{AppendError, Fault, Memory, NewEvent, Recorded, Store, verify};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{all, append, exported, fresh, id, noted, verified};

/// One attempt: by whom, under which id, how far behind the head, on which streams.
#[derive(Debug, Clone)]
pub struct Attempt {
    writer: u8,
    command: u8,
    behind: u64,
    streams: Vec<u8>,
}

pub fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let behind = prop_oneof![4 => Just(0_u64), 1 => 1..3_u64];
    let attempt = (0..4_u8, 0..20_u8, behind, vec(0..4_u8, 0..4));
    vec(attempt.prop_map(|(writer, command, behind, streams)| Attempt { writer, command, behind, streams }), 1..20)
}

fn attempted(store: &dyn Store, attempt: &Attempt) -> Result<(Vec<Recorded>, bool), String> {
    let seen = store.head().unwrap().map(|head| head.seq.saturating_sub(attempt.behind));
    let events: Vec<_> = attempt.streams.iter().map(|stream| noted(&format!("finding/{stream}"), "x")).collect();
    let command = id(&format!("command-{}", attempt.command));
    let actor = format!("account/{}", attempt.writer);
    match store.append(seen, &command, &actor, Timestamp::UNIX_EPOCH, &events) {
        Ok(appended) => Ok((appended.events, appended.first_time)),
        Err(AppendError::HeadMoved { head }) => Err(format!("{head:?}")),
        Err(other) => panic!("{other:?}"),
    }
}

/// Any attempts leave a chain without gaps, and a store that keeps answers as the one in memory does.
pub fn agree(store: &dyn Store, attempts: &[Attempt]) {
    let oracle = Memory::default();
    let mut recorded = 0;
    for attempt in attempts {
        let found = attempted(store, attempt);
        assert_eq!(found, attempted(&oracle, attempt), "{attempt:?}");
        recorded += found.map_or(0, |(events, first_time)| if first_time { events.len() } else { 0 });
    }
    let events = all(store);
    assert_eq!(events.len(), recorded);
    let mut versions = HashMap::new();
    for (seq, event) in (1..).zip(&events) {
        let version: &mut u64 = versions.entry(&event.stream).or_default();
        *version += 1;
        assert_eq!((event.seq, event.version), (seq, *version));
    }
    assert_eq!(verified(store), verified(&oracle));
}

fn bodies() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-(1_i64 << 53) + 1..1_i64 << 53).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((any::<String>(), inner), 0..4).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn times() -> impl Strategy<Value = Timestamp> {
    (0..4_000_000_000_i64, 0..1_000_000_000_i32).prop_map(|(second, nano)| Timestamp::new(second, nano).unwrap())
}

/// A history of some events on three streams.
fn history(streams: &[u8]) -> Vec<Recorded> {
    let store = Memory::default();
    let events: Vec<_> = streams.iter().map(|stream| noted(&format!("finding/{}", stream % 3), "x")).collect();
    append(&store, None, "c1", &events).unwrap();
    all(&store)
}

/// The place of the first break and its fault, without a head.
fn first_break(events: Vec<Recorded>) -> Option<(u64, Fault)> {
    verify(events, None).err().map(|found| (found.seq, found.fault))
}

fn place(index: usize) -> u64 {
    u64::try_from(index).unwrap() + 1
}

/// The event with one field changed.
fn edited(mut event: Recorded, field: u8) -> Recorded {
    match field {
        0 => event.stream.push('x'),
        1 => event.version += 1,
        2 => event.at = event.at.checked_add(jiff::SignedDuration::from_nanos(1)).unwrap(),
        3 => event.actor.push('x'),
        4 => event.kind.push('x'),
        5 => event.body = json!({"text": "y"}),
        6 => event.prev = "f".repeat(64),
        _ => event.hash = "f".repeat(64),
    }
    event
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_attempts_leave_a_chain_without_gaps_on_sqlite(attempts in attempts()) {
        agree(&fresh().1, &attempts);
    }

    #[test]
    fn an_export_that_is_imported_is_exported_the_same(
        commands in vec((times(), vec(("[a-c]", bodies()), 1..4)), 0..6)
    ) {
        let source = Memory::default();
        for (number, (at, events)) in (0..).zip(commands) {
            let events: Vec<_> = events.into_iter()
                .map(|(stream, body)| NewEvent { stream, kind: "noted".into(), body }).collect();
            let seen = source.head().unwrap().map(|head| head.seq);
            source.append(seen, &id(&format!("c{number}")), "account/7", at, &events).unwrap();
        }
        let lines = exported(&source);
        let (_folder, target) = fresh();
        ledger::import(&target, lines.as_bytes(), source.head().unwrap().as_ref()).unwrap();
        prop_assert_eq!(exported(&target), lines);
        prop_assert_eq!(all(&target), all(&source));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edited_event_is_the_first_break(
        streams in vec(any::<u8>(), 1..12), at in any::<prop::sample::Index>(), field in 0..8_u8
    ) {
        let mut events = history(&streams);
        let index = at.index(events.len());
        events[index] = edited(events[index].clone(), field);
        let (seq, fault) = first_break(events).unwrap();
        prop_assert_eq!(seq, place(index));
        prop_assert!(matches!(fault, Fault::Content { .. }), "not what is wrong");
    }

    #[test]
    fn an_edited_event_with_its_hash_computed_anew_breaks_the_link_of_the_next(
        streams in vec(any::<u8>(), 2..12), at in any::<prop::sample::Index>()
    ) {
        let mut events = history(&streams);
        let index = at.index(events.len() - 1);
        events[index] = edited(events[index].clone(), 5);
        events[index].hash = events[index].computed_hash();
        let (seq, fault) = first_break(events).unwrap();
        prop_assert_eq!(seq, place(index) + 1);
        prop_assert!(matches!(fault, Fault::Link { .. }), "not what is wrong");
    }

    #[test]
    fn a_version_that_is_not_the_next_is_the_first_break_even_under_a_right_hash(streams in vec(any::<u8>(), 1..12)) {
        let mut events = history(&streams);
        let mut last = edited(events.pop().unwrap(), 1);
        last.hash = last.computed_hash();
        events.push(last);
        let (seq, fault) = first_break(events).unwrap();
        prop_assert_eq!(seq, place(streams.len() - 1));
        prop_assert!(matches!(fault, Fault::Version { .. }), "not what is wrong");
    }

    #[test]
    fn a_deleted_event_is_the_first_break(streams in vec(any::<u8>(), 2..12), at in any::<prop::sample::Index>()) {
        let mut events = history(&streams);
        let index = at.index(events.len() - 1);
        events.remove(index);
        prop_assert_eq!(first_break(events), Some((place(index), Fault::Place { found: place(index) + 1 })));
    }

    #[test]
    fn an_event_swapped_with_its_neighbour_is_the_first_break(
        streams in vec(any::<u8>(), 2..12), at in any::<prop::sample::Index>()
    ) {
        let mut events = history(&streams);
        let index = at.index(events.len() - 1);
        events.swap(index, index + 1);
        prop_assert_eq!(first_break(events), Some((place(index), Fault::Place { found: place(index) + 1 })));
    }

    #[test]
    fn an_event_inserted_again_is_the_first_break(
        streams in vec(any::<u8>(), 2..12), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()
    ) {
        let mut events = history(&streams);
        let (from, to) = (from.index(events.len()), to.index(events.len()));
        events.insert(to, events[from].clone());
        // Put before itself it stands in its place, and the original is one too many.
        let (expected, found) = if from == to { (place(to) + 1, place(to)) } else { (place(to), place(from)) };
        prop_assert_eq!(first_break(events), Some((expected, Fault::Place { found })));
    }

    #[test]
    fn a_forged_event_that_fits_the_one_before_is_found_at_the_next(
        streams in vec(any::<u8>(), 2..12), at in any::<prop::sample::Index>()
    ) {
        let mut events = history(&streams);
        let index = at.index(events.len() - 1);
        let mut forged = edited(events[index + 1].clone(), 5);
        (forged.seq, forged.stream, forged.version) = (place(index) + 1, "finding/new".into(), 1);
        forged.hash = forged.computed_hash();
        events.insert(index + 1, forged);
        let found = place(index) + 1;
        prop_assert_eq!(first_break(events), Some((found + 1, Fault::Place { found })));
    }

    #[test]
    fn a_cut_end_is_found_with_a_head_kept_elsewhere_and_not_without(
        streams in vec(any::<u8>(), 1..12), at in any::<prop::sample::Index>()
    ) {
        let mut events = history(&streams);
        let head = verify(events.clone(), None).unwrap();
        let index = at.index(events.len());
        events.truncate(index);
        prop_assert_eq!(first_break(events.clone()), None);
        let found = verify(events, head.as_ref()).unwrap_err();
        prop_assert_eq!(found.seq, place(index));
        prop_assert_eq!(found.fault, Fault::CutOff { head: head.unwrap().seq });
    }

    #[test]
    fn a_history_rewritten_to_its_end_is_found_with_a_head_kept_elsewhere_and_not_without(
        streams in vec(any::<u8>(), 1..12), more in 0..3_usize
    ) {
        let head = verify(history(&streams), None).unwrap().unwrap();
        let mut rewritten = streams.clone();
        rewritten[0] = (rewritten[0] % 3) + 1;
        rewritten.resize(rewritten.len() + more, 0);
        let events = history(&rewritten);
        prop_assert_eq!(first_break(events.clone()), None);
        let found = verify(events, Some(&head)).unwrap_err();
        prop_assert_eq!(found.seq, head.seq);
        prop_assert!(matches!(found.fault, Fault::Rewritten { .. }), "not what is wrong");
    }
}
