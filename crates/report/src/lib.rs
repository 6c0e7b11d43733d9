//! Documents, datasets, charts and bound numbers, and every form they are printed in but PDF.
//!
//! `report` fetches nothing: it is given all it prints. Two models carry everything, [`document::Document`] for what is read and
//! [`dataset::Dataset`] for what is computed with; each format is one function from a model to bytes.

pub mod assets;
pub mod chart;
pub mod checks;
pub mod csv_file;
pub mod dataset;
pub mod desk;
pub mod document;
pub mod draft;
pub mod html;
pub mod lint;
mod markup;
pub mod metadata;
pub mod ods;
pub mod pack;
pub mod product;
pub mod rule;
mod sheet;
pub mod svg;
pub mod text;
pub mod words;
pub mod xlsx;

#[cfg(test)]
mod workbook_tests;
