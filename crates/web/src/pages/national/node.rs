//! One pillar or question in one cycle: counts, map, forces by judgment, moves since an earlier cycle.

use super::{Move, Moves, NOT_LOADED, Picture, cycle_address, forces};
use crate::{
    page::{self, Page, heading, link},
    routes::{Asked, Made},
};
use inspection::{Grade, JudgmentValue, NodeId, framework::Framework};
use report::{
    document::{Badge, Block, Column, Document, Inline, Link, Table, paragraph, text},
    words::upper_first,
};

pub(super) fn page(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let [cycle, node] = asked.parts.as_slice() else { return None };
    let framework = public.framework(cycle)?;
    let node: NodeId = node.parse().ok()?;
    let judgments = public.judgments();
    if !super::graded(framework).contains(&node) || !super::picture::is_known(framework, &node, &judgments) {
        return None;
    }
    let picture = Picture::new(public, framework, &node, &judgments);
    let description = format!("What each police force was judged: {}.", picture.title());
    let mut document = page::document(public, picture.title(), description);
    document.trail = vec![
        Link { text: "National picture".into(), href: "/index.html".into() },
        Link { text: framework.title.clone(), href: cycle_address(cycle) },
    ];
    stands(&mut document, &picture);
    document.blocks.push(heading("counts", "Forces by grade"));
    document.blocks.push(Block::Table(counts(&picture)));
    document.blocks.push(Block::Paragraph { text: agreement(&picture) });
    let map = picture.map(1);
    let has_map = map.is_some();
    if let Some(map) = map {
        document.blocks.extend([heading("map", "The forces on a map"), Block::Figure(Box::new(map))]);
    }
    by_judgment(&mut document, &picture, has_map);
    document.blocks.push(heading("moves", "Moves since an earlier cycle"));
    document.blocks.extend(moved(&picture, Moves::of(&picture, &judgments).as_ref()));
    Some(Page::new(document).into())
}

/// What was asked, and where things stand.
fn stands(document: &mut Document, picture: &Picture<'_>) {
    let all = picture.public.forces().count();
    let said = match (picture.known(), picture.published()) {
        (0, _) => {
            "No judgment of a single force is in the sources loaded; the number of forces by grade was published."
                .to_owned()
        }
        (known, _) if known == all => format!("Of {all} police forces: {}.", picture.said()),
        (known, published) => format!(
            "The judgments of {known} of {all} police forces are in the sources loaded{}.",
            if published.is_some() { "; the number of forces by grade was published" } else { "" }
        ),
    };
    document.blocks.push(paragraph(said));
    if let Some(asked) = question(picture.framework, &picture.node) {
        document.blocks.push(paragraph(format!("What was asked: {asked}")));
    }
}

fn question<'a>(framework: &'a Framework, node: &NodeId) -> Option<&'a str> {
    let words = match framework.pillar(node.as_str()) {
        Some(pillar) => &pillar.headline,
        None => &framework.question(node)?.wording,
    };
    Some(words.as_str()).filter(|words| !words.is_empty())
}

/// The published count beside the count from the forces' grades.
pub(super) fn counts(picture: &Picture<'_>) -> Table {
    let published = picture.published();
    let column = |title: &str, numeric| Column { title: title.into(), numeric };
    let mut columns = vec![column("Judgment", false)];
    if published.is_some() {
        columns.push(column("Published count", true));
    }
    columns.push(column("Counted here from the forces’ own grades", true));
    let row = |value: JudgmentValue| {
        let mut cells = vec![vec![Inline::Grade(Badge::of(value, &picture.framework.scale()))]];
        if let Some(published) = &published {
            cells.push(vec![text(published.of(value).map_or_else(|| "–".to_owned(), |n| n.to_string()))]);
        }
        cells.push(vec![text(picture.count(value).to_string())]);
        cells
    };
    let mut rows: Vec<_> = picture.values().into_iter().map(row).collect();
    if picture.unknown() > 0 {
        let mut cells = vec![vec![Inline::Grade(super::picture::not_loaded())]];
        cells.extend(published.as_ref().map(|_| vec![text("–")]));
        cells.push(vec![text(picture.unknown().to_string())]);
        rows.push(cells);
    }
    Table {
        id: "counts-table".into(),
        caption: format!("Number of police forces by judgment: {}", picture.title()),
        columns,
        rows,
        source: String::new(),
        notes: Vec::new(),
    }
}

/// Whether the two counts say the same, and where the published one is from.
fn agreement(picture: &Picture<'_>) -> Vec<Inline> {
    let Some(published) = picture.published() else {
        return vec![text("No count of all forces is in the sources loaded.")];
    };
    let verdict = match picture.agrees() {
        Some(true) if picture.is_counted_from_its_grades() => {
            "The two counts are of one list: the grades of single forces here are from it too, so that they agree shows no more.".to_owned()
        }
        Some(true) => "The two counts agree.".to_owned(),
        Some(false) => {
            "The two counts do not agree: one of the sources errs, and this page does not say which.".to_owned()
        }
        None => "Published count; the grades of the single forces are not in the sources loaded.".to_owned(),
    };
    let verdict = match picture.known() {
        known if known > 0 && picture.unknown() > 0 => {
            format!(
                "Published count; of the single forces only the grades of {} are in the sources loaded.",
                forces(known)
            )
        }
        _ => verdict,
    };
    let source = match published.address {
        Some(address) => link(published.source, address),
        None => text(published.source),
    };
    let end = if published.address.is_some() { "." } else { "; its address is not on record." };
    vec![text(format!("{verdict} Source of the published count: ")), source, text(end)]
}

/// The forces of each judgment, with the way to each.
fn by_judgment(document: &mut Document, picture: &Picture<'_>, has_map: bool) {
    if picture.known() == 0 {
        return;
    }
    document.blocks.push(heading("forces", "The forces of each grade"));
    for value in picture.values() {
        let with = picture.with(value);
        if with.is_empty() {
            continue;
        }
        let mut line = vec![
            Inline::Grade(Badge::of(value, &picture.framework.scale())),
            text(format!(" {}: ", forces(with.len()))),
        ];
        for (index, force) in with.iter().enumerate() {
            let between = match index {
                0 => "",
                last if last + 1 == with.len() => " and ",
                _ => ", ",
            };
            line.push(text(between));
            line.push(link(&*force.short_name, format!("/forces/{}.html", force.id)));
            let judged = picture.of(&force.id).filter(|judged| judged.carried_over);
            let made_in = judged.and_then(|judged| picture.public.framework(&judged.made_in));
            line.extend(made_in.map(|made_in| text(format!(" (carried over from {})", made_in.title))));
        }
        document.blocks.push(Block::Paragraph { text: line });
    }
    if picture.unknown() > 0 {
        document.blocks.push(paragraph(format!("{}: {}.", upper_first(NOT_LOADED), forces(picture.unknown()))));
    }
    // A map has the same behind it.
    if !has_map {
        let caption = format!("What each police force was judged: {}", picture.title());
        let summary = "Each force with the publication that its judgment is taken from".to_owned();
        let table = picture.table("forces-table".into(), caption);
        document.blocks.push(Block::Details { summary, blocks: vec![Block::Table(table)] });
    }
}

fn moved(picture: &Picture<'_>, moves: Option<&Moves<'_>>) -> Vec<Block> {
    let Some(moves) = moves else { return vec![paragraph(unmoved(picture))] };
    let (from, to) = (&moves.from.title, &picture.framework.title);
    let mut said = vec![paragraph(format!("{} Both cycles have the same scale.", tally(moves, from, to)))];
    if !moves.caution.is_empty() {
        said.push(paragraph(format!("Compare with care: {}", moves.caution)));
    }
    let grade = |framework: &Framework, grade: Grade| {
        vec![Inline::Grade(Badge::of(JudgmentValue::Graded(grade), &framework.scale()))]
    };
    let row = |m: &Move<'_>| {
        vec![
            vec![link(&*m.force.short_name, format!("/forces/{}.html", m.force.id))],
            grade(moves.from, m.from),
            grade(picture.framework, m.to),
            vec![text(m.words())],
        ]
    };
    said.push(Block::Table(Table {
        id: "moves-table".into(),
        caption: format!("Forces with a grade made in each cycle, {from} and {to}"),
        columns: ["Force", from, to, "Move"].map(|title| Column { title: title.into(), numeric: false }).into(),
        rows: moves.moves.iter().map(row).collect(),
        source: String::new(),
        notes: vec!["A judgment that was carried over is no new judgment, so it is not among these.".into()],
    }));
    said
}

/// "Of 3 forces with a grade made in each cycle, 2016 and 2017, 1 is a grade or more better, 2 are the same and none is worse."
pub(super) fn tally(moves: &Moves<'_>, from: &str, to: &str) -> String {
    let [up, same, down] = moves.counts();
    format!(
        "{} in the sources loaded with a grade made in {from} and another made in {to}: {up} moved up, {same} stayed, {down} moved down.",
        upper_first(&forces(moves.moves.len()))
    )
}

/// Why there are no moves.
fn unmoved(picture: &Picture<'_>) -> String {
    let framework = picture.framework;
    let earlier = picture.public.folder.frameworks.iter().rev().find(|f| f.data_until < framework.data_until);
    match earlier {
        Some(earlier) if !earlier.same_scale(framework) => format!(
            "None are told: the grades of {} are on a scale of {} and those of {} on one of {}, so they are not compared.",
            framework.title,
            framework.scale().len(),
            earlier.title,
            earlier.scale().len()
        ),
        Some(_) => "None are told: no force in the sources loaded has a grade made in this cycle and another made in an earlier one \
                    on a question that can be compared."
            .to_owned(),
        None => "None are told: this is the earliest cycle on record.".to_owned(),
    }
}
