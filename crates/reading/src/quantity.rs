//! Quantities in a sentence: figures and words, with unit and qualifier; dates, denominators and names of numbers are none.

use crate::identity::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// A quantity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) value: f64,
    /// Of "48 of 60" the 60.
    pub(crate) whole: Option<f64>,
    pub(crate) unit: Option<&'static str>,
    pub(crate) qualifier: &'static str,
}

const WORDS: &str = "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety";

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let tens =
        "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)";
    pattern(&format!(
        r"(?i)(?P<pound>£)?(?:\b(?P<word>{tens}|{WORDS})\b|(?P<figure>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?))(?P<scale>\s?(?:million|billion)\b|(?:m|bn)\b)?(?P<unit>\s?%|\s?per\s?cent\b|\s?percentage points?\b)?"
    ))
});
static OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(\d[\d,]*|{WORDS}) (?:out of|of|in)(?: (?:the|every|our|the force's|its))* (\d[\d,]*|{WORDS})\b"
    ))
});
static FRACTION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:(one|two|three|a) (third|quarter|fifth|tenth|half)s?|(half)) of\b"));
static RANK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))[ -](?:lowest|highest|largest|smallest|best|worst)(?:\b|-)|\bthe (lowest|highest)[ -](?:precepting|in England|of all)",
    )
});
static NONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:no|none of the) (?:PCSOs?|officers|staff|police staff|specials|cases|victims|complaints|grievances|crimes|incidents|forces?)\b",
    )
});

/// What is a number in a sentence without being a quantity.
static EXEMPT: LazyLock<Regex> = LazyLock::new(|| {
    let month = "(?:January|February|March|April|May|June|July|August|September|October|November|December)";
    pattern(&format!(
        r"(?i)\b\d{{1,2}}(?:st|nd|rd|th)? (?:and \d{{1,2}} |to \d{{1,2}}(?:st|nd|rd|th)? )?{month}(?: \d{{4}})?|{month} \d{{4}}|\b(?:19|20)\d\d(?:[/–-]\d{{2,4}})?\b|per (?:1,000|1000|10,000|100,000|million)\b|\b(?:the )?(?:(?:12|twelve|three|3|six|6) months|year|quarter)(?: (?:to|ending|up to|from))|\b(?:section|figure|figures|annex|page|question|table|form|returns?|grade|part|chapter|paragraph|appendix|tranche|group|footnote) \d+(?: and \d+)?|\b999\b|\b101\b|\b(?:24/7|24 hours a day)\b|\ball 43\b|\b43 (?:forces|police forces)\b|more than ten RDIL|more than (?:ten|10) rest days|\b28 days\b|\b\d+ (?:hours?|minutes?|seconds?|weeks?)\b|\bCatch ?22\b|\bmid-\d{{4}}|\b\d+:\d+|\bone of\b|\bno one\b|\bthis one\b|\bone-|\bat one\b|\bany one\b|\bone another\b|\bon one\b|\b(?:18|16|17)-year|\bsection \d+"
    ))
});

/// The ranges of a sentence in which no number is a quantity.
fn exempt(text: &str) -> Vec<(usize, usize)> {
    EXEMPT.find_iter(text).map(|m| (m.start(), m.end())).collect()
}

/// The quantities of a sentence, in order.
pub(crate) fn quantities(text: &str) -> Vec<Quantity> {
    let exempt = exempt(text);
    let free = |from: usize, to: usize, found: &[Quantity]| {
        !exempt.iter().any(|(a, b)| from < *b && *a < to) && !found.iter().any(|q| from < q.to && q.from < to)
    };
    let mut found: Vec<Quantity> = Vec::new();
    for m in RANK.captures_iter(text) {
        let (from, to) = m.get(0).map_or((0, 0), |m| (m.start(), m.end()));
        let value = m.get(1).map_or(Some(1.0), |w| ordinal(w.as_str()));
        if let Some(value) = value.filter(|_| free(from, to, &found)) {
            found.push(Quantity { from, to, value, whole: None, unit: Some("rank"), qualifier: "exact" });
        }
    }
    for m in OF.captures_iter(text) {
        let (from, to) = m.get(0).map_or((0, 0), |m| (m.start(), m.end()));
        let (Some(value), Some(whole)) = (figure(&m[1]), figure(&m[2])) else { continue };
        if value <= whole && whole > 1.0 && free(from, to, &found) && !percent_after(text, to) {
            found.push(Quantity { from, to, value, whole: Some(whole), unit: Some("ratio"), qualifier: "of" });
        }
    }
    for m in FRACTION.captures_iter(text) {
        let (from, to) = m.get(0).map_or((0, 0), |m| (m.start(), m.end()));
        let part = m.get(2).or_else(|| m.get(3)).map_or("half", |p| p.as_str()).to_lowercase();
        let parts = match part.as_str() {
            "third" => 3.0,
            "quarter" => 4.0,
            "fifth" => 5.0,
            "tenth" => 10.0,
            _ => 2.0,
        };
        let of = m.get(1).and_then(|w| figure(w.as_str())).unwrap_or(1.0);
        if free(from, to, &found) {
            let exact = qualifier(text, from);
            found.push(Quantity {
                from,
                to: to - 3,
                value: of / parts,
                whole: None,
                unit: Some("ratio"),
                qualifier: exact,
            });
        }
    }
    for m in NONE.find_iter(text).filter(|m| free(m.start(), m.end(), &found)).collect::<Vec<_>>() {
        found.push(Quantity {
            from: m.start(),
            to: m.start() + 2,
            value: 0.0,
            whole: None,
            unit: None,
            qualifier: "exact",
        });
    }
    for m in NUMBER.captures_iter(text) {
        let Some(all) = m.get(0) else { continue };
        if free(all.start(), all.end(), &found)
            && let Some(quantity) = plain(text, &m)
        {
            found.push(quantity);
        }
    }
    found.sort_by_key(|q| q.from);
    // "5 and 22 percent": the unit is that of both.
    for index in 1..found.len() {
        let (before, after) = (&found[index - 1], &found[index]);
        if before.unit.is_none()
            && after.unit == Some("percent")
            && matches!(text[before.to..after.from].trim(), "and" | "or" | "to")
        {
            found[index - 1].unit = Some("percent");
        }
    }
    found
}

fn plain(text: &str, m: &regex::Captures<'_>) -> Option<Quantity> {
    let all = m.get(0)?;
    // Part of a word, a code or an address.
    let before = text[..all.start()].chars().next_back();
    let after = text[all.end()..].chars().next();
    if before.is_some_and(|c| c.is_alphanumeric() || "/_.-–".contains(c))
        && m.name("pound").is_none()
        && !before.is_some_and(|c| c == '-' && text[..all.start()].ends_with(" -"))
    {
        return None;
    }
    if after.is_some_and(|c| c.is_alphabetic() || "/_-".contains(c)) {
        return None;
    }
    let value = figure(m.name("figure").or_else(|| m.name("word"))?.as_str())?;
    let scale = match m.name("scale").map(|s| s.as_str().trim().to_lowercase()).as_deref() {
        Some("million" | "m") => 1e6,
        Some("billion" | "bn") => 1e9,
        _ => 1.0,
    };
    let unit = m.name("unit").map(|u| u.as_str().trim().to_lowercase());
    let unit = match unit.as_deref() {
        Some(u) if u.starts_with("percentage") => Some("percentage-points"),
        Some(_) => Some("percent"),
        None if m.name("pound").is_some() => Some("gbp"),
        None => None,
    };
    // A small number in words counts things of the text, and is a quantity only with a unit.
    if m.name("word").is_some() && unit.is_none() && scale < 2.0 {
        return None;
    }
    Some(Quantity {
        from: all.start(),
        to: all.end(),
        value: value * scale,
        whole: None,
        unit,
        qualifier: qualifier(text, all.start()),
    })
}

fn percent_after(text: &str, to: usize) -> bool {
    let rest = text[to..].trim_start();
    rest.starts_with('%') || rest.starts_with("percent") || rest.starts_with("per cent")
}

fn qualifier(text: &str, from: usize) -> &'static str {
    let head = text[..from].trim_end().to_lowercase();
    let ends = |words: &[&str]| {
        words.iter().any(|w| head.ends_with(w) && !head[..head.len() - w.len()].ends_with(char::is_alphabetic))
    };
    if ends(&["more than", "over", "above", "at least", "exceeding", "in excess of", "just over"]) {
        "more-than"
    } else if ends(&["less than", "fewer than", "under", "below", "at most", "up to", "just under"]) {
        "less-than"
    } else if ends(&["almost", "nearly", "close to"]) {
        "almost"
    } else if ends(&["about", "around", "approximately", "roughly", "some", "circa"]) {
        "about"
    } else {
        "exact"
    }
}

fn ordinal(word: &str) -> Option<f64> {
    let words = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let lower = word.to_lowercase();
    let place = (2u8..).zip(words).find(|(_, w)| *w == lower).map(|(n, _)| f64::from(n));
    place.or_else(|| lower.trim_end_matches(char::is_alphabetic).parse().ok())
}

/// A number in figures or words.
pub(crate) fn figure(text: &str) -> Option<f64> {
    let lower = text.to_lowercase();
    if let Ok(value) = lower.replace(',', "").parse::<f64>() {
        return Some(value);
    }
    let units = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let unit = |w: &str| (0u8..).zip(units).find(|(_, u)| *u == w).map(|(n, _)| f64::from(n));
    let ten = |w: &str| (2u8..).zip(tens).find(|(_, t)| *t == w).map(|(n, _)| f64::from(n) * 10.0);
    match lower.split_once('-') {
        Some((a, b)) => Some(ten(a)? + unit(b)?),
        None if lower == "a" => Some(1.0),
        None => unit(&lower).or_else(|| ten(&lower)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(f64, Option<&str>, &str)]) {
        let found: Vec<_> = quantities(text).into_iter().map(|q| (q.value, q.unit, q.qualifier)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn figures_and_words_are_read_and_dates_are_not() {
        check("In the 12 months to 31 March 2016, 94.9 percent were satisfied.", &[(94.9, Some("percent"), "exact")]);
        check("Ninety-two percent of 1,323 people", &[(92.0, Some("percent"), "exact"), (1323.0, None, "exact")]);
        check("more than £1.2m from the 2019/20 budget", &[(1_200_000.0, Some("gbp"), "more-than")]);
        check("the fourth-lowest precepting force", &[(4.0, Some("rank"), "exact")]);
        check("bail in five out of six cases", &[(5.0, Some("ratio"), "of")]);
        check("We considered 48 of the 60 to be effective", &[(48.0, Some("ratio"), "of")]);
        check("Over one third of all homes", &[(1.0 / 3.0, Some("ratio"), "more-than")]);
        check("no PCSOs had more than ten RDIL owed to them", &[(0.0, None, "exact")]);
        check("53 cases per 1,000 staff; see figure 2, section 38 and annex A", &[(53.0, None, "exact")]);
        check("the 101 number and 999 calls", &[]);
    }
}
