//! What every store does, and how it fails.

use std::error::Error;

use jiff::Timestamp;

use crate::chain::{Break, Head};
use crate::event::{CommandId, NewEvent, Recorded, Unrecordable};
use crate::vault::Entry;
use crate::verify::Chain;
use crate::write::{self, Ending, Held};

/// An append-only store of events. [`crate::Ledger`] keeps them, [`crate::Memory`] forgets them.
pub trait Store: Send + Sync {
    /// Where it ends; `None` when it is empty.
    fn head(&self) -> Result<Option<Head>, StoreError>;

    /// At most `limit` events after the one numbered `after`, in order; none when `after` is the last. `after` 0 begins
    /// at the first.
    ///
    /// Stops before a row that is no event; asked to begin with that row, it says [`StoreError::Unreadable`].
    fn read(&self, after: u64, limit: u32) -> Result<Vec<Recorded>, StoreError>;

    /// The text of the vault under this id; `None` when there is none.
    fn text(&self, id: &str) -> Result<Option<Entry>, StoreError>;

    /// The texts that the events after `after` up to and with `through` brought in, by event.
    fn texts(&self, after: u64, through: u64) -> Result<Vec<Entry>, StoreError>;

    /// The ids of the commands that recorded the events after `after` up to and with `through`, by event. An event that
    /// was imported without one is left out.
    fn commands(&self, after: u64, through: u64) -> Result<Vec<(u64, CommandId)>, StoreError>;

    /// Does some work while nobody else can write. For the ledger's own use: everything else appends or fills.
    ///
    /// What the work wrote is recorded when it says [`Ending::Commit`], and gone otherwise. After an error it is unknown
    /// whether it was recorded.
    fn hold(&self, work: &mut dyn FnMut(&mut dyn Held) -> Result<Ending, StoreError>) -> Result<(), StoreError>;

    /// Records the events of one command, all or none, if the store still ends at `expected` (`None`: it is empty).
    ///
    /// Texts in their bodies go into the vault, and a `text-erased` event erases one ([`crate::Entry`]).
    ///
    /// A command whose id was used before records nothing, whatever the head is, and returns what was recorded then.
    /// After any [`StoreError`] it is unknown whether the command was recorded: send it again under the same id. A
    /// command without events leaves no trace, so its id is not remembered.
    fn append(
        &self,
        expected: Option<u64>,
        command: &CommandId,
        actor: &str,
        at: Timestamp,
        events: &[NewEvent],
    ) -> Result<Appended, AppendError> {
        write::append(self, expected, command, actor, at, events)
    }

    /// Records a verified chain in an empty store, with the texts and ids of commands that it has, all or nothing.
    fn fill(&self, chain: &Chain) -> Result<(), FillError> {
        write::fill(self, chain)
    }
}

/// A command that is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// Its events, in order.
    pub events: Vec<Recorded>,
    /// Whether they were recorded now or before.
    pub first_time: bool,
}

/// Why a command was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Somebody else was first. Read what is new, fold it in and decide again.
    #[error("the ledger has moved on to {}; read what is new and decide again", place(head.as_ref()))]
    HeadMoved {
        /// Where it ends now.
        head: Option<Head>,
    },
    /// The store ends before what the caller has seen of it.
    #[error(
        "the ledger ends at {}, before event {expected}, which was already seen: it was restored from a backup or cut off. \
         Stop, verify it with a head kept elsewhere, and start again", place(head.as_ref())
    )]
    EndIsMissing {
        /// Where the caller believes it to end.
        expected: u64,
        /// Where it ends.
        head: Option<Head>,
    },
    /// An event cannot be recorded as it is.
    #[error(transparent)]
    Unrecordable(#[from] Unrecordable),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn place(head: Option<&Head>) -> String {
    head.map_or("its beginning".into(), |head| format!("event {}", head.seq))
}

/// Compares where the caller believes the store to end with where it ends.
pub(crate) fn compare(expected: Option<u64>, head: Option<&Head>) -> Result<(), AppendError> {
    let (seen, last) = (expected.unwrap_or(0), head.map_or(0, |head| head.seq));
    match seen.cmp(&last) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(AppendError::HeadMoved { head: head.cloned() }),
        std::cmp::Ordering::Greater => Err(AppendError::EndIsMissing { expected: seen, head: head.cloned() }),
    }
}

/// Why a store was not filled.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// It holds events.
    #[error("the store already holds {} event(s); import into an empty one", head.seq)]
    NotEmpty {
        /// Where it ends.
        head: Head,
    },
    /// It failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a store could not be verified, or that it is broken.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// It does not hold together.
    #[error(transparent)]
    Break(#[from] Break),
    /// It failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the database said, for those who know it.
type Cause = Box<dyn Error + Send + Sync>;

/// How a store fails. `place` is the file, or host, port and name of the database; never a password.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder of the file is not there.
    #[error("{place}: its folder does not exist; make it, or name another")]
    NoFolder {
        /// Where.
        place: String,
    },
    /// The address of a database is not one.
    #[error("the address of the database is malformed; write it like postgres://user@host:5432/peelian")]
    BadAddress {
        /// What is wrong with it.
        #[source]
        cause: Cause,
    },
    /// It can be read but not written.
    #[error("{place} cannot be written; give this account the right to write the file and its folder, or the tables")]
    ReadOnly {
        /// Where.
        place: String,
        /// What the database said.
        #[source]
        cause: Cause,
    },
    /// The disk is full. Nothing was half written.
    #[error("{place}: the disk is full, and nothing was recorded; make room and send the command again")]
    Full {
        /// Where.
        place: String,
        /// What the database said.
        #[source]
        cause: Cause,
    },
    /// Somebody else held the store for too long.
    #[error(
        "{place} was held by another process for more than ten seconds; send the command again, or end that process"
    )]
    Busy {
        /// Where.
        place: String,
        /// What the database said.
        #[source]
        cause: Cause,
    },
    /// The file or the server cannot be opened.
    #[error("{place} cannot be opened; check that it is there and that this account may use it")]
    Unopened {
        /// Where.
        place: String,
        /// What the database said.
        #[source]
        cause: Cause,
    },
    /// The file is no ledger, or is damaged.
    #[error("{place} is not a ledger, or is damaged; restore it from a backup, or name another file")]
    Damaged {
        /// Where.
        place: String,
        /// What the database said.
        #[source]
        cause: Cause,
    },
    /// A newer program has written it.
    #[error("{place} was made by a newer Peelian (step {found}, known here up to {known}); use that one")]
    Newer {
        /// Where.
        place: String,
        /// Its step.
        found: i64,
        /// The newest step known here.
        known: i64,
    },
    /// An event is no longer the one that this process has read before.
    #[error(
        "event {seq} is missing or is not what was read before: the ledger was restored from a backup, cut off or \
         rewritten. Verify it with a head kept elsewhere"
    )]
    Rewritten {
        /// Its number.
        seq: u64,
    },
    /// A row is no event: somebody changed it by hand.
    #[error("{place}, event {seq}: {problem}; run `peelian ledger verify`")]
    Unreadable {
        /// Where.
        place: String,
        /// What the row says, which may be wrong too.
        seq: i64,
        /// Which column, and what is wrong with it.
        problem: String,
    },
    /// Anything else.
    #[error("{place} failed; send the command again, and if that does not help, look into the cause")]
    Failed {
        /// Where.
        place: String,
        /// What the database said.
        #[source]
        cause: Cause,
    },
}
