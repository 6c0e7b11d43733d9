//! What an inspectorate starts with (`content/`) is whole and says what is known of forces and their groups.

use ingest::Folder;
use jiff::civil::{Date, date};
use reference::{AreaId, Group, Resolved};
use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn content() -> Folder {
    let path = root().join("content");
    let (folder, problems) = Folder::open(&path).unwrap();
    assert_eq!(problems.iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    folder
}

fn id(text: &str) -> AreaId {
    text.parse().unwrap()
}

const AUTUMN_2018: Date = date(2018, 9, 30);

#[test]
fn there_are_43_forces_in_scope_and_british_transport_police_beside_them() {
    let folder = content();
    assert_eq!(folder.forces().len(), 43);
    assert_eq!(folder.register.forces().len(), 44);
    let outside: Vec<_> = folder.register.forces().iter().filter(|f| !f.in_scope).map(|f| f.id.as_str()).collect();
    assert_eq!(outside, ["british-transport-police"]);
    let welsh = folder.register.in_scope().filter(|f| f.country == "Wales").count();
    assert_eq!(welsh, 4);
}

#[test]
fn every_force_in_scope_has_its_own_ons_code() {
    let folder = content();
    let mut codes: Vec<_> = folder.register.in_scope().map(|f| f.ons_code.clone()).collect();
    assert!(codes.iter().all(|c| c.len() == 9 && (c.starts_with("E23") || c.starts_with("W15"))));
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), 43);
}

#[test]
fn every_name_of_a_force_stands_for_it_alone() {
    let folder = content();
    for force in folder.register.forces() {
        let own = [force.id.as_str(), &force.name, &force.short_name, &force.ons_code];
        let aliases = force.aliases.iter().map(|a| a.name.as_str());
        for name in own.into_iter().chain(aliases).filter(|n| !n.is_empty()) {
            assert_eq!(folder.register.resolve(name, AUTUMN_2018), Resolved::Force(force), "{name}");
        }
    }
}

#[test]
fn publishers_spellings_are_known() {
    let folder = content();
    for (name, force) in [
        ("London, City of", "city-of-london"),
        ("City of London", "city-of-london"),
        ("Devon & Cornwall", "devon-and-cornwall"),
        ("Devon and Cornwall", "devon-and-cornwall"),
        ("Avon & Somerset", "avon-and-somerset"),
        ("Avon and Somerset Constabulary", "avon-and-somerset"),
        ("Metropolitan", "metropolitan"),
        ("Metropolitan Police", "metropolitan"),
        ("Metropolitan Police Service", "metropolitan"),
        ("MPS", "metropolitan"),
        ("Dyfed Powys", "dyfed-powys"),
        ("Dyfed-Powys Police", "dyfed-powys"),
        ("West Midlands", "west-midlands"),
        ("Hampshire and Isle of Wight", "hampshire"),
        ("BTP", "british-transport-police"),
        ("British Transport Police", "british-transport-police"),
        ("E23000027", "hertfordshire"),
    ] {
        match folder.register.resolve(name, AUTUMN_2018) {
            Resolved::Force(found) => assert_eq!(found.id, id(force), "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
    for name in ["England and Wales", "East Midlands", "Action Fraud", "Police Scotland", ""] {
        assert_eq!(folder.register.resolve(name, AUTUMN_2018), Resolved::Unknown, "{name}");
    }
}

#[test]
fn most_similar_groups_are_those_that_were_published() {
    let register = content().register;
    let eight = [
        "avon-and-somerset",
        "essex",
        "hampshire",
        "hertfordshire",
        "leicestershire",
        "staffordshire",
        "sussex",
        "thames-valley",
    ];
    assert_eq!(register.most_similar(&id("hertfordshire"), AUTUMN_2018), Group::Members(eight.map(id).to_vec()));
    assert_eq!(register.most_similar(&id("hertfordshire"), date(2014, 9, 30)), Group::NotSupplied);
    assert_eq!(register.most_similar(&id("city-of-london"), AUTUMN_2018), Group::None);
    assert_eq!(register.most_similar(&id("bedfordshire"), AUTUMN_2018), Group::NotSupplied);
}

#[test]
fn hertfordshire_is_in_two_alliances() {
    let register = content().register;
    let hertfordshire = id("hertfordshire");
    let alliances = register.alliances(&hertfordshire, AUTUMN_2018);
    let shown: Vec<_> = alliances.iter().map(|(name, members)| (*name, members.len())).collect();
    assert_eq!(shown, [("bedfordshire-cambridgeshire-hertfordshire", 3), ("eastern-seven", 7)]);
}

#[test]
fn every_local_authority_belongs_to_a_force_in_scope() {
    let folder = content();
    let codes = &folder.lookups["local-authorities"];
    assert!(codes.len() > 300, "{}", codes.len());
    let forces = folder.forces();
    assert!(codes.values().all(|force| forces.contains(force)));
    let with_residents = forces.iter().filter(|f| codes.values().any(|force| force == *f)).count();
    assert_eq!(with_residents, 43);
}

#[test]
fn cycles_measures_and_sources_are_there() {
    let folder = content();
    assert_eq!(
        folder.cycles.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(),
        ["2014", "2015", "2016", "2017", "2018-19", "2021-22", "2023-25"]
    );
    assert!(folder.cycles.iter().all(|c| c.method.threshold == 0.675));
    assert!(folder.measure("officers-fte").is_some());
    assert!(folder.sources.iter().any(|s| s.id == "supplied-return"));
}

#[test]
fn every_dated_release_is_known_once() {
    let folder = content();
    let mut digests: Vec<_> = folder.sources.iter().flat_map(|s| &s.releases).map(|r| r.sha256.as_str()).collect();
    let all = digests.len();
    digests.sort_unstable();
    digests.dedup();
    assert_eq!(digests.len(), all);
}

/// The content with the example's record laid over it, as the demo does.
fn with_the_example() -> tempfile::TempDir {
    fn lay(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap().flatten() {
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                lay(&entry.path(), &target)
            } else {
                fs::copy(entry.path(), target).map(|_| ()).unwrap()
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    lay(&root().join("content"), folder.path());
    lay(&root().join("examples/record"), &folder.path().join("record"));
    folder
}

#[test]
fn the_examples_record_keeps_every_rule() {
    let folder = with_the_example();
    let (folder, problems) = Folder::open(folder.path()).unwrap();
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert_eq!(folder.frameworks.len(), 7);
    assert!(folder.texts.iter().any(|t| t.section == "legitimacy.q2"));
}

#[test]
fn a_return_lists_every_series_that_only_forces_can_supply_and_no_other() {
    let folder = content();
    let supplied = folder.sources.iter().find(|s| s.id == "supplied-return").unwrap();
    let terms = || folder.measures.iter().flat_map(|m| m.terms());
    let published =
        |series: &str| folder.sources.iter().any(|s| s.values().any(|v| v.series.as_deref() == Some(series)));
    for term in terms() {
        assert_ne!(published(&term.series), supplied.series.contains_key(&term.series), "{}", term.series);
    }
    for series in supplied.series.keys() {
        assert!(terms().any(|t| t.series == *series), "no measure uses {series}");
    }
}
