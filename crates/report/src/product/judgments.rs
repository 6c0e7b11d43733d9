//! Grades, scope, the force beside similar ones, and where it stands.

use super::studio::Studio;
use crate::words::listed;
use crate::{
    chart::{Chart, GridRow, Role},
    desk::House,
    document::{Badge, Block, Column, Figure, Inline, Table, paragraph, text},
    pack::numbers::Kind as Number,
};
use inspection::{
    NodeId,
    framework::{Framework, Known},
    record::{ScopeLine, ScopeStatus, Standing},
};
use reference::{AreaId, Group, quantity::in_words};

/// A judgment as a badge, on its own framework's scale.
pub(super) fn badge(
    framework: &Framework,
    standing: Option<&Standing<'_>>,
    cycles: &[Framework],
    asked: &str,
) -> Badge {
    let Some(standing) = standing else { return Badge::not_known() };
    let made_in = cycles.iter().find(|f| f.id == standing.cycle);
    let carried_over = (standing.cycle != asked).then(|| made_in.map_or(standing.cycle, |f| &f.title).to_owned());
    Badge { carried_over, ..Badge::of(standing.value, &made_in.unwrap_or(framework).scale()) }
}

/// The latest judgment of a place: that of the cycle, else that of the pillar or question that it follows from, where the framework
/// says that the two can be compared. The same id can belong to another question in another cycle.
pub(super) fn stands<'r>(
    house: &'r House<'_>,
    force: &AreaId,
    framework: &'r Framework,
    node: &NodeId,
) -> Option<Standing<'r>> {
    if let Some(found) = house.record.standing(&framework.id, force, node) {
        return Some(found);
    }
    let earlier = |f: &&&Framework| f.data_until < framework.data_until && f.same_scale(framework);
    let Some(question) = framework.question(node) else {
        let before = house.frameworks.iter().rev().find(|f| earlier(&f))?;
        return stands(house, force, before, node);
    };
    let origin = question.origin.as_ref().filter(|o| o.comparable != Known::No)?;
    let (cycle, place) = origin.node.split_once('/')?;
    let before = house.frameworks.iter().filter(|f| earlier(&f)).find(|f| f.id == cycle)?;
    stands(house, force, before, &place.parse().ok()?)
}

impl Studio<'_, '_, '_> {
    pub(super) fn badge_of(&self, node: &NodeId) -> Option<Badge> {
        let house = self.desk.house;
        let standing = house.record.standing(&house.framework.id, &self.desk.force.id, node)?;
        Some(badge(house.framework, Some(&standing), house.frameworks, &house.framework.id))
    }

    /// Binds the judgment of a place, so that it is in the manifest.
    fn bind_judgment(&mut self, node: &NodeId) {
        let argument = |value: &str| crate::draft::Argument { name: None, value: value.to_owned() };
        for name in ["grade", "last_inspected"] {
            let call =
                crate::draft::Call { name: name.into(), arguments: vec![argument(node.as_str())], expects: None };
            if self.desk.house.record.standing(&self.desk.house.framework.id, &self.desk.force.id, node).is_some() {
                let _bound = self.desk.print(&call);
            }
        }
    }

    /// The grade of the place, as a line of its own.
    pub(super) fn judgment(&mut self, place: Option<&NodeId>) -> Vec<Block> {
        let Some(badge) = place.and_then(|n| self.badge_of(n)) else { return Vec::new() };
        place.cloned().iter().for_each(|n| self.bind_judgment(n));
        vec![Block::Paragraph { text: vec![Inline::Grade(badge)] }]
    }

    /// The grades of every question, with the cycle of the last inspection.
    pub(super) fn judgments(&mut self) -> Vec<Block> {
        let house = self.desk.house;
        let framework = house.framework;
        let pillars: Vec<(Option<NodeId>, String)> = if framework.pillars.is_empty() {
            vec![(None, "Questions".into())]
        } else {
            framework.pillars.iter().map(|p| (p.id.parse().ok(), p.title.clone())).collect()
        };
        let mut blocks = Vec::new();
        for (pillar, title) in pillars {
            let mut rows = Vec::new();
            let questions: Vec<(NodeId, String)> = framework
                .questions()
                .filter(|(n, _)| pillar.as_ref().is_none_or(|p| n.within(p)))
                .map(|(n, q)| (n, q.name("table").to_owned()))
                .collect();
            for (node, name) in questions {
                let Some(standing) = house.record.standing(&framework.id, &self.desk.force.id, &node) else { continue };
                let cycle = standing.cycle.to_owned();
                let badge = badge(framework, Some(&standing), house.frameworks, &framework.id);
                self.bind_judgment(&node);
                let reference = format!("last-inspected.{}.{node}", self.desk.force.id);
                let year = self.title_of(&cycle);
                let year = match self.desk.numbers.0.get(&reference) {
                    Some(d) if d.kind == Number::Decided => self.desk.again(&reference),
                    _ => None,
                }
                .unwrap_or_else(|| text(year));
                rows.push(vec![
                    vec![text(name)],
                    vec![Inline::Grade(Badge { carried_over: None, ..badge })],
                    vec![year],
                ]);
            }
            if rows.is_empty() {
                continue;
            }
            let columns =
                ["Question", "Judgment", "Last inspected"].map(|t| Column { title: t.into(), numeric: false }).into();
            blocks.push(Block::Table(Table {
                id: self.id(&format!("judgments {title}")),
                caption: format!("{title}: judgments of {}", self.desk.force.short_name),
                columns,
                rows,
                source: String::new(),
                notes: Vec::new(),
            }));
        }
        blocks
    }

    pub(super) fn title_of(&self, cycle: &str) -> String {
        self.desk.house.frameworks.iter().find(|f| f.id == cycle).map_or_else(|| cycle.to_owned(), |f| f.title.clone())
    }

    /// Which questions were inspected.
    pub(super) fn scope(&mut self) -> Vec<Block> {
        let framework = self.desk.house.framework;
        let lines: Vec<Vec<Vec<Inline>>> = framework
            .questions()
            .filter_map(|(node, question)| {
                let line = self.desk.inspection.scope.iter().find(|l| l.node == node)?;
                let answer = match line.status {
                    ScopeStatus::Inspected => "Yes",
                    ScopeStatus::CarriedOver | ScopeStatus::NotInspected => "No",
                    ScopeStatus::LimitedReview => "No: limited review",
                };
                let reason = if line.reason.is_empty() { "not stated" } else { &line.reason };
                Some(vec![vec![text(question.name("scope"))], vec![text(answer)], vec![text(reason)]])
            })
            .collect();
        if lines.is_empty() {
            return Vec::new();
        }
        let inspected = self.desk.inspection.scope.iter().filter(|l| l.status == ScopeStatus::Inspected).count();
        let yes = self.desk.count_of(inspected, "areas-inspected");
        let title = framework.title.clone();
        let mut sentence = vec![text(format!("{} was inspected in ", self.desk.force.name)), yes];
        let carried = |l: &ScopeLine| matches!(l.status, ScopeStatus::CarriedOver | ScopeStatus::LimitedReview);
        let others = self.desk.inspection.scope.iter().filter(|l| l.status != ScopeStatus::Inspected);
        let all_stand = others.into_iter().all(carried);
        let of = format!(" of the {} areas of the framework.", in_words(lines.len()));
        if inspected < lines.len() && all_stand {
            let no = self.desk.count_of(lines.len() - inspected, "areas-not-inspected");
            sentence.extend([text(format!("{of} In the other ")), no, text(" an earlier judgment stands.")]);
        } else {
            sentence.push(text(of));
        }
        let columns = ["Area", &format!("Inspected in {title}?"), "Why"]
            .map(|t| Column { title: t.into(), numeric: false })
            .into();
        let table = Table {
            id: self.id("scope"),
            caption: format!(
                "Areas of the framework of {title} and whether {} was inspected",
                self.desk.force.short_name
            ),
            columns,
            rows: lines,
            source: String::new(),
            notes: Vec::new(),
        };
        vec![Block::Paragraph { text: sentence }, Block::Table(table)]
    }

    /// The force's pillar judgments beside those of its most similar group, each with the cycle it is from.
    pub(super) fn similar(&mut self) -> Vec<Block> {
        let house = self.desk.house;
        let (framework, register) = (house.framework, house.study.register);
        let force = self.desk.force;
        let members = match register.most_similar(&force.id, framework.data_until) {
            Group::Members(members) => members,
            Group::None => {
                return vec![paragraph(format!(
                    "No force is similar enough to {} to form a group with it.",
                    force.name
                ))];
            }
            Group::NotSupplied => {
                return vec![paragraph(format!(
                    "The most similar group of {} has not been supplied, so its judgments are not set beside others.",
                    force.name
                ))];
            }
        };
        let pillars = framework.pillars.iter().filter(|p| p.graded);
        let pillars = pillars.filter_map(|p| Some((p.id.parse().ok()?, p.title.clone())));
        let questions = framework.questions().filter(|(_, q)| framework.pillars.is_empty() && q.graded);
        let questions = questions.map(|(node, q)| (node, q.name("table").to_owned()));
        let places: Vec<(NodeId, String)> = pillars.chain(questions).collect();
        let mut rows = Vec::new();
        let (mut earlier, mut unknown): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        let others = members.iter().filter(|m| **m != force.id);
        for member in std::iter::once(&force.id).chain(others) {
            let name = self.short_name(member);
            let mut cells = Vec::new();
            for (node, _) in &places {
                let standing = stands(house, member, framework, node);
                let cell = badge(framework, standing.as_ref(), house.frameworks, &framework.id);
                let list = match (&standing, &cell.carried_over) {
                    (None, _) => Some(&mut unknown),
                    (Some(_), Some(_)) => Some(&mut earlier),
                    _ => None,
                };
                if let Some(list) = list.filter(|l| !l.contains(&name)) {
                    list.push(name.clone());
                }
                cells.push(cell);
            }
            let role = if *member == force.id { Role::Force } else { Role::Group };
            rows.push(GridRow { name, role, cells });
        }
        let names: Vec<String> = members.iter().filter(|m| **m != force.id).map(|m| self.full_name(m)).collect();
        let number = self.desk.count_of(names.len(), "most-similar-forces");
        let mut about = vec![
            text(format!(
                "{} is compared with the forces of its most similar group: forces whose areas are alike in people, economy and society. There {} ",
                force.name,
                if names.len() == 1 { "is" } else { "are" }
            )),
            number,
        ];
        about.push(text(format!(" of them: {}.", listed(&names))));
        if places.is_empty() {
            return vec![Block::Paragraph { text: about }];
        }
        let mut notes = Vec::new();
        if !earlier.is_empty() {
            notes.push(format!("A dashed edge and a year mark a judgment of an earlier cycle: those of {}. Cycles are mixed in this figure.", listed(&earlier)));
        }
        if !unknown.is_empty() {
            notes.push(format!(
                "Not known: the sources loaded here do not say what was judged of {}.",
                listed(&unknown)
            ));
        }
        let beside = match framework.pillars.is_empty() {
            true => Block::Table(self.side_by_side(&places, &rows, notes)),
            false => Block::Figure(Box::new(self.grid(&places, rows, notes))),
        };
        vec![Block::Paragraph { text: about }, beside]
    }

    /// The judgments of forces on questions, of which there are too many for a figure: a row a question, a column a force.
    fn side_by_side(&mut self, questions: &[(NodeId, String)], forces: &[GridRow], notes: Vec<String>) -> Table {
        let titles = std::iter::once("Question".to_owned()).chain(forces.iter().map(|f| f.name.clone()));
        let row = |(place, (_, name)): (usize, &(NodeId, String))| {
            let badges = forces.iter().map(|f| vec![Inline::Grade(f.cells[place].clone())]);
            std::iter::once(vec![text(name)]).chain(badges).collect()
        };
        let (force, cycle) = (&self.desk.force.short_name, &self.desk.house.framework.title);
        Table {
            caption: format!("Judgments of {force} and of its most similar group, {cycle}"),
            columns: titles.map(|title| Column { title, numeric: false }).collect(),
            rows: questions.iter().enumerate().map(row).collect(),
            source: "Judgments on record, each taken over from a publication.".into(),
            notes,
            id: self.id("judgments-beside-others"),
        }
    }

    fn grid(&mut self, pillars: &[(NodeId, String)], rows: Vec<GridRow>, notes: Vec<String>) -> Figure {
        self.desk.figures += 1;
        let number = self.desk.figures;
        let (place, cycle) = (self.desk.force.short_name.clone(), self.desk.house.framework.title.clone());
        let own: Vec<Badge> = rows.first().map(|r| r.cells.clone()).unwrap_or_default();
        let say = |((_, title), badge): (&(NodeId, String), &Badge)| format!("{} {}", title.to_lowercase(), badge.word);
        let said: Vec<String> = pillars.iter().zip(&own).map(say).collect();
        let graded: Vec<String> = pillars.iter().zip(&own).filter(|(_, b)| b.steps.is_some()).map(say).collect();
        let headline = match graded.as_slice() {
            [] => format!("{place} beside its most similar group"),
            graded => format!("{place} is judged {}", listed(graded)),
        };
        let words = |b: &Badge| match &b.carried_over {
            Some(year) => format!("{} ({year})", b.word),
            None => b.word.clone(),
        };
        let lines = rows
            .iter()
            .map(|r| std::iter::once(vec![text(&r.name)]).chain(r.cells.iter().map(|c| vec![text(words(c))])).collect())
            .collect();
        let columns = std::iter::once("Force".to_owned())
            .chain(pillars.iter().map(|(_, t)| t.clone()))
            .map(|title| Column { title, numeric: false })
            .collect();
        let subtitle = format!("Pillar judgments, {place} and its most similar group, {cycle}");
        let id = format!("figure-{number}");
        let source = "Judgments on record, each taken over from a publication.".to_owned();
        let table = Table {
            id: format!("{id}-data"),
            caption: format!("Figure {number}: {subtitle}"),
            columns,
            rows: lines,
            source: source.clone(),
            notes: Vec::new(),
        };
        Figure {
            id,
            number,
            headline,
            subtitle,
            alternative: format!(
                "A grid of {} forces and {} pillars. {place}, the first row: {}.",
                rows.len(),
                pillars.len(),
                listed(&said)
            ),
            chart: Chart::Grid { columns: pillars.iter().map(|(_, t)| t.clone()).collect(), rows },
            table,
            source,
            notes,
            download: None,
        }
    }

    pub(super) fn short_name(&self, id: &AreaId) -> String {
        self.desk.house.study.register.force(id.as_str()).map_or_else(|| id.to_string(), |f| f.short_name.clone())
    }

    pub(super) fn full_name(&self, id: &AreaId) -> String {
        self.desk.house.study.register.force(id.as_str()).map_or_else(|| id.to_string(), |f| f.name.clone())
    }
}
