//! Rows read back. Somebody may have changed them by hand into anything, so nothing is taken for granted.

use std::fmt::Display;
use std::str::FromStr;

use serde_json::Value;
use sqlx::{ColumnIndex, Decode, Row, Type};

use super::connection::Trouble;
use crate::event::{CommandId, Recorded};
use crate::vault::{Entry, Erased, Marking, Text};

/// What a row of a statement can be read as.
pub(super) trait Read: Sized {
    /// The columns in the order of the statements in `sql.rs`.
    fn read(row: &dyn Cells) -> Result<Self, Trouble>;
}

/// A row of either database.
pub(super) trait Cells {
    fn text(&self, index: usize) -> sqlx::Result<String>;
    fn text_or_none(&self, index: usize) -> sqlx::Result<Option<String>>;
    fn number(&self, index: usize) -> sqlx::Result<i64>;
}

impl<R> Cells for R
where
    R: Row,
    usize: ColumnIndex<R>,
    for<'v> String: Decode<'v, R::Database> + Type<R::Database>,
    for<'v> i64: Decode<'v, R::Database> + Type<R::Database>,
{
    fn text(&self, index: usize) -> sqlx::Result<String> {
        self.try_get(index)
    }

    fn text_or_none(&self, index: usize) -> sqlx::Result<Option<String>> {
        self.try_get(index)
    }

    fn number(&self, index: usize) -> sqlx::Result<i64> {
        self.try_get(index)
    }
}

/// The columns of one row, each read under its name. `seq` is where the trouble is told to be.
struct Columns<'r> {
    row: &'r dyn Cells,
    seq: i64,
}

impl Columns<'_> {
    fn trouble(&self, column: &str, problem: impl Display) -> Trouble {
        Trouble::Unreadable { seq: self.seq, problem: format!("`{column}`: {problem}") }
    }

    fn text(&self, index: usize, column: &str) -> Result<String, Trouble> {
        self.row.text(index).map_err(|error| self.trouble(column, error))
    }

    fn text_or_none(&self, index: usize, column: &str) -> Result<Option<String>, Trouble> {
        self.row.text_or_none(index).map_err(|error| self.trouble(column, error))
    }

    fn parsed<T: FromStr>(&self, text: &str, column: &str, what: &str) -> Result<T, Trouble> {
        text.parse().map_err(|_| self.trouble(column, format_args!("{text:?} is not {what}")))
    }

    fn json<T: serde::de::DeserializeOwned>(&self, text: &str, column: &str) -> Result<T, Trouble> {
        serde_json::from_str(text).map_err(|error| self.trouble(column, error))
    }

    fn count(&self, index: usize, column: &str) -> Result<u64, Trouble> {
        let value = self.row.number(index).map_err(|error| self.trouble(column, error))?;
        u64::try_from(value).map_err(|error| self.trouble(column, error))
    }
}

impl Read for Recorded {
    fn read(row: &dyn Cells) -> Result<Self, Trouble> {
        let columns = Columns { row, seq: row.number(0)? };
        let (at, body) = (columns.text(3, "at")?, columns.text(6, "body")?);
        Ok(Self {
            seq: columns.count(0, "seq")?,
            stream: columns.text(1, "stream")?,
            version: columns.count(2, "version")?,
            at: columns.parsed(&at, "at", "a time")?,
            actor: columns.text(4, "actor")?,
            kind: columns.text(5, "type")?,
            body: columns.json::<Value>(&body, "body")?,
            prev: columns.text(7, "prev")?,
            hash: columns.text(8, "hash")?,
        })
    }
}

/// An event behind the id of the command that recorded it.
impl Read for (CommandId, Recorded) {
    fn read(row: &dyn Cells) -> Result<Self, Trouble> {
        let columns = Columns { row, seq: row.number(0)? };
        let id = columns.text(9, "command")?;
        Ok((columns.parsed(&id, "command", "the id of a command")?, Recorded::read(row)?))
    }
}

/// The number of an event and the id of the command that recorded it.
impl Read for (u64, CommandId) {
    fn read(row: &dyn Cells) -> Result<Self, Trouble> {
        let columns = Columns { row, seq: row.number(0)? };
        let id = columns.text(1, "command")?;
        Ok((columns.count(0, "seq")?, columns.parsed(&id, "command", "the id of a command")?))
    }
}

impl Read for Entry {
    fn read(row: &dyn Cells) -> Result<Self, Trouble> {
        let columns = Columns { row, seq: row.number(1)? };
        let (at, marking) = (columns.text(2, "at")?, columns.text(4, "marking")?);
        let kept = columns.text_or_none(6, "salt")?.zip(columns.text_or_none(7, "words")?);
        let text = match (columns.text_or_none(8, "erased_at")?, kept) {
            (Some(at), _) => Text::Erased(Erased {
                at: columns.parsed(&at, "erased_at", "a time")?,
                by: columns.text(9, "erased_by")?,
                rule: columns.text(10, "erased_rule")?,
            }),
            (None, Some((salt, words))) => Text::Kept { salt, words: columns.json(&words, "words")? },
            (None, None) => Text::Withheld,
        };
        Ok(Self {
            id: columns.text(0, "id")?,
            seq: columns.count(1, "seq")?,
            at: columns.parsed(&at, "at", "a time")?,
            digest: columns.text(3, "digest")?,
            marking: Marking::named(&marking).ok_or_else(|| columns.trouble("marking", "there is none like it"))?,
            retention: columns.text_or_none(5, "retention")?,
            text,
        })
    }
}
