//! A document to tagged PDF/UA-1 through Typst: the heavy dependency, alone.
//!
//! One template sets every document. It is given the document as data and the charts as files, so that no text of a report ever
//! becomes markup: there is nothing to escape and nothing to inject. Typst itself refuses what would break PDF/UA-1. Nothing here
//! reads a clock, a file or a system font: the same document and fonts make the same bytes.

mod address;
mod error;
mod glyphs;
mod prepare;
mod printer;
mod shape;
mod words;

pub use error::PdfError;
pub use printer::Printer;
