//! The chain: whether events are all there, in order and unchanged. Pure.
//!
//! The checks of one event run in this order, because it names the likeliest cause first: its place, its content, its
//! link to the event before, its place in its stream, and the head kept elsewhere.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::event::{BEFORE_THE_FIRST, Recorded};

/// Where a ledger ends: its last event and that event's hash. Lodged elsewhere, it shows later that nothing up to it
/// was cut off or rewritten.
///
/// Printed and parsed as one line of JSON: `{"seq":12,"hash":"9f…"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Of the last event.
    pub seq: u64,
    /// Of the last event.
    pub hash: String,
}

impl Head {
    /// Of a ledger that ends with this event.
    pub(crate) fn of(event: &Recorded) -> Self {
        Self { seq: event.seq, hash: event.hash.clone() }
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, r#"{{"seq":{},"hash":"{}"}}"#, self.seq, self.hash)
    }
}

/// A text that is no head.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the head of a ledger ({0}); give one like {{\"seq\":12,\"hash\":\"<64 hexadecimal digits>\"}}")]
pub struct NotAHead(String);

impl FromStr for Head {
    type Err = NotAHead;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let head: Self = serde_json::from_str(text).map_err(|error| NotAHead(error.to_string()))?;
        if head.seq == 0 {
            return Err(NotAHead("`seq` is 0, and events count from 1".into()));
        }
        if head.hash.len() != 64 || !head.hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(NotAHead("`hash` is not 64 lower-case hexadecimal digits".into()));
        }
        Ok(head)
    }
}

/// The first place where a ledger does not hold together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event {seq}: {fault}. Compare with an export or a backup made before")]
pub struct Break {
    /// The place, counted from 1: the event that should stand there.
    pub seq: u64,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong at a break.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Another event stands in this place: one was deleted, inserted or moved.
    #[error("event {found} stands in its place, so one was deleted, inserted or moved here")]
    Place {
        /// The number of the one that stands there.
        found: u64,
    },
    /// A field was changed after the event was recorded.
    #[error("its content was changed: it gives the hash {computed}, and carries {carried}")]
    Content {
        /// What its fields give.
        computed: String,
        /// What it says.
        carried: String,
    },
    /// It was recorded after another event than the one that stands before it now.
    #[error("the event before it was replaced: it follows the hash {follows}, and that event has {before}")]
    Link {
        /// What its `prev` says.
        follows: String,
        /// The hash of the event before.
        before: String,
    },
    /// Its place in its stream is not the next.
    #[error("it is version {found} of `{stream}`, where version {expected} comes next")]
    Version {
        /// The stream.
        stream: String,
        /// The next one.
        expected: u64,
        /// What it says.
        found: u64,
    },
    /// It is not the event that the head kept elsewhere names.
    #[error("the ledger was rewritten: it has the hash {found}, and the head kept elsewhere says {kept}")]
    Rewritten {
        /// What the ledger has.
        found: String,
        /// What the head says.
        kept: String,
    },
    /// It and what follows is missing.
    #[error("it is missing: the end was cut off, for the head kept elsewhere is event {head}")]
    CutOff {
        /// The last event that there was.
        head: u64,
    },
    /// A text that it leads to is not in the vault.
    #[error("its text {id} is missing from the vault")]
    TextMissing {
        /// The entry.
        id: String,
    },
    /// A text in the vault is not the one that it brought in.
    #[error("its text {id} was changed: words, salt, digest, marking or time are not those of the event")]
    TextChanged {
        /// The entry.
        id: String,
    },
    /// The vault holds a text for it that it does not lead to.
    #[error("the vault holds a text {id} for it that it did not bring in")]
    TextInserted {
        /// The entry.
        id: String,
    },
    /// A text is gone, and no event says that it was erased.
    #[error("its text {id} was erased, and no event says so")]
    TextErasedUnseen {
        /// The entry.
        id: String,
    },
    /// A text that was erased is in the vault again.
    #[error("it says that the text {id} was erased, and its words are there, or its row says otherwise")]
    TextNotErased {
        /// The entry.
        id: String,
    },
    /// What the store holds for it is no event.
    #[error("it cannot be read: {problem}")]
    Unreadable {
        /// Which field, and what is wrong with it.
        problem: String,
    },
}

/// Verifies one event after the other.
#[derive(Debug, Default)]
pub struct Verifier {
    last: Option<Head>,
    versions: HashMap<String, u64>,
    kept: Option<Head>,
}

impl Verifier {
    /// With the head kept elsewhere, when there is one.
    pub fn new(kept: Option<&Head>) -> Self {
        Self { kept: kept.cloned(), ..Self::default() }
    }

    /// The next event.
    pub fn take(&mut self, event: &Recorded) -> Result<(), Break> {
        let seq = self.next_seq();
        let broken = |fault| Err(Break { seq, fault });
        if event.seq != seq {
            return broken(Fault::Place { found: event.seq });
        }
        let computed = event.computed_hash();
        if computed != event.hash {
            return broken(Fault::Content { computed, carried: event.hash.clone() });
        }
        let before = self.last.as_ref().map_or(BEFORE_THE_FIRST, |head| &head.hash);
        if event.prev != before {
            return broken(Fault::Link { follows: event.prev.clone(), before: before.into() });
        }
        let version = self.versions.entry(event.stream.clone()).or_default();
        *version += 1;
        if event.version != *version {
            let (stream, found) = (event.stream.clone(), event.version);
            return broken(Fault::Version { stream, expected: *version, found });
        }
        if let Some(kept) = self.kept.as_ref().filter(|kept| kept.seq == seq && kept.hash != event.hash) {
            return broken(Fault::Rewritten { found: event.hash.clone(), kept: kept.hash.clone() });
        }
        self.last = Some(Head { seq, hash: event.hash.clone() });
        Ok(())
    }

    /// The end of the ledger, which is `None` when it is empty.
    pub fn finish(self) -> Result<Option<Head>, Break> {
        let seq = self.next_seq();
        match self.kept {
            Some(kept) if kept.seq >= seq => Err(Break { seq, fault: Fault::CutOff { head: kept.seq } }),
            Some(_) | None => Ok(self.last),
        }
    }

    pub(crate) fn next_seq(&self) -> u64 {
        self.last.as_ref().map_or(1, |head| head.seq + 1)
    }
}

/// The end of a whole ledger (`None` when it is empty), or the first break. Without a head kept elsewhere a cut end is
/// not found.
pub fn verify(events: impl IntoIterator<Item = Recorded>, kept: Option<&Head>) -> Result<Option<Head>, Break> {
    let mut verifier = Verifier::new(kept);
    events.into_iter().try_for_each(|event| verifier.take(&event))?;
    verifier.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_as_it_is_printed() {
        let head = Head { seq: 12, hash: "0f".repeat(32) };
        assert_eq!(head.to_string().parse(), Ok(head.clone()));
        assert_eq!(head.to_string(), serde_json::to_string(&head).unwrap());
        for wrong in ["", "{}", r#"{"seq":0,"hash":"00"}"#, r#"{"seq":1,"hash":"00"}"#, &format!("{head}x")] {
            assert!(wrong.parse::<Head>().is_err(), "{wrong}");
        }
    }
}
