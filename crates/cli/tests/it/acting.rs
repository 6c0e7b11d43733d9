//! `act`: what is recorded, what is refused and how it is told, and that fiction stays apart.

use crate::inspectorate::{Inspectorate, below, run, run_with};
use std::{fs, thread};

const PEOPLE: &str = "\
- { as: keeper, do: account/open, on: ada, with: { name: Ada Admin } }
- { as: keeper, do: account/give-role, on: ada, with: { office: { role: administrator } } }
- { as: ada, do: account/open, on: lee, with: { name: Lee Lead } }
";

/// The log as a table of cells.
fn log(house: &Inspectorate) -> Vec<String> {
    house.run(&["log", "--format", "csv"]).ended(0).out.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn a_file_is_recorded_once_however_often_it_is_sent() {
    let house = Inspectorate::new();
    house.write("people.yaml", PEOPLE);
    let ran = house.run(&["act", "people.yaml"]).ended(0).telling(&["3 events recorded."]);
    assert!(ran.out.contains("     1  account-opened  ada\n     2  role-given  ada\n"), "{}", ran.out);
    let before = log(&house);
    let again =
        house.run(&["act", "people.yaml"]).ended(0).telling(&["0 events recorded; 3 commands had been before."]);
    assert_eq!(again.out, "");
    assert_eq!(log(&house), before);
    let more = "- { as: ada, do: account/give-role, on: lee, with: { office: { role: programme-lead } } }\n";
    house.write("people.yaml", &format!("{PEOPLE}{more}"));
    house.run(&["act", "people.yaml"]).ended(0).telling(&["1 event recorded; 3 commands had been before."]);
    assert_eq!(log(&house).len(), 4);
}

#[test]
fn an_exercise_is_recorded_once_with_what_it_has_refused() {
    let house = Inspectorate::with_the_exercise(Some("do: check/send"));
    house.run(&["act", "plumbline.yaml"]).ended(0).telling(&["0 events recorded; "]);
    house.write("plumbline.yaml", &crate::inspectorate::plumbline(None));
    house.run(&["act", "plumbline.yaml"]).ended(0);
    house.run(&["act", "plumbline.yaml"]).ended(0).telling(&["0 events recorded; "]);
    house.write(
        "end.yaml",
        "- { as: cara, do: cycle/open, on: plumbline, with: { on: 2025-02-03 }, refused: \"is open\" }\n",
    );
    house.run(&["act", "end.yaml"]).ended(1).telling(&["end.yaml, line 1", "but not for “is open”", "is closed"]);
}

#[test]
fn a_command_that_is_no_command_is_told_with_all_the_others_and_nothing_is_recorded() {
    let house = Inspectorate::new();
    let bad = "\
- { as: ada, do: account/open, on: Eve, with: { name: Eve Editor } }
- { as: ada, do: account/make, on: eve }
- { as: ada, do: account/give-role, on: lee, with: { office: { role: boss } } }
- { as: ada, at: 2025-01-06T09:00:00Z, do: account/open, on: mo, with: { name: Mo Moderator } }
- { as: ada, do: account/open, on: ada, with: { name: Ada Admin }, refused: \"is taken\" }
";
    house.write("people.yaml", &format!("{PEOPLE}{bad}"));
    let only_exercises = "it says when it was given or that it is to be refused, as exercises do: leave `at` and `refused` out, or write `exercises = true`";
    house.run(&["act", "people.yaml"]).ended(1).telling(&[
        "people.yaml, line 4: `on`: `Eve` is not an id: write 1 to 120 lower-case letters",
        "people.yaml, line 5: `do`: there is no action `account/make`; use one of account/open, account/give-role",
        "people.yaml, line 6: account/give-role, `with.office.role`: unknown variant `boss`, expected one of",
        &format!("people.yaml, line 7: {only_exercises}"),
        &format!("people.yaml, line 8: {only_exercises}"),
        "5 problems in the way; nothing was recorded.",
    ]);
    house.run(&["log"]).ended(2).telling(&["has no ledger yet"]);
    house.write("people.yaml", "- { as: ada, does: account/open, on: eve }\n");
    house.run(&["act", "people.yaml"]).ended(1).telling(&["people.yaml, line 1", "`does`", "docs/acting.md"]);
}

#[test]
fn a_refusal_says_what_would_be_needed_of_every_command_and_nothing_is_recorded() {
    let house = Inspectorate::new();
    let bad = "\
- { as: ada, do: account/give-role, on: ada, with: { office: { role: hm-inspector } } }
- { as: lee, do: account/open, on: eve, with: { name: Eve Editor } }
- { as: ada, do: account/open, on: fay, with: { name: Fay Force } }
- { as: ada, do: account/give-role, on: fay, with: { office: { role: force-contact } } }
";
    house.write("people.yaml", &format!("{PEOPLE}{bad}"));
    house.run(&["act", "people.yaml"]).ended(1).telling(&[
        "people.yaml, line 4: `ada` is your own account: another administrator has to do it",
        "people.yaml, line 5: lee (the public) may not do `account/open` here: ask somebody who may: administrator, keeper",
        "people.yaml, line 7: the office of force-contact is not whole: name its `force`, and no body",
        "3 problems in the way; nothing was recorded.",
    ]);
    house.run(&["log"]).ended(2).telling(&["has no ledger yet"]);
    house.write("people.yaml", PEOPLE);
    house.run(&["act", "people.yaml"]).ended(0);
    house.write("more.yaml", bad);
    house.run(&["act", "people.yaml", "more.yaml"]).ended(1).telling(&["more.yaml, line 1", "nothing was recorded"]);
    assert_eq!(log(&house).len(), 3);
}

#[test]
fn what_was_changed_since_somebody_looked_is_refused_with_what_was_done() {
    let house = Inspectorate::with_the_exercise(Some("do: judgment/moderate"));
    let step = |seen: u32| {
        format!(
            "- {{ as: mo, do: judgment/moderate, on: judgment/q6, seen: {seen}, with: {{ panel: [mo], before: good, after: good, reasons: Fine }} }}\n"
        )
    };
    house.write("return.yaml", "- { as: mo, do: judgment/return, on: judgment/q6, with: { reason: Say more } }\n- { as: ines, do: judgment/propose, on: judgment/q6, with: { grade: good, rationale: More, evidence: [evidence/files] } }\n");
    house.run(&["act", "return.yaml"]).ended(0);
    house.write("moderate.yaml", &step(5));
    house.run(&["act", "moderate.yaml"]).ended(1).telling(&[
        "moderate.yaml, line 1: `judgment/q6` was at version 5 when you looked and is at 7 now",
        "(judgment/return by mo, judgment/propose by ines)",
        "send the command again with `seen: 7`",
    ]);
    house.write("moderate.yaml", &step(7));
    house.run(&["act", "moderate.yaml"]).ended(0);
}

#[test]
fn commands_come_from_standard_input_too() {
    let house = Inspectorate::new();
    run_with(&house.path(), &["act", "-"], PEOPLE).ended(0).telling(&["3 events recorded."]);
    let bad = "- { as: keeper, do: account/open, on: ada, with: { name: Ada } }\n";
    run_with(&house.path(), &["act", "-"], bad).ended(1).telling(&["standard input, line 1: the id `ada` is taken"]);
}

#[test]
fn what_is_recorded_is_not_changed_by_an_edit_of_its_file() {
    let house = Inspectorate::with_the_record();
    let mut files: Vec<String> = below(&house.path().join("record"), &|_| true)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .map(|path| path.strip_prefix(house.path()).unwrap().display().to_string())
        .collect();
    // As the folder is read: cycle by cycle, the cycle's own file before those of its forces.
    files.sort_by_key(|file| (file.split('/').nth(1).map(str::to_owned), file.matches('/').count(), file.clone()));
    let act: Vec<&str> = std::iter::once("act").chain(files.iter().map(String::as_str)).collect();
    house.run(&act).ended(0).telling(&["recorded."]);
    house.run(&["check"]).ended(0);
    let file = "record/2016/hertfordshire/record.yaml";
    let text = fs::read_to_string(house.path().join(file)).unwrap();
    let place = text.lines().position(|line| line.contains("take-judgment") && line.contains("grade: good")).unwrap();
    let line = text.lines().nth(place).unwrap();
    house.edit(file, line, &line.replace("grade: good", "grade: outstanding"));
    let told = format!("{file}, line {}: 1 of its ", place + 1);
    let told = [told.as_str(), "are not in the ledger", "what is recorded is not changed by an edit of the file"];
    house.run(&["check"]).ended(1).telling(&told);
    house.run(&["publish", "--cycle", "2016", "--format", "txt"]).ended(2).telling(&told);
    assert!(!house.path().join("site").exists());
}

// ---- Two at once ---------------------------------------------------------------------------------------------------------

/// What two people do at the same time, each with one run of the program after the other; what became of each run.
fn race(house: &Inspectorate, first: &[&str], second: &[&str]) -> Vec<crate::inspectorate::Ran> {
    let act = |steps: &[&str]| {
        let act = |step: &&str| run_with(&house.path(), &["act", "-"], &format!("- {{ {step} }}\n"));
        steps.iter().map(act).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let both = [scope.spawn(|| act(first)), scope.spawn(|| act(second))];
        both.into_iter().flat_map(|one| one.join().unwrap()).collect()
    })
}

/// How often an event happened to a thing.
fn times(house: &Inspectorate, event: &str, thing: &str) -> usize {
    let wanted = |line: &&String| line.contains(&format!(",{event},")) && line.ends_with(&format!(",{thing},true"));
    log(house).iter().filter(wanted).count()
}

const CLOSE: &str = "do: entry/close-concern, on: finding/reviews/thornshire, with: { reason: All of it is done. }";

#[test]
fn a_cause_of_concern_is_closed_once_when_two_people_close_its_last_recommendations() {
    for _round in 0..3 {
        let house = Inspectorate::with_the_exercise(Some("do: entry/supersede"));
        let one = "as: hugh, do: entry/supersede, on: finding/on-time/thornshire/2, with: { by: finding/skills/thornshire, reason: It is followed there. }";
        let other =
            "as: hugh, do: entry/withdraw, on: finding/assess/thornshire, with: { reason: It is no longer asked for. }";
        let closing = |who: &str| format!("as: {who}, {CLOSE}");
        let ran = race(&house, &[one, &closing("hugh")], &[other, &closing("hana")]);
        assert_eq!([ran[0].status, ran[2].status], [0, 0], "{ran:?}");
        // Whoever comes last sees both recommendations closed; the other is told what is open, or that it is closed already.
        assert_eq!(ran[1].status + ran[3].status, 1, "{ran:?}");
        let refused = ran.iter().find(|ran| ran.status == 1).unwrap();
        let why = ["recommendations that are open", "is complete, and `entry/close-concern` needs it"];
        assert!(why.iter().any(|why| refused.err.contains(why)), "{}", refused.err);
        assert_eq!(times(&house, "concern-closed", "finding/reviews/thornshire"), 1);
        house.run(&["ledger", "verify"]).ended(0);
    }
}

#[test]
fn a_recommendation_is_closed_once_when_two_people_close_it() {
    for _round in 0..3 {
        let house = Inspectorate::with_the_exercise(Some("do: entry/supersede"));
        let close = |who: &str| {
            format!(
                "as: {who}, do: entry/supersede, on: finding/on-time/thornshire/2, with: {{ by: finding/skills/thornshire, reason: As {who} says. }}"
            )
        };
        let ran = race(&house, &[&close("hugh")], &[&close("lia")]);
        assert_eq!(ran[0].status + ran[1].status, 1, "{ran:?}");
        let refused = ran.iter().find(|ran| ran.status == 1).unwrap();
        assert!(refused.err.contains("`finding/on-time/thornshire/2` is superseded"), "{}", refused.err);
        assert_eq!(times(&house, "entry-superseded", "finding/on-time/thornshire/2"), 1);
        house.run(&["ledger", "verify"]).ended(0);
    }
}

// ---- Fiction -------------------------------------------------------------------------------------------------------------

#[test]
fn the_exercise_of_the_demo_is_in_none_of_its_pages_counts_and_downloads() {
    let place = tempfile::tempdir().unwrap();
    run(place.path(), &["demo", "--no-serve", "--dir", "demo", "--format", "html,csv,json,txt"]).ended(0);
    let demo = place.path().join("demo");
    for file in below(&demo.join("site"), &|_| true) {
        let bytes = fs::read(&file).unwrap();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("thornshire") && !text.contains("plumbline"), "{}", file.display());
    }
    for arguments in [&["compare", "officers-fte", "--format", "csv"][..], &["measures"]] {
        assert!(!run(&demo, arguments).ended(0).out.to_lowercase().contains("thornshire"));
    }
    run(&demo, &["compare", "officers-fte", "--force", "thornshire"])
        .ended(2)
        .telling(&["`thornshire` is not a force"]);
    let listed = |who: &str| run(&demo, &["log", "--as", who]).ended(0).out;
    let public = listed("public");
    assert!(
        !public.contains("thornshire") && !public.contains("plumbline") && !public.contains("(exercise)"),
        "{public}"
    );
    let hugh = listed("hugh");
    let inspection = hugh.lines().find(|line| line.starts_with("plumbline/thornshire  inspection  ended")).unwrap();
    assert!(inspection.ends_with("(exercise)"), "{inspection}");
    assert!(hugh.lines().filter(|line| line.contains("thornshire")).all(|line| line.ends_with("(exercise)")));
    assert_eq!(listed("otto").matches("(exercise)").count(), 0, "another force's contact");
    let events = run(&demo, &["log", "--stream", "inspection"]).ended(0).out;
    assert!(events.lines().filter(|line| line.contains("thornshire")).all(|line| line.ends_with("(exercise)")));
    assert!(events.contains("taken-from-publication  take-judgment "), "the events of real forces");
    // A second demo in the same place finds its ledger there.
    run(place.path(), &["demo", "--no-serve", "--dir", "demo", "--format", "txt"]).ended(0);
}
