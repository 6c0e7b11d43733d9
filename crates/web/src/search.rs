//! Search over all that the site says: an inverted index of word stems, ranked by BM25, with the passages that answer.
//!
//! The index is made once, from texts and from the same facts that pages are made of, so that nothing can be found that is not public.
//! What a question costs is bounded by its length, which is cut, and by the size of the index.

mod ask;
mod gather;
mod index;
mod reading;
mod words;

pub use ask::{MOST_LETTERS, MOST_WORDS, Question};
pub use index::{Hit, Index, Shown};
pub use words::stem;

/// What is found, which is also how what is found is grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// A cause of concern, a recommendation, an area for improvement or a practice.
    Finding,
    /// A judgment.
    Judgment,
    /// A document on the shelf.
    Document,
    /// One concern followed through the years.
    Thread,
    /// A measure.
    Measure,
    /// A police force.
    Force,
    /// A term of the glossary.
    Term,
    /// Any other page of the site.
    Page,
}

impl Sort {
    /// Every sort, in the order in which what is found is shown.
    pub const ALL: [Self; 8] = [
        Self::Finding,
        Self::Document,
        Self::Thread,
        Self::Judgment,
        Self::Measure,
        Self::Term,
        Self::Force,
        Self::Page,
    ];

    /// As an address has it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Finding => "finding",
            Self::Judgment => "judgment",
            Self::Document => "document",
            Self::Thread => "thread",
            Self::Measure => "measure",
            Self::Force => "force",
            Self::Term => "term",
            Self::Page => "page",
        }
    }

    /// As a heading says it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Finding => "Findings",
            Self::Judgment => "Judgments",
            Self::Document => "Reports and other documents",
            Self::Thread => "Threads",
            Self::Measure => "Measures",
            Self::Force => "Forces",
            Self::Term => "Glossary",
            Self::Page => "Other pages of this site",
        }
    }
}

/// Something that can be found, with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readable {
    /// What it is.
    pub sort: Sort,
    /// What it is called.
    pub title: String,
    /// What tells it from others of the same title ("Recommendation, Kent, 2016"); may be empty.
    pub about: String,
    /// Its address, from the site's root: `/findings/2016.kent.coc-1.html`; may end with a place on the page.
    pub address: String,
    /// Its words, paragraph by paragraph.
    pub passages: Vec<Passage>,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The id on the page that it stands at or below; empty for the page's beginning.
    pub anchor: String,
    /// The words.
    pub text: String,
}

impl Readable {
    /// Where a passage stands, from the site's root.
    #[must_use]
    pub fn place(&self, passage: &Passage) -> String {
        if passage.anchor.is_empty() || self.address.contains('#') {
            self.address.clone()
        } else {
            format!("{}#{}", self.address, passage.anchor)
        }
    }
}
