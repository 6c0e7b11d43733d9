//! Publishing: an edition is seen whole or not at all, a run that was killed goes on, and an embargo is kept to the second.

use crate::{
    client::Server,
    inspectorate::{Inspectorate, files, json},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

const PUBLISH: [&str; 5] = ["publish", "--cycle", "2018-19", "--format", "html,txt,json"];

/// What lies beside the edition.
fn beside(house: &Inspectorate) -> Vec<String> {
    let names = fs::read_dir(house.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".site")).collect()
}

fn journal(house: &Inspectorate) -> PathBuf {
    house.path().join(".site.part/journal.part")
}

fn lines(path: &Path) -> usize {
    fs::read_to_string(path).map_or(0, |text| text.lines().count())
}

#[test]
fn a_run_that_is_killed_goes_on_and_nobody_sees_the_half_of_it() {
    let house = Inspectorate::with_the_record();
    house.run(&PUBLISH).ended(0);
    let whole = files(&house.path().join("site"));
    assert!(beside(&house).is_empty());
    // The next edition differs on every page.
    house.edit("peelian.toml", "name = \"Your inspectorate\"", "name = \"Another inspectorate\"");
    for wanted in [20, 60] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_peelian"))
            .args(PUBLISH)
            .current_dir(house.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let since = Instant::now();
        while lines(&journal(&house)) < wanted && child.try_wait().unwrap().is_none() {
            assert!(since.elapsed() < Duration::from_secs(60));
            thread::sleep(Duration::from_millis(2));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(lines(&journal(&house)) >= wanted, "it was killed on its way");
        assert!(files(&house.path().join("site")) == whole, "what is published stands");
    }
    house.run(&PUBLISH).ended(0).telling(&["files of a run that was interrupted are kept"]);
    let resumed = files(&house.path().join("site"));
    assert!(beside(&house).is_empty());
    // The same, made in one go over the same earlier edition.
    let other = Inspectorate::with_the_record();
    other.run(&PUBLISH).ended(0);
    other.edit("peelian.toml", "name = \"Your inspectorate\"", "name = \"Another inspectorate\"");
    other.run(&PUBLISH).ended(0);
    assert!(files(&other.path().join("site")) == resumed);
    house.run(&["verify", "site"]).ended(0);
}

#[test]
fn an_edition_under_embargo_is_served_from_its_second_on_and_not_before() {
    let publish = ["publish", "--cycle", "2018-19", "--format", "html"];
    let house = Inspectorate::with_the_record();
    let since = Instant::now();
    house.run(&publish).ended(0);
    let takes = since.elapsed().as_secs();
    house.edit(
        "peelian.toml",
        "# banner = \"Training data; not issued by the inspectorate\"",
        "banner = \"MARKED-EMBARGO\"",
    );
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let until = seconds + 2 * takes + 6;
    let time = house_time(until);
    let file = "2018-19/hertfordshire/force-report.html";
    house.run(&[&publish[..], &["--embargo", &time]].concat()).ended(0).telling(&["waits there until"]);
    assert_eq!(json(&house.path().join(".site.next/manifest.json"))["embargo"], time.as_str());
    house.run(&["publish", "--release"]).ended(2).telling(&["under embargo until"]);
    let server = Server::of(&house.path());
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let mut before = 0;
    let shown = loop {
        let asked = now();
        let marked = server.get(&format!("/{file}")).text().contains("MARKED-EMBARGO");
        let answered = now();
        if marked {
            assert!(answered.as_secs() >= until, "shown {} s too early", until - answered.as_secs());
            break asked;
        }
        before += 1;
        assert!(answered.as_secs() < until + 8, "not shown eight seconds after its time");
        thread::sleep(Duration::from_millis(if asked.as_secs() + 1 < until { 200 } else { 10 }));
    };
    assert!(before > 0 && shown.as_secs() <= until + 8, "{before} requests before it was shown");
    println!("shown {} ms after its second began", shown.as_millis().saturating_sub(u128::from(until) * 1000));
    for hidden in ["/.site.next/manifest.json", "/.site.next/2018-19/hertfordshire/force-report.html"] {
        assert_eq!(server.get(hidden).status, 404);
    }
    house.run(&["publish", "--release"]).ended(2).telling(&["no edition waits"]);
}

/// A time as the ledger writes it.
fn house_time(seconds: u64) -> String {
    jiff::Timestamp::from_second(i64::try_from(seconds).unwrap()).unwrap().to_string()
}
