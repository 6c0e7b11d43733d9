//! An edition of an inspection's documents, computed again: as it was made, and from newer releases.

use crate::inspectorate::{json, run};
use std::{fs, path::Path};

/// The example published as its numbers alone, which is all that is compared.
fn edition() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    run(folder.path(), &["demo", "--dir", "demo", "--no-serve", "--format", "json,html"]).ended(0);
    folder
}

#[test]
fn an_untouched_edition_agrees_and_newer_releases_name_both_cells() {
    let folder = edition();
    let demo = folder.path().join("demo");
    let verified = run(&demo, &["verify", "site"]).ended(0);
    verified.telling(&["0", "numbers differ", "files differ"]);
    let revised = run(&demo, &["revisions", "site", "--format", "json"]).ended(0);
    let differences: serde_json::Value = serde_json::from_str(&revised.out).unwrap();
    let staff =
        differences.as_array().unwrap().iter().find(|d| d["reference"] == "police-staff-fte.hertfordshire.2019-03-31");
    let staff = staff.unwrap_or_else(|| panic!("the revised figure is not named: {}", revised.out));
    assert_eq!(
        (&staff["cycle"], &staff["printed"], &staff["now"]),
        (&"2018-19/hertfordshire".into(), &"1,150".into(), &"1,151".into())
    );
    assert_eq!(staff["from"][0], "police-workforce-sep19-tables.ods, sheet Table_2, column C, row 37");
    assert_eq!(staff["to"][0], "police_workforce_open_data_2007_2022.csv.gz, column total_fte, rows 16091, 16107");
    let told = run(&demo, &["revisions", "site"]).ended(0).out;
    let line = |end: &str| {
        format!("“Workforce in full-time equivalents, 31 March 2019: Police staff, As at 31 March 2019: {end}”")
    };
    assert!(told.contains(&format!("2018-19/hertfordshire/force-report: {}", line("1,150"))), "{told}");
    assert!(told.contains(&format!("would read {}", line("1,151"))), "{told}");
}

/// Where a verdict changes but no figure beside it does, the sentence is named all the same.
#[test]
fn a_sentence_whose_words_would_change_is_named_though_its_numbers_stay() {
    let folder = edition();
    let demo = folder.path().join("demo");
    let manifest = demo.join("site/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let mut changed: serde_json::Value = serde_json::from_str(&text).unwrap();
    let printed = changed["printed"]["2016/hertfordshire"].as_object_mut().unwrap();
    let mut edited = 0;
    for place in printed.values_mut().flat_map(|p| p.as_array_mut().unwrap()) {
        let sentence = place["sentence"].as_str().unwrap().to_owned();
        if sentence.contains("234") && sentence.contains("broadly in line with") {
            place["sentence"] = sentence.replace("broadly in line with", "lower than").into();
            edited += 1;
        }
    }
    assert!(edited > 0, "no sentence of this kind is printed");
    fs::write(&manifest, changed.to_string()).unwrap();
    let told = run(&demo, &["revisions", "site"]).ended(0);
    assert!(told.out.contains("stays, but not what is said of it"), "{}", told.out);
    told.telling(&["2 of 1593 numbers would change"]);
}

#[test]
fn a_number_that_was_changed_in_an_edition_or_on_record_is_found() {
    let folder = edition();
    let demo = folder.path().join("demo");
    let manifest = demo.join("site/manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    assert!(text.contains("\"text\": \"1,150\""));
    fs::write(&manifest, text.replace("\"text\": \"1,150\"", "\"text\": \"1,250\"")).unwrap();
    run(&demo, &["verify", "site"]).ended(1).telling(&["1 of"]);
    fs::write(&manifest, text).unwrap();
    // What evidence vouches for is read again too: the record now says something else than the edition printed. Without a ledger it is
    // read from its files; with one, a command that is not in it stops everything.
    let record = demo.join("record/2016/hertfordshire/record.yaml");
    let changed = fs::read_to_string(&record).unwrap();
    assert!(changed.contains("response: \"40 percent\""));
    fs::write(&record, changed.replace("response: \"40 percent\"", "response: \"41 percent\"")).unwrap();
    run(&demo, &["verify", "site"]).ended(2).telling(&["record/2016/hertfordshire/record.yaml", "not in the ledger"]);
    fs::remove_file(demo.join("ledger.db")).unwrap();
    let found = run(&demo, &["verify", "site"]).ended(1);
    assert!(
        found.out.contains("evidence.hertfordshire.herts-way-survey.response  40 percent would be 41 percent"),
        "{}",
        found.out
    );
}

#[test]
fn every_number_of_a_document_has_a_page_that_says_how_to_cite_it_and_what_to_beware_of() {
    let folder = edition();
    let site = folder.path().join("demo/site");
    let manifest = json(&site.join("manifest.json"));
    let mut pages = 0;
    for (key, numbers) in manifest["numbers"].as_object().unwrap().iter().filter(|(key, _)| key.contains('/')) {
        for (reference, derivation) in numbers.as_object().unwrap() {
            let page = fs::read_to_string(site.join(Path::new(key)).join("numbers").join(format!("{reference}.html")))
                .unwrap();
            let measure = derivation["measure"].as_str().unwrap();
            let mut wanted = vec!["How to cite it", "Method", "Source: "];
            if !measure.is_empty() && derivation["kind"] != "change" {
                wanted.extend(["Period", "What to beware of"]);
            }
            if derivation["inputs"].as_array().is_some_and(|i| !i.is_empty()) {
                wanted.push("The published cells");
            }
            for words in wanted {
                assert!(page.contains(words), "{key} {reference} does not say {words}");
            }
            pages += 1;
        }
    }
    assert!(pages > 500, "{pages}");
}
