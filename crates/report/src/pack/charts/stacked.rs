//! Stacked bars: the parts of a whole, the force above England and Wales.

use super::Sketch;
use crate::words::lower_first;
use crate::{
    chart::Chart,
    pack::{PackChart, Writer},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

impl Writer<'_, '_> {
    pub(super) fn stacked(&self, chart: &PackChart, id: &str) -> Option<Sketch> {
        let (answer, place) = self.answer(id)?;
        let panels: Vec<_> = chart
            .parts
            .iter()
            .map(|p| Some((p.title.clone(), self.data.parts.get(&(id.to_owned(), p.title.clone()))?)))
            .collect::<Option<_>>()?;
        let shares = |values: Vec<Decimal>| {
            let total: Decimal = values.iter().copied().sum();
            values.into_iter().map(|v| (v * Decimal::ONE_HUNDRED).checked_div(total)).collect::<Option<Vec<_>>>()
        };
        let own = shares(panels.iter().map(|(_, panel)| panel.figures[place].value.number()).collect::<Option<_>>()?)?;
        let all = shares(
            panels
                .iter()
                .map(|(_, panel)| panel.aggregate(Decimal::ONE, |_| true).value.number())
                .collect::<Option<_>>()?,
        )?;
        let percent = |share: &Decimal| format!("{}%", reference::display(*share, 0));
        let floats = |list: &[Decimal]| list.iter().map(|d| d.to_f64().unwrap_or(0.0)).collect::<Vec<f64>>();
        let names = [self.force.short_name.clone(), "England and Wales".to_owned()];
        let largest = own.iter().zip(&panels).max_by_key(|(share, _)| **share)?;
        let said: Vec<String> = panels
            .iter()
            .zip(own.iter().zip(&all))
            .map(|((title, _), (o, a))| format!("{title} {} against {}", percent(o), percent(a)))
            .collect();
        Some(Sketch {
            headline: format!(
                "{}: {} of the workforce are {}",
                self.force.short_name,
                percent(largest.0),
                lower_first(&largest.1.0)
            ),
            subtitle: format!(
                "{} by kind, share of full-time equivalents, {}",
                answer.measure.title,
                answer.panel.period.prose()
            ),
            alternative: format!(
                "Two stacked bars, {} and England and Wales. {}.",
                self.force.short_name,
                said.join("; ")
            ),
            chart: Chart::Stacked {
                parts: panels.iter().map(|(title, _)| title.clone()).collect(),
                rows: vec![(names[0].clone(), floats(&own)), (names[1].clone(), floats(&all))],
            },
            columns: std::iter::once(("Kind".to_owned(), false)).chain(names.map(|n| (n, true))).collect(),
            rows: panels
                .iter()
                .zip(own.iter().zip(&all))
                .map(|((title, _), (o, a))| vec![title.clone(), percent(o), percent(a)])
                .collect(),
            notes: statistics::parts::addition(&own, Decimal::ONE_HUNDRED, 0)
                .and_then(|a| a.note().map(str::to_owned))
                .into_iter()
                .collect(),
        })
    }
}
