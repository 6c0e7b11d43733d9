//! `peelian revisions` and `peelian verify`: the numbers of a published edition computed again, from the newest releases or from the
//! very releases that it was made from.

use crate::{
    arguments::{Edition, ListFormat},
    documents::{self, Wanted},
    edition::{self, Manifest, PinRecord},
    outcome::{CannotRun, Outcome, bad, name, number},
    workspace::{self, Workspace},
};
use ingest::Folder;
use reference::{AreaId, ENGLAND_AND_WALES, Period, Value};
use report::pack::numbers::{Derivation, InputRecord, Numbers, shown};
use rust_decimal::Decimal;
use statistics::{
    measure::Aggregate,
    observations::{Observations, Pin},
    study::{Answered, Study, When},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// A number that comes out differently.
#[derive(Debug, serde::Serialize)]
struct Difference {
    cycle: String,
    reference: String,
    printed: String,
    value: String,
    now: String,
    now_value: Option<String>,
    /// The files that the edition used, and the ones used now; with their cells where the number is of an inspection's document.
    from: Vec<String>,
    to: Vec<String>,
}

/// Which releases compute.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Releases {
    Newest,
    Pinned,
}

/// Lists what newer releases would change.
pub fn run(dir: Option<&Path>, options: &Edition) -> Result<Outcome, CannotRun> {
    let workspace = Workspace::load(workspace::open(dir)?, None)?;
    let manifest = edition::manifest(&options.path)?;
    let differences = recompute(&workspace, &manifest, Releases::Newest)?;
    print(&differences, options.format);
    let of = manifest.numbers.values().map(|n| n.0.len()).sum::<usize>();
    anstream::eprintln!("{} of {} numbers would change.", number(differences.len()), number(of));
    Ok(Outcome::Done)
}

/// Recomputes every number from the releases that the edition names, and compares its files with their digests.
pub fn verify(dir: Option<&Path>, options: &Edition) -> Result<Outcome, CannotRun> {
    let workspace = Workspace::load(workspace::open(dir)?, None)?;
    let manifest = edition::manifest(&options.path)?;
    let differences = recompute(&workspace, &manifest, Releases::Pinned)?;
    print(&differences, options.format);
    let mut changed = 0;
    for (path, record) in &manifest.files {
        let found = std::fs::read(options.path.join(path)).ok().map(|bytes| ingest::tidy::sha256(&bytes));
        if found.as_ref() != Some(&record.sha256) {
            changed += 1;
            let what =
                if found.is_some() { "is not the file that was published: its digest differs" } else { "is missing" };
            anstream::eprintln!("{} {path} {what}", bad("!"));
        }
    }
    let of = manifest.numbers.values().map(|n| n.0.len()).sum::<usize>();
    anstream::eprintln!(
        "{} of {} numbers differ; {} of {} files differ.",
        number(differences.len()),
        number(of),
        number(changed),
        number(manifest.files.len())
    );
    Ok(if differences.is_empty() && changed == 0 { Outcome::Done } else { Outcome::FoundProblems })
}

/// After new releases: what the edition in the folder's `site/` would say now.
pub fn after_ingest(folder: &Folder) -> Result<(), CannotRun> {
    let site = folder.path.join("site");
    if !site.join(edition::MANIFEST).is_file() {
        return Ok(());
    }
    let manifest = edition::manifest(&site)?;
    let (again, _) = Folder::open(&folder.path).map_err(|p| CannotRun::Folder(crate::outcome::Problems(vec![p])))?;
    let workspace = Workspace::load(again, None)?;
    let differences = recompute(&workspace, &manifest, Releases::Newest)?;
    if !differences.is_empty() {
        anstream::eprintln!(
            "{} published numbers would change with these releases; the first:",
            number(differences.len())
        );
        for difference in differences.iter().take(5) {
            anstream::eprintln!("{}", in_words(difference));
        }
        anstream::eprintln!("`peelian revisions {}` lists them all.", site.display());
    }
    Ok(())
}

fn recompute(workspace: &Workspace, manifest: &Manifest, releases: Releases) -> Result<Vec<Difference>, CannotRun> {
    let mut differences = of_documents(workspace, manifest, releases)?;
    for (cycle, numbers) in manifest.numbers.iter().filter(|(key, _)| !key.contains('/')) {
        let method = workspace::cycle(&workspace.folder, cycle)?.method;
        // Numbers of one measure and period rest on the same releases, so they are answered together.
        let mut together: BTreeMap<(&str, &str), Vec<(&String, &Derivation)>> = BTreeMap::new();
        for (reference, derivation) in &numbers.0 {
            together.entry((&derivation.measure, &derivation.period)).or_default().push((reference, derivation));
        }
        for ((measure, period), numbers) in together {
            let pins = match releases {
                Releases::Newest => Vec::new(),
                Releases::Pinned => pins(&workspace.observations, numbers.iter().flat_map(|(_, d)| &d.inputs)),
            };
            let study = workspace.study(method, &pins);
            let last = period.parse::<Period>().map(Period::last).ok();
            let answer =
                workspace.folder.measure(measure).zip(last).and_then(|(m, last)| study.answer(m, When::On(last), &[]));
            for (reference, derivation) in numbers {
                differences.extend(difference(cycle, reference, derivation, &study, answer.as_ref(), releases));
            }
        }
    }
    Ok(differences)
}

/// The numbers of inspections' documents: the documents are made again, and what they would print is compared.
fn of_documents(workspace: &Workspace, manifest: &Manifest, releases: Releases) -> Result<Vec<Difference>, CannotRun> {
    let sets: Vec<(&String, &str, AreaId, &Numbers)> = manifest
        .numbers
        .iter()
        .filter_map(|(key, numbers)| {
            let (cycle, force) = key.split_once('/')?;
            Some((key, cycle, force.parse().ok()?, numbers))
        })
        .collect();
    let mut differences = Vec::new();
    for (key, cycle, force, published) in sets {
        let pins = match releases {
            Releases::Newest => Vec::new(),
            Releases::Pinned => pinned(&workspace.observations, manifest.pins.get(key)),
        };
        let pins = BTreeMap::from([((cycle.to_owned(), force.clone()), pins)]);
        let wanted = Wanted { cycle: Some(cycle), force: Some(&force), pins: Some(&pins) };
        let made = match releases {
            Releases::Newest => documents::all(workspace, wanted)?,
            // Releases that came later are out of sight; those that were used choose as they chose then.
            Releases::Pinned => {
                let used: BTreeSet<&str> =
                    published.0.values().flat_map(|d| &d.inputs).map(|i| i.release.as_str()).collect();
                let observations = workspace.observations.only(|t| used.contains(t.release.id.as_str()));
                let (folder, _) = Folder::open(&workspace.folder.path)
                    .map_err(|p| CannotRun::Folder(crate::outcome::Problems(vec![p])))?;
                documents::all(&Workspace { areas: folder.forces(), folder, observations }, wanted)?
            }
        };
        let set = made.documents.iter().filter(|d| d.cycle == cycle && d.force == force).flat_map(|d| &d.made);
        let mut now = Numbers::default();
        set.for_each(|(_, made)| now.0.extend(made.numbers.0.clone()));
        for (reference, then) in &published.0 {
            let found = now.0.get(reference);
            // A newer release that changes no printed figure changes no sentence; an edition that is verified must agree to the last
            // digit and cell.
            let same = found.is_some_and(|d| match releases {
                Releases::Newest => d.text == then.text,
                Releases::Pinned => d == then && known(&workspace.observations, then),
            });
            if !same {
                differences.push(Difference {
                    cycle: key.clone(),
                    reference: reference.clone(),
                    printed: then.text.clone(),
                    value: then.value.clone(),
                    now: found.map_or_else(|| "no figure".to_owned(), |d| d.text.clone()),
                    now_value: found.map(|d| d.value.clone()),
                    from: places(then, published),
                    to: found.map(|d| places(d, &now)).unwrap_or_default(),
                });
            }
        }
    }
    Ok(differences)
}

/// The pins that an edition was made with.
fn pinned(observations: &Observations, pins: Option<&Vec<PinRecord>>) -> Vec<Pin> {
    let pin = |record: &PinRecord| {
        let release =
            observations.tables().iter().find(|t| t.release.id.as_str() == record.release)?.release.id.clone();
        Some(Pin {
            series: record.series.clone(),
            period: record.period.as_ref().and_then(|p| p.parse().ok()),
            release,
        })
    };
    pins.into_iter().flatten().filter_map(pin).collect()
}

/// The files and cells that a number rests on, or the publication.
fn places(derivation: &Derivation, numbers: &Numbers) -> Vec<String> {
    let cells = |input: &InputRecord| {
        let at: Vec<String> = input.places.iter().map(|p| p.words(4)).collect();
        if at.is_empty() { input.file.clone() } else { format!("{}, {}", input.file, at.join("; ")) }
    };
    let parts = derivation.parts.iter().filter_map(|p| numbers.0.get(p)).flat_map(|d| &d.inputs);
    let mut all: Vec<String> = derivation.inputs.iter().chain(parts).map(cells).collect();
    all.extend(derivation.on_record.as_ref().map(|r| format!("{}, {}", r.publication, r.place)));
    all.dedup();
    all
}

/// Pins to the releases that the numbers name, the newest first, as it would answer first without them.
fn pins<'a>(observations: &Observations, inputs: impl Iterator<Item = &'a InputRecord>) -> Vec<Pin> {
    let pin = |input: &InputRecord| {
        let place = observations.tables().iter().position(|t| t.release.id.as_str() == input.release)?;
        let release = observations.tables()[place].release.id.clone();
        Some((place, Pin { series: Some(input.series.clone()), period: Some(input.period.parse().ok()?), release }))
    };
    let mut found: Vec<(usize, Pin)> = inputs.filter_map(pin).collect();
    found.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
    found.dedup();
    found.into_iter().map(|(_, pin)| pin).collect()
}

/// Whether every release that a number names is in the folder under the file's name.
fn known(observations: &Observations, derivation: &Derivation) -> bool {
    let there = |input: &InputRecord| {
        observations.tables().iter().any(|t| t.release.id.as_str() == input.release && t.release.file == input.file)
    };
    derivation.inputs.iter().all(there)
}

fn difference(
    cycle: &str,
    reference: &str,
    derivation: &Derivation,
    study: &Study<'_>,
    answer: Option<&Answered<'_>>,
    releases: Releases,
) -> Option<Difference> {
    let found = answer.and_then(|answer| Found::of(derivation, study, answer));
    let value = found.as_ref().map_or(Value::Absent(reference::Absence::NotAvailable), |f| f.value);
    let now = answer.map_or_else(|| "no figure".to_owned(), |a| shown(a.measure, value));
    let files = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>();
    // A newer release that changes no printed figure changes no sentence; an edition that is verified must agree to the last digit.
    let exact = releases == Releases::Newest
        || known(study.observations, derivation) && found.is_some_and(|found| found.agrees(derivation));
    let same = exact && now == derivation.text;
    (!same).then(|| Difference {
        cycle: cycle.to_owned(),
        reference: reference.to_owned(),
        printed: derivation.text.clone(),
        value: derivation.value.clone(),
        now,
        now_value: value.number().map(|n| n.to_string()),
        from: files(derivation.inputs.iter().map(|i| i.file.clone()).collect()),
        to: files(answer.map(|a| used(study, a)).unwrap_or_default()),
    })
}

fn used(study: &Study<'_>, answer: &Answered<'_>) -> BTreeSet<String> {
    let inputs = answer.panel.numerator_inputs.iter().chain(&answer.panel.denominator_inputs);
    inputs.map(|i| study.observations.tables()[i.table].release.file.clone()).collect()
}

/// A number computed again, with its parts.
struct Found {
    value: Value,
    numerator: Value,
    denominator: Option<Value>,
}

impl Found {
    fn of(derivation: &Derivation, study: &Study<'_>, answer: &Answered<'_>) -> Option<Self> {
        let total = |a: Aggregate| Self { value: a.value, numerator: a.numerator, denominator: a.denominator };
        if derivation.area == ENGLAND_AND_WALES {
            let without = |area: &AreaId| derivation.without.iter().any(|w| w == area.as_str());
            return Some(total(answer.panel.aggregate(answer.measure.per, |area| !without(area))));
        }
        if let Some(force) = derivation.area.strip_prefix("most-similar:") {
            let group = study.most_similar(answer.measure, &answer.panel, &force.parse().ok()?);
            return group.ok().map(|(group, _)| total(group));
        }
        let figure = answer.figure(&derivation.area.parse().ok()?)?;
        Some(Self {
            value: figure.value,
            numerator: figure.numerator.value,
            denominator: figure.denominator.map(|d| d.value),
        })
    }

    /// Whether value, numerator and denominator are the ones that were published.
    fn agrees(&self, published: &Derivation) -> bool {
        let same = |now: Value, then: &str| {
            now.number().zip(then.parse::<Decimal>().ok()).is_some_and(|(now, then)| now == then)
        };
        same(self.value, &published.value)
            && same(self.numerator, &published.numerator)
            && match (self.denominator, &published.denominator) {
                (Some(now), Some(then)) => same(now, then),
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            }
    }
}

fn in_words(d: &Difference) -> String {
    let (from, to) = (d.from.join(", "), d.to.join(", "));
    let now = d.now_value.as_deref().unwrap_or("none");
    let head = format!("{}  {} would be {}", name(&d.reference), number(&d.printed), number(&d.now));
    format!("{head}\n    {} in {from}\n    {now} in {to}", d.value)
}

fn print(differences: &[Difference], format: ListFormat) {
    match format {
        ListFormat::Table => differences.iter().for_each(|d| out!("{}", in_words(d))),
        ListFormat::Csv => {
            out!("cycle,reference,printed,value,now,now_value,from,to");
            for d in differences {
                let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
                let cells = [&d.printed, &d.value, &d.now, d.now_value.as_deref().unwrap_or("")].map(quoted).join(",");
                out!("{},{},{cells},{},{}", d.cycle, d.reference, quoted(&d.from.join("; ")), quoted(&d.to.join("; ")));
            }
        }
        ListFormat::Json => out!("{}", serde_json::to_string_pretty(differences).unwrap_or_default()),
    }
}
