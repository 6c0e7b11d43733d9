//! A comparison as data: unrounded, with the columns of `peelian compare --format csv`.

use crate::Public;
use jiff::civil::Date;
use reference::{Absence, Marks, Value};
use report::dataset::{Cell, Dataset, Field, Kind};
use rust_decimal::Decimal;
use statistics::{
    Verdict,
    measure::Measure,
    study::{Answered, When},
};

/// One measure in one period, a row a force.
#[must_use]
pub fn dataset(public: &Public, answer: &Answered<'_>) -> Dataset {
    let last = answer.panel.period.last();
    Dataset {
        id: format!("{}-{last}", answer.measure.id),
        title: format!("{}, {}", answer.measure.title, answer.panel.period.prose()),
        description: described(public, answer.measure),
        source: super::sources(public, answer),
        rows: rows(answer),
        key: vec!["force".into()],
        ..empty()
    }
}

/// One measure in every period that it has, a row a force and period. `None` where it has no figures.
#[must_use]
pub fn all_periods(public: &Public, measure: &Measure) -> Option<Dataset> {
    let days: Vec<Date> = public.panels(measure).keys().copied().collect();
    let latest = public.answer(measure, When::Latest)?;
    let of = |day: Date| public.answer(measure, When::On(day)).map(|answer| rows(&answer)).unwrap_or_default();
    Some(Dataset {
        id: measure.id.clone(),
        title: format!("{}, every force and period", measure.title),
        description: described(public, measure),
        source: super::sources(public, &latest),
        rows: days.into_iter().flat_map(of).collect(),
        key: vec!["force".into(), "period".into()],
        ..empty()
    })
}

fn described(public: &Public, measure: &Measure) -> Vec<String> {
    let documented = public.documented().map(|cycle| {
        format!(
            "The verdict's method is documented for {} alone; for other years it is Peelian's own calculation.",
            cycle.title
        )
    });
    std::iter::once(measure.definition.clone()).chain(documented).collect()
}

fn empty() -> Dataset {
    let number = Kind::Number { places: 2 };
    let fields = [
        ("measure", "Measure", "Id of the measure", Kind::Text),
        ("force", "Force", "Id of the force", Kind::Text),
        ("period", "Period", "The last day of the period", Kind::Date),
        ("numerator", "Numerator", "What was counted", number),
        ("denominator", "Denominator", "Over what; not for a count", number),
        ("value", "Value", "Unrounded", number),
        ("status", "Status", "Why there is no value, or its marks", Kind::Text),
        ("comparator", "Comparator", "What it is compared with", Kind::Text),
        ("comparator_value", "Comparator's value", "The ratio of totals of the forces compared", number),
        ("z_mean", "Standardised difference", "Standard deviations from the mean of the forces", number),
        ("verdict_mean", "Verdict", "higher, lower, broadly-in-line or no-comparison", Kind::Text),
        (
            "z_ew",
            "Standardised difference (other reading)",
            "Standard deviations from the England and Wales rate",
            number,
        ),
        ("verdict_ew", "Verdict (other reading)", "The same by the other reading of the method", Kind::Text),
        ("excluded", "Left out", "Whether the force is left out of distribution and average", Kind::Text),
    ];
    let field = |(name, title, description, kind): (&str, &str, &str, Kind)| Field {
        name: name.into(),
        title: title.into(),
        description: description.into(),
        kind,
        notes: Vec::new(),
    };
    Dataset {
        id: String::new(),
        sheet: "Forces".into(),
        title: String::new(),
        description: Vec::new(),
        source: String::new(),
        columns: fields.map(field).into(),
        rows: Vec::new(),
        key: Vec::new(),
    }
}

fn rows(answer: &Answered<'_>) -> Vec<Vec<Cell>> {
    let words = |text: &str| match text {
        "" => Cell::Absent(Absence::NotApplicable),
        other => Cell::Text(other.to_owned()),
    };
    let number = |value: Value| match value {
        Value::Present(number) => Cell::Number(number, Marks::NONE),
        Value::Absent(absence) => Cell::Absent(absence),
    };
    let not_applicable = Value::Absent(Absence::NotApplicable);
    let float = |z: Option<f64>| match z.and_then(exact) {
        Some(number) => Cell::Number(number, Marks::NONE),
        None => Cell::Absent(Absence::NotApplicable),
    };
    let row = |(figure, row): (&statistics::measure::Figure, &statistics::compared::ComparedRow)| {
        let standing = row.standing.as_ref().ok();
        vec![
            words(&answer.measure.id),
            words(figure.area.as_str()),
            Cell::Date(answer.panel.period.last()),
            number(figure.numerator.value),
            number(figure.denominator.map_or(not_applicable, |d| d.value)),
            number(figure.value),
            words(&figure.status()),
            words(reference::ENGLAND_AND_WALES),
            number(answer.compared.average.value),
            float(standing.map(|s| s.z_mean)),
            words(Verdict::of(&row.standing).as_str()),
            float(standing.map(|s| s.z_average)),
            words(standing.map_or(Verdict::NoComparison, |s| s.verdict_average).as_str()),
            words(if row.excluded { "yes" } else { "no" }),
        ]
    };
    answer.panel.figures.iter().zip(&answer.compared.rows).map(row).collect()
}

/// A float as the shortest decimal that reads back as the same float.
fn exact(z: f64) -> Option<Decimal> {
    z.to_string().parse().ok()
}
