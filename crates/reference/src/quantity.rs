//! Quantities as a report prints them: "48 of 60", "more than 50", "£3.36m", "1 minute 38 seconds", "fourth lowest", "none".
//!
//! One reader and one printer for all of them. What is read is kept to the digit as it was written, so that it prints as it was read.

use crate::{display, group_thousands};
use rust_decimal::Decimal;
use std::{fmt, str::FromStr};

/// A quantity in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// How close the amount is to what was counted.
    pub qualifier: Qualifier,
    /// The amount.
    pub amount: Amount,
}

/// How close a printed amount is to what was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    /// As counted, or rounded to the digits shown.
    Exact,
    /// "more than", "over".
    MoreThan,
    /// "less than", "fewer than", "under".
    LessThan,
    /// "at least".
    AtLeast,
    /// "at most", "up to".
    AtMost,
    /// "almost", "nearly".
    Almost,
    /// "about", "around".
    About,
}

/// An amount with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// A count or a plain number: `1,323`, `41.5`.
    Count(Decimal),
    /// Percent: `4.7 percent`.
    Percent(Decimal),
    /// A difference of two percentages: `2 percentage points`.
    Points(Decimal),
    /// Some of a whole: `48 of 60`.
    Of {
        /// How many.
        count: Decimal,
        /// Of how many.
        whole: Decimal,
    },
    /// `one third`, `three quarters`.
    Fraction {
        /// Above the line.
        parts: u8,
        /// Below the line: 2 to 10.
        of: u8,
    },
    /// Pounds: `£10.73`, `£3.36m`; the number is as printed, before its magnitude.
    Pounds {
        /// The number as printed: `3.36`.
        number: Decimal,
        /// What it is multiplied by.
        magnitude: Magnitude,
    },
    /// A time: `1 minute 38 seconds`, `12 weeks`.
    Time(Vec<(u32, Unit)>),
    /// A place in an order: `fourth lowest`.
    Rank {
        /// 1 is the first.
        place: u8,
        /// From which end.
        end: End,
    },
    /// From one number to another: `0 to 920`.
    Range {
        /// The least.
        from: Decimal,
        /// The most.
        to: Decimal,
    },
    /// `none`, which is zero.
    None,
}

/// What a sum of money is multiplied by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Magnitude {
    /// Pounds.
    One,
    /// `m`.
    Million,
    /// `bn`.
    Billion,
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// From which end an order is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The smallest is first.
    Lowest,
    /// The largest is first.
    Highest,
}

/// Text that is no quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAQuantity(pub String);

impl fmt::Display for NotAQuantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a quantity: write one such as `1,323`, `4.7 percent`, `2 percentage points`, `48 of 60`, `more than 50`, `one third`, `£3.36m`, `1 minute 38 seconds`, `fourth lowest`, `0 to 920` or `none`",
            self.0
        )
    }
}

impl std::error::Error for NotAQuantity {}

const QUALIFIERS: [(&str, Qualifier); 13] = [
    ("more than", Qualifier::MoreThan),
    ("over", Qualifier::MoreThan),
    ("less than", Qualifier::LessThan),
    ("fewer than", Qualifier::LessThan),
    ("under", Qualifier::LessThan),
    ("at least", Qualifier::AtLeast),
    ("at most", Qualifier::AtMost),
    ("up to", Qualifier::AtMost),
    ("almost", Qualifier::Almost),
    ("nearly", Qualifier::Almost),
    ("about", Qualifier::About),
    ("around", Qualifier::About),
    ("some", Qualifier::About),
];

/// The words of small numbers, from none to twelve.
pub const NUMBER_WORDS: [&str; 13] =
    ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

const PARTS: [(&str, u8); 16] = [
    ("half", 2),
    ("halves", 2),
    ("third", 3),
    ("thirds", 3),
    ("quarter", 4),
    ("quarters", 4),
    ("fifth", 5),
    ("fifths", 5),
    ("sixth", 6),
    ("sixths", 6),
    ("eighth", 8),
    ("eighths", 8),
    ("ninth", 9),
    ("ninths", 9),
    ("tenth", 10),
    ("tenths", 10),
];

const UNITS: [(&str, Unit); 7] = [
    ("second", Unit::Second),
    ("minute", Unit::Minute),
    ("hour", Unit::Hour),
    ("day", Unit::Day),
    ("week", Unit::Week),
    ("month", Unit::Month),
    ("year", Unit::Year),
];

/// A whole number in words up to twelve, in digits beyond: "two", "13".
#[must_use]
pub fn in_words(number: usize) -> String {
    match NUMBER_WORDS.get(number) {
        Some(word) => (*word).to_owned(),
        None => group_thousands(&number.to_string()),
    }
}

/// "first", "tenth", "11th": in words up to ten, as the reports write them.
#[must_use]
pub fn ordinal(place: usize) -> String {
    match place.checked_sub(1).and_then(|p| ORDINALS.get(p)) {
        Some(word) if place <= 10 => (*word).to_owned(),
        _ => {
            let suffix = match (place % 10, place % 100) {
                (1, n) if n != 11 => "st",
                (2, n) if n != 12 => "nd",
                (3, n) if n != 13 => "rd",
                _ => "th",
            };
            format!("{place}{suffix}")
        }
    }
}

impl FromStr for Quantity {
    type Err = NotAQuantity;

    fn from_str(text: &str) -> Result<Self, NotAQuantity> {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let lower = words.to_lowercase();
        let (qualifier, rest) = QUALIFIERS
            .iter()
            .find_map(|(word, q)| lower.strip_prefix(word).and_then(|r| r.strip_prefix(' ')).map(|rest| (*q, rest)))
            .unwrap_or((Qualifier::Exact, &lower));
        amount(rest).map(|amount| Self { qualifier, amount }).ok_or_else(|| NotAQuantity(text.to_owned()))
    }
}

fn amount(text: &str) -> Option<Amount> {
    if text == "none" {
        return Some(Amount::None);
    }
    if let Some(rest) = text.strip_suffix(" percentage points").or_else(|| text.strip_suffix(" percentage point")) {
        return number(rest).map(Amount::Points);
    }
    if let Some(rest) = ["%", " percent", " per cent"].iter().find_map(|s| text.strip_suffix(s)) {
        return number(rest).map(Amount::Percent);
    }
    if let Some(rest) = text.strip_prefix('£') {
        return pounds(rest);
    }
    if let Some((count, whole)) = text.split_once(" of ") {
        return Some(Amount::Of { count: number(count)?, whole: number(whole)? });
    }
    if let Some((from, to)) = text.split_once(" to ") {
        let (from, to) = (number(from)?, number(to)?);
        return (from < to).then_some(Amount::Range { from, to });
    }
    if let Some((place, end)) = text.split_once(' ').and_then(|(place, end)| Some((place, end_of(end)?))) {
        let written = |at: usize| ORDINALS.get(at - 1) == Some(&place) || ordinal(at) == place;
        return (1..=u8::MAX).find(|at| written(usize::from(*at))).map(|place| Amount::Rank { place, end });
    }
    number(text).map(Amount::Count).or_else(|| fraction(text)).or_else(|| time(text))
}

fn end_of(word: &str) -> Option<End> {
    match word {
        "lowest" => Some(End::Lowest),
        "highest" => Some(End::Highest),
        _ => None,
    }
}

fn pounds(text: &str) -> Option<Amount> {
    let (digits, magnitude) = match (text.strip_suffix("bn"), text.strip_suffix('m')) {
        (Some(rest), _) => (rest, Magnitude::Billion),
        (None, Some(rest)) => (rest, Magnitude::Million),
        (None, None) => (text, Magnitude::One),
    };
    digits
        .starts_with(|c: char| c.is_ascii_digit())
        .then(|| number(digits))
        .flatten()
        .map(|number| Amount::Pounds { number, magnitude })
}

fn fraction(text: &str) -> Option<Amount> {
    let (parts, of) = text.split_once([' ', '-'])?;
    let of = PARTS.iter().find(|(word, _)| *word == of)?.1;
    let parts = if parts == "a" { 1 } else { NUMBER_WORDS.iter().position(|w| *w == parts)? };
    let parts = u8::try_from(parts).ok()?;
    (parts > 0 && parts < of).then_some(Amount::Fraction { parts, of })
}

fn time(text: &str) -> Option<Amount> {
    let words: Vec<&str> = text.split(' ').filter(|w| *w != "and").collect();
    let mut parts: Vec<(u32, Unit)> = Vec::new();
    let (pairs, rest) = words.as_chunks::<2>();
    for [number, unit] in pairs {
        let unit = UNITS.iter().find(|(word, _)| unit.strip_suffix('s').unwrap_or(unit) == *word)?.1;
        let small = || NUMBER_WORDS.iter().skip(1).position(|w| w == number).map(|p| p + 1);
        let number =
            self::number(number).and_then(|n| u32::try_from(n).ok()).or_else(|| u32::try_from(small()?).ok())?;
        // Larger units stand first and none twice.
        if parts.last().is_some_and(|(_, last)| unit as u8 >= *last as u8) {
            return None;
        }
        parts.push((number, unit));
    }
    (rest.is_empty() && !parts.is_empty()).then_some(Amount::Time(parts))
}

/// Digits with or without thousands parted by commas, or a word from one to twelve.
fn number(text: &str) -> Option<Decimal> {
    let digit = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    if text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(digit) && !text.ends_with(['.', ',']) {
        let whole = text.split('.').next()?;
        let mut groups = whole.split(',');
        let first = groups.next()?;
        let grouped = whole.contains(',');
        if grouped && (first.len() > 3 || groups.any(|g| g.len() != 3)) {
            return None;
        }
        return text.replace(',', "").parse().ok();
    }
    NUMBER_WORDS.iter().skip(1).position(|w| *w == text).map(|p| Decimal::from(p + 1))
}

impl Quantity {
    /// The number that it states, without its qualifier: percent as a number of percent, money in pounds, time in seconds where its
    /// length is fixed, a fraction as a percentage, a rank as its place. `None` for a range and for months and years.
    #[must_use]
    pub fn value(&self) -> Option<Decimal> {
        let hundred = Decimal::ONE_HUNDRED;
        match &self.amount {
            Amount::Count(n) | Amount::Percent(n) | Amount::Points(n) => Some(*n),
            Amount::Of { count, .. } => Some(*count),
            Amount::Fraction { parts, of } => Some(Decimal::from(*parts) * hundred / Decimal::from(*of)),
            Amount::Pounds { number, magnitude } => number.checked_mul(match magnitude {
                Magnitude::One => Decimal::ONE,
                Magnitude::Million => Decimal::from(1_000_000),
                Magnitude::Billion => Decimal::from(1_000_000_000),
            }),
            Amount::Time(parts) => parts.iter().try_fold(Decimal::ZERO, |sum, (number, unit)| {
                let seconds = match unit {
                    Unit::Second => 1,
                    Unit::Minute => 60,
                    Unit::Hour => 3_600,
                    Unit::Day => 86_400,
                    Unit::Week => 604_800,
                    Unit::Month | Unit::Year => return None,
                };
                Some(sum + Decimal::from(*number) * Decimal::from(seconds))
            }),
            Amount::Rank { place, .. } => Some(Decimal::from(*place)),
            Amount::Range { .. } => None,
            Amount::None => Some(Decimal::ZERO),
        }
    }

    /// As a table prints it: `40%` where prose has `40 percent`.
    #[must_use]
    pub fn short(&self) -> String {
        self.to_string().replace(" percentage points", " points").replace(" percent", "%")
    }
}

fn digits(number: Decimal) -> String {
    display(number, number.scale())
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(n) => f.write_str(&digits(*n)),
            Self::Percent(n) => write!(f, "{} percent", digits(*n)),
            Self::Points(n) => {
                write!(f, "{} percentage point{}", digits(*n), if *n == Decimal::ONE { "" } else { "s" })
            }
            Self::Of { count, whole } => write!(f, "{} of {}", digits(*count), digits(*whole)),
            Self::Fraction { parts, of } => {
                let word = |w: &str| w.ends_with('s') == (*parts > 1);
                let of = PARTS.iter().find(|(w, n)| n == of && word(w)).map_or("", |(w, _)| w);
                write!(f, "{} {of}", NUMBER_WORDS.get(usize::from(*parts)).unwrap_or(&""))
            }
            Self::Pounds { number, magnitude } => {
                let magnitude = match magnitude {
                    Magnitude::One => "",
                    Magnitude::Million => "m",
                    Magnitude::Billion => "bn",
                };
                write!(f, "£{}{magnitude}", digits(*number))
            }
            Self::Time(parts) => {
                for (place, (number, unit)) in parts.iter().enumerate() {
                    let name = UNITS.iter().find(|(_, u)| u == unit).map_or("", |(name, _)| name);
                    let (space, plural) = (if place > 0 { " " } else { "" }, if *number == 1 { "" } else { "s" });
                    write!(f, "{space}{} {name}{plural}", group_thousands(&number.to_string()))?;
                }
                Ok(())
            }
            Self::Rank { place, end } => {
                let end = if *end == End::Lowest { "lowest" } else { "highest" };
                write!(f, "{} {end}", ordinal(usize::from(*place)))
            }
            Self::Range { from, to } => write!(f, "{} to {}", digits(*from), digits(*to)),
            Self::None => f.write_str("none"),
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let qualifier = match self.qualifier {
            Qualifier::Exact => "",
            Qualifier::MoreThan => "more than ",
            Qualifier::LessThan => "less than ",
            Qualifier::AtLeast => "at least ",
            Qualifier::AtMost => "up to ",
            Qualifier::Almost => "almost ",
            Qualifier::About => "about ",
        };
        write!(f, "{qualifier}{}", self.amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_kind_that_the_reports_print_reads_and_prints() {
        let as_read = [
            "413",
            "1,323",
            "41.5",
            "40 percent",
            "4.7 percent",
            "2 percentage points",
            "48 of 60",
            "more than 50",
            "less than 3 percent",
            "almost 40 percent",
            "about 750",
            "more than one third",
            "one half",
            "£193",
            "£3.36m",
            "more than £1.2m",
            "£10.73",
            "1 minute 38 seconds",
            "24 hours",
            "12 weeks",
            "2 years",
            "fourth lowest",
            "more than 1,000 hours",
            "0 to 920",
            "none",
            "up to 6 months",
            "three quarters",
            "£1.5bn",
        ];
        for text in as_read {
            assert_eq!(text.parse::<Quantity>().unwrap().to_string(), text);
        }
        let others = [
            ("over one third", "more than one third"),
            ("40%", "40 percent"),
            ("Nine", "9"),
            ("two-thirds", "two thirds"),
            ("1 minute and 38 seconds", "1 minute 38 seconds"),
        ];
        for (text, printed) in others {
            assert_eq!(text.parse::<Quantity>().unwrap().to_string(), printed);
        }
        for text in [
            "",
            "lots",
            "4,7",
            "12,34,567",
            "60 to 48",
            "more than",
            "£",
            "zeroth lowest",
            "1 second 2 minutes",
            "four thirds",
            "1.",
        ] {
            assert!(text.parse::<Quantity>().is_err(), "{text}");
        }
    }

    #[test]
    fn values_are_in_the_unit_that_is_computed_with() {
        let value = |text: &str| text.parse::<Quantity>().unwrap().value().map(|v| v.normalize().to_string());
        assert_eq!(value("£3.36m").as_deref(), Some("3360000"));
        assert_eq!(value("1 minute 38 seconds").as_deref(), Some("98"));
        assert_eq!(value("one quarter").as_deref(), Some("25"));
        assert_eq!(value("none").as_deref(), Some("0"));
        assert_eq!(value("0 to 920"), None);
        assert_eq!("5.3 percent".parse::<Quantity>().unwrap().short(), "5.3%");
        let places = [0, 4, 10, 11, 12, 13, 21, 32, 43, 111, 112].map(ordinal);
        assert_eq!(
            places,
            ["0th", "fourth", "tenth", "11th", "12th", "13th", "21st", "32nd", "43rd", "111th", "112th"]
        );
        assert_eq!([in_words(0), in_words(12), in_words(1300)], ["none", "twelve", "1,300"]);
    }

    fn decimals() -> impl Strategy<Value = Decimal> {
        (0_i64..10_000_000, 0u32..3).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
    }

    fn any_amount() -> impl Strategy<Value = Amount> {
        let magnitudes = prop_oneof![Just(Magnitude::One), Just(Magnitude::Million), Just(Magnitude::Billion)];
        prop_oneof![
            decimals().prop_map(Amount::Count),
            decimals().prop_map(Amount::Percent),
            decimals().prop_map(Amount::Points),
            (decimals(), decimals()).prop_map(|(count, whole)| Amount::Of { count, whole }),
            (1u8..3, 3u8..5).prop_map(|(parts, of)| Amount::Fraction { parts, of }),
            (decimals(), magnitudes).prop_map(|(number, magnitude)| Amount::Pounds { number, magnitude }),
            (1u32..5000, 0u32..60).prop_map(|(a, b)| Amount::Time(vec![(a, Unit::Hour), (b, Unit::Minute)])),
            (1u8..=u8::MAX, any::<bool>())
                .prop_map(|(place, low)| Amount::Rank { place, end: if low { End::Lowest } else { End::Highest } }),
            (decimals(), 1i64..99).prop_map(|(from, more)| Amount::Range { from, to: from + Decimal::from(more) }),
            Just(Amount::None),
        ]
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(amount in any_amount(), place in 0usize..QUALIFIERS.len()) {
            let quantity = Quantity { qualifier: QUALIFIERS[place].1, amount };
            prop_assert_eq!(quantity.to_string().parse::<Quantity>().unwrap(), quantity);
        }
    }
}
