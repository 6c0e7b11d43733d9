//! `peelian drill`: whether a backup brings everything back, shown on a copy that is thrown away.

use crate::{
    arguments::{Drill, Format, Product, Report},
    books::Books,
    command::report,
    edition::{self, FileRecord},
    outcome::{CannotRun, Outcome, bad, count, file_error},
    workspace,
};
use ::report::product::Kind;
use clap::ValueEnum;
use ingest::Folder;
use ledger::Until;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Backs up, restores at a moment, verifies, and prints a report from both.
pub fn run(dir: Option<&Path>, options: &Drill) -> Result<Outcome, CannotRun> {
    let root = workspace::root(dir)?;
    let (live, _) = workspace::files(&root)?;
    let books = Books::there(&live)?;
    let scratch = tempfile::tempdir().map_err(file_error(Path::new("a folder for temporary files")))?;
    let (backup, copy) = (scratch.path().join("backup"), scratch.path().join("copy"));
    let made = ledger::backup(books.store(), &backup, jiff::Timestamp::now())
        .map_err(|e| CannotRun::Argument(e.to_string()))?;
    out!(
        "backup   {} and {}",
        count_of(made.head.as_ref().map_or(0, |h| h.seq), "event"),
        count_of(made.texts, "text")
    );
    copy_content(&root, &copy)?;
    let (mut restored, _) = workspace::files(&copy)?;
    // The copy has a ledger of its own, wherever the inspectorate's is.
    restored.settings.database = None;
    let its_books = Books::open_or_make(&restored)?;
    let until = options.seq.map_or(Until::End, Until::Seq);
    let found = ledger::restore(&backup, its_books.store(), until).map_err(|e| CannotRun::Argument(e.to_string()))?;
    out!("restore  {}", found.verified);
    let wanted = wanted(&live, options)?;
    let then = found.head.as_ref().map(|head| head.seq);
    let of_live = printed(live, &books, then, &wanted, &scratch.path().join("live"))?;
    let of_copy = printed(restored, &its_books, None, &wanted, &scratch.path().join("restored"))?;
    let differing: Vec<&String> = of_live.keys().filter(|path| of_live.get(*path) != of_copy.get(*path)).collect();
    let what = format!(
        "{} of {}, {}",
        wanted.product.to_possible_value().map(|v| v.get_name().to_owned()).unwrap_or_default(),
        wanted.force,
        wanted.cycle
    );
    if of_live.is_empty() || !differing.is_empty() || of_live.len() != of_copy.len() {
        out!("report   {what}: {} {} of {} files differ", bad("!"), differing.len(), of_live.len());
        return Ok(Outcome::FoundProblems);
    }
    let digest = of_live.iter().find(|(path, _)| path.ends_with(".html")).map(|(_, file)| file.sha256.as_str());
    out!(
        "report   {what}: {} the same from both, SHA-256 {}",
        count(of_live.len(), "file"),
        digest.unwrap_or_default()
    );
    Ok(Outcome::Done)
}

fn count_of(n: u64, noun: &str) -> String {
    count(usize::try_from(n).unwrap_or(usize::MAX), noun)
}

/// The report that is printed from both: the one named, else the page of the first force that has texts.
fn wanted(folder: &Folder, options: &Drill) -> Result<Report, CannotRun> {
    let first = folder.texts.first();
    let missing = || {
        CannotRun::Argument(
            "there is no text of any inspection\nName a report with --force, --cycle and --product.".into(),
        )
    };
    Ok(Report {
        force: options.force.clone().or_else(|| first.map(|t| t.force.to_string())).ok_or_else(missing)?,
        cycle: options.cycle.clone().or_else(|| first.map(|t| t.cycle.clone())).ok_or_else(missing)?,
        product: options.product.unwrap_or(Product::Document(Kind::ForcePage)),
        node: None,
        out: PathBuf::new(),
        format: vec![Format::Html, Format::Txt, Format::Pdf, Format::Json],
    })
}

/// The files of a report made from the record as a ledger has it, and their digests.
fn printed(
    mut folder: Folder,
    books: &Books,
    at: Option<u64>,
    wanted: &Report,
    out: &Path,
) -> Result<BTreeMap<String, FileRecord>, CannotRun> {
    folder.record = books.record(at)?;
    report::write(folder, &Report { out: out.to_path_buf(), ..wanted.clone() })?;
    Ok(edition::manifest(out)?.files)
}

/// Copies what an inspectorate's folder is made of: neither its ledger nor what was published from it.
fn copy_content(from: &Path, to: &Path) -> Result<(), CannotRun> {
    for path in Folder::content(from).map_err(file_error(from))? {
        let target = to.join(&path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(file_error(folder))?;
        }
        fs::copy(from.join(&path), &target).map_err(file_error(&target))?;
    }
    Ok(())
}
