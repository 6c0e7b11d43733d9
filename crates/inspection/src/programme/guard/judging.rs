//! Rules about evidence, assessments, judgments and findings.

use super::planning::scope_of;
use super::*;
use crate::programme::{Role, Shaped, Side, details as d, offices::offices_of, seen::grade_of, seen::node_of};
use crate::record::{FindingKind, ScopeStatus};
use crate::{Grade, JudgmentValue, NodeId};
use states::Inspection as I;
use std::collections::BTreeSet;

guards! {
    GATHERING: "evidence is gathered from notice until the draft is checked, and in follow-up", |deed| inspection_is(
        deed, &[I::Notified, I::Preparing, I::Fieldwork, I::Debriefed, I::Judging, I::Drafting, I::InCheck, I::Published, I::FollowUp],
    );
    PLACES_KNOWN: "evidence bears on places in the framework", |deed| {
        let Some((evidence, framework)) = deed.says::<d::EvidenceGiven>().zip(deed.framework()) else { return Ok(()) };
        let unknown: Vec<String> = evidence.nodes.iter().filter(|n| !framework.has(n)).map(|n| format!("`{n}`")).collect();
        need(!evidence.nodes.is_empty(), "it bears on no place in the framework", "name at least one under `nodes`")?;
        need(unknown.is_empty(), format!("the framework has no {}", shorten(&unknown)), "name pillars, questions or parts of one")
    };
    NOT_OWN_EVIDENCE: "nobody corroborates evidence that they recorded", |deed| {
        not_by(deed, &["evidence/record"], "somebody else has to corroborate it")
    };
    OTHER_EVIDENCE: "evidence is corroborated by other evidence of the inspection that stands", |deed| {
        let Some(by) = deed.says::<d::Corroboration>() else { return Ok(()) };
        need(!by.by.contains(deed.on), "it would corroborate itself", "name other evidence")?;
        stands(deed, &by.by)
    };
    NOT_RELIED_ON: "no decided judgment and no agreed finding relies on the evidence", |deed| {
        let relies = |thing: &&Thing| {
            let evidence = thing.latest::<d::Proposal>().map(|p| &p.evidence).or(thing.latest::<d::FindingDrafted>().map(|f| &f.evidence));
            matches!(thing.state.id(), "proposed" | "reopened" | "moderated" | "decided" | "agreed" | "published")
                && evidence.is_some_and(|ids| ids.contains(deed.on))
        };
        let inspection = deed.inspection().map(|i| deed.programme.below(&i.id)).unwrap_or_default();
        none(inspection.into_iter().filter(relies).collect(), "they rely on it", "return or revise them first, so that they rest on something else")
    };
    EARLIER_FINDING: "it is about an open entry of the register for this force, or a finding on record", |deed| {
        let Some((assessed, inspection)) = deed.says::<d::Assessed>().zip(deed.inspection()) else { return Ok(()) };
        let entry = earlier_entries(deed).into_iter().any(|t| t.id.as_str() == assessed.finding);
        let on_record = assessed.finding.split_once('/').is_some_and(|(cycle, id)| {
            inspection.belongs.forces.iter().any(|force| deed.programme.record.finding(cycle, force, id).is_some())
        });
        need(entry || on_record, format!("`{}` is no open entry of the register and no finding on record for this force", assessed.finding),
            "name the entry, or a finding on record as `2016/coc-1`")
    };
    ASSESSED_ONCE: "an earlier finding is assessed once in an inspection", |deed| {
        let Some(assessed) = deed.says::<d::Assessed>() else { return Ok(()) };
        none(assessments(deed).filter(|(_, a)| a.finding == assessed.finding).map(|(t, _)| t).collect(), "it is assessed already", "revise that with `assessment/revise`")
    };
    SAME_FINDING: "an assessment stays about its finding", |deed| {
        let before = deed.thing.and_then(|t| t.latest::<d::Assessed>());
        let same = deed.says::<d::Assessed>().zip(before).is_none_or(|(now, before)| now.finding == before.finding);
        need(same, "the finding would change", "withdraw this assessment and record another")
    };
    EARLIER_ASSESSED: "every open earlier finding is assessed before judging", |deed| earlier_assessed(deed);
    EARLIER_ASSESSED_BY_NOW: "every open earlier finding is assessed", |deed| earlier_assessed(deed);
    JUDGING: "judgments are made while judging, and anew in follow-up", |deed| {
        inspection_is(deed, &[I::Judging, I::Drafting, I::InCheck, I::Published, I::FollowUp])
    };
    QUESTION_INSPECTED: "only what was inspected is judged", |deed| {
        let Some((judge, framework)) = deed.says::<d::ToJudge>().zip(deed.framework()) else { return Ok(()) };
        if framework.pillar(judge.node.as_str()).is_some() { return Ok(()) }
        let inspected = scope_of(deed, &judge.node).any(|t| t.latest::<d::ScopePlan>().is_some_and(|p| p.status == ScopeStatus::Inspected));
        need(inspected, format!("`{}` is not inspected in this inspection", judge.node), "judge a pillar or a question that is in scope, or carry the earlier judgment over")
    };
    QUESTION_CARRIED: "only what is not inspected is carried over", |deed| {
        let Some(carried) = deed.says::<d::CarriedFrom>() else { return Ok(()) };
        let over = scope_of(deed, &carried.node).any(|t| t.latest::<d::ScopePlan>()
            .is_some_and(|p| matches!(p.status, ScopeStatus::CarriedOver | ScopeStatus::LimitedReview)));
        need(over, format!("the scope does not say that `{}` is carried over", carried.node), "a question is inspected or carried over, never both: see its scope line")
    };
    ONE_JUDGMENT_A_PLACE: "a place has one judgment; a regrade is a new one of a published one", |deed| {
        let open = deed.says::<d::ToJudge>();
        let node = open.map(|o| &o.node).or(deed.says::<d::CarriedFrom>().map(|c| &c.node));
        let regrades = open.and_then(|o| o.regrades.as_ref());
        let withdrawn = State::Judgment(states::Judgment::Withdrawn);
        let others: Vec<&Thing> = deed.of_inspection(Kind::Judgment)
            .filter(|t| t.state != withdrawn && node_of(t) == node).collect();
        match regrades {
            None => none(others, "the place has a judgment", "go on with that one; a published one is regraded with `regrades`"),
            Some(id) => {
                let published = others.iter().any(|t| t.id == *id && t.state == State::Judgment(states::Judgment::Published));
                need(published, format!("`{id}` is no published judgment of this place"), "only a published judgment is regraded")?;
                let open: Vec<&Thing> = others.into_iter().filter(|t| !t.state.is_end()).collect();
                none(open, "a regrade is under way", "go on with that one")
            }
        }
    };
    TWO_GRADERS: "two or more inspectors give initial grades", |deed| {
        let Some(judge) = deed.says::<d::ToJudge>() else { return Ok(()) };
        let graders: BTreeSet<&ThingId> = judge.graders.iter().collect();
        need(graders.len() >= 2, format!("there are {} different graders", graders.len()), "name at least two accounts under `graders`")?;
        let strangers: Vec<String> = graders.into_iter().filter(|id| !can_grade(deed, id)).map(|id| format!("`{id}`")).collect();
        need(strangers.is_empty(), format!("neither on the team nor an HM Inspector, or in conflict: {}", shorten(&strangers)), "name others, or let them join with `inspection/join`")
    };
    IS_GRADER: "only those named give initial grades", |deed| {
        let named = deed.thing.and_then(|t| t.latest::<d::ToJudge>()).is_some_and(|j| j.graders.iter().any(|g| g.as_str() == deed.by));
        need(named, format!("{} is not named as a grader of `{}`", deed.by, deed.on), "those named when the judgment was opened give the initial grades")
    };
    GRADES_ONCE: "an initial grade is given once", |deed| {
        need(deed.did(&["judgment/grade-blind"]).is_none(), "you have given your initial grade", "it stands as it is: differences are for the proposal")
    };
    GRADES_IN: "every initial grade is in", |deed| {
        let Some(thing) = deed.thing else { return Ok(()) };
        let wanted = thing.latest::<d::ToJudge>().map_or(2, |j| j.graders.iter().collect::<BTreeSet<_>>().len());
        let missing = wanted.saturating_sub(thing.said::<d::InitialGrade>().count());
        need(missing == 0, format!("the HMI cannot decide yet: {missing} of {wanted} initial grades is missing"), "record it with `judgment/grade-blind`")
    };
    IS_PILLAR: "a view is recorded on a pillar", |deed| {
        let pillar = deed.thing.and_then(node_of).is_some_and(NodeId::is_pillar);
        need(pillar, format!("`{}` is not the judgment of a pillar", deed.on), "a suggestion is only made for pillars")
    };
    IN_SCALE: "a grade is in the framework's scale", |deed| {
        let Some(framework) = deed.framework() else { return Ok(()) };
        let values = [
            deed.says::<d::InitialGrade>().map(|g| g.grade), deed.says::<d::View>().map(|v| v.grade),
            deed.says::<d::Proposal>().and_then(|p| p.grade.grade()), deed.says::<d::Moderation>().and_then(|m| m.after.grade()),
            deed.says::<d::Decision>().and_then(|x| x.grade.grade()),
        ];
        let scale: Vec<&str> = framework.scale().into_iter().map(Grade::id).collect();
        let off: Vec<String> = values.into_iter().flatten().filter(|g| !framework.scale().contains(g)).map(|g| format!("`{}`", g.id())).collect();
        need(off.is_empty(), format!("{} is not in the scale of {}", shorten(&off), framework.title), format!("use one of {}", scale.join(", ")))
    };
    HAS_EVIDENCE: "a judgment rests on evidence", |deed| {
        let empty = deed.says::<d::Proposal>().is_some_and(|p| p.evidence.is_empty());
        need(!empty, "it rests on no evidence", "name at least one under `evidence`; record it with `evidence/record`")
    };
    EVIDENCE_OF_INSPECTION: "the evidence named is of this inspection and stands", |deed| {
        let named = deed.says::<d::Proposal>().map(|p| &p.evidence)
            .or(deed.says::<d::Assessed>().map(|a| &a.evidence)).or(deed.says::<d::FindingDrafted>().map(|f| &f.evidence));
        if deed.inspection().is_none() { return Ok(()) }
        named.map_or(Ok(()), |ids| stands(deed, ids))
    };
    CONCERN_DRAFTED: "on a scale of five, inadequate comes with a cause of concern", |deed| {
        let value = deed.says::<d::Proposal>().map(|p| p.grade).or(deed.says::<d::Decision>().map(|x| x.grade));
        let inadequate = value == Some(JudgmentValue::Graded(Grade::Inadequate));
        if !inadequate || !deed.framework().is_some_and(five_tier) { return Ok(()) }
        let node = deed.thing.and_then(node_of);
        let concern = deed.inspection().into_iter().flat_map(|i| deed.programme.below(&i.id)).any(|t| is_concern_at(t, node));
        need(concern, "inadequate needs a cause of concern, and none is drafted for this place",
            "draft one with `finding/draft`, with at least one recommendation under it")
    };
    NOT_OWN_PROPOSAL: "nobody moderates or decides what they proposed", |deed| {
        not_by(deed, &["judgment/propose"], "another has to, who did not propose it")
    };
    PANEL_APART: "the panel has a member; nobody on it graded or proposed, is from elsewhere, or has a conflict of interest", |deed| {
        let Some((moderation, thing)) = deed.says::<d::Moderation>().zip(deed.thing) else { return Ok(()) };
        need(!moderation.panel.is_empty(), "the panel has no member", "name its members under `panel`")?;
        let own: Vec<String> = moderation.panel.iter().filter(|id| thing.acts.iter().any(|act| {
            act.by == id.as_str() && matches!(act.action, "judgment/propose" | "judgment/grade-blind")
        })).map(|id| format!("`{id}`")).collect();
        need(own.is_empty(), format!("on the panel, and graded or proposed: {}", shorten(&own)), "choose others for the panel")?;
        let may_sit = |id: &ThingId| deed.programme.thing(id).is_some_and(|t| offices_of(t).iter().any(|o| o.role.side() == Side::Inspectorate))
            && deed.inspection().is_none_or(|i| !deed.programme.in_conflict(&i.id, id));
        let strangers: Vec<String> = moderation.panel.iter().filter(|id| !may_sit(id)).map(|id| format!("`{id}`")).collect();
        need(strangers.is_empty(), format!("not of the inspectorate, or in conflict: {}", shorten(&strangers)), "choose others for the panel")
    };
    BEFORE_AS_PROPOSED: "moderation starts from what stands", |deed| {
        let Some((moderation, thing)) = deed.says::<d::Moderation>().zip(deed.thing) else { return Ok(()) };
        let stands = grade_of(thing);
        need(stands == Some(moderation.before), format!("`before` is {}, and what stands is {}", moderation.before.id(), stands.map_or("nothing", JudgmentValue::id)),
            "write what stands under `before`")
    };
    NOT_OWN_MODERATION: "nobody decides what they moderated", |deed| {
        not_by(deed, &["judgment/moderate"], "another HM Inspector has to decide")
    };
    SOURCE_STANDS: "what is carried over is a graded judgment that was made in an earlier cycle", |deed| {
        let Some((carried, subject)) = deed.says::<d::CarriedFrom>().zip(deed.subject()) else { return Ok(()) };
        let source = deed.programme.source(&carried.from, &subject.belongs);
        let Some(source) = source else {
            return need(false, format!("`{}` is no published judgment of this force", carried.from), "name its id, or one on record as `2016/effectiveness.q1`");
        };
        need(!source.carried_over, format!("`{}` was itself carried over from {}", carried.from, source.cycle), "name the judgment that it comes from")?;
        need(source.value.grade().is_some(), format!("`{}` has no grade", carried.from), "only a grade is carried over")?;
        let earlier = deed.framework().zip(deed.programme.framework(&source.cycle)).is_some_and(|(now, then)| then.data_until < now.data_until);
        need(earlier, format!("{} is no cycle before this one", source.cycle), "name a judgment of an earlier cycle")
    };
    SAME_SCALE: "nothing is carried over from one scale to another", |deed| {
        let Some((carried, subject)) = deed.says::<d::CarriedFrom>().zip(deed.subject()) else { return Ok(()) };
        let Some(source) = deed.programme.source(&carried.from, &subject.belongs) else { return Ok(()) };
        let same = deed.framework().zip(deed.programme.framework(&source.cycle)).is_none_or(|(now, then)| now.same_scale(then));
        need(same, format!("{} grades on another scale", source.cycle), "grades are not comparable across scales: inspect the question")
    };
    NOTHING_SCHEDULED_WITH_IT: "no scheduled publication holds it", |deed| none(
        scheduled_with(deed, deed.on), "scheduled to be published with it", "cancel that first with `publication/cancel`, or leave this out of it",
    );
    CAN_STILL_FIND: "findings are drafted from fieldwork on, until the draft is checked, and in follow-up", |deed| {
        if deed.inspection().is_none() { return Ok(()) }
        inspection_is(deed, &[I::Fieldwork, I::Debriefed, I::Judging, I::Drafting, I::InCheck, I::Published, I::FollowUp])
    };
    HANGS_ON_A_CONCERN: "only a recommendation hangs on another finding, and that is a cause of concern", |deed| {
        let Some((draft, under)) = deed.says::<d::FindingDrafted>().zip(deed.under) else { return Ok(()) };
        let Some(parent) = under.latest::<d::FindingDrafted>() else { return Ok(()) };
        need(draft.kind == FindingKind::Recommendation && parent.kind == FindingKind::CauseOfConcern,
            format!("a {} would hang on a {}", draft.kind.ids().0, parent.kind.ids().0), "put it under the inspection")?;
        need(matches!(under.state.id(), "drafted" | "agreed"), format!("the cause of concern `{}` is {}", under.id, under.state), "draft a new cause of concern")
    };
    FINDING_PLACE_KNOWN: "a finding belongs to a place in the framework", |deed| {
        let Some((draft, framework)) = deed.says::<d::FindingDrafted>().zip(deed.framework()) else { return Ok(()) };
        need(framework.has(&draft.node), format!("the framework has no `{}`", draft.node), "name a pillar, question or part of one")
    };
    HAS_ADDRESSEE: "a finding is addressed to somebody", |deed| {
        let Some((draft, under)) = deed.says::<d::FindingDrafted>().zip(deed.under) else { return Ok(()) };
        let any = !draft.forces.is_empty() || !draft.bodies.is_empty() || !under.belongs.forces.is_empty() || !under.belongs.bodies.is_empty();
        need(any, "it is addressed to nobody", "name at least one under `forces` or `bodies`")
    };
    SAME_OWNERS: "a finding keeps its kind and its owners", |deed| {
        let first = deed.thing.and_then(|t| t.acts.first()).and_then(|act| d::FindingDrafted::of(&act.with));
        let same = deed.says::<d::FindingDrafted>().zip(first).is_none_or(|(now, then)| now.kind == then.kind && now.forces == then.forces && now.bodies == then.bodies);
        need(same, "its kind or owners would change", "withdraw it and draft another")
    };
    SUPERSEDES_ENTRIES: "what it supersedes are entries of the register for the same force or body", |deed| {
        let Some((draft, subject)) = deed.says::<d::FindingDrafted>().zip(deed.subject()) else { return Ok(()) };
        let fits = |id: &ThingId| deed.programme.thing(id).is_some_and(|t| t.kind() == Kind::Entry && t.belongs.exercise == subject.belongs.exercise
            && (t.belongs.forces.iter().any(|f| subject.belongs.forces.contains(f) || draft.forces.contains(f)) || t.belongs.bodies.iter().any(|b| draft.bodies.contains(b))));
        let wrong: Vec<String> = draft.supersedes.iter().filter(|id| !fits(id)).map(|id| format!("`{id}`")).collect();
        need(wrong.is_empty(), format!("no entries of the register for them: {}", shorten(&wrong)), "name entries of the same force or body")
    };
    NOT_OWN_FINDING: "nobody agrees a finding that they drafted or revised", |deed| {
        not_by(deed, &["finding/draft", "finding/revise"], "another HM Inspector has to agree it")
    };
    FINDING_RESTS: "a finding rests on evidence, its own or that of its cause of concern", |deed| {
        let Some(thing) = deed.thing else { return Ok(()) };
        let own = thing.latest::<d::FindingDrafted>().is_some_and(|f| !f.evidence.is_empty());
        let parent = thing.belongs.under.as_ref().and_then(|id| deed.programme.thing(id)).is_some_and(|p| p.kind() != Kind::Inspection);
        need(own || parent, "it rests on no evidence", "name at least one with `finding/revise`")
    };
    CONCERN_HAS_RECOMMENDATION: "a cause of concern comes with at least one recommendation", |deed| {
        let Some(thing) = deed.thing.filter(|t| is_concern(t)) else { return Ok(()) };
        let any = deed.programme.parts(&thing.id).any(|t| t.kind() == Kind::Finding && t.state.id() != "withdrawn");
        need(any, format!("the cause of concern `{}` has no recommendation", thing.id), "draft one under it with `finding/draft`")
    };
    CONCERN_KEEPS_RECOMMENDATION: "an agreed cause of concern keeps at least one recommendation", |deed| {
        let Some(thing) = deed.thing else { return Ok(()) };
        let parent = thing.belongs.under.as_ref().and_then(|id| deed.programme.thing(id)).filter(|p| is_concern(p) && p.state.id() == "agreed");
        let standing = |t: &&Thing| t.kind() == Kind::Finding && t.state.id() != "withdrawn";
        let lonely = parent.is_some_and(|p| deed.programme.parts(&p.id).filter(standing).all(|t| t.id == thing.id));
        need(!lonely, "it is the only recommendation of an agreed cause of concern", "draft another first, or revise the cause of concern")
    };
    IS_CONCERN: "only a cause of concern is accelerated", |deed| {
        need(deed.thing.is_some_and(is_concern), format!("`{}` is not a cause of concern", deed.on), "it is published with the report")
    };
    RECOMMENDATIONS_AGREED: "every recommendation of the cause of concern is agreed, and there is one", |deed| {
        let parts: Vec<&Thing> = deed.programme.parts(deed.on).filter(|t| t.kind() == Kind::Finding && t.state.id() != "withdrawn").collect();
        need(!parts.is_empty(), "it has no recommendation", "draft one under it with `finding/draft`")?;
        none(parts.into_iter().filter(|t| t.state.id() == "drafted").collect(), "not agreed yet", "agree them with `finding/agree`, or withdraw them")
    };
}

fn can_grade(deed: &Deed<'_>, id: &ThingId) -> bool {
    let Some(inspection) = deed.inspection() else { return false };
    let held = deed.programme.thing(id).map(offices_of).unwrap_or_default();
    let inspects = held.iter().any(|o| o.role == Role::Inspector) && deed.programme.on_team(&inspection.id, id);
    let hmi = held.iter().any(|o| o.role == Role::HmInspector);
    (inspects || hmi) && !deed.programme.in_conflict(&inspection.id, id)
}

pub(super) fn is_concern(thing: &Thing) -> bool {
    thing.latest::<d::FindingDrafted>().is_some_and(|f| f.kind == FindingKind::CauseOfConcern)
}

pub(super) fn is_concern_at(thing: &Thing, node: Option<&NodeId>) -> bool {
    let at = thing.latest::<d::FindingDrafted>().is_some_and(|f| node.is_none_or(|node| f.node.within(node)));
    thing.kind() == Kind::Finding && is_concern(thing) && at && thing.state.id() != "withdrawn"
}

pub(super) fn five_tier(framework: &crate::framework::Framework) -> bool {
    framework.scale().len() == 5
}

fn stands(deed: &Deed<'_>, ids: &[ThingId]) -> Checked {
    let inspection = deed.inspection().map(|i| &i.id);
    let fits = |id: &ThingId| {
        deed.programme.thing(id).is_some_and(|t| {
            t.kind() == Kind::Evidence && t.belongs.inspection.as_ref() == inspection && t.state.id() != "withdrawn"
        })
    };
    let wrong: Vec<String> = ids.iter().filter(|id| !fits(id)).map(|id| format!("`{id}`")).collect();
    need(
        wrong.is_empty(),
        format!("no evidence of this inspection, or withdrawn: {}", shorten(&wrong)),
        "name evidence of this inspection that stands",
    )
}

/// Open entries of the register for the inspected force that come from elsewhere than this inspection.
pub(super) fn earlier_entries<'a>(deed: &Deed<'a>) -> Vec<&'a Thing> {
    let Some(inspection) = deed.inspection() else { return Vec::new() };
    deed.programme
        .of_kind(Kind::Entry)
        .filter(|t| !t.state.is_end() && t.belongs.exercise == inspection.belongs.exercise)
        .filter(|t| t.belongs.inspection.as_ref() != Some(&inspection.id))
        .filter(|t| t.belongs.forces.iter().any(|force| inspection.belongs.forces.contains(force)))
        .collect()
}

fn assessments<'a>(deed: &Deed<'a>) -> impl Iterator<Item = (&'a Thing, &'a d::Assessed)> {
    deed.of_inspection(Kind::Assessment)
        .filter(|t| t.state.id() != "withdrawn")
        .filter_map(|t| Some((t, t.latest::<d::Assessed>()?)))
}

fn earlier_assessed(deed: &Deed<'_>) -> Checked {
    // What opens after judging has begun belongs to the next inspection.
    let begun = deed.inspection().and_then(|i| i.last("inspection/begin-judging")).map(|act| act.seq);
    let open = earlier_entries(deed)
        .into_iter()
        .filter(|entry| begun.is_none_or(|seq| entry.acts.first().is_some_and(|act| act.seq < seq)))
        .filter(|entry| !assessments(deed).any(|(_, a)| a.finding == entry.id.as_str()));
    none(
        open.collect(),
        "open findings of earlier inspections that are not assessed",
        "record how each stands with `assessment/record`",
    )
}
