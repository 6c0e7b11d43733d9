//! The vault: words that are kept beside the log, so that they can be marked, limited in time and erased.
//!
//! On append, wherever the body of an event holds `{"text": "…words…", "marking": "official"}` (exactly these keys, and
//! `"retention"` where a rule limits how long), the words go into an [`Entry`], and the event keeps
//! `{"vault": "<id>", "digest": "<hex>", "marking": "official"}`. The digest is SHA-256 over 32 random bytes, the salt,
//! and the words in UTF-8. Without the salt nobody can try out what the words may have been, so when words and salt
//! are erased, the digest that stays in the chain tells nothing.
//!
//! An entry is erased by recording the event that [`erasure`] makes: the store removes words and salt in the same
//! transaction, and the row keeps when, by whom and under which rule.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::event::{NewEvent, Recorded, Unrecordable};
use crate::store::{Store, StoreError};

/// The type of the event that erases a text.
pub const TEXT_ERASED: &str = "text-erased";

/// Who may see a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Marking {
    /// OFFICIAL.
    Official,
    /// OFFICIAL-SENSITIVE.
    OfficialSensitive,
}

impl Marking {
    /// As in an event: `official` or `official-sensitive`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::OfficialSensitive => "official-sensitive",
        }
    }

    /// What [`Marking::as_str`] prints; `None` for anything else.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Official, Self::OfficialSensitive].into_iter().find(|marking| marking.as_str() == name)
    }
}

/// One text of the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// 32 random hexadecimal digits.
    pub id: String,
    /// The event that brought it in.
    pub seq: u64,
    /// When that was, in UTC.
    pub at: Timestamp,
    /// SHA-256 over salt and words, 64 hexadecimal digits; the same stands in the event.
    pub digest: String,
    /// Who may see it.
    pub marking: Marking,
    /// The rule that limits how long it is kept; `None`: no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<String>,
    /// The words, or why they are not there.
    pub text: Text,
}

/// The words of an entry, or why they are not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Text {
    /// They are there.
    Kept {
        /// 64 hexadecimal digits.
        salt: String,
        /// As they were given.
        words: String,
    },
    /// They were erased, and the salt with them.
    Erased(Erased),
    /// This store was filled from an export of events without their texts.
    Withheld,
}

/// How a text was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erased {
    /// When, in UTC.
    pub at: Timestamp,
    /// By whom, as an id.
    pub by: String,
    /// Under which rule.
    pub rule: String,
}

impl Entry {
    /// A new entry for the words that event `seq` brings in.
    fn new(seq: u64, at: Timestamp, marking: Marking, retention: Option<String>, words: String) -> Self {
        let (id, salt) = (hex(&random::<16>()), hex(&random::<32>()));
        let digest = digest(&salt, &words).expect("the salt was written as hexadecimal digits");
        Self { id, seq, at, digest, marking, retention, text: Text::Kept { salt, words } }
    }

    /// The words; `None` when they are erased or withheld.
    pub fn words(&self) -> Option<&str> {
        match &self.text {
            Text::Kept { words, .. } => Some(words),
            Text::Erased(_) | Text::Withheld => None,
        }
    }

    /// Whether the words give the digest; `None` when there are none to try.
    pub fn agrees(&self) -> Option<bool> {
        match &self.text {
            Text::Kept { salt, words } => Some(digest(salt, words).as_ref() == Some(&self.digest)),
            Text::Erased(_) | Text::Withheld => None,
        }
    }

    /// What the event holds in the place of the words.
    fn reference(&self) -> Value {
        json!({"digest": self.digest, "marking": self.marking.as_str(), "vault": self.id})
    }
}

/// SHA-256 over the salt's bytes and the words; `None` when the salt is not hexadecimal.
fn digest(salt: &str, words: &str) -> Option<String> {
    let bytes = unhex(salt)?;
    Some(hex(&Sha256::new().chain_update(bytes).chain_update(words).finalize()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect())
}

/// Bytes from the system's source of randomness.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).expect("a system that runs a database has a source of randomness");
    bytes
}

/// What the body of an event says of a text in the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    pub id: String,
    pub digest: String,
    pub marking: String,
}

impl Reference {
    /// Whether digest and marking are those of the entry.
    pub fn is_to(&self, entry: &Entry) -> bool {
        (&*self.id, &*self.digest, &*self.marking) == (&entry.id, &entry.digest, entry.marking.as_str())
    }
}

/// Every reference to the vault in a body, in order.
pub(crate) fn references(body: &Value) -> Vec<Reference> {
    let mut found = Vec::new();
    look(body, &mut found);
    found
}

fn look(value: &Value, found: &mut Vec<Reference>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| look(value, found)),
        Value::Object(fields) => match reference(fields) {
            Some(reference) => found.push(reference),
            None => fields.values().for_each(|value| look(value, found)),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn reference(fields: &Map<String, Value>) -> Option<Reference> {
    let text = |key: &str| fields.get(key)?.as_str().map(str::to_owned);
    let (id, digest, marking) = (text("vault")?, text("digest")?, text("marking")?);
    (fields.len() == 3).then_some(Reference { id, digest, marking })
}

/// Takes the words out of a body: puts references in their place, and adds the entries to `entries`.
pub(crate) fn lodge(body: &mut Value, seq: u64, at: Timestamp, entries: &mut Vec<Entry>) -> Result<(), Unrecordable> {
    match body {
        Value::Array(values) => values.iter_mut().try_for_each(|value| lodge(value, seq, at, entries)),
        Value::Object(fields) => match words(fields)? {
            Some((marking, retention, words)) => {
                let entry = Entry::new(seq, at, marking, retention, words);
                *body = entry.reference();
                entries.push(entry);
                Ok(())
            }
            None => fields.values_mut().try_for_each(|value| lodge(value, seq, at, entries)),
        },
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

type Lodged = (Marking, Option<String>, String);

/// The words of an object that has exactly the keys of a text; `None` for any other object.
fn words(fields: &Map<String, Value>) -> Result<Option<Lodged>, Unrecordable> {
    let (Some(Value::String(words)), Some(marking)) = (fields.get("text"), fields.get("marking")) else {
        return Ok(None);
    };
    let retention = match fields.get("retention") {
        None if fields.len() == 2 => None,
        Some(Value::String(rule)) if fields.len() == 3 && !rule.trim().is_empty() => Some(rule.clone()),
        Some(found) if fields.len() == 3 => return Err(Unrecordable::Retention { found: found.to_string() }),
        Some(_) | None => return Ok(None),
    };
    let marking = marking.as_str().and_then(Marking::named);
    let marking = marking.ok_or_else(|| Unrecordable::Marking { found: fields["marking"].to_string() })?;
    Ok(Some((marking, retention, words.clone())))
}

/// The event that erases a text under a rule. To be appended like any other: the words go in the same transaction.
pub fn erasure(id: &str, rule: &str) -> NewEvent {
    let body = json!({"entry": id, "rule": rule});
    NewEvent { stream: format!("vault/{id}"), kind: TEXT_ERASED.into(), body }
}

/// The entry and the rule of an event that erases; `None` of any other event.
pub(crate) fn erased(kind: &str, body: &Value) -> Option<Result<(String, String), Unrecordable>> {
    let text = |key: &str| body.get(key)?.as_str().map(str::to_owned).filter(|text| !text.trim().is_empty());
    let named = || text("entry").zip(text("rule")).ok_or(Unrecordable::Erasure);
    (kind == TEXT_ERASED).then(named)
}

/// What a recorded event erases: the entry, and what its row keeps; `None` of any other event.
pub(crate) fn erased_by(event: &Recorded) -> Option<(String, Erased)> {
    let (id, rule) = erased(&event.kind, &event.body)?.ok()?;
    Some((id, Erased { at: event.at, by: event.actor.clone(), rule }))
}

/// Why it is not known which texts are due for erasure.
#[derive(Debug, thiserror::Error)]
pub enum DueError {
    /// Entries name rules for which no number of days was given.
    #[error("no number of days is given for the retention rule(s) {}; add them to the rules", names.join(", "))]
    UnknownRules {
        /// Their names, sorted.
        names: Vec<String>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The entries that are due for erasure on `day`: a text that came in on day d (UTC) under a rule of n days is due from
/// d + n on. `rules` maps the name of each rule to its days. Erased and withheld texts are never due.
pub fn due(store: &dyn Store, rules: &BTreeMap<String, u32>, day: Date) -> Result<Vec<Entry>, DueError> {
    const STEP: u64 = 10_000;
    let last = store.head()?.map_or(0, |head| head.seq);
    let (mut found, mut unknown) = (Vec::new(), BTreeSet::new());
    let mut after = 0;
    while after < last {
        for entry in store.texts(after, after + STEP)? {
            let (Some(_), Some(rule)) = (entry.words(), &entry.retention) else { continue };
            match rules.get(rule) {
                None => drop(unknown.insert(rule.clone())),
                Some(days) if due_from(&entry, *days).is_some_and(|from| from <= day) => found.push(entry),
                Some(_) => {}
            }
        }
        after += STEP;
    }
    if unknown.is_empty() { Ok(found) } else { Err(DueError::UnknownRules { names: unknown.into_iter().collect() }) }
}

/// `None` when the day lies beyond the calendar.
fn due_from(entry: &Entry, days: u32) -> Option<Date> {
    entry.at.to_zoned(TimeZone::UTC).date().checked_add(i64::from(days).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_leave_the_body_wherever_they_stand_and_nothing_else_does() {
        let mut body = json!({
            "a": [{"text": "one", "marking": "official"}],
            "b": {"marking": "official-sensitive", "retention": "evidence", "text": "two"},
            "c": {"text": "no marking"}, "d": {"text": "x", "marking": "official", "note": "a fourth key"}, "e": {"text": 1, "marking": "official"},
        });
        let mut entries = Vec::new();
        lodge(&mut body, 7, Timestamp::UNIX_EPOCH, &mut entries).unwrap();
        let words: Vec<_> = entries.iter().filter_map(Entry::words).collect();
        assert_eq!(words, ["one", "two"]);
        assert_eq!(entries[1].marking, Marking::OfficialSensitive);
        assert_eq!(entries[1].retention.as_deref(), Some("evidence"));
        assert_eq!((&body["c"], &body["d"]["note"]), (&json!({"text": "no marking"}), &json!("a fourth key")));
        let found: Vec<_> = references(&body).into_iter().map(|found| (found.id, found.digest)).collect();
        let kept: Vec<_> = entries.iter().map(|entry| (entry.id.clone(), entry.digest.clone())).collect();
        assert_eq!(found, kept);
        assert!(entries.iter().all(|entry| entry.agrees() == Some(true) && entry.seq == 7));
        assert_ne!(entries[0].id, entries[1].id);
    }

    #[test]
    fn a_marking_or_a_retention_that_is_none_is_refused() {
        let lodged = |mut body: Value| lodge(&mut body, 1, Timestamp::UNIX_EPOCH, &mut vec![]);
        assert!(matches!(lodged(json!({"text": "x", "marking": "secret"})), Err(Unrecordable::Marking { .. })));
        let retention = json!({"text": "x", "marking": "official", "retention": 7});
        assert!(matches!(lodged(retention), Err(Unrecordable::Retention { .. })));
    }

    /// Computed with `(printf '\0%.0s' $(seq 32); printf words) | sha256sum`.
    #[test]
    fn a_digest_is_the_one_that_sha256sum_computes() {
        let salt = "00".repeat(32);
        let expected = "665cd3419ed560536e5afd567b089cc2f459c5e816d431ce765e3b294dc2a55c";
        assert_eq!(digest(&salt, "words").as_deref(), Some(expected));
        assert_eq!(unhex("0g"), None);
        assert_eq!(unhex("0"), None);
        assert_eq!(unhex("00ff"), Some(vec![0, 255]));
    }
}
