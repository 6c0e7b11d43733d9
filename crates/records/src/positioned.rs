//! A file that many threads read at once, each from a place of its own.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

/// An open file and a place in it. A clone has its own place.
#[derive(Debug, Clone)]
pub(crate) struct Positioned {
    file: Arc<File>,
    at: u64,
    size: u64,
}

impl Positioned {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let size = file.metadata()?.len();
        Ok(Self { file: Arc::new(file), at: 0, size })
    }

    /// Its size in bytes when it was opened.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The same file from this place on.
    pub(crate) fn from(&self, at: u64) -> Self {
        Self { at, ..self.clone() }
    }

    /// Fills as much of the buffer as the file has from `at` on.
    pub(crate) fn fill(&self, buffer: &mut [u8], at: u64) -> io::Result<usize> {
        fill(&mut self.from(at), buffer)
    }
}

/// Fills as much of the buffer as there is to read.
pub(crate) fn fill(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match from.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

impl Read for Positioned {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let read = std::os::unix::fs::FileExt::read_at(&*self.file, buffer, self.at)?;
        #[cfg(windows)]
        let read = std::os::windows::fs::FileExt::seek_read(&*self.file, buffer, self.at)?;
        self.at += u64::try_from(read).unwrap_or(0);
        Ok(read)
    }
}

impl Seek for Positioned {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (base, offset) = match to {
            SeekFrom::Start(at) => (at, 0),
            SeekFrom::End(offset) => (self.size, offset),
            SeekFrom::Current(offset) => (self.at, offset),
        };
        let at = base.checked_add_signed(offset);
        self.at =
            at.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "a place before the beginning of the file"))?;
        Ok(self.at)
    }
}
