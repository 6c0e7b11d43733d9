//! The register, the pages of findings and the glossary.

use crate::support::{acted, example, html, links};
use std::collections::BTreeSet;
use web::{
    Public, Query, naming, routes,
    tracked::{FOLLOWED, Status},
};

fn asked(public: &Public, query: &str) -> String {
    html(public, "register.html", query)
}

/// How many boxes of findings a page shows.
fn boxes(page: &str) -> usize {
    page.matches("<div role=\"group\" class=\"finding").count()
}

#[test]
fn the_register_holds_each_finding_once_with_its_source() {
    let public = example(&[]);
    let page = asked(&public, "");
    let followed = public.findings().into_iter().filter(|f| FOLLOWED.contains(&f.kind)).count();
    assert_eq!(boxes(&page), followed);
    assert!(followed > 20, "{followed}");
    let concern = "Slow progress on known risks to integrity";
    assert_eq!(page.matches(&format!(">{concern}</a></p>")).count(), 1);
    assert!(
        page.contains(
            "page 10: “The risks that HMIC identified in 2014 and the lack of progress of the recommendations”"
        )
    );
    assert!(page.contains("Hertfordshire Constabulary, Bedfordshire Police and Cambridgeshire Constabulary"));
    assert!(page.contains("application/atom+xml"));
}

#[test]
fn what_hangs_on_a_concern_stands_below_it() {
    let page = asked(&example(&[]), "cycle=2016&force=hertfordshire");
    let at = |words: &str| page.find(&format!(">{words}</a></p>")).unwrap_or_else(|| panic!("no {words}"));
    let concern = at("Slow progress on known risks to integrity");
    assert!(concern < at("Capacity and capability") && concern < at("Vetting"));
    assert!(page.contains(
        "<strong>Part of: </strong><a class=\"govuk-link\" href=\"findings/2016.hertfordshire.coc-2016-integrity.html\""
    ));
}

#[test]
fn every_filter_narrows_and_all_of_them_together() {
    let public = example(&[]);
    let all = public.findings().into_iter().filter(|f| FOLLOWED.contains(&f.kind)).collect::<Vec<_>>();
    let count = |fits: &dyn Fn(&web::known::Found<'_>) -> bool| all.iter().filter(|f| fits(f)).count();
    let kind = |f: &web::known::Found<'_>| f.kind.ids().0 == "cause-of-concern";
    let kent = |f: &web::known::Found<'_>| f.concerns("bedfordshire");
    for (query, expected) in [
        ("kind=cause-of-concern", count(&kind)),
        ("cycle=2014", count(&|f| f.cycle == "2014")),
        ("force=bedfordshire", count(&kent)),
        (
            "addressee=cambridgeshire",
            count(&|f| f.addressees.iter().any(|a| a == "cambridgeshire" || a == "all-forces")),
        ),
        ("status=not-recorded", count(&|f| f.status() == Status::NotRecorded)),
        ("status=reported", count(&|f| f.status() == Status::Said)),
        ("cycle=2016&kind=cause-of-concern&force=bedfordshire", count(&|f| f.cycle == "2016" && kind(f) && kent(f))),
    ] {
        let page = asked(&public, query);
        assert!(expected > 0 && expected < all.len(), "{query}: {expected}");
        assert_eq!(boxes(&page), expected, "{query}");
    }
}

#[test]
fn nothing_found_is_said_with_a_way_out() {
    let public = example(&[]);
    for query in ["status=closed", "force=nowhere", "kind=%3Cscript%3E", "cycle=1066&kind=recommendation"] {
        let page = asked(&public, query);
        assert_eq!(boxes(&page), 0, "{query}");
        assert!(page.contains("Nothing found") && page.contains("Show the whole register"), "{query}");
        assert!(!page.contains("<script"), "{query}");
    }
    let none = html(&public, "register/force/cumbria.html", "");
    assert!(none.contains("in inspections of another force"), "all forces were asked something");
}

#[test]
fn a_recommendation_to_all_forces_concerns_each() {
    let public = example(&[]);
    let page = html(&public, "register/force/kent.html", "");
    assert!(page.contains("Disparities in stop and search"), "addressed to all forces");
    assert!(page.contains("in inspections of another force"));
}

#[test]
fn the_vetting_recommendation_is_followed_through_the_years() {
    let public = example(&[
        "2016/hertfordshire/pillar-report-legitimacy.html",
        "2016/hertfordshire/question-page-legitimacy.q1.html",
    ]);
    let page = html(&public, "findings/2016.hertfordshire.rec-2016-vetting.html", "");
    assert!(page.contains("<strong>Restates: </strong>") && page.contains("<strong>Restated by: </strong>"));
    for other in ["2014.hertfordshire.integrity-2014-vetting", "2018-19.hertfordshire.afi-2018-19-vetting"] {
        assert!(page.contains(&format!("{other}.html")), "{other}");
    }
    assert!(page.contains("../2016/hertfordshire/pillar-report-legitimacy.html"));
    assert!(!page.contains("question-page-legitimacy.q1"), "it belongs to another question");
    let first = html(&public, "findings/2014.hertfordshire.integrity-2014-vetting.html", "");
    assert!(
        first.contains("Recommendation of 2014, as HMIC recalled it in 2016, addressed to Hertfordshire Constabulary.")
    );
    assert!(first.contains("Not met in 2016: vetting is still inconsistent"));
    assert!(first.contains("A later publication says how it stood") && !first.contains("where it recalls"));
    let register = html(&public, "register.html", "");
    assert!(register.contains("of 11 a later publication says how they stood, and of 16 the outcome is not recorded"));
    let table = crate::read::served(&public, "data/register.csv", "").expect("a table");
    assert!(table.contains(",not-recorded,") && table.contains(",as-said,"));
    assert!(first.contains("page 23: “vetting arrangements remain inconsistent"));
    assert!(first.contains("2018-19.hertfordshire.afi-2018-19-vetting.html"), "two steps on");
}

#[test]
fn every_link_of_these_pages_leads_somewhere() {
    let public = example(&[]);
    let paths: BTreeSet<String> = routes::paths(&public).into_iter().collect();
    let own = |path: &&String| ["register", "findings/", "glossary", "search"].iter().any(|f| path.starts_with(f));
    let mut seen = 0;
    for path in paths.iter().filter(own) {
        let page = html(&public, path, "");
        let ids: BTreeSet<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(ids.len(), page.matches(" id=\"").count(), "{path}: two places have one id");
        for href in links(&page) {
            let (file, place) = href.split_once('#').unwrap_or((&href, ""));
            if file.is_empty() {
                assert!(ids.contains(place), "{path} leads to #{place}");
            }
        }
        // What the table does not know is no link: the shell takes it out.
        let leads = links(&page).into_iter().filter(|href| href.contains("findings/") || href.contains("register/"));
        for href in leads {
            let target = web::page::beside(path, href.split('#').next().unwrap_or_default());
            assert!(paths.contains(&target), "{path} leads to {target}");
            seen += 1;
        }
    }
    assert!(seen > 100);
}

#[test]
fn what_the_programme_published_is_on_the_register_with_its_entries_and_answers() {
    let public = acted();
    let found = public.finding("finding/on-time").expect("a finding of the programme");
    assert_eq!(naming::file_name(&found.id), "finding.on-time");
    let page = html(&public, "findings/finding.on-time.html", "");
    assert!(page.contains("I ask about it at each meeting."), "what the local policing body answered");
    assert!(page.contains("Assessed as partly met. Not in every area."));
    assert!(page.contains("Complete, verified by a revisit. We saw the list."));
    assert!(page.contains("<td class=\"govuk-table__cell\">Superseded</td>"));
    assert!(!page.contains("Two more people until the list is clear"), "the force's plan is not public");
    let concern = html(&public, "findings/finding.reviews.html", "");
    assert!(concern.contains("findings/finding.on-time.html") || concern.contains("finding.on-time.html"));
    assert!(page.contains("published it on 21 June 2025"), "a minute past midnight in London");
    let whole = asked(&public, "");
    assert!(whole.contains("National overviews") && whole.contains("finding.national.html"));
    assert!(asked(&public, "status=closed").contains("finding.on-time.html"));
}

#[test]
fn an_exercise_is_in_no_page_of_real_forces() {
    let public = crate::support::exercise();
    assert!(public.finding("finding/on-time").is_none());
    assert!(!asked(&public, "").contains("finding.on-time"));
}

#[test]
fn the_glossary_keeps_its_anchors() {
    let public = example(&[]);
    let page = html(&public, "glossary.html", "");
    for anchor in ["term-vetting", "term-hmicfrs", "letter-v"] {
        assert!(page.contains(&format!(" id=\"{anchor}\"")), "{anchor}");
    }
    assert!(public.terms().len() > 80);
}

#[test]
fn an_address_that_names_no_finding_has_no_page() {
    let public = example(&[]);
    for path in
        ["findings/2016.hertfordshire.none.html", "findings/~.html", "findings/a..b.html", "register/cycle/1066.html"]
    {
        assert!(routes::answer(&public, path, &Query::default(), true, &|_| true).is_none(), "{path}");
    }
}
