//! `peelian ledger`, `backup` and `restore`: the store itself.

use crate::{
    arguments::{Backup, LedgerCommand, Restore},
    books::{Books, State},
    outcome::{CannotRun, Outcome, Problems, bad, count, file_error, name, number},
    workspace,
};
use ingest::Folder;
use ledger::{KeptHead, SigningKey, Until, VerifyError, verify_store};
use std::{
    fs,
    io::{BufReader, Write},
    path::Path,
};

/// Carries out a command on the ledger of the folder.
pub fn run(dir: Option<&Path>, command: &LedgerCommand) -> Result<Outcome, CannotRun> {
    let (folder, problems) = workspace::files(&workspace::root(dir)?)?;
    // A setting that cannot be read is no setting that was left out.
    let settings: Vec<_> = problems.into_iter().filter(|p| p.file == ingest::folder::SETTINGS).collect();
    if !settings.is_empty() {
        return Err(CannotRun::Folder(Problems(settings)));
    }
    match command {
        LedgerCommand::Verify { head, key } => verify(&Books::there(&folder)?, head.as_deref(), key.as_deref()),
        LedgerCommand::Due { on } => due(&folder, &Books::there(&folder)?, *on),
        LedgerCommand::Erase { texts, rule, not_due } => erase(&folder, &Books::there(&folder)?, texts, rule, *not_due),
        LedgerCommand::Head { sign } => head(&Books::there(&folder)?, sign.as_deref()),
        LedgerCommand::Export { texts } => export(&Books::there(&folder)?, texts.as_deref()),
        LedgerCommand::Import { file, texts } => import(&Books::open_or_make(&folder)?, file, texts.as_deref()),
    }
}

fn verify(books: &Books, head: Option<&Path>, key: Option<&str>) -> Result<Outcome, CannotRun> {
    let kept = head.map(|path| kept(path, key)).transpose()?;
    match verify_store(books.store(), kept.as_ref().map(|k| &k.head)) {
        Ok(found) => {
            anstream::eprintln!("{found}");
            if kept.is_none() {
                anstream::eprintln!(
                    "That its end was not cut off is only shown by a head kept elsewhere: --head FILE."
                );
            }
            Ok(Outcome::Done)
        }
        Err(VerifyError::Break(found)) => {
            anstream::eprintln!("{} {found}", bad("!"));
            Ok(Outcome::FoundProblems)
        }
        Err(VerifyError::Store(error)) => Err(error.into()),
    }
}

fn kept(path: &Path, key: Option<&str>) -> Result<KeptHead, CannotRun> {
    let text = fs::read_to_string(path).map_err(file_error(path))?;
    KeptHead::read(&text, key).map_err(|error| CannotRun::Argument(format!("{}: {error}", path.display())))
}

/// Prints the head, to be kept elsewhere; signed with the key in a file, which is made where there is none.
fn head(books: &Books, sign: Option<&Path>) -> Result<Outcome, CannotRun> {
    let Some(head) = books.store().head()? else {
        return Err(CannotRun::Argument("the ledger is empty, so it has no head".into()));
    };
    let Some(path) = sign else {
        out!("{head}");
        return Ok(Outcome::Done);
    };
    let key = if path.exists() {
        let text = fs::read_to_string(path).map_err(file_error(path))?;
        text.trim().parse::<SigningKey>().map_err(|e| CannotRun::Argument(format!("{}: {e}", path.display())))?
    } else {
        let key = SigningKey::generate();
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(file_error(path))?;
        writeln!(file, "{}", key.secret()).map_err(file_error(path))?;
        anstream::eprintln!("Made {}; keep it secret, and the ledger's readers its public key:", name(path.display()));
        anstream::eprintln!("{}", key.public_key());
        key
    };
    let signed = key.sign(head, jiff::Timestamp::now());
    out!("{}", serde_json::to_string(&signed).unwrap_or_default());
    Ok(Outcome::Done)
}

fn export(books: &Books, texts: Option<&Path>) -> Result<Outcome, CannotRun> {
    let failed = |e: ledger::ExportError| CannotRun::Argument(e.to_string());
    let mut out = std::io::stdout().lock();
    let head = ledger::export(books.store(), &mut out).map_err(failed)?;
    out.flush().map_err(file_error(Path::new("standard output")))?;
    if let Some(path) = texts {
        let mut file = fs::File::create(path).map_err(file_error(path))?;
        ledger::export_texts(books.store(), head.map_or(0, |head| head.seq), &mut file).map_err(failed)?;
    }
    Ok(Outcome::Done)
}

fn import(books: &Books, file: &Path, texts: Option<&Path>) -> Result<Outcome, CannotRun> {
    let open = |path: &Path| fs::File::open(path).map(BufReader::new).map_err(file_error(path));
    let failed = |e: ledger::ImportError| CannotRun::Argument(format!("{}: {e}", file.display()));
    let head = match texts {
        Some(path) => ledger::import_with_texts(books.store(), open(file)?, open(path)?, None),
        None => ledger::import(books.store(), open(file)?, None),
    };
    let head = head.map_err(failed)?;
    anstream::eprintln!(
        "Imported; {}.",
        head.map_or_else(|| "it is empty".into(), |head| format!("it ends at {head}"))
    );
    Ok(Outcome::Done)
}

/// Lists the texts that are due for erasure.
fn due(folder: &Folder, books: &Books, on: Option<jiff::civil::Date>) -> Result<Outcome, CannotRun> {
    let day = on.unwrap_or_else(today);
    let due = due_on(folder, books, on)?;
    for entry in &due {
        let rule = entry.retention.as_deref().unwrap_or_default();
        out!("{}  {rule}  event {}, {}", name(&entry.id), entry.seq, entry.at);
    }
    anstream::eprintln!("{} due for erasure on {day}.", count(due.len(), "text"));
    Ok(Outcome::Done)
}

fn today() -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn due_on(folder: &Folder, books: &Books, on: Option<jiff::civil::Date>) -> Result<Vec<ledger::Entry>, CannotRun> {
    ledger::due(books.store(), &folder.settings.retention, on.unwrap_or_else(today))
        .map_err(|e| CannotRun::Argument(format!("{e}\nThe rules stand in peelian.toml under [retention].")))
}

/// Erases texts under a rule: the words go, the event that says who, when and under which rule stays.
///
/// A text that is not due under the rule is erased only when that is asked for on purpose.
fn erase(folder: &Folder, books: &Books, texts: &[String], rule: &str, not_due: bool) -> Result<Outcome, CannotRun> {
    let unknown = |id: &&String| books.store().text(id).is_ok_and(|entry| entry.is_none());
    if let Some(id) = texts.iter().find(unknown) {
        return Err(CannotRun::Argument(format!(
            "the vault holds no text `{id}`; nothing was erased\n`peelian ledger due` lists those that are due."
        )));
    }
    let due = due_on(folder, books, None)?;
    for id in texts.iter().filter(|_| !not_due) {
        let entry = books.store().text(id)?.filter(|entry| entry.words().is_some());
        if entry.is_some() && !due.iter().any(|d| d.id == *id && d.retention.as_deref() == Some(rule)) {
            let kept = entry.and_then(|e| e.retention).map_or_else(|| "no rule".to_owned(), |r| format!("`{r}`"));
            return Err(CannotRun::Argument(format!(
                "`{id}` is kept under {kept} and not due under `{rule}` today; nothing was erased\nAdd --not-due to erase it all the same, and say under --rule why."
            )));
        }
    }
    let session = books.session()?;
    for id in texts {
        let event = ledger::erasure(id, rule);
        let command =
            format!("erase-{id}").parse().map_err(|e: ledger::NotACommandId| CannotRun::Argument(e.to_string()))?;
        let decide = move |_: &State| Ok::<_, std::convert::Infallible>(vec![event]);
        session
            .submit(&command, "keeper", jiff::Timestamp::now(), decide)
            .map_err(|e| CannotRun::Argument(e.to_string()))?;
        anstream::eprintln!("{} is erased under {rule}.", name(id));
    }
    Ok(Outcome::Done)
}

/// `backup`.
pub fn backup(dir: Option<&Path>, options: &Backup) -> Result<Outcome, CannotRun> {
    let (folder, _) = workspace::files(&workspace::root(dir)?)?;
    let books = Books::there(&folder)?;
    if let Err(VerifyError::Break(found)) = verify_store(books.store(), None) {
        anstream::eprintln!("{} {found}", bad("!"));
        anstream::eprintln!("The ledger does not hold together, so it was not backed up; keep the earlier backups.");
        return Ok(Outcome::FoundProblems);
    }
    let manifest = ledger::backup(books.store(), &options.to, jiff::Timestamp::now())
        .map_err(|e| CannotRun::Argument(e.to_string()))?;
    let head = manifest.head.map_or_else(|| "an empty ledger".into(), |head| format!("up to {head}"));
    anstream::eprintln!("{}: {head}, {} texts.", name(options.to.display()), number(manifest.texts));
    Ok(Outcome::Done)
}

/// `restore`.
pub fn restore(dir: Option<&Path>, options: &Restore) -> Result<Outcome, CannotRun> {
    let (folder, _) = workspace::files(&workspace::root(dir)?)?;
    let books = Books::open_or_make(&folder)?;
    let until = match (options.seq, options.time) {
        (Some(seq), _) => Until::Seq(seq),
        (None, Some(time)) => Until::Time(time),
        (None, None) => Until::End,
    };
    let restored =
        ledger::restore(&options.from, books.store(), until).map_err(|e| CannotRun::Argument(e.to_string()))?;
    let end = restored.head.as_ref().map_or(0, |head| head.seq);
    if let Some(seq) = options.seq.filter(|seq| *seq > end) {
        anstream::eprintln!("{} the backup ends at event {end}, before event {seq}", bad("!"));
    }
    anstream::eprintln!("Restored. {}", restored.verified);
    Ok(Outcome::Done)
}
