//! What the statements of one sentence have in common, and a statement made from it.

use super::*;

/// What the statements of a sentence share.
pub(super) struct Base<'a> {
    pub(super) text: &'a str,
    pub(super) line: u32,
    pub(super) period: Option<Period>,
    /// The period that the paragraph has named before: a comparison without one of its own is of that.
    pub(super) inherited: Option<Period>,
}

impl Base<'_> {
    pub(super) fn unit(&self, quantity: &Quantity, theirs: Option<&Quantity>) -> String {
        let rest = &self.text[quantity.to..];
        let near = rest.char_indices().nth(110).map_or(rest, |(at, _)| &rest[..at]);
        let near = near.find([';', '.']).filter(|at| !near[*at..].starts_with(".0")).map_or(near, |at| &near[..at]);
        let near = near.find(", which").map_or(near, |at| &near[..at]);
        if let Some(unit) = quantity.unit {
            return unit.to_owned();
        }
        if near.contains("per 1,000") || near.contains("per 1000") || near.contains("per thousand") {
            return "per-1000".to_owned();
        }
        let first = near.trim_start();
        let close = first.char_indices().nth(34).map_or(first, |(at, _)| &first[..at]);
        let named = close.find("RDIL").or_else(|| close.find("rest day"));
        let owed = |at: usize| ["had ", "more than", "owed"].iter().any(|w| close[..at].contains(w));
        if first.starts_with("day") || named.is_some_and(|at| !owed(at)) {
            return "days".to_owned();
        }
        theirs.and_then(|t| t.unit).unwrap_or("count").to_owned()
    }

    pub(super) fn statement(&self, quantity: &Quantity, theirs: Option<&Quantity>) -> Statement {
        Statement {
            text: self.text.to_owned(),
            subject: self.subject(quantity),
            period: self.period.clone(),
            value: Some(quantity.value),
            unit: Some(self.unit(quantity, theirs)),
            qualifier: quantity.qualifier.to_owned(),
            comparator: None,
            comparator_value: quantity.whole,
            verdict: "none-stated".to_owned(),
            significant: None,
            line: self.line,
        }
    }

    pub(super) fn compared(&self, ours: &Quantity, kind: &str, theirs: Option<&Quantity>, verdict: &str) -> Statement {
        Statement {
            comparator: Some(kind.to_owned()),
            comparator_value: theirs.map(|t| t.value),
            verdict: verdict.to_owned(),
            period: self.period.clone().or_else(|| self.inherited.clone().filter(|_| kind != "own-previous")),
            ..self.statement(ours, theirs)
        }
    }

    pub(super) fn unvalued(&self, kind: &str, verdict: &str) -> Statement {
        Statement {
            text: self.text.to_owned(),
            subject: subject_before(self.text),
            period: self.period.clone(),
            qualifier: "exact".to_owned(),
            comparator: Some(kind.to_owned()),
            verdict: verdict.to_owned(),
            line: self.line,
            ..Statement::default()
        }
    }

    pub(super) fn alone(&self, quantity: &Quantity, next: usize, periods: &[(usize, Period)]) -> Statement {
        let own = periods.iter().find(|(at, _)| *at >= quantity.to && *at < next).map(|(_, p)| p.clone());
        Statement { period: own.or_else(|| self.period.clone()), ..self.statement(quantity, None) }
    }

    /// What is measured: the words after the value, as far as the clause goes.
    pub(super) fn subject(&self, quantity: &Quantity) -> String {
        let rest = &self.text[quantity.to..];
        let ends = [
            ", which",
            ", compared",
            " compared with",
            "; ",
            ". ",
            ", and the ",
            ", this ",
            " (",
            " which is",
            " which was",
        ];
        let end = ends.iter().filter_map(|w| rest.find(w)).min().unwrap_or(rest.len());
        let after = clean::squeezed(rest[..end].trim_matches(|c: char| c.is_whitespace() || ",.;".contains(c)));
        let after = after.strip_prefix("of ").unwrap_or(&after).to_owned();
        if after.split_whitespace().count() >= 2 { after } else { subject_before(&self.text[..quantity.from]) }
    }
}

pub(super) fn subject_before(text: &str) -> String {
    let head = text.rsplit([',', ';']).next().unwrap_or(text);
    clean::squeezed(if head.split_whitespace().count() > 2 { head } else { text })
}
