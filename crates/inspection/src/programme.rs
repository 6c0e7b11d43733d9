//! The whole life of an inspection: who may do what, what follows, and how far everything has come.
//!
//! A command is checked against the [`Programme`] as it stands and becomes events, or is refused with everything that stands against it
//! ([`Programme::decide`]). Events are recorded by the ledger and folded in ([`Programme::apply`]). Reading goes through
//! [`Programme::seen_by`] and there is no other way: what somebody may not see is not there.
//!
//! Pure: no file, no clock, no statistic. What it refuses to know: free text and names, which stand in the vault ([`Text`]); the file of
//! a framework, of which it holds only the digest in force.
//!
//! Before editing: everything about who may do what, when, stands in one table ([`table`]), and everything about who sees what in
//! another ([`seen`]). A new action is a row, and if need be a shape of details and a guard; [`Programme::apply`] stays as it is. Facts of
//! a thing are what was said in its acts ([`Thing::latest`]), so they are kept once and have an author.
//!
//! Returns of forces and reviews of samples have no rows yet.

mod actor;
pub mod clock;
mod command;
mod deed;
pub mod details;
mod event;
mod guard;
mod monitoring;
mod offices;
mod print;
mod refusal;
pub mod seen;
mod state;
mod suggestion;
pub mod table;
mod text;
mod then;
mod thing;

pub use actor::{Actor, Office, Role, Side};
pub use command::Command;
pub use details::{Details, Shape, Shaped};
pub use event::{Event, Problem, Recorded};
pub use monitoring::{SCHEMES, Scheme};
pub use print::{lifecycles, policy};
pub use refusal::{Against, Refusal};
pub use seen::{Export, Seen};
pub use state::{Kind, State, states};
pub use suggestion::suggestion;
pub use table::{Row, Shown, Who, Whose};
pub use text::{Marking, Text};
pub use thing::{Act, Belongs, NotAThingId, Thing, ThingId};

use crate::{framework::Framework, record::Record};
use deed::Deed;
use event::ReadBody;
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Everything that was decided, as it stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Programme {
    frameworks: Vec<Framework>,
    things: BTreeMap<ThingId, Thing>,
    parts: BTreeMap<ThingId, Vec<ThingId>>,
    record: Record,
    head: u64,
    problems: Vec<Problem>,
}

impl Programme {
    /// A programme in which nothing was decided yet. `frameworks`: those of the inspectorate's folder, as reference data.
    #[must_use]
    pub fn new(frameworks: Vec<Framework>) -> Self {
        Self { frameworks, ..Self::default() }
    }

    /// The place in the ledger of the last event that was folded in; 0 before the first.
    #[must_use]
    pub const fn head(&self) -> u64 {
        self.head
    }

    /// Events that could not be folded in as they stand.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// What comes of a command: its event and what follows from it, in order; never empty.
    ///
    /// # Errors
    /// When policy, the state of the thing or a rule stands against it; all that does, with what would be needed.
    pub fn decide(&self, actor: &Actor, command: &Command, now: Timestamp) -> Result<Vec<Event>, Refusal> {
        if let Details::Taking(taking) = &command.with {
            return self.take(actor, command, taking);
        }
        let deed = Deed::new(self, actor, command, now)?;
        self.may(actor, command.row.action, deed.subject())?;
        deed.in_time(command.seen)?;
        deed.lawful()?;
        deed.events()
    }

    /// Folds in a recorded event. An event before or at the head is passed over. It never fails: what it cannot make sense of
    /// is remembered among [`Programme::problems`], and what the table would not allow today is folded in all the same and remembered too,
    /// for the ledger says what happened.
    pub fn apply(&mut self, event: &Recorded<'_>) {
        if event.seq <= self.head {
            return;
        }
        self.head = event.seq;
        if let Err(found) = self.fold(event) {
            self.problems.push(Problem { seq: event.seq, kind: event.kind.to_owned(), found });
        }
    }

    fn fold(&mut self, event: &Recorded<'_>) -> Result<(), String> {
        let row = table::of_event(event.kind).ok_or("the type of the event is not known here")?;
        let Some(kind) = row.kind() else {
            let Details::Taking(taking) = row.with.read(event.body.clone())? else {
                return Err("it takes nothing over".into());
            };
            let details::Taking { cycle, force, command } = *taking;
            return self.record.apply(&self.frameworks, &cycle, force.as_ref(), command).map_err(|r| r.to_string());
        };
        let body = ReadBody::deserialize(event.body).map_err(|e| e.to_string())?;
        let state = kind.state(&body.state).ok_or_else(|| format!("`{}` is no state of {kind}", body.state))?;
        let with = row.with.read(body.with)?;
        let act = Act { action: row.action, by: event.actor.to_owned(), at: event.at, seq: event.seq, with };
        if let Some(belongs) = body.belongs {
            return self.make(body.thing, state, belongs, act);
        }
        let thing = self.things.get_mut(&body.thing).ok_or_else(|| format!("there is no `{}`", body.thing))?;
        if thing.kind() != kind {
            return Err(format!("`{}` is of kind {}", body.thing, thing.kind()));
        }
        let lawful = row.from.contains(&thing.state) && row.to.unwrap_or(thing.state) == state;
        let before = thing.state;
        thing.state = state;
        thing.version += 1;
        thing.acts.push(act);
        if lawful { Ok(()) } else { Err(format!("`{}` went from {before} to {state}, against the table", body.thing)) }
    }

    fn make(&mut self, id: ThingId, state: State, belongs: Belongs, act: Act) -> Result<(), String> {
        if self.things.contains_key(&id) {
            return Err(format!("there is a `{id}` already"));
        }
        if let Some(under) = &belongs.under {
            self.parts.entry(under.clone()).or_default().push(id.clone());
        }
        self.things.insert(id.clone(), Thing { id, state, version: 1, belongs, acts: vec![act] });
        Ok(())
    }

    fn take(&self, actor: &Actor, command: &Command, taking: &details::Taking) -> Result<Vec<Event>, Refusal> {
        self.may(actor, command.row.action, None)?;
        let details::Taking { cycle, force, command: taken } = taking;
        let mut record = self.record.clone();
        record
            .apply(&self.frameworks, cycle, force.as_ref(), taken.clone())
            .map_err(|refusal| Refusal::one(refusal.found, refusal.remedy))?;
        let stream = match (taken, taken.force().or(force.as_ref())) {
            (crate::record::Command::TakePublication(publication), _) => format!("publication/{}", publication.id),
            (_, Some(force)) => format!("inspection/{cycle}/{force}"),
            (_, None) => format!("cycle/{cycle}"),
        };
        let body = serde_json::to_value(taking).map_err(|e| Refusal::one(e.to_string(), "report this as a fault"))?;
        Ok(vec![Event { stream, kind: command.row.event.to_owned(), body }])
    }

    /// Whether a new thing can have this id. What lies below the id of a finding or publication is kept for what follows from it.
    fn free(&self, id: &ThingId, kind: Option<Kind>) -> Result<(), Refusal> {
        if self.things.contains_key(id) {
            return Err(Refusal::one(
                format!("the id `{id}` is taken"),
                "give the new thing an id of its own; if this command was sent before, it has been carried out",
            ));
        }
        let kept =
            |above: &str| above.parse().ok().and_then(|id| self.thing(&id)).filter(|thing| thing.keeps_ids_below());
        let text = id.as_str();
        let above = text.match_indices('/').find_map(|(place, _)| kept(&text[..place]));
        let keeps = matches!(kind, Some(Kind::Finding | Kind::Publication));
        let below = self
            .things
            .range(id..)
            .take_while(|_| keeps)
            .map_while(|(other, _)| other.as_str().strip_prefix(text))
            .find(|rest| rest.starts_with('/'));
        match (above, below) {
            (None, None) => Ok(()),
            (Some(above), _) => Err(Refusal::one(
                format!("`{id}` lies below `{}`", above.id),
                "ids below a finding or publication are kept for what follows from it: choose another",
            )),
            (None, Some(rest)) => Err(Refusal::one(
                format!("there is a `{id}{rest}` already"),
                "choose an id that is not the beginning of another",
            )),
        }
    }

    fn thing(&self, id: &ThingId) -> Option<&Thing> {
        self.things.get(id)
    }

    /// What is directly part of a thing, in the order of making.
    fn parts(&self, id: &ThingId) -> impl Iterator<Item = &Thing> {
        self.parts.get(id).into_iter().flatten().filter_map(|part| self.things.get(part))
    }

    /// Everything that is part of a thing, however deep.
    fn below<'a>(&'a self, id: &ThingId) -> Vec<&'a Thing> {
        let mut found: Vec<&Thing> = self.parts(id).collect();
        let mut next = 0;
        while let Some(thing) = found.get(next) {
            let id = &thing.id;
            found.extend(self.parts(id));
            next += 1;
        }
        found
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Thing> {
        self.things.values().filter(move |thing| thing.kind() == kind)
    }

    fn framework(&self, id: &str) -> Option<&Framework> {
        self.frameworks.iter().find(|framework| framework.id == id)
    }

    /// The framework of a thing's cycle.
    fn framework_of(&self, belongs: &Belongs) -> Option<&Framework> {
        let cycle = self.thing(belongs.cycle.as_ref()?)?;
        self.framework(&cycle.latest::<details::CyclePlan>()?.framework)
    }
}

#[cfg(test)]
mod tests;
