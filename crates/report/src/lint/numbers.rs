//! P001 and P002: numbers typed in the text, and what the data say instead.

use super::{
    Reading, exempt,
    line::Line,
    numeral::{Numeral, numerals},
};
use crate::rule::{Remark, Rule};
use inspection::record::FindingKind;
use reference::quantity::Quantity;
use rust_decimal::Decimal;

/// Every number of a line that is bound to nothing.
pub(super) fn check(reading: &Reading<'_, '_>, line: &Line<'_>, remarks: &mut Vec<Remark>) {
    for numeral in numerals(line) {
        if !exempt::exempt(line, &numeral.tokens, &reading.nouns) {
            remarks.push(remark(reading, line, &numeral));
        }
    }
}

fn remark(reading: &Reading<'_, '_>, line: &Line<'_>, numeral: &Numeral) -> Remark {
    let typed = line.written(numeral.tokens.clone());
    let at = line.tokens[numeral.tokens.start].at;
    let measure = reading.nouns.after(line, numeral.tokens.end);
    if let (Some(quantity), Some(own)) = (&numeral.quantity, measure.and_then(|m| reading.prints.own(&m.id)))
        && quantity.amount != own.quantity.amount
        && near(quantity, &own.quantity)
    {
        let found = format!("`{typed}` is typed, and the data say {}", own.printed);
        return reading.remark(at, Rule::ContradictsItsData, found, format!("write `{}`", own.expression));
    }
    let sentence = line.sentence(numeral.tokens.start);
    let around: Vec<String> = line.words_in(sentence).map(str::to_owned).collect();
    let around: Vec<&str> = around.iter().map(String::as_str).collect();
    let finding = finding_after(line, numeral.tokens.end);
    let prints = numeral
        .quantity
        .as_ref()
        .map(|q| reading.prints.of(q, &around, reading.place.as_ref(), finding))
        .unwrap_or_default();
    let remedy = match (prints.as_slice(), finding) {
        ([only], _) => format!("`{}` prints it", only.expression),
        ([first, second, ..], _) => format!("bind what is meant: `{}` and `{}` print it", first.expression, second.expression),
        ([], Some(kind)) => format!("write `{{{{ count(\"{}\") }}}}`", kind.ids().1),
        ([], None) => "bind it: name it under `numbers:` of the evidence that it rests on and write `{{ evidence(\"item.number\") }}`, or do without it".to_owned(),
    };
    reading.remark(at, Rule::UnboundNumber, format!("`{typed}` is typed"), remedy)
}

/// Whether a typed number can be meant as the one of the data: no more than twice or less than half of it.
fn near(typed: &Quantity, data: &Quantity) -> bool {
    let same_sort = std::mem::discriminant(&typed.amount) == std::mem::discriminant(&data.amount);
    match (typed.value(), data.value()) {
        (Some(typed), Some(data)) => {
            same_sort && typed <= data.saturating_mul(Decimal::TWO) && data <= typed.saturating_mul(Decimal::TWO)
        }
        _ => false,
    }
}

/// The kind of finding that is named at a place ("areas for improvement").
fn finding_after(line: &Line<'_>, place: usize) -> Option<FindingKind> {
    FindingKind::ALL.into_iter().find(|kind| {
        let title = kind.titles().1.to_lowercase();
        line.says(place, &title.split(' ').collect::<Vec<_>>())
    })
}
