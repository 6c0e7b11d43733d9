//! What a measure without figures needs: a return of the forces, or a file that somebody publishes, and where.

use ingest::{Folder, series, source::Source};
use statistics::{measure::Measure, observations::Observations};
use std::collections::{BTreeMap, BTreeSet};

/// What a measure lacks.
#[derive(Debug, Default)]
pub struct Needs<'a> {
    /// Series that only forces can supply, in the order of the measure.
    pub supplied: Vec<&'a str>,
    /// Series that are published, each with the sources that give it.
    pub published: BTreeMap<&'a str, Vec<&'a Source>>,
}

impl<'a> Needs<'a> {
    /// What no release gives of a measure's terms.
    pub fn of(folder: &'a Folder, observations: &Observations, measure: &'a Measure) -> Self {
        let mut needs = Self::default();
        for term in measure.terms().filter(|term| !observations.tables().iter().any(|t| t.answers(term))) {
            let published: Vec<&Source> = folder.sources.iter().filter(|s| series::publishes(s, term)).collect();
            if !published.is_empty() {
                // Both parts of a percentage come from one release.
                let of_all = needs.published.entry(&term.series).or_insert_with(|| published.clone());
                of_all.retain(|source| published.iter().any(|p| p.id == source.id));
            } else if !needs.supplied.contains(&term.series.as_str()) {
                needs.supplied.push(&term.series);
            }
        }
        needs
    }

    /// As a clause: "needs a supplied return and figures of population-mid-year".
    pub fn clause(&self) -> String {
        let published: BTreeSet<String> = self.published.values().map(|sources| one_of(sources)).collect();
        let published: Vec<String> = published.into_iter().collect();
        let figures = (!published.is_empty()).then(|| format!("figures of {}", published.join(" and of ")));
        let supplied = (!self.supplied.is_empty()).then(|| "a supplied return".to_owned());
        let all: Vec<String> = supplied.into_iter().chain(figures).collect();
        if all.is_empty() {
            "has no period for which all its parts have figures".to_owned()
        } else {
            format!("needs {}", all.join(" and "))
        }
    }
}

/// The sources' ids as alternatives.
fn one_of(sources: &[&Source]) -> String {
    sources.iter().map(|s| s.id.as_str()).collect::<Vec<_>>().join(" or ")
}

/// A source with its publisher's page, in two lines.
pub fn page(source: &Source) -> String {
    let address = source.address.as_deref().unwrap_or("its page is not in its description");
    format!("  {}: {}, {}\n    {address}", crate::outcome::name(&source.id), source.title, source.publisher)
}

/// How published figures come into a folder.
pub const HOW: &str = "docs/releases.md names each file that is read, with its command: `peelian ingest FILE`.\n\
    `peelian new DIR --with-figures` starts a folder with the releases that come with the program.";
