//! The figures that two published reports print of Hertfordshire (PEEL legitimacy 2016, PEEL 2018/19), computed again.
//!
//! Each test names a printed figure and asserts it twice: from the releases that the repository ships, and from the published
//! originals ingested anew, where they are at hand. Rounding is half away from zero to the printed precision. Seven figures cannot be
//! met from open data: for those a test asserts what the data give and prints what the report has.

use crate::inspectorate::{Inspectorate, Row, number, rounded};
use rust_decimal::Decimal;

const WORKFORCE: [&str; 4] = [
    "workforce/police_workforce_open_data_2007_2022.csv.gz",
    "workforce/police-workforce-sep19-tables.ods",
    "workforce/police-workforce-tables-sep16.ods",
    "population/lad_mid_year_population_2001_2019.csv.gz",
];
const CRIME: [&str; 3] = [
    "recorded_crime/prc-pfa-mar2013-onwards-tables201718.csv.gz",
    "outcomes/prc_outcomes_open_data_2018_19.csv.gz",
    "population/lad_mid_year_population_2001_2019.csv.gz",
];
const CENSUS: [&str; 1] = ["population/census2011_ethnic_group_by_local_authority.csv"];

/// The workbook of January 2020, which the report of 2018/19 was made from.
const JANUARY_2020: [&str; 2] = ["--release", "58eb"];

/// Checks the shipped releases and, where they are, the originals.
fn both(names: &[&str], check: impl Fn(&Inspectorate)) {
    check(&Inspectorate::with_figures());
    if let Some(fresh) = Inspectorate::of_originals(names) {
        check(&fresh);
    }
}

/// That a number, rounded to the decimals that each text has, is what was computed by hand and what the report prints.
#[track_caller]
fn assert_printed(value: Decimal, computed: &str, printed: &str) {
    for text in [computed, printed] {
        let expected = number(&text.replace(',', ""));
        assert_eq!(
            rounded(value, expected.scale()),
            expected,
            "{value} where {computed} was computed, {printed} printed"
        );
    }
}

/// The value of Hertfordshire.
#[track_caller]
fn value(inspectorate: &Inspectorate, measure: &str, period: &str, options: &[&str]) -> Decimal {
    number(&inspectorate.hertfordshire(measure, period, options).value)
}

#[test]
fn officers_in_2019_are_2009() {
    both(&WORKFORCE, |house| {
        assert_printed(value(house, "officers-fte", "2019-03-31", &[]), "2008.67", "2,009");
        assert_printed(value(house, "officers-fte", "2019-03-31", &JANUARY_2020), "2008.67", "2,009");
    });
}

#[test]
fn community_support_officers_in_2019_are_225() {
    both(&WORKFORCE, |house| {
        assert_printed(value(house, "pcsos-fte", "2019-03-31", &[]), "224.95", "225");
        assert_printed(value(house, "pcsos-fte", "2019-03-31", &JANUARY_2020), "224.95", "225");
    });
}

#[test]
fn police_staff_in_2019_are_1150_in_the_workbook_of_january_2020() {
    both(&WORKFORCE, |house| {
        assert_printed(value(house, "police-staff-fte", "2019-03-31", &JANUARY_2020), "1150.43", "1,150");
    });
}

#[test]
fn police_staff_in_2019_are_1151_in_the_later_revision() {
    both(&WORKFORCE, |house| {
        assert_printed(value(house, "police-staff-fte", "2019-03-31", &[]), "1151.43", "1,151");
    });
}

#[test]
fn officers_in_2014_were_1927() {
    both(&WORKFORCE, |house| assert_printed(value(house, "officers-fte", "2014-03-31", &[]), "1926.65", "1,927"));
}

#[test]
fn community_support_officers_in_2014_were_190() {
    both(&WORKFORCE, |house| assert_printed(value(house, "pcsos-fte", "2014-03-31", &[]), "190.33", "190"));
}

#[test]
fn police_staff_in_2014_were_1112() {
    both(&WORKFORCE, |house| assert_printed(value(house, "police-staff-fte", "2014-03-31", &[]), "1112.20", "1,112"));
}

/// The percentage change from 31 March 2014 to 31 March 2019; the options choose the release of 2019.
#[track_caller]
fn change(house: &Inspectorate, measure: &str, options: &[&str]) -> Decimal {
    let before = value(house, measure, "2014-03-31", &[]);
    (value(house, measure, "2019-03-31", options) - before) / before * Decimal::ONE_HUNDRED
}

#[test]
fn officers_rose_by_4_percent_from_2014_to_2019() {
    both(&WORKFORCE, |house| assert_printed(change(house, "officers-fte", &[]), "4.3", "4"));
}

#[test]
fn community_support_officers_rose_by_18_percent_from_2014_to_2019() {
    both(&WORKFORCE, |house| assert_printed(change(house, "pcsos-fte", &[]), "18.2", "18"));
}

#[test]
fn police_staff_rose_by_3_percent_with_the_workbook_of_january_2020_and_by_4_with_the_later_revision() {
    both(&WORKFORCE, |house| {
        assert_printed(change(house, "police-staff-fte", &JANUARY_2020), "3.4", "3");
        assert_printed(change(house, "police-staff-fte", &[]), "3.5", "4");
    });
}

#[test]
fn the_total_workforce_in_2016_was_3396() {
    both(&WORKFORCE, |house| assert_printed(value(house, "workforce-fte", "2016-03-31", &[]), "3395.75", "3,396"));
}

#[test]
fn of_the_workforce_in_2016_44_percent_were_women() {
    both(&WORKFORCE, |house| {
        assert_printed(value(house, "female-workforce-percent", "2016-03-31", &[]), "43.8", "44");
    });
}

#[test]
fn of_officers_in_2019_32_percent_were_women() {
    both(&WORKFORCE, |house| {
        assert_printed(value(house, "female-officers-percent", "2019-03-31", &[]), "32.2", "32");
    });
}

#[test]
fn of_officers_in_england_and_wales_in_2019_30_percent_were_women() {
    both(&WORKFORCE, |house| {
        let rows = house.compare("female-officers-percent", &["--period", "2019-03-31"]);
        assert_eq!(rows.len(), 43, "without British Transport Police");
        assert_printed(number(&rows[0].comparator_value), "30.4", "30");
    });
}

#[test]
fn of_residents_12_4_percent_are_from_a_minority_ethnic_group() {
    both(&CENSUS, |house| {
        let share = value(house, "minority-ethnic-population-percent", "2011-03-27", &[]);
        assert_printed(share, "12.416", "12.4");
    });
}

#[test]
fn of_residents_87_6_percent_are_white() {
    both(&CENSUS, |house| {
        let share = value(house, "minority-ethnic-population-percent", "2011-03-27", &[]);
        assert_printed(Decimal::ONE_HUNDRED - share, "87.584", "87.6");
    });
}

/// The population that a rate divides by: of Hertfordshire, and of the 43 forces together.
fn populations(house: &Inspectorate, measure: &str, period: &str) -> (Decimal, Decimal) {
    let rows = house.compare(measure, &["--period", period]);
    assert_eq!(rows.len(), 43);
    let own = rows.iter().find(|row| row.force == "hertfordshire").unwrap();
    (number(&own.denominator), rows.iter().map(|row| number(&row.denominator)).sum())
}

#[test]
fn the_rates_of_march_2016_divide_by_the_population_of_mid_2015() {
    both(&WORKFORCE, |house| {
        let found = populations(house, "officers-per-1000-population", "2016-03-31");
        assert_eq!(found, (1_165_332.into(), 57_885_413.into()));
    });
}

#[test]
fn the_rates_of_september_2018_divide_by_the_population_of_mid_2018() {
    both(&CRIME, |house| {
        let found = populations(house, "recorded-crime-per-1000", "2018-09-30");
        assert_eq!(found, (1_184_365.into(), 59_115_809.into()));
    });
}

/// A crime rate in the twelve months to September 2018: computed and printed, of the force and of its most similar group.
fn assert_crime(measure: &str, force: (&str, &str), group: (&str, &str)) {
    both(&CRIME, |house| {
        let row = house.hertfordshire(measure, "2018-09-30", &["--against", "most-similar"]);
        assert_printed(number(&row.value), force.0, force.1);
        assert_printed(number(&row.comparator_value), group.0, group.1);
    });
}

#[test]
fn violence_is_21_and_in_the_similar_group_23() {
    assert_crime("violence-against-the-person-per-1000", ("20.886", "21"), ("23.424", "23"));
}

#[test]
fn sexual_offences_are_2_and_in_the_similar_group_2() {
    assert_crime("sexual-offences-per-1000", ("1.919", "2"), ("2.435", "2"));
}

#[test]
fn theft_and_robbery_are_31_and_in_the_similar_group_30() {
    assert_crime("theft-and-robbery-per-1000", ("30.704", "31"), ("29.734", "30"));
}

#[test]
fn criminal_damage_and_arson_are_8_and_in_the_similar_group_9() {
    assert_crime("criminal-damage-and-arson-per-1000", ("7.999", "8"), ("8.747", "9"));
}

#[test]
fn recorded_crime_is_74_in_the_similar_group_which_the_force_belongs_to() {
    both(&CRIME, |house| {
        let row = house.hertfordshire("recorded-crime-per-1000", "2018-09-30", &["--against", "most-similar"]);
        assert_printed(number(&row.comparator_value), "74.286", "74");
        let group =
            ["avon-and-somerset", "essex", "hampshire", "leicestershire", "staffordshire", "sussex", "thames-valley"];
        let rows = house.compare("recorded-crime-per-1000", &["--period", "2018-09-30"]);
        let others: Vec<&Row> = rows.iter().filter(|row| group.contains(&row.force.as_str())).collect();
        let sum = |part: fn(&Row) -> &str| others.iter().map(|row| number(part(row))).sum::<Decimal>();
        let without = sum(|row| &row.numerator) / sum(|row| &row.denominator) * Decimal::ONE_THOUSAND;
        assert_printed(without, "74.566", "75");
    });
}

#[test]
fn recorded_crime_in_england_and_wales_is_84_9() {
    both(&CRIME, |house| {
        let row = house.hertfordshire("recorded-crime-per-1000", "2018-09-30", &[]);
        assert_printed(number(&row.comparator_value), "84.9", "84.9");
    });
}

#[test]
fn reported_recorded_crime_is_71_from_open_data_where_72_is_printed() {
    both(&CRIME, |house| {
        let row = house.hertfordshire("recorded-crime-per-1000", "2018-09-30", &[]);
        println!("recorded crime per 1,000: {} computed, 72 printed", row.value);
        assert_eq!(row.numerator, "84655", "28 more would round to 72");
        assert_printed(number(&row.value), "71.477", "71");
    });
}

/// An outcome over offences recorded from April to September 2018, for which alone there are open data: the half of the printed
/// period. The measure is the inspectorate's own with six months for twelve. Computed and printed, of the force and of England and
/// Wales.
fn report_half_year(measure: &str, computed: (&str, &str), printed: (&str, &str)) {
    both(&CRIME, |house| {
        let text = std::fs::read_to_string(house.path().join("measures/crime.yaml")).unwrap();
        let own = text.split("- id: ").find(|item| item.lines().next() == Some(measure)).expect("the measure");
        let half = own.replacen(measure, &format!("{measure}-half-year"), 1).replace("months: 12", "months: 6");
        house.write("measures/half-year.yaml", &format!("- id: {half}"));
        house.run(&["check"]).ended(0);
        let row = house.hertfordshire(&format!("{measure}-half-year"), "2018-09-30", &[]);
        println!(
            "{measure}: {} against {} computed, {} against {} printed",
            row.value, row.comparator_value, printed.0, printed.1
        );
        assert_printed(number(&row.value), computed.0, computed.0);
        assert_printed(number(&row.comparator_value), computed.1, computed.1);
    });
}

#[test]
fn reported_action_taken_is_14_8_and_13_1_for_half_of_the_period_where_15_and_13_are_printed() {
    report_half_year("action-taken-percent", ("14.8", "13.1"), ("15", "13"));
}

#[test]
fn reported_a_suspect_is_identified_in_44_8_and_46_8_for_half_of_the_period_where_43_and_46_are_printed() {
    report_half_year("suspect-identified-percent", ("44.8", "46.8"), ("43", "46"));
}

#[test]
fn reported_a_victim_does_not_support_in_26_6_and_24_0_for_half_of_the_period_where_24_and_23_are_printed() {
    report_half_year("victim-does-not-support-percent", ("26.6", "24.0"), ("24", "23"));
}

/// How many forces are lower, in line and higher: centred on the mean of the forces, and on England and Wales.
fn readings(rows: &[Row]) -> ([usize; 3], [usize; 3]) {
    let count = |verdict: fn(&Row) -> &str| {
        ["lower", "broadly-in-line", "higher"].map(|word| rows.iter().filter(|row| verdict(row) == word).count())
    };
    (count(|row| &row.verdict_mean), count(|row| &row.verdict_ew))
}

#[test]
fn the_two_readings_of_the_rule_differ_on_officers_in_2018() {
    both(&WORKFORCE, |house| {
        let options = ["--period", "2018-03-31", "--exclude", "city-of-london"];
        assert_eq!(readings(&house.compare("officers-per-1000-population", &options)), ([9, 21, 12], [26, 14, 2]));
    });
}

#[test]
fn the_two_readings_of_the_rule_differ_on_officers_in_2016() {
    both(&WORKFORCE, |house| {
        let options = ["--period", "2016-03-31", "--exclude", "city-of-london"];
        assert_eq!(readings(&house.compare("officers-per-1000-population", &options)), ([6, 27, 9], [28, 11, 3]));
    });
}

#[test]
fn the_two_readings_of_the_rule_differ_on_female_officers_in_2019() {
    both(&WORKFORCE, |house| {
        let rows = house.compare("female-officers-percent", &["--period", "2019-03-31"]);
        assert_eq!(readings(&rows), ([9, 25, 9], [5, 22, 16]));
    });
}

#[test]
fn with_city_of_london_in_42_of_43_forces_are_in_line_under_either_reading() {
    both(&WORKFORCE, |house| {
        let rows = house.compare("officers-per-1000-population", &["--period", "2018-03-31"]);
        assert_eq!(readings(&rows), ([0, 42, 1], [0, 42, 1]));
    });
}

#[test]
fn hertfordshire_searched_5755_people_in_the_year_to_march_2018() {
    let row = Inspectorate::with_figures().hertfordshire("stop-searches-per-1000", "2018-03-31", &[]);
    assert_eq!(row.numerator, "5755");
}

#[test]
fn the_43_forces_recorded_5202495_offences_in_2018_19() {
    let rows = Inspectorate::with_figures().compare("recorded-crime-per-1000", &["--period", "2019-03-31"]);
    assert_eq!(rows.iter().map(|row| number(&row.numerator)).sum::<Decimal>(), 5_202_495.into());
}
