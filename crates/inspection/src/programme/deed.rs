//! One command against the programme as it stands: what rules look at, and what becomes of it.

use super::event::Body;
use super::{
    Act, Actor, Against, Belongs, Command, Details, Event, Kind, Marking, Programme, Refusal, Row, Thing, ThingId,
    details as d,
};
use jiff::{Timestamp, civil::Date};

/// A rule of an action.
#[derive(Clone, Copy)]
pub struct Guard {
    /// What it asks for, as documentation says it.
    pub rule: &'static str,
    pub(super) check: fn(&Deed<'_>) -> Result<(), Against>,
}

/// What follows from an action.
#[derive(Clone, Copy)]
pub struct Then {
    /// What it does, as documentation says it.
    pub what: &'static str,
    /// The actions that it leads to.
    pub leads_to: &'static [&'static str],
    pub(super) follow: fn(&Deed<'_>) -> Vec<Follow>,
}

/// One thing that follows.
pub(super) struct Follow {
    pub action: &'static str,
    pub on: ThingId,
    pub with: Details,
    /// For a new thing.
    pub belongs: Option<Belongs>,
}

/// A command with what it is about.
pub struct Deed<'a> {
    pub(super) programme: &'a Programme,
    pub(super) by: String,
    pub(super) actor: &'a Actor,
    pub(super) row: &'static Row,
    pub(super) on: &'a ThingId,
    pub(super) thing: Option<&'a Thing>,
    pub(super) under: Option<&'a Thing>,
    pub(super) with: &'a Details,
    pub(super) now: Timestamp,
}

impl<'a> Deed<'a> {
    pub(super) fn new(
        programme: &'a Programme,
        actor: &'a Actor,
        command: &'a Command,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let row = command.row;
        let seen = programme.seen_by(actor);
        let visible = |id: &ThingId| seen.has(id).then(|| programme.thing(id)).flatten();
        let missing = |id: &ThingId| {
            Refusal::one(
                format!("there is no `{id}`, or you may not see it"),
                "check the id, or ask the programme lead",
            )
        };
        let of_kind = |thing: &Thing, kinds: &[Kind]| {
            if kinds.contains(&thing.kind()) {
                return Ok(());
            }
            let kinds: Vec<&str> = kinds.iter().map(|kind| kind.id()).collect();
            Err(Refusal::one(
                format!(
                    "`{}` is of kind {}, and `{}` is about {}",
                    thing.id,
                    thing.kind(),
                    row.action,
                    kinds.join(" or ")
                ),
                "name a thing of that kind",
            ))
        };
        let (mut thing, mut under) = (None, None);
        if row.makes() {
            programme.free(&command.on, row.kind())?;
            match &command.under {
                Some(id) => {
                    let parent = visible(id).ok_or_else(|| missing(id))?;
                    of_kind(parent, row.under)?;
                    under = Some(parent);
                }
                None if row.alone => {}
                None => {
                    let kinds: Vec<&str> = row.under.iter().map(|kind| kind.id()).collect();
                    return Err(Refusal::one(
                        format!("`{}` does not say what the new thing is part of", row.action),
                        format!("add `under:` with the id of its {}", kinds.join(" or ")),
                    ));
                }
            }
        } else {
            let found = visible(&command.on).ok_or_else(|| missing(&command.on))?;
            of_kind(found, row.kind().as_slice())?;
            thing = Some(found);
        }
        let by = actor.to_string();
        Ok(Self { programme, by, actor, row, on: &command.on, thing, under, with: &command.with, now })
    }

    /// The thing, or what a new one is to be part of.
    pub(super) fn subject(&self) -> Option<&'a Thing> {
        self.thing.or(self.under)
    }

    /// The thing's version is still the one that the command's author saw.
    pub(super) fn in_time(&self, seen: Option<u64>) -> Result<(), Refusal> {
        let (Some(thing), Some(seen)) = (self.thing, seen) else { return Ok(()) };
        if thing.version == seen {
            return Ok(());
        }
        let shown = self.programme.seen_by(self.actor).thing(&thing.id);
        let since: Vec<Act> = shown
            .map(|t| t.into_owned().acts)
            .unwrap_or_default()
            .into_iter()
            .filter(|act| {
                thing
                    .acts
                    .iter()
                    .position(|a| a.seq == act.seq && a.action == act.action)
                    .is_some_and(|place| place as u64 >= seen)
            })
            .collect();
        let acts: Vec<String> = since.iter().map(|act| format!("{} by {}", act.action, act.by)).collect();
        let what = if acts.is_empty() { String::new() } else { format!(" ({})", acts.join(", ")) };
        let problems = vec![Against::new(
            format!("`{}` was at version {seen} when you looked and is at {} now{what}", thing.id, thing.version),
            format!("look at what changed and send the command again with `seen: {}`", thing.version),
        )];
        Err(Refusal { problems, since })
    }

    /// All rules of the action are kept.
    pub(super) fn lawful(&self) -> Result<(), Refusal> {
        let problems: Vec<Against> = self.row.guards.iter().filter_map(|guard| (guard.check)(self).err()).collect();
        if problems.is_empty() { Ok(()) } else { Err(Refusal { problems, since: Vec::new() }) }
    }

    /// The event, and what follows.
    pub(super) fn events(&self) -> Result<Vec<Event>, Refusal> {
        let belongs = self.row.makes().then(|| self.belongs());
        let own = Follow { action: self.row.action, on: self.on.clone(), with: self.with.clone(), belongs };
        let follows = self.row.then.iter().flat_map(|then| (then.follow)(self));
        std::iter::once(own).chain(follows).map(|follow| self.event(&follow)).collect()
    }

    fn event(&self, follow: &Follow) -> Result<Event, Refusal> {
        let fault = |what: String| Refusal::one(what, "report this as a fault of the program");
        let row = super::table::row(follow.action).ok_or_else(|| fault(format!("no row `{}`", follow.action)))?;
        let thing = self.programme.thing(&follow.on);
        let state = row.to.or(thing.map(|t| t.state)).ok_or_else(|| fault(format!("`{}` has no state", follow.on)))?;
        let belongs = follow.belongs.as_ref().or(thing.map(|t| &t.belongs));
        let stream = stream(state.kind(), &follow.on, belongs);
        let body = Body { thing: &follow.on, state: state.id(), with: &follow.with, belongs: follow.belongs.as_ref() };
        let body = serde_json::to_value(body).map_err(|e| fault(e.to_string()))?;
        Ok(Event { stream, kind: row.event.to_owned(), body })
    }

    /// What the new thing belongs to: as what it is part of, and what its details say.
    fn belongs(&self) -> Belongs {
        let mut belongs = self.under.map(|under| under.belongs.clone()).unwrap_or_default();
        belongs.under = self.under.map(|under| under.id.clone());
        belongs.marking = Marking::Official;
        match self.with {
            Details::CyclePlan(plan) => {
                belongs.cycle = Some(self.on.clone());
                belongs.exercise = (plan.kind == d::CycleKind::Training).then(|| self.on.clone());
            }
            Details::OfForce(of) => {
                belongs.forces = vec![of.force.clone()];
                if self.row.kind() == Some(Kind::Inspection) {
                    belongs.inspection = Some(self.on.clone());
                }
            }
            Details::EvidenceGiven(evidence) => belongs.marking = evidence.marking,
            Details::Undertaking(promise) => belongs.forces = vec![promise.force.clone()],
            Details::FindingDrafted(finding) => {
                belongs.forces.extend(finding.forces.iter().cloned());
                belongs.forces.sort();
                belongs.forces.dedup();
                belongs.bodies.extend(finding.bodies.iter().cloned());
                belongs.bodies.sort();
                belongs.bodies.dedup();
            }
            _ => {}
        }
        belongs
    }

    /// What the command says, in this shape.
    pub(super) fn says<T: super::Shaped>(&self) -> Option<&'a T> {
        T::of(self.with)
    }

    /// The inspection that it is about.
    pub(super) fn inspection(&self) -> Option<&'a Thing> {
        self.programme.thing(self.subject()?.belongs.inspection.as_ref()?)
    }

    /// What is directly part of that inspection, of one kind.
    pub(super) fn of_inspection(&self, kind: Kind) -> impl Iterator<Item = &'a Thing> {
        let id = self.inspection().map(|inspection| &inspection.id);
        id.into_iter().flat_map(|id| self.programme.parts(id)).filter(move |thing| thing.kind() == kind)
    }

    /// The framework of its cycle.
    pub(super) fn framework(&self) -> Option<&'a crate::framework::Framework> {
        self.programme.framework_of(&self.subject()?.belongs)
    }

    /// Today, in England and Wales.
    pub(super) fn today(&self) -> Date {
        super::clock::day_of(self.now)
    }

    /// Whether the actor did one of these to the thing.
    pub(super) fn did(&self, actions: &[&str]) -> Option<&'a Act> {
        self.thing?.acts.iter().find(|act| act.by == self.by && actions.contains(&act.action))
    }
}

/// The stream that an event about a thing belongs to.
fn stream(kind: Kind, id: &ThingId, belongs: Option<&Belongs>) -> String {
    let under = || belongs.and_then(|b| b.under.as_ref()).unwrap_or(id);
    let force = || belongs.and_then(|b| b.forces.first()).map_or(id.as_str(), |force| force.as_str());
    match kind {
        Kind::Account => format!("account/{id}"),
        Kind::Framework => format!("framework/{id}"),
        Kind::Cycle => format!("cycle/{id}"),
        Kind::Inspection => format!("inspection/{id}"),
        Kind::Finding | Kind::Publication => format!("{kind}/{id}"),
        Kind::Entry => format!("finding/{}", under()),
        Kind::Response => format!("publication/{}", under()),
        Kind::Monitoring => format!("monitoring/{}", force()),
        _ => match (belongs.and_then(|b| b.inspection.as_ref()), belongs.and_then(|b| b.cycle.as_ref())) {
            (Some(inspection), _) => format!("inspection/{inspection}"),
            (None, Some(cycle)) => format!("cycle/{cycle}"),
            (None, None) => format!("{kind}/{id}"),
        },
    }
}
