//! The site of the example.

mod national;
mod site;
mod support;
