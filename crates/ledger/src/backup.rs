//! Backup into a folder and restore from it, on either database.
//!
//! A backup is what an export is, three files of JSON Lines and a manifest that is written last:
//!
//! | file | holds |
//! | --- | --- |
//! | `events.jsonl` | every event, as `peelian ledger export` prints it |
//! | `texts.jsonl` | every text of the vault, or what an erasure has left of it |
//! | `commands.jsonl` | under which id each event was recorded, so that a command sent again after a restore is recognised |
//! | `manifest.json` | when, the head, how many lines, and the SHA-256 of each file |
//!
//! Writers go on while it is made. It holds the texts: keep it as safe as the ledger, and no longer than their retention.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::chain::{Break, Head};
use crate::event::CommandId;
use crate::lines::{ExportError, ImportError, events_in, export_texts, lines_in, texts_in, write_lines};
use crate::store::{AppendError, FillError, Store, StoreError, VerifyError};
use crate::vault::{self, Erased, Text, erasure, hex};
use crate::verify::{Chain, Verified, verify_store};

const EVENTS: &str = "events.jsonl";
const TEXTS: &str = "texts.jsonl";
const COMMANDS: &str = "commands.jsonl";
const MANIFEST: &str = "manifest.json";

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// When it was made, in UTC.
    pub at: Timestamp,
    /// Where the ledger ended; `None` when it was empty.
    pub head: Option<Head>,
    /// How many texts it holds, erased ones too.
    pub texts: u64,
    /// SHA-256 of each file, in hexadecimal.
    pub files: BTreeMap<String, String>,
}

/// Up to where to restore.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// All there is.
    End,
    /// Up to and with this event.
    Seq(u64),
    /// Up to the first event that was recorded after this time.
    Time(Timestamp),
}

/// What a restore has made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The last event taken from the backup; `None` when there is none.
    pub head: Option<Head>,
    /// Texts whose erasure came after that event and was recorded again behind it: what is erased stays erased.
    pub erased_again: u64,
    /// The store as it was verified at the end.
    pub verified: Verified,
}

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is something in the folder.
    #[error("{} is not empty; name a folder that is, or that does not exist", folder.display())]
    NotEmpty {
        /// Which.
        folder: PathBuf,
    },
    /// A file could not be written.
    #[error("{} cannot be written; make room, or name another folder", path.display())]
    Write {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why nothing was restored. The store is empty as before, unless the error says otherwise.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// A file of the backup cannot be read.
    #[error("{} cannot be read; name the folder of a whole backup", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// The manifest is none.
    #[error("{} is not the manifest of a backup ({problem}); take another backup", path.display())]
    Manifest {
        /// Which.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A file is not what it was when the backup was made.
    #[error("{} was changed or cut off after the backup was made: its SHA-256 is not the manifest's; take another backup", path.display())]
    Changed {
        /// Which.
        path: PathBuf,
    },
    /// A line does not read.
    #[error("{}: {problem}", path.display())]
    Line {
        /// Of which file.
        path: PathBuf,
        /// Which line, and why.
        problem: ImportError,
    },
    /// The backup does not hold together.
    #[error(transparent)]
    Break(#[from] Break),
    /// The store is not empty or failed.
    #[error(transparent)]
    Fill(#[from] FillError),
    /// An erasure could not be recorded again: remove the store and restore once more.
    #[error(
        "the events are restored, and an erasure after them could not be recorded again; remove the store and restore once more"
    )]
    Erasure(#[source] AppendError),
    /// The store does not hold what was put into it: remove it and restore once more.
    #[error(transparent)]
    Verify(#[from] VerifyError),
}

/// Writes a backup of a store into a folder that is empty or not there. The files appear under a name beside it and get
/// their own at the end, so a folder of that name is a whole backup. `at` is what the manifest says.
pub fn backup(store: &dyn Store, folder: &Path, at: Timestamp) -> Result<Manifest, BackupError> {
    let at_path = |path: &Path| {
        let path = path.to_owned();
        move |cause| BackupError::Write { path, cause }
    };
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(BackupError::NotEmpty { folder: folder.to_owned() });
    }
    let partial = beside(folder);
    let _absent = fs::remove_dir_all(&partial);
    fs::create_dir_all(&partial).map_err(at_path(&partial))?;
    let done = write_files(store, &partial, at);
    let done = done.and_then(|manifest| {
        let _absent = fs::remove_dir(folder);
        fs::rename(&partial, folder).map_err(at_path(folder))?;
        let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(parent).and_then(|parent| parent.sync_all()).map_err(at_path(parent))?;
        Ok(manifest)
    });
    if done.is_err() {
        let _gone = fs::remove_dir_all(&partial);
    }
    done
}

fn beside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".partial");
    folder.with_file_name(name)
}

/// What writes the lines of a file.
type Lines<'l> = &'l mut dyn FnMut(&mut Digested<BufWriter<File>>) -> Result<(), ExportError>;

fn write_files(store: &dyn Store, folder: &Path, at: Timestamp) -> Result<Manifest, BackupError> {
    let mut files = BTreeMap::new();
    let mut write = |name: &str, lines: Lines<'_>| {
        let path = folder.join(name);
        let failed = |cause| BackupError::Write { path: path.clone(), cause };
        let file = File::create(&path).map_err(failed)?;
        let mut out = Digested { out: BufWriter::new(file), digest: Sha256::new() };
        lines(&mut out).map_err(|error| match error {
            ExportError::Store(error) => BackupError::Store(error),
            ExportError::Write(cause) => failed(cause),
        })?;
        let file = out.out.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)?;
        files.insert(name.to_owned(), hex(&out.digest.finalize()));
        Ok::<_, BackupError>(())
    };
    let (mut head, mut texts) = (None, 0);
    write(EVENTS, &mut |out| crate::export(store, out).map(|end| head = end))?;
    let last = head.as_ref().map_or(0, |head: &Head| head.seq);
    write(TEXTS, &mut |out| export_texts(store, last, out).map(|count| texts = count))?;
    write(COMMANDS, &mut |out| commands(store, last, out))?;
    let manifest = Manifest { at, head, texts, files: files.clone() };
    let text = serde_json::to_string_pretty(&manifest).expect("every field has a form in JSON");
    let path = folder.join(MANIFEST);
    let written = File::create(&path).and_then(|mut file| {
        writeln!(file, "{text}")?;
        file.sync_all()
    });
    written.map_err(|cause| BackupError::Write { path, cause })?;
    Ok(manifest)
}

fn commands(store: &dyn Store, through: u64, out: &mut impl Write) -> Result<(), ExportError> {
    const STEP: u64 = 1000;
    let mut after = 0;
    while after < through {
        let until = through.min(after + STEP);
        write_lines(&store.commands(after, until)?, out)?;
        after = until;
    }
    out.flush().map_err(ExportError::Write)
}

/// Where lines go, and the digest of what went there.
struct Digested<W> {
    out: W,
    digest: Sha256,
}

impl<W: Write> Write for Digested<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.digest.update(&bytes[..count]);
        Ok(count)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Fills an empty store from a backup, up to a moment, and verifies it.
///
/// All files are compared with the manifest and the whole chain with its head before anything is written. A text that was
/// erased after the moment is not there to be restored; its erasure is recorded again behind the last event, by the same
/// account, at the same time and under the same rule, so that the ledger says why.
pub fn restore(folder: &Path, store: &dyn Store, until: Until) -> Result<Restored, RestoreError> {
    let manifest = manifest(folder)?;
    for (name, expected) in &manifest.files {
        let path = folder.join(name);
        if digest(&path).map_err(|cause| RestoreError::Read { path: path.clone(), cause })? != *expected {
            return Err(RestoreError::Changed { path });
        }
    }
    let mut events = read(folder, EVENTS, events_in)?;
    let mut texts = read(folder, TEXTS, texts_in)?;
    let mut commands = read(folder, COMMANDS, |input| {
        lines_in::<(u64, CommandId)>(input, |line, problem| ImportError::NotACommand { line, problem })
    })?;
    crate::verify(events.iter().cloned(), manifest.head.as_ref())?;
    let last = match until {
        Until::End => u64::MAX,
        Until::Seq(seq) => seq,
        Until::Time(time) => events.iter().take_while(|event| event.at <= time).last().map_or(0, |event| event.seq),
    };
    events.retain(|event| event.seq <= last);
    texts.retain(|entry| entry.seq <= last);
    commands.retain(|(seq, _)| *seq <= last);
    let said: Vec<_> = events.iter().filter_map(vault::erased_by).map(|(id, _)| id).collect();
    let mut later = Vec::new();
    for entry in texts.iter_mut().filter(|entry| !said.contains(&entry.id)) {
        // Its erasure is recorded again; until then it is a text that is not in this copy.
        if let Text::Erased(erased) = &entry.text {
            later.push((entry.id.clone(), erased.clone()));
            entry.text = Text::Withheld;
        }
    }
    let chain = Chain::with_texts(events, texts, None)?.of_commands(commands);
    store.fill(&chain)?;
    erase_again(store, &later).map_err(RestoreError::Erasure)?;
    let verified = verify_store(store, chain.head().as_ref())?;
    let erased_again = later.iter().fold(0, |count, _| count + 1);
    Ok(Restored { head: chain.head(), erased_again, verified })
}

fn erase_again(store: &dyn Store, later: &[(String, Erased)]) -> Result<(), AppendError> {
    for (id, Erased { at, by, rule }) in later {
        let command = format!("erased-again-{id}").parse().expect("the id of an entry is hexadecimal");
        let seen = store.head()?.map(|head| head.seq);
        store.append(seen, &command, by, *at, &[erasure(id, rule)])?;
    }
    Ok(())
}

fn manifest(folder: &Path) -> Result<Manifest, RestoreError> {
    let path = folder.join(MANIFEST);
    let text = fs::read(&path).map_err(|cause| RestoreError::Read { path: path.clone(), cause })?;
    let wrong = |problem: String| RestoreError::Manifest { path: path.clone(), problem };
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| wrong(error.to_string()))?;
    let names: Vec<_> = manifest.files.keys().map(String::as_str).collect();
    if names != [COMMANDS, EVENTS, TEXTS] {
        return Err(wrong(format!("it lists the files {}", names.join(", "))));
    }
    Ok(manifest)
}

fn digest(path: &Path) -> io::Result<String> {
    let mut all = Digested { out: io::sink(), digest: Sha256::new() };
    io::copy(&mut File::open(path)?, &mut all)?;
    Ok(hex(&all.digest.finalize()))
}

fn read<T>(
    folder: &Path,
    name: &str,
    lines: impl Fn(BufReader<File>) -> Result<Vec<T>, ImportError>,
) -> Result<Vec<T>, RestoreError> {
    let path = folder.join(name);
    let file = File::open(&path).map_err(|cause| RestoreError::Read { path: path.clone(), cause })?;
    lines(BufReader::new(file)).map_err(|problem| RestoreError::Line { path, problem })
}
