//! The files given, folders walked and archives listed: everything that can be read, and what cannot.

use crate::layout::Unreadable;
use crate::plain::Plain;
use crate::positioned::Positioned;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// An archive, as many readers of it as there are clones.
pub(crate) type Archive = ZipArchive<Positioned>;

/// Something with rows in it.
pub(crate) struct Source {
    /// As messages name it: the path, and the name within an archive after a colon.
    pub name: String,
    /// How many bytes of the disk it takes.
    pub bytes: u64,
    pub form: Form,
}

/// How its rows are to be had.
pub(crate) enum Form {
    Plain(Plain),
    Gzip(Positioned),
    /// A member of an archive, itself perhaps gzip.
    Member {
        archive: Archive,
        index: usize,
        is_gzip: bool,
    },
    Parquet(crate::parquet_file::Parquet),
    Unreadable(Unreadable),
}

impl Source {
    /// The name without its folders.
    pub(crate) fn file_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }
}

/// What was found under the paths given.
#[derive(Default)]
pub(crate) struct Found {
    pub sources: Vec<Source>,
    /// Names of members and files of folders that hold no records: pictures, notes.
    pub left_out: Vec<String>,
    /// How much of a plain file is read at once.
    block: usize,
}

impl Found {
    /// Everything under these paths, sorted by name; folders are walked.
    pub(crate) fn under(paths: &[PathBuf], block: usize) -> Self {
        let mut found = Self { block, ..Self::default() };
        for path in paths {
            found.path(path);
        }
        found.sources.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }

    fn path(&mut self, path: &Path) {
        if !path.is_dir() {
            return self.file(path);
        }
        match std::fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(mut entries) => {
                entries.sort_by_key(std::fs::DirEntry::path);
                for entry in entries {
                    let path = entry.path();
                    if path.is_dir() || has_records(&entry.file_name().to_string_lossy()) {
                        self.path(&path);
                    } else {
                        self.left_out.push(path.display().to_string());
                    }
                }
            }
            Err(error) => self.add(path.display().to_string(), 0, Form::Unreadable(Unreadable::Io(error.to_string()))),
        }
    }

    fn file(&mut self, path: &Path) {
        let name = path.display().to_string();
        match Positioned::open(path).and_then(|file| first_bytes(&file).map(|first| (file, first))) {
            Ok((file, first)) => {
                let bytes = file.size();
                match first {
                    [b'P', b'K', 3 | 5, ..] => self.archive(&name, file),
                    [0x1f, 0x8b, ..] => self.add(name, bytes, Form::Gzip(file)),
                    [b'P', b'A', b'R', b'1'] => self.parquet(name, file),
                    _ => self.add(name, bytes, Form::Plain(Plain::new(file, self.block))),
                }
            }
            Err(error) => self.add(name, 0, Form::Unreadable(Unreadable::Io(error.to_string()))),
        }
    }

    fn parquet(&mut self, name: String, file: Positioned) {
        let bytes = file.size();
        match crate::parquet_file::Parquet::open(file) {
            Ok(parquet) => self.add(name, bytes, Form::Parquet(parquet)),
            Err(problem) => self.add(name, bytes, Form::Unreadable(problem)),
        }
    }

    fn archive(&mut self, name: &str, file: Positioned) {
        let bytes = file.size();
        let archive = match ZipArchive::new(file) {
            Ok(archive) => archive,
            Err(error) => {
                return self.add(name.to_owned(), bytes, Form::Unreadable(Unreadable::Locked(error.to_string())));
            }
        };
        for index in 0..archive.len() {
            let mut reader = archive.clone();
            // Opened raw: nothing is unpacked to list it.
            let (inner, packed, is_folder) = match reader.by_index_raw(index) {
                Ok(member) => (inner_name(&member), member.compressed_size(), member.is_dir()),
                Err(error) => {
                    self.add(
                        format!("{name}: member {index}"),
                        0,
                        Form::Unreadable(Unreadable::Locked(error.to_string())),
                    );
                    continue;
                }
            };
            let full = format!("{name}: {inner}");
            let lower = inner.to_ascii_lowercase();
            if is_folder {
                continue;
            } else if lower.ends_with(".zip") {
                self.add(full, packed, Form::Unreadable(Unreadable::Nested));
            } else if lower.ends_with(".parquet") {
                self.add(
                    full,
                    packed,
                    Form::Unreadable(Unreadable::Locked(
                        "Parquet is read from disk, not from an archive: unpack it".into(),
                    )),
                );
            } else if !has_records(&lower) || lower.starts_with("__macosx/") {
                self.left_out.push(full);
            } else {
                let is_gzip = lower.ends_with(".gz");
                self.add(full, packed, Form::Member { archive: archive.clone(), index, is_gzip });
            }
        }
    }

    fn add(&mut self, name: String, bytes: u64, form: Form) {
        self.sources.push(Source { name, bytes, form });
    }
}

/// The name of a member; one that is no text is shown with what is readable of it.
fn inner_name<R: Read>(member: &zip::read::ZipFile<'_, R>) -> String {
    String::from_utf8_lossy(member.name_raw()).into_owned()
}

/// Whether a file by this name is taken for records.
fn has_records(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".csv", ".csv.gz", ".gz", ".txt", ".zip", ".parquet"].iter().any(|ending| name.ends_with(ending))
}

fn first_bytes(file: &Positioned) -> io::Result<[u8; 4]> {
    let mut first = [0; 4];
    file.fill(&mut first, 0)?;
    Ok(first)
}

/// A reader of gzip, every member of it.
pub(crate) fn gunzip(from: impl Read) -> impl Read {
    flate2::read::MultiGzDecoder::new(io::BufReader::with_capacity(128 * 1024, from))
}
