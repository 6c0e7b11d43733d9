//! What is known of judgments and findings, whichever way it became known: taken over from a publication, or published by the programme.
//!
//! Fiction is never among it.

use crate::Public;
use inspection::{
    JudgmentValue, NodeId,
    programme::{Kind, Seen, Text, Thing, ThingId, clock::day_of, details as d},
    record::{Finding, FindingKind, Publication, Taken},
};
use reference::AreaId;

/// A judgment that stands in a cycle.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged<'a> {
    /// Unique on the site and for ever: `2016/hertfordshire/legitimacy.q2`, or the thing's own id.
    pub id: String,
    /// The cycle that it stands in.
    pub cycle: String,
    /// The force.
    pub force: AreaId,
    /// The pillar or question.
    pub node: NodeId,
    /// What it says.
    pub value: JudgmentValue,
    /// The cycle that it was made in.
    pub made_in: String,
    /// Whether that is an earlier one.
    pub carried_over: bool,
    /// Anything a reader should know.
    pub note: &'a str,
    /// How it is known.
    pub source: Source<'a>,
}

/// How something is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Source<'a> {
    /// Taken over from a publication.
    Taken(&'a Taken, &'a Publication),
    /// Published by the programme, on this day.
    Published(ThingId, jiff::civil::Date),
}

/// A finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<'a> {
    /// Unique on the site and for ever: `2016/hertfordshire/coc-1`, or the thing's own id.
    pub id: String,
    /// The cycle.
    pub cycle: String,
    /// The forces that it is about.
    pub forces: Vec<AreaId>,
    /// What kind.
    pub kind: FindingKind,
    /// The question that it belongs to.
    pub node: NodeId,
    /// A few words; may be empty.
    pub title: String,
    /// What it asks or says.
    pub text: String,
    /// Its parts.
    pub sub_points: Vec<String>,
    /// Forces and bodies, by id.
    pub addressees: Vec<String>,
    /// The cause of concern that it hangs on, by its id here.
    pub parent: Option<String>,
    /// By when, as published.
    pub due: Option<String>,
    /// The findings that it restates, by their ids here.
    pub restates: Vec<String>,
    /// How it stands.
    pub stands: Standing,
    /// How it is known.
    pub source: Source<'a>,
}

/// Says that nothing is known, in the words of the record.
const NOT_RECORDED: &str = "not recorded in the sources loaded";

/// How a finding stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// As a publication says, in its words.
    Said(String),
    /// By addressee or part, as the register has it: who, and the state.
    Register(Vec<(String, &'static str)>),
    /// No source that is loaded says.
    NotRecorded,
}

impl Standing {
    /// Whether it is known to be closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        match self {
            Self::Register(entries) => {
                !entries.is_empty()
                    && entries.iter().all(|(_, state)| matches!(*state, "complete" | "superseded" | "withdrawn"))
            }
            Self::Said(words) => words.starts_with("complete") || words.starts_with("superseded"),
            Self::NotRecorded => false,
        }
    }

    /// As a page says it.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Said(words) => words.clone(),
            Self::Register(entries) => entries
                .iter()
                .map(|(who, state)| format!("{who}: {}", state.replace('-', " ")))
                .collect::<Vec<_>>()
                .join("; "),
            Self::NotRecorded => "outcome not recorded in the sources loaded".into(),
        }
    }
}

impl Public {
    /// Every judgment of real forces that is public, by cycle, force and place.
    #[must_use]
    pub fn judgments(&self) -> Vec<Judged<'_>> {
        let mut all: Vec<Judged<'_>> = self.judgments_on_record().chain(self.judgments_made()).collect();
        all.sort_by(|a, b| (&a.cycle, &a.force, &a.node).cmp(&(&b.cycle, &b.force, &b.node)));
        all
    }

    fn judgments_on_record(&self) -> impl Iterator<Item = Judged<'_>> {
        let record = self.record();
        record.inspections().flat_map(move |(cycle, force, inspection)| {
            inspection.judgments.values().filter_map(move |judgment| {
                let standing = record.standing(cycle, force, &judgment.node)?;
                let publication = record.publications.get(&judgment.from.publication)?;
                Some(Judged {
                    id: format!("{cycle}/{force}/{}", judgment.node),
                    cycle: cycle.to_owned(),
                    force: force.clone(),
                    node: judgment.node.clone(),
                    value: standing.value,
                    made_in: standing.cycle.to_owned(),
                    carried_over: standing.carried_over,
                    note: &judgment.note,
                    source: Source::Taken(&judgment.from, publication),
                })
            })
        })
    }

    fn judgments_made(&self) -> Vec<Judged<'_>> {
        let seen = self.seen();
        let made = seen.counted(Kind::Judgment).filter_map(|thing| {
            let stands = seen.stands(&thing.id)?;
            let open = thing.latest::<d::ToJudge>().map(|open| &open.node);
            let node = open.or(thing.latest::<d::CarriedFrom>().map(|carried| &carried.node))?;
            Some(Judged {
                id: thing.id.to_string(),
                cycle: thing.belongs.cycle.as_ref()?.to_string(),
                force: thing.belongs.forces.first()?.clone(),
                node: node.clone(),
                value: stands.value,
                made_in: stands.cycle,
                carried_over: stands.carried_over,
                note: "",
                source: published(&thing)?,
            })
        });
        made.collect()
    }

    /// Every finding about real forces that is public, each with how it stands; those that a publication only recalls are left out.
    #[must_use]
    pub fn findings(&self) -> Vec<Found<'_>> {
        let mut all: Vec<Found<'_>> = self.findings_on_record().chain(self.findings_made()).collect();
        all.sort_by(|a, b| (&a.cycle, &a.forces, a.kind, &a.id).cmp(&(&b.cycle, &b.forces, b.kind, &b.id)));
        all
    }

    /// The finding of this id, if it is public and about real forces.
    #[must_use]
    pub fn finding(&self, id: &str) -> Option<Found<'_>> {
        let mut parts = id.splitn(3, '/');
        let on_record = parts.next().zip(parts.next()).zip(parts.next()).and_then(|((cycle, force), own)| {
            let force = force.parse().ok()?;
            let finding = self.record().inspection(cycle, &force)?.own_findings().find(|f| f.id == own)?;
            self.found_on_record(cycle, &force, finding)
        });
        on_record.or_else(|| {
            let seen = self.seen();
            let thing = seen.thing(&id.parse().ok()?).filter(|t| t.kind() == Kind::Finding && !t.is_training())?;
            self.found_made(&seen, &thing)
        })
    }

    fn findings_on_record(&self) -> impl Iterator<Item = Found<'_>> {
        self.record().inspections().flat_map(move |(cycle, force, inspection)| {
            inspection.own_findings().filter_map(move |finding| self.found_on_record(cycle, force, finding))
        })
    }

    fn found_on_record<'a>(&'a self, cycle: &str, force: &AreaId, finding: &'a Finding) -> Option<Found<'a>> {
        let publication = self.record().publications.get(&finding.from.publication)?;
        let id = |id: &str| format!("{cycle}/{force}/{id}");
        Some(Found {
            id: id(&finding.id),
            cycle: cycle.to_owned(),
            forces: vec![force.clone()],
            kind: finding.kind,
            node: finding.node.clone(),
            title: finding.title.clone(),
            text: finding.text.clone(),
            sub_points: finding.sub_points.clone(),
            addressees: finding.addressees.clone(),
            parent: finding.parent.as_deref().map(id),
            due: finding.due.clone(),
            restates: finding.restates.iter().filter_map(|text| earlier(text, force)).collect(),
            stands: self.standing_of(cycle, force, finding),
            source: Source::Taken(&finding.from, publication),
        })
    }

    /// As the record says, unless that is only that nothing is known; then as the latest publication that came back to it says.
    fn standing_of(&self, cycle: &str, force: &AreaId, finding: &Finding) -> Standing {
        if let Some(words) = finding.stands.as_ref().filter(|words| !words.contains(NOT_RECORDED)) {
            return Standing::Said(words.clone());
        }
        let recalls = self.recalls(cycle, force, &finding.id);
        recalls.last().map_or(Standing::NotRecorded, |recall| Standing::Said(recall.stands.to_owned()))
    }

    fn findings_made(&self) -> Vec<Found<'_>> {
        let seen = self.seen();
        seen.counted(Kind::Finding).filter_map(|thing| self.found_made(&seen, &thing)).collect()
    }

    fn found_made(&self, seen: &Seen<'_>, thing: &Thing) -> Option<Found<'static>> {
        let drafted = thing.latest::<d::FindingDrafted>()?;
        let entries = seen.parts(&thing.id).filter(|part| part.kind() == Kind::Entry);
        let states = entries
            .filter_map(|entry| Some((entry.latest::<d::EntryOpened>()?.addressee.clone(), entry.state.id())))
            .collect();
        let forces = || thing.belongs.forces.iter().map(ToString::to_string);
        // An id of the programme, or `2014/vetting` on the record of the same force.
        let restated = |id: &String| {
            let made = id.parse().is_ok_and(|id| seen.has(&id));
            let own = || thing.belongs.forces.first().and_then(|force| earlier(id, force));
            if made { Some(id.clone()) } else { own() }
        };
        let is_finding = |id: &&ThingId| seen.thing(id).is_some_and(|above| above.kind() == Kind::Finding);
        Some(Found {
            id: thing.id.to_string(),
            cycle: thing.belongs.cycle.as_ref()?.to_string(),
            forces: thing.belongs.forces.clone(),
            kind: drafted.kind,
            node: drafted.node.clone(),
            title: drafted.title.clone(),
            text: self.words(&drafted.text),
            sub_points: drafted.sub_points.iter().map(|text| self.words(text)).collect(),
            addressees: forces().chain(drafted.bodies.iter().cloned()).collect(),
            parent: thing.belongs.under.as_ref().filter(is_finding).map(ToString::to_string),
            due: drafted.due.as_ref().map(due),
            restates: drafted.restates.iter().filter_map(restated).collect(),
            stands: Standing::Register(states),
            source: published(thing)?,
        })
    }

    /// The words of a public text; a plain note where the vault no longer holds them.
    #[must_use]
    pub fn words(&self, text: &Text) -> String {
        match text {
            Text::Given { text, .. } => text.clone(),
            Text::Kept { vault, .. } => {
                self.words.get(vault).cloned().unwrap_or_else(|| "[this text is no longer kept]".into())
            }
        }
    }
}

/// The finding on record that `2014/vetting` names, of the same force.
fn earlier(text: &str, force: &AreaId) -> Option<String> {
    text.split_once('/').map(|(cycle, id)| format!("{cycle}/{force}/{id}"))
}

/// The last act is what published it, or what was done in public since.
fn published(thing: &Thing) -> Option<Source<'static>> {
    Some(Source::Published(thing.id.clone(), day_of(thing.acts.last()?.at)))
}

pub(crate) fn due(due: &d::Due) -> String {
    match due {
        d::Due::On(day) => format!("by {}", reference::long_date(*day)),
        d::Due::Months(months) => format!("within {months} months"),
        d::Due::Immediately => "immediately".into(),
        d::Due::EveryMonths(months) => format!("every {months} months"),
    }
}
