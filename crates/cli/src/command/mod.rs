//! One module a command.

pub mod check;
pub mod compare;
pub mod demo;
pub mod explain;
pub mod ingest;
pub mod measures;
pub mod new;
pub mod publish;
pub mod report;
pub mod revisions;
