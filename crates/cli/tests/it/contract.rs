//! `peelian compare` as the contract has it, to the letter.

use crate::inspectorate::{HEADER, Inspectorate, Row, number, rows};
use rust_decimal::{Decimal, prelude::ToPrimitive};

const RATE: &str = "officers-per-1000-population";

/// The measures that the contract names.
const NAMED: [&str; 32] = [
    "officers-fte",
    "pcsos-fte",
    "police-staff-fte",
    "workforce-fte",
    "female-officers-percent",
    "female-workforce-percent",
    "officers-per-1000-population",
    "recorded-crime-per-1000",
    "violence-against-the-person-per-1000",
    "sexual-offences-per-1000",
    "theft-and-robbery-per-1000",
    "criminal-damage-and-arson-per-1000",
    "action-taken-percent",
    "suspect-identified-percent",
    "victim-does-not-support-percent",
    "minority-ethnic-population-percent",
    "stop-searches-per-1000",
    "complaints-per-1000-officers",
    "complaints-per-1000-staff",
    "victims-satisfied-percent",
    "grievances-per-1000-officers",
    "grievances-per-1000-staff",
    "rest-days-owed-per-officer",
    "rest-days-owed-per-pcso",
    "officers-owed-over-ten-rest-days-percent",
    "officers-long-term-sick-percent",
    "officers-short-term-sick-percent",
    "pcsos-long-term-sick-percent",
    "pcsos-short-term-sick-percent",
    "staff-long-term-sick-percent",
    "staff-short-term-sick-percent",
    "emergency-calls-per-1000",
];

/// `spend-per-head` and those of [`NAMED`] that no open data answer.
fn needs_a_return(measure: &str) -> bool {
    let words = ["complaints", "victims-satisfied", "grievances", "rest-days", "-sick-", "emergency", "spend"];
    words.iter().any(|word| measure.contains(word))
}

fn of<'a>(rows: &'a [Row], force: &str) -> &'a Row {
    rows.iter().find(|row| row.force == force).unwrap()
}

#[test]
fn the_table_has_the_header_of_the_contract_and_nothing_else_on_standard_output() {
    let ran = Inspectorate::with_figures().run(&["compare", RATE, "--format", "csv"]).ended(0);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], HEADER);
    assert_eq!(lines.len(), 44);
    assert!(lines.iter().all(|line| line.split(',').count() == 14), "no cell needs quotes");
    assert!(ran.out.ends_with('\n') && !ran.out.contains('\r') && !ran.out.contains('\x1b'));
    assert!(
        !ran.err.is_empty() && !ran.err.contains('\x1b'),
        "what is not the table is told elsewhere, without colour"
    );
}

#[test]
fn there_is_one_row_for_each_of_43_forces_sorted_by_id() {
    let rows = Inspectorate::with_figures().compare(RATE, &[]);
    let forces: Vec<&str> = rows.iter().map(|row| row.force.as_str()).collect();
    assert_eq!(forces.len(), 43);
    assert!(forces.is_sorted());
    for named in ["hertfordshire", "avon-and-somerset", "city-of-london", "metropolitan", "devon-and-cornwall"] {
        assert!(forces.contains(&named), "{named}");
    }
    assert!(forces.contains(&"dyfed-powys") && !forces.contains(&"british-transport-police"));
    assert!(
        rows.iter().all(|row| row.measure == RATE && row.comparator == "england-and-wales" && row.excluded == "no")
    );
}

#[test]
fn a_value_is_its_numerator_over_its_denominator_unrounded() {
    let house = Inspectorate::with_figures();
    for row in house.compare(RATE, &["--period", "2018-03-31"]) {
        let ratio = number(&row.numerator) * Decimal::ONE_THOUSAND / number(&row.denominator);
        assert_eq!(number(&row.value), ratio, "{}", row.force);
        assert!(number(&row.value).scale() > 20, "{}", row.value);
    }
    assert_eq!(house.hertfordshire("officers-fte", "2019-03-31", &[]).value, "2008.66699999999");
}

#[test]
fn the_comparator_is_the_ratio_of_totals_and_not_the_mean_of_the_ratios() {
    let rows = Inspectorate::with_figures().compare(RATE, &["--period", "2018-03-31"]);
    assert_eq!(number(&rows[0].comparator_value), ratio_of_totals(rows.iter()));
    assert!(rows.iter().all(|row| row.comparator_value == rows[0].comparator_value));
}

fn ratio_of_totals<'a>(rows: impl Iterator<Item = &'a Row> + Clone) -> Decimal {
    let sum = |part: fn(&Row) -> &str| rows.clone().map(|row| number(part(row))).sum::<Decimal>();
    sum(|row| &row.numerator) * Decimal::ONE_THOUSAND / sum(|row| &row.denominator)
}

#[test]
fn scores_use_the_sample_standard_deviation_and_0_675_parts_the_verdicts() {
    let rows = Inspectorate::with_figures().compare(RATE, &["--period", "2018-03-31", "--exclude", "city-of-london"]);
    let compared: Vec<&Row> = rows.iter().filter(|row| row.excluded == "no").collect();
    let float = |text: &str| number(text).to_f64().unwrap();
    let values: Vec<f64> = compared.iter().map(|row| float(&row.value)).collect();
    let mean = values.iter().sum::<f64>() / 42.0;
    let deviation = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / 41.0).sqrt();
    for (row, value) in compared.iter().zip(values) {
        let scores =
            [(mean, &row.z_mean, &row.verdict_mean), (float(&row.comparator_value), &row.z_ew, &row.verdict_ew)];
        for (middle, printed, verdict) in scores {
            let z: f64 = printed.parse().unwrap();
            assert!((z - (value - middle) / deviation).abs() < 1e-9, "{}: {z}", row.force);
            let expected = if z > 0.675 {
                "higher"
            } else if z < -0.675 {
                "lower"
            } else {
                "broadly-in-line"
            };
            assert_eq!(verdict, expected, "{}: {z}", row.force);
        }
    }
}

#[test]
fn a_force_left_out_keeps_its_row_and_leaves_average_and_distribution() {
    let house = Inspectorate::with_figures();
    let all = house.compare(RATE, &["--period", "2018-03-31"]);
    let rows =
        house.compare(RATE, &["--period", "2018-03-31", "--exclude", "city-of-london", "--exclude", "metropolitan"]);
    assert_eq!(rows.len(), 43);
    for row in &rows {
        let left_out = ["city-of-london", "metropolitan"].contains(&row.force.as_str());
        assert_eq!(row.excluded == "yes", left_out, "{}", row.force);
        assert_eq!(row.z_mean.is_empty() && row.z_ew.is_empty(), left_out, "{}", row.force);
        assert_eq!(row.verdict_mean == "no-comparison", left_out, "{}", row.force);
        assert_eq!(row.value, of(&all, &row.force).value);
    }
    assert_eq!(number(&rows[0].comparator_value), ratio_of_totals(rows.iter().filter(|row| row.excluded == "no")));
    assert_ne!(rows[0].comparator_value, all[0].comparator_value);
}

#[test]
fn one_force_is_printed_as_it_stands_among_all() {
    let house = Inspectorate::with_figures();
    let all = house.compare(RATE, &[]);
    assert_eq!(house.compare(RATE, &["--force", "hertfordshire"]), [of(&all, "hertfordshire").clone()]);
    assert_eq!(house.compare(RATE, &["--force", "Avon & Somerset"]), [of(&all, "avon-and-somerset").clone()]);
}

#[test]
fn the_default_period_is_the_latest_and_a_period_is_named_by_its_last_day() {
    let house = Inspectorate::with_figures();
    let listed = house.run(&["measures", "--format", "csv"]).ended(0).out;
    for measure in [RATE, "recorded-crime-per-1000", "minority-ethnic-population-percent"] {
        let line = listed.lines().find(|line| line.starts_with(&format!("{measure},"))).unwrap();
        let latest = line.rsplit(',').next().unwrap();
        let rows = house.compare(measure, &[]);
        assert!(rows.iter().all(|row| row.period == latest), "{measure}");
        assert_eq!(rows, house.compare(measure, &["--period", latest]));
    }
    assert_eq!(house.hertfordshire("recorded-crime-per-1000", "2018-09-30", &[]).period, "2018-09-30");
}

#[test]
fn an_absent_value_is_empty_with_its_status_and_leaves_both_sums() {
    let house = Inspectorate::with_figures();
    let options = ["compare", "arrests-per-1000", "--period", "2018-03-31", "--format", "csv"];
    let ran = house.run(&options).ended(0).telling(&["in neither sum of the average: lancashire."]);
    let rows = rows(&ran.out);
    let row = of(&rows, "lancashire");
    assert_eq!((row.numerator.as_str(), row.value.as_str(), row.status.as_str()), ("", "", "[x]"));
    assert_eq!((row.z_mean.as_str(), row.verdict_mean.as_str()), ("", "no-comparison"));
    assert_eq!((row.z_ew.as_str(), row.verdict_ew.as_str(), row.excluded.as_str()), ("", "no-comparison", "no"));
    assert_eq!(row.denominator, "1490497", "what is there is printed");
    let others = rows.iter().filter(|row| row.force != "lancashire");
    assert_eq!(number(&rows[0].comparator_value), ratio_of_totals(others));
}

#[test]
fn a_value_that_was_revised_carries_its_mark() {
    let rows = Inspectorate::with_figures().compare("apparent-suicides-after-custody", &["--period", "2018-03-31"]);
    let marked: Vec<&str> = rows.iter().filter(|row| row.status == "[r]").map(|row| row.force.as_str()).collect();
    assert_eq!(marked, ["cleveland", "hampshire"]);
    assert!(rows.iter().all(|row| row.status.is_empty() || row.status == "[r]"));
}

#[test]
fn against_its_most_similar_group_a_force_has_the_groups_ratio_and_no_score() {
    let house = Inspectorate::with_figures();
    let rows = house.compare(RATE, &["--period", "2018-09-30", "--against", "most-similar"]);
    assert_eq!(rows.len(), 43);
    assert!(rows.iter().all(|row| row.comparator == "most-similar" && row.z_mean.is_empty() && row.z_ew.is_empty()));
    let group =
        ["avon-and-somerset", "essex", "hampshire", "hertfordshire", "leicestershire", "staffordshire", "sussex"];
    let members = rows.iter().filter(|row| group.contains(&row.force.as_str()) || row.force == "thames-valley");
    assert_eq!(members.clone().count(), 8);
    assert_eq!(number(&of(&rows, "hertfordshire").comparator_value), ratio_of_totals(members));
}

#[test]
fn city_of_london_has_no_most_similar_group_and_so_no_comparison() {
    let house = Inspectorate::with_figures();
    let rows = house.compare(RATE, &["--period", "2018-09-30", "--against", "most-similar"]);
    let row = of(&rows, "city-of-london");
    assert_eq!((row.comparator_value.as_str(), row.verdict_mean.as_str()), ("", "no-comparison"));
    assert_eq!(row.verdict_ew, "no-comparison");
    assert!(!row.value.is_empty());
}

#[test]
fn json_has_the_fields_and_values_of_the_table() {
    let house = Inspectorate::with_figures();
    for options in [["--period", "2018-03-31"], ["--against", "most-similar"], ["--exclude", "city-of-london"]] {
        let table = house.compare("arrests-per-1000", &options);
        let mut arguments = vec!["compare", "arrests-per-1000", "--format", "json"];
        arguments.extend(options);
        let out = house.run(&arguments).ended(0).out;
        let list: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&out).unwrap();
        assert_eq!(list.len(), 43);
        for (object, row) in list.iter().zip(&table) {
            let names: Vec<&str> = object.keys().map(String::as_str).collect();
            assert_eq!(names.join(","), HEADER);
            let text = |name: &str| match &object[name] {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            assert_eq!((text("force"), text("period")), (row.force.clone(), row.period.clone()));
            assert_eq!((text("numerator"), text("value")), (row.numerator.clone(), row.value.clone()));
            assert_eq!((text("status"), text("excluded")), (row.status.clone(), row.excluded.clone()));
            assert_eq!(
                (text("comparator_value"), text("verdict_mean")),
                (row.comparator_value.clone(), row.verdict_mean.clone())
            );
            // The parser of JSON may miss the last digit of a double.
            let near = |json: &str, csv: &str| match (json.parse::<f64>(), csv.parse::<f64>()) {
                (Ok(json), Ok(csv)) => (json - csv).abs() < 1e-12,
                _ => json == csv,
            };
            assert!(near(&text("z_mean"), &row.z_mean) && near(&text("z_ew"), &row.z_ew), "{}", row.force);
        }
    }
}

#[test]
fn a_count_has_no_denominator_and_no_comparison() {
    let house = Inspectorate::with_figures();
    let ran =
        house.run(&["compare", "officers-fte", "--format", "csv"]).ended(0).telling(&["No comparison", "a count"]);
    let rows = rows(&ran.out);
    assert_eq!(rows.len(), 43);
    for row in rows {
        assert!(row.denominator.is_empty() && row.z_mean.is_empty() && row.z_ew.is_empty());
        assert_eq!((row.verdict_mean.as_str(), row.verdict_ew.as_str()), ("no-comparison", "no-comparison"));
        assert_eq!(row.value, row.numerator);
    }
}

#[test]
fn what_does_not_exist_is_told_with_what_does() {
    let house = Inspectorate::with_figures();
    let refused = |arguments: &[&str], words: &[&str]| {
        let ran = house.run(arguments).ended(2).telling(words);
        assert!(ran.out.is_empty(), "{arguments:?}: {}", ran.out);
    };
    refused(&["compare", "officers-per-1000"], &["officers-per-1000-population", "peelian measures"]);
    refused(&["compare", RATE, "--force", "camelot"], &["`camelot`", "register/forces.csv"]);
    refused(&["compare", RATE, "--force", "british-transport-police"], &["British Transport Police", "out of scope"]);
    refused(&["compare", RATE, "--exclude", "camelot"], &["`camelot`"]);
    refused(&["compare", RATE, "--period", "2018-09-29"], &["2018-09-29", "2018-09-30"]);
    refused(&["compare", RATE, "--period", "September"], &["September", "--period"]);
    refused(&["compare", RATE, "--release", "ffff"], &["`ffff`", "58eb598329a5"]);
    refused(&["compare", RATE, "--cycle", "1999"], &["`1999`", "2018-19"]);
    refused(&["compare", RATE, "--against", "neighbours"], &["england-and-wales", "most-similar"]);
    refused(&["compare"], &["MEASURE"]);
    refused(&["inspect"], &["inspect"]);
}

#[test]
fn every_measure_of_the_contract_exists_and_answers_or_asks_for_a_return() {
    let house = Inspectorate::with_figures();
    let listed = house.run(&["measures"]).ended(0).out;
    for measure in NAMED.into_iter().chain(["spend-per-head"]) {
        let line = listed.lines().find(|line| line.split_whitespace().next() == Some(measure)).expect(measure);
        assert_eq!(line.contains("needs a supplied return"), needs_a_return(measure), "{line}");
        let ran = house.run(&["compare", measure, "--format", "csv"]);
        if needs_a_return(measure) {
            let ran = ran.ended(2).telling(&["needs a supplied return", &format!("peelian measures {measure}")]);
            assert!(ran.out.is_empty());
            let explained = house.run(&["measures", measure]).ended(0).out;
            assert!(explained.contains("force,period,series,value"), "{explained}");
        } else {
            assert_eq!(rows(&ran.ended(0).out).len(), 43, "{measure}");
        }
    }
}

#[test]
fn the_same_question_has_the_same_answer() {
    let house = Inspectorate::with_figures();
    let ask = || house.run(&["compare", RATE, "--format", "csv"]).ended(0).out;
    assert_eq!(ask(), ask());
}
