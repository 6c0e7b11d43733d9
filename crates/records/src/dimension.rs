//! What can be counted by, what the publisher has called its column over the years, and which kinds of file have it.

use std::fmt;
use std::str::FromStr;

/// A kind of record-level file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A crime or an incident of anti-social behaviour a row, with its place and last outcome.
    Street,
    /// An outcome of a crime a row.
    Outcomes,
    /// A stop and search a row.
    Stops,
}

impl Kind {
    /// All of them, in the order in which files that could be more than one kind are tried.
    pub const ALL: [Self; 3] = [Self::Street, Self::Outcomes, Self::Stops];

    /// As the command line and messages name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Street => "street",
            Self::Outcomes => "outcomes",
            Self::Stops => "stops",
        }
    }

    /// Whether files of this kind have a column for it, or a name that says it.
    #[must_use]
    pub fn has(self, dimension: Dimension) -> bool {
        !dimension.columns(self).is_empty() || dimension == Dimension::Force
    }

    /// The kind of the files with these columns, written with lower-case letters and digits alone.
    pub(crate) fn of(columns: &[String]) -> Option<Self> {
        let has = |name: &str| columns.iter().any(|c| c == name);
        if has("crimetype") || has("crimecategory") {
            Some(Self::Street)
        } else if has("outcometype") {
            Some(Self::Outcomes)
        } else if has("objectofsearch") || has("selfdefinedethnicity") || has("officerdefinedethnicity") {
            Some(Self::Stops)
        } else {
            None
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = NotADimension;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|k| k.name() == text)
            .ok_or_else(|| NotADimension { found: text.to_owned(), choices: Self::ALL.map(Self::name).join(", ") })
    }
}

/// What rows can be counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// The police force, as a slug: of "Falls within"; for stops, which do not say, of the file's name.
    Force,
    /// `YYYY-MM`; of a stop, the first seven letters of its date as published, which is Universal Time.
    Month,
    /// The crime type.
    CrimeType,
    /// The last outcome of a crime, the type of an outcome, or what came of a stop; empty where there is none.
    Outcome,
    /// The code of the lower layer super output area; empty where the place is not known.
    Lsoa,
    /// What was searched: a person, a vehicle or both.
    SearchType,
    /// Ethnicity as the searched person stated it.
    SelfDefinedEthnicity,
    /// Ethnicity as the officer saw it.
    OfficerDefinedEthnicity,
    /// What was looked for.
    ObjectOfSearch,
    /// The power that was used.
    Legislation,
    /// The searched person's gender.
    Gender,
    /// The searched person's age, in ranges.
    AgeRange,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Force,
        Self::Month,
        Self::CrimeType,
        Self::Outcome,
        Self::Lsoa,
        Self::SearchType,
        Self::SelfDefinedEthnicity,
        Self::OfficerDefinedEthnicity,
        Self::ObjectOfSearch,
        Self::Legislation,
        Self::Gender,
        Self::AgeRange,
    ];

    /// As the command line, headers and saved cubes name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Force => "force",
            Self::Month => "month",
            Self::CrimeType => "crime-type",
            Self::Outcome => "outcome",
            Self::Lsoa => "lsoa",
            Self::SearchType => "search-type",
            Self::SelfDefinedEthnicity => "self-defined-ethnicity",
            Self::OfficerDefinedEthnicity => "officer-defined-ethnicity",
            Self::ObjectOfSearch => "object-of-search",
            Self::Legislation => "legislation",
            Self::Gender => "gender",
            Self::AgeRange => "age-range",
        }
    }

    /// Its columns in files of this kind, the best first, with lower-case letters and digits alone.
    pub(crate) fn columns(self, kind: Kind) -> &'static [&'static str] {
        match (self, kind) {
            (Self::Force, Kind::Street | Kind::Outcomes) => &["fallswithin", "force"],
            (Self::Force, Kind::Stops) => &["fallswithin", "force"],
            (Self::Month, Kind::Street | Kind::Outcomes) => &["month"],
            (Self::Month, Kind::Stops) => &["date", "datetime", "month"],
            (Self::CrimeType, Kind::Street) => &["crimetype", "crimecategory"],
            (Self::Outcome, Kind::Street) => &["lastoutcomecategory", "lastoutcome", "outcome"],
            (Self::Outcome, Kind::Outcomes) => &["outcometype"],
            (Self::Outcome, Kind::Stops) => &["outcome"],
            (Self::Lsoa, Kind::Street | Kind::Outcomes) => &["lsoacode", "lsoa"],
            (Self::SearchType, Kind::Stops) => &["type", "searchtype"],
            (Self::SelfDefinedEthnicity, Kind::Stops) => &["selfdefinedethnicity"],
            (Self::OfficerDefinedEthnicity, Kind::Stops) => &["officerdefinedethnicity"],
            (Self::ObjectOfSearch, Kind::Stops) => &["objectofsearch"],
            (Self::Legislation, Kind::Stops) => &["legislation"],
            (Self::Gender, Kind::Stops) => &["gender"],
            (Self::AgeRange, Kind::Stops) => &["agerange"],
            (Self::CrimeType, Kind::Outcomes | Kind::Stops)
            | (Self::Lsoa, Kind::Stops)
            | (
                Self::SearchType
                | Self::SelfDefinedEthnicity
                | Self::OfficerDefinedEthnicity
                | Self::ObjectOfSearch
                | Self::Legislation
                | Self::Gender
                | Self::AgeRange,
                Kind::Street | Kind::Outcomes,
            ) => &[],
        }
    }

    /// Its column's title in the publisher's files of this kind; its own name where they have none.
    pub(crate) fn title(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::Force, Kind::Street | Kind::Outcomes) => "Falls within",
            (Self::Month, Kind::Street | Kind::Outcomes) => "Month",
            (Self::Month, Kind::Stops) => "Date",
            (Self::CrimeType, _) => "Crime type",
            (Self::Outcome, Kind::Street) => "Last outcome category",
            (Self::Outcome, Kind::Outcomes) => "Outcome type",
            (Self::Outcome, Kind::Stops) => "Outcome",
            (Self::Lsoa, _) => "LSOA code",
            (Self::SearchType, _) => "Type",
            (Self::SelfDefinedEthnicity, _) => "Self-defined ethnicity",
            (Self::OfficerDefinedEthnicity, _) => "Officer-defined ethnicity",
            (Self::ObjectOfSearch, _) => "Object of search",
            (Self::Legislation, _) => "Legislation",
            (Self::Gender, _) => "Gender",
            (Self::AgeRange, _) => "Age range",
            (Self::Force, Kind::Stops) => self.name(),
        }
    }

    /// How many bytes of its field count: of a month in a date, the first seven.
    pub(crate) fn taken(self) -> usize {
        if self == Self::Month { 7 } else { usize::MAX }
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that nothing can be counted by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is nothing to count by; there are {choices}")]
pub struct NotADimension {
    found: String,
    choices: String,
}

impl FromStr for Dimension {
    type Err = NotADimension;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|d| d.name() == text)
            .ok_or_else(|| NotADimension { found: text.to_owned(), choices: Self::ALL.map(Self::name).join(", ") })
    }
}
