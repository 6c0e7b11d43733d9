//! Counts and samples of record-level police files: millions of rows to a small cube, in one pass and little memory.
//!
//! [`Count`] reads street, outcome and stop-and-search files of data.police.uk (CSV, gzip, zip archives, Parquet) and gives a [`Cube`] for
//! each [`Kind`]; [`Draw`] takes samples. It knows no measure and no rate: a cube's counts become observations elsewhere.
//!
//! ```
//! use records::{Count, Dimension};
//!
//! let path = std::env::temp_dir().join("2018-10-kent-street.csv");
//! std::fs::write(&path, "Month,Falls within,Crime type\n2018-10,Kent Police,Drugs\n")?;
//! let counted = Count::by([Dimension::Force, Dimension::CrimeType]).files(&[path]);
//! let (_, cube) = &counted.cubes[0];
//! assert_eq!(cube.count(&["kent", "Drugs"]), 1);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # How it reads
//!
//! A plain file is read by all threads in blocks (`plain`); a stream is parsed as it is unpacked (`stream`); of Parquet only the columns
//! asked for are read, and the codes of their dictionaries counted (`parquet_file`, `codes`). Text becomes rows 64 bytes at a time
//! (`masks`), but a row with quotation marks or letters beyond ASCII is taken apart by itself (`scan`, `quotes`). Each thread has
//! dictionaries and cells of its own (`dictionary`, `counter`), put together at the end (`count`).

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
mod page_header;
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
