//! Where figures are from.

use crate::open::table::{Holds, Table, column, list, maybe, text, whole};

/// The published sources.
pub(super) const SOURCES: Table = Table {
    id: "sources",
    title: "Sources of figures",
    row: "a source",
    about: "The published tables that figures are read from.",
    source: "The publications named in each row",
    columns: &[
        column("id", "Source", Holds::Code, "The id of the source"),
        column("title", "Title", Holds::Words, "The publication"),
        column("publisher", "Publisher", Holds::Code, "Who publishes it"),
        column("licence", "Licence", Holds::Words, "The licence line that goes with its figures"),
        column("address", "Address", Holds::Words, "Where it is published"),
        column("about", "About", Holds::Words, "What a user of the figures should know"),
    ],
    rows: |public| {
        let row = |source: &ingest::source::Source| {
            vec![
                text(&source.id),
                text(&source.title),
                text(&source.publisher),
                text(&source.licence),
                maybe(source.address.as_deref()),
                maybe(Some(source.about.trim()).filter(|about| !about.is_empty())),
            ]
        };
        public.folder.sources.iter().map(row).collect()
    },
};

/// The releases that are loaded.
pub(super) const RELEASES: Table = Table {
    id: "releases",
    title: "Releases of figures",
    row: "a published file",
    about: "The published files that are loaded, each named by the SHA-256 of its bytes, so that anybody can prove that theirs is the same.",
    source: "The publications named in each row",
    columns: &[
        column("id", "Release", Holds::Code, "SHA-256 of the published file"),
        column("source", "Source", Holds::Code, "The source, as an id of that table"),
        column("publisher", "Publisher", Holds::Code, "Who published it"),
        column("title", "Title", Holds::Words, "The title of the publication"),
        column("released", "Released", Holds::When, "When it was published, as exactly as the publication says"),
        column("file", "File", Holds::Words, "The name of the file as downloaded"),
        column("series", "Series", Holds::Codes, "The series that it holds"),
        column("observations", "Observations", Holds::Number(0), "How many published cells are read from it"),
        column("licence", "Licence", Holds::Words, "The licence line that goes with its figures"),
    ],
    rows: |public| {
        let row = |table: &statistics::observations::Table| {
            let release = &table.release;
            vec![
                text(release.id.as_str()),
                text(&release.source),
                text(&release.publisher),
                text(&release.title),
                text(release.released.as_ref().map(ToString::to_string).unwrap_or_default()),
                text(&release.file),
                list(table.series()),
                whole(table.len()),
                text(&release.licence),
            ]
        };
        public.observations.tables().iter().map(row).collect()
    },
};
