//! Texts that are kept no longer than a rule says, and a backup that is shown to bring everything back.

use crate::inspectorate::{Inspectorate, plumbline, run};

#[test]
fn a_text_is_due_when_its_rule_says_and_erased_it_leaves_who_when_and_why() {
    let house = Inspectorate::for_exercises();
    house.edit("peelian.toml", "# [retention]\n# evidence = 2555", "[retention]\nevidence = 30");
    house.write("plumbline.yaml", &plumbline(None));
    house.run(&["act", "plumbline.yaml"]).ended(0);
    let due = |day: &str| house.run(&["ledger", "due", "--on", day]).ended(0).out;
    assert_eq!(due("2025-01-07"), "", "nothing was recorded thirty days before");
    let listed = due("2099-01-01");
    let ids: Vec<&str> = listed.lines().map(|line| line.split_whitespace().next().unwrap()).collect();
    assert!(!ids.is_empty() && listed.lines().all(|line| line.contains("  evidence  event ")), "{listed}");
    house.run(&["ledger", "erase", "nothing", "--rule", "evidence"]).ended(2).telling(&["no text `nothing`"]);
    house
        .run(&["ledger", "erase", ids[0], "--rule", "account"])
        .ended(2)
        .telling(&["kept under `evidence`", "--not-due"]);
    house.edit("peelian.toml", "evidence = 30", "evidence = 99999");
    house.run(&["ledger", "erase", ids[0], "--rule", "evidence"]).ended(2).telling(&["not due under `evidence` today"]);
    house.edit("peelian.toml", "evidence = 99999", "evidence = 30");
    for _ in 0..2 {
        house.run(&["ledger", "erase", ids[0], "--rule", "evidence"]).ended(0);
        assert_eq!(due("2099-01-01").lines().count(), ids.len() - 1);
    }
    let events = house.run(&["log", "--stream", &format!("vault/{}", ids[0])]).ended(0).out;
    assert!(events.lines().count() == 1 && events.contains("keeper  text-erased"), "{events}");
    house.run(&["ledger", "verify"]).ended(0).telling(&["1 erased"]);
    // What was decided stands as it stood.
    house.run(&["log", "--as", "hugh", "--stream", "judgment/q6"]).ended(0).telling(&["1 thing"]);
}

#[test]
fn a_rule_for_nothing_and_a_force_that_is_none_are_told() {
    let house = Inspectorate::new();
    house.edit("peelian.toml", "# [retention]\n# evidence = 2555", "[retention]\nevidance = 30\naccount = 0");
    let told = house.run(&["check"]).ended(1);
    told.telling(&["`evidance` is no kind of thing (did you mean `evidence`?)", "`account` would be kept for 0 days"]);
    let house = Inspectorate::new();
    let office = |force: &str| {
        format!(
            "- {{ as: keeper, do: account/give-role, on: fay, with: {{ office: {{ role: force-contact, force: {force} }} }} }}\n"
        )
    };
    let opened = "- { as: keeper, do: account/open, on: fay, with: { name: Fay } }\n".to_owned();
    house.write("steps.yaml", &(opened.clone() + &office("kentt")));
    house
        .run(&["act", "steps.yaml"])
        .ended(1)
        .telling(&["steps.yaml, line 2", "`kentt` is no force (did you mean `kent`?)"]);
    house.write("steps.yaml", &(opened + &office("kent")));
    house.run(&["act", "steps.yaml"]).ended(0);
    house.write("steps.yaml", "as: keeper\ndo: account/open\n");
    house.run(&["act", "steps.yaml"]).ended(1).telling(&["begin each command with `- `"]);
    house.run(&["log", "--at", "9"]).ended(2).telling(&["there is no event 9; the last is 2"]);
    house.run(&["log", "--as", "zed"]).ended(2).telling(&["there is no account `zed`"]);
}

#[test]
fn a_drill_brings_a_report_back_from_a_backup_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["demo", "--dir", "demo", "--no-serve", "--format", "json"]).ended(0);
    let demo = folder.path().join("demo");
    let all = run(&demo, &["drill"]).ended(0).out;
    assert!(all.contains("the same from both, SHA-256 "), "{all}");
    let options = ["drill", "--seq", "300", "--force", "hertfordshire", "--cycle", "2016", "--product", "force-page"];
    let early = run(&demo, &options).ended(0).out;
    assert!(
        early.contains("300 event(s) hold together") && early.contains("force-page of hertfordshire, 2016"),
        "{early}"
    );
    // The report of then is not the one of now: the moment counts.
    let now = run(&demo, &[&["drill"], &options[3..]].concat()).ended(0).out;
    let digest = |out: &str| out.split("SHA-256 ").nth(1).unwrap().to_owned();
    assert_ne!(digest(&now), digest(&early));
}
