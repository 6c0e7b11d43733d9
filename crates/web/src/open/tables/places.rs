//! Forces, bodies, cycles and the places of their frameworks.

use crate::open::table::{Holds, Table, column, list, maybe, text, yes};
use inspection::{
    NodeId,
    framework::{Framework, Known},
};
use report::dataset::Cell;

/// The forces in scope.
pub(super) const FORCES: Table = Table {
    id: "forces",
    title: "Police forces",
    row: "a police force",
    about: "The territorial police forces of England and Wales that are inspected.",
    source: "Register of the inspectorate; codes of the Office for National Statistics",
    columns: &[
        column("id", "Force", Holds::Code, "The id of the force, as data.police.uk writes it"),
        column("ons_code", "ONS code", Holds::Code, "The nine-character code of its police force area"),
        column("name", "Name", Holds::Words, "Its legal name"),
        column("short_name", "Short name", Holds::Words, "The name that tables print"),
        column("country", "Country", Holds::Code, "England or Wales"),
        column("region", "Region", Holds::Code, "The region, as the Home Office groups forces"),
    ],
    rows: |public| {
        let row = |force: &reference::Force| {
            vec![
                text(force.id.as_str()),
                text(&force.ons_code),
                text(&force.name),
                text(&force.short_name),
                text(&force.country),
                text(&force.region),
            ]
        };
        public.forces().map(row).collect()
    },
};

/// The bodies that findings can be addressed to.
pub(super) const BODIES: Table = Table {
    id: "bodies",
    title: "Bodies",
    row: "a body other than a force",
    about: "Local policing bodies and national bodies: who besides a force can be asked to act.",
    source: "Register of the inspectorate",
    columns: &[
        column("id", "Body", Holds::Code, "The id of the body"),
        column("name", "Name", Holds::Words, "Its name"),
        column("kind", "Kind", Holds::Code, "local-policing-body, government, college, council or other"),
        column("force", "Force", Holds::Code, "The force that it oversees; not applicable for a national body"),
    ],
    rows: |public| {
        let row = |body: &ingest::register_file::Body| {
            vec![
                text(&body.id),
                text(&body.name),
                text(&body.kind),
                maybe(body.force.as_ref().map(ToString::to_string)),
            ]
        };
        public.folder.bodies.iter().map(row).collect()
    },
};

/// The cycles.
pub(super) const CYCLES: Table = Table {
    id: "cycles",
    title: "Cycles of inspection",
    row: "a cycle",
    about: "Each round of inspections, with its scale of grades. Grades of different scales are not comparable, even where they have the same word.",
    source: "Frameworks of the inspectorate; sources as stated in each row",
    columns: &[
        column("id", "Cycle", Holds::Code, "The id of the cycle"),
        column("title", "Title", Holds::Words, "As printed"),
        column("inspectorate", "Inspectorate", Holds::Words, "Who inspected, under the name of the time"),
        column("scale", "Scale", Holds::Codes, "Its grades, the best first"),
        column("data_until", "Figures until", Holds::Day, "The last day of the figures that its documents show"),
        column("about", "About", Holds::Words, "What the cycle is"),
        column("source", "Source", Holds::Words, "Where its facts are from"),
    ],
    rows: |public| {
        let row = |framework: &Framework| {
            vec![
                text(&framework.id),
                text(&framework.title),
                text(&framework.inspectorate.name),
                list(framework.scale().into_iter().map(inspection::Grade::id)),
                Cell::Date(framework.data_until),
                text(framework.about.trim()),
                text(framework.source.trim()),
            ]
        };
        public.folder.frameworks.iter().map(row).collect()
    },
};

/// The places of all frameworks.
pub(super) const PLACES: Table = Table {
    id: "places",
    title: "Places in the frameworks",
    row: "a pillar, question or part of a question in a cycle",
    about: "What is asked of a force in each cycle: pillars, questions and their parts. Judgments and findings name these places.",
    source: "Frameworks of the inspectorate",
    columns: &[
        column("id", "Place", Holds::Code, "Cycle and place together, such as 2016/legitimacy.q2"),
        column("cycle", "Cycle", Holds::Code, "The cycle"),
        column("node", "Node", Holds::Code, "The place in its framework"),
        column("kind", "Kind", Holds::Code, "pillar, question or part"),
        column("parent", "Parent", Holds::Code, "The place above it, as an id of this table"),
        column("name", "Name", Holds::Words, "What it asks or is called"),
        column("graded", "Graded", Holds::Code, "yes or no; not applicable for parts"),
        column(
            "inspected",
            "Inspected",
            Holds::Code,
            "Whether it was inspected in this cycle: yes or no; not applicable for pillars and parts",
        ),
        column(
            "follows",
            "Follows",
            Holds::Code,
            "The question of an earlier cycle that it follows from, as an id of this table",
        ),
        column(
            "comparable",
            "Comparable",
            Holds::Code,
            "Whether its grade can be compared with that of the question it follows: yes, partly or no",
        ),
    ],
    rows: |public| public.folder.frameworks.iter().flat_map(places).collect(),
};

fn places(framework: &Framework) -> Vec<Vec<Cell>> {
    let row = |node: NodeId| {
        let itself = framework.questions().find(|(id, _)| *id == node).map(|(_, question)| question);
        let pillar = framework.pillar(node.as_str());
        let kind = match (pillar, itself) {
            (Some(_), _) => "pillar",
            (None, Some(_)) => "question",
            (None, None) => "part",
        };
        let graded = pillar.map(|p| p.graded).or(itself.map(|q| q.graded));
        let origin = itself.and_then(|q| q.origin.as_ref());
        let said = |is: bool| if is { "yes" } else { "no" };
        vec![
            text(format!("{}/{node}", framework.id)),
            text(&framework.id),
            text(node.as_str()),
            text(kind),
            maybe(node.parent().map(|above| format!("{}/{above}", framework.id))),
            text(pillar.map(|p| p.title.clone()).unwrap_or_else(|| framework.name(&node, "heading"))),
            graded.map_or_else(|| maybe(None::<String>), yes),
            maybe(itself.map(|q| said(q.inspected))),
            maybe(origin.map(|o| o.node.clone())),
            maybe(origin.map(|o| match o.comparable {
                Known::Yes => "yes",
                Known::Partly => "partly",
                Known::No => "no",
            })),
        ]
    };
    framework.nodes().into_iter().map(row).collect()
}
