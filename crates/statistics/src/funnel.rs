//! Funnel plots: how far from the average a force of its size may lie before chance is an unlikely reason.
//!
//! The limits are the intervals of [`crate::interval`] turned inside out: a force lies outside the 95% funnel exactly when its own
//! 95% interval leaves out the average. So a chart and a flag on one page cannot disagree. It is also the practice of English
//! public health indicators (`PHEindicatormethods`). Spiegelhalter's exact binomial and Poisson limits, with interpolation, were
//! considered: in the cases tested against scipy ours lie within one case of them at 95% and within two at 99.8%, the most for a
//! sample of sixty, while the interpolated ones do not treat events and non-events alike and need not contain the average of a
//! tiny force.
//!
//! Police figures vary more than chance between forces. The over-dispersion factor measures how much more, and widens the limits
//! only when asked to.

use crate::interval::{Z95, Z998, byar_lower, byar_upper, float, length};

/// Control limits about an average for a force of one size, in the unit of the average.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The average about which they stand.
    pub average: f64,
    /// Lower and upper limit at 95%: one force in forty lies beyond each by chance alone.
    pub inner: (f64, f64),
    /// Lower and upper limit at 99.8%: one force in a thousand lies beyond each by chance alone.
    pub outer: (f64, f64),
    /// The over-dispersion factor by which they were widened; `None` when they were not.
    pub widened_by: Option<f64>,
    /// The largest value there can be: 1 for a proportion, infinite for a rate.
    ceiling: f64,
}

/// Where a value lies in its funnel. Touching a limit is within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Below the 99.8% limits.
    FarBelow,
    /// Below the 95% limits, not below the 99.8% limits.
    Below,
    /// Within the 95% limits.
    Within,
    /// Above the 95% limits, not above the 99.8% limits.
    Above,
    /// Above the 99.8% limits.
    FarAbove,
}

/// Limits for a proportion, as fractions, about `average` for a force with `total` cases: average ± z √(average (1 − average) / total).
///
/// `None` when there are no cases, or the average is not between 0 and 1 exclusive, where nothing varies.
///
/// Sources: Wilson (1927), *Journal of the American Statistical Association* 22, 209–212, solved for the observed proportion;
/// Spiegelhalter (2005), *Statistics in Medicine* 24, 1185–1202.
#[must_use]
pub fn proportion_limits(average: f64, total: u64) -> Option<Limits> {
    let deviation = proportion_deviation(average, total)?;
    let at = |z: f64| ((average - z * deviation).max(0.0), (average + z * deviation).min(1.0));
    Some(Limits { average, inner: at(Z95), outer: at(Z998), widened_by: None, ceiling: 1.0 })
}

/// Limits for a rate of events about `average`, both in events per `per` of `exposure`, for a force with this exposure.
///
/// The upper limit is the count whose Byar interval begins at the expected count, the lower limit the count whose interval ends
/// there, or 0 when even no events at all would not leave the interval. `None` when average, exposure or `per` is not above zero.
///
/// Sources: Byar's approximation (see [`crate::byar`]) solved for the count by bisection; Dover and Schopflocher (2011),
/// *Population Health Metrics* 9, 58, on funnel plots of rates.
#[must_use]
pub fn rate_limits(average: f64, exposure: f64, per: f64) -> Option<Limits> {
    let expected = expected(average, exposure, per)?;
    let scale = per / exposure;
    let at = |z: f64| {
        let lower = lower_count(expected, z) * scale;
        let upper = upper_count(expected, z) * scale;
        (lower.min(average), upper.max(average))
    };
    Some(Limits { average, inner: at(Z95), outer: at(Z998), widened_by: None, ceiling: f64::INFINITY })
}

impl Limits {
    /// The same limits widened for over-dispersion: each moves √φ times as far from the average. A factor of 1 or less leaves
    /// them where they are, and is recorded as 1.
    ///
    /// Source: Spiegelhalter (2005), *Statistics in Medicine* 24, 1185–1202, the multiplicative model: average ± z √(φ V / n).
    #[must_use]
    pub fn widened(self, phi: f64) -> Self {
        let phi = phi.max(1.0);
        let move_out = |limit: f64| (self.average + phi.sqrt() * (limit - self.average)).clamp(0.0, self.ceiling);
        let both = |limits: (f64, f64)| (move_out(limits.0), move_out(limits.1));
        Self { inner: both(self.inner), outer: both(self.outer), widened_by: Some(phi), ..self }
    }

    /// The same limits in another unit: a proportion's in percent are those as fractions times 100.
    #[must_use]
    pub fn scaled(self, by: f64) -> Self {
        let both = |(low, high): (f64, f64)| (low * by, high * by);
        Self {
            average: self.average * by,
            inner: both(self.inner),
            outer: both(self.outer),
            ceiling: self.ceiling * by,
            ..self
        }
    }

    /// Where a value in the unit of the average lies.
    #[must_use]
    pub fn place(&self, value: f64) -> Place {
        if value < self.outer.0 {
            Place::FarBelow
        } else if value > self.outer.1 {
            Place::FarAbove
        } else if value < self.inner.0 {
            Place::Below
        } else if value > self.inner.1 {
            Place::Above
        } else {
            Place::Within
        }
    }
}

/// How many standard deviations of chance a force's proportion lies from the average. `None` as for [`proportion_limits`].
#[must_use]
pub fn proportion_score(events: u64, total: u64, average: f64) -> Option<f64> {
    let deviation = proportion_deviation(average, total)?;
    Some((float(events) / float(total) - average) / deviation)
}

/// How many standard deviations of chance a force's count lies from the count expected at the average. `None` as for [`rate_limits`].
#[must_use]
pub fn rate_score(events: u64, exposure: f64, average: f64, per: f64) -> Option<f64> {
    let expected = expected(average, exposure, per)?;
    Some((float(events) - expected) / expected.sqrt())
}

/// The over-dispersion factor φ: how many times more the forces' scores vary than chance alone would have it. 1 is chance; φ is
/// returned as found, below 1 too.
///
/// The mean of the squared scores, after the outermost tenth on each side (rounded down) has been drawn in to the outermost score
/// left, so that a few true outliers do not hide themselves by widening the limits. A score that is not finite is not counted.
/// `None` with fewer than ten scores, of which there is no tenth.
///
/// Sources: Spiegelhalter (2005), *Quality and Safety in Health Care* 14, 347–351; Spiegelhalter and others (2012), *Journal of the
/// Royal Statistical Society A* 175, 1–47, who also give an additive model.
#[must_use]
pub fn over_dispersion(scores: &[f64]) -> Option<f64> {
    let mut scores: Vec<f64> = scores.iter().copied().filter(|score| score.is_finite()).collect();
    scores.sort_by(f64::total_cmp);
    let tail = scores.len() / 10;
    if tail == 0 {
        return None;
    }
    let (lowest, highest) = (scores[tail], scores[scores.len() - 1 - tail]);
    let squares: f64 = scores.iter().map(|score| score.clamp(lowest, highest)).map(|score| score * score).sum();
    Some(squares / length(&scores)).filter(|phi| phi.is_finite())
}

fn proportion_deviation(average: f64, total: u64) -> Option<f64> {
    (total > 0 && average > 0.0 && average < 1.0).then(|| (average * (1.0 - average) / float(total)).sqrt())
}

fn expected(average: f64, exposure: f64, per: f64) -> Option<f64> {
    let expected = average * exposure / per;
    (average > 0.0 && exposure > 0.0 && per > 0.0 && expected > 0.0 && expected.is_finite()).then_some(expected)
}

fn lower_count(expected: f64, z: f64) -> f64 {
    if byar_upper(0.0, z) >= expected {
        return 0.0;
    }
    bisect(0.0, expected, |count| byar_upper(count, z) < expected)
}

fn upper_count(expected: f64, z: f64) -> f64 {
    let mut high = expected + 1.0;
    while byar_lower(high, z) < expected {
        high *= 2.0;
    }
    bisect(expected, high, |count| byar_lower(count, z) < expected)
}

/// The point up to which a rising function is too low, as closely as a float can say it.
fn bisect(mut low: f64, mut high: f64, too_low: impl Fn(f64) -> bool) -> f64 {
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if too_low(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::{byar, told_apart, wilson};
    use proptest::prelude::*;

    #[test]
    fn without_cases_or_variation_there_are_no_limits() {
        assert_eq!(proportion_limits(0.3, 0), None);
        assert_eq!(proportion_limits(0.0, 10), None);
        assert_eq!(proportion_limits(1.0, 10), None);
        assert_eq!(proportion_limits(f64::NAN, 10), None);
        assert_eq!(rate_limits(0.0, 10.0, 1.0), None);
        assert_eq!(rate_limits(1.0, 0.0, 1.0), None);
        assert_eq!(rate_limits(1.0, f64::INFINITY, 1.0), None);
    }

    #[test]
    fn a_tiny_force_cannot_fall_below_its_funnel() {
        let limits = rate_limits(2.0, 1000.0, 1000.0).unwrap();
        assert_eq!(limits.inner.0, 0.0);
        assert_eq!(limits.place(0.0), Place::Within);
        let limits = proportion_limits(0.02, 10).unwrap();
        assert_eq!((limits.inner.0, limits.outer.0), (0.0, 0.0));
    }

    #[test]
    fn the_places_are_in_order() {
        let limits = proportion_limits(0.5, 100).unwrap();
        let places = [0.3, 0.38, 0.5, 0.62, 0.7].map(|value| limits.place(value));
        assert_eq!(places, [Place::FarBelow, Place::Below, Place::Within, Place::Above, Place::FarAbove]);
    }

    #[test]
    fn over_dispersion_of_pure_chance_is_about_one_and_outliers_do_not_swell_it() {
        let scores: Vec<f64> = (1..=19).map(|i| f64::from(i - 10) / 5.5).collect();
        let calm = over_dispersion(&scores).unwrap();
        let mut wild = scores.clone();
        wild[18] = 50.0;
        assert!((over_dispersion(&wild).unwrap() - calm).abs() < 1e-12);
        assert_eq!(over_dispersion(&scores[..9]), None);
        assert_eq!(over_dispersion(&[f64::NAN; 12]), None);
    }

    #[test]
    fn limits_are_widened_only_on_request_and_never_narrowed() {
        let plain = proportion_limits(0.4, 250).unwrap();
        assert_eq!(plain.widened_by, None);
        let same = plain.widened(0.5);
        assert_eq!((same.inner, same.outer, same.widened_by), (plain.inner, plain.outer, Some(1.0)));
        let twice = plain.widened(4.0);
        assert!((twice.inner.1 - 0.4 - 2.0 * (plain.inner.1 - 0.4)).abs() < 1e-12);
        assert!(proportion_limits(0.9, 10).unwrap().widened(9.0).inner.1 <= 1.0);
    }

    #[test]
    fn limits_in_another_unit_lie_at_the_same_place() {
        let plain = proportion_limits(0.98, 400).unwrap().widened(2.0);
        let percent = plain.scaled(100.0);
        assert_eq!([plain.place(0.9), plain.place(0.99)], [percent.place(90.0), percent.place(99.0)]);
        assert_eq!((percent.average, percent.outer.1), (98.0, 100.0));
    }

    proptest! {
        #[test]
        fn proportion_limits_hold_the_average_and_narrow_with_size(average in 0.001..0.999f64, total in 1u64..1_000_000, more in 1u64..1_000_000) {
            let small = proportion_limits(average, total).unwrap();
            let large = proportion_limits(average, total + more).unwrap();
            for (near, far) in [(large.inner, small.inner), (large.outer, small.outer), (small.inner, small.outer)] {
                prop_assert!(far.0 <= near.0 && near.0 <= average && average <= near.1 && near.1 <= far.1);
            }
        }

        #[test]
        fn rate_limits_hold_the_average_and_narrow_with_size(average in 0.01..200.0f64, exposure in 10.0..1e7f64, more in 1.01..10.0f64) {
            let small = rate_limits(average, exposure, 1000.0).unwrap();
            let large = rate_limits(average, exposure * more, 1000.0).unwrap();
            let speck = average * 1e-12;
            for (near, far) in [(large.inner, small.inner), (large.outer, small.outer), (small.inner, small.outer)] {
                prop_assert!(far.0 <= near.0 + speck && near.0 <= average && average <= near.1 && near.1 <= far.1 + speck);
            }
        }

        #[test]
        fn a_proportion_is_outside_exactly_when_its_interval_leaves_out_the_average(average in 0.01..0.99f64, total in 1u64..5_000, part in 0u64..5_000) {
            let events = part % (total + 1);
            let limits = proportion_limits(average, total).unwrap();
            let share = float(events) / float(total);
            prop_assume!((share - limits.inner.0).abs() > 1e-9 && (share - limits.inner.1).abs() > 1e-9);
            let apart = told_apart(wilson(events, total, Z95).unwrap(), average);
            prop_assert_eq!(limits.place(share) != Place::Within, apart);
            prop_assert_eq!(proportion_score(events, total, average).unwrap().abs() > Z95, apart);
        }

        #[test]
        fn a_rate_is_outside_exactly_when_its_interval_leaves_out_the_average(average in 0.1..100.0f64, exposure in 10.0..1e5f64, events in 0u64..2_000) {
            let limits = rate_limits(average, exposure, 1000.0).unwrap();
            let rate = float(events) * 1000.0 / exposure;
            let speck = 1e-9 * average;
            prop_assume!((rate - limits.inner.0).abs() > speck && (rate - limits.inner.1).abs() > speck);
            let apart = told_apart(byar(events, exposure, 1000.0, Z95).unwrap(), average);
            prop_assert_eq!(limits.place(rate) != Place::Within, apart);
        }
    }
}
