//! Headings that every cycle's documents have, and what they do.

use crate::{clean, identity::pattern, piece::Piece};
use regex::Regex;
use std::sync::LazyLock;

/// A heading under which findings stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Box {
    /// The kind, as findings name it.
    pub(crate) kind: &'static str,
    /// Whether it announces several.
    pub(crate) plural: bool,
    /// Whether it says that it belongs to nothing above it.
    pub(crate) other: bool,
}

/// The box that a heading opens.
pub(crate) fn finding_box(text: &str) -> Option<Box> {
    if text.len() > 70 {
        return None;
    }
    let key = clean::key(text);
    let key = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let other = key.starts_with("other") || key.starts_with("further");
    let (kind, plural) = match key {
        "causeofconcern" | "acceleratedcauseofconcern" => ("cause-of-concern", false),
        "causesofconcern" | "causesofconcerns" | "acceleratedcausesofconcern" => ("cause-of-concern", true),
        "recommendation" | "otherrecommendation" | "furtherrecommendation" => ("recommendation", false),
        "recommendations" | "otherrecommendations" | "furtherrecommendations" => ("recommendation", true),
        "areaforimprovement" | "afi" | "areaforimprovementafi" => ("area-for-improvement", false),
        "areasforimprovement" | "afis" | "areasforimprovementafis" => ("area-for-improvement", true),
        "promisingpractice" | "promisingpractices" => ("promising-practice", false),
        "innovativepractice" | "innovativepractices" | "innovativeandpromisingpractice" | "notablepractice" => {
            ("innovative-practice", false)
        }
        _ => return None,
    };
    Some(Box { kind, plural, other })
}

/// A heading that documents of every cycle have, with its level.
pub(crate) fn standing(text: &str) -> Option<u8> {
    if text.len() > 90 {
        return None;
    }
    let key = clean::key(text);
    Some(match key.as_str() {
        "introduction" | "whatthisreportcontains" | "nextsteps" | "overallsummary" | "aboutthedata" => 1,
        "forceincontext"
        | "forceinnumbers"
        | "ourjudgments"
        | "hminspectorsobservations"
        | "overalljudgment"
        | "overalljudgement"
        | "ourinspectionapproach"
        | "methodology"
        | "summary"
        | "summaryoffindings"
        | "howdoestheforcecomparewithsimilarforces"
        | "figuresthroughoutthereport" => 2,
        "mainfindings" | "detailedfindings" | "judgment" | "judgement" | "overview" => 3,
        key if key.starts_with("annex") && key.len() < 60 => 1,
        key if key.starts_with("questionsfor") && key.len() < 30 => 2,
        _ => finding_box(text).map(|_| 3)?,
    })
}

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^PEEL: Police (effectiveness|efficiency|legitimacy|leadership)(?: \(including leadership\))? 20\d\d$")
});

/// The pillar that the title of a report on one pillar names.
pub(crate) fn titled(pieces: &[Piece]) -> Option<String> {
    pieces.iter().take(20).find_map(|p| Some(TITLE.captures(p.text.trim())?[1].to_lowercase()))
}

/// Whether what follows is about the whole of a report's pillar.
pub(crate) fn is_overview(text: &str) -> bool {
    matches!(clean::key(text).as_str(), "overview" | "overalljudgment" | "overalljudgement" | "overallsummary")
}

/// The place that still holds under a heading that names none: outside the questions there is none.
pub(crate) fn stays(text: &str, here: Option<String>) -> Option<String> {
    let key = clean::key(text);
    let outside = [
        "introduction",
        "whatthisreportcontains",
        "nextsteps",
        "aboutthedata",
        "hminspectorsobservations",
        "methodology",
    ];
    let ends = outside.contains(&key.as_str())
        || key.starts_with("annex")
        || key == "figuresthroughoutthereport"
        || key == "howdoestheforcecomparewithsimilarforces";
    if ends { None } else { here }
}
