//! Every formula against values that other people's code computed. `oracle/make.py` says which code and which versions.

use rust_decimal::{Decimal, prelude::ToPrimitive};
use statistics::*;

/// The largest difference allowed, absolute below 1 and relative above.
const TOLERANCE: f64 = 1e-9;

fn whole(number: f64) -> u64 {
    assert_eq!(number.fract(), 0.0);
    format!("{number}").parse().unwrap()
}

fn pair(interval: Option<(f64, f64)>) -> Vec<f64> {
    let (lower, upper) = interval.unwrap();
    vec![lower, upper]
}

fn limits(limits: Option<Limits>) -> Vec<f64> {
    let limits = limits.unwrap();
    vec![limits.inner.0, limits.inner.1, limits.outer.0, limits.outer.1]
}

fn tested(table: Option<TwoByTwo>, correction: Correction) -> Vec<f64> {
    let found = chi_square(&table.unwrap(), correction).unwrap();
    vec![found.statistic, found.p]
}

fn standing(arguments: &[f64]) -> Vec<f64> {
    let method = Method {
        deviation: if arguments[0] == 0.0 { Deviation::Population } else { Deviation::Sample },
        ..Method::default()
    };
    let rates = &arguments[2..];
    let spread = spread(rates, Some(arguments[1]), &method).unwrap();
    let standings: Vec<Standing> = rates.iter().map(|rate| spread.standing(*rate)).collect();
    let mut found = vec![spread.mean_difference, spread.deviation];
    found.extend(standings.iter().map(|s| s.z_mean));
    found.extend(standings.iter().map(|s| s.z_average));
    found
}

fn ratio(a: &[f64]) -> Vec<f64> {
    let group = |name: &str, events, population| EthnicGroup {
        name: name.to_owned(),
        events: whole(events),
        population: whole(population),
    };
    let groups = vec![group("one", a[0], a[1]), group("reference", a[2], a[3])];
    let result = disproportionality(groups, "reference", vec![], a[4]).unwrap();
    let (lower, upper) = result.groups[0].interval.unwrap();
    vec![result.groups[0].ratio.unwrap(), lower, upper]
}

fn trend(values: &[f64]) -> Vec<f64> {
    let history: Vec<(i16, Decimal)> = (2013..).zip(values.iter().map(|value| Decimal::from(whole(*value)))).collect();
    let found = next_year(&history).unwrap();
    [found.value, found.yearly_change].map(|number| number.to_f64().unwrap()).to_vec()
}

fn control_chart(arguments: &[f64]) -> Vec<f64> {
    let settings = Settings { baseline: usize::try_from(whole(arguments[0])).ok(), ..Settings::default() };
    let stretch = xmr(&arguments[1..], &settings).unwrap().stretches.remove(0);
    vec![stretch.mean, stretch.average_range, stretch.lower, stretch.upper, stretch.range_limit]
}

/// What our code makes of a row, and how far it may be from the row's results.
fn ours(function: &str, a: &[f64]) -> (Vec<f64>, Allowed) {
    let counts = || TwoByTwo::counts((whole(a[0]), whole(a[1])), (whole(a[2]), whole(a[3])));
    let found = match function {
        "wilson" => pair(wilson(whole(a[0]), whole(a[1]), a[2])),
        "byar" => pair(byar(whole(a[0]), a[1], a[2], a[3])),
        "chi_square" => tested(counts(), Correction::None),
        "chi_square_yates" => tested(counts(), Correction::Yates),
        "chi_square_percentages" => {
            tested(TwoByTwo::percentages((a[0], whole(a[2])), (a[1], whole(a[2]))), Correction::None)
        }
        "proportion_limits" => limits(proportion_limits(a[0], whole(a[1]))),
        "rate_limits" => limits(rate_limits(a[0], a[1], a[2])),
        "proportion_limits_exact" => return (limits(proportion_limits(a[0], whole(a[1]))), Allowed::Cases(1.0 / a[1])),
        "rate_limits_exact" => return (limits(rate_limits(a[0], a[1], a[2])), Allowed::Cases(a[2] / a[1])),
        "over_dispersion" => vec![over_dispersion(a).unwrap()],
        "standing" => standing(a),
        "rate_ratio" => ratio(a),
        "rate_ratio_katz" => return (ratio(a), Allowed::Share(0.05)),
        "next_year" => trend(a),
        "xmr" => control_chart(a),
        unknown => panic!("the oracle knows `{unknown}`, and this test does not"),
    };
    (found, Allowed::Digits)
}

enum Allowed {
    /// As close as [`TOLERANCE`].
    Digits,
    /// A share of the expected value, for a related method.
    Share(f64),
    /// Funnel limits: one case at 95% and two at 99.8%, a case being this much.
    Cases(f64),
}

fn compare(function: &str, arguments: &[f64], expected: &[f64]) {
    let (found, allowed) = ours(function, arguments);
    assert_eq!(found.len(), expected.len(), "{function}");
    for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
        let most = match allowed {
            Allowed::Digits => TOLERANCE * expected.abs().max(1.0),
            Allowed::Share(share) => share * expected.abs(),
            Allowed::Cases(case) if at < 2 => case,
            Allowed::Cases(case) => 2.0 * case,
        };
        assert!((found - expected).abs() <= most, "{function} {arguments:?}, result {at}: {found}, not {expected}");
    }
}

#[test]
fn every_formula_agrees_with_the_oracle() {
    let mut reader = csv::Reader::from_reader(include_str!("../oracle/oracle.csv").as_bytes());
    let mut seen = std::collections::BTreeMap::<String, usize>::new();
    for row in reader.deserialize::<(String, String, String)>() {
        let (function, arguments, results) = row.unwrap();
        let numbers = |text: &str| -> Vec<f64> { text.split(' ').map(|number| number.parse().unwrap()).collect() };
        compare(&function, &numbers(&arguments), &numbers(&results));
        *seen.entry(function).or_default() += 1;
    }
    assert_eq!((seen.len(), seen.values().sum::<usize>()), (15, 85), "{seen:?}");
}
