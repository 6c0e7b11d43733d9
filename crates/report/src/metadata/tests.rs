use super::*;
use crate::csv_file;
use crate::workbook_tests::example;

/// JSON with each value that fits on one line, so that a column is a line.
fn pretty(value: &Value) -> String {
    pretty_at(value, "")
}

fn pretty_at(value: &Value, indent: &str) -> String {
    let compact = value.to_string();
    let deeper = format!("{indent}  ");
    let lines: Vec<String> = match value {
        _ if compact.len() <= 170 => return compact,
        Value::Object(map) => {
            map.iter().map(|(key, value)| format!("{deeper}\"{key}\": {}", pretty_at(value, &deeper))).collect()
        }
        Value::Array(items) => items.iter().map(|item| format!("{deeper}{}", pretty_at(item, &deeper))).collect(),
        _ => return compact,
    };
    let (open, close) = if value.is_array() { ("[", "]") } else { ("{", "}") };
    format!("{open}\n{}\n{indent}{close}", lines.join(",\n"))
}

#[test]
fn csvw_describes_every_column_of_the_file() {
    insta::assert_snapshot!(pretty(&csvw(&example().datasets[0], "officers.csv")), @r#"
    {
      "@context": ["http://www.w3.org/ns/csvw",{"@language":"en"}],
      "url": "officers.csv",
      "dc:title": "Police officers by force, 31 March 2018",
      "dc:description": "Full-time equivalents, all funding streams.",
      "dc:source": "Home Office, Police workforce open data table, July 2022",
      "dc:license": {"@id":"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"},
      "dialect": {"encoding":"utf-8","lineTerminators":["\r\n"],"header":true},
      "tableSchema": {
        "columns": [
          {"name":"force","titles":["force","Force"],"dc:description":"Force of the force.","datatype":"string","required":true},
          {"name":"officers","titles":["officers","Officers"],"dc:description":"Officers of the force.","datatype":"decimal","required":false},
          {
            "name": "officers_status",
            "titles": ["officers_status","Officers: status"],
            "dc:description": "Why `officers` is empty: [x] not available; [z] not applicable; [c] confidential; [n] not yet supplied. Or what to know of the value in `officers`, one symbol or several: [b] break in the series; [e] estimated; [f] forecast; [p] provisional; [r] revised; [u] low reliability. Empty when there is nothing to say.",
            "datatype": {"base":"string","format":"(\\[[xzcn]\\]|(\\[[befpru]\\])+)"},
            "required": false
          },
          {"name":"rate","titles":["rate","Officers per 1,000 population"],"dc:description":"Officers per 1,000 population of the force.","datatype":"decimal","required":false},
          {
            "name": "rate_status",
            "titles": ["rate_status","Officers per 1,000 population: status"],
            "dc:description": "Why `rate` is empty: [x] not available; [z] not applicable; [c] confidential; [n] not yet supplied. Or what to know of the value in `rate`, one symbol or several: [b] break in the series; [e] estimated; [f] forecast; [p] provisional; [r] revised; [u] low reliability. Empty when there is nothing to say.",
            "datatype": {"base":"string","format":"(\\[[xzcn]\\]|(\\[[befpru]\\])+)"},
            "required": false
          },
          {"name":"counted","titles":["counted","Counted on"],"dc:description":"Counted on of the force.","datatype":{"base":"date","format":"yyyy-MM-dd"},"required":false},
          {
            "name": "counted_status",
            "titles": ["counted_status","Counted on: status"],
            "dc:description": "Why `counted` is empty: [x] not available; [z] not applicable; [c] confidential; [n] not yet supplied. Or what to know of the value in `counted`, one symbol or several: [b] break in the series; [e] estimated; [f] forecast; [p] provisional; [r] revised; [u] low reliability. Empty when there is nothing to say.",
            "datatype": {"base":"string","format":"(\\[[xzcn]\\]|(\\[[befpru]\\])+)"},
            "required": false
          }
        ],
        "primaryKey": ["force"]
      }
    }
    "#);
}

#[test]
fn a_data_package_describes_every_file_with_its_size_and_digest() {
    let dataset = &example().datasets[0];
    let csv = csv_file::write(dataset);
    let resources = [Resource::of(dataset, "officers.csv", csv.as_bytes())];
    let package =
        Package { name: "officers", title: "Police officers", description: "One table.", resources: &resources };
    insta::assert_snapshot!(pretty(&datapackage(&package)), @r#"
    {
      "profile": "tabular-data-package",
      "name": "officers",
      "title": "Police officers",
      "description": "One table.",
      "licenses": [{"name":"OGL-UK-3.0","path":"https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/","title":"Open Government Licence v3.0"}],
      "sources": [{"title":"Home Office, Police workforce open data table, July 2022"}],
      "resources": [
        {
          "profile": "tabular-data-resource",
          "name": "officers",
          "path": "officers.csv",
          "title": "Police officers by force, 31 March 2018",
          "description": "Full-time equivalents, all funding streams.",
          "format": "csv",
          "mediatype": "text/csv",
          "encoding": "utf-8",
          "bytes": 153,
          "hash": "sha256:0a0e6a2f78a6b6ef1b8ff3d83e58ce4aec9e1aa7ba6c6b757227d20da16ced79",
          "dialect": {"delimiter":",","lineTerminator":"\r\n","quoteChar":"\"","doubleQuote":true,"header":true},
          "sources": [{"title":"Home Office, Police workforce open data table, July 2022"}],
          "schema": {
            "fields": [
              {"name":"force","title":"Force","description":"Force of the force.","type":"string","format":"default","constraints":{"required":true}},
              {"name":"officers","title":"Officers","description":"Officers of the force.","type":"number","format":"default","constraints":{"required":false}},
              {
                "name": "officers_status",
                "title": "Officers: status",
                "description": "Why `officers` is empty: [x] not available; [z] not applicable; [c] confidential; [n] not yet supplied. Or what to know of the value in `officers`, one symbol or several: [b] break in the series; [e] estimated; [f] forecast; [p] provisional; [r] revised; [u] low reliability. Empty when there is nothing to say.",
                "type": "string",
                "format": "default",
                "constraints": {"pattern":"(\\[[xzcn]\\]|(\\[[befpru]\\])+)"}
              },
              {
                "name": "rate",
                "title": "Officers per 1,000 population",
                "description": "Officers per 1,000 population of the force.",
                "type": "number",
                "format": "default",
                "constraints": {"required":false}
              },
              {
                "name": "rate_status",
                "title": "Officers per 1,000 population: status",
                "description": "Why `rate` is empty: [x] not available; [z] not applicable; [c] confidential; [n] not yet supplied. Or what to know of the value in `rate`, one symbol or several: [b] break in the series; [e] estimated; [f] forecast; [p] provisional; [r] revised; [u] low reliability. Empty when there is nothing to say.",
                "type": "string",
                "format": "default",
                "constraints": {"pattern":"(\\[[xzcn]\\]|(\\[[befpru]\\])+)"}
              },
              {"name":"counted","title":"Counted on","description":"Counted on of the force.","type":"date","format":"default","constraints":{"required":false}},
              {
                "name": "counted_status",
                "title": "Counted on: status",
                "description": "Why `counted` is empty: [x] not available; [z] not applicable; [c] confidential; [n] not yet supplied. Or what to know of the value in `counted`, one symbol or several: [b] break in the series; [e] estimated; [f] forecast; [p] provisional; [r] revised; [u] low reliability. Empty when there is nothing to say.",
                "type": "string",
                "format": "default",
                "constraints": {"pattern":"(\\[[xzcn]\\]|(\\[[befpru]\\])+)"}
              }
            ],
            "missingValues": [""],
            "primaryKey": ["force"]
          }
        }
      ]
    }
    "#);
}

#[test]
fn the_titles_in_csvw_begin_with_the_heading_in_the_file() {
    let dataset = &example().datasets[0];
    let csv = csv_file::write(dataset);
    let described = csvw(dataset, "officers.csv");
    let first: Vec<&str> = described["tableSchema"]["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["titles"][0].as_str().unwrap())
        .collect();
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
