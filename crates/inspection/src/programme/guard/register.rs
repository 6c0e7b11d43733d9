//! Rules about the register, responses, promises, revisits and monitoring.

use super::*;
use crate::programme::{Scheme, clock, details as d};
use crate::record::FindingKind;
use states::Inspection as I;

pub(in crate::programme) const NOT_A_CONCERN: Guard = Guard {
    rule: "a cause of concern is closed with its recommendations, and not by itself",
    check: |deed| {
        let concern = opened(deed.thing).is_some_and(|e| e.kind == FindingKind::CauseOfConcern);
        need(
            !concern,
            format!("`{}` is a cause of concern", deed.on),
            "close its recommendations; then an HM Inspector signs with `entry/close-concern`",
        )
    },
};

pub(in crate::programme) const IS_CONCERN_ENTRY: Guard = Guard {
    rule: "it is a cause of concern",
    check: |deed| {
        let concern = opened(deed.thing).is_some_and(|e| e.kind == FindingKind::CauseOfConcern);
        need(
            concern,
            format!("`{}` is no cause of concern", deed.on),
            "complete it with `entry/complete` or `entry/sign`",
        )
    },
};

pub(in crate::programme) const RECOMMENDATIONS_CLOSED: Guard = Guard {
    rule: "all recommendations of the cause of concern are closed, for every addressee",
    check: |deed| {
        none(
            recommendations(deed).into_iter().filter(|t| !t.state.is_end()).collect(),
            "recommendations that are open",
            "close them first",
        )
    },
};

pub(in crate::programme) const CONCERN_STILL_OPEN: Guard = Guard {
    rule: "a recommendation is reopened while its cause of concern is open",
    check: |deed| {
        let finding = opened(deed.thing).map(|e| &e.finding).and_then(|id| deed.programme.thing(id));
        let concern = finding.and_then(|f| f.belongs.under.as_ref());
        let closed = concern
            .into_iter()
            .flat_map(|id| deed.programme.parts(id))
            .filter(|t| t.kind() == Kind::Entry && t.state.id() == "complete");
        none(closed.collect(), "its cause of concern is closed", "reopen that first, with `entry/reopen`")
    },
};

pub(in crate::programme) const ROUTE_VERIFIES: Guard = Guard {
    rule: "the inspectorate verifies this one",
    check: |deed| {
        let verifies = opened(deed.thing).is_none_or(|e| e.route == d::Route::InspectorateVerifies);
        need(
            verifies,
            format!("`{}` is signed by the chief officer", deed.on),
            "the chief officer signs with `entry/sign`",
        )
    },
};

pub(in crate::programme) const ROUTE_SIGNS: Guard = Guard {
    rule: "the chief officer signs this one",
    check: |deed| {
        let signs = opened(deed.thing).is_none_or(|e| e.route == d::Route::ChiefOfficerSigns);
        need(
            signs,
            format!("`{}` is verified by the inspectorate", deed.on),
            "claim it with `entry/claim`; the inspectorate completes it",
        )
    },
};

pub(in crate::programme) const NOT_OWN_CLAIM: Guard = Guard {
    rule: "nobody signs their own claim",
    check: |deed| {
        let last = deed.thing.and_then(|t| t.last("entry/claim")).is_some_and(|act| act.by == deed.by);
        need(
            !last,
            "you made the claim yourself, and nobody approves their own work",
            "somebody else of the force claims it",
        )
    },
};

pub(in crate::programme) const RECURS: Guard = Guard {
    rule: "its due recurs",
    check: |deed| {
        need(
            opened(deed.thing).is_some_and(|e| clock::recurs(e.due)),
            "its due does not recur",
            "claim and complete it as a whole",
        )
    },
};

pub(in crate::programme) const OCCURRENCE_DUE: Guard = Guard {
    rule: "the day is one of its due days, and not met yet",
    check: |deed| {
        let Some((occurrence, entry)) = deed.says::<d::Occurrence>().zip(opened(deed.thing)) else { return Ok(()) };
        let days = clock::due_days(entry.due, entry.published, occurrence.due);
        need(
            days.contains(&occurrence.due),
            format!("{} is not one of its due days", occurrence.due),
            "name a day on which it is due",
        )?;
        let met = deed.thing.is_some_and(|t| t.said::<d::Occurrence>().any(|(_, o)| o.due == occurrence.due));
        need(!met, "that occurrence is met already", "nothing has to be done")
    },
};

pub(in crate::programme) const SERIES_OVER: Guard = Guard {
    rule: "one occurrence never closes a series: a recurring due was ended",
    check: |deed| {
        let recurs = opened(deed.thing).is_some_and(|e| clock::recurs(e.due));
        let ended = deed.thing.is_some_and(|t| t.last("entry/end-series").is_some());
        need(
            !recurs || ended,
            "its due recurs",
            "record the occurrence with `entry/meet-occurrence`; an HM Inspector ends the series with `entry/end-series`",
        )
    },
};

pub(in crate::programme) const SUCCESSOR_STANDS: Guard = Guard {
    rule: "what takes its place is a published finding or another entry that stands, for the same addressee",
    check: |deed| {
        let Some((by, thing)) = deed.says::<d::SupersededBy>().zip(deed.thing) else { return Ok(()) };
        let fits = deed.programme.thing(&by.by).is_some_and(|t| {
            let stands = t.state == State::Finding(states::Finding::Published)
                || (t.kind() == Kind::Entry && !matches!(t.state.id(), "withdrawn" | "superseded"));
            let same = t.belongs.forces.iter().any(|f| thing.belongs.forces.contains(f))
                || t.belongs.bodies.iter().any(|b| thing.belongs.bodies.contains(b));
            stands && same && t.id != thing.id && opened(Some(thing)).is_none_or(|e| e.finding != t.id)
        });
        need(
            fits,
            format!("`{}` cannot take its place", by.by),
            "name a published finding or an entry for the same force or body",
        )
    },
};

pub(in crate::programme) const ANSWERS_ALL: Guard = Guard {
    rule: "the comments answer every recommendation, each once",
    check: |deed| {
        let Some((comments, owed)) =
            deed.says::<d::BodyComments>().zip(deed.thing.and_then(|t| t.latest::<d::ResponseOwed>()))
        else {
            return Ok(());
        };
        let missing: Vec<String> = owed
            .recommendations
            .iter()
            .filter(|id| comments.on.iter().filter(|on| on.finding == **id).count() != 1)
            .map(|id| format!("`{id}`"))
            .collect();
        need(
            missing.is_empty(),
            format!("not answered once: {}", shorten(&missing)),
            "say for each under `on` what action is taken, or why none",
        )?;
        let strange: Vec<String> = comments
            .on
            .iter()
            .filter(|on| !owed.recommendations.contains(&on.finding))
            .map(|on| format!("`{}`", on.finding))
            .collect();
        need(strange.is_empty(), format!("no recommendation of this report: {}", shorten(&strange)), "leave them out")
    },
};

pub(in crate::programme) const ACTION_OR_WHY: Guard = Guard {
    rule: "each answer says the action, or why none",
    check: |deed| {
        let Some(comments) = deed.says::<d::BodyComments>() else { return Ok(()) };
        let wrong: Vec<String> = comments
            .on
            .iter()
            .filter(|on| on.action.is_some() == on.why_none.is_some())
            .map(|on| format!("`{}`", on.finding))
            .collect();
        need(wrong.is_empty(), format!("neither or both for {}", shorten(&wrong)), "give `action` or `why-none`")
    },
};

pub(in crate::programme) const SENT_TO_BOTH: Guard = Guard {
    rule: "a response is sent to the inspectorate and the Home Office",
    check: |deed| {
        let Some(sent) = deed.says::<d::SentTo>() else { return Ok(()) };
        let both = [d::Recipient::Inspectorate, d::Recipient::HomeOffice].iter().all(|r| sent.to.contains(r));
        need(both, "it would not reach both", "send it to `inspectorate` and `home-office` (Police Act 1996 s.55(6))")
    },
};

pub(in crate::programme) const PROMISER_KNOWN: Guard = Guard {
    rule: "a promise is given by the inspectorate, or by the force that it is about",
    check: |deed| {
        let Some((promise, under)) = deed.says::<d::Undertaking>().zip(deed.under) else { return Ok(()) };
        need(
            promise.by == "inspectorate" || promise.by == promise.force.as_str(),
            format!("`{}` is neither", promise.by),
            "write `inspectorate` or the force's id under `by`",
        )?;
        let about = under.kind() == Kind::Cycle || under.belongs.forces.contains(&promise.force);
        need(
            about,
            format!("`{}` is not about {}", under.id, promise.force),
            "put it under an inspection of that force, or a cycle",
        )
    },
};

pub(in crate::programme) const PROMISE_DUE: Guard = Guard {
    rule: "a promise is not kept only after its day",
    check: |deed| {
        let due = deed.thing.and_then(|t| t.latest::<d::Undertaking>()).map(|p| p.due);
        need(
            due.is_none_or(|due| due < deed.today()),
            "its day has not passed",
            "wait until then, or withdraw the promise",
        )
    },
};

pub(in crate::programme) const FOLLOWED_UP: Guard =
    Guard { rule: "revisits follow publication", check: |deed| inspection_is(deed, &[I::Published, I::FollowUp]) };

pub(in crate::programme) const ENTRIES_OF_FORCE: Guard = Guard {
    rule: "a revisit looks at entries of the register for its force",
    check: |deed| {
        let Some((plan, under)) = deed.says::<d::RevisitPlan>().zip(deed.under) else { return Ok(()) };
        let fits = |id: &ThingId| {
            deed.programme.thing(id).is_some_and(|t| {
                t.kind() == Kind::Entry && t.belongs.forces.iter().any(|f| under.belongs.forces.contains(f))
            })
        };
        let wrong: Vec<String> = plan.entries.iter().filter(|id| !fits(id)).map(|id| format!("`{id}`")).collect();
        need(
            wrong.is_empty(),
            format!("no entries for this force: {}", shorten(&wrong)),
            "name entries of the register for this force",
        )
    },
};

pub(in crate::programme) const REGRADES: Guard = Guard {
    rule: "the judgment is a regrade of this inspection",
    check: |deed| {
        let Some(regrade) = deed.says::<d::Regrade>() else { return Ok(()) };
        let inspection = deed.thing.and_then(|t| t.belongs.inspection.as_ref());
        let fits = deed.programme.thing(&regrade.judgment).is_some_and(|t| {
            t.latest::<d::ToJudge>().is_some_and(|j| j.regrades.is_some())
                && t.belongs.inspection.as_ref() == inspection
                && t.state.id() != "withdrawn"
        });
        need(
            fits,
            format!("`{}` is no regrade of this inspection", regrade.judgment),
            "open one with `judgment/open` and `regrades`",
        )
    },
};

pub(in crate::programme) const ONE_MONITORING_A_FORCE: Guard = Guard {
    rule: "a force is monitored once",
    check: |deed| {
        let Some(of) = deed.says::<d::OfForce>() else { return Ok(()) };
        let exercise = deed.under.and_then(|u| u.belongs.exercise.clone());
        let others =
            deed.programme.of_kind(Kind::Monitoring).filter(|t| !t.state.is_end() && t.belongs.exercise == exercise);
        none(
            others.filter(|t| t.belongs.forces.contains(&of.force)).collect(),
            "it is monitored already",
            "go on with that",
        )
    },
};

pub(in crate::programme) const STAGE_OF_THE_TIME: Guard = Guard {
    rule: "the stage is one of the scheme that applied on the day",
    check: |deed| {
        let Some(stage) = deed.says::<d::Stage>() else { return Ok(()) };
        let Some(scheme) = Scheme::on(stage.on) else {
            return need(false, format!("no scheme is known for {}", stage.on), "name a later day");
        };
        need(
            scheme.stages.contains(&stage.stage.as_str()),
            format!("`{}` is no stage of the scheme of {}", stage.stage, stage.on),
            format!("use one of {}", scheme.stages.join(", ")),
        )
    },
};

pub(in crate::programme) const MOVES: Guard = Guard {
    rule: "a move leads to another stage, not before the last move",
    check: |deed| {
        let Some((stage, before)) = deed.says::<d::Stage>().zip(deed.thing.map(|t| t.latest::<d::Stage>())) else {
            return Ok(());
        };
        let Some(before) = before else { return Ok(()) };
        need(
            before.stage != stage.stage,
            format!("the force is in `{}` already", stage.stage),
            "nothing has to be done",
        )?;
        need(before.on <= stage.on, format!("its last move was on {}", before.on), "name that day or a later one")
    },
};

pub(in crate::programme) const REASONS_FOR_ENGAGING: Guard = Guard {
    rule: "every stage but the default has at least one reason",
    check: |deed| {
        let Some(stage) = deed.says::<d::Stage>() else { return Ok(()) };
        let default = Scheme::on(stage.on).and_then(|s| s.stages.first()).is_some_and(|first| *first == stage.stage);
        need(
            default || !stage.reasons.is_empty(),
            format!("`{}` has no reason", stage.stage),
            "give the numbered `reasons`",
        )
    },
};

pub(in crate::programme) const NOTHING_LEFT_OPEN: Guard = Guard {
    rule: "no response, revisit, promise, judgment or publication of the inspection is open",
    check: |deed| {
        let kinds = [
            Kind::Response,
            Kind::Revisit,
            Kind::Promise,
            Kind::Judgment,
            Kind::Finding,
            Kind::Publication,
            Kind::Check,
            Kind::Comment,
            Kind::Section,
        ];
        let open = deed.programme.below(deed.on).into_iter().filter(|t| kinds.contains(&t.kind()) && !t.state.is_end());
        none(open.collect(), "still open", "bring them to their end first")
    },
};

fn opened(thing: Option<&Thing>) -> Option<&d::EntryOpened> {
    thing?.latest::<d::EntryOpened>()
}

/// The entries of the recommendations that hang on the cause of concern of this entry.
fn recommendations<'a>(deed: &Deed<'a>) -> Vec<&'a Thing> {
    let Some(concern) = deed.thing.and_then(|t| t.belongs.under.as_ref()) else { return Vec::new() };
    let below = deed.programme.below(concern);
    below.into_iter().filter(|t| t.kind() == Kind::Entry && t.belongs.under.as_ref() != Some(concern)).collect()
}
