//! Who sees what: the only way to read a programme. What somebody may not see is not there.
//!
//! A second table says in which states a kind of thing is visible to whom ([`VISIBLE`]); the column `shown` of each action says who is
//! shown what was said in it. Beyond the tables there are three rules: evidence marked OFFICIAL-SENSITIVE is for the team, HM Inspectors and
//! the chief inspector; while initial grades come in, a grader sees only their own; and exercises are left out for the public, and for
//! forces and bodies that they are not about, unless they ask for one by name.

mod reading;
mod visible;

pub use reading::Stands;
pub(super) use reading::{grade_of, node_of};
pub use visible::{VISIBLE, View};

use super::{
    Actor, Kind, Marking, Office, Programme, Role, Shown, Side, State, Thing, ThingId, Who, Whose, details as d, states,
};
use crate::record::Record;
use jiff::civil::Date;
use serde::Serialize;
use std::borrow::Cow;

/// A programme as somebody may see it.
#[derive(Debug, Clone)]
pub struct Seen<'a> {
    programme: &'a Programme,
    actor: Actor,
    offices: Vec<Office>,
    exercise: Option<ThingId>,
}

/// An inspection with everything that belongs to it, as somebody may see it.
#[derive(Debug, Clone, Serialize)]
pub struct Export<'a> {
    /// The inspection.
    pub inspection: Cow<'a, Thing>,
    /// Everything that is part of it, in the order of making.
    pub things: Vec<Cow<'a, Thing>>,
}

impl Programme {
    /// The programme as somebody may see it.
    #[must_use]
    pub fn seen_by(&self, actor: &Actor) -> Seen<'_> {
        Seen { programme: self, actor: actor.clone(), offices: self.offices(actor), exercise: None }
    }
}

impl<'a> Seen<'a> {
    /// The same, with an exercise that is asked for by name: the id of its cycle.
    #[must_use]
    pub fn with_exercise(self, exercise: &ThingId) -> Self {
        Self { exercise: Some(exercise.clone()), ..self }
    }

    /// What was taken over from publications, which is public.
    #[must_use]
    pub fn record(&self) -> &'a Record {
        &self.programme.record
    }

    /// The offices of whoever looks, the public's among them.
    #[must_use]
    pub fn offices(&self) -> &[Office] {
        &self.offices
    }

    /// Whether a thing is visible.
    #[must_use]
    pub fn has(&self, id: &ThingId) -> bool {
        self.programme.thing(id).is_some_and(|thing| self.may_see(thing))
    }

    /// A thing, with those of its acts that are shown; `None` when it is not visible.
    #[must_use]
    pub fn thing(&self, id: &ThingId) -> Option<Cow<'a, Thing>> {
        let thing = self.programme.thing(id).filter(|thing| self.may_see(thing))?;
        Some(self.shown(thing))
    }

    /// Everything that is visible, by id.
    pub fn things(&self) -> impl Iterator<Item = Cow<'a, Thing>> {
        self.programme.things.values().filter(|thing| self.may_see(thing)).map(|thing| self.shown(thing))
    }

    /// Everything of a kind that is visible, by id.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = Cow<'a, Thing>> {
        self.programme.of_kind(kind).filter(|thing| self.may_see(thing)).map(|thing| self.shown(thing))
    }

    /// The same without exercises: what counts, averages and downloads of real forces are made of.
    pub fn counted(&self, kind: Kind) -> impl Iterator<Item = Cow<'a, Thing>> {
        self.of_kind(kind).filter(|thing| !thing.is_training())
    }

    /// What is directly part of a thing and visible, in the order of making.
    pub fn parts(&self, id: &ThingId) -> impl Iterator<Item = Cow<'a, Thing>> {
        self.programme.parts(id).filter(|thing| self.may_see(thing)).map(|thing| self.shown(thing))
    }

    /// An inspection with everything that belongs to it; `None` when it is not visible.
    #[must_use]
    pub fn export(&self, inspection: &ThingId) -> Option<Export<'a>> {
        let below = self.programme.below(inspection).into_iter();
        let things = below.filter(|thing| self.may_see(thing)).map(|thing| self.shown(thing)).collect();
        Some(Export { inspection: self.thing(inspection)?, things })
    }

    /// What is overdue on a day: register entries, responses, promises.
    pub fn overdue(&self, day: Date) -> impl Iterator<Item = Cow<'a, Thing>> {
        let late = self.programme.things.values().filter(move |thing| super::clock::overdue(thing, day));
        late.filter(|thing| self.may_see(thing)).map(|thing| self.shown(thing))
    }

    /// Whether whoever looks may do something to a thing that they see: what a button asks. The rules of the action are not asked about.
    #[must_use]
    pub fn may(&self, action: &str, on: &ThingId) -> bool {
        self.has(on) && self.programme.may(&self.actor, action, self.programme.thing(on)).is_ok()
    }

    fn may_see(&self, thing: &Thing) -> bool {
        let fits = |who: &Who| self.offices.iter().any(|o| self.programme.fits(&self.actor, o, who, Some(thing)));
        let views = VISIBLE.iter().filter(|view| view.kind == thing.kind() && view.states.contains(&thing.state));
        let tabled = views.flat_map(|view| view.who).any(fits) || self.actor.to_string() == thing.id.as_str();
        tabled && self.marking_allows(thing) && self.exercise_allows(thing)
    }

    fn marking_allows(&self, thing: &Thing) -> bool {
        let cleared = [
            Who { role: Role::Inspector, whose: Whose::Team },
            Who { role: Role::Analyst, whose: Whose::Team },
            Who { role: Role::HmInspector, whose: Whose::Any },
            Who { role: Role::ChiefInspector, whose: Whose::Any },
        ];
        let own = thing.acts.first().is_some_and(|act| act.by == self.actor.to_string());
        thing.belongs.marking == Marking::Official
            || own
            || cleared
                .iter()
                .any(|who| self.offices.iter().any(|o| self.programme.fits(&self.actor, o, who, Some(thing))))
    }

    fn exercise_allows(&self, thing: &Thing) -> bool {
        let Some(exercise) = &thing.belongs.exercise else { return true };
        self.is_inside() || self.concerns(thing) || self.exercise.as_ref() == Some(exercise)
    }

    fn is_inside(&self) -> bool {
        self.offices.iter().any(|office| office.role.side() == Side::Inspectorate || office.role == Role::Keeper)
    }

    fn concerns(&self, thing: &Thing) -> bool {
        self.offices.iter().any(|office| match office.role.side() {
            Side::Force => office.force.as_ref().is_some_and(|force| thing.belongs.forces.contains(force)),
            Side::Body => office.body.as_ref().is_some_and(|body| thing.belongs.bodies.contains(body)),
            Side::Inspectorate | Side::None => false,
        })
    }

    /// The thing with the acts that are shown.
    fn shown(&self, thing: &'a Thing) -> Cow<'a, Thing> {
        let level = match (self.is_inside(), self.concerns(thing)) {
            (true, _) => Shown::Inside,
            (false, true) => Shown::Concerned,
            (false, false) => Shown::Everyone,
        };
        let me = self.actor.to_string();
        let grading = thing.state == State::Judgment(states::Judgment::Grading);
        let visible = |act: &super::Act| {
            let blind = grading && <d::InitialGrade as super::Shaped>::of(&act.with).is_some();
            let row = super::table::row(act.action);
            act.by == me || !blind && row.is_none_or(|row| row.shown >= level)
        };
        if level == Shown::Inside && !grading || thing.acts.iter().all(visible) {
            return Cow::Borrowed(thing);
        }
        let acts = thing.acts.iter().filter(|act| visible(act)).cloned().collect();
        Cow::Owned(Thing {
            id: thing.id.clone(),
            state: thing.state,
            version: thing.version,
            belongs: thing.belongs.clone(),
            acts,
        })
    }
}
