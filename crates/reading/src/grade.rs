//! Grades where they stand by themselves: a badge, a cell of a table, the first words after a heading.

use crate::clean;

/// What a badge says, by its id.
pub(crate) fn badge(text: &str) -> Option<&'static str> {
    if text.len() > 60 {
        return None;
    }
    let key = clean::key(text);
    let key = ["grade", "judgment", "judgement", "rating"]
        .iter()
        .fold(key.as_str(), |k, lead| k.strip_prefix(lead).unwrap_or(k));
    Some(match key {
        "outstanding" => "outstanding",
        "good" => "good",
        "adequate" => "adequate",
        "requiresimprovement" | "requiresimprovment" => "requires-improvement",
        "inadequate" => "inadequate",
        "ungraded" | "notgradedbydesign" => "ungraded",
        "notgraded" | "nograde" => "not-graded",
        "notinspected" | "notinspectedorgraded" => "not-inspected",
        "tobegraded" | "yettobegraded" | "gradetobepublished" | "gradetofollow" | "awaitinggrade" => "to-be-graded",
        _ => return None,
    })
}

/// The grade at the head of a text, and the text after it. A sentence that only begins with such a word is none.
pub(crate) fn leading(text: &str) -> Option<(&'static str, &str)> {
    let trimmed = text.trim_start_matches([' ', '\t', ':', '?', '-', '–', '—']);
    for words in [
        "Requires improvement",
        "Outstanding",
        "Good",
        "Adequate",
        "Inadequate",
        "Ungraded",
        "Not inspected",
        "To be graded",
    ] {
        let Some(head) = trimmed.get(..words.len()) else { continue };
        let capital = head.starts_with(|c: char| c.is_uppercase());
        if !capital || !head.eq_ignore_ascii_case(words) {
            continue;
        }
        let rest = &trimmed[words.len()..];
        let bare = rest.trim_start_matches(|c: char| c == ' ' || c == '\t' || clean::digit(c).is_some());
        if bare.is_empty()
            || (rest.starts_with([' ', '\t']) && bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
        {
            return badge(words).map(|id| (id, bare));
        }
    }
    None
}

/// The grade of a badge that says at once that it is carried over.
pub(crate) fn carried(text: &str) -> Option<&'static str> {
    let (grade, rest) = text.split_once([',', '·'])?;
    let rest = rest.trim_start();
    let dated = rest.len() <= 9 && rest.len() >= 4 && rest.bytes().all(|b| b.is_ascii_digit() || b == b'/');
    badge(grade).filter(|_| rest.starts_with("carried over") || dated)
}
