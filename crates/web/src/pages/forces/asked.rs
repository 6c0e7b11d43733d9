//! What a force was asked to do, and how that stands: recommendations under their cause of concern, what is open first.

use crate::{
    Public, cite, grades,
    known::Found,
    page::{anchor, heading, link},
};
use inspection::record::FindingKind;
use reference::{Force, quantity::in_words};
use report::{
    document::{Block, Inline, paragraph, text},
    words::{listed, lower_first, upper_first},
};

/// The findings that ask a force to do something, the latest cycle first. A recommendation to all forces is among them; how it stands is
/// known only of the force that it is on record for.
pub(super) fn of<'a>(public: &'a Public, force: &Force) -> Vec<Found<'a>> {
    use FindingKind::{AreaForImprovement, CauseOfConcern, Recommendation};
    let asks = |f: &Found<'_>| matches!(f.kind, CauseOfConcern | Recommendation | AreaForImprovement);
    let mut found: Vec<Found<'a>> = Vec::new();
    for finding in public.findings().into_iter().filter(asks) {
        if finding.forces.contains(&force.id) {
            found.push(finding);
        } else if finding.concerns(force.id.as_str()) {
            found.push(finding.seen_from(&force.id));
        }
    }
    let order = |f: &Found<'_>| public.folder.frameworks.iter().position(|known| known.id == f.cycle);
    found.sort_by_key(|f| (f.stands.is_closed(), std::cmp::Reverse(order(f))));
    found
}

pub(super) fn blocks(public: &Public, force: &Force, found: &[Found<'_>]) -> Vec<Block> {
    let mut blocks = vec![heading("asked", "What it was asked to do")];
    if found.is_empty() {
        blocks.push(paragraph(format!(
            "The sources loaded hold no cause of concern, recommendation or area for improvement of {}. That is no sign that there is none.",
            force.name
        )));
        return blocks;
    }
    blocks.push(paragraph(counted(found)));
    let mut cycle = None;
    for finding in found {
        let part = (finding.stands.is_closed(), finding.cycle.as_str());
        if cycle != Some(part) {
            cycle = Some(part);
            let title = grades::cycle(public, &finding.cycle);
            let (id, words) = match part.0 {
                false => (format!("asked-{}", anchor(&finding.cycle)), format!("Asked in {title}")),
                true => (format!("closed-{}", anchor(&finding.cycle)), format!("Asked in {title} and closed")),
            };
            blocks.push(Block::Heading { level: 3, id, text: words });
        }
        // What hangs on a cause of concern stands in it.
        let hangs = |f: &&Found<'_>| finding.parent.as_ref() == Some(&f.id) && f.stands.is_closed() == part.0;
        if finding.parent.is_some() && found.iter().any(|f| hangs(&f)) {
            continue;
        }
        blocks.push(block(public, force, finding, found));
    }
    blocks
}

/// "One cause of concern with four recommendations, …".
fn counted(found: &[Found<'_>]) -> String {
    let parts: Vec<String> = FindingKind::ALL
        .iter()
        .filter_map(|kind| {
            let (one, several) = kind.titles();
            match found.iter().filter(|f| f.kind == *kind).count() {
                0 => None,
                1 => Some(format!("one {}", one.to_lowercase())),
                n => Some(format!("{} {}", in_words(n), several.to_lowercase())),
            }
        })
        .collect();
    format!(
        "The sources loaded hold {}, here by cycle, the latest first. Where they do not say what became of one, that is said; none is counted as overdue.",
        listed(&parts)
    )
}

fn block(public: &Public, force: &Force, finding: &Found<'_>, found: &[Found<'_>]) -> Block {
    let mut blocks = Vec::new();
    blocks.push(paragraph(&finding.text));
    if !finding.sub_points.is_empty() {
        let items = finding.sub_points.iter().map(|point| vec![text(point)]).collect();
        blocks.push(Block::List { ordered: false, items });
    }
    blocks.push(Block::Paragraph { text: facts(public, force, finding) });
    blocks.extend(again(public, finding, found));
    let mut source = vec![text("Source: ")];
    source.extend(cite::quoted(public, &finding.source));
    source.push(text("."));
    blocks.push(Block::Paragraph { text: source });
    let under = found
        .iter()
        .filter(|f| f.parent.as_ref() == Some(&finding.id) && f.stands.is_closed() == finding.stands.is_closed());
    blocks.extend(under.map(|f| block(public, force, f, found)));
    Block::Finding {
        kind: finding.kind.ids().0.into(),
        label: match finding.title.as_str() {
            "" => finding.kind.titles().0.to_owned(),
            title => format!("{}: {}", finding.kind.titles().0, lower_first(title)),
        },
        id: anchor(&finding.id),
        number: None,
        blocks,
    }
}

/// To whom, by when, how it stands.
fn facts(public: &Public, force: &Force, finding: &Found<'_>) -> Vec<Inline> {
    let mut line = Vec::new();
    let others = finding.addressees.iter().filter(|a| *a != force.id.as_str());
    let names: Vec<String> = others.map(|a| public.called(a)).collect();
    let own = finding.addressees.iter().any(|a| a == force.id.as_str());
    match (own, names.as_slice()) {
        (true, []) => {}
        (true, names) => line.push(text(format!("Together with {}. ", listed(names)))),
        (false, names) => line.push(text(format!("To {}. ", listed(names)))),
    }
    if let Some(due) = &finding.due {
        let due = report::desk::month(due);
        line.push(text(format!("Due: {}. ", due.trim_end_matches('.'))));
    }
    line.push(Inline::Strong { text: "How it stands: ".into() });
    let stands = upper_first(&finding.stands.words());
    line.push(text(format!("{}.", stands.trim_end_matches('.'))));
    line
}

/// Earlier and later findings that say the same.
fn again(public: &Public, finding: &Found<'_>, found: &[Found<'_>]) -> Option<Block> {
    let name = |f: &&Found<'_>| {
        let words = if f.title.is_empty() { f.kind.titles().0 } else { &f.title };
        link(format!("{} ({})", lower_first(words), grades::cycle(public, &f.cycle)), format!("#{}", anchor(&f.id)))
    };
    let earlier: Vec<Inline> = found.iter().filter(|f| finding.restates.contains(&f.id)).map(|f| name(&f)).collect();
    let later: Vec<Inline> = found.iter().filter(|f| f.restates.contains(&finding.id)).map(|f| name(&f)).collect();
    let mut line = Vec::new();
    for (before, links) in [("Asked before: ", earlier), ("Asked again: ", later)] {
        if !links.is_empty() {
            line.push(text(before));
            line.extend(crate::page::parted(links, ", "));
            line.push(text(". "));
        }
    }
    (!line.is_empty()).then_some(Block::Paragraph { text: line })
}
