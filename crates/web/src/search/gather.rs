//! What can be found: the same facts that pages are made of, the texts of documents, and the pages that are texts themselves.

use super::{Index, Passage, Readable, Sort, reading};
use crate::{
    Public, Query,
    known::{Found, Judged, Source},
    routes,
};
use report::product::Term;

/// Pages that list what is found by itself, or that search.
const NOT_TEXTS: [&str; 4] = ["search.html", "register.html", "glossary.html", "forces.html"];

impl Public {
    /// The index of everything.
    #[must_use]
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self.readables()))
    }

    /// The terms of the glossary; none where it cannot be read, which `peelian check` tells.
    #[must_use]
    pub fn terms(&self) -> Vec<Term> {
        let text = self.folder.templates.get("glossary.yaml");
        text.and_then(|text| serde_saphyr::from_str(text).ok()).unwrap_or_default()
    }

    /// The text of a document on the shelf, from its page; `None` where it is no document of ours.
    #[must_use]
    pub fn read(&self, address: &str, html: &str) -> Option<Readable> {
        let stem = address.strip_suffix(".html")?;
        let document = self.shelf.documents().into_iter().find(|document| document.stem == stem)?;
        reading::read(Sort::Document, &self.about_document(&document), address, html)
    }

    fn about_document(&self, document: &crate::public::Shelved) -> String {
        format!("{}, {}, {}", document.kind.title(), self.called(&document.force), self.cycle_title(&document.cycle))
    }

    fn readables(&self) -> Vec<Readable> {
        let findings = self.findings().into_iter().map(|found| self.of_finding(&found));
        let judgments = self.judgments().into_iter().filter_map(|judged| self.of_judgment(&judged));
        let mut all: Vec<Readable> = findings.chain(judgments).collect();
        all.extend(self.of_documents());
        all.extend(self.of_measures());
        all.extend(self.of_forces());
        all.extend(self.terms().iter().map(of_term));
        all.extend(self.of_pages());
        all
    }

    fn of_finding(&self, found: &Found<'_>) -> Readable {
        let force = found.forces.first().map_or_else(|| "national".to_owned(), |force| self.called(force.as_str()));
        let mut texts = vec![found.text.clone()];
        texts.extend(found.sub_points.iter().cloned());
        // A cause of concern is printed with its recommendations, so their words lead to it too.
        texts.extend(self.hanging_on(found).iter().map(|below| format!("{}: {}", below.called(), below.text)));
        if let Source::Taken(taken, _) = &found.source
            && !taken.quote.is_empty()
        {
            texts.push(format!("\u{201c}{}\u{201d}", taken.quote));
        }
        if !found.addressees.is_empty() {
            texts.push(format!("Addressed to {}.", self.addressees(found)));
        }
        Readable {
            sort: Sort::Finding,
            title: found.called(),
            about: format!("{}, {force}, {}", found.kind.titles().0, self.cycle_title(&found.cycle)),
            address: found.address(),
            passages: passages(texts),
        }
    }

    fn of_judgment(&self, judged: &Judged<'_>) -> Option<Readable> {
        let force = self.force(judged.force.as_str())?;
        let name = self.framework(&judged.cycle).map(|f| f.name(&judged.node, "heading"));
        let name = name.unwrap_or_else(|| judged.node.to_string());
        let cycle = self.cycle_title(&judged.cycle);
        let carried = if judged.carried_over {
            format!(", carried over from {}", self.cycle_title(&judged.made_in))
        } else {
            String::new()
        };
        let mut texts = vec![format!("{name} Judgment in {cycle}: {}{carried}.", judged.value.words())];
        texts.push(judged.note.to_owned());
        if let Source::Taken(taken, _) = &judged.source
            && !taken.quote.is_empty()
        {
            texts.push(format!("\u{201c}{}\u{201d}", taken.quote));
        }
        Some(Readable {
            sort: Sort::Judgment,
            title: name,
            about: format!("{}: {}, {cycle}{carried}", force.name, judged.value.words()),
            address: format!("/forces/{}.html", force.id),
            passages: passages(texts),
        })
    }

    /// Documents with their texts where they are at hand, and by their names where they are not.
    fn of_documents(&self) -> Vec<Readable> {
        let known: std::collections::BTreeSet<&str> = self.texts.iter().map(|text| text.address.as_str()).collect();
        let named = self.shelf.documents().into_iter().filter_map(|document| {
            let address = format!("/{}.html", document.stem);
            let place = document.node.parse().ok().zip(self.framework(&document.cycle));
            let place = place.map(|(node, framework)| format!(": {}", framework.name(&node, "heading")));
            (!known.contains(address.as_str())).then(|| Readable {
                sort: Sort::Document,
                title: format!("{}{}", document.kind.title(), place.unwrap_or_default()),
                about: format!("{}, {}", self.called(&document.force), self.cycle_title(&document.cycle)),
                address,
                passages: Vec::new(),
            })
        });
        let named: Vec<Readable> = named.collect();
        self.texts.iter().cloned().chain(named).collect()
    }

    fn of_measures(&self) -> impl Iterator<Item = Readable> {
        self.measures().map(|measure| Readable {
            sort: Sort::Measure,
            title: measure.title.clone(),
            about: measure.subject.clone(),
            address: format!("/measures/{}.html", measure.id),
            passages: passages(
                std::iter::once(measure.definition.clone())
                    .chain(measure.caveats.iter().cloned())
                    .chain([format!("Also: {}.", measure.also.join(", ")), measure.source.clone()]),
            ),
        })
    }

    fn of_forces(&self) -> impl Iterator<Item = Readable> {
        self.forces().map(|force| {
            let names: Vec<&str> = force.aliases.iter().map(|alias| alias.name.as_str()).collect();
            let also = if names.is_empty() { String::new() } else { format!("Also known as {}.", names.join(", ")) };
            Readable {
                sort: Sort::Force,
                title: force.name.clone(),
                about: if force.region.is_empty() { force.country.clone() } else { force.region.clone() },
                address: format!("/forces/{}.html", force.id),
                passages: passages([also]),
            }
        })
    }

    /// Pages whose text is found nowhere else: threads, and those that stand alone.
    fn of_pages(&self) -> Vec<Readable> {
        let thread = |pattern: &str| pattern.starts_with("threads/");
        let alone =
            |pattern: &str| !pattern.contains('{') && pattern.ends_with(".html") && !NOT_TEXTS.contains(&pattern);
        let mut found = Vec::new();
        for route in routes::routes().filter(|route| thread(route.pattern) || alone(route.pattern)) {
            let sort = if thread(route.pattern) { Sort::Thread } else { Sort::Page };
            for path in (route.all)(self).iter().map(|parts| route.path(parts)) {
                let page = routes::answer(self, &path, &Query::default(), false, &|_| true);
                let text = page.and_then(|page| String::from_utf8(page.bytes).ok());
                found.extend(text.and_then(|text| reading::read(sort, "", &path, &text)));
            }
        }
        found
    }
}

fn of_term(term: &Term) -> Readable {
    let also = if term.also.is_empty() { String::new() } else { format!("Also: {}.", term.also.join(", ")) };
    Readable {
        sort: Sort::Term,
        title: report::words::upper_first(&term.term),
        about: "Glossary".into(),
        address: format!("/glossary.html#{}", term.anchor()),
        passages: passages([term.definition.clone(), also]),
    }
}

/// Texts as passages of the whole page; empty ones are left out.
fn passages(texts: impl IntoIterator<Item = String>) -> Vec<Passage> {
    let texts = texts.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    texts.map(|text| Passage { anchor: String::new(), text }).collect()
}
