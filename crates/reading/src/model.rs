//! What is read of a document: the fields that `peelian read --format json` prints, under their published names.
//!
//! A field that the document does not show is `None` or `unknown`; nothing is guessed from tone. Lines count from 1: those of the
//! file, or of a PDF the lines of its text from the first page on.

use serde::{Deserialize, Serialize};

/// Everything read of one document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The file, as it was named.
    pub file: String,
    /// `HMIC`, `HMICFRS` or whoever says so; `None` where the document does not.
    pub publisher: Option<String>,
    /// `force-report`, `pillar-report`, `force-page`, `pillar-page`, `detailed-findings`, `question-page`, `press-release`, `letter`,
    /// `data-pack`, `national-overview` or `unknown`.
    pub product: String,
    /// The cycle's id, `2016` or `2018-19`.
    pub cycle: Option<String>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as exact as it is printed.
    pub published: Option<String>,
    /// As printed.
    pub isbn: Option<String>,
    /// Slugs of the forces that it is about.
    pub forces: Vec<String>,
    /// Headings in order, the contents page left out.
    pub sections: Vec<Section>,
    /// Judgments, one a place.
    pub judgments: Vec<Judgment>,
    /// Findings, each once.
    pub findings: Vec<Finding>,
    /// Statements of values.
    pub statements: Vec<Statement>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Numbered figures, each once.
    pub figures: Vec<Figure>,
    /// Footnotes in the order of their numbers.
    pub footnotes: Vec<Footnote>,
    /// Terms that are linked, at each place.
    pub glossary: Vec<Term>,
    /// What could not be read, or does not agree with itself.
    pub problems: Vec<Problem>,
}

/// A heading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// As printed.
    pub title: String,
    /// The place in the framework that it opens or stands under.
    pub node: Option<String>,
    /// 1 for the outermost.
    pub level: u8,
    /// Where.
    pub line: u32,
}

/// A judgment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgment {
    /// The place in the framework.
    pub node: String,
    /// A grade, `ungraded`, `not-inspected`, `to-be-graded`, `not-graded` or `unknown`.
    pub grade: String,
    /// `graded`, `carried-over`, `not-inspected`, `ungraded`, `to-be-graded` or `unknown`.
    pub status: String,
    /// The cycle that made it, where the document shows it.
    pub source_cycle: Option<String>,
    /// Where.
    pub line: u32,
    /// The words that carry it.
    pub quote: String,
}

/// A finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Unique in the document.
    pub id: String,
    /// `cause-of-concern`, `recommendation`, `area-for-improvement`, `promising-practice` or `innovative-practice`.
    pub kind: String,
    /// The place, where it stands under one.
    pub node: Option<String>,
    /// As printed.
    pub text: String,
    /// Its parts.
    pub sub_points: Vec<String>,
    /// Slugs of forces, ids of bodies, `all-forces`.
    pub addressees: Vec<String>,
    /// The cause of concern that a recommendation hangs on.
    pub parent: Option<String>,
    /// By when, as printed.
    pub due: Option<String>,
    /// How often again, as printed.
    pub recurring: Option<String>,
    /// Where it is printed first.
    pub line: u32,
    /// Where else.
    pub repeated_at: Vec<u32>,
    /// Of a finding of an earlier year that the text only recalls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recalled: Option<Recalled>,
}

/// The year of a finding that is only recalled, and how it stands now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recalled {
    /// Its year, as printed.
    pub year: String,
    /// The words that say how it stands; `None` where none do.
    pub stands: Option<String>,
}

/// A value that the text states.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// The sentence, or the row of a table.
    pub text: String,
    /// What is measured, in the document's words.
    pub subject: String,
    /// When; `None` where nothing says.
    pub period: Option<Period>,
    /// The value; of "48 of 60" the 48.
    pub value: Option<f64>,
    /// `per-1000`, `percent`, `percentage-points`, `count`, `gbp`, `days`, `ratio` or `rank`.
    pub unit: Option<String>,
    /// `exact`, `more-than`, `less-than`, `almost`, `about` or `of`.
    pub qualifier: String,
    /// `england-and-wales`, `most-similar`, `own-previous`, `local-population`; `None` for no comparison.
    pub comparator: Option<String>,
    /// The comparator's value; of "48 of 60" the 60.
    pub comparator_value: Option<f64>,
    /// `higher`, `lower`, `broadly-in-line`, `no-comparison` or `none-stated`.
    pub verdict: String,
    /// What it says of statistical significance.
    pub significant: Option<bool>,
    /// Where.
    pub line: u32,
}

/// When a value is true.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// `instant`, `12-months`, `3-months`, `month`, `year`, `financial-year` or `range`.
    pub kind: String,
    /// The last day, `YYYY-MM-DD`.
    pub end: String,
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The line or lines over it.
    pub caption: Option<String>,
    /// The cells of its heading.
    pub header: Vec<String>,
    /// The cells of its rows.
    pub rows: Vec<Vec<String>>,
    /// Where its heading stands.
    pub line: u32,
}

/// A numbered figure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// As printed.
    pub number: String,
    /// As printed.
    pub title: String,
    /// Who the data are from.
    pub source: Option<String>,
    /// Where.
    pub line: u32,
}

/// A footnote.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footnote {
    /// As printed, in plain digits.
    pub number: String,
    /// As printed.
    pub text: String,
    /// Where it stands.
    pub line: u32,
    /// The lines that refer to it.
    pub markers: Vec<u32>,
}

/// A term that is linked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// As printed.
    pub term: String,
    /// Where.
    pub line: u32,
}

/// Something that could not be read, or does not agree with itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where.
    pub line: u32,
    /// What was found.
    pub problem: String,
    /// What a reader can do about it.
    pub remedy: String,
}
