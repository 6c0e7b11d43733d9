//! Every event ever written is read: `golden/1.jsonl` holds one recorded event of every type of the table, as a ledger gives it back.
//!
//! With `PEELIAN_WRITE=1` in the environment a line is added for each type that has none; a line that stands is never changed.

use super::history::judged_with_history;
use super::laws::{STARTS, walk};
use super::support::*;
use super::*;
use serde::Serialize;
use serde_json::Value;
use std::{collections::BTreeSet, fs, io::Write, path::PathBuf};

/// An event as it stands in the file.
#[derive(Serialize, Deserialize)]
struct Line {
    seq: u64,
    at: Timestamp,
    actor: String,
    stream: String,
    #[serde(rename = "type")]
    kind: String,
    body: Value,
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/programme/tests/golden/1.jsonl")
}

fn golden() -> Vec<Line> {
    let text = fs::read_to_string(file()).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{line}: {e}"))).collect()
}

fn types(lines: &[Line]) -> BTreeSet<&str> {
    lines.iter().map(|line| line.kind.as_str()).collect()
}

fn take(scene: &mut Scene, command: &str) {
    let with = format!("{{ cycle: '2016', force: thornshire, command: {command} }}");
    scene.act(&format!("{{ as: keeper, do: record/take, on: history, with: {with} }}")).unwrap();
}

/// An inspection whose draft comes back from its check, because an earlier finding was not assessed; then it is published.
fn assessed() -> Scene {
    let mut scene = Scene::exercise(Some(("publication/schedule", "report/plumbline")));
    take(&mut scene, "{ take-publication: { id: report, publisher: HMIC, title: A report, published: 2017-03-02 } }");
    for finding in ["coc-1", "coc-2"] {
        take(
            &mut scene,
            &format!(
                "{{ take-finding: {{ id: {finding}, kind: cause-of-concern, node: effectiveness.q2, text: Words, addressees: [thornshire], from: {{ publication: report, page: 3 }} }} }}"
            ),
        );
    }
    let publishes = "[a1, j1, j2, finding/reviews, finding/on-time, finding/assess, finding/skills, section/q1]";
    let digest = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    let made = format!("[{{ name: report.html, digest: {digest} }}]");
    for step in [
        "{ as: lee, do: cycle/plan, on: next, with: { framework: '2025-27', title: Next, kind: real } }",
        "{ as: lee, do: cycle/amend, on: next, with: { framework: '2025-27', title: Next, kind: real, everywhere: [q1] } }",
        "{ as: lee, do: inspection/return-to-drafting, on: plumbline/thornshire, with: { reason: x } }",
        "{ as: lia, do: assessment/record, on: a1, under: plumbline/thornshire, with: { finding: 2016/coc-1, outcome: partly, reasons: x } }",
        "{ as: lia, do: assessment/revise, on: a1, with: { finding: 2016/coc-1, outcome: met, reasons: x } }",
        "{ as: lia, do: assessment/record, on: a2, under: plumbline/thornshire, with: { finding: 2016/coc-2, outcome: not, reasons: x } }",
        "{ as: lia, do: assessment/withdraw, on: a2, with: { reason: x } }",
        "{ as: lee, do: check/send, on: check/2, under: plumbline/thornshire, with: { digest: d2, until: 2025-06-30 } }",
        "{ as: lee, do: check/close, on: check/2 }",
        &format!(
            "{{ as: eve, do: publication/schedule, on: report/plumbline, under: plumbline/thornshire, with: {{ title: x, product: force-report, embargo: 2025-01-01T00:00:00Z, publishes: {publishes} }} }}"
        ),
        &format!("{{ as: hana, do: publication/sign, on: report/plumbline, with: {{ digest: {digest} }} }}"),
        &format!(
            "{{ as: eve, do: publication/publish, on: report/plumbline, with: {{ editions: {made}, inputs: {made} }} }}"
        ),
    ] {
        scene.act(step).unwrap_or_else(|refusal| panic!("{step}: {refusal}"));
    }
    scene
}

#[test]
fn an_earlier_finding_is_assessed_and_the_assessment_published_with_the_report() {
    let scene = assessed();
    assert_eq!((scene.state("a1"), scene.state("a2")), ("published", "withdrawn"));
    assert!(scene.programme.seen_by(&Actor::Public).with_exercise(&id("plumbline")).has(&id("a1")));
}

/// Adds the first event of each type that has no line: of the exercise, of inspections with a past, and of what people do at random.
fn write() {
    let here = golden();
    let mut known: BTreeSet<String> = types(&here).into_iter().map(str::to_owned).collect();
    let walks = (0..STARTS.len()).flat_map(|start| (0..40).map(move |seed| walk(start, seed, 120).0));
    let scenes = [Scene::exercise(None), judged_with_history(), assessed()].into_iter().chain(walks);
    let mut out = fs::OpenOptions::new().create(true).append(true).open(file()).unwrap();
    for kept in scenes.flat_map(|scene| scene.ledger) {
        if known.insert(kept.event.kind.clone()) {
            let Kept { seq, at, actor, event: Event { stream, kind, body } } = kept;
            writeln!(out, "{}", serde_json::to_string(&Line { seq, at, actor, stream, kind, body }).unwrap()).unwrap();
        }
    }
}

/// A programme in which the event is lawful: its thing stands where the action can start from.
fn ready_for(line: &Line) -> Programme {
    let mut programme = Programme::new(frameworks());
    programme.head = line.seq - 1;
    let row = table::of_event(&line.kind).unwrap_or_else(|| panic!("no action makes {}", line.kind));
    let Some(kind) = row.kind().filter(|_| !row.makes()) else { return programme };
    let stays = kind.state(line.body["state"].as_str().unwrap()).filter(|_| row.to.is_none());
    let thing = id(line.body["thing"].as_str().unwrap());
    let state = stays.unwrap_or(row.from[0]);
    let belongs = Belongs::default();
    programme.things.insert(thing.clone(), Thing { id: thing, state, version: 1, belongs, acts: Vec::new() });
    programme
}

#[test]
fn every_event_ever_written_is_read_without_a_problem() {
    if std::env::var_os("PEELIAN_WRITE").is_some() {
        write();
    }
    let lines = golden();
    let lacking: Vec<&str> =
        table::rows().map(|row| row.event).filter(|event| !types(&lines).contains(event)).collect();
    assert!(lacking.is_empty(), "no line in golden/1.jsonl: {lacking:?}: write them with PEELIAN_WRITE=1");
    for line in &lines {
        let free = line.body.to_string().contains(r#""text":""#);
        assert!(!free || line.kind == "taken-from-publication", "{} holds free text", line.kind);
        let mut programme = ready_for(line);
        programme.apply(&Recorded {
            seq: line.seq,
            at: line.at,
            actor: &line.actor,
            kind: &line.kind,
            body: &line.body,
        });
        assert_eq!(programme.problems(), [], "{}", line.kind);
        assert_eq!(programme.head(), line.seq);
        let Some(thing) = line.body.get("thing").and_then(Value::as_str) else { continue };
        let thing = programme.thing(&id(thing)).unwrap();
        let act = thing.acts.last().unwrap();
        assert_eq!(
            (thing.state.id(), act.by.as_str(), act.at),
            (line.body["state"].as_str().unwrap(), line.actor.as_str(), line.at)
        );
        assert_eq!(serde_json::to_value(&act.with).unwrap(), line.body["with"], "{}", line.kind);
    }
}

#[test]
fn an_event_is_folded_in_once_and_only_where_it_belongs() {
    let mut programme = Programme::new(frameworks());
    let mut apply = |seq: u64, kind: &str, with: Value| {
        let body = serde_json::json!({ "thing": "ada", "state": "open", "with": with, "belongs": null });
        let made = serde_json::json!({ "thing": "ada", "state": "open", "with": with, "belongs": {} });
        let (at, body) = (Timestamp::UNIX_EPOCH, if kind == "account-opened" { made } else { body });
        programme.apply(&Recorded { seq, at, actor: "keeper", kind, body: &body });
        (programme.thing(&id("ada")).unwrap().version, programme.problems().iter().map(|p| p.found.clone()).collect())
    };
    let none: Vec<String> = Vec::new();
    let name = serde_json::json!({ "name": { "vault": "v1", "digest": "00ff" } });
    let office = serde_json::json!({ "office": { "role": "editor" } });
    assert_eq!(apply(1, "account-opened", name.clone()), (1, none.clone()));
    assert_eq!(apply(2, "role-given", office.clone()), (2, none.clone()));
    assert_eq!(apply(2, "role-given", office.clone()), (2, none.clone()), "the same place again");
    assert_eq!(apply(1, "role-given", office), (2, none), "an earlier place");
    let twice: Vec<String> = vec!["there is a `ada` already".into()];
    assert_eq!(apply(3, "account-opened", name), (2, twice.clone()));
    let happened = serde_json::json!({ "on": "2025-01-01" });
    let alien = [twice, vec!["`ada` is of kind account".into()]].concat();
    assert_eq!(apply(4, "cycle-begun", happened), (2, alien));
}
