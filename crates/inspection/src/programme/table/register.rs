//! What becomes of what was published: the register, responses, promises, revisits, monitoring, and history taken over.

use super::*;
use crate::programme::{Shape as S, guard as g, states};

pub(super) const ROWS: &[Row] = &[
    // The register.
    make!(Entry, "entry/open", "entry-opened", Published, [Finding]).with(S::EntryOpened).shown(Shown::Everyone),
    go!(Entry, "entry/plan", "action-planned", [Published NotComplete] => ActionPlanned)
        .by(&[CONTACT, OFFICER, BODY, NATIONAL])
        .with(S::ActionPlan)
        .shown(Shown::Concerned),
    go!(Entry, "entry/progress", "entry-progressed", [Published ActionPlanned BeingProgressed NotComplete] => BeingProgressed)
        .by(&[CONTACT, OFFICER, BODY, NATIONAL, LIAISON])
        .with(S::Note)
        .shown(Shown::Concerned),
    go!(Entry, "entry/claim", "completion-claimed", [ActionPlanned BeingProgressed NotComplete] => ClaimedComplete)
        .by(&[CONTACT, OFFICER, BODY, NATIONAL])
        .with(S::Claim)
        .needs(&[g::NOT_A_CONCERN])
        .shown(Shown::Concerned),
    go!(Entry, "entry/take-up", "review-taken-up", [ClaimedComplete] => AwaitingReview)
        .by(&[LIAISON])
        .needs(&[g::ROUTE_VERIFIES])
        .shown(Shown::Concerned),
    go!(Entry, "entry/assess", "progress-assessed", [Published ActionPlanned BeingProgressed ClaimedComplete AwaitingReview NotComplete])
        .by(&[LIAISON, TEAM, HMI])
        .with(S::Progress)
        .shown(Shown::Everyone),
    go!(Entry, "entry/complete", "entry-completed", [AwaitingReview] => Complete)
        .by(&[LIAISON, HMI])
        .with(S::Verified)
        .needs(&[g::SERIES_OVER])
        .shown(Shown::Everyone),
    go!(Entry, "entry/sign", "entry-signed", [ClaimedComplete] => Complete)
        .by(&[OFFICER])
        .with(S::Claim)
        .needs(&[g::ROUTE_SIGNS, g::NOT_OWN_CLAIM, g::SERIES_OVER])
        .shown(Shown::Everyone),
    go!(Entry, "entry/reject", "entry-not-complete", [ClaimedComplete AwaitingReview] => NotComplete)
        .by(&[LIAISON, HMI])
        .with(S::Reason)
        .shown(Shown::Everyone),
    go!(Entry, "entry/meet-occurrence", "occurrence-met", [Published ActionPlanned BeingProgressed ClaimedComplete AwaitingReview NotComplete])
        .by(&[LIAISON, HMI])
        .with(S::Occurrence)
        .needs(&[g::RECURS, g::OCCURRENCE_DUE])
        .shown(Shown::Everyone),
    go!(Entry, "entry/end-series", "series-ended", [Published ActionPlanned BeingProgressed ClaimedComplete AwaitingReview NotComplete])
        .by(&[HMI])
        .with(S::Reason)
        .needs(&[g::RECURS])
        .shown(Shown::Everyone),
    go!(Entry, "entry/close-concern", "concern-closed", [Published ActionPlanned BeingProgressed NotComplete] => Complete)
        .by(&[HMI])
        .with(S::Reason)
        .needs(&[g::IS_CONCERN_ENTRY, g::RECOMMENDATIONS_CLOSED])
        .shown(Shown::Everyone),
    go!(Entry, "entry/supersede", "entry-superseded", [Published ActionPlanned BeingProgressed ClaimedComplete AwaitingReview NotComplete] => Superseded)
        .by(&[HMI, LIAISON])
        .with(S::SupersededBy)
        .needs(&[g::SUCCESSOR_STANDS])
        .shown(Shown::Everyone),
    go!(Entry, "entry/withdraw", "entry-withdrawn", [Published ActionPlanned BeingProgressed ClaimedComplete AwaitingReview NotComplete] => Withdrawn)
        .by(&[HMI])
        .with(S::Reason)
        .shown(Shown::Everyone),
    go!(Entry, "entry/reopen", "entry-reopened", [Complete Superseded Withdrawn] => BeingProgressed)
        .by(&[HMI])
        .with(S::Reason)
        .needs(&[g::CONCERN_STILL_OPEN])
        .shown(Shown::Everyone),
    // The local policing body's response.
    make!(Response, "response/open", "response-due", Due, [Publication]).with(S::ResponseOwed).shown(Shown::Everyone),
    go!(Response, "response/invite", "chief-officer-invited", [Due] => Invited)
        .by(&[BODY])
        .with(S::Happened)
        .shown(Shown::Concerned),
    go!(Response, "response/comment", "chief-officer-commented", [Invited] => Commented)
        .by(&[OFFICER])
        .with(S::ChiefComments)
        .shown(Shown::Everyone),
    go!(Response, "response/publish", "response-published", [Invited Commented] => Published)
        .by(&[BODY])
        .with(S::BodyComments)
        .needs(&[g::ANSWERS_ALL, g::ACTION_OR_WHY])
        .shown(Shown::Everyone),
    go!(Response, "response/send", "response-sent", [Published] => Sent)
        .by(&[BODY])
        .with(S::SentTo)
        .needs(&[g::SENT_TO_BOTH])
        .shown(Shown::Everyone),
    go!(Response, "response/not-needed", "response-not-needed", [Due Invited Commented] => NotNeeded)
        .by(&[LEAD])
        .with(S::Reason)
        .shown(Shown::Everyone),
    // Promises.
    make!(Promise, "promise/make", "promise-made", Made, [Inspection Cycle])
        .by(&[LEAD, LIAISON, CONTACT, OFFICER])
        .with(S::Undertaking)
        .needs(&[g::PROMISER_KNOWN])
        .shown(Shown::Concerned),
    go!(Promise, "promise/keep", "promise-kept", [Made] => Kept)
        .by(&[LEAD, LIAISON])
        .with(S::Happened)
        .shown(Shown::Concerned),
    go!(Promise, "promise/not-kept", "promise-not-kept", [Made] => NotKept)
        .by(&[LEAD, LIAISON])
        .with(S::Reason)
        .needs(&[g::PROMISE_DUE])
        .shown(Shown::Concerned),
    go!(Promise, "promise/withdraw", "promise-withdrawn", [Made] => Withdrawn)
        .by(&[LEAD])
        .with(S::Reason)
        .shown(Shown::Concerned),
    // Revisits.
    make!(Revisit, "revisit/plan", "revisit-planned", Planned, [Inspection])
        .by(&[LEAD, HMI])
        .with(S::RevisitPlan)
        .needs(&[g::FOLLOWED_UP, g::DAYS_IN_ORDER, g::ENTRIES_OF_FORCE])
        .shown(Shown::Concerned),
    go!(Revisit, "revisit/do", "revisit-done", [Planned] => Done)
        .by(&[LEAD, TEAM])
        .with(S::Happened)
        .shown(Shown::Concerned),
    go!(Revisit, "revisit/regrade", "revisit-regraded", [Done])
        .by(&[LEAD, HMI])
        .with(S::Regrade)
        .needs(&[g::REGRADES])
        .shown(Shown::Everyone),
    go!(Revisit, "revisit/publish-letter", "revisit-letter-published", [Done] => LetterPublished).shown(Shown::Everyone),
    go!(Revisit, "revisit/cancel", "revisit-cancelled", [Planned Done] => Cancelled)
        .by(&[LEAD, HMI])
        .with(S::Reason)
        .needs(&[g::NOTHING_SCHEDULED_WITH_IT])
        .shown(Shown::Concerned),
    // Monitoring.
    make!(Monitoring, "monitoring/begin", "monitoring-begun", Watched, [Cycle])
        .or_alone()
        .by(&[CHIEF, LEAD])
        .with(S::OfForce)
        .needs(&[g::ONE_MONITORING_A_FORCE])
        .shown(Shown::Everyone),
    go!(Monitoring, "monitoring/move", "monitoring-moved", [Watched])
        .by(&[CHIEF])
        .with(S::Stage)
        .needs(&[g::STAGE_OF_THE_TIME, g::MOVES, g::REASONS_FOR_ENGAGING])
        .shown(Shown::Everyone),
    go!(Monitoring, "monitoring/end", "monitoring-ended", [Watched] => Ended)
        .by(&[CHIEF])
        .with(S::Reason)
        .shown(Shown::Everyone),
    // History.
    Row::new("record/take", "taken-from-publication", &[], None, &[])
        .by(&[KEEPER, LEAD])
        .with(S::Taking)
        .shown(Shown::Everyone),
];
