//! Grades and the other values that a judgment can have.

use std::{fmt, str::FromStr};

/// A grade, the worst first. Which of them a cycle has is its framework's; they are never compared across scales.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// `inadequate`.
    Inadequate,
    /// `requires-improvement`.
    RequiresImprovement,
    /// `adequate`: only in the scale of five.
    Adequate,
    /// `good`.
    Good,
    /// `outstanding`.
    Outstanding,
}

/// What a judgment says. Four of the values are no grade, and no two of them mean the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JudgmentValue {
    /// A grade.
    Graded(Grade),
    /// Inspected and, by design, not graded.
    Ungraded,
    /// Not inspected in this cycle.
    NotInspected,
    /// Inspected; the grade is not published yet.
    ToBeGraded,
    /// Inspected and left without a grade for an exceptional reason.
    NotGraded,
}

/// Text that is no grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAGrade(pub String);

impl fmt::Display for NotAGrade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not a grade: write `outstanding`, `good`, `adequate`, `requires-improvement`, `inadequate`, `ungraded`, `not-inspected`, `to-be-graded` or `not-graded`",
            self.0
        )
    }
}

impl std::error::Error for NotAGrade {}

impl Grade {
    /// Every grade, the best first.
    pub const ALL: [Self; 5] =
        [Self::Outstanding, Self::Good, Self::Adequate, Self::RequiresImprovement, Self::Inadequate];

    /// As data writes it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Outstanding => "outstanding",
            Self::Good => "good",
            Self::Adequate => "adequate",
            Self::RequiresImprovement => "requires-improvement",
            Self::Inadequate => "inadequate",
        }
    }

    /// As a sentence writes it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::RequiresImprovement => "requires improvement",
            other => other.id(),
        }
    }
}

impl JudgmentValue {
    /// As data writes it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Graded(grade) => grade.id(),
            Self::Ungraded => "ungraded",
            Self::NotInspected => "not-inspected",
            Self::ToBeGraded => "to-be-graded",
            Self::NotGraded => "not-graded",
        }
    }

    /// As a sentence writes it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Graded(grade) => grade.words(),
            Self::Ungraded => "ungraded",
            Self::NotInspected => "not inspected",
            Self::ToBeGraded => "to be graded",
            Self::NotGraded => "not graded",
        }
    }

    /// The grade, where it is one.
    #[must_use]
    pub const fn grade(self) -> Option<Grade> {
        match self {
            Self::Graded(grade) => Some(grade),
            _ => None,
        }
    }
}

impl FromStr for Grade {
    type Err = NotAGrade;

    fn from_str(text: &str) -> Result<Self, NotAGrade> {
        Self::ALL.into_iter().find(|g| g.id() == text).ok_or_else(|| NotAGrade(text.to_owned()))
    }
}

impl FromStr for JudgmentValue {
    type Err = NotAGrade;

    fn from_str(text: &str) -> Result<Self, NotAGrade> {
        let others = [Self::Ungraded, Self::NotInspected, Self::ToBeGraded, Self::NotGraded];
        match others.into_iter().find(|v| v.id() == text) {
            Some(value) => Ok(value),
            None => text.parse().map(Self::Graded),
        }
    }
}

impl serde::Serialize for Grade {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> serde::Deserialize<'de> for Grade {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl serde::Serialize for JudgmentValue {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> serde::Deserialize<'de> for JudgmentValue {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_reads_as_it_is_written() {
        let others =
            [JudgmentValue::Ungraded, JudgmentValue::NotInspected, JudgmentValue::ToBeGraded, JudgmentValue::NotGraded];
        for value in Grade::ALL.map(JudgmentValue::Graded).into_iter().chain(others) {
            assert_eq!(value.id().parse(), Ok(value));
            assert_eq!(value.words(), value.id().replace('-', " "));
        }
        assert!("Good".parse::<Grade>().is_err() && "ungraded".parse::<Grade>().is_err());
        assert!(Grade::Good > Grade::Adequate && Grade::Adequate > Grade::RequiresImprovement);
    }
}
