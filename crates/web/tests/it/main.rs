//! The site of the example.

mod register;
mod search;
mod site;
mod support;
