//! Counts and samples of record-level police files.

mod codes;
mod count;
mod counter;
mod cube;
mod derived;
mod dictionary;
mod dimension;
mod hybrid;
mod label;
mod layout;
mod masks;
mod parquet_file;
mod plain;
mod positioned;
mod quotes;
mod rows;
mod run;
mod sample;
mod saved;
mod scan;
mod siphash;
mod source;
mod stream;
mod values;

pub use count::{Count, Counted, Unknown};
pub use cube::{Axis, Cube, MOST_DENSE};
pub use derived::{Searches, Share, Year};
pub use dimension::{Dimension, Kind, NotADimension};
pub use layout::Unreadable;
pub use run::{FileReport, Progress};
pub use sample::{Draw, Drawn, ForceSample, Record};
pub use saved::{SavedError, write_csv};
pub use scan::Fault;
