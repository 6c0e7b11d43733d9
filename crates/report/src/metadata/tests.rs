use super::*;
use crate::csv_file;
use crate::workbook_tests::example;

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

#[test]
fn csvw_describes_every_column_of_the_file() {
    insta::assert_snapshot!(pretty(&csvw(&example().datasets[0], "officers.csv")), @"");
}

#[test]
fn a_data_package_describes_every_file_with_its_size_and_digest() {
    let dataset = &example().datasets[0];
    let csv = csv_file::write(dataset);
    let resources = [Resource::of(dataset, "officers.csv", csv.as_bytes())];
    let package = Package {
        name: "officers",
        title: "Police officers",
        description: "One table.",
        resources: &resources,
    };
    insta::assert_snapshot!(pretty(&datapackage(&package)), @"");
}

#[test]
fn the_titles_in_csvw_begin_with_the_heading_in_the_file() {
    let dataset = &example().datasets[0];
    let csv = csv_file::write(dataset);
    let described = csvw(dataset, "officers.csv");
    let first: Vec<&str> = described["tableSchema"]["columns"].as_array().unwrap().iter().map(|c| c["titles"][0].as_str().unwrap()).collect();
    assert_eq!(csv.lines().next().unwrap(), first.join(","));
}

#[test]
fn a_digest_is_sha_256() {
    // FIPS 180-4, the one-block message "abc".
    let resource = Resource::of(&example().datasets[0], "a.csv", b"abc").sha256;
    assert_eq!(resource, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[test]
fn a_hyphen_is_no_part_of_a_csvw_name_and_stays_in_its_title() {
    let mut workbook = example();
    workbook.datasets[0].columns[0].name = "police-force".to_owned();
    workbook.datasets[0].key = vec!["police-force".to_owned()];
    let described = csvw(&workbook.datasets[0], "officers.csv");
    assert_eq!(described["tableSchema"]["primaryKey"][0], "police_force");
    assert_eq!(described["tableSchema"]["columns"][0]["name"], "police_force");
    assert_eq!(described["tableSchema"]["columns"][0]["titles"][0], "police-force");
}
