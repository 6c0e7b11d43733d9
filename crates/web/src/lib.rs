//! The public site and its open data.
//!
//! Everything has one shape: an address answers with a [`Resource`]. [`routes::FAMILIES`] is the table of all addresses; a static copy writes
//! every one of them, a server answers the same with what a query asks on top. What is not public is not there to leak: pages are made
//! from a [`Public`], which reads the programme as the public sees it.

pub mod cite;
pub mod figures;
pub mod grades;
pub mod known;
pub mod naming;
pub mod open;
pub mod page;
pub mod pages;
pub mod public;
pub mod query;
pub mod resource;
pub mod routes;
pub mod search;
pub mod server;
pub mod told;
pub mod tracked;

pub use public::{Public, Shelf};
pub use query::Query;
pub use resource::Resource;
