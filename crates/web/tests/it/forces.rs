//! The force pages: judgments, what was asked, measures, documents, data.

use crate::{
    reading::{page, table, words},
    support::example,
};
use std::sync::LazyLock;
use web::{Public, Query, routes};

static EXAMPLE: LazyLock<Public> = LazyLock::new(|| {
    example(&[
        "2018-19/hertfordshire/force-report.html",
        "2018-19/hertfordshire/force-report.pdf",
        "2018-19/hertfordshire/detailed-findings-legitimacy.html",
        "2016/hertfordshire/data-pack.html",
        "2016/hertfordshire/data-pack.ods",
        "2016/hertfordshire/pillar-report-legitimacy.html",
    ])
});

fn shown(path: &str) -> String {
    page(&EXAMPLE, path)
}

#[test]
fn the_ten_lines_of_2018_19_say_which_year_made_them() {
    let rows = table(&shown("forces/hertfordshire.html"), "judgments-now");
    let told: Vec<(String, String, String)> = rows.iter().map(|r| (r[0].clone(), r[1].clone(), r[2].clone())).collect();
    let expect = [
        ("Effectiveness", "Good", "2018/19"),
        ("Preventing crime and tackling anti-social behaviour", "Good, carried over from 2016", "2016"),
        ("Investigating crime", "Good", "2018/19"),
        ("Protecting vulnerable people", "Good", "2018/19"),
        ("Tackling serious and organised crime", "Good, carried over from 2016", "2016"),
        ("Armed response capability", "Ungraded", "2018/19"),
        ("Efficiency", "Good", "2018/19"),
        ("Meeting current demands and using resources", "Good, carried over from 2017", "2017"),
        ("Planning for the future", "Good", "2018/19"),
        ("Legitimacy", "Good", "2018/19"),
        ("Fair treatment of the public", "Good, carried over from 2017", "2017"),
        ("Ethical and lawful workforce behaviour", "Good", "2018/19"),
        ("Fair treatment of the workforce", "Good, carried over from 2017", "2017"),
    ];
    let expect: Vec<_> = expect.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())).into();
    assert_eq!(told, expect);
    assert!(rows[1][3].contains("HMICFRS, 27 September 2019"), "{:?}", rows[1]);
}

#[test]
fn the_sentence_at_the_top_says_how_it_was_judged_and_how_much_is_open() {
    let page = words(&shown("forces/hertfordshire.html"));
    assert!(
        page.contains(
            "Hertfordshire Constabulary was judged good on effectiveness, efficiency and legitimacy in 2018/19."
        ),
        "{page}"
    );
    let kent = words(&shown("forces/kent.html"));
    assert!(
        kent.contains("Kent Police was judged good on effectiveness in 2016 and outstanding on legitimacy in 2017."),
        "{kent}"
    );
    assert!(
        kent.contains("It was asked to do one thing; its outcome is not recorded in the sources loaded."),
        "{kent}"
    );
    assert!(kent.contains("no judgment of efficiency is in the sources loaded"), "{kent}");
}

#[test]
fn the_cause_of_concern_of_2016_holds_its_four_recommendations() {
    let page = shown("forces/hertfordshire.html");
    let at = page.find("id=\"at-2016-hertfordshire-coc-2016-integrity\"").expect("the cause of concern");
    let inside = &page[at..at + page[at..].find("id=\"at-2016-hertfordshire-afi").expect("what follows it")];
    assert_eq!(inside.matches("class=\"finding finding--recommendation\"").count(), 4);
    let words = words(inside);
    assert!(words.contains("Together with Bedfordshire Police and Cambridgeshire Constabulary."), "{words}");
    assert!(words.contains("How it stands: Outcome not recorded in the sources loaded."), "{words}");
    assert!(
        words.contains("page 10: “ensure it complies with all aspects of the current national guidelines for vetting”"),
        "{words}"
    );
    assert!(
        inside.contains(
            "href=\"https://www.justiceinspectorates.gov.uk/hmic/peel-assessments/peel-2016/hertfordshire/\""
        )
    );
    assert!(words.contains("Asked again: vetting of all staff (2018/19)"), "{words}");
}

#[test]
fn a_recommendation_to_all_forces_is_on_every_page_and_its_outcome_on_one() {
    let outcome = "In 2018/19 Hertfordshire had complied in part";
    let (own, other) = (words(&shown("forces/hertfordshire.html")), words(&shown("forces/kent.html")));
    assert!(own.contains(outcome) && own.contains("Recommendation: disparities in stop and search"));
    assert!(!other.contains(outcome) && other.contains("Recommendation: disparities in stop and search"));
}

#[test]
fn scales_stand_apart_and_cycles_without_judgments_are_named() {
    let page = shown("forces/hertfordshire.html");
    let rows = table(&page, "cycles-2018-19");
    let cycles: Vec<&str> = rows.iter().map(|r| r[0].as_str()).collect();
    assert_eq!(cycles, ["2018/19", "2017", "2016", "2015", "2014"]);
    assert_eq!(rows[2], ["2016", "Requires improvement", "Good", "Good"]);
    assert!(words(&page).contains("on the scale of four: outstanding, good, requires improvement and inadequate"));
    assert!(
        words(&page).contains("For 2021/22 and 2023–25 no judgment of Hertfordshire is in the sources loaded."),
        "{}",
        words(&page)
    );
}

#[test]
fn six_measures_are_drawn_and_every_number_of_their_tables_is_bound() {
    let path = "forces/hertfordshire.html";
    let there = |path: &str| path.starts_with("numbers/");
    let found = routes::answer(&EXAMPLE, path, &Query::default(), false, &there).expect("a page");
    let page = String::from_utf8(found.bytes).expect("text");
    assert_eq!(page.matches("<figure class=\"figure\"").count(), 6);
    for number in 1..=6 {
        let rows = table(&page, &format!("figure-{number}-data"));
        assert!(rows.len() > 3, "figure {number} has {} years", rows.len());
    }
    let at = page.find("id=\"figure-1-data\"").expect("the first table");
    let first = &page[at..at + page[at..].find("</table>").expect("its end")];
    let rows = first.matches("<tr").count() - 1;
    assert_eq!(first.matches("../numbers/officers-per-1000-population.hertfordshire.").count(), rows);
    assert_eq!(first.matches("../numbers/officers-per-1000-population.england-and-wales.").count(), rows);
}

#[test]
fn documents_are_listed_with_their_formats_and_addresses_that_are_not_there_are_plain_words() {
    let page = shown("forces/hertfordshire.html");
    for address in [
        "../2018-19/hertfordshire/force-report.html",
        "../2018-19/hertfordshire/force-report.pdf",
        "../2016/hertfordshire/data-pack.ods",
        "../threads/vetting.html",
        "hertfordshire.judgments.csv",
    ] {
        assert!(
            page.contains(&format!("href=\"{address}\"")) || page.contains(&format!("href=\"../forces/{address}\"")),
            "{address}"
        );
    }
    let kent = words(&shown("forces/kent.html"));
    assert!(
        kent.contains("No document about Kent Police is published here.")
            && kent.contains("No thread passes through Kent Police so far.")
    );
}

#[test]
fn a_force_is_found_by_name_and_by_region() {
    let ask = |asked: &str| {
        let found = routes::answer(&EXAMPLE, "forces.html", &Query::read(asked), true, &|_| true).expect("a page");
        String::from_utf8(found.bytes).expect("text")
    };
    let all = ask("");
    assert_eq!(all.matches("href=\"forces/").count(), 43);
    assert!(
        words(&all).contains("Kent Police Effectiveness good (2016) and legitimacy outstanding (2017)"),
        "{}",
        words(&all)
    );
    let one = ask("q=KENT");
    assert_eq!(one.matches("href=\"forces/").count(), 1);
    assert!(ask("q=wales").matches("href=\"forces/").count() >= 4);
    assert!(words(&ask("q=Mordor")).contains("There is no force whose name or region holds “Mordor”"));
}

#[test]
fn the_judgments_of_a_force_are_a_table_for_programs() {
    let csv = shown("forces/hertfordshire.judgments.csv");
    let line = csv.lines().find(|l| l.starts_with("2018-19/hertfordshire/efficiency.q1,")).expect("the line");
    assert!(
        line.contains(",good,2017,yes,")
            && line.contains("our judgment from the 2017 efficiency inspection has been carried over"),
        "{line}"
    );
    let csv = shown("forces/hertfordshire.findings.csv");
    assert_eq!(csv.lines().filter(|l| l.contains(",2016/hertfordshire/coc-2016-integrity,")).count(), 4, "{csv}");
}

#[test]
fn no_page_of_a_force_has_an_id_twice() {
    for path in [
        "forces/hertfordshire.html",
        "forces/kent.html",
        "forces.html",
        "threads/vetting.html",
        "corrections.html",
        "about.html",
    ] {
        let page = shown(path);
        let mut ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{path}");
    }
}
