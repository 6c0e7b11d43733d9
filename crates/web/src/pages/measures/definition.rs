//! What a measure counts and over what, what to beware of, and the releases that its figures come from.

use crate::{Public, page::link};
use reference::{Length, long_date};
use report::document::{Block, Column, Inline, Table, paragraph, text};
use statistics::{
    comparability::{Effect, Flag},
    measure::{Chance, DenominatorPeriod, Direction, Kind, Measure},
    observations::added_up,
};
use std::collections::BTreeSet;

/// The definition in words, and its parts as a table.
pub(super) fn blocks(measure: &Measure) -> Vec<Block> {
    let mut rows = vec![
        ("In a sentence", format!("… {}", measure.noun)),
        ("Kind", kind(measure)),
        ("Numerator", added_up(&measure.numerator)),
    ];
    if !measure.denominator.is_empty() {
        rows.push(("Denominator", added_up(&measure.denominator)));
        rows.push(("Day of the denominator", day(measure).to_owned()));
        rows.push(("Formula", format!("numerator ÷ denominator × {}", reference::display(measure.per, 0))));
    }
    rows.push(("Period", period(measure.length)));
    rows.push(("Direction", direction(measure.direction).to_owned()));
    if measure.kind != Kind::Count {
        rows.push(("Beside it", interval(measure.chance).to_owned()));
    }
    rows.push(("Source", measure.source.clone()));
    rows.push(("Id", measure.id.clone()));
    let rows = rows.into_iter().map(|(name, value)| vec![vec![text(name)], vec![text(value)]]).collect();
    vec![
        paragraph(&measure.definition),
        Block::Table(Table {
            id: "parts".into(),
            caption: format!("{}: how it is made up", measure.title),
            columns: plain(&["Part", "What it is"]),
            rows,
            source: String::new(),
            notes: Vec::new(),
        }),
    ]
}

fn plain(titles: &[&str]) -> Vec<Column> {
    titles.iter().map(|title| Column { title: (*title).into(), numeric: false }).collect()
}

fn kind(measure: &Measure) -> String {
    match measure.kind {
        Kind::Count => "A count: how many there are; it is compared with nothing, because forces differ in size".into(),
        Kind::Rate => format!("A rate: so many per {}", reference::display(measure.per, 0)),
        Kind::Percent => "A percentage: part of a whole".into(),
        Kind::Mean => "A mean: one thing per one of another".into(),
    }
}

fn day(measure: &Measure) -> &'static str {
    match measure.denominator_period {
        DenominatorPeriod::Same => "The same period as the numerator",
        DenominatorPeriod::Latest => "The latest on or before the last day of the period",
    }
}

fn period(length: Length) -> String {
    match length {
        Length::Instant => "As at a day".into(),
        Length::Months(1) => "One month".into(),
        Length::Months(months) => format!("{months} months"),
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::HigherIsBetter => "Higher is better",
        Direction::LowerIsBetter => "Lower is better",
        Direction::Neutral => "Neither higher nor lower is better",
    }
}

fn interval(chance: Chance) -> &'static str {
    match chance {
        Chance::Events => "Byar's interval, for events",
        Chance::Cases => "Wilson's interval, for cases among cases",
        Chance::None => "No interval: a full count that chance does not deal out",
    }
}

/// Caveats, forces that distort it, and where comparing is unsafe.
pub(super) fn limits(public: &Public, measure: &Measure) -> Vec<Block> {
    let mut items: Vec<Vec<Inline>> =
        measure.mixed_units.iter().chain(&measure.caveats).map(|words| vec![text(words)]).collect();
    items.extend(measure.distorted_by.iter().map(|(area, reason)| {
        let name = super::area_name(public, area.as_str());
        vec![Inline::Strong { text: format!("{name} is left out of the comparison. ") }, text(reason)]
    }));
    let flags: Vec<&Flag> = public.folder.flags.iter().filter(|flag| names(flag, measure)).collect();
    if items.is_empty() && flags.is_empty() {
        return vec![paragraph("Nothing is on record that a reader must beware of beyond the definition.")];
    }
    let mut blocks = Vec::new();
    if !items.is_empty() {
        blocks.push(Block::List { ordered: false, items });
    }
    if !flags.is_empty() {
        blocks.push(Block::Table(comparability(public, &flags)));
    }
    blocks
}

fn names(flag: &Flag, measure: &Measure) -> bool {
    match flag.measure.strip_suffix('*') {
        Some(beginning) => measure.id.starts_with(beginning),
        None => flag.measure == measure.id,
    }
}

fn comparability(public: &Public, flags: &[&Flag]) -> Table {
    let days = |flag: &Flag| match flag.days {
        (Some(from), Some(to)) => format!("{} to {}", long_date(from), long_date(to)),
        (Some(from), None) => format!("from {}", long_date(from)),
        (None, Some(to)) => format!("to {}", long_date(to)),
        (None, None) => "always".to_owned(),
    };
    let effect = |flag: &Flag| match flag.effect {
        Effect::Annotate => "Said beside the figure",
        Effect::Block => "Not compared",
    };
    let rows = flags
        .iter()
        .map(|flag| {
            let cells = [super::whom(public, &flag.force), days(flag), effect(flag).to_owned(), flag.reason.clone()];
            cells.map(|words| vec![text(words)]).into()
        })
        .collect();
    Table {
        id: "comparability".into(),
        caption: "Where figures do not compare".into(),
        columns: plain(&["Force", "Periods that end", "What is done", "Why"]),
        rows,
        source: String::new(),
        notes: Vec::new(),
    }
}

/// Every release that answers for one of its periods, with licence and digest.
pub(super) fn sources(public: &Public, measure: &Measure) -> Vec<Block> {
    let panels = public.panels(measure).values();
    let used: BTreeSet<usize> =
        panels.flat_map(|p| p.numerator_inputs.iter().chain(&p.denominator_inputs)).map(|input| input.table).collect();
    let row = |place: &usize| {
        let release = &public.observations.tables()[*place].release;
        let source = public.folder.sources.iter().find(|s| s.id == release.source);
        let title = match source.and_then(|s| s.address.as_ref()) {
            Some(address) => link(release.citation(), address),
            None => text(release.citation()),
        };
        vec![vec![title], vec![text(&release.file)], vec![text(release.id.short())], vec![text(&release.licence)]]
    };
    // The newest first, as it answers before the others.
    let rows = used.iter().rev().map(row).collect();
    vec![Block::Table(Table {
        id: "releases".into(),
        caption: "Releases that its figures are taken from".into(),
        columns: plain(&["Release", "File", "SHA-256 (begins)", "Licence"]),
        rows,
        source: String::new(),
        notes: vec![
            "For each period and force the newest release answers that has the figure. The whole digest stands with each number.".into(),
        ],
    })]
}
