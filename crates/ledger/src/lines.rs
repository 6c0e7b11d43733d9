//! A whole ledger as JSON Lines, out and in: how it moves from one store to another, and how others read it.

use std::io::{self, BufRead, Write};

use crate::chain::{Break, Chain, Head};
use crate::event::{Recorded, Unrecordable};
use crate::store::{FillError, Store, StoreError};

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

/// Writes every event as one line of JSON, in order, and returns the head it came to. Does not verify.
pub fn export(store: &dyn Store, out: &mut impl Write) -> Result<Option<Head>, ExportError> {
    let mut head: Option<Head> = None;
    loop {
        let page = store.read(head.as_ref().map_or(0, |head| head.seq), 1000)?;
        let Some(last) = page.last() else {
            out.flush().map_err(ExportError::Write)?;
            return Ok(head);
        };
        head = Some(Head { seq: last.seq, hash: last.hash.clone() });
        for event in &page {
            let line = serde_json::to_string(event).expect("every field has a form in JSON");
            writeln!(out, "{line}").map_err(ExportError::Write)?;
        }
    }
}

/// Fills an empty store with what [`export`] wrote, if the chain verifies, and returns its head. All or nothing.
///
/// Ids of commands are not in an export: a command that was sent before the move can be recorded again after it.
pub fn import(store: &dyn Store, input: impl BufRead, kept: Option<&Head>) -> Result<Option<Head>, ImportError> {
    let mut events = Vec::new();
    for (line, text) in (1..).zip(input.lines()) {
        let text = text.map_err(|cause| ImportError::Read { line, cause })?;
        let event: Recorded = serde_json::from_str(&text)
            .map_err(|error| ImportError::NotAnEvent { line, problem: error.to_string() })?;
        event.checked().map_err(|problem| ImportError::Unrecordable { line, problem })?;
        events.push(event);
    }
    let chain = Chain::new(events, kept)?;
    store.fill(&chain)?;
    Ok(chain.head())
}
