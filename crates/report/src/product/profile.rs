//! The force page: current judgments, what was asked and how it stands, measures, threads, documents, data. And the headline
//! numbers and figures that reports share with it.

use super::{
    FigurePlan, Job, Kind,
    judgments::{badge, stands},
    studio::Studio,
};
use crate::words::{lower_first, upper_first};
use crate::{
    desk::{Beside, Whose},
    document::{Badge, Block, Column, Inline, Table, Tile, paragraph, text},
    draft::{Argument, Call},
};
use inspection::{
    NodeId,
    record::{Finding, FindingKind},
};

/// What is said of a finding whose outcome no source gives.
const NOT_RECORDED: &str = "outcome not recorded in the sources loaded";

impl Studio<'_, '_, '_> {
    /// Headline numbers, with the table behind them.
    pub(super) fn headline_numbers(&mut self, ids: &[String]) -> Vec<Block> {
        let mut tiles = Vec::new();
        for id in ids {
            let Some(measure) = self.desk.house.measures.iter().find(|m| m.id == *id) else { continue };
            let Ok(own) = self.desk.figure(measure, Whose::Own, None) else { continue };
            let Ok(period) = self.desk.period(measure) else { continue };
            let average = [(Whose::EnglandAndWales, "England and Wales"), (Whose::LocalPopulation, "local population")]
                .into_iter()
                .filter(|_| measure.kind != statistics::measure::Kind::Count)
                .find_map(|(whose, name)| self.desk.figure(measure, whose, None).ok().map(|shown| (name, shown)));
            let compared =
                average.map(|(name, shown)| vec![text(format!("{name}: ")), shown.inline]).unwrap_or_default();
            let number = std::iter::once(own.inline).chain(own.note).collect();
            tiles.push(Tile { number, label: format!("{}, {}", measure.title, period.prose()), compared });
        }
        if tiles.is_empty() {
            return Vec::new();
        }
        let mut blocks: Vec<Block> = tiles.chunks(6).map(|some| Block::Tiles { tiles: some.to_vec() }).collect();
        match self.desk.measure_table(Some("Force in numbers".into()), ids, Beside::EnglandAndWales) {
            Ok(Some(table)) => blocks.push(Block::Details {
                summary: "The same numbers as a table".into(),
                blocks: vec![Block::Table(table)],
            }),
            Ok(None) => {}
            Err(fault) => self.remark(fault),
        }
        blocks
    }

    pub(super) fn paired(&mut self, plan: &FigurePlan) -> Vec<Block> {
        let unnamed = std::iter::once("paired").chain(plan.measures.iter().map(String::as_str));
        let mut arguments: Vec<_> = unnamed.map(|a| Argument { name: None, value: a.to_owned() }).collect();
        arguments.push(Argument { name: Some("title".into()), value: plan.title.clone() });
        self.chart(&Call { name: "chart".into(), arguments, expects: None })
    }

    fn chart(&mut self, call: &Call) -> Vec<Block> {
        match self.desk.print(call) {
            Ok(crate::desk::Printed::Block(block)) => vec![*block],
            Ok(crate::desk::Printed::Words(text)) => vec![Block::Paragraph { text }],
            Err(_) => Vec::new(),
        }
    }

    /// Small charts of measures, two side by side; measures without figures are left out.
    pub(super) fn small_charts(&mut self, ids: &[String]) -> Vec<Block> {
        let mut figures = Vec::new();
        for id in ids {
            let arguments = ["trend", id].map(|a| Argument { name: None, value: a.to_owned() }).into();
            for block in self.chart(&Call { name: "chart".into(), arguments, expects: None }) {
                if let Block::Figure(figure) = block {
                    figures.push(figure);
                }
            }
        }
        let mut blocks = Vec::new();
        let mut figures = figures.into_iter();
        while let Some(first) = figures.next() {
            blocks.push(match figures.next() {
                Some(second) => Block::Pair { first, second },
                None => Block::Figure(first),
            });
        }
        blocks
    }

    /// The latest judgment of every question of the latest framework, with cycle and document.
    pub(super) fn current(&mut self) -> Vec<Block> {
        let house = self.desk.house;
        let framework = house.framework;
        let mut nodes: Vec<NodeId> = Vec::new();
        for pillar in &framework.pillars {
            nodes.extend(pillar.id.parse());
            nodes.extend(framework.questions().map(|(n, _)| n).filter(|n| n.pillar() == Some(&pillar.id)));
        }
        if framework.pillars.is_empty() {
            nodes.extend(framework.questions().map(|(n, _)| n));
        }
        let mut rows = Vec::new();
        for node in nodes {
            let Some(standing) = stands(house, &self.desk.force.id, framework, &node) else { continue };
            let mark = badge(framework, Some(&standing), house.frameworks, &framework.id);
            // A judgment carries over when a publication says so, not because nothing later is on record.
            let mark = Badge { carried_over: mark.carried_over.filter(|_| standing.carried_over), ..mark };
            let publication = house.record.publications.get(&standing.from.publication);
            let source = publication.map_or_else(
                || standing.from.publication.clone(),
                |p| format!("{}, {}", p.publisher, crate::desk::month(&p.published)),
            );
            let name = framework.name(&node, "table");
            let name = if node.is_pillar() { Inline::Strong { text: name } } else { text(name) };
            rows.push(vec![
                vec![name],
                vec![Inline::Grade(mark)],
                vec![text(self.title_of(standing.cycle))],
                vec![text(source)],
            ]);
        }
        if rows.is_empty() {
            return vec![paragraph("No judgment is on record here.")];
        }
        let columns = ["Place", "Judgment", "Made in", "Taken over from"]
            .map(|t| Column { title: t.into(), numeric: false })
            .into();
        vec![Block::Table(Table {
            id: self.id("current-judgments"),
            caption: format!("Judgments of {} as they stand in {}", self.desk.force.short_name, framework.title),
            columns,
            rows,
            source: "Taken over from the publications named.".into(),
            notes: vec![
                "A dashed edge and a year mark a judgment that carries over. Where none of this cycle is on record, the judgment of the question that this one follows from is shown, with the cycle that it was made in.".into(),
            ],
        })]
    }

    /// Every finding of every cycle up to this one that asks for something, with how it stands.
    pub(super) fn open_findings(&self) -> Vec<(String, Finding, String)> {
        let house = self.desk.house;
        let until = house.framework.data_until;
        let cycles: Vec<&str> =
            house.frameworks.iter().filter(|f| f.data_until <= until).map(|f| f.id.as_str()).collect();
        let mut all = Vec::new();
        for (place, cycle) in cycles.iter().enumerate() {
            let Some(inspection) = house.record.inspection(cycle, &self.desk.force.id) else { continue };
            let asked = |f: &&Finding| {
                use FindingKind::{AreaForImprovement, CauseOfConcern, Recommendation};
                matches!(f.kind, CauseOfConcern | Recommendation | AreaForImprovement)
            };
            for finding in inspection.own_findings().filter(asked) {
                let later = cycles[place + 1..].iter().rev().find_map(|later| {
                    let recalled = |f: &&Finding| {
                        f.recalled.is_some()
                            && (f.restates.contains(&format!("{cycle}/{}", finding.id)) || f.id == finding.id)
                    };
                    let found = house.record.inspection(later, &self.desk.force.id)?.findings.iter().find(recalled)?;
                    Some(format!("{} ({})", found.recalled.as_ref()?.stands, self.title_of(later)))
                });
                let stands = later.or_else(|| finding.stands.clone()).unwrap_or_else(|| NOT_RECORDED.to_owned());
                all.push((self.title_of(cycle), finding.clone(), stands));
            }
        }
        all
    }

    /// What the force was asked to do, and how that stands.
    pub(super) fn register(&mut self) -> Vec<Block> {
        let findings = self.open_findings();
        if findings.is_empty() {
            return vec![paragraph("No finding is on record here.")];
        }
        let rows = findings
            .iter()
            .rev()
            .map(|(cycle, finding, stands)| {
                vec![
                    vec![text(cycle)],
                    vec![text(finding.kind.titles().0)],
                    vec![text(if finding.title.is_empty() { &finding.text } else { &finding.title })],
                    vec![text(self.addressees(finding).trim_end_matches(','))],
                    vec![text(due(finding))],
                    vec![text(upper_first(stands))],
                ]
            })
            .collect();
        let columns = ["Cycle", "Kind", "What", "To", "Due", "How it stands"]
            .map(|t| Column { title: t.into(), numeric: false })
            .into();
        vec![Block::Table(Table {
            id: self.id("what-was-asked"),
            caption: format!(
                "What {} was asked to do, and how that stands as far as the sources say",
                self.desk.force.short_name
            ),
            columns,
            rows,
            source: "Taken over from the publications of each cycle.".into(),
            notes: vec![
                "Where no source says what became of a finding, that is said; nothing is counted as overdue.".into(),
            ],
        })]
    }

    /// Findings that restate earlier ones, from the earliest on.
    pub(super) fn threads(&mut self) -> Vec<Block> {
        let findings = self.open_findings();
        let house = self.desk.house;
        let id_of = |title: &str| {
            house.frameworks.iter().find(|f| f.title == title).map_or_else(|| title.to_owned(), |f| f.id.clone())
        };
        let mut threads: Vec<Vec<(String, &Finding)>> = Vec::new();
        for (cycle, finding, _) in
            findings.iter().rev().filter(|(_, f, _)| !f.restates.is_empty() && f.kind != FindingKind::CauseOfConcern)
        {
            let mut chain = vec![(cycle.clone(), finding)];
            let mut next = finding.restates.clone();
            while let Some(reference) = next.pop() {
                let earlier = findings.iter().find(|(c, f, _)| reference == format!("{}/{}", id_of(c), f.id));
                if let Some((c, f, _)) =
                    earlier.filter(|(c, f, _)| !chain.iter().any(|(known, k)| known == c && k.id == f.id))
                {
                    chain.push((c.clone(), f));
                    next.extend(f.restates.clone());
                }
            }
            if chain.len() < 2 {
                continue;
            }
            chain.sort_by_key(|(c, _)| house.frameworks.iter().position(|f| f.title == *c));
            // What goes on in a longer thread is told there.
            let told = |longer: &Vec<(String, &Finding)>| {
                chain.iter().all(|link| longer.iter().any(|known| known.0 == link.0 && known.1.id == link.1.id))
            };
            if !threads.iter().any(told) {
                threads.push(chain);
            }
        }
        let link =
            |(c, f): &(String, &Finding)| format!("{c}: {}", if f.title.is_empty() { &f.text } else { &f.title });
        let line =
            |thread: &Vec<(String, &Finding)>| vec![text(thread.iter().map(link).collect::<Vec<_>>().join("; "))];
        let items: Vec<_> = threads.iter().map(line).collect();
        if items.is_empty() { Vec::new() } else { vec![Block::List { ordered: false, items }] }
    }

    /// The force's documents in this edition.
    pub(super) fn documents(&mut self) -> Vec<Block> {
        let here = &self.desk.house.framework.id;
        let item = |(cycle, job): &(String, Job)| {
            let framework = self.desk.house.frameworks.iter().find(|f| f.id == *cycle)?;
            let name = job
                .node
                .as_ref()
                .map(|n| format!(": {}", lower_first(&framework.name(n, "heading"))))
                .unwrap_or_default();
            let folder = if cycle == here { String::new() } else { format!("../../{cycle}/{}/", self.desk.force.id) };
            Some(vec![Self::link(
                format!("{} {}{name}", framework.title, job.kind.title().to_lowercase()),
                format!("{folder}{}.html", job.stem()),
            )])
        };
        let others = |(cycle, job): &&(String, Job)| !(cycle == here && job.kind == Kind::ForcePage);
        let items: Vec<_> = self.sources.documents.iter().rev().filter(others).filter_map(item).collect();
        if items.is_empty() {
            vec![paragraph("No document is on record here.")]
        } else {
            vec![Block::List { ordered: false, items }]
        }
    }

    /// Where its figures are.
    pub(super) fn data(&mut self) -> Vec<Block> {
        let items = vec![vec![Self::link(
            "Every number of this page with its derivation (CSV)",
            format!("{}.csv", self.job.stem()),
        )]];
        vec![Block::List { ordered: false, items }]
    }
}

/// By when, or how often.
fn due(finding: &Finding) -> String {
    let day = finding.due.as_deref().map(crate::desk::month);
    day.or_else(|| finding.recurring.clone()).unwrap_or_else(|| "no date".to_owned())
}
