//! Statements: sentences that give a value, and what they set it beside. The verdict is read from its words, never worked out.

mod base;
mod shown;

use crate::{
    clean,
    flow::{Block, Kind},
    identity::pattern,
    model::{Period, Reading, Statement},
    period,
    quantity::{Quantity, quantities},
    sentence,
};
use base::Base;
use regex::Regex;
pub(crate) use shown::{of_tables, of_tiles};
use std::sync::LazyLock;

static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?P<msg>(?:average |mean |rate )?(?:for |of |across )?(?:forces in )?(?:its |the |their )?(?:most )?similar (?:forces?|groups?)(?: of forces)?(?: \(MSG\))?(?:'s?)?(?: average| rate| mean)?|\bMSG(?:'s)?(?: average| rate)?)|(?P<ew>(?:England and Wales|national|all[- ]forces?) (?:average|rate|figure|proportion|mean|level)s?|average (?:rate |level )?(?:for|of|across|in) (?:all |the )?(?:\d+ )?(?:police )?(?:forces|England and Wales)(?: in England and Wales)?|(?:in|across|for) England and Wales(?: as a whole)?|\bthe (?:mean )?average\b)|(?P<local>local population|population (?:of|in) the (?:force )?area)",
    )
});
static SIMILAR_OF: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^ (?:of|for) (?:its |the |their )?(?:most )?similar (?:forces|group)"));
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:in line with|similar to|the same as|comparable (?:to|with)|close to the|equal to|consistent with)\b",
    )
});
static HIGH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:higher|above|greater than|larger|exceed(?:s|ed|ing)?|more than (?:the|in|last)|better than|longer than|faster than)\b",
    )
});
static LOW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:lower|below|less than (?:the|in|last)|fewer|smaller|worse than|shorter than|slower than)\b")
});
static NO_COMPARISON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:did|does|do) not allow (?:a |any )?comparison|(?:could|can)(?:not| not) be compared|no comparison (?:is|was|could|with)|not possible to compare|not comparable",
    )
});
static ROSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:increas(?:e|es|ed|ing)|risen|rose|rise|rises|grown|grew|gone up|went up|higher)\b")
});
static FELL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:reduc(?:e|es|ed|ing|tion)|decreas(?:e|es|ed|ing)|fallen|fell|fall|falls|dropped|drop|declin(?:e|es|ed|ing)|gone down|went down|lower|fewer)\b",
    )
});
static FROM_TO: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bfrom $"));
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:previous year|year before|last year|year earlier|a year (?:ago|earlier)|preceding year|previous (?:12|twelve) months|same period (?:last|the previous|in the previous) year|(?:12|twelve) months (?:before|earlier))\b",
    )
});
static INSIGNIFICANT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:not|no|n't)\b (?:a )?statistically significant|statistically insignificant"));

/// The longest sentence that is read, in bytes: no report writes one as long.
const LONGEST: usize = 4_000;

/// What a text sets a value beside.
#[derive(Debug, Clone, Copy)]
struct Mention {
    from: usize,
    to: usize,
    kind: &'static str,
    /// Whether its value may stand before it ("93 percent in England and Wales").
    trailing: bool,
}

/// Where the sentences of a paragraph stand in time, and what was said before.
struct Paragraph<'a> {
    block: &'a Block,
    /// The period of the paragraph that leads a list.
    lead: Option<Period>,
    /// The period named last.
    last: Option<Period>,
    /// Whether a sentence of it has named one.
    named: bool,
    /// The first of the statements made in it.
    first: usize,
    /// The last value of the sentence before.
    before: Option<Quantity>,
}

/// Reads the statements of the text.
pub(crate) fn of_text(blocks: &[Block], reading: &mut Reading) {
    let mut annex = false;
    let (mut lead, mut last): (Option<Period>, Option<Period>) = (None, None);
    let mut boxed = false;
    for block in blocks {
        // Points under the heading of a box are findings: their numbers are asked for, not stated.
        if block.kind != Kind::Item {
            boxed = block.heading().is_some() && crate::flow::finding_box(&block.text).is_some();
        }
        if let Some(heading) = block.heading() {
            let key = clean::key(&block.text);
            annex = key.starts_with("annex") || key == "aboutthedata" || (annex && heading.own.is_none());
            last = None;
            continue;
        }
        let item = block.kind == Kind::Item;
        let worded = block.text.contains(char::is_alphabetic);
        if annex || !worded || !matches!(block.kind, Kind::Para | Kind::Item) || (item && boxed) {
            continue;
        }
        let paragraph = Paragraph {
            block,
            lead: lead.clone().filter(|_| item),
            last: last.clone(),
            named: false,
            first: reading.statements.len(),
            before: None,
        };
        last = paragraph.read(&mut reading.statements).or(last);
        if !item {
            lead = period::periods(&block.text).pop().map(|(_, p)| p);
        }
    }
}

impl Paragraph<'_> {
    /// Reads its sentences; the period named last.
    fn read(mut self, into: &mut Vec<Statement>) -> Option<Period> {
        let (plain, places) = clean::plain(&self.block.text);
        for (at, sentence) in sentence::split(&plain).into_iter().filter(|(_, s)| s.len() <= LONGEST) {
            let mut periods = period::periods(sentence);
            // "June 2018 to March 2019" is the whole of it.
            if let Some(range) = periods.iter().position(|(_, p)| p.kind == "range").filter(|at| *at > 0) {
                periods.swap(0, range);
            }
            if let Some((_, first)) = periods.first() {
                self.last = Some(first.clone());
                self.named = true;
            }
            let line = self.block.line_at(places.get(at).copied().unwrap_or(at));
            self.sentence(sentence, line, &periods, into);
        }
        self.last
    }

    fn sentence(&mut self, text: &str, line: u32, periods: &[(usize, Period)], into: &mut Vec<Statement>) {
        let found = quantities(text);
        let mentions = mentions(text);
        let mut used = vec![false; found.len()];
        let mut against = vec![false; found.len()];
        let from = into.len();
        let mut made: Vec<Statement> = Vec::new();
        let base = Base {
            text,
            line,
            period: self.period(text, periods),
            inherited: self.last.clone().filter(|_| self.named),
        };
        let no_comparison = NO_COMPARISON.is_match(text);
        self.changes(&base, &found, &mut used, &mut against, &mut made);
        for (number, mention) in mentions.iter().enumerate() {
            let until = mentions.get(number + 1).map_or(text.len(), |m| m.from);
            let theirs = comparator_value(text, mention, until, &found, &against);
            if let Some(index) = theirs {
                against[index] = true;
                used[index] = true;
            }
            let ours = (0..found.len())
                .rev()
                .find(|i| found[*i].to <= mention.from && !against[*i])
                .or_else(|| (0..found.len()).find(|i| no_comparison && !against[*i]));
            match (ours, theirs) {
                (Some(ours), theirs) => {
                    used[ours] = true;
                    let end = theirs.map_or(until, |t| found[t].from).max(found[ours].to);
                    let verdict = verdict(&text[found[ours].to..end.min(text.len())]);
                    let verdict = if mention.trailing && theirs.is_none() { "none-stated" } else { verdict };
                    let ranked = found[ours].unit == Some("rank") && mention.trailing;
                    if theirs.is_some() || verdict != "none-stated" || no_comparison || ranked {
                        made.push(base.compared(&found[ours], mention.kind, theirs.map(|t| &found[t]), verdict));
                    } else {
                        used[ours] = false;
                    }
                }
                (None, Some(theirs)) => self.attach(mention.kind, &found[theirs], text, into),
                (None, None) => {
                    let verdict = verdict(&text[..mention.from]);
                    if verdict != "none-stated" && mention.kind != "local-population" && !no_comparison {
                        made.push(base.unvalued(mention.kind, verdict));
                    }
                }
            }
        }
        own_clause(&base, &found, &mut used, &mut against, &mut made);
        self.previous(&base, &found, &mut used, &mut made);
        if no_comparison {
            let target = made.last_mut().or_else(|| into[self.first.min(from)..].last_mut());
            if let Some(statement) = target {
                statement.verdict = "no-comparison".to_owned();
                statement.comparator.get_or_insert_with(|| "england-and-wales".to_owned());
            }
        }
        significance(text, &mut made);
        for (index, quantity) in found.iter().enumerate().filter(|(i, _)| !used[*i] && !against[*i]) {
            let next = found.get(index + 1).map_or(text.len(), |q| q.from);
            made.push(base.alone(quantity, next, periods));
        }
        self.before = found.iter().enumerate().filter(|(i, _)| !against[*i]).map(|(_, q)| q.clone()).next_back();
        made.dedup();
        into.extend(made);
    }

    fn period(&self, text: &str, periods: &[(usize, Period)]) -> Option<Period> {
        periods
            .first()
            .map(|(_, p)| p.clone())
            .or_else(|| if period::same(text) { self.last.clone() } else { self.lead.clone() })
    }

    /// "The England and Wales average was 6.0 percent": the other half of the statement before.
    fn attach(&self, kind: &str, theirs: &Quantity, text: &str, into: &mut [Statement]) {
        let Some(last) = into.get_mut(self.first..).and_then(<[Statement]>::last_mut) else { return };
        if last.comparator.is_some()
            || last.unit.as_deref().zip(theirs.unit).is_some_and(|(a, b)| a != b && a != "count")
        {
            return;
        }
        last.comparator = Some(kind.to_owned());
        last.comparator_value = Some(theirs.value);
        if let Some(unit) = theirs.unit {
            last.unit = Some(unit.to_owned());
        }
        let verdict = verdict(text);
        if verdict != "none-stated" {
            last.verdict = verdict.to_owned();
        }
    }

    /// "from 18 percent to 16 percent", "increased by 11 percent".
    fn changes(
        &self,
        base: &Base<'_>,
        found: &[Quantity],
        used: &mut [bool],
        against: &mut [bool],
        made: &mut Vec<Statement>,
    ) {
        let text = base.text;
        for index in 0..found.len().saturating_sub(1) {
            let (a, b) = (&found[index], &found[index + 1]);
            let between = &text[a.to..b.from];
            let to = between.len() < 40 && (between.trim_end().ends_with(" to") || between.trim() == "to");
            if to
                && FROM_TO.is_match(&text[..a.from])
                && (a.unit == b.unit || a.unit.is_none())
                && !(text[..a.from].trim_end().ends_with("between"))
            {
                let verb = &text[..a.from];
                let verdict = changed(verb);
                made.push(base.compared(b, "own-previous", Some(a), verdict));
                (used[index], used[index + 1], against[index]) = (true, true, true);
            }
        }
        for index in 0..found.len() {
            let quantity = &found[index];
            let head = text[..quantity.from].trim_end();
            let head = ["more than", "about", "almost", "over", "nearly", "around", "an average of", "just"]
                .iter()
                .fold(head, |h, w| h.strip_suffix(w).unwrap_or(h).trim_end());
            let by = head.ends_with(" by") && changed(tail(head, 60)) != "none-stated";
            let noun = {
                let rest = text[quantity.to..].trim_start();
                ["increase", "decrease", "reduction", "rise", "fall", "drop"].iter().any(|w| rest.starts_with(w))
            };
            let forecast = ["will ", "anticipat", "forecast", "expect", "project"].iter().any(|w| head.contains(w));
            if used[index]
                || forecast
                || !(by || noun)
                || !matches!(quantity.unit, Some("percent" | "percentage-points" | "gbp"))
            {
                continue;
            }
            let verdict = if by { changed(clause(head)) } else { changed(&text[quantity.to..]) };
            used[index] = true;
            made.push(base.compared(quantity, "own-previous", None, verdict));
        }
    }

    /// "This is a reduction on the 56 issued in the previous year."
    fn previous(&self, base: &Base<'_>, found: &[Quantity], used: &mut [bool], made: &mut Vec<Statement>) {
        let Some(mention) = BEFORE.find(base.text) else { return };
        if made.iter().any(|s| s.comparator.as_deref() == Some("own-previous")) {
            return;
        }
        let free: Vec<usize> = (0..found.len()).filter(|i| !used[*i]).collect();
        let near = |i: &&usize| mention.start().abs_diff(found[**i].to).min(found[**i].from.abs_diff(mention.end()));
        let Some(theirs) = free.iter().min_by_key(near).copied().filter(|i| near(&i) < 90) else { return };
        let ours = free.iter().copied().find(|i| *i != theirs).map(|i| (Some(i), found[i].clone()));
        let said = verdict(base.text);
        let verdict = if said == "none-stated" { changed(base.text) } else { said };
        if let Some((index, ours)) =
            ours.or_else(|| self.before.clone().map(|q| (None, q))).filter(|(_, q)| q.unit == found[theirs].unit)
        {
            if verdict == "none-stated" && !base.text.contains("compared") {
                return;
            }
            used[theirs] = true;
            if let Some(index) = index {
                used[index] = true;
            }
            made.push(base.compared(&ours, "own-previous", Some(&found[theirs]), verdict));
        }
    }
}

/// "; and higher than the 94.7 percent who were satisfied in the 12 months to 31 March 2015".
fn own_clause(base: &Base<'_>, found: &[Quantity], used: &mut [bool], against: &mut [bool], made: &mut Vec<Statement>) {
    for index in 0..found.len() {
        if used[index] || against[index] {
            continue;
        }
        let head = base.text[..found[index].from]
            .trim_end()
            .trim_end_matches(" the")
            .trim_end_matches("compared with")
            .trim_end();
        let than = head.ends_with(" than")
            || head.ends_with(" on")
            || head.ends_with("in line with")
            || head.len() < base.text[..found[index].from].trim_end().trim_end_matches(" the").len();
        let after = &base.text[found[index].to..];
        let dated = !period::periods(after).is_empty() || BEFORE.is_match(after);
        let Some(ours) = (0..index).find(|i| !against[*i]).filter(|_| than && dated) else { continue };
        let clause_from = head.rfind([',', ';']).unwrap_or(0).max(found[ours].to.min(head.len()));
        let verdict = verdict(&base.text[clause_from.min(found[index].from)..found[index].from]);
        (used[index], used[ours], against[index]) = (true, true, true);
        made.push(base.compared(&found[ours], "own-previous", Some(&found[index]), verdict));
    }
}

fn significance(text: &str, made: &mut [Statement]) {
    if !text.contains("statistically") {
        return;
    }
    let significant = !INSIGNIFICANT.is_match(text);
    let own = made.iter().position(|s| s.comparator.as_deref() == Some("own-previous"));
    let last = made.len().checked_sub(1);
    if let Some(index) = own.or(last) {
        made[index].significant = Some(significant);
    }
}

/// The last characters of a text.
fn tail(text: &str, characters: usize) -> &str {
    let from = text.char_indices().rev().nth(characters).map_or(0, |(at, _)| at);
    &text[from..]
}

fn clause(text: &str) -> &str {
    text.rfind([',', ';']).map_or(text, |at| &text[at..])
}

fn changed(text: &str) -> &'static str {
    let (rose, fell) = (ROSE.find_iter(text).last().map(|m| m.start()), FELL.find_iter(text).last().map(|m| m.start()));
    match (rose, fell) {
        (Some(a), Some(b)) if a > b => "higher",
        (Some(_), None) => "higher",
        (_, Some(_)) => "lower",
        (None, None) => "none-stated",
    }
}

/// The verdict that words state.
fn verdict(text: &str) -> &'static str {
    if LINE.is_match(text) {
        "broadly-in-line"
    } else if HIGH.is_match(text) {
        "higher"
    } else if LOW.is_match(text) {
        "lower"
    } else {
        "none-stated"
    }
}

fn mentions(text: &str) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for m in MENTION.captures_iter(text) {
        let Some(all) = m.get(0) else { continue };
        let kind = if m.name("msg").is_some() {
            "most-similar"
        } else if m.name("local").is_some() {
            "local-population"
        } else {
            "england-and-wales"
        };
        let lower = all.as_str().to_lowercase();
        let bare = lower == "the average" || lower == "the mean average";
        let trailing = lower.starts_with("in ") || lower.starts_with("across ") || lower.starts_with("for ");
        // "The average" alone is England and Wales only where the sentence has said so, or compares with it.
        if bare && SIMILAR_OF.is_match(&text[all.end()..]) {
            found.push(Mention { from: all.start(), to: all.end(), kind: "most-similar", trailing: false });
            continue;
        }
        let alone = NO_COMPARISON.is_match(text) && !text[all.end()..].contains("average");
        if bare && !alone {
            continue;
        }
        if found.last().is_some_and(|f| f.to + 3 >= all.start() && f.kind == kind) {
            continue;
        }
        found.push(Mention { from: all.start(), to: all.end(), kind, trailing });
    }
    found
}

/// The value of what is mentioned: after it, or before "in England and Wales".
fn comparator_value(
    text: &str,
    mention: &Mention,
    until: usize,
    found: &[Quantity],
    against: &[bool],
) -> Option<usize> {
    if mention.trailing {
        let mut before = (0..found.len()).rev().filter(|i| found[*i].to <= mention.from && !against[*i]);
        let near = before.next().filter(|i| mention.from - found[*i].to < 45)?;
        let compares = text[..found[near].from].contains("compared")
            || text[..found[near].from].contains(" than ")
            || text[..found[near].from].contains("against");
        return (before.next().is_some() && compares).then_some(near);
    }
    let after = (0..found.len()).find(|i| found[*i].from >= mention.to && found[*i].from < until)?;
    let between = &text[mention.to..found[after].from];
    (between.len() < 90 && !between.contains(';') && !between.contains(" whereas ")).then_some(after)
}
