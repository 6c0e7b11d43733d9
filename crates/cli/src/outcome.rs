//! How a command ends, and the few colours of the command line: one for names, one for numbers, none where there is no terminal.

use ingest::Problem;
use std::fmt;

/// How a command that ran came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The work is done; what was dirty has been told.
    Done,
    /// Problems were found and told.
    FoundProblems,
}

/// Why a command could not be run, as a sentence with its remedy.
#[derive(Debug, thiserror::Error)]
pub enum CannotRun {
    /// There is no inspectorate's folder here.
    #[error(
        "there is no peelian.toml in {0}\nMake an inspectorate's folder with `peelian new DIR`, or name one with --dir DIR."
    )]
    NoFolder(String),
    /// Problems in the folder stand in the way.
    #[error("the inspectorate's folder has problems\n{0}\nPut them right; `peelian check` lists them again.")]
    Folder(Problems),
    /// An argument names nothing that exists.
    #[error("{0}")]
    Argument(String),
    /// A file or folder cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The ledger failed.
    #[error("{0}{cause}", cause = std::error::Error::source(.0).map(|c| format!("\n{c}")).unwrap_or_default())]
    Ledger(#[from] ledger::StoreError),
    /// A document cannot be printed.
    #[error("{0}")]
    Printing(String),
}

/// A list of problems, one a line.
#[derive(Debug)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let line_end = if index + 1 < self.0.len() { "\n" } else { "" };
            write!(f, "  {problem}{line_end}")?;
        }
        Ok(())
    }
}

/// A failure to read or write.
pub fn file_error(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> CannotRun {
    let path = path.display().to_string();
    move |error| CannotRun::File { path, error }
}

/// Tells problems on standard error, at most 40 of them one by one.
pub fn tell(problems: &[Problem]) {
    const MOST: usize = 40;
    for problem in problems.iter().take(MOST) {
        anstream::eprintln!("{} {problem}", bad("!"));
    }
    if problems.len() > MOST {
        anstream::eprintln!("{} and {} more like these", bad("!"), problems.len() - MOST);
    }
}

const RESET: &str = "\x1b[0m";

/// A name, in its colour.
pub fn name(text: impl fmt::Display) -> String {
    format!("\x1b[36m{text}{RESET}")
}

/// A number, in its colour.
pub fn number(text: impl fmt::Display) -> String {
    format!("\x1b[1m{text}{RESET}")
}

/// A count in its colour with its noun, which takes an s after every count but 1: "1 remark", "4 remarks".
pub fn count(count: impl TryInto<u64> + Copy + fmt::Display, noun: &str) -> String {
    let digits = reference::group_thousands(&count.to_string());
    format!("{} {}", number(digits), ingest::wording::plural(count, noun))
}

/// A word that warns.
pub fn bad(text: impl fmt::Display) -> String {
    format!("\x1b[1;31m{text}{RESET}")
}

/// A line on standard output, with colours only where a terminal shows them. When whoever reads it has gone (`| head`), the program
/// ends quietly.
pub fn line(text: fmt::Arguments<'_>) {
    use std::io::{ErrorKind, Write};
    match writeln!(anstream::stdout().lock(), "{text}") {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => {
            anstream::eprintln!("{}: standard output cannot be written: {error}", bad("error"));
            std::process::exit(2);
        }
    }
}

/// A [`line()`] with the arguments of `println!`.
#[macro_export]
macro_rules! out {
    ($($arguments:tt)*) => { $crate::outcome::line(format_args!($($arguments)*)) };
}
