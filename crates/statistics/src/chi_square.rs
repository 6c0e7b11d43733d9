//! Whether two proportions differ by more than chance: Pearson's chi-square on a 2×2 table.
//!
//! In 2016 HMIC tested the change in victims' satisfaction between two years with it, at a significance level of 5 percent. The
//! annex does not mention a continuity correction, so none is applied unless asked for. The test takes the answers as
//! independent and unweighted; a weighted survey needs another test.

use crate::interval::float;

/// The level below which a p-value is called significant.
pub const SIGNIFICANCE: f64 = 0.05;

/// Two groups (two years, two forces), each parted into those for whom something is so and the others. Cells are counts, and
/// need not be whole when they were worked back from published percentages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwoByTwo {
    cells: [[f64; 2]; 2],
}

impl TwoByTwo {
    /// From counts: `events` of `total` in the first group and in the second. `None` when there are more events than cases.
    #[must_use]
    pub fn counts(first: (u64, u64), second: (u64, u64)) -> Option<Self> {
        let row = |(events, total): (u64, u64)| Some([float(events), float(total.checked_sub(events)?)]);
        Some(Self { cells: [row(first)?, row(second)?] })
    }

    /// From published percentages (0 to 100) and the number of cases behind each, where the counts were never published. The
    /// result is as rough as the rounding of the percentages. `None` when a percentage lies outside 0 to 100.
    #[must_use]
    pub fn percentages(first: (f64, u64), second: (f64, u64)) -> Option<Self> {
        let row = |(percent, total): (f64, u64)| {
            let share = percent / 100.0;
            (0.0..=1.0).contains(&share).then(|| [float(total) * share, float(total) * (1.0 - share)])
        };
        Some(Self { cells: [row(first)?, row(second)?] })
    }
}

/// Whether the statistic is corrected for continuity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Correction {
    /// As Pearson has it.
    #[default]
    None,
    /// Yates's: half a case is taken off each difference, never turning it round.
    Yates,
}

/// The result of the test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChiSquare {
    /// The statistic, zero or more, on one degree of freedom.
    pub statistic: f64,
    /// The chance of a statistic at least as large where the groups do not differ, `0.0..=1.0`.
    pub p: f64,
}

impl ChiSquare {
    /// Whether the difference is statistically significant at 5 percent, two-sided.
    #[must_use]
    pub fn is_significant(&self) -> bool {
        self.p < SIGNIFICANCE
    }
}

/// The chi-square test for independence. `None` when a row or a column of the table is empty: nothing is expected there, so
/// nothing can be tested.
///
/// Sources: Pearson (1900), *Philosophical Magazine* (5) 50, 157–175; one degree of freedom after Fisher (1922), *Journal of the
/// Royal Statistical Society* 85, 87–94; correction after Yates (1934), *Supplement to the Journal of the Royal Statistical
/// Society* 1, 217–235.
#[must_use]
pub fn chi_square(table: &TwoByTwo, correction: Correction) -> Option<ChiSquare> {
    let [[a, b], [c, d]] = table.cells;
    let (total, margins) = (a + b + c + d, (a + b) * (c + d) * (a + c) * (b + d));
    if margins <= 0.0 {
        return None;
    }
    let product = (a * d - b * c).abs();
    let product = match correction {
        Correction::None => product,
        Correction::Yates => (product - total / 2.0).max(0.0),
    };
    let statistic = total * product * product / margins;
    // A chi-square on one degree of freedom is the square of a standard normal. `libm` rather than the platform's own library,
    // so that the same input gives the same digits everywhere.
    let p = libm::erfc((statistic / 2.0).sqrt());
    Some(ChiSquare { statistic, p })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn satisfaction(respondents: u64) -> ChiSquare {
        let table = TwoByTwo::percentages((94.9, respondents), (94.7, respondents)).unwrap();
        chi_square(&table, Correction::None).unwrap()
    }

    #[test]
    fn the_satisfaction_of_2016_is_not_significant_for_any_plausible_survey() {
        for (respondents, statistic) in [(600, 0.024), (10_000, 0.406), (100_000, 4.06)] {
            let found = satisfaction(respondents).statistic;
            assert!((found / statistic - 1.0).abs() < 0.02, "{respondents}: {found}");
        }
        assert!(!satisfaction(600).is_significant());
        assert!(!satisfaction(94_000).is_significant());
        assert!(satisfaction(95_200).is_significant());
    }

    #[test]
    fn the_critical_value_of_the_field_is_at_five_percent() {
        // 3.841 is the 95% point of a chi-square on one degree of freedom.
        assert!((libm::erfc((3.841_458_820_694_124_f64 / 2.0).sqrt()) - SIGNIFICANCE).abs() < 1e-12);
    }

    #[test]
    fn a_table_with_an_empty_margin_cannot_be_tested() {
        for (first, second) in [((0, 0), (5, 10)), ((0, 10), (0, 10)), ((10, 10), (10, 10))] {
            let table = TwoByTwo::counts(first, second).unwrap();
            assert_eq!(chi_square(&table, Correction::None), None);
        }
    }

    #[test]
    fn impossible_tables_cannot_be_made() {
        assert_eq!(TwoByTwo::counts((11, 10), (1, 10)), None);
        assert_eq!(TwoByTwo::percentages((100.1, 10), (1.0, 10)), None);
        assert_eq!(TwoByTwo::percentages((f64::NAN, 10), (1.0, 10)), None);
    }

    #[test]
    fn the_correction_never_turns_a_difference_round() {
        let table = TwoByTwo::counts((5, 10), (5, 10)).unwrap();
        let corrected = chi_square(&table, Correction::Yates).unwrap();
        assert_eq!((corrected.statistic, corrected.p), (0.0, 1.0));
    }

    proptest! {
        #[test]
        fn neither_the_order_of_groups_nor_of_answers_matters(a in 1u64..10_000, b in 1u64..10_000, c in 1u64..10_000, d in 1u64..10_000) {
            let of = |first, second, correction| chi_square(&TwoByTwo::counts(first, second).unwrap(), correction).unwrap();
            for correction in [Correction::None, Correction::Yates] {
                let found = of((a, a + b), (c, c + d), correction);
                for same in [of((c, c + d), (a, a + b), correction), of((b, a + b), (d, c + d), correction), of((a, a + c), (b, b + d), correction)] {
                    prop_assert!((same.statistic - found.statistic).abs() <= 1e-9 * found.statistic.max(1.0));
                }
            }
        }

        #[test]
        fn the_correction_only_makes_it_harder(a in 1u64..500, b in 1u64..500, c in 1u64..500, d in 1u64..500) {
            let table = TwoByTwo::counts((a, a + b), (c, c + d)).unwrap();
            let plain = chi_square(&table, Correction::None).unwrap();
            let corrected = chi_square(&table, Correction::Yates).unwrap();
            prop_assert!(corrected.statistic <= plain.statistic && corrected.p >= plain.p);
            prop_assert!((0.0..=1.0).contains(&plain.p));
        }
    }
}
