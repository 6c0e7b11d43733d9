//! When a statement is true: the periods that a sentence names.

use crate::{identity::month, identity::pattern, model::Period};
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

const MONTH: &str = "January|February|March|April|May|June|July|August|September|October|November|December";

static DATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?P<lead>(?:12|twelve) months(?: (?:to|ending|ended|up to|from [^,.]{{5,30}}? to))?(?: the)?|year (?:to|ending|ended|up to)|(?:three|3) months (?:to|ending|ended)|quarter (?:to|ending|ended)|as at|as of|as on|on|at|since|between|to|and|from|until|in|during|of|to the end of|end of)?\s*(?:the )?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{MONTH}) (?P<year>(?:19|20)\d\d)"
    ))
});
static YEARS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(20\d\d)[/–-](\d\d)\b"));
static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:in|during|throughout|year) (20\d\d)\b"));
static CENSUS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(20[012]1) Census|Census (20[012]1)"));
static SAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:during|in|over|for) (?:this|that|the same) (?:period|year|time)\b|\bon (?:the|that) (?:same )?(?:date|day)\b|\bat (?:the same|that) (?:date|time)\b|^over the same|^on that",
    )
});

/// Whether the sentence refers to the period of the one before.
pub(crate) fn same(text: &str) -> bool {
    SAME.is_match(text)
}

/// Every period that a text names, with where.
pub(crate) fn periods(text: &str) -> Vec<(usize, Period)> {
    let mut found: Vec<(usize, Period)> = Vec::new();
    for m in DATED.captures_iter(text) {
        let (Some(year), Some(month)) =
            (m["year"].parse::<i16>().ok(), month(&m["month"]).and_then(|m| i8::try_from(m).ok()))
        else {
            continue;
        };
        let day = m.name("day").and_then(|d| d.as_str().parse::<i8>().ok());
        let last = Date::new(year, month, 1).map(Date::last_of_month);
        let Ok(end) = day.map_or(last.clone(), |d| Date::new(year, month, d)) else { continue };
        let lead = m.name("lead").map_or(String::new(), |l| l.as_str().to_lowercase());
        let kind = if lead.starts_with("12") || lead.starts_with("twelve") || lead.starts_with("year") {
            "12-months"
        } else if lead.starts_with("three") || lead.starts_with('3') || lead.starts_with("quarter") {
            "3-months"
        } else if matches!(lead.as_str(), "between" | "to" | "and" | "from" | "until")
            && text[..m.get(0).map_or(0, |a| a.start())].contains(|c: char| c.is_ascii_digit())
        {
            "range"
        } else if day.is_some() {
            "instant"
        } else {
            "month"
        };
        let at = m.get(0).map_or(0, |a| a.start());
        found.push((at, Period { kind: kind.to_owned(), end: end.to_string() }));
    }
    for m in YEARS.captures_iter(text) {
        let (Ok(first), Ok(second)) = (m[1].parse::<i16>(), m[2].parse::<i16>()) else { continue };
        if (first + 1) % 100 == second {
            found.push((
                m.get(0).map_or(0, |a| a.start()),
                Period { kind: "financial-year".into(), end: format!("{}-03-31", first + 1) },
            ));
        }
    }
    if found.is_empty() {
        found.extend(CENSUS.captures_iter(text).filter_map(|m| {
            let year = m.get(1).or_else(|| m.get(2))?.as_str();
            Some((m.get(0)?.start(), Period { kind: "instant".into(), end: format!("{year}-03-27") }))
        }));
        let year = |m: regex::Captures<'_>| {
            Some((m.get(0)?.start(), Period { kind: "year".into(), end: format!("{}-12-31", &m[1]) }))
        };
        found.extend(YEAR.captures_iter(text).filter_map(year));
    }
    found.sort_by_key(|(at, _)| *at);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_reports_write_them() {
        let check = |text: &str, kind: &str, end: &str| {
            let found = periods(text);
            assert_eq!(found.first().map(|(_, p)| (p.kind.as_str(), p.end.as_str())), Some((kind, end)), "{text}");
        };
        check("In the 12 months to 31 March 2016, the force", "12-months", "2016-03-31");
        check("per 1,000 population 12 months ending 30 September 2018", "12-months", "2018-09-30");
        check("In the year ending September 2021, the force", "12-months", "2021-09-30");
        check("As at 31 March 2016, there were", "instant", "2016-03-31");
        check("In November 2018, we reviewed", "month", "2018-11-30");
        check("Spend per head of population 2018/19 projection", "financial-year", "2019-03-31");
        check("in post as of 31st March 2019", "instant", "2019-03-31");
        assert!(periods("from 31 February 2016").is_empty());
    }
}
