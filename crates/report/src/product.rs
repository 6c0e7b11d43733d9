//! The published documents: each built from the framework, the record, the texts and the figures, by a plan that is data.
//!
//! Nothing about a particular force or cycle is written here. A plan (`templates/<product>.yaml`) lists the parts in order; a part
//! that has nothing to say is left out.

mod annex;
mod derivation;
mod findings;
mod glossary;
mod jobs;
mod judgments;
mod places;
mod plan;
mod press;
mod profile;
mod studio;
mod workbook;

pub use derivation::{Context, page as derivation_page};
pub use glossary::{Term, glossary, link_terms};
pub use jobs::{Job, jobs};
pub use places::sentences;
pub use plan::{FigurePlan, Kind, Part, Plan, TablePlan};
pub use studio::{Made, Sources, make};
pub use workbook::workbook;

/// Kebab-case of words, fit for an id or a file's name.
#[must_use]
pub fn slug(words: &str) -> String {
    let mut slug = String::new();
    for c in words.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests;
