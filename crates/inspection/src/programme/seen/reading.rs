//! What is read from things: grades, carry-over, suggestions, and an inspection exported whole.

use super::*;
use crate::programme::{Belongs, suggestion};
use crate::{Grade, JudgmentValue, NodeId};

/// A judgment as it stands, read where it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// What it says.
    pub value: JudgmentValue,
    /// The framework's id of the cycle that it was made in, however often it has been carried over since.
    pub cycle: String,
    /// Whether it was made in an earlier cycle than the one asked for.
    pub carried_over: bool,
}

/// The place that a judgment is about.
pub(in crate::programme) fn node_of(thing: &Thing) -> Option<&NodeId> {
    let open = thing.latest::<d::ToJudge>().map(|open| &open.node);
    open.or(thing.latest::<d::CarriedFrom>().map(|carried| &carried.node))
}

/// What a judgment says so far: as decided, moderated or proposed last; `None` before a proposal, and where it carries over.
pub(in crate::programme) fn grade_of(thing: &Thing) -> Option<JudgmentValue> {
    thing.acts.iter().rev().find_map(|act| match &act.with {
        d::Details::Proposal(proposal) => Some(proposal.grade),
        d::Details::Moderation(moderation) => Some(moderation.after),
        d::Details::Decision(decision) => Some(decision.grade),
        _ => None,
    })
}

impl Programme {
    /// The published judgment that a carry-over names, by id or as `2016/effectiveness.q1` on record, for the same force.
    pub(in crate::programme) fn source(&self, from: &str, belongs: &Belongs) -> Option<Stands> {
        if let Some(thing) = from.parse().ok().and_then(|id| self.thing(&id)) {
            let of_force = thing.belongs.forces == belongs.forces && thing.belongs.exercise == belongs.exercise;
            let published = thing.state == State::Judgment(states::Judgment::Published);
            return if of_force && published { self.stands(thing) } else { None };
        }
        let ((cycle, node), force) = from.split_once('/').zip(belongs.forces.first())?;
        let standing = self.record.standing(cycle, force, &node.parse().ok()?)?;
        let carried_over = standing.carried_over;
        Some(Stands { value: standing.value, cycle: standing.cycle.to_owned(), carried_over })
    }

    fn stands(&self, thing: &Thing) -> Option<Stands> {
        if let Some(carried) = thing.latest::<d::CarriedFrom>() {
            return self.source(&carried.from, &thing.belongs).map(|s| Stands { carried_over: true, ..s });
        }
        let cycle = self.framework_of(&thing.belongs)?.id.clone();
        Some(Stands { value: grade_of(thing)?, cycle, carried_over: false })
    }
}

impl Seen<'_> {
    /// What a visible judgment says and in which cycle it was made: where it carries over, read from the one that it comes from. `None`
    /// before it is decided.
    #[must_use]
    pub fn stands(&self, judgment: &ThingId) -> Option<Stands> {
        let thing = self.thing(judgment)?;
        let settled = matches!(thing.state.id(), "decided" | "carried-over" | "published");
        if settled { self.programme.stands(&thing) } else { None }
    }

    /// The suggestion for a pillar's grade, from its questions as they stand in the same inspection. It is there only for an HM Inspector
    /// who has recorded a view of their own, and is never kept.
    #[must_use]
    pub fn suggestion(&self, pillar: &ThingId) -> Option<Grade> {
        let thing = self.thing(pillar)?;
        let me = self.actor.to_string();
        thing.said::<d::View>().find(|(act, _)| act.by == me)?;
        let node = node_of(&thing)?.clone();
        let framework = self.programme.framework_of(&thing.belongs)?;
        let judgments = self.programme.parts(thing.belongs.inspection.as_ref()?).filter(|t| t.kind() == Kind::Judgment);
        let of_pillar = judgments
            .filter(|t| t.state.id() != "withdrawn")
            .filter(|t| node_of(t).is_some_and(|n| !n.is_pillar() && n.within(&node)));
        let values: Vec<JudgmentValue> = of_pillar.filter_map(|t| self.stands(&t.id)).map(|s| s.value).collect();
        suggestion(framework, &values)
    }
}
