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
    wording::did_you_mean,
};
use reference::{Release, ReleaseId};
use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

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
                format!("there is no source `{id}`{}", did_you_mean(id, folder.sources.iter().map(|s| s.id.as_str()))),
                format!("name one of {}", ids()),
            )]
        });
    }
    let fitting: Vec<&Source> = folder.sources.iter().filter(|s| locate::locate(file, s, sheets).is_ok()).collect();
    match fitting.as_slice() {
        [source] => Ok(source),
        [] => Err(unknown(folder, file, sheets, &ids())),
        several => {
            let names = several.iter().map(|s| format!("`{}`", s.id)).collect::<Vec<_>>().join(", ");
            let found = format!("the sources {names} all fit");
            Err(vec![Problem::new(file, Place::FILE, found, "name the right one with --source")])
        }
    }
}

/// What to tell of a file that no source fits: what keeps the nearest one from fitting.
fn unknown(folder: &Folder, file: &str, sheets: &[sheet::Sheet], ids: &str) -> Vec<Problem> {
    let like = folder.sources.iter().map(|s| (locate::likeness(s, sheets), s));
    // Of two that are equally near, the first.
    let nearest = like.filter(|(likeness, _)| *likeness > 0).rev().max_by_key(|(likeness, _)| *likeness);
    let remedy =
        format!("name the right source with --source, or describe the file in a new one; the sources are {ids}");
    let mut problems = vec![Problem::new(file, Place::FILE, "no source knows its tables", remedy)];
    let differs = nearest.and_then(|(_, s)| Some((s, locate::locate(file, s, sheets).err()?)));
    for (source, problem) in differs.into_iter().flat_map(|(s, more)| more.into_iter().map(move |p| (s, p))) {
        let text = format!("nearest is `{}`, but {}", source.id, problem.problem);
        problems.push(Problem { problem: text, ..problem });
    }
    problems
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
    if is_stored(description, table, &path, &beside) {
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
    let text = serde_json::to_string_pretty(description).map_err(|e| failed(e.into()))? + "\n";
    let write = fs::create_dir_all(&directory)
        .and_then(|()| put([(&path, &tidy::compress(table)), (&beside, text.as_bytes())]));
    write.map_err(failed)?;
    Ok((path, false))
}

/// Whether the release is in the folder with the same table and description. The same published file may have another name.
fn is_stored(description: &Description, table: &[u8], path: &Path, beside: &Path) -> bool {
    let stored = fs::read_to_string(beside).ok().and_then(|text| serde_json::from_str::<Description>(&text).ok());
    let same = stored.is_some_and(|mut stored| {
        stored.release.file.clone_from(&description.release.file);
        stored == *description
    });
    same && fs::read(path).is_ok_and(|stored| tidy::decompress(&stored).is_ok_and(|t| t == table))
}

/// Writes files whole under temporary names and then puts them in their places, in this order. When that fails, no new file stays.
fn put(files: [(&Path, &[u8]); 2]) -> std::io::Result<()> {
    let temporary = |target: &Path| target.with_extension("part");
    let write = |(target, bytes): (&Path, &[u8])| {
        let mut file = fs::File::create(temporary(target))?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    let mut new = Vec::new();
    let mut place = |(target, _): (&Path, &[u8])| {
        let is_new = !target.exists();
        fs::rename(temporary(target), target)?;
        new.extend(is_new.then(|| target.to_path_buf()));
        Ok(())
    };
    let result = files.into_iter().try_for_each(write).and_then(|()| files.into_iter().try_for_each(&mut place));
    if result.is_err() {
        // The error that led here is the one to tell, whatever becomes of the tidying up.
        for left in files.into_iter().map(|(target, _)| temporary(target)).chain(new) {
            let _ = fs::remove_file(left);
        }
    }
    result
}

#[cfg(test)]
#[path = "run_tests.rs"]
mod tests;
