//! The annex "About the data", from what the document used: method, definitions, releases, works taken over from.

use super::studio::Studio;
use crate::{
    document::{Block, Column, Table, paragraph, text},
    pack::numbers::Kind,
};
use reference::ReleaseDate;
use std::collections::BTreeSet;

impl Studio<'_, '_, '_> {
    pub(super) fn annex(&mut self, level: u8) -> Vec<Block> {
        let house = self.desk.house;
        let mut used: Vec<String> =
            self.desk.numbers.0.values().map(|d| d.measure.clone()).filter(|m| !m.is_empty()).collect();
        used.sort();
        used.dedup();
        let computed = self.desk.numbers.0.values().any(|d| d.kind.is_computed());
        let mut blocks = vec![paragraph(
            "This annex is made from the definitions, releases and publications that the numbers of this document come from. Each number leads to its derivation.",
        )];
        if !used.is_empty() {
            blocks.push(self.heading(level, "How figures are compared"));
            if house.documented {
                blocks.push(paragraph("Each force's difference from the England and Wales average, as a proportion of it, is standardised over the forces. A force more than 0.675 standard deviations from the mean is higher or lower; all others are broadly in line. About a quarter of forces fall on either side by construction, and how far from the average a force must be differs from measure to measure. The average is the rate from the totals of England and Wales, never a mean of rates. Changes in satisfaction are tested with chi square at the level of five percent."));
            } else {
                blocks.push(paragraph("Figures are set beside those of England and Wales or of the most similar group; no verdict is printed in this cycle. Both are rates from totals, never means of rates; a most similar group includes the force itself. Population is the latest mid-year estimate on or before the last day of the period."));
            }
        }
        blocks.push(self.heading(level, "What the grades mean"));
        blocks.extend(self.grades());
        let evidence = self.desk.numbers.0.values().filter(|d| d.kind == Kind::Vouched).count();
        if !used.is_empty() || evidence > 0 {
            blocks.push(self.heading(level, "Where each number comes from"));
        }
        for id in used {
            blocks.extend(self.measure_entry(&id, level + 1));
        }
        if evidence > 0 {
            let number = self.desk.count_of(evidence, &format!("numbers-vouched-for.{}", self.job.stem()));
            let after = " numbers of this document are vouched for by evidence on record, each with who asserts it and where it was published.";
            let words = if evidence == 1 {
                " number of this document is vouched for by evidence on record, with who asserts it and where it was published."
            } else {
                after
            };
            blocks.push(Block::Paragraph { text: vec![text("Evidence: "), number, text(words)] });
        }
        if computed {
            let heading = self.heading(level, "Releases used");
            blocks.extend([heading, self.releases()]);
        }
        blocks
    }

    fn measure_entry(&mut self, id: &str, level: u8) -> Vec<Block> {
        let house = self.desk.house;
        let Some(measure) = house.measures.iter().find(|m| m.id == id) else { return Vec::new() };
        let heading = self.heading(level, &measure.title);
        let mut words = measure.definition.clone();
        for note in measure.mixed_units.iter().chain(&measure.caveats) {
            words += " ";
            words += note;
        }
        let kinds: BTreeSet<&str> =
            self.desk.numbers.0.values().filter(|d| d.measure == id).map(|d| d.kind.words()).collect();
        let kinds: Vec<&str> = kinds.into_iter().collect();
        let source = self.desk.sources(&[measure]);
        let about = format!(
            "{} Source: {}. In this document: {}.",
            words.trim(),
            measure.source.trim_end_matches('.'),
            kinds.join("; ")
        );
        let mut blocks = vec![heading, paragraph(about)];
        if !source.is_empty() {
            blocks.push(paragraph(format!("From: {source}.")));
        }
        blocks
    }

    /// The scale of the cycle, and whether its definitions are confirmed.
    fn grades(&self) -> Vec<Block> {
        use inspection::framework::{GradeDefinition, Known};
        let grades = &self.desk.house.framework.grades;
        let item = |grade: &GradeDefinition| {
            let name = crate::document::Inline::Strong { text: crate::words::upper_first(grade.id.words()) };
            if grade.definition.is_empty() {
                return vec![name];
            }
            vec![name, text(format!(": {}.", grade.definition.trim_end_matches('.')))]
        };
        let mut blocks = vec![Block::List { ordered: false, items: grades.iter().map(item).collect() }];
        if grades.iter().any(|g| g.verified != Known::Yes && !g.definition.is_empty()) {
            blocks
                .push(paragraph("These definitions are in our own words and are not confirmed by a published source."));
        }
        blocks
    }

    fn releases(&mut self) -> Block {
        let tables = self.desk.house.study.observations.tables();
        let ids: BTreeSet<&str> =
            self.desk.numbers.0.values().flat_map(|d| &d.inputs).map(|i| i.release.as_str()).collect();
        let used: Vec<_> = tables.iter().filter(|t| ids.contains(t.release.id.as_str())).collect();
        let rows = used
            .iter()
            .map(|t| {
                let r = &t.release;
                let date = r.released.as_ref().map_or_else(|| "not stated".to_owned(), ReleaseDate::prose);
                [r.title.clone(), r.publisher.clone(), date, r.file.clone(), r.id.short().to_owned()]
                    .map(|c| vec![text(c)])
                    .to_vec()
            })
            .collect();
        let mut licences: Vec<String> = used.iter().map(|t| t.release.licence.clone()).collect();
        licences.sort();
        licences.dedup();
        let columns = ["Publication", "Publisher", "Published", "File", "SHA-256 begins"]
            .map(|title| Column { title: title.into(), numeric: false })
            .into();
        Block::Table(Table {
            id: self.id("table-releases"),
            caption: "Published files that figures of this document were computed from".into(),
            columns,
            rows,
            source: String::new(),
            notes: licences,
        })
    }
}
