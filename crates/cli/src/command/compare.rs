//! `peelian compare`: every force on one measure.

use crate::{
    arguments::{Against, Compare, ListFormat},
    needs::Needs,
    outcome::{CannotRun, Outcome, name, number},
    workspace::{self, Workspace},
};
use ingest::wording::counted;
use jiff::civil::Date;
use reference::{AreaId, Value, display, long_date};
use rust_decimal::Decimal;
use statistics::{
    comparison::{Method, NoComparison, Standing, Verdict},
    measure::Measure,
    observations::Pin,
    study::{Answered, Study, When},
};
use std::{collections::BTreeMap, path::Path};

/// One force's line, as CSV and JSON have it.
#[derive(Debug, serde::Serialize)]
struct Line {
    measure: String,
    force: String,
    period: String,
    numerator: Option<String>,
    denominator: Option<String>,
    value: Option<String>,
    status: String,
    comparator: &'static str,
    comparator_value: Option<String>,
    z_mean: Option<f64>,
    verdict_mean: &'static str,
    z_ew: Option<f64>,
    verdict_ew: &'static str,
    excluded: &'static str,
}

/// Compares and prints.
pub fn run(dir: Option<&Path>, options: &Compare) -> Result<Outcome, CannotRun> {
    let folder = workspace::open(dir)?;
    let measure = workspace::measure(&folder, &options.measure)?.clone();
    let force = options.force.as_deref().map(|f| workspace::force(&folder, f)).transpose()?;
    let excluded = options.exclude.iter().map(|f| workspace::force(&folder, f)).collect::<Result<Vec<_>, _>>()?;
    let method = match &options.cycle {
        Some(id) => workspace::cycle(&folder, id)?.method,
        None => folder.cycles.iter().find(|c| c.documented).map_or_else(Method::default, |c| c.method),
    };
    let workspace = Workspace::load(folder, Some(&[&measure]))?;
    let pins = pins(&workspace, &options.release)?;
    let study = workspace.study(method, &pins);
    let day = options.period.as_deref().map(|text| period(&study, &measure, text)).transpose()?;
    let Some(answer) = study.answer(&measure, day.map_or(When::Latest, When::On), &excluded) else {
        return Err(CannotRun::Argument(no_figures(&workspace, &study, &measure, day)));
    };
    let lines: Vec<Line> = workspace
        .areas
        .iter()
        .enumerate()
        .filter(|(_, area)| force.as_ref().is_none_or(|f| f == *area))
        .map(|(place, area)| line(&study, &answer, place, area, options.against))
        .collect();
    match options.format {
        ListFormat::Csv => print_csv(&lines),
        ListFormat::Json => out!("{}", serde_json::to_string_pretty(&lines).unwrap_or_default()),
        ListFormat::Table => print_table(&workspace, &answer, &lines),
    }
    remarks(&study, &answer, force.as_ref(), options);
    Ok(Outcome::Done)
}

/// The releases that the digits name.
fn pins(workspace: &Workspace, digits: &[String]) -> Result<Vec<Pin>, CannotRun> {
    let find = |digits: &String| {
        let mut found =
            workspace.observations.tables().iter().filter(|t| t.release.id.as_str().starts_with(digits.as_str()));
        match (found.next(), found.next()) {
            (Some(table), None) => Ok(Pin { series: None, period: None, release: table.release.id.clone() }),
            (Some(_), Some(_)) => {
                Err(CannotRun::Argument(format!("more than one release begins with `{digits}`\nGive more digits.")))
            }
            (None, _) => {
                let known: Vec<String> = workspace
                    .observations
                    .tables()
                    .iter()
                    .map(|t| format!("  {} {}", t.release.id.short(), t.release.citation()))
                    .collect();
                Err(CannotRun::Argument(format!(
                    "no release that this measure can use begins with `{digits}`; there are\n{}",
                    known.join("\n")
                )))
            }
        }
    };
    digits.iter().map(find).collect()
}

/// The day that the user wrote.
fn period(study: &Study<'_>, measure: &Measure, text: &str) -> Result<Date, CannotRun> {
    text.parse().map_err(|_| {
        let all = study.periods(measure);
        let begun: Vec<Date> = all.iter().filter(|day| day.to_string().starts_with(text)).copied().collect();
        let some = ends(if begun.is_empty() { &all } else { &begun });
        let some =
            if some.is_empty() { String::new() } else { format!("\nThe periods of `{}` end on {some}.", measure.id) };
        let form = "Write the last day of the period, as in --period 2018-03-31.";
        CannotRun::Argument(format!("`{text}` is not a day\n{form}{some}"))
    })
}

/// The latest of these days, from the latest; the number of the others after them.
fn ends(days: &[Date]) -> String {
    const MOST: usize = 8;
    let shown: Vec<String> = days.iter().rev().take(MOST).map(ToString::to_string).collect();
    let earlier = days.len().saturating_sub(MOST);
    shown.join(", ") + &if earlier > 0 { format!(" and {earlier} earlier") } else { String::new() }
}

fn no_figures(workspace: &Workspace, study: &Study<'_>, measure: &Measure, day: Option<Date>) -> String {
    let (periods, id) = (study.periods(measure), &measure.id);
    if periods.is_empty() {
        let needs = Needs::of(&workspace.folder, &workspace.observations, measure).clause();
        return format!("`{id}` has no figures: it {needs}\n`peelian measures {id}` says how to get them.");
    }
    let asked = day.map(|d| d.to_string()).unwrap_or_default();
    format!(
        "`{id}` has no figures for the period that ends on {asked}\nThere are periods that end on {}.",
        ends(&periods)
    )
}

fn line(study: &Study<'_>, answer: &Answered<'_>, place: usize, area: &AreaId, against: Against) -> Line {
    let figure = &answer.panel.figures[place];
    let row = &answer.compared.rows[place];
    let text = |value: Value| value.number().map(|n| n.normalize().to_string());
    let (comparator, standing): (Option<Decimal>, Result<Standing, NoComparison>) = match against {
        Against::EnglandAndWales => (answer.compared.average.value.number(), row.standing.clone()),
        Against::MostSimilar => match study.most_similar(answer.measure, &answer.panel, area) {
            // A group's ratio is set beside the force's; no method gives a verdict on it.
            Ok((group, _)) => (group.value.number(), Err(NoComparison::NoGroup)),
            Err(reason) => (None, Err(reason)),
        },
    };
    let grouped = against == Against::MostSimilar && comparator.is_some();
    let verdict = |pick: fn(&Standing) -> Verdict| match &standing {
        Ok(standing) => pick(standing).as_str(),
        Err(_) if grouped => "",
        Err(_) => Verdict::NoComparison.as_str(),
    };
    Line {
        measure: answer.measure.id.clone(),
        force: area.to_string(),
        period: answer.panel.period.last().to_string(),
        numerator: text(figure.numerator.value),
        denominator: figure.denominator.and_then(|d| text(d.value)),
        value: text(figure.value),
        status: figure.status(),
        comparator: against.as_str(),
        comparator_value: comparator.map(|n| n.normalize().to_string()),
        z_mean: standing.as_ref().ok().map(|s| s.z_mean),
        verdict_mean: verdict(|s| s.verdict_mean),
        z_ew: standing.as_ref().ok().map(|s| s.z_average),
        verdict_ew: verdict(|s| s.verdict_average),
        excluded: if row.excluded { "yes" } else { "no" },
    }
}

fn print_csv(lines: &[Line]) {
    out!(
        "measure,force,period,numerator,denominator,value,status,comparator,comparator_value,z_mean,verdict_mean,z_ew,verdict_ew,excluded"
    );
    for l in lines {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let float = |value: Option<f64>| value.map(|z| z.to_string()).unwrap_or_default();
        out!(
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
            l.measure,
            l.force,
            l.period,
            text(&l.numerator),
            text(&l.denominator),
            text(&l.value),
            l.status,
            l.comparator,
            text(&l.comparator_value),
            float(l.z_mean),
            l.verdict_mean,
            float(l.z_ew),
            l.verdict_ew,
            l.excluded
        );
    }
}

fn print_table(workspace: &Workspace, answer: &Answered<'_>, lines: &[Line]) {
    let measure = answer.measure;
    out!("{}\n{}", name(&measure.title), answer.panel.period.heading());
    let shown = |value: &Option<String>, absent: &str| match value.as_ref().and_then(|v| v.parse::<Decimal>().ok()) {
        Some(number) => format!("{}{}{}", measure.prefix, display(number, measure.decimals.max(1)), measure.suffix),
        None => absent.to_owned(),
    };
    let comparator = match lines.first().map(|l| l.comparator) {
        Some("most-similar") => "Similar",
        _ => "E and W",
    };
    out!("{:<26}{:>12}{comparator:>12}{:>8}  Verdict", "", "Value", "z");
    for line in lines {
        let force = workspace.folder.register.force(&line.force).map_or(line.force.as_str(), |f| f.short_name.as_str());
        let z = line.z_mean.map(|z| format!("{z:.2}")).unwrap_or_default();
        let disagree = if line.verdict_mean == line.verdict_ew {
            String::new()
        } else {
            format!(" (centred on England and Wales: {})", line.verdict_ew)
        };
        let value = shown(&line.value, &line.status);
        let average = shown(&line.comparator_value, "");
        out!(
            "{}{} {average:>11}{z:>8}  {}{disagree}",
            name(format!("{force:<26}")),
            number(format!("{value:>12}")),
            line.verdict_mean
        );
    }
}

/// What a reader has to know, on standard error so that data stay clean.
fn remarks(study: &Study<'_>, answer: &Answered<'_>, force: Option<&AreaId>, options: &Compare) {
    let measure = answer.measure;
    let average = &answer.compared.average;
    if let Some(day) = answer.panel.denominator_day {
        let months = answer.panel.denominator_age_in_months();
        let old = if months >= 12 {
            format!(", {} before the end of the period: there is no later estimate", counted(months, "month"))
        } else {
            String::new()
        };
        anstream::eprintln!("The denominator is as at {}{old}.", long_date(day));
    }
    if !average.missing.is_empty() {
        let names: Vec<&str> = average.missing.iter().map(AreaId::as_str).collect();
        anstream::eprintln!("Without a figure, and so in neither sum of the average: {}.", names.join(", "));
    }
    match options.against {
        Against::EnglandAndWales => distribution(answer),
        Against::MostSimilar => without_group(study, answer, force),
    }
    if let Some(mixed) = &measure.mixed_units {
        anstream::eprintln!("Caution: {mixed}");
    }
    let mut cautions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for area in study.areas.iter().filter(|a| force.is_none_or(|f| f == *a)) {
        for caution in study.cautions(measure, area, answer.panel.period.last()) {
            cautions.entry(caution).or_default().push(area.as_str());
        }
    }
    for (caution, areas) in cautions {
        let whom = if areas.len() == study.areas.len() { "All forces".to_owned() } else { areas.join(", ") };
        anstream::eprintln!("{whom}: {caution}");
    }
}

/// Why forces are compared with no most similar group.
fn without_group(study: &Study<'_>, answer: &Answered<'_>, force: Option<&AreaId>) {
    let asked = study.areas.iter().filter(|area| force.is_none_or(|f| f == *area));
    let (mut none, mut lacking) = (Vec::new(), Vec::new());
    for area in asked {
        let name = study.register.force(area.as_str()).map_or(area.as_str(), |f| f.short_name.as_str());
        match study.most_similar(answer.measure, &answer.panel, area) {
            Err(NoComparison::NoGroup) => none.push(name),
            Err(_) => lacking.push(name),
            Ok(_) => {}
        }
    }
    for name in none {
        anstream::eprintln!("{name} has no most similar group: register/groups.csv says that no force is similar.");
    }
    if !lacking.is_empty() {
        const MOST: usize = 8;
        let whom = if lacking.len() > MOST { format!("{} forces", lacking.len()) } else { lacking.join(", ") };
        let day = long_date(answer.panel.period.last());
        anstream::eprintln!(
            "No most similar group of {whom} is supplied in register/groups.csv for {day}; docs/groups.md says how to add one."
        );
    }
}

fn distribution(answer: &Answered<'_>) {
    let rows = &answer.compared.rows;
    if let Err(reason) = &answer.compared.spread {
        anstream::eprintln!("No comparison: {reason}.");
        return;
    }
    let in_line =
        rows.iter().filter(|r| r.standing.as_ref().is_ok_and(|s| s.verdict_mean == Verdict::BroadlyInLine)).count();
    let compared = rows.iter().filter(|r| r.standing.is_ok()).count();
    anstream::eprintln!(
        "{in_line} of {} {} broadly in line; by construction of the method about half would be.",
        counted(compared, "force"),
        if in_line == 1 { "is" } else { "are" }
    );
    let distorting =
        answer.measure.distorted_by.iter().filter(|(area, _)| rows.iter().any(|r| r.area == *area && !r.excluded));
    for (area, reason) in distorting {
        anstream::eprintln!("{reason}\n  Leave it out with --exclude {area}.");
    }
    let against: Vec<&str> = rows
        .iter()
        .filter(|r| r.standing.as_ref().is_ok_and(statistics::Standing::goes_against_average))
        .map(|r| r.area.as_str())
        .collect();
    if !against.is_empty() {
        anstream::eprintln!(
            "The mean of the forces lies far from the average: called higher or lower against the side of the average that the figure lies on: {}.",
            against.join(", ")
        );
    }
    let disagree: Vec<&str> = answer.disagreements().map(AreaId::as_str).collect();
    if !disagree.is_empty() {
        anstream::eprintln!("The two readings of the method disagree on {}: {}.", disagree.len(), disagree.join(", "));
    }
    let few: Vec<&str> = rows.iter().filter(|r| r.within_chance).map(|r| r.area.as_str()).collect();
    if !few.is_empty() {
        anstream::eprintln!("Fewer cases than chance can tell apart from the average: {}.", few.join(", "));
    }
}
