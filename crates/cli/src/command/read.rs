//! `peelian read`: published documents, read back.

mod checked;

use crate::{
    arguments::{Read, ReadFormat},
    edition::replace,
    outcome::{CannotRun, Outcome, bad, name},
    workspace,
};
use checked::Checked;
use ingest::Folder;
use reading::{Body, Known, Reading, check::Measure};
use serde::Serialize;
use std::path::Path;

/// Reads each file, prints it, and writes what was asked for.
pub fn run(dir: Option<&Path>, options: &Read) -> Result<Outcome, CannotRun> {
    let folder = known_folder(dir)?;
    let bodies: Vec<Body> = folder.bodies.iter().map(|b| (b.id.clone(), b.name.clone())).collect();
    let known = Known::new(&folder.register, &folder.frameworks, &bodies);
    let mut read = Vec::new();
    let mut unread = 0;
    for path in &options.files {
        match std::fs::read(path) {
            Ok(bytes) => read.push((reading::read(&path.display().to_string(), &bytes, &known), bytes)),
            // The others are read all the same.
            Err(error) => {
                let what =
                    if path.is_dir() { "it is a folder: give the files in it".to_owned() } else { error.to_string() };
                anstream::eprintln!("{}: {}: {what}", bad("error"), name(path.display()));
                unread += 1;
            }
        }
    }
    let checked = if options.check { checked::check(dir, &read, &known)? } else { Vec::new() };
    let readings: Vec<&Reading> = read.iter().map(|(reading, _)| reading).collect();
    match options.format {
        ReadFormat::Json => out!("{}", serde_json::to_string_pretty(&whole(&readings, &checked)).unwrap_or_default()),
        ReadFormat::Table => {
            readings.iter().for_each(|reading| table(reading));
            readings.iter().zip(&checked).for_each(|(reading, checked)| checked::print(reading, checked));
        }
    }
    for reading in &readings {
        for problem in &reading.problems {
            anstream::eprintln!(
                "{}: {}, line {}: {}: {}",
                bad("problem"),
                reading.file,
                problem.line,
                problem.problem,
                problem.remedy
            );
        }
    }
    if let Some(path) = &options.as_commands {
        history(path, &readings, &checked::known_measures(&folder))?;
    }
    if let Some(path) = &options.review {
        let documents: Vec<_> = read.iter().map(|(reading, bytes)| (reading, reading::lines(bytes))).collect();
        replace(path, reading::review(&documents).as_bytes())?;
        anstream::eprintln!("{}: to be read beside the documents; nothing has been recorded", name(path.display()));
    }
    if unread > 0 {
        let files = crate::outcome::count(unread, "file");
        return Err(CannotRun::Argument(format!(
            "{files} could not be read\nGive documents that are there; the others were read."
        )));
    }
    Ok(Outcome::Done)
}

/// A reading with, where it was checked, its checks and contradictions.
#[derive(Serialize)]
struct Whole<'r> {
    #[serde(flatten)]
    reading: &'r Reading,
    #[serde(flatten)]
    checked: Option<&'r Checked>,
}

fn whole<'r>(readings: &[&'r Reading], checked: &'r [Checked]) -> Vec<Whole<'r>> {
    (0..).zip(readings).map(|(at, reading)| Whole { reading, checked: checked.get::<usize>(at) }).collect()
}

/// Writes the commands of each document: into the file named, or where there are several into numbered ones beside it.
fn history(path: &Path, readings: &[&Reading], measures: &[Measure]) -> Result<(), CannotRun> {
    for (number, reading) in (1..).zip(readings) {
        let commands = match reading::commands(reading, measures) {
            Ok(commands) => commands,
            Err(problem) => {
                anstream::eprintln!("{}: {problem}: give `peelian act` its facts by hand", bad("problem"));
                continue;
            }
        };
        let to = if readings.len() == 1 {
            path.to_owned()
        } else {
            let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            path.with_file_name(format!("{stem}-{number}.yaml"))
        };
        replace(&to, commands.as_bytes())?;
        anstream::eprintln!("{}: commands to be reviewed; nothing has been recorded", name(to.display()));
    }
    Ok(())
}

/// The folder whose register and frameworks are used: the inspectorate's, or where there is none the ones that ship.
fn known_folder(dir: Option<&Path>) -> Result<Folder, CannotRun> {
    match workspace::root(dir) {
        Ok(root) => Ok(workspace::files(&root)?.0),
        Err(CannotRun::NoFolder(_)) if dir.is_none() => crate::content::shipped(),
        Err(error) => Err(error),
    }
}

fn table(reading: &Reading) {
    let or = |value: &Option<String>| value.clone().unwrap_or_else(|| "not shown".to_owned());
    out!("{}", name(&reading.file));
    out!(
        "  {} of {}, {}, cycle {}, published {}, ISBN {}",
        reading.product,
        if reading.forces.is_empty() { "no one force".to_owned() } else { reading.forces.join(", ") },
        or(&reading.publisher),
        or(&reading.cycle),
        or(&reading.published),
        or(&reading.isbn)
    );
    out!("  judgments");
    for j in &reading.judgments {
        let source = j.source_cycle.as_deref().map(|c| format!(" of {c}")).unwrap_or_default();
        out!("    {:<18} {:<22} {}{source}, line {}", j.node, j.grade, j.status, j.line);
    }
    out!("  findings");
    for f in &reading.findings {
        let node = f.node.as_deref().unwrap_or("-");
        let recalled = f.recalled.as_ref().map(|r| format!(" (recalled, of {})", r.year)).unwrap_or_default();
        let to = f.addressees.join(", ");
        out!("    {:<18} {}{recalled}, to {to}, line {}\n      {}", node, f.kind, f.line, short(&f.text));
    }
    out!("  statements");
    for s in reading.statements.iter().filter(|s| s.comparator.is_some()) {
        let value = s.value.map(|v| v.to_string()).unwrap_or_default();
        let against = s.comparator_value.map(|v| v.to_string()).unwrap_or_default();
        let unit = s.unit.as_deref().unwrap_or_default();
        let kind = s.comparator.as_deref().unwrap_or_default();
        out!("    line {:<5} {value} {unit}, {} {against}: {}  {}", s.line, kind, s.verdict, short(&s.subject));
    }
    out!(
        "  {} statements, {} tables, {} figures, {} footnotes, {} linked terms, {} headings",
        reading.statements.len(),
        reading.tables.len(),
        reading.figures.len(),
        reading.footnotes.len(),
        reading.glossary.len(),
        reading.sections.len()
    );
}

fn short(text: &str) -> String {
    text.char_indices().nth(90).map_or_else(|| text.to_owned(), |(at, _)| format!("{}…", &text[..at]))
}
