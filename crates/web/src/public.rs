//! What everybody may know: what pages are made from.

use crate::open::Tables;
use crate::pages::forces::Charts;
use crate::{
    search::{Index, Readable},
    tracked::Lineage,
};
use ingest::{Folder, cycle_file::Cycle};
use inspection::{
    framework::Framework,
    programme::{Actor, Programme, Seen, clock::day_of},
    record::Record,
};
use jiff::civil::Date;
use reference::{AreaId, Force};
use report::{pack::Issuer, product::Kind};
use statistics::{
    comparison::Method,
    measure::{Measure, Panel},
    observations::Observations,
    study::{Answered, Study, When},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, OnceLock},
};

/// What everybody may know.
pub struct Public {
    /// Register, frameworks, measures, flags and glossary. Its record holds what was taken over from publications, which is public.
    pub folder: Arc<Folder>,
    /// The figures.
    pub observations: Arc<Observations>,
    /// The forces in scope.
    pub areas: Vec<AreaId>,
    /// The published documents.
    pub shelf: Shelf,
    /// The texts of the documents on the shelf, to be searched; none where they are not at hand, as in a static copy.
    pub texts: Vec<Readable>,
    /// The words of what was said in public acts, by their id in the vault.
    pub words: BTreeMap<String, String>,
    /// The number of the last event; 0 where there is no ledger.
    pub head: u64,
    /// The day of the newest thing that the site knows: a publication, a release of figures, a correction, a public act. Pages are dated by it.
    pub date: Date,
    /// The tables of the open data, made when they are first asked for.
    pub(crate) tables: Tables,
    /// The small charts of the force pages.
    pub(crate) charts: OnceLock<Charts>,
    programme: Programme,
    /// The figures of each measure at every period, summed when the first page asks for them.
    panels: BTreeMap<String, OnceLock<BTreeMap<Date, Panel>>>,
    /// Made when it is first asked for.
    pub(crate) lineage: OnceLock<Lineage>,
    /// Made when it is first asked for.
    pub(crate) index: OnceLock<Index>,
}

/// The published documents and files, by their addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shelf(pub BTreeSet<String>);

/// A document on the shelf.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shelved {
    /// The cycle.
    pub cycle: String,
    /// The force.
    pub force: String,
    /// What kind of document.
    pub kind: Kind,
    /// The place in the framework that it is about; empty for the whole.
    pub node: String,
    /// Its address without the ending.
    pub stem: String,
    /// The endings that there are.
    pub endings: Vec<String>,
}

impl Public {
    /// What everybody may know of a folder and its programme.
    #[must_use]
    pub fn new(folder: Arc<Folder>, observations: Arc<Observations>, programme: Programme, shelf: Shelf) -> Self {
        let areas = folder.forces();
        let head = programme.head();
        let panels = folder.measures.iter().map(|m| (m.id.clone(), OnceLock::new())).collect();
        let mut public = Self {
            folder,
            observations,
            areas,
            shelf,
            words: BTreeMap::new(),
            head,
            date: Date::ZERO,
            charts: OnceLock::new(),
            tables: Tables::default(),
            programme,
            panels,
            texts: Vec::new(),
            lineage: OnceLock::new(),
            index: OnceLock::new(),
        };
        public.date = public.newest().unwrap_or(Date::ZERO);
        public
    }

    fn newest(&self) -> Option<Date> {
        let published = self.record().publications.values().filter_map(|p| first_day(&p.published));
        let released = self.observations.tables().iter().filter_map(|t| Some(t.release.released.as_ref()?.first_day()));
        let seen = self.seen();
        let acts = seen
            .things()
            .filter(|t| !t.is_training())
            .flat_map(|t| t.acts.iter().map(|act| act.at).collect::<Vec<_>>())
            .max();
        let corrections = self.record().inspections().flat_map(|(_, _, inspection)| &inspection.corrections);
        let corrected = corrections.filter_map(|correction| first_day(correction.date.as_deref()?));
        published.chain(released).chain(corrected).chain(acts.map(day_of)).max()
    }

    /// The programme as the public sees it: the only way to it.
    #[must_use]
    pub fn seen(&self) -> Seen<'_> {
        self.programme.seen_by(&Actor::Public)
    }

    /// What was taken over from publications.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.folder.record
    }

    /// Who issues the site.
    #[must_use]
    pub fn issuer(&self) -> Issuer<'_> {
        Issuer { name: &self.folder.settings.name, banner: self.folder.settings.banner.as_deref() }
    }

    /// The forces in scope, by name.
    pub fn forces(&self) -> impl Iterator<Item = &Force> {
        self.folder.register.in_scope()
    }

    /// The force of this id, where it is in scope.
    #[must_use]
    pub fn force(&self, id: &str) -> Option<&Force> {
        self.forces().find(|force| force.id.as_str() == id)
    }

    /// The framework of a cycle.
    #[must_use]
    pub fn framework(&self, cycle: &str) -> Option<&Framework> {
        self.folder.frameworks.iter().find(|f| f.id == cycle)
    }

    /// The cycle whose method the comparisons of the site follow: the one that documents it. `None` where none does.
    #[must_use]
    pub fn documented(&self) -> Option<&Cycle> {
        self.folder.cycles.iter().find(|c| c.documented)
    }

    /// The study of all figures by the documented method, each series answered by its newest release.
    #[must_use]
    pub fn study(&self) -> Study<'_> {
        Study {
            register: &self.folder.register,
            observations: &self.observations,
            areas: &self.areas,
            flags: &self.folder.flags,
            method: self.documented().map_or_else(Method::default, |c| c.method),
            pins: &[],
        }
    }

    /// The figures of a measure of the folder at every period, by its last day; empty where it has none.
    #[must_use]
    pub fn panels(&self, measure: &Measure) -> &BTreeMap<Date, Panel> {
        static NONE: BTreeMap<Date, Panel> = BTreeMap::new();
        self.panels.get(&measure.id).map_or(&NONE, |known| known.get_or_init(|| self.study().panels(measure)))
    }

    /// A measure at the period that ends on a day, or at its latest; forces that distort it left out, as on every page of the house.
    /// `None` where it has no figures.
    #[must_use]
    pub fn answer<'a>(&'a self, measure: &'a Measure, when: When) -> Option<Answered<'a>> {
        let excluded: Vec<AreaId> = measure.distorted_by.iter().map(|(area, _)| area.clone()).collect();
        self.study().answer_from(measure, self.panels(measure), when, &excluded)
    }

    /// The measures that have figures.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        self.folder.measures.iter().filter(|m| !self.panels(m).is_empty())
    }
}

/// The first day of a day, a month or a year.
#[must_use]
pub fn first_day(text: &str) -> Option<Date> {
    match text.len() {
        4 => format!("{text}-01-01").parse().ok(),
        7 => format!("{text}-01").parse().ok(),
        _ => text.parse().ok(),
    }
}

/// What the data packs are called.
pub const PACK: &str = "data-pack";

impl Shelf {
    /// The documents, by cycle and force.
    #[must_use]
    pub fn documents(&self) -> Vec<Shelved> {
        self.endings().into_iter().filter_map(|(stem, endings)| shelved(stem, endings)).collect()
    }

    /// The data packs, by cycle and force: the address of each without the ending, and the endings that there are.
    #[must_use]
    pub fn packs(&self) -> Vec<(String, Vec<String>)> {
        let packs = self.endings().into_iter().filter(|(stem, _)| stem.rsplit('/').next() == Some(PACK));
        let readable = packs.filter(|(_, endings)| endings.iter().any(|ending| ending == "html"));
        readable.map(|(stem, endings)| (stem.to_owned(), endings)).collect()
    }

    /// The files of forces by what they are of: their addresses without the ending, each with the endings that there are.
    fn endings(&self) -> BTreeMap<&str, Vec<String>> {
        let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for path in &self.0 {
            if let Some((stem, ending)) = path.rsplit_once('.')
                && path.split('/').count() == 3
            {
                found.entry(stem).or_default().push(ending.to_owned());
            }
        }
        found
    }

    /// Whether there is a file of this address.
    #[must_use]
    pub fn holds(&self, path: &str) -> bool {
        self.0.contains(path)
    }
}

/// The longest kind that the name begins with says what it is; the rest is the place.
fn shelved(stem: &str, endings: Vec<String>) -> Option<Shelved> {
    let mut parts = stem.split('/');
    let (cycle, force, name) = (parts.next()?, parts.next()?, parts.next()?);
    let rest = |kind: &Kind| name.strip_prefix(kind.id()).filter(|rest| rest.is_empty() || rest.starts_with('-'));
    let kind = Kind::ALL.into_iter().filter(|kind| rest(kind).is_some()).max_by_key(|kind| kind.id().len())?;
    let node = rest(&kind)?.trim_start_matches('-').to_owned();
    if !endings.iter().any(|ending| ending == "html") {
        return None;
    }
    Some(Shelved { cycle: cycle.into(), force: force.into(), kind, node, stem: stem.into(), endings })
}
