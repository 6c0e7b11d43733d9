//! Measures: all of them, what each counts and where its figures come from.

use crate::{
    read::{between, served, words},
    support::example,
};

#[test]
fn every_measure_is_listed_with_figures_or_with_why_it_has_none() {
    let public = example(&[]);
    let html = served(&public, "measures.html", "").expect("a page");
    let (with, without) = html.split_once("id=\"without-figures\"").expect("measures without figures");
    let have: Vec<&str> = public.measures().map(|m| m.id.as_str()).collect();
    assert!(have.len() >= 30, "{}", have.len());
    for measure in &public.folder.measures {
        let link = format!("href=\"measures/{}.html\"", measure.id);
        let has = have.contains(&measure.id.as_str());
        assert_eq!((with.contains(&link), without.contains(&link)), (has, !has), "{}", measure.id);
    }
    let said = words(without);
    assert!(
        said.contains("Spend per head of population : it was collected from forces")
            || said.contains(": it was collected from forces and needs a return that they supply."),
        "{said}"
    );
}

#[test]
fn a_measure_says_what_it_counts_where_it_comes_from_and_how_it_has_gone() {
    let public = example(&[]);
    let html = served(&public, "measures/female-officers-percent.html", "").expect("a page");
    let said = words(&html);
    assert!(said.contains("Formula numerator ÷ denominator × 100"));
    assert!(said.contains("workforce-fte with worker-type police officer"), "{said}");
    let releases = words(between(&html, "id=\"releases\"", "</table>"));
    assert!(releases.contains("police_workforce_open_data_2007_2022.csv.gz 8cac60465b5e"), "{releases}");
    assert!(releases.contains("Open Government Licence v3.0"));
    let trend = words(between(&html, "id=\"trend-chart-data\"", "</table>"));
    assert!(trend.contains("As at 31 March 2019 30% Home Office, 31 March 2019 43"), "{trend}");
    let periods = between(&html, "id=\"every-period\"", "</table>");
    for day in public.panels(public.folder.measure("female-officers-percent").expect("a measure")).keys() {
        assert!(periods.contains(&format!("href=\"../compare/female-officers-percent/{day}.html\"")), "{day}");
    }
}

#[test]
fn flags_and_forces_that_distort_are_named() {
    let public = example(&[]);
    let said = words(&served(&public, "measures/action-taken-percent.html", "").expect("a page"));
    assert!(
        said.contains(
            "Staffordshire Police 1 January 2018 to 31 December 2019 Said beside the figure The force took part"
        ),
        "{said}"
    );
    let said = words(&served(&public, "measures/use-of-force-incidents-per-1000.html", "").expect("a page"));
    assert!(said.contains("All forces to 31 March 2019 Said beside the figure"), "{said}");
    assert!(said.contains("City of London Police is left out of the comparison."), "{said}");
}

#[test]
fn a_measure_without_figures_says_what_it_needs_and_has_no_data() {
    let public = example(&[]);
    let html = served(&public, "measures/complaints-per-1000-officers.html", "").expect("a page");
    assert!(words(&html).contains("No figures of this measure are loaded: it was collected from forces"));
    assert!(!html.contains("complaints-per-1000-officers.csv"));
    assert_eq!(served(&public, "measures/complaints-per-1000-officers.csv", ""), None);
    assert_eq!(served(&public, "measures/nonsense.html", ""), None);
}
