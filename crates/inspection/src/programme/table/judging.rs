//! Evidence, assessments, judgments and findings.

use super::*;
use crate::programme::{Shape as S, guard as g, states, then};

pub(super) const ROWS: &[Row] = &[
    // Evidence.
    make!(Evidence, "evidence/record", "evidence-recorded", Recorded, [Inspection])
        .by(&[LEAD, HMI, LIAISON, TEAM, ANALYST])
        .with(S::EvidenceGiven)
        .needs(&[g::GATHERING, g::PLACES_KNOWN]),
    go!(Evidence, "evidence/corroborate", "evidence-corroborated", [Recorded] => Corroborated)
        .by(&[LEAD, HMI, TEAM, ANALYST])
        .with(S::Corroboration)
        .needs(&[g::NOT_OWN_EVIDENCE, g::OTHER_EVIDENCE]),
    go!(Evidence, "evidence/withdraw", "evidence-withdrawn", [Recorded Corroborated] => Withdrawn)
        .by(&[LEAD, HMI, TEAM, ANALYST])
        .with(S::Reason)
        .needs(&[g::NOT_RELIED_ON]),
    // How open findings of earlier inspections stand.
    make!(Assessment, "assessment/record", "finding-assessed", Recorded, [Inspection])
        .by(&[LIAISON, TEAM])
        .with(S::Assessed)
        .needs(&[g::NOTIFIED_NOT_OVER, g::EARLIER_FINDING, g::ASSESSED_ONCE, g::EVIDENCE_OF_INSPECTION])
        .shown(Shown::Everyone),
    go!(Assessment, "assessment/revise", "finding-assessed-anew", [Recorded])
        .by(&[LIAISON, TEAM])
        .with(S::Assessed)
        .needs(&[g::SAME_FINDING, g::EVIDENCE_OF_INSPECTION])
        .shown(Shown::Everyone),
    go!(Assessment, "assessment/publish", "assessment-published", [Recorded] => Published).shown(Shown::Everyone),
    go!(Assessment, "assessment/withdraw", "assessment-withdrawn", [Recorded] => Withdrawn)
        .by(&[LIAISON, TEAM])
        .with(S::Reason),
    // Judgments.
    make!(Judgment, "judgment/open", "judgment-opened", Grading, [Inspection]).by(&[LEAD]).with(S::ToJudge).needs(&[
        g::JUDGING,
        g::QUESTION_INSPECTED,
        g::ONE_JUDGMENT_A_PLACE,
        g::TWO_GRADERS,
    ]),
    go!(Judgment, "judgment/grade-blind", "initial-grade-given", [Grading])
        .by(&[HMI, TEAM])
        .with(S::InitialGrade)
        .needs(&[g::IS_GRADER, g::GRADES_ONCE, g::IN_SCALE])
        .then(&[then::UNVEIL]),
    go!(Judgment, "judgment/unveil", "initial-grades-complete", [Grading] => Graded),
    go!(Judgment, "judgment/record-view", "view-recorded", [Grading Graded Proposed Reopened Moderated])
        .by(&[HMI])
        .with(S::View)
        .needs(&[g::IS_PILLAR, g::IN_SCALE]),
    go!(Judgment, "judgment/propose", "judgment-proposed", [Graded] => Proposed)
        .by(&[LEAD, TEAM])
        .with(S::Proposal)
        .needs(&[
            g::IN_SCALE,
            g::HAS_EVIDENCE,
            g::EVIDENCE_OF_INSPECTION,
            g::EARLIER_ASSESSED_BY_NOW,
            g::CONCERN_DRAFTED,
        ]),
    go!(Judgment, "judgment/return", "judgment-returned", [Proposed Reopened Moderated] => Graded)
        .by(&[HMI, MODERATOR])
        .with(S::Reason),
    go!(Judgment, "judgment/moderate", "judgment-moderated", [Proposed Reopened] => Moderated)
        .by(&[MODERATOR])
        .with(S::Moderation)
        .needs(&[g::NOT_OWN_PROPOSAL, g::PANEL_APART, g::BEFORE_AS_PROPOSED, g::IN_SCALE]),
    go!(Judgment, "judgment/decide", "judgment-decided", [Moderated] => Decided)
        .by(&[HMI])
        .with(S::Decision)
        .needs(&[g::NOT_OWN_PROPOSAL, g::NOT_OWN_MODERATION, g::GRADES_IN, g::IN_SCALE, g::CONCERN_DRAFTED])
        .shown(Shown::Everyone),
    go!(Judgment, "judgment/reopen", "judgment-reopened", [Decided] => Reopened)
        .by(&[HMI])
        .with(S::Reason)
        .needs(&[g::NOTHING_SCHEDULED_WITH_IT]),
    make!(Judgment, "judgment/carry-over", "judgment-carried-over", CarriedOver, [Inspection])
        .by(&[LEAD, HMI])
        .with(S::CarriedFrom)
        .needs(&[g::QUESTION_CARRIED, g::ONE_JUDGMENT_A_PLACE, g::SOURCE_STANDS, g::SAME_SCALE])
        .shown(Shown::Everyone),
    go!(Judgment, "judgment/publish", "judgment-published", [Decided CarriedOver] => Published).shown(Shown::Everyone),
    go!(Judgment, "judgment/withdraw", "judgment-withdrawn",
        [Grading Graded Proposed Reopened Moderated Decided CarriedOver] => Withdrawn)
    .by(&[HMI])
    .with(S::Reason)
    .needs(&[g::NOTHING_SCHEDULED_WITH_IT]),
    // Findings.
    make!(Finding, "finding/draft", "finding-drafted", Drafted, [Inspection Finding Overview])
        .by(&[LEAD, TEAM])
        .with(S::FindingDrafted)
        .needs(&[
            g::CAN_STILL_FIND,
            g::HANGS_ON_A_CONCERN,
            g::FINDING_PLACE_KNOWN,
            g::HAS_ADDRESSEE,
            g::EVIDENCE_OF_INSPECTION,
            g::SUPERSEDES_ENTRIES,
        ])
        .shown(Shown::Everyone),
    go!(Finding, "finding/revise", "finding-revised", [Drafted Agreed] => Drafted)
        .by(&[LEAD, TEAM])
        .with(S::FindingDrafted)
        .needs(&[
            g::SAME_OWNERS,
            g::FINDING_PLACE_KNOWN,
            g::EVIDENCE_OF_INSPECTION,
            g::SUPERSEDES_ENTRIES,
            g::NOTHING_SCHEDULED_WITH_IT,
        ])
        .shown(Shown::Everyone),
    go!(Finding, "finding/agree", "finding-agreed", [Drafted] => Agreed).by(&[HMI]).needs(&[
        g::NOT_OWN_FINDING,
        g::FINDING_RESTS,
        g::CONCERN_HAS_RECOMMENDATION,
    ]),
    go!(Finding, "finding/accelerate", "concern-accelerated", [Agreed] => Published)
        .by(&[HMI, CHIEF])
        .with(S::Letter)
        .needs(&[g::IS_CONCERN, g::NOTHING_SCHEDULED_WITH_IT, g::RECOMMENDATIONS_AGREED])
        .then(&[then::PUBLISH_RECOMMENDATIONS, then::OPEN_ENTRIES])
        .shown(Shown::Everyone),
    go!(Finding, "finding/publish", "finding-published", [Agreed] => Published).shown(Shown::Everyone),
    go!(Finding, "finding/withdraw", "finding-withdrawn", [Drafted Agreed] => Withdrawn)
        .by(&[LEAD, HMI])
        .with(S::Reason)
        .needs(&[g::NOTHING_SCHEDULED_WITH_IT, g::CONCERN_KEEPS_RECOMMENDATION])
        .then(&[then::WITHDRAW_RECOMMENDATIONS]),
];
