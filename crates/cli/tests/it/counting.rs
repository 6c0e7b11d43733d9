//! `peelian count` and `peelian sample`: files of records to counts, samples, and figures that can be compared.

use crate::inspectorate::Inspectorate;
use std::fs;

const STREET: &str = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context";

/// A street file: each force has `crimes` drug offences a month of 2018.
fn street(forces: &[(&str, usize)]) -> String {
    let mut text = format!("{STREET}\n");
    for (force, crimes) in forces {
        for month in 1..=12 {
            for crime in 0..*crimes {
                text += &format!(
                    "{force}{month:02}{crime},2018-{month:02},{force},{force},,,\"Here, there\",E01000001,A,Drugs,,\n"
                );
            }
        }
    }
    text
}

fn with(files: &[(&str, &str)]) -> Inspectorate {
    let here = Inspectorate::new();
    for (name, text) in files {
        fs::write(here.path().join(name), text).unwrap();
    }
    here
}

#[test]
fn a_count_is_printed_as_the_contract_says() {
    let text = street(&[("Kent Police", 2), ("Devon & Cornwall Police", 1)])
        + "only,two\n,2018-01,Wessex Police,Wessex Police,,,,,,Piracy,,\n";
    let here = with(&[("a.csv", &text)]);
    let ran = here.run(&["count", "a.csv", "--by", "force,crime-type", "--format", "csv"]).ended(0);
    assert_eq!(ran.out, "force,crime-type,count\ndevon-and-cornwall,Drugs,12\nkent,Drugs,24\nwessex-police,Piracy,1\n");
    ran.telling(&[
        "line 38 has",
        "`wessex-police` was never seen before as force",
        "`Piracy` was never seen before as crime-type",
    ]);
    let ran = here.run(&[
        "count",
        "a.csv",
        "--by",
        "month",
        "--where",
        "force=kent,month=2018-01,month=2018-02",
        "--format",
        "json",
    ]);
    let cells: serde_json::Value = serde_json::from_str(&ran.ended(0).out).unwrap();
    assert_eq!(cells, serde_json::json!([{ "month": "2018-01", "count": 2 }, { "month": "2018-02", "count": 2 }]));
}

#[test]
fn what_cannot_be_counted_ends_with_2_and_says_why() {
    let here = with(&[("a.csv", &street(&[("Kent Police", 1)]))]);
    here.run(&["count", "missing.csv", "--by", "force"]).ended(2).telling(&["missing.csv", "cannot be read"]);
    here.run(&["count", "a.csv", "--by", "gender"]).ended(2).telling(&["no column for `gender`"]);
    here.run(&["count", "a.csv", "--by", "colour"])
        .ended(2)
        .telling(&["`colour` is nothing to count by", "crime-type"]);
    here.run(&["count", "a.csv", "--by", "force", "--where", "kent"]).ended(2).telling(&["has no `=`"]);
    here.run(&["count", "a.csv", "--by", "force,month", "--year-to", "2018-12"])
        .ended(2)
        .telling(&["Leave `month` out"]);
}

#[test]
fn a_saved_count_can_be_counted_again() {
    let here = with(&[("a.csv", &street(&[("Kent Police", 3)]))]);
    here.run(&["count", "a.csv", "--by", "force,month", "--save", "cube.parquet"]).ended(0);
    assert!(records::Cube::load(&here.path().join("cube.parquet")).is_ok_and(|cube| cube.total() == 36));
}

#[test]
fn a_sample_is_drawn_again_by_its_seed() {
    let text = street(&[("Kent Police", 200)]).replace("Drugs", "Theft from the person");
    let here = with(&[("a.csv", &text)]);
    let draw = |seed: &str| {
        let arguments = [
            "sample",
            "a.csv",
            "--review",
            "crime-files-2018-19",
            "--force",
            "kent",
            "--seed",
            seed,
            "--format",
            "csv",
        ];
        here.run(&arguments).ended(0).out
    };
    let one = draw("1");
    assert_eq!(one.lines().count(), 61, "a header and sixty files");
    assert!(one.lines().skip(1).all(|line| ["2018-05", "2018-06", "2018-07"].iter().any(|m| line.contains(m))));
    assert_eq!(draw("1"), one);
    assert_ne!(draw("2"), one);
    let unknown = here.run(&["sample", "a.csv", "--review", "nothing", "--force", "kent", "--seed", "1"]);
    unknown.ended(2).telling(&["no review `nothing`", "crime-files-2018-19"]);
}

#[test]
fn counts_become_observations_with_their_file_and_row() {
    let here = with(&[("a.csv", &street(&[("Kent Police", 50), ("Sussex Police", 20)]))]);
    let year = here.run(&["count", "a.csv", "--by", "force", "--year-to", "2018-12", "--format", "csv"]).ended(0);
    assert_eq!(year.out, "force,period,count\nkent,2018-01-01/2018-12-31,600\nsussex,2018-01-01/2018-12-31,240\n");
    fs::write(here.path().join("street-crimes.csv"), &year.out).unwrap();
    fs::write(
        here.path().join("sources/counted-street-crimes.yaml"),
        "id: counted-street-crimes\ntitle: Street-level crimes, counted from the published files\npublisher: data.police.uk\n\
         licence: \"Contains public sector information licensed under the Open Government Licence v3.0. Source: data.police.uk.\"\n\
         tables:\n  - area: { column: force }\n    period: { as: period, column: period }\n    values:\n      - { column: count, series: street-crimes }\n",
    )
    .unwrap();
    here.run(&["ingest", "--source", "counted-street-crimes", "street-crimes.csv", "--released", "2019-01"]).ended(0);
    let files: Vec<_> =
        fs::read_dir(here.path().join("observations/counted-street-crimes")).unwrap().flatten().collect();
    assert_eq!(files.len(), 2, "a table and its description");
}

#[test]
fn saved_counts_are_counted_again_and_a_file_given_twice_is_told() {
    let text = "Month,Falls within,Crime type\n2018-10,Kent Police,Drugs\n2018-10,Kent Police,Burglary\n2018-10,Kent Police,Drugs\n";
    let file = "2018-10-kent-street.csv";
    let here = with(&[(file, text)]);
    let counted = |arguments: &[&str]| here.run(&[&["count"], arguments, &["--format", "csv"]].concat());
    counted(&[file, "--by", "force,crime-type", "--save", "saved.parquet"]).ended(0);
    let again = counted(&["saved.parquet", "--by", "crime-type"]).ended(0);
    assert_eq!(again.out, "crime-type,count\nBurglary,1\nDrugs,2\n");
    let both = counted(&["saved.parquet", file, "--by", "force"]).ended(0);
    assert_eq!(both.out, "force,count\nkent,6\n");
    let lacking = counted(&["saved.parquet", "--by", "month"]).ended(2);
    lacking.telling(&["holds counts by force, crime-type and none by month"]);
    fs::create_dir(here.path().join("copy")).unwrap();
    fs::write(here.path().join("copy").join(file), text).unwrap();
    counted(&[file, "copy", "--by", "force"]).ended(0).telling(&["have one name and are both counted"]);
    let near = counted(&[file, "--by", "force", "--where", "crime-type=drugs"]).ended(0);
    near.telling(&["did you mean `Drugs`?"]);
}
