//! One cycle: what was graded, what is known of it, and the judgments of the forces side by side.

use super::{NOT_LOADED, Picture, cycle_address, forces, node_address};
use crate::{
    page::{self, Page, heading, link},
    routes::{Asked, Made},
    told::counted,
};
use inspection::{JudgmentValue, NodeId, framework::Framework};
use report::document::{Block, Column, Inline, Link, Table, paragraph, text};

pub(super) fn page(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let framework = public.framework(asked.parts.first()?)?;
    let judgments = public.judgments();
    let nodes = super::graded(framework);
    let pictures: Vec<Picture<'_>> = nodes.iter().map(|n| Picture::new(public, framework, n, &judgments)).collect();
    let title = format!("Judgments of {}", framework.title);
    let mut document =
        page::document(public, title, format!("What police forces were judged in the {} cycle.", framework.title));
    document.trail = vec![Link { text: "National picture".into(), href: "/index.html".into() }];
    let judged = public.forces().filter(|force| pictures.iter().any(|p| p.of(&force.id).is_some())).count();
    let known = match judged {
        0 => "no judgment of a single force is in the sources loaded".to_owned(),
        judged => {
            format!("judgments of {judged} of {} police forces are in the sources loaded", public.forces().count())
        }
    };
    let inspectorate = &framework.inspectorate.full_name;
    document.blocks.push(paragraph(format!("Inspected by {inspectorate}; {known}.")));
    if !framework.about.is_empty() {
        document.blocks.push(paragraph(framework.about.trim()));
    }
    document.blocks.push(paragraph(scale(framework)));
    document.blocks.extend([heading("graded", "What was graded"), Block::Table(asked_of_forces(&pictures))]);
    let columns = side_by_side(framework, &pictures);
    if judged > 0 && !columns.is_empty() {
        document.blocks.push(heading("forces", "The forces side by side"));
        document.blocks.push(Block::Table(grid(framework, &columns)));
    }
    document.blocks.push(heading("cycles", "Other cycles"));
    let others = public.folder.frameworks.iter().filter(|f| f.id != framework.id);
    let items = others.map(|f| vec![link(&*f.title, cycle_address(&f.id))]).collect();
    document.blocks.push(Block::List { ordered: false, items });
    Some(Page::new(document).into())
}

/// The scale, and with which cycles it is shared.
pub(super) fn scale(framework: &Framework) -> String {
    let grades: Vec<&str> = framework.scale().into_iter().map(inspection::Grade::words).collect();
    format!(
        "The scale has {} grades: {}. Grades are compared only with those of cycles on the same scale.",
        reference::quantity::in_words(grades.len()),
        report::words::listed(&grades)
    )
}

/// Every pillar and question that is graded, with what is known of it.
fn asked_of_forces(pictures: &[Picture<'_>]) -> Table {
    let row = |picture: &Picture<'_>| {
        let title = super::title(picture.framework, &picture.node);
        let is_known = picture.known() > 0 || picture.published().is_some();
        let name = match is_known {
            true => link(title, node_address(&picture.framework.id, &picture.node)),
            false => text(title),
        };
        let published = picture.published().map_or_else(
            || NOT_LOADED.to_owned(),
            |published| {
                let counts = published.counts.iter().filter(|(_, n)| *n > 0);
                let said: Vec<String> = counts.map(|(value, n)| format!("{n} {}", value.words())).collect();
                report::words::listed(&said)
            },
        );
        let known = if picture.known() == 0 { NOT_LOADED.to_owned() } else { forces(picture.known()) };
        vec![vec![name], vec![text(published)], vec![text(known)]]
    };
    Table {
        id: "graded-table".into(),
        caption: "What was graded in this cycle, and what of it is in the sources loaded".into(),
        columns: ["Pillar or question", "Published count of forces", "Judgments of single forces"]
            .map(|title| Column { title: title.into(), numeric: false })
            .into(),
        rows: pictures.iter().map(row).collect(),
        source: String::new(),
        notes: Vec::new(),
    }
}

/// The pillars; the questions of a cycle without pillars.
fn side_by_side<'p, 'a>(framework: &Framework, pictures: &'p [Picture<'a>]) -> Vec<&'p Picture<'a>> {
    let is_pillar = |node: &NodeId| framework.pillar(node.as_str()).is_some();
    pictures.iter().filter(|p| framework.pillars.is_empty() || is_pillar(&p.node)).collect()
}

/// The forces that something is known of, a row each.
fn grid(framework: &Framework, columns: &[&Picture<'_>]) -> Table {
    let public = columns[0].public;
    let rows = public.forces().filter(|force| columns.iter().any(|p| p.of(&force.id).is_some()));
    let row = |force: &reference::Force| {
        let name = vec![link(&*force.short_name, format!("/forces/{}.html", force.id))];
        std::iter::once(name).chain(columns.iter().map(|p| vec![Inline::Grade(p.badge(&force.id))])).collect::<Vec<_>>()
    };
    let rows: Vec<_> = rows.map(row).collect();
    let without = public.forces().count() - rows.len();
    let mut notes = Vec::new();
    if without > 0 {
        notes.push(format!(
            "{} no row: no judgment of any of these columns is in the sources loaded.",
            counted(without, "force has", "forces have")
        ));
    }
    let carried =
        columns.iter().any(|p| public.forces().any(|f| p.of(&f.id).is_some_and(|judged| judged.carried_over)));
    if carried {
        notes.push("A dashed edge and a year mark a judgment that was carried over from an earlier cycle.".into());
    }
    let unlike = columns.iter().any(|p| p.count(JudgmentValue::NotGraded) > 0);
    if unlike {
        notes.push("Not graded: inspected or due to be, and left without a grade for a reason that the page of the pillar gives.".into());
    }
    Table {
        id: "forces-table".into(),
        caption: format!("Judgments of police forces, {}", framework.title),
        columns: std::iter::once("Force".to_owned())
            .chain(columns.iter().map(|p| super::title(framework, &p.node)))
            .map(|title| Column { title, numeric: false })
            .collect(),
        rows,
        source: "Each judgment with its publication is on the page of its pillar or question, and of its force.".into(),
        notes,
    }
}
