//! People, frameworks, cycles, inspections and how they are prepared.

use super::*;
use crate::programme::{Shape as S, guard as g, states, then};

pub(super) const ROWS: &[Row] = &[
    // Accounts.
    make!(Account, "account/open", "account-opened", Open, []).by(&[ADMIN, KEEPER]).with(S::Name),
    go!(Account, "account/give-role", "role-given", [Open]).by(&[ADMIN, KEEPER]).with(S::OfOffice).needs(&[
        g::NOT_ONESELF,
        g::OFFICE_IS_WHOLE,
        g::OFFICE_NOT_HELD,
        g::ONE_SIDE,
    ]),
    go!(Account, "account/take-role", "role-taken", [Open])
        .by(&[ADMIN, KEEPER])
        .with(S::OfOffice)
        .needs(&[g::NOT_ONESELF, g::OFFICE_HELD]),
    go!(Account, "account/close", "account-closed", [Open] => Closed)
        .by(&[ADMIN, KEEPER])
        .with(S::Reason)
        .needs(&[g::NOT_ONESELF]),
    go!(Account, "account/reopen", "account-reopened", [Closed] => Open).by(&[ADMIN, KEEPER]).with(S::Reason),
    // Frameworks.
    make!(Framework, "framework/draft", "framework-drafted", Draft, [])
        .by(&[LEAD])
        .with(S::Version)
        .shown(Shown::Everyone),
    go!(Framework, "framework/revise", "framework-revised", [Draft Consulting])
        .by(&[LEAD])
        .with(S::Version)
        .shown(Shown::Everyone),
    go!(Framework, "framework/consult", "framework-consulted-on", [Draft] => Consulting)
        .by(&[LEAD])
        .with(S::Happened)
        .shown(Shown::Everyone),
    go!(Framework, "framework/approve", "framework-approved", [Consulting] => Approved)
        .by(&[CHIEF])
        .with(S::Approval)
        .needs(&[g::NOT_OWN_FRAMEWORK, g::APPROVES_LATEST])
        .shown(Shown::Everyone),
    go!(Framework, "framework/bring-into-force", "framework-brought-into-force", [Approved] => InForce)
        .by(&[CHIEF])
        .with(S::Happened)
        .then(&[then::SUPERSEDE_FRAMEWORK])
        .shown(Shown::Everyone),
    go!(Framework, "framework/supersede", "framework-superseded", [InForce] => Superseded)
        .by(&[CHIEF])
        .with(S::Reason)
        .shown(Shown::Everyone),
    go!(Framework, "framework/withdraw", "framework-withdrawn", [Draft Consulting Approved] => Withdrawn)
        .by(&[LEAD, CHIEF])
        .with(S::Reason),
    // Cycles and their scope.
    make!(Cycle, "cycle/plan", "cycle-planned", Planned, [])
        .by(&[LEAD])
        .with(S::CyclePlan)
        .needs(&[g::FRAMEWORK_KNOWN, g::EVERYWHERE_KNOWN, g::FORCE_IN_ONE_TRANCHE])
        .shown(Shown::Everyone),
    go!(Cycle, "cycle/amend", "cycle-amended", [Planned])
        .by(&[LEAD])
        .with(S::CyclePlan)
        .needs(&[g::SAME_KIND_OF_CYCLE, g::FRAMEWORK_KNOWN, g::EVERYWHERE_KNOWN, g::FORCE_IN_ONE_TRANCHE])
        .shown(Shown::Everyone),
    go!(Cycle, "cycle/open", "cycle-begun", [Planned] => Open).by(&[CHIEF]).with(S::Happened).shown(Shown::Everyone),
    go!(Cycle, "cycle/close", "cycle-closed", [Open] => Closed)
        .by(&[CHIEF])
        .with(S::Happened)
        .needs(&[g::INSPECTIONS_OVER])
        .shown(Shown::Everyone),
    go!(Cycle, "cycle/withdraw", "cycle-withdrawn", [Planned Open] => Withdrawn)
        .by(&[CHIEF])
        .with(S::Reason)
        .needs(&[g::INSPECTIONS_OVER]),
    make!(ScopeLine, "scope-line/propose", "scope-proposed", Proposed, [Inspection])
        .by(&[LEAD, LIAISON, TEAM])
        .with(S::ScopePlan)
        .needs(&[g::BEFORE_FIELDWORK, g::QUESTION_KNOWN, g::INSPECTED_EVERYWHERE, g::ONE_LINE_A_QUESTION])
        .shown(Shown::Concerned),
    go!(ScopeLine, "scope-line/revise", "scope-revised", [Proposed Confirmed Notified] => Proposed)
        .by(&[LEAD, LIAISON, TEAM])
        .with(S::ScopePlan)
        .needs(&[g::BEFORE_FIELDWORK, g::SAME_QUESTION, g::INSPECTED_EVERYWHERE])
        .shown(Shown::Concerned),
    go!(ScopeLine, "scope-line/confirm", "scope-confirmed", [Proposed] => Confirmed)
        .by(&[HMI])
        .needs(&[g::NOT_OWN_SCOPE])
        .shown(Shown::Concerned),
    go!(ScopeLine, "scope-line/notify", "scope-notified", [Confirmed] => Notified).shown(Shown::Concerned),
    go!(ScopeLine, "scope-line/withdraw", "scope-withdrawn", [Proposed Confirmed] => Withdrawn)
        .by(&[LEAD])
        .with(S::Reason),
    // Inspections.
    make!(Inspection, "inspection/plan", "inspection-planned", Planned, [Cycle])
        .by(&[LEAD])
        .with(S::OfForce)
        .needs(&[g::CYCLE_OPEN, g::NAMED_BY_CYCLE_AND_FORCE])
        .shown(Shown::Concerned),
    go!(Inspection, "inspection/notify", "inspection-notified", [Planned] => Notified)
        .by(&[LEAD])
        .with(S::Happened)
        .needs(&[g::CYCLE_BEGUN, g::SCOPE_COMPLETE])
        .then(&[then::NOTIFY_SCOPE])
        .shown(Shown::Concerned),
    go!(Inspection, "inspection/prepare", "inspection-prepared", [Notified] => Preparing)
        .by(&[LEAD, TEAM])
        .with(S::Nothing)
        .needs(&[g::SCOPE_NOTIFIED]),
    go!(Inspection, "inspection/add-line-of-enquiry", "line-of-enquiry-added", [Preparing Fieldwork])
        .by(&[LEAD, TEAM])
        .with(S::Enquiry)
        .needs(&[g::ENQUIRY_KNOWN]),
    go!(Inspection, "inspection/join", "team-joined",
        [Planned Notified Preparing Fieldwork Debriefed Judging Drafting InCheck Published FollowUp])
    .by(&[LEAD, HMI])
    .with(S::Somebody)
    .needs(&[g::INSPECTS, g::NOT_ON_TEAM, g::UNCONFLICTED]),
    go!(Inspection, "inspection/leave", "team-left",
        [Planned Notified Preparing Fieldwork Debriefed Judging Drafting InCheck Published FollowUp])
    .by(&[LEAD, HMI])
    .with(S::Somebody)
    .needs(&[g::ON_TEAM]),
    go!(Inspection, "inspection/declare-conflict", "conflict-declared",
        [Planned Notified Preparing Fieldwork Debriefed Judging Drafting InCheck Published FollowUp])
    .by(&[CHIEF, HMI, LEAD, any(Role::Inspector), any(Role::Analyst), LIAISON, MODERATOR, EDITOR])
    .with(S::Reason),
    go!(Inspection, "inspection/lift-conflict", "conflict-lifted",
        [Planned Notified Preparing Fieldwork Debriefed Judging Drafting InCheck Published FollowUp])
    .by(&[CHIEF])
    .with(S::Somebody)
    .needs(&[g::CONFLICT_DECLARED]),
    go!(Inspection, "inspection/begin-fieldwork", "fieldwork-begun", [Preparing] => Fieldwork)
        .by(&[LEAD, TEAM])
        .with(S::Happened)
        .needs(&[g::HAS_TEAM])
        .shown(Shown::Concerned),
    go!(Inspection, "inspection/debrief", "inspection-debriefed", [Fieldwork] => Debriefed)
        .by(&[HMI, TEAM])
        .with(S::Happened)
        .needs(&[g::VISITS_OVER])
        .shown(Shown::Concerned),
    go!(Inspection, "inspection/begin-judging", "judging-begun", [Debriefed] => Judging)
        .by(&[LEAD, HMI])
        .needs(&[g::EARLIER_ASSESSED]),
    go!(Inspection, "inspection/begin-drafting", "drafting-begun", [Judging] => Drafting)
        .by(&[LEAD, HMI])
        .needs(&[g::ALL_JUDGED]),
    go!(Inspection, "inspection/enter-check", "inspection-entered-check", [Drafting] => InCheck)
        .shown(Shown::Concerned),
    go!(Inspection, "inspection/return-to-drafting", "inspection-returned-to-drafting", [InCheck] => Drafting)
        .by(&[LEAD, HMI])
        .with(S::Reason)
        .needs(&[g::NO_OPEN_CHECK, g::NOTHING_SCHEDULED]),
    go!(Inspection, "inspection/publish", "inspection-published", [InCheck] => Published).shown(Shown::Everyone),
    go!(Inspection, "inspection/follow-up", "follow-up-begun", [Published] => FollowUp)
        .by(&[LEAD, LIAISON])
        .shown(Shown::Everyone),
    go!(Inspection, "inspection/end", "inspection-ended", [FollowUp] => Ended)
        .by(&[LEAD, HMI])
        .needs(&[g::NOTHING_LEFT_OPEN])
        .shown(Shown::Everyone),
    go!(Inspection, "inspection/withdraw", "inspection-withdrawn",
        [Planned Notified Preparing Fieldwork Debriefed Judging Drafting InCheck Published FollowUp] => Withdrawn)
    .by(&[HMI, CHIEF])
    .with(S::Reason)
    .then(&[then::WITHDRAW_ALL])
    .shown(Shown::Concerned),
    // Requests and visits.
    make!(Request, "request/ask", "document-requested", Requested, [Inspection])
        .by(&[LEAD, LIAISON, TEAM, ANALYST])
        .with(S::Asked)
        .needs(&[g::NOTIFIED_NOT_OVER])
        .shown(Shown::Concerned),
    go!(Request, "request/receive", "document-received", [Requested] => Received)
        .by(&[CONTACT, LIAISON, TEAM, ANALYST])
        .with(S::Received)
        .shown(Shown::Concerned),
    go!(Request, "request/cannot-supply", "document-not-supplied", [Requested] => NotSupplied)
        .by(&[CONTACT, OFFICER])
        .with(S::Reason)
        .shown(Shown::Concerned),
    go!(Request, "request/withdraw", "document-request-withdrawn", [Requested] => Withdrawn)
        .by(&[LEAD, LIAISON, TEAM])
        .with(S::Reason)
        .shown(Shown::Concerned),
    make!(Visit, "visit/plan", "visit-planned", Planned, [Inspection])
        .by(&[LEAD, LIAISON, TEAM])
        .with(S::VisitPlan)
        .needs(&[g::PREPARING_OR_FIELDWORK, g::DAYS_IN_ORDER])
        .shown(Shown::Concerned),
    go!(Visit, "visit/do", "visit-done", [Planned] => Done).by(&[LEAD, TEAM]).with(S::Happened).shown(Shown::Concerned),
    go!(Visit, "visit/cancel", "visit-cancelled", [Planned] => Cancelled)
        .by(&[LEAD, LIAISON, TEAM])
        .with(S::Reason)
        .shown(Shown::Concerned),
];
