//! What a reader is told who asked for something that is not there.

use crate::{
    Public,
    page::{self, Page, link},
    routes::Refusal,
};
use report::document::{Block, paragraph};

/// The same for programs.
#[must_use]
pub fn unknown() -> Refusal {
    Refusal {
        status: 404,
        found: "There is nothing at this address.".to_owned(),
        remedy: "Take addresses from /api/v1/openapi.json, and names from the tables that it describes.".to_owned(),
    }
}

/// There is nothing at this address.
#[must_use]
pub fn missing(public: &Public) -> Page {
    let mut document = page::document(public, "Page not found", "There is no page at this address.");
    document.blocks = vec![
        paragraph(
            "There is no page at this address. If you typed it, check that it is right; if you followed a link, the page may never have been published here.",
        ),
        Block::List {
            ordered: false,
            items: vec![
                vec![link("Every force", "/forces.html")],
                vec![link("Everything that was published, by force and cycle", "/reports.html")],
                vec![link("Search", "/search.html")],
            ],
        },
    ];
    Page { missing: true, ..Page::new(document) }
}
