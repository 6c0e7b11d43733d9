//! The press: documents in the formats asked for, each with its files, none with a link to a file that the edition does not hold.

use crate::command::publish::on_every_core;
use crate::{
    arguments::Format,
    documents::{self, Documents},
    edition::Edition,
    outcome::CannotRun,
    workspace::{self, Workspace},
};
use ::report::{
    assets, csv_file,
    dataset::{Dataset, Workbook},
    document::Document,
    html, metadata, ods,
    pack::{self, PackData, numbers::Numbers},
    product::{self, Job, Made, Term},
    text as plain_text, xlsx,
};
use clap::ValueEnum;
use pdf::Printer;
use reference::Force;
use std::collections::BTreeSet;
use web::{
    Public, Query, Shelf,
    page::{self, beside},
    routes,
};

/// Prints documents in the formats asked for.
pub struct Press<'a> {
    edition: &'a Edition,
    formats: Vec<Format>,
    data: &'a PackData<'a>,
    printer: Option<Printer>,
    /// Every file that this run writes, told before the first is written: a page leads to no other.
    expected: BTreeSet<String>,
}

/// One document as it is printed.
struct Sheet<'a> {
    base: &'a str,
    stem: &'a str,
    document: &'a Document,
    numbers: &'a Numbers,
    workbook: &'a dyn Fn() -> Workbook,
    /// The Data Package of its CSV files: its file and its name.
    package: (&'a str, &'a str),
}

impl<'a> Press<'a> {
    /// A press for these formats; none means all.
    pub fn new(edition: &'a Edition, formats: &[Format], data: &'a PackData<'a>) -> Result<Self, CannotRun> {
        let formats = if formats.is_empty() { Format::value_variants() } else { formats }.to_vec();
        let wants_pdf = formats.contains(&Format::Pdf);
        let printer = wants_pdf.then(Printer::house).transpose().map_err(|e| CannotRun::Printing(e.to_string()))?;
        Ok(Self { edition, formats, data, printer, expected: BTreeSet::new() })
    }

    /// Whether a format was asked for.
    pub fn prints(&self, format: Format) -> bool {
        self.formats.contains(&format)
    }

    /// Says that a file will be written.
    pub fn expect(&mut self, path: String) {
        self.expected.insert(path);
    }

    /// Says that a force's data pack will be written.
    pub fn expect_pack(&mut self, force: &Force) {
        self.expect_formats(&format!("{}/{}/data-pack", self.data.cycle.id, force.id));
    }

    /// Says that documents of an inspection will be written, with the pages of their numbers.
    pub fn expect_documents(&mut self, set: &Documents) {
        let base = format!("{}/{}", set.cycle, set.force);
        for (job, made) in &set.made {
            self.expect_formats(&format!("{base}/{}", job.stem()));
            if self.prints(Format::Html) {
                self.expected.extend(made.numbers.0.keys().map(|id| format!("{base}/numbers/{id}.html")));
            }
        }
    }

    /// Says that each measure will be written over all forces.
    pub fn expect_open_data(&mut self) {
        let base = format!("{}/data", self.data.cycle.id);
        self.expected.extend(self.data.answered().map(|a| format!("{base}/{}.csv", a.measure.id)));
        self.expect(format!("{base}/datapackage.json"));
    }

    fn expect_formats(&mut self, stem: &str) {
        let names = self.formats.iter().filter_map(ValueEnum::to_possible_value);
        self.expected.extend(names.map(|name| format!("{stem}.{}", name.get_name())));
    }

    /// Leaves out links to what the edition does not hold.
    fn keep_links(&self, path: &str, document: &mut Document) {
        document.keep_links(&|href| {
            let target = beside(path, href);
            self.expected.contains(&target) || self.edition.holds(&target)
        });
    }

    /// Writes stylesheet, fonts and icons.
    pub fn assets(&self) -> Result<(), CannotRun> {
        assets::files().iter().try_for_each(|file| self.edition.write(&format!("assets/{}", file.path), file.bytes))
    }

    /// Writes a force's pack.
    pub fn force(&self, force: &Force) -> Result<(), CannotRun> {
        let mut pack = self.data.pack(force);
        let base = format!("{}/{}", self.data.cycle.id, force.id);
        self.keep_links(&format!("{base}/data-pack.html"), &mut pack.document);
        self.print(&Sheet {
            base: &base,
            stem: "data-pack",
            document: &pack.document,
            numbers: &pack.numbers,
            workbook: &|| pack::workbook(self.data, force, &pack),
            package: ("datapackage.json", &format!("{}-data-pack", force.id)),
        })?;
        self.edition.bind(self.data.cycle.id, &pack.numbers, &format!("{base}/data-pack"), &pack.document);
        Ok(())
    }

    /// Writes a document of an inspection in every format.
    pub fn document(&self, set: &Documents, job: &Job, made: &Made, terms: &[Term]) -> Result<(), CannotRun> {
        let stem = job.stem();
        let base = format!("{}/{}", set.cycle, set.force);
        let mut document = made.document.clone();
        product::link_terms(&mut document, terms, "../../glossary.html");
        self.keep_links(&format!("{base}/{stem}.html"), &mut document);
        let workbook = || {
            let mut workbook = product::workbook(&document, &made.numbers);
            for dataset in &mut workbook.datasets {
                dataset.id = if dataset.id == "numbers" { stem.clone() } else { format!("{stem}-{}", dataset.id) };
            }
            workbook
        };
        self.print(&Sheet {
            base: &base,
            stem: &stem,
            document: &document,
            numbers: &made.numbers,
            workbook: &workbook,
            package: (
                &format!("{stem}-datapackage.json"),
                &format!("{}-{}-{stem}", set.force, set.cycle).replace('.', "-"),
            ),
        })?;
        self.edition.bind(&base, &made.numbers, &format!("{base}/{stem}"), &document);
        Ok(())
    }

    fn print(&self, sheet: &Sheet<'_>) -> Result<(), CannotRun> {
        let Sheet { base, stem, document, .. } = sheet;
        let printing = |e: String| CannotRun::Printing(format!("{base}/{stem}: {e}"));
        for format in &self.formats {
            let extension = format.to_possible_value().map(|v| v.get_name().to_owned()).unwrap_or_default();
            let path = format!("{base}/{stem}.{extension}");
            // What a killed run has printed is not printed again; CSV comes in several files, which are no work.
            if *format != Format::Csv && self.edition.has(&path) {
                continue;
            }
            match format {
                Format::Html => self.edition.write(&path, self.html(&path, document).as_bytes())?,
                Format::Txt => self.edition.write(&path, plain_text::write(document).as_bytes())?,
                Format::Pdf => {
                    if let Some(printer) = &self.printer {
                        let bytes = printer.print(document, None).map_err(|e| printing(e.to_string()))?;
                        self.edition.write(&path, &bytes)?;
                    }
                }
                Format::Ods => self.edition.write(&path, &ods::write(&(sheet.workbook)()))?,
                Format::Xlsx => {
                    let bytes = xlsx::write(&(sheet.workbook)()).map_err(|e| printing(e.to_string()))?;
                    self.edition.write(&path, &bytes)?;
                }
                Format::Csv => self.csv(&(sheet.workbook)().datasets, base, sheet.package, &document.title)?,
                Format::Json => self.json(&path, &sheet.numbers)?,
            }
        }
        Ok(())
    }

    /// Writes the page of every number of a force's documents: what it is, how it came about, which cells or words it stands on.
    pub fn derivations(&self, workspace: &Workspace, set: &Documents) -> Result<(), CannotRun> {
        let mut numbers = Numbers::default();
        self.edition.pin(&format!("{}/{}", set.cycle, set.force), &set.pins);
        for (_, made) in &set.made {
            numbers.0.extend(made.numbers.0.clone());
        }
        if !self.prints(Format::Html) {
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
            let page =
                product::derivation_page(&context, reference, derivation, places.get(reference).unwrap_or(&nowhere));
            self.page(&format!("{}/{}/numbers/{reference}.html", set.cycle, set.force), page)?;
        }
        Ok(())
    }

    /// Writes each measure over all forces.
    pub fn open_data(&self) -> Result<(), CannotRun> {
        let datasets: Vec<_> = self.data.answered().map(|answer| pack::national(self.data, answer)).collect();
        let cycle = self.data.cycle;
        let title = format!("Measures of all forces, {}", cycle.title);
        let package = format!("measures-{}", cycle.id);
        self.csv(&datasets, &format!("{}/data", cycle.id), ("datapackage.json", &package), &title)
    }

    /// Writes a page of the site.
    pub fn page(&self, path: &str, mut document: Document) -> Result<(), CannotRun> {
        self.keep_links(path, &mut document);
        self.edition.write(path, self.html(path, &document).as_bytes())
    }

    /// Writes datasets as CSV, each with its CSVW metadata, and one Data Package for all.
    fn csv(&self, datasets: &[Dataset], base: &str, (file, name): (&str, &str), title: &str) -> Result<(), CannotRun> {
        let names: Vec<String> = datasets.iter().map(|d| format!("{}.csv", d.id)).collect();
        let mut resources = Vec::new();
        for (dataset, file) in datasets.iter().zip(&names) {
            let contents = csv_file::write(dataset);
            self.edition.write(&format!("{base}/{file}"), contents.as_bytes())?;
            self.json(&format!("{base}/{}", metadata::csvw_name(file)), &metadata::csvw(dataset, file))?;
            resources.push(metadata::Resource::of(dataset, file, contents.as_bytes()));
        }
        let package = metadata::Package { name, title, description: "", resources: &resources };
        self.json(&format!("{base}/{file}"), &metadata::datapackage(&package))
    }

    /// What is on the shelf once this run is over.
    pub fn shelf(&self) -> Shelf {
        Shelf(self.expected.iter().cloned().chain(self.edition.paths()).collect())
    }

    /// Says that the pages of the site will be written; those that depend on what there is are told later.
    pub fn expect_site(&mut self) {
        if !self.prints(Format::Html) {
            return;
        }
        self.expected.extend(routes::routes().map(|r| r.pattern).filter(|p| !p.contains('{')).map(str::to_owned));
    }

    /// Writes every address of the site.
    pub fn site(&self, public: &Public) -> Result<(), CannotRun> {
        let paths = routes::paths(public);
        let ours: BTreeSet<&str> = paths.iter().map(String::as_str).collect();
        let there = |path: &str| ours.contains(path) || public.shelf.holds(path);
        on_every_core(&paths, |path| {
            let Some(found) = routes::answer(public, path, &Query::default(), false, &there) else {
                return Err(CannotRun::Printing(format!("{path}: there is nothing at this address")));
            };
            self.edition.write(path, &found.bytes)
        })
    }

    fn json(&self, path: &str, value: &impl serde::Serialize) -> Result<(), CannotRun> {
        let text = serde_json::to_string_pretty(value).map_err(|e| CannotRun::Printing(e.to_string()))? + "\n";
        self.edition.write(path, text.as_bytes())
    }

    fn html(&self, path: &str, document: &Document) -> String {
        let root = "../".repeat(path.matches('/').count());
        let indexed = self.expected.contains("index.html") || self.edition.holds("index.html");
        let name = self.data.issuer.name.to_owned();
        let (navigation, small_print) =
            if indexed { (page::navigation(), page::small_print()) } else { (Vec::new(), Vec::new()) };
        let licence = page::licence();
        html::page(document, &html::Site { name, root, navigation, licence, small_print, ..html::Site::default() })
    }
}
