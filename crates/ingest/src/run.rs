//! `ingest`: a published file becomes a release, or nothing at all happens.
//!
//! The file is read to its end; then table and description are written under temporary names and renamed, the description last, so
//! that a release without its description does not exist.

use crate::{
    extract::{self, Extracted},
    folder::Folder,
    locate,
    problem::{Place, Problem},
    sheet,
    source::Source,
    tidy::{self, Description},
};
use reference::{Release, ReleaseId};
use std::{fs, path::PathBuf};

/// What the user says of a file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The source whose rules read it; by default the one whose tables it has.
    pub source: Option<String>,
    /// The day it was published, where the source does not know this release.
    pub released: Option<reference::ReleaseDate>,
    /// Its title, where it is not the source's.
    pub title: Option<String>,
    /// Replace a stored release that the same published file gave under other rules.
    pub again: bool,
}

/// What became of a file.
#[derive(Debug)]
pub struct Outcome {
    /// The description of the release.
    pub description: Description,
    /// Where its table is.
    pub path: PathBuf,
    /// Whether it was there already, byte for byte.
    pub known: bool,
    /// Rows that were refused, and why.
    pub refused: Vec<Problem>,
}

/// Reads one published file into the inspectorate's folder.
///
/// # Errors
/// Everything that is wrong with the file, when it is refused whole. Nothing is written then.
pub fn ingest(folder: &Folder, file: &str, bytes: Vec<u8>, options: &Options) -> Result<Outcome, Vec<Problem>> {
    let (sha256, size) = (tidy::sha256(&bytes), bytes.len() as u64);
    let sheets = sheet::read(file, bytes)?;
    let source = choose(folder, file, &sheets, options.source.as_deref())?;
    let tables = locate::locate(file, source, &sheets)?;
    let Extracted { observations, refused, mut faults, skipped } =
        extract::extract(file, source, &tables, &sheets, &folder.register, &folder.lookups);
    if !faults.is_empty() {
        faults.extend(refused);
        return Err(faults);
    }
    if observations.is_empty() {
        let none = Problem::new(
            file,
            Place::FILE,
            "there are headings and no row of figures below them",
            "check that it is the whole file",
        );
        return Err(if refused.is_empty() { vec![none] } else { refused });
    }
    let release = describe_release(source, file, &sha256, options).map_err(|p| vec![p])?;
    let dimensions = source.dimensions();
    let table = tidy::table(&dimensions, &observations);
    let description = tidy::describe(release, size, dimensions, &observations, &table, &refused, skipped);
    let (path, known) = write(folder, &description, &table, options.again).map_err(|p| vec![p])?;
    Ok(Outcome { description, path, known, refused })
}

fn describe_release(source: &Source, file: &str, sha256: &str, options: &Options) -> Result<Release, Problem> {
    let known = source.releases.iter().find(|r| r.sha256 == sha256);
    let own_name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    Ok(Release {
        id: sha256.parse::<ReleaseId>().map_err(|e| Problem::new(file, Place::FILE, e.to_string(), "report this"))?,
        source: source.id.clone(),
        publisher: source.publisher.clone(),
        title: options
            .title
            .clone()
            .or_else(|| known.and_then(|k| k.title.clone()))
            .unwrap_or_else(|| source.title.clone()),
        released: options.released.clone().or_else(|| known.and_then(|k| k.released.clone())),
        licence: source.licence.clone(),
        file: known.and_then(|k| k.file.clone()).unwrap_or_else(|| own_name.to_owned()),
    })
}

/// The source that the user names, or the only one whose tables the file has.
fn choose<'a>(
    folder: &'a Folder,
    file: &str,
    sheets: &[sheet::Sheet],
    named: Option<&str>,
) -> Result<&'a Source, Vec<Problem>> {
    let ids = || folder.sources.iter().map(|s| format!("`{}`", s.id)).collect::<Vec<_>>().join(", ");
    if let Some(id) = named {
        let known = folder.sources.iter().find(|s| s.id == id);
        return known.ok_or_else(|| {
            vec![Problem::new(
                file,
                Place::FILE,
                format!("there is no source `{id}`"),
                format!("name one of {}", ids()),
            )]
        });
    }
    let fitting: Vec<&Source> = folder.sources.iter().filter(|s| locate::locate(file, s, sheets).is_ok()).collect();
    match fitting.as_slice() {
        [source] => Ok(source),
        [] => {
            let nearest = folder
                .sources
                .iter()
                .filter_map(|s| locate::locate(file, s, sheets).err().map(|problems| (problems.len(), s, problems)));
            let mut problems = vec![Problem::new(
                file,
                Place::FILE,
                "no source knows its tables",
                format!("name the source with --source to see what does not fit; the sources are {}", ids()),
            )];
            if let Some((_, source, more)) = nearest.min_by_key(|(count, _, _)| *count) {
                problems.extend(
                    more.into_iter()
                        .map(|p| Problem { problem: format!("read as `{}`: {}", source.id, p.problem), ..p }),
                );
            }
            Err(problems)
        }
        several => {
            let names = several.iter().map(|s| format!("`{}`", s.id)).collect::<Vec<_>>().join(", ");
            Err(vec![Problem::new(
                file,
                Place::FILE,
                format!("the sources {names} all fit"),
                "name the right one with --source",
            )])
        }
    }
}

fn write(folder: &Folder, description: &Description, table: &[u8], again: bool) -> Result<(PathBuf, bool), Problem> {
    let directory = folder.path.join("observations").join(&description.release.source);
    let id = description.release.id.as_str();
    let (path, beside) = (directory.join(format!("{id}.csv.gz")), directory.join(format!("{id}.json")));
    let shown = path.strip_prefix(&folder.path).unwrap_or(&path).display().to_string();
    let failed = |error: std::io::Error| {
        Problem::new(
            &shown,
            Place::FILE,
            format!("it cannot be written ({error})"),
            "free some space or check who may write there; nothing was changed",
        )
    };
    let text = serde_json::to_string_pretty(description).map_err(|e| failed(e.into()))? + "\n";
    if fs::read_to_string(&beside).is_ok_and(|stored| stored == text)
        && fs::read(&path).is_ok_and(|stored| tidy::decompress(&stored).is_ok_and(|t| t == table))
    {
        return Ok((path, true));
    }
    if beside.exists() && !again {
        return Err(Problem::new(
            &shown,
            Place::FILE,
            "this published file was ingested before, under other rules or with another title or date",
            "editions may rest on the stored release; give --again to replace it",
        ));
    }
    let write = || -> std::io::Result<()> {
        fs::create_dir_all(&directory)?;
        replace(&path, &tidy::compress(table))?;
        replace(&beside, text.as_bytes())
    };
    write().map_err(failed)?;
    Ok((path, false))
}

/// Writes beside the target and renames, so that the target is always whole.
fn replace(target: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    let temporary = target.with_extension("part");
    let result = fs::File::create(&temporary).and_then(|mut file| {
        std::io::Write::write_all(&mut file, bytes)?;
        file.sync_all()
    });
    result.and_then(|()| fs::rename(&temporary, target)).inspect_err(|_| {
        let _ = fs::remove_file(&temporary);
    })
}
