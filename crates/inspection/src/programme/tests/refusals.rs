//! Commands that are refused, each with the words of the rule that stands against it.

use super::support::*;

#[test]
fn what_breaks_a_rule_is_refused_with_what_stands_against_it() {
    let all: Vec<Step> = serde_saphyr::from_str(include_str!("refusals.yaml")).unwrap();
    let mut wrong = Vec::new();
    for mut case in all {
        let (before, words) = (case.before.clone().unwrap(), case.refused.clone().unwrap());
        let mut scene = Scene::exercise(Some(before.split_once(' ').unwrap()));
        for step in std::mem::take(&mut case.first) {
            scene.ask(step).unwrap_or_else(|refusal| panic!("before {before}, first: {refusal}"));
        }
        let programme = scene.programme.clone();
        match scene.ask(case) {
            Err(refusal) if refusal.contains(&words) => assert_eq!(scene.programme, programme),
            came => wrong.push(format!("before {before}\n  should hold: {words}\n  came: {came:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// With every role that the action asks for, people still cannot approve what they made.
#[test]
fn nobody_approves_their_own_work_whatever_roles_they_hold() {
    let cases = [
        ("framework/approve framework/2025-27", "lee", "chief-inspector", "{ digest: bb }"),
        ("scope-line/confirm scope-q1", "lee", "hm-inspector", "{}"),
        ("judgment/moderate j1", "ines", "moderator", "{ panel: [mo], before: good, after: good, reasons: x }"),
        ("judgment/decide j1", "ines", "hm-inspector", "{ grade: good, reasons: x }"),
        ("judgment/decide j1", "mo", "hm-inspector", "{ grade: good, reasons: x }"),
        ("finding/agree finding/on-time", "ines", "hm-inspector", "{}"),
        ("section/approve section/q1", "eve", "programme-lead", "{ digest: a2 }"),
        ("publication/sign report/plumbline", "eve", "hm-inspector", "{ digest: aa }"),
        ("overview/approve overview/1", "lee", "chief-inspector", "{}"),
    ];
    for (step, person, role, with) in cases {
        let (action, thing) = step.split_once(' ').unwrap();
        let mut scene = Scene::exercise(Some((action, thing)));
        let give =
            format!("{{ as: keeper, do: account/give-role, on: {person}, with: {{ office: {{ role: {role} }} }} }}");
        scene.act(&give).unwrap();
        let approve = format!("{{ as: {person}, do: {action}, on: {thing}, with: {with} }}");
        let refusal = scene.act(&approve).unwrap_err();
        assert!(refusal.contains("nobody approves their own work"), "{approve}: {refusal}");
    }
}
