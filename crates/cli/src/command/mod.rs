//! One module a command.

pub mod act;
pub mod check;
pub mod compare;
pub mod count;
pub mod demo;
pub mod drill;
pub mod explain;
pub mod ingest;
pub mod ledger;
pub mod log;
pub mod measures;
pub mod new;
pub mod publish;
pub mod read;
pub mod report;
pub mod revisions;
pub mod sample;
pub mod serve;
