//! The linter of texts: what the words between the expressions must not say by themselves.
//!
//! Expressions are checked when they are printed; here only words are. A rule that cannot tell a fault from good English keeps
//! silent: a remark that is often wrong is soon read by nobody. Every remark names the word and something that the author can do.

mod claims;
mod exempt;
mod forces;
mod line;
mod nouns;
mod numbers;
mod numeral;
mod phrases;
mod prints;
mod release;

use crate::{
    desk::Desk,
    draft::{Draft, Piece, Position},
    rule::{Fault, Remark, Rule, nearest},
};
use forces::Names;
use inspection::{NodeId, record::Standing};
use line::Line;
use nouns::Nouns;
use prints::Prints;

/// A text being read at a desk.
struct Reading<'r, 'a> {
    desk: &'r Desk<'r, 'a>,
    file: &'r str,
    /// The place of the framework that the text is about, where it is about one.
    place: Option<NodeId>,
    lines: Vec<Line<'r>>,
    nouns: Nouns<'a>,
    names: Names<'a>,
    prints: Prints<'r, 'a>,
}

impl<'r, 'a> Reading<'r, 'a> {
    fn new(desk: &'r Desk<'r, 'a>, draft: &'r Draft) -> Self {
        let name = draft.file.rsplit('/').next().unwrap_or_default();
        let others = desk.house.study.register.forces().iter().filter(|f| f.id != desk.force.id);
        Self {
            desk,
            file: &draft.file,
            place: name.strip_suffix(".md").unwrap_or(name).parse().ok().filter(|n| desk.house.framework.has(n)),
            lines: line::lines(draft),
            nouns: Nouns::of(desk.house.measures),
            names: Names::of(others),
            prints: Prints::new(desk),
        }
    }

    /// The places below the text's own, or all, whose judgment is so.
    fn standing(&self, so: impl Fn(&Standing<'_>) -> bool) -> Vec<NodeId> {
        let (house, force) = (self.desk.house, &self.desk.force.id);
        let here = |node: &NodeId| self.place.as_ref().is_none_or(|place| node.within(place));
        let judged = |node: &NodeId| house.record.standing(&house.framework.id, force, node).is_some_and(|s| so(&s));
        house.framework.nodes().into_iter().filter(|node| here(node) && judged(node)).collect()
    }

    /// The expression with one of some places, as a remedy; with the text's own place where there are none.
    fn expressions(&self, name: &str, nodes: &[NodeId]) -> String {
        let own = || self.place.as_ref().map_or("…", NodeId::as_str);
        let one = |node: &str| format!("`{{{{ {name}(\"{node}\") }}}}`");
        match nodes {
            [] => one(own()),
            few if few.len() < 4 => few.iter().map(|n| one(n.as_str())).collect::<Vec<_>>().join(" or "),
            many => format!(
                "{} with one of {}",
                one("…"),
                many.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")
            ),
        }
    }

    fn remark(&self, at: Position, rule: Rule, found: impl Into<String>, remedy: impl Into<String>) -> Remark {
        Fault::new(rule, found, remedy).at(self.file, at)
    }
}

/// What is wrong with the words of a text, from the first line to the last.
#[must_use]
pub fn text(desk: &Desk<'_, '_>, draft: &Draft) -> Vec<Remark> {
    let reading = Reading::new(desk, draft);
    let mut remarks = Vec::new();
    for line in &reading.lines {
        numbers::check(&reading, line, &mut remarks);
        phrases::verdicts(&reading, line, &mut remarks);
        phrases::years(&reading, line, &mut remarks);
        phrases::grades(&reading, line, &mut remarks);
        nouns::check(&reading, line, &mut remarks);
        forces::check(&reading, line, &mut remarks);
        claims::sources(&reading, &reading.lines, line, &mut remarks);
        claims::proportions(&reading, line, &mut remarks);
    }
    headings(&reading, draft, &mut remarks);
    in_order(remarks)
}

/// What a press release about a pillar leaves out, and where it is stronger than its findings; beside what [`text`] finds.
#[must_use]
pub fn release(desk: &Desk<'_, '_>, draft: &Draft, pillar: &NodeId) -> Vec<Remark> {
    let reading = Reading::new(desk, draft);
    let mut remarks = Vec::new();
    release::leaves_out(&reading, draft, pillar, &mut remarks);
    release::stronger(&reading, pillar, &mut remarks);
    in_order(remarks)
}

/// P016: the headings of a diagnostic are the framework's, where it names any.
fn headings(reading: &Reading<'_, '_>, draft: &Draft, remarks: &mut Vec<Remark>) {
    for part in &draft.parts {
        let Ok(node) = part.name.parse::<NodeId>() else { continue };
        let diagnostics = reading
            .desk
            .house
            .framework
            .questions()
            .flat_map(|(id, q)| q.diagnostics.iter().map(move |d| (format!("{id}.{}", d.id), d)));
        let known = diagnostics
            .into_iter()
            .find(|(id, _)| id == node.as_str())
            .map(|(_, d)| d.headings.as_slice())
            .unwrap_or_default();
        for piece in &part.pieces {
            let Piece::Heading { spans, at } = piece else { continue };
            let words = line::plain(spans);
            if known.is_empty() || known.iter().any(|h| h.eq_ignore_ascii_case(&words)) {
                continue;
            }
            let remedy = match nearest(&words, known.iter().map(String::as_str)) {
                near if near.starts_with("did you mean") => near,
                _ => format!("write one of {}", known.iter().map(|h| format!("`{h}`")).collect::<Vec<_>>().join(", ")),
            };
            remarks.push(reading.remark(
                *at,
                Rule::UnknownHeading,
                format!("`{node}` has no heading `{words}`"),
                remedy,
            ));
        }
    }
}

fn in_order(mut remarks: Vec<Remark>) -> Vec<Remark> {
    remarks.sort();
    remarks.dedup();
    remarks
}

#[cfg(test)]
mod tests;
