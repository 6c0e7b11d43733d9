//! Counts and samples of record-level police files.

mod codes;
mod count;
mod counter;
mod cube;
mod dictionary;
mod dimension;
mod hybrid;
mod layout;
mod masks;
mod parquet_file;
mod plain;
mod positioned;
mod quotes;
mod rows;
mod run;
mod scan;
mod source;
mod stream;
mod values;

pub use count::{Count, Counted, Unknown};
pub use cube::{Axis, Cube, MOST_DENSE};
pub use dimension::{Dimension, Kind, NotADimension};
pub use layout::Unreadable;
pub use run::{FileReport, Progress};
pub use scan::Fault;
