//! A force's judgments cycle by cycle: pillars in a table for each scale, questions below.

use super::standing;
use crate::{
    Public, cite, grades,
    known::Judged,
    page::{heading, slug},
};
use inspection::framework::Framework;
use reference::{Force, quantity::in_words};
use report::{
    document::{Badge, Block, Column, Inline, Table, paragraph, text},
    words::{listed, lower_first},
};

/// The judgments of all cycles, the latest scale first.
pub(super) fn all(public: &Public, force: &Force, own: &[&Judged<'_>]) -> Vec<Block> {
    let mut blocks = vec![heading("cycles", "Judgments cycle by cycle")];
    let frameworks = &public.folder.frameworks;
    let known: Vec<&Framework> = frameworks.iter().rev().filter(|f| own.iter().any(|j| j.cycle == f.id)).collect();
    let without: Vec<String> = frameworks.iter().filter(|f| !known.contains(f)).map(|f| f.title.clone()).collect();
    for group in known.chunk_by(|a, b| a.same_scale(b)) {
        blocks.extend(pillars(public, force, group, own));
        blocks.extend(group.iter().map(|framework| questions(public, force, framework, own)));
    }
    if !without.is_empty() {
        let of = listed(&without);
        blocks.push(paragraph(format!("For {of} no judgment of {} is in the sources loaded.", force.short_name)));
    }
    blocks
}

/// The pillars of the cycles of one scale: cycles down, pillars across.
fn pillars(public: &Public, force: &Force, group: &[&Framework], own: &[&Judged<'_>]) -> Option<Block> {
    let newest = group.iter().find(|f| !f.pillars.is_empty())?;
    let cell = |cycle: &Framework, pillar: &str| {
        let judged = own.iter().find(|j| j.cycle == cycle.id && j.node.as_str() == pillar);
        vec![Inline::Grade(judged.map_or_else(Badge::not_known, |j| grades::badge(public, j)))]
    };
    let row = |cycle: &&Framework| {
        let cells = newest.pillars.iter().map(|p| cell(cycle, &p.id));
        std::iter::once(vec![text(&cycle.title)]).chain(cells).collect()
    };
    let words: Vec<&str> = newest.scale().iter().map(|g| g.words()).collect();
    let titles = std::iter::once("Cycle".to_owned()).chain(newest.pillars.iter().map(|p| p.title.clone()));
    Some(Block::Table(Table {
        id: format!("cycles-{}", slug(&newest.id)),
        caption: format!(
            "Judgments of {} by cycle and pillar, on the scale of {}: {}",
            force.short_name,
            in_words(words.len()),
            listed(&words)
        ),
        columns: titles.map(|title| Column { title, numeric: false }).collect(),
        rows: group.iter().filter(|f| !f.pillars.is_empty()).map(row).collect(),
        source: String::new(),
        notes: vec![
            "Not known means that no source loaded says it. Ungraded means that no grade was given by design.".into(),
        ],
    }))
}

/// The questions of one cycle, folded away.
fn questions(public: &Public, force: &Force, framework: &Framework, own: &[&Judged<'_>]) -> Block {
    let judged: Vec<&Judged<'_>> = own.iter().copied().filter(|j| j.cycle == framework.id).collect();
    let carried = judged.iter().filter(|j| j.carried_over).count();
    let notes = if carried == 0 {
        Vec::new()
    } else {
        vec!["A dashed edge marks a judgment that was carried over from the cycle that is named.".into()]
    };
    let what = if judged.len() == 1 { "the one judgment that is known" } else { "every judgment that is known" };
    let caption = format!("Judgments of {} in {}", force.short_name, framework.title);
    let table =
        standing::table(public, &format!("judgments-{}", slug(&framework.id)), caption, &judged, cite::quoted, notes);
    Block::Details {
        summary: format!("{}: {}, with its document", framework.title, lower_first(what)),
        blocks: vec![Block::Table(table)],
    }
}
