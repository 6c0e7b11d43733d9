//! Threads: a journalist follows the vetting thread to the printed line.

use crate::{
    reading::{page, table, words},
    support::example,
};
use std::sync::LazyLock;
use web::Public;

static EXAMPLE: LazyLock<Public> = LazyLock::new(|| example(&["2016/hertfordshire/pillar-report-legitimacy.html"]));

#[test]
fn the_vetting_thread_goes_from_2014_to_2018_19_with_date_and_outcome() {
    let rows = table(&page(&EXAMPLE, "threads/vetting.html"), "thread-at-a-glance");
    let told: Vec<(&str, &str)> = rows.iter().map(|r| (r[0].as_str(), r[1].as_str())).collect();
    assert_eq!(told.len(), 15, "{told:?}");
    assert_eq!(told[0], ("2014", "Recommendation: compliance with vetting policy"));
    assert_eq!(told[2], ("2016", "Recommendation: follow the national vetting policy, page 23"));
    assert_eq!(
        rows[2][2],
        "Not met in 2016: vetting is still inconsistent and does not fully follow national guidance."
    );
    assert_eq!(told[4], ("2016", "Recommendation: vetting, page 10"));
    assert_eq!(rows[6][2], "Requires improvement");
    assert_eq!(told[10], ("2018/19", "Area for improvement: vetting of all staff"));
    assert_eq!(rows[12][3], "27 September 2019");
    assert!(rows[9][1].starts_with("Between 2016 and 2018/19 nothing in the sources loaded says"), "{:?}", rows[9]);
}

#[test]
fn a_journalist_comes_to_the_printed_line() {
    let page = page(&EXAMPLE, "threads/vetting.html");
    let step = &page[page.find("id=\"step-5\"").expect("the step")..page.find("id=\"step-6\"").expect("the next")];
    let said = words(step);
    assert!(
        said.contains("page 10: “ensure it complies with all aspects of the current national guidelines for vetting”."),
        "{said}"
    );
    let original = "href=\"https://www.justiceinspectorates.gov.uk/hmic/peel-assessments/peel-2016/hertfordshire/\"";
    assert!(step.contains(original), "{step}");
    assert!(
        step.contains("href=\"../2016/hertfordshire/pillar-report-legitimacy.html#finding-rec-2016-vetting\""),
        "{step}"
    );
    let backlog = words(&page[page.find("id=\"step-12\"").expect("the step")..]);
    assert!(backlog.contains("Before: 18 percent") && backlog.contains("After: 16 percent"), "{backlog}");
    assert!(backlog.contains("“has reduced outstanding vetting lists from 18 percent to 16 percent in just 12 weeks”"));
}

#[test]
fn three_threads_are_told_and_each_admits_what_is_not_known() {
    let list = page(&EXAMPLE, "threads.html");
    for id in ["stop-and-search", "vetting", "workforce-voice"] {
        assert!(list.contains(&format!("href=\"threads/{id}.html\"")), "{id}");
        let thread = page(&EXAMPLE, &format!("threads/{id}.html"));
        assert!(thread.contains("A gap") && thread.contains("../forces/hertfordshire.html"), "{id}");
    }
    let voice = table(&page(&EXAMPLE, "threads/workforce-voice.html"), "thread-at-a-glance");
    assert!(voice.iter().any(|r| r[2] == "Good, carried over from 2017"), "{voice:?}");
}

#[test]
fn no_step_of_a_thread_is_lost() {
    for thread in &EXAMPLE.folder.threads {
        let rows = table(&page(&EXAMPLE, &format!("threads/{}.html", thread.id)), "thread-at-a-glance");
        assert_eq!(rows.len(), thread.steps.len(), "{}", thread.id);
    }
}
