//! Commands: what somebody asks for.

use super::{Details, Row, ThingId, table};
use serde::Deserialize;
use serde_json::Value;

/// Something that somebody asks for.
///
/// ```yaml
/// id: 018f7b2c-0001
/// do: judgment/propose
/// on: judgment/thornshire-legitimacy-q2
/// seen: 4
/// with: { grade: good, rationale: "…", evidence: [evidence/thornshire-vetting] }
/// ```
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Command {
    /// Made by whoever asks; a repeat under the same id is harmless.
    pub id: String,
    /// What is to be done.
    pub row: &'static Row,
    /// To what; for an action that makes a thing, the id that it gets.
    pub on: ThingId,
    /// What the new thing is part of; only for an action that makes one.
    pub under: Option<ThingId>,
    /// The version of the thing that they were looking at.
    pub seen: Option<u64>,
    /// What they say, in the shape of the action.
    pub with: Details,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    id: String,
    #[serde(rename = "do")]
    action: String,
    on: ThingId,
    #[serde(default)]
    under: Option<ThingId>,
    #[serde(default)]
    seen: Option<u64>,
    #[serde(default)]
    with: Value,
}

impl TryFrom<Written> for Command {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        Self::new(&written.id, &written.action, written.on, written.under, written.seen, written.with)
    }
}

impl Command {
    /// A command, its details read in the shape of its action.
    ///
    /// # Errors
    /// When there is no such action, or the details have another shape; says which field, and what is wrong with it.
    pub fn new(
        id: &str,
        action: &str,
        on: ThingId,
        under: Option<ThingId>,
        seen: Option<u64>,
        with: Value,
    ) -> Result<Self, String> {
        let Some(row) = table::row(action).filter(|row| !row.follows()) else {
            let kind = action.split('/').next().unwrap_or_default();
            let known: Vec<&str> = table::rows().filter(|r| !r.follows()).map(|r| r.action).collect();
            let near: Vec<&str> = known.iter().copied().filter(|a| a.split('/').next() == Some(kind)).collect();
            let list = if near.is_empty() { known } else { near };
            return Err(format!("`do`: there is no action `{action}`; use one of {}", list.join(", ")));
        };
        if row.makes() {
            if row.under.is_empty() && under.is_some() {
                return Err(format!("`under`: `{action}` makes something that stands alone; leave `under` out"));
            }
        } else if under.is_some() {
            return Err(format!("`under`: `{action}` makes nothing new; leave `under` out"));
        }
        if row.kind().is_some() && names_the_vault(&with) {
            return Err(format!("{action}: a command gives words, never a place in the vault; write `text:`"));
        }
        let with = row.with.read(with).map_err(|problem| format!("{action}, {problem}"))?;
        Ok(Self { id: id.to_owned(), row, on, under, seen, with })
    }
}

fn names_the_vault(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.contains_key("vault") || fields.values().any(names_the_vault),
        Value::Array(values) => values.iter().any(names_the_vault),
        _ => false,
    }
}
