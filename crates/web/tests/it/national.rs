//! The national picture says what the sources say, and where they say nothing.

use crate::support::example;
use inspection::{Grade, JudgmentValue};
use std::{collections::BTreeMap, fs, path::Path};
use web::{
    Public, Query,
    pages::national::{Moves, Picture},
    routes,
};

const BEST_FIRST: [Grade; 4] = [Grade::Outstanding, Grade::Good, Grade::RequiresImprovement, Grade::Inadequate];

fn page(public: &Public, path: &str) -> String {
    let found = routes::answer(public, path, &Query::default(), false, &|_| true);
    String::from_utf8(found.unwrap_or_else(|| panic!("nothing at {path}")).bytes).unwrap()
}

fn with_picture<T>(public: &Public, cycle: &str, node: &str, look: impl FnOnce(&Picture<'_>) -> T) -> T {
    let judgments = public.judgments();
    look(&Picture::new(public, public.framework(cycle).unwrap(), &node.parse().unwrap(), &judgments))
}

#[test]
fn the_published_counts_are_those_of_the_reports() {
    let public = example(&[]);
    let published = [
        ("2014", "efficiency", [5, 35, 3, 0], 0),
        ("2015", "effectiveness", [1, 24, 18, 0], 0),
        ("2015", "legitimacy", [1, 37, 5, 0], 0),
        ("2016", "efficiency", [2, 33, 8, 0], 0),
        ("2016", "effectiveness", [1, 28, 13, 1], 0),
        ("2017", "legitimacy", [1, 35, 6, 0], 1),
    ];
    for (cycle, node, counts, not_graded) in published {
        let framework = public.framework(cycle).unwrap();
        let found = framework.published(&node.parse().unwrap()).unwrap();
        assert_eq!(BEST_FIRST.map(|g| found.of(JudgmentValue::Graded(g)).unwrap_or(0)), counts, "{node} {cycle}");
        assert_eq!(found.of(JudgmentValue::NotGraded).unwrap_or(0), not_graded, "{node} {cycle}");
        let page = page(&public, &format!("national/{cycle}/{node}.html"));
        for count in counts {
            assert!(page.contains(&format!(">{count}</td>")), "{count} is not on the page of {node} {cycle}");
        }
        assert_eq!(found.address.is_none(), page.contains("its address is not on record"), "{node} {cycle}");
    }
    let all = public.folder.frameworks.iter().map(|f| f.national.len()).sum::<usize>();
    assert_eq!(all, published.len(), "a count that no test knows");
}

#[test]
fn where_the_grades_of_all_forces_are_known_they_agree_with_the_published_count() {
    let public = example(&[]);
    let mut whole = Vec::new();
    for framework in &public.folder.frameworks {
        for node in framework.national.keys() {
            with_picture(&public, &framework.id, node, |picture| {
                let page = page(&public, &format!("national/{}/{node}.html", framework.id));
                match picture.agrees() {
                    Some(agrees) => {
                        whole.push(format!("{node} {}", framework.id));
                        assert!(agrees, "{node} {}", framework.id);
                        let one_list = picture.is_counted_from_its_grades();
                        assert_eq!(one_list, node == "effectiveness" || node == "legitimacy" && framework.id == "2017");
                        assert_eq!(
                            page.contains("The two counts are of one list"),
                            one_list,
                            "{node} {}",
                            framework.id
                        );
                        assert_eq!(page.contains("The two counts agree."), !one_list, "{node} {}", framework.id);
                    }
                    None => {
                        assert!(page.contains("of the single forces only the grades of"), "{node} {}", framework.id)
                    }
                }
            });
        }
    }
    assert_eq!(whole, ["effectiveness 2016", "legitimacy 2017"]);
}

#[test]
fn the_grades_of_all_forces_are_those_of_the_published_lists() {
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/grades/peel_pillar_grades.csv");
    let Ok(text) = fs::read_to_string(list) else {
        println!("skipped: ../shared is not here");
        return;
    };
    let public = example(&[]);
    let judgments = public.judgments();
    let mut compared: BTreeMap<(String, String), usize> = BTreeMap::new();
    for line in text.lines().skip(1).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(',').collect();
        let [force, cycle, pillar, grade] = [cells[0], cells[1], cells[2], cells[3]];
        let found = judgments
            .iter()
            .find(|j| j.force.as_str() == force && j.cycle == cycle && j.node.as_str() == pillar)
            .unwrap_or_else(|| panic!("{line}: not on record"));
        assert_eq!(found.value.id(), grade, "{line}");
        *compared.entry((cycle.to_owned(), pillar.to_owned())).or_default() += 1;
    }
    assert!(!compared.is_empty() && compared.values().all(|forces| *forces == 43), "{compared:?}");
}

#[test]
fn the_home_page_has_every_force_with_its_way_and_says_what_is_not_loaded() {
    let public = example(&[]);
    let home = page(&public, "index.html");
    let grid = &home[home.find("id=\"forces-table\"").unwrap()..];
    let grid = &grid[..grid.find("</table>").unwrap()];
    assert_eq!(public.forces().count(), 43);
    for force in public.forces() {
        assert!(grid.contains(&format!("href=\"forces/{}.html\">{}<", force.id, force.short_name)), "{}", force.id);
    }
    // A cell a force and pillar, each with a judgment or the words that none is loaded.
    assert_eq!(grid.matches("class=\"grade ").count(), 43 * 3);
    let unknown = 3 * 43
        - ["effectiveness", "efficiency", "legitimacy"]
            .map(|pillar| {
                let judgments = public.judgments();
                let known =
                    |f: &&reference::Force| judgments.iter().any(|j| j.force == f.id && j.node.as_str() == pillar);
                public.forces().filter(known).count()
            })
            .iter()
            .sum::<usize>();
    assert!(unknown > 30, "the efficiency grades of most forces are in no source");
    assert_eq!(grid.matches("Not in the sources loaded").count(), unknown);
    assert!(grid.contains("Not graded"), "one force was left without a grade in 2017");
}

#[test]
fn what_is_not_loaded_is_told_from_what_was_not_graded() {
    let public = example(&[]);
    with_picture(&public, "2017", "legitimacy", |picture| {
        assert_eq!((picture.known(), picture.count(JudgmentValue::NotGraded)), (43, 1));
        let unknown = picture.with(JudgmentValue::NotGraded);
        assert_eq!(unknown.iter().map(|f| f.id.as_str()).collect::<Vec<_>>(), ["greater-manchester"]);
        assert_eq!(picture.badge(&unknown[0].id).id, "not-graded");
    });
    with_picture(&public, "2015", "legitimacy", |picture| {
        assert_eq!(picture.known(), 1);
        assert_eq!(picture.badge(&"kent".parse().unwrap()).id, "unknown");
        assert!(picture.map(1).is_none(), "one force makes no map");
    });
}

#[test]
fn a_map_has_a_tile_for_each_force() {
    let public = example(&[]);
    let figure = with_picture(&public, "2016", "effectiveness", |picture| picture.map(1).unwrap());
    assert_eq!(
        figure.headline,
        "Effectiveness in 2016: 1 outstanding, 28 good, 13 requires improvement and 1 inadequate"
    );
    assert!(figure.alternative.contains("Outstanding: Durham.") && figure.alternative.contains("Good: 28 forces."));
    let report::chart::Chart::TileMap { tiles, keys } = &figure.chart else { panic!("a map of tiles") };
    assert_eq!((tiles.len(), figure.table.rows.len()), (43, 43));
    let words: Vec<&str> = keys.iter().map(|key| key.words.as_str()).collect();
    assert_eq!(words, ["Outstanding: 1", "Good: 28", "Requires improvement: 13", "Inadequate: 1"]);
    let place = |name: &str| tiles.iter().find(|t| t.name == name).map(|t| (t.column, t.row)).unwrap();
    for width in [report::svg::Width::Full, report::svg::Width::Half, report::svg::Width::Narrow] {
        assert!(!report::svg::draw(&figure.chart, width, "map").contains('…'), "a name is cut short at {width:?}");
    }
    assert!(
        place("Northumbria").1 < place("West Midlands").1 && place("West Midlands").1 < place("Devon and Cornwall").1
    );
    assert!(place("Devon and Cornwall").0 < place("Kent").0 && place("Cumbria").1 <= 2);
}

#[test]
fn moves_are_told_within_one_scale_only() {
    let public = example(&[]);
    let judgments = public.judgments();
    for framework in &public.folder.frameworks {
        for node in framework.nodes() {
            let picture = Picture::new(&public, framework, &node, &judgments);
            let Some(moves) = Moves::of(&picture, &judgments) else { continue };
            assert!(
                moves.from.same_scale(framework) && moves.from.data_until < framework.data_until,
                "{node} {}",
                framework.id
            );
            for m in &moves.moves {
                assert!(!picture.of(&m.force.id).unwrap().carried_over, "{} {node} {}", m.force.id, framework.id);
            }
        }
    }
    let effectiveness =
        Picture::new(&public, public.framework("2017").unwrap(), &"effectiveness".parse().unwrap(), &judgments);
    let moves = Moves::of(&effectiveness, &judgments).unwrap();
    assert_eq!(moves.from.id, "2016");
    let own = moves.moves.iter().find(|m| m.force.id.as_str() == "hertfordshire").unwrap();
    assert_eq!((own.from, own.to, own.words().as_str()), (Grade::RequiresImprovement, Grade::Good, "Up one grade"));

    let home = page(&public, "index.html");
    assert!(home.contains("From 2018/19 to 2021/22 no moves are told: the scale went from four to five grades"));
    for cycle in ["2021-22", "2023-25"] {
        assert!(!page(&public, &format!("national/{cycle}.html")).contains("moved up"));
    }
}

#[test]
fn a_cycle_of_which_nothing_is_loaded_says_so() {
    let public = example(&[]);
    let page = page(&public, "national/2021-22.html");
    assert!(page.contains("no judgment of a single force is in the sources loaded"));
    assert!(page.contains("The scale has five grades") && !page.contains("id=\"forces-table\""));
    assert!(routes::answer(&public, "national/1999.html", &Query::default(), false, &|_| true).is_none());
    assert!(routes::answer(&public, "national/2021-22/q3.html", &Query::default(), false, &|_| true).is_none());
}
