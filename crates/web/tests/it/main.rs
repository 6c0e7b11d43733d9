//! The site of the example.

mod open_data;
mod open_programme;
mod site;
mod support;
