//! The site of the example.

mod forces;
mod plain;
mod reading;
mod reports;
mod site;
mod support;
mod threads;
