//! Every kind of document from records that nobody would write: empty ones, the longest, words of any letters and any length.

use super::{
    Context, FigurePlan, Job, Kind, Made, Part, Plan, Sources, Term, derivation_page, jobs, link_terms, make,
    sentences, workbook,
};
use crate::{
    desk::{Desk, House},
    document::{Block, Document, Inline, Table as Printed},
    draft::{self, Draft},
    html, lint, ods,
    pack::Issuer,
    text, xlsx,
};
use inspection::{
    framework::Framework,
    record::{Inspection, Record},
};
use proptest::prelude::*;
use reference::{AreaId, Force, GroupKind, GroupMember, Length, Marks, Register, Release, Value};
use serde_json::json;
use statistics::{
    comparison::Method,
    measure::{Chance, DenominatorPeriod, Direction, Kind as Sort, Measure},
    observations::{Observations, Row, Table, Term as Summed},
    study::Study,
};
use std::collections::{BTreeMap, BTreeSet};

mod arbitrary;
use arbitrary::{BLOCKS, EXPRESSIONS, FORCES, Facts, facts, with_documents};

/// What stands in a document, gathered block by block.
#[derive(Default)]
struct Found<'d> {
    levels: Vec<u8>,
    ids: Vec<&'d str>,
    numbers: Vec<&'d crate::document::Bound>,
}

impl<'d> Found<'d> {
    fn of(document: &'d Document) -> Self {
        let mut found = Self::default();
        found.blocks(&document.blocks);
        document.footnotes.iter().for_each(|note| found.line(note));
        found
    }

    fn blocks(&mut self, blocks: &'d [Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, id, .. } => {
                    self.levels.push(*level);
                    self.ids.push(id);
                }
                Block::Paragraph { text } | Block::Quote { text, .. } => self.line(text),
                Block::List { items, .. } => items.iter().for_each(|item| self.line(item)),
                Block::Tiles { tiles } => {
                    tiles.iter().for_each(|tile| [&tile.number, &tile.compared].into_iter().for_each(|l| self.line(l)))
                }
                Block::Table(table) => self.table(table),
                Block::Figure(figure) => self.figure(figure),
                Block::Pair { first, second } => [first, second].into_iter().for_each(|figure| self.figure(figure)),
                Block::Inset { blocks, .. } | Block::Details { blocks, .. } => self.blocks(blocks),
                Block::Finding { id, blocks, .. } => {
                    self.ids.push(id);
                    self.blocks(blocks);
                }
                Block::Contents => {}
            }
        }
    }

    fn figure(&mut self, figure: &'d crate::document::Figure) {
        assert!(!figure.headline.is_empty() && !figure.alternative.is_empty());
        self.ids.push(&figure.id);
        self.table(&figure.table);
    }

    fn table(&mut self, table: &'d Printed) {
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{}", table.caption);
        assert!(table.columns.iter().all(|column| !column.title.is_empty()), "{}", table.caption);
        self.ids.push(&table.id);
        table.rows.iter().flatten().for_each(|cell| self.line(cell));
    }

    fn line(&mut self, line: &'d [Inline]) {
        self.numbers.extend(
            line.iter().filter_map(|inline| if let Inline::Number(bound) = inline { Some(bound) } else { None }),
        );
    }
}

/// That a document is whole, and that every form of it can be printed.
fn is_whole(made: &Made, again: &Made, context: &Context<'_>) {
    let (document, title) = (&made.document, &made.document.title);
    assert_eq!(document, &again.document, "{title}: the same twice");
    let found = Found::of(document);
    let after = std::iter::once(1).chain(found.levels.iter().copied());
    assert!(
        after.zip(&found.levels).all(|(before, level)| (2..=4).contains(level) && *level <= before + 1),
        "{title}: {:?}",
        found.levels
    );
    let ids: BTreeSet<&str> = found.ids.iter().copied().collect();
    assert_eq!(ids.len(), found.ids.len(), "{title}: {:?}", found.ids);
    assert!(ids.iter().all(|id| !id.is_empty() && !id.contains("--")), "{title}: {ids:?}");
    for bound in &found.numbers {
        let derivation = made.numbers.0.get(&bound.reference);
        assert_eq!(derivation.map(|d| &d.value), Some(&bound.value), "{title}: {}", bound.reference);
    }
    let site = html::Site { name: "I".into(), root: "../../".into(), ..html::Site::default() };
    let page = html::page(document, &site);
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert_eq!(page.matches("data-ref=").count(), found.numbers.len(), "{title}");
    assert!(!text::write(document).is_empty());
    let book = workbook(document, &made.numbers);
    assert_eq!(crate::checks::check(&book), Vec::<String>::new(), "{title}");
    assert!(ods::write(&book).starts_with(b"PK") && xlsx::write(&book).unwrap().starts_with(b"PK"));
    for dataset in &book.datasets {
        let written = crate::csv_file::write(dataset);
        let mut reader = csv::Reader::from_reader(written.as_bytes());
        assert_eq!(reader.records().filter(Result::is_ok).count(), dataset.rows.len(), "{title}: {}", dataset.id);
    }
    let places = sentences(document);
    for (reference, derivation) in &made.numbers.0 {
        let at: Vec<_> = places
            .get(reference)
            .into_iter()
            .flatten()
            .map(|words| (title.clone(), "a.html".to_owned(), words.clone()))
            .collect();
        let page = derivation_page(context, reference, derivation, &at);
        assert!(html::page(&page, &site).contains("<h1"), "{reference}");
    }
    let mut linked = document.clone();
    let term =
        |term: &str| Term { term: term.into(), also: vec![], definition: "A word.".into(), until: None, now: None };
    link_terms(&mut linked, &[term("force"), term("ŵyl"), term("Heddlu")], "../glossary.html");
    assert_eq!(text::write(&linked), text::write(document), "{title}: a link changes no word");
}

fn nothing() -> Facts {
    Facts {
        force: 1,
        pillars: true,
        five_grades: false,
        documented: true,
        judged: vec![],
        findings: vec![],
        words: String::new(),
        paragraphs: vec![],
        crimes: vec![None; FORCES],
    }
}

#[test]
fn an_empty_record_has_a_force_page_that_says_so() {
    for (force, pillars) in [(0, true), (1, false), (2, true)] {
        with_documents(&Facts { force, pillars, ..nothing() }, |made, again, context| {
            is_whole(made, again, context);
            let words = text::write(&made.document).split_whitespace().collect::<Vec<_>>().join(" ");
            for said in [
                "No judgment is on record here.",
                "No finding is on record here.",
                "No finding of any cycle is on record.",
            ] {
                assert!(words.contains(said), "{said}: {words}");
            }
        });
    }
}

#[test]
fn a_record_without_any_grade_says_nothing_of_one() {
    for value in [5, 7, 8] {
        let paragraphs = vec!["Words.".to_owned()];
        with_documents(&Facts { judged: vec![value; 16], paragraphs, ..nothing() }, |made, again, context| {
            is_whole(made, again, context);
            let words = text::write(&made.document).split_whitespace().collect::<Vec<_>>().join(" ");
            let judged =
                ["judged ungraded", "judged to be graded", "judged not graded", "is ungraded at", "is not graded at"];
            assert!(judged.iter().all(|said| !words.contains(said)), "{words}");
        });
    }
}

#[test]
fn the_longest_record_makes_every_kind_of_document() {
    for pillars in [true, false] {
        let findings =
            (0..60).map(|n| (n % 5, n % 12, "Words of a finding. ".repeat(40), FORCES - 1, n % 5 == 1)).collect();
        let paragraphs = vec![EXPRESSIONS.to_owned(), BLOCKS.to_owned(), "Words. ".repeat(400)];
        let facts = Facts {
            pillars,
            judged: vec![1; 16],
            findings,
            paragraphs,
            crimes: vec![Some(70_000); FORCES],
            ..nothing()
        };
        let kinds = std::cell::RefCell::new(BTreeSet::new());
        with_documents(&facts, |made, again, context| {
            is_whole(made, again, context);
            kinds.borrow_mut().insert(made.document.formats[0].href.split("-e").next().unwrap().to_owned());
        });
        assert!(kinds.borrow().len() >= if pillars { 8 } else { 4 }, "{kinds:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn every_lawful_record_makes_whole_documents(facts in facts()) {
        with_documents(&facts, is_whole);
    }
}
