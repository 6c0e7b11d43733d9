//! Evidence with the numbers that it vouches for, and figures as they were published.

use super::{
    Refusal, Taken,
    command::{maybe_words, words},
};
use crate::{NodeId, framework};
use jiff::civil::Date;
use reference::{AreaId, quantity::Quantity};
use serde::{Deserialize, Deserializer, de};
use std::collections::BTreeMap;

/// Evidence.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Evidence {
    /// Unique in the inspection.
    pub id: String,
    /// The question it bears on.
    pub node: NodeId,
    /// What kind.
    pub kind: EvidenceKind,
    /// Who says so.
    pub asserted_by: Asserted,
    /// What it says.
    pub says: String,
    /// The numbers that it vouches for, by name.
    #[serde(default)]
    pub numbers: BTreeMap<String, Number>,
    /// Numbers that are parts of another.
    #[serde(default)]
    pub parts: Vec<Parts>,
    /// Other forces that it involves.
    #[serde(default)]
    pub involves: Vec<AreaId>,
    /// Anything a reader should know.
    #[serde(default)]
    pub note: String,
    /// Where it is taken from.
    pub from: Taken,
}

/// What kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// A survey.
    Survey,
    /// Data.
    Data,
    /// A document.
    Document,
    /// An interview.
    Interview,
    /// Something seen.
    Observation,
    /// A review of case files or records.
    FileReview,
    /// A test on the ground.
    RealityTest,
    /// Another inspection.
    Inspection,
    /// An audit.
    Audit,
}

/// Who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asserted {
    /// The force.
    Force,
    /// The inspectors.
    Inspectors,
    /// Somebody else, by name.
    Other(String),
}

impl<'de> Deserialize<'de> for Asserted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(match text.as_str() {
            "force" => Self::Force,
            "inspectors" => Self::Inspectors,
            "survey-contractor" => Self::Other("the survey contractor".into()),
            other => Self::Other(other.strip_prefix("other:").unwrap_or(other).trim().to_owned()),
        })
    }
}

/// A number that evidence vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The number.
    pub quantity: Quantity,
    /// What a bare count counts: `people`, `full-time-equivalents`, `cases` …
    pub counts: Option<String>,
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Whole(i64),
            Part(f64),
            Text(String),
            Full {
                value: Box<Written>,
                #[serde(default)]
                counts: Option<String>,
            },
        }
        fn text<E: de::Error>(written: Written) -> Result<(String, Option<String>), E> {
            Ok(match written {
                Written::Whole(n) => (n.to_string(), None),
                Written::Part(n) => (n.to_string(), None),
                Written::Text(t) => (t, None),
                Written::Full { value, counts } => (text(*value)?.0, counts),
            })
        }
        let (text, counts) = text(Written::deserialize(deserializer)?)?;
        Ok(Self { quantity: text.parse().map_err(de::Error::custom)?, counts })
    }
}

/// Numbers that are parts of another.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Parts {
    /// The whole, by name.
    pub total: String,
    /// Its parts, by name.
    pub of: Vec<String>,
}

impl Evidence {
    pub(super) fn check(&self) -> Result<(), Refusal> {
        for parts in &self.parts {
            for name in parts.of.iter().chain([&parts.total]) {
                if !self.numbers.contains_key(name) {
                    return super::refuse(
                        format!("`{}` has no number `{name}`", self.id),
                        "name numbers of the same evidence under `parts:`",
                    );
                }
            }
        }
        Ok(())
    }
}

/// A published figure of a measure, with what it was compared with.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PublishedComparison {
    /// The measure.
    pub measure: String,
    /// The last day of its period.
    pub period: Date,
    /// The force's figure as printed, without prefix and suffix; empty where the publication draws it and prints no number.
    #[serde(default, deserialize_with = "words")]
    pub value: String,
    /// What it was compared with.
    #[serde(default)]
    pub comparator: Option<Comparator>,
    /// The comparator's figure as printed.
    #[serde(default, deserialize_with = "maybe_words")]
    pub comparator_value: Option<String>,
    /// What was said of it.
    #[serde(default)]
    pub verdict: PublishedVerdict,
    /// Why there is no comparison.
    #[serde(default)]
    pub reason: String,
    /// The force's own figure of an earlier period.
    #[serde(default)]
    pub before: Option<Before>,
    /// Anything a reader should know.
    #[serde(default)]
    pub note: String,
    /// Where it is taken from.
    pub from: Taken,
}

/// What a figure is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparator {
    /// England and Wales.
    EnglandAndWales,
    /// The most similar group.
    MostSimilar,
    /// The people who live in the area.
    LocalPopulation,
}

/// What a publication said of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublishedVerdict {
    /// Higher.
    Higher,
    /// Lower.
    Lower,
    /// Broadly in line.
    BroadlyInLine,
    /// No comparison was possible.
    NoComparison,
    /// Nothing was said.
    #[default]
    NoneStated,
}

/// A force's own figure of an earlier period.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Before {
    /// The last day of its period.
    pub period: Date,
    /// As printed.
    #[serde(deserialize_with = "words")]
    pub value: String,
    /// Whether the difference is statistically significant; `None` when nothing was said.
    #[serde(default, deserialize_with = "framework::yes_no_or")]
    pub significant: Option<bool>,
}

impl PublishedComparison {
    pub(super) fn check(&self) -> Result<(), Refusal> {
        if self.value.is_empty() && self.note.is_empty() {
            return super::refuse(
                format!("the comparison of `{}` has no value", self.measure),
                "write the printed figure under `value:`, or under `note:` why the publication prints none",
            );
        }
        let own = Some(&self.value).filter(|value| !value.is_empty());
        let numbers = [own, self.comparator_value.as_ref(), self.before.as_ref().map(|b| &b.value)];
        for text in numbers.into_iter().flatten() {
            let read = text.parse::<Quantity>().ok().and_then(|q| q.value());
            if read.is_none() {
                return super::refuse(
                    format!("`{text}` is not a number"),
                    "write the printed figure alone, such as \"94.9\"",
                );
            }
        }
        if self.comparator.is_some() != self.comparator_value.is_some() {
            return super::refuse(
                format!("the comparison of `{}` is half there", self.measure),
                "give both `comparator:` and `comparator-value:`",
            );
        }
        Ok(())
    }
}
