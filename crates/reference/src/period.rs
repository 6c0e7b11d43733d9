//! When a figure is true: at an instant or over a span of whole days.
//!
//! In data a period is `2016-03-31`, or `2017-10-01/2018-09-30` with both days included; in prose it is printed as the house
//! prints it ("31 March 2016", "the 12 months to 30 September 2018").

use jiff::{ToSpan, civil::Date};
use std::{fmt, str::FromStr};

/// An instant (the close of a day) or a span of days, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    // The last day comes first so that periods sort by when they end.
    last: Date,
    first: Option<Date>,
}

/// How long a measure's period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Length {
    /// As at the close of a day.
    Instant,
    /// This many whole calendar months.
    Months(u8),
}

/// The text is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a period: write a day such as `2016-03-31`, or first and last day such as `2017-10-01/2018-09-30`"
)]
pub struct NotAPeriod(pub String);

impl Period {
    /// As at the close of this day.
    #[must_use]
    pub fn as_at(day: Date) -> Self {
        Self { last: day, first: None }
    }

    /// From the first to the last day, both included; `None` when the first comes after the last.
    #[must_use]
    pub fn span(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { last, first: Some(first) })
    }

    /// The period of this length that ends on `last`. Months are counted back by calendar: twelve months to 30 September 2018
    /// begin on 1 October 2017, and three months to 31 May begin on 1 March.
    #[must_use]
    pub fn ending(length: Length, last: Date) -> Self {
        match length {
            Length::Instant => Self::as_at(last),
            Length::Months(months) => {
                let day_after = last.tomorrow().unwrap_or(last);
                let first = day_after.saturating_sub(i32::from(months).months());
                Self { last, first: Some(first) }
            }
        }
    }

    /// The financial year that begins on 1 April of `year`.
    #[must_use]
    pub fn financial_year(year: i16) -> Option<Self> {
        Self::span(Date::new(year, 4, 1).ok()?, Date::new(year.checked_add(1)?, 3, 31).ok()?)
    }

    /// Quarter 1 to 4 of the financial year that begins on 1 April of `year`; quarter 1 is April to June.
    #[must_use]
    pub fn financial_quarter(year: i16, quarter: u8) -> Option<Self> {
        let (year, month) = match quarter {
            1 => (year, 4),
            2 => (year, 7),
            3 => (year, 10),
            4 => (year.checked_add(1)?, 1),
            _ => return None,
        };
        let first = Date::new(year, month, 1).ok()?;
        let last = first.checked_add(2.months()).ok()?.last_of_month();
        Self::span(first, last)
    }

    /// The last day.
    #[must_use]
    pub fn last(self) -> Date {
        self.last
    }

    /// The first day of a span; `None` for an instant.
    #[must_use]
    pub fn first(self) -> Option<Date> {
        self.first
    }

    /// The whole calendar months a span covers; `None` for an instant or a span that is not whole months.
    #[must_use]
    pub fn months(self) -> Option<u8> {
        (1..=120).find(|m| Self::ending(Length::Months(*m), self.last) == self)
    }

    /// As the house prints it inside a sentence: "31 March 2016", "the 12 months to 31 March 2016", "the 3 months to 30 June 2018",
    /// "1 May to 31 July 2018" for what is not whole months.
    #[must_use]
    pub fn prose(self) -> String {
        let last = long_date(self.last);
        match (self.first, self.months()) {
            (None, _) => last,
            (Some(_), Some(1)) => format!("the month to {last}"),
            (Some(_), Some(months)) => format!("the {months} months to {last}"),
            (Some(first), None) => format!("{} to {last}", long_date(first)),
        }
    }

    /// As a heading or a label: the same without the article, "As at" before an instant.
    #[must_use]
    pub fn heading(self) -> String {
        let prose = self.prose();
        match self.first {
            None => format!("As at {prose}"),
            Some(_) => prose.strip_prefix("the ").map_or(prose.clone(), |rest| {
                let mut letters = rest.chars();
                letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
            }),
        }
    }
}

/// The months, as English prose writes them.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "30 September 2018".
#[must_use]
pub fn long_date(day: Date) -> String {
    let month = usize::try_from(day.month()).map_or(0, |m| m - 1);
    format!("{} {} {}", day.day(), MONTHS[month], day.year())
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.first {
            None => write!(f, "{}", self.last),
            Some(first) => write!(f, "{first}/{}", self.last),
        }
    }
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || NotAPeriod(text.to_owned());
        let day = |text: &str| text.parse::<Date>().map_err(|_| bad());
        match text.split_once('/') {
            None => Ok(Self::as_at(day(text)?)),
            Some((first, last)) => Self::span(day(first)?, day(last)?).ok_or_else(bad),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_quarter_of_a_financial_year_has_its_own_days() {
        for (quarter, days) in [
            (1, "2018-04-01/2018-06-30"),
            (2, "2018-07-01/2018-09-30"),
            (3, "2018-10-01/2018-12-31"),
            (4, "2019-01-01/2019-03-31"),
        ] {
            assert_eq!(Period::financial_quarter(2018, quarter).unwrap().to_string(), days);
        }
        assert_eq!(Period::financial_quarter(2018, 5), None);
    }

    #[test]
    fn a_period_is_printed_as_the_house_prints_it() {
        let instant = Period::as_at(date(2016, 3, 31));
        assert_eq!(instant.prose(), "31 March 2016");
        assert_eq!(instant.heading(), "As at 31 March 2016");
        let year = Period::ending(Length::Months(12), date(2018, 9, 30));
        assert_eq!(year.to_string(), "2017-10-01/2018-09-30");
        assert_eq!(year.prose(), "the 12 months to 30 September 2018");
        assert_eq!(year.heading(), "12 months to 30 September 2018");
        let odd = Period::span(date(2018, 5, 2), date(2018, 7, 31)).unwrap();
        assert_eq!(odd.prose(), "2 May 2018 to 31 July 2018");
    }

    #[test]
    fn twelve_months_to_the_end_of_february_begin_on_1_march() {
        for (last, first) in [(date(2020, 2, 29), date(2019, 3, 1)), (date(2019, 2, 28), date(2018, 3, 1))] {
            assert_eq!(Period::ending(Length::Months(12), last).first(), Some(first));
        }
    }

    #[test]
    fn what_is_not_a_period_is_refused_with_examples() {
        for text in ["", "2018", "2018-02-30", "2018-09-30/2017-10-01", "Q1 2018"] {
            let error = text.parse::<Period>().unwrap_err().to_string();
            assert!(error.contains("2017-10-01/2018-09-30"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn a_period_reads_back_as_printed(year in 1990i16..2040, quarter in 1u8..=4, months in 1u8..=24) {
            let quarter = Period::financial_quarter(year, quarter).unwrap();
            prop_assert_eq!(quarter.months(), Some(3));
            prop_assert_eq!(quarter.to_string().parse::<Period>().unwrap(), quarter);
            let longer = Period::ending(Length::Months(months), quarter.last());
            prop_assert_eq!(longer.months(), Some(months));
        }
    }
}
