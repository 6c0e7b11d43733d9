//! What rounding does to a table: parts that no longer add up, and values that look equal and are not.
//!
//! Values are kept at full precision and rounded one by one when shown, so a reader who adds up the printed parts may miss the
//! printed total. The note says so, and only where it is true: a difference too large for rounding is a fault in the data, and
//! gets no excuse.

use reference::round;
use rust_decimal::Decimal;

/// The note under a table whose rounded parts do not add up.
pub const ROUNDING_NOTE: &str = "Parts may not add up to the total because of rounding.";

/// The note beside two values that look equal and are not.
pub const LOOK_EQUAL_NOTE: &str = "The two values are different, and look the same because of rounding.";

/// Whether parts add up to their total as they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addition {
    /// They do.
    AddsUp,
    /// They do not, and rounding is enough to explain it.
    Rounding,
    /// They do not, and rounding cannot explain it: the parts are this much above the total, before rounding.
    Fault {
        /// Sum of the parts less total, unrounded; below zero when the parts fall short.
        excess: Decimal,
    },
}

/// Whether the parts, shown with `places` decimals, add up to the total, shown likewise.
///
/// Published values may have been rounded before they came here, each by up to half a unit of its last decimal; parts that miss
/// the total by no more than that together are put down to rounding. Whole numbers are treated so too, since official tables
/// print posts in whole numbers. `None` when a sum is too large for a decimal.
///
/// After HMICFRS (2019), *PEEL 2018/19: an inspection of Hertfordshire Constabulary*, whose tables carry such a note.
#[must_use]
pub fn addition(parts: &[Decimal], total: Decimal, places: u32) -> Option<Addition> {
    let shown = sum(parts.iter().map(|part| round(*part, places)))?;
    if shown == round(total, places) {
        return Some(Addition::AddsUp);
    }
    let excess = sum(parts.iter().copied())?.checked_sub(total)?;
    let slack = sum(parts.iter().chain([&total]).map(|value| half_a_unit(*value)))?;
    Some(if excess.abs() <= slack { Addition::Rounding } else { Addition::Fault { excess } })
}

impl Addition {
    /// The note to print, where one is due.
    #[must_use]
    pub fn note(self) -> Option<&'static str> {
        match self {
            Self::Rounding => Some(ROUNDING_NOTE),
            Self::AddsUp | Self::Fault { .. } => None,
        }
    }
}

/// Whether two values differ and are shown as the same with `places` decimals.
///
/// After HMIC (2016), *PEEL: Police legitimacy 2016, an inspection of Hertfordshire Constabulary*, annex A: figures in the text may
/// be identical to the average by rounding while the bars in the chart differ.
#[must_use]
pub fn look_equal(one: Decimal, other: Decimal, places: u32) -> bool {
    one != other && round(one, places) == round(other, places)
}

fn sum(values: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    values.into_iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(value))
}

/// Half a unit of the value's last decimal; next to nothing for the longest decimals, such as the results of divisions.
fn half_a_unit(value: Decimal) -> Decimal {
    let unit = Decimal::new(1, value.scale());
    unit.checked_div(Decimal::TWO).unwrap_or(unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn check(parts: &[&str], total: &str, places: u32) -> Addition {
        let parts: Vec<Decimal> = parts.iter().map(|part| d(part)).collect();
        addition(&parts, d(total), places).unwrap()
    }

    #[test]
    fn the_workforce_of_2016_adds_up_as_printed() {
        // Hertfordshire, 31 March 2016: officers, PCSOs, staff and designated officers.
        let parts = ["1928.65", "220.52", "1073.24", "173.34"];
        assert_eq!(check(&parts, "3395.75", 0), Addition::AddsUp);
        // To one decimal they are 1,928.7, 220.5, 1,073.2 and 173.3: a tenth short of 3,395.8.
        assert_eq!(check(&parts, "3395.75", 1), Addition::Rounding);
    }

    #[test]
    fn a_note_is_due_exactly_where_the_printed_parts_miss_the_printed_total() {
        assert_eq!(check(&["1.4", "1.4"], "2.8", 0).note(), Some(ROUNDING_NOTE));
        assert_eq!(check(&["1.4", "1.4"], "2.8", 1).note(), None);
        assert_eq!(check(&["1.5", "1.5"], "3", 0).note(), Some(ROUNDING_NOTE));
        assert_eq!(check(&[], "0", 0), Addition::AddsUp);
    }

    #[test]
    fn values_that_came_rounded_are_given_their_half_units() {
        // Three parts and a total printed in whole numbers can be off by half each: two in all.
        assert_eq!(check(&["10", "10", "10"], "32", 0), Addition::Rounding);
        assert_eq!(check(&["10", "10", "10"], "33", 0), Addition::Fault { excess: d("-3") });
    }

    #[test]
    fn a_fault_gets_no_note() {
        let fault = check(&["1.20", "1.20"], "2.90", 0);
        assert_eq!(fault, Addition::Fault { excess: d("-0.50") });
        assert_eq!(fault.note(), None);
    }

    #[test]
    fn sums_too_large_are_refused() {
        assert_eq!(addition(&[Decimal::MAX, Decimal::MAX], Decimal::ZERO, 0), None);
    }

    #[test]
    fn values_look_equal_only_when_they_differ() {
        assert!(look_equal(d("94.86"), d("94.91"), 1));
        assert!(!look_equal(d("94.9"), d("94.90"), 1));
        assert!(!look_equal(d("94.84"), d("94.86"), 1));
    }

    proptest! {
        #[test]
        fn there_is_a_note_if_and_only_if_the_printed_numbers_miss(parts in prop::collection::vec(-100_000i64..100_000, 1..12), places in 0u32..3) {
            let parts: Vec<Decimal> = parts.into_iter().map(|part| Decimal::new(part, 3)).collect();
            let total: Decimal = parts.iter().sum();
            let shown: Decimal = parts.iter().map(|part| round(*part, places)).sum();
            let found = addition(&parts, total, places).unwrap();
            prop_assert_eq!(found.note().is_some(), shown != round(total, places));
        }

        #[test]
        fn parts_shown_in_full_always_add_up(parts in prop::collection::vec(-100_000i64..100_000, 0..12)) {
            let parts: Vec<Decimal> = parts.into_iter().map(|part| Decimal::new(part, 3)).collect();
            prop_assert_eq!(addition(&parts, parts.iter().sum(), 3), Some(Addition::AddsUp));
        }
    }
}
