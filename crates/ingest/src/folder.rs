//! The inspectorate's folder: found, read whole, every problem told.

mod files;

use crate::{
    cycle_file::Cycle,
    measures_file,
    problem::{Place, Problem},
    record_file::{Names, Text},
    register_file::{Body, Lookups, Tiles},
    review_file::Review,
    series::{self, Use},
    source::Source,
    thread_file::Thread,
    tidy::{self, Description},
    wording::did_you_mean,
};
use files::Files;
use inspection::{framework::Framework, programme::Kind, record::Record};
use rayon::prelude::*;
use reference::{AreaId, Register};
use serde::Deserialize;
use statistics::{
    comparability::Flag,
    measure::Measure,
    observations::{Observations, Table},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The file that makes a folder an inspectorate's.
pub const SETTINGS: &str = "peelian.toml";

/// What an inspectorate's folder is made of: files, and folders with all that is in them.
const CONTENT: [&str; 11] = [
    SETTINGS,
    "comparability.csv",
    "glossary.yaml",
    "frameworks",
    "measures",
    "observations",
    "record",
    "register",
    "sources",
    "templates",
    "threads",
];

/// `peelian.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The inspectorate's name, on every page.
    pub name: String,
    /// What a reader must know before anything else, on every page and in every file; may be left out.
    pub banner: Option<String>,
    /// The database of the ledger, `postgres://user@host:5432/name`; the file `ledger.db` of the folder when it is left out.
    pub database: Option<String>,
    /// Whether commands may say when they were given and that they are to be refused, as rehearsals do.
    #[serde(default)]
    pub exercises: bool,
    /// For how many days the texts of a kind of thing are kept (`evidence = 2555`); without limit where none is given.
    #[serde(default)]
    pub retention: BTreeMap<String, u32>,
    /// How the site is served.
    #[serde(default)]
    pub serve: Serve,
}

/// How the site is served.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Serve {
    /// Address and port to listen on.
    pub listen: String,
    /// Whether requests come through a proxy, which says for whom in the last part of `X-Forwarded-For`.
    pub proxy: bool,
    /// Requests a second from one address, ten times as many at once; 0 for no limit.
    pub requests_per_second: u32,
    /// Whether every request is logged.
    pub log_requests: bool,
}

impl Default for Serve {
    fn default() -> Self {
        Self { listen: "127.0.0.1:8000".into(), proxy: false, requests_per_second: 50, log_requests: true }
    }
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
    /// Where the forces lie on a map of tiles; empty where the register has none.
    pub tiles: Tiles,
    /// In the order of the files and within them.
    pub measures: Vec<Measure>,
    /// Whether every measure could be read; if not, a name that is not among them may be of one that could not.
    pub all_measures: bool,
    /// What the measures name of series, and where.
    pub uses: Vec<Use>,
    /// Where comparing is unsafe.
    pub flags: Vec<Flag>,
    /// In the order of their ids.
    pub sources: Vec<Source>,
    /// In the order of their ids.
    pub cycles: Vec<Cycle>,
    /// What each cycle asks, the earliest first.
    pub frameworks: Vec<Framework>,
    /// What is on record about inspections.
    pub record: Record,
    /// The texts of inspections.
    pub texts: Vec<Text>,
    /// Concerns followed through the years, in the order of their ids.
    pub threads: Vec<Thread>,
    /// What reviews of case files draw from, in the order of their ids.
    pub reviews: Vec<Review>,
    /// `glossary.yaml`, and `templates/` by the path below it: plans of documents, and texts that are the same for every force.
    pub templates: BTreeMap<String, String>,
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
    /// When there is no `peelian.toml`, or it cannot be read: then it is no inspectorate's folder.
    pub fn open(path: &Path) -> Result<(Self, Vec<Problem>), Problem> {
        let text = settings_text(path)?;
        let mut problems = Vec::new();
        let settings = settings(&text).map_err(|p| problems.push(p)).unwrap_or_default();
        problems.extend(unkept(&settings, &text));
        let mut files = Files { root: path, problems: &mut problems };
        let (register, bodies, lookups, tiles) = files.register();
        let forces = !register.forces().is_empty();
        let (measures, uses, all_measures) = files.measures(&register);
        let flags = files.flags(all_measures.then_some(&measures), &register);
        let before = files.problems.len();
        let sources = files.sources(&lookups);
        let all_sources = files.problems.len() == before;
        if all_sources {
            files.problems.extend(series::unknown(&uses, &sources));
        }
        let before = files.problems.len();
        let frameworks = files.frameworks();
        let cycles = files.cycles();
        let all_frameworks = files.problems.len() == before;
        // What could not be read whole does not say that a name is unknown.
        let names = Names {
            measures: measures.iter().filter(|_| all_measures).map(|m| m.id.clone()).collect(),
            sources: sources.iter().filter(|_| all_sources).map(|s| s.id.clone()).collect(),
            addressees: addressees(&register, &bodies),
        };
        let before = files.problems.len();
        let (record, texts) =
            if all_frameworks && forces { files.record(&frameworks, &register, &names) } else { Default::default() };
        let whole = all_frameworks && forces && files.problems.len() == before;
        let threads = files.threads(&register, whole.then_some(&record));
        let reviews = files.reviews(&register);
        let templates = files.templates();
        files.unchecked(forces, all_measures, all_sources, all_frameworks);
        let folder = Self {
            path: path.to_path_buf(),
            settings,
            register,
            bodies,
            lookups,
            tiles,
            measures,
            all_measures,
            uses,
            flags,
            sources,
            cycles,
            frameworks,
            record,
            texts,
            threads,
            reviews,
            templates,
        };
        Ok((folder, problems))
    }

    /// The review of case files with this id, among those of the folder.
    #[must_use]
    pub fn review(&self, id: &str) -> Option<&Review> {
        self.reviews.iter().find(|r| r.id == id)
    }

    /// The measure with this id.
    #[must_use]
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|m| m.id == id)
    }

    /// The names that a command can use.
    #[must_use]
    pub fn names(&self) -> Names {
        Names {
            measures: self.measures.iter().map(|m| m.id.clone()).collect(),
            sources: self.sources.iter().map(|s| s.id.clone()).collect(),
            addressees: addressees(&self.register, &self.bodies),
        }
    }

    /// The files of `record/` with commands, by their path below the folder, each with its text: the cycle's own before its forces'.
    #[must_use]
    pub fn record_files(&self) -> Vec<(String, String)> {
        let mut problems = Vec::new();
        let mut files = Files { root: &self.path, problems: &mut problems };
        let mut found = Vec::new();
        for framework in &self.frameworks {
            let folder = format!("record/{}", framework.id);
            let inside: Vec<String> = files.names(&folder).into_iter().map(|name| format!("{folder}/{name}")).collect();
            for folder in std::iter::once(folder).chain(inside) {
                found.extend(files.each(&folder, "yaml", |file, text, _| (file.to_owned(), text.to_owned())));
            }
        }
        found
    }

    /// The files that an inspectorate's folder is made of, by their path below it, in order: neither its ledger nor what was published.
    ///
    /// # Errors
    /// When a folder cannot be listed.
    pub fn content(root: &Path) -> std::io::Result<Vec<String>> {
        let mut found = Vec::new();
        for name in CONTENT {
            let mut waiting = vec![root.join(name)];
            while let Some(path) = waiting.pop() {
                if path.is_dir() {
                    let inside: std::io::Result<Vec<_>> = fs::read_dir(&path)?.map(|e| Ok(e?.path())).collect();
                    waiting.extend(inside?);
                } else if path.is_file() {
                    let below = path.strip_prefix(root).unwrap_or(&path);
                    found.push(below.to_string_lossy().replace('\\', "/"));
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// The SHA-256 of every file that a publication can rest on, by its path: all of them but exercises, which are fiction.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn digests(&self) -> std::io::Result<BTreeMap<String, String>> {
        let digest = |file: String| {
            let bytes = fs::read(self.path.join(&file))?;
            Ok((file, crate::tidy::sha256(&bytes)))
        };
        Self::content(&self.path)?.into_iter().filter(|file| !file.starts_with("exercises/")).map(digest).collect()
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
                let description = describes(file, text).map_err(|p| problems.push(p)).ok()?;
                Some(description)
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
        let mut descriptions: Vec<Description> = self.releases()?.into_iter().filter(wanted).collect();
        // The largest first and one at a time, so that no core is left with a large one at the end.
        descriptions.sort_by_key(|d| std::cmp::Reverse(d.series.values().map(|s| s.observations).sum::<u64>()));
        let loaded: Vec<Result<Table, Problem>> =
            descriptions.par_iter().with_max_len(1).map(|d| self.table(d, verify)).collect();
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

/// Everybody that a finding can be addressed to.
fn addressees(register: &Register, bodies: &[Body]) -> BTreeSet<String> {
    let forces = register.forces().iter().map(|f| f.id.to_string());
    forces.chain(bodies.iter().map(|b| b.id.clone())).chain(["all-forces".to_owned()]).collect()
}

/// The description of a release, which stands where its source and its id say.
fn describes(file: &str, text: &str) -> Result<Description, Problem> {
    let problem = |line, found: String| Problem::new(file, line, found, "ingest the published file again");
    let description: Description =
        serde_json::from_str(text).map_err(|e| problem(Place::line(e.line() as u64), e.to_string()))?;
    let place = format!("observations/{}/{}.json", description.release.source, description.release.id);
    if place == file {
        Ok(description)
    } else {
        Err(problem(Place::FILE, format!("it describes another release, whose place is {place}")))
    }
}

fn settings_text(path: &Path) -> Result<String, Problem> {
    fs::read_to_string(path.join(SETTINGS)).map_err(|e| {
        let found = format!("it cannot be read in {} ({e})", path.display());
        let remedy = "make an inspectorate's folder with `peelian new DIR`, or name one with --dir";
        Problem::new(SETTINGS, Place::FILE, found, remedy)
    })
}

/// Rules of retention that no text can be kept under.
fn unkept(settings: &Settings, text: &str) -> Vec<Problem> {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    let line = |name: &str| text.lines().position(|l| l.trim_start().starts_with(name)).map_or(1, |l| l as u64 + 1);
    let wrong = settings.retention.iter().filter_map(|(name, days)| {
        let (found, remedy) = match (kinds.contains(&name.as_str()), days) {
            (false, _) => {
                let near = did_you_mean(name, kinds.iter().copied());
                (format!("`{name}` is no kind of thing{near}"), format!("use one of {}", kinds.join(", ")))
            }
            (true, 0) => {
                (format!("`{name}` would be kept for 0 days"), "write at least 1, or leave the rule out".into())
            }
            (true, _) => return None,
        };
        Some(Problem::new(SETTINGS, Place::line(line(name)), found, remedy))
    });
    wrong.collect()
}

fn settings(text: &str) -> Result<Settings, Problem> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() as u64 + 1);
        let near = measures_file::meant(error.message()).map(|near| format!("did you mean `{near}`? "));
        let remedy = format!(
            "{}the settings are `name`, `banner`, `database`, `exercises`, `[retention]` and `[serve]`",
            near.unwrap_or_default()
        );
        Problem::new(SETTINGS, Place::line(line), error.message().to_owned(), remedy)
    })
}

#[cfg(test)]
#[path = "folder_tests.rs"]
mod tests;
