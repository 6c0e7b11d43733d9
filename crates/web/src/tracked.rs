//! What became of findings: entries of the register, what local policing bodies answered, what later publications recall, and lineage.

use crate::{
    Public,
    known::{Found, Source, Standing, due},
    naming,
};
use inspection::{
    programme::{Act, Details, Kind, State, Text, ThingId, clock, details as d, states},
    record::{FindingKind, Publication, Taken},
};
use jiff::civil::Date;
use reference::AreaId;
use std::collections::{BTreeMap, BTreeSet};

/// An entry of the register: what one addressee has to do about a finding or about one of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The force or body, by id.
    pub addressee: String,
    /// The part, from 1; `None` for the whole.
    pub part: Option<u32>,
    /// How far it has come.
    pub state: State,
    /// By when, as a sentence goes on.
    pub due: Option<String>,
    /// Whether that is past on the day of the site.
    pub overdue: bool,
    /// What was said of it in public since it was opened, in order.
    pub said: Vec<(Date, String)>,
}

/// What a local policing body answered on a recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The body, by id.
    pub body: String,
    /// The day.
    pub on: Date,
    /// What is or will be done; otherwise why nothing is.
    pub action: Option<String>,
    /// Why nothing is done.
    pub why_none: Option<String>,
    /// Where the body published it.
    pub address: Option<String>,
}

/// How a finding stood when a later publication came back to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recall<'a> {
    /// The cycle of that publication.
    pub cycle: &'a str,
    /// How it stood.
    pub stands: &'a str,
    /// Where it says so.
    pub from: &'a Taken,
    /// The publication.
    pub publication: &'a Publication,
}

/// How a finding stands, in one word: what the register is filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The register has an entry that is not closed.
    Open,
    /// The register has closed it, or a publication says that it was completed.
    Closed,
    /// A later publication says how it stood then, and not that it was completed.
    Said,
    /// No source that is loaded says what became of it.
    NotRecorded,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Open, Self::Closed, Self::Said, Self::NotRecorded];

    /// As an address has it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Said => "reported",
            Self::NotRecorded => "not-recorded",
        }
    }

    /// As a choice says it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Open => "Open in the register",
            Self::Closed => "Closed",
            Self::Said => "A later publication says how it stood",
            Self::NotRecorded => "Outcome not recorded",
        }
    }
}

/// The kinds that ask for something and are followed up, in the order that reports print them.
pub const FOLLOWED: [FindingKind; 3] =
    [FindingKind::CauseOfConcern, FindingKind::Recommendation, FindingKind::AreaForImprovement];

impl Found<'_> {
    /// The finding as it is for a force: what a publication says of its outcome, it says of the force that it is on record for alone.
    #[must_use]
    pub fn seen_from(self, force: &AreaId) -> Self {
        let of_another = !self.forces.contains(force);
        match (&self.stands, &self.source) {
            (Standing::Said(_), Source::Taken(..)) if of_another => Found { stands: Standing::NotRecorded, ..self },
            _ => self,
        }
    }

    /// How it stands, in one word.
    #[must_use]
    pub fn status(&self) -> Status {
        match &self.stands {
            _ if self.stands.is_closed() => Status::Closed,
            Standing::Register(entries) if !entries.is_empty() => Status::Open,
            Standing::Said(_) => Status::Said,
            _ => Status::NotRecorded,
        }
    }

    /// Its title; the beginning of its text where it has none.
    #[must_use]
    pub fn called(&self) -> String {
        if !self.title.is_empty() {
            return self.title.clone();
        }
        let words: Vec<&str> = self.text.split_whitespace().collect();
        let more = if words.len() > 10 { " …" } else { "" };
        words.iter().take(10).copied().collect::<Vec<_>>().join(" ") + more
    }

    /// The address of its page, from the root.
    #[must_use]
    pub fn address(&self) -> String {
        naming::address(&self.id)
    }

    /// Whether it concerns a force: it comes from its inspection, or is addressed to it or to all forces.
    #[must_use]
    pub fn concerns(&self, force: &str) -> bool {
        self.forces.iter().any(|own| own.as_str() == force)
            || self.addressees.iter().any(|to| to == force || to == ALL_FORCES)
    }
}

/// The addressee that stands for every force.
pub const ALL_FORCES: &str = "all-forces";

/// Which findings restate which: by the earlier one's id.
pub(crate) type Lineage = BTreeMap<String, BTreeSet<String>>;

impl Public {
    /// The findings that restate this one, by their ids.
    #[must_use]
    pub fn restated_by(&self, id: &str) -> Vec<String> {
        let lineage = self.lineage.get_or_init(|| {
            let mut lineage = Lineage::new();
            for found in self.findings() {
                for earlier in &found.restates {
                    lineage.entry(earlier.clone()).or_default().insert(found.id.clone());
                }
            }
            lineage
        });
        lineage.get(id).into_iter().flatten().cloned().collect()
    }

    /// The recommendations that hang on a cause of concern.
    #[must_use]
    pub fn hanging_on(&self, concern: &Found<'_>) -> Vec<Found<'_>> {
        let mut hanging: Vec<Found<'_>> = match concern.id.parse::<ThingId>() {
            Ok(id) if self.seen().has(&id) => {
                self.seen().parts(&id).filter_map(|part| self.finding(part.id.as_str())).collect()
            }
            _ => {
                let own = concern.forces.first().and_then(|f| self.record().inspection(&concern.cycle, f));
                let ids = own.into_iter().flat_map(inspection::record::Inspection::own_findings);
                let beside = concern.id.rsplit_once('/').map_or("", |(beside, _)| beside);
                ids.filter_map(|f| self.finding(&format!("{beside}/{}", f.id))).collect()
            }
        };
        hanging.retain(|found| found.parent.as_deref() == Some(&concern.id));
        hanging
    }

    /// How a finding on record stood when later publications came back to it, the earliest first.
    #[must_use]
    pub fn recalled(&self, found: &Found<'_>) -> Vec<Recall<'_>> {
        let own = || found.id.rsplit_once('/').map(|(_, own)| own);
        found.forces.first().zip(own()).map(|(force, own)| self.recalls(&found.cycle, force, own)).unwrap_or_default()
    }

    /// The same of the finding on record that has this id in the cycle and force.
    pub(crate) fn recalls(&self, cycle: &str, force: &AreaId, own: &str) -> Vec<Recall<'_>> {
        let record = self.record();
        let names = |text: &String| text.split_once('/') == Some((cycle, own));
        let mut recalls: Vec<Recall<'_>> = Vec::new();
        for (cycle, _, inspection) in record.inspections().filter(|(_, of, _)| *of == force) {
            for finding in inspection.findings.iter().filter(|f| f.restates.iter().any(names)) {
                if let Some(recalled) = &finding.recalled
                    && let Some(publication) = record.publications.get(&finding.from.publication)
                {
                    recalls.push(Recall { cycle, stands: &recalled.stands, from: &finding.from, publication });
                }
            }
        }
        recalls.sort_by_key(|recall| recall.cycle);
        recalls
    }

    /// The entries of the register about a finding of the programme.
    #[must_use]
    pub fn entries(&self, found: &Found<'_>) -> Vec<Entry> {
        let seen = self.seen();
        let Ok(id) = found.id.parse::<ThingId>() else { return Vec::new() };
        let late = |id: &ThingId| seen.thing(id).is_some_and(|e| clock::overdue(&e, self.date));
        let entries = seen.parts(&id).filter(|part| part.kind() == Kind::Entry && !part.is_training());
        let entry = entries.filter_map(|thing| {
            let opened = thing.latest::<d::EntryOpened>()?;
            Some(Entry {
                addressee: opened.addressee.clone(),
                part: opened.sub_point,
                state: thing.state,
                due: opened.due.as_ref().map(due),
                overdue: late(&thing.id),
                said: thing.acts.iter().filter_map(|act| Some((day(act), self.told(act)?))).collect(),
            })
        });
        entry.collect()
    }

    /// What an act says of an entry, as sentences.
    fn told(&self, act: &Act) -> Option<String> {
        let why = |lead: &str, text: &Text| Some(format!("{lead} {}", sentence(&self.words(text))));
        match (&act.with, act.action) {
            (Details::Progress(progress), _) => {
                let outcome = match progress.outcome {
                    d::Outcome::Met => "Assessed as met.",
                    d::Outcome::Partly => "Assessed as partly met.",
                    d::Outcome::Not => "Assessed as not met.",
                };
                why(outcome, &progress.reasons)
            }
            (Details::Verified(verified), _) => {
                why(&format!("Complete, verified by {}.", verified_by(verified.by)), &verified.note)
            }
            (Details::Claim(claim), "entry/sign") => why("Signed as complete by the chief officer.", &claim.done),
            (Details::Occurrence(once), _) => why(&format!("Done for {}.", reference::long_date(once.due)), &once.done),
            (Details::SupersededBy(by), _) => why("Superseded.", &by.reason),
            (Details::Reason(given), action) => {
                let lead = match action {
                    "entry/reject" => "Not complete.",
                    "entry/close-concern" => "Closed: every recommendation of it is.",
                    "entry/withdraw" => "Withdrawn.",
                    "entry/reopen" => "Opened again.",
                    "entry/end-series" => "It is not asked for again.",
                    _ => return None,
                };
                why(lead, &given.reason)
            }
            _ => None,
        }
    }

    /// What local policing bodies have published on a recommendation.
    #[must_use]
    pub fn replies(&self, found: &Found<'_>) -> Vec<Reply> {
        let seen = self.seen();
        let words = |text: &Option<Text>| text.as_ref().map(|text| self.words(text));
        let answered = [states::Response::Published, states::Response::Sent].map(State::Response);
        let responses = seen.counted(Kind::Response).filter(|response| answered.contains(&response.state));
        let replies = responses.filter_map(|response| {
            let (act, comments) = response.said::<d::BodyComments>().next_back()?;
            let on = comments.on.iter().find(|on| on.finding.as_str() == found.id)?;
            Some(Reply {
                body: response.latest::<d::ResponseOwed>()?.body.clone(),
                on: day(act),
                action: words(&on.action),
                why_none: words(&on.why_none),
                address: comments.address.clone(),
            })
        });
        replies.collect()
    }

    /// What a force or body is called.
    #[must_use]
    pub fn called(&self, id: &str) -> String {
        let force = self.folder.register.force(id).map(|force| force.name.clone());
        let body = || self.folder.bodies.iter().find(|body| body.id == id).map(|body| body.name.clone());
        force.or_else(body).unwrap_or_else(|| if id == ALL_FORCES { "all forces".into() } else { id.to_owned() })
    }

    /// What a cycle is called.
    #[must_use]
    pub fn cycle_title(&self, id: &str) -> String {
        let planned = || {
            let thing = self.seen().thing(&id.parse().ok()?)?;
            Some(thing.latest::<d::CyclePlan>()?.title.clone())
        };
        self.framework(id).map(|f| f.title.clone()).or_else(planned).unwrap_or_else(|| id.to_owned())
    }
}

fn day(act: &Act) -> Date {
    clock::day_of(act.at)
}

const fn verified_by(by: d::Verification) -> &'static str {
    match by {
        d::Verification::ChiefOfficerLetter => "a letter of the chief officer",
        d::Verification::DocumentReview => "a review of documents",
        d::Verification::Data => "data",
        d::Verification::FileReAudit => "a new audit of files",
        d::Verification::RealityTest => "a test on the ground",
        d::Verification::Revisit => "a revisit",
    }
}

/// With a full stop.
fn sentence(words: &str) -> String {
    let words = words.trim();
    if words.ends_with(['.', '?', '!']) { words.to_owned() } else { format!("{words}.") }
}
