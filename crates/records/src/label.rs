//! From what a file says to what a reader expects: slugs of forces, and whether a label was ever seen before. What the publisher has
//! used is data, in `vocabulary/`.

use crate::dimension::Dimension;
use jiff::civil::Date;
use reference::{Register, Resolved};

const CRIME_TYPES: &str = include_str!("../vocabulary/crime-types.txt");
const FORCES: &str = include_str!("../vocabulary/forces.csv");

/// The label of a published value, and whether it is one that was to be expected.
pub(crate) fn label(dimension: Dimension, published: &str, register: Option<&Register>) -> (String, bool) {
    match dimension {
        Dimension::Force => match slug_of(published).or_else(|| register.and_then(|r| force(r, published))) {
            Some(slug) => (slug, true),
            None => (slug(published), false),
        },
        Dimension::Month => (published.to_owned(), is_month(published)),
        Dimension::CrimeType => (published.to_owned(), CRIME_TYPES.lines().any(|l| l == published)),
        Dimension::Outcome
        | Dimension::Lsoa
        | Dimension::SearchType
        | Dimension::SelfDefinedEthnicity
        | Dimension::OfficerDefinedEthnicity
        | Dimension::ObjectOfSearch
        | Dimension::Legislation
        | Dimension::Gender
        | Dimension::AgeRange => (published.to_owned(), true),
    }
}

/// The slug of the force that the publisher calls so; a slug is its own.
fn slug_of(published: &str) -> Option<String> {
    let forces = FORCES.lines().skip(1).filter_map(|line| line.rsplit_once(','));
    forces.into_iter().find(|(name, slug)| *name == published || *slug == published).map(|(_, slug)| slug.to_owned())
}

/// The id of the force that bears the name now or bore it when the publisher began, in December 2010.
fn force(register: &Register, published: &str) -> Option<String> {
    [Date::MAX, Date::constant(2010, 12, 1)].into_iter().find_map(|day| match register.resolve(published, day) {
        Resolved::Force(force) => Some(force.id.as_str().to_owned()),
        Resolved::Ambiguous | Resolved::Unknown => None,
    })
}

/// Lower-case letters and digits with hyphens between: what is left of a name in an address.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Whether it is written `YYYY-MM`.
pub(crate) fn is_month(text: &str) -> bool {
    let is_shaped =
        text.len() == 7 && text.bytes().enumerate().all(|(at, b)| if at == 4 { b == b'-' } else { b.is_ascii_digit() });
    is_shaped && text[5..].parse().is_ok_and(|month: u8| (1..=12).contains(&month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forces_are_named_as_the_publisher_addresses_them() {
        let told = |published| label(Dimension::Force, published, None);
        assert_eq!(told("Devon & Cornwall Police"), ("devon-and-cornwall".into(), true));
        assert_eq!(told("metropolitan"), ("metropolitan".into(), true));
        assert_eq!(told("Wessex Police"), ("wessex-police".into(), false));
    }

    #[test]
    fn months_and_crime_types_that_were_never_seen_are_told() {
        let is_known = |dimension, text| label(dimension, text, None).1;
        assert!(
            is_known(Dimension::Month, "2018-10")
                && !is_known(Dimension::Month, "2018-13")
                && !is_known(Dimension::Month, "Oct 18")
        );
        assert!(is_known(Dimension::CrimeType, "Drugs") && !is_known(Dimension::CrimeType, "drugs"));
    }
}
