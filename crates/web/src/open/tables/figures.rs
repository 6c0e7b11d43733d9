//! Measures and their figures.

use crate::open::table::{Holds, Table, column, float, list, maybe, text, value, whole, yes};
use reference::{Absence, AreaId, Length, Marks};
use report::dataset::Cell;
use statistics::{
    Verdict,
    compared::{Compared, ComparedRow},
    measure::{Chance, Direction, Figure, Kind, Measure, Panel},
};

/// The measures.
pub(super) const MEASURES: Table = Table {
    id: "measures",
    title: "Measures",
    row: "a measure",
    about: "What is counted, over what, and what to beware of. Measures without figures in the sources loaded are left out.",
    source: "Definitions of the inspectorate; sources as stated in each row",
    columns: &[
        column("id", "Measure", Holds::Code, "The id of the measure"),
        column("title", "Title", Holds::Words, "As a heading"),
        column("noun", "Noun", Holds::Words, "As a sentence says it"),
        column("subject", "Subject", Holds::Code, "The subject that it is shown under"),
        column("kind", "Kind", Holds::Code, "count, rate, percent or mean"),
        column(
            "per",
            "Per",
            Holds::Number(0),
            "The value is numerator ÷ denominator × this; not applicable for a count",
        ),
        column("months", "Months", Holds::Number(0), "How long its period is; 0 is as at a day"),
        column("direction", "Direction", Holds::Code, "higher-is-better, lower-is-better or neutral"),
        column("chance", "Chance", Holds::Code, "How chance enters: events, cases or none"),
        column("definition", "Definition", Holds::Words, "What is counted"),
        column("caveats", "Caveats", Holds::Passages, "What to beware of"),
        column(
            "distorted_by",
            "Distorted by",
            Holds::Codes,
            "Forces that are left out of its average and distribution",
        ),
        column("source", "Source", Holds::Words, "Where the figures are from"),
    ],
    rows: |public| public.measures().map(measure).collect(),
};

fn measure(measure: &Measure) -> Vec<Cell> {
    let months = match measure.length {
        Length::Instant => 0,
        Length::Months(months) => usize::from(months),
    };
    let counts = measure.denominator.is_empty();
    vec![
        text(&measure.id),
        text(&measure.title),
        text(&measure.noun),
        text(&measure.subject),
        text(match measure.kind {
            Kind::Count => "count",
            Kind::Rate => "rate",
            Kind::Percent => "percent",
            Kind::Mean => "mean",
        }),
        if counts { maybe(None::<String>) } else { Cell::Number(measure.per, Marks::NONE) },
        whole(months),
        text(match measure.direction {
            Direction::HigherIsBetter => "higher-is-better",
            Direction::LowerIsBetter => "lower-is-better",
            Direction::Neutral => "neutral",
        }),
        text(match measure.chance {
            Chance::Events => "events",
            Chance::Cases => "cases",
            Chance::None => "none",
        }),
        text(measure.definition.trim()),
        list(measure.caveats.iter().chain(&measure.mixed_units)),
        list(measure.distorted_by.iter().map(|(area, _)| area)),
        text(measure.source.trim()),
    ]
}

/// Every figure of every measure.
pub(super) const FIGURES: Table = Table {
    id: "figures",
    title: "Figures of all forces",
    row: "the figure of a force in a measure and period",
    about: "Every figure of every measure, force and period, unrounded, with what it was computed from and how it compares with England and Wales. \
            The id of a figure is that of its derivation on this site. Each series is answered by its newest release.",
    source: "Published statistics, as the tables of measures and releases state; computed by Peelian",
    columns: &[
        column("id", "Figure", Holds::Code, "Measure, force and last day, parted by dots"),
        column("measure", "Measure", Holds::Code, "The measure, as an id of that table"),
        column("force", "Force", Holds::Code, "The force, as an id of that table"),
        column("period", "Period", Holds::Code, "A day, or first and last day parted by a slash"),
        column("period_end", "Last day", Holds::Day, "The last day of the period"),
        column("numerator", "Numerator", Holds::Number(2), "What was counted"),
        column("denominator", "Denominator", Holds::Number(0), "Over what; not applicable for a count"),
        column("value", "Value", Holds::Number(2), "Unrounded"),
        column(
            "england_and_wales",
            "England and Wales",
            Holds::Number(2),
            "The ratio of the totals of the forces compared; for a count, their sum",
        ),
        column(
            "z",
            "Standard score",
            Holds::Number(2),
            "Standard deviations from the mean of the forces; not applicable without a comparison",
        ),
        column(
            "verdict",
            "Verdict",
            Holds::Code,
            "higher, lower, broadly-in-line or no-comparison: where it stands among forces, not whether it does well",
        ),
        column(
            "excluded",
            "Excluded",
            Holds::Code,
            "Whether the force is left out of the average and the distribution: yes or no",
        ),
    ],
    rows: |public| {
        let study = public.study();
        let of = |measure: &Measure| {
            let excluded: Vec<AreaId> = measure.distorted_by.iter().map(|(area, _)| area.clone()).collect();
            study.every(measure, &excluded).into_iter().flat_map(|answer| period(&answer)).collect::<Vec<_>>()
        };
        public.folder.measures.iter().flat_map(of).collect()
    },
};

fn period((panel, compared): &(Panel, Compared)) -> Vec<Vec<Cell>> {
    let average = value(compared.average.value, Marks::NONE);
    let row = |(figure, row): (&Figure, &ComparedRow)| {
        let last = panel.period.last();
        vec![
            text(format!("{}.{}.{last}", panel.measure, figure.area)),
            text(&panel.measure),
            text(figure.area.as_str()),
            text(panel.period.to_string()),
            Cell::Date(last),
            value(figure.numerator.value, figure.numerator.marks),
            figure.denominator.map_or(Cell::Absent(Absence::NotApplicable), |d| value(d.value, d.marks)),
            value(figure.value, figure.marks()),
            average.clone(),
            float(row.standing.as_ref().ok().map(|standing| standing.z_mean)),
            text(Verdict::of(&row.standing).as_str()),
            yes(row.excluded),
        ]
    };
    panel.figures.iter().zip(&compared.rows).map(row).collect()
}
