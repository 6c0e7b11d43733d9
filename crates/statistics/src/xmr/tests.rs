use super::*;
use proptest::prelude::*;

/// Fourteen calm values about 50.
const CALM: [f64; 14] = [49.0, 51.0, 50.0, 48.0, 52.0, 50.0, 49.0, 51.0, 50.0, 52.0, 48.0, 50.0, 51.0, 49.0];

fn chart(values: &[f64]) -> Chart {
    xmr(values, &Settings::default()).unwrap()
}

#[test]
fn a_calm_series_gives_no_signal() {
    let chart = chart(&CALM);
    assert!(chart.points.iter().all(|point| point.signals.is_empty()));
    assert!(chart.shifts.is_empty() && !chart.stretches[0].is_trial());
    assert_eq!(
        chart.describe(|at| at.to_string()),
        "No value is outside the limits. There is no long run on one side of the mean."
    );
}

#[test]
fn the_limits_are_those_of_the_textbook() {
    // Mean 50, moving ranges 2, 4, 2, 4, 2, 4: average 3.
    let chart = chart(&[49.0, 51.0, 47.0, 49.0, 53.0, 51.0, 47.0]);
    let stretch = &chart.stretches[0];
    let ranges = 18.0 / 6.0;
    let mean = 347.0 / 7.0;
    assert!((stretch.average_range - ranges).abs() < 1e-12 && (stretch.mean - mean).abs() < 1e-12);
    assert!((stretch.upper - (mean + 2.66 * ranges)).abs() < 1e-12);
    assert!((stretch.lower - (mean - 2.66 * ranges)).abs() < 1e-12);
    assert!((stretch.range_limit - 3.267 * ranges).abs() < 1e-12);
    assert!(stretch.is_trial());
}

#[test]
fn a_value_far_out_is_outside_and_a_jump() {
    let mut values = CALM.to_vec();
    values[7] = 70.0;
    let chart = chart(&values);
    assert_eq!(chart.points[7].signals, [Signal::Outside(Side::Above), Signal::Jump]);
    assert_eq!(chart.points[8].signals, [Signal::Jump]);
    assert!(chart.describe(|at| (2010 + at).to_string()).starts_with("Above the upper limit: 2017."));
}

#[test]
fn eight_in_a_row_are_a_shift_and_seven_are_not() {
    for (count, shifts) in [(7, 0), (8, 1)] {
        // The baseline is fixed on the calm years, so that the new level does not move the mean.
        let mut values = CALM.to_vec();
        values.extend(std::iter::repeat_n(51.5, count));
        values.push(48.0);
        let settings = Settings { baseline: Some(CALM.len()), ..Settings::default() };
        let chart = xmr(&values, &settings).unwrap();
        assert_eq!(chart.shifts.len(), shifts);
    }
}

#[test]
fn a_shift_says_where_it_began_and_its_level() {
    let mut values = CALM.to_vec();
    values.extend([51.0, 52.0, 51.0, 52.0, 51.0, 52.0, 51.0, 52.0]);
    let settings = Settings { baseline: Some(CALM.len()), ..Settings::default() };
    let chart = xmr(&values, &settings).unwrap();
    let shift = &chart.shifts[0];
    assert_eq!((shift.values.clone(), shift.side), (14..22, Side::Above));
    assert!((shift.level - 51.5).abs() < 1e-12);
    assert!(chart.points[14..].iter().all(|point| point.signals == [Signal::Run(Side::Above)]));
    assert!(
        chart
            .describe(|at| (2000 + at).to_string())
            .ends_with("A shift: 8 values in a row above the mean, 2014 to 2021.")
    );
}

#[test]
fn a_value_on_the_mean_ends_a_run() {
    let values = [1.0, 1.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, -4.0, -4.0];
    assert_eq!(values.iter().sum::<f64>(), 0.0);
    assert!(chart(&values).shifts.is_empty());
}

#[test]
fn rebase_and_fixed_baseline_work_together() {
    // Twelve calm values, then a known change to about 80; each stretch keeps the limits of its own first six values.
    let low = [49.0, 51.0, 50.0, 48.0, 52.0, 50.0, 60.0, 60.0, 60.0, 60.0, 60.0, 60.0];
    let high = low.map(|value| value + 30.0);
    let values = [low, high].concat();
    let settings = Settings { baseline: Some(6), rebase: vec![12], ..Settings::default() };
    let chart = xmr(&values, &settings).unwrap();
    assert_eq!(chart.stretches.len(), 2);
    assert!((chart.stretches[0].mean - 50.0).abs() < 1e-12 && (chart.stretches[1].mean - 80.0).abs() < 1e-12);
    assert_eq!(chart.stretches[0].average_range, chart.stretches[1].average_range);
    // No moving range, and so no jump, is taken across the rebase.
    assert_eq!(chart.points[12].moving_range, None);
    assert_eq!(chart.points[12].signals, []);
    assert!(chart.points[6].signals.contains(&Signal::Outside(Side::Above)));
}

#[test]
fn a_lower_limit_stops_at_the_floor() {
    let values = [3.0, 0.0, 4.0, 1.0, 0.0, 5.0];
    assert!(chart(&values).stretches[0].lower < 0.0);
    let settings = Settings { floor: Some(0.0), ..Settings::default() };
    let floored = xmr(&values, &settings).unwrap();
    assert_eq!(floored.stretches[0].lower, 0.0);
    assert!(floored.points.iter().all(|point| point.signals.is_empty()));
}

#[test]
fn what_cannot_be_charted_says_why() {
    let refused = |values: &[f64], baseline, rebase: &[usize]| {
        let settings = Settings { baseline, rebase: rebase.to_vec(), ..Settings::default() };
        xmr(values, &settings).unwrap_err().to_string()
    };
    assert_eq!(
        refused(&CALM[..5], None, &[]),
        "too few values for limits: the stretch that begins with value 1 has 5, and 6 are needed"
    );
    assert_eq!(
        refused(&CALM, None, &[10]),
        "too few values for limits: the stretch that begins with value 11 has 4, and 6 are needed"
    );
    assert!(refused(&CALM, Some(3), &[]).contains("first 3 values"));
    assert!(refused(&CALM, None, &[8, 7]).contains("begin with value 8"));
    assert!(refused(&CALM, None, &[0]).contains("begin with value 1:"));
    assert!(refused(&CALM, None, &[14]).contains("begin with value 15:"));
    assert_eq!(refused(&[1.0, f64::NAN], None, &[]), "value 2 is not a number");
    assert!(refused(&[], None, &[]).contains("has 0"));
}

proptest! {
    #[test]
    fn stretches_cover_the_series_and_limits_hold_the_mean(values in prop::collection::vec(-1e6..1e6f64, 12..60), cut in 6usize..50, baseline in prop::option::of(6usize..20)) {
        let rebase = if cut + 6 <= values.len() { vec![cut] } else { vec![] };
        let settings = Settings { baseline, rebase, ..Settings::default() };
        let chart = xmr(&values, &settings).unwrap();
        prop_assert_eq!(chart.points.len(), values.len());
        prop_assert_eq!(chart.stretches.iter().map(|s| s.values.len()).sum::<usize>(), values.len());
        for stretch in &chart.stretches {
            prop_assert!(stretch.lower <= stretch.mean && stretch.mean <= stretch.upper);
        }
        for shift in &chart.shifts {
            prop_assert!(shift.values.len() >= 8);
        }
    }

    #[test]
    fn turning_the_series_upside_down_turns_the_signals(values in prop::collection::vec(-1000i32..1000, 8..40)) {
        let up: Vec<f64> = values.iter().map(|value| f64::from(*value)).collect();
        let down: Vec<f64> = up.iter().map(|value| -value).collect();
        let flip = |signal: &Signal| match signal {
            Signal::Outside(Side::Above) => Signal::Outside(Side::Below),
            Signal::Outside(Side::Below) => Signal::Outside(Side::Above),
            Signal::Run(Side::Above) => Signal::Run(Side::Below),
            Signal::Run(Side::Below) => Signal::Run(Side::Above),
            Signal::Jump => Signal::Jump,
        };
        for (one, other) in chart(&up).points.iter().zip(&chart(&down).points) {
            prop_assert_eq!(one.signals.iter().map(flip).collect::<Vec<_>>(), other.signals.clone());
        }
    }
}
