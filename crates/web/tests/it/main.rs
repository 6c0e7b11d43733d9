//! The site of the example.

mod open_data;
mod open_programme;
mod forces;
mod plain;
mod reading;
mod reports;
mod compare;
mod measures;
mod methodology;
mod numbers;
mod read;
mod site;
mod support;
mod threads;
