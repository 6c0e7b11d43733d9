//! The rules of actions beyond state and policy. Each says what it asks for, what it found, and what would be needed.

mod drafting;
mod evidence;
mod finding;
mod judging;
mod planning;
mod publishing;
mod register;

pub(super) use drafting::*;
pub(super) use evidence::*;
pub(super) use finding::*;
pub(super) use judging::*;
pub(super) use planning::*;
pub(super) use publishing::*;
pub(super) use register::*;

use super::deed::{Deed, Guard};
use super::{Against, Kind, State, Thing, ThingId, states};

type Checked = Result<(), Against>;

fn need(kept: bool, found: impl Into<String>, remedy: impl Into<String>) -> Checked {
    if kept { Ok(()) } else { Err(Against::new(found, remedy)) }
}

/// The actor did none of these to the thing.
fn not_by(deed: &Deed<'_>, actions: &[&str], remedy: &str) -> Checked {
    match deed.did(actions) {
        None => Ok(()),
        Some(act) => Err(Against::new(
            format!("{} did `{}` on `{}`, and nobody approves their own work", deed.by, act.action, deed.on),
            remedy,
        )),
    }
}

/// The ids of these things, for a message; at most ten.
fn list<'a>(things: impl IntoIterator<Item = &'a Thing>) -> String {
    let ids: Vec<String> = things.into_iter().map(|thing| format!("`{}`", thing.id)).collect();
    shorten(&ids)
}

fn shorten(names: &[String]) -> String {
    match names.len() {
        0..=10 => names.join(", "),
        more => format!("{} and {} more", names[..10].join(", "), more - 10),
    }
}

/// No things stand in the way.
fn none(found: Vec<&Thing>, what: &str, remedy: &str) -> Checked {
    if found.is_empty() { Ok(()) } else { Err(Against::new(format!("{what}: {}", list(found)), remedy)) }
}

/// Whether the inspection is in one of these states.
fn inspection_is(deed: &Deed<'_>, wanted: &[states::Inspection]) -> Checked {
    let Some(inspection) = deed.inspection() else {
        return need(false, "this belongs to no inspection", "do it under an inspection");
    };
    let fits = wanted.iter().any(|state| inspection.state == State::Inspection(*state));
    let names: Vec<&str> = wanted.iter().map(|state| State::Inspection(*state).id()).collect();
    need(
        fits,
        format!("the inspection `{}` is {}", inspection.id, inspection.state),
        format!("this is possible while it is {}", names.join(" or ")),
    )
}

/// Scheduled publications that would publish a thing.
fn scheduled_with<'a>(deed: &Deed<'a>, id: &ThingId) -> Vec<&'a Thing> {
    let lists = |thing: &&Thing| {
        thing.latest::<super::details::Schedule>().is_some_and(|schedule| schedule.publishes.contains(id))
    };
    let scheduled = State::Publication(states::Publication::Scheduled);
    deed.programme.of_kind(Kind::Publication).filter(|t| t.state == scheduled).filter(lists).collect()
}
