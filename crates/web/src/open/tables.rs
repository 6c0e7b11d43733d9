//! The tables, family by family.

mod figures;
mod findings;
mod places;
mod record;
mod sources;

use super::table::Table;

/// Every table, in the order that they are shown.
pub const TABLES: &[Table] = &[
    places::FORCES,
    places::BODIES,
    places::CYCLES,
    places::PLACES,
    record::JUDGMENTS,
    record::NATIONAL_COUNTS,
    findings::FINDINGS,
    findings::REGISTER,
    record::CORRECTIONS,
    record::PUBLICATIONS,
    record::DOCUMENTS,
    figures::MEASURES,
    figures::FIGURES,
    sources::SOURCES,
    sources::RELEASES,
];
