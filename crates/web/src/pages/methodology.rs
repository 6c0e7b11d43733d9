//! How forces are compared: every method that the site uses, its formula and where the formula comes from.

use crate::{
    Public,
    page::{self, Page, heading, link},
    routes::{Asked, Made, Route, once},
};
use ingest::cycle_file::Cycle;
use report::{
    document::{Block, Column, Inline, Table, paragraph, text},
    words::listed,
};
use statistics::{
    Deviation,
    measure::{Chance, Kind, Measure},
};

/// The addresses of this family.
pub const ROUTES: &[Route] = &[Route {
    pattern: "methodology.html",
    about: "How forces are compared: methods, formulas and their sources",
    asks: &[],
    all: once,
    make: methodology,
}];

/// A method with its formula and where that comes from.
struct Formula {
    id: &'static str,
    title: &'static str,
    what: &'static str,
    formula: &'static str,
    source: &'static str,
}

const VERDICT: Formula = Formula {
    id: "verdict",
    title: "Higher, lower or broadly in line",
    what: "Each force's difference from the average, as a proportion of it, is standardised over the forces. A force beyond the threshold is higher or lower; at exactly the threshold it is broadly in line. Φ(−0.675) is 0.25, so where figures are spread evenly about their mean about a quarter of forces fall on each side by construction, whatever they do; where a few are far from all others, fewer. The annex of 2016 does not say what the differences are centred on, so both readings are computed: on the mean of the forces (used), and on the average itself. Where they disagree the page says so.",
    formula: "dᵢ = (xᵢ − M) ÷ |M|; z = (dᵢ − mean d) ÷ s, or dᵢ ÷ s by the other reading",
    source: "HMIC (2016), PEEL: Police legitimacy 2016, an inspection of Hertfordshire Constabulary, annex A",
};

const EVENTS: [Formula; 2] = [
    Formula {
        id: "byar",
        title: "Interval of a rate of events",
        what: "How far chance alone could have moved a rate, at 95%, taking events as independent of each other. Where one person or incident causes several, the true interval is wider. z is 1.95996, the normal deviate of 97.5%.",
        formula: "lower: O (1 − 1 ÷ 9O − z ÷ 3√O)³; upper: (O+1) (1 − 1 ÷ 9(O+1) + z ÷ 3√(O+1))³; each over the exposure",
        source: "Byar's approximation, in Breslow and Day (1987), Statistical Methods in Cancer Research II, IARC, 69; recommended by Eayres (2008), APHO Technical Briefing 3",
    },
    Formula {
        id: "funnel-rates",
        title: "Funnel limits of a rate",
        what: "The counts whose Byar interval begins or ends at the count expected of a force of that size, at 95% and at 99.8%. So a force lies outside these limits exactly when its own interval leaves out the average. Where forces differ by more than chance the limits drawn are wider (below), and a force can lie within them though its interval leaves out the average.",
        formula: "Byar's interval solved for the count by bisection",
        source: "Byar's approximation as above; Dover and Schopflocher (2011), Population Health Metrics 9, 58",
    },
];

const CASES: [Formula; 2] = [
    Formula {
        id: "wilson",
        title: "Interval of a percentage of cases",
        what: "How far chance alone could have moved a proportion, at 95%. z is 1.95996, the normal deviate of 97.5%.",
        formula: "(2r + z² ± z √(z² + 4r(n − r) ÷ n)) ÷ 2(n + z²)",
        source: "Wilson (1927), Journal of the American Statistical Association 22, 209–212",
    },
    Formula {
        id: "funnel-proportions",
        title: "Funnel limits of a percentage",
        what: "How far a force with so many cases may lie from the average before chance is an unlikely reason, at 95% and at 99.8%.",
        formula: "M ± z √(M (1 − M) ÷ n)",
        source: "Wilson (1927), solved for the observed proportion; Spiegelhalter (2005), Statistics in Medicine 24, 1185–1202",
    },
];

const DISPERSION: Formula = Formula {
    id: "over-dispersion",
    title: "Forces that differ by more than chance",
    what: "Police figures vary more between forces than chance would have it. The factor φ says how much more, after the outermost tenth of scores on each side has been drawn in; the funnel's limits are then √φ times as wide, and never narrower than chance alone makes them.",
    formula: "φ = mean of the squared scores; limit = M ± √φ × (distance of the limit from M)",
    source: "Spiegelhalter (2005), Quality and Safety in Health Care 14, 347–351; Spiegelhalter and others (2012), Journal of the Royal Statistical Society A 175, 1–47",
};

const SIGNIFICANCE: Formula = Formula {
    id: "chi-square",
    title: "Whether two percentages differ by more than chance",
    what: "HMIC tested the change in victims' satisfaction between two years with it in 2016, at 5%, and mentioned no correction for continuity, so none is applied. Where a report printed the result, the site takes that result over; it is not computed again, because the numbers of answers were not published.",
    formula: "χ² = n (ad − bc)² ÷ ((a+b)(c+d)(a+c)(b+d)), one degree of freedom",
    source: "Pearson (1900), Philosophical Magazine (5) 50, 157–175; Fisher (1922), Journal of the Royal Statistical Society 85, 87–94",
};

fn methodology(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let mut document = page::document(
        public,
        "How forces are compared",
        "The methods of comparison that this site uses, each with its formula and where it comes from.",
    );
    let documented: Vec<&str> =
        public.folder.cycles.iter().filter(|c| c.documented).map(|c| c.title.as_str()).collect();
    let says = match documented.is_empty() {
        true => "No cycle of inspections documents a method, so every verdict is Peelian's own calculation.".to_owned(),
        false => format!(
            "The inspectorate documented its method of comparison for {} alone; everywhere else a verdict is Peelian's own calculation by the same method.",
            listed(&documented)
        ),
    };
    document.blocks = vec![paragraph(says), Block::Contents, heading("average", "The average")];
    document.blocks.extend(average());
    document.blocks.push(heading("cycles", "What each cycle of inspections documents"));
    document.blocks.push(Block::Table(cycles(&public.folder.cycles)));
    document.blocks.extend(abouts(&public.folder.cycles));
    document.blocks.extend(written(&VERDICT));
    document.blocks.push(heading("no-comparison", "When there is no comparison"));
    document.blocks.extend(refusals(public));
    document.blocks.push(heading("formulas", "The formula of each kind of measure"));
    document.blocks.push(Block::Table(kinds(public)));
    document.blocks.extend(chance(public));
    document.blocks.extend(written(&SIGNIFICANCE));
    document.blocks.push(heading("rounding", "Rounding and releases"));
    document.blocks.extend(rounding());
    Some(Page::new(document).into())
}

fn average() -> Vec<Block> {
    vec![
        paragraph(
            "England and Wales is the sum of the numerators over the sum of the denominators of the forces compared, never a mean of their rates. A force that lacks either part, or whose figure is 0 of 0, leaves both sums and is named. British Transport Police is never counted.",
        ),
        paragraph(
            "A most similar group is the same ratio over its members, the force itself among them. A force without a group, or whose group nobody has supplied, has no comparison with one, and no method gives a verdict on a group.",
        ),
    ]
}

fn columns(titles: &[&str]) -> Vec<Column> {
    titles.iter().map(|title| Column { title: (*title).into(), numeric: false }).collect()
}

fn table(id: &str, caption: &str, titles: &[&str], rows: Vec<Vec<Vec<Inline>>>) -> Table {
    Table {
        id: id.into(),
        caption: caption.into(),
        columns: columns(titles),
        rows,
        source: String::new(),
        notes: Vec::new(),
    }
}

fn cycles(cycles: &[Cycle]) -> Table {
    let row = |cycle: &Cycle| {
        let deviation = match cycle.method.deviation {
            Deviation::Sample => "sample (n − 1)",
            Deviation::Population => "population (n)",
        };
        let whose = if cycle.documented { "documented by the inspectorate" } else { "Peelian's own calculation" };
        [
            cycle.title.clone(),
            whose.to_owned(),
            cycle.method.threshold.to_string(),
            deviation.to_owned(),
            cycle.method.minimum_forces.to_string(),
        ]
        .map(|words| vec![text(words)])
        .into()
    };
    let titles = ["Cycle", "The verdict is", "Threshold", "Standard deviation", "Fewest forces"];
    let mut table = table("methods", "The method of comparison by cycle", &titles, cycles.iter().map(row).collect());
    table.notes = vec![
        "The annex of 2016 names neither the standard deviation nor a fewest number of forces: both are ours.".into(),
    ];
    table
}

/// What the cycles say of their method, those that say the same together.
fn abouts(cycles: &[Cycle]) -> Vec<Block> {
    let mut said: Vec<(&str, Vec<&str>)> = Vec::new();
    for cycle in cycles {
        match said.iter_mut().find(|(about, _)| *about == cycle.about) {
            Some((_, titles)) => titles.push(&cycle.title),
            None => said.push((&cycle.about, vec![&cycle.title])),
        }
    }
    let items = said
        .into_iter()
        .map(|(about, titles)| vec![Inline::Strong { text: format!("{}: ", listed(&titles)) }, text(about)])
        .collect();
    vec![Block::List { ordered: false, items }]
}

fn written(formula: &Formula) -> Vec<Block> {
    vec![
        heading(formula.id, formula.title),
        paragraph(formula.what),
        Block::Inset { label: "Formula".into(), blocks: vec![paragraph(formula.formula)] },
        paragraph(format!("Source: {}.", formula.source)),
    ]
}

fn refusals(public: &Public) -> Vec<Block> {
    let least = public.study().method.minimum_forces;
    let mut items: Vec<Vec<Inline>> = [
        "The average is zero or absent, so nothing can be proportional to it.".to_owned(),
        "Every force has the same value.".to_owned(),
        format!("Fewer than {least} forces have a value."),
        "The measure is a count: forces differ in size.".to_owned(),
        "The force is left out because it distorts the measure, or an analyst has ruled the comparison out, with the reason.".to_owned(),
    ]
    .map(|words| vec![text(words)])
    .into();
    for (area, reason) in distorting(public) {
        let name = public.force(&area).map_or(area.clone(), |f| f.name.clone());
        items.push(vec![Inline::Strong { text: format!("{name}: ") }, text(reason)]);
    }
    vec![paragraph("These rules run before any word is chosen:"), Block::List { ordered: false, items }]
}

/// The forces that distort measures, each reason once.
fn distorting(public: &Public) -> Vec<(String, String)> {
    let all = public.measures().flat_map(|m| &m.distorted_by).map(|(area, reason)| (area.to_string(), reason.clone()));
    let mut once: Vec<(String, String)> = Vec::new();
    for one in all {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}

fn kinds(public: &Public) -> Table {
    let kind = |kind: Kind, name: &str, formula: &str| {
        let of_kind: Vec<&Measure> = public.measures().filter(|m| m.kind == kind).collect();
        (!of_kind.is_empty()).then(|| vec![vec![text(name)], vec![text(formula)], links(&of_kind)])
    };
    let rows = [
        kind(Kind::Count, "Count", "the sum of the cells; compared with nothing"),
        kind(Kind::Rate, "Rate", "numerator ÷ denominator × per"),
        kind(Kind::Percent, "Percentage", "numerator ÷ denominator × 100"),
        kind(Kind::Mean, "Mean", "numerator ÷ denominator"),
    ];
    let rows = rows.into_iter().flatten().collect();
    table("kinds", "Kinds of measure that have figures here", &["Kind", "Formula", "Measures"], rows)
}

fn links(measures: &[&Measure]) -> Vec<Inline> {
    let mut words = Vec::new();
    for (place, measure) in measures.iter().enumerate() {
        if place > 0 {
            words.push(text("; "));
        }
        words.push(link(&*measure.title, format!("/measures/{}.html", measure.id)));
    }
    words
}

/// The intervals and limits that measures with figures use.
fn chance(public: &Public) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut any = false;
    for (chance, formulas) in [(Chance::Events, &EVENTS), (Chance::Cases, &CASES)] {
        let used: Vec<&Measure> = public.measures().filter(|m| m.chance == chance && m.kind != Kind::Count).collect();
        if used.is_empty() {
            continue;
        }
        any = true;
        blocks.extend(formulas.iter().flat_map(written));
        let mut words = vec![text("Used for: ")];
        words.extend(links(&used));
        words.push(text("."));
        blocks.push(Block::Paragraph { text: words });
    }
    if any {
        blocks.extend(written(&DISPERSION));
    }
    blocks
}

fn rounding() -> Vec<Block> {
    vec![
        paragraph(
            "Figures are compared at full precision and rounded only to be shown, halves away from zero. A change over time is computed from unrounded figures; percentage points are kept apart from percent.",
        ),
        paragraph(
            "For each series, period and force the newest release that is loaded answers. Releases are revised after a report is printed, so a figure here can differ from the one that a report printed; the page of each number says what other releases make of it.",
        ),
        paragraph(
            "Each number leads to its derivation: the formula with its inputs and, for a force, the published cells by sheet, row and column.",
        ),
    ]
}
