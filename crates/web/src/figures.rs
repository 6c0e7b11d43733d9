//! Figures of measures as pages of the site print them: bound, and leading to the page of their derivation.

use crate::Public;
use reference::{AreaId, ENGLAND_AND_WALES};
use report::{
    document::{Bound, Inline},
    pack::numbers::Numbers,
};
use statistics::study::Answered;

/// A force's figure; its shorthand where it is absent.
#[must_use]
pub fn of_force(public: &Public, answer: &Answered<'_>, force: &AreaId) -> Inline {
    let mut numbers = Numbers::default();
    match answer.figure(force) {
        Some(figure) => led(numbers.figure(&public.observations, answer.measure, &answer.panel, figure)),
        None => report::document::text(reference::Absence::NotAvailable.shorthand()),
    }
}

/// The figure for England and Wales.
#[must_use]
pub fn of_all(public: &Public, answer: &Answered<'_>) -> Inline {
    let mut numbers = Numbers::default();
    let without = answer.compared.left_out().map(ToString::to_string).collect();
    let average = &answer.compared.average;
    led(numbers.total(&public.observations, answer.measure, &answer.panel, ENGLAND_AND_WALES, average, without))
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
