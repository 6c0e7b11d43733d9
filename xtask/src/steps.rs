//! The steps of a check, run one after the other to the end, so that everything that fails is known at once.

use crate::{machine, tidy};
use std::{
    path::PathBuf,
    process::{Command, ExitCode},
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

/// The repository's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, PathBuf::from)
}
