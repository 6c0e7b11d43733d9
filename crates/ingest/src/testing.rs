//! A small inspectorate's folder for tests, and workbooks made by hand.

use crate::{
    Folder,
    run::{self, Options, Outcome},
    source::Source,
    tidy,
};
use reference::Value;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};
use zip::{ZipWriter, write::SimpleFileOptions};

const FORCES: &str = "\
id,ons_code,name,short_name,country,region,in_scope,aliases
british-transport-police,,British Transport Police,British Transport Police,,,no,BTP
city-of-london,E23000034,City of London Police,City of London,England,London,yes,\"London, City of\"
metropolitan,E23000001,Metropolitan Police Service,Metropolitan Police,England,London,yes,
west-midlands,E23000014,West Midlands Police,West Midlands,England,West Midlands,yes,Old Borough [..1974-03-31]
wiltshire,E23000038,Wiltshire Police,Wiltshire,England,South West,yes,
";

const GROUPS: &str = "\
kind,owner,member,from,to,source
most-similar,wiltshire,west-midlands,2015-04-01,2017-03-31,a report
most-similar,city-of-london,none,,,a report
";

const BODIES: &str = "id,name,kind,force\nhome-office,Home Office,government,\n";

const MEASURES: &str = "\
- id: officers
  title: Police officers
  noun: police officers
  subject: Workforce
  kind: count
  numerator: [{ series: officers }]
  decimals: 0
  months: 0
  direction: neutral
  chance: none
  source: A table.
  definition: Full-time equivalents.
";

const FLAGS: &str = "measure,force,from,to,effect,reason\nofficers,wiltshire,,2015-12-31,annotate,A reason.\n";

const CYCLE: &str = "\
id: \"2016\"
title: \"2016\"
data-until: 2016-03-31
comparison:
  threshold: 0.675
  deviation: sample
  minimum-forces: 10
  documented: true
  about: As documented.
inspectorate: { id: hmic, name: HMIC, full-name: The inspectorate }
grades: [{ id: outstanding }, { id: good }, { id: requires-improvement }, { id: inadequate }]
pillars:
  - id: legitimacy
    title: Legitimacy
    questions:
      - { id: q1, wording: \"How fair is the force?\" }
";

/// A CSV file with a line for each force, year and rank.
const CSV_SOURCE: &str = "\
id: officers-csv
title: Officers
publisher: Home Office
licence: OGL
markers: { NA: \"[x]\", \"..\": \"[x]\" }
tables:
  - area: { column: force, skip: [England and Wales] }
    period: { as: end-of-march, column: year }
    dimensions: { rank: rank }
    values:
      - { column: officers, series: officers }
";

/// A CSV file whose rows of the same figure add up.
const ADDING_SOURCE: &str = "\
id: crimes-csv
title: Crimes
publisher: Home Office
licence: OGL
tables:
  - area: { column: force }
    period: { as: financial-year, column: year }
    repeats: add
    values:
      - { column: crimes, series: crimes }
";

/// A workbook as the Home Office publishes it: a title, regions among the forces, footnotes stuck to names, a total.
const WORKBOOK_SOURCE: &str = "\
id: officers-tables
title: Officers, tables
publisher: Home Office
licence: OGL
markers: { \"..\": \"[x]\", \"-\": \"0\" }
footnotes: { \"*\": \"\", \"**\": \"\", \"~\": \"[r]\" }
tables:
  - title: [Police officers by force]
    header: { below: 1, rows: 1 }
    area: { column: Force, skip: [London], region-first: [West Midlands], footnotes: true, total: Total }
    period: { as: heading-day }
    values:
      - { series: officers, labels: { rank: all } }
";

/// The rules of [`WORKBOOK_SOURCE`].
pub fn workbook_source() -> Source {
    serde_saphyr::from_str(WORKBOOK_SOURCE).unwrap()
}

/// A temporary inspectorate's folder.
pub struct TestFolder {
    directory: tempfile::TempDir,
}

impl TestFolder {
    /// A folder without a problem.
    pub fn new() -> Self {
        let folder = Self { directory: tempfile::tempdir().unwrap() };
        let files = [
            ("peelian.toml", "name = \"A test inspectorate\"\n"),
            ("register/forces.csv", FORCES),
            ("register/groups.csv", GROUPS),
            ("register/bodies.csv", BODIES),
            ("measures/workforce.yaml", MEASURES),
            ("measures/comparability.csv", FLAGS),
            ("frameworks/2016.yaml", CYCLE),
            ("sources/crimes-csv.yaml", ADDING_SOURCE),
            ("sources/officers-csv.yaml", CSV_SOURCE),
            ("sources/officers-tables.yaml", WORKBOOK_SOURCE),
        ];
        files.into_iter().fold(folder, |folder, (file, text)| folder.with(file, text))
    }

    /// The folder with this file written.
    pub fn with(self, file: &str, text: &str) -> Self {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// The folder with a text of one of its files changed.
    pub fn changed(self, file: &str, from: &str, to: &str) -> Self {
        let text = fs::read_to_string(self.path().join(file)).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        self.with(file, &text.replace(from, to))
    }

    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// The folder opened, which must have no problem.
    pub fn open(&self) -> Folder {
        let (folder, problems) = Folder::open(self.path()).unwrap();
        assert_eq!(problems, []);
        folder
    }

    /// Every problem of the folder, one a line.
    pub fn problems(&self) -> String {
        lines(Folder::open(self.path()).unwrap().1)
    }

    /// Ingests a file by the source that fits it.
    pub fn ingest(&self, file: &str, bytes: impl Into<Vec<u8>>) -> Result<Outcome, String> {
        self.ingest_as(file, bytes, &Options::default())
    }

    /// Ingests a file as told.
    pub fn ingest_as(&self, file: &str, bytes: impl Into<Vec<u8>>, how: &Options) -> Result<Outcome, String> {
        run::ingest(&self.open(), file, bytes.into(), how).map_err(lines)
    }

    /// What is told of a file that is refused whole, after which the folder must hold what it held.
    pub fn refusal(&self, file: &str, bytes: impl Into<Vec<u8>>) -> String {
        let before = self.stored();
        let told = self.ingest(file, bytes).unwrap_err();
        assert_eq!(self.stored(), before);
        told
    }

    /// The rows of a file that are refused while the rest is loaded, one a line.
    pub fn refused(&self, file: &str, bytes: impl Into<Vec<u8>>) -> String {
        lines(self.ingest(file, bytes).unwrap().refused)
    }

    /// The tidy table that a file gives, without its header.
    pub fn tidy(&self, file: &str, bytes: impl Into<Vec<u8>>) -> String {
        let outcome = self.ingest(file, bytes).unwrap();
        let table = tidy::decompress(&fs::read(outcome.path).unwrap()).unwrap();
        String::from_utf8(table).unwrap().split_once('\n').unwrap().1.to_owned()
    }

    /// Every file under `observations/` with its bytes.
    pub fn stored(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let (mut folders, mut files) = (vec![self.path().join("observations")], Vec::new());
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.clone(), fs::read(path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }
}

fn lines(problems: Vec<crate::Problem>) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// A value as the tidy release writes it.
pub fn shown(value: Value) -> String {
    match value {
        Value::Present(number) => number.to_string(),
        Value::Absent(absence) => absence.to_string(),
    }
}

/// An XLSX file of one sheet; what reads as a number is one.
pub fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).unwrap(),
                Err(_) => sheet.write_string(row, column, *cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

/// An ODS file of one sheet, `Table_1`; what reads as a number is one.
pub fn ods(rows: &[&[&str]]) -> Vec<u8> {
    let cell = |text: &&str| match text.parse::<f64>() {
        _ if text.is_empty() => "<table:table-cell/>".to_owned(),
        Ok(number) => format!("<table:table-cell office:value-type=\"float\" office:value=\"{number}\"/>"),
        Err(_) => format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"),
    };
    let row =
        |cells: &&[&str]| format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>());
    ods_of(&rows.iter().map(row).collect::<String>())
}

/// An ODS file of one sheet, `Table_1`, with these rows in XML.
pub fn ods_of(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"Table_1\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

/// A zip archive of these files.
pub fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The bytes as gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    tidy::compress(bytes)
}
