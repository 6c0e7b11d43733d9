//! What a figure is a figure of: the nouns of measures, found in a line.

use super::{
    Reading,
    line::{self, Line, Token},
};
use crate::rule::{Remark, Rule};
use statistics::measure::{Kind, Measure};
use std::ops::Range;

/// The nouns of every measure.
pub(super) struct Nouns<'a>(Vec<Noun<'a>>);

struct Noun<'a> {
    measure: &'a Measure,
    /// The ways in which a text may go on after the figure, the longest first.
    forms: Vec<Vec<String>>,
}

/// Words that a figure may stand before when its noun is said elsewhere in the sentence.
const CONNECTING: [&str; 25] = [
    "to",
    "and",
    "in",
    "on",
    "at",
    "for",
    "or",
    "from",
    "by",
    "against",
    "compared",
    "while",
    "than",
    "across",
    "nationally",
    "when",
    "as",
    "was",
    "is",
    "but",
    "after",
    "before",
    "a",
    "since",
    "between",
];

/// Words that say nothing of what is counted.
const SMALL: [&str; 16] =
    ["of", "the", "a", "an", "in", "to", "from", "for", "or", "and", "was", "were", "had", "per", "by", "on"];

/// Expressions whose first argument is a measure.
const OF_A_MEASURE: [&str; 5] = ["value", "compared", "change", "difference", "rank"];

impl<'a> Nouns<'a> {
    /// The nouns of these measures.
    pub fn of(measures: &'a [Measure]) -> Self {
        Self(measures.iter().map(|measure| Noun { measure, forms: forms(measure) }).collect())
    }

    fn get(&self, id: &str) -> Option<&Noun<'a>> {
        self.0.iter().find(|n| n.measure.id == id)
    }

    /// The measure whose noun begins at a place, the longest where there are several.
    pub fn after(&self, line: &Line<'_>, place: usize) -> Option<&'a Measure> {
        let ends = self.0.iter().filter_map(|n| Some((n.follows(line, place)?, n.measure)));
        ends.max_by(|a, b| a.0.cmp(&b.0).then(b.1.id.cmp(&a.1.id))).map(|(_, measure)| measure)
    }

    /// Whether the number at a place belongs to the noun of a measure that the same sentence gives a figure of.
    pub fn hold(&self, line: &Line<'_>, place: usize) -> bool {
        let (number, before, after) = (line.word(place), line.before(place), line.word(place + 1));
        let within = |form: &[String]| {
            form.iter().enumerate().any(|(i, word)| {
                let same =
                    |form: Option<&String>, text: Option<&str>| form.is_none() || form.map(String::as_str) == text;
                let neighbours =
                    same(i.checked_sub(1).and_then(|b| form.get(b)), before) && same(form.get(i + 1), after);
                Some(word.as_str()) == number && neighbours
            })
        };
        let sentence = line.tokens.get(line.sentence(place)).unwrap_or_default();
        let named = sentence
            .iter()
            .filter_map(Token::call)
            .filter(|c| OF_A_MEASURE.contains(&c.name.as_str()))
            .filter_map(|c| c.at(0));
        named.filter_map(|id| self.get(id)).any(|noun| noun.forms.iter().any(|f| within(f)))
    }
}

impl Noun<'_> {
    /// Where its noun ends, when the text goes on with it at a place.
    fn follows(&self, line: &Line<'_>, place: usize) -> Option<usize> {
        self.forms.iter().find_map(|form| {
            let all =
                form.iter().enumerate().all(|(i, word)| line.tokens.get(place + i).is_some_and(|t| same(t, word)));
            all.then_some(place + form.len())
        })
    }

    /// Whether the words of its noun stand among some tokens.
    fn said(&self, line: &Line<'_>, tokens: &Range<usize>) -> bool {
        let said = |word: &String| line.tokens[tokens.clone()].iter().any(|t| same(t, word));
        let carries = |word: &&String| word.starts_with(char::is_alphanumeric) && !SMALL.contains(&word.as_str());
        self.forms.iter().any(|form| form.iter().filter(carries).all(said))
    }
}

/// Whether a token is this word, or its singular or plural.
fn same(token: &Token<'_>, word: &str) -> bool {
    let one = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    match &token.sort {
        line::Sort::Word(found) => found == word || one(found) == one(word),
        line::Sort::Mark(mark) => word.len() == mark.len_utf8() && word.starts_with(*mark),
        line::Sort::Call(_) => false,
    }
}

fn forms(measure: &Measure) -> Vec<Vec<String>> {
    let mut forms: Vec<Vec<String>> = Vec::new();
    for noun in std::iter::once(&measure.noun).chain(&measure.also) {
        let words = line::words(noun);
        match measure.kind {
            // What is in brackets says how it is counted, which the table of the measure says too.
            Kind::Count => forms.push(words.iter().take_while(|w| *w != "(").cloned().collect()),
            Kind::Percent => forms.push(words.iter().take(4).cloned().collect()),
            Kind::Rate | Kind::Mean => {}
        }
        // The figure itself says that it is pounds.
        if !measure.prefix.is_empty() {
            forms.extend(words.strip_prefix(&["pounds".to_owned()]).map(<[String]>::to_vec));
            forms.extend(words.iter().position(|w| w == "per").map(|per| words[per..].to_vec()));
        }
        forms.push(words);
    }
    forms.retain(|f| !f.is_empty());
    forms.sort_by_key(|f| std::cmp::Reverse(f.len()));
    forms
}

/// P005: a figure goes on with the noun of its measure.
pub(super) fn check(reading: &Reading<'_, '_>, line: &Line<'_>, remarks: &mut Vec<Remark>) {
    for sentence in &line.sentences {
        let figures = sentence.clone().filter_map(|place| {
            let call = line.tokens[place].call().filter(|c| c.name == "value")?;
            Some((place, reading.nouns.get(call.at(0)?)?))
        });
        let figures: Vec<(usize, &Noun<'_>)> = figures.collect();
        let next = |place: usize| line.past_footnotes(place + 1);
        for (place, noun) in &figures {
            if noun.follows(line, next(*place)).is_some() {
                continue;
            }
            let beside =
                figures.iter().any(|(p, n)| n.measure.id == noun.measure.id && n.follows(line, next(*p)).is_some());
            let said = beside || noun.said(line, &(sentence.start..*place));
            let after = line.tokens.get(next(*place)).filter(|_| next(*place) < sentence.end);
            let stands_alone = match after.and_then(Token::word) {
                Some(word) => CONNECTING.contains(&word),
                None => !after.is_some_and(|t| t.marks(&['('])),
            };
            if said && stands_alone {
                continue;
            }
            let at = after.filter(|t| t.word().is_some()).unwrap_or(&line.tokens[*place]).at;
            let goes_on = line.written(next(*place)..(next(*place) + 5).min(sentence.end));
            let goes_on = if after.is_some_and(|t| t.word().is_some()) {
                format!("goes on with `{}`", spoken(goes_on))
            } else {
                "has no noun".into()
            };
            let found = format!("the figure of `{}` {goes_on}", noun.measure.id);
            let others: Vec<String> = noun.measure.also.iter().map(|n| format!("`{n}`")).collect();
            let or = if others.is_empty() { String::new() } else { format!(" or {}", others.join(" or ")) };
            let remedy =
                format!("go straight on with `{}`{or}, or say it earlier in the same sentence", noun.measure.noun);
            remarks.push(reading.remark(at, Rule::WrongNoun, found, remedy));
        }
    }
}

/// With "…" for the expressions.
pub(super) fn spoken(text: &str) -> String {
    text.replace('\u{fffc}', "…")
}
