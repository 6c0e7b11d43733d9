//! The documents of inspections: what is on record made into documents, every remark told before anything is written.

use crate::{
    outcome::{CannotRun, Problems},
    workspace::Workspace,
};
use ::report::{
    desk::{Desk, House},
    document::Document,
    draft::{self, Draft},
    pack::Issuer,
    product::{self, Job, Kind, Made, Plan, Sources, Term},
    rule::{Fault, Remark, Rule},
};
use ingest::{Folder, Problem, measures_file::yaml_problem};
use inspection::record::Inspection;
use reference::{AreaId, Period};
use statistics::observations::Pin;
use std::collections::{BTreeMap, BTreeSet};

/// The documents of one force in one cycle.
pub struct Documents {
    /// The cycle.
    pub cycle: String,
    /// The force.
    pub force: AreaId,
    /// The releases that were pinned.
    pub pins: Vec<Pin>,
    /// Each with what it was made for.
    pub made: Vec<(Job, Made)>,
}

/// The documents of a folder, and what is wrong with their texts.
#[derive(Default)]
pub struct All {
    /// By force and cycle.
    pub documents: Vec<Documents>,
    /// What is wrong, in the order of files and lines.
    pub remarks: Vec<Remark>,
}

/// Which documents are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// Of one cycle.
    pub cycle: Option<&'a str>,
    /// Of one force.
    pub force: Option<&'a AreaId>,
    /// Made from these releases instead of those that the record pins.
    pub pins: Option<&'a BTreeMap<(String, AreaId), Vec<Pin>>>,
}

/// The plans of `templates/`, by kind.
pub fn plans(folder: &Folder) -> Result<BTreeMap<Kind, Plan>, Vec<Problem>> {
    let mut plans = BTreeMap::new();
    let mut problems = Vec::new();
    for kind in Kind::ALL {
        let name = format!("{}.yaml", kind.id());
        let Some(text) = folder.templates.get(&name) else { continue };
        match serde_saphyr::from_str::<Plan>(text) {
            Ok(plan) => {
                plans.insert(kind, plan);
            }
            Err(error) => problems.push(yaml_problem(&format!("templates/{name}"), &error)),
        }
    }
    if problems.is_empty() { Ok(plans) } else { Err(problems) }
}

/// The terms of `glossary.yaml`; none without one.
pub fn glossary(folder: &Folder) -> Result<Vec<Term>, CannotRun> {
    let Some(text) = folder.templates.get("glossary.yaml") else { return Ok(Vec::new()) };
    serde_saphyr::from_str(text).map_err(|e| CannotRun::Folder(Problems(vec![yaml_problem("glossary.yaml", &e)])))
}

/// The standing texts of `templates/standing/`, by name.
fn standing(folder: &Folder, remarks: &mut Vec<Remark>) -> BTreeMap<String, Draft> {
    let mut texts = BTreeMap::new();
    for (path, text) in &folder.templates {
        if let Some(name) = path.strip_prefix("standing/").and_then(|n| n.strip_suffix(".md")) {
            texts.insert(name.to_owned(), read(&format!("templates/{path}"), text, remarks));
        }
    }
    texts
}

fn read(file: &str, text: &str, remarks: &mut Vec<Remark>) -> Draft {
    let (draft, unreadable) = draft::read(file, text);
    remarks.extend(unreadable.into_iter().map(|u| Fault::new(Rule::CannotBeRead, u.found, u.remedy).at(file, u.at)));
    draft
}

/// Makes the documents of every inspection that has texts.
pub fn all(workspace: &Workspace, wanted: Wanted<'_>) -> Result<All, CannotRun> {
    let folder = &workspace.folder;
    let plans = plans(folder).map_err(|p| CannotRun::Folder(Problems(p)))?;
    let mut all = All::default();
    let standing = standing(folder, &mut all.remarks);
    let texts = texts(folder, &mut all.remarks);
    // What each force has in every cycle comes first: a page names the others.
    let mut jobs: BTreeMap<AreaId, Vec<(String, Job)>> = BTreeMap::new();
    for ((cycle, force), texts) in &texts {
        with_house(workspace, cycle, force, |house, inspection| {
            let found = product::jobs(house, inspection, texts).into_iter().filter(|j| plans.contains_key(&j.kind));
            jobs.entry(force.clone()).or_default().extend(found.map(|j| (cycle.clone(), j)));
        })?;
    }
    for ((cycle, force), texts) in &texts {
        if wanted.cycle.is_some_and(|c| c != cycle) || wanted.force.is_some_and(|f| f != force) {
            continue;
        }
        let documents = jobs.get(force).map(Vec::as_slice).unwrap_or_default();
        let settings = &folder.settings;
        let issuer = Issuer { name: &settings.name, banner: settings.banner.as_deref() };
        let sources = Sources { texts, standing: &standing, issuer, documents };
        let pins = wanted.pins.map(|p| p.get(&(cycle.clone(), force.clone())).map_or([].as_slice(), Vec::as_slice));
        pinned_house(workspace, cycle, force, pins, |house, inspection| {
            all.of(house, inspection, force, &plans, &sources);
        })?;
    }
    all.remarks.sort();
    all.remarks.dedup();
    Ok(all)
}

type Texts = BTreeMap<(String, AreaId), BTreeMap<String, Draft>>;

fn texts(folder: &Folder, remarks: &mut Vec<Remark>) -> Texts {
    let mut texts = Texts::new();
    for text in &folder.texts {
        let draft = read(&text.file, &text.text, remarks);
        texts.entry((text.cycle.clone(), text.force.clone())).or_default().insert(text.section.clone(), draft);
    }
    texts
}

/// Does something with the house of a cycle, the releases pinned that the inspection's record pins.
fn with_house<T>(
    workspace: &Workspace,
    cycle: &str,
    force: &AreaId,
    work: impl FnOnce(&House<'_>, &Inspection) -> T,
) -> Result<T, CannotRun> {
    pinned_house(workspace, cycle, force, None, work)
}

/// The same with other pins.
fn pinned_house<T>(
    workspace: &Workspace,
    cycle: &str,
    force: &AreaId,
    pins: Option<&[Pin]>,
    work: impl FnOnce(&House<'_>, &Inspection) -> T,
) -> Result<T, CannotRun> {
    let folder = &workspace.folder;
    let settings = crate::workspace::cycle(folder, cycle)?;
    let none = Inspection::default();
    let inspection = folder.record.inspection(cycle, force).unwrap_or(&none);
    let own = own_pins(workspace, inspection);
    let study = workspace.study(settings.method, pins.unwrap_or(&own));
    let bodies = folder.bodies.iter().map(|b| (b.id.clone(), b.name.clone(), b.force.clone())).collect();
    let house =
        House::new(&study, &folder.measures, &folder.frameworks, cycle, &folder.record, bodies, settings.documented);
    let house = house.ok_or_else(|| CannotRun::Argument(format!("there is no framework of {cycle}")))?;
    Ok(work(&house, inspection))
}

/// The pins of a record: the newest release of the source that holds the series.
fn own_pins(workspace: &Workspace, inspection: &Inspection) -> Vec<Pin> {
    let pin = |wanted: &inspection::record::PinnedRelease| {
        let holds = |t: &&statistics::observations::Table| {
            t.release.source == wanted.source
                && wanted.series.as_deref().is_none_or(|s| t.holds(s, wanted.period.map(Period::as_at)))
        };
        let table = workspace.observations.tables().iter().rev().find(holds)?;
        Some(Pin {
            series: wanted.series.clone(),
            period: wanted.period.map(Period::as_at),
            release: table.release.id.clone(),
        })
    };
    inspection.pins.iter().filter_map(pin).collect()
}

impl All {
    fn of(
        &mut self,
        house: &House<'_>,
        inspection: &Inspection,
        force: &AreaId,
        plans: &BTreeMap<Kind, Plan>,
        sources: &Sources<'_>,
    ) {
        let Some(entry) = house.study.register.force(force.as_str()) else { return };
        let cycle = house.framework.id.clone();
        let mut made = Vec::new();
        let mut printed = BTreeSet::new();
        for (_, job) in sources.documents.iter().filter(|(c, _)| *c == cycle) {
            let Some(plan) = plans.get(&job.kind) else { continue };
            let document = product::make(house, entry, inspection, plan, job, sources);
            self.remarks.extend(document.remarks.iter().cloned());
            printed.extend(document.printed.iter().cloned());
            made.push((job.clone(), document));
        }
        let desk = Desk::new(house, entry, inspection);
        for draft in sources.standing.values() {
            self.remarks.extend(::report::lint::text(&desk, draft));
        }
        for draft in sources.texts.values() {
            self.remarks.extend(::report::lint::text(&desk, draft));
            let unprinted = draft.parts.iter().filter(|p| !printed.contains(&(draft.file.clone(), p.name.clone())));
            for part in unprinted {
                let remedy =
                    "name it as its document does, or delete it; the documents are those of the framework's `products`";
                let fault =
                    Fault::new(Rule::NowherePrinted, format!("no document prints the part `{}`", part.name), remedy);
                self.remarks.push(fault.at(&draft.file, part.at));
            }
        }
        for (job, _) in made.iter().filter(|(job, _)| job.kind == Kind::PressRelease) {
            if let (Some(press), Some(node)) = (sources.texts.get("press"), &job.node) {
                self.remarks.extend(::report::lint::release(&desk, press, node));
            }
        }
        self.documents.push(Documents { cycle, force: force.clone(), pins: house.study.pins.to_vec(), made });
    }

    /// What is wrong as a list for a person.
    pub fn told(&self) -> String {
        self.remarks.iter().map(|r| format!("{} {r}", crate::outcome::bad("!"))).collect::<Vec<_>>().join("\n")
    }
}

/// The first sentence of each document that prints a number: document title, address, words.
pub fn sentences(documents: &Documents) -> BTreeMap<String, Vec<(String, String, String)>> {
    let mut found: BTreeMap<String, Vec<(String, String, String)>> = BTreeMap::new();
    for (job, made) in &documents.made {
        let title = title(&made.document);
        for (reference, sentences) in product::sentences(&made.document) {
            let first = sentences.into_iter().next().unwrap_or_default();
            found.entry(reference).or_default().push((title.clone(), format!("../{}.html", job.stem()), first));
        }
    }
    found
}

fn title(document: &Document) -> String {
    match &document.subtitle {
        Some(subtitle) => format!("{}: {subtitle}", document.title),
        None => document.title.clone(),
    }
}
