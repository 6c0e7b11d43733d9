//! The site of the example.

mod compare;
mod measures;
mod methodology;
mod numbers;
mod read;
mod site;
mod support;
