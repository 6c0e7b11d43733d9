//! Change between two values: in percent of the first, or in percentage points, which are two types so that nobody mixes them.
//!
//! Everything is done on unrounded values in decimal arithmetic; rounding happens once, when a change is shown.

use reference::{display, round};
use rust_decimal::Decimal;

/// A change in percent of the earlier value: 4.26 is 4.26% more than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PercentChange(Decimal);

/// A change in percentage points: from 44% to 46% is 2 points, though it is 4.5 percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PointChange(Decimal);

/// The percentage change from `old` to `new`, in the unit they share: (new − old) / |old| × 100.
///
/// Dividing by the size of `old` keeps a rise positive where the earlier value is negative. `None` when `old` is zero, from
/// which no percentage can be taken, or when the result is too large for a decimal.
///
/// Source: HMICFRS (2019), *PEEL 2018/19: an inspection of Hertfordshire Constabulary*, workforce table: two years of full-time equivalents and their "Percentage change".
#[must_use]
pub fn percent_change(old: Decimal, new: Decimal) -> Option<PercentChange> {
    new.checked_sub(old)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(old.abs()).map(PercentChange)
}

/// The change from one percentage to another, in percentage points. Both are in percent (44 is 44%). `None` when the result is
/// too large for a decimal.
#[must_use]
pub fn point_change(old: Decimal, new: Decimal) -> Option<PointChange> {
    new.checked_sub(old).map(PointChange)
}

impl PercentChange {
    /// The change in percent, unrounded, below zero for a fall.
    #[must_use]
    pub fn percent(self) -> Decimal {
        self.0
    }

    /// As a table prints it, with a true minus sign for a fall: `4%`, `−15.6%`.
    #[must_use]
    pub fn text(self, places: u32) -> String {
        format!("{}%", display(self.0, places))
    }
}

impl PointChange {
    /// The change in percentage points, unrounded, below zero for a fall.
    #[must_use]
    pub fn points(self) -> Decimal {
        self.0
    }

    /// As a sentence prints it: `2.0 percentage points`, `−1 percentage point`.
    #[must_use]
    pub fn text(self, places: u32) -> String {
        let one = places == 0 && round(self.0, 0).abs() == Decimal::ONE;
        let unit = if one { "percentage point" } else { "percentage points" };
        format!("{} {unit}", display(self.0, places))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn check(old: &str, new: &str, places: u32, shown: &str) {
        assert_eq!(percent_change(d(old), d(new)).unwrap().text(places), shown);
    }

    #[test]
    fn the_workforce_table_of_hertfordshire_comes_out_as_printed() {
        // Full-time equivalents on 31 March 2014 and 2019; the table prints 4%, 18% and 3%.
        check("1926.65", "2008.67", 0, "4%");
        check("190.33", "224.95", 0, "18%");
        check("1112.20", "1150.43", 0, "3%");
        // The later revision of police staff rounds the other way, which is why a release is pinned.
        check("1112.20", "1151.43", 0, "4%");
    }

    #[test]
    fn a_fall_has_a_true_minus_sign() {
        check("192", "162", 1, "\u{2212}15.6%");
    }

    #[test]
    fn no_percentage_is_taken_from_zero() {
        assert_eq!(percent_change(Decimal::ZERO, d("5")), None);
        assert_eq!(percent_change(Decimal::ZERO, Decimal::ZERO), None);
    }

    #[test]
    fn a_change_too_large_for_a_decimal_is_none() {
        assert_eq!(percent_change(Decimal::MIN, Decimal::MAX), None);
        assert_eq!(point_change(Decimal::MIN, Decimal::MAX), None);
    }

    #[test]
    fn a_rise_from_a_negative_value_is_a_rise() {
        check("-10", "-5", 0, "50%");
        check("-10", "-20", 0, "\u{2212}100%");
    }

    #[test]
    fn points_are_not_percent() {
        assert_eq!(point_change(d("44"), d("46")).unwrap().text(1), "2.0 percentage points");
        assert_eq!(point_change(d("94.9"), d("94.7")).unwrap().text(1), "\u{2212}0.2 percentage points");
        assert_eq!(point_change(d("44"), d("45")).unwrap().text(1), "1.0 percentage points");
        assert_eq!(point_change(d("44"), d("45.2")).unwrap().text(0), "1 percentage point");
        check("44", "46", 1, "4.5%");
    }

    proptest! {
        #[test]
        fn a_change_has_the_sign_of_the_difference(old in -10_i64.pow(9)..10_i64.pow(9), new in -10_i64.pow(9)..10_i64.pow(9)) {
            prop_assume!(old != 0);
            let change = percent_change(Decimal::new(old, 2), Decimal::new(new, 2)).unwrap().percent();
            prop_assert_eq!(change.cmp(&Decimal::ZERO), new.cmp(&old));
        }

        #[test]
        fn the_unit_does_not_matter(old in 1i64..10_i64.pow(9), new in 0i64..10_i64.pow(9)) {
            let percent = |scale| percent_change(Decimal::new(old, scale), Decimal::new(new, scale)).unwrap().percent().round_dp(15);
            prop_assert_eq!(percent(0), percent(3));
        }
    }
}
