//! From a figure to the cells that it stands on.

use crate::{
    read::{between, numbers, served, words},
    support::example,
};

#[test]
fn a_figure_leads_to_the_home_offices_cell() {
    let public = example(&[]);
    let compared = "compare/use-of-force-incidents-per-1000/2019-03-31.html";
    let html = served(&public, compared, "").expect("a page");
    let address = "numbers/use-of-force-incidents-per-1000.hertfordshire.2019-03-31.html";
    assert!(numbers(compared, &html).contains(address));
    let html = served(&public, address, "").expect("a page");
    let said = words(&html);
    assert!(said.contains("Sheet Table_12, column C, row 36."), "{said}");
    let facsimile = words(between(&html, "id=\"cells-1\"", "</table>"));
    assert!(facsimile.contains("sheet Table_12"), "{facsimile}");
    assert!(html.contains("href=\"https://www.gov.uk/government/collections/police-use-of-force-statistics\""));
    let back = "../compare/use-of-force-incidents-per-1000/2019-03-31.html#hertfordshire";
    assert!(html.contains(back), "the page that prints it");
}

#[test]
fn the_formula_is_filled_in_and_its_cells_add_up() {
    let public = example(&[]);
    let html = served(&public, "numbers/officers-fte.hertfordshire.2014-03-31.html", "").expect("a page");
    let said = words(&html);
    assert!(said.contains("Where 1,927 comes from"), "{said}");
    assert!(said.contains("On 31 March 2014, Hertfordshire Constabulary had 1,927 police officers"));
    let of_share = "numbers/female-officers-percent.hertfordshire.2019-03-31.html";
    let said = words(&served(&public, of_share, "").expect("a page"));
    let formula = between(&said, "Method ", "The published cells");
    let numbers: Vec<f64> = formula.split([' ', '=']).filter_map(|w| w.trim_end_matches('.').parse().ok()).collect();
    let [numerator, denominator, per, value] = numbers[..] else { panic!("{formula}") };
    assert!((numerator / denominator * per - value).abs() < 1e-9 && (value - 32.2).abs() < 0.05, "{formula}");
}

#[test]
fn a_total_names_the_forces_behind_it_and_whom_it_leaves_out() {
    let public = example(&[]);
    let all = "numbers/officers-per-1000-population.england-and-wales.2018-03-31.html";
    let html = served(&public, all, "").expect("a page");
    assert_eq!(numbers(all, &html).len(), 42);
    assert!(words(&html).contains("Left out of both sums: City of London Police."));
    assert!(!words(&html).contains("No other release loaded here holds these cells"), "it says so of a force's cells");
    let group = "numbers/violence-against-the-person-per-1000.most-similar-of-hertfordshire.2018-09-30.html";
    let html = served(&public, group, "").expect("a page");
    assert!(words(&html).contains("Where 23 comes from"));
    assert_eq!(numbers(group, &html).len(), 8);
}

#[test]
fn two_parts_of_one_series_show_the_cells_of_each() {
    let public = example(&[]);
    let page = "numbers/stop-searches-of-people-of-other-ethnicity-per-1000.hertfordshire.2019-03-31.html";
    let html = served(&public, page, "").expect("a page");
    let table = |id: &str| words(between(&html, &format!("id=\"{id}\""), "</table>"));
    let (other, chinese) = (table("cells-2"), table("cells-3"));
    assert!(other.contains("census-population, ethnic-group: Other, 27 March 2011: rows of"), "{other}");
    assert!(chinese.contains("census-population, ethnicity: Chinese, 27 March 2011: rows of"), "{chinese}");
    assert!(other.contains("Any other ethnic group") && !other.contains("Asian/Asian British: Chinese"), "{other}");
    assert!(chinese.contains("Asian/Asian British: Chinese") && !chinese.contains("Arab"), "{chinese}");
}

#[test]
fn what_is_no_figure_has_no_page() {
    let public = example(&[]);
    for reference in [
        "nonsense",
        "officers-fte.hertfordshire.yesterday",
        "officers-fte.hertfordshire.2019-04-01",
        "officers-fte.narnia.2019-03-31",
        "nonsense.hertfordshire.2019-03-31",
        "officers-fte.most-similar-of-kent.2019-03-31",
        "officers-fte.british-transport-police.2019-03-31",
        "spend-per-head.hertfordshire.2019-03-31",
    ] {
        assert_eq!(served(&public, &format!("numbers/{reference}.html"), ""), None, "{reference}");
    }
}

#[test]
fn cells_of_many_rows_are_all_named_and_the_first_of_them_shown() {
    let public = example(&[]);
    let page = "numbers/recorded-crime-per-1000.hertfordshire.2019-03-31.html";
    let html = served(&public, page, "").expect("a page");
    assert!(html.len() < 200_000, "{} bytes", html.len());
    assert!(words(&html).contains("The first 100 of "));
    let page = "numbers/officers-fte.hertfordshire.2022-03-31.html";
    let said = words(&served(&public, page, "").expect("a page"));
    let (_, all) = said
        .split_once("Every row of the numerator, workforce-fte, worker-type: police officer, 31 March 2022")
        .expect("the rows are folded away");
    assert!(all.contains("23106, 23108, 23114, 23117, 23119."), "{all}");
}
