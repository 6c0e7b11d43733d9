//! `log`, `ledger`, `backup` and `restore`: what was recorded can be read, carried elsewhere, and shown to be what it was.

use crate::inspectorate::{Inspectorate, Ran, plumbline};
use std::{fs, process::Command};

/// A step in the middle of the exercise.
const MIDDLE: &str = "do: publication/schedule";

/// What `log` shows of a ledger: every event.
fn log(house: &Inspectorate) -> String {
    house.run(&["log", "--format", "csv"]).ended(0).out
}

/// Where the ledger ends, as `SEQ HASH`.
fn head(house: &Inspectorate) -> String {
    house.run(&["ledger", "head"]).ended(0).out
}

fn last(house: &Inspectorate) -> String {
    log(house).lines().last().unwrap().split(',').next().unwrap().to_owned()
}

#[test]
fn the_log_lists_events_and_how_things_stand_and_how_they_stood() {
    let house = Inspectorate::with_the_exercise(None);
    let events = house.run(&["log", "--stream", "finding/on-time"]).ended(0).out;
    assert!(events.lines().next().unwrap().contains("ines  finding-drafted  finding/on-time  (exercise)"), "{events}");
    assert!(events.contains("entry-superseded  finding/on-time/thornshire/2  (exercise)"), "{events}");
    assert!(!events.contains("finding/assess"), "{events}");
    let stands = |options: &[&str]| {
        let all = [&["log", "--as", "hugh", "--stream", "judgment/q6", "--format", "csv"], options].concat();
        house.run(&all).ended(0).out
    };
    assert_eq!(stands(&[]), "thing,kind,state,version,exercise\njudgment/q6,judgment,published,11,true\n");
    let seq = |event: &str| {
        let csv = house.run(&["log", "--stream", "judgment/q6", "--format", "csv"]).ended(0).out;
        csv.lines().find(|line| line.contains(event)).unwrap().split(',').next().unwrap().to_owned()
    };
    assert!(stands(&["--at", &seq("judgment-proposed")]).contains("judgment/q6,judgment,proposed,5,true"));
    assert!(stands(&["--at", &seq("judgment-reopened")]).contains("judgment/q6,judgment,reopened,8,true"));
    assert_eq!(stands(&["--at", "1"]).lines().count(), 1);
    house.run(&["log", "--as", "The Public"]).ended(2).telling(&["--as: `The Public` is not an id"]);
}

#[test]
fn how_things_stood_is_what_a_folder_shows_that_was_acted_up_to_there() {
    let whole = Inspectorate::with_the_exercise(None);
    let part = Inspectorate::with_the_exercise(Some(MIDDLE));
    let at = last(&part);
    for who in ["hugh", "fay", "keeper", "public"] {
        for format in ["table", "csv"] {
            let options = ["log", "--as", who, "--format", format];
            let then = whole.run(&[&options[..], &["--at", &at]].concat()).ended(0);
            let now = part.run(&options).ended(0);
            assert_eq!((then.out, then.err), (now.out, now.err), "{who}");
        }
    }
}

#[test]
fn an_export_is_the_same_ledger_in_another_folder() {
    let house = Inspectorate::with_the_exercise(Some(MIDDLE));
    let events = house.run(&["ledger", "export", "--texts", "texts.jsonl"]).ended(0).out;
    let first: serde_json::Value = serde_json::from_str(events.lines().next().unwrap()).unwrap();
    let mut fields: Vec<&str> = first.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["actor", "at", "body", "hash", "prev", "seq", "stream", "type", "version"]);
    assert!(!events.contains("Ines Field") && !events.contains("months late"), "words stand in the vault");
    let texts = fs::read_to_string(house.path().join("texts.jsonl")).unwrap();
    assert!(texts.contains("Ines Field"));
    for with_texts in [true, false] {
        let other = Inspectorate::for_exercises();
        other.write("events.jsonl", &events);
        other.write("texts.jsonl", &texts);
        let texts = if with_texts { &["--texts", "texts.jsonl"][..] } else { &[] };
        other
            .run(&[&["ledger", "import", "events.jsonl"], texts].concat())
            .ended(0)
            .telling(&["Imported; it ends at "]);
        assert_eq!((log(&other), head(&other)), (log(&house), head(&house)));
        let left = if with_texts { "agree with their digests" } else { "are not in this copy" };
        other.run(&["ledger", "verify"]).ended(0).telling(&[left]);
        other.run(&["ledger", "import", "events.jsonl"]).ended(2).telling(&["events.jsonl: "]);
    }
    let other = Inspectorate::for_exercises();
    other.write("events.jsonl", &events.replacen("role-given", "role-taken", 1));
    other.run(&["ledger", "import", "events.jsonl"]).ended(2).telling(&["event 2"]);
    other.run(&["log"]).ended(2).telling(&["has no ledger yet"]);
}

/// Runs SQL on the ledger behind the program's back; `None` where there is nothing to run it with.
fn sql(house: &Inspectorate, statement: &str) -> Option<()> {
    let python = "import sqlite3, sys\nwith sqlite3.connect(sys.argv[1]) as db: db.execute(sys.argv[2])";
    let tries = [("sqlite3", vec!["ledger.db", statement]), ("python3", vec!["-c", python, "ledger.db", statement])];
    let ran = tries
        .iter()
        .find_map(|(program, arguments)| Command::new(program).args(arguments).current_dir(house.path()).output().ok());
    let Some(ran) = ran else {
        println!("skipped: neither sqlite3 nor python3 is here");
        return None;
    };
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    Some(())
}

#[test]
fn an_event_that_was_edited_is_the_first_break() {
    let house = Inspectorate::with_the_exercise(Some(MIDDLE));
    house.run(&["ledger", "verify"]).ended(0).telling(&["hold together", "kept elsewhere: --head FILE"]);
    let edit = "UPDATE events SET body = replace(body, 'hm-inspector', 'chief-inspector') WHERE seq = 6";
    let Some(()) = sql(&house, edit) else { return };
    let ran = house.run(&["ledger", "verify"]).ended(1).telling(&["event 6"]);
    assert_eq!(ran.err.lines().count(), 1, "the first break and no other: {}", ran.err);
}

#[test]
fn a_head_that_was_kept_shows_an_end_that_was_cut_off() {
    let house = Inspectorate::with_the_exercise(Some(MIDDLE));
    house.write("head.json", &house.run(&["ledger", "head", "--sign", "key"]).ended(0).out);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(house.path().join("key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else reads the key");
    }
    let kept = |house: &Inspectorate| house.run(&["ledger", "verify", "--head", "head.json"]);
    kept(&house).ended(0);
    let end: u64 = last(&house).parse().unwrap();
    let cut = format!("DELETE FROM events WHERE seq = {end}");
    let Some(()) = sql(&house, &cut) else { return };
    house.run(&["ledger", "verify"]);
    let ran = kept(&house).ended(1);
    assert!(ran.err.contains(&format!("event {end}")), "{}", ran.err);
}

#[test]
fn a_backup_is_restored_whole_or_up_to_an_event_and_verified() {
    let house = Inspectorate::with_the_exercise(None);
    house.run(&["backup", "kept"]).ended(0).telling(&["kept: up to "]);
    house.run(&["backup", "kept"]).ended(2).telling(&["kept is not empty"]);
    let kept = house.path().join("kept").display().to_string();
    let restore = |options: &[&str]| -> (Inspectorate, Ran) {
        let other = Inspectorate::for_exercises();
        let ran =
            other.run(&[&["restore", &kept], options].concat()).ended(0).telling(&["Restored. ", "hold together"]);
        (other, ran)
    };
    let (all, _) = restore(&[]);
    assert_eq!((log(&all), head(&all)), (log(&house), head(&house)));
    // A command that was recorded before the backup is recognised after it.
    all.write("plumbline.yaml", &plumbline(None));
    all.run(&["act", "plumbline.yaml"]).ended(0).telling(&["0 events recorded; "]);
    all.run(&["restore", &kept]).ended(2);
    let part = Inspectorate::with_the_exercise(Some(MIDDLE));
    let at = last(&part);
    let (then, _) = restore(&["--seq", &at]);
    assert_eq!(log(&then), log(&part));
    then.run(&["ledger", "verify"]).ended(0);
    let (then, _) = restore(&["--time", "2025-06-06T10:00:00Z"]);
    assert!(log(&then).lines().count() > 100 && log(&then).lines().count() < log(&part).lines().count() + 1);
}
