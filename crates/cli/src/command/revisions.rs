//! `peelian revisions` and `peelian verify`: a published edition made again, and what comes out differently.

use crate::{
    again::{self, Again, Releases},
    arguments::{Edition, ListFormat},
    edition::{self, Manifest, Place, Printed},
    outcome::{CannotRun, Outcome, bad, count, name, number},
    workspace::{self, Workspace},
};
use ingest::Folder;
use report::pack::numbers::{Derivation, InputRecord, Numbers};
use statistics::observations::Observations;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// A number that comes out differently, or whose sentences do.
#[derive(Debug, serde::Serialize)]
struct Difference {
    cycle: String,
    reference: String,
    printed: String,
    value: String,
    now: String,
    now_value: Option<String>,
    /// The files and cells that the edition used, and the ones used now.
    from: Vec<String>,
    to: Vec<String>,
    /// The printed sentences that would read differently.
    sentences: Vec<Sentence>,
}

/// A printed sentence, and how it would read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
struct Sentence {
    document: String,
    printed: String,
    now: Option<String>,
}

impl Difference {
    fn of_number(&self) -> bool {
        self.printed != self.now || Some(&self.value) != self.now_value.as_ref()
    }
}

/// Lists what newer releases would change.
pub fn run(dir: Option<&Path>, options: &Edition) -> Result<Outcome, CannotRun> {
    let workspace = Workspace::load(workspace::open(dir)?, None)?;
    let manifest = edition::manifest(&options.path)?;
    let differences = differences(&workspace, &manifest, Releases::Newest)?;
    print(&differences, options.format);
    anstream::eprintln!("{}", told(&differences, &manifest));
    Ok(Outcome::Done)
}

fn told(differences: &[Difference], manifest: &Manifest) -> String {
    let sentences: BTreeSet<&Sentence> = differences.iter().flat_map(|d| &d.sentences).collect();
    format!(
        "{} of {} numbers would change, and with them or around them {}.",
        number(differences.iter().filter(|d| d.of_number()).count()),
        number(numbers(manifest)),
        count(sentences.len(), "printed sentence"),
    )
}

fn numbers(manifest: &Manifest) -> usize {
    manifest.numbers.values().map(|n| n.0.len()).sum()
}

/// Makes every number again from the releases that the edition names, and compares its files with their digests.
pub fn verify(dir: Option<&Path>, options: &Edition) -> Result<Outcome, CannotRun> {
    let workspace = Workspace::load(workspace::open(dir)?, None)?;
    let manifest = edition::manifest(&options.path)?;
    let differences = differences(&workspace, &manifest, Releases::Pinned)?;
    print(&differences, options.format);
    let wrong = wrong_files(&options.path, &manifest);
    for what in &wrong {
        anstream::eprintln!("{} {what}", bad("!"));
    }
    anstream::eprintln!(
        "{} of {} numbers differ; {} of {} files differ.",
        number(differences.len()),
        number(numbers(&manifest)),
        number(wrong.len()),
        number(manifest.files.len())
    );
    Ok(if differences.is_empty() && wrong.is_empty() { Outcome::Done } else { Outcome::FoundProblems })
}

/// The files that are missing, are not what was published, or were added.
fn wrong_files(edition: &Path, manifest: &Manifest) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, record) in &manifest.files {
        match std::fs::read(edition.join(path)) {
            Ok(bytes) if ingest::tidy::sha256(&bytes) == record.sha256 => {}
            Ok(_) => wrong.push(format!("{path} is not the file that was published: its digest differs")),
            Err(_) => wrong.push(format!("{path} is missing")),
        }
    }
    let mut folders: Vec<PathBuf> = vec![edition.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let listed = path.strip_prefix(edition).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            if listed == edition::EARLIER {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if listed != edition::MANIFEST && !manifest.files.contains_key(&listed) {
                wrong.push(format!("{listed} is not among the files that were published"));
            }
        }
    }
    wrong
}

/// After new releases: what the edition in the folder's `site/` would say now.
pub fn after_ingest(folder: &Folder) -> Result<(), CannotRun> {
    let site = folder.path.join("site");
    if !site.join(edition::MANIFEST).is_file() {
        return Ok(());
    }
    let manifest = edition::manifest(&site)?;
    let (again, _) = workspace::read(&folder.path)?;
    let workspace = Workspace::load(again, None)?;
    let differences = differences(&workspace, &manifest, Releases::Newest)?;
    if !differences.is_empty() {
        anstream::eprintln!("With these releases, {} The first:", told(&differences, &manifest));
        for difference in differences.iter().take(5) {
            anstream::eprintln!("{}", in_words(difference));
        }
        anstream::eprintln!("`peelian revisions {}` lists them all.", site.display());
    }
    Ok(())
}

fn differences(workspace: &Workspace, manifest: &Manifest, releases: Releases) -> Result<Vec<Difference>, CannotRun> {
    let mut all = Vec::new();
    for (key, published) in &manifest.numbers {
        let again = again::make(workspace, manifest, key, releases)?;
        let nowhere = Printed::new();
        let printed = manifest.printed.get(key).unwrap_or(&nowhere);
        let mut found: Vec<Difference> = published
            .0
            .iter()
            .map(|(reference, then)| difference(key, reference, then, (published, printed), &again))
            .collect();
        match releases {
            // A newer release that changes no printed figure and no word changes nothing that was said.
            Releases::Newest => {
                let explained: BTreeSet<Sentence> =
                    found.iter().filter(|d| d.printed != d.now).flat_map(|d| d.sentences.clone()).collect();
                for difference in found.iter_mut().filter(|d| d.printed == d.now) {
                    difference.sentences.retain(|s| !explained.contains(s));
                }
                found.retain(|d| d.printed != d.now || !d.sentences.is_empty());
            }
            // An edition that is verified must agree to the last digit and cell.
            Releases::Pinned => found.retain(|d| {
                let then = &published.0[&d.reference];
                again.numbers.0.get(&d.reference) != Some(then) || !known(&workspace.observations, then)
            }),
        }
        all.extend(found);
    }
    Ok(all)
}

fn difference(
    key: &str,
    reference: &str,
    then: &Derivation,
    (published, printed): (&Numbers, &Printed),
    again: &Again,
) -> Difference {
    let found = again.numbers.0.get(reference);
    let (before, after) = (places_in(printed, reference), places_in(&again.printed, reference));
    // The n-th sentence of a document that prints the number is held against the n-th.
    let sentences = before.iter().enumerate().filter_map(|(at, place)| {
        let nth = before[..at].iter().filter(|p| p.document == place.document).count();
        let now = after.iter().filter(|p| p.document == place.document).nth(nth).map(|p| p.sentence.clone());
        (now.as_ref() != Some(&place.sentence)).then(|| Sentence {
            document: place.document.clone(),
            printed: place.sentence.clone(),
            now,
        })
    });
    Difference {
        cycle: key.to_owned(),
        reference: reference.to_owned(),
        printed: then.text.clone(),
        value: then.value.clone(),
        now: found.map_or_else(|| "no figure".to_owned(), |d| d.text.clone()),
        now_value: found.map(|d| d.value.clone()),
        from: places(then, published),
        to: found.map(|d| places(d, &again.numbers)).unwrap_or_default(),
        sentences: sentences.collect(),
    }
}

fn places_in<'a>(printed: &'a Printed, reference: &str) -> &'a [Place] {
    printed.get(reference).map_or(&[], Vec::as_slice)
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

/// Whether every release that a number names is in the folder under the file's name.
fn known(observations: &Observations, derivation: &Derivation) -> bool {
    let there = |input: &InputRecord| {
        observations.tables().iter().any(|t| t.release.id.as_str() == input.release && t.release.file == input.file)
    };
    derivation.inputs.iter().all(there)
}

fn in_words(d: &Difference) -> String {
    let mut told = if d.of_number() {
        let (from, to) = (d.from.join(", "), d.to.join(", "));
        let now = d.now_value.as_deref().unwrap_or("none");
        let head = format!("{}  {} would be {}", name(&d.reference), number(&d.printed), number(&d.now));
        format!("{head}\n    {} in {from}\n    {now} in {to}", d.value)
    } else {
        format!("{}  {} stays, but not what is said of it", name(&d.reference), number(&d.printed))
    };
    for sentence in &d.sentences {
        let now =
            sentence.now.as_ref().map_or_else(|| "would not be there".to_owned(), |now| format!("would read “{now}”"));
        told += &format!("\n    {}: “{}”\n      {now}", sentence.document, sentence.printed);
    }
    told
}

fn print(differences: &[Difference], format: ListFormat) {
    match format {
        ListFormat::Table => differences.iter().for_each(|d| out!("{}", in_words(d))),
        ListFormat::Csv => {
            out!("cycle,reference,printed,value,now,now_value,from,to,document,sentence,would_read");
            for d in differences {
                // One row a sentence; one row where no sentence is known.
                let none = [Sentence { document: String::new(), printed: String::new(), now: None }];
                for s in if d.sentences.is_empty() { none.as_slice() } else { &d.sentences } {
                    let (from, to) = (d.from.join("; "), d.to.join("; "));
                    let now_value = d.now_value.as_deref().unwrap_or("");
                    let now = s.now.as_deref().unwrap_or("");
                    let cells =
                        [&*d.printed, &*d.value, &*d.now, now_value, &*from, &*to, &*s.document, &*s.printed, now];
                    let quoted = cells.map(|text| format!("\"{}\"", text.replace('"', "\"\""))).join(",");
                    out!("{},{},{quoted}", d.cycle, d.reference);
                }
            }
        }
        ListFormat::Json => out!("{}", serde_json::to_string_pretty(differences).unwrap_or_default()),
    }
}
