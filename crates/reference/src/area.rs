//! Identifiers of areas: the 43 forces, England and Wales, and what stands beside them.

use std::{fmt, str::FromStr};

/// The area of all forces in scope together.
pub const ENGLAND_AND_WALES: &str = "england-and-wales";
/// Known, and out of scope: its figures are read and kept, and never enter a total.
pub const BRITISH_TRANSPORT_POLICE: &str = "british-transport-police";

/// An area's id: the slug of data.police.uk for a force (`hertfordshire`), or `england-and-wales`.
///
/// Lower-case letters, digits and single hyphens; never empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AreaId(String);

/// The text is not the id of an area.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an area id: write lower-case letters, digits and single hyphens, such as `avon-and-somerset`")]
pub struct NotAnAreaId(pub String);

impl AreaId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AreaId {
    type Err = NotAnAreaId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lawful =
            |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if text.split('-').all(lawful) { Ok(Self(text.to_owned())) } else { Err(NotAnAreaId(text.to_owned())) }
    }
}

impl TryFrom<String> for AreaId {
    type Error = NotAnAreaId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AreaId> for String {
    fn from(id: AreaId) -> Self {
        id.0
    }
}

impl fmt::Display for AreaId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_of_data_police_uk_is_an_area_id() {
        for text in ["hertfordshire", "avon-and-somerset", "dyfed-powys"] {
            assert_eq!(text.parse::<AreaId>().unwrap().as_str(), text);
        }
    }

    #[test]
    fn anything_else_is_refused_with_an_example() {
        for text in ["", "Hertfordshire", "-a", "a--b", "devon & cornwall"] {
            let error = text.parse::<AreaId>().unwrap_err().to_string();
            assert!(error.contains("avon-and-somerset"), "{error}");
        }
    }
}
