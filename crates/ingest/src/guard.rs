//! Bytes in, without trusting them: gzip, ODS and XLSX are measured before anything is built from them.
//!
//! A file that says it is small and is not, or that was cut off, is refused with its name and the limit. Nothing is written.

use crate::problem::{Place, Problem};
use flate2::read::MultiGzDecoder;
use std::io::{Cursor, Read};

/// No file of the publishers this reads is near it; unpacked.
pub const MOST_BYTES: u64 = 1 << 30;
/// Above this size, a file that unpacks to more than [`MOST_RATIO`] times its packed size is taken for a bomb.
const RATIO_FROM: u64 = 64 << 20;
const MOST_RATIO: u64 = 200;
/// The most cells that a sheet may span, empty ones counted: twenty times the largest sheet published so far.
const MOST_CELLS: u64 = 5_000_000;

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
    let read = MultiGzDecoder::new(Cursor::new(bytes)).take(MOST_BYTES + 1).read_to_end(&mut plain);
    if let Err(error) = read {
        let remedy = "download it again: it is cut off or damaged; nothing was read from it";
        return Err(Problem::new(
            file,
            Place::FILE,
            format!("the gzip file ends or breaks after {} bytes of contents ({error})", plain.len()),
            remedy,
        ));
    }
    too_large(file, packed, plain.len() as u64).map_or(Ok(plain), Err)
}

fn too_large(file: &str, packed: u64, plain: u64) -> Option<Problem> {
    let bomb = plain > MOST_BYTES || (plain > RATIO_FROM && plain / packed.max(1) > MOST_RATIO);
    bomb.then(|| {
        let found = format!("{packed} bytes that unpack to {plain} or more");
        let remedy = "check where it comes from: no published table is packed so tightly; nothing was read from it";
        Problem::new(file, Place::FILE, found, remedy)
    })
}

/// Refuses an ODS or XLSX file whose parts unpack to more than the limits or whose sheets span more cells than any publisher's.
///
/// # Errors
/// The same, or when the bytes are not a zip archive.
pub fn check_workbook(file: &str, bytes: &[u8]) -> Result<(), Problem> {
    let broken = |error: &dyn std::fmt::Display| {
        Problem::new(
            file,
            Place::FILE,
            format!("the workbook cannot be opened ({error})"),
            "download it again, or save it anew as ODS or XLSX",
        )
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    let mut total = 0;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|e| broken(&e))?;
        let wanted = part.name().is_ok_and(|name| name == "content.xml");
        let mut content = Vec::new();
        // The sizes that an archive states may be false, so the parts are unpacked and counted.
        let size = if wanted {
            part.take(MOST_BYTES + 1).read_to_end(&mut content).map(|n| n as u64)
        } else {
            std::io::copy(&mut (&mut part).take(MOST_BYTES + 1), &mut std::io::sink())
        };
        total += size.map_err(|e| broken(&e))?;
        if let Some(problem) = too_large(file, bytes.len() as u64, total) {
            return Err(problem);
        }
        if wanted {
            check_repeats(file, &content)?;
        }
    }
    Ok(())
}

/// An ODS cell can be repeated a million times in a few bytes, rows too. This follows the repeats through `content.xml` and refuses
/// a sheet whose cells with contents span more than the limit.
fn check_repeats(file: &str, content: &[u8]) -> Result<(), Problem> {
    let (mut row, mut widest, mut column, mut row_repeat) = (0_u64, 0_u64, 0_u64, 1_u64);
    let mut row_has_content = false;
    for tag in tags(content) {
        if tag.starts_with(b"table:table ") || tag == b"table:table" {
            (row, widest) = (0, 0);
        } else if tag.starts_with(b"table:table-row") {
            row_repeat = repeats(tag, b"number-rows-repeated=\"");
            (column, row_has_content) = (0, false);
        } else if tag.starts_with(b"table:table-cell") {
            column = column.saturating_add(repeats(tag, b"number-columns-repeated=\""));
            if find(tag, b"office:value-type").is_some() {
                widest = widest.max(column);
                row_has_content = true;
            }
        } else if tag.starts_with(b"/table:table-row") {
            row = row.saturating_add(row_repeat);
            if row_has_content && row.saturating_mul(widest) > MOST_CELLS {
                let found = format!("a sheet that spans {row} rows and {widest} columns");
                return Err(Problem::new(
                    file,
                    Place::FILE,
                    found,
                    "delete what stands far outside the table, or check where the file comes from",
                ));
            }
        }
    }
    Ok(())
}

/// The insides of the tags of an XML text, from the first letter to before the closing bracket.
fn tags(xml: &[u8]) -> impl Iterator<Item = &[u8]> {
    xml.split(|b| *b == b'<').skip(1).map(|piece| piece.split(|b| *b == b'>').next().unwrap_or(piece))
}

fn repeats(tag: &[u8], attribute: &[u8]) -> u64 {
    let digits = find(tag, attribute).map(|at| tag[at + attribute.len()..].iter().take_while(|b| b.is_ascii_digit()));
    digits
        .map_or(1, |digits| digits.fold(0_u64, |n, d| n.saturating_mul(10).saturating_add(u64::from(d - b'0'))).max(1))
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

/// Whether a sheet of this many rows and columns may be read.
#[must_use]
pub fn spans_too_much(rows: u64, columns: u64) -> bool {
    rows.saturating_mul(columns) > MOST_CELLS
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
    fn a_gzip_bomb_is_refused() {
        let problem = unpack("bomb.gz", gzip(&vec![b'0'; 80 << 20])).unwrap_err().to_string();
        assert!(problem.contains("unpack to"), "{problem}");
    }

    #[test]
    fn an_ods_cell_repeated_a_million_times_is_refused() {
        let sheet = |repeat: &str| {
            format!(
                "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"{repeat}\"><table:table-cell office:value-type=\"float\" table:number-columns-repeated=\"1000\"/></table:table-row></table:table>"
            )
        };
        assert!(check_repeats("a.ods", sheet("1").as_bytes()).is_ok());
        let problem = check_repeats("a.ods", sheet("1000000").as_bytes()).unwrap_err().to_string();
        assert!(problem.contains("1000000 rows and 1000 columns"), "{problem}");
    }

    #[test]
    fn empty_repeats_below_a_table_are_harmless() {
        let sheet = "<table:table><table:table-row><table:table-cell office:value-type=\"float\"/></table:table-row><table:table-row table:number-rows-repeated=\"1048575\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>";
        assert!(check_repeats("a.ods", sheet.as_bytes()).is_ok());
    }

    #[test]
    fn what_is_not_a_workbook_is_refused() {
        let problem = check_workbook("a.ods", b"force,officers").unwrap_err().to_string();
        assert!(problem.contains("cannot be opened"), "{problem}");
    }
}
