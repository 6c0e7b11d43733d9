//! The commands of `record/`, as `peelian act` takes them.

use super::{Evidence, PublishedComparison};
use crate::{JudgmentValue, NodeId, framework};
use jiff::civil::Date;
use reference::AreaId;
use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;

/// One thing to put on record.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// A publication that facts are taken from.
    TakePublication(Publication),
    /// Whether a question was inspected.
    TakeScope(ScopeLine),
    /// A judgment.
    TakeJudgment(Judgment),
    /// A finding.
    TakeFinding(Finding),
    /// Evidence, with the numbers that it vouches for.
    TakeEvidence(Evidence),
    /// A published figure with what it was compared with.
    TakeComparison(Box<PublishedComparison>),
    /// A work that is cited.
    TakeReference(Work),
    /// A quotation.
    TakeQuotation(Quotation),
    /// A note that was added to a published page.
    TakeAnnotation(Annotation),
    /// A departure from the original.
    TakeCorrection(Correction),
    /// A release that a figure is taken from.
    PinRelease(PinnedRelease),
}

/// Where a fact is taken from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Taken {
    /// The publication's id.
    pub publication: String,
    /// The page, where pages are numbered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The section, where they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The words that carry the fact; may be empty where a table or a badge does.
    #[serde(default)]
    pub quote: String,
}

impl Taken {
    /// "page 14", "section Force in numbers".
    #[must_use]
    pub fn place(&self) -> String {
        match (self.page, &self.section) {
            (Some(page), _) => format!("page {page}"),
            (None, Some(section)) => format!("section \u{201c}{section}\u{201d}"),
            (None, None) => String::new(),
        }
    }
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Publication {
    /// Unique in the record.
    pub id: String,
    /// Who published it.
    pub publisher: String,
    /// Its title.
    pub title: String,
    /// What kind of document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// A day, a month or a year, as far as it is known; may be empty.
    #[serde(default, deserialize_with = "words")]
    pub published: String,
    /// The forces it is about.
    #[serde(default)]
    pub forces: Vec<AreaId>,
    /// The pillar it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pillar: Option<NodeId>,
    /// Its own ISBN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub isbn: Option<String>,
    /// Where it is or was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Whether it is on record here for what it recalls of an inspection before its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recalls: bool,
    /// Anything a reader should know.
    #[serde(default)]
    pub note: String,
}

impl Publication {
    /// The year.
    #[must_use]
    pub fn year(&self) -> &str {
        self.published.get(..4).unwrap_or(&self.published)
    }
}

/// Whether a question was inspected.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ScopeLine {
    /// The question.
    pub node: NodeId,
    /// Whether.
    pub status: ScopeStatus,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// Where it is taken from.
    pub from: Taken,
}

/// Whether a question was inspected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScopeStatus {
    /// Inspected.
    Inspected,
    /// Its judgment carries over.
    CarriedOver,
    /// Its judgment carries over, and something was looked at all the same.
    LimitedReview,
    /// Not inspected.
    NotInspected,
}

impl ScopeStatus {
    /// As a sentence says it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Inspected => "inspected",
            Self::CarriedOver => "carried over",
            Self::LimitedReview => "carried over with a limited review",
            Self::NotInspected => "not inspected",
        }
    }
}

/// A judgment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Judgment {
    /// The force, where the file is about several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<AreaId>,
    /// The place.
    pub node: NodeId,
    /// What it says, where it was made in this cycle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<JudgmentValue>,
    /// The cycle that it was made in, where it carries over: `2016`, or `2017/efficiency.q2` where the question had another place.
    #[serde(default, deserialize_with = "maybe_words", skip_serializing_if = "Option::is_none")]
    pub carried_over: Option<String>,
    /// Anything a reader should know.
    #[serde(default)]
    pub note: String,
    /// Where it is taken from.
    pub from: Taken,
}

impl Judgment {
    /// The cycle and place that it carries over from.
    #[must_use]
    pub fn source(&self) -> Option<(&str, NodeId)> {
        let source = self.carried_over.as_deref()?;
        let (cycle, node) = source.split_once('/').unwrap_or((source, self.node.as_str()));
        Some((cycle, node.parse().unwrap_or_else(|_| self.node.clone())))
    }
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Finding {
    /// Unique in the inspection.
    pub id: String,
    /// What kind.
    pub kind: FindingKind,
    /// The question it belongs to.
    pub node: NodeId,
    /// A few words.
    #[serde(default)]
    pub title: String,
    /// What it asks or says.
    pub text: String,
    /// Its parts, each tracked by itself.
    #[serde(default)]
    pub sub_points: Vec<String>,
    /// Forces and bodies.
    #[serde(default)]
    pub addressees: Vec<String>,
    /// The cause of concern that a recommendation hangs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// By when, as published.
    #[serde(default, deserialize_with = "maybe_words", skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// How often again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recurring: Option<String>,
    /// Findings that it restates: cycle and id, `2014/vetting`.
    #[serde(default)]
    pub restates: Vec<String>,
    /// How it stands, where the sources say, or that they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands: Option<String>,
    /// Where it is printed: `overview`, `question`.
    #[serde(default)]
    pub printed_in: Vec<String>,
    /// Set when it is a finding of an earlier year that the publication only recalls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recalled: Option<Recalled>,
    /// Where it is taken from.
    pub from: Taken,
}

/// What kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// A cause of concern.
    CauseOfConcern,
    /// A recommendation.
    Recommendation,
    /// An area for improvement.
    AreaForImprovement,
    /// Promising practice.
    PromisingPractice,
    /// Innovative practice.
    InnovativePractice,
}

impl FindingKind {
    /// Every kind, in the order that reports print them.
    pub const ALL: [Self; 5] = [
        Self::CauseOfConcern,
        Self::Recommendation,
        Self::AreaForImprovement,
        Self::PromisingPractice,
        Self::InnovativePractice,
    ];

    /// As data writes one, and several.
    #[must_use]
    pub const fn ids(self) -> (&'static str, &'static str) {
        match self {
            Self::CauseOfConcern => ("cause-of-concern", "causes-of-concern"),
            Self::Recommendation => ("recommendation", "recommendations"),
            Self::AreaForImprovement => ("area-for-improvement", "areas-for-improvement"),
            Self::PromisingPractice => ("promising-practice", "promising-practices"),
            Self::InnovativePractice => ("innovative-practice", "innovative-practices"),
        }
    }

    /// As a heading says one, and several.
    #[must_use]
    pub const fn titles(self) -> (&'static str, &'static str) {
        match self {
            Self::CauseOfConcern => ("Cause of concern", "Causes of concern"),
            Self::Recommendation => ("Recommendation", "Recommendations"),
            Self::AreaForImprovement => ("Area for improvement", "Areas for improvement"),
            Self::PromisingPractice => ("Promising practice", "Promising practice"),
            Self::InnovativePractice => ("Innovative practice", "Innovative practice"),
        }
    }
}

/// A finding of an earlier year, and how it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recalled {
    /// The cycle.
    #[serde(deserialize_with = "words")]
    pub cycle: String,
    /// How it stands, as the publication says.
    pub stands: String,
}

/// A work that is cited.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Work {
    /// Unique in the inspection.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    #[serde(default)]
    pub publisher: String,
    /// When.
    #[serde(default, deserialize_with = "words")]
    pub published: String,
    /// The force that it is about, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<AreaId>,
    /// Where it is or was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Anything a reader should know.
    #[serde(default)]
    pub note: String,
    /// Where it is cited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Taken>,
}

/// A quotation.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Quotation {
    /// Unique in the inspection.
    pub id: String,
    /// Who said it, with office.
    pub speaker: String,
    /// The words.
    pub text: String,
    /// Whether the speaker approved them.
    #[serde(default, deserialize_with = "framework::yes_no_or", skip_serializing_if = "Option::is_none")]
    pub approved: Option<bool>,
    /// Where it is taken from.
    pub from: Taken,
}

/// A note that was added to a published page.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Annotation {
    /// Unique in the inspection.
    #[serde(default)]
    pub id: String,
    /// The kind of page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The place it stands at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeId>,
    /// When it was added, as far as it is known.
    #[serde(deserialize_with = "words")]
    pub date: String,
    /// What it says.
    pub text: String,
    /// Where it is taken from.
    pub from: Taken,
}

/// A departure from the original.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Correction {
    /// Unique in the inspection.
    #[serde(default)]
    pub id: String,
    /// The kind of document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The day, where it is known.
    #[serde(default, deserialize_with = "maybe_words", skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// What the original says.
    pub was: String,
    /// What ours says.
    pub now: String,
    /// Why.
    pub why: String,
    /// Where the original says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Taken>,
}

/// A release that a figure is taken from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PinnedRelease {
    /// The source.
    pub source: String,
    /// The series; `None` for all of the source's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// The last day of the period; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Date>,
    /// Why.
    #[serde(default)]
    pub why: String,
}

impl Command {
    /// Where it is taken from.
    #[must_use]
    pub fn from(&self) -> Option<&Taken> {
        match self {
            Self::TakePublication(_) | Self::PinRelease(_) => None,
            Self::TakeScope(c) => Some(&c.from),
            Self::TakeJudgment(c) => Some(&c.from),
            Self::TakeFinding(c) => Some(&c.from),
            Self::TakeEvidence(c) => Some(&c.from),
            Self::TakeComparison(c) => Some(&c.from),
            Self::TakeReference(c) => c.from.as_ref(),
            Self::TakeQuotation(c) => Some(&c.from),
            Self::TakeAnnotation(c) => Some(&c.from),
            Self::TakeCorrection(c) => c.from.as_ref(),
        }
    }

    pub(crate) fn force(&self) -> Option<&AreaId> {
        match self {
            Self::TakeJudgment(judgment) => judgment.force.as_ref(),
            _ => None,
        }
    }

    pub(super) fn node(&self) -> Option<&NodeId> {
        match self {
            Self::TakeScope(c) => Some(&c.node),
            Self::TakeJudgment(c) => Some(&c.node),
            Self::TakeFinding(c) => Some(&c.node),
            Self::TakeEvidence(c) => Some(&c.node),
            Self::TakeAnnotation(c) => c.node.as_ref(),
            _ => None,
        }
    }

    /// Whether its place may be one of an earlier framework.
    pub(super) fn of_earlier_cycle(&self) -> bool {
        matches!(self, Self::TakeFinding(f) if f.recalled.is_some())
    }
}

/// Text, also where YAML reads a number.
pub(super) fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Words;
    impl de::Visitor<'_> for Words {
        type Value = String;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("text")
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }
        fn visit_i64<E: de::Error>(self, number: i64) -> Result<String, E> {
            Ok(number.to_string())
        }
        fn visit_u64<E: de::Error>(self, number: u64) -> Result<String, E> {
            Ok(number.to_string())
        }
        fn visit_f64<E: de::Error>(self, number: f64) -> Result<String, E> {
            Ok(number.to_string())
        }
    }
    deserializer.deserialize_any(Words)
}

pub(super) fn maybe_words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    words(deserializer).map(Some)
}
