//! Every action and every read, in every state, by every role, with own and other force, body and team, against the printed policy.
//!
//! The page is read here on its own terms, line by line, so that the tables and the functions that use them are compared with what
//! people are told.

use super::support::*;
use super::*;
use serde_json::json;
use std::collections::BTreeMap;

/// Who stands for a role in the matrix, and whether the thing is theirs.
struct Stranger {
    role: Role,
    own_force: bool,
    own_body: bool,
    team: bool,
}

fn add(programme: &mut Programme, kind: &str, body: &serde_json::Value) {
    let seq = programme.head() + 1;
    let at = Timestamp::UNIX_EPOCH;
    programme.apply(&Recorded { seq, at, actor: "keeper", kind, body });
}

fn office(programme: &mut Programme, account: &str, office: &serde_json::Value) {
    add(
        programme,
        "account-opened",
        &json!({ "thing": account, "state": "open", "with": { "name": "N" }, "belongs": {} }),
    );
    add(programme, "role-given", &json!({ "thing": account, "state": "open", "with": { "office": office } }));
}

/// Everybody: each role in the inspectorate on and off the team; each other role for this force or body and for another.
fn everybody(programme: &mut Programme) -> Vec<(String, Stranger)> {
    let mut all = Vec::new();
    for role in Role::ALL.iter().copied().filter(|r| r.side() != Side::None) {
        for own in [true, false] {
            let account = format!("{}-{}", role.id(), if own { "own" } else { "other" });
            let place = if own { "here" } else { "there" };
            let (mut own_force, mut own_body, mut team) = (false, false, false);
            let held = match role.side() {
                Side::Force => {
                    own_force = own;
                    json!({ "role": role, "force": place })
                }
                Side::Body => {
                    own_body = own;
                    json!({ "role": role, "body": place })
                }
                Side::Inspectorate | Side::None => {
                    team = own;
                    json!({ "role": role })
                }
            };
            office(programme, &account, &held);
            if team {
                let joined = json!({ "thing": "c/here", "state": "planned", "with": { "person": account } });
                add(programme, "team-joined", &joined);
            }
            all.push((account.clone(), Stranger { role, own_force, own_body, team }));
        }
    }
    for role in [Role::Public, Role::Keeper] {
        all.push((role.id().to_owned(), Stranger { role, own_force: false, own_body: false, team: false }));
    }
    all
}

/// A programme with an inspection, and a thing of this kind in this state that belongs to it.
fn with_thing(state: State) -> (Programme, Vec<(String, Stranger)>, ThingId) {
    let mut programme = Programme::new(frameworks());
    let cycle = json!({ "thing": "c", "state": "planned", "belongs": { "cycle": "c" },
        "with": { "framework": "2025-27", "title": "C", "kind": "real" } });
    add(&mut programme, "cycle-planned", &cycle);
    let belongs = json!({ "under": "c", "cycle": "c", "inspection": "c/here", "forces": ["here"], "bodies": ["here"] });
    let inspection = json!({ "thing": "c/here", "state": "planned", "belongs": belongs, "with": { "force": "here" } });
    add(&mut programme, "inspection-planned", &inspection);
    let everybody = everybody(&mut programme);
    let thing = if state.kind() == Kind::Inspection { id("c/here") } else { id("the-thing") };
    let belongs = Belongs {
        under: Some(id("c/here")),
        cycle: Some(id("c")),
        inspection: Some(id("c/here")),
        forces: vec!["here".parse().unwrap()],
        bodies: vec!["here".into()],
        ..Belongs::default()
    };
    let acts = programme.thing(&thing).map(|t| t.acts.clone()).unwrap_or_default();
    programme.things.insert(thing.clone(), Thing { id: thing.clone(), state, version: 1, belongs, acts });
    (programme, everybody, thing)
}

/// The page's tables: for each kind its actions (action, from, who) and its views (states, who).
#[derive(Default)]
struct Printed {
    actions: Vec<(String, Vec<String>, Vec<String>)>,
    views: Vec<(Vec<String>, Vec<String>)>,
}

fn printed() -> BTreeMap<String, Printed> {
    let page = include_str!("../../../../../docs/policy.md");
    let mut all: BTreeMap<String, Printed> = BTreeMap::new();
    let mut title = String::new();
    let split = |cell: &str| cell.split(", ").map(|part| part.trim().to_owned()).collect::<Vec<_>>();
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            title = heading.to_lowercase();
        }
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let here = all.entry(title.clone()).or_default();
        match cells.as_slice() {
            [action, from, _, who, _] if action.starts_with('`') => {
                here.actions.push((action.trim_matches('`').to_owned(), split(from), split(who)));
            }
            [states, who] if line.starts_with('|') && !states.starts_with("---") && *states != "seen in" => {
                here.views.push((split(states), split(who)));
            }
            _ => {}
        }
    }
    all
}

fn named(who: &[String], stranger: &Stranger) -> bool {
    who.iter().any(|who| match who.split_once(" (") {
        None => who == stranger.role.id() || who == "public",
        Some((role, whose)) => {
            role == stranger.role.id()
                && match whose.trim_end_matches(')') {
                    "own force" => stranger.own_force,
                    "own body" => stranger.own_body,
                    "on the team" => stranger.team,
                    other => panic!("{other}"),
                }
        }
    })
}

#[test]
fn every_action_and_every_read_agrees_with_the_printed_policy() {
    let page = printed();
    let mut asked = 0;
    for kind in Kind::ALL {
        let here = &page[kind.words()];
        assert_eq!(here.actions.len(), table::rows().filter(|row| row.kind() == Some(*kind)).count(), "{kind}");
        for state in kind.states() {
            let (programme, everybody, thing) = with_thing(*state);
            let subject = programme.thing(&thing).unwrap();
            for (account, stranger) in &everybody {
                let actor: Actor = account.parse().unwrap();
                for (action, from, who) in &here.actions {
                    let new = from == &["(new)"];
                    let printed = named(who, stranger) && (new || from.iter().any(|f| f == state.id()));
                    assert_eq!(
                        programme.may(&actor, action, Some(subject)).is_ok(),
                        printed,
                        "{action} by {account} in {state}"
                    );
                    asked += 1;
                }
                let printed = here
                    .views
                    .iter()
                    .any(|(states, who)| states.iter().any(|s| s == state.id()) && named(who, stranger));
                assert_eq!(
                    programme.seen_by(&actor).has(&thing),
                    printed,
                    "{thing} ({kind}, {state}) seen by {account}"
                );
                assert_eq!(programme.seen_by(&actor).things().any(|t| t.id == thing), printed);
                asked += 1;
            }
        }
    }
    assert!(asked > 20_000, "{asked}");
}
