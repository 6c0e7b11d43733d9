//! Making one document from its plan.

use super::{Job, Kind, Part, Plan, slug};
use crate::{
    desk::{Desk, House},
    document::{Block, Document, Inline, Link, paragraph},
    draft::{Draft, Position},
    pack::{Issuer, numbers::Numbers},
    rule::{Fault, Remark, Rule},
};
use inspection::{
    NodeId,
    framework::Question,
    record::{Inspection, Publication},
};
use jiff::civil::Date;
use reference::Force;
use std::collections::{BTreeMap, BTreeSet};

/// Texts that documents are made from.
pub struct Sources<'s> {
    /// The inspection's own, by section.
    pub texts: &'s BTreeMap<String, Draft>,
    /// Those that are the same for every force, by name.
    pub standing: &'s BTreeMap<String, Draft>,
    /// Who issues the documents.
    pub issuer: Issuer<'s>,
    /// The documents that the force has in this edition: cycle, kind, place.
    pub documents: &'s [(String, Job)],
}

/// A document with its numbers and what is wrong with its texts.
pub struct Made {
    /// The document.
    pub document: Document,
    /// Every number it prints.
    pub numbers: Numbers,
    /// Which parts of which texts it printed.
    pub printed: BTreeSet<(String, String)>,
    /// What is wrong.
    pub remarks: Vec<Remark>,
}

/// Makes a document.
#[must_use]
pub fn make(
    house: &House<'_>,
    force: &Force,
    inspection: &Inspection,
    plan: &Plan,
    job: &Job,
    sources: &Sources<'_>,
) -> Made {
    let mut studio = Studio {
        desk: Desk::new(house, force, inspection),
        sources,
        remarks: Vec::new(),
        printed: BTreeSet::new(),
        ids: BTreeSet::new(),
        job,
    };
    let blocks = studio.parts(&plan.parts, job.node.as_ref(), 2);
    let publication = studio.original();
    let title = studio.fill(&plan.title);
    let subtitle = Some(studio.fill(&plan.subtitle)).filter(|s| !s.is_empty());
    let date = publication.as_ref().and_then(|p| whole_date(&p.published)).unwrap_or(house.framework.data_until);
    let cycle = &house.framework.title;
    // A publication may tell no day, and a page of our own has none: neither is given one.
    let dated = match publication.as_ref().map(|p| p.published.as_str()).filter(|p| !p.is_empty()) {
        Some(published) if published.len() == 10 => None,
        Some(published) => Some(crate::desk::month(published)),
        None => Some(format!("judgments and figures of {cycle}")),
    };
    let document = Document {
        language: "en-GB".into(),
        running: format!("{} · {title}", force.name),
        description: studio.fill(&plan.description),
        title,
        subtitle,
        publisher: sources.issuer.name.to_owned(),
        date,
        dated,
        banner: banner(sources.issuer.banner, publication.as_ref()),
        trail: vec![
            Link { text: "Forces".into(), href: "../../forces.html".into() },
            Link { text: format!("{} {cycle}", force.short_name), href: "force-page.html".into() },
        ],
        formats: ["pdf", "ods", "xlsx", "csv", "txt"]
            .map(|ext| Link { text: ext.to_uppercase(), href: format!("{}.{ext}", job.stem()) })
            .into(),
        blocks,
        footnotes: studio.desk.footnotes.into_iter().map(|(_, words)| words).collect(),
    };
    Made { document, numbers: studio.desk.numbers, printed: studio.printed, remarks: studio.remarks }
}

/// What the issuer wants to be read first, and which publication the facts are from.
fn banner(banner: Option<&str>, publication: Option<&Publication>) -> Option<String> {
    let facts = publication.map(|p| format!("The facts are those of {}, {}", p.publisher, p.title));
    match (banner, facts) {
        (Some(banner), Some(facts)) => Some(format!("{banner}. {facts}")),
        (banner, facts) => banner.map(str::to_owned).or(facts),
    }
}

/// The day of a publication: a month or a year counts from its first day.
fn whole_date(published: &str) -> Option<Date> {
    let full = match published.len() {
        4 => format!("{published}-01-01"),
        7 => format!("{published}-01"),
        _ => published.to_owned(),
    };
    full.parse().ok()
}

/// Whether anything of an inspection is taken from a publication.
pub(super) fn takes_from(inspection: &Inspection, publication: &str) -> bool {
    inspection.judgments.values().any(|j| j.from.publication == publication)
        || inspection.findings.iter().any(|f| f.from.publication == publication)
        || inspection.quotations.values().any(|q| q.from.publication == publication)
        || inspection.evidence.values().any(|e| e.from.publication == publication)
}

/// Makes one document.
pub(super) struct Studio<'s, 'h, 'a> {
    pub(super) desk: Desk<'h, 'a>,
    pub(super) sources: &'s Sources<'s>,
    pub(super) remarks: Vec<Remark>,
    pub(super) printed: BTreeSet<(String, String)>,
    pub(super) ids: BTreeSet<String>,
    pub(super) job: &'s Job,
}

impl Studio<'_, '_, '_> {
    /// The publication that this document goes back to.
    pub(super) fn original(&self) -> Option<Publication> {
        let pillar = self.job.node.as_ref().and_then(|n| n.pillar());
        let fits = |p: &&Publication| {
            p.product.as_deref() == Some(self.job.kind.id())
                && p.forces.contains(&self.desk.force.id)
                && (p.pillar.is_none() || p.pillar.as_ref().map(NodeId::as_str) == pillar)
                && self.is_of_this_cycle(p)
        };
        self.desk.house.record.publications.values().find(fits).cloned()
    }

    /// Whether anything on record of this inspection is taken from a publication.
    fn is_of_this_cycle(&self, publication: &Publication) -> bool {
        takes_from(self.desk.inspection, &publication.id) || publication.id.contains(&self.desk.house.framework.id)
    }

    /// Words with `{force}` and the like filled in.
    pub(super) fn fill(&self, words: &str) -> String {
        let framework = self.desk.house.framework;
        let node = self.job.node.as_ref();
        let pillar = node.and_then(|n| n.pillar()).and_then(|p| framework.pillar(p));
        let question = node.map(|n| framework.name(n, "heading")).unwrap_or_default();
        // Without pillars, what is inspected is the force.
        let subject = pillar.map_or_else(|| "the force".to_owned(), |p| p.title.to_lowercase());
        words
            .replace("{force}", &self.desk.force.name)
            .replace("{place}", &self.desk.force.short_name)
            .replace("{cycle}", &framework.title)
            .replace("{pillar}", &subject)
            .replace("{Pillar}", pillar.map_or("PEEL", |p| &p.title))
            .replace("{headline}", &pillar.map(|p| p.headline.clone()).unwrap_or_default())
            .replace("{question}", &question)
            .replace("{judged}", &self.judged())
    }

    /// ", judged good" where the document's place has a grade, else nothing.
    fn judged(&self) -> String {
        let (house, force) = (self.desk.house, &self.desk.force.id);
        let standing = self.job.node.as_ref().and_then(|n| house.record.standing(&house.framework.id, force, n));
        standing.and_then(|s| s.value.grade()).map(|grade| format!(", judged {}", grade.words())).unwrap_or_default()
    }

    /// An id that no other heading of the document has.
    pub(super) fn id(&mut self, words: &str) -> String {
        let base = slug(words);
        // Figures and tables of texts have their number as their id.
        let numbered = ["figure-", "table-"]
            .iter()
            .filter_map(|kind| base.strip_prefix(kind))
            .any(|n| n.starts_with(|c: char| c.is_ascii_digit()));
        let base = match base.as_str() {
            "" => "section".to_owned(),
            _ if numbered => format!("section-{base}"),
            _ => base,
        };
        let mut id = base.clone();
        let mut number = 2;
        while !self.ids.insert(id.clone()) {
            id = format!("{base}-{number}");
            number += 1;
        }
        id
    }

    pub(super) fn heading(&mut self, level: u8, words: &str) -> Block {
        Block::Heading { level: level.min(4), id: self.id(words), text: words.to_owned() }
    }

    pub(super) fn remark(&mut self, fault: Fault) {
        let file = format!("record/{}/{}", self.desk.house.framework.id, self.desk.force.id);
        let remark = fault.at(&file, Position { line: 1, column: 1 });
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    pub(super) fn parts(&mut self, parts: &[Part], place: Option<&NodeId>, level: u8) -> Vec<Block> {
        parts.iter().flat_map(|part| self.part(part, place, level)).collect()
    }

    fn part(&mut self, part: &Part, place: Option<&NodeId>, level: u8) -> Vec<Block> {
        match part {
            Part::Contents => vec![Block::Contents],
            Part::Section { title, parts } => {
                let words = self.fill_at(title, place);
                let heading = self.heading(level, &words);
                let inside = self.parts(parts, place, level + 1);
                if inside.is_empty() { Vec::new() } else { std::iter::once(heading).chain(inside).collect() }
            }
            Part::Standing(name) => self.standing(name, level),
            Part::Text { part, section } => {
                let section = section.clone().or_else(|| place.map(ToString::to_string)).unwrap_or_default();
                self.text(&section, part, level)
            }
            Part::Detail { standing, part } => {
                let section = place.map(ToString::to_string).unwrap_or_default();
                if !self.has_text(&section, part) {
                    return Vec::new();
                }
                // Where nothing is judged, nothing leads up to a judgment.
                let graded = place
                    .and_then(|n| self.desk.inspection.judgments.get(n))
                    .is_some_and(|j| j.grade.is_some_and(|g| g.grade().is_some()));
                let lead = if graded { self.standing(standing, level) } else { Vec::new() };
                lead.into_iter().chain(self.text(&section, part, level)).collect()
            }
            Part::QuestionLink => self.question_link(place),
            Part::Scope => self.scope(),
            Part::Numbers(ids) => self.headline_numbers(ids),
            Part::Table(plan) if plan.pillar.is_some() && plan.pillar.as_ref() != place => Vec::new(),
            Part::Table(plan) => match self.desk.measure_table(Some(plan.title.clone()), &plan.measures, plan.beside) {
                Ok(table) => table.map(Block::Table).into_iter().collect(),
                Err(fault) => {
                    self.remark(fault);
                    Vec::new()
                }
            },
            Part::Figure(plan) if plan.pillar.is_some() && plan.pillar.as_ref() != place => Vec::new(),
            Part::Figure(plan) => self.paired(plan),
            Part::Judgment => self.judgment(place),
            Part::Judgments => self.judgments(),
            Part::Similar => self.similar(),
            Part::Findings => self.findings(place),
            Part::CausesOfConcern => self.causes_of_concern(place, level),
            Part::Pillars(parts) => self.pillars(parts, level),
            Part::Questions(parts) => self.questions(parts, place, level),
            Part::Diagnostics => self.diagnostics(place, level),
            Part::Annotations => self.annotations(place),
            Part::Corrections => self.corrections(),
            Part::Annex => self.annex(level),
            Part::PressLead => self.press_lead(place),
            Part::PressQuestions => self.press_questions(place),
            Part::PressNew => self.press_new(place),
            Part::PressFindings => self.press_findings(place),
            Part::PressEnd => self.press_end(),
            Part::LetterHead => self.letter_head(place),
            Part::Standpoint => self.standpoint(),
            Part::Current => self.current(),
            Part::Register => self.register(),
            Part::Measures(ids) => self.small_charts(ids),
            Part::Threads => self.threads(),
            Part::Documents => self.documents(),
            Part::Data => self.data(),
        }
    }

    fn fill_at(&self, words: &str, place: Option<&NodeId>) -> String {
        let framework = self.desk.house.framework;
        let pillar = place.and_then(|n| n.pillar()).and_then(|p| framework.pillar(p));
        let words = match pillar {
            // A headline that is not known leaves no colon behind.
            Some(pillar) if pillar.headline.is_empty() => {
                words.replace(": {headline}", "").replace("{headline}", "").replace("{Pillar}", &pillar.title)
            }
            Some(pillar) => words.replace("{headline}", &pillar.headline).replace("{Pillar}", &pillar.title),
            None => words.to_owned(),
        };
        self.fill(&words)
    }

    /// The page of a question, where this edition has one.
    fn question_link(&self, place: Option<&NodeId>) -> Vec<Block> {
        let job = Job { kind: Kind::QuestionPage, node: place.cloned() };
        let here = &self.desk.house.framework.id;
        if !self.sources.documents.iter().any(|(cycle, known)| cycle == here && *known == job) {
            return Vec::new();
        }
        vec![Block::Paragraph { text: vec![Self::link("Summary for this question", format!("{}.html", job.stem()))] }]
    }

    /// A standing text: the cycle's own, or the one for all.
    fn standing(&mut self, name: &str, level: u8) -> Vec<Block> {
        let cycle = &self.desk.house.framework.id;
        let standing = self.sources.standing;
        let pillar = self.job.node.as_ref().and_then(|n| n.pillar()).unwrap_or_default();
        // The nearest wins: pillar and cycle, cycle, pillar, all.
        let names = [
            format!("{name}-{pillar}-{cycle}"),
            format!("{name}-{cycle}"),
            format!("{name}-{pillar}"),
            name.to_owned(),
        ];
        let Some(draft) = names.iter().find_map(|n| standing.get(n)) else {
            let remedy = format!("write templates/standing/{name}.md");
            self.remark(Fault::new(Rule::UnknownName, format!("there is no standing text `{name}`"), remedy));
            return Vec::new();
        };
        let mut blocks = Vec::new();
        for part in &draft.parts {
            if !part.name.is_empty() {
                blocks.push(self.heading(level, &part.name));
            }
            let below = (level + u8::from(!part.name.is_empty())).min(4);
            let mut pieces = self.desk.pieces(&draft.file, &part.pieces, below, &mut self.remarks);
            self.own_ids(&mut pieces);
            blocks.extend(pieces);
        }
        blocks
    }

    /// A part of the inspection's own text; nothing when it is not written.
    pub(super) fn text(&mut self, section: &str, part: &str, level: u8) -> Vec<Block> {
        let texts = self.sources.texts;
        let Some((draft, part)) = texts.get(section).and_then(|d| d.part(part).map(|p| (d, p))) else {
            return Vec::new();
        };
        self.printed.insert((draft.file.clone(), part.name.clone()));
        let mut blocks = self.desk.pieces(&draft.file, &part.pieces, level.min(4), &mut self.remarks);
        self.own_ids(&mut blocks);
        blocks
    }

    /// Gives headings of texts ids that nothing else in the document has.
    fn own_ids(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            if let Block::Heading { id, text, .. } = block {
                *id = self.id(text);
            }
        }
    }

    pub(super) fn has_text(&self, section: &str, part: &str) -> bool {
        self.sources.texts.get(section).is_some_and(|d| d.part(part).is_some())
    }

    fn pillars(&mut self, parts: &[Part], level: u8) -> Vec<Block> {
        let pillars: Vec<(NodeId, String)> = self
            .desk
            .house
            .framework
            .pillars
            .iter()
            .filter_map(|p| Some((p.id.parse().ok()?, p.title.clone())))
            .collect();
        if pillars.is_empty() {
            let heading = self.heading(level, "Questions");
            let inside = self.parts(parts, None, level + 1);
            return if inside.is_empty() { Vec::new() } else { std::iter::once(heading).chain(inside).collect() };
        }
        let mut blocks = Vec::new();
        for (node, title) in pillars {
            let inspection = self.desk.inspection;
            let judged = inspection.judgments.keys().any(|n| n.within(&node));
            if !judged && !inspection.own_findings().any(|f| f.node.within(&node)) {
                continue;
            }
            blocks.push(self.heading(level, &title));
            blocks.extend(self.parts(parts, Some(&node), level + 1));
        }
        blocks
    }

    /// Every question of the pillar: inspected ones with these parts, others with what stands.
    fn questions(&mut self, parts: &[Part], place: Option<&NodeId>, level: u8) -> Vec<Block> {
        let framework = self.desk.house.framework;
        let questions: Vec<(NodeId, &Question)> =
            framework.questions().filter(|(n, _)| place.is_none_or(|p| n.within(p))).collect();
        let short = matches!(self.job.kind, Kind::ForceReport);
        let mut blocks = Vec::new();
        for (node, question) in questions {
            let name = if short || question.wording.is_empty() { question.name("heading") } else { &question.wording };
            let heading = self.heading(level, name);
            let inside = self.question(&node, question, parts, level + 1);
            if !inside.is_empty() {
                blocks.push(heading);
                blocks.extend(inside);
            }
        }
        blocks
    }

    fn question(&mut self, node: &NodeId, question: &Question, parts: &[Part], level: u8) -> Vec<Block> {
        let inspection = self.desk.inspection;
        let judgment = inspection.judgments.get(node);
        let out = judgment.is_some_and(|j| j.grade == Some(inspection::JudgmentValue::NotInspected));
        if !question.inspected || out {
            let words = format!("This question was not inspected or graded in {}.", self.desk.house.framework.title);
            // What was found there all the same is told: a finding is never lost.
            return std::iter::once(paragraph(words)).chain(self.findings(Some(node))).collect();
        }
        if judgment.is_some_and(|j| j.carried_over.is_some()) {
            let mut blocks = self.judgment(Some(node));
            let call = crate::draft::Call {
                name: "carried_over".into(),
                arguments: vec![crate::draft::Argument { name: None, value: node.to_string() }],
                expects: None,
            };
            match self.desk.print(&call) {
                Ok(crate::desk::Printed::Words(text)) => blocks.push(Block::Paragraph { text }),
                Ok(crate::desk::Printed::Block(block)) => blocks.push(*block),
                Err(fault) => self.remark(fault),
            }
            blocks.extend(self.text(node.as_str(), "review", level));
            blocks.extend(self.findings(Some(node)));
            return blocks;
        }
        self.parts(parts, Some(node), level)
    }

    fn diagnostics(&mut self, place: Option<&NodeId>, level: u8) -> Vec<Block> {
        let Some(node) = place else { return Vec::new() };
        let Some(question) = self.desk.house.framework.question(node) else { return Vec::new() };
        let mut blocks = Vec::new();
        for diagnostic in &question.diagnostics {
            let part = format!("{node}.{}", diagnostic.id);
            if self.has_text(node.as_str(), &part) {
                blocks.push(self.heading(level, diagnostic.name()));
                blocks.extend(self.text(node.as_str(), &part, level + 1));
            }
        }
        blocks
    }

    pub(super) fn link(words: impl Into<String>, href: impl Into<String>) -> Inline {
        Inline::Link(Link { text: words.into(), href: href.into() })
    }
}
