//! The files of a folder, each read whole, with the problems met on the way.

use crate::{
    cycle_file::{self, Cycle},
    measures_file::{self, Defined, Known},
    problem::{Place, Problem},
    record_file::{self, Names, Text},
    register_file::{self, Body, Lookups, Tiles},
    review_file::{self, Review},
    series::Use,
    source::{self, Lines, Source},
    thread_file::{self, Thread},
};
use inspection::{framework::Framework, record::Record};
use reference::Register;
use statistics::{comparability::Flag, measure::Measure};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::ErrorKind,
    path::Path,
};

/// The files of a folder, with the problems met while reading them.
pub struct Files<'a> {
    /// The folder.
    pub root: &'a Path,
    /// What is wrong with them.
    pub problems: &'a mut Vec<Problem>,
}

impl Files<'_> {
    fn read(&mut self, file: &str) -> Option<String> {
        let text = fs::read_to_string(self.root.join(file));
        text.map_err(|e| {
            let found = format!("it cannot be read ({e})");
            let remedy = match e.kind() {
                ErrorKind::NotFound => "`peelian new` writes one to start from",
                _ => "it must be text in UTF-8, and open to the one who reads it",
            };
            self.problems.push(Problem::new(file, Place::FILE, found, remedy));
        })
        .ok()
    }

    /// The names in a folder, sorted; none when there is no such folder.
    pub fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.root.join(folder)).into_iter().flatten().flatten();
        let mut names: Vec<String> = entries.filter_map(|e| e.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    /// What `read` makes of each file of a folder with this extension, in the order of their names.
    pub fn each<T>(
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

    /// `register/`.
    pub fn register(&mut self) -> (Register, Vec<Body>, Lookups, Tiles) {
        // Without the forces nothing else can be understood.
        let Some(text) = self.read("register/forces.csv") else { return Default::default() };
        let forces = register_file::forces("register/forces.csv", &text, self.problems);
        if forces.is_empty() {
            return Default::default();
        }
        let groups = self.read("register/groups.csv");
        let groups = groups.map(|t| register_file::groups("register/groups.csv", &t, &forces, self.problems));
        let (groups, without) = groups.unwrap_or_default();
        let bodies = self.read("register/bodies.csv");
        let bodies = bodies.map(|t| register_file::bodies("register/bodies.csv", &t, &forces, self.problems));
        let mut lookups = Lookups::new();
        for name in self.names("register") {
            let Some(id) = name.strip_suffix(".csv").filter(|id| !["forces", "groups", "bodies", "tiles"].contains(id))
            else {
                continue;
            };
            let file = format!("register/{name}");
            if let Some(text) = self.read(&file) {
                lookups.insert(id.to_owned(), register_file::lookup(&file, &text, &forces, self.problems));
            }
        }
        // A register without a map has none on its pages.
        let map = "register/tiles.csv";
        let tiles = self.root.join(map).is_file().then(|| self.read(map)).flatten();
        let tiles = tiles.map(|t| register_file::tiles(map, &t, &forces, self.problems)).unwrap_or_default();
        (Register::new(forces, groups, without), bodies.unwrap_or_default(), lookups, tiles)
    }

    /// `measures/*.yaml`, what they name of series, and whether all of it could be read.
    pub fn measures(&mut self, register: &Register) -> (Vec<Measure>, Vec<Use>, bool) {
        let before = self.problems.len();
        let lists = self.each("measures", "yaml", |file, text, problems| {
            let list = measures_file::measures(file, text, register, problems);
            list.into_iter().map(|defined| (file.to_owned(), defined)).collect::<Vec<_>>()
        });
        let all_read = self.problems.len() == before;
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        let (mut measures, mut all_uses) = (Vec::new(), Vec::new());
        for (file, Defined { line, measure, uses }) in lists.into_iter().flatten() {
            if let Some(other) = first.get(&measure.id) {
                let found = format!("measure `{}` is defined in {other} already", measure.id);
                let remedy = "give it another id, or delete one of the two";
                self.problems.push(Problem::new(&file, Place::line(line), found, remedy));
                continue;
            }
            first.insert(measure.id.clone(), format!("{file}, line {line}"));
            measures.push(measure);
            all_uses.extend(uses);
        }
        (measures, all_uses, all_read)
    }

    /// `measures/comparability.csv`.
    pub fn flags(&mut self, measures: Option<&Vec<Measure>>, register: &Register) -> Vec<Flag> {
        let file = "measures/comparability.csv";
        let text = self.read(file);
        let known = Known { measures: measures.map(Vec::as_slice), register };
        text.map(|t| measures_file::flags(file, &t, &known, self.problems)).unwrap_or_default()
    }

    /// `reviews/*.yaml`.
    pub fn reviews(&mut self, register: &Register) -> Vec<Review> {
        self.each("reviews", "yaml", |file, text, problems| review_file::review(file, text, register, problems))
            .into_iter()
            .flatten()
            .collect()
    }

    /// `sources/*.yaml`.
    pub fn sources(&mut self, lookups: &Lookups) -> Vec<Source> {
        let read = self.each("sources", "yaml", |file, text, problems| {
            let source = source::source(file, text, problems)?;
            for (index, table) in source.tables.iter().enumerate() {
                if let Some(missing) = table.area.lookup.as_ref().filter(|l| !lookups.contains_key(*l)) {
                    let found = format!("there is no lookup `{missing}`");
                    let remedy = format!("add `register/{missing}.csv` with the columns code, name, force");
                    problems.push(Problem::new(file, Lines::of(text).place(Some(index)), found, remedy));
                }
            }
            Some((file.to_owned(), source))
        });
        self.once(read, |source| &source.id)
    }

    /// `frameworks/*.yaml`, for what they ask; the earliest first.
    pub fn frameworks(&mut self) -> Vec<Framework> {
        let read = self.each("frameworks", "yaml", record_file::framework);
        let mut frameworks: Vec<Framework> = read.into_iter().flatten().collect();
        frameworks.sort_by_key(|f| f.data_until);
        frameworks
    }

    /// `frameworks/*.yaml` again, for how figures are compared. Of a file in which something is wrong already nothing more is told.
    pub fn cycles(&mut self) -> Vec<Cycle> {
        let told: BTreeSet<String> = self.problems.iter().map(|p| p.file.clone()).collect();
        let read = self.each("frameworks", "yaml", |file, text, problems| {
            let mut own = Vec::new();
            let cycle = cycle_file::cycle(file, text, &mut own);
            problems.extend(own.into_iter().filter(|p| !told.contains(&p.file)));
            Some((file.to_owned(), cycle?))
        });
        self.once(read, |cycle| &cycle.id)
    }

    /// `record/<cycle>/`: first what stands in the cycle's folder itself, then force by force; the earliest cycle first, because a
    /// judgment can carry over.
    pub fn record(&mut self, frameworks: &[Framework], register: &Register, names: &Names) -> (Record, Vec<Text>) {
        let mut record = Record::default();
        let mut texts = Vec::new();
        for name in self.names("record") {
            if !frameworks.iter().any(|f| f.id == name) {
                let known: Vec<&str> = frameworks.iter().map(|f| f.id.as_str()).collect();
                let remedy = format!("name it after a cycle: {}", known.join(", "));
                self.problems.push(Problem::new(&format!("record/{name}"), Place::FILE, "it is no cycle", remedy));
            }
        }
        // The forces of which a file could not be read: what follows from it would be refused for want of it.
        let mut slips = BTreeMap::new();
        let mut national = None;
        for framework in frameworks {
            let folder = format!("record/{}", framework.id);
            let at = record_file::At { frameworks, cycle: &framework.id, force: None, names };
            self.batches(&folder, &at, &mut record, &mut national);
            for name in self.names(&folder) {
                let inside = format!("{folder}/{name}");
                if !self.root.join(&inside).is_dir() {
                    continue;
                }
                let Some(force) = register.force(&name) else {
                    let found = "it is the folder of no force of the register";
                    self.problems.push(Problem::new(
                        &inside,
                        Place::FILE,
                        found,
                        "name it after the force's id in register/forces.csv",
                    ));
                    continue;
                };
                let at = record_file::At { force: Some(&force.id), ..at };
                let slip = slips.entry(force.id.clone()).or_insert_with(|| national.clone());
                self.batches(&inside, &at, &mut record, slip);
                texts.extend(self.each(&inside, "md", |file, text, _| Text::new(file, text, &framework.id, &force.id)));
                let inspection = record.inspection(&framework.id, &force.id).filter(|_| slip.is_none());
                let unfinished = inspection.map(|i| i.unfinished()).unwrap_or_default();
                let problem = |r: inspection::record::Refusal| Problem::new(&inside, Place::FILE, r.found, r.remedy);
                self.problems.extend(unfinished.into_iter().map(problem));
            }
        }
        let slips: BTreeSet<String> = slips.into_values().chain([national]).flatten().collect();
        for file in slips {
            self.not_checked("what the record says later", &file);
        }
        (record, texts)
    }

    /// The commands of a folder of the record. Once a file could not be read, which `slip` then names, the others are only read.
    fn batches(&mut self, folder: &str, at: &record_file::At<'_>, record: &mut Record, slip: &mut Option<String>) {
        self.each(folder, "yaml", |file, text, problems| {
            let into = slip.is_none().then_some(&mut *record);
            if !record_file::batch(file, text, at, into, problems) && slip.is_none() {
                *slip = Some(file.to_owned());
            }
        });
    }

    /// `threads/*.yaml`. Without a record what they name is not looked up.
    pub fn threads(&mut self, register: &Register, record: Option<&Record>) -> Vec<Thread> {
        if register.forces().is_empty() {
            return Vec::new();
        }
        let read = self.each("threads", "yaml", |file, text, problems| {
            thread_file::thread(file, text, register, record, problems)
        });
        if record.is_none() && !read.is_empty() {
            self.not_checked("what threads/ names", "record/");
        }
        read.into_iter().flatten().collect()
    }

    fn not_checked(&mut self, what: &str, because: &str) {
        let found = format!("not checked, because of what is wrong in {because}");
        self.problems.push(Problem::new(what, Place::FILE, found, "put that right and check again"));
    }

    /// Says what was not checked because something else could not be read, so that one slip is told once and not as many.
    pub fn unchecked(&mut self, forces: bool, measures: bool, sources: bool, frameworks: bool) {
        if !forces {
            self.not_checked("forces that are named elsewhere", "register/forces.csv");
        }
        if !measures {
            self.not_checked("measures that are named elsewhere", "measures/");
        }
        if !sources {
            self.not_checked("series and sources that are named elsewhere", "sources/");
        }
        if !frameworks && self.root.join("record").is_dir() {
            self.not_checked("record/", "frameworks/");
        }
    }

    /// `templates/` and the folders in it, and `glossary.yaml`.
    pub fn templates(&mut self) -> BTreeMap<String, String> {
        let mut templates = BTreeMap::new();
        if self.root.join("glossary.yaml").is_file() {
            templates.extend(self.read("glossary.yaml").map(|text| ("glossary.yaml".to_owned(), text)));
        }
        let mut folders = vec![String::from("templates")];
        while let Some(folder) = folders.pop() {
            for name in self.names(&folder) {
                let path = format!("{folder}/{name}");
                if self.root.join(&path).is_dir() {
                    folders.push(path);
                } else if let Some(text) = self.read(&path) {
                    templates.insert(path.trim_start_matches("templates/").to_owned(), text);
                }
            }
        }
        templates
    }

    /// What was read, without what has the id of an earlier file's.
    fn once<T>(&mut self, read: Vec<Option<(String, T)>>, id: impl Fn(&T) -> &String) -> Vec<T> {
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        let mut all = Vec::new();
        for (file, item) in read.into_iter().flatten() {
            if let Some(other) = first.get(id(&item)) {
                let found = format!("the id `{}` is that of {other} already", id(&item));
                self.problems.push(Problem::new(&file, Place::FILE, found, "give it another id"));
                continue;
            }
            first.insert(id(&item).clone(), file);
            all.push(item);
        }
        all
    }
}
