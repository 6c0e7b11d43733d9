//! Rules about publications and overviews.

use super::drafting::{approved, open_checks};
use super::finding::{is_concern, is_concern_at};
use super::judging::five_tier;
use super::*;
use crate::programme::{details as d, seen::grade_of, seen::node_of};
use crate::{Grade, JudgmentValue};
use states::Inspection as I;

pub(in crate::programme) const NOTHING_SCHEDULED: Guard = Guard {
    rule: "no publication of the inspection is scheduled",
    check: |deed| {
        none(
            deed.of_inspection(Kind::Publication).filter(|t| t.state.id() == "scheduled").collect(),
            "publications are scheduled",
            "cancel them with `publication/cancel`",
        )
    },
};

pub(in crate::programme) const CAN_SCHEDULE: Guard = Guard {
    rule: "an inspection is published from its check on, an overview once it is approved",
    check: |deed| match deed.under.map(Thing::kind) {
        Some(Kind::Overview) => {
            let Some(overview) = deed.under else { return Ok(()) };
            need(
                overview.state.id() == "approved",
                format!("the overview `{}` is {}", overview.id, overview.state),
                "approve it with `overview/approve`",
            )
        }
        _ => inspection_is(deed, &[I::InCheck, I::Published, I::FollowUp]),
    },
};

pub(in crate::programme) const PUBLISHES_OWN: Guard = Guard {
    rule: "a publication holds things of its own inspection or overview, each once, and in no other",
    check: |deed| {
        let Some(schedule) = deed.says::<d::Schedule>() else { return Ok(()) };
        need(
            !schedule.publishes.is_empty(),
            "it would publish nothing",
            "list judgments, findings, sections, assessments, a revisit or an overview under `publishes`",
        )?;
        let home = deed.under.or(deed.thing.and_then(|t| deed.programme.thing(t.belongs.under.as_ref()?)));
        let own = |id: &ThingId| {
            home.is_some_and(|home| home.id == *id || deed.programme.below(&home.id).iter().any(|t| t.id == *id))
        };
        let wrong: Vec<String> = schedule.publishes.iter().filter(|id| !own(id)).map(|id| format!("`{id}`")).collect();
        need(wrong.is_empty(), format!("not part of it: {}", shorten(&wrong)), "list only what belongs to it")?;
        let distinct = schedule.publishes.iter().collect::<std::collections::BTreeSet<_>>().len();
        need(distinct == schedule.publishes.len(), "something is listed twice", "list each once")?;
        let elsewhere: Vec<&Thing> =
            schedule.publishes.iter().flat_map(|id| scheduled_with(deed, id)).filter(|t| t.id != *deed.on).collect();
        none(elsewhere, "another publication holds some of it", "cancel that one, or leave it out")
    },
};

pub(in crate::programme) const READY: Guard = Guard {
    rule: "everything that it holds is ready: judgments decided or carried over, findings agreed, sections approved as they are now",
    check: |deed| {
        let listed = listed(deed);
        none(
            listed.into_iter().filter(|t| !ready(deed, t)).collect(),
            "not ready to be published",
            "decide, agree or approve them first, or leave them out",
        )
    },
};

pub(in crate::programme) const WHOLE: Guard = Guard {
    rule: "a report holds every judgment, finding, section and assessment of the inspection that is not published or withdrawn",
    check: |deed| {
        let Some(inspection) = deed.inspection().filter(|i| i.state == State::Inspection(I::InCheck)) else {
            return Ok(());
        };
        let listed: Vec<&ThingId> = listed(deed).into_iter().map(|t| &t.id).collect();
        let missing = deed
            .programme
            .below(&inspection.id)
            .into_iter()
            .filter(|t| {
                matches!(t.kind(), Kind::Judgment | Kind::Finding | Kind::Section | Kind::Assessment)
                    && !t.state.is_end()
            })
            .filter(|t| !listed.contains(&&t.id));
        none(missing.collect(), "left out of the report", "add them to `publishes`, or withdraw them")
    },
};

pub(in crate::programme) const CHECK_CLOSED: Guard = Guard {
    rule: "the force has checked the draft: a check was closed and none is open",
    check: |deed| {
        let in_check = deed.inspection().is_some_and(|i| i.state == State::Inspection(I::InCheck));
        if !in_check {
            return Ok(());
        }
        none(open_checks(deed), "a check is open", "close it with `check/close`")?;
        need(
            deed.of_inspection(Kind::Check).any(|t| t.state.id() == "closed"),
            "no check was closed",
            "send the draft with `check/send`, and close the check once every comment is answered",
        )
    },
};

pub(in crate::programme) const NOT_OWN_PUBLICATION: Guard = Guard {
    rule: "nobody signs what they scheduled",
    check: |deed| {
        not_by(deed, &["publication/schedule", "publication/reschedule"], "another HM Inspector has to sign it")
    },
};

pub(in crate::programme) const EMBARGO_OVER: Guard = Guard {
    rule: "the embargo is over, to the second",
    check: |deed| {
        let Some(schedule) = deed.thing.and_then(|t| t.latest::<d::Schedule>()) else { return Ok(()) };
        need(
            deed.now >= schedule.embargo,
            format!("it is under embargo until {}", schedule.embargo),
            "wait until then, or bring the embargo forward with `publication/reschedule`",
        )
    },
};

pub(in crate::programme) const HAS_EDITIONS: Guard = Guard {
    rule: "every edition and input has a name and a digest, and there is an edition",
    check: |deed| {
        let made = deed
            .says::<d::Editions>()
            .map(|e| (&e.editions, &e.inputs))
            .or(deed.says::<d::CorrectionMade>().map(|c| (&c.editions, &c.inputs)));
        let Some((editions, inputs)) = made else { return Ok(()) };
        need(
            !editions.is_empty() && !inputs.is_empty(),
            "there is no edition, or no input",
            "list every document under `editions` and everything it was made from under `inputs`",
        )?;
        let digest =
            |e: &&d::Edition| e.digest.len() != 64 || !e.digest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let wrong: Vec<String> =
            editions.iter().chain(inputs).filter(digest).map(|e| format!("`{}`", e.name)).collect();
        need(wrong.is_empty(), format!("no SHA-256 for {}", shorten(&wrong)), "write 64 lower-case hexadecimal digits")
    },
};

pub(in crate::programme) const SIGNED: Guard = Guard {
    rule: "what is published is what an HM Inspector or the chief inspector signed, as it was scheduled last",
    check: |deed| {
        let Some((thing, made)) = deed.thing.zip(deed.says::<d::Editions>()) else { return Ok(()) };
        let scheduled = thing.said::<d::Schedule>().last().map_or(0, |(act, _)| act.seq);
        let signed = thing
            .said::<d::Approval>()
            .last()
            .filter(|(act, _)| act.seq > scheduled)
            .map(|(_, approval)| &approval.digest);
        let Some(signed) = signed else {
            return need(
                false,
                "nobody has signed it as it is scheduled",
                "an HM Inspector signs with `publication/sign`",
            );
        };
        need(
            made.editions.iter().any(|e| e.digest == *signed),
            format!("{signed} was signed, and no edition has that digest"),
            "publish what was signed, or have it signed anew",
        )
    },
};

pub(in crate::programme) const CONCERNS_AGREED: Guard = Guard {
    rule: "on a scale of five, inadequate is published with a cause of concern and its recommendations; a cause of concern with a recommendation",
    check: |deed| {
        let listed = listed(deed);
        let concern_at = |node: Option<&crate::NodeId>| {
            deed.inspection()
                .into_iter()
                .flat_map(|i| deed.programme.below(&i.id))
                .any(|t| is_concern_at(t, node) && (t.state.id() == "published" || listed.iter().any(|l| l.id == t.id)))
        };
        let five = deed.framework().is_some_and(five_tier);
        let bare = |t: &&Thing| {
            five && t.kind() == Kind::Judgment
                && grade_of(t) == Some(JudgmentValue::Graded(Grade::Inadequate))
                && !concern_at(node_of(t))
        };
        none(
            listed.iter().copied().filter(bare).collect(),
            "inadequate without a cause of concern",
            "draft and agree one, and list it",
        )?;
        let lonely = |t: &&Thing| {
            is_concern(t)
                && !deed
                    .programme
                    .parts(&t.id)
                    .any(|r| r.state.id() == "published" || listed.iter().any(|l| l.id == r.id))
        };
        none(
            listed.iter().copied().filter(lonely).collect(),
            "causes of concern without a recommendation",
            "list their recommendations",
        )?;
        let left = listed
            .iter()
            .copied()
            .filter(|t| is_concern(t))
            .flat_map(|t| deed.programme.parts(&t.id))
            .filter(|r| r.kind() == Kind::Finding && !r.state.is_end() && !listed.iter().any(|l| l.id == r.id));
        none(
            left.collect(),
            "recommendations left behind by their cause of concern",
            "list them too, or withdraw them",
        )?;
        let orphan = |t: &&Thing| {
            t.kind() == Kind::Finding
                && t.belongs.under.as_ref().and_then(|id| deed.programme.thing(id)).is_some_and(|p| {
                    p.kind() == Kind::Finding && p.state.id() != "published" && !listed.iter().any(|l| l.id == p.id)
                })
        };
        none(
            listed.iter().copied().filter(orphan).collect(),
            "recommendations without their cause of concern",
            "list it too",
        )
    },
};

pub(in crate::programme) const PILLAR_KNOWN: Guard = Guard {
    rule: "an overview is about a pillar of the framework, or about all",
    check: |deed| {
        let Some((overview, framework)) = deed.says::<d::OverviewOf>().zip(deed.framework()) else { return Ok(()) };
        let known = overview.pillar.as_ref().is_none_or(|p| framework.pillar(p.as_str()).is_some());
        need(known, "the framework has no such pillar", "name one, or leave `pillar` out")
    },
};

pub(in crate::programme) const PUBLISHED_IN_CYCLE: Guard = Guard {
    rule: "what is tagged is a published finding of the cycle",
    check: |deed| {
        let Some((tagged, thing)) = deed.says::<d::Tagged>().zip(deed.thing) else { return Ok(()) };
        let fits = deed.programme.thing(&tagged.finding).is_some_and(|t| {
            t.state == State::Finding(states::Finding::Published) && t.belongs.cycle == thing.belongs.cycle
        });
        need(fits, format!("`{}` is no published finding of this cycle", tagged.finding), "name one that is")
    },
};

pub(in crate::programme) const THEMES_TAGGED: Guard = Guard {
    rule: "each theme is a tag of at least one finding",
    check: |deed| {
        let Some((themes, thing)) = deed.says::<d::Themes>().zip(deed.thing) else { return Ok(()) };
        need(!themes.themes.is_empty(), "there is no theme", "name at least one")?;
        let bare: Vec<String> = themes
            .themes
            .iter()
            .filter(|theme| !thing.said::<d::Tagged>().any(|(_, t)| t.theme == **theme))
            .map(|t| format!("`{t}`"))
            .collect();
        need(bare.is_empty(), format!("no finding shows {}", shorten(&bare)), "tag findings first, with `overview/tag`")
    },
};

pub(in crate::programme) const NATIONAL_FINDINGS_AGREED: Guard = Guard {
    rule: "its findings are agreed",
    check: |deed| {
        none(
            deed.programme.parts(deed.on).filter(|t| t.kind() == Kind::Finding && t.state.id() == "drafted").collect(),
            "findings that are not agreed",
            "agree them with `finding/agree`, or withdraw them",
        )
    },
};

pub(in crate::programme) const NOT_OWN_OVERVIEW: Guard = Guard {
    rule: "nobody approves an overview that they made",
    check: |deed| {
        not_by(
            deed,
            &["overview/begin", "overview/name-themes", "overview/recommend"],
            "the chief inspector has to approve it",
        )
    },
};

/// What a publication holds: as the command says, or else as it was scheduled.
pub(in crate::programme) fn listed<'a>(deed: &Deed<'a>) -> Vec<&'a Thing> {
    let schedule = deed.says::<d::Schedule>().or(deed.thing.and_then(|t| t.latest::<d::Schedule>()));
    schedule.into_iter().flat_map(|s| &s.publishes).filter_map(|id| deed.programme.thing(id)).collect()
}

fn ready(deed: &Deed<'_>, thing: &Thing) -> bool {
    match thing.state {
        State::Judgment(state) => matches!(state, states::Judgment::Decided | states::Judgment::CarriedOver),
        State::Finding(state) => state == states::Finding::Agreed,
        State::Section(_) => approved(thing),
        State::Assessment(state) => state == states::Assessment::Recorded,
        State::Revisit(state) => state == states::Revisit::Done,
        State::Overview(state) => state == states::Overview::Approved && deed.subject().is_some(),
        _ => false,
    }
}
