//! `peelian publish`: the documents of every force, the index, the open data and the manifest.

use crate::{
    arguments::{Format, Publish},
    books::{self, Books},
    documents::{self, Documents, Wanted},
    edition::{self, Edition, MANIFEST},
    outcome::{CannotRun, Outcome, Problems, file_error, name, number},
    press::Press,
    progress::Progress,
    staging, template,
    workspace::{self, Workspace},
};
use ::report::{
    pack::{self, Issuer, PackCycle, PackData, PackPlan},
    product::{Job, Made},
};
use ingest::cycle_file::Cycle;
use jiff::Timestamp;
use reference::Force;
use statistics::measure::Measure;
use std::{
    num::NonZero,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// Publishes a cycle.
pub fn run(dir: Option<&Path>, options: &Publish) -> Result<Outcome, CannotRun> {
    let Some(cycle) = &options.cycle else {
        return match release(&options.out, Timestamp::now())? {
            Some(Ok(())) => {
                anstream::eprintln!("Published: {}", name(options.out.join("index.html").display()));
                Ok(Outcome::Done)
            }
            Some(Err(until)) => Err(CannotRun::Argument(format!(
                "the edition is under embargo until {until}\nWait until then; `peelian serve` puts it in place by itself."
            ))),
            None => Err(CannotRun::Argument(format!(
                "no edition waits beside {}\n`peelian publish --cycle C --embargo TIME` makes one.",
                options.out.display()
            ))),
        };
    };
    let folder = workspace::open(dir)?;
    publish(folder, cycle, &options.out, &options.format, Of::Everything, options.embargo)
}

/// What of a cycle is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of<'a> {
    /// Data packs, index, open data and the documents of inspections.
    Everything,
    /// Everything of the cycle, and the documents of inspections of these cycles too.
    With(&'a [String]),
}

/// Publishes a cycle of an opened folder.
pub fn publish(
    folder: ingest::Folder,
    cycle: &str,
    out: &Path,
    formats: &[Format],
    of: Of<'_>,
    embargo: Option<Timestamp>,
) -> Result<Outcome, CannotRun> {
    let cycle = workspace::cycle(&folder, cycle)?.clone();
    let plan = template::pack(&folder).map_err(|p| CannotRun::Folder(Problems(p)))?;
    let workspace = Workspace::load(folder, None)?;
    let wanted = Wanted { cycle: (of == Of::Everything).then_some(cycle.id.as_str()), ..Wanted::default() };
    let mut documents = documents::all(&workspace, wanted)?;
    if !documents.remarks.is_empty() {
        return Ok(stopped(&documents));
    }
    if let Of::With(cycles) = of {
        documents.documents.retain(|d| d.cycle == cycle.id || cycles.contains(&d.cycle));
    }
    let terms = documents::glossary(&workspace.folder)?;
    let study = workspace.study(cycle.method, &[]);
    let data = data(&workspace, &study, &plan, &cycle);
    let head = Books::head(&workspace.folder)?;
    let key = key(&workspace.folder, &cycle.id, formats, embargo, head.as_ref())?;
    // The example's own site, perhaps of an earlier version of the program, is made anew.
    let edition = Edition::begin(out, &key, matches!(of, Of::With(_)))?;
    edition.made_from(&workspace.folder, head)?;
    edition.embargo(embargo);
    if edition.resumed() > 0 {
        anstream::eprintln!("{} files of a run that was interrupted are kept.", number(edition.resumed()));
    }
    let forces: Vec<&Force> = workspace.folder.register.in_scope().collect();
    let mut press = Press::new(&edition, formats, &data)?;
    press.expect(format!("{}/index.html", cycle.id));
    press.expect_site();
    press.expect(MANIFEST.into());
    press.expect_open_data();
    forces.iter().for_each(|force| press.expect_pack(force));
    documents.documents.iter().for_each(|set| press.expect_documents(set));
    press.assets()?;
    let work = documents.documents.iter().map(|d| d.made.len()).sum::<usize>();
    let progress = Progress::new("documents", forces.len() + work);
    on_every_core(&forces, |force| press.force(force).inspect(|()| progress.step()))?;
    let sets: Vec<(&Documents, &(Job, Made))> =
        documents.documents.iter().flat_map(|d| d.made.iter().map(move |m| (d, m))).collect();
    on_every_core(&sets, |(set, (job, made))| press.document(set, job, made, &terms).inspect(|()| progress.step()))?;
    documents.documents.iter().try_for_each(|set| press.derivations(&workspace, set))?;
    let seconds = progress.end();
    press.open_data()?;
    let links: Vec<(String, String)> = sets
        .iter()
        .map(|(set, (job, _))| {
            (label(&workspace, set, job), format!("../{}/{}/{}.html", set.cycle, set.force, job.stem()))
        })
        .collect();
    press.page(&format!("{}/index.html", cycle.id), pack::index(&data, &forces, &links))?;
    if press.prints(Format::Html) {
        press.site(&books::public(&workspace.folder, &workspace.observations, press.shelf())?)?;
    }
    for measure in data.unanswered() {
        anstream::eprintln!("{} has no figures and is left out.", name(measure));
    }
    let place = edition.close()?;
    anstream::eprintln!(
        "{} data packs and {} documents of inspections in {seconds:.1} seconds: {}",
        number(forces.len()),
        number(work),
        name(
            place
                .join(if formats.is_empty() || formats.contains(&Format::Html) { "index.html" } else { MANIFEST })
                .display()
        )
    );
    if let Some(until) = embargo {
        anstream::eprintln!(
            "It waits there until {until}. `peelian serve` then puts it in place by itself, `peelian publish --release` by hand."
        );
    }
    Ok(Outcome::Done)
}

/// What an edition is made from, all of it: a killed run of the same is gone on with.
fn key(
    folder: &ingest::Folder,
    cycle: &str,
    formats: &[Format],
    embargo: Option<Timestamp>,
    head: Option<&ledger::Head>,
) -> Result<String, CannotRun> {
    let program = std::env::current_exe().and_then(std::fs::read).map_err(file_error(Path::new("the program")))?;
    let inputs = folder.digests().map_err(file_error(&folder.path))?;
    let all = format!("{} {cycle} {formats:?} {embargo:?} {head:?} {inputs:?}", ingest::tidy::sha256(&program));
    Ok(ingest::tidy::sha256(all.as_bytes()))
}

/// Puts an edition that waited under embargo in place; refused before its time. Returns whether there was one.
pub fn release(out: &Path, now: Timestamp) -> Result<Option<Result<(), Timestamp>>, CannotRun> {
    let next = staging::waiting(out)?;
    if !next.join(MANIFEST).is_file() {
        return Ok(None);
    }
    match edition::manifest(&next)?.embargo.filter(|until| now < *until) {
        Some(until) => Ok(Some(Err(until))),
        None => staging::put(&next, out).map(|()| Some(Ok(()))),
    }
}

/// What a list of documents calls one.
fn label(workspace: &Workspace, set: &Documents, job: &Job) -> String {
    let folder = &workspace.folder;
    let force = folder.register.force(set.force.as_str()).map_or(set.force.as_str(), |f| &f.short_name);
    let framework = folder.frameworks.iter().find(|f| f.id == set.cycle);
    let cycle = framework.map_or(set.cycle.as_str(), |f| &f.title);
    let about =
        job.node.as_ref().zip(framework).map(|(node, f)| format!(": {}", f.name(node, "heading"))).unwrap_or_default();
    format!("{force} {cycle}, {}{about}", job.kind.title().to_lowercase())
}

/// Tells what is wrong with the texts; nothing is written.
pub fn stopped(documents: &documents::All) -> Outcome {
    anstream::eprintln!("{}", documents.told());
    anstream::eprintln!(
        "{} in the way; nothing was written. `peelian explain CODE` says what a rule wants.",
        crate::outcome::count(documents.remarks.len(), "remark")
    );
    Outcome::FoundProblems
}

/// Does the same work on every item, on every core, and stops at the first error.
///
/// The threads are our own: Typst waits for its pictures by doing any other work that Rayon has, and would begin a second document
/// in the middle of the first.
pub fn on_every_core<T: Sync>(items: &[T], work: impl Fn(&T) -> Result<(), CannotRun> + Sync) -> Result<(), CannotRun> {
    let next = AtomicUsize::new(0);
    let worker = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            work(item).inspect_err(|_| next.store(items.len(), Ordering::Relaxed))?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().try_for_each(|w| w.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

/// Everything that packs are made from.
pub fn data<'a>(
    workspace: &'a Workspace,
    study: &'a statistics::study::Study<'a>,
    plan: &'a PackPlan,
    cycle: &'a Cycle,
) -> PackData<'a> {
    let settings = &workspace.folder.settings;
    let cycle = PackCycle {
        id: &cycle.id,
        title: &cycle.title,
        until: cycle.data_until,
        documented: cycle.documented,
        about: &cycle.about,
    };
    let measures: &'a [Measure] = &workspace.folder.measures;
    PackData::new(study, plan, measures, cycle, Issuer { name: &settings.name, banner: settings.banner.as_deref() })
}
