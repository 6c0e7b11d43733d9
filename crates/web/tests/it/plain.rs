//! Corrections, the accessibility statement, what the site is.

use crate::{
    reading::{page, table, words},
    support::example,
};

#[test]
fn departures_and_notes_are_listed_from_the_record() {
    let public = example(&[]);
    let page = page(&public, "corrections.html");
    let rows = table(&page, "departures-2016-hertfordshire");
    let footnote = rows.iter().find(|r| r[1].contains("Footnote 4")).expect("the footnote");
    assert_eq!(footnote[0], "Report");
    assert_eq!(footnote[2], "The integrity report of 2014 on Hertfordshire is cited.");
    let on_record: usize = public.record().inspections().map(|(_, _, i)| i.corrections.len()).sum();
    let tables = ["2014", "2015", "2016", "2017", "2018-19"].map(|cycle| format!("departures-{cycle}-hertfordshire"));
    let listed: usize =
        tables.iter().filter(|id| page.contains(&format!("\"{id}\""))).map(|id| table(&page, id).len()).sum();
    assert_eq!(listed, on_record);
    let note = table(&page, "notes-2015-hertfordshire");
    assert!(note[0][2].contains("HMIC returned to the force in 2016") && note[0][1] == "2016", "{note:?}");
    assert!(words(&page).contains("Nothing that was published here has been corrected so far."));
}

#[test]
fn texts_of_the_inspectorate_are_read_from_its_folder() {
    let public = example(&[]);
    let about = page(&public, "about.html");
    assert!(about.contains(">About this example</h1>"), "{about}");
    assert!(about.contains("<h2 class=\"govuk-heading-l\" id=\"what-is-invented\">"), "{about}");
    assert!(words(&about).contains("It is not the site of any inspectorate"));
    assert!(words(&page(&public, "accessibility.html")).contains("tell Example inspectorate which page it is"));
}
