//! Headings that every cycle's documents have, and what they do.

use crate::clean;

/// A heading under which findings stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Box {
    /// The kind, as findings name it.
    pub(crate) kind: &'static str,
    /// Whether it announces several.
    pub(crate) plural: bool,
}

/// The box that a heading opens.
pub(crate) fn finding_box(text: &str) -> Option<Box> {
    if text.len() > 70 {
        return None;
    }
    let key = clean::key(text);
    let key = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let (kind, plural) = match key {
        "causeofconcern" | "acceleratedcauseofconcern" => ("cause-of-concern", false),
        "causesofconcern" | "causesofconcerns" | "acceleratedcausesofconcern" => ("cause-of-concern", true),
        "recommendation" => ("recommendation", false),
        "recommendations" => ("recommendation", true),
        "areaforimprovement" | "afi" | "areaforimprovementafi" => ("area-for-improvement", false),
        "areasforimprovement" | "afis" | "areasforimprovementafis" => ("area-for-improvement", true),
        "promisingpractice" | "promisingpractices" => ("promising-practice", false),
        "innovativepractice" | "innovativepractices" | "innovativeandpromisingpractice" | "notablepractice" => {
            ("innovative-practice", false)
        }
        _ => return None,
    };
    Some(Box { kind, plural })
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
