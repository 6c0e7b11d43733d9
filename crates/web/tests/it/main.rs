//! The site of the example.

mod site;
mod support;
