//! Which column of a file is what, by the names in its header: their order, case, spaces and underscores make no difference.

use crate::dimension::{Dimension, Kind};
use crate::quotes::Record;
use crate::scan::is_blank;

/// Where the value of a dimension comes from in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// This column, and so many bytes of it.
    Column { index: usize, taken: usize },
    /// The same for every row of the file.
    Fixed(String),
}

/// How the rows of one file are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    pub kind: Kind,
    /// How many columns a row has.
    pub width: usize,
    /// One for each dimension asked for.
    pub origins: Vec<Origin>,
    /// The column of the record's own id, where there is one.
    pub id: Option<usize>,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It has no header.
    #[error("is empty, not even a header: fetch it again")]
    Empty,
    /// Its header is that of no kind of file that is known.
    #[error(
        "has the columns {found}, which are those of neither street, outcomes nor stop-and-search files: write their header as data.police.uk does"
    )]
    UnknownLayout {
        /// The columns.
        found: String,
    },
    /// A column is missing.
    #[error(
        "is a file of {kind} and has no column for `{dimension}` (its columns: {found}): leave the dimension or the file out"
    )]
    NoColumn {
        /// What kind of file it is.
        kind: Kind,
        /// What is asked for.
        dimension: Dimension,
        /// The columns.
        found: String,
    },
    /// A stop-and-search file whose name is not the publisher's.
    #[error("does not say its force: name it `2018-05-metropolitan-stop-and-search.csv`, as it was published")]
    NoForce,
    /// It cannot be opened or read.
    #[error("cannot be read: {0}")]
    Io(String),
    /// Its compression is broken.
    #[error(
        "breaks off or is damaged after {after} bytes ({problem}): fetch it again; its rows up to there are counted"
    )]
    Damaged {
        /// How many bytes came out.
        after: u64,
        /// What the decompressor says.
        problem: String,
    },
    /// An archive in an archive.
    #[error("is an archive within an archive: unpack the outer one first")]
    Nested,
    /// A member of an archive that needs a password or an unknown method.
    #[error("cannot be unpacked: {0}")]
    Locked(String),
    /// A Parquet file that is not one.
    #[error("is not Parquet that can be read: {0}")]
    NotParquet(String),
    /// A column with so many different values that it is none to count by.
    #[error("has more than {limit} different values of `{dimension}`: not something to count by")]
    TooMany {
        /// What is counted by.
        dimension: Dimension,
        /// How many there may be.
        limit: usize,
    },
}

impl Layout {
    /// Reads a header. `name` is the file's, without folders.
    pub(crate) fn read(header: &[u8], name: &str, by: &[Dimension]) -> Result<Self, Unreadable> {
        let header = header.strip_prefix(b"\xef\xbb\xbf").unwrap_or(header);
        if is_blank(header) {
            return Err(Unreadable::Empty);
        }
        let mut record = Record::default();
        record.read(header);
        let names: Vec<String> = record.fields().map(|f| String::from_utf8_lossy(f).trim().to_owned()).collect();
        Self::of(&names, name, by)
    }

    /// The layout of a file with these columns.
    pub(crate) fn of(names: &[String], name: &str, by: &[Dimension]) -> Result<Self, Unreadable> {
        let columns: Vec<String> = names.iter().map(|n| bare(n)).collect();
        let found = || names.join(", ");
        let kind = Kind::of(&columns).ok_or_else(|| Unreadable::UnknownLayout { found: shortened(&found()) })?;
        let place = |wanted: &[&str]| wanted.iter().find_map(|w| columns.iter().position(|c| c == w));
        let origin = |dimension: &Dimension| match (place(dimension.columns(kind)), dimension, kind) {
            (Some(index), _, _) => Ok(Origin::Column { index, taken: dimension.taken() }),
            (None, Dimension::Force, Kind::Stops) => {
                force_of(name).map(|f| Origin::Fixed(f.to_owned())).ok_or(Unreadable::NoForce)
            }
            (None, _, _) => Err(Unreadable::NoColumn { kind, dimension: *dimension, found: shortened(&found()) }),
        };
        let origins = by.iter().map(origin).collect::<Result<_, _>>()?;
        Ok(Self { kind, width: names.len(), origins, id: place(&["crimeid", "id"]) })
    }
}

/// Lower-case letters and digits alone: "Falls within", "falls_within" and "FallsWithin" are one name.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 200 {
        text.to_owned()
    } else {
        format!("{}…", text.chars().take(200).collect::<String>())
    }
}

/// The force in the publisher's name of a file, `2018-05-city-of-london-stop-and-search.csv`.
fn force_of(name: &str) -> Option<&str> {
    let (month, rest) = (name.get(..8)?, name.get(8..)?);
    let shaped =
        month.bytes().zip("0000-00-".bytes()).all(|(b, s)| if s == b'0' { b.is_ascii_digit() } else { b == s });
    let force = &rest[..rest.find("-stop-and-search")?];
    (shaped && !force.is_empty()).then_some(force)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_case_and_spelling_of_columns_do_not_matter() {
        let by = [Dimension::Force, Dimension::Month, Dimension::CrimeType];
        let layout = Layout::read(b"\xef\xbb\xbfcrime_type,\"Falls Within\",MONTH\r\n", "x.csv", &by).unwrap();
        let column = |index, taken| Origin::Column { index, taken };
        assert_eq!(layout.origins, [column(1, usize::MAX), column(2, 7), column(0, usize::MAX)]);
        assert_eq!((layout.kind, layout.width, layout.id), (Kind::Street, 3, None));
    }

    #[test]
    fn a_stop_takes_its_force_from_the_name_of_the_file() {
        let header = b"Type,Date,Gender,Object of search\n";
        let force = |name| Layout::read(header, name, &[Dimension::Force]).map(|l| l.origins);
        assert_eq!(
            force("2018-05-city-of-london-stop-and-search.csv.gz"),
            Ok(vec![Origin::Fixed("city-of-london".into())])
        );
        assert_eq!(force("stops.csv"), Err(Unreadable::NoForce));
        assert_eq!(force("2018-é05-x-stop-and-search"), Err(Unreadable::NoForce));
    }

    #[test]
    fn what_cannot_be_read_says_what_was_found() {
        let told = |header: &[u8], by: &[Dimension]| Layout::read(header, "x.csv", by).unwrap_err().to_string();
        assert!(told(b"a,b\n", &[]).starts_with("has the columns a, b, which"));
        assert!(told(b"Month,Falls within,Crime type\n", &[Dimension::Outcome]).contains("no column for `outcome`"));
        assert_eq!(Layout::read(b"\r\n", "x.csv", &[]), Err(Unreadable::Empty));
    }
}
