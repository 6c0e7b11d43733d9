//! Rules about evidence, and about how earlier findings stand.

use super::*;
use crate::programme::details as d;
use states::Inspection as I;

pub(in crate::programme) const GATHERING: Guard = Guard {
    rule: "evidence is gathered from notice until the draft is checked, and in follow-up",
    check: |deed| {
        inspection_is(
            deed,
            &[
                I::Notified,
                I::Preparing,
                I::Fieldwork,
                I::Debriefed,
                I::Judging,
                I::Drafting,
                I::InCheck,
                I::Published,
                I::FollowUp,
            ],
        )
    },
};

pub(in crate::programme) const PLACES_KNOWN: Guard = Guard {
    rule: "evidence bears on places in the framework",
    check: |deed| {
        let Some((evidence, framework)) = deed.says::<d::EvidenceGiven>().zip(deed.framework()) else { return Ok(()) };
        let unknown: Vec<String> =
            evidence.nodes.iter().filter(|n| !framework.has(n)).map(|n| format!("`{n}`")).collect();
        need(!evidence.nodes.is_empty(), "it bears on no place in the framework", "name at least one under `nodes`")?;
        need(
            unknown.is_empty(),
            format!("the framework has no {}", shorten(&unknown)),
            "name pillars, questions or parts of one",
        )
    },
};

pub(in crate::programme) const NOT_OWN_EVIDENCE: Guard = Guard {
    rule: "nobody corroborates evidence that they recorded",
    check: |deed| not_by(deed, &["evidence/record"], "somebody else has to corroborate it"),
};

pub(in crate::programme) const OTHER_EVIDENCE: Guard = Guard {
    rule: "evidence is corroborated by other evidence of the inspection that stands",
    check: |deed| {
        let Some(by) = deed.says::<d::Corroboration>() else { return Ok(()) };
        need(!by.by.contains(deed.on), "it would corroborate itself", "name other evidence")?;
        stands(deed, &by.by)
    },
};

pub(in crate::programme) const NOT_RELIED_ON: Guard = Guard {
    rule: "no decided judgment and no agreed finding relies on the evidence",
    check: |deed| {
        let relies = |thing: &&Thing| {
            let evidence = thing
                .latest::<d::Proposal>()
                .map(|p| &p.evidence)
                .or(thing.latest::<d::FindingDrafted>().map(|f| &f.evidence));
            matches!(thing.state.id(), "proposed" | "reopened" | "moderated" | "decided" | "agreed" | "published")
                && evidence.is_some_and(|ids| ids.contains(deed.on))
        };
        let inspection = deed.inspection().map(|i| deed.programme.below(&i.id)).unwrap_or_default();
        none(
            inspection.into_iter().filter(relies).collect(),
            "they rely on it",
            "return or revise them first, so that they rest on something else",
        )
    },
};

pub(in crate::programme) const EARLIER_FINDING: Guard = Guard {
    rule: "it is about an open entry of the register for this force, or a finding on record",
    check: |deed| {
        let Some((assessed, inspection)) = deed.says::<d::Assessed>().zip(deed.inspection()) else { return Ok(()) };
        let entry = earlier_entries(deed).into_iter().any(|t| t.id.as_str() == assessed.finding);
        let on_record = assessed.finding.split_once('/').is_some_and(|(cycle, id)| {
            inspection.belongs.forces.iter().any(|force| deed.programme.record.finding(cycle, force, id).is_some())
        });
        need(
            entry || on_record,
            format!("`{}` is no open entry of the register and no finding on record for this force", assessed.finding),
            "name the entry, or a finding on record as `2016/coc-1`",
        )
    },
};

pub(in crate::programme) const ASSESSED_ONCE: Guard = Guard {
    rule: "an earlier finding is assessed once in an inspection",
    check: |deed| {
        let Some(assessed) = deed.says::<d::Assessed>() else { return Ok(()) };
        none(
            assessments(deed).filter(|(_, a)| a.finding == assessed.finding).map(|(t, _)| t).collect(),
            "it is assessed already",
            "revise that with `assessment/revise`",
        )
    },
};

pub(in crate::programme) const SAME_FINDING: Guard = Guard {
    rule: "an assessment stays about its finding",
    check: |deed| {
        let before = deed.thing.and_then(|t| t.latest::<d::Assessed>());
        let same = deed.says::<d::Assessed>().zip(before).is_none_or(|(now, before)| now.finding == before.finding);
        need(same, "the finding would change", "withdraw this assessment and record another")
    },
};

pub(in crate::programme) const EARLIER_ASSESSED: Guard =
    Guard { rule: "every open earlier finding is assessed before judging", check: |deed| earlier_assessed(deed) };

pub(in crate::programme) const EARLIER_ASSESSED_BY_NOW: Guard =
    Guard { rule: "every open earlier finding is assessed", check: |deed| earlier_assessed(deed) };

pub(in crate::programme) const HAS_EVIDENCE: Guard = Guard {
    rule: "a judgment rests on evidence",
    check: |deed| {
        let empty = deed.says::<d::Proposal>().is_some_and(|p| p.evidence.is_empty());
        need(!empty, "it rests on no evidence", "name at least one under `evidence`; record it with `evidence/record`")
    },
};

pub(in crate::programme) const EVIDENCE_OF_INSPECTION: Guard = Guard {
    rule: "the evidence named is of this inspection and stands",
    check: |deed| {
        let named = deed
            .says::<d::Proposal>()
            .map(|p| &p.evidence)
            .or(deed.says::<d::Assessed>().map(|a| &a.evidence))
            .or(deed.says::<d::FindingDrafted>().map(|f| &f.evidence));
        if deed.inspection().is_none() {
            return Ok(());
        }
        named.map_or(Ok(()), |ids| stands(deed, ids))
    },
};

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
