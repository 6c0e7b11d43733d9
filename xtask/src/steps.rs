//! The steps of a check, run one after the other to the end, so that everything that fails is known at once.

use crate::{machine, tidy};
use std::{
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, Command, ExitCode, Stdio},
    time::Instant,
};

/// How a step ended.
pub enum Ended {
    /// Well.
    Passed,
    /// What it needs is not on this machine and cannot be installed; the command that would install it.
    Skipped(String),
    /// Badly.
    Failed,
}

/// A named step.
pub struct Step {
    name: &'static str,
    run: fn() -> Ended,
}

/// Format, lints, documentation, tidiness.
pub fn quick() -> Vec<Step> {
    vec![
        Step { name: "tidiness", run: tidy::check },
        Step { name: "format", run: || cargo(&["fmt", "--all", "--check"]) },
        Step {
            name: "lints",
            run: || cargo(&["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        },
        Step { name: "documentation", run: documentation },
    ]
}

/// All that CI runs. The tests come last but for what is printed from them, so that their closing line is near the end.
pub fn everything() -> Vec<Step> {
    let mut steps = quick();
    steps.push(Step { name: "PostgreSQL for the ledger's tests", run: postgresql });
    steps.push(Step { name: "tests", run: tests });
    steps.push(Step { name: "records beside DuckDB and Polars", run: records });
    steps.push(Step { name: "example site", run: demo });
    steps.push(Step { name: "workbooks in LibreOffice", run: workbooks });
    steps.push(Step { name: "pages in Chromium", run: browser });
    steps.push(Step { name: "the served site: journeys, pictures", run: served });
    steps.push(Step { name: "the API against its description", run: api });
    steps
}

/// Runs the steps and says how each ended.
pub fn run(steps: &[Step]) -> ExitCode {
    let mut lines = Vec::new();
    let mut failed = false;
    for step in steps {
        eprintln!("== {}", step.name);
        let since = Instant::now();
        let ended = (step.run)();
        let seconds = since.elapsed().as_secs();
        lines.push(match ended {
            Ended::Passed => format!("passed   {:>4} s  {}", seconds, step.name),
            Ended::Skipped(how) => format!("SKIPPED         {}: {how}", step.name),
            Ended::Failed => {
                failed = true;
                format!("FAILED   {:>4} s  {}", seconds, step.name)
            }
        });
    }
    eprintln!("\n{}", lines.join("\n"));
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// Runs a command in the repository.
pub fn command(program: &str, arguments: &[&str]) -> Ended {
    status(Command::new(program).args(arguments))
}

fn status(command: &mut Command) -> Ended {
    match command.current_dir(root()).status() {
        Ok(status) if status.success() => Ended::Passed,
        Ok(_) => Ended::Failed,
        Err(error) => {
            eprintln!("{} cannot be run: {error}", command.get_program().to_string_lossy());
            Ended::Failed
        }
    }
}

fn cargo(arguments: &[&str]) -> Ended {
    command("cargo", arguments)
}

fn documentation() -> Ended {
    status(
        Command::new("cargo")
            .args(["doc", "--locked", "--workspace", "--no-deps", "--quiet"])
            .env("RUSTDOCFLAGS", "-D warnings"),
    )
}

/// Without it the ledger is tested on SQLite alone.
fn postgresql() -> Ended {
    machine::needs_postgresql().map_or_else(Ended::Skipped, |()| Ended::Passed)
}

/// cargo-nextest where it is installed, `cargo test` otherwise.
fn tests() -> Ended {
    let nextest = Command::new("cargo").args(["nextest", "--version"]).output().is_ok_and(|o| o.status.success());
    if nextest {
        cargo(&["nextest", "run", "--locked", "--workspace", "--no-fail-fast"])
    } else {
        cargo(&["test", "--locked", "--workspace", "--no-fail-fast"])
    }
}

/// Counts the published files of records, and compares every cell with two engines from PyPI.
fn records() -> Ended {
    let published = root().join("../shared/data/police_uk");
    if !published.is_dir() {
        return Ended::Skipped("the published files are not in ../shared/data/police_uk".to_owned());
    }
    let venv = target().join("records-venv");
    let python = venv.join("bin/python");
    let made =
        python.is_file() || Command::new("python3").args(["-m", "venv"]).arg(&venv).status().is_ok_and(|s| s.success());
    let requirements = "tests/records/requirements.txt";
    let install =
        || status(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--requirement", requirements]));
    if !made || !matches!(install(), Ended::Passed) {
        return Ended::Skipped(format!(
            "no registry answers; `pip install -r {requirements}` would install DuckDB and Polars"
        ));
    }
    if !matches!(cargo(&["build", "--locked", "--quiet", "-p", "records", "--example", "count"]), Ended::Passed) {
        return Ended::Failed;
    }
    let program = target().join("debug/examples/count");
    status(Command::new(&python).arg("tests/records/compare.py").arg(program).arg(published))
}

/// Writes files of records that were never published, with the arguments that follow.
pub fn generate() -> ExitCode {
    let mut command = Command::new("cargo");
    command.args(["run", "--locked", "--release", "--quiet", "-p", "records", "--example", "generate", "--"]);
    match command.args(std::env::args().skip(2)).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) | Err(_) => ExitCode::FAILURE,
    }
}

/// The folder that the example is published in for the steps after it.
fn example() -> PathBuf {
    target().join("example")
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

fn demo() -> Ended {
    // One that an earlier version of the example left is none of this version's.
    let _absent = std::fs::remove_dir_all(example());
    let path = example().display().to_string();
    cargo(&["run", "--locked", "--quiet", "-p", "peelian", "--", "demo", "--no-serve", "--dir", &path])
}

fn workbooks() -> Ended {
    if let Err(how) = machine::needs("soffice", "libreoffice-calc-nogui") {
        return Ended::Skipped(how);
    }
    // Between them these folders hold a workbook of every kind of document.
    for cycle in ["2015", "2016", "2018-19"] {
        let folder = example().join("site").join(cycle).join("hertfordshire").display().to_string();
        match command("bash", &["tests/workbooks/roundtrip.sh", &folder]) {
            Ended::Passed => {}
            other => return other,
        }
    }
    Ended::Passed
}

fn browser() -> Ended {
    if let Err(how) = machine::needs("chromium", "chromium") {
        return Ended::Skipped(how);
    }
    let install =
        status(Command::new("npm").args(["ci", "--prefix", "tests/browser", "--no-audit", "--no-fund", "--silent"]));
    if !matches!(install, Ended::Passed) {
        return Ended::Failed;
    }
    let site = example().join("site").display().to_string();
    command("node", &["tests/browser/run.mjs", &site, "--kinds"])
}

/// What people come for, on the served example; and its pages beside the pictures that were looked at.
fn served() -> Ended {
    if let Err(how) = machine::needs("chromium", "chromium") {
        return Ended::Skipped(how);
    }
    let Some(server) = Served::begin() else { return Ended::Failed };
    match command("node", &["tests/browser/journeys.mjs", &server.origin]) {
        Ended::Passed => command("node", &["tests/browser/pictures.mjs", &server.origin]),
        other => other,
    }
}

/// Schemathesis asks what the description allows and what it forbids. An `after` that names no row is refused, which no schema can say.
fn api() -> Ended {
    let tools = target().join("python");
    let bin = tools.join("bin");
    let (python, runner) = (bin.join("python").display().to_string(), bin.join("st").display().to_string());
    let folder = tools.display().to_string();
    let made = python_is_there() && matches!(command("python3", &["-m", "venv", &folder]), Ended::Passed);
    let install = ["-m", "pip", "install", "--quiet", "--requirement", "tests/api/requirements.txt"];
    if !made || !matches!(command(&python, &install), Ended::Passed) {
        return Ended::Skipped(
            "it needs Python with venv and the Python registry: apt-get install python3-venv".into(),
        );
    }
    let Some(server) = Served::begin() else { return Ended::Failed };
    let description = format!("{}/api/v1/openapi.json", server.origin);
    // What is forbidden is asked for systematically; by chance it would also be what a query cannot tell from an empty value.
    let asked = |options: &[&str]| {
        let common = ["run", &description, "--seed", "1", "--exclude-checks", "positive_data_acceptance"];
        command(&runner, &[&common[..], options].concat())
    };
    match asked(&["--phases", "coverage"]) {
        Ended::Passed => asked(&["--phases", "fuzzing", "--mode", "positive", "--max-examples", "30"]),
        other => other,
    }
}

fn python_is_there() -> bool {
    Command::new("python3").args(["-c", "import venv, ensurepip"]).status().is_ok_and(|status| status.success())
}

/// The example, served on a free port of this machine until it is dropped.
struct Served {
    child: Child,
    origin: String,
}

impl Served {
    fn begin() -> Option<Self> {
        let settings = example().join("peelian.toml");
        let text = std::fs::read_to_string(&settings).ok()?;
        if !text.contains("[serve]") {
            // One browser asks faster than a crowd of people.
            std::fs::write(&settings, text + "\n[serve]\nrequests-per-second = 0\nlog-requests = false\n").ok()?;
        }
        let program = target().join("debug").join("peelian");
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .current_dir(example())
            .stderr(Stdio::piped())
            .spawn()
            .ok()?;
        let mut lines = BufReader::new(child.stderr.take()?).lines().map_while(Result::ok);
        let origin =
            lines.find_map(|line| Some(format!("http://{}", line.split_once("http://")?.1.split('/').next()?)));
        // A pipe that nobody empties would stop the server.
        std::thread::spawn(move || lines.for_each(drop));
        let Some(origin) = origin else {
            let _ended = child.kill();
            return None;
        };
        Some(Self { child, origin })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// The repository's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, PathBuf::from)
}
