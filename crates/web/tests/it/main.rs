//! The site of the example.

mod compare;
mod forces;
mod measures;
mod methodology;
mod national;
mod numbers;
mod open_data;
mod open_programme;
mod plain;
mod read;
mod reading;
mod register;
mod reports;
mod search;
mod site;
mod support;
mod threads;
