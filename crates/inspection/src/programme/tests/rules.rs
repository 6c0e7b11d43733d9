//! Rules one by one: what the exercise does not come to.

use super::support::*;
use super::*;
use crate::{Grade, JudgmentValue};

fn day(text: &str) -> jiff::civil::Date {
    text.parse().unwrap()
}

#[test]
fn the_clock_counts_the_day_of_publication_as_the_first() {
    let last = |published: &str| clock::last_day(day(published)).map(|d| d.to_string());
    assert_eq!(last("2023-10-31").as_deref(), Some("2023-12-25"));
    assert_eq!(last("2019-09-27").as_deref(), Some("2019-11-21"));
    assert_eq!(last("2024-10-16").as_deref(), Some("2024-12-10"));
    assert_eq!((last("2016-12-08"), last("2017-03-02"), last("2017-05-01")), (None, None, None));
    assert_eq!(last("2017-05-02").as_deref(), Some("2017-06-26"));
}

#[test]
fn a_day_is_that_of_england_and_wales() {
    let on = |at: &str| clock::day_of(at.parse().unwrap()).to_string();
    assert_eq!(on("2019-09-26T23:00:00Z"), "2019-09-27");
    assert_eq!(on("2019-09-26T22:59:59Z"), "2019-09-26");
    assert_eq!((on("2025-03-30T00:59:59Z"), on("2025-10-26T00:30:00Z")), ("2025-03-30".into(), "2025-10-26".into()));
    assert_eq!((on("2025-10-25T23:30:00Z"), on("2025-10-26T23:30:00Z")), ("2025-10-26".into(), "2025-10-26".into()));
    assert_eq!(on("2025-01-31T23:59:59Z"), "2025-01-31");
}

#[test]
fn a_suggestion_reproduces_the_nine_published_pillars() {
    let four = &frameworks()[0];
    let vectors = [
        ("good requires-improvement good", "good"),
        ("good requires-improvement inadequate good ungraded", "requires-improvement"),
        ("good good good", "good"),
        ("outstanding good good", "good"),
        ("good good good good", "good"),
        ("outstanding good good", "good"),
        ("good good good good ungraded", "good"),
        ("good good", "good"),
        ("good good good", "good"),
    ];
    for (questions, pillar) in vectors {
        let values: Vec<JudgmentValue> = questions.split(' ').map(|v| v.parse().unwrap()).collect();
        assert_eq!(suggestion(four, &values).map(Grade::id), Some(pillar), "{questions}");
    }
    let of = |text: &str| suggestion(four, &text.split(' ').map(|v| v.parse().unwrap()).collect::<Vec<_>>());
    assert_eq!(of("outstanding outstanding outstanding inadequate"), Some(Grade::RequiresImprovement));
    assert_eq!(of("outstanding good"), Some(Grade::Good));
    assert_eq!((of("ungraded"), of("adequate good"), suggestion(four, &[])), (None, None, None));
}

#[test]
fn every_state_reaches_an_end() {
    for kind in Kind::ALL {
        for state in kind.states() {
            let mut reached = vec![*state];
            let mut next = 0;
            while let Some(at) = reached.get(next).copied() {
                for to in table::rows().filter(|row| row.from.contains(&at)).filter_map(|row| row.to) {
                    if !reached.contains(&to) {
                        reached.push(to);
                    }
                }
                next += 1;
            }
            assert!(reached.iter().any(|s| s.is_end()), "{kind} {state}");
            let made = table::rows().any(|row| row.to == Some(*state));
            assert!(made, "nothing leads to {kind} {state}");
        }
    }
}

#[test]
fn the_table_holds_together() {
    for row in table::rows() {
        assert_eq!(
            table::rows().filter(|r| r.action == row.action || r.event == row.event).count(),
            1,
            "{}",
            row.action
        );
        if let Some(kind) = row.kind() {
            assert_eq!(row.action.split('/').next(), Some(kind.id()));
            assert!(row.from.iter().all(|state| state.kind() == kind), "{}", row.action);
        }
        let caused = table::rows().any(|r| r.then.iter().any(|then| then.leads_to.contains(&row.action)));
        assert!(!row.follows() || caused, "nobody can do {} and nothing leads to it", row.action);
        for action in row.then.iter().flat_map(|then| then.leads_to) {
            assert!(table::row(action).is_some(), "{action}");
        }
    }
}

#[test]
fn an_inspection_can_be_withdrawn_from_every_state_and_leaves_nothing_open() {
    let before = [
        ("inspection/notify", "plumbline/thornshire"),
        ("inspection/prepare", "plumbline/thornshire"),
        ("inspection/begin-fieldwork", "plumbline/thornshire"),
        ("inspection/debrief", "plumbline/thornshire"),
        ("inspection/begin-judging", "plumbline/thornshire"),
        ("inspection/begin-drafting", "plumbline/thornshire"),
        ("check/send", "check/1"),
        ("check/close", "check/1"),
        ("publication/sign", "report/plumbline"),
        ("inspection/follow-up", "plumbline/thornshire"),
        ("revisit/do", "revisit/1"),
        ("inspection/end", "plumbline/thornshire"),
    ];
    let mut left = std::collections::BTreeSet::new();
    for step in before {
        let mut scene = Scene::exercise(Some(step));
        left.insert(scene.state("plumbline/thornshire"));
        scene.act("{ as: hugh, do: inspection/withdraw, on: plumbline/thornshire, with: { reason: Over } }").unwrap();
        assert_eq!(scene.programme.problems(), []);
        let inspection = id("plumbline/thornshire");
        let open: Vec<String> = scene
            .programme
            .below(&inspection)
            .into_iter()
            .filter(|t| !t.state.is_end() && !matches!(t.kind(), Kind::Entry | Kind::Response | Kind::Evidence))
            .map(|t| format!("{} {}", t.id, t.state))
            .collect();
        assert_eq!(open, Vec::<String>::new(), "{step:?}");
        let export = scene.programme.seen_by(&who("lee")).export(&inspection).unwrap();
        let sensitive =
            scene.programme.below(&inspection).into_iter().filter(|t| t.belongs.marking != Marking::Official).count();
        assert_eq!(export.things.len() + sensitive, scene.programme.below(&inspection).len());
        serde_json::to_value(&export).unwrap();
    }
    assert_eq!(left.len(), Kind::Inspection.states().len() - 2, "{left:?}");
}

#[test]
fn initial_grades_are_blind_until_all_are_in() {
    let mut scene = Scene::exercise(Some(("judgment/grade-blind", "j1")));
    scene.act("{ as: ines, do: judgment/grade-blind, on: j1, with: { grade: good, reasons: Sound } }").unwrap();
    let grades = |scene: &Scene, person: &str| {
        scene.programme.seen_by(&who(person)).thing(&id("j1")).unwrap().said::<details::InitialGrade>().count()
    };
    assert_eq!(
        [grades(&scene, "ines"), grades(&scene, "ivan"), grades(&scene, "hugh"), grades(&scene, "lee")],
        [1, 0, 0, 0]
    );
    assert!(
        !format!("{:?}", scene.programme.seen_by(&who("ivan")).export(&id("plumbline/thornshire"))).contains("Good")
    );
    scene.act("{ as: ivan, do: judgment/grade-blind, on: j1, with: { grade: adequate, reasons: Fair } }").unwrap();
    assert_eq!([grades(&scene, "ines"), grades(&scene, "ivan"), grades(&scene, "lee")], [2, 2, 2]);
    assert_eq!(scene.state("j1"), "graded");
}

#[test]
fn what_somebody_may_not_see_is_not_there() {
    let scene = Scene::exercise(Some(("publication/schedule", "report/plumbline")));
    let has = |person: &str, thing: &str| scene.programme.seen_by(&who(person)).has(&id(thing));
    // Marked OFFICIAL-SENSITIVE: the team, HM Inspectors, the chief inspector.
    let cleared = ["ines", "ivan", "hugh", "cara"].map(|person| has(person, "e2"));
    assert_eq!(cleared, [true; 4]);
    assert_eq!(["lee", "lia", "mo", "eve", "fay", "public"].map(|person| has(person, "e2")), [false; 6]);
    assert!(has("lee", "e1") && !has("fay", "e1"));
    assert!(has("fay", "section/q1") && has("fay", "check/1") && !has("fay", "j1"));
    assert_eq!(["otto", "pia", "public"].map(|person| has(person, "section/q1")), [false; 3]);
    // Their own account, and what they recorded themselves; no button for what is not there.
    assert!(has("fay", "fay") && !has("fay", "cole"));
    let mut scene = scene;
    scene.act("{ as: lia, do: evidence/record, on: e3, under: plumbline/thornshire, with: { kind: data, source: x, asserted-by: force, on: 2025-06-01, nodes: [q1], says: x, marking: official-sensitive } }").unwrap();
    let lead = scene.programme.seen_by(&who("lee"));
    assert!(scene.programme.seen_by(&who("lia")).has(&id("e3")) && !lead.has(&id("e3")));
    assert!(lead.may("section/withdraw", &id("section/q1")) && !lead.may("evidence/withdraw", &id("e3")));
    let all = Scene::exercise(None);
    let public = all.programme.seen_by(&Actor::Public);
    assert_eq!(public.things().filter(|t| t.is_training()).count(), 0);
    let asked = public.with_exercise(&id("plumbline"));
    let j2 = asked.thing(&id("j2")).unwrap();
    assert_eq!(j2.acts.iter().map(|a| a.action).collect::<Vec<_>>(), ["judgment/decide", "judgment/publish"]);
    assert_eq!(asked.counted(Kind::Judgment).count(), 0);
    assert!(asked.of_kind(Kind::Judgment).count() == 3 && !asked.has(&id("e1")) && !asked.has(&id("ines")));
}

#[test]
fn a_thing_that_has_moved_on_is_not_changed_and_says_what_was_done() {
    let mut scene = Scene::exercise(Some(("judgment/moderate", "j1")));
    let version = scene.programme.thing(&id("j1")).unwrap().version;
    scene.act("{ as: mo, do: judgment/return, on: j1, with: { reason: Say more } }").unwrap();
    scene
        .act("{ as: ines, do: judgment/propose, on: j1, with: { grade: good, rationale: More, evidence: [e1] } }")
        .unwrap();
    let moderate = format!(
        "{{ as: mo, do: judgment/moderate, on: j1, seen: {version}, with: {{ panel: [mo], before: good, after: good, reasons: Fine }} }}"
    );
    insta::assert_snapshot!(scene.act(&moderate).unwrap_err(), @"`j1` was at version 5 when you looked and is at 7 now (judgment/return by mo, judgment/propose by ines); look at what changed and send the command again with `seen: 7`");
    scene.act(&moderate.replace(&format!("seen: {version}"), &format!("seen: {}", version + 2))).unwrap();
}

#[test]
fn a_command_names_the_field_that_is_wrong() {
    let mut scene = Scene::new();
    let mut refused = |yaml: &str| scene.act(yaml).unwrap_err();
    insta::assert_snapshot!(refused("{ as: lee, do: judgment/propose, on: j1, with: { grade: fine, rationale: x, evidence: [] } }"), @"judgment/propose, `with.grade`: `fine` is not a grade: write `outstanding`, `good`, `adequate`, `requires-improvement`, `inadequate`, `ungraded`, `not-inspected`, `to-be-graded` or `not-graded`");
    insta::assert_snapshot!(refused("{ as: lee, do: visit/plan, on: v1, under: i, with: { place: x, from: 2025-01-01, until: 2025-01-02, nights: 3 } }"), @"visit/plan, `with.nights`: unknown field `nights`, expected one of `place`, `from`, `until`");
    insta::assert_snapshot!(refused("{ as: lee, do: request/ask, on: r1, under: i, with: { what: { text: \" \" }, by: 2025-01-01 } }"), @"request/ask, `with.what`: a text is `text:` with `marking:`, or `vault:` with `digest:`");
    insta::assert_snapshot!(refused("{ as: lee, do: visit/go, on: v1 }"), @"`do`: there is no action `visit/go`; use one of visit/plan, visit/do, visit/cancel");
    insta::assert_snapshot!(refused("{ as: lee, do: visit/do, on: v1, under: i, with: { on: 2025-01-01 } }"), @"`under`: `visit/do` makes nothing new; leave `under` out");
    insta::assert_snapshot!(refused("{ as: lee, do: judgment/unveil, on: j1 }"), @"`do`: there is no action `judgment/unveil`; use one of judgment/open, judgment/grade-blind, judgment/record-view, judgment/propose, judgment/return, judgment/moderate, judgment/decide, judgment/reopen, judgment/carry-over, judgment/withdraw");
}

#[test]
fn what_is_free_text_in_a_command_is_the_vaults_in_an_event() {
    let scene = Scene::exercise(None);
    let lines: Vec<String> = scene.ledger.iter().map(|kept| serde_json::to_string(&kept.event).unwrap()).collect();
    assert!(
        !lines.iter().any(|line| line.contains("\"text\":\"")
            || line.contains("Ines Field")
            || line.contains("Reviews are late"))
    );
    assert!(lines.iter().any(|line| line.contains(r#""says":{"vault":"v1","digest":"00ff"}"#)));
    let given: Text = serde_saphyr::from_str("{ text: Words, marking: official-sensitive }").unwrap();
    assert_eq!(serde_json::to_string(&given).unwrap(), r#"{"text":"Words","marking":"official-sensitive"}"#);
    for text in ["''", "{ text: '' }", "{ vault: v }", "{ text: a, digest: b }", "{ words: a }"] {
        assert!(serde_saphyr::from_str::<Text>(text).is_err(), "{text}");
    }
}

#[test]
fn what_is_overdue_is_read_from_a_day() {
    let mut scene = Scene::exercise(Some(("response/invite", "report/plumbline/response/thornshire-pcc")));
    let late = |scene: &Scene, on: &str| {
        scene.programme.seen_by(&who("lia")).overdue(day(on)).map(|t| t.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(late(&scene, "2025-08-15"), Vec::<String>::new());
    assert_eq!(late(&scene, "2025-08-16"), ["report/plumbline/response/thornshire-pcc"]);
    assert_eq!(late(&scene, "2025-09-22").len(), 3, "two sub-points within three months, and the response");
    assert!(late(&scene, "2026-06-22").contains(&"finding/assess/thornshire".to_owned()));
    scene.act("{ as: lia, do: entry/meet-occurrence, on: finding/assess/thornshire, with: { due: 2026-06-21, done: In full } }").unwrap();
    assert!(!late(&scene, "2027-06-21").contains(&"finding/assess/thornshire".to_owned()));
    assert!(late(&scene, "2027-06-22").contains(&"finding/assess/thornshire".to_owned()));
}

#[test]
fn every_open_finding_of_an_earlier_inspection_is_assessed_before_judging() {
    let mut scene = Scene::exercise(Some(("monitoring/begin", "monitoring/thornshire")));
    let mut act = |yaml: &str| scene.act(yaml);
    act("{ as: lia, do: entry/progress, on: finding/skills/college-of-policing, with: { note: x } }").unwrap();
    act("{ as: hugh, do: entry/reopen, on: finding/skills/thornshire, with: { reason: Slipped } }").unwrap();
    act("{ as: lee, do: cycle/plan, on: plumbline, with: { framework: 2025-27, title: x, kind: training } }")
        .unwrap_err();
    // An exercise has its own register: another exercise does not look back on this one, so the earlier one is moved there by hand.
    act("{ as: lee, do: cycle/plan, on: second, with: { framework: '2025-27', title: Second, kind: training } }")
        .unwrap();
    act("{ as: cara, do: cycle/open, on: second, with: { on: 2025-09-01 } }").unwrap();
    act("{ as: lee, do: inspection/plan, on: second/thornshire, under: second, with: { force: thornshire } }").unwrap();
    for node in ["q1", "q2"] {
        act(&format!("{{ as: lee, do: scope-line/propose, on: s2-{node}, under: second/thornshire, with: {{ node: {node}, status: inspected, reason: x }} }}")).unwrap();
        act(&format!("{{ as: hugh, do: scope-line/confirm, on: s2-{node} }}")).unwrap();
    }
    act("{ as: lee, do: inspection/notify, on: second/thornshire, with: { on: 2026-01-01 } }").unwrap();
    act("{ as: lee, do: inspection/prepare, on: second/thornshire }").unwrap();
    act("{ as: lee, do: inspection/join, on: second/thornshire, with: { person: ines } }").unwrap();
    act("{ as: lee, do: inspection/begin-fieldwork, on: second/thornshire, with: { on: 2026-01-01 } }").unwrap();
    act("{ as: ines, do: inspection/debrief, on: second/thornshire, with: { on: 2026-01-01 } }").unwrap();
    for t in scene.programme.things.values_mut().filter(|t| t.belongs.cycle == Some(id("second"))) {
        t.belongs.exercise = Some(id("plumbline"));
    }
    let mut act = |yaml: &str| scene.act(yaml);
    insta::assert_snapshot!(act("{ as: lee, do: inspection/begin-judging, on: second/thornshire }").unwrap_err(), @"open findings of earlier inspections that are not assessed: `finding/skills/thornshire`; record how each stands with `assessment/record`");
    act("{ as: lia, do: assessment/record, on: a1, under: second/thornshire, with: { finding: j1, outcome: met, reasons: x } }").unwrap_err();
    act("{ as: lia, do: assessment/record, on: a1, under: second/thornshire, with: { finding: finding/skills/thornshire, outcome: partly, reasons: Some } }").unwrap();
    act("{ as: lia, do: assessment/record, on: a2, under: second/thornshire, with: { finding: finding/skills/thornshire, outcome: met, reasons: x } }").unwrap_err();
    let revise = "{ as: lia, do: assessment/revise, on: a1, with: { finding: finding/skills/thornshire, outcome: not, reasons: None } }";
    act(revise).unwrap();
    let mut refused = |yaml: &str, words: &str| {
        let refusal = act(yaml).unwrap_err();
        assert!(refusal.contains(words), "{refusal}\nshould hold: {words}");
    };
    refused(&revise.replace("skills", "reviews"), "the finding would change");
    refused(&revise.replace("None", "None, evidence: [e1]"), "no evidence of this inspection, or withdrawn: `e1`");
    refused(
        "{ as: lia, do: assessment/record, on: a2, under: second/thornshire, with: { finding: x, outcome: met, reasons: x, evidence: [e1] } }",
        "no evidence of this inspection, or withdrawn: `e1`",
    );
    act("{ as: lee, do: inspection/begin-judging, on: second/thornshire }").unwrap();
    // An assessment that is withdrawn after judging has begun leaves its finding unassessed.
    act("{ as: lia, do: assessment/withdraw, on: a1, with: { reason: x } }").unwrap();
    act("{ as: lee, do: judgment/open, on: again, under: second/thornshire, with: { node: q1, graders: [ines, hana] } }")
        .unwrap();
    for grader in ["ines", "hana"] {
        act(&format!("{{ as: {grader}, do: judgment/grade-blind, on: again, with: {{ grade: good, reasons: x }} }}"))
            .unwrap();
    }
    assert!(
        act("{ as: lee, do: judgment/propose, on: again, with: { grade: good, rationale: x, evidence: [] } }")
            .unwrap_err()
            .contains("not assessed: `finding/skills/thornshire`")
    );
}

#[test]
fn a_cause_of_concern_can_be_published_by_letter_at_once() {
    let mut scene = Scene::exercise(Some(("finding/agree", "finding/on-time")));
    let accelerate = "{ as: hugh, do: finding/accelerate, on: finding/reviews, with: { digest: ab, on: 2025-03-20, reason: People are at risk } }";
    scene.act("{ as: hugh, do: finding/agree, on: finding/reviews }").unwrap();
    assert!(scene.act(accelerate).unwrap_err().contains("not agreed yet: `finding/on-time`, `finding/assess`"));
    scene.act("{ as: hugh, do: finding/agree, on: finding/on-time }").unwrap();
    scene.act("{ as: hugh, do: finding/agree, on: finding/assess }").unwrap();
    scene.act("{ as: hugh, do: finding/agree, on: finding/skills }").unwrap();
    assert!(scene.act(&accelerate.replace("reviews", "skills")).unwrap_err().contains("is not a cause of concern"));
    scene.act(accelerate).unwrap();
    let opened = [
        "finding/reviews/thornshire",
        "finding/on-time/thornshire/1",
        "finding/on-time/thornshire/2",
        "finding/assess/thornshire",
    ];
    assert_eq!(opened.map(|entry| scene.state(entry)), ["published"; 4]);
    let concern =
        scene.programme.thing(&id(opened[1])).unwrap().latest::<details::EntryOpened>().unwrap().concern.clone();
    assert_eq!(concern, Some(id("finding/reviews/thornshire")));
}

#[test]
fn a_conflict_of_interest_binds_until_it_is_lifted() {
    let mut scene = Scene::exercise(Some(("inspection/begin-fieldwork", "plumbline/thornshire")));
    let enquire =
        "{ as: ned, do: inspection/add-line-of-enquiry, on: plumbline/thornshire, with: { node: q1, line: x } }";
    insta::assert_snapshot!(scene.act(enquire).unwrap_err(), @"ned has declared a conflict of interest in `plumbline/thornshire`; somebody else has to act, or the chief inspector lifts it with `inspection/lift-conflict`");
    scene.act("{ as: cara, do: inspection/lift-conflict, on: plumbline/thornshire, with: { person: ned, reason: They have retired } }").unwrap();
    scene.act(enquire).unwrap();
    scene
        .act("{ as: cara, do: inspection/declare-conflict, on: plumbline/thornshire, with: { reason: Mine } }")
        .unwrap();
    scene
        .act("{ as: cara, do: inspection/lift-conflict, on: plumbline/thornshire, with: { person: cara } }")
        .unwrap_err();
}

#[test]
fn monitoring_takes_the_stages_of_its_time() {
    let on = |text: &str| Scheme::on(day(text)).map(|s| s.id);
    assert_eq!([on("2009-03-31"), on("2009-04-01"), on("2024-12-06")], [None, Some("2009"), Some("scan-engage")]);
}
