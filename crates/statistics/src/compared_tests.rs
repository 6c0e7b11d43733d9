use super::*;
use crate::{
    comparison::Verdict,
    measure::{DenominatorPeriod, Direction, Prepared},
    observations::{Condition, Observations, Row, Table, Term},
};
use jiff::civil::date;
use proptest::prelude::*;
use reference::{Absence, Length, Marks, Release};

/// Forces with crimes over residents; `None` for a force that did not supply its crimes.
fn panel(forces: &[(Option<i64>, i64)]) -> (Measure, Panel) {
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
    let areas: Vec<AreaId> = (0..forces.len()).map(|i| format!("force-{i}").parse().unwrap()).collect();
    for (area, (crimes, residents)) in areas.iter().zip(forces) {
        let crimes = crimes.map_or(Value::Absent(Absence::NotAvailable), |n| Value::Present(n.into()));
        for (series, period, value) in [
            ("crimes", "2017-04-01/2018-03-31", crimes),
            ("population", "2017-06-30", Value::Present((*residents).into())),
        ] {
            let row = Row {
                series,
                area,
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
    }
    let term = |series: &str| vec![Term { series: series.into(), conditions: Vec::<Condition>::new() }];
    let measure = Measure {
        id: "crimes-per-1000".into(),
        title: "Crimes".into(),
        noun: "crimes per 1,000 population".into(),
        subject: "Crime".into(),
        kind: Kind::Rate,
        numerator: term("crimes"),
        denominator: term("population"),
        denominator_period: DenominatorPeriod::Latest,
        per: Decimal::ONE_THOUSAND,
        decimals: 0,
        prefix: String::new(),
        suffix: String::new(),
        length: Length::Months(12),
        direction: Direction::Neutral,
        chance: Chance::Events,
        source: String::new(),
        definition: String::new(),
        caveats: vec![],
        also: Vec::new(),
        mixed_units: None,
        distorted_by: vec![],
    };
    let observations = Observations::new(vec![table]);
    let panel = Prepared::new(&measure, &observations, &areas, &[]).at(date(2018, 3, 31)).unwrap();
    (measure, panel)
}

fn small() -> Method {
    Method { minimum_forces: 3, ..Method::default() }
}

#[test]
fn the_average_is_the_ratio_of_totals_and_never_a_mean_of_rates() {
    let (measure, panel) = panel(&[(Some(10), 1000), (Some(40), 1000), (Some(900), 9000)]);
    let compared = compare(&panel, &measure, &Rulings::default(), &small());
    assert_eq!(compared.average.value, Value::Present("86.363636363636363636363636364".parse().unwrap()));
    assert_eq!(compared.average.areas, 3);
}

#[test]
fn a_force_without_its_part_leaves_both_sums_and_is_named() {
    let (measure, panel) = panel(&[(Some(10), 1000), (None, 5000), (Some(30), 1000), (Some(50), 2000)]);
    let compared = compare(&panel, &measure, &Rulings::default(), &small());
    assert_eq!(compared.average.value, Value::Present("22.5".parse().unwrap()));
    assert_eq!(compared.average.missing, ["force-1".parse().unwrap()]);
    assert_eq!(compared.rows[1].standing, Err(NoComparison::NoValue));
}

#[test]
fn an_excluded_force_leaves_distribution_and_average_and_keeps_its_row() {
    let forces = [(Some(10), 1000), (Some(20), 1000), (Some(30), 1000), (Some(9000), 1000)];
    let (measure, panel) = panel(&forces);
    let rulings = Rulings { excluded: vec!["force-3".parse().unwrap()], ..Rulings::default() };
    let compared = compare(&panel, &measure, &rulings, &small());
    assert_eq!(compared.average.value, Value::Present(20.into()));
    assert!(compared.rows[3].excluded);
    assert_eq!(compared.rows[3].standing, Err(NoComparison::Excluded));
    assert_eq!(compared.rows[2].standing.as_ref().unwrap().verdict_mean, Verdict::Higher);
}

#[test]
fn a_blocked_force_says_why() {
    let (measure, panel) = panel(&[(Some(10), 1000), (Some(20), 1000), (Some(30), 1000), (Some(90), 1000)]);
    let rulings = Rulings { blocked: vec![("force-0".parse().unwrap(), "a pilot".into())], ..Rulings::default() };
    let compared = compare(&panel, &measure, &rulings, &small());
    assert_eq!(compared.rows[0].standing, Err(NoComparison::RuledOut("a pilot".into())));
    assert_eq!(compared.average.areas, 3);
}

#[test]
fn a_verdict_from_few_cases_is_flagged() {
    let (measure, panel) = panel(&[(Some(1), 1000), (Some(2), 1000), (Some(4), 1000), (Some(300), 100_000)]);
    let compared = compare(&panel, &measure, &Rulings::default(), &small());
    let flagged: Vec<bool> = compared.rows.iter().map(|r| r.within_chance).collect();
    assert!(flagged[0] && flagged[2] && !flagged[3], "{compared:?}");
}

#[test]
fn a_count_is_not_compared() {
    let (mut measure, panel) = panel(&[(Some(10), 1000), (Some(20), 1000), (Some(30), 1000)]);
    measure.kind = Kind::Count;
    let compared = compare(&panel, &measure, &Rulings::default(), &small());
    assert_eq!(compared.spread, Err(NoComparison::NotARate));
}

proptest! {
    #[test]
    fn the_average_lies_between_the_lowest_and_the_highest_rate(forces in prop::collection::vec((0i64..10_000, 1i64..1_000_000), 2..43)) {
        let forces: Vec<_> = forces.into_iter().map(|(n, d)| (Some(n), d)).collect();
        let (measure, panel) = panel(&forces);
        let compared = compare(&panel, &measure, &Rulings::default(), &Method::default());
        let rates: Vec<f64> = panel.figures.iter().filter_map(|f| float(f.value)).collect();
        let average = float(compared.average.value).unwrap();
        let low = rates.iter().copied().fold(f64::INFINITY, f64::min);
        let high = rates.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        prop_assert!(low - 1e-9 <= average && average <= high + 1e-9);
    }
}
