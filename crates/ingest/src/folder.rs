//! The inspectorate's folder: found, read whole, every problem told.

use crate::{
    cycle_file::{self, Cycle},
    measures_file::{self, yaml_problem},
    problem::{Place, Problem},
    register_file::{self, Body, Lookups},
    source::Source,
    tidy::{self, Description},
};
use rayon::prelude::*;
use reference::{AreaId, Register};
use serde::Deserialize;
use statistics::{
    comparability::Flag,
    measure::Measure,
    observations::{Observations, Table},
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The file that makes a folder an inspectorate's.
pub const SETTINGS: &str = "peelian.toml";

/// `peelian.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The inspectorate's name, on every page.
    pub name: String,
    /// What a reader must know before anything else, on every page and in every file; may be left out.
    pub banner: Option<String>,
}

/// Everything in an inspectorate's folder but its observations.
#[derive(Debug)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// `peelian.toml`.
    pub settings: Settings,
    /// Forces and groups.
    pub register: Register,
    /// Bodies that a recommendation can address.
    pub bodies: Vec<Body>,
    /// From smaller areas to forces.
    pub lookups: Lookups,
    /// In the order of the files and within them.
    pub measures: Vec<Measure>,
    /// Where comparing is unsafe.
    pub flags: Vec<Flag>,
    /// In the order of their ids.
    pub sources: Vec<Source>,
    /// In the order of their ids.
    pub cycles: Vec<Cycle>,
}

/// The nearest folder upward that holds `peelian.toml`.
#[must_use]
pub fn find(from: &Path) -> Option<PathBuf> {
    from.ancestors().find(|folder| folder.join(SETTINGS).is_file()).map(Path::to_path_buf)
}

impl Folder {
    /// Reads the folder. What could be read is returned beside every problem.
    ///
    /// # Errors
    /// When there is no `peelian.toml`, or it cannot be read: then nothing else can be either.
    pub fn open(path: &Path) -> Result<(Self, Vec<Problem>), Problem> {
        let settings = settings(path)?;
        let mut problems = Vec::new();
        let mut files = Files { root: path, problems: &mut problems };
        let (register, bodies, lookups) = files.register();
        let measures = files.measures();
        let text = files.read("measures/comparability.csv");
        let flags =
            text.map(|t| measures_file::flags("measures/comparability.csv", &t, files.problems)).unwrap_or_default();
        let sources = files.sources(&lookups);
        let cycles = files.each("frameworks", "yaml", |file, text, problems| cycle_file::cycle(file, text, problems));
        check_flags(&flags, &measures, &register, &mut problems);
        let cycles = cycles.into_iter().flatten().collect();
        let folder = Self {
            path: path.to_path_buf(),
            settings,
            register,
            bodies,
            lookups,
            measures,
            flags,
            sources,
            cycles,
        };
        Ok((folder, problems))
    }

    /// The measure with this id.
    #[must_use]
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|m| m.id == id)
    }

    /// The ids of the forces in scope, in order.
    #[must_use]
    pub fn forces(&self) -> Vec<AreaId> {
        self.register.in_scope().map(|f| f.id.clone()).collect()
    }

    /// The description of every release in the folder, in the order of source and id.
    ///
    /// # Errors
    /// Every description that does not read.
    pub fn releases(&self) -> Result<Vec<Description>, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut files = Files { root: &self.path, problems: &mut problems };
        let mut descriptions = Vec::new();
        for source in files.names("observations") {
            let folder = format!("observations/{source}");
            descriptions.extend(files.each(&folder, "json", |file, text, problems| {
                match serde_json::from_str::<Description>(text) {
                    Ok(description) => Some(description),
                    Err(error) => {
                        problems.push(Problem::new(
                            file,
                            Place::line(error.line() as u64),
                            error.to_string(),
                            "ingest the published file again",
                        ));
                        None
                    }
                }
            }));
        }
        if problems.is_empty() { Ok(descriptions.into_iter().flatten().collect()) } else { Err(problems) }
    }

    /// Loads the releases that hold any of these series; all of them when `series` is `None`. With `verify` every table's digest is
    /// compared with its description.
    ///
    /// # Errors
    /// Every release that is missing, damaged or changed.
    pub fn observations(&self, series: Option<&[&str]>, verify: bool) -> Result<Observations, Vec<Problem>> {
        let wanted = |d: &Description| series.is_none_or(|list| d.series.keys().any(|s| list.contains(&s.as_str())));
        let descriptions: Vec<Description> = self.releases()?.into_iter().filter(wanted).collect();
        let loaded: Vec<Result<Table, Problem>> = descriptions.par_iter().map(|d| self.table(d, verify)).collect();
        let (tables, problems): (Vec<_>, Vec<_>) = loaded.into_iter().partition(Result::is_ok);
        if problems.is_empty() {
            Ok(Observations::new(tables.into_iter().filter_map(Result::ok).collect()))
        } else {
            Err(problems.into_iter().filter_map(Result::err).collect())
        }
    }

    fn table(&self, description: &Description, verify: bool) -> Result<Table, Problem> {
        let shown = format!("observations/{}/{}.csv.gz", description.release.source, description.release.id);
        let bytes = fs::read(self.path.join(&shown)).map_err(|e| {
            Problem::new(&shown, Place::FILE, format!("it cannot be read ({e})"), "ingest the published file again")
        })?;
        tidy::load(description, &bytes, verify)
            .map_err(|e| Problem::new(&shown, Place::FILE, e.to_string(), "nothing was computed from it"))
    }
}

fn settings(path: &Path) -> Result<Settings, Problem> {
    let text = fs::read_to_string(path.join(SETTINGS)).map_err(|e| {
        Problem::new(
            SETTINGS,
            Place::FILE,
            format!("it cannot be read in {} ({e})", path.display()),
            "make an inspectorate's folder with `peelian new DIR`, or name one with --dir",
        )
    })?;
    toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1) as u64);
        Problem::new(SETTINGS, Place::line(line), error.message().to_owned(), "the settings are `name` and `banner`")
    })
}

fn check_flags(flags: &[Flag], measures: &[Measure], register: &Register, problems: &mut Vec<Problem>) {
    for flag in flags {
        let beginning = flag.measure.trim_end_matches('*');
        if !measures.iter().any(|m| m.id.starts_with(beginning)) {
            problems.push(Problem::new(
                "measures/comparability.csv",
                Place::FILE,
                format!("no measure is or begins with `{}`", flag.measure),
                "correct the id; `peelian measures` lists them",
            ));
        }
        if flag.force != "*" && register.force(&flag.force).is_none() {
            problems.push(Problem::new(
                "measures/comparability.csv",
                Place::FILE,
                format!("`{}` is not a force of the register", flag.force),
                "write the id of a force, or * for all",
            ));
        }
    }
}

/// The files of a folder, with the problems met while reading them.
struct Files<'a> {
    root: &'a Path,
    problems: &'a mut Vec<Problem>,
}

impl Files<'_> {
    fn read(&mut self, file: &str) -> Option<String> {
        let text = fs::read_to_string(self.root.join(file));
        text.map_err(|e| {
            self.problems.push(Problem::new(
                file,
                Place::FILE,
                format!("it cannot be read ({e})"),
                "`peelian new` writes one to start from",
            ))
        })
        .ok()
    }

    /// The names in a folder, sorted; none when there is no such folder.
    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.root.join(folder)).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries.filter_map(|e| e.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    /// What `read` makes of each file of a folder with this extension, in the order of their names.
    fn each<T>(
        &mut self,
        folder: &str,
        extension: &str,
        mut read: impl FnMut(&str, &str, &mut Vec<Problem>) -> T,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for name in self.names(folder) {
            if Path::new(&name).extension().is_some_and(|e| e == extension) {
                let file = format!("{folder}/{name}");
                if let Some(text) = self.read(&file) {
                    all.push(read(&file, &text, self.problems));
                }
            }
        }
        all
    }

    fn register(&mut self) -> (Register, Vec<Body>, Lookups) {
        let text = self.read("register/forces.csv").unwrap_or_default();
        let forces = register_file::forces("register/forces.csv", &text, self.problems);
        let groups = self.read("register/groups.csv").unwrap_or_default();
        let (groups, without) = register_file::groups("register/groups.csv", &groups, &forces, self.problems);
        let bodies = self.read("register/bodies.csv").unwrap_or_default();
        let bodies = register_file::bodies("register/bodies.csv", &bodies, &forces, self.problems);
        let mut lookups = Lookups::new();
        for name in self.names("register") {
            let Some(id) = name.strip_suffix(".csv").filter(|id| !["forces", "groups", "bodies"].contains(id)) else {
                continue;
            };
            let file = format!("register/{name}");
            if let Some(text) = self.read(&file) {
                lookups.insert(id.to_owned(), register_file::lookup(&file, &text, &forces, self.problems));
            }
        }
        let register = register_file::register("register/forces.csv", forces, groups, without, self.problems);
        (register, bodies, lookups)
    }

    fn measures(&mut self) -> Vec<Measure> {
        let lists = self.each("measures", "yaml", |file, text, problems| {
            let list = measures_file::measures(file, text, problems);
            list.into_iter().map(|(line, m)| (file.to_owned(), line, m)).collect::<Vec<_>>()
        });
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        let mut measures = Vec::new();
        for (file, line, measure) in lists.into_iter().flatten() {
            if let Some(other) = first.get(&measure.id) {
                self.problems.push(Problem::new(
                    &file,
                    Place::line(line),
                    format!("measure `{}` is defined in {other} already", measure.id),
                    "give it another id, or delete one of the two",
                ));
                continue;
            }
            first.insert(measure.id.clone(), format!("{file}, line {line}"));
            measures.push(measure);
        }
        measures
    }

    fn sources(&mut self, lookups: &Lookups) -> Vec<Source> {
        let read = self.each("sources", "yaml", |file, text, problems| match serde_saphyr::from_str::<Source>(text) {
            Ok(source) => {
                let missing =
                    source.tables.iter().filter_map(|t| t.area.lookup.as_ref()).filter(|l| !lookups.contains_key(*l));
                let missing = missing.map(|l| {
                    (
                        format!("there is no lookup `{l}`"),
                        format!("add `register/{l}.csv` with the columns code, name, force"),
                    )
                });
                problems.extend(
                    source
                        .faults()
                        .into_iter()
                        .chain(missing)
                        .map(|(found, remedy)| Problem::new(file, Place::FILE, found, remedy)),
                );
                Some(source)
            }
            Err(error) => {
                problems.push(yaml_problem(file, &error));
                None
            }
        });
        read.into_iter().flatten().collect()
    }
}
