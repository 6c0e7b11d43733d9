//! The small words that details are made of.

use crate::programme::{Text, ThingId};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whether a cycle is real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CycleKind {
    /// Real forces.
    Real,
    /// An exercise: fiction.
    Training,
}

/// How something stands that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Met.
    Met,
    /// Partly met.
    Partly,
    /// Not met.
    Not,
}

/// By when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Due {
    /// By this day.
    On(Date),
    /// Within so many months of publication.
    Months(u8),
    /// At once: on the day of publication.
    Immediately,
    /// Again and again, so many months apart, first so long after publication.
    EveryMonths(u8),
}

/// Who closes a register entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Route {
    /// The inspectorate verifies.
    #[default]
    InspectorateVerifies,
    /// The chief officer signs.
    ChiefOfficerSigns,
}

/// What a comment on a draft is about. The two are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A fact.
    FactualError,
    /// A grade.
    GradeDispute,
}

/// What completion is verified by. Source: `domain.md` §3.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verification {
    /// A letter of the chief officer.
    ChiefOfficerLetter,
    /// A review of documents.
    DocumentReview,
    /// Data.
    Data,
    /// Files audited again.
    FileReAudit,
    /// A test on the ground.
    RealityTest,
    /// A revisit.
    Revisit,
}

/// Where a response has to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Recipient {
    /// The inspectors of constabulary.
    Inspectorate,
    /// The Secretary of State.
    HomeOffice,
}

/// A document or an input, by its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Edition {
    /// Its name.
    pub name: String,
    /// SHA-256, in lower-case hexadecimal.
    pub digest: String,
}

/// What a body says on one recommendation: the action, or why none. Exactly one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OnRecommendation {
    /// The recommendation.
    pub finding: ThingId,
    /// What is or will be done.
    #[serde(default)]
    pub action: Option<Text>,
    /// Why nothing is.
    #[serde(default)]
    pub why_none: Option<Text>,
}
