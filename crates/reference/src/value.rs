//! A value, or the reason why there is none.
//!
//! Zero, suppressed, not available, not applicable and not yet supplied are five facts. The shorthand follows the symbols that
//! the Analysis Function recommends for tables: it is the status of a value and never typed into a number cell.

use rust_decimal::Decimal;
use std::{fmt, str::FromStr};

/// A number, exact as published, or absent for a stated reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// The number, at full precision. A true zero is `0`.
    Present(Decimal),
    /// There is none, and this is why.
    Absent(Absence),
}

/// Why there is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absence {
    /// `[x]`: it exists, and could not be had.
    NotAvailable,
    /// `[z]`: it has no meaning here.
    NotApplicable,
    /// `[c]`: suppressed to protect people; which kind of suppression is not said.
    Confidential,
    /// `[n]`: asked for, and not yet supplied. Ours: the published lists have no symbol for it.
    NotYetSupplied,
}

/// What a reader has to know about a number that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// `[b]`: a break in the series.
    Break,
    /// `[e]`: estimated.
    Estimated,
    /// `[f]`: forecast, a budget projection for instance; never mixed with actuals.
    Forecast,
    /// `[p]`: provisional.
    Provisional,
    /// `[r]`: revised since first published.
    Revised,
    /// `[u]`: of low reliability, from a small sample for instance.
    LowReliability,
}

impl Mark {
    /// Every mark, in the order in which a cell shows them.
    pub const ALL: [Self; 6] =
        [Self::Break, Self::Estimated, Self::Forecast, Self::Provisional, Self::Revised, Self::LowReliability];

    /// The letter inside the square brackets.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Break => 'b',
            Self::Estimated => 'e',
            Self::Forecast => 'f',
            Self::Provisional => 'p',
            Self::Revised => 'r',
            Self::LowReliability => 'u',
        }
    }

    /// The meaning, as a notes sheet prints it.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Break => "break in the series",
            Self::Estimated => "estimated",
            Self::Forecast => "forecast",
            Self::Provisional => "provisional",
            Self::Revised => "revised",
            Self::LowReliability => "low reliability",
        }
    }

    fn bit(self) -> u8 {
        1 << (self as u8)
    }
}

/// A set of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Marks(u8);

impl Marks {
    /// No mark.
    pub const NONE: Self = Self(0);

    /// These marks and one more.
    #[must_use]
    pub fn with(self, mark: Mark) -> Self {
        Self(self.0 | mark.bit())
    }

    /// What either has: a sum is estimated when one of its parts is.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the mark is set.
    #[must_use]
    pub fn has(self, mark: Mark) -> bool {
        self.0 & mark.bit() != 0
    }

    /// Whether none is set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The marks that are set, in the order of [`Mark::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Mark> {
        Mark::ALL.into_iter().filter(move |m| self.has(*m))
    }
}

impl fmt::Display for Marks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|mark| write!(f, "[{}]", mark.letter()))
    }
}

impl FromStr for Marks {
    type Err = NotAShorthand;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || NotAShorthand(text.to_owned());
        let mut marks = Self::NONE;
        let mut rest = text;
        while let Some(tail) = rest.strip_prefix('[') {
            let (letter, after) = tail.split_once(']').ok_or_else(bad)?;
            let mark = Mark::ALL.into_iter().find(|m| letter.chars().eq([m.letter()])).ok_or_else(bad)?;
            marks = marks.with(mark);
            rest = after;
        }
        if rest.is_empty() { Ok(marks) } else { Err(bad()) }
    }
}

impl Absence {
    /// Every absence.
    pub const ALL: [Self; 4] = [Self::NotAvailable, Self::NotApplicable, Self::Confidential, Self::NotYetSupplied];

    /// What a table shows: `[x]`, `[z]`, `[c]` or `[n]`.
    #[must_use]
    pub fn shorthand(self) -> &'static str {
        match self {
            Self::NotAvailable => "[x]",
            Self::NotApplicable => "[z]",
            Self::Confidential => "[c]",
            Self::NotYetSupplied => "[n]",
        }
    }

    /// The meaning, as a notes sheet prints it.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::NotAvailable => "not available",
            Self::NotApplicable => "not applicable",
            Self::Confidential => "confidential",
            Self::NotYetSupplied => "not yet supplied",
        }
    }
}

/// The text is not one of the shorthand symbols.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a shorthand symbol: use [x], [z], [c] or [n] for an absent value, [b], [e], [f], [p], [r] or [u] beside a number"
)]
pub struct NotAShorthand(pub String);

impl FromStr for Absence {
    type Err = NotAShorthand;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|a| a.shorthand() == text).ok_or_else(|| NotAShorthand(text.to_owned()))
    }
}

impl fmt::Display for Absence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shorthand())
    }
}

impl Value {
    /// The number, where there is one.
    #[must_use]
    pub fn number(self) -> Option<Decimal> {
        match self {
            Self::Present(number) => Some(number),
            Self::Absent(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn marks_read_back_as_printed(bits in 0u8..64) {
            let marks = Mark::ALL.into_iter().filter(|m| bits & m.bit() != 0).fold(Marks::NONE, Marks::with);
            prop_assert_eq!(marks.to_string().parse::<Marks>().unwrap(), marks);
        }
    }

    #[test]
    fn every_absence_reads_back_as_printed() {
        for absence in Absence::ALL {
            assert_eq!(absence.to_string().parse(), Ok(absence));
        }
    }

    #[test]
    fn an_unknown_symbol_names_the_known_ones() {
        assert!("[q]".parse::<Marks>().unwrap_err().to_string().contains("[p]"));
        assert!("[p".parse::<Marks>().is_err());
        assert!("p".parse::<Marks>().is_err());
    }
}
