//! Numbers that may be typed. Each stands here with the reason; whatever does not is bound.

use super::{line::Line, nouns::Nouns};
use reference::MONTHS;
use std::ops::Range;

/// Words that hold a number and are no figure, each with the reason.
pub(super) const PHRASES: [(&str, &str); 16] = [
    ("999", "the number of the emergency services"),
    ("101", "the number of the police when there is no emergency"),
    ("111", "the number of the health service when there is no emergency"),
    ("24/7", "a way to say always"),
    ("24 hours a day", "a way to say always"),
    ("24-hour", "a way to say always"),
    ("round-the-clock", "a way to say always"),
    ("seven days a week", "a way to say always"),
    ("7 days a week", "a way to say always"),
    ("365 days a year", "a way to say always"),
    ("nine to five", "a way to say office hours"),
    ("360-degree", "the name of a way to assess people"),
    ("360 degree", "the name of a way to assess people"),
    ("ten codes", "the name of a language of signals"),
    ("21st century", "a time"),
    ("20th century", "a time"),
];

/// Words that make the number after them a label, each with the reason.
pub(super) const LABELS: [(&str, &str); 33] = [
    ("section", "a place in the law"),
    ("sections", "a place in the law"),
    ("subsection", "a place in the law"),
    ("article", "a place in the law"),
    ("articles", "a place in the law"),
    ("schedule", "a place in the law"),
    ("regulation", "a place in the law"),
    ("regulations", "a place in the law"),
    ("paragraph", "a place in the law"),
    ("part", "a place in the law"),
    ("chapter", "a place in a work"),
    ("annex", "a place in a work"),
    ("appendix", "a place in a work"),
    ("page", "a place in a work"),
    ("footnote", "a place in a work"),
    ("issue", "a name in a series"),
    ("volume", "a name in a series"),
    ("version", "a name in a series"),
    ("figure", "a place in a work"),
    ("table", "a place in a work"),
    ("tier", "a name in a system of levels"),
    ("tiers", "a name in a system of levels"),
    ("level", "a name in a system of levels"),
    ("levels", "a name in a system of levels"),
    ("stage", "a name in a system of levels"),
    ("stages", "a name in a system of levels"),
    ("phase", "a name in a system of levels"),
    ("band", "a name in a system of levels"),
    ("category", "a name in a system of levels"),
    ("priority", "a name in a system of levels"),
    ("step", "a name in a system of levels"),
    ("strand", "a name in a system of levels"),
    ("number", "a name in a series"),
];

/// Words after which four digits are an amount, even where they could be a year.
const AMOUNTS: [&str; 16] = [
    "had", "has", "have", "employs", "employed", "over", "than", "about", "almost", "nearly", "around", "least",
    "recorded", "some", "with", "were",
];

/// Whether the number at some tokens may be typed.
pub(super) fn exempt(line: &Line<'_>, number: &Range<usize>, nouns: &Nouns<'_>) -> bool {
    let place = number.start;
    let Some(word) = line.word(place) else { return false };
    in_a_phrase(line, number)
        || labelled(line, place)
        || day(line, place)
        || year(line, place, nouns)
        || law(line, place, word)
        || word.contains(':')
        || clock(line, place, word)
        || small_ordinal(word)
        || unit_of_a_rate(line, place, word)
        || name(line, place)
        || nouns.hold(line, place)
}

fn in_a_phrase(line: &Line<'_>, number: &Range<usize>) -> bool {
    PHRASES.iter().any(|(phrase, _)| {
        let words: Vec<&str> = phrase.split(' ').collect();
        let first = (number.start + 1).saturating_sub(words.len());
        (first..=number.start).any(|from| from + words.len() >= number.end && line.says(from, &words))
    })
}

/// "section 60", "sections 1, 2 and 60", "section 3(1)".
fn labelled(line: &Line<'_>, place: usize) -> bool {
    let mut place = place;
    while let Some(before) = place.checked_sub(1) {
        let chain = line
            .word(before)
            .is_some_and(|w| ["and", "or", "to"].contains(&w) || w.starts_with(|c: char| c.is_ascii_digit()));
        if !chain && !line.tokens[before].marks(&[',', '(', ')', '–']) {
            break;
        }
        place = before;
    }
    line.before(place).is_some_and(|word| LABELS.iter().any(|(label, _)| *label == word))
}

fn month(line: &Line<'_>, place: usize) -> bool {
    let is_month = |word: &str| MONTHS.iter().any(|m| m.to_lowercase() == word);
    line.tokens.get(place).is_some_and(|t| t.capital) && line.word(place).is_some_and(is_month)
}

/// "31 March", "1 to 5 March", "31/03/2016".
fn day(line: &Line<'_>, place: usize) -> bool {
    let date = |place: usize| {
        let word = line.word(place).unwrap_or_default();
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|s| word.strip_suffix(s)).unwrap_or(word);
        digits.parse::<u8>().is_ok_and(|n| (1..=31).contains(&n))
    };
    let joined = matches!(line.word(place + 1), Some("to" | "and" | "or"))
        || line.tokens.get(place + 1).is_some_and(|t| t.marks(&['–', '-']));
    let range = |word: &str| {
        word.split_once(['-', '–']).is_some_and(|(a, b)| a.parse::<u8>().is_ok() && b.parse::<u8>().is_ok())
    };
    let in_digits = |word: &str| word.split('/').filter(|p| p.parse::<u16>().is_ok()).count() == 3;
    date(place) && (month(line, place + 1) || joined && date(place + 2) && month(line, place + 3))
        || line.word(place).is_some_and(|word| range(word) && month(line, place + 1) || in_digits(word))
}

/// Whether a word is a year or a cycle: "2016", "2018/19", "2010s".
pub(super) fn is_year(word: &str) -> bool {
    let one = |text: &str| text.len() == 4 && text.parse::<u16>().is_ok_and(|n| (1990..=2049).contains(&n));
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let rest = |text: &str| (text.len() == 2 || text.len() == 4) && text.parse::<u16>().is_ok();
    match word.split_once(['/', '-', '–']) {
        Some((first, second)) => one(first) && (rest(second) || second.chars().all(char::is_alphabetic)),
        None => one(word.strip_suffix('s').unwrap_or(word)),
    }
}

/// A year, unless it stands where an amount does: "had 2013 police officers".
fn year(line: &Line<'_>, place: usize, nouns: &Nouns<'_>) -> bool {
    let amount = || line.before(place).is_some_and(|w| AMOUNTS.contains(&w)) && nouns.after(line, place + 1).is_some();
    line.word(place).is_some_and(is_year) && !amount()
}

/// The year of a law: "the Police Act 1964".
fn law(line: &Line<'_>, place: usize, word: &str) -> bool {
    let year = word.len() == 4 && word.parse::<u16>().is_ok_and(|n| (1800..=2049).contains(&n));
    year && matches!(line.before(place), Some("act" | "acts" | "regulations" | "order" | "rules"))
}

/// "9am", "10.30 pm".
fn clock(line: &Line<'_>, place: usize, word: &str) -> bool {
    let half = |word: &str| {
        word == "am"
            || word == "pm"
            || word.strip_suffix("am").or_else(|| word.strip_suffix("pm")).is_some_and(|n| n.parse::<f32>().is_ok())
    };
    let joined = matches!(line.word(place + 1), Some("to" | "and"));
    half(word)
        || line.word(place + 1).is_some_and(half)
        || joined && (line.word(place + 2).is_some_and(half) || line.word(place + 3).is_some_and(half))
}

fn small_ordinal(word: &str) -> bool {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|s| word.strip_suffix(s));
    digits.is_some_and(|n| n.parse::<u8>().is_ok_and(|n| n < 10))
}

/// "per 1,000 officers": the unit of a rate says nothing by itself.
fn unit_of_a_rate(line: &Line<'_>, place: usize, word: &str) -> bool {
    let power = ["100", "1,000", "10,000", "100,000", "1,000,000", "hundred", "thousand", "million"].contains(&word);
    power && (line.before(place) == Some("per") || line.before(place) == Some("every"))
}

/// "the Three Rivers district", "Operation Nine": a number word within a name has a capital and so has the word beside it.
fn name(line: &Line<'_>, place: usize) -> bool {
    let capital = |place: usize| line.tokens.get(place).is_some_and(|t| t.capital);
    let beside = capital(place + 1) || place.checked_sub(1).is_some_and(capital);
    capital(place) && beside && line.sentence(place).start != place
}
