//! History taken over from publications, and judgments that carry over from it.

use super::support::*;
use super::*;
use crate::record;
use crate::{Grade, JudgmentValue};
use serde_json::json;

/// A scene with an inspection in 2018-19 of a force whose 2016 and 2017 are on record, about to be judged.
fn with_history(framework: &str) -> Scene {
    let mut scene = Scene::exercise(Some(("framework/draft", "framework/2025-27")));
    take(
        &mut scene,
        "2016",
        json!({ "take-publication": { "id": "report", "publisher": "HMIC", "title": "A report", "published": "2017-03-02" } }),
    );
    let from = json!({ "publication": "report", "page": 3, "quote": "short words" });
    let judgment = |grade: serde_json::Value| json!({ "take-judgment": { "node": "effectiveness.q1", "from": from, grade["key"].as_str().unwrap(): grade["value"] } });
    take(&mut scene, "2016", judgment(json!({ "key": "grade", "value": "good" })));
    take(&mut scene, "2017", judgment(json!({ "key": "carried-over", "value": "2016" })));
    take(
        &mut scene,
        "2016",
        json!({ "take-finding": { "id": "coc-1", "kind": "cause-of-concern", "node": "effectiveness.q2", "text": "Words",
        "addressees": ["hertfordshire"], "due": "within 3 months", "from": from } }),
    );
    let (q1, q2) = if framework == "2018-19" { ("effectiveness.q1", "effectiveness.q2") } else { ("q1", "q2") };
    for step in [
        format!(
            "{{ as: lee, do: cycle/plan, on: cycle, with: {{ framework: '{framework}', title: Cycle, kind: real, everywhere: [{q2}] }} }}"
        ),
        "{ as: cara, do: cycle/open, on: cycle, with: { on: 2018-04-01 } }".into(),
        "{ as: lee, do: inspection/plan, on: cycle/hertfordshire, under: cycle, with: { force: hertfordshire } }"
            .into(),
        format!(
            "{{ as: lee, do: scope-line/propose, on: s1, under: cycle/hertfordshire, with: {{ node: {q1}, status: carried-over, reason: Good before }} }}"
        ),
        format!(
            "{{ as: lee, do: scope-line/propose, on: s2, under: cycle/hertfordshire, with: {{ node: {q2}, status: inspected, reason: Everywhere }} }}"
        ),
        "{ as: hugh, do: scope-line/confirm, on: s1 }".into(),
        "{ as: hugh, do: scope-line/confirm, on: s2 }".into(),
    ] {
        scene.act(&step).unwrap();
    }
    scene
}

fn take(scene: &mut Scene, cycle: &str, command: serde_json::Value) {
    let with = json!({ "cycle": cycle, "force": "hertfordshire", "command": command });
    let command = Command::new("c", "record/take", id("history"), None, None, with).unwrap();
    scene.command(&Actor::Keeper, &command).unwrap();
}

#[test]
fn a_grade_of_2016_that_is_carried_over_twice_reads_2016() {
    let mut scene = with_history("2018-19");
    let carry = |from: &str| {
        format!(
            "{{ as: lee, do: judgment/carry-over, on: j1, under: cycle/hertfordshire, with: {{ node: effectiveness.q1, from: {from} }} }}"
        )
    };
    insta::assert_snapshot!(scene.act(&carry("2017/effectiveness.q1")).unwrap_err(), @"`2017/effectiveness.q1` was itself carried over from 2016; name the judgment that it comes from");
    assert!(scene.act(&carry("2017/effectiveness.q2")).unwrap_err().contains("no published judgment of this force"));
    assert!(
        scene
            .act(&carry("2016/effectiveness.q1").replace("node: effectiveness.q1", "node: effectiveness.q2"))
            .unwrap_err()
            .contains("inspected or carried over, never both")
    );
    scene.act(&carry("2016/effectiveness.q1")).unwrap();
    let twice = scene.act(&carry("2016/effectiveness.q1").replace("on: j1", "on: j9")).unwrap_err();
    assert!(twice.contains("the place has a judgment: `j1`"), "{twice}");
    let stands = scene.programme.seen_by(&who("lee")).stands(&id("j1")).unwrap();
    assert_eq!(
        (stands.value, stands.cycle.as_str(), stands.carried_over),
        (JudgmentValue::Graded(Grade::Good), "2016", true)
    );
    let record = scene
        .programme
        .seen_by(&Actor::Public)
        .record()
        .standing("2017", &"hertfordshire".parse().unwrap(), &"effectiveness.q1".parse().unwrap())
        .map(|s| s.cycle.to_owned());
    assert_eq!(record.as_deref(), Some("2016"));
}

#[test]
fn only_a_grade_of_an_earlier_cycle_is_carried_over() {
    let mut scene = with_history("2018-19");
    let from = json!({ "publication": "report", "page": 3, "quote": "short words" });
    take(
        &mut scene,
        "2016",
        json!({ "take-judgment": { "node": "effectiveness.q2", "from": from, "grade": "ungraded" } }),
    );
    take(
        &mut scene,
        "2018-19",
        json!({ "take-judgment": { "node": "effectiveness.q1", "from": from, "grade": "good" } }),
    );
    let mut refused = |source: &str| {
        let with = format!("{{ node: effectiveness.q1, from: {source} }}");
        let carry = format!("{{ as: lee, do: judgment/carry-over, on: j1, under: cycle/hertfordshire, with: {with} }}");
        scene.act(&carry).unwrap_err()
    };
    insta::assert_snapshot!(refused("2016/effectiveness.q2"), @"`2016/effectiveness.q2` has no grade; only a grade is carried over");
    insta::assert_snapshot!(refused("2018-19/effectiveness.q1"), @"2018-19 is no cycle before this one; name a judgment of an earlier cycle");
}

#[test]
fn nothing_is_carried_over_from_one_scale_to_another() {
    let mut scene = with_history("2025-27");
    let carry = "{ as: lee, do: judgment/carry-over, on: j1, under: cycle/hertfordshire, with: { node: q1, from: 2016/effectiveness.q1 } }";
    insta::assert_snapshot!(scene.act(carry).unwrap_err(), @"2016 grades on another scale; grades are not comparable across scales: inspect the question");
}

#[test]
fn history_starts_no_clock_and_never_ages() {
    let scene = with_history("2018-19");
    let seen = scene.programme.seen_by(&who("lee"));
    assert_eq!(seen.overdue("2030-01-01".parse().unwrap()).count(), 0);
    assert_eq!((seen.of_kind(Kind::Response).count(), seen.of_kind(Kind::Entry).count()), (0, 0));
    let events: Vec<&str> =
        scene.ledger.iter().map(|kept| kept.event.kind.as_str()).filter(|kind| kind.starts_with("taken")).collect();
    assert_eq!(events.len(), 4);
    assert_eq!(
        scene.ledger.iter().find(|kept| kept.event.kind == "taken-from-publication").unwrap().event.stream,
        "publication/report"
    );
    let mut scene = scene;
    let with = json!({ "cycle": "2016", "force": "hertfordshire", "command": { "take-judgment": { "node": "effectiveness.q1", "grade": "good", "from": { "publication": "none", "page": 1 } } } });
    let command = Command::new("c", "record/take", id("history"), None, None, with).unwrap();
    insta::assert_snapshot!(scene.command(&Actor::Keeper, &command).unwrap_err(), @"`none` is no publication on record; take the publication first, with `take-publication`");
    assert!(
        scene
            .command(&who("ines"), &command)
            .unwrap_err()
            .to_string()
            .contains("ask somebody who may: keeper, programme-lead")
    );
}

#[test]
fn an_earlier_finding_on_record_can_be_assessed() {
    let mut scene = with_history("2018-19");
    scene.act("{ as: lee, do: inspection/notify, on: cycle/hertfordshire, with: { on: 2018-05-01 } }").unwrap();
    let assess = "{ as: lia, do: assessment/record, on: a1, under: cycle/hertfordshire, with: { finding: 2016/coc-1, outcome: partly, reasons: Some } }";
    assert!(
        scene
            .act(&assess.replace("coc-1", "coc-2"))
            .unwrap_err()
            .contains("no open entry of the register and no finding on record")
    );
    scene.act(assess).unwrap();
}

/// The inspection while it is judged: q1 carried over, the pillar's judgment open.
fn judging() -> Scene {
    let mut scene = with_history("2018-19");
    for step in [
        "{ as: lee, do: inspection/notify, on: cycle/hertfordshire, with: { on: 2018-05-01 } }",
        "{ as: lee, do: inspection/prepare, on: cycle/hertfordshire }",
        "{ as: lee, do: inspection/join, on: cycle/hertfordshire, with: { person: ines } }",
        "{ as: ines, do: inspection/begin-fieldwork, on: cycle/hertfordshire, with: { on: 2018-06-01 } }",
        "{ as: ines, do: inspection/debrief, on: cycle/hertfordshire, with: { on: 2018-06-08 } }",
        "{ as: lee, do: inspection/begin-judging, on: cycle/hertfordshire }",
        "{ as: lee, do: judgment/carry-over, on: j1, under: cycle/hertfordshire, with: { node: effectiveness.q1, from: 2016/effectiveness.q1 } }",
        "{ as: lee, do: judgment/open, on: pillar, under: cycle/hertfordshire, with: { node: effectiveness, graders: [ines, hana] } }",
    ] {
        scene.act(step).unwrap();
    }
    scene
}

const TO_A_DECISION: [&str; 6] = [
    "{ as: ines, do: evidence/record, on: e1, under: cycle/hertfordshire, with: { kind: data, source: x, asserted-by: force, on: 2018-06-01, nodes: [effectiveness], says: x } }",
    "{ as: ines, do: judgment/grade-blind, on: pillar, with: { grade: GRADE, reasons: x } }",
    "{ as: hana, do: judgment/grade-blind, on: pillar, with: { grade: GRADE, reasons: x } }",
    "{ as: ines, do: judgment/propose, on: pillar, with: { grade: GRADE, rationale: x, evidence: [e1] } }",
    "{ as: mo, do: judgment/moderate, on: pillar, with: { panel: [mo], before: good, after: GRADE, reasons: x } }",
    "{ as: hugh, do: judgment/decide, on: pillar, with: { grade: GRADE, reasons: x } }",
];

/// The pillar judged, after an HM Inspector had recorded a view.
pub(super) fn judged_with_history() -> Scene {
    let mut scene = judging();
    scene.act("{ as: hugh, do: judgment/record-view, on: pillar, with: { grade: good } }").unwrap();
    for step in TO_A_DECISION {
        scene.act(&step.replace("GRADE", "good")).unwrap();
    }
    scene
}

fn off_the_scale(scene: &mut Scene, yaml: &str) {
    let refusal = scene.act(yaml).unwrap_err();
    assert!(refusal.contains("`adequate` is not in the scale of 2018-19"), "{refusal}");
}

#[test]
fn every_grade_on_the_way_to_a_decision_is_one_of_the_scale() {
    let mut scene = judging();
    for step in TO_A_DECISION {
        if step.contains("GRADE") {
            off_the_scale(&mut scene, &step.replace("GRADE", "adequate"));
        }
        scene.act(&step.replace("GRADE", "good")).unwrap();
    }
}

#[test]
fn a_suggestion_is_shown_only_to_an_hmi_who_has_recorded_a_view() {
    let mut scene = judging();
    let suggested = |scene: &Scene, person: &str| scene.programme.seen_by(&who(person)).suggestion(&id("pillar"));
    assert_eq!(suggested(&scene, "hugh"), None);
    off_the_scale(&mut scene, "{ as: hugh, do: judgment/record-view, on: pillar, with: { grade: adequate } }");
    scene.act("{ as: hugh, do: judgment/record-view, on: j1, with: { grade: good } }").unwrap_err();
    scene.act("{ as: hugh, do: judgment/record-view, on: pillar, with: { grade: requires-improvement } }").unwrap();
    assert_eq!(
        (suggested(&scene, "hugh"), suggested(&scene, "hana"), suggested(&scene, "lee")),
        (Some(Grade::Good), None, None)
    );
    assert!(!scene.ledger.iter().any(|kept| kept.event.body.to_string().contains("suggest")));
}

#[test]
fn every_command_of_the_record_reads_back_as_it_was_written() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/record");
    let mut folders = vec![folder];
    let (mut next, mut read) = (0, 0);
    #[derive(serde::Deserialize)]
    struct File {
        commands: Vec<record::Command>,
    }
    while let Some(folder) = folders.get(next).cloned() {
        next += 1;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "yaml") {
                let text = std::fs::read_to_string(&path).unwrap();
                let Ok(file) = serde_saphyr::from_str::<File>(&text) else { continue };
                for command in file.commands {
                    let value = serde_json::to_value(&command).unwrap();
                    let back: record::Command =
                        serde_json::from_value(value.clone()).unwrap_or_else(|e| panic!("{value}: {e}"));
                    assert_eq!(back, command);
                    assert!(!numbers(&value).any(|n| n.as_i64().is_none()), "{value}");
                    read += 1;
                }
            }
        }
    }
    assert!(read > 300, "{read}");
}

fn numbers(value: &serde_json::Value) -> Box<dyn Iterator<Item = &serde_json::Number> + '_> {
    match value {
        serde_json::Value::Number(number) => Box::new(std::iter::once(number)),
        serde_json::Value::Array(values) => Box::new(values.iter().flat_map(numbers)),
        serde_json::Value::Object(fields) => Box::new(fields.values().flat_map(numbers)),
        _ => Box::new(std::iter::empty()),
    }
}
