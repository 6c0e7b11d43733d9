//! How far chance alone could have moved a figure: Wilson intervals for proportions, Byar's for rates of events.
//!
//! They stand beside a verdict and never in place of it. A full count of people (a census) needs none; a proportion of cases
//! takes Wilson's, a rate of events Byar's, and each measure declares which. Byar's takes events as independent of each other;
//! where one person or one incident causes several, the true interval is wider than the one given.
//!
//! The funnel limits of [`crate::funnel`] are these intervals turned inside out, so that a chart and a flag cannot disagree.

/// The standard normal quantile of two-sided 95%.
pub const Z95: f64 = 1.959_963_984_540_054;

/// The standard normal quantile of two-sided 99.8%.
pub const Z998: f64 = 3.090_232_306_167_813;

/// Wilson score interval for a proportion, as fractions in `0.0..=1.0`.
///
/// `events` out of `total` cases at standard normal quantile `z` ([`Z95`] for 95%). `None` when `total` is zero, because the
/// proportion has no meaning, or when there are more events than cases.
///
/// Source: Wilson (1927), *Journal of the American Statistical Association* 22, 209–212.
#[must_use]
pub fn wilson(events: u64, total: u64, z: f64) -> Option<(f64, f64)> {
    if total == 0 || events > total {
        return None;
    }
    let (events, others, total) = (float(events), float(total - events), float(total));
    let square = z * z;
    let centre = 2.0 * events + square;
    let reach = z * (square + 4.0 * events * others / total).sqrt();
    let width = 2.0 * (total + square);
    // At the ends the two halves are equal and their difference is exactly 0 or 1; rounding must not leave a speck.
    let lower = if events == 0.0 { 0.0 } else { (centre - reach) / width };
    let upper = if others == 0.0 { 1.0 } else { (centre + reach) / width };
    Some((lower.max(0.0), upper.min(1.0)))
}

/// Byar's interval for a rate of events, in the rate's own unit: events per `per` of `exposure` (people, posts, years of them).
///
/// No events are a true zero: the lower end is 0 and the upper end is above it. `None` when `exposure` or `per` is not above
/// zero, because the rate has no meaning.
///
/// Source: Byar's approximation, in Breslow and Day (1987), *Statistical Methods in Cancer Research* II, IARC, 69; recommended
/// for English public health indicators by Eayres (2008), *APHO Technical Briefing* 3.
#[must_use]
pub fn byar(events: u64, exposure: f64, per: f64, z: f64) -> Option<(f64, f64)> {
    let scale = per / exposure;
    (exposure > 0.0 && per > 0.0 && scale.is_finite()).then(|| {
        let events = float(events);
        (byar_lower(events, z) * scale, byar_upper(events, z) * scale)
    })
}

/// The lower end of Byar's interval for a count; 0 for no events, and where the approximation would fall below.
pub(crate) fn byar_lower(events: f64, z: f64) -> f64 {
    if events <= 0.0 {
        return 0.0;
    }
    let root = 1.0 - 1.0 / (9.0 * events) - z / (3.0 * events.sqrt());
    (events * root * root * root).max(0.0)
}

/// The upper end of Byar's interval for a count.
pub(crate) fn byar_upper(events: f64, z: f64) -> f64 {
    let next = events + 1.0;
    let root = 1.0 - 1.0 / (9.0 * next) + z / (3.0 * next.sqrt());
    next * root * root * root
}

/// Whether chance can be told apart from a difference: the average lies outside the interval of the force's own figure. The
/// two are in the same unit. Touching an end is not enough.
///
/// A verdict of higher or lower that is not told apart rests on fewer cases than chance can tell apart, and is flagged so. The
/// average is taken as known, which suits an average over many forces.
#[must_use]
pub fn told_apart(interval: (f64, f64), average: f64) -> bool {
    average < interval.0 || average > interval.1
}

/// A count as a float. Exact up to 2⁵³, far above any number of people, crimes or pence that is counted here.
#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53, and no count here comes near")]
pub(crate) fn float(count: u64) -> f64 {
    count as f64
}

/// The length of a list as a float.
pub(crate) fn length<T>(list: &[T]) -> f64 {
    float(u64::try_from(list.len()).expect("no list has more items than 64 bits count"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(left: f64, right: f64) -> bool {
        (left - right).abs() < 5e-4
    }

    #[test]
    fn the_record_review_of_180_has_the_interval_of_the_dossier() {
        // 87% of 180 stop and search records had reasonable grounds: 156 of 180, Wilson 95% about 81% to 91%.
        let (lower, upper) = wilson(156, 180, Z95).unwrap();
        assert!(near(lower, 0.809_3) && near(upper, 0.908_6), "{lower} {upper}");
    }

    #[test]
    fn wilson_agrees_with_newcombes_published_examples() {
        // Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
        for (events, total, lower, upper) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let interval = wilson(events, total, Z95).unwrap();
            assert!(near(interval.0, lower) && near(interval.1, upper), "{events} of {total}: {interval:?}");
        }
    }

    #[test]
    fn nothing_out_of_nothing_has_no_interval() {
        assert_eq!(wilson(0, 0, Z95), None);
        assert_eq!(wilson(5, 4, Z95), None);
        assert_eq!(byar(3, 0.0, 1000.0, Z95), None);
        assert_eq!(byar(3, -1.0, 1000.0, Z95), None);
        assert_eq!(byar(3, f64::NAN, 1000.0, Z95), None);
    }

    #[test]
    fn no_events_and_all_events_end_exactly_at_the_end() {
        assert_eq!(wilson(0, 7, Z95).unwrap().0, 0.0);
        assert_eq!(wilson(7, 7, Z95).unwrap().1, 1.0);
        let (lower, upper) = byar(0, 1000.0, 1000.0, Z95).unwrap();
        assert!(lower == 0.0 && near(upper, 3.668_4), "{upper}");
    }

    #[test]
    fn byar_is_close_to_the_exact_poisson_interval() {
        // Exact 95% limits of a count of 10 (Garwood 1936): 4.795 to 18.390. Byar's stay within 1% of them.
        let (lower, upper) = byar(10, 1.0, 1.0, Z95).unwrap();
        assert!((lower / 4.795 - 1.0).abs() < 0.01 && (upper / 18.390 - 1.0).abs() < 0.01, "{lower} {upper}");
    }

    #[test]
    fn touching_the_average_is_not_being_told_apart() {
        assert!(!told_apart((0.2, 0.4), 0.4));
        assert!(!told_apart((0.2, 0.4), 0.2));
        assert!(told_apart((0.2, 0.4), 0.41));
        assert!(told_apart((0.2, 0.4), 0.19));
    }

    proptest! {
        #[test]
        fn a_wilson_interval_holds_its_estimate_and_widens_with_z(total in 1u64..2_000_000, share in 0.0..=1.0f64, z in 0.1..4.0f64, more in 0.1..2.0f64) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small total")]
            let events = (float(total) * share) as u64;
            let estimate = float(events) / float(total);
            let (lower, upper) = wilson(events, total, z).unwrap();
            prop_assert!(0.0 <= lower && lower <= estimate && estimate <= upper && upper <= 1.0);
            let wider = wilson(events, total, z + more).unwrap();
            prop_assert!(wider.0 <= lower && wider.1 >= upper && wider.1 - wider.0 > upper - lower);
        }

        #[test]
        fn the_interval_of_the_others_is_the_mirror_image(total in 1u64..100_000, part in 0u64..100_000, z in 0.1..4.0f64) {
            let events = part % (total + 1);
            let (lower, upper) = wilson(events, total, z).unwrap();
            let others = wilson(total - events, total, z).unwrap();
            prop_assert!((lower - (1.0 - others.1)).abs() < 1e-12 && (upper - (1.0 - others.0)).abs() < 1e-12);
        }

        #[test]
        fn a_byar_interval_holds_its_estimate_and_widens_with_z(events in 0u64..5_000_000, exposure in 1.0..1e7f64, z in 0.1..4.0f64, more in 0.1..2.0f64) {
            let estimate = float(events) * 1000.0 / exposure;
            let (lower, upper) = byar(events, exposure, 1000.0, z).unwrap();
            prop_assert!(0.0 <= lower && lower <= estimate && estimate <= upper, "{lower} {estimate} {upper}");
            let wider = byar(events, exposure, 1000.0, z + more).unwrap();
            prop_assert!(wider.0 <= lower && wider.1 > upper);
        }
    }
}
