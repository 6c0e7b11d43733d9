//! An inspectorate's folder in a temporary place, and the program run in it.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

/// The header of `compare --format csv`, as the contract has it.
pub const HEADER: &str = "measure,force,period,numerator,denominator,value,status,comparator,comparator_value,z_mean,\
                          verdict_mean,z_ew,verdict_ew,excluded";

/// What a run of the program left.
#[derive(Debug)]
pub struct Ran {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// The run, which must have ended with this status.
    #[track_caller]
    pub fn ended(self, status: i32) -> Self {
        assert_eq!(self.status, status, "standard output:\n{}\nstandard error:\n{}", self.out, self.err);
        self
    }

    /// The run, whose standard error must hold each of these.
    #[track_caller]
    pub fn telling(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not told:\n{}", self.err);
        }
        self
    }
}

/// One line of `compare --format csv`, every cell as printed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Row {
    pub measure: String,
    pub force: String,
    pub period: String,
    pub numerator: String,
    pub denominator: String,
    pub value: String,
    pub status: String,
    pub comparator: String,
    pub comparator_value: String,
    pub z_mean: String,
    pub verdict_mean: String,
    pub z_ew: String,
    pub verdict_ew: String,
    pub excluded: String,
}

/// A folder and the program.
pub struct Inspectorate {
    place: TempDir,
}

impl Inspectorate {
    /// What `peelian new` makes: no figures.
    pub fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        run(place.path(), &["new", "inspectorate"]).ended(0);
        Self { place }
    }

    /// With the releases that the repository ships.
    pub fn with_figures() -> Self {
        let inspectorate = Self::new();
        copy(&repository().join("examples/observations"), &inspectorate.path().join("observations"));
        inspectorate
    }

    /// With the record of the example too.
    pub fn with_the_record() -> Self {
        let inspectorate = Self::with_figures();
        copy(&repository().join("examples/record"), &inspectorate.path().join("record"));
        inspectorate
    }

    /// A folder for exercises in which those steps of Exercise Plumbline were acted that come before the first one with these words; all
    /// of them without.
    pub fn with_the_exercise(until: Option<&str>) -> Self {
        let inspectorate = Self::for_exercises();
        inspectorate.write("plumbline.yaml", &plumbline(until));
        inspectorate.run(&["act", "plumbline.yaml"]).ended(0);
        inspectorate
    }

    /// A folder for exercises.
    pub fn for_exercises() -> Self {
        let inspectorate = Self::new();
        inspectorate.edit("peelian.toml", "# exercises = true", "exercises = true");
        inspectorate
    }

    /// With releases ingested from published originals, named from `../shared/data`. `None` where the originals are not.
    pub fn of_originals(names: &[&str]) -> Option<Self> {
        let data = originals()?;
        let inspectorate = Self::new();
        let files: Vec<String> = names.iter().map(|name| data.join(name).display().to_string()).collect();
        let mut arguments = vec!["ingest"];
        arguments.extend(files.iter().map(String::as_str));
        inspectorate.run(&arguments).ended(0);
        Some(inspectorate)
    }

    /// The inspectorate's folder.
    pub fn path(&self) -> PathBuf {
        self.place.path().join("inspectorate")
    }

    /// Runs the program in the folder.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        run(&self.path(), arguments)
    }

    /// Writes a file below the folder.
    pub fn write(&self, file: &str, text: &str) {
        fs::write(self.path().join(file), text).unwrap();
    }

    /// Replaces words in a file below the folder, where they must be.
    #[track_caller]
    pub fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "`{from}` is not in {file}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
    }

    /// The ids of the forces in scope, in order.
    pub fn forces(&self) -> Vec<String> {
        let mut reader = csv::Reader::from_path(self.path().join("register/forces.csv")).unwrap();
        let columns = reader.headers().unwrap().clone();
        let place = |name| columns.iter().position(|column| column == name).unwrap();
        let (id, scope) = (place("id"), place("in_scope"));
        let records = reader.records().map(Result::unwrap).filter(|record| &record[scope] == "yes");
        let mut forces: Vec<String> = records.map(|record| record[id].to_owned()).collect();
        forces.sort();
        forces
    }

    /// Writes a force's data pack of 2018/19 in these formats to the edition `out`, and gives the edition's folder.
    #[track_caller]
    pub fn report(&self, force: &str, formats: &str) -> PathBuf {
        let options = ["--cycle", "2018-19", "--product", "data-pack", "--out", "out", "--format", formats];
        self.run(&[&["report", "--force", force], &options[..]].concat()).ended(0);
        self.path().join("out")
    }

    /// The lines of `compare`.
    #[track_caller]
    pub fn compare(&self, measure: &str, options: &[&str]) -> Vec<Row> {
        let mut arguments = vec!["compare", measure, "--format", "csv"];
        arguments.extend(options);
        rows(&self.run(&arguments).ended(0).out)
    }

    /// The line of Hertfordshire at a period.
    #[track_caller]
    pub fn hertfordshire(&self, measure: &str, period: &str, options: &[&str]) -> Row {
        let mut all = vec!["--force", "hertfordshire", "--period", period];
        all.extend(options);
        let mut rows = self.compare(measure, &all);
        assert_eq!(rows.len(), 1);
        rows.remove(0)
    }
}

/// The lines of a table that `compare` printed.
#[track_caller]
pub fn rows(csv: &str) -> Vec<Row> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(|row| row.expect("a line with every column")).collect()
}

/// Runs the program in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Ran {
    run_with(folder, arguments, "")
}

/// Runs the program in a folder with this on its standard input.
pub fn run_with(folder: &Path, arguments: &[&str], input: &str) -> Ran {
    let mut program = Command::new(env!("CARGO_BIN_EXE_peelian"));
    program.args(arguments).current_dir(folder);
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that does not read its input may have ended before it was written.
    let _closed = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The steps of Exercise Plumbline that come before the first one with these words; all of them without.
#[track_caller]
pub fn plumbline(until: Option<&str>) -> String {
    let file = fs::read_to_string(repository().join("examples/exercises/plumbline.yaml")).unwrap();
    let Some(words) = until else { return file };
    let at = file.find(words).unwrap_or_else(|| panic!("`{words}` is not in the exercise"));
    file[..file[..at].rfind("\n- ").unwrap() + 1].to_owned()
}

/// A file of JSON.
#[track_caller]
pub fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The root of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The folder of published originals beside the repository, where there is one.
pub fn originals() -> Option<PathBuf> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if !data.is_dir() {
        println!("skipped: ../shared is not here");
    }
    data.is_dir().then_some(data)
}

/// A printed number.
#[track_caller]
pub fn number(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|e| panic!("`{text}`: {e}"))
}

/// Rounded half away from zero, as a published table is.
pub fn rounded(number: Decimal, decimals: u32) -> Decimal {
    number.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every file below a folder, by its path from there.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for path in below(folder, &|_| true) {
        let name = path.strip_prefix(folder).unwrap().display().to_string();
        found.insert(name, fs::read(&path).unwrap());
    }
    found
}

/// The paths of every file below a folder, not entering the folders that `enters` refuses.
pub fn below(folder: &Path, enters: &dyn Fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        match path.is_dir() {
            true if enters(&path) => found.extend(below(&path, enters)),
            true => {}
            false => found.push(path),
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    for path in below(from, &|_| true) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&path, &target).unwrap();
    }
}
