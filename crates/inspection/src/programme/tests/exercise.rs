//! The fictional inspection, from the first account to the last closure.

use super::support::*;

#[test]
fn an_inspection_goes_from_its_plan_to_the_last_closure() {
    let scene = Scene::exercise(None);
    for (thing, state) in [
        ("plumbline", "closed"),
        ("plumbline/thornshire", "ended"),
        ("j1", "published"),
        ("j2", "published"),
        ("j2-again", "published"),
        ("report/plumbline", "corrected"),
        ("revisit/1", "letter-published"),
        ("finding/reviews/thornshire", "complete"),
        ("finding/on-time/thornshire/2", "superseded"),
        ("report/plumbline/response/thornshire-pcc", "sent"),
        ("overview/1", "published"),
        ("finding/national/college-of-policing", "action-planned"),
    ] {
        assert_eq!(scene.state(thing), state, "{thing}");
    }
}
