//! Findings of earlier years that a text only recalls: a reference with its year and how it stands now, never a new finding.

use super::{addressees, due};
use crate::{
    clean,
    flow::{Block, Kind},
    identity::pattern,
    known::{Known, question_of},
    model::{Finding, Reading, Recalled},
    sentence,
};
use regex::Regex;
use std::{collections::HashMap, sync::LazyLock};

static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(20[0-3]\d)(?:/\d\d)?\b"));
static RECOMMENDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\brecommend(?:ed|ation)s?\b(?:,? that|:|,? which included| for| to| we made| was| were)?")
});
static IMPROVEMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:areas?|AFIs?) for improvement\b"));
static STANDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:we (?:have )?f(?:ound|ind)|the force (?:has|now|could|still|is)|it (?:has|now)|these improvements|we are satisfied|progress|remain|has (?:made|complied|not)|this (?:had|has) (?:not )?been|has since|has only recently|introduced)\b",
    )
});
/// How many sentences after it may say how it stands.
const SENTENCES: usize = 3;

/// The findings of earlier years that the text recalls.
pub(crate) fn recall(blocks: &[Block], known: &Known, reading: &Reading) -> Vec<Finding> {
    let Some(own) = reading.cycle.as_deref().and_then(|c| c.get(..4)).and_then(|y| y.parse::<u32>().ok()) else {
        return Vec::new();
    };
    let mut found: Vec<Finding> = Vec::new();
    for (at, block) in blocks.iter().enumerate().filter(|(_, b)| b.kind == Kind::Para && b.node.is_some()) {
        if !RECOMMENDED.is_match(&block.text) && !IMPROVEMENT.is_match(&block.text) {
            continue;
        }
        let sentences = sentence::split(&block.text);
        for (number, (from, text)) in sentences.iter().enumerate() {
            let Some(kind) = kind(text) else { continue };
            let before = || sentences[..number].iter().rev().take(2).find_map(|(_, t)| in_text(t, own));
            let Some(year) = earlier(text, own).or_else(|| before().filter(|_| text.starts_with("We also"))) else {
                continue;
            };
            let pronoun = ["This was ", "These were "].iter().any(|w| text.starts_with(w));
            let previous = number.checked_sub(1).map(|n| sentences[n].1).filter(|_| pronoun);
            let after: Vec<&str> = sentences[number + 1..].iter().take(SENTENCES).map(|(_, t)| *t).collect();
            let below = blocks[at + 1..].iter().take(50).take_while(|b| b.kind == Kind::Item).collect::<Vec<_>>();
            let points: Vec<String> =
                if text.ends_with(':') { below.iter().map(|b| b.text.clone()).collect() } else { Vec::new() };
            let next = blocks.get(at + 1 + below.len()).filter(|_| !points.is_empty()).map(|b| b.text.as_str());
            let stands = after
                .iter()
                .copied()
                .chain(next)
                .find(|s| STANDS.is_match(s))
                .map(first)
                .or_else(|| previous.map(first));
            let asked = previous.map_or_else(|| asked(text, &after), |p| vec![p.trim_end_matches('.').to_owned()]);
            let whole = format!("{text} {}", points.join(" "));
            for words in asked {
                found.push(Finding {
                    kind: kind.to_owned(),
                    node: block.node.as_deref().map(|n| question_of(n).to_owned()),
                    addressees: addressees(&recommended_part(text), known, &reading.forces),
                    due: due(&whole),
                    line: block.line_at(*from),
                    sub_points: points.clone(),
                    text: words,
                    recalled: Some(Recalled { year: year.clone(), stands: stands.clone() }),
                    ..Finding::default()
                });
            }
        }
    }
    merged(found)
}

fn first(text: &str) -> String {
    sentence::split(text).first().map_or_else(|| text.to_owned(), |(_, s)| (*s).to_owned())
}

fn recommended_part(text: &str) -> String {
    RECOMMENDED.find(text).map_or_else(|| text.to_owned(), |m| text[m.start()..].to_owned())
}

fn kind(text: &str) -> Option<&'static str> {
    let plain = text.to_lowercase();
    if plain.contains("recommended")
        || plain.contains("recommendations we made")
        || plain.contains("our recommendation")
    {
        Some("recommendation")
    } else if IMPROVEMENT.is_match(text)
        && ["we ", "identified", "was an area", "were areas", "set "].iter().any(|w| plain.contains(w))
    {
        Some("area-for-improvement")
    } else {
        None
    }
}

/// A year before the document's own that the sentence names.
fn earlier(text: &str, own: u32) -> Option<String> {
    let until = RECOMMENDED.find(text).or_else(|| IMPROVEMENT.find(text)).map_or(text.len(), |m| m.end() + 60);
    let years = YEAR.captures_iter(text).filter(|c| c.get(0).is_some_and(|m| m.start() <= until));
    years.map(|c| c[1].to_owned()).find(|y| y.parse::<u32>().is_ok_and(|y| y < own))
}

fn in_text(text: &str, own: u32) -> Option<String> {
    YEAR.captures_iter(text).map(|c| c[1].to_owned()).find(|y| y.parse::<u32>().is_ok_and(|y| y < own))
}

/// What was asked for then: the words after "recommended that", the things identified, or the points that the next sentences count.
fn asked(text: &str, after: &[&str]) -> Vec<String> {
    let counted: Vec<String> = after
        .iter()
        .filter_map(|s| {
            ["The first was to ", "The second was to ", "The third was to "]
                .iter()
                .find_map(|lead| s.strip_prefix(lead))
        })
        .map(|s| s.trim_end_matches('.').to_owned())
        .collect();
    if !counted.is_empty() {
        return counted;
    }
    if let Some((before, rest)) =
        text.split_once(" as areas for improvement").or_else(|| text.split_once(" as an area for improvement"))
    {
        let _ = rest;
        let named = ["identified ", "named ", "found ", "set "].iter().find_map(|verb| before.split_once(verb));
        let things = named.map_or(before, |(_, t)| t).trim_start_matches("both ");
        return things.split(" and ").map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect();
    }
    if let Some((_, named)) = text.split_once("recommendations for ") {
        return vec![named.trim_end_matches('.').to_owned()];
    }
    let content = text
        .find("recommended")
        .is_some_and(|at| text[at..].contains("should ") || text[at..].contains(':') || text[at..].contains(" that "));
    if text.contains("recommendations we made") && !content {
        return Vec::new();
    }
    let lowered = text.find("recommended").map(|at| &text[at + "recommended".len()..]);
    let words = lowered.map_or(text, |rest| {
        let rest = rest.trim_start_matches([':', ' ', ',', '“', '"', '‘', '\'']);
        let rest = rest.strip_prefix("that").unwrap_or(rest).trim_start_matches([',', ' ']);
        rest.find("should ").map_or(rest, |at| &rest[at + "should ".len()..])
    });
    let words = words.trim_end_matches(['.', '”', '"', '’', ':']);
    vec![clean::squeezed(&clean::unmarked(words))]
}

/// The same finding recalled in two places is one.
fn merged(found: Vec<Finding>) -> Vec<Finding> {
    let mut kept: Vec<Finding> = Vec::new();
    let mut places: HashMap<(String, String), usize> = HashMap::new();
    for finding in found {
        let key = (finding.kind.clone(), clean::key(&finding.text));
        match places.get(&key) {
            Some(at) => kept[*at].repeated_at.push(finding.line),
            None => {
                places.insert(key, kept.len());
                kept.push(finding);
            }
        }
    }
    kept
}
