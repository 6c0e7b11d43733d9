//! What a comparison says in words.

use super::View;
use crate::{figures, page::link, told::counted};
use report::{
    document::{Block, Column, Inline, Table, paragraph, text},
    words::{beside_average, listed, lower_first, verdict_cell},
};
use statistics::{
    NoComparison, Spread, Standing, Verdict,
    measure::{Chance, Kind},
    parts::{LOOK_EQUAL_NOTE, look_equal},
};

/// What a funnel shows.
pub(super) const FUNNEL: &str = "The smaller a force, the further chance alone can carry its figure from the average. The limits show how far: by chance one force in forty would lie beyond each 95% limit and one in a thousand beyond each 99.8% limit, before they are widened for forces that differ by more than chance.";

/// One sentence or two that say where things stand.
pub(super) fn stands(view: &View<'_>) -> Vec<Inline> {
    let answer = &view.answer;
    let average = &answer.compared.average;
    let mut words = vec![text(format!("{}, ", figures::when(&answer.panel)))];
    if figures::stands_for_all(view.public, average) {
        words.extend(figures::clause(answer, "England and Wales", figures::of_all(view.public, answer)));
        words.push(text(format!(", taken over {} forces. ", average.areas)));
    } else {
        words.push(text(format!(
            "{} of {} forces have a figure, too few to stand for England and Wales. ",
            average.areas,
            answer.panel.figures.len()
        )));
    }
    words.push(text(match &answer.compared.spread {
        Ok(_) => {
            let [lower, alike, higher] = counts(view, |s| s.verdict_mean);
            let against = standings(view).filter(|s| s.goes_against_average()).count();
            if against == 0 {
                format!(
                    "{} higher than that average, {alike} broadly in line with it and {lower} lower.",
                    counted(higher, "force is", "forces are")
                )
            } else {
                format!(
                    "By the method of comparison {} higher, {alike} broadly in line and {lower} lower. It looks from the mean of the forces, which lies far from that average here: {} called higher or lower against the side of the average that {} on.",
                    counted(higher, "force is", "forces are"),
                    counted(against, "force is", "forces are"),
                    if against == 1 { "its figure lies" } else { "their figures lie" },
                )
            }
        }
        Err(NoComparison::NotARate) => {
            "It is a count and forces differ in size, so they are not compared on it.".to_owned()
        }
        Err(reason) => format!("There is no comparison because {reason}."),
    }));
    words
}

/// How many forces are lower, broadly in line and higher.
fn counts(view: &View<'_>, verdict: fn(&Standing) -> Verdict) -> [usize; 3] {
    [Verdict::Lower, Verdict::BroadlyInLine, Verdict::Higher]
        .map(|wanted| standings(view).filter(|s| verdict(s) == wanted).count())
}

fn standings<'v>(view: &'v View<'_>) -> impl Iterator<Item = &'v Standing> {
    view.answer.compared.rows.iter().filter_map(|row| row.standing.as_ref().ok())
}

/// What is said of the force that the page is about.
pub(super) fn about(view: &View<'_>) -> Option<Block> {
    let about = view.about.as_ref()?;
    let (answer, force) = (&view.answer, about.force);
    let place = answer.place(&force.id)?;
    let (figure, row) = (&answer.panel.figures[place], &answer.compared.rows[place]);
    if figure.value.number().is_none() {
        return Some(paragraph(format!("{} has no figure for {}.", force.name, answer.panel.period.prose())));
    }
    let mut words = figures::clause(answer, &force.name, figures::of_force(view.public, answer, &force.id));
    match &row.standing {
        Ok(standing) => {
            words.push(text(beside_average(standing)));
            words.push(figures::of_all(view.public, answer));
            words.push(text("."));
        }
        Err(reason) => words.push(text(format!(". There is no comparison because {reason}."))),
    }
    words.extend(cautions(view, place).into_iter().map(|caution| text(format!(" {caution}"))));
    if about.beside_group {
        words.extend(group(view));
    }
    Some(Block::Paragraph { text: words })
}

fn group(view: &View<'_>) -> Vec<Inline> {
    let Some(about) = &view.about else { return Vec::new() };
    match &about.group {
        Ok((total, members)) => vec![
            text(" The figure of its most similar group, the force itself among them, was "),
            figures::of_group(view.public, &view.answer, &about.force.id, total),
            text(format!(
                ": {}. The two are set side by side; no method gives a verdict on a group.",
                view.names(members)
            )),
        ],
        Err(reason) => vec![text(format!(" It cannot be set beside a most similar group because {reason}."))],
    }
}

/// What a reader has to know of a force's comparison, each a sentence.
fn cautions(view: &View<'_>, place: usize) -> Vec<String> {
    let answer = &view.answer;
    let (figure, row) = (&answer.panel.figures[place], &answer.compared.rows[place]);
    let mut all = Vec::new();
    if let Ok(standing) = &row.standing {
        let average = answer.compared.average.value.number();
        if figure.value.number().zip(average).is_some_and(|(a, b)| look_equal(a, b, answer.measure.decimals)) {
            all.push(LOOK_EQUAL_NOTE.to_owned());
        }
        if standing.centrings_disagree() {
            let other = lower_first(verdict_cell(standing.verdict_average));
            all.push(format!("Centred on the England and Wales rate instead, the method would say: {other}."));
        }
    }
    all.extend(beside_row(view, place));
    all
}

/// The same as far as the cells of its row do not say it.
pub(super) fn beside_row(view: &View<'_>, place: usize) -> Vec<String> {
    let answer = &view.answer;
    let figure = &answer.panel.figures[place];
    let against = answer.compared.rows[place].standing.as_ref().is_ok_and(Standing::goes_against_average);
    let against = against.then(|| {
        "The verdict looks from the mean of the forces; the figure lies on the other side of the average itself."
            .to_owned()
    });
    let few = answer.compared.rows[place].within_chance;
    let few = few.then(|| "The verdict rests on fewer cases than chance can tell apart from the average.".to_owned());
    let flags = view.public.study().cautions(answer.measure, &figure.area, view.last());
    let marks = figure.marks();
    let marks = marks.iter().map(|mark| format!("[{}] {}.", mark.letter(), mark.meaning()));
    against.into_iter().chain(few).chain(flags.into_iter().map(str::to_owned)).chain(marks).collect()
}

/// How the words are to be read.
pub(super) fn caution(view: &View<'_>) -> Block {
    let documented = match view.public.documented() {
        Some(cycle) => format!(
            "The inspectorate documented this method for its {} reports alone; for any other year a verdict is Peelian's own calculation.",
            cycle.title
        ),
        None => "The verdicts are Peelian's own calculation.".to_owned(),
    };
    let words = match view.measure().kind {
        Kind::Count => {
            "A count says how many, and a larger force has more of most things. Nothing is ranked here.".to_owned()
        }
        Kind::Rate | Kind::Percent | Kind::Mean => format!(
            "Higher and lower say where a force stands among forces, not how well it does. By construction of the method some forces fall on each side, whatever they do: about a quarter where figures are spread evenly about their mean, fewer where a few forces are far from all others. {documented}"
        ),
    };
    let old = figures::old_denominator(view.measure(), &view.answer.panel);
    let blocks = std::iter::once(words).chain(old).map(paragraph).collect();
    Block::Inset { label: "How to read this page".into(), blocks }
}

/// The forces that are in neither distribution nor average, and why.
pub(super) fn left_out(view: &View<'_>) -> Vec<Block> {
    let answer = &view.answer;
    let reason = |area: &reference::AreaId| {
        let ruled = answer.compared.rows.iter().find(|row| row.area == *area).and_then(|r| r.standing.as_ref().err());
        let distorts = answer.measure.distorted_by.iter().find(|(a, _)| a == area);
        match (ruled, distorts) {
            (Some(NoComparison::RuledOut(reason)), _) | (_, Some((_, reason))) => reason.clone(),
            _ => "It is left out of comparisons on this measure.".to_owned(),
        }
    };
    let mut items: Vec<Vec<Inline>> = answer
        .compared
        .left_out()
        .map(|area| vec![Inline::Strong { text: view.short(area) }, text(format!(": {}", reason(area)))])
        .collect();
    let missing = &answer.compared.average.missing;
    if !missing.is_empty() {
        items.push(vec![
            Inline::Strong { text: view.names(missing) },
            text(
                match (answer.measure.kind, missing.len()) {
                    (Kind::Count, 1) => ": no figure for this period, so it is not in the sum.",
                    (Kind::Count, _) => ": no figure for this period, so they are not in the sum.",
                    (_, 1) => ": no figure for this period, so it is in neither sum of the average.",
                    _ => ": no figure for this period, so they are in neither sum of the average.",
                }
                .to_owned(),
            ),
        ]);
    }
    if items.is_empty() {
        vec![paragraph("None: every force has a figure and counts. British Transport Police is never counted.")]
    } else {
        vec![
            paragraph(
                "A force that is left out keeps its row in the table. British Transport Police is never counted.",
            ),
            Block::List { ordered: false, items },
        ]
    }
}

/// How the page came about, with its own numbers filled in.
pub(super) fn method(view: &View<'_>) -> Vec<Block> {
    let answer = &view.answer;
    let average = &answer.compared.average;
    let mut blocks = Vec::new();
    if let (Some(numerator), Some(denominator)) =
        (average.numerator.number(), average.denominator.and_then(reference::Value::number))
    {
        let sum = |n: rust_decimal::Decimal| reference::display(n, if n.is_integer() { 0 } else { 2 });
        let per = match answer.measure.per {
            per if per == rust_decimal::Decimal::ONE => String::new(),
            per => format!(" × {}", reference::display(per, 0)),
        };
        blocks.push(Block::Paragraph {
            text: vec![
                text(format!(
                    "The England and Wales average is the sum of the numerators over the sum of the denominators of {} forces, never a mean of their rates: {} ÷ {}{per} = ",
                    average.areas,
                    sum(numerator),
                    sum(denominator)
                )),
                figures::of_all(view.public, answer),
                text("."),
            ],
        });
    }
    if let Ok(spread) = &answer.compared.spread {
        blocks.extend(verdicts(view, spread));
    }
    // A count is not compared, so nothing stands beside it.
    if answer.measure.kind != Kind::Count {
        let interval = match answer.measure.chance {
            Chance::Events => Some("Byar's interval for a count of events"),
            Chance::Cases => Some("Wilson's interval for cases among cases"),
            Chance::None => None,
        };
        blocks.push(paragraph(match interval {
            Some(name) => format!(
                "Beside each verdict stands {name}, at 95%: how far chance alone could have moved the figure. Where a verdict of higher or lower lies within it, the table says so."
            ),
            None => "Chance does not deal these figures out, so no interval stands beside them.".to_owned(),
        }));
    }
    blocks.push(Block::Paragraph {
        text: vec![link("Every method with its formula and its source", "/methodology.html"), text(".")],
    });
    blocks
}

fn verdicts(view: &View<'_>, spread: &Spread) -> Vec<Block> {
    let threshold = spread.method.threshold;
    let standardised = format!(
        "Each force's difference from that average, as a proportion of it, is standardised over the {} forces: their differences have a mean of {} and a standard deviation of {}. A force more than {threshold} standard deviations from that mean is higher or lower; all others are broadly in line.",
        spread.forces,
        figures::plain(spread.mean_difference, 3),
        figures::plain(spread.deviation, 3),
    );
    let disagree: Vec<String> = view.answer.disagreements().map(|area| view.short(area)).collect();
    let readings = match disagree.len() {
        0 => "The method can be read in two ways, which agree on every force here.".to_owned(),
        n => format!(
            "The method can be read in two ways, which disagree on {n} of {} forces here: {}. The first is the one that is used: to standardise is to take off the distribution's own mean.",
            spread.forces,
            listed(&disagree)
        ),
    };
    vec![paragraph(standardised), paragraph(readings), Block::Table(readings_table(view))]
}

fn readings_table(view: &View<'_>) -> Table {
    let row = |name: &str, verdict| {
        let cells = counts(view, verdict).map(|n| vec![text(n.to_string())]);
        std::iter::once(vec![text(name)]).chain(cells).collect::<Vec<_>>()
    };
    let columns = [("Reading", false), ("Lower", true), ("Broadly in line", true), ("Higher", true)];
    Table {
        id: "readings".into(),
        caption: "Forces by the two readings of the method".into(),
        columns: columns.map(|(title, numeric)| Column { title: title.into(), numeric }).into(),
        rows: vec![
            row("Centred on the mean of the forces (used)", |s| s.verdict_mean),
            row("Centred on the England and Wales rate", |s| s.verdict_average),
        ],
        source: String::new(),
        notes: Vec::new(),
    }
}
