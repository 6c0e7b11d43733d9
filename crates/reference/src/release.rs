//! Releases: one published file of one source, for ever known by the SHA-256 of its bytes.

use crate::long_date;
use jiff::civil::Date;
use std::{fmt, str::FromStr};

/// The SHA-256 of a published file as it was downloaded, in lower-case hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReleaseId(String);

/// The text is not a SHA-256.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a release: a release is named by the 64 hexadecimal digits of its file's SHA-256")]
pub struct NotARelease(pub String);

impl ReleaseId {
    /// All 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first twelve digits, which is how people are shown it.
    #[must_use]
    pub fn short(&self) -> &str {
        &self.0[..12]
    }
}

impl FromStr for ReleaseId {
    type Err = NotARelease;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lawful = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        if lawful { Ok(Self(text.to_owned())) } else { Err(NotARelease(text.to_owned())) }
    }
}

impl TryFrom<String> for ReleaseId {
    type Error = NotARelease;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ReleaseId> for String {
    fn from(id: ReleaseId) -> Self {
        id.0
    }
}

impl fmt::Display for ReleaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// When something was published, as exactly as the publication says: `2020-01-30`, `2020-01` or `2020`. Orders as text does, so that
/// a month comes before its days.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReleaseDate(String);

/// The text is not a date of publication.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date of publication: write `2020-01-30`, or `2020-01` or `2020` when no more is known")]
pub struct NotAReleaseDate(pub String);

impl FromStr for ReleaseDate {
    type Err = NotAReleaseDate;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let whole = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            _ => text.to_owned(),
        };
        match whole.parse::<Date>() {
            Ok(_) if matches!(text.len(), 4 | 7 | 10) => Ok(Self(text.to_owned())),
            _ => Err(NotAReleaseDate(text.to_owned())),
        }
    }
}

impl TryFrom<String> for ReleaseDate {
    type Error = NotAReleaseDate;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ReleaseDate> for String {
    fn from(date: ReleaseDate) -> Self {
        date.0
    }
}

impl ReleaseDate {
    /// The day, or the first one of the month or year.
    #[must_use]
    pub fn first_day(&self) -> Date {
        format!("{}{}", self.0, &"-01-01"[..10 - self.0.len()]).parse().unwrap_or(Date::ZERO)
    }

    /// As prose prints it: "30 January 2020", "January 2020", "2020".
    #[must_use]
    pub fn prose(&self) -> String {
        let day = format!("{}{}", self.0, &"-01-01"[..10 - self.0.len()]);
        let long = day.parse().map(long_date).unwrap_or_default();
        match self.0.len() {
            4 => self.0.clone(),
            7 => long.split_once(' ').map(|(_, rest)| rest.to_owned()).unwrap_or_default(),
            _ => long,
        }
    }
}

impl fmt::Display for ReleaseDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is known of a published file: enough to find it, cite it and prove that it is the same.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Release {
    /// The file's SHA-256.
    pub id: ReleaseId,
    /// The id of the source whose rules read it (`police-workforce-open-data`).
    pub source: String,
    /// Who published it.
    pub publisher: String,
    /// The publication's title.
    pub title: String,
    /// The day it was published; `None` where the publication does not say. A release with no date counts as older than any that has one.
    pub released: Option<ReleaseDate>,
    /// The licence line to carry wherever the figures are shown.
    pub licence: String,
    /// The file's name as downloaded.
    pub file: String,
}

/// Where a value stands in its published file, counted as the reader's spreadsheet does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// The sheet's name; `None` in a CSV file.
    pub sheet: Option<String>,
    /// The row, the first being 1.
    pub row: u32,
    /// The column's letters in a workbook, its heading in a CSV file.
    pub column: String,
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sheet {
            Some(sheet) => write!(f, "{sheet}!{}{}", self.column, self.row),
            None => write!(f, "row {}, column `{}`", self.row, self.column),
        }
    }
}

impl Release {
    /// How a source line names it: "Home Office, Police workforce open data table, July 2022".
    #[must_use]
    pub fn citation(&self) -> String {
        match &self.released {
            Some(date) => format!("{}, {}, {}", self.publisher, self.title, date.prose()),
            None => format!("{}, {}, date of publication not stated", self.publisher, self.title),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_of_publication_is_as_exact_as_the_publication() {
        for (text, prose) in [("2020-01-30", "30 January 2020"), ("2020-01", "January 2020"), ("2020", "2020")] {
            assert_eq!(text.parse::<ReleaseDate>().unwrap().prose(), prose);
        }
        for text in ["", "2020-13", "January 2020", "2020-01-3", "20200130"] {
            assert!(text.parse::<ReleaseDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_release_is_named_by_a_whole_digest() {
        assert!("8cac".parse::<ReleaseId>().is_err());
        assert_eq!("a".repeat(64).parse::<ReleaseId>().unwrap().short(), "aaaaaaaaaaaa");
    }

    #[test]
    fn a_cell_is_named_as_its_reader_would() {
        let cell = |sheet: Option<&str>| CellRef { sheet: sheet.map(str::to_owned), row: 12, column: "C".into() };
        assert_eq!(cell(Some("Table_2")).to_string(), "Table_2!C12");
        assert_eq!(cell(None).to_string(), "row 12, column `C`");
    }
}
