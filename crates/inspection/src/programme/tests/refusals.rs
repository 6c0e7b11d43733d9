//! Commands that are refused, each with the words of the rule that stands against it.

use super::support::*;

#[test]
fn what_breaks_a_rule_is_refused_with_what_stands_against_it() {
    let all: Vec<Step> = serde_saphyr::from_str(include_str!("refusals.yaml")).unwrap();
    let mut wrong = Vec::new();
    for case in all {
        let (before, words) = (case.before.clone().unwrap(), case.refused.clone().unwrap());
        let mut scene = Scene::exercise(Some(before.split_once(' ').unwrap()));
        let programme = scene.programme.clone();
        match scene.ask(case) {
            Err(refusal) if refusal.contains(&words) => assert_eq!(scene.programme, programme),
            came => wrong.push(format!("before {before}\n  should hold: {words}\n  came: {came:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
