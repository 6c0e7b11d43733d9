//! The value of the next year, from the straight line through the last five.
//!
//! HMICFRS used it for spend per head in 2018/19, where the mid-year population estimate was not out yet: the value was "calculated
//! by assessing the trend for the last five years". Which trend is not said; ours is the line of least squares. A projected value
//! is a forecast and is marked so wherever it is shown.

use rust_decimal::Decimal;

/// How many yearly values the line goes through.
pub const YEARS: usize = 5;

/// One year on from the last five, and the line it lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Projection {
    /// The year projected, one after the last.
    pub year: i16,
    /// Its value, unrounded, in the unit of the values given.
    pub value: Decimal,
    /// How much the line rises each year; below zero for a fall.
    pub yearly_change: Decimal,
    /// The first year the line goes through.
    pub first: i16,
    /// The last.
    pub last: i16,
}

/// Why there is no projection.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoProjection {
    /// Fewer than five values.
    #[error("a trend needs {YEARS} yearly values and there are {have}")]
    TooFew {
        /// How many there are.
        have: usize,
    },
    /// The last five are not five years in a row.
    #[error("the last {YEARS} values are not {YEARS} years in a row: {after} is followed by {found}")]
    NotInARow {
        /// The year before the gap.
        after: i16,
        /// The year found in place of the next.
        found: i16,
    },
    /// The year or the value is too large to be written.
    #[error("the projected value is too large to be written")]
    TooLarge,
}

/// The value one year after the last of `history`, which is in order of years; only its last five values are used.
///
/// For five years in a row the line of least squares is a fixed weighting, exact in decimals: the yearly change is
/// (−2, −1, 0, 1, 2) · values / 10, and the next value is (−0.4, −0.1, 0.2, 0.5, 0.8) · values.
///
/// # Errors
/// Fewer than five values, a gap or disorder among the last five years, or a result too large for a decimal.
///
/// Sources: HMICFRS (2019), *PEEL 2018/19: an inspection of Hertfordshire Constabulary*, annex on data; least squares after Legendre
/// (1805), *Nouvelles méthodes pour la détermination des orbites des comètes*.
pub fn next_year(history: &[(i16, Decimal)]) -> Result<Projection, NoProjection> {
    let have = history.len();
    let last_five = have.checked_sub(YEARS).map(|start| &history[start..]).ok_or(NoProjection::TooFew { have })?;
    if let Some(pair) = last_five.windows(2).find(|pair| pair[0].0.checked_add(1) != Some(pair[1].0)) {
        let (after, found) = (pair[0].0, pair[1].0);
        return Err(NoProjection::NotInARow { after, found });
    }
    let (first, last) = (last_five[0].0, last_five[YEARS - 1].0);
    Ok(Projection {
        year: last.checked_add(1).ok_or(NoProjection::TooLarge)?,
        value: weighted(last_five, [-4, -1, 2, 5, 8])?,
        yearly_change: weighted(last_five, [-2, -1, 0, 1, 2])?,
        first,
        last,
    })
}

/// The sum of the values, each times its weight in tenths.
fn weighted(values: &[(i16, Decimal)], tenths: [i64; YEARS]) -> Result<Decimal, NoProjection> {
    values
        .iter()
        .zip(tenths)
        .try_fold(Decimal::ZERO, |sum, ((_, value), tenths)| {
            sum.checked_add(value.checked_mul(Decimal::new(tenths, 1))?)
        })
        .ok_or(NoProjection::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn history(first: i16, values: &[i64]) -> Vec<(i16, Decimal)> {
        (first..).zip(values.iter().map(|value| Decimal::from(*value))).collect()
    }

    #[test]
    fn a_straight_line_goes_straight_on() {
        let found = next_year(&history(2013, &[100, 110, 120, 130, 140])).unwrap();
        assert_eq!((found.year, found.value, found.yearly_change), (2018, Decimal::from(150), Decimal::from(10)));
        assert_eq!((found.first, found.last), (2013, 2017));
    }

    #[test]
    fn a_bent_line_is_fitted_by_least_squares() {
        // Worked by hand: mean 6.2, slope (-2*2 - 3 + 8 + 2*12) / 10 = 2.5, next 6.2 + 3 * 2.5.
        let found = next_year(&history(1, &[2, 3, 6, 8, 12])).unwrap();
        assert_eq!((found.value, found.yearly_change), (Decimal::new(137, 1), Decimal::new(25, 1)));
    }

    #[test]
    fn only_the_last_five_years_count() {
        let short = next_year(&history(2013, &[5, 5, 7, 5, 9])).unwrap();
        assert_eq!(next_year(&history(2011, &[900, -900, 5, 5, 7, 5, 9])).unwrap(), short);
    }

    #[test]
    fn four_years_are_too_few_and_a_gap_is_named() {
        let refused = |history: &[(i16, Decimal)]| next_year(history).unwrap_err().to_string();
        assert_eq!(refused(&history(2013, &[1, 2, 3, 4])), "a trend needs 5 yearly values and there are 4");
        let mut gap = history(2012, &[1, 2, 3, 4, 5]);
        gap[4].0 = 2017;
        assert_eq!(refused(&gap), "the last 5 values are not 5 years in a row: 2015 is followed by 2017");
        gap.reverse();
        assert!(next_year(&gap).is_err());
    }

    #[test]
    fn what_cannot_be_written_is_refused() {
        let huge: Vec<(i16, Decimal)> =
            (1..=5).map(|year| (year, if year < 4 { Decimal::MIN } else { Decimal::MAX })).collect();
        assert_eq!(next_year(&huge), Err(NoProjection::TooLarge));
        let latest: Vec<(i16, Decimal)> = (i16::MAX - 4..=i16::MAX).map(|year| (year, Decimal::ONE)).collect();
        assert_eq!(next_year(&latest), Err(NoProjection::TooLarge));
    }

    proptest! {
        #[test]
        fn the_line_passes_through_the_mean_and_no_other_line_is_closer(values in prop::array::uniform5(-10_i64.pow(7)..10_i64.pow(7)), tilt in -50i64..50, lift in -50i64..50) {
            let found = next_year(&history(2013, &values)).unwrap();
            let miss = |change: Decimal, next: Decimal| -> Decimal {
                values.iter().enumerate().map(|(at, value)| {
                    let back = Decimal::from(YEARS - at);
                    let off = Decimal::from(*value) - (next - change * back);
                    off * off
                }).sum()
            };
            let best = miss(found.yearly_change, found.value);
            prop_assert!(best <= miss(found.yearly_change + Decimal::new(tilt, 2), found.value + Decimal::new(lift, 2)));
            let sum: Decimal = values.iter().map(|value| Decimal::from(*value)).sum();
            prop_assert_eq!(found.value - found.yearly_change * Decimal::from(3), sum / Decimal::from(5));
        }
    }
}
