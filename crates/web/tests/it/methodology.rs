//! The methods as they are in use.

use crate::{
    read::{between, served, words},
    support::example,
};

#[test]
fn one_cycle_documents_the_method_and_every_cycle_is_told() {
    let public = example(&[]);
    let html = served(&public, "methodology.html", "").expect("a page");
    let said = words(&html);
    assert!(said.contains("documented its method of comparison for 2016 alone"));
    let table = words(between(&html, "id=\"methods\"", "</table>"));
    for cycle in &public.folder.cycles {
        let whose = if cycle.id == "2016" { "documented by the inspectorate" } else { "Peelian's own calculation" };
        let row = format!("{} {whose} 0.675 sample (n − 1) 10", cycle.title);
        assert!(table.contains(&row), "{row} is not in {table}");
    }
}

#[test]
fn every_formula_has_its_source_and_every_measure_its_kind() {
    let public = example(&[]);
    let html = served(&public, "methodology.html", "").expect("a page");
    let said = words(&html);
    let formulas = html.matches("inset__label\">Formula</p>").count();
    assert_eq!(formulas, said.matches(" Source: ").count());
    assert_eq!(formulas, 7, "verdict, two for events, two for cases, over-dispersion, chi-square");
    let kinds = between(&html, "id=\"kinds\"", "</table>");
    for measure in public.measures() {
        assert!(kinds.contains(&format!("href=\"measures/{}.html\"", measure.id)), "{}", measure.id);
    }
}
