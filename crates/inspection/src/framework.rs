//! Frameworks as data: what is asked of a force in a cycle, and how the answers are graded.

use crate::{Grade, NodeId};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::IgnoredAny};
use std::collections::BTreeMap;

/// The framework of a cycle: `frameworks/<cycle>.yaml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Framework {
    /// `2016`, `2018-19`.
    pub id: String,
    /// As printed ("2018/19").
    pub title: String,
    /// The last day of the figures that its documents show.
    pub data_until: Date,
    /// How figures are compared, which [`crate`] does not know.
    #[serde(rename = "comparison", default)]
    _comparison: Ignored,
    /// Who inspects.
    pub inspectorate: Inspectorate,
    /// What the cycle is, in a few sentences.
    #[serde(default)]
    pub about: String,
    /// Where its facts are from.
    #[serde(default)]
    pub source: String,
    /// The scale, the best grade first.
    pub grades: Vec<GradeDefinition>,
    /// The pillars; empty where questions stand alone.
    #[serde(default)]
    pub pillars: Vec<Pillar>,
    /// The questions of a framework without pillars.
    #[serde(default)]
    pub questions: Vec<Question>,
    /// How it is decided what is inspected.
    #[serde(default)]
    pub scope: Scope,
    /// How a judgment that carries over is said.
    #[serde(default)]
    pub carry_over: CarryOver,
    /// Which documents the cycle has.
    #[serde(default)]
    pub products: Vec<String>,
    /// Criteria of judgment, where they are known.
    #[serde(default)]
    pub criteria: Vec<String>,
    /// National counts of grades by place: grade to number of forces, with `source` and, where it is known, `address`. Read by
    /// [`Framework::published`].
    #[serde(default)]
    pub national: BTreeMap<String, BTreeMap<String, Count>>,
}

/// A part of a file that another crate reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Ignored;

impl<'de> Deserialize<'de> for Ignored {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

/// A number of forces, or words about the numbers beside it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Count {
    /// So many forces.
    Forces(u32),
    /// The source, or its address.
    Source(String),
}

/// Who inspects, under the name of the time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Inspectorate {
    /// Kebab-case.
    pub id: String,
    /// As a sentence names it ("HMIC").
    pub name: String,
    /// In full.
    pub full_name: String,
}

/// Whether something is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Known {
    /// Confirmed by a published source.
    #[default]
    Yes,
    /// The fact, not the wording.
    Partly,
    /// Not confirmed.
    No,
}

impl<'de> Deserialize<'de> for Known {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Word::deserialize(deserializer)? {
            Word::Truth(true) => Ok(Self::Yes),
            Word::Truth(false) => Ok(Self::No),
            Word::Text(text) => match text.as_str() {
                "yes" => Ok(Self::Yes),
                "partly" => Ok(Self::Partly),
                "no" => Ok(Self::No),
                _ => Err(serde::de::Error::custom(format!("`{text}` is not `yes`, `partly` or `no`"))),
            },
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Word {
    Truth(bool),
    Text(String),
}

fn yes_no<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    match Known::deserialize(deserializer)? {
        Known::Yes => Ok(true),
        Known::No => Ok(false),
        Known::Partly => Err(serde::de::Error::custom("`partly` is not `yes` or `no`")),
    }
}

pub(crate) fn yes_no_or<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    yes_no(deserializer).map(Some)
}

const fn yes() -> bool {
    true
}

/// A grade of the scale.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GradeDefinition {
    /// The grade.
    pub id: Grade,
    /// As printed.
    #[serde(default)]
    pub title: String,
    /// What it means.
    #[serde(default)]
    pub definition: String,
    /// Whether the definition is confirmed.
    #[serde(default)]
    pub verified: Known,
}

/// A pillar.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pillar {
    /// `legitimacy`.
    pub id: String,
    /// As printed.
    pub title: String,
    /// As a sentence says it of a force ("legitimate").
    #[serde(default)]
    pub adjective: String,
    /// The question over the pillar.
    #[serde(default)]
    pub headline: String,
    /// Whether the pillar has a grade.
    #[serde(default = "yes", deserialize_with = "yes_no")]
    pub graded: bool,
    /// Whether the wording is confirmed.
    #[serde(default)]
    pub verified: Known,
    /// Anything a reader should know.
    #[serde(default)]
    pub note: String,
    /// Its questions.
    #[serde(default)]
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Question {
    /// `q1`.
    pub id: String,
    /// As published; empty where it is not known.
    #[serde(default)]
    pub wording: String,
    /// A heading where the wording is not known.
    #[serde(default)]
    pub title: String,
    /// What it is about, as a gerund ("treating the workforce with fairness and respect").
    #[serde(default)]
    pub short: String,
    /// Whether it is graded.
    #[serde(default = "yes", deserialize_with = "yes_no")]
    pub graded: bool,
    /// Whether it was inspected at all in this cycle.
    #[serde(default = "yes", deserialize_with = "yes_no")]
    pub inspected: bool,
    /// Other names by place of use: `heading`, `scope`, `table`, `page`.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// Whether every force is inspected on it.
    #[serde(default, deserialize_with = "yes_no_or")]
    pub every_force: Option<bool>,
    /// Its diagnostics, topics or headings.
    #[serde(default, alias = "topics")]
    pub diagnostics: Vec<Diagnostic>,
    /// The question it follows from.
    #[serde(default)]
    pub origin: Option<Origin>,
    /// Whether the wording is confirmed.
    #[serde(default)]
    pub verified: Known,
    /// Anything a reader should know.
    #[serde(default)]
    pub note: String,
}

/// A part of a question.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Diagnostic {
    /// `d1` or `t1`.
    pub id: String,
    /// As published; empty where it is not known.
    #[serde(default)]
    pub wording: String,
    /// A heading where the wording is not known.
    #[serde(default)]
    pub title: String,
    /// The headings below it.
    #[serde(default)]
    pub headings: Vec<String>,
    /// Whether it was first asked in this cycle.
    #[serde(default, rename = "new", deserialize_with = "yes_no")]
    pub first_asked: bool,
    /// Whether it also feeds the view on leadership.
    #[serde(default, deserialize_with = "yes_no")]
    pub leadership: bool,
    /// Whether the wording is confirmed.
    #[serde(default)]
    pub verified: Known,
    /// Anything a reader should know.
    #[serde(default)]
    pub note: String,
}

/// The question that another follows from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Origin {
    /// Cycle and place: `2015/legitimacy.q3`.
    pub node: String,
    /// Whether its grade can be compared with this one's.
    pub comparable: Known,
    /// Why.
    #[serde(default)]
    pub note: String,
}

/// How it is decided what is inspected.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Scope {
    /// In words.
    #[serde(default)]
    pub rule: String,
    /// The reasons that count.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// Anything a reader should know.
    #[serde(default)]
    pub note: String,
}

/// How a judgment that carries over is said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CarryOver {
    /// With `{cycle}`, `{source}` and `{pillar}` to be filled in.
    #[serde(default)]
    pub sentence: String,
    /// Anything a reader should know.
    #[serde(default)]
    pub note: String,
}

impl Question {
    /// What it is called: the name for this place of use, else its heading, its title or its wording.
    #[must_use]
    pub fn name(&self, place: &str) -> &str {
        let names = [self.names.get(place), self.names.get("heading"), Some(&self.title), Some(&self.wording)];
        names.into_iter().flatten().find(|n| !n.is_empty()).map_or(&self.id, |n| n)
    }
}

impl Diagnostic {
    /// Its wording, or its title.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.wording.is_empty() { &self.title } else { &self.wording }
    }
}

impl Framework {
    /// The pillar of this id.
    #[must_use]
    pub fn pillar(&self, id: &str) -> Option<&Pillar> {
        self.pillars.iter().find(|p| p.id == id)
    }

    /// Every question with its place, in order.
    pub fn questions(&self) -> impl Iterator<Item = (NodeId, &Question)> {
        let in_pillars =
            self.pillars.iter().flat_map(|p| p.questions.iter().map(move |q| (format!("{}.{}", p.id, q.id), q)));
        let alone = self.questions.iter().map(|q| (q.id.clone(), q));
        in_pillars.chain(alone).filter_map(|(id, q)| Some((id.parse().ok()?, q)))
    }

    /// The question at a place, or of the diagnostic at it.
    #[must_use]
    pub fn question(&self, node: &NodeId) -> Option<&Question> {
        self.questions().find(|(id, _)| node.within(id)).map(|(_, q)| q)
    }

    /// Every place: pillars, questions and diagnostics.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeId> {
        let pillars = self.pillars.iter().filter_map(|p| p.id.parse().ok());
        let below = self.questions().flat_map(|(id, q)| {
            let parts = q.diagnostics.iter().filter_map(|d| format!("{id}.{}", d.id).parse().ok()).collect::<Vec<_>>();
            std::iter::once(id).chain(parts)
        });
        pillars.chain(below).collect()
    }

    /// Whether it has a place.
    #[must_use]
    pub fn has(&self, node: &NodeId) -> bool {
        self.nodes().contains(node)
    }

    /// What a place is called where it is used: a pillar's title, a question's name, a diagnostic's wording.
    #[must_use]
    pub fn name(&self, node: &NodeId, place: &str) -> String {
        if let Some(pillar) = self.pillars.iter().find(|p| p.id == node.as_str()) {
            return pillar.title.clone();
        }
        let Some((id, question)) = self.questions().find(|(id, _)| node.within(id)) else { return node.to_string() };
        let below = question.diagnostics.iter().find(|d| format!("{id}.{}", d.id) == node.as_str());
        below.map_or_else(|| question.name(place).to_owned(), |d| d.name().to_owned())
    }

    /// The grades of its scale, the best first.
    #[must_use]
    pub fn scale(&self) -> Vec<Grade> {
        self.grades.iter().map(|g| g.id).collect()
    }

    /// Whether grades of the two cycles are on the same scale.
    #[must_use]
    pub fn same_scale(&self, other: &Self) -> bool {
        self.scale() == other.scale()
    }

    /// What is wrong with it, each with the text that it hangs on and what to write.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.grades.is_empty() {
            faults.push(Fault::new("grades", "the framework has no grades", "list the scale, the best grade first"));
        }
        for pair in self.grades.windows(2) {
            if pair[0].id <= pair[1].id {
                let found = format!("`{}` stands before `{}`", pair[0].id.id(), pair[1].id.id());
                faults.push(Fault::new(pair[1].id.id(), found, "list the scale once, the best grade first"));
            }
        }
        if self.pillars.is_empty() == self.questions.is_empty() {
            faults.push(Fault::new(
                "id",
                "it has both pillars and questions beside them, or neither",
                "write `pillars:` with their questions, or `questions:` alone",
            ));
        }
        let nodes = self.nodes();
        for (place, node) in nodes.iter().enumerate() {
            if nodes[..place].contains(node) {
                faults.push(Fault::new(
                    node.as_str().rsplit('.').next().unwrap_or_default(),
                    format!("`{node}` stands twice"),
                    "give each place an id of its own",
                ));
            }
        }
        let known: Vec<String> = self.pillars.iter().map(|p| p.id.clone()).collect();
        let unread = self.pillars.iter().filter(|p| p.id.parse::<NodeId>().is_err()).map(|p| p.id.clone());
        let questions = self.pillars.iter().flat_map(|p| p.questions.iter()).chain(&self.questions);
        let bad = questions
            .clone()
            .filter(|q| q.id.parse::<NodeId>().is_err() || known.contains(&q.id))
            .map(|q| q.id.clone());
        for id in unread.chain(bad) {
            faults.push(Fault::new(
                &id,
                format!("`{id}` is not an id"),
                "write `q1`, `q2` … for questions and letters with hyphens for pillars",
            ));
        }
        for question in questions {
            if question.wording.is_empty() && question.title.is_empty() {
                faults.push(Fault::new(
                    &question.id,
                    format!("`{}` has neither wording nor title", question.id),
                    "write its `wording:`, or a `title:` where the wording is not known",
                ));
            }
        }
        faults.extend(crate::national::faults(self));
        faults
    }
}

/// Something wrong in a file, and the text in it that a reader should look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Text that stands in the file at the place.
    pub at: String,
    /// What was found.
    pub found: String,
    /// What to write.
    pub remedy: String,
}

impl Fault {
    pub(crate) fn new(at: impl Into<String>, found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { at: at.into(), found: found.into(), remedy: remedy.into() }
    }
}
