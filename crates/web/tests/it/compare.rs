//! Forces compared: what is printed is what the figures say, and nothing that is asked leads nowhere.

use crate::{
    read::{between, numbers, row, served, words},
    support::example,
};
use web::Public;

fn page(public: &Public, path: &str) -> String {
    served(public, path, "").unwrap_or_else(|| panic!("nothing at {path}"))
}

#[test]
fn the_two_readings_of_the_rule_stand_on_the_pages_as_they_were_reproduced() {
    let public = example(&[]);
    for (path, used, other) in [
        ("compare/officers-per-1000-population/2018-03-31.html", "9 21 12", "26 14 2"),
        ("compare/officers-per-1000-population/2016-03-31.html", "6 27 9", "28 11 3"),
        ("compare/female-officers-percent/2019-03-31.html", "9 25 9", "5 22 16"),
    ] {
        let said = words(&page(&public, path));
        assert!(said.contains(&format!("Centred on the mean of the forces (used) {used} ")), "{path}");
        assert!(said.contains(&format!("Centred on the England and Wales rate {other} ")), "{path}");
    }
}

#[test]
fn the_first_sentence_says_where_things_stand() {
    let public = example(&[]);
    let said = words(&page(&public, "compare/female-officers-percent/2019-03-31.html"));
    let stands = "On 31 March 2019, 30% Home Office, 31 March 2019 of police officers were women in England and Wales, taken over 43 forces. 9 forces are higher than that average, 25 broadly in line with it and 9 lower.";
    assert!(said.contains(stands), "{said}");
    assert!(said.contains("for its 2016 reports alone; for any other year a verdict is Peelian's own calculation"));
    assert!(said.contains("some forces fall on each side, whatever they do: about a quarter where"));
}

#[test]
fn a_verdict_that_points_against_the_average_is_said_to() {
    let public = example(&[]);
    let html = page(&public, "compare/stop-searches-of-black-people-per-1000/2011-03-31.html");
    let said = words(&html);
    assert!(!said.contains("higher than that average"), "{said}");
    assert!(said.contains("By the method of comparison 7 forces are higher"), "{said}");
    assert!(said.contains("1 force lies above it."), "{said}");
    let row = row(&html, "dyfed-powys");
    assert!(row.starts_with("Dyfed-Powys | 65.4 | Higher"), "{row}");
    assert!(row.contains("the figure lies on the other side of the average itself"), "{row}");
    let asked = "measure=stop-searches-of-black-people-per-1000&period=2011-03-31&force=dyfed-powys";
    let said = words(&served(&public, "compare.html", asked).expect("a page"));
    assert!(said.contains("which the method calls higher, beside an England and Wales average of"), "{said}");
    assert!(
        said.contains("The method calls Dyfed-Powys higher on stop and searches per 1,000 Black residents"),
        "{said}"
    );
    let plain = words(&page(&public, "compare/officers-per-1000-population/2019-03-31.html"));
    assert!(!plain.contains("the other side of the average"), "{plain}");
}

#[test]
fn a_force_whose_figure_is_0_of_0_does_not_count() {
    let public = example(&[]);
    let said = words(&page(&public, "compare/female-pcsos-percent/2022-03-31.html"));
    assert!(said.contains("taken over 42 forces. 10 forces are higher"), "{said}");
    assert!(said.contains("Norfolk : no figure for this period, so it is in neither sum of the average."), "{said}");
}

#[test]
fn an_old_population_is_said_wherever_the_figure_is() {
    let public = example(&[]);
    let old = "that of 30 June 2019, 33 months before the end of the period: no later one";
    for path in [
        "compare/officers-per-1000-population/2022-03-31.html",
        "measures/officers-per-1000-population.html",
        "numbers/officers-per-1000-population.kent.2022-03-31.html",
        "numbers/officers-per-1000-population.england-and-wales.2022-03-31.html",
        "forces/kent.html",
    ] {
        assert!(words(&page(&public, path)).contains(old), "{path}");
    }
    assert!(
        !words(&page(&public, "numbers/officers-per-1000-population.kent.2019-03-31.html")).contains("no later one")
    );
    let city = words(&page(&public, "numbers/officers-per-1000-population.city-of-london.2019-03-31.html"));
    assert!(city.contains("City of London Police is left out of comparisons and averages."), "{city}");
}

#[test]
fn what_is_not_there_is_answered_so() {
    let public = example(&[]);
    let nothing = |path: &str, query: &str| {
        let answer = web::routes::answer(&public, path, &web::Query::read(query), true, &|_| true).expect("a page");
        let html = String::from_utf8(answer.bytes).expect("words");
        assert_eq!((answer.status, html.contains("How to cite")), (404, false), "{path}?{query}");
        words(&html)
    };
    nothing("compare/arrests-per-1000/1999-03-31.html", "");
    nothing("compare.html", "measure=nope");
    nothing("compare.html", "measure=recorded-crime-per-1000&period=1999-03-31");
    let said = nothing("compare.html", "measure=recorded-crime-per-1000&against=most-similar");
    assert!(said.contains("A most similar group is that of a force, and no force was chosen"), "{said}");
}

#[test]
fn rows_are_in_the_order_of_the_alphabet_and_can_be_led_to() {
    let public = example(&[]);
    let html = page(&public, "compare/officers-per-1000-population/2018-03-31.html");
    let table = between(&html, "id=\"by-force\"", "</table>");
    let ids: Vec<&str> =
        table.split("<tr class=\"govuk-table__row\" id=\"").skip(1).filter_map(|r| r.split('"').next()).collect();
    let by_name: Vec<String> = {
        let mut forces: Vec<_> = public.forces().collect();
        forces.sort_by_key(|force| force.short_name.clone());
        forces.into_iter().map(|force| force.id.to_string()).collect()
    };
    assert_eq!(ids, by_name);
    assert_eq!(row(&html, "hertfordshire"), "Hertfordshire | 1.65 | Broadly in line | −0.49 | Lower | −1.08");
    assert_eq!(row(&html, "city-of-london"), "City of London | 91.12 | Left out | [z] | [z] | [z]");
    let left_out = words(between(&html, "id=\"left-out\"", "id=\"method\""));
    assert!(left_out.contains("City of London : Few people live in the City of London"), "{left_out}");
}

#[test]
fn intervals_and_the_funnel_stand_beside_a_verdict_and_a_pilot_is_said_in_its_row() {
    let public = example(&[]);
    let html = page(&public, "compare/action-taken-percent/2019-03-31.html");
    assert_eq!(row(&html, "kent"), "Kent | 7% | Lower | −2.08 | The same | −1.67 | 6.7% to 6.9% | Below 99.8% | –");
    assert!(row(&html, "leicestershire").ends_with("pilot of out-of-court disposals."));
    assert!(words(&html).contains("so the limits are 24.2 times as wide as chance alone would make them"));
}

#[test]
fn a_verdict_that_rests_on_few_cases_is_said_to() {
    let public = example(&[]);
    let html = page(&public, "compare/stop-searches-of-people-of-other-ethnicity-per-1000.html");
    let note = "The verdict rests on fewer cases than chance can tell apart from the average.";
    let answer = public.folder.measure("stop-searches-of-people-of-other-ethnicity-per-1000").expect("a measure");
    let answer = public.answer(answer, statistics::study::When::Latest).expect("figures");
    for compared in &answer.compared.rows {
        assert_eq!(row(&html, compared.area.as_str()).contains(note), compared.within_chance, "{}", compared.area);
    }
    assert!(answer.compared.rows.iter().any(|r| r.within_chance), "no row of the example tests this");
}

#[test]
fn a_count_is_not_ranked() {
    let public = example(&[]);
    let html = page(&public, "compare/officers-fte/2019-03-31.html");
    assert!(words(&html).contains("It is a count and forces differ in size, so they are not compared on it."));
    assert!(!html.contains("<svg role"), "a chart would rank forces by their size");
    assert_eq!(row(&html, "hertfordshire"), "Hertfordshire | 2,009");
}

#[test]
fn a_force_is_set_beside_its_most_similar_group() {
    let public = example(&[]);
    let asked = "measure=theft-and-robbery-per-1000&period=2018-09-30&force=hertfordshire&against=most-similar";
    let html = served(&public, "compare.html", asked).expect("a page");
    let said = words(&html);
    assert!(said.contains("In the 12 months to 30 September 2018, England and Wales had"));
    assert!(said.contains("Hertfordshire Constabulary had 31 Home Office"), "{said}");
    assert!(
        said.contains("The figure of its most similar group, the force itself among them, was 30 Home Office"),
        "{said}"
    );
    assert!(said.contains(
        "Avon and Somerset, Essex, Hampshire, Hertfordshire, Leicestershire, Staffordshire, Sussex and Thames Valley"
    ));
    assert!(row(&html, "hertfordshire").starts_with("Hertfordshire (this force) | 31"));
    assert!(html.contains("Most similar group 30"), "the chart's line is the group's");
    let alone = served(&public, "compare.html", "measure=officers-per-1000-population&force=kent&against=most-similar");
    let reason = "because the force's most similar group for this date has not been supplied";
    assert!(words(&alone.expect("a page")).contains(reason));
}

#[test]
fn what_is_not_understood_is_said_with_what_there_is() {
    let public = example(&[]);
    let asked = "measure=officers-per-1000-population&period=soon&force=narnia&against=france";
    let html = served(&public, "compare.html", asked).expect("a page");
    let said = words(&html);
    for part in ["ends on “soon”", "There is no force “narnia”", "Nothing is compared with “france”"] {
        assert!(said.contains(part), "{part}");
    }
    assert!(html.contains("force=kent&amp;measure=officers-per-1000-population"), "the other answers are kept");
    let said = words(&served(&public, "compare.html", "measure=%3Cscript%3E").expect("a page"));
    assert!(said.contains("There is no measure “&lt;script&gt;”"), "{said}");
    let said = words(&served(&public, "compare.html", "measure=spend-per-head").expect("a page"));
    assert!(said.contains("No figures are loaded of the measure “spend-per-head”"));
    let said = words(&page(&public, "compare/officers-fte/2019-04-01.html"));
    assert!(said.contains("has no period that ends on “2019-04-01”") && said.contains("31 March 2019"));
    assert!(words(&page(&public, "compare/spend-per-head.html")).contains("No figures of this measure are loaded"));
    assert_eq!(served(&public, "compare/nonsense.html", ""), None);
    assert_eq!(served(&public, "compare/officers-fte/2019-04-01.csv", ""), None);
}

#[test]
fn the_data_are_those_of_the_command_line() {
    let public = example(&[]);
    let csv = page(&public, "compare/officers-per-1000-population/2018-03-31.csv");
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "measure,force,period,numerator,denominator,value,status,comparator,comparator_value,z_mean,verdict_mean,z_ew,verdict_ew,excluded"
    );
    assert_eq!(lines.len(), 1 + 43 + 1);
    let force = |id: &str| lines.iter().find(|l| l.contains(&format!(",{id},"))).copied().expect("a row");
    let hertfordshire: Vec<&str> = force("hertfordshire").split(',').collect();
    assert_eq!(hertfordshire[10..], ["broadly-in-line", hertfordshire[11], "lower", "no"]);
    assert!(hertfordshire[9].starts_with("-0.4") && hertfordshire[9].len() > 10, "unrounded: {}", hertfordshire[9]);
    assert!(force("city-of-london").ends_with(",,no-comparison,,no-comparison,yes"));
    let all = page(&public, "measures/officers-per-1000-population.csv");
    assert!(all.contains(force("hertfordshire")) && all.split("\r\n").count() > 20 * 43);
}

#[test]
fn figures_at_hand_answer_as_the_study_does() {
    let public = example(&[]);
    for measure in public.measures() {
        let days: Vec<_> = public.panels(measure).keys().copied().collect();
        assert_eq!(days, public.study().periods(measure), "{}", measure.id);
        let excluded: Vec<_> = measure.distorted_by.iter().map(|(area, _)| area.clone()).collect();
        let when = statistics::study::When::LatestUntil(jiff::civil::date(2018, 12, 31));
        let (ours, theirs) = (public.answer(measure, when), public.study().answer(measure, when, &excluded));
        let parts = |a: statistics::study::Answered<'_>| (a.panel, a.compared, a.ranks, a.trend);
        assert_eq!(ours.map(parts), theirs.map(parts), "{}", measure.id);
    }
}

#[test]
fn every_number_of_these_pages_leads_to_a_page_that_answers() {
    let public = example(&[]);
    let asked =
        "measure=violence-against-the-person-per-1000&period=2018-09-30&force=hertfordshire&against=most-similar";
    let mut led = 0;
    for (path, query) in [
        ("compare.html", asked),
        ("compare/officers-fte/2014-03-31.html", ""),
        ("compare/female-officers-percent.html", ""),
        ("measures/custody-deaths.html", ""),
        ("measures/officers-per-1000-population.html", ""),
    ] {
        let html = served(&public, path, query).expect("a page");
        for address in numbers(path, &html) {
            assert!(served(&public, &address, "").is_some(), "{path} leads to {address}");
            led += 1;
        }
    }
    assert!(led > 43 * 3, "{led}");
}
