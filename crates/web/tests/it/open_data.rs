//! The open data: files, descriptions, the programming interface, feeds.

use crate::support::example;
use report::{checks, dataset::Cell, metadata};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use web::{
    Public, Query, Resource,
    open::{self, api, bulk},
    routes,
};

fn ask(public: &Public, address: &str) -> Option<Resource> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    routes::answer(public, path, &Query::read(query), true, &|_| true)
}

fn words(public: &Public, address: &str) -> String {
    String::from_utf8(ask(public, address).unwrap_or_else(|| panic!("nothing at {address}")).bytes).expect("text")
}

fn json(public: &Public, address: &str) -> Value {
    serde_json::from_str(&words(public, address)).unwrap_or_else(|e| panic!("{address}: {e}"))
}

fn copied(public: &Public, path: &str) -> String {
    let found = routes::answer(public, path, &Query::default(), false, &|_| true);
    String::from_utf8(found.unwrap_or_else(|| panic!("nothing at {path}")).bytes).expect("text")
}

fn ids(answer: &Value) -> Vec<&str> {
    answer["rows"].as_array().expect("rows").iter().map(|row| row["id"].as_str().expect("an id")).collect()
}

#[test]
fn every_row_of_every_table_has_an_id_of_its_own_that_an_address_can_hold() {
    let public = example(&["2016/hertfordshire/pillar-report-legitimacy.html"]);
    for open in open::all(&public) {
        let table = open.table.id;
        assert_eq!(open.table.columns[0].name, "id", "{table}");
        assert!(!open.dataset.rows.is_empty(), "{table} is empty");
        let mut seen = BTreeSet::new();
        for row in &open.dataset.rows {
            let Cell::Text(id) = &row[0] else { panic!("{table}: a row without an id") };
            assert!(seen.insert(id), "{table}: two rows have the id {id}");
            let lawful = |c: char| c.is_ascii_alphanumeric() || "-./".contains(c);
            assert!(id.chars().all(lawful), "{table}: {id} needs escaping in an address");
        }
    }
}

#[test]
fn every_table_passes_the_checklist_for_workbooks() {
    let public = example(&["2016/hertfordshire/pillar-report-legitimacy.html"]);
    for open in open::all(&public).filter(|open| !open.is_large()) {
        assert_eq!(checks::check(&bulk::workbook(&public, open)), Vec::<String>::new(), "{}", open.table.id);
        for ending in ["ods", "xlsx"] {
            let path = format!("data/{}.{ending}", open.table.id);
            assert!(ask(&public, &path).is_some_and(|file| file.bytes.starts_with(b"PK")), "{path}");
        }
    }
}

/// What the CSV writer puts before words that a spreadsheet would run.
fn unguarded(words: &str) -> String {
    match words.strip_prefix('\'') {
        Some(rest) if report::csv_file::guarded(rest) != rest => rest.to_owned(),
        _ => words.to_owned(),
    }
}

#[test]
fn a_table_says_the_same_as_csv_and_as_json() {
    let public = example(&["2016/hertfordshire/pillar-report-legitimacy.html"]);
    for open in open::all(&public).filter(|open| !open.is_large()) {
        let table = open.table.id;
        let json = copied(&public, &format!("api/v1/{table}.json"));
        let answer: Value = serde_json::from_str(&json).expect("JSON");
        let rows = answer["rows"].as_array().expect("rows");
        let csv = copied(&public, &format!("data/{table}.csv"));
        assert_eq!(csv, copied(&public, &format!("api/v1/{table}.csv")), "{table}");
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let records: Vec<BTreeMap<String, String>> = reader.deserialize().map(|row| row.expect("a row")).collect();
        assert_eq!(records.len(), rows.len(), "{table}");
        let lines = json.lines().filter(|line| line.starts_with("{\"id\""));
        for ((record, row), line) in records.iter().zip(rows).zip(lines) {
            for column in open.table.columns {
                let written = unguarded(&record[column.name]);
                match &row[column.name] {
                    Value::Null => assert_eq!(written, "", "{table}"),
                    Value::Array(items) => {
                        let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                        assert_eq!(written, items.join("|"), "{table}");
                    }
                    Value::String(words) => assert_eq!(written, *words, "{table}"),
                    _ => assert!(
                        line.contains(&format!("\"{}\": {written},", column.name)),
                        "{table}: not every digit of {written} is in {line}"
                    ),
                }
                let status = record.get(&format!("{}_status", column.name)).map_or("", String::as_str);
                assert_eq!(row["status"][column.name].as_str().unwrap_or(""), status, "{table}, {}", column.name);
            }
        }
    }
}

#[test]
fn the_judgment_of_a_force_is_found_by_its_columns_and_by_its_id() {
    let public = example(&[]);
    let answer = json(&public, "api/v1/judgments.json?force=hertfordshire&cycle=2016&node=legitimacy");
    assert_eq!(answer["total"], 1);
    let row = &answer["rows"][0];
    assert_eq!(row["id"], "2016/hertfordshire/legitimacy");
    assert_eq!((&row["value"], &row["carried_over"]), (&json!("good"), &json!("no")));
    assert_eq!(row["grades_in_scale"], 4);
    let alone = json(&public, "api/v1/judgments/2016~hertfordshire~legitimacy.json");
    assert_eq!(alone["row"], *row);
    assert!(ask(&public, "api/v1/judgments/2016~nowhere~legitimacy.json").is_none());
    assert!(ask(&public, "api/v1/nothing.json").is_none());
}

#[test]
fn a_figure_has_its_parts_its_verdict_and_the_id_of_its_derivation() {
    let public = example(&[]);
    let one = json(&public, "api/v1/figures/officers-fte.hertfordshire.2019-03-31.json");
    let row = &one["row"];
    assert_eq!(
        (&row["measure"], &row["force"], &row["period_end"]),
        (&json!("officers-fte"), &json!("hertfordshire"), &json!("2019-03-31"))
    );
    assert!((row["value"].as_f64().expect("a number") - 2009.0).abs() < 0.5, "{row}");
    assert_eq!((&row["denominator"], &row["status"]["denominator"]), (&Value::Null, &json!("[z]")));
    assert_eq!(row["verdict"], "no-comparison");
    let rate = json(
        &public,
        "api/v1/figures.json?measure=officers-per-1000-population&force=hertfordshire&period_end=2019-03-31",
    );
    let row = &rate["rows"][0];
    let (top, below) = (row["numerator"].as_f64().unwrap(), row["denominator"].as_f64().unwrap());
    assert!((row["value"].as_f64().unwrap() - 1000.0 * top / below).abs() < 1e-9, "{row}");
}

#[test]
fn a_force_that_distorts_a_measure_has_figures_and_is_said_to_be_left_out() {
    let public = example(&[]);
    let measures = json(&public, "api/v1/measures.json?limit=1000");
    let distorted = |row: &&Value| row["distorted_by"].is_array();
    let measure = measures["rows"].as_array().unwrap().iter().find(distorted).expect("a distorted measure");
    let (id, force) = (measure["id"].as_str().unwrap(), measure["distorted_by"][0].as_str().unwrap());
    for (force, excluded) in [(force, "yes"), ("kent", "no")] {
        let figures = json(&public, &format!("api/v1/figures.json?measure={id}&force={force}"));
        let rows = figures["rows"].as_array().unwrap();
        assert!(!rows.is_empty() && rows.iter().all(|row| row["excluded"] == excluded), "{id}, {force}");
    }
}

#[test]
fn the_pages_of_a_table_hold_every_row_once() {
    let public = example(&[]);
    for (table, question) in
        [("forces", "limit=5"), ("places", "cycle=2016&limit=7"), ("figures", "force=kent&limit=1000")]
    {
        let mut address = format!("{table}.json?{question}");
        let mut seen = Vec::new();
        let total = loop {
            let answer = json(&public, &format!("api/v1/{address}"));
            seen.extend(ids(&answer).into_iter().map(str::to_owned));
            match answer["next"].as_str() {
                Some(next) => address = next.to_owned(),
                None => break answer["total"].as_u64().expect("a number"),
            }
        };
        let different: BTreeSet<&String> = seen.iter().collect();
        assert_eq!((seen.len() as u64, different.len() as u64), (total, total), "{table}");
        assert!(total > 10, "{table}");
    }
}

#[test]
fn without_a_limit_there_are_a_hundred_rows_and_a_static_copy_has_them_all() {
    let public = example(&[]);
    assert_eq!(ids(&json(&public, "api/v1/places.json")).len(), api::ROWS);
    let all: Value = serde_json::from_str(&copied(&public, "api/v1/places.json")).expect("JSON");
    assert!(ids(&all).len() > api::ROWS && all["next"].is_null());
    assert_eq!(ids(&all).len() as u64, all["total"].as_u64().unwrap());
}

#[test]
fn a_question_that_makes_no_sense_is_refused_with_what_is_allowed() {
    let public = example(&[]);
    for (question, said) in [
        ("limit=abc", "`limit` is `abc`."),
        ("limit=0", "`limit` is `0`."),
        ("limit=1001", "`limit` is `1001`."),
        ("after=atlantis", "`after` is `atlantis`, and no row of forces has this id."),
    ] {
        for ending in ["json", "csv"] {
            let found = ask(&public, &format!("api/v1/forces.{ending}?{question}")).expect("an answer");
            assert_eq!((found.status, found.media), (400, "application/problem+json"), "{question}");
            let problem: Value = serde_json::from_slice(&found.bytes).expect("JSON");
            assert_eq!((&problem["detail"], &problem["status"]), (&json!(said), &json!(400)));
        }
    }
    let fine = ask(&public, "api/v1/forces.json?limit=&after=").expect("an answer");
    assert_eq!(fine.status, 200, "what is empty is passed over");
}

#[test]
fn a_page_is_refused_as_a_page() {
    let (found, remedy) = ("`page` is `x`.".to_owned(), "Write a number.".to_owned());
    let refused =
        routes::refused(&example(&[]), "search.html", routes::Refusal { status: 400, found, remedy }, true, &|_| true);
    let text = String::from_utf8(refused.bytes).expect("text");
    assert_eq!((refused.status, refused.media), (400, "text/html; charset=utf-8"));
    assert!(text.contains("`page` is `x`.") && text.contains("Write a number."), "{text}");
}

#[test]
fn an_answer_without_rows_says_why() {
    let public = example(&[]);
    let none = json(&public, "api/v1/findings.json?kind=praise");
    assert_eq!(none["total"], 0);
    let why = none["why"].as_str().expect("why");
    assert!(why.starts_with("No row has the kind `praise`. Values that rows have: area-for-improvement, "), "{why}");
    let together = json(&public, "api/v1/judgments.json?cycle=2014&force=kent");
    assert!(together["why"].is_string());
    assert!(json(&public, "api/v1/forces.json")["why"].is_null());
}

#[test]
fn what_a_table_cannot_be_asked_is_refused_and_other_addresses_pass_it_over() {
    let query = Query::read("force=kent&limit=5&colour=blue");
    let public = example(&[]);
    let answer = |path: &str| routes::answer(&public, path, &query, true, &|_| true).expect("an answer");
    let refused = answer("api/v1/judgments.json");
    let said = String::from_utf8(refused.bytes).unwrap();
    assert_eq!(refused.status, 400);
    assert!(said.contains("`colour` is nothing that can be asked here") && said.contains("`force`"), "{said}");
    assert_eq!(answer("data/judgments.csv").status, 200);
    assert_eq!(routes::asked("api/v1/judgments.json", &query), query, "so that it can be refused");
    assert!(routes::asked("data/judgments.csv", &query).is_empty());
}

#[test]
fn metadata_names_the_columns_that_the_files_have() {
    let public = example(&[]);
    let package = json(&public, "data/datapackage.json");
    let resources = package["resources"].as_array().expect("resources");
    assert_eq!(resources.len(), open::TABLES.len());
    for resource in resources {
        let path = resource["path"].as_str().expect("a path");
        let csv = copied(&public, &format!("data/{path}"));
        let header: Vec<&str> = csv.lines().next().expect("a header").split(',').collect();
        let fields: Vec<&str> =
            resource["schema"]["fields"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
        assert_eq!(fields, header, "{path}");
        assert_eq!(resource["schema"]["primaryKey"], json!(["id"]));
        assert_eq!(resource["bytes"].as_u64(), Some(csv.len() as u64), "{path}");
        let csvw = json(&public, &format!("data/{}", metadata::csvw_name(path)));
        let columns = csvw["tableSchema"]["columns"].as_array().unwrap();
        assert_eq!(columns.iter().map(|c| c["titles"][0].as_str().unwrap()).collect::<Vec<_>>(), header, "{path}");
        assert_eq!(csvw["url"], json!(path));
    }
    let findings = json(&public, "data/findings.csv-metadata.json");
    let forces = findings["tableSchema"]["columns"].as_array().unwrap().iter().find(|c| c["name"] == "force");
    assert_eq!(forces.expect("a column")["separator"], "|");
}

#[test]
fn the_catalogue_lists_every_file_with_its_size_and_checksum() {
    let public = example(&[]);
    let catalogue = json(&public, "data/catalogue.jsonld");
    let datasets = catalogue["dcat:dataset"].as_array().expect("datasets");
    assert_eq!(datasets.len(), open::TABLES.len());
    let figures = datasets.iter().find(|d| d["dct:identifier"] == "figures").expect("figures");
    assert_eq!(figures["dct:temporal"]["dcat:endDate"]["@type"], "xsd:date");
    let mut files = 0;
    for distribution in datasets.iter().flat_map(|d| d["dcat:distribution"].as_array().expect("files")) {
        let name = distribution["dcat:downloadURL"]["@id"].as_str().expect("an address");
        let file = ask(&public, &format!("data/{name}")).unwrap_or_else(|| panic!("no file {name}"));
        assert_eq!(distribution["dcat:byteSize"]["@value"], file.bytes.len().to_string(), "{name}");
        let open = open::all(&public).next().expect("a table");
        let sum = metadata::Resource::of(&open.dataset, name, &file.bytes).sha256;
        assert_eq!(distribution["spdx:checksum"]["spdx:checksumValue"]["@value"], sum, "{name}");
        let kind = distribution["dcat:mediaType"]["@id"].as_str().expect("a media type");
        assert!(
            file.media.starts_with(kind.trim_start_matches("https://www.iana.org/assignments/media-types/")),
            "{name}"
        );
        files += 1;
    }
    let empty = open::all(&public).filter(|open| open.dataset.rows.is_empty()).count();
    assert_eq!(files, 3 * open::TABLES.len() - 2 * empty, "an empty table has no workbook");
}

#[test]
fn the_description_of_the_interface_is_the_one_checked_in() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
    let now = words(&example(&[]), "api/v1/openapi.json");
    if std::env::var_os("PEELIAN_WRITE").is_some() {
        std::fs::write(path, &now).expect("the description is written");
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == now, "docs/openapi.json is not what the tables say: write it with PEELIAN_WRITE=1");
}

#[test]
fn answers_are_as_the_description_says() {
    let public = example(&["2016/hertfordshire/pillar-report-legitimacy.html"]);
    let described = open::openapi::document();
    for open in open::all(&public) {
        let table = open.table.id;
        let schema = &described["components"]["schemas"][table];
        let properties = schema["properties"].as_object().expect("properties");
        let answer = json(&public, &format!("api/v1/{table}.json?limit=1000"));
        for row in answer["rows"].as_array().expect("rows") {
            let row = row.as_object().expect("a row");
            assert!(row.keys().all(|name| properties.contains_key(name)), "{table}");
            for (name, property) in properties.iter().filter(|(name, _)| *name != "status") {
                let kind = match &row[name] {
                    Value::Null => "null",
                    Value::String(_) => "string",
                    Value::Array(_) => "array",
                    _ => "number",
                };
                let allowed = [&property["type"]].into_iter().chain(property["type"].as_array().into_iter().flatten());
                assert!(allowed.into_iter().any(|t| t == kind), "{table}: {name} is {kind}");
                if let (Some(_), Some(text)) = (property.get("pattern"), row[name].as_str()) {
                    assert!(web::public::first_day(text).is_some(), "{table}: {name} is {text}");
                }
            }
        }
    }
}

#[test]
fn the_examples_of_the_page_have_answers() {
    let public = example(&[]);
    let page = words(&public, "api.html");
    let examples = web::pages::data::examples(&public);
    assert_eq!(examples.len(), 6);
    for (what, address) in examples {
        assert!(page.contains(&address.replace('&', "&amp;")), "{address} is not on the page");
        let found = ask(&public, &address).unwrap_or_else(|| panic!("{what}: nothing at {address}"));
        assert_eq!(found.status, 200, "{address}");
        let text = String::from_utf8(found.bytes).expect("text");
        assert!(text.lines().count() > 1 && !text.contains("\"total\": 0"), "{address}: {text}");
    }
}

#[test]
fn the_page_of_the_open_data_leads_to_every_file_and_names_every_column() {
    let public = example(&[]);
    let page = words(&public, "data.html");
    for file in bulk::files(&public) {
        assert!(page.contains(&format!("href=\"data/{}\"", file.name)), "{}", file.name);
    }
    for open in open::all(&public) {
        assert!(page.contains(&format!("id=\"{}\"", open.table.id)));
        assert!(open.table.columns.iter().all(|c| page.contains(&format!(">{}<", c.name))), "{}", open.table.id);
    }
    assert!(page.contains("43"), "the number of forces");
}

#[test]
fn every_page_says_how_it_is_cited() {
    let public = example(&[]);
    let page = words(&public, "forces/kent.html");
    assert_eq!(page.matches("How to cite this page").count(), 1);
    assert!(page.contains("“Kent Police”, as published by "), "title and date");
    assert!(page.contains(", forces/kent.html. "), "address");
}

const ATOM: &str = "http://www.w3.org/2005/Atom";

#[test]
fn feeds_are_valid_atom_the_newest_first_and_lead_to_what_there_is() {
    let public = example(&[]);
    let paths: BTreeSet<String> = routes::paths(&public).into_iter().collect();
    for path in ["feeds/all.atom", "feeds/hertfordshire.atom"] {
        let text = copied(&public, path);
        let tree = roxmltree::Document::parse(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
        let feed = tree.root_element();
        assert!(feed.has_tag_name((ATOM, "feed")));
        let one = |node: roxmltree::Node<'_, '_>, name: &str| {
            let found: Vec<String> = node
                .children()
                .filter(|c| c.has_tag_name((ATOM, name)))
                .filter_map(|c| c.text().map(str::to_owned))
                .collect();
            assert_eq!(found.len(), 1, "{path}: {name}");
            found.into_iter().next().unwrap_or_default()
        };
        let entries: Vec<_> = feed.children().filter(|c| c.has_tag_name((ATOM, "entry"))).collect();
        assert!(entries.len() > 20, "{path}");
        let dates: Vec<String> = entries.iter().map(|entry| one(*entry, "updated")).collect();
        assert!(dates.windows(2).all(|pair| pair[0] >= pair[1]), "{path}");
        assert_eq!(one(feed, "updated"), dates[0]);
        assert!(dates.iter().all(|d| d.parse::<jiff::Timestamp>().is_ok()));
        let found: BTreeSet<String> = entries.iter().map(|entry| one(*entry, "id")).collect();
        assert_eq!(found.len(), entries.len(), "{path}: ids");
        assert!(
            found.contains("tag:peelian.example,2026:findings/2016/hertfordshire/coc-2016-integrity")
                || path == "feeds/all.atom"
        );
        for entry in &entries {
            assert!(!one(*entry, "title").is_empty() && !one(*entry, "summary").is_empty());
        }
        for link in tree.descendants().filter(|n| n.has_tag_name((ATOM, "link"))) {
            let href = link.attribute("href").expect("an address");
            assert!(href.contains("://") || paths.contains(&web::page::beside(path, href)), "{path}: {href}");
        }
    }
    let kent = copied(&public, "feeds/kent.atom");
    assert_eq!(
        kent.matches("tag:peelian.example,2026:findings/").count(),
        1,
        "what all forces were asked, and no more"
    );
    let all = copied(&public, "feeds/all.atom");
    assert!(all.contains("href=\"../findings/2016.hertfordshire.coc-2016-integrity.html\""), "a finding has its page");
    assert!(all.contains("href=\"../corrections.html\"") && !all.contains("href=\"../forces.html\""));
}
