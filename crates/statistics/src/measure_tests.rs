use super::*;
use crate::observations::{Condition, Row, Table};
use jiff::civil::date;
use reference::Release;

fn observations(rows: &[(&str, &str, &str, &str)]) -> Observations {
    let release = Release {
        id: "1".repeat(64).parse().unwrap(),
        source: "test".into(),
        publisher: "Home Office".into(),
        title: "Test".into(),
        released: None,
        licence: "OGL".into(),
        file: "test.csv".into(),
    };
    let mut table = Table::new(release, vec![]);
    for (series, area, period, value) in rows {
        let value = value.parse().map_or(Value::Absent(Absence::NotAvailable), Value::Present);
        let row = Row {
            series,
            area: &area.parse().unwrap(),
            period: period.parse().unwrap(),
            labels: &[],
            value,
            marks: Marks::NONE,
            sheet: "",
            row: 1,
            column: "n",
        };
        table.push(row).unwrap();
    }
    Observations::new(vec![table])
}

fn measure(denominator: Option<&str>, length: Length, rule: DenominatorPeriod) -> Measure {
    let term = |series: &str| vec![Term { series: series.into(), conditions: Vec::<Condition>::new() }];
    Measure {
        id: "m".into(),
        title: "M".into(),
        noun: "m".into(),
        subject: "S".into(),
        kind: denominator.map_or(Kind::Count, |_| Kind::Rate),
        numerator: term("n"),
        denominator: denominator.map(term).unwrap_or_default(),
        denominator_period: rule,
        per: 1000.into(),
        decimals: 0,
        prefix: String::new(),
        suffix: String::new(),
        length,
        direction: Direction::Neutral,
        chance: Chance::None,
        source: String::new(),
        definition: String::new(),
        caveats: vec![],
        also: Vec::new(),
        mixed_units: None,
        distorted_by: vec![],
    }
}

const QUARTERS: [(&str, &str, &str, &str); 5] = [
    ("n", "a", "2017-10-01/2017-12-31", "10"),
    ("n", "a", "2018-01-01/2018-03-31", "20"),
    ("n", "a", "2018-04-01/2018-06-30", "30"),
    ("n", "a", "2018-07-01/2018-09-30", "40"),
    ("n", "a", "2018-10-01/2018-12-31", "50"),
];

#[test]
fn twelve_months_are_made_of_four_quarters() {
    let (measure, areas) = (measure(None, Length::Months(12), DenominatorPeriod::Same), ["a".parse().unwrap()]);
    let observations = observations(&QUARTERS);
    let prepared = Prepared::new(&measure, &observations, &areas, &[]);
    assert_eq!(prepared.periods(), [date(2018, 9, 30), date(2018, 12, 31)]);
    let panel = prepared.at(date(2018, 9, 30)).unwrap();
    assert_eq!(panel.figures[0].value, Value::Present(100.into()));
    assert_eq!(panel.numerator_inputs.len(), 4);
    assert!(prepared.at(date(2018, 6, 30)).is_none());
}

#[test]
fn a_whole_year_is_taken_before_its_quarters_are_added() {
    let mut rows = QUARTERS.to_vec();
    rows.push(("n", "a", "2017-10-01/2018-09-30", "101"));
    let (measure, areas) = (measure(None, Length::Months(12), DenominatorPeriod::Same), ["a".parse().unwrap()]);
    let panel = Prepared::new(&measure, &observations(&rows), &areas, &[]).at(date(2018, 9, 30)).unwrap();
    assert_eq!(panel.figures[0].value, Value::Present(101.into()));
}

#[test]
fn a_quarter_that_is_not_available_leaves_no_year() {
    let mut rows = QUARTERS.to_vec();
    rows[1].3 = "";
    let (measure, areas) = (measure(None, Length::Months(12), DenominatorPeriod::Same), ["a".parse().unwrap()]);
    let panel = Prepared::new(&measure, &observations(&rows), &areas, &[]).at(date(2018, 9, 30)).unwrap();
    assert_eq!(panel.figures[0].value, Value::Absent(Absence::NotAvailable));
    assert_eq!(panel.figures[0].status(), "[x]");
}

#[test]
fn the_population_is_the_latest_estimate_on_or_before_the_last_day() {
    let mut rows = QUARTERS.to_vec();
    rows.extend([("p", "a", "2017-06-30", "1000"), ("p", "a", "2018-06-30", "2000"), ("p", "a", "2019-06-30", "3000")]);
    let (measure, areas) = (measure(Some("p"), Length::Months(12), DenominatorPeriod::Latest), ["a".parse().unwrap()]);
    let observations = observations(&rows);
    let panel = Prepared::new(&measure, &observations, &areas, &[]).at(date(2018, 9, 30)).unwrap();
    assert_eq!(panel.figures[0].value, Value::Present(50.into()));
    assert_eq!(panel.denominator_day, Some(date(2018, 6, 30)));
    assert_eq!(panel.denominator_age_in_months(), 3);
}

#[test]
fn nothing_over_zero_has_no_value() {
    let rows = [("n", "a", "2018-03-31", "5"), ("p", "a", "2018-03-31", "0")];
    let (measure, areas) = (measure(Some("p"), Length::Instant, DenominatorPeriod::Same), ["a".parse().unwrap()]);
    let panel = Prepared::new(&measure, &observations(&rows), &areas, &[]).at(date(2018, 3, 31)).unwrap();
    assert_eq!(panel.figures[0].value, Value::Absent(Absence::NotApplicable));
}
