//! Rules about drafts and the pre-publication check.

use super::*;
use crate::programme::{Shaped, details as d, seen::node_of};
use states::Inspection as I;

pub(in crate::programme) const DRAFTING: Guard = Guard {
    rule: "drafts are made while drafting",
    check: |deed| inspection_is(deed, &[I::Drafting, I::InCheck, I::Published, I::FollowUp]),
};

pub(in crate::programme) const SAME_SECTION: Guard = Guard {
    rule: "a section stays the same part of the same document",
    check: |deed| {
        let before = deed.thing.and_then(|t| t.latest::<d::Content>());
        let same = deed
            .says::<d::Content>()
            .zip(before)
            .is_none_or(|(now, then)| now.product == then.product && now.section == then.section);
        need(same, "the document or section would change", "withdraw this one and write another")
    },
};

pub(in crate::programme) const NOT_OWN_SECTION: Guard = Guard {
    rule: "nobody approves a section that they wrote or edited",
    check: |deed| {
        not_by(deed, &["section/write", "section/rewrite", "section/edit"], "somebody else has to approve it")
    },
};

pub(in crate::programme) const NO_OTHER_CHECK: Guard = Guard {
    rule: "one check is open at a time",
    check: |deed| none(open_checks(deed), "a check is open", "close or withdraw it first"),
};

pub(in crate::programme) const NO_OPEN_CHECK: Guard = Guard {
    rule: "no check is open",
    check: |deed| none(open_checks(deed), "a check is open", "close or withdraw it first"),
};

pub(in crate::programme) const SECTIONS_APPROVED: Guard = Guard {
    rule: "a draft has sections, and each is approved as it is now",
    check: |deed| {
        let open: Vec<&Thing> = deed.of_inspection(Kind::Section).filter(|t| !t.state.is_end()).collect();
        let any = deed.of_inspection(Kind::Section).any(|t| t.state.id() != "withdrawn");
        need(any, "the draft has no section", "write one with `section/write`")?;
        none(
            open.into_iter().filter(|t| !approved(t)).collect(),
            "sections that are not approved as they are now",
            "edit and approve them, with `section/edit` and `section/approve`",
        )
    },
};

pub(in crate::programme) const NO_JUDGMENT_OPEN: Guard = Guard {
    rule: "no judgment is open",
    check: |deed| {
        none(
            deed.of_inspection(Kind::Judgment)
                .filter(|t| !t.state.is_end() && !matches!(t.state.id(), "decided" | "carried-over"))
                .collect(),
            "judgments that are not decided",
            "decide or withdraw them first",
        )
    },
};

pub(in crate::programme) const ALL_JUDGED: Guard = Guard {
    rule: "every inspected question that is graded has a decided judgment, every question that carries over its judgment, and none is open",
    check: |deed| {
        (NO_JUDGMENT_OPEN.check)(deed)?;
        let Some(framework) = deed.framework() else { return Ok(()) };
        let judged = |node: &crate::NodeId| {
            deed.of_inspection(Kind::Judgment).any(|t| t.state.id() != "withdrawn" && node_of(t) == Some(node))
        };
        let inspected = |node: &crate::NodeId| super::planning::scope_of(deed, node).next().is_some();
        let lacking: Vec<String> = framework
            .questions()
            .filter(|(node, question)| {
                question.graded && inspected(node) && !judged(node) && wants_judgment(deed, node)
            })
            .map(|(node, _)| format!("`{node}`"))
            .collect();
        need(
            lacking.is_empty(),
            format!("without a judgment: {}", shorten(&lacking)),
            "open one with `judgment/open`, or carry one over with `judgment/carry-over`",
        )
    },
};

pub(in crate::programme) const COMMENTS_ANSWERED: Guard = Guard {
    rule: "every comment is accepted, rejected or withdrawn",
    check: |deed| {
        none(
            deed.programme.parts(deed.on).filter(|t| !t.state.is_end()).collect(),
            "comments without an answer",
            "answer them with `comment/accept` or `comment/reject`",
        )
    },
};

pub(in crate::programme) const CHECK_OPEN: Guard = Guard {
    rule: "comments are made while the check is open",
    check: |deed| {
        let Some(check) = deed.under else { return Ok(()) };
        need(
            check.state == State::Check(states::Check::Sent),
            format!("the check `{}` is {}", check.id, check.state),
            "ask the programme lead to send the draft again",
        )?;
        let until = check.latest::<d::SentDraft>().map(|sent| sent.until);
        need(
            until.is_none_or(|last| deed.today() <= last),
            "its last day has passed",
            "ask the programme lead for a new check",
        )
    },
};

pub(in crate::programme) const ANCHORED: Guard = Guard {
    rule: "a comment is about a paragraph of a section, a number, or a judgment",
    check: |deed| {
        let Some(comment) = deed.says::<d::OnDraft>() else { return Ok(()) };
        let paragraph = comment.section.is_some() && comment.paragraph.is_some_and(|n| n > 0);
        need(
            paragraph || comment.number.is_some() || comment.judgment.is_some(),
            "the comment is about nothing",
            "give `section` and `paragraph`, or `number`, or `judgment`",
        )?;
        let of = |id: &Option<ThingId>, kind: Kind| {
            id.as_ref().is_none_or(|id| {
                deed.programme.thing(id).is_some_and(|t| {
                    t.kind() == kind
                        && t.belongs.inspection == deed.subject().and_then(|s| s.belongs.inspection.clone())
                })
            })
        };
        need(of(&comment.section, Kind::Section), "`section` is no section of this draft", "name one of its sections")?;
        need(
            of(&comment.judgment, Kind::Judgment),
            "`judgment` is no judgment of this inspection",
            "name one of its judgments",
        )?;
        need(
            comment.about == d::About::FactualError || comment.judgment.is_some(),
            "it disputes a grade and names no judgment",
            "give `judgment`",
        )
    },
};

pub(in crate::programme) const DISPUTE_FOR_HMI: Guard = Guard {
    rule: "a grade dispute is answered by an HM Inspector",
    check: |deed| {
        let dispute =
            deed.thing.and_then(|t| t.latest::<d::OnDraft>()).is_some_and(|c| c.about == d::About::GradeDispute);
        let hmi = deed.programme.offices(deed.actor).iter().any(|o| o.role == crate::programme::Role::HmInspector);
        need(!dispute || hmi, "it disputes a grade", "an HM Inspector has to answer it")
    },
};

pub(in crate::programme) const REOPENS_DECIDED: Guard = Guard {
    rule: "what goes back to moderation is a decided judgment of this inspection that no publication holds",
    check: |deed| {
        let Some(id) = deed.says::<d::Answer>().and_then(|a| a.reopens.as_ref()) else { return Ok(()) };
        let fits = deed.programme.thing(id).is_some_and(|t| {
            t.state == State::Judgment(states::Judgment::Decided)
                && t.belongs.inspection == deed.thing.and_then(|c| c.belongs.inspection.clone())
        });
        need(fits, format!("`{id}` is no decided judgment of this inspection"), "name one, or leave `reopens` out")?;
        none(
            scheduled_with(deed, id),
            "scheduled to be published with it",
            "cancel that first with `publication/cancel`",
        )
    },
};

pub(super) fn open_checks<'a>(deed: &Deed<'a>) -> Vec<&'a Thing> {
    deed.of_inspection(Kind::Check).filter(|t| t.state == State::Check(states::Check::Sent)).collect()
}

/// Whether its last approval is of its content as it is now.
pub(super) fn approved(section: &Thing) -> bool {
    matches!(section.state.id(), "approved" | "in-check")
        && section.latest::<d::Content>().map(|c| &c.digest)
            == section.last("section/approve").and_then(|act| d::Approval::of(&act.with)).map(|a| &a.digest)
}

fn wants_judgment(deed: &Deed<'_>, node: &crate::NodeId) -> bool {
    super::planning::scope_of(deed, node)
        .any(|t| t.latest::<d::ScopePlan>().is_some_and(|p| p.status != crate::record::ScopeStatus::NotInspected))
}
