//! Causes of concern and their recommendations, published together; and rules that only a few steps in a row come to.

use super::support::*;
use super::*;

const DIGEST: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// In follow-up: a cause of concern about q1 with two recommendations, all agreed, and a regrade of q1 as inadequate, decided.
fn regraded() -> Scene {
    let mut scene = Scene::exercise(Some(("entry/plan", "finding/on-time/thornshire/1")));
    let draft = |on: &str, under: &str, kind: &str| {
        format!(
            "{{ as: ines, do: finding/draft, on: {on}, under: {under}, with: {{ kind: {kind}, node: q1, title: x, text: x, evidence: [e1] }} }}"
        )
    };
    for step in [
        "{ as: lee, do: judgment/open, on: j1-again, under: plumbline/thornshire, with: { node: q1, graders: [ines, ivan], regrades: j1 } }".into(),
        "{ as: ines, do: judgment/grade-blind, on: j1-again, with: { grade: inadequate, reasons: x } }".into(),
        "{ as: ivan, do: judgment/grade-blind, on: j1-again, with: { grade: inadequate, reasons: x } }".into(),
        draft("finding/new", "plumbline/thornshire", "cause-of-concern"),
        draft("finding/first", "finding/new", "recommendation"),
        draft("finding/second", "finding/new", "recommendation"),
        "{ as: ivan, do: judgment/propose, on: j1-again, with: { grade: inadequate, rationale: x, evidence: [e1] } }".into(),
        "{ as: mo, do: judgment/moderate, on: j1-again, with: { panel: [mo], before: inadequate, after: inadequate, reasons: x } }".into(),
        "{ as: hugh, do: judgment/decide, on: j1-again, with: { grade: inadequate, reasons: x } }".into(),
        "{ as: hugh, do: finding/agree, on: finding/new }".into(),
        "{ as: hugh, do: finding/agree, on: finding/first }".into(),
        "{ as: hugh, do: finding/agree, on: finding/second }".into(),
    ] {
        scene.act(&step).unwrap();
    }
    scene
}

/// Schedules a letter that holds these, and has it signed.
fn letter(scene: &mut Scene, publishes: &str) {
    let with = format!("{{ title: x, product: letter, embargo: 2025-01-01T00:00:00Z, publishes: [{publishes}] }}");
    let schedule = "do: publication/schedule, on: letter/9, under: plumbline/thornshire";
    scene.act(&format!("{{ as: eve, {schedule}, with: {with} }}")).unwrap();
    scene.act(&format!("{{ as: hana, do: publication/sign, on: letter/9, with: {{ digest: {DIGEST} }} }}")).unwrap();
}

fn publish(scene: &mut Scene) -> Result<Vec<Event>, String> {
    let made = format!("[{{ name: letter, digest: {DIGEST} }}]");
    let with = format!("{{ editions: {made}, inputs: {made} }}");
    scene.act(&format!("{{ as: eve, do: publication/publish, on: letter/9, with: {with} }}"))
}

#[test]
fn a_cause_of_concern_is_published_with_its_recommendations_and_inadequate_with_a_cause_of_concern() {
    for (publishes, words) in [
        ("j1-again", "inadequate without a cause of concern: `j1-again`"),
        ("finding/new", "causes of concern without a recommendation: `finding/new`"),
        ("finding/new, finding/first", "recommendations left behind by their cause of concern: `finding/second`"),
        ("finding/second", "recommendations without their cause of concern: `finding/second`"),
    ] {
        let mut scene = regraded();
        letter(&mut scene, publishes);
        let refusal = publish(&mut scene).unwrap_err();
        assert!(refusal.contains(words), "{refusal}\nshould hold: {words}");
    }
    let mut scene = regraded();
    letter(&mut scene, "j1-again, finding/new, finding/first, finding/second");
    publish(&mut scene).unwrap();
    assert_eq!((scene.state("j1-again"), scene.state("finding/second/thornshire")), ("published", "published"));
}

#[test]
fn what_is_withdrawn_after_it_was_scheduled_is_not_published() {
    let mut scene = regraded();
    letter(&mut scene, "finding/first");
    // The cause of concern is in no publication, and takes its recommendations with it.
    scene.act("{ as: lee, do: finding/withdraw, on: finding/new, with: { reason: x } }").unwrap();
    let refusal = publish(&mut scene).unwrap_err();
    assert!(refusal.contains("not ready to be published: `finding/first`"), "{refusal}");
}

#[test]
fn a_series_that_the_chief_officer_signs_is_ended_before_it_closes() {
    let mut scene = regraded();
    for step in [
        "{ as: ines, do: finding/draft, on: finding/yearly, under: plumbline/thornshire, with: { kind: recommendation, node: q1, title: x, text: x, evidence: [e1], due: { every-months: 12 }, route: chief-officer-signs } }",
        "{ as: hugh, do: finding/agree, on: finding/yearly }",
    ] {
        scene.act(step).unwrap();
    }
    letter(&mut scene, "finding/yearly");
    publish(&mut scene).unwrap();
    scene.act("{ as: fay, do: entry/plan, on: finding/yearly/thornshire, with: { plan: x } }").unwrap();
    scene.act("{ as: fay, do: entry/claim, on: finding/yearly/thornshire, with: { done: x } }").unwrap();
    let sign = "{ as: cole, do: entry/sign, on: finding/yearly/thornshire, with: { done: x } }";
    assert!(scene.act(sign).unwrap_err().contains("its due recurs"));
    scene.act("{ as: hugh, do: entry/end-series, on: finding/yearly/thornshire, with: { reason: x } }").unwrap();
    scene.act(sign).unwrap();
}

/// The ledger says what happened, lawful or not; what is decided today rests on initial grades all the same.
#[test]
fn a_judgment_that_was_proposed_without_all_initial_grades_is_not_decided() {
    let mut scene = Scene::exercise(Some(("judgment/propose", "j1")));
    let body = serde_json::json!({ "thing": "j1", "state": "moderated", "with": { "panel": ["mo"], "before": "good",
        "after": "good", "reasons": { "vault": "v1", "digest": "00ff" } } });
    let seq = scene.programme.head() + 1;
    scene.programme.apply(&Recorded { seq, at: scene.now, actor: "mo", kind: "judgment-moderated", body: &body });
    insta::assert_snapshot!(scene.programme.problems()[0].found, @"`j1` went from grading to moderated, against the table");
    let decide = "{ as: hugh, do: judgment/decide, on: j1, with: { grade: good, reasons: x } }";
    insta::assert_snapshot!(scene.act(decide).unwrap_err(), @"the HMI cannot decide yet: 1 of 2 initial grades missing; record it with `judgment/grade-blind`");
}
