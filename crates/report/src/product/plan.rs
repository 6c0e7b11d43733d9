//! What a document holds, in order: `templates/<product>.yaml`.

use crate::desk::Beside;
use inspection::NodeId;
use serde::Deserialize;

/// The kinds of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One report on the whole force.
    ForceReport,
    /// A report on one pillar.
    PillarReport,
    /// Where a force stands, over all cycles.
    ForcePage,
    /// A pillar: its questions, summed up.
    PillarPage,
    /// A pillar: its questions in detail.
    DetailedFindings,
    /// One question.
    QuestionPage,
    /// A press release on one pillar.
    PressRelease,
    /// A letter to the chief officer about what is most serious.
    Letter,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::ForcePage,
        Self::ForceReport,
        Self::PillarReport,
        Self::PillarPage,
        Self::DetailedFindings,
        Self::QuestionPage,
        Self::PressRelease,
        Self::Letter,
    ];

    /// As data writes it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::ForceReport => "force-report",
            Self::PillarReport => "pillar-report",
            Self::ForcePage => "force-page",
            Self::PillarPage => "pillar-page",
            Self::DetailedFindings => "detailed-findings",
            Self::QuestionPage => "question-page",
            Self::PressRelease => "press-release",
            Self::Letter => "letter",
        }
    }

    /// What it is, in a few words, as help says it.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::ForceReport => "One report on the whole force",
            Self::PillarReport => "A report on one pillar",
            Self::ForcePage => "Where the force stands, over all cycles",
            Self::PillarPage => "A pillar: its questions, summed up",
            Self::DetailedFindings => "A pillar: its questions in detail",
            Self::QuestionPage => "One question",
            Self::PressRelease => "A press release on one pillar",
            Self::Letter => "A letter about what is most serious",
        }
    }

    /// As a link says it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ForceReport => "Report on the force",
            Self::PillarReport => "Report",
            Self::ForcePage => "Force page",
            Self::PillarPage => "Summary",
            Self::DetailedFindings => "Detailed findings",
            Self::QuestionPage => "Question",
            Self::PressRelease => "Press release",
            Self::Letter => "Letter",
        }
    }
}

/// The plan of a kind of document.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Plan {
    /// What it is.
    pub product: Kind,
    /// Its title. `{force}`, `{place}`, `{cycle}`, `{pillar}` and `{question}` are filled in.
    pub title: String,
    /// Its subtitle, filled in likewise.
    #[serde(default)]
    pub subtitle: String,
    /// One sentence for its properties, filled in likewise.
    pub description: String,
    /// What it holds.
    pub parts: Vec<Part>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The list of headings.
    Contents,
    /// A heading with what stands under it; left out when nothing does.
    Section {
        /// Its words, filled in like the title.
        title: String,
        /// What stands under it.
        parts: Vec<Part>,
    },
    /// A text that is the same for every force: `templates/standing/<name>.md`.
    Standing(String),
    /// A part of the text of the place (`legitimacy.q1.md`), or of a section of its own.
    Text {
        /// The part's heading; empty for text before any heading.
        #[serde(default)]
        part: String,
        /// The file, where it is not the place's.
        #[serde(default)]
        section: Option<String>,
    },
    /// A standing text, then a part of the place's text: nothing when the part is not written.
    Detail {
        /// The standing text.
        standing: String,
        /// The part's heading.
        part: String,
    },
    /// Where the question's own page is.
    QuestionLink,
    /// Which questions were inspected.
    Scope,
    /// Headline numbers, with a table behind them.
    Numbers(Vec<String>),
    /// A table of measures.
    Table(TablePlan),
    /// A figure of measures, each beside England and Wales; left out where one has no figure.
    Figure(FigurePlan),
    /// The grade of the place.
    Judgment,
    /// The grades of all questions, with the cycle of the last inspection.
    Judgments,
    /// The force beside its most similar group.
    Similar,
    /// The findings of the place.
    Findings,
    /// The causes of concern of the place, each with what is recommended.
    CausesOfConcern,
    /// Each pillar in turn.
    Pillars(Vec<Part>),
    /// The questions of the pillar in turn, inspected ones with these parts.
    Questions(Vec<Part>),
    /// The diagnostics of the question in turn, with their texts.
    Diagnostics,
    /// The notes that were added later.
    Annotations,
    /// Where the document departs from the original.
    Corrections,
    /// About the data.
    Annex,
    /// The opening of a press release.
    PressLead,
    /// What was asked.
    PressQuestions,
    /// What is new in this cycle.
    PressNew,
    /// What was found, as a list.
    PressFindings,
    /// What the document is and where more is.
    PressEnd,
    /// Who a letter is to.
    LetterHead,
    /// Where the force stands, in one sentence.
    Standpoint,
    /// The latest judgment of every question, with cycle and document.
    Current,
    /// What the force was asked to do, and how that stands.
    Register,
    /// Small charts of measures.
    Measures(Vec<String>),
    /// One concern through the years.
    Threads,
    /// The force's documents.
    Documents,
    /// Its data.
    Data,
}

/// A figure of measures.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FigurePlan {
    /// What it shows; place and period follow it.
    pub title: String,
    /// The measures.
    pub measures: Vec<String>,
    /// The pillar it belongs to; `None` for the force as a whole.
    #[serde(default)]
    pub pillar: Option<NodeId>,
}

/// A table of measures.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TablePlan {
    /// Its caption; the period follows it.
    pub title: String,
    /// The measures. When the others are parts of the first, a note says so where rounding hides it.
    pub measures: Vec<String>,
    /// What stands beside the force's figure.
    pub beside: Beside,
    /// The pillar it belongs to; `None` for the force as a whole.
    #[serde(default)]
    pub pillar: Option<NodeId>,
}
