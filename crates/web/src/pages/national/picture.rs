//! The judgments of all forces on one pillar or question in one cycle.

use super::NOT_LOADED;
use crate::{
    Public, grades,
    known::{Judged, Source},
    page::link,
};
use inspection::{JudgmentValue, NodeId, Published, framework::Framework};
use reference::{AreaId, Force};
use report::{
    chart::{Chart, MapKey, MapTile},
    document::{Badge, Column, Figure, Inline, Table, text},
    words::{listed, upper_first},
};
use std::collections::BTreeMap;

/// The judgments of all forces on one pillar or question in one cycle.
pub struct Picture<'a> {
    /// What everybody may know.
    pub public: &'a Public,
    /// The framework of the cycle.
    pub framework: &'a Framework,
    /// The pillar or question.
    pub node: NodeId,
    /// What is known, by force.
    judged: BTreeMap<&'a AreaId, &'a Judged<'a>>,
}

/// Whether anything is known of a pillar or question: a judgment, or a published count.
pub(super) fn is_known(framework: &Framework, node: &NodeId, judgments: &[Judged<'_>]) -> bool {
    framework.published(node).is_some() || judgments.iter().any(|j| j.cycle == framework.id && j.node == *node)
}

impl<'a> Picture<'a> {
    /// Of these judgments those of a pillar or question in a cycle; the last counts where there are two of a force.
    #[must_use]
    pub fn new(public: &'a Public, framework: &'a Framework, node: &NodeId, judgments: &'a [Judged<'a>]) -> Self {
        let here = judgments.iter().filter(|j| j.cycle == framework.id && j.node == *node);
        let in_scope = here.filter(|j| public.force(j.force.as_str()).is_some());
        Self { public, framework, node: node.clone(), judged: in_scope.map(|j| (&j.force, j)).collect() }
    }

    /// What is known of a force; `None` where no source that is loaded says.
    #[must_use]
    pub fn of(&self, force: &AreaId) -> Option<&'a Judged<'a>> {
        self.judged.get(force).copied()
    }

    /// Of how many forces something is known.
    #[must_use]
    pub fn known(&self) -> usize {
        self.judged.len()
    }

    /// Of how many forces nothing is known.
    #[must_use]
    pub fn unknown(&self) -> usize {
        self.public.forces().count() - self.known()
    }

    /// How many forces have a judgment.
    #[must_use]
    pub fn count(&self, value: JudgmentValue) -> usize {
        self.judged.values().filter(|judged| judged.value == value).count()
    }

    /// The grades of the scale, the best first, then those values without a grade that a force has or a count names.
    #[must_use]
    pub fn values(&self) -> Vec<JudgmentValue> {
        let published = self.published();
        let others =
            [JudgmentValue::Ungraded, JudgmentValue::NotInspected, JudgmentValue::ToBeGraded, JudgmentValue::NotGraded];
        let met = |value: &JudgmentValue| {
            self.count(*value) > 0 || published.as_ref().and_then(|p| p.of(*value)).is_some_and(|n| n > 0)
        };
        self.framework.scale().into_iter().map(JudgmentValue::Graded).chain(others.into_iter().filter(met)).collect()
    }

    /// The count that was published.
    #[must_use]
    pub fn published(&self) -> Option<Published<'a>> {
        self.framework.published(&self.node)
    }

    /// Whether the published count is that of the forces' grades; `None` where one of the two is not known whole.
    #[must_use]
    pub fn agrees(&self) -> Option<bool> {
        let published = self.published().filter(|_| self.unknown() == 0)?;
        Some(self.values().into_iter().all(|v| usize::try_from(published.of(v).unwrap_or(0)) == Ok(self.count(v))))
    }

    /// Whether the published count was itself counted from the list that the grades here are from: then that they agree shows nothing.
    #[must_use]
    pub fn is_counted_from_its_grades(&self) -> bool {
        let Some(address) = self.published().and_then(|published| published.address) else { return false };
        let from_it = |source: &Source<'_>| matches!(source, Source::Taken(_, publication) if publication.address.as_deref() == Some(address));
        2 * self.judged.values().filter(|judged| from_it(&judged.source)).count() > self.known()
    }

    /// The forces with a judgment, by name.
    pub fn with(&self, value: JudgmentValue) -> Vec<&'a Force> {
        let has = |force: &&Force| self.of(&force.id).is_some_and(|judged| judged.value == value);
        self.public.forces().filter(has).collect()
    }

    /// "1 outstanding, 28 good, 13 requires improvement, 1 inadequate"; a grade that no force has is left out.
    #[must_use]
    pub fn said(&self) -> String {
        let counted = self.values().into_iter().map(|value| (value, self.count(value)));
        let mut said: Vec<String> =
            counted.filter(|(_, n)| *n > 0).map(|(value, n)| format!("{n} {}", value.words())).collect();
        if self.unknown() > 0 {
            said.push(format!("{} {NOT_LOADED}", self.unknown()));
        }
        listed(&said)
    }

    /// "Effectiveness, 2016".
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}, {}", super::title(self.framework, &self.node), self.framework.title)
    }

    /// "Effectiveness in 2016".
    #[must_use]
    pub fn name_in_cycle(&self) -> String {
        format!("{} in {}", super::title(self.framework, &self.node), self.framework.title)
    }

    /// What a force's judgment looks like.
    #[must_use]
    pub fn badge(&self, force: &AreaId) -> Badge {
        self.of(force).map_or_else(not_loaded, |judged| grades::badge(self.public, judged))
    }

    fn badge_of(&self, value: JudgmentValue) -> Badge {
        Badge::of(value, &self.framework.scale())
    }

    /// The forces on a map of tiles; `None` where the register has no map or too little is known to make one.
    #[must_use]
    pub fn map(&self, number: u32) -> Option<Figure> {
        if self.public.folder.tiles.is_empty() || self.known() < 2 {
            return None;
        }
        let id = format!("map-{}-{}", self.framework.id, self.node.as_str().replace('.', "-"));
        let count = self.public.forces().count();
        let subtitle = format!("{}; {count} police forces, one tile a force", self.title());
        Some(Figure {
            number,
            headline: format!("{}: {}", self.name_in_cycle(), self.said()),
            alternative: self.alternative(),
            chart: self.tiles(),
            table: self.table(format!("{id}-data"), format!("Figure {number}: {subtitle}")),
            subtitle,
            source: self.sources(),
            notes: self.notes(),
            download: None,
            id,
        })
    }

    fn tiles(&self) -> Chart {
        let tile = |force: &'a Force| {
            let tile = self.public.folder.tiles.get(&force.id)?;
            let (name, shorter) = (force.short_name.clone(), tile.name.clone());
            Some(MapTile { name, shorter, column: tile.column, row: tile.row, badge: self.badge(&force.id) })
        };
        let key = |value: JudgmentValue| {
            let badge = self.badge_of(value);
            let words = format!("{}: {}", badge.title(), self.count(value));
            MapKey { badge, words }
        };
        let mut keys: Vec<MapKey> = self.values().into_iter().map(key).collect();
        if self.unknown() > 0 {
            let badge = not_loaded();
            let words = format!("{}: {}", badge.title(), self.unknown());
            keys.push(MapKey { badge, words });
        }
        Chart::TileMap { tiles: self.public.forces().filter_map(tile).collect(), keys }
    }

    /// What stands out, named; what is common, counted.
    fn alternative(&self) -> String {
        const NAMED: usize = 8;
        let mut said = vec![format!(
            "A map of {} tiles, one a force, each roughly where the force’s area lies, with the judgment as steps and colour.",
            self.public.forces().count()
        )];
        for value in self.values() {
            let names: Vec<&str> = self.with(value).iter().map(|force| force.short_name.as_str()).collect();
            let title = upper_first(value.words());
            match names.len() {
                0 => {}
                1..=NAMED => said.push(format!("{title}: {}.", listed(&names))),
                more => said.push(format!("{title}: {more} forces.")),
            }
        }
        if self.unknown() > 0 {
            said.push(format!("{}: {}.", upper_first(NOT_LOADED), super::forces(self.unknown())));
        }
        said.join(" ")
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec!["A tile says where a force lies, not how large its area is.".to_owned()];
        if self.judged.values().any(|judged| judged.carried_over) {
            notes.push(
                "A dashed edge marks a judgment that was carried over from an earlier cycle; the table has its year."
                    .into(),
            );
        }
        let noted = self.judged.values().filter(|judged| !judged.note.is_empty());
        let name = |force: &AreaId| self.public.force(force.as_str()).map_or("", |f| f.short_name.as_str());
        notes.extend(
            noted.map(|judged| format!("{}: {}", name(&judged.force), report::words::lower_first(judged.note))),
        );
        notes
    }

    /// The publications that the judgments were taken from.
    #[must_use]
    pub fn sources(&self) -> String {
        let mut titles: Vec<&str> = Vec::new();
        for judged in self.judged.values() {
            let title = match &judged.source {
                Source::Taken(_, publication) => publication.title.as_str(),
                Source::Published(..) => self.public.issuer().name,
            };
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        match titles.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            more => format!("{} publications, named in the table force by force", more.len()),
        }
    }

    /// Every force with its judgment and where it was published.
    #[must_use]
    pub fn table(&self, id: String, caption: String) -> Table {
        let row = |force: &Force| {
            let judged = self.of(&force.id);
            vec![
                vec![link(&*force.short_name, format!("/forces/{}.html", force.id))],
                vec![Inline::Grade(self.badge(&force.id))],
                judged.map_or_else(|| vec![text("–")], |judged| source(self.public, judged)),
            ]
        };
        Table {
            id,
            caption,
            columns: ["Force", "Judgment", "Published in"]
                .map(|title| Column { title: title.into(), numeric: false })
                .into(),
            rows: self.public.forces().map(row).collect(),
            source: String::new(),
            notes: Vec::new(),
        }
    }
}

/// Where a judgment was published, with its place and its words.
fn source(public: &Public, judged: &Judged<'_>) -> Vec<Inline> {
    match &judged.source {
        Source::Taken(taken, publication) => {
            let name = match &publication.address {
                Some(address) => link(&*publication.title, address.clone()),
                None => text(&*publication.title),
            };
            let quote = if taken.quote.is_empty() { String::new() } else { format!(": “{}”", taken.quote) };
            vec![name, text(format!(", {}{quote}", taken.place()))]
        }
        Source::Published(_, day) => {
            vec![text(format!("{}, {}", public.issuer().name, reference::long_date(*day)))]
        }
    }
}

/// What stands where nothing is known.
pub(super) fn not_loaded() -> Badge {
    Badge { word: NOT_LOADED.to_owned(), ..Badge::not_known() }
}
