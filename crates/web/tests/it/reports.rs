//! The list of documents.

use crate::{
    reading::{page, table, words},
    support::example,
};
use web::{Query, routes};

const DOCUMENTS: [&str; 6] = [
    "2016/hertfordshire/pillar-report-legitimacy.html",
    "2016/hertfordshire/pillar-report-legitimacy.pdf",
    "2016/hertfordshire/pillar-report-legitimacy.json",
    "2018-19/kent/data-pack.html",
    "2018-19/kent/data-pack.ods",
    "2018-19/hertfordshire/question-page-legitimacy.q2.html",
];

#[test]
fn every_document_is_listed_by_cycle_with_the_formats_that_it_has() {
    let public = example(&DOCUMENTS);
    let page = page(&public, "reports.html");
    assert_eq!(
        table(&page, "documents-2018-19"),
        [
            ["Question: ethical and lawful workforce behaviour", "Hertfordshire Constabulary", "HTML only"],
            ["Data pack", "Kent Police", "ODS"],
        ]
    );
    assert_eq!(table(&page, "documents-2016"), [["Report: legitimacy", "Hertfordshire Constabulary", "PDF"]]);
    assert!(page.find("id=\"cycle-2018-19\"") < page.find("id=\"cycle-2016\""), "the latest cycle is not first");
    assert!(words(&page).contains("3 documents are published here"));
}

#[test]
fn the_list_is_filtered_by_cycle_and_force() {
    let public = example(&DOCUMENTS);
    let ask = |asked: &str| {
        let found = routes::answer(&public, "reports.html", &Query::read(asked), true, &|_| true).expect("a page");
        words(&String::from_utf8(found.bytes).expect("text"))
    };
    assert!(ask("force=kent").contains("One of 3 documents fits."));
    assert!(ask("cycle=2018-19").contains("2 of 3 documents fit."));
    assert!(ask("cycle=2016&force=kent").contains("No document fits."));
    assert!(words(&page(&example(&[]), "reports.html")).contains("No document is published here so far."));
}
