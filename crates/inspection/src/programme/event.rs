//! Events: what came of a command.

use super::{Belongs, Details, ThingId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What happened, ready for the ledger: its `stream`, `type` and `body` in the same form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// What it happened to, such as `inspection/2025-27/thornshire`.
    pub stream: String,
    /// What happened, such as `judgment-proposed`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `thing`, `state` after it, `with` (the details) and, for a new thing, `belongs`. No number but whole ones.
    pub body: Value,
}

/// An event as the ledger gives it back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recorded<'a> {
    /// Its place in the ledger, from 1.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who: [`super::Actor`] as text.
    pub actor: &'a str,
    /// What happened.
    pub kind: &'a str,
    /// The facts of it.
    pub body: &'a Value,
}

/// The body of every event but `taken-from-publication`.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    pub thing: &'a ThingId,
    pub state: &'a str,
    pub with: &'a Details,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub belongs: Option<&'a Belongs>,
}

/// The same, read back. What is not known is passed over: later programs may say more.
#[derive(Deserialize)]
pub(super) struct ReadBody {
    pub thing: ThingId,
    pub state: String,
    #[serde(default)]
    pub with: Value,
    #[serde(default)]
    pub belongs: Option<Belongs>,
}

/// A recorded event that could not be folded in as it stands. It is remembered, never fatal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The event's place in the ledger.
    pub seq: u64,
    /// Its type.
    pub kind: String,
    /// What is wrong.
    pub found: String,
}
