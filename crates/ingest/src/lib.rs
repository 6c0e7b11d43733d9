//! Files in, typed values out: the inspectorate's folder, official tables, supplied returns.
//!
//! `ingest` decides nothing. It reads a file to its end, tells every problem at once with row, column and remedy, and writes a
//! release whole or not at all.

pub mod acts_file;
pub mod cycle_file;
pub mod extract;
pub mod folder;
pub mod guard;
pub mod locate;
pub mod measures_file;
pub mod number;
pub mod problem;
pub mod record_file;
pub mod register_file;
pub mod review_file;
pub mod run;
pub mod series;
pub mod sheet;
pub mod source;
pub mod table_file;
pub mod thread_file;
pub mod tidy;
pub mod when;
pub mod wording;

#[cfg(test)]
mod testing;

pub use folder::Folder;
pub use problem::Problem;
