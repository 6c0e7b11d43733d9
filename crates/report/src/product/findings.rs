//! Findings as boxes, notes added later, departures from the original.

use super::{Kind, studio::Studio};
use crate::document::{Block, Inline, paragraph, text};
use crate::words::{listed, lower_first, upper_first};
use inspection::{
    NodeId,
    record::{Finding, FindingKind},
};

const OTHER_RECOMMENDATIONS: (&str, &str) = ("Other recommendation", "Other recommendations");

impl Studio<'_, '_, '_> {
    /// The findings of a place: at a pillar or in an overview all of it, at a question its own. Those of an earlier year that the text
    /// only recalls are not findings of this inspection.
    pub(super) fn findings(&mut self, place: Option<&NodeId>) -> Vec<Block> {
        let inspection = self.desk.inspection;
        let at: Vec<&Finding> = inspection.own_findings().filter(|f| place.is_none_or(|p| f.node.within(p))).collect();
        let mut blocks = Vec::new();
        for kind in FindingKind::ALL {
            let of: Vec<&Finding> = at.iter().copied().filter(|f| f.kind == kind).collect();
            match kind {
                FindingKind::CauseOfConcern => of.iter().for_each(|f| blocks.push(self.concern(f))),
                FindingKind::Recommendation => {
                    let alone: Vec<&Finding> = of
                        .into_iter()
                        .filter(|f| f.parent.as_ref().is_none_or(|p| !at.iter().any(|c| c.id == *p)))
                        .collect();
                    // After a cause of concern, those that do not belong to it say so.
                    let titles = if blocks.is_empty() { kind.titles() } else { OTHER_RECOMMENDATIONS };
                    blocks.extend(self.list_box(kind, titles, &alone));
                }
                _ => blocks.extend(self.list_box(kind, kind.titles(), &of)),
            }
        }
        blocks
    }

    /// The causes of concern alone, each under the question that it is about.
    pub(super) fn causes_of_concern(&mut self, place: Option<&NodeId>, level: u8) -> Vec<Block> {
        let concerns: Vec<&Finding> = (self.desk.inspection.own_findings())
            .filter(|f| f.kind == FindingKind::CauseOfConcern && place.is_none_or(|p| f.node.within(p)))
            .collect();
        let mut blocks = Vec::new();
        let mut under = None;
        for concern in concerns {
            let question = self.desk.house.framework.questions().find(|(id, _)| concern.node.within(id));
            let question = question.map(|(_, question)| question.name("heading").to_owned());
            if question != under {
                blocks.extend(question.as_ref().map(|title| self.heading(level, title)));
                under = question;
            }
            blocks.push(self.concern(concern));
        }
        blocks
    }

    /// A cause of concern with the recommendations that hang on it.
    fn concern(&mut self, concern: &Finding) -> Block {
        let mut blocks = vec![paragraph(&concern.text)];
        let hanging: Vec<&Finding> =
            self.desk.inspection.own_findings().filter(|f| f.parent.as_ref() == Some(&concern.id)).collect();
        if let Some(first) = hanging.first() {
            let addressees = self.addressees(first);
            let one = hanging.iter().all(|f| f.addressees == first.addressees);
            let lead = if one { format!("{addressees} should:") } else { "It is recommended:".to_owned() };
            blocks.push(Block::Paragraph {
                text: vec![Inline::Strong {
                    text: if hanging.len() == 1 { "Recommendation".into() } else { "Recommendations".into() },
                }],
            });
            blocks.push(paragraph(lead));
            let asked = |f: &&Finding| {
                if one {
                    self.asked(f)
                } else {
                    format!("{}: {}", self.addressees(f).trim_end_matches(','), self.asked(f))
                }
            };
            let words = in_a_row(hanging.iter().map(asked).collect());
            let items = words.into_iter().zip(&hanging).map(|(words, f)| vec![self.place(f), text(words)]).collect();
            blocks.push(Block::List { ordered: false, items });
        }
        Block::Finding {
            kind: concern.kind.ids().0.into(),
            label: concern.kind.titles().0.into(),
            id: self.id(&format!("finding {}", concern.id)),
            number: None,
            blocks,
        }
    }

    fn list_box(&mut self, kind: FindingKind, (one, several): (&str, &str), findings: &[&Finding]) -> Option<Block> {
        let first = findings.first()?;
        let id = self.id(&format!("finding {}", first.id));
        // The first is where its box is.
        let mut items = vec![vec![text(self.alone(first))]];
        items.extend(findings[1..].iter().map(|f| vec![self.place(f), text(self.alone(f))]));
        Some(Block::Finding {
            kind: kind.ids().0.into(),
            label: if findings.len() == 1 { one.into() } else { several.into() },
            id,
            number: None,
            blocks: vec![Block::List { ordered: false, items }],
        })
    }

    /// Where links to a finding lead: `finding-` and its id, where it is printed first.
    fn place(&mut self, finding: &Finding) -> Inline {
        Inline::Anchor { id: self.id(&format!("finding {}", finding.id)) }
    }

    /// A finding as a sentence of its own, with its parts and its date.
    fn whole(&self, finding: &Finding) -> String {
        let mut words = upper_first(finding.text.trim());
        if !finding.sub_points.is_empty() {
            let parts: Vec<String> =
                finding.sub_points.iter().map(|p| p.trim_end_matches(['.', ';']).to_owned()).collect();
            words = format!("{} {}.", words.trim_end_matches('.').to_owned() + ":", parts.join("; "));
        }
        if !words.ends_with('.') {
            words.push('.');
        }
        if let Some(due) = &finding.due {
            words += &format!(" Due {}.", crate::desk::month(due));
        }
        // "Each year …, annually" says it twice.
        if let Some(again) = finding.recurring.as_ref().filter(|_| !words.to_lowercase().contains("year")) {
            words += &format!(" It recurs {again}.");
        }
        words
    }

    /// A finding in a list of its own: a recommendation says also whom it asks, where that is not the force alone.
    fn alone(&self, finding: &Finding) -> String {
        let words = self.whole(finding);
        let own = [self.desk.force.id.to_string()];
        if finding.kind != FindingKind::Recommendation || finding.addressees == own {
            return words;
        }
        let addressees = self.addressees(finding);
        let addressees = addressees.trim_end_matches(',');
        format!(
            "{words} Addressed to {}.",
            addressees.strip_prefix("All ").map_or(addressees.to_owned(), |a| format!("all {a}"))
        )
    }

    /// What a recommendation asks, to go on after "should:".
    fn asked(&self, finding: &Finding) -> String {
        lower_first(&self.whole(finding))
    }

    /// Everybody that a finding is addressed to, the force of the document first.
    pub(super) fn addressees(&self, finding: &Finding) -> String {
        let own = self.desk.force.id.as_str();
        let name = |id: &String| {
            let force = self.desk.house.study.register.force(id).map(|f| f.name.clone());
            let body = self.desk.house.bodies.iter().find(|(known, ..)| known == id).map(|(_, name, _)| name.clone());
            force.or(body).unwrap_or_else(|| if id == "all-forces" { "all forces".into() } else { id.clone() })
        };
        let others: Vec<String> = finding.addressees.iter().filter(|a| *a != own).map(name).collect();
        let joined = listed(&others);
        match (finding.addressees.iter().any(|a| a == own), others.is_empty()) {
            (true, true) => self.desk.force.name.clone(),
            (true, false) => format!("{}, together with {joined},", self.desk.force.name),
            (false, _) => upper_first(&joined),
        }
    }

    /// Notes that were added to this page after it was published.
    pub(super) fn annotations(&mut self, place: Option<&NodeId>) -> Vec<Block> {
        let kind = self.job.kind;
        let fits = |a: &&inspection::record::Annotation| {
            let here = a.node.as_ref().zip(place).is_none_or(|(n, p)| n.within(p));
            here && a
                .product
                .as_deref()
                .is_none_or(|p| p == kind.id() || kind == Kind::QuestionPage && p == Kind::PillarPage.id())
        };
        let notes: Vec<_> = self.desk.inspection.annotations.iter().filter(fits).collect();
        let note = |a: &&inspection::record::Annotation| Block::Inset {
            label: format!("Added {}", crate::desk::month(&a.date)),
            blocks: vec![paragraph(&a.text)],
        };
        notes.iter().map(note).collect()
    }

    /// Where the document departs from the original on purpose.
    pub(super) fn corrections(&mut self) -> Vec<Block> {
        let kind = self.job.kind.id();
        let own: Vec<_> = self
            .desk
            .inspection
            .corrections
            .iter()
            .filter(|c| c.product.as_deref().is_none_or(|p| p == kind))
            .collect();
        let item = |c: &&inspection::record::Correction| {
            vec![
                Inline::Strong { text: "The original: ".into() },
                text(format!("{} ", sentence(&c.was))),
                Inline::Strong { text: "Here: ".into() },
                text(format!("{} {}", sentence(&c.now), sentence(&c.why))),
            ]
        };
        if own.is_empty() {
            return Vec::new();
        }
        let lead = "This document departs from the original on purpose: where the original contradicts itself or its data, or cannot be taken over whole.";
        vec![paragraph(lead), Block::List { ordered: false, items: own.iter().map(item).collect() }]
    }
}

/// Clauses as the items of one sentence: each ends with a semicolon, the last with a full stop. Items of several sentences stay.
pub(super) fn in_a_row(items: Vec<String>) -> Vec<String> {
    if items.iter().any(|i| i.trim_end_matches('.').contains(". ")) {
        return items;
    }
    let last = items.len().saturating_sub(1);
    let end = |place: usize| match place {
        p if p == last => ".",
        p if p + 1 == last => "; and",
        _ => ";",
    };
    items.iter().enumerate().map(|(place, words)| format!("{}{}", words.trim_end_matches('.'), end(place))).collect()
}

/// With a capital and a full stop.
fn sentence(words: &str) -> String {
    let words = upper_first(words.trim());
    if words.ends_with(['.', '?', '!']) { words } else { format!("{words}.") }
}
