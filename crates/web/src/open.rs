//! Open data: a table is said once, and its files, its descriptions, its addresses and its programming interface follow from it.
//!
//! The first column of every table is `id`: unique in the table, the same for ever, without spaces and tildes. In an address of a single row
//! a tilde stands for each slash of its id.

pub mod api;
pub mod bulk;
pub mod catalogue;
pub mod feeds;
pub mod openapi;
mod table;
mod tables;

pub use table::{Column, Holds, Open, Table, Tables};
pub use tables::TABLES;

use crate::{
    Public,
    routes::{Route, once},
};

/// A table with more rows than this is open as CSV and through the interface of a server only: workbooks of that size open slowly or not at
/// all.
pub const LARGE: usize = 20_000;

/// The rows of a table with more than this have no files of their own in a static copy.
pub const SINGLE: usize = 1_000;

/// The licence of everything here.
pub const LICENCE: &str = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/";

/// The addresses of this family.
pub const ROUTES: &[Route] = &[
    Route { pattern: "data/{table}.csv", about: "A table as CSV", asks: &[], all: each, make: bulk::csv },
    Route {
        pattern: "data/{table}.csv-metadata.json",
        about: "What the columns of a table hold (CSV on the Web)",
        asks: &[],
        all: each,
        make: bulk::csvw,
    },
    Route {
        pattern: "data/{table}.ods",
        about: "A table as ODS",
        asks: &[],
        all: bulk::each_workbook,
        make: bulk::ods,
    },
    Route {
        pattern: "data/{table}.xlsx",
        about: "A table as XLSX",
        asks: &[],
        all: bulk::each_workbook,
        make: bulk::xlsx,
    },
    Route {
        pattern: "data/datapackage.json",
        about: "All tables as a Data Package",
        asks: &[],
        all: once,
        make: bulk::package,
    },
    Route {
        pattern: "data/catalogue.jsonld",
        about: "The catalogue of all tables (DCAT 3)",
        asks: &[],
        all: once,
        make: catalogue::make,
    },
    Route {
        pattern: "api/v1/openapi.json",
        about: "What can be asked (OpenAPI 3.1)",
        asks: &[],
        all: once,
        make: openapi::make,
    },
    Route {
        pattern: "api/v1/{table}.json",
        about: "Rows of a table as JSON",
        asks: &["{table}"],
        all: each_small,
        make: api::json,
    },
    Route {
        pattern: "api/v1/{table}.csv",
        about: "Rows of a table as CSV",
        asks: &["{table}"],
        all: each_small,
        make: api::csv,
    },
    Route {
        pattern: "api/v1/{table}/{id}.json",
        about: "One row of a table as JSON",
        asks: &[],
        all: api::each_row,
        make: api::row,
    },
    Route { pattern: "feeds/all.atom", about: "Everything new, as a feed", asks: &[], all: once, make: feeds::all },
    Route {
        pattern: "feeds/{force}.atom",
        about: "What is new about a force, as a feed",
        asks: &[],
        all: crate::routes::each_force,
        make: feeds::of_force,
    },
];

/// The table of this id.
#[must_use]
pub fn table(id: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.id == id)
}

/// Every table with its rows.
pub fn all(public: &Public) -> impl Iterator<Item = &Open> {
    TABLES.iter().filter_map(|table| public.tables.get(public, table))
}

fn each(_: &Public) -> Vec<Vec<String>> {
    TABLES.iter().map(|table| vec![table.id.to_owned()]).collect()
}

/// The tables of which a static copy has every row in one answer.
fn each_small(public: &Public) -> Vec<Vec<String>> {
    all(public).filter(|open| !open.is_large()).map(|open| vec![open.table.id.to_owned()]).collect()
}
