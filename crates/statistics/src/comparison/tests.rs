use super::*;
use proptest::prelude::*;

const FORCES: usize = 43;

/// A force's and the average's printed figure, the verdict printed with them, and how widely the other forces are spread.
struct Printed {
    measure: &'static str,
    force: f64,
    average: f64,
    verdict: Verdict,
    /// The standard deviation of the proportional differences; `None` where an analyst ruled the comparison out.
    deviation: Option<f64>,
}

/// The fifteen comparisons of HMIC (2016), Hertfordshire, with a spread inside the bound that each verdict implies: |d| / 0.675 is
/// the least spread for a force in line, and the most for one that is higher or lower.
#[rustfmt::skip]
const PRINTED: [Printed; 15] = {
    use Verdict::{BroadlyInLine, Higher, Lower, NoComparison};
    const fn row(measure: &'static str, force: f64, average: f64, verdict: Verdict, deviation: Option<f64>) -> Printed {
        Printed { measure, force, average, verdict, deviation }
    }
    [
        row("complaint cases per 1,000 officers", 234.0, 268.0, BroadlyInLine, Some(0.22)),
        row("complaint cases per 1,000 staff", 53.0, 61.0, BroadlyInLine, Some(0.22)),
        row("victim satisfaction, percent", 94.9, 93.4, Higher, Some(0.018)),
        row("grievances per 1,000 officers", 5.2, 4.8, BroadlyInLine, Some(0.15)),
        row("grievances per 1,000 staff", 5.5, 6.8, BroadlyInLine, Some(0.32)),
        row("rest days in lieu per officer", 2.7, 4.2, BroadlyInLine, Some(0.60)),
        row("rest days in lieu per PCSO", 1.4, 2.9, BroadlyInLine, Some(0.85)),
        row("officers with more than ten, percent", 2.4, 9.8, Lower, Some(0.80)),
        row("PCSOs with more than ten, percent", 0.0, 6.0, NoComparison, None),
        row("officers on long-term sick leave, percent", 1.7, 2.1, BroadlyInLine, Some(0.32)),
        row("officers on shorter sick leave, percent", 3.1, 2.0, Higher, Some(0.60)),
        row("PCSOs on long-term sick leave, percent", 0.3, 1.7, Lower, Some(0.80)),
        row("PCSOs on shorter sick leave, percent", 2.5, 2.1, BroadlyInLine, Some(0.32)),
        row("staff on long-term sick leave, percent", 1.6, 1.7, BroadlyInLine, Some(0.12)),
        row("staff on shorter sick leave, percent", 2.4, 2.0, BroadlyInLine, Some(0.34)),
    ]
};

/// Forty-three forces, the first with the rate given, whose totals give the average and whose proportional differences have the
/// standard deviation given. The others stand in pairs of one size, equally far above and below a common level.
fn forces(rate: f64, average: f64, deviation: f64) -> Vec<(f64, f64)> {
    let size = |pair: u32| 1000.0 + 250.0 * f64::from(pair);
    let sizes: f64 = (0..21).map(|pair| 2.0 * size(pair)).sum();
    let own = 2200.0;
    let level = (average * (own + sizes) - rate * own) / sizes;
    let mean = (42.0 * level + rate) / 43.0;
    let squares = 42.0 * (deviation * average).powi(2) - 42.0 * (level - mean).powi(2) - (rate - mean).powi(2);
    let shape = |pair: u32| 0.85 + 0.01 * f64::from(pair);
    let shapes: f64 = (0..21).map(|pair| 2.0 * shape(pair).powi(2)).sum();
    let reach = (squares / shapes).sqrt();
    let pairs = (0..21).flat_map(|pair| [1.0, -1.0].map(|side| (level + side * reach * shape(pair), size(pair))));
    std::iter::once((rate, own)).chain(pairs).collect()
}

fn rate_of_totals(forces: &[(f64, f64)]) -> f64 {
    forces.iter().map(|(rate, size)| rate * size).sum::<f64>() / forces.iter().map(|(_, size)| size).sum::<f64>()
}

fn check(row: &Printed) {
    let Some(deviation) = row.deviation else {
        return check_ruled_out(row);
    };
    let forces = forces(row.force, row.average, deviation);
    let rates: Vec<f64> = forces.iter().map(|(rate, _)| *rate).collect();
    let total = rate_of_totals(&forces);
    assert!((total - row.average).abs() < 1e-9, "{}: {total}", row.measure);
    assert!(rates.iter().all(|rate| *rate >= 0.0), "{}: {rates:?}", row.measure);
    let spread = spread(&rates, Some(total), &Method::default()).unwrap();
    assert!((spread.deviation - deviation).abs() < 1e-9, "{}: {}", row.measure, spread.deviation);
    let standing = spread.standing(row.force);
    assert_eq!(standing.verdict_mean, row.verdict, "{}: {standing:?}", row.measure);
    assert_eq!(standing.verdict_average, row.verdict, "{}: {standing:?}", row.measure);
}

/// The method alone would call it lower; the ruling comes before the method.
fn check_ruled_out(row: &Printed) {
    let rates: Vec<f64> = forces(row.force, row.average, 0.8).iter().map(|(rate, _)| *rate).collect();
    let computed = spread(&rates, Some(row.average), &Method::default()).map(|spread| spread.standing(row.force));
    assert_eq!(Verdict::of(&computed), Verdict::Lower, "{}", row.measure);
    let ruling = NoComparison::RuledOut("many forces have no PCSO with more than ten days owed".to_owned());
    let ruled = computed.and(Err(ruling));
    assert_eq!(Verdict::of(&ruled), row.verdict, "{}", row.measure);
}

#[test]
fn the_verdicts_printed_in_2016_can_be_reached() {
    PRINTED.iter().for_each(check);
}

#[test]
fn half_the_average_can_be_in_line_while_a_little_above_is_higher() {
    let verdict = |measure: &str| {
        let row = PRINTED.iter().find(|row| row.measure == measure).unwrap();
        (((row.force / row.average - 1.0) * 1000.0).round() / 10.0, row.verdict)
    };
    assert_eq!(verdict("rest days in lieu per PCSO"), (-51.7, Verdict::BroadlyInLine));
    assert_eq!(verdict("victim satisfaction, percent"), (1.6, Verdict::Higher));
}

/// Φ⁻¹ by bisection.
fn quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-10.0, 10.0);
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if 0.5 * libm::erfc(-middle / std::f64::consts::SQRT_2) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// The quantiles that divide a normal distribution into equal parts: a sample without luck.
fn normal_sample(count: u32) -> Vec<f64> {
    (0..count).map(|at| quantile((f64::from(at) + 0.5) / f64::from(count))).collect()
}

fn verdicts(rates: &[f64], average: f64) -> Vec<Verdict> {
    let spread = spread(rates, Some(average), &Method::default()).unwrap();
    rates.iter().map(|rate| spread.standing(*rate).verdict_mean).collect()
}

fn shares(verdicts: &[Verdict]) -> [usize; 3] {
    [Verdict::Lower, Verdict::BroadlyInLine, Verdict::Higher]
        .map(|verdict| verdicts.iter().filter(|v| **v == verdict).count())
}

#[test]
fn a_normal_distribution_falls_into_a_quarter_a_half_and_a_quarter() {
    let of =
        |count| shares(&verdicts(&normal_sample(count).iter().map(|x| 100.0 + 10.0 * x).collect::<Vec<_>>(), 100.0));
    assert_eq!(of(43), [11, 21, 11]);
    assert_eq!(of(1000), [250, 500, 250]);
}

#[test]
fn the_threshold_itself_is_in_line() {
    assert_eq!(Verdict::at(0.675, 0.675), Verdict::BroadlyInLine);
    assert_eq!(Verdict::at(-0.675, 0.675), Verdict::BroadlyInLine);
    assert_eq!(Verdict::at(0.675_000_1, 0.675), Verdict::Higher);
    assert_eq!(Verdict::at(-0.675_000_1, 0.675), Verdict::Lower);
}

#[test]
fn a_comparison_is_refused_before_any_word_is_chosen() {
    let rates: Vec<f64> = (1..=12).map(f64::from).collect();
    let refused = |rates: &[f64], average| spread(rates, average, &Method::default()).unwrap_err();
    assert_eq!(refused(&rates, None), NoComparison::NoAverage);
    assert_eq!(refused(&rates, Some(0.0)), NoComparison::NoAverage);
    assert_eq!(refused(&rates, Some(f64::NAN)), NoComparison::NoAverage);
    assert_eq!(refused(&rates[..9], Some(5.0)), NoComparison::TooFewForces { have: 9, need: 10 });
    assert_eq!(refused(&[0.0; 43], Some(5.0)), NoComparison::NoSpread);
    assert_eq!(refused(&[0.1 + 0.2, 0.3].repeat(20), Some(0.3)), NoComparison::NoSpread);
    let mut unknown = rates.clone();
    unknown[..4].fill(f64::NAN);
    assert_eq!(refused(&unknown, Some(5.0)), NoComparison::TooFewForces { have: 8, need: 10 });
    let careless = Method { minimum_forces: 0, ..Method::default() };
    assert_eq!(spread(&[1.0], Some(1.0), &careless), Err(NoComparison::TooFewForces { have: 1, need: 2 }));
}

#[test]
fn a_rate_that_is_not_a_number_has_no_verdict() {
    let rates: Vec<f64> = (1..=12).map(f64::from).collect();
    let spread = spread(&rates, Some(6.0), &Method::default()).unwrap();
    for rate in [f64::NAN, f64::INFINITY] {
        assert_eq!(spread.standing(rate).verdict_mean, Verdict::NoComparison);
    }
}

#[test]
fn above_a_negative_average_is_higher() {
    let rates: Vec<f64> = (0..20).map(|i| f64::from(i) - 30.0).collect();
    let spread = spread(&rates, Some(-20.5), &Method::default()).unwrap();
    assert_eq!(spread.standing(-11.0).verdict_mean, Verdict::Higher);
    assert_eq!(spread.standing(-30.0).verdict_mean, Verdict::Lower);
    assert!(spread.standing(-11.0).difference > 0.0);
}

#[test]
fn the_two_centrings_can_disagree_and_say_so() {
    // One very large force drags the average far above the mean of the forces' rates.
    let rates: Vec<f64> = (0..20).map(|i| 10.0 + f64::from(i)).collect();
    let spread = spread(&rates, Some(28.0), &Method::default()).unwrap();
    let middling = spread.standing(20.0);
    assert_eq!((middling.verdict_mean, middling.verdict_average), (Verdict::BroadlyInLine, Verdict::Lower));
    assert!(middling.centrings_disagree());
    assert!(!spread.standing(10.0).centrings_disagree());
}

#[test]
fn the_population_deviation_is_the_smaller() {
    let rates = normal_sample(43).iter().map(|x| 5.0 + x).collect::<Vec<_>>();
    let of = |deviation| {
        let method = Method { deviation, ..Method::default() };
        spread(&rates, Some(5.0), &method).unwrap().deviation
    };
    let ratio = of(Deviation::Sample) / of(Deviation::Population);
    assert!((ratio - (43.0_f64 / 42.0).sqrt()).abs() < 1e-12 && (ratio - 1.012).abs() < 5e-4);
}

#[test]
fn a_reason_reads_on_in_a_sentence() {
    let sentence = format!("There is no comparison because {}.", NoComparison::TooFewForces { have: 4, need: 10 });
    assert_eq!(sentence, "There is no comparison because too few forces have a value: 4, and at least 10 are needed.");
}

proptest! {
    #[test]
    fn scale_and_shift_leave_a_quarter_a_half_and_a_quarter(scale in 0.001..1000.0f64, shift in 5.0..1e4f64) {
        let rates: Vec<f64> = normal_sample(43).iter().map(|x| scale * (shift + x)).collect();
        prop_assert_eq!(shares(&verdicts(&rates, scale * shift)), [11, 21, 11]);
    }

    #[test]
    fn the_unit_changes_no_verdict(rates in prop::collection::vec(1u32..10_000, FORCES), factor in prop::sample::select(vec![0.001, 0.1, 3.0, 100.0, 100_000.0])) {
        let rates: Vec<f64> = rates.into_iter().map(f64::from).collect();
        prop_assume!(!all_the_same(&rates));
        let average = mean(&rates) * 1.1;
        let one = spread(&rates, Some(average), &Method::default()).unwrap();
        let scaled: Vec<f64> = rates.iter().map(|rate| rate * factor).collect();
        let other = spread(&scaled, Some(average * factor), &Method::default()).unwrap();
        for (rate, scaled) in rates.iter().zip(&scaled) {
            let (one, other) = (one.standing(*rate), other.standing(*scaled));
            prop_assert!((one.z_mean - other.z_mean).abs() < 1e-9 && (one.z_average - other.z_average).abs() < 1e-9);
            let on_the_edge = |z: f64| (z.abs() - 0.675).abs() < 1e-9;
            prop_assert!(on_the_edge(one.z_mean) || one.verdict_mean == other.verdict_mean);
            prop_assert!(on_the_edge(one.z_average) || one.verdict_average == other.verdict_average);
        }
    }

    #[test]
    fn centred_on_the_mean_the_average_does_not_matter(rates in prop::collection::vec(1u32..10_000, FORCES), first in 0.01..1e4f64, second in 0.01..1e4f64) {
        let rates: Vec<f64> = rates.into_iter().map(f64::from).collect();
        prop_assume!(!all_the_same(&rates));
        let of = |average| spread(&rates, Some(average), &Method::default()).unwrap();
        for rate in &rates {
            let (one, other) = (of(first).standing(*rate).z_mean, of(second).standing(*rate).z_mean);
            prop_assert!((one - other).abs() < 1e-7, "{one} {other}");
        }
    }
}
