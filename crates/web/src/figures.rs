//! Figures of measures as pages of the site print them: bound, and leading to the page of their derivation.

use crate::Public;
use reference::{AreaId, ENGLAND_AND_WALES, Value};
use report::{
    document::{Bound, Inline},
    pack::numbers::{of_figure, of_total, shown},
};
use rust_decimal::Decimal;
use statistics::{
    measure::{Aggregate, Kind, Measure, Panel},
    study::Answered,
};

/// A force's figure; its shorthand where it is absent.
#[must_use]
pub fn of_force(public: &Public, answer: &Answered<'_>, force: &AreaId) -> Inline {
    match answer.figure(force) {
        Some(figure) => led(of_figure(&public.observations, answer.measure, &answer.panel, figure)),
        None => report::document::text(reference::Absence::NotAvailable.shorthand()),
    }
}

/// The figure for England and Wales.
#[must_use]
pub fn of_all(public: &Public, answer: &Answered<'_>) -> Inline {
    of_all_in(public, answer, &answer.panel, &answer.compared.average)
}

/// The same of another period.
#[must_use]
pub fn of_all_in(public: &Public, answer: &Answered<'_>, panel: &Panel, total: &Aggregate) -> Inline {
    led(of_total(&public.observations, answer.measure, panel, ENGLAND_AND_WALES, total))
}

/// The figure of a force's most similar group.
#[must_use]
pub fn of_group(public: &Public, answer: &Answered<'_>, force: &AreaId, total: &Aggregate) -> Inline {
    led(of_total(&public.observations, answer.measure, &answer.panel, &group(force), total))
}

/// A most similar group as the area of a number.
#[must_use]
pub fn group(force: &AreaId) -> String {
    format!("most-similar:{force}")
}

/// Whether the figures of so many forces stand for England and Wales: a few forces' returns are no average of it.
#[must_use]
pub fn stands_for_all(public: &Public, total: &Aggregate) -> bool {
    total.areas >= public.study().method.minimum_forces
}

/// A total over the forces that an answer counts, in one of its periods.
#[must_use]
pub fn total(answer: &Answered<'_>, panel: &Panel) -> Aggregate {
    panel.aggregate(answer.measure.per, |area| !answer.compared.left_out().any(|left_out| left_out == area))
}

/// A number that goes with a figure and is none itself, such as the end of an interval: with the measure's marks, and one decimal more.
#[must_use]
pub fn beside(answer: &Answered<'_>, number: f64) -> String {
    let measure = Measure { decimals: answer.measure.decimals + 1, ..answer.measure.clone() };
    Decimal::from_f64_retain(number).map_or_else(String::new, |number| shown(&measure, Value::Present(number)))
}

/// A number as a table shows it, without marks.
#[must_use]
pub fn plain(number: f64, places: u32) -> String {
    Decimal::from_f64_retain(number).map_or_else(String::new, |number| reference::display(number, places))
}

/// The clause that says a figure: "England and Wales had 1.9 police officers per 1,000 population", "30% of officers were female in
/// England and Wales". The name begins the clause, or ends it.
#[must_use]
pub fn clause(answer: &Answered<'_>, name: &str, figure: Inline) -> Vec<Inline> {
    let words = |words: String| report::document::text(words);
    match answer.measure.kind {
        Kind::Percent => vec![figure, words(format!(" {} in {name}", answer.measure.noun))],
        Kind::Count | Kind::Rate | Kind::Mean => {
            vec![words(format!("{name} had ")), figure, words(format!(" {}", answer.measure.noun))]
        }
    }
}

/// "On 31 March 2018", "In the 12 months to 30 September 2018".
#[must_use]
pub fn when(panel: &Panel) -> String {
    let preposition = if panel.period.first().is_some() { "In" } else { "On" };
    format!("{preposition} {}", panel.period.prose())
}

/// That the denominator is a year or more older than the period, as a sentence; `None` where it is not.
#[must_use]
pub fn old_denominator(measure: &Measure, panel: &Panel) -> Option<String> {
    report::words::old_denominator(measure, panel.denominator_day?, panel.period.last())
}

/// The page of a number's derivation, from the root.
#[must_use]
pub fn address(reference: &str) -> String {
    format!("/numbers/{reference}.html")
}

/// A number that leads to the page of its derivation.
pub(crate) fn led(inline: Inline) -> Inline {
    match inline {
        Inline::Number(bound) => Inline::Number(Bound { href: Some(address(&bound.reference)), ..bound }),
        other => other,
    }
}
