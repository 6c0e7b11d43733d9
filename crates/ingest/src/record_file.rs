//! `frameworks/*.yaml` for what they ask, and `record/`: what is on record about inspections, and their texts.

use crate::{
    measures_file::yaml_problem,
    problem::{Place, Problem},
    wording::did_you_mean,
};
use inspection::{
    framework::Framework,
    record::{Command, Record},
};
use reference::AreaId;
use serde::Deserialize;
use serde_saphyr::Spanned;
use std::collections::BTreeSet;

/// The text of a section of one inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The file, relative to the folder.
    pub file: String,
    /// The cycle.
    pub cycle: String,
    /// The force.
    pub force: AreaId,
    /// The section: the file's name without `.md`.
    pub section: String,
    /// What it says.
    pub text: String,
}

impl Text {
    /// A text read from a file.
    #[must_use]
    pub fn new(file: &str, text: &str, cycle: &str, force: &AreaId) -> Self {
        let name = file.rsplit('/').next().unwrap_or(file);
        let section = name.strip_suffix(".md").unwrap_or(name).to_owned();
        Self { file: file.to_owned(), cycle: cycle.to_owned(), force: force.clone(), section, text: text.to_owned() }
    }
}

/// Where a batch of commands belongs.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// Every framework.
    pub frameworks: &'a [Framework],
    /// The cycle of the folder.
    pub cycle: &'a str,
    /// The force of the folder; `None` in the cycle's own.
    pub force: Option<&'a AreaId>,
    /// What a command may name.
    pub names: &'a Names,
}

/// The names that exist.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Measures.
    pub measures: BTreeSet<String>,
    /// Sources.
    pub sources: BTreeSet<String>,
    /// Forces and bodies that a finding can be addressed to.
    pub addressees: BTreeSet<String>,
}

impl Names {
    /// What a command names that does not exist, and the remedy.
    fn unknown(&self, command: &Command) -> Option<(String, &'static str)> {
        let lacks = |known: &BTreeSet<String>, name: &String| !known.is_empty() && !known.contains(name);
        let near = |known: &BTreeSet<String>, name: &str| did_you_mean(name, known.iter().map(String::as_str));
        match command {
            Command::TakeComparison(c) if lacks(&self.measures, &c.measure) => Some((
                format!("there is no measure `{}`{}", c.measure, near(&self.measures, &c.measure)),
                "correct the id, or define it in measures/; `peelian measures` lists them",
            )),
            Command::PinRelease(pin) if lacks(&self.sources, &pin.source) => Some((
                format!("there is no source `{}`{}", pin.source, near(&self.sources, &pin.source)),
                "correct the id: sources/*.yaml define them",
            )),
            Command::TakeFinding(finding) => {
                let stranger = finding.addressees.iter().find(|a| lacks(&self.addressees, a))?;
                Some((
                    format!("`{stranger}` is no force or body of the register{}", near(&self.addressees, stranger)),
                    "write an id of register/forces.csv or register/bodies.csv, or `all-forces`",
                ))
            }
            _ => None,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Batch {
    #[serde(default)]
    force: Option<Spanned<AreaId>>,
    cycle: Spanned<String>,
    commands: Vec<Spanned<Command>>,
}

/// The framework that a file describes.
pub fn framework(file: &str, text: &str, problems: &mut Vec<Problem>) -> Option<Framework> {
    let framework: Framework = serde_saphyr::from_str(text).map_err(|e| problems.push(yaml_problem(file, &e))).ok()?;
    for fault in framework.faults() {
        let line = text.lines().position(|line| line.contains(&fault.at)).map_or(1, |l| l as u64 + 1);
        problems.push(Problem::new(file, Place::line(line), fault.found, fault.remedy));
    }
    Some(framework)
}

/// A command of a file, and what it is about.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenFrom {
    /// The line that it begins on, from 1.
    pub line: u64,
    /// The cycle of the file.
    pub cycle: String,
    /// The force of the file; `None` where it is about several.
    pub force: Option<AreaId>,
    /// The command.
    pub command: Command,
}

/// The commands of a file, as the ledger takes them; `None` when it cannot be read. What names nothing is a problem.
pub fn taken(file: &str, text: &str, names: &Names, problems: &mut Vec<Problem>) -> Option<Vec<TakenFrom>> {
    let batch: Batch = serde_saphyr::from_str(text).map_err(|e| problems.push(yaml_problem(file, &e))).ok()?;
    let (cycle, force) = (batch.cycle.value, batch.force.map(|f| f.value));
    let mut taken = Vec::new();
    for command in batch.commands {
        let line = command.referenced.line();
        if let Some((found, remedy)) = names.unknown(&command.value) {
            problems.push(Problem::new(file, Place::line(line), found, remedy));
        }
        taken.push(TakenFrom { line, cycle: cycle.clone(), force: force.clone(), command: command.value });
    }
    Some(taken)
}

/// Applies the commands of a file; each one that is refused is a problem, and the others are applied. Without a record
/// they are only read. Whether they could be.
pub fn batch(file: &str, text: &str, at: &At<'_>, record: Option<&mut Record>, problems: &mut Vec<Problem>) -> bool {
    let batch: Batch = match serde_saphyr::from_str(text) {
        Ok(batch) => batch,
        Err(error) => {
            problems.push(yaml_problem(file, &error));
            return false;
        }
    };
    if batch.cycle.value != at.cycle {
        let found = format!("its cycle is {} and it stands in record/{}", batch.cycle.value, at.cycle);
        problems.push(Problem::new(
            file,
            Place::line(batch.cycle.referenced.line()),
            found,
            "move the file or correct the cycle",
        ));
        return false;
    }
    let force = batch.force.as_ref().map(|f| &f.value);
    if let (Some(spanned), true) = (&batch.force, at.force.is_some() && force != at.force) {
        let folder = at.force.map(ToString::to_string).unwrap_or_default();
        let found = format!("its force is {} and it stands in the folder of {folder}", spanned.value);
        problems.push(Problem::new(
            file,
            Place::line(spanned.referenced.line()),
            found,
            "move the file or correct the force",
        ));
        return false;
    }
    let Some(record) = record else { return true };
    for command in batch.commands {
        let line = command.referenced.line();
        if let Some((found, remedy)) = at.names.unknown(&command.value) {
            problems.push(Problem::new(file, Place::line(line), found, remedy));
        }
        if let Err(refusal) = record.apply(at.frameworks, at.cycle, force.or(at.force), command.value) {
            problems.push(Problem::new(file, Place::line(line), refusal.found, refusal.remedy));
        }
    }
    true
}
