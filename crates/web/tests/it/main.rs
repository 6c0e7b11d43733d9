//! The site of the example.

mod open_data;
mod open_programme;
mod forces;
mod plain;
mod reading;
mod reports;
mod site;
mod support;
mod threads;
