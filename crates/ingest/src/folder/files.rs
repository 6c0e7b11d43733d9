//! The files of a folder, each read whole, with the problems met on the way.

use crate::{
    cycle_file::{self, Cycle},
    measures_file::{self, Known},
    problem::{Place, Problem},
    record_file::{self, Names, Text},
    register_file::{self, Body, Lookups},
    source::{self, Lines, Source},
};
use inspection::{framework::Framework, record::Record};
use reference::Register;
use statistics::{comparability::Flag, measure::Measure};
use std::{collections::BTreeMap, fs, io::ErrorKind, path::Path};

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
    pub fn register(&mut self) -> (Register, Vec<Body>, Lookups) {
        // Without the forces nothing else can be understood.
        let Some(text) = self.read("register/forces.csv") else { return Default::default() };
        let forces = register_file::forces("register/forces.csv", &text, self.problems);
        let groups = self.read("register/groups.csv");
        let groups = groups.map(|t| register_file::groups("register/groups.csv", &t, &forces, self.problems));
        let (groups, without) = groups.unwrap_or_default();
        let bodies = self.read("register/bodies.csv");
        let bodies = bodies.map(|t| register_file::bodies("register/bodies.csv", &t, &forces, self.problems));
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
        (Register::new(forces, groups, without), bodies.unwrap_or_default(), lookups)
    }

    /// `measures/*.yaml`, and whether all of it could be read.
    pub fn measures(&mut self, register: &Register) -> (Vec<Measure>, bool) {
        let before = self.problems.len();
        let lists = self.each("measures", "yaml", |file, text, problems| {
            let list = measures_file::measures(file, text, register, problems);
            list.into_iter().map(|(line, m)| (file.to_owned(), line, m)).collect::<Vec<_>>()
        });
        let all_read = self.problems.len() == before;
        let mut first: BTreeMap<String, String> = BTreeMap::new();
        let mut measures = Vec::new();
        for (file, line, measure) in lists.into_iter().flatten() {
            if let Some(other) = first.get(&measure.id) {
                let found = format!("measure `{}` is defined in {other} already", measure.id);
                let remedy = "give it another id, or delete one of the two";
                self.problems.push(Problem::new(&file, Place::line(line), found, remedy));
                continue;
            }
            first.insert(measure.id.clone(), format!("{file}, line {line}"));
            measures.push(measure);
        }
        (measures, all_read)
    }

    /// `measures/comparability.csv`.
    pub fn flags(&mut self, measures: Option<&Vec<Measure>>, register: &Register) -> Vec<Flag> {
        let file = "measures/comparability.csv";
        let text = self.read(file);
        let known = Known { measures: measures.map(Vec::as_slice), register };
        text.map(|t| measures_file::flags(file, &t, &known, self.problems)).unwrap_or_default()
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

    /// `frameworks/*.yaml`.
    pub fn cycles(&mut self) -> Vec<Cycle> {
        let read = self.each("frameworks", "yaml", |file, text, problems| {
            Some((file.to_owned(), cycle_file::cycle(file, text, problems)?))
        });
        self.once(read, |cycle| &cycle.id)
    }

    /// `frameworks/*.yaml` again, for what they ask; the earliest first.
    pub fn frameworks(&mut self) -> Vec<Framework> {
        let read = self.each("frameworks", "yaml", record_file::framework);
        let mut frameworks: Vec<Framework> = read.into_iter().flatten().collect();
        frameworks.sort_by_key(|f| f.data_until);
        frameworks
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
        for framework in frameworks {
            let folder = format!("record/{}", framework.id);
            let at = record_file::At { frameworks, cycle: &framework.id, force: None, names };
            self.each(&folder, "yaml", |file, text, problems| {
                record_file::batch(file, text, &at, &mut record, problems)
            });
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
                self.each(&inside, "yaml", |file, text, problems| {
                    record_file::batch(file, text, &at, &mut record, problems)
                });
                texts.extend(self.each(&inside, "md", |file, text, _| Text::new(file, text, &framework.id, &force.id)));
                if let Some(inspection) = record.inspection(&framework.id, &force.id) {
                    self.problems.extend(
                        inspection
                            .unfinished()
                            .into_iter()
                            .map(|r| Problem::new(&inside, Place::FILE, r.found, r.remedy)),
                    );
                }
            }
        }
        (record, texts)
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
