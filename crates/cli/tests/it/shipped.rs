//! The releases that the repository ships: the same that the published originals give, whole, small, and not the originals.

use crate::inspectorate::{Inspectorate, below, files, json, originals, repository, sha256};
use ingest::tidy::decompress;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The published originals, below `../shared/data`.
const ORIGINALS: [&str; 16] = [
    "iopc/Time_series_tables_2018-19.ods",
    "outcomes/prc_outcomes_open_data_2018_19.csv.gz",
    "population/census2011_ethnic_group_by_local_authority.csv",
    "population/lad_mid_year_population_2001_2019.csv.gz",
    "recorded_crime/prc-pfa-mar2013-onwards-tables201718.csv.gz",
    "recorded_crime/recorded_crime_by_force_2012_13_to_2025_26.csv",
    "stop_search/arrests_open_data_2006_07_to_2017_18.csv.gz",
    "stop_search/stop_search_open_data_2006_07_to_2018_19.csv.gz",
    "use_of_force/police-use-of-force-apr2017-mar2018-hosb3018-tables.ods",
    "use_of_force/police-use-of-force-apr2018-mar2019-hosb3319-tables.ods",
    "workforce/police-workforce-sep18-tables.ods",
    "workforce/police-workforce-sep19-tables.ods",
    "workforce/police-workforce-tables-sep16.ods",
    "workforce/police-workforce-tabs-30sep15.ods",
    "workforce/police_officers_fte_2007_2019.csv.gz",
    "workforce/police_workforce_open_data_2007_2022.csv.gz",
];

/// Each release by source and SHA-256: its table and its description.
fn releases(folder: &Path) -> BTreeMap<String, (Vec<u8>, Vec<u8>)> {
    let all = files(&folder.join("observations"));
    let descriptions = all.iter().filter_map(|(name, bytes)| Some((name.strip_suffix(".json")?, bytes)));
    let found: BTreeMap<_, _> = descriptions
        .map(|(name, description)| {
            let table = decompress(&all[&format!("{name}.csv.gz")]).unwrap();
            (name.to_owned(), (table, description.clone()))
        })
        .collect();
    assert_eq!(all.len(), 2 * found.len(), "a table and a description each, and nothing else");
    found
}

#[test]
fn the_originals_give_the_releases_that_are_shipped() {
    let Some(fresh) = Inspectorate::of_originals(&ORIGINALS) else { return };
    let (fresh, shipped) = (releases(&fresh.path()), releases(&repository().join("examples")));
    assert_eq!(fresh.keys().collect::<Vec<_>>(), shipped.keys().collect::<Vec<_>>());
    for (name, (table, description)) in &shipped {
        assert!(fresh[name].0 == *table, "{name}: the tables differ");
        assert_eq!(String::from_utf8_lossy(&fresh[name].1), String::from_utf8_lossy(description), "{name}");
    }
}

#[test]
fn every_shipped_release_is_the_one_that_its_description_names() {
    let shipped = releases(&repository().join("examples"));
    assert_eq!(shipped.len(), ORIGINALS.len());
    for (name, (table, description)) in shipped {
        let description: serde_json::Value = serde_json::from_slice(&description).unwrap();
        assert_eq!(description["table_sha256"], sha256(&table), "{name}");
        let release = &description["release"];
        assert_eq!(name, format!("{}/{}", release["source"].as_str().unwrap(), release["id"].as_str().unwrap()));
        let lines = table.iter().filter(|byte| **byte == b'\n').count() as u64 - 1;
        let stated = description["series"].as_object().unwrap().values().map(|s| s["observations"].as_u64().unwrap());
        assert_eq!(lines, stated.sum::<u64>(), "{name}");
        assert!(release["licence"].as_str().is_some_and(|words| words.contains("Licence")), "{name}");
    }
}

#[test]
fn the_examples_are_smaller_than_8_megabytes() {
    let size: usize = files(&repository().join("examples")).values().map(Vec::len).sum();
    assert!(size < 8_000_000, "{size} bytes");
}

/// The files of the repository, without what is built or installed.
fn of_the_repository() -> Vec<std::path::PathBuf> {
    let skipped = ["target", "node_modules", ".git", "dist", "demo", "site"];
    below(&repository(), &|folder| !folder.file_name().is_some_and(|name| skipped.iter().any(|skip| name == *skip)))
}

#[test]
fn no_published_original_is_in_the_repository() {
    let mut published: BTreeSet<String> = BTreeSet::new();
    for (_, description) in releases(&repository().join("examples")).values() {
        let description: serde_json::Value = serde_json::from_slice(description).unwrap();
        published.insert(description["release"]["id"].as_str().unwrap().to_owned());
    }
    if let Some(data) = originals() {
        let all = below(&data, &|folder| !folder.ends_with("police_uk"));
        published.extend(all.iter().map(|path| sha256(&fs::read(path).unwrap())));
    }
    assert!(published.len() >= ORIGINALS.len());
    let own = of_the_repository();
    assert!(own.len() > 100, "the repository was found");
    for path in own {
        let digest = sha256(&fs::read(&path).unwrap());
        assert!(!published.contains(&digest), "{} is a published original", path.display());
    }
}

#[test]
fn the_names_of_the_releases_are_the_digests_of_the_originals() {
    let Some(data) = originals() else { return };
    let ids: BTreeSet<String> = releases(&repository().join("examples")).into_keys().collect();
    for original in ORIGINALS {
        let digest = sha256(&fs::read(data.join(original)).unwrap());
        assert!(ids.iter().any(|id| id.ends_with(&digest)), "{original}");
    }
}

#[test]
fn every_release_that_a_source_knows_by_digest_is_shipped() {
    let house = Inspectorate::with_figures();
    let ids: BTreeSet<String> = releases(&house.path()).into_keys().collect();
    for (name, bytes) in files(&house.path().join("sources")) {
        let text = String::from_utf8(bytes).unwrap();
        for digest in text.lines().filter_map(|line| line.split("sha256: ").nth(1)) {
            let id = format!("{}/{}", name.trim_end_matches(".yaml"), digest.trim_matches('"'));
            assert!(ids.contains(&id), "{id}");
        }
    }
    assert!(
        json(&repository().join("examples/observations").join(ids.first().unwrap()).with_extension("json")).is_object()
    );
}
