//! P008 and P013: who says a number, and whether a count is called a proportion.

use super::{Reading, line::Line};
use crate::{
    draft::Call,
    rule::{Remark, Rule},
};
use inspection::record::{Asserted, Evidence};
use reference::quantity::Amount;
use statistics::measure::Kind;
use std::ops::Range;

/// Words that say that somebody else says it.
const SAID_BY: [&[&str]; 14] = [
    &["told", "us"],
    &["force", "reports"],
    &["force", "says"],
    &["force", "estimates"],
    &["force", "data"],
    &["force", "gives"],
    &["own", "figures"],
    &["own", "data"],
    &["own", "analysis"],
    &["according", "to"],
    &["internal", "audit"],
    &["internal", "audits"],
    &["reported"],
    &["estimated"],
];

/// P008: a number that somebody else asserts says who.
pub(super) fn sources(reading: &Reading<'_, '_>, lines: &[Line<'_>], line: &Line<'_>, remarks: &mut Vec<Remark>) {
    let introduction = line.introduced_by.and_then(|i| lines.get(i));
    let mut told: Vec<&Asserted> = Vec::new();
    for token in &line.tokens {
        let Some(item) = token
            .call()
            .filter(|c| ["evidence", "review", "share"].contains(&c.name.as_str()))
            .and_then(|c| evidence(reading, c))
        else {
            continue;
        };
        if item.asserted_by == Asserted::Inspectors || told.contains(&&item.asserted_by) {
            continue;
        }
        if says_who(reading, line, item) || introduction.is_some_and(|i| says_who(reading, i, item)) {
            continue;
        }
        told.push(&item.asserted_by);
        let who = match &item.asserted_by {
            Asserted::Force => "the force",
            Asserted::Inspectors => "the inspectors",
            Asserted::Other(name) => name,
        };
        let found = format!("`{}` is what {who} asserts, and nothing says so", item.id);
        let remedy =
            format!("write `{{{{ asserted_by(\"{}\") }}}}` in the same paragraph, or say whose number it is", item.id);
        remarks.push(reading.remark(token.at, Rule::ClaimWithoutSource, found, remedy));
    }
}

fn evidence<'r>(reading: &Reading<'r, '_>, call: &Call) -> Option<&'r Evidence> {
    let item = call.at(0)?.split('.').next()?;
    reading.desk.inspection.evidence.get(item)
}

fn says_who(reading: &Reading<'_, '_>, line: &Line<'_>, item: &Evidence) -> bool {
    let bound = line.tokens.iter().filter(|t| t.calls("asserted_by")).filter_map(|t| evidence(reading, t.call()?));
    let in_words = (0..line.tokens.len()).any(|place| SAID_BY.iter().any(|words| line.says(place, words)));
    let by_name = match &item.asserted_by {
        Asserted::Other(name) => names(line, name),
        Asserted::Force | Asserted::Inspectors => false,
    };
    in_words || by_name || bound.into_iter().any(|other| other.asserted_by == item.asserted_by)
}

/// Whether a line names somebody: by all of the words that have a capital, or by all of its words.
fn names(line: &Line<'_>, name: &str) -> bool {
    let capitals: Vec<&str> = name.split_whitespace().filter(|w| w.starts_with(char::is_uppercase)).collect();
    let telling: Vec<String> =
        if capitals.is_empty() { super::line::words(name) } else { super::line::words(&capitals.join(" ")) };
    !telling.is_empty() && telling.iter().all(|word| line.words_in(0..line.tokens.len()).any(|w| w == word))
}

/// P013: what is called a proportion is one.
pub(super) fn proportions(reading: &Reading<'_, '_>, line: &Line<'_>, remarks: &mut Vec<Remark>) {
    for clause in clauses(line) {
        let count = clause.clone().find(|place| plain_count(reading, line, *place));
        let word = clause.clone().find(|place| calls_it_a_part(line, *place));
        if let (Some(word), Some(count)) = (word, count) {
            let call = line.tokens[count].call().map(ToString::to_string).unwrap_or_default();
            let found = format!("`{}` is said of `{call}`, which is a count", line.written(word..word + 1));
            let remedy = "call it a number, or print a proportion with `share` or `review(…, as=\"percent\")`";
            remarks.push(reading.remark(line.tokens[word].at, Rule::CountAsProportion, found, remedy));
        }
    }
}

fn clauses(line: &Line<'_>) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    for sentence in &line.sentences {
        let mut start = sentence.start;
        for place in sentence.clone() {
            if line.tokens[place].marks(&[',', ';', ':', '(', ')', '–', '—']) {
                clauses.push(start..place);
                start = place + 1;
            }
        }
        clauses.push(start..sentence.end);
    }
    clauses
}

fn calls_it_a_part(line: &Line<'_>, place: usize) -> bool {
    match line.word(place) {
        Some("proportion" | "proportions" | "percentage" | "percentages" | "rate" | "rates") => true,
        // The verb is another word: "officers share two cars".
        Some("share") => line.says(place + 1, &["of"]),
        _ => false,
    }
}

/// Whether an expression prints a bare count that is not some of a whole, or a whole that something is some of.
fn plain_count(reading: &Reading<'_, '_>, line: &Line<'_>, place: usize) -> bool {
    let Some(call) = line.tokens[place].call() else { return false };
    let next = line.past_footnotes(place + 1);
    let goes_on = line.word(next).is_some_and(|w| ["of", "percent", "per", "in", "for"].contains(&w));
    let whole = (1..=3).any(|back| place.checked_sub(back).is_some_and(|p| line.word(p) == Some("of")));
    let count = match (call.name.as_str(), call.at(0)) {
        ("evidence", Some(name)) => {
            reading.desk.number(name).is_ok_and(|(_, n)| matches!(n.quantity.amount, Amount::Count(_)))
        }
        ("value", Some(id)) => reading.desk.house.measures.iter().any(|m| m.id == id && m.kind == Kind::Count),
        _ => false,
    };
    count && !goes_on && !whole
}
