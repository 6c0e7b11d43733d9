//! Rules about drafts, the pre-publication check, publications and overviews.

use super::judging::{five_tier, is_concern};
use super::*;
use crate::programme::{Shaped, details as d, seen::grade_of, seen::node_of};
use crate::{Grade, JudgmentValue};
use states::Inspection as I;

guards! {
    DRAFTING: "drafts are made while drafting", |deed| inspection_is(deed, &[I::Drafting, I::InCheck, I::Published, I::FollowUp]);
    SAME_SECTION: "a section stays the same part of the same document", |deed| {
        let before = deed.thing.and_then(|t| t.latest::<d::Content>());
        let same = deed.says::<d::Content>().zip(before).is_none_or(|(now, then)| now.product == then.product && now.section == then.section);
        need(same, "the document or section would change", "withdraw this one and write another")
    };
    NOT_OWN_SECTION: "nobody approves a section that they wrote or edited", |deed| {
        not_by(deed, &["section/write", "section/rewrite", "section/edit"], "somebody else has to approve it")
    };
    NO_OTHER_CHECK: "one check is open at a time", |deed| none(
        open_checks(deed), "a check is open", "close or withdraw it first",
    );
    NO_OPEN_CHECK: "no check is open", |deed| none(open_checks(deed), "a check is open", "close or withdraw it first");
    SECTIONS_APPROVED: "a draft has sections, and each is approved as it is now", |deed| {
        let open: Vec<&Thing> = deed.of_inspection(Kind::Section).filter(|t| !t.state.is_end()).collect();
        let any = deed.of_inspection(Kind::Section).any(|t| t.state.id() != "withdrawn");
        need(any, "the draft has no section", "write one with `section/write`")?;
        none(open.into_iter().filter(|t| !approved(t)).collect(), "sections that are not approved as they are now", "edit and approve them, with `section/edit` and `section/approve`")
    };
    NO_JUDGMENT_OPEN: "no judgment is open", |deed| none(
        deed.of_inspection(Kind::Judgment).filter(|t| !t.state.is_end() && !matches!(t.state.id(), "decided" | "carried-over")).collect(),
        "judgments that are not decided", "decide or withdraw them first",
    );
    ALL_JUDGED: "every inspected question that is graded has a decided judgment, every question that carries over its judgment, and none is open", |deed| {
        (NO_JUDGMENT_OPEN.check)(deed)?;
        let Some(framework) = deed.framework() else { return Ok(()) };
        let judged = |node: &crate::NodeId| deed.of_inspection(Kind::Judgment).any(|t| t.state.id() != "withdrawn" && node_of(t) == Some(node));
        let inspected = |node: &crate::NodeId| super::planning::scope_of(deed, node).next().is_some();
        let lacking: Vec<String> = framework.questions()
            .filter(|(node, question)| question.graded && inspected(node) && !judged(node) && wants_judgment(deed, node))
            .map(|(node, _)| format!("`{node}`")).collect();
        need(lacking.is_empty(), format!("without a judgment: {}", shorten(&lacking)), "open one with `judgment/open`, or carry one over with `judgment/carry-over`")
    };
    COMMENTS_ANSWERED: "every comment is accepted, rejected or withdrawn", |deed| none(
        deed.programme.parts(deed.on).filter(|t| !t.state.is_end()).collect(), "comments without an answer", "answer them with `comment/accept` or `comment/reject`",
    );
    CHECK_OPEN: "comments are made while the check is open", |deed| {
        let Some(check) = deed.under else { return Ok(()) };
        need(check.state == State::Check(states::Check::Sent), format!("the check `{}` is {}", check.id, check.state), "ask the programme lead to send the draft again")?;
        let until = check.latest::<d::SentDraft>().map(|sent| sent.until);
        need(until.is_none_or(|last| deed.today() <= last), "its last day has passed", "ask the programme lead for a new check")
    };
    ANCHORED: "a comment is about a paragraph of a section, a number, or a judgment", |deed| {
        let Some(comment) = deed.says::<d::OnDraft>() else { return Ok(()) };
        let paragraph = comment.section.is_some() && comment.paragraph.is_some_and(|n| n > 0);
        need(paragraph || comment.number.is_some() || comment.judgment.is_some(), "the comment is about nothing", "give `section` and `paragraph`, or `number`, or `judgment`")?;
        let of = |id: &Option<ThingId>, kind: Kind| id.as_ref().is_none_or(|id| deed.programme.thing(id)
            .is_some_and(|t| t.kind() == kind && t.belongs.inspection == deed.subject().and_then(|s| s.belongs.inspection.clone())));
        need(of(&comment.section, Kind::Section), "`section` is no section of this draft", "name one of its sections")?;
        need(of(&comment.judgment, Kind::Judgment), "`judgment` is no judgment of this inspection", "name one of its judgments")?;
        need(comment.about == d::About::FactualError || comment.judgment.is_some(), "it disputes a grade and names no judgment", "give `judgment`")
    };
    DISPUTE_FOR_HMI: "a grade dispute is answered by an HM Inspector", |deed| {
        let dispute = deed.thing.and_then(|t| t.latest::<d::OnDraft>()).is_some_and(|c| c.about == d::About::GradeDispute);
        let hmi = deed.programme.offices(deed.actor).iter().any(|o| o.role == crate::programme::Role::HmInspector);
        need(!dispute || hmi, "it disputes a grade", "an HM Inspector has to answer it")
    };
    REOPENS_DECIDED: "what goes back to moderation is a decided judgment of this inspection that no publication holds", |deed| {
        let Some(id) = deed.says::<d::Answer>().and_then(|a| a.reopens.as_ref()) else { return Ok(()) };
        let fits = deed.programme.thing(id).is_some_and(|t| t.state == State::Judgment(states::Judgment::Decided)
            && t.belongs.inspection == deed.thing.and_then(|c| c.belongs.inspection.clone()));
        need(fits, format!("`{id}` is no decided judgment of this inspection"), "name one, or leave `reopens` out")?;
        none(scheduled_with(deed, id), "scheduled to be published with it", "cancel that first with `publication/cancel`")
    };
    NOTHING_SCHEDULED: "no publication of the inspection is scheduled", |deed| none(
        deed.of_inspection(Kind::Publication).filter(|t| t.state.id() == "scheduled").collect(), "publications are scheduled", "cancel them with `publication/cancel`",
    );
    CAN_SCHEDULE: "an inspection is published from its check on, an overview once it is approved", |deed| match deed.under.map(Thing::kind) {
        Some(Kind::Overview) => {
            let Some(overview) = deed.under else { return Ok(()) };
            need(overview.state.id() == "approved", format!("the overview `{}` is {}", overview.id, overview.state), "approve it with `overview/approve`")
        }
        _ => inspection_is(deed, &[I::InCheck, I::Published, I::FollowUp]),
    };
    PUBLISHES_OWN: "a publication holds things of its own inspection or overview, each once, and in no other", |deed| {
        let Some(schedule) = deed.says::<d::Schedule>() else { return Ok(()) };
        need(!schedule.publishes.is_empty(), "it would publish nothing", "list judgments, findings, sections, assessments, a revisit or an overview under `publishes`")?;
        let home = deed.under.or(deed.thing.and_then(|t| deed.programme.thing(t.belongs.under.as_ref()?)));
        let own = |id: &ThingId| home.is_some_and(|home| home.id == *id || deed.programme.below(&home.id).iter().any(|t| t.id == *id));
        let wrong: Vec<String> = schedule.publishes.iter().filter(|id| !own(id)).map(|id| format!("`{id}`")).collect();
        need(wrong.is_empty(), format!("not part of it: {}", shorten(&wrong)), "list only what belongs to it")?;
        let distinct = schedule.publishes.iter().collect::<std::collections::BTreeSet<_>>().len();
        need(distinct == schedule.publishes.len(), "something is listed twice", "list each once")?;
        let elsewhere: Vec<&Thing> = schedule.publishes.iter().flat_map(|id| scheduled_with(deed, id)).filter(|t| t.id != *deed.on).collect();
        none(elsewhere, "another publication holds some of it", "cancel that one, or leave it out")
    };
    READY: "everything that it holds is ready: judgments decided or carried over, findings agreed, sections approved as they are now", |deed| {
        let listed = listed(deed);
        none(listed.into_iter().filter(|t| !ready(deed, t)).collect(), "not ready to be published", "decide, agree or approve them first, or leave them out")
    };
    WHOLE: "a report holds every judgment, finding, section and assessment of the inspection that is not published or withdrawn", |deed| {
        let Some(inspection) = deed.inspection().filter(|i| i.state == State::Inspection(I::InCheck)) else { return Ok(()) };
        let listed: Vec<&ThingId> = listed(deed).into_iter().map(|t| &t.id).collect();
        let missing = deed.programme.below(&inspection.id).into_iter()
            .filter(|t| matches!(t.kind(), Kind::Judgment | Kind::Finding | Kind::Section | Kind::Assessment) && !t.state.is_end())
            .filter(|t| !listed.contains(&&t.id));
        none(missing.collect(), "left out of the report", "add them to `publishes`, or withdraw them")
    };
    CHECK_CLOSED: "the force has checked the draft: a check was closed and none is open", |deed| {
        let in_check = deed.inspection().is_some_and(|i| i.state == State::Inspection(I::InCheck));
        if !in_check { return Ok(()) }
        none(open_checks(deed), "a check is open", "close it with `check/close`")?;
        need(deed.of_inspection(Kind::Check).any(|t| t.state.id() == "closed"), "no check was closed", "send the draft with `check/send`, and close the check once every comment is answered")
    };
    NOT_OWN_PUBLICATION: "nobody signs what they scheduled", |deed| {
        not_by(deed, &["publication/schedule", "publication/reschedule"], "another HM Inspector has to sign it")
    };
    EMBARGO_OVER: "the embargo is over, to the second", |deed| {
        let Some(schedule) = deed.thing.and_then(|t| t.latest::<d::Schedule>()) else { return Ok(()) };
        need(deed.now >= schedule.embargo, format!("it is under embargo until {}", schedule.embargo), "wait until then, or bring the embargo forward with `publication/reschedule`")
    };
    HAS_EDITIONS: "every edition and input has a name and a digest, and there is an edition", |deed| {
        let made = deed.says::<d::Editions>().map(|e| (&e.editions, &e.inputs)).or(deed.says::<d::CorrectionMade>().map(|c| (&c.editions, &c.inputs)));
        let Some((editions, inputs)) = made else { return Ok(()) };
        need(!editions.is_empty() && !inputs.is_empty(), "there is no edition, or no input", "list every document under `editions` and everything it was made from under `inputs`")?;
        let digest = |e: &&d::Edition| e.digest.len() != 64 || !e.digest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let wrong: Vec<String> = editions.iter().chain(inputs).filter(digest).map(|e| format!("`{}`", e.name)).collect();
        need(wrong.is_empty(), format!("no SHA-256 for {}", shorten(&wrong)), "write 64 lower-case hexadecimal digits")
    };
    SIGNED: "what is published is what an HM Inspector or the chief inspector signed, as it was scheduled last", |deed| {
        let Some((thing, made)) = deed.thing.zip(deed.says::<d::Editions>()) else { return Ok(()) };
        let scheduled = thing.said::<d::Schedule>().last().map_or(0, |(act, _)| act.seq);
        let signed = thing.said::<d::Approval>().last().filter(|(act, _)| act.seq > scheduled).map(|(_, approval)| &approval.digest);
        let Some(signed) = signed else { return need(false, "nobody has signed it as it is scheduled", "an HM Inspector signs with `publication/sign`") };
        need(made.editions.iter().any(|e| e.digest == *signed), format!("{signed} was signed, and no edition has that digest"), "publish what was signed, or have it signed anew")
    };
    CONCERNS_AGREED: "on a scale of five, inadequate is published with a cause of concern and its recommendations; a cause of concern with a recommendation", |deed| {
        let listed = listed(deed);
        let concern_at = |node: Option<&crate::NodeId>| deed.inspection().into_iter().flat_map(|i| deed.programme.below(&i.id)).any(|t| super::judging::is_concern_at(t, node)
            && (t.state.id() == "published" || listed.iter().any(|l| l.id == t.id)));
        let five = deed.framework().is_some_and(five_tier);
        let bare = |t: &&Thing| five && t.kind() == Kind::Judgment && grade_of(t) == Some(JudgmentValue::Graded(Grade::Inadequate)) && !concern_at(node_of(t));
        none(listed.iter().copied().filter(bare).collect(), "inadequate without a cause of concern", "draft and agree one, and list it")?;
        let lonely = |t: &&Thing| is_concern(t) && !deed.programme.parts(&t.id).any(|r| r.state.id() == "published" || listed.iter().any(|l| l.id == r.id));
        none(listed.iter().copied().filter(lonely).collect(), "causes of concern without a recommendation", "list their recommendations")?;
        let left = listed.iter().copied().filter(|t| is_concern(t)).flat_map(|t| deed.programme.parts(&t.id))
            .filter(|r| r.kind() == Kind::Finding && !r.state.is_end() && !listed.iter().any(|l| l.id == r.id));
        none(left.collect(), "recommendations left behind by their cause of concern", "list them too, or withdraw them")?;
        let orphan = |t: &&Thing| t.kind() == Kind::Finding && t.belongs.under.as_ref().and_then(|id| deed.programme.thing(id))
            .is_some_and(|p| p.kind() == Kind::Finding && p.state.id() != "published" && !listed.iter().any(|l| l.id == p.id));
        none(listed.iter().copied().filter(orphan).collect(), "recommendations without their cause of concern", "list it too")
    };
    PILLAR_KNOWN: "an overview is about a pillar of the framework, or about all", |deed| {
        let Some((overview, framework)) = deed.says::<d::OverviewOf>().zip(deed.framework()) else { return Ok(()) };
        let known = overview.pillar.as_ref().is_none_or(|p| framework.pillar(p.as_str()).is_some());
        need(known, "the framework has no such pillar", "name one, or leave `pillar` out")
    };
    PUBLISHED_IN_CYCLE: "what is tagged is a published finding of the cycle", |deed| {
        let Some((tagged, thing)) = deed.says::<d::Tagged>().zip(deed.thing) else { return Ok(()) };
        let fits = deed.programme.thing(&tagged.finding).is_some_and(|t| t.state == State::Finding(states::Finding::Published) && t.belongs.cycle == thing.belongs.cycle);
        need(fits, format!("`{}` is no published finding of this cycle", tagged.finding), "name one that is")
    };
    THEMES_TAGGED: "each theme is a tag of at least one finding", |deed| {
        let Some((themes, thing)) = deed.says::<d::Themes>().zip(deed.thing) else { return Ok(()) };
        need(!themes.themes.is_empty(), "there is no theme", "name at least one")?;
        let bare: Vec<String> = themes.themes.iter().filter(|theme| !thing.said::<d::Tagged>().any(|(_, t)| t.theme == **theme)).map(|t| format!("`{t}`")).collect();
        need(bare.is_empty(), format!("no finding shows {}", shorten(&bare)), "tag findings first, with `overview/tag`")
    };
    NATIONAL_FINDINGS_AGREED: "its findings are agreed", |deed| none(
        deed.programme.parts(deed.on).filter(|t| t.kind() == Kind::Finding && t.state.id() == "drafted").collect(), "findings that are not agreed", "agree them with `finding/agree`, or withdraw them",
    );
    NOT_OWN_OVERVIEW: "nobody approves an overview that they made", |deed| {
        not_by(deed, &["overview/begin", "overview/name-themes", "overview/recommend"], "the chief inspector has to approve it")
    };
}

fn open_checks<'a>(deed: &Deed<'a>) -> Vec<&'a Thing> {
    deed.of_inspection(Kind::Check).filter(|t| t.state == State::Check(states::Check::Sent)).collect()
}

/// What a publication holds: as the command says, or else as it was scheduled.
pub(in crate::programme) fn listed<'a>(deed: &Deed<'a>) -> Vec<&'a Thing> {
    let schedule = deed.says::<d::Schedule>().or(deed.thing.and_then(|t| t.latest::<d::Schedule>()));
    schedule.into_iter().flat_map(|s| &s.publishes).filter_map(|id| deed.programme.thing(id)).collect()
}

/// Whether its last approval is of its content as it is now.
fn approved(section: &Thing) -> bool {
    matches!(section.state.id(), "approved" | "in-check")
        && section.latest::<d::Content>().map(|c| &c.digest)
            == section.last("section/approve").and_then(|act| d::Approval::of(&act.with)).map(|a| &a.digest)
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

fn wants_judgment(deed: &Deed<'_>, node: &crate::NodeId) -> bool {
    super::planning::scope_of(deed, node)
        .any(|t| t.latest::<d::ScopePlan>().is_some_and(|p| p.status != crate::record::ScopeStatus::NotInspected))
}
