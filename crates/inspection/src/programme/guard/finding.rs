//! Rules about findings.

use super::*;
use crate::NodeId;
use crate::programme::{Shaped, details as d};
use crate::record::FindingKind;
use states::Inspection as I;

pub(in crate::programme) const CAN_STILL_FIND: Guard = Guard {
    rule: "findings are drafted from fieldwork on, until the draft is checked, and in follow-up",
    check: |deed| {
        if deed.inspection().is_none() {
            return Ok(());
        }
        inspection_is(
            deed,
            &[I::Fieldwork, I::Debriefed, I::Judging, I::Drafting, I::InCheck, I::Published, I::FollowUp],
        )
    },
};

pub(in crate::programme) const HANGS_ON_A_CONCERN: Guard = Guard {
    rule: "only a recommendation hangs on another finding, and that is a cause of concern",
    check: |deed| {
        let Some((draft, under)) = deed.says::<d::FindingDrafted>().zip(deed.under) else { return Ok(()) };
        let Some(parent) = under.latest::<d::FindingDrafted>() else { return Ok(()) };
        need(
            draft.kind == FindingKind::Recommendation && parent.kind == FindingKind::CauseOfConcern,
            format!("a {} would hang on a {}", draft.kind.ids().0, parent.kind.ids().0),
            "put it under the inspection",
        )?;
        need(
            matches!(under.state.id(), "drafted" | "agreed"),
            format!("the cause of concern `{}` is {}", under.id, under.state),
            "draft a new cause of concern",
        )
    },
};

pub(in crate::programme) const FINDING_PLACE_KNOWN: Guard = Guard {
    rule: "a finding belongs to a place in the framework",
    check: |deed| {
        let Some((draft, framework)) = deed.says::<d::FindingDrafted>().zip(deed.framework()) else { return Ok(()) };
        need(
            framework.has(&draft.node),
            format!("the framework has no `{}`", draft.node),
            "name a pillar, question or part of one",
        )
    },
};

pub(in crate::programme) const HAS_ADDRESSEE: Guard = Guard {
    rule: "a finding is addressed to somebody",
    check: |deed| {
        let Some((draft, under)) = deed.says::<d::FindingDrafted>().zip(deed.under) else { return Ok(()) };
        let any = !draft.forces.is_empty()
            || !draft.bodies.is_empty()
            || !under.belongs.forces.is_empty()
            || !under.belongs.bodies.is_empty();
        need(any, "it is addressed to nobody", "name at least one under `forces` or `bodies`")
    },
};

pub(in crate::programme) const SAME_OWNERS: Guard = Guard {
    rule: "a finding keeps its kind and its owners",
    check: |deed| {
        let first = deed.thing.and_then(|t| t.acts.first()).and_then(|act| d::FindingDrafted::of(&act.with));
        let same = deed
            .says::<d::FindingDrafted>()
            .zip(first)
            .is_none_or(|(now, then)| now.kind == then.kind && now.forces == then.forces && now.bodies == then.bodies);
        need(same, "its kind or owners would change", "withdraw it and draft another")
    },
};

pub(in crate::programme) const SUPERSEDES_ENTRIES: Guard = Guard {
    rule: "what it supersedes are entries of the register for the same force or body",
    check: |deed| {
        let Some((draft, subject)) = deed.says::<d::FindingDrafted>().zip(deed.subject()) else { return Ok(()) };
        let fits = |id: &ThingId| {
            deed.programme.thing(id).is_some_and(|t| {
                t.kind() == Kind::Entry
                    && t.belongs.exercise == subject.belongs.exercise
                    && (t.belongs.forces.iter().any(|f| subject.belongs.forces.contains(f) || draft.forces.contains(f))
                        || t.belongs.bodies.iter().any(|b| draft.bodies.contains(b)))
            })
        };
        let wrong: Vec<String> = draft.supersedes.iter().filter(|id| !fits(id)).map(|id| format!("`{id}`")).collect();
        need(
            wrong.is_empty(),
            format!("no entries of the register for them: {}", shorten(&wrong)),
            "name entries of the same force or body",
        )
    },
};

pub(in crate::programme) const NOT_OWN_FINDING: Guard = Guard {
    rule: "nobody agrees a finding that they drafted or revised",
    check: |deed| not_by(deed, &["finding/draft", "finding/revise"], "another HM Inspector has to agree it"),
};

pub(in crate::programme) const FINDING_RESTS: Guard = Guard {
    rule: "a finding rests on evidence, its own or that of its cause of concern",
    check: |deed| {
        let Some(thing) = deed.thing else { return Ok(()) };
        let own = thing.latest::<d::FindingDrafted>().is_some_and(|f| !f.evidence.is_empty());
        let parent = thing
            .belongs
            .under
            .as_ref()
            .and_then(|id| deed.programme.thing(id))
            .is_some_and(|p| p.kind() != Kind::Inspection);
        need(own || parent, "it rests on no evidence", "name at least one with `finding/revise`")
    },
};

pub(in crate::programme) const CONCERN_HAS_RECOMMENDATION: Guard = Guard {
    rule: "a cause of concern comes with at least one recommendation",
    check: |deed| {
        let Some(thing) = deed.thing.filter(|t| is_concern(t)) else { return Ok(()) };
        let any = deed.programme.parts(&thing.id).any(|t| t.kind() == Kind::Finding && t.state.id() != "withdrawn");
        need(
            any,
            format!("the cause of concern `{}` has no recommendation", thing.id),
            "draft one under it with `finding/draft`",
        )
    },
};

pub(in crate::programme) const CONCERN_KEEPS_RECOMMENDATION: Guard = Guard {
    rule: "an agreed cause of concern keeps at least one recommendation",
    check: |deed| {
        let Some(thing) = deed.thing else { return Ok(()) };
        let parent = thing
            .belongs
            .under
            .as_ref()
            .and_then(|id| deed.programme.thing(id))
            .filter(|p| is_concern(p) && p.state.id() == "agreed");
        let standing = |t: &&Thing| t.kind() == Kind::Finding && t.state.id() != "withdrawn";
        let lonely = parent.is_some_and(|p| deed.programme.parts(&p.id).filter(standing).all(|t| t.id == thing.id));
        need(
            !lonely,
            "it is the only recommendation of an agreed cause of concern",
            "draft another first, or revise the cause of concern",
        )
    },
};

pub(in crate::programme) const IS_CONCERN: Guard = Guard {
    rule: "only a cause of concern is accelerated",
    check: |deed| {
        need(
            deed.thing.is_some_and(is_concern),
            format!("`{}` is not a cause of concern", deed.on),
            "it is published with the report",
        )
    },
};

pub(in crate::programme) const RECOMMENDATIONS_AGREED: Guard = Guard {
    rule: "every recommendation of the cause of concern is agreed",
    check: |deed| {
        // That there is one is kept since the cause of concern was agreed.
        let parts = deed.programme.parts(deed.on);
        none(
            parts.filter(|t| t.kind() == Kind::Finding && t.state.id() == "drafted").collect(),
            "not agreed yet",
            "agree them with `finding/agree`, or withdraw them",
        )
    },
};

pub(super) fn is_concern(thing: &Thing) -> bool {
    thing.latest::<d::FindingDrafted>().is_some_and(|f| f.kind == FindingKind::CauseOfConcern)
}

pub(super) fn is_concern_at(thing: &Thing, node: Option<&NodeId>) -> bool {
    let at = thing.latest::<d::FindingDrafted>().is_some_and(|f| node.is_none_or(|node| f.node.within(node)));
    thing.kind() == Kind::Finding && is_concern(thing) && at && thing.state.id() != "withdrawn"
}
