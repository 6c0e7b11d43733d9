//! Files written for a test.

use flate2::{Compression, write::GzEncoder};
use records::{Count, Counted, Dimension};
use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use tempfile::TempDir;

/// The publisher's header of street files.
pub const STREET: &str = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context";
/// What most tests count by.
pub const BY: [Dimension; 3] = [Dimension::Force, Dimension::Month, Dimension::CrimeType];

/// A folder that goes away with the test.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// Writes a file.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// One street row.
pub fn row(id: &str, month: &str, force: &str, kind: &str) -> String {
    format!(
        "{id},{month},{force},{force},-0.1,51.8,On or near High Street,E01000001,Here 001A,{kind},Under investigation,\n"
    )
}

/// A street file of so many rows, which differ.
pub fn street(rows: usize) -> String {
    let mut text = format!("{STREET}\n");
    for at in 0..rows {
        let month = format!("2018-{:02}", at % 12 + 1);
        let force = ["Kent Police", "Sussex Police", "Devon & Cornwall Police"][at % 3];
        let kind =
            ["Drugs", "Burglary", "Anti-social behaviour", "Violence and sexual offences", "Public order"][at * 7 % 5];
        text += &row(&format!("{at:064x}"), &month, force, kind);
    }
    text
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// An archive of these members.
pub fn archive<'a>(members: impl IntoIterator<Item = (String, &'a [u8])>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Counts by [`BY`].
pub fn counted(paths: &[PathBuf]) -> Counted {
    Count::by(BY).files(paths)
}

/// The cells of the only cube, one a line.
pub fn cells(counted: &Counted) -> Vec<String> {
    let lines =
        |cube: &records::Cube| cube.cells().map(|(labels, count)| format!("{} {count}", labels.join(" "))).collect();
    counted.cubes.first().map_or_else(Vec::new, |(_, cube)| lines(cube))
}
