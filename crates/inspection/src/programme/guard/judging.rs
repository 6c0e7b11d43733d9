//! Rules about judgments.

use super::finding::is_concern_at;
use super::planning::scope_of;
use super::*;
use crate::programme::{Role, Side, details as d, offices::offices_of, seen::grade_of, seen::node_of};
use crate::record::ScopeStatus;
use crate::{Grade, JudgmentValue, NodeId};
use states::Inspection as I;
use std::collections::BTreeSet;

pub(in crate::programme) const JUDGING: Guard = Guard {
    rule: "judgments are made while judging, and anew in follow-up",
    check: |deed| inspection_is(deed, &[I::Judging, I::Drafting, I::InCheck, I::Published, I::FollowUp]),
};

pub(in crate::programme) const QUESTION_INSPECTED: Guard = Guard {
    rule: "only what was inspected and what the framework grades is judged",
    check: |deed| {
        let Some((judge, framework)) = deed.says::<d::ToJudge>().zip(deed.framework()) else { return Ok(()) };
        let pillar = framework.pillar(judge.node.as_str());
        need(
            pillar.map(|p| p.graded).or(framework.question(&judge.node).map(|q| q.graded)).unwrap_or(true),
            format!("{} does not grade `{}`", framework.title, judge.node),
            "say what was found in a section of the report; only what the framework grades is judged",
        )?;
        if pillar.is_some() {
            return Ok(());
        }
        let inspected = scope_of(deed, &judge.node)
            .any(|t| t.latest::<d::ScopePlan>().is_some_and(|p| p.status == ScopeStatus::Inspected));
        need(
            inspected,
            format!("`{}` is not inspected in this inspection", judge.node),
            "judge a pillar or a question that is in scope, or carry the earlier judgment over",
        )
    },
};

pub(in crate::programme) const QUESTION_CARRIED: Guard = Guard {
    rule: "only what is not inspected is carried over",
    check: |deed| {
        let Some(carried) = deed.says::<d::CarriedFrom>() else { return Ok(()) };
        let over = scope_of(deed, &carried.node).any(|t| {
            t.latest::<d::ScopePlan>()
                .is_some_and(|p| matches!(p.status, ScopeStatus::CarriedOver | ScopeStatus::LimitedReview))
        });
        need(
            over,
            format!("the scope does not say that `{}` is carried over", carried.node),
            "a question is inspected or carried over, never both: see its scope line",
        )
    },
};

pub(in crate::programme) const ONE_JUDGMENT_A_PLACE: Guard = Guard {
    rule: "a place has one judgment; a regrade is a new one of a published one",
    check: |deed| {
        let open = deed.says::<d::ToJudge>();
        let node = open.map(|o| &o.node).or(deed.says::<d::CarriedFrom>().map(|c| &c.node));
        let regrades = open.and_then(|o| o.regrades.as_ref());
        let withdrawn = State::Judgment(states::Judgment::Withdrawn);
        let others: Vec<&Thing> =
            deed.of_inspection(Kind::Judgment).filter(|t| t.state != withdrawn && node_of(t) == node).collect();
        match regrades {
            None => none(
                others,
                "the place has a judgment",
                "go on with that one; a published one is regraded with `regrades`",
            ),
            Some(id) => {
                let published =
                    others.iter().any(|t| t.id == *id && t.state == State::Judgment(states::Judgment::Published));
                need(
                    published,
                    format!("`{id}` is no published judgment of this place"),
                    "only a published judgment is regraded",
                )?;
                let open: Vec<&Thing> = others.into_iter().filter(|t| !t.state.is_end()).collect();
                none(open, "a regrade is under way", "go on with that one")
            }
        }
    },
};

pub(in crate::programme) const TWO_GRADERS: Guard = Guard {
    rule: "two or more inspectors give initial grades",
    check: |deed| {
        let Some(judge) = deed.says::<d::ToJudge>() else { return Ok(()) };
        let graders: BTreeSet<&ThingId> = judge.graders.iter().collect();
        need(
            graders.len() >= 2,
            format!("there are {} different graders", graders.len()),
            "name at least two accounts under `graders`",
        )?;
        let strangers: Vec<String> =
            graders.into_iter().filter(|id| !can_grade(deed, id)).map(|id| format!("`{id}`")).collect();
        need(
            strangers.is_empty(),
            format!("neither on the team nor an HM Inspector, or in conflict: {}", shorten(&strangers)),
            "name others, or let them join with `inspection/join`",
        )
    },
};

pub(in crate::programme) const IS_GRADER: Guard = Guard {
    rule: "only those named give initial grades",
    check: |deed| {
        let named = deed
            .thing
            .and_then(|t| t.latest::<d::ToJudge>())
            .is_some_and(|j| j.graders.iter().any(|g| g.as_str() == deed.by));
        need(
            named,
            format!("{} is not named as a grader of `{}`", deed.by, deed.on),
            "those named when the judgment was opened give the initial grades",
        )
    },
};

pub(in crate::programme) const GRADES_ONCE: Guard = Guard {
    rule: "an initial grade is given once",
    check: |deed| {
        need(
            deed.did(&["judgment/grade-blind"]).is_none(),
            "you have given your initial grade",
            "it stands as it is: differences are for the proposal",
        )
    },
};

/// A second lock: `judgment/unveil` follows only when every grade is in, so that nothing that is done today comes here without. A ledger can
/// hold what was not lawful, and a decision still rests on initial grades.
pub(in crate::programme) const GRADES_IN: Guard = Guard {
    rule: "every initial grade is in",
    check: |deed| {
        let Some(thing) = deed.thing else { return Ok(()) };
        let wanted = thing.latest::<d::ToJudge>().map_or(2, |j| j.graders.iter().collect::<BTreeSet<_>>().len());
        let missing = wanted.saturating_sub(thing.said::<d::InitialGrade>().count());
        need(
            missing == 0,
            format!("the HMI cannot decide yet: {missing} of {wanted} initial grades missing"),
            "record it with `judgment/grade-blind`",
        )
    },
};

pub(in crate::programme) const IS_PILLAR: Guard = Guard {
    rule: "a view is recorded on a pillar",
    check: |deed| {
        let pillar = deed.thing.and_then(node_of).is_some_and(NodeId::is_pillar);
        need(pillar, format!("`{}` is not the judgment of a pillar", deed.on), "a suggestion is only made for pillars")
    },
};

pub(in crate::programme) const IN_SCALE: Guard = Guard {
    rule: "a grade is in the framework's scale",
    check: |deed| {
        let Some(framework) = deed.framework() else { return Ok(()) };
        let values = [
            deed.says::<d::InitialGrade>().map(|g| g.grade),
            deed.says::<d::View>().map(|v| v.grade),
            deed.says::<d::Proposal>().and_then(|p| p.grade.grade()),
            deed.says::<d::Moderation>().and_then(|m| m.after.grade()),
            deed.says::<d::Decision>().and_then(|x| x.grade.grade()),
        ];
        let scale: Vec<&str> = framework.scale().into_iter().map(Grade::id).collect();
        let off: Vec<String> = values
            .into_iter()
            .flatten()
            .filter(|g| !framework.scale().contains(g))
            .map(|g| format!("`{}`", g.id()))
            .collect();
        need(
            off.is_empty(),
            format!("{} is not in the scale of {}", shorten(&off), framework.title),
            format!("use one of {}", scale.join(", ")),
        )
    },
};

pub(in crate::programme) const CONCERN_DRAFTED: Guard = Guard {
    rule: "on a scale of five, inadequate comes with a cause of concern",
    check: |deed| {
        let value = deed.says::<d::Proposal>().map(|p| p.grade).or(deed.says::<d::Decision>().map(|x| x.grade));
        let inadequate = value == Some(JudgmentValue::Graded(Grade::Inadequate));
        if !inadequate || !deed.framework().is_some_and(five_tier) {
            return Ok(());
        }
        let node = deed.thing.and_then(node_of);
        let concern =
            deed.inspection().into_iter().flat_map(|i| deed.programme.below(&i.id)).any(|t| is_concern_at(t, node));
        need(
            concern,
            "inadequate needs a cause of concern, and none is drafted for this place",
            "draft one with `finding/draft`, with at least one recommendation under it",
        )
    },
};

pub(in crate::programme) const NOT_OWN_PROPOSAL: Guard = Guard {
    rule: "nobody moderates or decides what they proposed",
    check: |deed| not_by(deed, &["judgment/propose"], "another has to, who did not propose it"),
};

pub(in crate::programme) const PANEL_APART: Guard = Guard {
    rule: "the panel has a member; nobody on it graded or proposed, is from elsewhere, or has a conflict of interest",
    check: |deed| {
        let Some((moderation, thing)) = deed.says::<d::Moderation>().zip(deed.thing) else { return Ok(()) };
        need(!moderation.panel.is_empty(), "the panel has no member", "name its members under `panel`")?;
        let own: Vec<String> = moderation
            .panel
            .iter()
            .filter(|id| {
                thing.acts.iter().any(|act| {
                    act.by == id.as_str() && matches!(act.action, "judgment/propose" | "judgment/grade-blind")
                })
            })
            .map(|id| format!("`{id}`"))
            .collect();
        need(
            own.is_empty(),
            format!("on the panel, and graded or proposed: {}", shorten(&own)),
            "choose others for the panel",
        )?;
        let may_sit = |id: &ThingId| {
            deed.programme.thing(id).is_some_and(|t| offices_of(t).iter().any(|o| o.role.side() == Side::Inspectorate))
                && deed.inspection().is_none_or(|i| !deed.programme.in_conflict(&i.id, id))
        };
        let strangers: Vec<String> =
            moderation.panel.iter().filter(|id| !may_sit(id)).map(|id| format!("`{id}`")).collect();
        need(
            strangers.is_empty(),
            format!("not of the inspectorate, or in conflict: {}", shorten(&strangers)),
            "choose others for the panel",
        )
    },
};

pub(in crate::programme) const BEFORE_AS_PROPOSED: Guard = Guard {
    rule: "moderation starts from what stands",
    check: |deed| {
        let Some((moderation, thing)) = deed.says::<d::Moderation>().zip(deed.thing) else { return Ok(()) };
        let stands = grade_of(thing);
        need(
            stands == Some(moderation.before),
            format!(
                "`before` is {}, and what stands is {}",
                moderation.before.id(),
                stands.map_or("nothing", JudgmentValue::id)
            ),
            "write what stands under `before`",
        )
    },
};

pub(in crate::programme) const NOT_OWN_MODERATION: Guard = Guard {
    rule: "nobody decides what they moderated",
    check: |deed| not_by(deed, &["judgment/moderate"], "another HM Inspector has to decide"),
};

pub(in crate::programme) const SOURCE_STANDS: Guard = Guard {
    rule: "what is carried over is a graded judgment that was made in an earlier cycle",
    check: |deed| {
        let Some((carried, subject)) = deed.says::<d::CarriedFrom>().zip(deed.subject()) else { return Ok(()) };
        let source = deed.programme.source(&carried.from, &subject.belongs);
        let Some(source) = source else {
            return need(
                false,
                format!("`{}` is no published judgment of this force", carried.from),
                "name its id, or one on record as `2016/effectiveness.q1`",
            );
        };
        need(
            !source.carried_over,
            format!("`{}` was itself carried over from {}", carried.from, source.cycle),
            "name the judgment that it comes from",
        )?;
        need(
            source.value.grade().is_some(),
            format!("`{}` has no grade", carried.from),
            "only a grade is carried over",
        )?;
        let earlier = deed
            .framework()
            .zip(deed.programme.framework(&source.cycle))
            .is_some_and(|(now, then)| then.data_until < now.data_until);
        need(earlier, format!("{} is no cycle before this one", source.cycle), "name a judgment of an earlier cycle")
    },
};

pub(in crate::programme) const SAME_SCALE: Guard = Guard {
    rule: "nothing is carried over from one scale to another",
    check: |deed| {
        let Some((carried, subject)) = deed.says::<d::CarriedFrom>().zip(deed.subject()) else { return Ok(()) };
        let Some(source) = deed.programme.source(&carried.from, &subject.belongs) else { return Ok(()) };
        let same = deed
            .framework()
            .zip(deed.programme.framework(&source.cycle))
            .is_none_or(|(now, then)| now.same_scale(then));
        need(
            same,
            format!("{} grades on another scale", source.cycle),
            "grades are not comparable across scales: inspect the question",
        )
    },
};

pub(in crate::programme) const NOTHING_SCHEDULED_WITH_IT: Guard = Guard {
    rule: "no scheduled publication holds it",
    check: |deed| {
        none(
            scheduled_with(deed, deed.on),
            "scheduled to be published with it",
            "cancel that first with `publication/cancel`, or leave this out of it",
        )
    },
};

fn can_grade(deed: &Deed<'_>, id: &ThingId) -> bool {
    let Some(inspection) = deed.inspection() else { return false };
    let held = deed.programme.thing(id).map(offices_of).unwrap_or_default();
    let inspects = held.iter().any(|o| o.role == Role::Inspector) && deed.programme.on_team(&inspection.id, id);
    let hmi = held.iter().any(|o| o.role == Role::HmInspector);
    (inspects || hmi) && !deed.programme.in_conflict(&inspection.id, id)
}

pub(super) fn five_tier(framework: &crate::framework::Framework) -> bool {
    framework.scale().len() == 5
}
