//! The home page: where every force stands, as far as the sources loaded say.

use super::{Moves, NOT_LOADED, Picture, cycle_address, forces, graded, node_address, picture};
use crate::{
    Public,
    known::Judged,
    page::{self, Page, heading, link},
    routes::{Asked, Made},
};
use inspection::{JudgmentValue, NodeId, framework::Framework, record::FindingKind};
use reference::Force;
use report::{
    document::{Block, Column, Figure, Inline, Table, Tile, paragraph, text},
    words::listed,
};

/// What the page is made from.
struct Home<'a> {
    public: &'a Public,
    judgments: &'a [Judged<'a>],
    /// Every pillar or question that something is known of, the earliest cycle first.
    pictures: Vec<Picture<'a>>,
}

pub(super) fn page(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let judgments = public.judgments();
    let pictures = public.folder.frameworks.iter().flat_map(|framework| {
        let known = graded(framework).into_iter().filter(|node| picture::is_known(framework, node, &judgments));
        known.map(|node| Picture::new(public, framework, &node, &judgments)).collect::<Vec<_>>()
    });
    let home = Home { public, judgments: &judgments, pictures: pictures.collect() };
    let mut document = page::document(
        public,
        "Police inspections: the national picture",
        "What the police forces of England and Wales were judged, with every judgment and number traced to its source.",
    );
    document.blocks.push(paragraph(home.stands()));
    document.blocks.push(Block::Tiles { tiles: home.tiles() });
    document.blocks.push(heading("maps", "Where forces stand"));
    document.blocks.extend(home.maps());
    document.blocks.push(heading("forces", "Every force"));
    document.blocks.push(Block::Table(home.grid()));
    document.blocks.push(heading("counts", "Forces by grade"));
    document.blocks.extend(home.counts());
    document.blocks.push(heading("moves", "Moves between cycles"));
    document.blocks.extend(home.moves());
    document.blocks.extend([heading("cycles", "Every cycle"), home.cycles()]);
    Some(Page::new(document).into())
}

/// The pillars that have a grade in some cycle, in the order of the earliest cycle that has them, with their titles.
fn pillars(public: &Public) -> Vec<(NodeId, String)> {
    let mut found: Vec<(NodeId, String)> = Vec::new();
    for pillar in public.folder.frameworks.iter().flat_map(|f| &f.pillars).filter(|pillar| pillar.graded) {
        if let Ok(node) = pillar.id.parse()
            && !found.iter().any(|(id, _)| *id == node)
        {
            found.push((node, pillar.title.clone()));
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found
}

impl<'a> Home<'a> {
    /// One sentence of what the site is, one of where things stand.
    fn stands(&self) -> String {
        let count = self.public.forces().count();
        let whole = |p: &&Picture<'_>| p.unknown() == 0;
        let known: Vec<String> = self.newest().into_iter().filter(whole).map(|p| lower(&p.name_in_cycle())).collect();
        let stands = match known.as_slice() {
            [] => format!("Of no pillar are the judgments of all {count} forces in the sources loaded."),
            known => format!("The judgments of all {count} forces are in the sources loaded for {}.", listed(known)),
        };
        format!(
            "What inspectors found in the {count} police forces of England and Wales, with the way from every judgment and number to \
             the page that it was published on. {stands}"
        )
    }

    /// The newest picture of each pillar among those with the most forces known.
    fn newest(&self) -> Vec<&Picture<'a>> {
        let of = |(node, _): (NodeId, String)| {
            self.pictures.iter().filter(|p| p.node == node).max_by_key(|p| p.known()).filter(|p| p.known() > 1)
        };
        pillars(self.public).into_iter().filter_map(of).collect()
    }

    fn tiles(&self) -> Vec<Tile> {
        let findings = self.public.findings();
        let count = |kind| findings.iter().filter(|found| found.kind == kind).count();
        let own = self.judgments.iter().filter(|judged| !judged.carried_over);
        let cycles = &self.public.folder.frameworks;
        let span = match (cycles.first(), cycles.last()) {
            (Some(first), Some(last)) => format!("{} to {}", first.title, last.title),
            _ => String::new(),
        };
        let tile = |number: usize, label: &str, compared: Vec<Inline>| Tile {
            number: vec![text(number.to_string())],
            label: label.into(),
            compared,
        };
        vec![
            tile(self.public.forces().count(), "police forces", vec![link("Find your force", "/forces.html")]),
            tile(cycles.len(), "cycles of inspection", vec![text(span)]),
            tile(own.count(), "judgments of pillars and questions", vec![text("Carried-over ones counted once")]),
            tile(
                count(FindingKind::CauseOfConcern)
                    + count(FindingKind::Recommendation)
                    + count(FindingKind::AreaForImprovement),
                "things that forces were asked to put right",
                vec![link("Recommendations and how they stand", "/register.html")],
            ),
        ]
    }

    fn maps(&self) -> Vec<Block> {
        let maps: Vec<Figure> =
            self.newest().into_iter().filter(|p| p.unknown() == 0).zip(1..).filter_map(|(p, n)| p.map(n)).collect();
        let mut blocks = Vec::new();
        let mut maps = maps.into_iter();
        while let Some(first) = maps.next() {
            blocks.push(match maps.next() {
                Some(second) => Block::Pair { first: Box::new(first), second: Box::new(second) },
                None => Block::Figure(Box::new(first)),
            });
        }
        if blocks.is_empty() {
            blocks.push(paragraph(
                "Of no pillar are the judgments of all forces in the sources loaded, so there is no map.",
            ));
        }
        blocks
    }

    /// The latest judgment of each force on each pillar, with its cycle.
    fn grid(&self) -> Table {
        let pillars = pillars(self.public);
        let row = |force: &Force| {
            let name = vec![link(&*force.short_name, format!("/forces/{}.html", force.id))];
            std::iter::once(name).chain(pillars.iter().map(|(node, _)| self.latest(force, node))).collect()
        };
        Table {
            id: "forces-table".into(),
            caption: "Latest judgment of each police force on each pillar, with its cycle".into(),
            columns: std::iter::once("Force".to_owned())
                .chain(pillars.iter().map(|(_, title)| title.clone()))
                .map(|title| Column { title, numeric: false })
                .collect(),
            rows: self.public.forces().map(row).collect(),
            source: "Each judgment with its publication is on the page of its force.".into(),
            notes: self.notes_of_grid(&pillars),
        }
    }

    fn notes_of_grid(&self, pillars: &[(NodeId, String)]) -> Vec<String> {
        let carried = |node: &NodeId| {
            let of = |force: &Force| self.shown(force, node).is_some_and(|(_, judged)| judged.carried_over);
            self.public.forces().any(of)
        };
        let mut notes =
            vec!["Latest means the latest in the sources loaded: a force may have been judged again since.".to_owned()];
        if pillars.iter().any(|(node, _)| carried(node)) {
            notes.push("A dashed edge marks a judgment that was carried over from an earlier cycle; its year is that of the judgment.".into());
        }
        notes.push("From 2021/22 questions are graded, not pillars, on another scale.".into());
        notes
    }

    /// The latest judgment of a force on a pillar, in its picture.
    fn shown(&self, force: &Force, node: &NodeId) -> Option<(&Picture<'_>, &Judged<'_>)> {
        self.pictures.iter().rev().filter(|p| p.node == *node).find_map(|p| Some((p, p.of(&force.id)?)))
    }

    fn latest(&self, force: &Force, node: &NodeId) -> Vec<Inline> {
        let Some((found, _)) = self.shown(force, node) else { return vec![Inline::Grade(picture::not_loaded())] };
        let cycle = link(&*found.framework.title, node_address(&found.framework.id, node));
        vec![Inline::Grade(found.badge(&force.id)), text(" "), cycle]
    }

    /// Every count of all forces: as published, or from the grades of all of them. A table a scale, since scales are not compared.
    fn counts(&self) -> Vec<Block> {
        let whole = |p: &&Picture<'_>| p.unknown() == 0 || p.published().is_some();
        let pictures: Vec<&Picture<'_>> = self.pictures.iter().filter(whole).collect();
        let mut blocks = Vec::new();
        let mut scales: Vec<&Framework> = Vec::new();
        for picture in &pictures {
            if !scales.iter().any(|other| other.same_scale(picture.framework)) {
                scales.push(picture.framework);
            }
        }
        for (index, scale) in scales.into_iter().enumerate() {
            let of: Vec<&Picture<'_>> = pictures.iter().filter(|p| p.framework.same_scale(scale)).copied().collect();
            blocks.push(Block::Table(counted(&of, index)));
        }
        if blocks.is_empty() {
            blocks.push(paragraph("No count of all forces is in the sources loaded."));
        }
        blocks
    }

    fn moves(&self) -> Vec<Block> {
        let pillars = pillars(self.public);
        let of_pillar = self.pictures.iter().filter(|p| pillars.iter().any(|(node, _)| *node == p.node));
        let row = |picture: &Picture<'_>| {
            let moves = Moves::of(picture, self.judgments)?;
            let [up, same, down] = moves.counts();
            let (from, to) = (&moves.from.title, &picture.framework.title);
            let title = format!("{}, {from} to {to}", super::title(picture.framework, &picture.node));
            let address = format!("{}#moves", node_address(&picture.framework.id, &picture.node));
            let number = |n: usize| vec![text(n.to_string())];
            Some(vec![vec![link(title, address)], number(moves.moves.len()), number(up), number(same), number(down)])
        };
        let rows: Vec<_> = of_pillar.filter_map(row).collect();
        let mut blocks = Vec::new();
        if !rows.is_empty() {
            let numeric = |title: &str| Column { title: title.into(), numeric: true };
            blocks.push(Block::Table(Table {
                id: "moves-table".into(),
                caption: "Forces with a grade of their own in both cycles, by what became of it".into(),
                columns: vec![
                    Column { title: "Pillar and cycles".into(), numeric: false },
                    numeric("Forces"),
                    numeric("Up"),
                    numeric("The same"),
                    numeric("Down"),
                ],
                rows,
                source: String::new(),
                notes: vec![
                    "Only forces whose grades of both cycles are in the sources loaded; the questions below a pillar change from \
                     cycle to cycle."
                        .into(),
                ],
            }));
        }
        blocks.extend(self.breaks().into_iter().map(paragraph));
        blocks
    }

    /// Where one scale ends and another begins.
    fn breaks(&self) -> Vec<String> {
        let pairs = self.public.folder.frameworks.windows(2).filter(|pair| !pair[0].same_scale(&pair[1]));
        let said = pairs.map(|pair| {
            format!(
                "From {} to {} no moves are told: the scale went from {} to {} grades, and a grade on one says nothing about a grade \
                 on the other.",
                pair[0].title,
                pair[1].title,
                reference::quantity::in_words(pair[0].scale().len()),
                reference::quantity::in_words(pair[1].scale().len())
            )
        });
        said.collect()
    }

    fn cycles(&self) -> Block {
        let item = |framework: &Framework| {
            let of = self.pictures.iter().filter(|p| p.framework.id == framework.id);
            let most = of.clone().map(Picture::known).max().unwrap_or(0);
            let known = match (most, of.clone().any(|p| p.published().is_some())) {
                (0, false) => format!("judgments {NOT_LOADED}"),
                (0, true) => "published counts only".to_owned(),
                (most, _) => format!("judgments of up to {}", forces(most)),
            };
            vec![link(&*framework.title, cycle_address(&framework.id)), text(format!(": {known}"))]
        };
        Block::List { ordered: false, items: self.public.folder.frameworks.iter().map(item).collect() }
    }
}

/// The counts of pillars and questions that share a scale, a row each.
fn counted(pictures: &[&Picture<'_>], index: usize) -> Table {
    let mut values: Vec<JudgmentValue> = Vec::new();
    for value in pictures.iter().flat_map(|p| p.values()) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    let row = |p: &&Picture<'_>| {
        let published = p.published();
        let number = |value: &JudgmentValue| match &published {
            Some(published) => published.of(*value).map(|n| n.to_string()),
            None => Some(p.count(*value).to_string()),
        };
        let title = link(p.title(), node_address(&p.framework.id, &p.node));
        let how = match (published.is_some(), p.agrees()) {
            (true, Some(true)) if p.is_counted_from_its_grades() => {
                "Counted from a published list of all forces’ grades, the one that the grades here are from"
            }
            (true, Some(true)) => "Published; the forces’ own grades agree",
            (true, Some(false)) => "Published; the forces’ own grades differ",
            (true, None) => "Published; the grades of the single forces are not in the sources loaded",
            (false, _) => "Counted from the forces’ own grades",
        };
        let how = match p.known() {
            known if published.is_some() && known > 0 && p.unknown() > 0 => {
                format!(
                    "Published; of the single forces only the grades of {} are in the sources loaded",
                    forces(known)
                )
            }
            _ => how.to_owned(),
        };
        let numbers = values.iter().map(|value| vec![text(number(value).unwrap_or_else(|| "–".into()))]);
        std::iter::once(vec![title]).chain(numbers).chain([vec![text(how)]]).collect()
    };
    let numeric = |value: &JudgmentValue| Column { title: report::words::upper_first(value.words()), numeric: true };
    let last = pictures.last().map(|p| p.framework.title.as_str()).unwrap_or_default();
    let first = pictures.first().map(|p| p.framework.title.as_str()).unwrap_or_default();
    Table {
        id: format!("counts-table-{}", index + 1),
        caption: format!("Number of police forces by grade, {first} to {last}"),
        columns: std::iter::once(Column { title: "Pillar or question and cycle".into(), numeric: false })
            .chain(values.iter().map(numeric))
            .chain([Column { title: "How it is known".into(), numeric: false }])
            .collect(),
        rows: pictures.iter().map(row).collect(),
        source: "Each count with its publication is on the page that its row leads to.".into(),
        notes: Vec::new(),
    }
}

fn lower(words: &str) -> String {
    report::words::lower_first(words)
}
