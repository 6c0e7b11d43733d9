//! The fictional inspection, from the first account to the last closure.

use super::support::*;

#[test]
fn an_approval_of_a_framework_is_of_its_content_as_it_is() {
    let mut scene = Scene::exercise(Some(("cycle/open", "plumbline")));
    for step in [
        "{ as: lee, do: framework/draft, on: framework/next, with: { framework: next, digest: aa } }",
        "{ as: lee, do: framework/consult, on: framework/next, with: { on: 2025-01-20 } }",
        "{ as: lee, do: framework/revise, on: framework/next, with: { framework: next, digest: bb } }",
    ] {
        scene.act(step).unwrap();
    }
    let approve = "{ as: cara, do: framework/approve, on: framework/next, with: { digest: aa } }";
    assert!(scene.act(approve).unwrap_err().contains("the content is bb now"));
    scene.act(&approve.replace("digest: aa", "digest: bb")).unwrap();
    assert_eq!(scene.state("framework/2023-25"), "in-force");
}

#[test]
fn an_inspection_goes_from_its_plan_to_the_last_closure() {
    let scene = Scene::exercise(None);
    for (thing, state) in [
        ("plumbline", "closed"),
        ("plumbline/thornshire", "ended"),
        ("judgment/q6", "published"),
        ("judgment/q7", "published"),
        ("judgment/q7-again", "published"),
        ("report/plumbline", "corrected"),
        ("revisit/reviews", "letter-published"),
        ("finding/reviews/thornshire", "complete"),
        ("finding/on-time/thornshire/2", "superseded"),
        ("report/plumbline/response/thornshire-pcc", "sent"),
        ("overview/plumbline", "published"),
        ("finding/national/skills-board", "action-planned"),
    ] {
        assert_eq!(scene.state(thing), state, "{thing}");
    }
}
