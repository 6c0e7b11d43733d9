//! Events: what is given to the store, and what it makes of it.
//!
//! # The hash, for anybody who wants to compute it again
//!
//! Take the event as [`crate::export`] prints it, leave out `hash`, sort the keys of every object by code point, write it
//! without spaces and with no escapes but those that JSON demands, in UTF-8, and take SHA-256 in lower-case hexadecimal.
//! `prev` of the first event is 64 zeros. In Python:
//!
//! ```python
//! event = json.loads(line); claimed = event.pop("hash")
//! text = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
//! assert hashlib.sha256(text.encode()).hexdigest() == claimed
//! ```
//!
//! So that every language reads the same, a body holds no number but integers between −(2⁵³−1) and 2⁵³−1; other
//! quantities are written as strings.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::chain::Head;

/// `prev` of the first event.
pub(crate) const BEFORE_THE_FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// An event before it is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewEvent {
    /// What it happened to, such as `inspection/2018-19/hertfordshire`.
    pub stream: String,
    /// What happened, such as `judgment-published`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The facts of it. No number but integers between −(2⁵³−1) and 2⁵³−1; nested no deeper than 64.
    pub body: Value,
}

/// An event as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// Its place in the ledger, from 1 without gaps.
    pub seq: u64,
    /// What it happened to.
    pub stream: String,
    /// Its place in the stream, from 1 without gaps.
    pub version: u64,
    /// When, in UTC.
    pub at: Timestamp,
    /// Who, as an id.
    pub actor: String,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: String,
    /// The facts of it, keys sorted.
    pub body: Value,
    /// The hash of the event before; 64 zeros for the first.
    pub prev: String,
    /// SHA-256 of all the above, as `event.rs` describes; 64 lower-case hexadecimal digits.
    pub hash: String,
}

impl Recorded {
    /// The hash that its other fields give: equal to `hash` unless somebody changed one of them.
    pub fn computed_hash(&self) -> String {
        let mut value = serde_json::to_value(self).expect("every field has a form in JSON");
        value.as_object_mut().expect("a struct is an object").remove("hash");
        value.sort_all_objects();
        Sha256::digest(value.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether the store would have recorded it so.
    pub(crate) fn checked(&self) -> Result<(), Unrecordable> {
        words("actor", &self.actor)?;
        words("stream", &self.stream)?;
        words("type", &self.kind)?;
        plain(&self.body, 0)
    }
}

/// What was given to be recorded, as it is kept.
impl From<Recorded> for NewEvent {
    fn from(event: Recorded) -> Self {
        Self { stream: event.stream, kind: event.kind, body: event.body }
    }
}

/// Events chained after `head`; `versions` holds how far each stream has come, and is brought forward.
pub(crate) fn seal(
    head: Option<Head>,
    versions: &mut HashMap<String, u64>,
    actor: &str,
    at: Timestamp,
    events: Vec<NewEvent>,
) -> Vec<Recorded> {
    let (mut seq, mut prev) = head.map_or((0, BEFORE_THE_FIRST.into()), |head| (head.seq, head.hash));
    let mut sealed = Vec::with_capacity(events.len());
    for event in events {
        let version = versions.entry(event.stream.clone()).or_default();
        *version += 1;
        seq += 1;
        let mut body = event.body;
        body.sort_all_objects();
        let mut recorded = Recorded {
            seq,
            stream: event.stream,
            version: *version,
            at,
            actor: actor.into(),
            kind: event.kind,
            body,
            prev,
            hash: String::new(),
        };
        recorded.hash = recorded.computed_hash();
        prev = recorded.hash.clone();
        sealed.push(recorded);
    }
    sealed
}

/// Why an event cannot be recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unrecordable {
    /// A text that names something is empty.
    #[error("the {field} of the event is empty; name it")]
    Empty {
        /// Which.
        field: &'static str,
    },
    /// A text that names something holds a control character.
    #[error("the {field} of the event, {found:?}, holds a control character; leave it out")]
    ControlCharacter {
        /// Which.
        field: &'static str,
        /// What it is.
        found: String,
    },
    /// A number that not every language reads the same.
    #[error("the body holds the number {found}; write it as a string, or as an integer within ±9007199254740991")]
    Number {
        /// As written.
        found: String,
    },
    /// Lists or objects within one another beyond 64 levels.
    #[error("the body is nested more than 64 levels deep; flatten it")]
    Depth,
    /// A text has a marking that there is not.
    #[error("a text is marked {found}; mark it \"official\" or \"official-sensitive\"")]
    Marking {
        /// As written, in JSON.
        found: String,
    },
    /// The rule of a text's retention is not a name.
    #[error("the retention of a text is {found}; name a rule, or leave it out")]
    Retention {
        /// As written, in JSON.
        found: String,
    },
    /// The event leads to a text that is not in the vault, or with another digest or marking.
    #[error("there is no text {id} in the vault, with this digest and marking; look up the event that brought it in")]
    NoSuchText {
        /// As the event says.
        id: String,
    },
    /// The text was erased before.
    #[error("the text {id} is already erased; nothing more is to be done")]
    AlreadyErased {
        /// Its entry.
        id: String,
    },
    /// An event that erases does not say what, or under which rule.
    #[error("a `text-erased` event names the `entry` it erases and the `rule` it does so under; give both")]
    Erasure,
}

/// `events` by `actor`, checked.
pub(crate) fn recordable(actor: &str, events: &[NewEvent]) -> Result<(), Unrecordable> {
    words("actor", actor)?;
    events.iter().try_for_each(|event| {
        words("stream", &event.stream)?;
        words("type", &event.kind)?;
        plain(&event.body, 0)
    })
}

fn words(field: &'static str, text: &str) -> Result<(), Unrecordable> {
    if text.trim().is_empty() {
        Err(Unrecordable::Empty { field })
    } else if text.chars().any(char::is_control) {
        Err(Unrecordable::ControlCharacter { field, found: text.into() })
    } else {
        Ok(())
    }
}

fn plain(value: &Value, depth: u32) -> Result<(), Unrecordable> {
    const SAFE: i64 = (1 << 53) - 1;
    if depth > 64 {
        return Err(Unrecordable::Depth);
    }
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
        Value::Number(number) => match number.as_i64() {
            Some(integer) if (-SAFE..=SAFE).contains(&integer) => Ok(()),
            Some(_) | None => Err(Unrecordable::Number { found: number.to_string() }),
        },
        Value::Array(values) => values.iter().try_for_each(|value| plain(value, depth + 1)),
        Value::Object(fields) => fields.values().try_for_each(|value| plain(value, depth + 1)),
    }
}

/// The id that a client made for a command, such as a UUID: 1 to 64 letters, digits and hyphens of ASCII.
///
/// A command that is sent again under its id is not carried out again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CommandId(String);

impl CommandId {
    /// As given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no id of a command.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not the id of a command; send a UUID: 1 to 64 letters, digits and hyphens")]
pub struct NotACommandId(pub String);

impl TryFrom<String> for CommandId {
    type Error = NotACommandId;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let lawful = (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if lawful { Ok(Self(text)) } else { Err(NotACommandId(text)) }
    }
}

impl FromStr for CommandId {
    type Err = NotACommandId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.to_owned())
    }
}

impl From<CommandId> for String {
    fn from(id: CommandId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Computed with Python's `json` and `hashlib`, as the module describes.
    #[test]
    fn a_hash_is_the_one_that_python_computes() {
        let event = NewEvent {
            stream: "finding/1".into(),
            kind: "finding-opened".into(),
            body: json!({"z": [1, -2, null, true], "a": {"é": "x\u{7f}\u{1}\"\\/\n\t", "B": "🚔"}, "\u{ffff}": 1, "🚔": 2}),
        };
        let at = "2026-11-22T10:32:10.25Z".parse().unwrap();
        let sealed = seal(None, &mut HashMap::new(), "account/7", at, vec![event]);
        assert_eq!(sealed[0].hash, "b55200155776f3ea1b1067fe5355bd75fcb9c927f1830546fe2eb37cbe1ce4e5");
    }

    #[test]
    fn a_number_that_languages_read_differently_is_refused() {
        let check = |body: Value| recordable("a", &[NewEvent { stream: "s".into(), kind: "k".into(), body }]);
        assert!(check(json!([9_007_199_254_740_991_i64, -9_007_199_254_740_991_i64])).is_ok());
        assert_eq!(check(json!({"rate": 1.5})), Err(Unrecordable::Number { found: "1.5".into() }));
        assert!(check(json!(9_007_199_254_740_992_i64)).is_err());
        assert!(check(json!(u64::MAX)).is_err());
    }

    #[test]
    fn names_are_neither_empty_nor_hold_control_characters() {
        let check =
            |stream: &str| recordable("a", &[NewEvent { stream: stream.into(), kind: "k".into(), body: Value::Null }]);
        assert_eq!(check(" "), Err(Unrecordable::Empty { field: "stream" }));
        assert!(matches!(check("a\0b"), Err(Unrecordable::ControlCharacter { field: "stream", .. })));
        assert!(recordable("", &[]).is_err());
    }

    #[test]
    fn a_body_nested_too_deep_to_be_read_again_is_refused() {
        let nested = (0..65).fold(Value::Null, |inner, _| json!([inner]));
        let event = NewEvent { stream: "s".into(), kind: "k".into(), body: nested };
        assert_eq!(recordable("a", &[event]), Err(Unrecordable::Depth));
    }

    #[test]
    fn ids_of_commands_are_like_uuids() {
        assert!("018f7b2c-0000-7000-8000-000000000000".parse::<CommandId>().is_ok());
        for wrong in ["", "a b", "é", &"a".repeat(65)] {
            assert!(wrong.parse::<CommandId>().is_err(), "{wrong}");
        }
    }
}
