//! What reading record-level files has to tell: how far it is, what could not be read, and which rows were refused.

use crate::{
    content::CONTENT,
    outcome::{CannotRun, bad, count, name, number},
    workspace,
};
use ingest::{folder, register_file};
use records::{Cube, Fault, FileReport, Kind, Progress};
use reference::Register;
use std::{
    collections::BTreeMap,
    io::IsTerminal,
    path::{Path, PathBuf},
    sync::{atomic::Ordering, mpsc},
    time::{Duration, Instant},
};

/// How many files are told one by one.
const MOST: usize = 20;

/// The forces of the folder that the command works in; of what comes with the program where it works in none.
pub fn register(dir: Option<&Path>) -> Result<Register, CannotRun> {
    let here = std::env::current_dir().map_err(crate::outcome::file_error(Path::new(".")))?;
    if dir.is_some() || folder::find(&here).is_some() {
        return Ok(workspace::files(&workspace::root(dir)?)?.0.register);
    }
    let text = CONTENT.get_file("register/forces.csv").and_then(|f| f.contents_utf8()).unwrap_or_default();
    Ok(Register::new(register_file::forces("register/forces.csv", text, &mut Vec::new()), Vec::new(), Vec::new()))
}

/// Does the work, and says how far it is once that takes over a second. One line that is drawn again on a terminal, nothing elsewhere.
pub fn shown<T: Send>(progress: &Progress, work: impl FnOnce() -> T + Send) -> T {
    if !std::io::stderr().is_terminal() {
        return work();
    }
    let since = Instant::now();
    std::thread::scope(|scope| {
        let (done, is_done) = mpsc::channel::<()>();
        scope.spawn(move || {
            while is_done.recv_timeout(Duration::from_millis(200)) == Err(mpsc::RecvTimeoutError::Timeout) {
                if since.elapsed() > Duration::from_secs(1) {
                    draw(progress, since.elapsed());
                }
            }
            anstream::eprint!("\r{}\r", " ".repeat(70));
        });
        let result = work();
        drop(done);
        result
    })
}

fn draw(progress: &Progress, elapsed: Duration) {
    let (bytes, of) = (progress.bytes.load(Ordering::Relaxed), progress.of.load(Ordering::Relaxed));
    let rows = reference::group_thousands(&progress.rows.load(Ordering::Relaxed).to_string());
    let left = match u128::from(of.saturating_sub(bytes)) * elapsed.as_millis() / u128::from(bytes.max(1)) / 1000 {
        _ if bytes == 0 => String::new(),
        seconds => format!(", {seconds} s left"),
    };
    anstream::eprint!("\r  {} of {} MB, {} rows{left}   ", number(bytes / 1_000_000), of / 1_000_000, rows);
}

/// What of these files are counts that were saved before, and the others.
pub fn saved(files: &[PathBuf]) -> (Vec<(&Path, Cube)>, Vec<PathBuf>) {
    let (mut saved, mut others) = (Vec::new(), Vec::new());
    for path in files {
        let is_parquet = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet"));
        match Cube::load(path) {
            Ok(cube) if is_parquet => saved.push((path.as_path(), cube)),
            _ => others.push(path.clone()),
        }
    }
    (saved, others)
}

/// Tells of files that seem to be given twice: a file and the same one packed, or the same file of two archives.
fn twice(files: &[FileReport]) {
    let mut first: BTreeMap<(Option<Kind>, &str), &str> = BTreeMap::new();
    for file in files.iter().filter(|f| f.problem.is_none()) {
        let own = file.name.rsplit(['/', '\\', ':']).next().unwrap_or(&file.name);
        let own = own.strip_suffix(".gz").unwrap_or(own);
        // Only names with a month say which file it is.
        let dated = own.as_bytes().first_chunk::<8>().is_some_and(|n| {
            n.iter().enumerate().all(|(at, b)| if at == 4 || at == 7 { *b == b'-' } else { b.is_ascii_digit() })
        });
        if let Some(other) = dated.then(|| first.insert((file.kind, own), &file.name)).flatten() {
            anstream::eprintln!(
                "{} {} and {} have one name and are both counted: leave one out if they are one file",
                bad("!"),
                name(other),
                name(&file.name)
            );
        }
    }
}

/// Tells what was not read and what was refused. How many files could be read.
pub fn tell(files: &[FileReport]) -> usize {
    twice(files);
    let unread: Vec<&FileReport> = files.iter().filter(|f| f.problem.is_some()).collect();
    for file in unread.iter().take(MOST) {
        if let Some(problem) = &file.problem {
            anstream::eprintln!("{} {} {problem}", bad("!"), name(&file.name));
        }
    }
    more(unread.len());
    let refused: Vec<&FileReport> = files.iter().filter(|f| f.refused > 0).collect();
    for file in refused.iter().take(MOST) {
        anstream::eprintln!("{} {}: {} refused", bad("!"), name(&file.name), count(file.refused, "row"));
        for (line, fault) in &file.first_refused {
            anstream::eprintln!("    line {line} {}", why(*fault));
        }
    }
    more(refused.len());
    files.iter().filter(|f| f.rows > 0 || f.problem.is_none()).count()
}

fn more(files: usize) {
    if files > MOST {
        anstream::eprintln!("{} and {} more files like these", bad("!"), files - MOST);
    }
}

fn why(fault: Fault) -> String {
    match fault {
        Fault::Fields(fields) => {
            format!("has {} and not as many as the header: quote a comma that is text", count(fields, "field"))
        }
        Fault::NotUtf8 => "is not UTF-8: save the file in that encoding".to_owned(),
        Fault::TooLong => "is longer than a mebibyte: a quotation mark may never be closed".to_owned(),
    }
}
