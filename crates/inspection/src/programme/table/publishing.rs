//! Drafts, the pre-publication check, publications and the national overview.

use super::*;
use crate::programme::{Shape as S, guard as g, states, then};

pub(super) const ROWS: &[Row] = &[
    // Sections of a draft.
    make!(Section, "section/write", "section-written", Drafting, [Inspection])
        .by(&[LEAD, TEAM, EDITOR])
        .with(S::Content)
        .needs(&[g::DRAFTING]),
    go!(Section, "section/rewrite", "section-rewritten", [Drafting Edited Approved InCheck] => Drafting)
        .by(&[LEAD, TEAM, EDITOR])
        .with(S::Content)
        .needs(&[g::SAME_SECTION, g::NOTHING_SCHEDULED_WITH_IT]),
    go!(Section, "section/edit", "section-edited", [Drafting Edited Approved InCheck] => Edited)
        .by(&[EDITOR])
        .with(S::Content)
        .needs(&[g::SAME_SECTION, g::NOTHING_SCHEDULED_WITH_IT]),
    go!(Section, "section/approve", "section-approved", [Edited] => Approved)
        .by(&[LEAD, HMI])
        .with(S::Approval)
        .needs(&[g::NOT_OWN_SECTION, g::APPROVES_LATEST]),
    go!(Section, "section/enter-check", "section-entered-check", [Approved] => InCheck).shown(Shown::Concerned),
    go!(Section, "section/publish", "section-published", [Approved InCheck] => Published).shown(Shown::Everyone),
    go!(Section, "section/withdraw", "section-withdrawn", [Drafting Edited Approved InCheck] => Withdrawn)
        .by(&[LEAD, EDITOR])
        .with(S::Reason)
        .needs(&[g::NOTHING_SCHEDULED_WITH_IT]),
    // The pre-publication check.
    make!(Check, "check/send", "check-sent", Sent, [Inspection])
        .by(&[LEAD, EDITOR])
        .with(S::SentDraft)
        .needs(&[g::DRAFTING, g::NO_OTHER_CHECK, g::SECTIONS_APPROVED, g::NO_JUDGMENT_OPEN])
        .then(&[then::ENTER_CHECK])
        .shown(Shown::Concerned),
    go!(Check, "check/close", "check-closed", [Sent] => Closed)
        .by(&[LEAD, EDITOR])
        .needs(&[g::COMMENTS_ANSWERED])
        .shown(Shown::Concerned),
    go!(Check, "check/withdraw", "check-withdrawn", [Sent] => Withdrawn)
        .by(&[LEAD, HMI])
        .with(S::Reason)
        .then(&[then::WITHDRAW_COMMENTS])
        .shown(Shown::Concerned),
    make!(Comment, "comment/make", "comment-made", Made, [Check])
        .by(&[CONTACT, OFFICER])
        .with(S::OnDraft)
        .needs(&[g::CHECK_OPEN, g::ANCHORED])
        .shown(Shown::Concerned),
    go!(Comment, "comment/accept", "comment-accepted", [Made] => Accepted)
        .by(&[LEAD, HMI, TEAM])
        .with(S::Answer)
        .needs(&[g::DISPUTE_FOR_HMI, g::REOPENS_DECIDED])
        .then(&[then::REOPEN_JUDGMENT])
        .shown(Shown::Concerned),
    go!(Comment, "comment/reject", "comment-rejected", [Made] => Rejected)
        .by(&[LEAD, HMI, TEAM])
        .with(S::Reason)
        .needs(&[g::DISPUTE_FOR_HMI])
        .shown(Shown::Concerned),
    go!(Comment, "comment/withdraw", "comment-withdrawn", [Made] => Withdrawn)
        .by(&[CONTACT, OFFICER])
        .with(S::Reason)
        .shown(Shown::Concerned),
    // Publications.
    make!(Publication, "publication/schedule", "publication-scheduled", Scheduled, [Inspection Overview])
        .by(&[LEAD, EDITOR])
        .with(S::Schedule)
        .needs(&[g::CAN_SCHEDULE, g::PUBLISHES_OWN, g::READY, g::WHOLE, g::CHECK_CLOSED])
        .shown(Shown::Everyone),
    go!(Publication, "publication/reschedule", "publication-rescheduled", [Scheduled])
        .by(&[LEAD, EDITOR])
        .with(S::Schedule)
        .needs(&[g::PUBLISHES_OWN, g::READY, g::WHOLE])
        .shown(Shown::Everyone),
    go!(Publication, "publication/sign", "publication-signed", [Scheduled])
        .by(&[HMI, CHIEF])
        .with(S::Approval)
        .needs(&[g::NOT_OWN_PUBLICATION]),
    go!(Publication, "publication/publish", "publication-published", [Scheduled] => Published)
        .by(&[EDITOR, LEAD])
        .with(S::Editions)
        .needs(&[g::EMBARGO_OVER, g::HAS_EDITIONS, g::SIGNED, g::READY, g::WHOLE, g::CHECK_CLOSED, g::CONCERNS_AGREED])
        .then(&[then::PUBLISH_ALL, then::OPEN_ENTRIES, then::SUPERSEDE_ENTRIES, then::OPEN_RESPONSES])
        .shown(Shown::Everyone),
    go!(Publication, "publication/cancel", "publication-cancelled", [Scheduled] => Cancelled)
        .by(&[LEAD, HMI])
        .with(S::Reason),
    go!(Publication, "publication/correct", "publication-corrected", [Published Corrected] => Corrected)
        .by(&[EDITOR, LEAD])
        .with(S::CorrectionMade)
        .needs(&[g::HAS_EDITIONS])
        .shown(Shown::Everyone),
    go!(Publication, "publication/annotate", "publication-annotated", [Published Corrected])
        .by(&[EDITOR, LEAD])
        .with(S::Happened)
        .shown(Shown::Everyone),
    // National overviews.
    make!(Overview, "overview/begin", "overview-begun", Gathering, [Cycle])
        .by(&[LEAD])
        .with(S::OverviewOf)
        .needs(&[g::PILLAR_KNOWN])
        .shown(Shown::Everyone),
    go!(Overview, "overview/tag", "finding-tagged", [Gathering Themed])
        .by(&[LEAD, any(Role::Analyst)])
        .with(S::Tagged)
        .needs(&[g::PUBLISHED_IN_CYCLE]),
    go!(Overview, "overview/name-themes", "themes-named", [Gathering Themed] => Themed)
        .by(&[LEAD])
        .with(S::Themes)
        .needs(&[g::THEMES_TAGGED])
        .shown(Shown::Everyone),
    go!(Overview, "overview/recommend", "overview-recommended", [Themed] => Recommended)
        .by(&[LEAD])
        .with(S::Note)
        .needs(&[g::NATIONAL_FINDINGS_AGREED])
        .shown(Shown::Everyone),
    go!(Overview, "overview/approve", "overview-approved", [Recommended] => Approved)
        .by(&[CHIEF])
        .needs(&[g::NOT_OWN_OVERVIEW]),
    go!(Overview, "overview/return", "overview-returned", [Recommended Approved] => Themed)
        .by(&[CHIEF, LEAD])
        .with(S::Reason)
        .needs(&[g::NOTHING_SCHEDULED_WITH_IT]),
    go!(Overview, "overview/publish", "overview-published", [Approved] => Published).shown(Shown::Everyone),
    go!(Overview, "overview/withdraw", "overview-withdrawn", [Gathering Themed Recommended Approved] => Withdrawn)
        .by(&[LEAD, CHIEF])
        .with(S::Reason)
        .needs(&[g::NOTHING_SCHEDULED_WITH_IT]),
];
