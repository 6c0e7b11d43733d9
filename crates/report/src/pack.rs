//! The data pack of a force: its key measures with what they are compared with, their charts, and where every number comes from.
//!
//! The words, charts, tables and datasets are all made from the same [`PackData`], which is answered once for all forces. Nothing
//! about a particular force is written here.

mod annex;
mod charts;
mod datasets;
mod index;
pub mod numbers;
mod plan;
mod prose;
mod tables;

pub use datasets::{national, workbook};
pub use index::index;
pub use plan::{PackChart, PackChartKind, PackPart, PackPlan, PackSection};

use crate::document::{Block, Document, Figure, Link, paragraph};
pub(crate) use charts::unit;
use jiff::civil::Date;
use numbers::Numbers;
use reference::{AreaId, Force, long_date};
use statistics::{
    Verdict,
    measure::{Kind, Measure, Panel, Prepared},
    observations::Condition,
    study::{Answered, Study, When},
};
use std::collections::BTreeMap;

/// The cycle that a pack belongs to.
#[derive(Debug, Clone, Copy)]
pub struct PackCycle<'a> {
    /// Its id (`2018-19`).
    pub id: &'a str,
    /// As printed ("2018/19").
    pub title: &'a str,
    /// The last day of the figures.
    pub until: Date,
    /// Whether the house documents the method for this cycle.
    pub documented: bool,
    /// What the annex says of it.
    pub about: &'a str,
}

/// Who issues it, and under which banner.
#[derive(Debug, Clone, Copy)]
pub struct Issuer<'a> {
    /// The inspectorate's name.
    pub name: &'a str,
    /// What a reader must know before anything else.
    pub banner: Option<&'a str>,
}

/// Everything that the packs of all forces are made from.
pub struct PackData<'a> {
    /// The study that answered.
    pub study: &'a Study<'a>,
    /// The plan.
    pub plan: &'a PackPlan,
    /// The cycle.
    pub cycle: PackCycle<'a>,
    /// Who issues it.
    pub issuer: Issuer<'a>,
    /// The plan's measures that have figures, by id.
    answers: BTreeMap<&'a str, Answered<'a>>,
    /// The figures of each part of a stacked chart, by measure and part.
    parts: BTreeMap<(String, String), Panel>,
}

/// The note on a force that is left out because it distorts a measure.
pub(crate) fn left_out(name: &str, reason: &str) -> String {
    format!("{name} is left out of averages and ranks per resident. {reason}")
}

/// A force's pack.
pub struct Pack {
    /// What is read.
    pub document: Document,
    /// Every number it prints, with its derivation.
    pub numbers: Numbers,
}

impl<'a> PackData<'a> {
    /// Answers every measure of the plan, up to the cycle's last day. A measure without figures is left out and can be asked for by
    /// [`PackData::unanswered`].
    #[must_use]
    pub fn new(
        study: &'a Study<'a>,
        plan: &'a PackPlan,
        measures: &'a [Measure],
        cycle: PackCycle<'a>,
        issuer: Issuer<'a>,
    ) -> Self {
        let mut answers = BTreeMap::new();
        for id in plan.measures() {
            let Some(measure) = measures.iter().find(|m| m.id == id) else { continue };
            // The house leaves out a force that distorts a measure and says so; the command line asks first.
            let excluded: Vec<AreaId> = measure.distorted_by.iter().map(|(area, _)| area.clone()).collect();
            if let Some(answer) = study.answer(measure, When::LatestUntil(cycle.until), &excluded) {
                answers.insert(measure.id.as_str(), answer);
            }
        }
        let mut data = Self { study, plan, cycle, issuer, answers, parts: BTreeMap::new() };
        data.parts = data.stacks();
        data
    }

    /// The measures of the plan that have no figures.
    pub fn unanswered(&self) -> impl Iterator<Item = &str> {
        self.plan.measures().into_iter().filter(|id| !self.answers.contains_key(id))
    }

    /// The measures that have figures, by id.
    pub fn answered(&self) -> impl Iterator<Item = &Answered<'a>> {
        self.answers.values()
    }

    fn answer(&self, id: &str) -> Option<&Answered<'a>> {
        self.answers.get(id)
    }

    /// Small charts of measures over the years, the force beside England and Wales, each with its answer; measures without figures of the
    /// force are left out.
    #[must_use]
    pub fn trends(&self, force: &Force, ids: &[String]) -> Vec<(&Answered<'a>, Box<Figure>)> {
        let mut numbers = Numbers::default();
        let mut writer = Writer { data: self, force, numbers: &mut numbers, figures: 0 };
        let chart = |id: &str| PackChart {
            kind: PackChartKind::Trend,
            measures: vec![id.to_owned()],
            parts: Vec::new(),
            dimension: None,
        };
        let drawn = |id: &String| {
            let answer = self.answer(id)?;
            let mut figure = Box::new(writer.figure(&chart(id))?);
            // In a pack the section's table says why a force is left out; here nothing else does.
            for (note, (area, reason)) in figure.notes.iter_mut().zip(&answer.measure.distorted_by) {
                *note = left_out(&writer.short(area), reason);
            }
            Some((answer, figure))
        };
        ids.iter().filter_map(drawn).collect()
    }

    fn stacks(&self) -> BTreeMap<(String, String), Panel> {
        let mut panels = BTreeMap::new();
        for chart in self.plan.sections.iter().flat_map(|s| &s.charts) {
            let (Some(dimension), Some(answer)) =
                (&chart.dimension, chart.measures.first().and_then(|m| self.answer(m)))
            else {
                continue;
            };
            for part in &chart.parts {
                let measure = part_of(answer.measure, dimension, &part.labels);
                let prepared = Prepared::new(&measure, self.study.observations, self.study.areas, self.study.pins);
                if let Some(panel) = prepared.at(answer.panel.period.last()) {
                    panels.insert((answer.measure.id.clone(), part.title.clone()), panel);
                }
            }
        }
        panels
    }

    /// The pack of a force that is among the study's areas.
    #[must_use]
    pub fn pack(&self, force: &Force) -> Pack {
        let mut numbers = Numbers::default();
        let mut writer = Writer { data: self, force, numbers: &mut numbers, figures: 0 };
        let mut blocks = vec![
            Block::Tiles { tiles: writer.tiles() },
            paragraph(writer.summary()),
            Block::Contents,
            Block::Heading { level: 2, id: "how-figures-are-compared".into(), text: "How figures are compared".into() },
        ];
        blocks.extend(writer.method());
        for section in &self.plan.sections {
            blocks.extend(writer.section(section));
        }
        blocks.extend(writer.annex());
        let document = Document {
            language: "en-GB".into(),
            title: format!("Data pack {}", self.cycle.title),
            subtitle: Some(force.name.clone()),
            description: format!(
                "Key measures of {} beside England and Wales and similar forces, figures to {}.",
                force.name,
                long_date(self.cycle.until)
            ),
            publisher: self.issuer.name.to_owned(),
            date: self.cycle.until,
            dated: None,
            running: format!(
                "{} · Data pack {} · figures to {}",
                force.name,
                self.cycle.title,
                long_date(self.cycle.until)
            ),
            banner: self.issuer.banner.map(str::to_owned),
            trail: vec![Link { text: "Forces".into(), href: "../../forces.html".into() }],
            formats: ["pdf", "ods", "xlsx", "csv", "txt"]
                .map(|ext| Link { text: ext.to_uppercase(), href: format!("data-pack.{ext}") })
                .into(),
            blocks,
            footnotes: Vec::new(),
        };
        Pack { document, numbers }
    }
}

/// A measure's numerator cut down to some labels of a dimension, as a count.
fn part_of(measure: &Measure, dimension: &str, labels: &[String]) -> Measure {
    let mut part = Measure { kind: Kind::Count, denominator: Vec::new(), ..measure.clone() };
    for term in &mut part.numerator {
        term.conditions.retain(|c| c.dimension != dimension);
        term.conditions.push(Condition { dimension: dimension.to_owned(), labels: labels.to_vec(), except: false });
    }
    part
}

/// Writes one force's pack.
struct Writer<'d, 'a> {
    data: &'d PackData<'a>,
    force: &'d Force,
    numbers: &'d mut Numbers,
    figures: u32,
}

impl Writer<'_, '_> {
    fn section(&mut self, section: &PackSection) -> Vec<Block> {
        let heading = |level, id: String, text: &str| Block::Heading { level, id, text: text.to_owned() };
        let mut blocks = vec![heading(2, section.id.clone(), &section.title)];
        if !section.introduction.is_empty() {
            blocks.push(paragraph(&section.introduction));
        }
        let items = section.measures.iter().filter_map(|id| self.sentence(id)).collect();
        blocks.push(Block::List { ordered: false, items });
        blocks.extend(self.section_table(section));
        blocks.extend(self.charts(section));
        blocks
    }

    /// One sentence that says how many measures lie where.
    fn summary(&self) -> String {
        let (mut counts, mut none) = ([0_usize; 3], 0);
        for answer in self.data.answered() {
            let Some(place) = answer.place(&self.force.id) else { continue };
            match Verdict::of(&answer.compared.rows[place].standing) {
                Verdict::Higher => counts[0] += 1,
                Verdict::BroadlyInLine => counts[1] += 1,
                Verdict::Lower => counts[2] += 1,
                Verdict::NoComparison => none += 1,
            }
        }
        let compared: usize = counts.iter().sum();
        let others = match none {
            0 => String::new(),
            1 => " One more is a count or allows no comparison.".to_owned(),
            n => format!(" {n} more are counts or allow no comparison."),
        };
        if compared == 0 {
            return format!("No measure of {} can be compared.{others}", self.force.name);
        }
        let measures =
            if compared == 1 { "the one measure that can" } else { &format!("{compared} measures that can") };
        format!(
            "Of {measures} be compared, {} is higher than the England and Wales average on {}, broadly in line on {} and lower on {}.{others} Higher and lower say where a force stands among forces, not how well it does.",
            self.force.name, counts[0], counts[1], counts[2],
        )
    }
}

#[cfg(test)]
mod tests;
