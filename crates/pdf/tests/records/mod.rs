//! Documents of arbitrary lawful records, as the tests of `report` make them, printed: one of each kind.

use crate::{PRINTER, structure::Structure};
use inspection::{
    framework::Framework,
    record::{Inspection, Record},
};
use pdf::PdfError;
use proptest::prelude::*;
use reference::{AreaId, Force, GroupKind, GroupMember, Length, Marks, Register, Release, Value};
use report::{
    desk::{Desk, House},
    draft::{self, Draft},
    lint,
    pack::Issuer,
    product::{Context, FigurePlan, Job, Kind, Made, Part, Plan, Sources, jobs, make},
};
use serde_json::json;
use statistics::{
    comparison::Method,
    measure::{Chance, DenominatorPeriod, Direction, Kind as Sort, Measure},
    observations::{Observations, Row, Table, Term as Summed},
    study::Study,
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

#[path = "../../../report/src/product/tests/arbitrary.rs"]
mod arbitrary;
use arbitrary::{BLOCKS, EXPRESSIONS, FORCES, Facts, facts, with_documents};

/// Prints the first document of each kind, and says which kinds there were.
fn printed(facts: &Facts) -> BTreeSet<String> {
    let kinds = RefCell::new(BTreeSet::new());
    with_documents(facts, |made, _, _| {
        let kind = made.document.formats[0].href.split(['-', '.']).next().unwrap_or_default().to_owned();
        if kinds.borrow_mut().insert(kind) {
            let printed = match PRINTER.print(&made.document, None) {
                // No font has every script; what English and Welsh are written in is never refused.
                Err(PdfError::Character { character, .. }) => {
                    let lacking = character > '\u{17f}' && !('\u{1e80}'..='\u{1ef3}').contains(&character);
                    return assert!(lacking, "{character:?} is refused");
                }
                printed => printed.unwrap(),
            };
            let read = Structure::read(&printed);
            assert!(read.claims_ua && read.marked && read.shows_title, "{}", made.document.title);
            let levels: Vec<&str> = read.headings().iter().map(|(level, _)| *level).collect();
            assert_eq!(levels.iter().filter(|l| **l == "H1").count(), 1, "{levels:?}");
        }
    });
    kinds.into_inner()
}

#[test]
fn the_longest_record_prints_in_every_kind() {
    let findings =
        (0..60).map(|n| (n % 5, n % 12, "Words of a finding. ".repeat(40), FORCES - 1, n % 5 == 1)).collect();
    let facts = Facts {
        force: 1,
        pillars: true,
        five_grades: false,
        documented: true,
        judged: vec![1; 16],
        findings,
        words: "Heddlu Dyfed-Powys: tŷ, Ŵyl, naïf".into(),
        paragraphs: vec![EXPRESSIONS.to_owned(), BLOCKS.to_owned(), "Words. ".repeat(400)],
        crimes: vec![Some(70_000); FORCES],
    };
    assert!(printed(&facts).len() >= 5);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]
    #[test]
    fn every_lawful_record_prints(facts in facts()) {
        printed(&facts);
    }
}
