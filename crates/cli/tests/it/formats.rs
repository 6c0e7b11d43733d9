//! A data pack in each of its formats, read back as its readers read it: the numbers are those of `compare` and of the manifest.

use crate::{
    inspectorate::{Inspectorate, Row, json, number, rounded},
    structure::Structure,
};
use calamine::{Data, Reader, open_workbook_auto};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path};

const FORCES: [&str; 3] = ["hertfordshire", "city-of-london", "dyfed-powys"];

/// The three packs in these formats, and the folder of their cycle.
fn packs(formats: &str) -> (Inspectorate, std::path::PathBuf) {
    let house = Inspectorate::with_figures();
    let edition = FORCES.map(|force| house.report(force, formats))[0].join("2018-19");
    (house, edition)
}

/// The lines of a CSV file by what stands in the first column, each cell by its heading.
fn table(path: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let columns = reader.headers().unwrap().clone();
    let lines = reader.records().map(|record| {
        let record = record.unwrap();
        let cells = columns.iter().zip(record.iter()).map(|(name, cell)| (name.to_owned(), cell.to_owned()));
        (record[0].to_owned(), cells.collect())
    });
    lines.collect()
}

/// What `compare` says of a force, by the rule of the packs: forces that distort a measure are left out and said to be.
fn compared(house: &Inspectorate, measure: &str, line: &BTreeMap<String, String>, force: &str) -> Row {
    let last = line["period"].rsplit('/').next().unwrap();
    let mut options = vec!["--period", last, "--force", force, "--cycle", "2018-19"];
    if house.run(&["measures", measure]).ended(0).out.contains("Distorted by city-of-london") {
        options.extend(["--exclude", "city-of-london"]);
    }
    house.compare(measure, &options).remove(0)
}

#[test]
fn the_csv_file_holds_what_compare_prints() {
    let (house, edition) = packs("csv");
    for force in FORCES {
        let lines = table(&edition.join(force).join("data-pack.csv"));
        assert!(lines.len() >= 20);
        for measure in
            ["officers-fte", "officers-per-1000-population", "recorded-crime-per-1000", "female-officers-percent"]
        {
            let line = &lines[measure];
            let row = compared(&house, measure, line, force);
            let own = [
                &line["numerator"],
                &line["denominator"],
                &line["value"],
                &line["england_and_wales"],
                &line["verdict"],
            ];
            let expected = [&row.numerator, &row.denominator, &row.value, &row.comparator_value, &row.verdict_mean];
            assert_eq!(own, expected, "{force}, {measure}");
        }
    }
}

#[test]
fn the_open_data_of_all_forces_are_what_compare_prints() {
    let (house, edition) = packs("csv");
    let lines = table(&edition.join("data/officers-per-1000-population.csv"));
    let rows =
        house.compare("officers-per-1000-population", &["--period", "2019-03-31", "--exclude", "city-of-london"]);
    assert_eq!(lines.len(), 43);
    for row in rows {
        let line = &lines[&row.force];
        let own = [
            &line["period"],
            &line["numerator"],
            &line["denominator"],
            &line["value"],
            &line["verdict"],
            &line["excluded"],
        ];
        let expected = [&row.period, &row.numerator, &row.denominator, &row.value, &row.verdict_mean, &row.excluded];
        assert_eq!(own, expected, "{}", row.force);
    }
}

#[test]
fn both_workbooks_read_back_with_the_number_of_officers() {
    let (house, edition) = packs("ods,xlsx");
    for force in FORCES {
        let officers = number(&house.compare("officers-fte", &["--force", force, "--period", "2019-03-31"])[0].value);
        for extension in ["ods", "xlsx"] {
            let mut book = open_workbook_auto(edition.join(force).join("data-pack").with_extension(extension)).unwrap();
            assert_eq!(book.sheet_names(), ["Cover", "Contents", "Measures", "Trend", "Sources", "Notes"]);
            let sheet = book.worksheet_range("Measures").unwrap();
            let row = sheet.rows().find(|row| row[0] == Data::String("officers-fte".into())).expect("the row");
            let headings = sheet.rows().find(|row| row[0] == Data::String("Measure".into())).expect("the headings");
            let value = headings.iter().position(|cell| *cell == Data::String("Numerator".into())).unwrap();
            let Data::Float(found) = row[value] else { panic!("{:?} is no number", row[value]) };
            let found = rust_decimal::Decimal::try_from(found).unwrap();
            assert_eq!(rounded(found, 2), rounded(officers, 2), "{force}, {extension}");
        }
    }
}

#[test]
fn a_pdf_tells_its_structure_to_a_screen_reader() {
    let (_house, edition) = packs("pdf");
    for force in FORCES {
        let read = Structure::read(&fs::read(edition.join(force).join("data-pack.pdf")).unwrap());
        assert!(read.claims_ua && read.marked && read.shows_title, "{force}");
        assert_eq!(read.language.as_deref(), Some("en-GB"));
        assert!(read.title.is_some_and(|title| title.contains("Data pack")), "{force}");
        assert_eq!(read.elements.iter().map(|element| count(element, "H1")).sum::<usize>(), 1);
        let cells = |kind: &str| read.elements.iter().map(|element| count(element, kind)).sum::<usize>();
        assert!(cells("Table") >= 5 && cells("TH") > cells("Table") && cells("Figure") >= 5, "{force}");
        let mut headers = Vec::new();
        read.elements.iter().for_each(|element| element.gather(&["TH"], &mut headers));
        assert!(headers.iter().all(|cell| matches!(cell.scope.as_deref(), Some("Column" | "Row" | "Both"))), "{force}");
        let mut figures = Vec::new();
        read.elements.iter().for_each(|element| element.gather(&["Figure"], &mut figures));
        for figure in figures {
            assert!(figure.alternative.as_ref().is_some_and(|words| words.len() > 20), "{force}: {figure:?}");
        }
    }
}

fn count(element: &crate::structure::Element, kind: &str) -> usize {
    let mut found = Vec::new();
    element.gather(&[kind], &mut found);
    found.len()
}

#[test]
fn a_pdf_shows_the_number_of_officers() {
    let house = Inspectorate::with_figures();
    let edition = house.report("hertfordshire", "pdf");
    let read = Structure::read(&fs::read(edition.join("2018-19/hertfordshire/data-pack.pdf")).unwrap());
    let words = read.words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Hertfordshire Constabulary") && words.contains("2,009 police officers"), "{words}");
}

#[test]
fn the_numbers_in_json_are_those_of_the_manifest() {
    let (_house, edition) = packs("json");
    let manifest = json(&edition.join("../manifest.json"));
    let all = manifest["numbers"]["2018-19"].as_object().unwrap();
    let mut seen = 0;
    for force in FORCES {
        let own = json(&edition.join(force).join("data-pack.json"));
        let own = own.as_object().unwrap();
        assert!(own.len() > 40, "{force}");
        assert!(own.iter().all(|(reference, number)| all[reference] == *number), "{force}");
        seen += own.keys().filter(|reference| reference.contains(force)).count();
    }
    let totals =
        all.keys().filter(|r| r.contains(".england-and-wales.") && !FORCES.iter().any(|f| r.contains(f))).count();
    assert_eq!(all.len(), seen + totals, "the manifest holds no other");
}

/// The numbers of a page: what is shown, by value and reference.
fn shown(page: &str) -> Vec<(&str, &str, &str)> {
    let tags = page.split("<data ").skip(1);
    tags.map(|tag| {
        let of = |name: &str| tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let text = tag.split('>').nth(1).and_then(|rest| rest.split('<').next()).unwrap();
        (of("value"), of("data-ref"), text)
    })
    .collect()
}

#[test]
fn a_page_is_whole_and_every_number_of_it_is_bound_to_one_of_the_manifest() {
    let (_house, edition) = packs("html");
    let manifest = json(&edition.join("../manifest.json"));
    for (force, name) in
        FORCES.iter().zip(["Hertfordshire Constabulary", "City of London Police", "Dyfed-Powys Police"])
    {
        let page = fs::read_to_string(edition.join(force).join("data-pack.html")).unwrap();
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">") && page.trim_end().ends_with("</html>"));
        assert_eq!(page.matches("<h1").count(), 1, "{force}");
        assert!(page.contains(name) && page.contains("31 March 2019"), "{force}");
        for wrong in ["NaN", "None", "Infinity", "{}"] {
            assert!(!page.contains(wrong), "{force}: {wrong}");
        }
        let numbers = shown(&page);
        assert!(numbers.len() > 40, "{force}");
        for (value, reference, text) in numbers {
            let bound: &Value = &manifest["numbers"]["2018-19"][reference];
            assert_eq!(
                (bound["value"].as_str(), bound["text"].as_str()),
                (Some(value), Some(text)),
                "{force}: {reference}"
            );
        }
    }
}

#[test]
fn the_pack_of_city_of_london_compares_it_with_no_similar_group() {
    let house = Inspectorate::with_figures();
    let edition = house.report("city-of-london", "csv");
    let lines = table(&edition.join("2018-19/city-of-london/data-pack.csv"));
    let rate = &lines["officers-per-1000-population"];
    assert_eq!((rate["most_similar"].as_str(), rate["most_similar_status"].as_str()), ("", "[z]"));
    assert_eq!((rate["verdict"].as_str(), rate["z"].as_str()), ("no-comparison", ""));
}
