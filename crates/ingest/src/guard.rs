//! Bytes in, without trusting them: gzip, ODS and XLSX are measured before anything is built from them.
//!
//! A file that says it is small and is not, or that was cut off, is refused with its name and the limit. Nothing is written.

mod ods;

use crate::{
    problem::{Place, Problem},
    wording::counted,
};
use flate2::read::MultiGzDecoder;
use std::io::{Cursor, Read};

/// No file of the publishers this reads is near it; unpacked.
pub const MOST_BYTES: u64 = 1 << 30;
/// Above this size, a file that unpacks to more than `MOST_RATIO` times its packed size is taken for a bomb.
const RATIO_FROM: u64 = 64 << 20;
const MOST_RATIO: u64 = 100;
/// The most cells that the sheets of a workbook may span, empty ones counted: twenty times the largest published so far.
const MOST_CELLS: u64 = 5_000_000;
/// The most rows of a CSV file: ten times the longest published so far.
const MOST_ROWS: usize = 3_000_000;

/// The bytes of a file, unpacked when they are gzip.
///
/// # Errors
/// When the gzip stream is cut off or damaged, or unpacks to more than the limits.
pub fn unpack(file: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Problem> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let packed = bytes.len() as u64;
    let mut plain = Vec::with_capacity(bytes.len().saturating_mul(8).min(1 << 28));
    let read = MultiGzDecoder::new(Cursor::new(bytes)).take(most(packed) + 1).read_to_end(&mut plain);
    if let Err(error) = read {
        let remedy = "download it again: it is cut off or damaged; nothing was read from it";
        return Err(Problem::new(
            file,
            Place::FILE,
            format!("the gzip file ends or breaks after {} of contents ({error})", counted(plain.len(), "byte")),
            remedy,
        ));
    }
    too_large(file, packed, plain.len() as u64).map_or(Ok(plain), Err)
}

/// The most bytes that a file of this size may unpack to.
fn most(packed: u64) -> u64 {
    packed.saturating_mul(MOST_RATIO).clamp(RATIO_FROM, MOST_BYTES)
}

fn too_large(file: &str, packed: u64, plain: u64) -> Option<Problem> {
    (plain > most(packed)).then(|| {
        let found = format!("{packed} bytes that unpack to more than {}", plain - 1);
        let remedy = "check where it comes from: no published table is packed so tightly; nothing was read from it";
        Problem::new(file, Place::FILE, found, remedy)
    })
}

/// Refuses an ODS or XLSX file whose parts unpack to more than the limits, and an ODS file whose sheets span more cells than any
/// publisher's or are not whole.
///
/// # Errors
/// The same, or when the bytes are not a zip archive.
pub fn check_workbook(file: &str, bytes: &[u8]) -> Result<(), Problem> {
    let broken = |error: &dyn std::fmt::Display| {
        let found = format!("the workbook cannot be opened ({error})");
        Problem::new(file, Place::FILE, found, "download it again, or save it anew as ODS or XLSX")
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    let packed = bytes.len() as u64;
    let mut total = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|e| broken(&e))?;
        let wanted = part.name().is_ok_and(|name| name == "content.xml");
        // The sizes that an archive states may be false, so the parts are unpacked and counted.
        let mut part = part.take(most(packed) + 1);
        let mut content = Vec::new();
        let size = if wanted {
            part.read_to_end(&mut content).map(|n| n as u64)
        } else {
            std::io::copy(&mut part, &mut std::io::sink())
        };
        total += size.map_err(|e| broken(&e))?;
        if let Some(problem) = too_large(file, packed, total) {
            return Err(problem);
        }
        if wanted {
            ods::check(&content).map_err(|fault| match fault {
                ods::Fault::Broken(error) => broken(&error),
                ods::Fault::TooLarge(found) => Problem::new(file, Place::FILE, found, TOO_LARGE),
            })?;
        }
    }
    Ok(())
}

/// What to do about a sheet that is too large.
const TOO_LARGE: &str = "delete what stands far outside the table, or check where the file comes from";

/// Refuses a CSV file with more rows or cells than any that this crate reads: files with a line for each crime or search are for
/// another.
#[must_use]
pub fn too_many_rows(file: &str, rows: usize, cells: usize) -> Option<Problem> {
    (rows > MOST_ROWS || cells > MOST_ROWS * 10).then(|| {
        let found = format!("it has more than {MOST_ROWS} rows or {} cells", MOST_ROWS * 10);
        Problem::new(file, Place::FILE, found, "check that it is a table of figures and not of single records")
    })
}

/// The cells and text of a file's sheets, counted before they are built.
#[derive(Debug, Default, Clone, Copy)]
pub struct Size {
    cells: u64,
    text: u64,
}

impl Size {
    /// A sheet that spans this many rows and columns, with this much text in its cells.
    pub fn add(&mut self, rows: u64, columns: u64, text: u64) {
        self.cells = self.cells.saturating_add(rows.saturating_mul(columns));
        self.text = self.text.saturating_add(text);
    }

    /// The problem with a file of this size, if there is one.
    #[must_use]
    pub fn problem(&self, file: &str, place: Place) -> Option<Problem> {
        self.fault().map(|found| Problem::new(file, place, found, TOO_LARGE))
    }

    fn fault(&self) -> Option<String> {
        if self.cells > MOST_CELLS {
            return Some(format!("its sheets span {} cells; {MOST_CELLS} are the most that are read", self.cells));
        }
        let most = MOST_BYTES / 4;
        (self.text > most)
            .then(|| format!("the text of its cells is {} bytes; {most} are the most that are read", self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn gzip_is_unpacked_and_plain_bytes_pass() {
        assert_eq!(unpack("a.csv", b"a,b".to_vec()).unwrap(), b"a,b");
        assert_eq!(unpack("a.csv.gz", gzip(b"a,b")).unwrap(), b"a,b");
    }

    #[test]
    fn a_truncated_gzip_is_refused_with_what_to_do() {
        let mut bytes = gzip(&b"force,officers\n".repeat(1000));
        bytes.truncate(bytes.len() - 9);
        let problem = unpack("a.csv.gz", bytes).unwrap_err().to_string();
        assert!(problem.starts_with("a.csv.gz: the gzip file ends or breaks"), "{problem}");
        assert!(problem.contains("download it again"), "{problem}");
    }

    #[test]
    fn a_gzip_bomb_is_refused_once_it_is_longer_than_its_limit() {
        for bytes in [80, 400] {
            let packed = crate::tidy::compress(&vec![b'0'; bytes << 20]);
            let problem = unpack("bomb.gz", packed).map(|plain| plain.len()).unwrap_err().to_string();
            assert!(problem.contains("bytes that unpack to more than 67108864"), "{problem}");
        }
    }

    #[test]
    fn what_a_file_may_unpack_to_grows_with_it_up_to_a_limit() {
        assert_eq!([0, 1 << 20, 1 << 30].map(most), [RATIO_FROM, 100 << 20, MOST_BYTES]);
    }

    #[test]
    fn what_is_not_a_workbook_is_refused() {
        let problem = check_workbook("a.ods", b"force,officers").unwrap_err().to_string();
        assert!(problem.contains("cannot be opened"), "{problem}");
    }
}
