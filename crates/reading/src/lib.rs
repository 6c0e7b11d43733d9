//! Published reports, read back: text, HTML and PDF into judgments, findings and statements, each with its line and its words.
//!
//! The crate decides nothing and fetches nothing. It is given the bytes, the register and the frameworks, and answers with what the
//! document shows. What it does not show stays `unknown`: extraction often loses the badge of a grade, and praise is no grade.

mod model;

pub use model::*;
