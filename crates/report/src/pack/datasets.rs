//! The datasets of a data pack and of a cycle: the same figures as the document, at full precision.

use super::{
    Pack, PackData,
    numbers::{Derivation, Numbers},
};
use crate::dataset::{Cell, Dataset, Field, Kind, Workbook};
use reference::{Absence, Force, Marks, Value};
use rust_decimal::{Decimal, prelude::FromPrimitive};
use statistics::{Verdict, measure::Kind as MeasureKind, study::Answered};

/// Decimals that a standard score is shown with.
const SCORE: Kind = Kind::Number { places: 2 };

fn field(name: &str, title: &str, description: &str, kind: Kind) -> Field {
    Field { name: name.into(), title: title.into(), description: description.into(), kind, notes: Vec::new() }
}

fn number(value: Value, marks: Marks) -> Cell {
    match value {
        Value::Present(number) => Cell::Number(number, marks),
        Value::Absent(absence) => Cell::Absent(absence),
    }
}

fn float(value: Option<f64>) -> Cell {
    value.and_then(Decimal::from_f64).map_or(Cell::Absent(Absence::NotApplicable), |n| Cell::Number(n, Marks::NONE))
}

fn words(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

/// The workbook of a force's pack: its measures, their trend, and where each number comes from.
#[must_use]
pub fn workbook(data: &PackData<'_>, force: &Force, pack: &Pack) -> Workbook {
    let mut cover = vec![
        format!("Figures to {}, from published statistics.", reference::long_date(data.cycle.until)),
        data.cycle.about.to_owned(),
    ];
    if !data.cycle.documented {
        cover.push("The verdicts are Peelian's own calculation; the inspectorate prints none in this cycle.".into());
    }
    let (datasets, empty): (Vec<Dataset>, Vec<Dataset>) =
        [measures(data, force), trend(data, force), sources(&pack.numbers, force)]
            .into_iter()
            .partition(|d| !d.rows.is_empty());
    cover.extend(empty.iter().map(|d| format!("The table \"{}\" is left out: there is no figure for it.", d.title)));
    Workbook {
        language: "en-GB".into(),
        title: format!("{}: data pack {}", force.name, data.cycle.title),
        publisher: data.issuer.name.into(),
        date: data.cycle.until,
        cover,
        banner: data.issuer.banner.map(str::to_owned),
        notes: vec![
            "England and Wales is the rate from the totals of the forces compared.".into(),
            "A most similar group includes the force itself.".into(),
            "Standard deviations from the mean of the forces; beyond 0.675 is higher or lower.".into(),
            "What chance alone leaves open, at 95%: Byar's interval for events, Wilson's for cases. Not applicable where chance deals nothing out.".into(),
        ],
        datasets,
    }
}

fn measures(data: &PackData<'_>, force: &Force) -> Dataset {
    let shown = Kind::Number { places: 2 };
    let mut columns = vec![
        field("measure", "Measure", "Id of the measure", Kind::Text),
        field("title", "Title", "Title of the measure", Kind::Text),
        field("period", "Period", "A day, or first and last day", Kind::Text),
        field("numerator", "Numerator", "What was counted", shown),
        field("denominator", "Denominator", "Over what", Kind::Number { places: 0 }),
        field("value", force.short_name.as_str(), "The force's value, unrounded", shown),
        field("most_similar", "Most similar group", "The group's ratio of totals", shown),
        field("england_and_wales", "England and Wales", "The ratio of totals of the forces compared", shown),
        field("z", "Standard score", "Standard deviations from the mean of the forces", SCORE),
        field("verdict", "Against England and Wales", "higher, lower, broadly-in-line or no-comparison", Kind::Text),
        field("lower", "Lower limit", "Lower end of the 95% interval", shown),
        field("upper", "Upper limit", "Upper end of the 95% interval", shown),
        field("rank", "Rank", "Place from the highest", Kind::Number { places: 0 }),
        field("of", "Of", "Forces ranked", Kind::Number { places: 0 }),
    ];
    for (name, note) in [("england_and_wales", 1), ("most_similar", 2), ("z", 3), ("lower", 4)] {
        columns.iter_mut().filter(|c| c.name == name).for_each(|c| c.notes.push(note));
    }
    let in_order = data.plan.measures().into_iter().filter_map(|id| data.answer(id));
    Dataset {
        id: "data-pack".into(),
        sheet: "Measures".into(),
        title: format!("Key measures of {}", force.name),
        description: vec![format!(
            "One row a measure, in the latest period to {}.",
            reference::long_date(data.cycle.until)
        )],
        source: "Home Office; Office for National Statistics; computed by Peelian".into(),
        rows: in_order.filter_map(|answer| measure_row(data, force, answer)).collect(),
        columns,
        key: vec!["measure".into()],
    }
}

fn measure_row(data: &PackData<'_>, force: &Force, answer: &Answered<'_>) -> Option<Vec<Cell>> {
    let place = answer.place(&force.id)?;
    let (figure, row) = (&answer.panel.figures[place], &answer.compared.rows[place]);
    let count = answer.measure.kind == MeasureKind::Count;
    let group = match data.study.most_similar(answer.measure, &answer.panel, &force.id) {
        _ if count => Cell::Absent(Absence::NotApplicable),
        Ok((total, _)) => number(total.value, Marks::NONE),
        Err(statistics::NoComparison::GroupNotSupplied) => Cell::Absent(Absence::NotYetSupplied),
        Err(_) => Cell::Absent(Absence::NotApplicable),
    };
    let rank = answer.ranks[place].filter(|_| !count);
    let whole = |n: Option<usize>| {
        n.and_then(Decimal::from_usize).map_or(Cell::Absent(Absence::NotApplicable), |n| Cell::Number(n, Marks::NONE))
    };
    Some(vec![
        words(&answer.measure.id),
        words(&answer.measure.title),
        words(answer.panel.period.to_string()),
        number(figure.numerator.value, figure.numerator.marks),
        figure.denominator.map_or(Cell::Absent(Absence::NotApplicable), |d| number(d.value, d.marks)),
        number(figure.value, figure.marks()),
        group,
        number(answer.compared.average.value, Marks::NONE),
        float(row.standing.as_ref().ok().map(|s| s.z_mean)),
        words(Verdict::of(&row.standing).as_str()),
        float(row.interval.map(|(low, _)| low)),
        float(row.interval.map(|(_, high)| high)),
        whole(rank.map(|r| r.from_highest)),
        whole(rank.map(|r| r.of)),
    ])
}

fn trend(data: &PackData<'_>, force: &Force) -> Dataset {
    let shown = Kind::Number { places: 2 };
    let mut rows = Vec::new();
    for answer in data.plan.measures().into_iter().filter_map(|id| data.answer(id)) {
        let Some(place) = answer.place(&force.id) else { continue };
        for (_, panel) in &answer.trend {
            let excluded =
                |area: &reference::AreaId| answer.compared.rows.iter().any(|r| r.area == *area && r.excluded);
            let average = panel.aggregate(answer.measure.per, |area| !excluded(area));
            let figure = &panel.figures[place];
            rows.push(vec![
                words(&answer.measure.id),
                words(panel.period.to_string()),
                number(figure.value, figure.marks()),
                number(average.value, Marks::NONE),
            ]);
        }
    }
    Dataset {
        id: "data-pack-trend".into(),
        sheet: "Trend".into(),
        title: format!("Key measures of {} over the years", force.name),
        description: vec!["One row a measure and period.".into()],
        source: "Home Office; Office for National Statistics; computed by Peelian".into(),
        columns: vec![
            field("measure", "Measure", "Id of the measure", Kind::Text),
            field("period", "Period", "A day, or first and last day", Kind::Text),
            field("value", force.short_name.as_str(), "The force's value, unrounded", shown),
            field("england_and_wales", "England and Wales", "The ratio of totals of the forces compared", shown),
        ],
        rows,
        key: vec!["measure".into(), "period".into()],
    }
}

fn sources(numbers: &Numbers, force: &Force) -> Dataset {
    let own = |d: &&Derivation| d.area == force.id.as_str();
    let mut rows = Vec::new();
    for derivation in numbers.0.values().filter(own) {
        for (line, input) in derivation.inputs.iter().enumerate() {
            let cells = Decimal::from_usize(input.cells).unwrap_or_default();
            let text = |t: &str| if t.is_empty() { Cell::Absent(Absence::NotApplicable) } else { words(t) };
            rows.push(vec![
                words(&derivation.measure),
                Cell::Number(Decimal::from_usize(line + 1).unwrap_or_default(), Marks::NONE),
                words(&input.part),
                words(&input.series),
                text(&input.only),
                words(&input.period),
                words(&input.file),
                words(&input.release),
                text(&input.places.iter().map(|c| c.words(usize::MAX)).collect::<Vec<_>>().join("; ")),
                Cell::Number(cells, Marks::NONE),
            ]);
        }
    }
    Dataset {
        id: "data-pack-sources".into(),
        sheet: "Sources".into(),
        title: format!("Published cells behind the figures of {}", force.name),
        description: vec!["One row a term of a numerator or denominator and published period.".into()],
        source: "The published files named in the table".into(),
        columns: vec![
            field("measure", "Measure", "Id of the measure", Kind::Text),
            field("line", "Line", "Counted within the measure", Kind::Number { places: 0 }),
            field("part", "Part", "numerator or denominator", Kind::Text),
            field("series", "Series", "Id of the series", Kind::Text),
            field(
                "only",
                "Labels summed",
                "Which labels of which dimensions; not applicable for the whole series",
                Kind::Text,
            ),
            field("period", "Period", "The published period", Kind::Text),
            field("file", "File", "Name of the published file", Kind::Text),
            field("release", "Release", "SHA-256 of the published file", Kind::Text),
            field("cells", "Cells", "Where in the file, rows run together", Kind::Text),
            field("count", "Number of cells", "How many cells were summed", Kind::Number { places: 0 }),
        ],
        rows,
        key: vec!["measure".into(), "line".into()],
    }
}

/// One measure over all forces, as the cycle's open data.
#[must_use]
pub fn national(data: &PackData<'_>, answer: &Answered<'_>) -> Dataset {
    let shown = Kind::Number { places: answer.measure.decimals.max(2) };
    let rows = answer.panel.figures.iter().zip(&answer.compared.rows).map(|(figure, row)| {
        let force = data.study.register.force(figure.area.as_str());
        vec![
            words(figure.area.as_str()),
            force
                .filter(|f| !f.ons_code.is_empty())
                .map_or(Cell::Absent(Absence::NotApplicable), |f| words(&f.ons_code)),
            words(answer.panel.period.to_string()),
            number(figure.numerator.value, figure.numerator.marks),
            figure.denominator.map_or(Cell::Absent(Absence::NotApplicable), |d| number(d.value, d.marks)),
            number(figure.value, figure.marks()),
            number(answer.compared.average.value, Marks::NONE),
            float(row.standing.as_ref().ok().map(|s| s.z_mean)),
            words(Verdict::of(&row.standing).as_str()),
            words(if row.excluded { "yes" } else { "no" }),
        ]
    });
    Dataset {
        id: answer.measure.id.clone(),
        sheet: "Forces".into(),
        title: format!("{}, {}", answer.measure.title, answer.panel.period.prose()),
        description: vec![answer.measure.definition.clone()],
        source: answer.measure.source.clone(),
        columns: vec![
            field("force", "Force", "Id of the force", Kind::Text),
            field("ons_code", "ONS code", "Code of its police force area", Kind::Text),
            field("period", "Period", "A day, or first and last day", Kind::Text),
            field("numerator", "Numerator", "What was counted", shown),
            field("denominator", "Denominator", "Over what", Kind::Number { places: 0 }),
            field("value", "Value", "Unrounded", shown),
            field("england_and_wales", "England and Wales", "The ratio of totals of the forces compared", shown),
            field("z", "Standard score", "Standard deviations from the mean of the forces", SCORE),
            field("verdict", "Verdict", "higher, lower, broadly-in-line or no-comparison", Kind::Text),
            field("excluded", "Excluded", "Whether the force is left out of distribution and average", Kind::Text),
        ],
        rows: rows.collect(),
        key: vec!["force".into()],
    }
}
