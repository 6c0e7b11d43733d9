//! Figures that were never open data: a return goes in, a comparison comes out.

use crate::inspectorate::{Inspectorate, Row, number, rows};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

const YEAR: &str = "2015-04-01/2016-03-31";
const DAY: &str = "2016-03-31";
const COMPLAINTS: &str = "complaints-per-1000-officers";

/// A return: a line for each force, series and period.
struct Return(String);

impl Return {
    fn new() -> Self {
        Self("force,period,series,value\n".to_owned())
    }

    fn line(&mut self, force: &str, period: &str, series: &str, value: &str) {
        self.0 += &format!("{force},{period},{series},{value}\n");
    }
}

/// Complaint cases of every force, with what one of them wrote. The officers come from the published strength.
fn complaints(house: &Inspectorate, one: &str, wrote: &str) -> Return {
    let mut supplied = Return::new();
    for (place, force) in house.forces().iter().enumerate() {
        let cases = if force == one { wrote.to_owned() } else { (100 + 7 * place).to_string() };
        supplied.line(force, YEAR, "complaint-cases-officers", &cases);
    }
    supplied
}

fn ingest(house: &Inspectorate, supplied: &Return) {
    house.write("return.csv", &supplied.0);
    house.run(&["ingest", "--source", "supplied-return", "--released", "2016-07-01", "return.csv"]).ended(0);
}

fn is_a_verdict(word: &str) -> bool {
    ["higher", "lower", "broadly-in-line"].contains(&word)
}

#[test]
fn a_return_of_43_forces_gives_43_verdicts() {
    let house = Inspectorate::with_figures();
    house.run(&["compare", COMPLAINTS]).ended(2).telling(&["needs a supplied return"]);
    ingest(&house, &complaints(&house, "", ""));
    let rows = house.compare(COMPLAINTS, &[]);
    assert_eq!(rows.len(), 43);
    assert!(rows.iter().all(|row| is_a_verdict(&row.verdict_mean) && is_a_verdict(&row.verdict_ew)));
    assert!(rows.iter().all(|row| row.period == DAY && row.status.is_empty()));
    let strength = house.compare("officers-fte", &["--period", DAY]);
    assert_eq!((number(&rows[2].numerator), &rows[2].denominator), (number("114"), &strength[2].value));
    assert_eq!(number(&rows[2].value), number("114000") / number(&rows[2].denominator));
    let listed = house.run(&["measures"]).ended(0).out;
    let line = listed.lines().find(|line| line.contains(COMPLAINTS)).unwrap();
    assert!(line.contains("31 March 2016"), "{line}");
}

#[test]
fn a_force_that_could_not_supply_leaves_both_sums_and_is_named() {
    let house = Inspectorate::with_figures();
    ingest(&house, &complaints(&house, "kent", "[x]"));
    let ran = house.run(&["compare", COMPLAINTS, "--format", "csv"]).ended(0);
    let ran = ran.telling(&["Without a figure, and so in neither sum of the average: kent."]);
    let rows = rows(&ran.out);
    let (missing, whole): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| row.force == "kent");
    assert_eq!((missing[0].value.as_str(), missing[0].status.as_str()), ("", "[x]"));
    assert_eq!(missing[0].verdict_mean, "no-comparison");
    assert_eq!(whole.iter().filter(|row| is_a_verdict(&row.verdict_mean)).count(), 42);
    let sum = |part: fn(&Row) -> &str| whole.iter().map(|row| number(part(row))).sum::<Decimal>();
    let ratio = sum(|row| &row.numerator) * Decimal::ONE_THOUSAND / sum(|row| &row.denominator);
    assert_eq!(number(&missing[0].comparator_value), ratio);
}

#[test]
fn an_estimate_keeps_its_mark() {
    let house = Inspectorate::with_figures();
    ingest(&house, &complaints(&house, "kent", "212.5 [e]"));
    let rows = house.compare(COMPLAINTS, &["--force", "kent"]);
    assert_eq!((rows[0].numerator.as_str(), rows[0].status.as_str()), ("212.5", "[e]"));
    assert!(is_a_verdict(&rows[0].verdict_mean));
}

#[test]
fn rows_that_are_refused_are_told_and_the_others_kept() {
    let house = Inspectorate::with_figures();
    let mut supplied = complaints(&house, "kent", "many");
    supplied.line("camelot", YEAR, "complaint-cases-officers", "4");
    supplied.line("essex", "yesterday", "complaint-cases-officers", "4");
    house.write("return.csv", &supplied.0);
    let ran = house.run(&["ingest", "--source", "supplied-return", "return.csv"]).ended(0);
    let kent = 2 + house.forces().iter().position(|force| force == "kent").unwrap();
    ran.telling(&[
        &format!("return.csv, row {kent}, column `value`: `many` is not a number"),
        "return.csv, row 45, column `force`: `camelot`",
        "return.csv, row 46, column `period`: `yesterday`",
        "3 problems",
    ]);
    let rows = house.compare(COMPLAINTS, &[]);
    assert_eq!(rows.iter().filter(|row| is_a_verdict(&row.verdict_mean)).count(), 42);
}

/// Each series that a measure without data asks for, with the period to supply it for, as `peelian measures ID` tells them.
fn asked_for(house: &Inspectorate, measure: &str, series: &mut BTreeMap<String, &str>) {
    let told = house.run(&["measures", measure]).ended(0).out;
    let list = told.lines().find_map(|line| line.split("with the series ").nth(1)).expect("the series");
    let period = if told.contains("Period: as at a day") { DAY } else { YEAR };
    for name in list.trim_end_matches('.').split(", ") {
        series.insert(name.to_owned(), if name == "population" { DAY } else { period });
    }
}

#[test]
fn every_measure_that_needs_a_return_works_as_soon_as_it_has_one() {
    let house = Inspectorate::with_figures();
    let listed = house.run(&["measures", "--format", "csv"]).ended(0).out;
    let all: Vec<&str> = listed.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    let needing = all.into_iter().filter(|id| {
        let words =
            ["complaints", "victims-", "grievances", "rest-days", "-sick-", "emergency-calls", "spend-per-head"];
        words.iter().any(|word| id.contains(word))
    });
    let needing: Vec<&str> = needing.collect();
    assert_eq!(needing.len(), 22);
    let mut series = BTreeMap::new();
    needing.iter().for_each(|measure| asked_for(&house, measure, &mut series));
    let mut supplied = Return::new();
    for (place, force) in house.forces().iter().enumerate() {
        for (row, (name, period)) in series.iter().enumerate() {
            supplied.line(force, period, name, &(50 + (place * place + 31 * row) % 40).to_string());
        }
    }
    ingest(&house, &supplied);
    for measure in needing {
        let rows = house.compare(measure, &[]);
        let verdicts = rows.iter().filter(|row| is_a_verdict(&row.verdict_mean)).count();
        assert_eq!((rows.len(), verdicts), (43, 43), "{measure}");
    }
}

#[test]
fn a_return_with_slips_is_told_row_by_row() {
    let house = Inspectorate::with_figures();
    let mut supplied = Return::new();
    supplied.line("kent", YEAR, "complaint-cases-officers", "-4");
    supplied.line("kent", YEAR, "complaint-cases-officers", "4");
    supplied.line("essex", YEAR, "complaint-cases-officers", "4.5");
    supplied.line("sussex", YEAR, "complaint-case-officers", "4");
    supplied.line("dorset", YEAR, "compliments", "4");
    supplied.line("dorset", YEAR, "other-expenditure", "-1200.50");
    house.write("return.csv", &supplied.0);
    let ran = house.run(&["ingest", "--source", "supplied-return", "return.csv"]).ended(0);
    let ran = ran.telling(&[
        "return.csv, row 2, column `value`: `-4` is below zero",
        "return.csv, row 4, column `value`: `4.5` is not a whole number",
        "return.csv, row 5, column `series`: there is no series `complaint-case-officers` (did you mean `complaint-cases-officers`?)",
        "1 figure of compliments, 2015-04-01/2016-03-31 to 2015-04-01/2016-03-31; no measure uses it",
        "3 problems",
    ]);
    assert!(!ran.err.contains("already"), "{}", ran.err);
    let kent = house.compare(COMPLAINTS, &["--force", "kent"]);
    assert_eq!(kent[0].numerator, "4");
}
