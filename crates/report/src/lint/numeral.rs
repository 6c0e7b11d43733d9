//! Numbers typed among words: digits with their marks, number words, fractions.

use super::line::Line;
use reference::quantity::{Amount, Qualifier, Quantity};
use rust_decimal::Decimal;
use std::ops::Range;

/// A number that somebody typed.
pub(super) struct Numeral {
    /// Where it stands.
    pub tokens: Range<usize>,
    /// What it says, where that can be read.
    pub quantity: Option<Quantity>,
}

const VALUES: [(&str, u32); 27] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

const SCALES: [(&str, u32); 5] =
    [("dozen", 12), ("hundred", 100), ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000)];

const FRACTIONS: [&str; 9] = ["half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// Ordinals from the tenth on; those below it are typed freely.
const ORDINALS: [&str; 12] = [
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "hundredth",
];

/// Ordinals that make a rank before "lowest" and "highest".
const RANKS: [&str; 9] = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// Words after "a third" and the like, or before it, that make it a part and not the next in a row.
const AFTER_A_PART: [&str; 12] =
    ["of", "more", "fewer", "less", "lower", "higher", "were", "are", "have", "do", "felt", "said"];
const BEFORE_A_PART: [&str; 9] = ["by", "than", "about", "almost", "nearly", "over", "under", "around", "least"];

/// Words before "half of" and "quarter of" that make it a stretch of time or one of two things.
const STRETCHES: [&str; 13] = [
    "first", "second", "third", "fourth", "latter", "last", "latest", "other", "this", "that", "each", "every", "final",
];

/// The numbers of a line, in order. "One" and "two" alone are none.
pub(super) fn numerals(line: &Line<'_>) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut place = 0;
    while place < line.tokens.len() {
        let numeral = fraction(line, place)
            .or_else(|| digits(line, place))
            .or_else(|| ranked(line, place))
            .or_else(|| in_words(line, place));
        place = numeral.as_ref().map_or(place + 1, |n| n.tokens.end.max(place + 1));
        found.extend(numeral);
    }
    found
}

fn exact(amount: Amount) -> Quantity {
    Quantity { qualifier: Qualifier::Exact, amount }
}

fn value(word: &str) -> Option<u32> {
    VALUES.iter().find(|(known, _)| *known == word).map(|(_, n)| *n)
}

fn scale(word: &str) -> Option<u32> {
    SCALES.iter().find(|(known, _)| word.strip_suffix('s').unwrap_or(word) == *known).map(|(_, n)| *n)
}

fn part(word: &str) -> Option<&'static str> {
    let one = if word == "halves" { "half" } else { word.strip_suffix('s').unwrap_or(word) };
    FRACTIONS.into_iter().find(|f| *f == one)
}

/// "two-thirds", "three quarters", "a third of", "half of".
fn fraction(line: &Line<'_>, place: usize) -> Option<Numeral> {
    let word = line.word(place)?;
    let numeral = |from: usize, to: usize, text: String| Numeral { tokens: from..to, quantity: text.parse().ok() };
    if let Some((parts, of)) = word.split_once('-').filter(|(parts, of)| value(parts).is_some() && part(of).is_some()) {
        return Some(numeral(place, place + 1, format!("{parts} {of}")));
    }
    let next = line.word(place + 1);
    let more = value(word) > Some(1);
    if let Some(of) = next.filter(|of| value(word).is_some() && part(of).is_some() && of.ends_with('s') == more) {
        return Some(numeral(place, place + 2, format!("{word} {of}")));
    }
    if word == "a"
        && let Some(of) = next.filter(|of| part(of).is_some() && !of.ends_with('s') && *of != "half")
    {
        let after = line.word(place + 2).is_some_and(|w| AFTER_A_PART.contains(&w));
        let before = line.before(place).is_some_and(|w| BEFORE_A_PART.contains(&w));
        return (after || before).then(|| numeral(place, place + 2, format!("a {of}")));
    }
    let of_something = word == "half" && matches!(next, Some("of" | "the" | "its" | "their"))
        || word == "quarter" && next == Some("of");
    let stretch = line.before(place).is_some_and(|w| STRETCHES.contains(&w) || part(w).is_some());
    (of_something && !stretch).then(|| numeral(place, place + 1, format!("one {word}")))
}

/// Digits with what belongs to them: "£3.36m", "40 percent", "48 of 60".
fn digits(line: &Line<'_>, place: usize) -> Option<Numeral> {
    let word = line.word(place)?;
    let bare = word.strip_prefix('£').unwrap_or(word);
    if !bare.starts_with(|c: char| c.is_ascii_digit()) || is_name(bare) {
        return None;
    }
    if let Some(time) = timed(line, place) {
        return Some(time);
    }
    let mut end = place + 1;
    let mut text = word.to_owned();
    if line.word(end).is_some_and(|w| scale(w).is_some()) {
        let magnitude = line.word(end).and_then(|w| w.chars().next()).unwrap_or_default();
        text = if word.starts_with('£') {
            format!("{text}{}", if magnitude == 'b' { "bn" } else { "m" })
        } else {
            String::new()
        };
        end += 1;
    } else if line.says(end, &["of"]) && line.word(end + 1).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()))
    {
        text = line.written(place..end + 2).to_owned();
        end += 2;
    } else if line.says(end, &["percentage", "points"]) || line.says(end, &["percentage", "point"]) {
        text += " percentage points";
        end += 2;
    } else if line.says(end, &["per", "cent"]) || line.says(end, &["percent"]) {
        text += " percent";
        end += if line.says(end, &["percent"]) { 1 } else { 2 };
    }
    Some(Numeral { tokens: place..end, quantity: text.parse().ok() })
}

/// Whether a word that begins with a digit is a name: letters belong to it that are no unit ("4x4", "3G").
fn is_name(word: &str) -> bool {
    let first = word.split(['-', '/', '–', '\'', '’']).next().unwrap_or(word);
    let letters = first.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ':'));
    !["", "%", "m", "bn", "k", "p", "s", "st", "nd", "rd", "th", "am", "pm"].contains(&letters)
}

/// "fourth lowest".
fn ranked(line: &Line<'_>, place: usize) -> Option<Numeral> {
    let word = line.word(place)?;
    if RANKS.contains(&word) && matches!(line.word(place + 1), Some("lowest" | "highest")) {
        let quantity = line.written(place..place + 2).to_lowercase().parse().ok();
        return Some(Numeral { tokens: place..place + 2, quantity });
    }
    ORDINALS.contains(&word).then_some(Numeral { tokens: place..place + 1, quantity: None })
}

/// "three", "twenty-five", "two hundred and twelve", "a dozen", and the "three" of "three-year".
fn in_words(line: &Line<'_>, place: usize) -> Option<Numeral> {
    let mut end = place;
    let (mut total, mut open) = (0_u64, 0_u64);
    let mut scaled = false;
    while let Some(word) = line.word(end) {
        let joined = scaled && word == "and" && line.word(end + 1).is_some_and(|w| read(w).is_some());
        let Some(size) = read(line.word(end + usize::from(joined)).unwrap_or_default()) else { break };
        end += usize::from(joined) + 1;
        scaled = size.scale.is_some();
        open = open.saturating_add(u64::from(size.value));
        if let Some(scale) = size.scale {
            let many = open.max(1).saturating_mul(u64::from(scale));
            (total, open) = if scale >= 1_000 { (total.saturating_add(many), 0) } else { (total, many) };
        }
        if size.unit {
            break;
        }
    }
    let amount = Decimal::from(total.saturating_add(open));
    if amount <= Decimal::TWO {
        return None;
    }
    if line.says(end, &["percent"]) {
        return Some(Numeral { tokens: place..end + 1, quantity: Some(exact(Amount::Percent(amount))) });
    }
    // "Hundreds" is many, not a number that anything prints.
    let many = end == place + 1 && line.word(place).is_some_and(|w| w.ends_with('s') && scale(w).is_some());
    let quantity = (!many).then(|| exact(Amount::Count(amount)));
    Some(timed(line, place).unwrap_or(Numeral { tokens: place..end, quantity }))
}

/// "12 weeks", "1 minute 38 seconds".
fn timed(line: &Line<'_>, place: usize) -> Option<Numeral> {
    let time = |end: usize| {
        line.written(place..end).to_lowercase().parse::<Quantity>().ok().filter(|q| matches!(q.amount, Amount::Time(_)))
    };
    let end = [place + 4, place + 2].into_iter().find(|end| *end <= line.tokens.len() && time(*end).is_some())?;
    Some(Numeral { tokens: place..end, quantity: time(end) })
}

struct Size {
    value: u32,
    scale: Option<u32>,
    /// Whether a unit is joined to it ("three-year").
    unit: bool,
}

fn read(word: &str) -> Option<Size> {
    let mut parts = word.split('-');
    let first = parts.next()?;
    let mut size = match (value(first), scale(first)) {
        (Some(value), _) => Size { value, scale: None, unit: false },
        (None, Some(_)) => Size { value: 0, scale: scale(first), unit: false },
        (None, None) => return None,
    };
    for part in parts {
        match (value(part), scale(part)) {
            (Some(ones), _) if size.value >= 20 && ones < 10 && size.scale.is_none() => size.value += ones,
            (None, Some(scale)) if size.scale.is_none() => size.scale = Some(scale),
            // "one-to-one", "twenty-first": not a number of anything.
            _ if ["to", "off"].contains(&part) || RANKS.contains(&part) || part == "first" => return None,
            _ => size.unit = true,
        }
    }
    Some(size)
}
