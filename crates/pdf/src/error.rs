//! Why a document could not become a PDF, for whoever must mend the document.

/// A document could not become a PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// No font was given, or one that Typst cannot read.
    #[error("font {number} of {of} cannot be read: give the whole file of a TrueType or OpenType font")]
    Font {
        /// Its place in the order given, from 1.
        number: usize,
        /// How many were given.
        of: usize,
    },
    /// A mark leads to a footnote that the document does not have.
    #[error("`{title}` names footnote {number} and has {of}: add the footnote or remove its mark")]
    Footnote {
        /// The document's title.
        title: String,
        /// The footnote named, from 1.
        number: u64,
        /// How many the document has.
        of: usize,
    },
    /// A row of a table is not as long as its columns.
    #[error("`{title}`, table `{table}`, row {row}: {cells} cells below {columns} columns")]
    Row {
        /// The document's title.
        title: String,
        /// The table's id.
        table: String,
        /// The row, from 1, headings not counted.
        row: usize,
        /// Its cells.
        cells: usize,
        /// The columns.
        columns: usize,
    },
    /// A character that none of the fonts can show; PDF/UA-1 forbids the empty box that would stand for it.
    #[error("`{title}` holds the character `{character}` (U+{:04X}), which is in none of the fonts: write it in words, near `{near}`", u32::from(*.character))]
    Character {
        /// The document's title.
        title: String,
        /// The character.
        character: char,
        /// The first words of the text it stands in.
        near: String,
    },
    /// The document could not be put into the form that the template reads.
    #[error("the document cannot be handed to the template")]
    Data(#[from] serde_json::Error),
    /// Typst refused, with what it says of each problem.
    #[error("`{title}` cannot be set as PDF: {}", .problems.join("; "))]
    Typst {
        /// The document's title.
        title: String,
        /// One sentence a problem, hints included.
        problems: Vec<String>,
    },
}
