//! What a document is: who published it, what kind it is, its cycle, its date and the forces that it is about.

use crate::{
    clean,
    known::{Cycle, Known},
    model::Reading,
    piece::Piece,
};
use regex::Regex;
use std::sync::LazyLock;

/// How many lines the title of a document is looked for in.
const HEAD: usize = 60;

pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is written in this crate and every test compiles it")
}

static PEEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:PEEL(?:\s+assessment)?(?:\s*[:–-]\s*|\s+)(?:police\s+)?(?:[\w, ]{0,60}?\s)?(?:\(including leadership\)\s+)?|effectiveness, efficiency and legitimacy\s+)(20\d\d)(?:\s?[/–-]\s?(\d{4}|\d{2}))?\b",
    )
});
static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|: |stands in )(?:police )?(?:effectiveness |efficiency |legitimacy |leadership )?(20\d\d)(?:[/–-](\d{4}|\d{2}))?(?:$|,)",
    )
});
static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[^:]{3,70}: )?(?:(?:effectiveness|efficiency|legitimacy|leadership)|where it stands in) (20\d\d)(?:[/–-](\d{4}|\d{2}))?$",
    )
});
static INSPECTED_IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:not (?:subject to|inspected|been inspected)[^.]{0,40}? in|[Ii]nspected in|as part of (?:our )?PEEL) (20\d\d)(?:[/–-](\d{4}|\d{2}))?",
    )
});
static ISBN: LazyLock<Regex> = LazyLock::new(|| pattern(r"ISBN(?:-1[03])?:?\s*([0-9][0-9 –-]{8,16}[0-9Xx])"));
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[A-Z][A-Za-z '&-]{2,60}, )?(?:(?:First )?[Pp]ublished(?: on)?:?\s*|Publication date:?\s*|Date:?\s*)?(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?(January|February|March|April|May|June|July|August|September|October|November|December)\s+(20\d\d)\s*(?:\||$|\()",
    )
});
static COPYRIGHT: LazyLock<Regex> = LazyLock::new(|| pattern(r"©\s*([A-Z][\w&' ]+?),?\s+(?:20\d\d)"));
static SAID: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:Inspector of Constabulary|Inspector|HMI)[\w\sÀ-ſ.’'-]{0,60} said:?"));
/// The number of a month, from 1.
pub(crate) fn month(name: &str) -> Option<u32> {
    (1..).zip(reference::MONTHS).find(|(_, m)| m.eq_ignore_ascii_case(name)).map(|(number, _)| number)
}

/// The cycle that the title shows, or else the text.
pub(crate) fn cycle<'k>(pieces: &[Piece], known: &'k Known) -> Option<&'k Cycle> {
    let head: Vec<&Piece> = pieces.iter().take(HEAD).collect();
    let mut joined = String::new();
    for piece in &head {
        joined.push_str(piece.text.trim());
        joined.push('\n');
    }
    let year = |c: &regex::Captures<'_>| known.cycle_of(c.get(1)?.as_str(), c.get(2).map(|m| m.as_str()));
    let plain = head.iter().take(8).filter_map(|p| PLAIN.captures(p.text.trim()));
    if let Some(found) = plain.filter_map(|c| year(&c)).next() {
        return Some(found);
    }
    let titled = head.iter().take(30).find_map(|p| PEEL.captures_iter(&p.text).find_map(|c| year(&c)));
    if titled.is_some() {
        return titled;
    }
    // "PEEL", and the year in the next line.
    if let Some(found) = PEEL.captures_iter(&joined.replace('\n', " ")).find_map(|c| year(&c)) {
        return Some(found);
    }
    let near = head.iter().take(14).filter(|p| p.text.len() < 120 && p.text.contains(char::is_alphabetic));
    if let Some(found) = near
        .clone()
        .find_map(|p| TITLED.captures_iter(p.text.trim()).find_map(|c| year(&c).filter(|_| names_pillar(&p.text))))
    {
        return Some(found);
    }
    if is_letter(pieces) {
        return None;
    }
    pieces.iter().find_map(|p| INSPECTED_IN.captures(&p.text).and_then(|c| year(&c)))
}

fn names_pillar(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["effectiveness", "efficiency", "legitimacy", "leadership", "stands in"].iter().any(|p| lower.contains(p))
}

/// The cycle whose places the headings name most, where nothing shows the cycle: only to find places, never reported.
pub(crate) fn likely<'k>(pieces: &[Piece], known: &'k Known) -> Option<&'k Cycle> {
    let keys: Vec<String> = pieces.iter().filter(|p| p.text.len() < 200).map(|p| clean::key(&p.text)).collect();
    known.cycles.iter().map(|c| (c.fits(&keys), c)).filter(|(n, _)| *n > 0).max_by_key(|(n, _)| *n).map(|(_, c)| c)
}

fn is_letter(pieces: &[Piece]) -> bool {
    pieces.iter().take(HEAD).any(|p| p.text.trim_start().starts_with("Dear "))
        || pieces.iter().take(6).any(|p| p.text.trim().starts_with("Letter to "))
        || pieces.iter().any(|p| p.text.len() < 60 && p.text.trim_start().starts_with("Yours sincerely"))
}

/// Publisher, date and number.
pub(crate) fn imprint(pieces: &[Piece], reading: &mut Reading) {
    let ends = || pieces.iter().take(HEAD).chain(pieces.iter().rev().take(12));
    reading.isbn = ends().find_map(|p| ISBN.captures(&p.text)).map(|c| clean::straight(c[1].trim()).replace(' ', ""));
    reading.published = ends().find_map(|p| printed_date(p.text.trim()));
    let claimed = ends().find_map(|p| COPYRIGHT.captures(&p.text)).map(|c| c[1].trim().to_owned());
    let claimed = claimed.filter(|name| !name.starts_with("Crown"));
    let names = |name: &str| pieces.iter().any(|p| p.text.contains(name));
    reading.publisher = match claimed {
        Some(name) => Some(short(&name)),
        None if pieces.iter().take(3).any(|p| p.text.ends_with("- HMIC") || p.text.ends_with("– HMIC")) => {
            Some("HMIC".to_owned())
        }
        None if names("HMICFRS") || names("Fire & Rescue Services") || names("Fire and Rescue Services") => {
            Some("HMICFRS".to_owned())
        }
        None if names("HMIC") || names("Inspectorate of Constabulary") => Some("HMIC".to_owned()),
        None => None,
    };
}

fn short(name: &str) -> String {
    match name {
        n if n.contains("Fire & Rescue") || n.contains("Fire and Rescue") => "HMICFRS".to_owned(),
        n if n.contains("Inspectorate of Constabulary") => "HMIC".to_owned(),
        other => other.to_owned(),
    }
}

fn printed_date(line: &str) -> Option<String> {
    let found = DATE.captures(line)?;
    let (year, month) = (&found[3], month(&found[2])?);
    Some(match found.get(1).and_then(|d| d.as_str().parse::<u32>().ok()) {
        Some(day) => format!("{year}-{month:02}-{day:02}"),
        None => format!("{year}-{month:02}"),
    })
}

/// The forces that it is about: those of its title, or else the one that it names far more often than any other.
pub(crate) fn forces(pieces: &[Piece], known: &Known) -> Vec<String> {
    let head: Vec<&str> = pieces.iter().take(HEAD).map(|p| p.text.trim()).collect();
    if head
        .iter()
        .any(|line| line.eq_ignore_ascii_case("a national overview") || line.ends_with(": a national overview"))
    {
        return Vec::new();
    }
    let named = |text: &str| dedup(known.forces_of_title(text));
    let inspection = head.iter().zip(head.iter().skip(1).chain([&""])).find_map(|(line, next)| {
        let rest = line.split_once("nspection of ").filter(|_| line.len() < 160)?.1;
        let found = named(rest);
        Some(if found.is_empty() { named(next) } else { found }).filter(|f| !f.is_empty())
    });
    let titled = || {
        head.iter().filter(|line| line.len() < 120).find_map(|line| {
            let at = line.find(" PEEL ")?;
            Some(named(&line[..at])).filter(|f| !f.is_empty())
        })
    };
    let opened = || {
        let line = head.iter().filter(|l| l.len() > 8).find(|l| l.len() < 200)?;
        Some(dedup(known.forces_of_title(line))).filter(|f| f.len() == 1)
    };
    // The name alone, or before a colon, in one of the first lines.
    let alone = || {
        head.iter().take(8).filter(|l| l.len() < 160).find_map(|line| {
            let name = line.split(": ").next().unwrap_or(line).trim_start_matches("Letter to ");
            let found = known.forces(name);
            let whole = found.len() == 1 && found[0].0 == 0 && clean::key(name).len() <= clean::key(line).len();
            let exact = name.split_whitespace().count() <= 5;
            (whole && exact).then(|| dedup(found))
        })
    };
    inspection.or_else(titled).or_else(alone).or_else(|| most_named(pieces, known)).or_else(opened).unwrap_or_default()
}

fn dedup(found: Vec<(usize, String)>) -> Vec<String> {
    let mut slugs: Vec<String> = Vec::new();
    for (_, slug) in found {
        if !slugs.contains(&slug) {
            slugs.push(slug);
        }
    }
    slugs
}

fn most_named(pieces: &[Piece], known: &Known) -> Option<Vec<String>> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for piece in pieces.iter().take(4000) {
        for (_, slug) in known.forces(&piece.text) {
            match counts.iter_mut().find(|(s, _)| *s == slug) {
                Some((_, n)) => *n += 1,
                None => counts.push((slug, 1)),
            }
        }
    }
    counts.sort_by_key(|c| std::cmp::Reverse(c.1));
    match counts.as_slice() {
        [(slug, _)] => Some(vec![slug.clone()]),
        [(slug, most), (_, next), ..] if *most >= 2 * *next => Some(vec![slug.clone()]),
        _ => None,
    }
}

/// What kind of document it is. `pillars` are the pillars that its headings open, `questions` how many questions.
pub(crate) fn product(pieces: &[Piece], pillars: usize, questions: usize, cycle: Option<&Cycle>) -> &'static str {
    let head: Vec<String> = pieces.iter().take(HEAD).map(|p| clean::straight(p.text.trim()).to_lowercase()).collect();
    let starts = |text: &str| head.iter().take(40).any(|l| l.starts_with(text));
    let has = |text: &str| head.iter().any(|l| l.contains(text));
    if starts("a national overview") || head.iter().take(40).any(|l| l.len() < 120 && l.ends_with("national overview"))
    {
        return "national-overview";
    }
    if is_letter(pieces) {
        return "letter";
    }
    let whole = |text: &str| pieces.iter().any(|p| p.text.len() < 80 && p.text.trim().to_lowercase().starts_with(text));
    if head.iter().take(8).any(|l| l == "press release")
        || whole("notes to editors")
        || whole("ends.")
        || head.first().is_some_and(|l| (l.ends_with("- hmic") || l.ends_with("- hmicfrs")) && l.len() > 50)
        || (pillars == 0 && questions == 0 && pieces.iter().any(|p| SAID.is_match(&p.text)))
    {
        return "press-release";
    }
    if starts("data pack") || head.iter().take(8).any(|l| l.len() < 90 && l.contains("data pack")) {
        return "data-pack";
    }
    let report = head.iter().any(|l| l.starts_with("an inspection of"));
    let web = head.iter().take(20).any(|l| l.len() < 90 && WEB.is_match(l)) || starts("skip to content");
    let report =
        report || (!web && head.iter().any(|l| l == "contents")) || pieces.iter().any(|p| p.text.contains("ISBN"));
    let integrated =
        pillars > 1 || has("effectiveness, efficiency and legitimacy") || cycle.is_some_and(|c| !c.pillars);
    if report {
        return if integrated { "force-report" } else { "pillar-report" };
    }
    let findings = starts("questions for ") || whole("questions for ") || whole("detailed findings");
    match (findings, pillars, questions) {
        (true, ..) => "detailed-findings",
        _ if head.iter().take(12).any(|l| l.starts_with("where it stands")) => "force-page",
        _ if head.iter().take(8).any(|l| pillar_of_title(l).is_some()) => "pillar-page",
        (_, 2.., _) => "force-page",
        (_, 1, 0 | 2..) => "pillar-page",
        (_, _, 1) => "question-page",
        (_, 0, 2..) => "force-page",
        _ => "unknown",
    }
}

/// The pillar that the title of a page is about: "Kent Police: effectiveness 2017".
pub(crate) fn pillar_of_title(line: &str) -> Option<String> {
    static TITLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^[\w&' -]+: (effectiveness|efficiency|legitimacy|leadership) 20\d\d(?:[/–-]\d{2,4})?$")
    });
    Some(TITLE.captures(&clean::straight(line.trim()))?[1].to_lowercase())
}

static WEB: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[\w&' -]+ peel(?: assessment)? 20\d\d(?:[/-]\d{2,4})?(?: - .*)?$"));
