//! Published editions: written as the contract has it, the same bytes each time, verified, and set against later releases.

use crate::inspectorate::{Inspectorate, files, json, number, rounded, run, sha256};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const EXTENSIONS: [&str; 7] = ["html", "pdf", "txt", "ods", "xlsx", "csv", "json"];
const OFFICERS: &str = "officers-fte.hertfordshire.2019-03-31";

/// The edition of all forces in two formats, in the folder's `site`.
fn publish(house: &Inspectorate) -> PathBuf {
    house.run(&["publish", "--cycle", "2018-19", "--format", "txt,json"]).ended(0);
    house.path().join("site")
}

/// That the manifest lists what is there, with its size and digest, and nothing else; what was replaced is kept apart.
fn assert_listed(edition: &Path) {
    let manifest = json(&edition.join("manifest.json"));
    let listed = manifest["files"].as_object().unwrap();
    let mut there = files(edition);
    there.remove("manifest.json").expect("a manifest");
    there.retain(|path, _| !path.starts_with("editions/"));
    assert_eq!(listed.keys().collect::<BTreeSet<_>>(), there.keys().collect::<BTreeSet<_>>());
    for (name, bytes) in there {
        assert_eq!(listed[&name]["sha256"], sha256(&bytes), "{name}");
        assert_eq!(listed[&name]["bytes"], bytes.len(), "{name}");
    }
}

#[test]
fn a_report_is_written_in_every_format_and_listed_with_its_digest() {
    let house = Inspectorate::with_figures();
    let all = EXTENSIONS.join(",");
    let edition = house.report("hertfordshire", &all);
    for extension in EXTENSIONS {
        let file = edition.join("2018-19/hertfordshire/data-pack").with_extension(extension);
        assert!(fs::metadata(&file).unwrap().len() > 1000, "{}", file.display());
    }
    assert_listed(&edition);
    let forces = fs::read_dir(edition.join("2018-19")).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    assert_eq!(forces.collect::<BTreeSet<_>>(), BTreeSet::from(["data".to_owned(), "hertfordshire".to_owned()]));
    let before = files(&edition);
    fs::remove_dir_all(&edition).unwrap();
    assert!(files(&house.report("hertfordshire", &all)) == before, "the same bytes, those of the PDF among them");
}

#[test]
fn every_number_of_a_manifest_has_value_method_and_inputs() {
    let house = Inspectorate::with_figures();
    let edition = house.report("hertfordshire", "json");
    let manifest = json(&edition.join("manifest.json"));
    let numbers = manifest["numbers"]["2018-19"].as_object().unwrap();
    assert!(numbers.len() > 40);
    for (reference, number) in numbers {
        for field in ["measure", "area", "period", "text", "value", "method", "numerator"] {
            assert!(number[field].as_str().is_some_and(|text| !text.is_empty()), "{reference}: {field}");
        }
        for input in number["inputs"].as_array().unwrap() {
            assert_eq!(input["release"].as_str().unwrap().len(), 64, "{reference}");
            assert!(input["file"].as_str().is_some_and(|name| !name.is_empty()), "{reference}");
        }
        assert!(!number["inputs"].as_array().unwrap().is_empty(), "{reference}");
    }
    assert_eq!(numbers[OFFICERS]["text"], "2,009");
    assert_eq!(numbers[OFFICERS]["value"], "2008.66699999999");
}

#[test]
fn reports_of_several_forces_share_an_edition() {
    let house = Inspectorate::with_figures();
    house.report("hertfordshire", "json");
    let edition = house.report("kent", "json");
    assert_listed(&edition);
    let numbers = json(&edition.join("manifest.json"))["numbers"]["2018-19"].as_object().unwrap().clone();
    for force in ["hertfordshire", "kent"] {
        assert!(numbers.contains_key(&format!("officers-fte.{force}.2019-03-31")), "{force}");
    }
}

/// What was published can be had again: the manifest of then, and each of its files in its place or under its digest.
#[test]
fn an_earlier_edition_is_kept_whole() {
    let house = Inspectorate::with_figures();
    let edition = house.report("hertfordshire", "json,txt");
    let first = fs::read(edition.join("manifest.json")).unwrap();
    ingest_later(&house);
    house.report("hertfordshire", "json,txt");
    let kept = fs::read(edition.join("editions").join(format!("{}.json", sha256(&first)))).unwrap();
    assert_eq!(kept, first);
    let manifest: Value = serde_json::from_slice(&kept).unwrap();
    let mut replaced = 0;
    for (path, record) in manifest["files"].as_object().unwrap() {
        let digest = record["sha256"].as_str().unwrap();
        let in_place = fs::read(edition.join(path)).unwrap();
        let then = if sha256(&in_place) == digest {
            in_place
        } else {
            replaced += 1;
            fs::read(edition.join("editions/files").join(digest)).unwrap()
        };
        assert_eq!(sha256(&then), digest, "{path}");
    }
    assert_eq!(replaced, 2, "the pack in both formats");
    let inputs = manifest["inputs"].as_object().unwrap();
    let settings = fs::read(house.path().join("peelian.toml")).unwrap();
    assert_eq!(inputs["peelian.toml"], sha256(&settings));
    assert!(inputs.keys().any(|file| file.starts_with("observations/")));
    house.run(&["verify", "out"]).ended(0);
}

#[test]
fn publishing_writes_every_force_and_the_same_bytes_twice() {
    let house = Inspectorate::with_figures();
    let site = publish(&house);
    assert_listed(&site);
    let first = files(&site);
    for force in house.forces() {
        for extension in ["txt", "json"] {
            assert!(first.contains_key(&format!("2018-19/{force}/data-pack.{extension}")), "{force}");
        }
    }
    assert!(first.contains_key("2018-19/index.html"));
    assert!(!first.contains_key("forces.html"), "the pages of the site are HTML, which was not asked for");
    house.run(&["publish", "--cycle", "2018-19", "--format", "txt,json", "--out", "again"]).ended(0);
    assert!(files(&house.path().join("again")) == first);
}

#[test]
fn writing_over_an_edition_changes_nothing() {
    let house = Inspectorate::with_figures();
    let first = files(&house.report("kent", "txt,csv,json"));
    assert!(files(&house.report("kent", "txt,csv,json")) == first);
}

#[test]
fn a_report_alone_is_the_report_of_the_edition() {
    let house = Inspectorate::with_figures();
    let (site, alone) = (publish(&house), house.report("kent", "txt,json"));
    for file in ["2018-19/kent/data-pack.txt", "2018-19/kent/data-pack.json"] {
        assert_eq!(fs::read(site.join(file)).unwrap(), fs::read(alone.join(file)).unwrap(), "{file}");
    }
}

#[test]
fn what_cannot_be_reported_is_refused_and_nothing_is_written() {
    let house = Inspectorate::with_figures();
    let before = files(&house.path());
    let refused = |force: &str, cycle: &str, product: &str, word: &str| {
        let arguments = ["report", "--force", force, "--cycle", cycle, "--product", product];
        house.run(&arguments).ended(2).telling(&[word]);
    };
    refused("camelot", "2018-19", "data-pack", "`camelot`");
    refused("kent", "1999", "data-pack", "`1999`");
    refused("kent", "2018-19", "sonnet", "data-pack");
    house.run(&["publish", "--cycle", "1999"]).ended(2).telling(&["2018-19"]);
    assert!(files(&house.path()) == before);
}

#[test]
fn an_untouched_edition_verifies() {
    let house = Inspectorate::with_figures();
    publish(&house);
    let ran = house.run(&["verify", "site"]).ended(0).telling(&["0 of 935 numbers differ", "0 of 134 files differ"]);
    assert!(ran.out.is_empty());
    let json: Vec<Value> =
        serde_json::from_str(&house.run(&["verify", "site", "--format", "json"]).ended(0).out).unwrap();
    assert!(json.is_empty());
}

#[test]
fn an_edited_or_missing_file_is_found() {
    let house = Inspectorate::with_figures();
    let edition = house.report("kent", "txt,json");
    let file = edition.join("2018-19/kent/data-pack.txt");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("Kent", "Rent", 1)).unwrap();
    let ran = house.run(&["verify", "out"]).ended(1);
    ran.telling(&["2018-19/kent/data-pack.txt is not the file that was published", "1 of "]);
    fs::remove_file(&file).unwrap();
    house.run(&["verify", "out"]).ended(1).telling(&["2018-19/kent/data-pack.txt is missing"]);
    fs::write(&file, text).unwrap();
    let added = edition.join("2018-19/kent/added.html");
    fs::write(&added, "mine").unwrap();
    house.run(&["verify", "out"]).ended(1).telling(&["2018-19/kent/added.html is not among the files"]);
    fs::remove_file(added).unwrap();
    house.run(&["verify", "out"]).ended(0);
}

#[test]
fn a_number_altered_in_the_manifest_is_found() {
    let house = Inspectorate::with_figures();
    let path = house.report("hertfordshire", "json").join("manifest.json");
    let manifest = json(&path);
    for (field, altered) in
        [("value", "2108.66699999999"), ("text", "2,109"), ("numerator", "2108.66699999999"), ("area", "kent")]
    {
        let mut changed = manifest.clone();
        changed["numbers"]["2018-19"][OFFICERS][field] = altered.into();
        fs::write(&path, changed.to_string()).unwrap();
        let ran = house.run(&["verify", "out"]).ended(1).telling(&["1 of 54 numbers differ"]);
        assert!(ran.out.contains(OFFICERS), "{field}: {}", ran.out);
    }
    fs::write(&path, manifest.to_string()).unwrap();
    house.run(&["verify", "out"]).ended(0);
}

#[test]
fn what_is_no_edition_cannot_be_verified() {
    let house = Inspectorate::with_figures();
    house.run(&["verify", "nowhere"]).ended(2).telling(&["nowhere"]);
    house.write("manifest.json", "{");
    house.run(&["verify", "."]).ended(2).telling(&["not the manifest of an edition"]);
    house.run(&["revisions", "."]).ended(2).telling(&["not the manifest of an edition"]);
}

/// Ingests officers of 31 March 2019 as of a release of 2030: a hundred more in Hertfordshire.
fn ingest_later(house: &Inspectorate) -> String {
    let mut table = "force_name,year,officers\n".to_owned();
    for row in house.compare("officers-fte", &["--period", "2019-03-31"]) {
        let more = if row.force == "hertfordshire" { 100 } else { 0 };
        table +=
            &format!("{},2019,{}\n", row.force, rounded(number(&row.value), 2) + rust_decimal::Decimal::from(more));
    }
    house.write("later.csv", &table);
    house.run(&["ingest", "later.csv", "--released", "2030-01"]).ended(0).err
}

#[test]
fn a_later_release_changes_the_numbers_that_rest_on_it_and_both_files_are_named() {
    let house = Inspectorate::with_figures();
    let edition = house.report("hertfordshire", "json");
    let ran = house.run(&["revisions", "out", "--format", "json"]).ended(0).telling(&["0 of 54 numbers would change"]);
    assert_eq!(ran.out.trim(), "[]");
    let published = files(&edition);
    ingest_later(&house);
    let found: Vec<Value> =
        serde_json::from_str(&house.run(&["revisions", "out", "--format", "json"]).ended(0).out).unwrap();
    let by: BTreeMap<&str, &Value> = found.iter().map(|d| (d["reference"].as_str().unwrap(), d)).collect();
    let officers = by[OFFICERS];
    assert_eq!((&officers["printed"], &officers["now"]), (&"2,009".into(), &"2,109".into()));
    assert_eq!((&officers["value"], &officers["now_value"]), (&"2008.66699999999".into(), &"2108.67".into()));
    let begins = |places: &Value, files: &[&str]| {
        let places: Vec<&str> = places.as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
        assert_eq!(places.len(), files.len(), "{places:?}");
        assert!(places.iter().zip(files).all(|(place, file)| place.starts_with(file)), "{places:?}");
    };
    begins(&officers["from"], &["police_workforce_open_data_2007_2022.csv.gz, column total_fte, rows "]);
    begins(&officers["to"], &["later.csv, column officers, row "]);
    let population = "lad_mid_year_population_2001_2019.csv.gz, column ";
    let per_resident = by["officers-per-1000-population.hertfordshire.2019-03-31"];
    begins(&per_resident["to"], &["later.csv, column officers, row ", population]);
    let sentence = &officers["sentences"][0];
    assert_eq!(sentence["document"], "2018-19/hertfordshire/data-pack");
    let words = |field: &str| sentence[field].as_str().unwrap();
    assert!(words("printed").contains("2,009") && words("now").contains("2,109"), "{sentence}");
    assert!(by.keys().all(|reference| reference.contains("officers")), "{:?}", by.keys());
    assert!(!by.keys().any(|reference| reference.starts_with("pcsos") || reference.contains("crime")));
    assert!(files(&edition) == published, "what was published stays");
    house.run(&["verify", "out"]).ended(0).telling(&["0 of 54 numbers differ"]);
}

#[test]
fn revisions_are_told_for_people_and_as_a_table() {
    let house = Inspectorate::with_figures();
    house.report("hertfordshire", "json");
    ingest_later(&house);
    let told = house.run(&["revisions", "out"]).ended(0).out;
    assert!(told.contains(&format!("{OFFICERS}  2,009 would be 2,109")), "{told}");
    assert!(told.contains("police_workforce_open_data_2007_2022.csv.gz") && told.contains("2108.67 in later.csv"));
    let table = house.run(&["revisions", "out", "--format", "csv"]).ended(0).out;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(
        reader.headers().unwrap().iter().collect::<Vec<_>>().join(","),
        "cycle,reference,printed,value,now,now_value,from,to,document,sentence,would_read"
    );
    let officers = reader.records().map(Result::unwrap).find(|row| &row[1] == OFFICERS).unwrap();
    assert_eq!((&officers[2], &officers[4], &officers[8]), ("2,009", "2,109", "2018-19/hertfordshire/data-pack"));
    assert!(officers[7].starts_with("later.csv, column officers") && officers[10].contains("2,109"));
}

#[test]
fn ingesting_says_what_a_published_site_would_now_say() {
    let house = Inspectorate::with_figures();
    publish(&house);
    let told = ingest_later(&house);
    assert!(told.contains("numbers would change") && told.contains("peelian revisions"), "{told}");
}

#[test]
fn the_demo_makes_an_inspectorate_and_publishes_it() {
    let place = tempfile::tempdir().unwrap();
    run(place.path(), &["demo", "--no-serve", "--dir", "example", "--format", "txt"]).ended(0);
    let example = place.path().join("example");
    assert!(example.join("peelian.toml").is_file());
    assert_listed(&example.join("site"));
    let forces = fs::read_dir(example.join("site/2018-19")).unwrap().count() - 2;
    assert_eq!(forces, 43, "beside the index and the open data");
    run(&example, &["check"]).ended(0);
    run(&example, &["verify", "site"]).ended(0);
    fs::write(place.path().join("notes.txt"), "mine").unwrap();
    run(place.path(), &["demo", "--no-serve", "--dir", "."]).ended(2).telling(&["not empty"]);
}
