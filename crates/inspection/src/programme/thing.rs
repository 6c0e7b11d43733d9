//! Things: everything that has a life in the programme, all of one shape.

use super::{Details, Kind, Marking, State, details::Shaped};
use jiff::Timestamp;
use reference::AreaId;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The id of a thing, unique in the programme: `2025-27/thornshire`, `judgment/thornshire-legitimacy-q2`.
///
/// 1 to 120 lower-case letters, digits, hyphens, dots and slashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ThingId(String);

/// Text that is no id of a thing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not an id: write 1 to 120 lower-case letters, digits, hyphens, dots and slashes, such as `2025-27/thornshire`"
)]
pub struct NotAThingId(pub String);

impl ThingId {
    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of what follows from it: `finding/vetting` and `thornshire` give `finding/vetting/thornshire`.
    ///
    /// # Errors
    /// When the two together are no id.
    pub fn join(&self, part: &str) -> Result<Self, NotAThingId> {
        format!("{self}/{part}").parse()
    }
}

impl FromStr for ThingId {
    type Err = NotAThingId;

    fn from_str(text: &str) -> Result<Self, NotAThingId> {
        let lawful = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'/');
        let fits = (1..=120).contains(&text.len()) && text.bytes().all(lawful) && !matches!(text, "public" | "keeper");
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAThingId(text.to_owned())) }
    }
}

impl TryFrom<String> for ThingId {
    type Error = NotAThingId;

    fn try_from(text: String) -> Result<Self, NotAThingId> {
        text.parse()
    }
}

impl From<ThingId> for String {
    fn from(id: ThingId) -> Self {
        id.0
    }
}

impl fmt::Display for ThingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What a thing belongs to; set when it is made, and afterwards only by what says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Belongs {
    /// The thing that it is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<ThingId>,
    /// The cycle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<ThingId>,
    /// The inspection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inspection: Option<ThingId>,
    /// The forces that it is about: own force or other is decided by them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forces: Vec<AreaId>,
    /// The bodies that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bodies: Vec<String>,
    /// The training exercise that it is part of: a cycle of kind `training`. Such a thing is fiction, and is never counted among real forces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exercise: Option<ThingId>,
    /// How it is to be handled.
    #[serde(default)]
    pub marking: Marking,
}

/// Something that was done to a thing, with everything that was said in doing so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Act {
    /// The action, as a command names it (`judgment/propose`).
    pub action: &'static str,
    /// Who, as the ledger names them.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Its place in the ledger.
    pub seq: u64,
    /// What was said.
    pub with: Details,
}

/// A thing. Its facts are what was said in its acts, so that nothing is kept twice and all of it has an author.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Thing {
    /// Unique in the programme.
    pub id: ThingId,
    /// How far it has come; also tells its kind.
    pub state: State,
    /// How many acts there have been.
    pub version: u64,
    /// What it belongs to.
    pub belongs: Belongs,
    /// What was done to it, in order; the first made it.
    pub acts: Vec<Act>,
}

impl Thing {
    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.state.kind()
    }

    /// What was said last in this shape, such as `latest::<details::Proposal>()`.
    #[must_use]
    pub fn latest<T: Shaped + 'static>(&self) -> Option<&T> {
        self.acts.iter().rev().find_map(|act| T::of(&act.with))
    }

    /// Everything that was said in this shape, with the act that said it, in order.
    pub fn said<T: Shaped + 'static>(&self) -> impl DoubleEndedIterator<Item = (&Act, &T)> {
        self.acts.iter().filter_map(|act| Some((act, T::of(&act.with)?)))
    }

    /// The last act of this action.
    #[must_use]
    pub fn last(&self, action: &str) -> Option<&Act> {
        self.acts.iter().rev().find(|act| act.action == action)
    }

    /// Whether ids below its own are kept for what follows from it.
    pub(super) const fn keeps_ids_below(&self) -> bool {
        matches!(self.kind(), Kind::Finding | Kind::Publication)
    }

    /// Whether it is fiction for training.
    #[must_use]
    pub const fn is_training(&self) -> bool {
        self.belongs.exercise.is_some()
    }
}
