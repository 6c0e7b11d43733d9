//! The funnel: forces over their size, with control limits that are widened when forces differ by more than chance.

use super::{Sketch, axis};
use crate::{
    chart::{Chart, Dot, Limit, Role},
    pack::{Writer, numbers::shown},
};
use rust_decimal::Decimal;
use statistics::{compared::float, measure::DenominatorPeriod};

/// How many sizes a funnel's limits are drawn through.
const FUNNEL_STEPS: i32 = 40;

impl Writer<'_, '_> {
    pub(super) fn funnel(&self, id: &str) -> Option<Sketch> {
        let (answer, place) = self.answer(id)?;
        let measure = answer.measure;
        let group = self.members(answer);
        let counted =
            || answer.panel.figures.iter().zip(&answer.compared.rows).filter(|(_, row)| !row.excluded).map(|(f, _)| f);
        let points: Vec<Dot> = counted()
            .filter_map(|f| {
                Some(Dot {
                    name: self.short(&f.area),
                    size: float(f.denominator?.value)?,
                    value: float(f.value)?,
                    role: self.role(&f.area, &group),
                })
            })
            .collect();
        let funnel = answer.funnel()?;
        let (average, widening) = (funnel.average, funnel.widening);
        let limit = |size: f64| funnel.limits(size).map(|l| Limit { size, inner: l.inner, outer: l.outer });
        let smallest = points.iter().map(|p| p.size).fold(f64::INFINITY, f64::min);
        let largest = points.iter().map(|p| p.size).fold(0.0, f64::max);
        let size_at = |step: i32| smallest * (largest / smallest).powf(f64::from(step) / f64::from(FUNNEL_STEPS));
        let limits: Vec<Limit> = (0..=FUNNEL_STEPS).filter_map(|step| limit(size_at(step))).collect();
        let beyond = |p: &&Dot| limit(p.size).is_some_and(|l| !(l.outer.0..=l.outer.1).contains(&p.value));
        let headline = match points.iter().find(|p| p.role == Role::Force) {
            Some(own) if beyond(&own) => {
                format!("{} lies beyond the limits for a force of its size", self.force.short_name)
            }
            Some(_) => format!("{} lies within the limits for a force of its size", self.force.short_name),
            None => format!("{} is not in the funnel", self.force.short_name),
        };
        let outside = points.iter().filter(beyond).count();
        let average_text = shown(measure, answer.compared.average.value);
        let mut notes = self.left_out(answer);
        notes.push(match widening > 1.0 {
            true => format!("Forces differ by more than chance, so the limits are {} times as wide as chance alone would make them (over-dispersion, Spiegelhalter 2005).", display_float(widening.sqrt(), 1)),
            false => "The limits are those that chance alone would give.".to_owned(),
        });
        notes.push(format!(
            "{outside} of {} forces {} beyond the 99.8% limits. A place outside is a question and not an answer.",
            points.len(),
            if outside == 1 { "lies" } else { "lie" }
        ));
        let size = if measure.denominator_period == DenominatorPeriod::Latest {
            "Population"
        } else {
            "Size of the denominator"
        };
        let own = shown(measure, answer.panel.figures[place].value);
        let rows = points
            .iter()
            .map(|p| vec![p.name.clone(), display_float(p.size, 0), display_float(p.value, measure.decimals)])
            .collect();
        Some(Sketch {
            headline,
            subtitle: format!("{} by size of force, {}", measure.title, answer.panel.period.prose()),
            alternative: format!(
                "Dots of {} forces over {}, with limits around the average of {average_text} that widen for smaller forces. {} has {own}; {outside} {} beyond the outer limits.",
                points.len(),
                size.to_lowercase(),
                self.force.short_name,
                if outside == 1 { "force lies" } else { "forces lie" },
            ),
            columns: vec![("Force".into(), false), (size.into(), true), (measure.title.clone(), true)],
            rows,
            chart: Chart::Funnel {
                points,
                average: (average, format!("England and Wales {average_text}")),
                limits,
                axis: axis(measure),
                size: size.into(),
            },
            notes,
        })
    }
}

fn display_float(number: f64, places: u32) -> String {
    reference::display(Decimal::from_f64_retain(number).unwrap_or_default(), places)
}
