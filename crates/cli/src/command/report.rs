//! `peelian report`: one document of one force.

use crate::{
    arguments::{Format, Product, Report},
    books::Books,
    command::publish::{data, stopped},
    documents::{self, Wanted},
    edition::Edition,
    outcome::{CannotRun, Outcome, Problems, name},
    press::Press,
    template,
    workspace::{self, Workspace},
};
use ingest::Folder;
use std::path::Path;

/// Writes the document in every format asked for.
pub fn run(dir: Option<&Path>, options: &Report) -> Result<Outcome, CannotRun> {
    let folder = workspace::open(dir)?;
    let force = workspace::force(&folder, &options.force)?;
    let outcome = write(folder, options)?;
    if outcome == Outcome::Done {
        anstream::eprintln!("{}", name(options.out.join(&options.cycle).join(force.as_str()).display()));
    }
    Ok(outcome)
}

/// The same for an opened folder.
pub fn write(folder: Folder, options: &Report) -> Result<Outcome, CannotRun> {
    let cycle = workspace::cycle(&folder, &options.cycle)?.clone();
    let force = workspace::force(&folder, &options.force)?;
    let plan = template::pack(&folder).map_err(|p| CannotRun::Folder(Problems(p)))?;
    let workspace = Workspace::load(folder, None)?;
    let mut chosen = None;
    if let Product::Document(kind) = options.product {
        let mut all = documents::all(&workspace, Wanted { cycle: Some(&cycle.id), force: Some(&force), pins: None })?;
        if !all.remarks.is_empty() {
            return Ok(stopped(&all));
        }
        let mut set = all.documents.pop().ok_or_else(|| nothing(&options.force, &cycle.id))?;
        let had: Vec<String> = set.made.iter().map(|(job, _)| job.stem()).collect();
        let node = options.node.as_deref();
        set.made.retain(|(job, _)| {
            job.kind == kind && node.is_none_or(|n| job.node.as_ref().is_some_and(|j| j.as_str() == n))
        });
        if set.made.is_empty() {
            let found =
                format!("{} has no such document in {}; there are: {}", options.force, cycle.id, had.join(", "));
            return Err(CannotRun::Argument(found));
        }
        chosen = Some(set);
    }
    let study = workspace.study(cycle.method, &[]);
    let data = data(&workspace, &study, &plan, &cycle);
    let edition = Edition::open(&options.out)?;
    edition.made_from(&workspace.folder, Books::head(&workspace.folder)?)?;
    let mut press = Press::new(&edition, &options.format, &data)?;
    press.assets()?;
    let Some(entry) = workspace.folder.register.force(force.as_str()) else { return Ok(Outcome::FoundProblems) };
    if let Some(set) = &chosen {
        press.expect_documents(set);
        set.made.iter().try_for_each(|(job, made)| press.document(set, job, made, &[]))?;
        press.derivations(&workspace, set)?;
    } else {
        press.expect_pack(entry);
        let with_data = press.prints(Format::Csv);
        if with_data {
            press.expect_open_data();
        }
        press.force(entry)?;
        if with_data {
            press.open_data()?;
        }
    }
    edition.close()?;
    Ok(Outcome::Done)
}

fn nothing(force: &str, cycle: &str) -> CannotRun {
    CannotRun::Argument(format!(
        "there are no texts of {force} in {cycle}\nWrite them in record/{cycle}/{force}/; docs/writing.md says how."
    ))
}
