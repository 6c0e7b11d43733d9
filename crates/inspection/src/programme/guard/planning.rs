//! Rules about people, frameworks, cycles and the preparation of inspections.

use super::*;
use crate::programme::{Office, Role, Side, details as d, offices::offices_of};
use crate::record::ScopeStatus;
use states::Inspection as I;
use std::collections::BTreeSet;

pub(in crate::programme) const NOT_ONESELF: Guard = Guard {
    rule: "nobody changes their own account",
    check: |deed| {
        need(
            deed.by != deed.on.as_str(),
            format!("`{}` is your own account", deed.on),
            "another administrator has to do it",
        )
    },
};

pub(in crate::programme) const OFFICE_IS_WHOLE: Guard = Guard {
    rule: "an office names a force or body exactly where its role needs one",
    check: |deed| {
        let Some(given) = deed.says::<d::OfOffice>() else { return Ok(()) };
        let what = match given.office.role.side() {
            Side::Force => "name its `force`, and no body",
            Side::Body => "name its `body`, and no force",
            Side::Inspectorate => "leave out force and body: it is an office of the inspectorate",
            Side::None => "nobody is given this role",
        };
        need(given.office.is_whole(), format!("the office of {} is not whole", given.office.role.id()), what)
    },
};

pub(in crate::programme) const OFFICE_NOT_HELD: Guard = Guard {
    rule: "the office is not held already",
    check: |deed| {
        let held = deed.thing.map(offices_of).unwrap_or_default();
        let fresh = deed.says::<d::OfOffice>().is_none_or(|given| !held.contains(&given.office));
        need(fresh, format!("`{}` holds that office already", deed.on), "nothing has to be done")
    },
};

pub(in crate::programme) const ONE_SIDE: Guard = Guard {
    rule: "nobody stands for the inspectorate and a force or body, nor for two forces or bodies",
    check: |deed| {
        let held = deed.thing.map(offices_of).unwrap_or_default();
        let side = |o: &Office| (o.role.side(), o.force.clone(), o.body.clone());
        let one = deed.says::<d::OfOffice>().is_none_or(|given| held.iter().all(|o| side(o) == side(&given.office)));
        need(
            one,
            format!("`{}` holds offices elsewhere", deed.on),
            "take those first with `account/take-role`, or open another account for another person",
        )
    },
};

pub(in crate::programme) const OFFICE_HELD: Guard = Guard {
    rule: "the office is held",
    check: |deed| {
        let held = deed.thing.map(offices_of).unwrap_or_default();
        let there = deed.says::<d::OfOffice>().is_none_or(|given| held.contains(&given.office));
        need(there, format!("`{}` does not hold that office", deed.on), "name the office exactly as it was given")
    },
};

pub(in crate::programme) const NOT_OWN_FRAMEWORK: Guard = Guard {
    rule: "nobody approves a framework that they drafted or revised",
    check: |deed| {
        not_by(deed, &["framework/draft", "framework/revise"], "another chief inspector's approval is needed")
    },
};

pub(in crate::programme) const APPROVES_LATEST: Guard = Guard {
    rule: "an approval is of the content as it is now",
    check: |deed| {
        let Some(approval) = deed.says::<d::Approval>() else { return Ok(()) };
        let version = deed.thing.and_then(|t| t.latest::<d::Version>()).map(|v| &v.digest);
        let content = deed.thing.and_then(|t| t.latest::<d::Content>()).map(|c| &c.digest);
        let latest = version.or(content);
        need(
            latest == Some(&approval.digest),
            format!(
                "the content is {} now, and the approval is of {}",
                latest.map_or("missing", |l| l),
                approval.digest
            ),
            "read it as it is now and approve that digest",
        )
    },
};

pub(in crate::programme) const FRAMEWORK_KNOWN: Guard = Guard {
    rule: "the cycle has a framework",
    check: |deed| {
        let Some(plan) = deed.says::<d::CyclePlan>() else { return Ok(()) };
        need(
            deed.programme.framework(&plan.framework).is_some(),
            format!("there is no framework `{}`", plan.framework),
            format!("add frameworks/{}.yaml, or name one that is there", plan.framework),
        )
    },
};

pub(in crate::programme) const EVERYWHERE_KNOWN: Guard = Guard {
    rule: "what is inspected everywhere are questions of the framework",
    check: |deed| {
        let Some(plan) = deed.says::<d::CyclePlan>() else { return Ok(()) };
        let Some(framework) = deed.programme.framework(&plan.framework) else { return Ok(()) };
        let unknown: Vec<String> = plan
            .everywhere
            .iter()
            .filter(|n| !framework.questions().any(|(id, _)| id == **n))
            .map(|n| format!("`{n}`"))
            .collect();
        need(
            unknown.is_empty(),
            format!("{} is no question of {}", shorten(&unknown), framework.title),
            "name questions, such as `legitimacy.q2`",
        )
    },
};

pub(in crate::programme) const FORCE_IN_ONE_TRANCHE: Guard = Guard {
    rule: "a force is in one tranche",
    check: |deed| {
        let Some(plan) = deed.says::<d::CyclePlan>() else { return Ok(()) };
        let mut seen = BTreeSet::new();
        let twice: Vec<String> =
            plan.tranches.iter().flatten().filter(|force| !seen.insert(*force)).map(|f| format!("`{f}`")).collect();
        need(twice.is_empty(), format!("{} is in the tranches twice", shorten(&twice)), "name each force once")
    },
};

pub(in crate::programme) const SAME_KIND_OF_CYCLE: Guard = Guard {
    rule: "a real cycle stays real, an exercise stays an exercise",
    check: |deed| {
        let before = deed
            .thing
            .and_then(|t| t.acts.first())
            .and_then(|act| <d::CyclePlan as crate::programme::Shaped>::of(&act.with));
        let same = deed.says::<d::CyclePlan>().zip(before).is_none_or(|(now, before)| now.kind == before.kind);
        need(same, "the kind of the cycle would change", "withdraw it and plan another")
    },
};

pub(in crate::programme) const INSPECTIONS_OVER: Guard = Guard {
    rule: "every inspection of the cycle has ended or was withdrawn",
    check: |deed| {
        none(
            deed.programme.parts(deed.on).filter(|t| !t.state.is_end()).collect(),
            "not at their end",
            "end or withdraw them first",
        )
    },
};

pub(in crate::programme) const CYCLE_OPEN: Guard = Guard {
    rule: "the cycle is planned or open",
    check: |deed| {
        let Some(cycle) = deed.under else { return Ok(()) };
        need(
            !cycle.state.is_end(),
            format!("the cycle `{}` is {}", cycle.id, cycle.state),
            "plan the inspection in a later cycle",
        )
    },
};

pub(in crate::programme) const CYCLE_BEGUN: Guard = Guard {
    rule: "the cycle is open",
    check: |deed| {
        let cycle = deed.subject().and_then(|t| t.belongs.cycle.as_ref()).and_then(|id| deed.programme.thing(id));
        let Some(cycle) = cycle else { return Ok(()) };
        need(
            cycle.state == State::Cycle(states::Cycle::Open),
            format!("the cycle `{}` is {}", cycle.id, cycle.state),
            "a force is notified once the cycle is open",
        )
    },
};

pub(in crate::programme) const NAMED_BY_CYCLE_AND_FORCE: Guard = Guard {
    rule: "the id of an inspection is its cycle and force",
    check: |deed| {
        let Some((cycle, of)) = deed.under.zip(deed.says::<d::OfForce>()) else { return Ok(()) };
        let id = format!("{}/{}", cycle.id, of.force);
        need(
            deed.on.as_str() == id,
            format!("`{}` is not the id of this inspection", deed.on),
            format!("write `on: {id}`"),
        )
    },
};

pub(in crate::programme) const BEFORE_FIELDWORK: Guard = Guard {
    rule: "the scope is settled before fieldwork",
    check: |deed| inspection_is(deed, &[I::Planned, I::Notified, I::Preparing]),
};

pub(in crate::programme) const QUESTION_KNOWN: Guard = Guard {
    rule: "the scope is about a question of the framework",
    check: |deed| {
        let Some((plan, framework)) = deed.says::<d::ScopePlan>().zip(deed.framework()) else { return Ok(()) };
        let known: Vec<String> = framework.questions().map(|(id, _)| format!("`{id}`")).collect();
        let there = framework.questions().any(|(id, _)| id == plan.node);
        need(
            there,
            format!("`{}` is no question of {}", plan.node, framework.title),
            format!("use one of {}", known.join(", ")),
        )
    },
};

pub(in crate::programme) const INSPECTED_EVERYWHERE: Guard = Guard {
    rule: "a question that is inspected in every force is inspected",
    check: |deed| {
        let cycle = deed.subject().and_then(|t| t.belongs.cycle.as_ref()).and_then(|id| deed.programme.thing(id));
        let Some((plan, cycle)) = deed.says::<d::ScopePlan>().zip(cycle.and_then(|c| c.latest::<d::CyclePlan>()))
        else {
            return Ok(());
        };
        need(
            plan.status == ScopeStatus::Inspected || !cycle.everywhere.contains(&plan.node),
            format!("`{}` is inspected in every force in {}", plan.node, cycle.title),
            "write `status: inspected`",
        )
    },
};

pub(in crate::programme) const ONE_LINE_A_QUESTION: Guard = Guard {
    rule: "a question has one scope line: inspected or carried over, never both",
    check: |deed| {
        let Some(plan) = deed.says::<d::ScopePlan>() else { return Ok(()) };
        none(
            scope_of(deed, &plan.node).collect(),
            "the question has a scope line",
            "revise that one with `scope-line/revise`",
        )
    },
};

pub(in crate::programme) const SAME_QUESTION: Guard = Guard {
    rule: "a scope line stays about its question",
    check: |deed| {
        let before = deed.thing.and_then(|t| t.latest::<d::ScopePlan>());
        let same = deed.says::<d::ScopePlan>().zip(before).is_none_or(|(now, before)| now.node == before.node);
        need(same, "the question would change", "withdraw this line and propose another")
    },
};

pub(in crate::programme) const NOT_OWN_SCOPE: Guard = Guard {
    rule: "nobody confirms the scope that they proposed",
    check: |deed| not_by(deed, &["scope-line/propose", "scope-line/revise"], "another HM Inspector has to confirm it"),
};

pub(in crate::programme) const SCOPE_COMPLETE: Guard = Guard {
    rule: "every question has a confirmed scope line",
    check: |deed| {
        let Some(framework) = deed.framework() else { return Ok(()) };
        let lacking: Vec<String> = framework
            .questions()
            .filter(|(node, _)| !scope_of(deed, node).any(|t| t.state.id() == "confirmed"))
            .map(|(node, _)| format!("`{node}`"))
            .collect();
        need(
            lacking.is_empty(),
            format!("without a confirmed scope line: {}", shorten(&lacking)),
            "propose and confirm them with `scope-line/propose` and `scope-line/confirm`",
        )
    },
};

pub(in crate::programme) const SCOPE_NOTIFIED: Guard = Guard {
    rule: "no scope line is open",
    check: |deed| {
        none(
            deed.of_inspection(Kind::ScopeLine).filter(|t| !t.state.is_end()).collect(),
            "scope lines that are open",
            "confirm them, with `scope-line/confirm`",
        )
    },
};

pub(in crate::programme) const ENQUIRY_KNOWN: Guard = Guard {
    rule: "a line of enquiry is about a place in the framework",
    check: |deed| {
        let Some((enquiry, framework)) = deed.says::<d::Enquiry>().zip(deed.framework()) else { return Ok(()) };
        need(
            framework.has(&enquiry.node),
            format!("the framework has no `{}`", enquiry.node),
            "name a pillar, question or part of one",
        )
    },
};

pub(in crate::programme) const INSPECTS: Guard = Guard {
    rule: "whoever joins holds an open account as inspector or analyst",
    check: |deed| {
        let Some(joining) = deed.says::<d::Somebody>() else { return Ok(()) };
        let offices = deed.programme.thing(&joining.person).map(offices_of).unwrap_or_default();
        let may = offices.iter().any(|o| matches!(o.role, Role::Inspector | Role::Analyst));
        need(
            may,
            format!("`{}` is no inspector and no analyst", joining.person),
            "give them the role first, with `account/give-role`",
        )
    },
};

pub(in crate::programme) const NOT_ON_TEAM: Guard = Guard {
    rule: "whoever joins is not on the team",
    check: |deed| {
        let on = deed.says::<d::Somebody>().is_some_and(|s| deed.programme.on_team(deed.on, &s.person));
        need(!on, "they are on the team already", "nothing has to be done")
    },
};

pub(in crate::programme) const ON_TEAM: Guard = Guard {
    rule: "whoever leaves is on the team",
    check: |deed| {
        let on = deed.says::<d::Somebody>().is_none_or(|s| deed.programme.on_team(deed.on, &s.person));
        need(on, "they are not on the team", "nothing has to be done")
    },
};

pub(in crate::programme) const UNCONFLICTED: Guard = Guard {
    rule: "whoever joins has no conflict of interest",
    check: |deed| {
        let conflict = deed.says::<d::Somebody>().is_some_and(|s| deed.programme.in_conflict(deed.on, &s.person));
        need(
            !conflict,
            "they have declared a conflict of interest",
            "choose somebody else, or have the conflict lifted first",
        )
    },
};

pub(in crate::programme) const CONFLICT_DECLARED: Guard = Guard {
    rule: "there is a conflict of interest to lift",
    check: |deed| {
        let conflict = deed.says::<d::Somebody>().is_none_or(|s| deed.programme.in_conflict(deed.on, &s.person));
        need(conflict, "they have declared no conflict of interest", "nothing has to be done")
    },
};

pub(in crate::programme) const HAS_TEAM: Guard = Guard {
    rule: "the team has a member",
    check: |deed| {
        let people: BTreeSet<&ThingId> =
            deed.thing.into_iter().flat_map(|t| t.said::<d::Somebody>()).map(|(_, s)| &s.person).collect();
        let any = people.into_iter().any(|person| deed.programme.on_team(deed.on, person));
        need(any, "nobody is on the team", "let somebody join, with `inspection/join`")
    },
};

pub(in crate::programme) const VISITS_OVER: Guard = Guard {
    rule: "every visit was done or cancelled",
    check: |deed| {
        none(
            deed.of_inspection(Kind::Visit).filter(|t| !t.state.is_end()).collect(),
            "visits still planned",
            "record them with `visit/do` or `visit/cancel`",
        )
    },
};

pub(in crate::programme) const NOTIFIED_NOT_OVER: Guard = Guard {
    rule: "the inspection was notified and is not published",
    check: |deed| {
        inspection_is(deed, &[I::Notified, I::Preparing, I::Fieldwork, I::Debriefed, I::Judging, I::Drafting])
    },
};

pub(in crate::programme) const PREPARING_OR_FIELDWORK: Guard = Guard {
    rule: "visits are planned in preparation and fieldwork",
    check: |deed| inspection_is(deed, &[I::Preparing, I::Fieldwork]),
};

pub(in crate::programme) const DAYS_IN_ORDER: Guard = Guard {
    rule: "the first day is not after the last",
    check: |deed| {
        let days = deed.says::<d::VisitPlan>().map(|v| (v.from, v.until));
        let days = days.or(deed.says::<d::RevisitPlan>().map(|r| (r.from, r.until)));
        need(days.is_none_or(|(from, until)| from <= until), "the first day is after the last", "swap the two days")
    },
};

/// The scope lines of a question that stand.
pub(super) fn scope_of<'a>(deed: &Deed<'a>, node: &crate::NodeId) -> impl Iterator<Item = &'a Thing> {
    let withdrawn = State::ScopeLine(states::ScopeLine::Withdrawn);
    deed.of_inspection(Kind::ScopeLine)
        .filter(move |t| t.state != withdrawn)
        .filter(move |t| t.latest::<d::ScopePlan>().is_some_and(|plan| plan.node == *node))
}
