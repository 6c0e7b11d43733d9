//! Money of one year in the prices of another.
//!
//! There is no index in here: the caller supplies the series and its name, and the name travels with every result, because "in
//! real terms" means nothing until one knows by which prices. Amounts are exact decimals.

use reference::Period;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// A named price index: a value for each period, 100 or any other number at its base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deflator {
    name: String,
    index: BTreeMap<Period, Decimal>,
}

/// Why the series is not a deflator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotADeflator {
    /// It has no name.
    #[error("a price index needs a name that can be printed, such as `GDP deflator, HM Treasury, June 2019`")]
    NoName,
    /// An index value is zero or below.
    #[error("the price index is {value} for {}: an index is above zero", .period.prose())]
    NotPositive {
        /// The period.
        period: Period,
        /// Its value.
        value: Decimal,
    },
}

/// Why an amount cannot be restated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRestated {
    /// The index does not reach the period.
    #[error("{deflator} has no value for {}", .period.prose())]
    NoIndex {
        /// The deflator's name.
        deflator: String,
        /// The period.
        period: Period,
    },
    /// The result is too large for a decimal.
    #[error("the amount in other prices is too large to be written")]
    TooLarge,
}

/// An amount in the prices of another period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RealTerms {
    /// The amount in the prices of `prices_of`, unrounded, in the unit of `nominal`.
    pub amount: Decimal,
    /// The amount as it was spent.
    pub nominal: Decimal,
    /// When it was spent.
    pub spent: Period,
    /// The period whose prices it is in.
    pub prices_of: Period,
    /// The name of the deflator.
    pub deflator: String,
}

impl Deflator {
    /// From its printable name (series, publisher, release) and its values.
    ///
    /// # Errors
    /// The name is blank, or a value is zero or below.
    pub fn new(name: &str, index: BTreeMap<Period, Decimal>) -> Result<Self, NotADeflator> {
        if name.trim().is_empty() {
            return Err(NotADeflator::NoName);
        }
        if let Some((&period, &value)) = index.iter().find(|(_, value)| **value <= Decimal::ZERO) {
            return Err(NotADeflator::NotPositive { period, value });
        }
        let name = name.trim().to_owned();
        Ok(Self { name, index })
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The amount spent in one period, in the prices of another: amount × index(prices of) / index(spent).
    ///
    /// # Errors
    /// The index has no value for one of the two periods, or the result is too large.
    ///
    /// Source: HM Treasury, *GDP deflators user guide*: real terms = nominal × deflator of the base year / deflator of the year.
    pub fn restate(&self, nominal: Decimal, spent: Period, prices_of: Period) -> Result<RealTerms, NotRestated> {
        let (from, to) = (self.at(spent)?, self.at(prices_of)?);
        let amount = if spent == prices_of {
            Some(nominal)
        } else {
            nominal.checked_mul(to).and_then(|product| product.checked_div(from))
        };
        Ok(RealTerms {
            amount: amount.ok_or(NotRestated::TooLarge)?,
            nominal,
            spent,
            prices_of,
            deflator: self.name.clone(),
        })
    }

    fn at(&self, period: Period) -> Result<Decimal, NotRestated> {
        self.index.get(&period).copied().ok_or_else(|| NotRestated::NoIndex { deflator: self.name.clone(), period })
    }
}

impl RealTerms {
    /// The note that belongs under the figure.
    #[must_use]
    pub fn note(&self) -> String {
        format!("In the prices of {}, by {}.", self.prices_of.prose(), self.deflator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn year(first: i16) -> Period {
        Period::financial_year(first).unwrap()
    }

    fn deflator(values: &[(i16, &str)]) -> Result<Deflator, NotADeflator> {
        let index = values.iter().map(|(first, value)| (year(*first), d(value))).collect();
        Deflator::new("an index made up for tests", index)
    }

    #[test]
    fn an_amount_grows_with_the_prices() {
        let deflator = deflator(&[(2013, "92"), (2018, "100")]).unwrap();
        let real = deflator.restate(d("184"), year(2013), year(2018)).unwrap();
        assert_eq!(real.amount, d("200"));
        assert_eq!(real.note(), "In the prices of the 12 months to 31 March 2019, by an index made up for tests.");
        assert_eq!(deflator.restate(d("-184"), year(2013), year(2018)).unwrap().amount, d("-200"));
    }

    #[test]
    fn a_year_without_an_index_is_named() {
        let deflator = deflator(&[(2018, "100")]).unwrap();
        let refused = deflator.restate(d("1"), year(2012), year(2018)).unwrap_err();
        assert_eq!(refused.to_string(), "an index made up for tests has no value for the 12 months to 31 March 2013");
        assert!(deflator.restate(d("1"), year(2018), year(2012)).is_err());
    }

    #[test]
    fn an_index_needs_a_name_and_values_above_zero() {
        assert_eq!(Deflator::new("  ", BTreeMap::new()), Err(NotADeflator::NoName));
        let zero = deflator(&[(2018, "0")]).unwrap_err();
        assert_eq!(zero.to_string(), "the price index is 0 for the 12 months to 31 March 2019: an index is above zero");
    }

    #[test]
    fn an_amount_too_large_is_refused() {
        let deflator = deflator(&[(2013, "1"), (2018, "100")]).unwrap();
        assert_eq!(deflator.restate(Decimal::MAX, year(2013), year(2018)), Err(NotRestated::TooLarge));
        assert_eq!(deflator.restate(Decimal::MAX, year(2018), year(2018)).unwrap().amount, Decimal::MAX);
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_amount(pence in -10_i64.pow(12)..10_i64.pow(12), early in 1i64..1_000_000, late in 1i64..1_000_000) {
            let index = BTreeMap::from([(year(2013), Decimal::new(early, 3)), (year(2018), Decimal::new(late, 3))]);
            let deflator = Deflator::new("an index", index).unwrap();
            let nominal = Decimal::new(pence, 2);
            let there = deflator.restate(nominal, year(2013), year(2018)).unwrap().amount;
            let back = deflator.restate(there, year(2018), year(2013)).unwrap().amount;
            prop_assert!((back - nominal).abs() < Decimal::new(1, 6));
        }
    }
}
