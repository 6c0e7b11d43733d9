//! A whole ledger as JSON Lines, out and in: how it moves from one store to another, and how others read it. The texts
//! of the vault are lines of their own, so that events can be handed on without them.

use std::io::{self, BufRead, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::chain::{Break, Head};
use crate::event::{Recorded, Unrecordable};
use crate::store::{FillError, Store, StoreError};
use crate::vault::Entry;
use crate::verify::Chain;

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be written.
    #[error("the export could not be written; make room or name another place")]
    Write(#[source] io::Error),
}

/// Why an import was refused. The store is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The input could not be read.
    #[error("line {line} could not be read; check the file")]
    Read {
        /// From 1.
        line: u64,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// A line is no event.
    #[error("line {line} is not an event as `peelian ledger export` writes it ({problem}); export again")]
    NotAnEvent {
        /// From 1.
        line: u64,
        /// What is wrong with it.
        problem: String,
    },
    /// A line is no text of a vault.
    #[error("line {line} is not a text as an export of texts writes it ({problem}); export again")]
    NotAText {
        /// From 1.
        line: u64,
        /// What is wrong with it.
        problem: String,
    },
    /// A line is no id of a command.
    #[error("line {line} is not an event's number and the id of its command ({problem}); take another backup")]
    NotACommand {
        /// From 1.
        line: u64,
        /// What is wrong with it.
        problem: String,
    },
    /// A line is an event that no ledger can have recorded.
    #[error("line {line}: {problem}")]
    Unrecordable {
        /// From 1.
        line: u64,
        /// Why.
        problem: Unrecordable,
    },
    /// The chain does not verify.
    #[error(transparent)]
    Break(#[from] Break),
    /// The store refused it or failed.
    #[error(transparent)]
    Fill(#[from] FillError),
}

/// Writes every event as one line of JSON, in order, and returns the head it came to. Does not verify, and leaves out the
/// texts of the vault.
pub fn export(store: &dyn Store, out: &mut impl Write) -> Result<Option<Head>, ExportError> {
    let mut head: Option<Head> = None;
    loop {
        let page = store.read(head.as_ref().map_or(0, |head| head.seq), 1000)?;
        let Some(last) = page.last() else {
            out.flush().map_err(ExportError::Write)?;
            return Ok(head);
        };
        head = Some(Head::of(last));
        write_lines(&page, out)?;
    }
}

/// Writes every text that the events up to and with `through` brought in as one line of JSON, by event, and returns how
/// many there are. Erased ones too, as what is left of them.
pub fn export_texts(store: &dyn Store, through: u64, out: &mut impl Write) -> Result<u64, ExportError> {
    const STEP: u64 = 1000;
    let (mut after, mut count) = (0, 0);
    while after < through {
        let until = through.min(after + STEP);
        let page = store.texts(after, until)?;
        write_lines(&page, out)?;
        count += page.iter().fold(0, |count, _| count + 1);
        after = until;
    }
    out.flush().map_err(ExportError::Write)?;
    Ok(count)
}

pub(crate) fn write_lines<T: Serialize>(page: &[T], out: &mut impl Write) -> Result<(), ExportError> {
    page.iter().try_for_each(|value| {
        let line = serde_json::to_string(value).expect("every field has a form in JSON");
        writeln!(out, "{line}").map_err(ExportError::Write)
    })
}

/// Fills an empty store with what [`export`] wrote, if the chain verifies, and returns its head. All or nothing. Texts
/// that events lead to are [`crate::Text::Withheld`].
///
/// Ids of commands are not in an export: a command that was sent before the move can be recorded again after it.
pub fn import(store: &dyn Store, events: impl BufRead, kept: Option<&Head>) -> Result<Option<Head>, ImportError> {
    import_with_texts(store, events, io::empty(), kept)
}

/// [`import`], with the texts that [`export_texts`] wrote.
pub fn import_with_texts(
    store: &dyn Store,
    events: impl BufRead,
    texts: impl BufRead,
    kept: Option<&Head>,
) -> Result<Option<Head>, ImportError> {
    let chain = Chain::with_texts(events_in(events)?, texts_in(texts)?, kept)?;
    store.fill(&chain)?;
    Ok(chain.head())
}

pub(crate) fn events_in(input: impl BufRead) -> Result<Vec<Recorded>, ImportError> {
    let events = lines_in(input, |line, problem| ImportError::NotAnEvent { line, problem })?;
    for (line, event) in (1..).zip(&events) {
        Recorded::checked(event).map_err(|problem| ImportError::Unrecordable { line, problem })?;
    }
    Ok(events)
}

pub(crate) fn texts_in(input: impl BufRead) -> Result<Vec<Entry>, ImportError> {
    lines_in(input, |line, problem| ImportError::NotAText { line, problem })
}

pub(crate) fn lines_in<T: DeserializeOwned>(
    input: impl BufRead,
    wrong: impl Fn(u64, String) -> ImportError,
) -> Result<Vec<T>, ImportError> {
    let mut read = Vec::new();
    for (line, text) in (1..).zip(input.lines()) {
        let text = text.map_err(|cause| ImportError::Read { line, cause })?;
        read.push(serde_json::from_str(&text).map_err(|error| wrong(line, error.to_string()))?);
    }
    Ok(read)
}
