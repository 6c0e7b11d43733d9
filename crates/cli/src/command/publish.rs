//! `peelian publish`: the documents of every force, the index, the open data and the manifest.

use crate::{
    arguments::{Format, Publish},
    documents::{self, Documents, Wanted},
    edition::Edition,
    outcome::{CannotRun, Outcome, Problems, file_error, name, number},
    progress::Progress,
    template,
    workspace::{self, Workspace},
};
use ::report::{
    assets, csv_file,
    document::{Inline, Link, text},
    html, metadata, ods,
    pack::{self, Issuer, Pack, PackCycle, PackData, PackPlan},
    product::{self, Job, Made, Term},
    text as plain_text, xlsx,
};
use clap::ValueEnum;
use ingest::cycle_file::Cycle;
use pdf::Printer;
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
    let folder = workspace::open(dir)?;
    publish(folder, &options.cycle, &options.out, &options.format, Of::Everything)
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
    // The example's own site, perhaps of an earlier version of the program, is made anew, now that nothing stands in the way.
    if matches!(of, Of::With(_)) && out.exists() {
        std::fs::remove_dir_all(out).map_err(file_error(out))?;
    }
    let edition = Edition::open(out)?;
    let press = Press::new(&edition, formats, &data, false)?;
    for file in assets::files() {
        edition.write(&format!("assets/{}", file.path), file.bytes)?;
    }
    let forces: Vec<&Force> = workspace.folder.register.in_scope().collect();
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
            (label(&workspace, set, job), format!("{}/{}/{}.html", set.cycle, set.force, job.stem()))
        })
        .collect();
    if !terms.is_empty() {
        let page = product::glossary(&terms, data.issuer, cycle.data_until);
        edition.write("glossary.html", press.page(&page, "").as_bytes())?;
    }
    edition.write("index.html", press.page(&pack::index(&data, &forces, &links), "").as_bytes())?;
    for measure in data.unanswered() {
        anstream::eprintln!("{} has no figures and is left out.", name(measure));
    }
    edition.close()?;
    anstream::eprintln!(
        "{} data packs and {} documents of inspections in {seconds:.1} seconds: {}",
        number(forces.len()),
        number(work),
        name(out.join("index.html").display())
    );
    Ok(Outcome::Done)
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
        documents::remarks(documents.remarks.len())
    );
    Outcome::FoundProblems
}

/// Does the same work on every item, on every core, and stops at the first error.
///
/// The threads are our own: Typst waits for its pictures by doing any other work that Rayon has, and would begin a second document
/// in the middle of the first.
fn on_every_core<T: Sync>(items: &[T], work: impl Fn(&T) -> Result<(), CannotRun> + Sync) -> Result<(), CannotRun> {
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

/// Prints packs in the formats asked for.
pub struct Press<'a> {
    edition: &'a Edition,
    formats: Vec<Format>,
    data: &'a PackData<'a>,
    printer: Option<Printer>,
    alone: bool,
}

impl<'a> Press<'a> {
    /// A press for these formats; none means all. `alone` when there is no index of all forces.
    pub fn new(
        edition: &'a Edition,
        formats: &[Format],
        data: &'a PackData<'a>,
        alone: bool,
    ) -> Result<Self, CannotRun> {
        use Format::{Csv, Html, Json, Ods, Pdf, Txt, Xlsx};
        let formats = if formats.is_empty() { vec![Html, Pdf, Txt, Ods, Xlsx, Csv, Json] } else { formats.to_vec() };
        let wants_pdf = formats.contains(&Pdf);
        let printer = wants_pdf.then(Printer::house).transpose().map_err(|e| CannotRun::Printing(e.to_string()))?;
        Ok(Self { edition, formats, data, printer, alone })
    }

    /// Writes a force's pack.
    pub fn force(&self, force: &Force) -> Result<(), CannotRun> {
        let mut pack = self.data.pack(force);
        self.keep_what_is_written(&mut pack.document);
        let base = format!("{}/{}", self.data.cycle.id, force.id);
        for format in &self.formats {
            self.print(*format, force, &pack, &base)?;
        }
        self.edition.bind(self.data.cycle.id, pack.numbers);
        Ok(())
    }

    /// Leaves out links to what this edition does not hold: formats not asked for, data files, an index beside a lone report.
    fn keep_what_is_written(&self, document: &mut ::report::document::Document) {
        let has = |extension: &str| {
            self.formats.iter().any(|f| f.to_possible_value().is_some_and(|v| v.get_name() == extension))
        };
        document.formats.retain(|link| link.href.rsplit_once('.').is_some_and(|(_, extension)| has(extension)));
        if self.alone {
            document.trail.clear();
            if !has("csv") {
                document.without_downloads();
            }
        }
    }

    fn print(&self, format: Format, force: &Force, pack: &Pack, base: &str) -> Result<(), CannotRun> {
        let path = |extension: &str| format!("{base}/data-pack.{extension}");
        match format {
            Format::Html => self.edition.write(&path("html"), self.page(&pack.document, "../../").as_bytes()),
            Format::Txt => self.edition.write(&path("txt"), plain_text::write(&pack.document).as_bytes()),
            Format::Pdf => match &self.printer {
                Some(printer) => {
                    let bytes = printer.print(&pack.document, None).map_err(|e| CannotRun::Printing(e.to_string()))?;
                    self.edition.write(&path("pdf"), &bytes)
                }
                None => Ok(()),
            },
            Format::Ods => self.edition.write(&path("ods"), &ods::write(&pack::workbook(self.data, force, pack))),
            Format::Xlsx => {
                let bytes = xlsx::write(&pack::workbook(self.data, force, pack))
                    .map_err(|e| CannotRun::Printing(e.to_string()))?;
                self.edition.write(&path("xlsx"), &bytes)
            }
            Format::Csv => {
                let datasets = pack::workbook(self.data, force, pack).datasets;
                let package = format!("{}-data-pack", force.id);
                self.csv(&datasets, base, "datapackage.json", &package, &pack.document.title)
            }
            Format::Json => {
                let text =
                    serde_json::to_string_pretty(&pack.numbers).map_err(|e| CannotRun::Printing(e.to_string()))? + "\n";
                self.edition.write(&path("json"), text.as_bytes())
            }
        }
    }

    /// Writes a document of an inspection in every format.
    pub fn document(&self, set: &Documents, job: &Job, made: &Made, terms: &[Term]) -> Result<(), CannotRun> {
        let stem = job.stem();
        let base = format!("{}/{}", set.cycle, set.force);
        let path = |extension: &str| format!("{base}/{stem}.{extension}");
        let printing = |e: String| CannotRun::Printing(format!("{base}/{stem}: {e}"));
        let mut document = made.document.clone();
        self.keep_what_is_written(&mut document);
        product::link_terms(&mut document, terms, "../../glossary.html");
        let workbook = || {
            let mut workbook = product::workbook(&document, &made.numbers);
            for dataset in &mut workbook.datasets {
                dataset.id = if dataset.id == "numbers" { stem.clone() } else { format!("{stem}-{}", dataset.id) };
            }
            workbook
        };
        for format in &self.formats {
            match format {
                Format::Html => self.edition.write(&path("html"), self.page(&document, "../../").as_bytes())?,
                Format::Txt => self.edition.write(&path("txt"), plain_text::write(&document).as_bytes())?,
                Format::Pdf => {
                    if let Some(printer) = &self.printer {
                        let bytes = printer.print(&document, None).map_err(|e| printing(e.to_string()))?;
                        self.edition.write(&path("pdf"), &bytes)?;
                    }
                }
                Format::Ods => self.edition.write(&path("ods"), &ods::write(&workbook()))?,
                Format::Xlsx => self
                    .edition
                    .write(&path("xlsx"), &xlsx::write(&workbook()).map_err(|e| printing(e.to_string()))?)?,
                Format::Csv => {
                    let package = format!("{}-{}-{stem}", set.force, set.cycle).replace('.', "-");
                    self.csv(
                        &workbook().datasets,
                        &base,
                        &format!("{stem}-datapackage.json"),
                        &package,
                        &document.title,
                    )?;
                }
                Format::Json => {
                    let text = serde_json::to_string_pretty(&made.numbers).map_err(|e| printing(e.to_string()))? + "\n";
                    self.edition.write(&path("json"), text.as_bytes())?;
                }
            }
        }
        self.edition.bind(&format!("{}/{}", set.cycle, set.force), made.numbers.clone());
        Ok(())
    }

    /// Writes the page of every number of a force's documents: what it is, how it came about, which cells or words it stands on.
    pub fn derivations(&self, workspace: &Workspace, set: &Documents) -> Result<(), CannotRun> {
        let mut numbers = ::report::pack::numbers::Numbers::default();
        self.edition.pin(&format!("{}/{}", set.cycle, set.force), &set.pins);
        for (_, made) in &set.made {
            numbers.0.extend(made.numbers.0.clone());
        }
        if !self.formats.contains(&Format::Html) {
            return Ok(());
        }
        let places = documents::sentences(set);
        let register = &workspace.folder.register;
        let cycle = workspace::cycle(&workspace.folder, &set.cycle)?;
        let context = product::Context {
            observations: &workspace.observations,
            measures: &workspace.folder.measures,
            register,
            numbers: &numbers,
            publisher: self.data.issuer.name,
            banner: self.data.issuer.banner,
            force: register.force(set.force.as_str()).map_or(set.force.as_str(), |f| &f.short_name),
            cycle: &cycle.title,
            date: cycle.data_until,
        };
        let nowhere = Vec::new();
        for (reference, derivation) in &numbers.0 {
            let mut page =
                product::derivation_page(&context, reference, derivation, places.get(reference).unwrap_or(&nowhere));
            if self.alone {
                page.trail.clear();
            }
            let path = format!("{}/{}/numbers/{reference}.html", set.cycle, set.force);
            self.edition.write(&path, self.page(&page, "../../../").as_bytes())?;
        }
        Ok(())
    }

    /// Writes datasets as CSV, each with its CSVW metadata, and one Data Package for all.
    fn csv(
        &self,
        datasets: &[::report::dataset::Dataset],
        base: &str,
        file: &str,
        package: &str,
        title: &str,
    ) -> Result<(), CannotRun> {
        let names: Vec<String> = datasets.iter().map(|d| format!("{}.csv", d.id)).collect();
        let mut resources = Vec::new();
        for (dataset, file) in datasets.iter().zip(&names) {
            let contents = csv_file::write(dataset);
            self.edition.write(&format!("{base}/{file}"), contents.as_bytes())?;
            self.json(&format!("{base}/{}", metadata::csvw_name(file)), &metadata::csvw(dataset, file))?;
            resources.push(metadata::Resource::of(dataset, file, contents.as_bytes()));
        }
        let package = metadata::Package { name: package, title, description: "", resources: &resources };
        self.json(&format!("{base}/{file}"), &metadata::datapackage(&package))
    }

    fn json(&self, path: &str, value: &serde_json::Value) -> Result<(), CannotRun> {
        let text = serde_json::to_string_pretty(value).map_err(|e| CannotRun::Printing(e.to_string()))? + "\n";
        self.edition.write(path, text.as_bytes())
    }

    /// Writes each measure over all forces; beside a lone report only where CSV was asked for.
    pub fn open_data(&self) -> Result<(), CannotRun> {
        if self.alone && !self.formats.contains(&Format::Csv) {
            return Ok(());
        }
        let datasets: Vec<_> = self.data.answered().map(|answer| pack::national(self.data, answer)).collect();
        let cycle = self.data.cycle;
        self.csv(
            &datasets,
            &format!("{}/data", cycle.id),
            "datapackage.json",
            &format!("measures-{}", cycle.id),
            &format!("Measures of all forces, {}", cycle.title),
        )
    }

    /// A page of the site.
    pub fn page(&self, document: &::report::document::Document, root: &str) -> String {
        let index = vec![
            Link { text: "Forces".into(), href: "index.html#forces".into() },
            Link { text: "Measures".into(), href: "index.html#measures".into() },
        ];
        let navigation = if self.alone { Vec::new() } else { index };
        let licence: Vec<Inline> = vec![
            text("Contains public sector information licensed under the "),
            Inline::Link(Link {
                text: "Open Government Licence v3.0".into(),
                href: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/".into(),
            }),
            text("."),
        ];
        html::page(
            document,
            &html::Site { name: self.data.issuer.name.to_owned(), root: root.to_owned(), navigation, licence },
        )
    }
}
