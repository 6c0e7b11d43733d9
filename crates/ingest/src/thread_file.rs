//! `threads/*.yaml`: one concern followed through the years, as references to what is on record.
//!
//! A thread says nothing that is not on record: each of its steps names a fact, and our own words only lead from one to the next or
//! admit that between two of them nothing is known.

use crate::{
    measures_file::yaml_problem,
    problem::{Place, Problem},
    wording::did_you_mean,
};
use inspection::{NodeId, record::Record};
use reference::{AreaId, Register};
use serde::Deserialize;
use serde_saphyr::Spanned;

/// One concern through the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The file's name without `.yaml`; also its address.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it follows, in a sentence or two.
    pub about: String,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

/// A step of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Something on record.
    Fact {
        /// What leads to it, in our own words; may be empty.
        says: String,
        /// The cycle of the record that it stands in.
        cycle: String,
        /// The force.
        force: AreaId,
        /// What.
        fact: Fact,
    },
    /// What nothing in the sources loaded says.
    Gap(String),
}

/// Something on record about a force in a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// A finding, by its id.
    Finding(String),
    /// The judgment of a place.
    Judgment(NodeId),
    /// Evidence, by its id.
    Evidence(String),
    /// A quotation, by its id.
    Quotation(String),
    /// A note that was added later, by its id.
    Annotation(String),
}

impl Thread {
    /// The forces that it is about, in order.
    #[must_use]
    pub fn forces(&self) -> Vec<&AreaId> {
        let mut forces: Vec<&AreaId> = Vec::new();
        for step in &self.steps {
            if let Step::Fact { force, .. } = step
                && !forces.contains(&force)
            {
                forces.push(force);
            }
        }
        forces
    }
}

impl Fact {
    /// What it is, as the file names it.
    const fn kind(&self) -> &'static str {
        match self {
            Self::Finding(_) => "finding",
            Self::Judgment(_) => "judgment",
            Self::Evidence(_) => "evidence",
            Self::Quotation(_) => "quotation",
            Self::Annotation(_) => "annotation",
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Finding(id) | Self::Evidence(id) | Self::Quotation(id) | Self::Annotation(id) => id.clone(),
            Self::Judgment(node) => node.to_string(),
        }
    }

    /// The names of its kind that are on record.
    fn known(&self, record: &Record, cycle: &str, force: &AreaId) -> Vec<String> {
        let Some(on) = record.inspection(cycle, force) else { return Vec::new() };
        match self {
            Self::Finding(_) => on.findings.iter().map(|f| f.id.clone()).collect(),
            Self::Judgment(_) => on.judgments.keys().map(ToString::to_string).collect(),
            Self::Evidence(_) => on.evidence.keys().cloned().collect(),
            Self::Quotation(_) => on.quotations.keys().cloned().collect(),
            Self::Annotation(_) => on.annotations.iter().map(|a| a.id.clone()).collect(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ThreadYaml {
    title: String,
    about: String,
    #[serde(default)]
    force: Option<Spanned<AreaId>>,
    steps: Vec<Spanned<StepYaml>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct StepYaml {
    #[serde(default)]
    says: String,
    #[serde(default)]
    force: Option<AreaId>,
    finding: Option<String>,
    judgment: Option<String>,
    evidence: Option<String>,
    quotation: Option<String>,
    annotation: Option<String>,
    gap: Option<String>,
}

/// The thread that a file tells; `None` when it cannot be read. What is not on record is a problem; without a record, because of what is
/// wrong in it, that is not asked.
pub fn thread(
    file: &str,
    text: &str,
    register: &Register,
    record: Option<&Record>,
    problems: &mut Vec<Problem>,
) -> Option<Thread> {
    let yaml: ThreadYaml = serde_saphyr::from_str(text).map_err(|e| problems.push(yaml_problem(file, &e))).ok()?;
    let name = file.rsplit('/').next().unwrap_or(file);
    let known_force = |force: &AreaId, line: u64, problems: &mut Vec<Problem>| {
        if register.force(force.as_str()).is_none() {
            let found = format!("`{force}` is no force of the register");
            problems.push(Problem::new(file, Place::line(line), found, "write an id of register/forces.csv"));
        }
    };
    if let Some(force) = &yaml.force {
        known_force(&force.value, force.referenced.line(), problems);
    }
    let own = yaml.force.map(|force| force.value);
    let mut steps = Vec::new();
    for step in yaml.steps {
        let line = step.referenced.line();
        if let Some(force) = &step.value.force {
            known_force(force, line, problems);
        }
        match read(step.value, own.as_ref()) {
            Ok(read) => {
                let missing = record.and_then(|record| missing(&read, record));
                problems.extend(missing.map(|(found, remedy)| Problem::new(file, Place::line(line), found, remedy)));
                steps.push(read);
            }
            Err((found, remedy)) => problems.push(Problem::new(file, Place::line(line), found, remedy)),
        }
    }
    let id = name.strip_suffix(".yaml").unwrap_or(name).to_owned();
    Some(Thread { id, title: yaml.title, about: yaml.about.trim().to_owned(), steps })
}

/// What is wrong, and the remedy.
type Fault = (String, String);

fn read(yaml: StepYaml, own: Option<&AreaId>) -> Result<Step, Fault> {
    let one = || {
        (
            "a step names one thing".to_owned(),
            "write one of `finding:`, `judgment:`, `evidence:`, `quotation:`, `annotation:` and `gap:`".to_owned(),
        )
    };
    let StepYaml { says, force, finding, judgment, evidence, quotation, annotation, gap } = yaml;
    let mut named = [
        ("finding", finding),
        ("judgment", judgment),
        ("evidence", evidence),
        ("quotation", quotation),
        ("annotation", annotation),
        ("gap", gap),
    ]
    .into_iter()
    .filter_map(|(kind, name)| Some((kind, name?)));
    let (kind, name) = named.next().ok_or_else(one)?;
    if named.next().is_some() {
        return Err(one());
    }
    if kind == "gap" {
        return if says.is_empty() {
            Ok(Step::Gap(name.trim().to_owned()))
        } else {
            Err(("a gap has no `says:`".to_owned(), "say under `gap:` all that is to be said".to_owned()))
        };
    }
    let Some((cycle, id)) = name.split_once('/') else {
        return Err((
            format!("`{name}` names no cycle"),
            "write cycle and id, such as `2016/rec-2016-vetting`, or cycle and place, such as `2016/legitimacy.q2`"
                .into(),
        ));
    };
    let Some(force) = force.as_ref().or(own).cloned() else {
        return Err(("the step names no force".into(), "write `force:` in the step or at the head of the file".into()));
    };
    let fact = match kind {
        "finding" => Fact::Finding(id.to_owned()),
        "evidence" => Fact::Evidence(id.to_owned()),
        "quotation" => Fact::Quotation(id.to_owned()),
        "annotation" => Fact::Annotation(id.to_owned()),
        _ => Fact::Judgment(id.parse().map_err(|_| {
            (format!("`{id}` is no pillar or question"), "write its place, such as `legitimacy.q2`".to_owned())
        })?),
    };
    Ok(Step::Fact { says: says.trim().to_owned(), cycle: cycle.to_owned(), force, fact })
}

/// What a step names that is not on record.
fn missing(step: &Step, record: &Record) -> Option<Fault> {
    let Step::Fact { cycle, force, fact, .. } = step else { return None };
    let known = fact.known(record, cycle, force);
    let name = fact.name();
    if known.contains(&name) {
        return None;
    }
    let near = did_you_mean(&name, known.iter().map(String::as_str));
    Some((
        format!("no {} `{name}` of {force} is on record in {cycle}{near}", fact.kind()),
        format!("correct the reference, or put it on record in record/{cycle}/{force}/"),
    ))
}

#[cfg(test)]
#[path = "thread_file_tests.rs"]
mod tests;
