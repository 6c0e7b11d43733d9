//! A study: measures, register and observations brought together, so that a page or a command asks one question and gets a whole
//! answer.

use crate::{
    comparability::{Effect, Flag},
    compared::{Compared, Funnel, Rulings, compare, float},
    comparison::{Method, NoComparison},
    measure::{Aggregate, Figure, Measure, Panel, Prepared},
    observations::{Observations, Pin},
    rank::{Rank, ranks},
};
use jiff::civil::Date;
use reference::{AreaId, Group, Register};
use std::collections::BTreeMap;

/// What is needed to answer.
#[derive(Debug, Clone, Copy)]
pub struct Study<'a> {
    /// Forces and groups.
    pub register: &'a Register,
    /// The figures.
    pub observations: &'a Observations,
    /// The forces that are compared, in order.
    pub areas: &'a [AreaId],
    /// Where comparing is unsafe.
    pub flags: &'a [Flag],
    /// How figures are compared.
    pub method: Method,
    /// Which releases answer.
    pub pins: &'a [Pin],
}

/// A measure answered for one period and all the earlier ones.
#[derive(Debug, Clone)]
pub struct Answered<'a> {
    /// The measure.
    pub measure: &'a Measure,
    /// The figures of every force.
    pub panel: Panel,
    /// The comparison with England and Wales.
    pub compared: Compared,
    /// Each force's rank, those that were left out without one.
    pub ranks: Vec<Option<Rank>>,
    /// The same measure at earlier periods that end on the same day of the year, from the earliest; this one is the last.
    pub trend: Vec<(Date, Panel)>,
}

impl<'a> Study<'a> {
    /// The last days of the periods for which a measure has figures, from the earliest.
    #[must_use]
    pub fn periods(&self, measure: &Measure) -> Vec<Date> {
        Prepared::new(measure, self.observations, self.areas, self.pins).periods()
    }

    /// The figures and the comparison at the period that ends on `last`, or the latest period up to `until`. `None` when there is no
    /// such period.
    #[must_use]
    pub fn answer(&self, measure: &'a Measure, when: When, excluded: &[AreaId]) -> Option<Answered<'a>> {
        let prepared = Prepared::new(measure, self.observations, self.areas, self.pins);
        let periods = prepared.periods();
        let last = when.among(&periods)?;
        let panel = prepared.at(last)?;
        let trend = same_day(&periods, last).filter_map(|day| prepared.at(day).map(|panel| (day, panel))).collect();
        Some(self.concluded(measure, panel, trend, excluded))
    }

    /// The figures of a measure at every period, by its last day: for [`Study::answer_from`], where one measure is asked often.
    #[must_use]
    pub fn panels(&self, measure: &Measure) -> BTreeMap<Date, Panel> {
        let prepared = Prepared::new(measure, self.observations, self.areas, self.pins);
        prepared.periods().into_iter().filter_map(|day| Some((day, prepared.at(day)?))).collect()
    }

    /// What [`Study::answer`] answers, from figures that are at hand.
    #[must_use]
    pub fn answer_from(
        &self,
        measure: &'a Measure,
        panels: &BTreeMap<Date, Panel>,
        when: When,
        excluded: &[AreaId],
    ) -> Option<Answered<'a>> {
        let periods: Vec<Date> = panels.keys().copied().collect();
        let last = when.among(&periods)?;
        let trend = same_day(&periods, last).map(|day| (day, panels[&day].clone())).collect();
        Some(self.concluded(measure, panels[&last].clone(), trend, excluded))
    }

    fn concluded(
        &self,
        measure: &'a Measure,
        panel: Panel,
        trend: Vec<(Date, Panel)>,
        excluded: &[AreaId],
    ) -> Answered<'a> {
        let rulings = self.rulings(measure, panel.period.last(), excluded);
        let compared = compare(&panel, measure, &rulings, &self.method);
        let counted = panel.figures.iter().zip(&compared.rows);
        let values: Vec<_> = counted.map(|(f, row)| f.value.number().filter(|_| !row.excluded)).collect();
        Answered { measure, panel, compared, ranks: ranks(&values), trend }
    }

    /// The figures and the comparison of every period, from the earliest: [`Self::answer`] asked once for each, at the cost of one.
    #[must_use]
    pub fn every(&self, measure: &Measure, excluded: &[AreaId]) -> Vec<(Panel, Compared)> {
        let prepared = Prepared::new(measure, self.observations, self.areas, self.pins);
        let panels = prepared.periods().into_iter().filter_map(|last| prepared.at(last));
        let compared = |panel: Panel| {
            let compared =
                compare(&panel, measure, &self.rulings(measure, panel.period.last(), excluded), &self.method);
            (panel, compared)
        };
        panels.map(compared).collect()
    }

    fn rulings(&self, measure: &Measure, last: Date, excluded: &[AreaId]) -> Rulings {
        let concerned =
            |flag: &&Flag, area: &AreaId| flag.effect == Effect::Block && flag.concerns(&measure.id, area, last);
        let blocked = self.areas.iter().filter_map(|area| {
            let flag = self.flags.iter().find(|flag| concerned(flag, area))?;
            Some((area.clone(), flag.reason.clone()))
        });
        Rulings { excluded: excluded.to_vec(), blocked: blocked.collect(), ruled_out: None }
    }

    /// What a reader has to know of a force's figure before comparing it.
    #[must_use]
    pub fn cautions(&self, measure: &Measure, area: &AreaId, last: Date) -> Vec<&'a str> {
        self.flags.iter().filter(|f| f.concerns(&measure.id, area, last)).map(|f| f.reason.as_str()).collect()
    }

    /// The force's most similar group's ratio of totals in a panel, and its members.
    ///
    /// # Errors
    /// The force has no group, or nobody has told the register of one for the panel's last day.
    pub fn most_similar(
        &self,
        measure: &Measure,
        panel: &Panel,
        force: &AreaId,
    ) -> Result<(Aggregate, Vec<AreaId>), NoComparison> {
        match self.register.most_similar(force, panel.period.last()) {
            Group::Members(members) => Ok((panel.aggregate(measure.per, |area| members.contains(area)), members)),
            Group::None => Err(NoComparison::NoGroup),
            Group::NotSupplied => Err(NoComparison::GroupNotSupplied),
        }
    }
}

/// Which period is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The one that ends on this day.
    On(Date),
    /// The latest that ends on or before this day.
    LatestUntil(Date),
    /// The latest there is.
    Latest,
}

impl When {
    /// The period that is meant among those that there are, from the earliest.
    fn among(self, periods: &[Date]) -> Option<Date> {
        match self {
            Self::On(day) => periods.iter().copied().find(|d| *d == day),
            Self::LatestUntil(day) => periods.iter().copied().rfind(|d| *d <= day),
            Self::Latest => periods.last().copied(),
        }
    }
}

/// The periods up to the one that ends on `last`, itself among them, that end on the same day of the year.
fn same_day(periods: &[Date], last: Date) -> impl Iterator<Item = Date> {
    periods.iter().copied().filter(move |d| *d <= last && (d.month(), d.day()) == (last.month(), last.day()))
}

impl Answered<'_> {
    /// The figure of a force.
    #[must_use]
    pub fn figure(&self, force: &AreaId) -> Option<&Figure> {
        self.panel.figure(force)
    }

    /// The place of a force in panel, comparison and ranks.
    #[must_use]
    pub fn place(&self, force: &AreaId) -> Option<usize> {
        self.panel.figures.iter().position(|f| f.area == *force)
    }

    /// The funnel of the forces that are counted, widened where they differ by more than chance. `None` where chance plays no part or
    /// there is no average.
    #[must_use]
    pub fn funnel(&self) -> Option<Funnel> {
        let counted = self.panel.figures.iter().zip(&self.compared.rows).filter(|(_, row)| !row.excluded);
        Funnel::new(self.measure, counted.map(|(figure, _)| figure), float(self.compared.average.value)?)
    }

    /// The forces that have a figure and where both readings of the method give different verdicts.
    pub fn disagreements(&self) -> impl Iterator<Item = &AreaId> {
        let disagree = |row: &&crate::compared::ComparedRow| {
            row.standing.as_ref().is_ok_and(crate::comparison::Standing::centrings_disagree)
        };
        self.compared.rows.iter().filter(disagree).map(|row| &row.area)
    }
}
