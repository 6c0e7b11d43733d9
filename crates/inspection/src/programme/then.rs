//! What follows from an action in other things, in the same breath.

use super::deed::{Deed, Follow, Then};
use super::guard::listed;
use super::{Belongs, Details, Kind, State, Text, Thing, ThingId, clock, details as d, states};
use crate::record::FindingKind;
use std::collections::BTreeSet;

macro_rules! thens {
    ($($name:ident: $what:literal, [$($action:literal)+], $follow:expr;)+) => {
        $(pub(super) const $name: Then = Then { what: $what, leads_to: &[$($action),+], follow: $follow };)+
    };
}

thens! {
    NOTIFY_SCOPE: "its scope is notified", ["scope-line/notify"], |deed| {
        deed.of_inspection(Kind::ScopeLine).filter(|t| t.state.id() == "confirmed").map(|t| plain("scope-line/notify", t)).collect()
    };
    SUPERSEDE_FRAMEWORK: "an earlier version in force is superseded", ["framework/supersede"], |deed| {
        let id = |t: &Thing| t.latest::<d::Version>().map(|v| v.framework.clone());
        let this = deed.thing.and_then(id);
        let others = deed.programme.of_kind(Kind::Framework)
            .filter(|t| t.state == State::Framework(states::Framework::InForce) && id(t) == this && t.id != *deed.on);
        others.map(|t| follow("framework/supersede", t, reason(format!("superseded by {}", deed.on)))).collect()
    };
    WITHDRAW_ALL: "everything of it that has not come to its end is withdrawn", [
        "scope-line/withdraw" "request/withdraw" "visit/cancel" "evidence/withdraw" "assessment/withdraw" "judgment/withdraw" "finding/withdraw"
        "section/withdraw" "check/withdraw" "comment/withdraw" "publication/cancel" "revisit/cancel" "promise/withdraw"
    ], |deed| {
        // What was published keeps its evidence.
        let was_published = deed.thing.is_some_and(|t| t.last("inspection/publish").is_some());
        let open = deed.programme.below(deed.on).into_iter().filter(|t| !(t.state.is_end() || was_published && t.kind() == Kind::Evidence));
        open.filter_map(|t| withdrawal(t).map(|action| follow(action, t, reason("the inspection was withdrawn")))).collect()
    };
    WITHDRAW_COMMENTS: "its comments are withdrawn", ["comment/withdraw"], |deed| {
        let open = deed.programme.parts(deed.on).filter(|t| !t.state.is_end());
        open.map(|t| follow("comment/withdraw", t, reason("the check was withdrawn"))).collect()
    };
    WITHDRAW_RECOMMENDATIONS: "its recommendations are withdrawn", ["finding/withdraw"], |deed| {
        let open = deed.programme.parts(deed.on).filter(|t| t.kind() == Kind::Finding && !t.state.is_end());
        open.map(|t| follow("finding/withdraw", t, reason("the cause of concern was withdrawn"))).collect()
    };
    UNVEIL: "when the last initial grade is in, all of them are shown", ["judgment/unveil"], |deed| {
        let Some(thing) = deed.thing else { return Vec::new() };
        let wanted: BTreeSet<&ThingId> = thing.latest::<d::ToJudge>().into_iter().flat_map(|j| &j.graders).collect();
        let given: BTreeSet<&str> = thing.said::<d::InitialGrade>().map(|(act, _)| act.by.as_str()).chain([deed.by.as_str()]).collect();
        if wanted.iter().all(|id| given.contains(id.as_str())) { vec![plain("judgment/unveil", thing)] } else { Vec::new() }
    };
    ENTER_CHECK: "the inspection and its approved sections are in check", ["inspection/enter-check" "section/enter-check"], |deed| {
        let inspection = deed.inspection().filter(|i| i.state == State::Inspection(states::Inspection::Drafting));
        let sections = deed.of_inspection(Kind::Section).filter(|t| t.state.id() == "approved");
        inspection.map(|i| plain("inspection/enter-check", i)).into_iter().chain(sections.map(|t| plain("section/enter-check", t))).collect()
    };
    REOPEN_JUDGMENT: "the judgment named goes back to moderation", ["judgment/reopen"], |deed| {
        let answer = deed.says::<d::Answer>();
        let judgment = answer.and_then(|a| a.reopens.as_ref()).and_then(|id| deed.programme.thing(id));
        judgment.map(|t| follow("judgment/reopen", t, reason(format!("a comment was accepted: {}", deed.on)))).into_iter().collect()
    };
    PUBLISH_ALL: "everything that it holds is published, and with a report the inspection", [
        "judgment/publish" "finding/publish" "section/publish" "assessment/publish" "revisit/publish-letter" "overview/publish" "inspection/publish"
    ], |deed| {
        let publish = |t: &Thing| match t.kind() {
            Kind::Judgment => Some("judgment/publish"),
            Kind::Finding => Some("finding/publish"),
            Kind::Section => Some("section/publish"),
            Kind::Assessment => Some("assessment/publish"),
            Kind::Revisit => Some("revisit/publish-letter"),
            Kind::Overview => Some("overview/publish"),
            _ => None,
        };
        let own = listed(deed).into_iter().filter_map(|t| publish(t).map(|action| plain(action, t)));
        let inspection = deed.inspection().filter(|i| i.state == State::Inspection(states::Inspection::InCheck));
        own.chain(inspection.map(|i| plain("inspection/publish", i))).collect()
    };
    PUBLISH_RECOMMENDATIONS: "its recommendations are published with it", ["finding/publish"], |deed| {
        agreed_parts(deed).into_iter().map(|t| plain("finding/publish", t)).collect()
    };
    OPEN_ENTRIES: "the register gets an entry for each addressee of each finding, and for each sub-point", ["entry/open"], |deed| {
        let findings: Vec<&Thing> = match deed.thing.map(Thing::kind) {
            Some(Kind::Finding) => deed.thing.into_iter().chain(agreed_parts(deed)).collect(),
            _ => listed(deed).into_iter().filter(|t| t.kind() == Kind::Finding).collect(),
        };
        findings.into_iter().flat_map(|finding| entries(deed, finding)).collect()
    };
    SUPERSEDE_ENTRIES: "entries that its findings take the place of are superseded", ["entry/supersede"], |deed| {
        let findings = listed(deed).into_iter().filter_map(|t| t.latest::<d::FindingDrafted>().map(|f| (t, f)));
        let pairs = findings.flat_map(|(t, f)| f.supersedes.iter().map(move |id| (t, id)));
        let mut done = BTreeSet::new();
        pairs.filter_map(|(t, id)| {
            let entry = deed.programme.thing(id).filter(|e| !e.state.is_end() && done.insert(&e.id))?;
            let by = d::SupersededBy { by: t.id.clone(), reason: Text::new("a later finding takes its place") };
            Some(follow("entry/supersede", entry, by.into()))
        }).collect()
    };
    OPEN_RESPONSES: "each local policing body that it names owes a response, if the duty had begun", ["response/open"], |deed| {
        let Some(schedule) = deed.thing.and_then(|t| t.latest::<d::Schedule>()) else { return Vec::new() };
        let published = deed.today();
        let Some(last_day) = clock::last_day(published) else { return Vec::new() };
        let is_recommendation = |t: &&Thing| t.latest::<d::FindingDrafted>().is_some_and(|f| f.kind == FindingKind::Recommendation);
        let recommendations: Vec<ThingId> = listed(deed).into_iter().filter(is_recommendation).map(|t| t.id.clone()).collect();
        let bodies: BTreeSet<&String> = schedule.respond.iter().collect();
        bodies.into_iter().filter_map(|body| {
            let owed = d::ResponseOwed {
                publication: deed.on.clone(), body: body.clone(), published, last_day: Some(last_day), recommendations: recommendations.clone(),
            };
            let belongs = Belongs { under: Some(deed.on.clone()), bodies: vec![body.clone()], ..deed.thing?.belongs.clone() };
            Some(Follow { action: "response/open", on: derived(deed.on, &["response", body])?, with: owed.into(), belongs: Some(belongs) })
        }).collect()
    };
}

fn follow(action: &'static str, on: &Thing, with: Details) -> Follow {
    Follow { action, on: on.id.clone(), with, belongs: None }
}

fn plain(action: &'static str, on: &Thing) -> Follow {
    follow(action, on, d::Nothing {}.into())
}

fn reason(words: impl Into<String>) -> Details {
    d::Reason { reason: Text::new(words) }.into()
}

fn derived(id: &ThingId, parts: &[&str]) -> Option<ThingId> {
    parts.iter().try_fold(id.clone(), |id, part| id.join(part).ok())
}

/// The action that withdraws a thing of this kind, where one does from its state.
fn withdrawal(thing: &Thing) -> Option<&'static str> {
    let actions = WITHDRAW_ALL.leads_to.iter().copied();
    let mut rows = actions.filter_map(super::table::row);
    rows.find(|row| row.from.contains(&thing.state)).map(|row| row.action)
}

fn agreed_parts<'a>(deed: &Deed<'a>) -> Vec<&'a Thing> {
    let parts = deed.programme.parts(deed.on);
    parts.filter(|t| t.state == State::Finding(states::Finding::Agreed)).collect()
}

fn entries(deed: &Deed<'_>, finding: &Thing) -> Vec<Follow> {
    let Some(f) = finding.latest::<d::FindingDrafted>() else { return Vec::new() };
    let tracked =
        matches!(f.kind, FindingKind::CauseOfConcern | FindingKind::Recommendation | FindingKind::AreaForImprovement);
    if !tracked {
        return Vec::new();
    }
    let forces = finding.belongs.forces.iter().map(|force| (force.as_str(), true));
    let bodies = finding.belongs.bodies.iter().map(|body| (body.as_str(), false));
    let points: Vec<Option<u32>> =
        if f.sub_points.is_empty() { vec![None] } else { (1..).take(f.sub_points.len()).map(Some).collect() };
    let parent =
        finding.belongs.under.as_ref().filter(|id| deed.programme.thing(id).is_some_and(|p| p.kind() == Kind::Finding));
    let addressees = forces.chain(bodies).flat_map(|a| points.iter().map(move |point| (a, *point)));
    let published = deed.says::<d::Letter>().map_or(deed.today(), |letter| letter.on);
    let entry = |((addressee, is_force), point): ((&str, bool), Option<u32>)| {
        let number = point.map(|n| n.to_string());
        let on = derived(&finding.id, &[Some(addressee), number.as_deref()].into_iter().flatten().collect::<Vec<_>>())?;
        let opened = d::EntryOpened {
            finding: finding.id.clone(),
            kind: f.kind,
            addressee: addressee.to_owned(),
            sub_point: point,
            concern: parent.and_then(|id| derived(id, &[addressee])),
            published,
            due: f.due,
            route: f.route,
        };
        let belongs = Belongs {
            under: Some(finding.id.clone()),
            forces: finding.belongs.forces.iter().filter(|x| is_force && x.as_str() == addressee).cloned().collect(),
            bodies: finding.belongs.bodies.iter().filter(|x| !is_force && x.as_str() == addressee).cloned().collect(),
            ..finding.belongs.clone()
        };
        Some(Follow { action: "entry/open", on, with: opened.into(), belongs: Some(belongs) })
    };
    addressees.filter_map(entry).collect()
}
