//! The table of a section: the force, its group and England and Wales, measure by measure.

use super::{PackSection, Writer};
use crate::document::{Block, Column, Inline, Table, text};
use crate::words::verdict_cell;
use statistics::{NoComparison, Verdict};

impl Writer<'_, '_> {
    pub(super) fn section_table(&mut self, section: &PackSection) -> Option<Block> {
        let answered: Vec<&String> = section.measures.iter().filter(|id| self.answer(id).is_some()).collect();
        let grouped = answered.iter().any(|id| matches!(self.group(id), Some(Ok(_))));
        let mut titles = vec![("Measure", false), ("Period", false), (self.force.short_name.as_str(), true)];
        if grouped {
            titles.push(("Most similar group", true));
        }
        titles.extend([
            ("England and Wales", true),
            ("Against England and Wales", false),
            ("Rank from the highest", true),
        ]);
        let columns: Vec<Column> =
            titles.into_iter().map(|(title, numeric)| Column { title: title.into(), numeric }).collect();
        let rows: Vec<Vec<Vec<Inline>>> = answered.iter().filter_map(|id| self.table_row(id, grouped)).collect();
        if rows.is_empty() {
            return None;
        }
        Some(Block::Table(Table {
            id: format!("table-{}", section.id),
            caption: format!("{}: {} compared", section.title, self.force.short_name),
            columns,
            rows,
            source: String::new(),
            notes: self.table_notes(&answered),
        }))
    }

    fn table_row(&mut self, id: &str, grouped: bool) -> Option<Vec<Vec<Inline>>> {
        let (own, average) = (self.own(id)?, self.average(id)?);
        let group = self.group(id);
        let (answer, place) = self.answer(id)?;
        let row = &answer.compared.rows[place];
        let period = answer.panel.period;
        let mut cells = vec![vec![text(&answer.measure.title)], vec![text(period.heading())], vec![own]];
        if grouped {
            cells.push(match group {
                Some(Ok((inline, _))) => vec![inline],
                Some(Err(NoComparison::GroupNotSupplied)) => vec![text("[n]")],
                Some(Err(_)) | None => vec![text("[z]")],
            });
        }
        cells.push(vec![average]);
        cells.push(vec![text(match &row.standing {
            Err(NoComparison::NotARate) => "A count",
            _ => verdict_cell(Verdict::of(&row.standing)),
        })]);
        cells.push(vec![text(match (&row.standing, answer.ranks[place]) {
            (Err(NoComparison::NotARate), _) | (_, None) => "[z]".to_owned(),
            (_, Some(rank)) => {
                format!("{}{} of {}", if rank.sharing > 1 { "=" } else { "" }, rank.from_highest, rank.of)
            }
        })]);
        Some(cells)
    }

    fn table_notes(&self, ids: &[&String]) -> Vec<String> {
        let mut notes = vec![
            "[z] does not apply: a count is neither compared nor ranked, and a force that is left out has no rank."
                .to_owned(),
        ];
        if ids
            .iter()
            .any(|id| matches!(self.answer(id), Some((a, _)) if a.measure.kind != statistics::measure::Kind::Count))
        {
            notes.push("The rank is a place in a list, not a judgment.".to_owned());
        }
        for id in ids {
            let Some((answer, place)) = self.answer(id) else { continue };
            let area = &answer.panel.figures[place].area;
            for caution in self.data.study.cautions(answer.measure, area, answer.panel.period.last()) {
                notes.push(format!("{}: {caution}", answer.measure.title));
            }
            for (left_out, reason) in &answer.measure.distorted_by {
                let note = super::left_out(&self.names(std::slice::from_ref(left_out)), reason);
                if !notes.contains(&note) {
                    notes.push(note);
                }
            }
            if !answer.compared.average.missing.is_empty() {
                notes.push(format!(
                    "{}: {} had no figure and is in neither sum of the average.",
                    answer.measure.title,
                    self.names(&answer.compared.average.missing)
                ));
            }
            let months = answer.panel.denominator_age_in_months();
            if months >= 12 {
                notes.push(format!(
                    "{}: the population is {months} months older than the period, because there is no later estimate.",
                    answer.measure.title
                ));
            }
        }
        notes
    }
}
