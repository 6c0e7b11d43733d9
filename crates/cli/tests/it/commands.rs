//! The commands one by one: what they find, what they refuse, how they end.

use crate::inspectorate::{Inspectorate, files, run};
use std::fs;

#[test]
fn a_new_folder_has_no_problem() {
    let house = Inspectorate::new();
    let ran = house.run(&["check"]).ended(0).telling(&["no problem", "43 forces in scope", "0 releases"]);
    assert!(ran.out.is_empty());
    Inspectorate::with_figures().run(&["check"]).ended(0).telling(&["16 releases"]);
}

#[test]
fn a_new_folder_is_not_made_over_another() {
    let house = Inspectorate::new();
    let before = files(&house.path());
    house.run(&["new", "."]).ended(2).telling(&["not empty"]);
    house.run(&["new", "peelian.toml"]).ended(2).telling(&["peelian.toml"]);
    assert!(files(&house.path()) == before);
}

#[test]
fn check_tells_several_problems_at_once_with_file_and_line() {
    let house = Inspectorate::new();
    let lines = |file: &str| fs::read_to_string(house.path().join(file)).unwrap().lines().count();
    let groups = lines("register/groups.csv") + 1;
    let text = fs::read_to_string(house.path().join("register/groups.csv")).unwrap();
    house.write("register/groups.csv", &format!("{text}most-similar,camelot,kent,,,\n"));
    house.edit("measures/workforce.yaml", "kind: count", "kind: counting");
    house.edit("frameworks/2016.yaml", "threshold: 0.675", "threshold: much");
    house.edit("sources/iopc-deaths.yaml", "area:", "place:");
    house.edit("templates/data-pack.yaml", "stop-searches-per-1000", "stops-per-1000");
    let ran = house.run(&["check"]).ended(1);
    assert!(ran.out.is_empty());
    ran.telling(&[
        &format!("register/groups.csv, row {groups}"),
        "`camelot`",
        "measures/workforce.yaml, line 6",
        "`counting`",
        "frameworks/2016.yaml, line 8",
        "sources/iopc-deaths.yaml, line ",
        "measures that are named elsewhere: not checked",
    ]);
    house.edit("measures/workforce.yaml", "kind: counting", "kind: count");
    house.run(&["check"]).ended(1).telling(&["templates/data-pack.yaml, line 2", "`stops-per-1000`"]);
}

#[test]
fn a_release_that_was_changed_is_found_by_check() {
    let house = Inspectorate::with_figures();
    let (name, mut bytes) = files(&house.path()).into_iter().find(|(name, _)| name.ends_with(".csv.gz")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(house.path().join(&name), bytes).unwrap();
    house.run(&["check"]).ended(1).telling(&[&name]);
}

#[test]
fn a_new_folder_can_start_with_figures_and_says_what_comes_next() {
    let place = tempfile::tempdir().unwrap();
    let ran = run(place.path(), &["new", "one"]).ended(0);
    ran.telling(&["peelian.toml", "peelian ingest", "peelian check", "peelian measures", "peelian compare"]);
    assert!(!place.path().join("one/observations").exists());
    run(place.path(), &["new", "two", "--with-figures"]).ended(0);
    run(&place.path().join("two"), &["check"]).ended(0).telling(&["16 releases"]);
    run(&place.path().join("two"), &["compare", "officers-fte"]).ended(0);
}

#[test]
fn a_measure_without_figures_says_who_publishes_them() {
    let house = Inspectorate::new();
    let page = "https://www.gov.uk/government/collections/police-workforce-england-and-wales";
    let listed = house.run(&["measures"]).ended(0).telling(&["police-workforce-tables", page, "--with-figures"]);
    let line = |id: &str| listed.out.lines().find(|l| l.split_whitespace().next() == Some(id)).unwrap().to_owned();
    assert!(line("female-officers-percent").ends_with("needs figures of police-workforce-open-data"));
    assert!(
        line("complaints-per-1000-staff").contains("needs a supplied return and figures of police-workforce-open-data")
    );
    assert!(line("victims-satisfied-percent").ends_with("needs a supplied return"));
    house
        .run(&["compare", "officers-fte"])
        .ended(2)
        .telling(&["police-officers-open-data or police-workforce-open-data"]);
    let explained = house.run(&["measures", "officers-fte"]).ended(0).out;
    assert!(explained.contains(page) && !explained.contains("supplied return"), "{explained}");
}

#[test]
fn one_slip_in_a_folder_is_the_only_thing_told() {
    let demo = Inspectorate::with_the_record();
    for (file, from, to, waiting) in [
        ("measures/crime.yaml", "kind: rate", "kind: [", "measures that are named elsewhere: not checked"),
        (
            "sources/iopc-deaths.yaml",
            "tables:",
            "tables: [",
            "series and sources that are named elsewhere: not checked",
        ),
        ("frameworks/2016.yaml", "title:", "titel:", "record/: not checked"),
        ("record/2016/hertfordshire/record.yaml", "commands:", "comands:", "what the record says later: not checked"),
    ] {
        let before = fs::read_to_string(demo.path().join(file)).unwrap();
        demo.edit(file, from, to);
        let ran = demo.run(&["check"]).ended(1).telling(&[file, waiting]);
        let told = ran.err.lines().filter(|line| line.starts_with("  ")).count();
        assert_eq!(told, 2, "{}", ran.err);
        demo.write(file, &before);
    }
    demo.edit("measures/crime.yaml", "[\"Violence against the person\"]", "[\"Violence against the persom\"]");
    demo.run(&["check"])
        .ended(1)
        .telling(&["measures/crime.yaml, line 33", "did you mean `Violence against the person`?"]);
}

#[test]
fn compare_says_why_there_is_no_group_and_which_periods_there_are() {
    let house = Inspectorate::with_figures();
    let grouped = |force: &str, words: &[&str]| {
        let arguments = ["compare", "recorded-crime-per-1000", "--against", "most-similar", "--force", force];
        house.run(&arguments).ended(0).telling(words);
    };
    grouped("kent", &["No most similar group of Kent is supplied in register/groups.csv for 31 March 2019"]);
    grouped("city-of-london", &["City of London has no most similar group"]);
    let all = house.run(&["compare", "recorded-crime-per-1000", "--against", "most-similar"]).ended(0);
    all.telling(&["No most similar group of 41 forces", "City of London has no"]);
    let year = house.run(&["compare", "officers-fte", "--period", "2016"]).ended(2);
    year.telling(&["`2016` is not a day", "--period 2018-03-31", "end on 2016-09-30, 2016-03-31."]);
    let day = house.run(&["compare", "officers-fte", "--period", "2016-04-01"]).ended(2);
    day.telling(&["2016-04-01", "2019-09-30", "earlier"]);
}

#[test]
fn what_is_no_edition_is_said_to_be_none() {
    let house = Inspectorate::new();
    house.run(&["verify", "nowhere"]).ended(2).telling(&["there is no manifest.json in nowhere", "peelian publish"]);
}

#[test]
fn outside_a_folder_nothing_runs() {
    let empty = tempfile::tempdir().unwrap();
    let refused: [&[&str]; 6] = [
        &["check"],
        &["measures"],
        &["compare", "officers-fte"],
        &["ingest", "table.csv"],
        &["check", "nowhere"],
        &["--dir", "nowhere", "measures"],
    ];
    for arguments in refused {
        let ran = run(empty.path(), arguments).ended(2).telling(&["peelian.toml", "peelian new"]);
        assert!(ran.out.is_empty(), "{arguments:?}");
    }
    assert!(files(empty.path()).is_empty());
}

#[test]
fn the_folder_is_the_nearest_one_upward_or_the_one_that_is_named() {
    let house = Inspectorate::with_figures();
    let arguments = ["compare", "officers-fte", "--force", "kent", "--format", "csv"];
    let expected = house.run(&arguments).ended(0).out;
    let below = house.path().join("observations/police-workforce-tables");
    assert_eq!(run(&below, &arguments).ended(0).out, expected);
    let elsewhere = tempfile::tempdir().unwrap();
    let named = house.path().display().to_string();
    for placed in [[&["--dir", &named], &arguments[..]].concat(), [&arguments[..], &["--dir", &named]].concat()] {
        assert_eq!(run(elsewhere.path(), &placed).ended(0).out, expected);
    }
    run(elsewhere.path(), &["check", &named]).ended(0);
}

#[test]
fn a_problem_in_the_folder_stops_a_comparison_and_is_told() {
    let house = Inspectorate::with_figures();
    house.edit("measures/workforce.yaml", "kind: count", "kind: counting");
    let ran =
        house.run(&["compare", "officers-fte"]).ended(2).telling(&["measures/workforce.yaml, line 6", "peelian check"]);
    assert!(ran.out.is_empty());
}

#[test]
fn measures_lists_every_one_with_its_periods() {
    let house = Inspectorate::with_figures();
    let table = house.run(&["measures"]).ended(0).out;
    let csv = house.run(&["measures", "--format", "csv"]).ended(0).out;
    let json: Vec<serde_json::Value> =
        serde_json::from_str(&house.run(&["measures", "--format", "json"]).ended(0).out).unwrap();
    assert_eq!(csv.lines().next(), Some("measure,title,subject,periods,latest"));
    assert_eq!(csv.lines().count(), json.len() + 1);
    for entry in &json {
        let id = entry["measure"].as_str().unwrap();
        assert!(table.lines().any(|line| line.split_whitespace().next() == Some(id)), "{id}");
        assert_eq!(entry["periods"] == 0, entry["latest"].is_null(), "{id}");
    }
    let explained = house.run(&["measures", "recorded-crime-per-1000"]).ended(0).out;
    for words in ["recorded-crimes", "12 months", "Distorted by city-of-london", "Caution"] {
        assert!(explained.contains(words), "{words}: {explained}");
    }
}

#[test]
fn a_slip_on_the_command_line_is_told_with_what_was_meant() {
    let house = Inspectorate::new();
    for (arguments, meant) in [
        (["compare", "officer-fte", "--force", "kent"], "`officers-fte`"),
        (["compare", "officers-fte", "--force", "hertfordshrie"], "`hertfordshire`"),
        (["compare", "officers-fte", "--exclude", "Devon and Cornwal"], "`Devon and Cornwall`"),
        (["compare", "officers-fte", "--cycle", "2018/19"], "`2018-19`"),
    ] {
        house.run(&arguments).ended(2).telling(&[&format!("did you mean {meant}?")]);
    }
}

#[test]
fn a_file_that_is_refused_whole_leaves_nothing_behind() {
    let house = Inspectorate::new();
    house.write("unknown.csv", "who,what\nkent,4\n");
    house.write("empty.csv", "force,period,series,value\n");
    house.write("damaged.ods", "not a workbook");
    let before = files(&house.path());
    for (file, words) in [
        ("unknown.csv", "no source knows its tables"),
        ("empty.csv", "no row of figures"),
        ("damaged.ods", "damaged.ods"),
    ] {
        house.run(&["ingest", file]).ended(1).telling(&[words, "refused whole; nothing was written"]);
    }
    house.run(&["ingest", "--source", "nobody", "empty.csv"]).ended(1).telling(&["`nobody`", "`supplied-return`"]);
    assert!(files(&house.path()) == before);
}

#[test]
fn a_file_that_is_not_there_cannot_be_ingested() {
    let house = Inspectorate::new();
    let before = files(&house.path());
    house.run(&["ingest", "nowhere.csv"]).ended(2).telling(&["nowhere.csv"]);
    house.run(&["ingest"]).ended(2).telling(&["FILES"]);
    house.run(&["ingest", "nowhere.csv", "--released", "lately"]).ended(2).telling(&["lately"]);
    assert!(files(&house.path()) == before);
}

const RETURN: &str = "force,period,series,value\nkent,2016-03-31,officers-fte-supplied,3000\n";

#[test]
fn a_file_that_is_refused_does_not_stop_the_next() {
    let house = Inspectorate::new();
    house.write("unknown.csv", "who,what\nkent,4\n");
    house.write("return.csv", RETURN);
    house.run(&["ingest", "unknown.csv", "return.csv"]).ended(1).telling(&[
        "return.csv: read as supplied-return",
        "1 figure of officers-fte-supplied, 2016-03-31 to 2016-03-31; no measure uses it",
    ]);
    assert_eq!(files(&house.path().join("observations")).len(), 2, "a table and its description");
}

#[test]
fn a_release_is_never_changed_unless_it_is_said_so() {
    let house = Inspectorate::new();
    house.write("return.csv", RETURN);
    house.run(&["ingest", "return.csv", "--released", "2016-07-01"]).ended(0);
    let stored = files(&house.path().join("observations"));
    let same = || files(&house.path().join("observations")) == stored;
    house.run(&["ingest", "return.csv", "--released", "2016-07-01"]).ended(0).telling(&["was here already"]);
    assert!(same());
    let again = ["ingest", "return.csv", "--released", "2016-08-01"];
    house.run(&again).ended(1).telling(&["was ingested before", "--again", "nothing was written"]);
    assert!(same());
    house.run(&[&again[..], &["--again"]].concat()).ended(0);
    assert!(!same());
}

#[test]
fn help_and_version_are_for_machines_to_read() {
    let empty = tempfile::tempdir().unwrap();
    for arguments in [["--help"].as_slice(), &["compare", "--help"], &["--version"]] {
        let ran = run(empty.path(), arguments).ended(0);
        assert!(ran.out.contains("peelian") && ran.err.is_empty(), "{arguments:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_early_ends_the_program_quietly() {
    let house = Inspectorate::with_figures();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_peelian"))
        .args(["compare", "officers-fte", "--format", "csv"])
        .current_dir(house.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
}
