//! A few measures as small charts, the force beside England and Wales; which, says the plan of the force page.

use super::Charts;
use crate::{Public, figures, page::heading};
use reference::{AreaId, ENGLAND_AND_WALES, Force};
use report::{
    document::{Block, Figure, Inline, paragraph, text},
    pack::{PackCycle, PackData, PackPlan, numbers::Numbers},
    product::{Part, Plan},
};
use statistics::study::Answered;

pub(super) fn blocks(public: &Public, force: &Force) -> Vec<Block> {
    let charts = public.charts.get_or_init(|| drawn(public));
    let own = charts.get(&force.id).map(Vec::as_slice).unwrap_or_default();
    let mut blocks = vec![heading("measures", "Measures")];
    if own.is_empty() {
        blocks.push(paragraph("No figures of this force are in the sources loaded."));
        return blocks;
    }
    blocks.push(Block::Paragraph {
        text: vec![
            text("The force beside England and Wales, by the newest release that has each figure. Under "),
            text("\u{201c}Show as table\u{201d}"),
            text(" every number leads to how it was worked out. "),
            crate::page::link("All measures, and how forces are compared", "/measures.html"),
            text("."),
        ],
    });
    let mut figures = own.iter().cloned().map(Box::new);
    while let Some(first) = figures.next() {
        blocks.push(match figures.next() {
            Some(second) => Block::Pair { first, second },
            None => Block::Figure(first),
        });
    }
    blocks
}

/// The measures that the plan of the force page names.
fn named(public: &Public) -> Vec<String> {
    fn within(parts: &[Part]) -> Vec<String> {
        let of = |part: &Part| match part {
            Part::Measures(ids) => ids.clone(),
            Part::Section { parts, .. } => within(parts),
            _ => Vec::new(),
        };
        parts.iter().flat_map(of).collect()
    }
    let plan =
        public.folder.templates.get("force-page.yaml").and_then(|text| serde_saphyr::from_str::<Plan>(text).ok());
    plan.map(|plan| within(&plan.parts)).unwrap_or_default()
}

/// The charts of every force, answered once.
fn drawn(public: &Public) -> Charts {
    let study = public.study();
    let plan = PackPlan { tiles: named(public), sections: Vec::new() };
    let cycle = PackCycle { id: "", title: "", until: public.date, documented: true, about: "" };
    let data = PackData::new(&study, &plan, &public.folder.measures, cycle, public.issuer());
    let of = |force: &Force| {
        let figures = data.trends(force, &plan.tiles).into_iter();
        (force.id.clone(), figures.map(|(answer, figure)| bound(public, answer, figure, &force.id)).collect())
    };
    public.forces().map(of).collect()
}

/// The figure with every number of its table bound to its derivation.
fn bound(public: &Public, answer: &Answered<'_>, mut figure: Box<Figure>, force: &AreaId) -> Figure {
    let excluded = |area: &AreaId| answer.compared.rows.iter().any(|r| r.area == *area && r.excluded);
    let mut numbers = Numbers::default();
    let without: Vec<String> = answer.compared.left_out().map(ToString::to_string).collect();
    let rows = answer.trend.iter().map(|(day, panel)| {
        let own = panel.figures.iter().find(|f| f.area == *force);
        let own = own.map(|f| numbers.figure(&public.observations, answer.measure, panel, f));
        let all = panel.aggregate(answer.measure.per, |area| !excluded(area));
        let all = numbers.total(&public.observations, answer.measure, panel, ENGLAND_AND_WALES, &all, without.clone());
        let cell = |inline: Option<Inline>| vec![figures::led(inline.unwrap_or_else(|| text("[x]")))];
        vec![vec![text(day.year().to_string())], cell(own), cell(Some(all))]
    });
    figure.table.rows = rows.collect();
    let newest = answer.trend.iter().last();
    figure.notes.extend(newest.and_then(|(_, panel)| figures::old_denominator(answer.measure, panel)));
    // The file of a data pack is not at hand here; that of the measure is.
    figure.download.iter_mut().for_each(|link| link.href = format!("/measures/{}.csv", answer.measure.id));
    *figure
}
