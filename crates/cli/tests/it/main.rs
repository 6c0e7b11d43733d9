//! The program through its front door: its arguments in, its output, files and exit status out.
//!
//! Nothing of the program is called but the program. Every test makes its own folder and leaves nothing behind. The published
//! originals lie beside the repository on some machines only: what needs them says so and is skipped where they are not.

mod acting;
mod books;
mod client;
mod commands;
mod contract;
mod counting;
mod documents;
mod editions;
mod formats;
mod inspectorate;
mod leaks;
mod others;
mod pages;
mod reading;
mod reproduction;
mod retention;
mod revised;
mod serving;
mod shipped;
mod statements;
#[path = "../../../pdf/tests/structure/mod.rs"]
mod structure;
mod supplied;
mod switching;
