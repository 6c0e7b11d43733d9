//! What holds whatever anybody does.

use super::support::*;
use super::walk::{Chance, something};
use super::*;
use crate::{Grade, JudgmentValue};
use details as d;
use proptest::prelude::*;
use reference::AreaId;
use std::collections::BTreeSet;

/// Where walks start: before these steps of the exercise.
pub(super) const STARTS: [(&str, &str); 15] = [
    ("inspection/plan", "plumbline/thornshire"),
    ("inspection/prepare", "plumbline/thornshire"),
    ("inspection/begin-judging", "plumbline/thornshire"),
    ("judgment/grade-blind", "j1"),
    ("judgment/propose", "j1"),
    ("judgment/moderate", "j1"),
    ("inspection/begin-drafting", "plumbline/thornshire"),
    ("check/send", "check/1"),
    ("comment/accept", "comment/1"),
    ("publication/schedule", "report/plumbline"),
    ("inspection/follow-up", "plumbline/thornshire"),
    ("revisit/do", "revisit/1"),
    ("publication/schedule", "letter/1"),
    ("finding/agree", "finding/national"),
    ("publication/sign", "report/overview"),
];

pub(super) fn walk(start: usize, seed: u64, steps: usize) -> (Scene, usize) {
    let mut scene = Scene::exercise(Some(STARTS[start]));
    if start >= 9 {
        scene.now = "2025-08-01T00:00:00Z".parse().unwrap();
    }
    let mut chance = Chance(seed);
    let mut taken = 0;
    for _ in 0..steps {
        if let Some((actor, command)) = something(&scene, &mut chance)
            && scene.command(&actor, &command).is_ok()
        {
            taken += 1;
        }
    }
    (scene, taken)
}

/// What is unlawful about a programme: the invariants of `domain.md` §1.5 and those of the design, each read from things alone.
fn unlawful(programme: &Programme) -> Vec<String> {
    let mut wrong: Vec<String> = programme.problems().iter().map(|p| p.found.clone()).collect();
    for thing in programme.things.values() {
        let broken = match thing.kind() {
            Kind::Judgment => judgment(programme, thing),
            Kind::Finding => finding(programme, thing),
            Kind::Section => section(thing),
            Kind::Publication => publication(programme, thing),
            Kind::Entry => entry(programme, thing),
            Kind::Response => response(thing),
            Kind::ScopeLine => scope(programme, thing),
            Kind::Account => account(thing),
            _ => Vec::new(),
        };
        wrong.extend(broken.into_iter().map(|law| format!("{}: {law}", thing.id)));
        wrong.extend(conflict(programme, thing));
    }
    wrong
}

fn check(laws: &[(bool, &'static str)]) -> Vec<&'static str> {
    laws.iter().filter(|(kept, _)| !kept).map(|(_, law)| *law).collect()
}

fn judgment(programme: &Programme, t: &Thing) -> Vec<&'static str> {
    let twins = programme.of_kind(Kind::Judgment).filter(|o| {
        o.belongs.inspection == t.belongs.inspection
            && seen::node_of(o) == seen::node_of(t)
            && o.state.id() != "withdrawn"
    });
    let first = twins.filter(|o| o.latest::<d::ToJudge>().is_none_or(|j| j.regrades.is_none())).count();
    if !matches!(t.state.id(), "decided" | "published") || t.latest::<d::CarriedFrom>().is_some() {
        return check(&[(first <= 1 || t.state.id() == "withdrawn", "a place has two judgments")]);
    }
    let by =
        |action: &str| t.acts.iter().filter(|a| a.action == action).map(|a| a.by.as_str()).collect::<BTreeSet<_>>();
    let (decided, moderated) = (t.last("judgment/decide"), by("judgment/moderate"));
    let hmi = decided.is_some_and(|act| ["hugh", "hana", "lee", "ines", "ivan", "mo"].contains(&act.by.as_str()));
    let decider = decided.map_or("", |act| act.by.as_str());
    let proposed = t.latest::<d::Proposal>();
    let evidence = proposed.is_some_and(|p| {
        !p.evidence.is_empty()
            && p.evidence.iter().all(|e| programme.thing(e).is_some_and(|e| e.state.id() != "withdrawn"))
    });
    let inadequate = seen::grade_of(t) == Some(JudgmentValue::Graded(Grade::Inadequate)) && t.state.id() == "published";
    let published = |f: &Thing| {
        f.state.id() == "published"
            && f.belongs.inspection == t.belongs.inspection
            && f.latest::<d::FindingDrafted>().is_some_and(|f| {
                f.kind == crate::record::FindingKind::CauseOfConcern && seen::node_of(t) == Some(&f.node)
            })
    };
    let panel = t.latest::<d::Moderation>().is_some_and(|m| {
        m.panel
            .iter()
            .all(|p| !by("judgment/propose").contains(p.as_str()) && !by("judgment/grade-blind").contains(p.as_str()))
    });
    check(&[
        (by("judgment/grade-blind").len() >= 2, "fewer than two initial grades"),
        (
            hmi && !by("judgment/propose").contains(decider) && !moderated.contains(decider),
            "decided by one who proposed or moderated",
        ),
        (moderated.is_disjoint(&by("judgment/propose")), "moderated by one who proposed"),
        (panel, "on the panel, and graded or proposed"),
        (evidence, "rests on no evidence that stands"),
        (!inadequate || programme.of_kind(Kind::Finding).any(published), "inadequate without a cause of concern"),
        (first <= 1, "a place has two judgments"),
    ])
}

fn finding(programme: &Programme, t: &Thing) -> Vec<&'static str> {
    let concern = t.latest::<d::FindingDrafted>().is_some_and(|f| f.kind == crate::record::FindingKind::CauseOfConcern);
    let parts: Vec<&Thing> = programme.parts(&t.id).filter(|p| p.kind() == Kind::Finding).collect();
    let entries = programme.parts(&t.id).filter(|p| p.kind() == Kind::Entry).count();
    let state = t.state.id();
    check(&[
        (
            !concern || state != "agreed" || parts.iter().any(|p| p.state.id() != "withdrawn"),
            "an agreed cause of concern without a recommendation",
        ),
        (
            !concern || state != "published" || parts.iter().any(|p| p.state.id() == "published"),
            "a published cause of concern without a recommendation",
        ),
        (!t.belongs.forces.is_empty() || !t.belongs.bodies.is_empty(), "no addressee"),
        (state != "published" || entries > 0, "published without an entry of the register"),
        (state == "published" || entries == 0, "an entry of the register before publication"),
    ])
}

fn section(t: &Thing) -> Vec<&'static str> {
    if !matches!(t.state.id(), "approved" | "in-check" | "published") {
        return Vec::new();
    }
    let approved = t.said::<d::Approval>().last();
    let content = t.latest::<d::Content>().map(|c| &c.digest);
    let authors: BTreeSet<&str> = t.said::<d::Content>().map(|(act, _)| act.by.as_str()).collect();
    check(&[
        (approved.map(|(_, a)| &a.digest) == content, "the approval is of other content"),
        (approved.is_some_and(|(act, _)| !authors.contains(act.by.as_str())), "approved by an author"),
    ])
}

fn publication(programme: &Programme, t: &Thing) -> Vec<&'static str> {
    let Some(act) = t.last("publication/publish") else { return Vec::new() };
    let Some(schedule) = t.latest::<d::Schedule>() else { return vec!["never scheduled"] };
    let signed = t.latest::<d::Approval>().map(|a| &a.digest);
    let editions = d::Editions::of(&act.with).is_some_and(|e| e.editions.iter().any(|e| Some(&e.digest) == signed));
    let all = schedule
        .publishes
        .iter()
        .all(|id| programme.thing(id).is_some_and(|t| matches!(t.state.id(), "published" | "letter-published")));
    check(&[
        (act.at >= schedule.embargo, "published under embargo"),
        (editions, "published without a signature"),
        (all, "something it holds is not published"),
    ])
}

fn entry(programme: &Programme, t: &Thing) -> Vec<&'static str> {
    let Some(opened) = t.latest::<d::EntryOpened>() else { return vec!["never opened"] };
    let concern = opened.kind == crate::record::FindingKind::CauseOfConcern && t.state.id() == "complete";
    let open = programme
        .below(&opened.finding)
        .into_iter()
        .any(|e| e.kind() == Kind::Entry && e.id != t.id && e.belongs.under != t.belongs.under && !e.state.is_end());
    let recurring = clock::recurs(opened.due) && t.state.id() == "complete";
    check(&[
        (
            !concern || (!open && t.last("entry/close-concern").is_some()),
            "a cause of concern closed before its recommendations",
        ),
        (!recurring || concern || t.last("entry/end-series").is_some(), "one occurrence closed the series"),
    ])
}

fn response(t: &Thing) -> Vec<&'static str> {
    let owed = t.latest::<d::ResponseOwed>().unwrap();
    let answered = t
        .latest::<d::BodyComments>()
        .is_none_or(|c| owed.recommendations.iter().all(|r| c.on.iter().any(|on| on.finding == *r)));
    check(&[
        (owed.last_day == clock::last_day(owed.published), "another last day"),
        (answered, "a recommendation without an answer"),
    ])
}

fn scope(programme: &Programme, t: &Thing) -> Vec<&'static str> {
    let plan = |t: &Thing| t.latest::<d::ScopePlan>().unwrap().clone();
    let twins = programme
        .of_kind(Kind::ScopeLine)
        .filter(|o| o.belongs.inspection == t.belongs.inspection && o.state.id() != "withdrawn");
    let cycle = programme.thing(t.belongs.cycle.as_ref().unwrap()).unwrap();
    let everywhere = cycle.latest::<d::CyclePlan>().unwrap().everywhere.contains(&plan(t).node);
    check(&[
        (
            t.state.id() == "withdrawn" || twins.filter(|o| plan(o).node == plan(t).node).count() == 1,
            "a question has two scope lines",
        ),
        (!everywhere || plan(t).status == crate::record::ScopeStatus::Inspected, "inspected everywhere, and not here"),
    ])
}

fn account(t: &Thing) -> Vec<&'static str> {
    let own = t.said::<d::OfOffice>().any(|(act, _)| act.by == t.id.as_str());
    let sides: BTreeSet<(Side, Option<AreaId>)> =
        offices::offices_of(t).into_iter().map(|o| (o.role.side(), o.force)).collect();
    check(&[(!own, "somebody gave themselves a role"), (sides.len() < 2, "somebody stands on two sides")])
}

/// Acts in an inspection by somebody who had declared a conflict of interest in it.
fn conflict(programme: &Programme, t: &Thing) -> Vec<String> {
    let Some(inspection) = t.belongs.inspection.as_ref().and_then(|id| programme.thing(id)) else { return Vec::new() };
    let bad = t.acts.iter().filter(|act| act.action != "inspection/declare-conflict").filter(|act| {
        let about = |x: &&Act| {
            x.seq < act.seq
                && (x.action == "inspection/declare-conflict" && x.by == act.by
                    || x.action == "inspection/lift-conflict"
                        && d::Somebody::of(&x.with).is_some_and(|s| s.person.as_str() == act.by))
        };
        inspection.acts.iter().rev().find(about).is_some_and(|x| x.action == "inspection/declare-conflict")
    });
    bad.map(|act| format!("{}: `{}` in conflict of interest", t.id, act.action)).collect()
}

fn leaks(programme: &Programme) -> Vec<String> {
    let public = programme.seen_by(&Actor::Public);
    let own = |t: &Thing| t.belongs.forces.iter().any(|force| force.as_str() == "elsewhere");
    // Whoever has moved to the inspectorate sees what it sees.
    let moved = programme.offices(&who("otto")).iter().any(|o| o.role.side() == Side::Inspectorate);
    let other = programme.seen_by(&if moved { Actor::Public } else { who("otto") });
    let mut found: Vec<String> =
        public.things().filter(|t| t.is_training()).map(|t| format!("the public sees {}", t.id)).collect();
    found.extend(other.things().filter(|t| t.is_training() && !own(t)).map(|t| format!("another force sees {}", t.id)));
    for seen in [public.clone().with_exercise(&id("plumbline")), other.with_exercise(&id("plumbline"))] {
        let hidden = |t: &Thing| {
            matches!(t.kind(), Kind::Evidence | Kind::Comment | Kind::Check)
                || matches!(t.kind(), Kind::Judgment | Kind::Finding | Kind::Section) && t.state.id() != "published"
        };
        found.extend(
            seen.things()
                .filter(|t| hidden(t) && !own(t))
                .map(|t| format!("somebody outside sees {} in {}", t.id, t.state)),
        );
        let inside = seen
            .things()
            .filter(|t| !own(t))
            .flat_map(|t| t.acts.clone())
            .filter(|a| table::row(a.action).unwrap().shown == Shown::Inside);
        found.extend(inside.map(|a| format!("somebody outside sees {}", a.action)));
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_sequence_of_commands_reaches_an_unlawful_state(start in 0..STARTS.len(), seed in any::<u64>()) {
        let (scene, _) = walk(start, seed, 120);
        prop_assert_eq!(unlawful(&scene.programme), Vec::<String>::new());
        prop_assert_eq!(leaks(&scene.programme), Vec::<String>::new());
    }

    #[test]
    fn replay_equals_the_running_state_and_no_prefix_panics(start in 0..STARTS.len(), seed in any::<u64>(), cut in 0usize..400) {
        let (scene, _) = walk(start, seed, 60);
        let mut replayed = Programme::new(frameworks());
        for (place, kept) in scene.ledger.iter().enumerate() {
            replayed.apply(&kept.recorded());
            if place == cut {
                prop_assert!(replayed.problems().is_empty());
                // The same event twice changes nothing.
                let before = replayed.clone();
                replayed.apply(&kept.recorded());
                prop_assert_eq!(&before, &replayed);
            }
        }
        prop_assert_eq!(replayed, scene.programme);
    }

    #[test]
    fn shuffled_and_alien_events_are_remembered_and_never_panic(seed in any::<u64>(), order in proptest::collection::vec(any::<u64>(), 90), body in ".*") {
        let (scene, _) = walk(4, seed, 30);
        let mut shuffled: Vec<&Kept> = scene.ledger.iter().collect();
        shuffled.sort_by_key(|kept| order[usize::try_from(kept.seq).unwrap() % order.len()]);
        let mut programme = Programme::new(frameworks());
        for (place, kept) in shuffled.into_iter().enumerate() {
            let seq = u64::try_from(place).unwrap() * 2 + 1;
            programme.apply(&Recorded { seq, ..kept.recorded() });
            let alien = serde_json::json!({ "thing": body, "state": "published", "with": { "grade": body } });
            let kind = ["judgment-decided", "taken-from-publication", "never-heard-of"][place % 3];
            programme.apply(&Recorded { seq: seq + 1, at: kept.at, actor: &body, kind, body: &alien });
        }
        prop_assert!(!programme.problems().is_empty());
    }

    #[test]
    fn a_command_that_was_carried_out_does_not_make_a_thing_again(start in 0..STARTS.len(), seed in any::<u64>()) {
        let mut scene = Scene::exercise(Some(STARTS[start]));
        let mut chance = Chance(seed);
        for _ in 0..40 {
            let Some((actor, command)) = something(&scene, &mut chance) else { continue };
            if scene.command(&actor, &command).is_ok() && command.row.makes() {
                prop_assert!(scene.command(&actor, &command).is_err());
            }
        }
    }
}

#[test]
fn walks_get_somewhere() {
    let mut actions = BTreeSet::new();
    for start in 0..STARTS.len() {
        for seed in 0..12 {
            let (scene, taken) = walk(start, seed, 120);
            assert!(taken > 5, "{taken} of 120 from {start}");
            actions.extend(scene.ledger.iter().map(|kept| kept.event.kind.clone()));
        }
    }
    let never: Vec<&str> = table::rows().map(|row| row.event).filter(|event| !actions.contains(*event)).collect();
    eprintln!("never taken: {never:?}");
    assert!(never.len() < 15, "never taken: {never:?}");
}
