//! The ledger: an append-only store of what an inspectorate decided, on SQLite or PostgreSQL.
//!
//! An inspectorate must be able to defend its decisions years later. So nothing here is overwritten: commands become
//! events, events are appended at the head, and each one carries the hash of the one before it.
//!
//! What it refuses: to know what an event means, to look at a clock (`at` is given), to let SQL or a type of a database
//! out, and to change or remove an event. It is the only crate that holds SQL.
//!
//! Before editing: appends are serialised by the database (`BEGIN IMMEDIATE`, an advisory lock), and the head is compared
//! inside that lock. Everything that makes the promise of no gap and no loss hangs on this order, in `write.rs`.
//!
//! A program opens a [`Session`] on a store and hands in its commands; texts in their events go into the vault
//! ([`Entry`]), so that they can be erased ([`erasure`]) without breaking the chain. `docs/ledger.md` has the tables.
//!
//! # What is detected, and what is not
//!
//! [`verify_store`] finds an event or a text of the vault that was edited, deleted, inserted or moved, and names the first
//! place. Words that were erased cannot be compared with their digest any more; it says how many. The chain alone cannot
//! show that its end was cut off, nor that somebody rewrote everything from one event to the end and computed all the
//! hashes anew: for both, a [`Head`] kept elsewhere ([`SignedHead`]) is needed, and shows it. What was rewritten after the
//! newest head kept elsewhere is not detected. Spaces and the order of keys in a stored body carry no meaning and are not
//! covered; nor are the ids of commands and the retention of a text.
//!
//! # Waiting
//!
//! All calls block; a runtime for the database's protocol lives inside. From an async handler call them within
//! `spawn_blocking`: in the handler itself they would panic.
//!
//! ```
//! use ledger::{Ledger, NewEvent, Store};
//! # let folder = tempfile::tempdir()?;
//! let ledger = Ledger::file(&folder.path().join("ledger.db"))?;
//! let event = NewEvent {
//!     stream: "finding/hertfordshire-2018-19-1".into(),
//!     kind: "finding-opened".into(),
//!     body: serde_json::json!({"node": "efficiency.q2"}),
//! };
//! let appended = ledger.append(None, &"018f-7b2c".parse()?, "account/7", "2026-11-22T10:00:00Z".parse()?, &[event])?;
//! assert_eq!(appended.events[0].seq, 1);
//! assert_eq!(ledger::verify_store(&ledger, None)?.head, ledger.head()?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod backup;
mod chain;
mod event;
mod follow;
mod lines;
mod memory;
mod session;
mod signed;
mod sql;
mod store;
mod upcast;
mod vault;
mod verify;
mod write;

pub use backup::{BackupError, Manifest, RestoreError, Restored, Until, backup, restore};
pub use chain::{Break, Fault, Head, NotAHead, Verifier, verify};
pub use event::{CommandId, NewEvent, NotACommandId, Recorded, Unrecordable};
pub use follow::{Fold, follow, replay};
pub use lines::{ExportError, ImportError, export, export_texts, import, import_with_texts};
pub use memory::Memory;
pub use session::{Session, SubmitError};
pub use signed::{KeptHead, NotAKey, NotKept, SignedHead, SigningKey};
pub use sql::Ledger;
pub use store::{AppendError, Appended, FillError, Store, StoreError, VerifyError};
pub use upcast::{NotSteps, Upcaster, Upcasters, kind, version};
pub use vault::{DueError, Entry, Erased, Marking, TEXT_ERASED, Text, due, erasure};
pub use verify::{Chain, Verified, verify_store};
pub use write::{Ending, Held};
