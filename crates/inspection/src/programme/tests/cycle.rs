//! The cycle of 2018/19 as it was: three tranches, and four areas that were inspected in every force.
//!
//! How many forces each tranche held and which areas are on record (`HMICFRS`, PEEL 2018/19); which force was in which tranche is known of
//! Hertfordshire alone, which was in the second. The others are allocated in the order of the register: this is not the historical
//! allocation.

use super::support::*;
use super::*;
use details as d;
use reference::AreaId;
use serde_json::json;

/// How many forces were published on 2 May 2019, 27 September 2019 and 7 February 2020.
const TRANCHES: [usize; 3] = [14, 15, 14];
/// Protecting vulnerable people; firearms capability; planning for the future; ethical and lawful workforce behaviour.
const EVERYWHERE: [&str; 4] = ["effectiveness.q3", "effectiveness.q5", "efficiency.q2", "legitimacy.q2"];

fn content(file: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content");
    std::fs::read_to_string(folder.join(file)).unwrap()
}

/// The forces that are inspected, in the order of the register.
fn forces() -> Vec<String> {
    let register = content("register/forces.csv");
    let rows = register.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    rows.filter(|cells| cells[6] == "yes").map(|cells| cells[0].to_owned()).collect()
}

fn ask(scene: &mut Scene, who: &str, action: &str, on: &str, under: Option<&str>, with: serde_json::Value) {
    scene.command(&who.parse().unwrap(), &command(action, on, under, with)).unwrap();
}

fn command(action: &str, on: &str, under: Option<&str>, with: serde_json::Value) -> Command {
    Command::new("c", action, id(on), under.map(id), None, with).unwrap()
}

/// The cycle, planned, with an inspection of each force.
fn cycle() -> Scene {
    let mut scene = Scene::exercise(Some(("framework/draft", "framework/2025-27")));
    scene.programme.frameworks = vec![serde_saphyr::from_str(&content("frameworks/2018-19.yaml")).unwrap()];
    let (forces, mut rest) = (forces(), forces().into_iter());
    let tranches = TRANCHES.map(|size| rest.by_ref().take(size).collect::<Vec<_>>());
    let plan = json!({ "framework": "2018-19", "title": "PEEL 2018/19", "kind": "real", "everywhere": EVERYWHERE, "tranches": tranches });
    ask(&mut scene, "lee", "cycle/plan", "2018-19", None, plan);
    ask(&mut scene, "cara", "cycle/open", "2018-19", None, json!({"on": "2018-05-01"}));
    for force in forces {
        let inspection = format!("2018-19/{force}");
        ask(&mut scene, "lee", "inspection/plan", &inspection, Some("2018-19"), json!({ "force": force }));
    }
    scene
}

#[test]
fn three_tranches_hold_each_of_the_43_forces_once() {
    let scene = cycle();
    let plan = scene.programme.thing(&id("2018-19")).unwrap().latest::<d::CyclePlan>().unwrap();
    assert_eq!(plan.tranches.iter().map(Vec::len).collect::<Vec<_>>(), TRANCHES);
    let inspected = |tranche: &Vec<AreaId>| {
        let of = |t: &&Thing| t.belongs.forces.iter().any(|force| tranche.contains(force));
        scene.programme.of_kind(Kind::Inspection).filter(of).count()
    };
    assert_eq!(plan.tranches.iter().map(inspected).collect::<Vec<_>>(), TRANCHES);
    let seen = scene.programme.seen_by(&who("lee"));
    assert_eq!((TRANCHES.iter().sum::<usize>(), seen.counted(Kind::Inspection).count()), (43, 43));
    assert!(plan.tranches[1].contains(&"hertfordshire".parse().unwrap()));
}

#[test]
fn an_area_that_is_inspected_everywhere_is_carried_over_nowhere() {
    let mut scene = cycle();
    let questions: Vec<String> = scene.programme.frameworks[0].questions().map(|(node, _)| node.to_string()).collect();
    let mut refused = 0;
    for force in forces() {
        let inspection = format!("2018-19/{force}");
        for question in &questions {
            for status in ["carried-over", "limited-review", "not-inspected"] {
                let plan = json!({ "node": question, "status": status, "reason": "No risk" });
                let propose = command("scope-line/propose", "scope/other", Some(&inspection), plan);
                let came = scene.programme.decide(&who("lee"), &propose, scene.now);
                assert_eq!(came.is_err(), EVERYWHERE.contains(&question.as_str()), "{force} {question} {status}");
                refused += usize::from(came.is_err());
            }
        }
    }
    assert_eq!((questions.len(), refused), (10, 43 * 4 * 3));
    // Hertfordshire: the four, and investigating crime.
    let inspected = |question: &str| question == "effectiveness.q2" || EVERYWHERE.contains(&question);
    for question in &questions {
        let status = if inspected(question) { "inspected" } else { "carried-over" };
        let plan = json!({ "node": question, "status": status, "reason": "By risk" });
        let line = format!("scope/{question}");
        ask(&mut scene, "lee", "scope-line/propose", &line, Some("2018-19/hertfordshire"), plan);
        ask(&mut scene, "hugh", "scope-line/confirm", &line, None, json!({}));
    }
    let notice = json!({ "on": "2018-09-03" });
    ask(&mut scene, "lee", "inspection/notify", "2018-19/hertfordshire", None, notice);
    assert_eq!(scene.programme.of_kind(Kind::ScopeLine).filter(|t| t.state.id() == "notified").count(), 10);
    let yes = questions.iter().filter(|q| inspected(q)).count();
    assert_eq!((yes, questions.len() - yes), (5, 5));
}
