//! What can be said in an act: one typed shape for each kind of statement, shared where actions say the same.
//!
//! Every field is kebab-case in data; unknown fields are refused by name. Quantities other than whole numbers are text.

mod words;

pub use words::*;

use super::{Marking, Office, Text, ThingId};
use crate::{Grade, JudgmentValue, NodeId, record, record::FindingKind};
use jiff::{Timestamp, civil::Date};
use reference::AreaId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A shape of details.
pub trait Shaped: Sized {
    /// The details, where they have this shape.
    fn of(details: &Details) -> Option<&Self>;
}

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
            #[serde(deny_unknown_fields, rename_all = "kebab-case")]
            pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }

            impl Shaped for $name {
                fn of(details: &Details) -> Option<&Self> {
                    match details { Details::$name(it) => Some(it), _ => None }
                }
            }

            impl From<$name> for Details {
                fn from(it: $name) -> Self { Self::$name(Box::new(it)) }
            }
        )+

        /// The details of a command or act.
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum Details { $($(#[$doc])* $name(Box<$name>),)+ }

        /// Which shape the details of an action have.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Shape { $($(#[$doc])* $name,)+ }

        impl Shape {
            /// Every shape.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its fields, as data writes them but for the hyphens.
            #[must_use]
            pub const fn fields(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$(stringify!($field)),*],)+ }
            }

            /// Reads details.
            ///
            /// # Errors
            /// Says which field, and what is wrong with it.
            pub fn read(self, value: Value) -> Result<Details, String> {
                match self { $(Self::$name => typed::<$name>(value).map(Details::from),)+ }
            }
        }

        impl Details {
            /// Their shape.
            #[must_use]
            pub const fn shape(&self) -> Shape {
                match self { $(Self::$name(_) => Shape::$name,)+ }
            }
        }
    };
}

fn typed<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, String> {
    let value = if value.is_null() { Value::Object(serde_json::Map::new()) } else { value };
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let place = if path == "." { "with".to_owned() } else { format!("with.{path}") };
        format!("`{place}`: {}", error.into_inner())
    })
}

shapes! {
    /// Nothing beyond the act itself.
    Nothing {}
    /// A reason.
    Reason {
        /// Why.
        reason: Text,
    }
    /// A note.
    Note {
        /// What.
        note: Text,
    }
    /// A day, and a note.
    Happened {
        /// The day.
        on: Date,
        /// What happened.
        note: Option<Text>,
    }
    /// A person's name.
    Name {
        /// The name.
        name: Text,
    }
    /// An office that is given or taken.
    OfOffice {
        /// The office.
        office: Office,
    }
    /// Somebody who holds an account.
    Somebody {
        /// Their account.
        person: ThingId,
        /// Why.
        reason: Option<Text>,
    }
    /// A version of a framework.
    Version {
        /// The framework's id, such as `2018-19`.
        framework: String,
        /// SHA-256 of its file, in lower-case hexadecimal.
        digest: String,
        /// What is new.
        note: Option<Text>,
    }
    /// An approval of content that is bound to its digest.
    Approval {
        /// SHA-256 of what is approved, in lower-case hexadecimal.
        digest: String,
    }
    /// A cycle as it is planned.
    CyclePlan {
        /// The framework's id.
        framework: String,
        /// As printed.
        title: String,
        /// Whether it is an exercise.
        kind: CycleKind,
        /// Questions that are inspected in every force.
        #[serde(default)]
        everywhere: Vec<NodeId>,
        /// The forces in the order of their tranches.
        #[serde(default)]
        tranches: Vec<Vec<AreaId>>,
    }
    /// The force that is inspected or watched.
    OfForce {
        /// The force.
        force: AreaId,
    }
    /// Whether a question is inspected.
    ScopePlan {
        /// The question.
        node: NodeId,
        /// Whether it is.
        status: record::ScopeStatus,
        /// Why.
        reason: Text,
    }
    /// A line of enquiry.
    Enquiry {
        /// The place in the framework.
        node: NodeId,
        /// What is to be found out.
        line: Text,
    }
    /// Something that is asked for by a day.
    Asked {
        /// What.
        what: Text,
        /// By when.
        by: Date,
    }
    /// Something that was handed in.
    Received {
        /// SHA-256 of the file, in lower-case hexadecimal.
        digest: String,
        /// Its name.
        file: Text,
    }
    /// A visit.
    VisitPlan {
        /// Where.
        place: Text,
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
    }
    /// Evidence.
    EvidenceGiven {
        /// What kind.
        kind: record::EvidenceKind,
        /// Where it comes from, such as `force-document` or `staff-interview`.
        source: String,
        /// Who says so: `force`, `inspectors`, or a name after `other:`.
        asserted_by: String,
        /// Where it was gathered.
        place: Option<Text>,
        /// When.
        on: Date,
        /// How it is to be handled.
        #[serde(default)]
        marking: Marking,
        /// The places in the framework that it bears on; at least one.
        nodes: Vec<NodeId>,
        /// What it says.
        says: Text,
        /// SHA-256 of its files.
        #[serde(default)]
        files: Vec<String>,
    }
    /// How evidence is borne out.
    Corroboration {
        /// Other evidence.
        #[serde(default)]
        by: Vec<ThingId>,
        /// How.
        how: Text,
    }
    /// How an open finding of an earlier inspection stands.
    Assessed {
        /// The register entry; or a finding on record, as `2016/coc-1`.
        finding: String,
        /// How it stands.
        outcome: Outcome,
        /// Why.
        reasons: Text,
        /// What it rests on.
        #[serde(default)]
        evidence: Vec<ThingId>,
    }
    /// A question to be judged.
    ToJudge {
        /// The question or pillar.
        node: NodeId,
        /// Who gives an initial grade without seeing the others'; two or more accounts.
        graders: Vec<ThingId>,
        /// The published judgment that it regrades.
        regrades: Option<ThingId>,
    }
    /// An initial grade.
    InitialGrade {
        /// The grade.
        grade: Grade,
        /// Why.
        reasons: Text,
    }
    /// The view of an HM Inspector before any suggestion is shown.
    View {
        /// The grade.
        grade: Grade,
    }
    /// A judgment as it is proposed.
    Proposal {
        /// What it says.
        grade: JudgmentValue,
        /// Why.
        rationale: Text,
        /// What it rests on; at least one.
        evidence: Vec<ThingId>,
    }
    /// What a moderation panel made of it.
    Moderation {
        /// The accounts of the panel.
        panel: Vec<ThingId>,
        /// What was proposed.
        before: JudgmentValue,
        /// What the panel recommends.
        after: JudgmentValue,
        /// Why.
        reasons: Text,
    }
    /// What an HM Inspector decided.
    Decision {
        /// What the judgment says.
        grade: JudgmentValue,
        /// Why.
        reasons: Text,
    }
    /// A judgment that stands from an earlier cycle; its year and grade are read there.
    CarriedFrom {
        /// The question or pillar.
        node: NodeId,
        /// The judgment: its id, or `2016/effectiveness.q1` on record.
        from: String,
    }
    /// A finding.
    FindingDrafted {
        /// What kind.
        kind: FindingKind,
        /// The question that it belongs to.
        node: NodeId,
        /// A few words.
        title: String,
        /// What it asks or says.
        text: Text,
        /// Its parts, each tracked by itself.
        #[serde(default)]
        sub_points: Vec<Text>,
        /// Other forces that share it (an alliance).
        #[serde(default)]
        forces: Vec<AreaId>,
        /// Other bodies that it addresses.
        #[serde(default)]
        bodies: Vec<String>,
        /// By when.
        due: Option<Due>,
        /// Who closes it.
        #[serde(default)]
        route: Route,
        /// Earlier findings that it restates, by id or as `2014/vetting` on record.
        #[serde(default)]
        restates: Vec<String>,
        /// Earlier register entries that it takes the place of.
        #[serde(default)]
        supersedes: Vec<ThingId>,
        /// What it rests on.
        #[serde(default)]
        evidence: Vec<ThingId>,
        /// Themes, for the national overview.
        #[serde(default)]
        themes: Vec<String>,
    }
    /// A letter that publishes a cause of concern at once.
    Letter {
        /// SHA-256 of the letter, in lower-case hexadecimal.
        digest: String,
        /// The day.
        on: Date,
        /// Why it cannot wait.
        reason: Text,
    }
    /// A section's content.
    Content {
        /// The document.
        product: String,
        /// The section, such as `legitimacy.q2`.
        section: String,
        /// SHA-256 of its text, in lower-case hexadecimal.
        digest: String,
    }
    /// A draft that is sent to the force.
    SentDraft {
        /// SHA-256 of the draft, in lower-case hexadecimal.
        digest: String,
        /// The last day for comments.
        until: Date,
    }
    /// A comment on a draft.
    OnDraft {
        /// What it is about.
        about: About,
        /// The section, where it is about a paragraph.
        section: Option<ThingId>,
        /// The paragraph, from 1.
        paragraph: Option<u32>,
        /// The bound number, where it is about one: its reference in the draft.
        number: Option<String>,
        /// The judgment that is disputed.
        judgment: Option<ThingId>,
        /// The comment, of any length.
        comment: Text,
        /// SHA-256 of the evidence handed in.
        #[serde(default)]
        files: Vec<String>,
    }
    /// How a comment is answered.
    Answer {
        /// Why.
        reason: Text,
        /// The judgment that goes back to moderation for it.
        reopens: Option<ThingId>,
    }
    /// A publication as it is scheduled.
    Schedule {
        /// Its title.
        title: String,
        /// Which document.
        product: String,
        /// The second from which it may be read.
        embargo: Timestamp,
        /// What it publishes: judgments, findings, sections, assessments, a revisit, an overview.
        publishes: Vec<ThingId>,
        /// The local policing bodies that have to respond.
        #[serde(default)]
        respond: Vec<String>,
    }
    /// Editions of a publication, which are permanent.
    Editions {
        /// The documents.
        editions: Vec<Edition>,
        /// Everything they were made from.
        inputs: Vec<Edition>,
    }
    /// A correction.
    CorrectionMade {
        /// What was wrong.
        was: Text,
        /// What is right.
        now: Text,
        /// Why.
        why: Text,
        /// The new documents.
        editions: Vec<Edition>,
        /// Everything they were made from.
        inputs: Vec<Edition>,
    }
    /// An entry of the register as it is opened.
    EntryOpened {
        /// The finding.
        finding: ThingId,
        /// What kind of finding.
        kind: FindingKind,
        /// The force or body that has to act.
        addressee: String,
        /// The sub-point, from 1; absent for the whole.
        sub_point: Option<u32>,
        /// The entry of the cause of concern that it hangs on.
        concern: Option<ThingId>,
        /// The day that it was published.
        published: Date,
        /// By when.
        due: Option<Due>,
        /// Who closes it.
        #[serde(default)]
        route: Route,
    }
    /// A plan of action.
    ActionPlan {
        /// What will be done.
        plan: Text,
        /// By when.
        by: Option<Date>,
    }
    /// A claim that something is complete.
    Claim {
        /// What was done.
        done: Text,
        /// SHA-256 of the evidence handed in.
        #[serde(default)]
        files: Vec<String>,
    }
    /// How far an entry has come, in the inspectorate's eyes.
    Progress {
        /// How it stands.
        outcome: Outcome,
        /// Why.
        reasons: Text,
    }
    /// How completion was verified.
    Verified {
        /// By what.
        by: Verification,
        /// What was found.
        note: Text,
    }
    /// One occurrence of a recurring due.
    Occurrence {
        /// The day it was due.
        due: Date,
        /// What was done.
        done: Text,
    }
    /// What takes the place of an entry.
    SupersededBy {
        /// A finding or register entry.
        by: ThingId,
        /// Why.
        reason: Text,
    }
    /// A response that is owed.
    ResponseOwed {
        /// The publication.
        publication: ThingId,
        /// The body that owes it.
        body: String,
        /// The day that the report was published: day 1 of the 56.
        published: Date,
        /// The last day; absent where no duty was in force.
        last_day: Option<Date>,
        /// The recommendations that it has to answer.
        #[serde(default)]
        recommendations: Vec<ThingId>,
    }
    /// The chief officer's comments.
    ChiefComments {
        /// What they say.
        comments: Text,
    }
    /// A body's own comments.
    BodyComments {
        /// What they say on the report.
        comments: Text,
        /// What they say on each recommendation.
        on: Vec<OnRecommendation>,
        /// Where they are published.
        address: Option<String>,
    }
    /// Where something was sent.
    SentTo {
        /// To whom.
        to: Vec<Recipient>,
    }
    /// An undertaking.
    Undertaking {
        /// Who gives it: a force's or body's id, or `inspectorate`.
        by: String,
        /// What.
        what: Text,
        /// By when.
        due: Date,
        /// The force that it is about.
        force: AreaId,
    }
    /// A revisit as it is planned.
    RevisitPlan {
        /// Why.
        reason: Text,
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
        /// The register entries that it looks at.
        #[serde(default)]
        entries: Vec<ThingId>,
    }
    /// A judgment that follows from a revisit.
    Regrade {
        /// The new judgment.
        judgment: ThingId,
    }
    /// A stage of monitoring.
    Stage {
        /// The stage, by id.
        stage: String,
        /// The reasons, in the order of their numbers.
        #[serde(default)]
        reasons: Vec<Text>,
        /// The report that they rest on.
        related: Option<ThingId>,
        /// From which day.
        on: Date,
    }
    /// A national overview.
    OverviewOf {
        /// Its title.
        title: String,
        /// The pillar, where it is about one.
        pillar: Option<NodeId>,
    }
    /// A finding that shows a theme.
    Tagged {
        /// The finding.
        finding: ThingId,
        /// The theme.
        theme: String,
    }
    /// The themes of an overview.
    Themes {
        /// Each a tag of at least one finding.
        themes: Vec<String>,
        /// What they show.
        note: Text,
    }
    /// A fact taken over from a publication.
    Taking {
        /// The framework's id.
        cycle: String,
        /// The force, where the command names none.
        force: Option<AreaId>,
        /// The command, as `record/` writes it.
        command: record::Command,
    }
}
