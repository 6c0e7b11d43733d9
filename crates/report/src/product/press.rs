//! Press releases and letters. A release says every grade of the pillar and every cause of concern, whatever else it says.

use super::studio::Studio;
use crate::document::{Block, Inline, paragraph, text};
use crate::words::upper_first;
use inspection::{
    Grade, NodeId,
    record::{Finding, FindingKind},
};
use reference::quantity::ordinal;

impl Studio<'_, '_, '_> {
    fn adjective(&self, place: Option<&NodeId>) -> String {
        let pillar = place.and_then(|n| n.pillar()).and_then(|p| self.desk.house.framework.pillar(p));
        pillar
            .map(|p| if p.adjective.is_empty() { p.title.to_lowercase() } else { p.adjective.clone() })
            .unwrap_or_default()
    }

    /// The grade of a place; `None` where its judgment is none.
    fn graded(&mut self, node: &NodeId) -> Option<(Grade, Inline)> {
        let house = self.desk.house;
        let grade = house.record.standing(&house.framework.id, &self.desk.force.id, node)?.value.grade()?;
        Some((grade, self.said("grade", node)?))
    }

    /// What an expression says of a place.
    fn said(&mut self, name: &str, node: &NodeId) -> Option<Inline> {
        let call = crate::draft::Call {
            name: name.into(),
            arguments: vec![crate::draft::Argument { name: None, value: node.to_string() }],
            expects: None,
        };
        match self.desk.print(&call) {
            Ok(crate::desk::Printed::Words(mut words)) if words.len() == 1 => words.pop(),
            _ => None,
        }
    }

    /// Who inspected what, and which year running.
    pub(super) fn press_lead(&mut self, place: Option<&NodeId>) -> Vec<Block> {
        let Some(node) = place else { return Vec::new() };
        let house = self.desk.house;
        let framework = house.framework;
        let graded = |f: &&inspection::framework::Framework| {
            house
                .record
                .standing(&f.id, &self.desk.force.id, node)
                .is_some_and(|s| s.value.grade().is_some() && !s.carried_over)
        };
        let years =
            house.frameworks.iter().filter(|f| f.data_until <= framework.data_until).rev().take_while(graded).count();
        let (force, adjective) = (self.desk.force.name.clone(), self.adjective(place));
        let mut words = vec![text(format!(
            "{} ({}) has assessed how {adjective} {force} is in keeping people safe and reducing crime",
            framework.inspectorate.full_name, framework.inspectorate.name
        ))];
        match self.graded(node) {
            Some((_, grade)) => words.extend([text(", and judged it "), grade, text(".")]),
            None => words.push(text(". It gave no grade.")),
        }
        if years > 1 {
            let id = format!("year-running.{node}");
            words.push(text(" It is the "));
            let counted = self.desk.count_of(years, &id);
            words.push(match counted {
                Inline::Number(mut bound) => {
                    bound.text = ordinal(years);
                    if let Some(derivation) = self.desk.numbers.0.get_mut(&bound.reference) {
                        derivation.text.clone_from(&bound.text);
                    }
                    Inline::Number(bound)
                }
                other => other,
            });
            words.push(text(" year running that this has been inspected and graded."));
        }
        vec![Block::Paragraph { text: words }]
    }

    /// What was asked, question by question.
    pub(super) fn press_questions(&mut self, place: Option<&NodeId>) -> Vec<Block> {
        let framework = self.desk.house.framework;
        let inspected = |n: &NodeId| self.desk.inspection.judgments.get(n).is_some_and(|j| j.carried_over.is_none());
        let asked: Vec<String> = framework
            .questions()
            .filter(|(n, q)| place.is_none_or(|p| n.within(p)) && inspected(n) && !q.short.is_empty())
            .map(|(_, q)| q.short.clone())
            .collect();
        if asked.is_empty() {
            return Vec::new();
        }
        let items = super::findings::in_a_row(asked).into_iter().map(|words| vec![text(words)]).collect();
        vec![
            paragraph(format!("{} inspected how good {} is at:", framework.inspectorate.name, self.desk.force.name)),
            Block::List { ordered: false, items },
        ]
    }

    /// What was first asked in this cycle, and what was found of it across forces.
    pub(super) fn press_new(&mut self, place: Option<&NodeId>) -> Vec<Block> {
        let framework = self.desk.house.framework;
        let new: Vec<String> = framework
            .questions()
            .filter(|(n, _)| place.is_none_or(|p| n.within(p)))
            .flat_map(|(_, q)| q.diagnostics.iter().filter(|d| d.first_asked).map(|d| d.name().to_owned()))
            .collect();
        let mut blocks: Vec<Block> =
            new.iter().map(|d| paragraph(format!("This inspection asked for the first time: {d}"))).collect();
        blocks.extend(self.text("press", "national", 2));
        blocks
    }

    /// Every grade of the pillar and every cause of concern, then what the author adds.
    pub(super) fn press_findings(&mut self, place: Option<&NodeId>) -> Vec<Block> {
        let framework = self.desk.house.framework;
        let lead = paragraph(format!("{} found that {}:", framework.inspectorate.name, self.desk.force.name));
        if self.has_text("press", "findings") {
            let own = self.text("press", "findings", 2);
            return std::iter::once(lead).chain(own).collect();
        }
        let questions: Vec<(NodeId, String)> = framework
            .questions()
            .filter(|(n, _)| place.is_none_or(|p| n.within(p)))
            .map(|(n, q)| (n, q.short.clone()))
            .collect();
        let mut items = Vec::new();
        for (node, short) in questions {
            let Some((value, grade)) = self.graded(&node) else { continue };
            let (before, after) = match value {
                Grade::RequiresImprovement => ("is judged \u{2018}", "\u{2019} in "),
                _ => ("is ", " at "),
            };
            let mut item = vec![text(before), grade, text(format!("{after}{short}"))];
            item.extend(self.made_earlier(&node));
            items.push(item);
        }
        let concerns: Vec<Finding> = self
            .desk
            .inspection
            .own_findings()
            .filter(|f| f.kind == FindingKind::CauseOfConcern && place.is_none_or(|p| f.node.within(p)))
            .cloned()
            .collect();
        for concern in concerns {
            let what = if concern.title.is_empty() { concern.text.clone() } else { concern.title.clone() };
            items.push(vec![text(format!(
                "has given the inspectorate a cause of concern: {}",
                what.trim_end_matches('.')
            ))]);
        }
        let Some(last) = items.len().checked_sub(1) else { return Vec::new() };
        for (place, item) in items.iter_mut().enumerate() {
            item.push(text(if place == last { "." } else { ";" }));
        }
        vec![lead, Block::List { ordered: false, items }]
    }

    /// Which inspection a judgment is from, where it carries over.
    fn made_earlier(&mut self, node: &NodeId) -> Vec<Inline> {
        let house = self.desk.house;
        let carried =
            house.record.standing(&house.framework.id, &self.desk.force.id, node).is_some_and(|s| s.carried_over);
        match self.said("last_inspected", node).filter(|_| carried) {
            Some(year) => vec![text(" (the judgment of "), year, text(")")],
            None => Vec::new(),
        }
    }

    /// The quotes, and where more is.
    pub(super) fn press_end(&mut self) -> Vec<Block> {
        let mut blocks = self.text("press", "quotes", 2);
        let mut links = Vec::new();
        for (_, job) in self.sources.documents.iter().filter(|(cycle, _)| *cycle == self.desk.house.framework.id) {
            if job != self.job
                && matches!(job.kind, super::Kind::PillarReport | super::Kind::ForceReport | super::Kind::ForcePage)
            {
                let name = job
                    .node
                    .as_ref()
                    .map(|n| format!(" on {}", self.desk.house.framework.name(n, "heading").to_lowercase()))
                    .unwrap_or_default();
                links.push(vec![Self::link(format!("{}{name}", job.kind.title()), format!("{}.html", job.stem()))]);
            }
        }
        if !links.is_empty() {
            blocks.push(paragraph(format!("More about {}:", self.desk.force.name)));
            blocks.push(Block::List { ordered: false, items: links });
        }
        blocks
    }

    /// Who a letter is to, what it is about, and what is expected.
    pub(super) fn letter_head(&mut self, place: Option<&NodeId>) -> Vec<Block> {
        let framework = self.desk.house.framework;
        let body = self
            .desk
            .house
            .bodies
            .iter()
            .find(|(_, _, f)| f.as_ref() == Some(&self.desk.force.id))
            .map(|(_, name, _)| name.clone());
        let subject = place.map_or_else(|| "the force".to_owned(), |n| framework.name(n, "heading").to_lowercase());
        let mut blocks = vec![paragraph(format!("To the chief officer of {}", self.desk.force.name))];
        if let Some(body) = body {
            blocks.push(paragraph(format!("Copy: {body}")));
        }
        let concerns = self
            .desk
            .inspection
            .own_findings()
            .filter(|f| f.kind == FindingKind::CauseOfConcern && place.is_none_or(|p| f.node.within(p)))
            .count();
        let number = self
            .desk
            .count_of(concerns, &format!("causes-of-concern-in-letter.{}", place.map_or("force", NodeId::as_str)));
        let plural = if concerns == 1 { "cause of concern" } else { "causes of concern" };
        let mut line = vec![text(format!(
            "In the inspection of {subject} in {}, {} found ",
            framework.title, framework.inspectorate.name
        ))];
        line.extend([number, text(format!(" {plural}. What was found and what is recommended is set out below."))]);
        blocks.push(Block::Paragraph { text: line });
        blocks.extend(self.text("letter", "body", 2));
        blocks
    }

    /// "Hertfordshire Constabulary was judged good for effectiveness …", the pillars in one sentence; without pillars how many
    /// questions have which grade.
    pub(super) fn standpoint(&mut self) -> Vec<Block> {
        let house = self.desk.house;
        let framework = house.framework;
        let judged = if framework.pillars.is_empty() { self.judged_by_grade() } else { self.judged_by_pillar() };
        let (cycle, force) = (framework.title.clone(), self.desk.force.name.clone());
        let mut words = match judged.len() {
            0 => vec![text(format!("No grade of {force} in {cycle} is on record here"))],
            _ => vec![text(format!("In {cycle} {force} was judged "))],
        };
        let last = judged.len().saturating_sub(1);
        for (place, inlines) in judged.into_iter().enumerate() {
            match place {
                0 => {}
                _ if place == last => words.push(text(" and ")),
                _ => words.push(text(", ")),
            }
            words.extend(inlines);
        }
        words.push(text(". "));
        match self.open_findings().len() {
            0 => words.push(text("No finding of any cycle is on record.")),
            1 => words
                .push(text("One finding of all cycles is on record, with how it stands as far as the sources say.")),
            open => {
                let number = self.desk.count_of(open, "findings-on-record");
                let rest =
                    " findings of all cycles are on record, with how each of them stands as far as the sources say.";
                words.extend([upper(number), text(rest)]);
            }
        }
        vec![Block::Paragraph { text: words }]
    }

    fn judged_by_pillar(&mut self) -> Vec<Vec<Inline>> {
        let pillars = self.desk.house.framework.pillars.iter();
        let nodes: Vec<(NodeId, String)> =
            pillars.filter_map(|p| Some((p.id.parse().ok()?, p.title.to_lowercase()))).collect();
        let said = |(node, title): (NodeId, String)| Some(vec![self.graded(&node)?.1, text(format!(" for {title}"))]);
        nodes.into_iter().filter_map(said).collect()
    }

    fn judged_by_grade(&mut self) -> Vec<Vec<Inline>> {
        let house = self.desk.house;
        let framework = house.framework;
        let force = &self.desk.force.id;
        let standings =
            framework.questions().filter_map(|(node, _)| house.record.standing(&framework.id, force, &node));
        let grades: Vec<Grade> = standings.filter_map(|s| s.value.grade()).collect();
        let mut said = Vec::new();
        for grade in framework.scale() {
            let number = grades.iter().filter(|g| **g == grade).count();
            if number > 0 {
                let counted = self.desk.count_of(number, &format!("questions-judged-{}", grade.id()));
                let questions = if number == 1 { " question" } else { " questions" };
                said.push(vec![text(format!("{} in ", grade.words())), counted, text(questions)]);
            }
        }
        said
    }
}

fn upper(inline: Inline) -> Inline {
    match inline {
        Inline::Number(mut bound) => {
            bound.text = upper_first(&bound.text);
            Inline::Number(bound)
        }
        other => other,
    }
}
