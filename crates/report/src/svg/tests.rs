//! Laws of every chart: it is a picture that any reader of XML accepts, and no label touches another or leaves it.

use super::canvas::{Bounds, Label};
use super::{Width, draw, paint};
use crate::chart::{Axis, Chart, Dot, GridRow, Item, Limit, Line, MapKey, MapTile, Pair, Role};
use crate::document::Badge;
use proptest::prelude::*;

const WIDTHS: [Width; 3] = [Width::Full, Width::Half, Width::Narrow];

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -50.0..200.0_f64,
        2 => (0..5_i32).prop_map(f64::from),
        1 => Just(0.0),
        1 => -1e13..1e13_f64,
        1 => -1e-9..1e-9_f64,
        1 => prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(f64::MAX), Just(f64::MIN)],
    ]
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Z][a-z]{2,12}( [a-z]{2,10}){0,2}",
        1 => "[A-Za-zŵ& <>'\"]{0,60}",
        1 => "[W]{30,60}",
    ]
}

fn printed() -> impl Strategy<Value = String> {
    prop_oneof![5 => "[0-9]{1,3}(,[0-9]{3}){0,2}%?", 1 => "\\[x\\] not available", 1 => words()]
}

fn role() -> impl Strategy<Value = Role> {
    prop_oneof![Just(Role::Force), Just(Role::Comparator), Just(Role::Group), Just(Role::Other)]
}

fn axis() -> impl Strategy<Value = Axis> {
    let affix = || prop_oneof![3 => Just(String::new()), 1 => "[£%]", 1 => "[a-z ]{0,12}"];
    (words(), affix(), affix()).prop_map(|(title, prefix, suffix)| Axis { title, prefix, suffix })
}

fn paired() -> impl Strategy<Value = Chart> {
    let bar = || (proptest::option::of(number()), printed());
    let row = (words(), bar(), bar()).prop_map(|(label, force, comparator)| Pair { label, force, comparator });
    (words(), words(), proptest::collection::vec(row, 0..7), axis()).prop_map(|(a, b, rows, axis)| Chart::Paired {
        names: [a, b],
        rows,
        axis,
    })
}

fn trend() -> impl Strategy<Value = Chart> {
    let point = (0..14_usize, number(), printed());
    let line = (words(), role(), proptest::collection::vec(point, 0..12)).prop_map(|(name, role, points)| Line {
        name,
        role,
        points,
    });
    let times = proptest::collection::vec(words(), 0..13);
    (proptest::collection::vec(line, 0..5), axis(), times).prop_map(|(lines, axis, times)| Chart::Trend {
        lines,
        axis,
        times,
    })
}

fn ranked() -> impl Strategy<Value = Chart> {
    let item =
        (words(), number(), printed(), role()).prop_map(|(name, value, text, role)| Item { name, value, text, role });
    let average = proptest::option::of((number(), words()));
    (proptest::collection::vec(item, 0..45), average, axis()).prop_map(|(columns, average, axis)| Chart::Ranked {
        columns,
        average,
        axis,
    })
}

fn stacked() -> impl Strategy<Value = Chart> {
    let row = (words(), proptest::collection::vec(prop_oneof![3 => 0.0..100.0_f64, 1 => number()], 0..5));
    let parts = proptest::collection::vec(words(), 0..5);
    (parts, proptest::collection::vec(row, 0..6)).prop_map(|(parts, rows)| Chart::Stacked { parts, rows })
}

fn funnel() -> impl Strategy<Value = Chart> {
    let dot =
        (words(), number(), number(), role()).prop_map(|(name, size, value, role)| Dot { name, size, value, role });
    let limit = (number(), number(), number(), number(), number()).prop_map(|(size, a, b, c, d)| Limit {
        size,
        inner: (a, b),
        outer: (c, d),
    });
    let lists = (proptest::collection::vec(dot, 0..45), proptest::collection::vec(limit, 0..20));
    (lists, (number(), words()), axis(), words()).prop_map(|((points, limits), average, axis, size)| Chart::Funnel {
        points,
        average,
        limits,
        axis,
        size,
    })
}

fn xmr() -> impl Strategy<Value = Chart> {
    let point = (number(), words(), any::<bool>());
    (proptest::collection::vec(point, 0..30), [number(), number(), number()], axis())
        .prop_map(|(points, limits, axis)| Chart::Xmr { points, limits, axis })
}

fn badge() -> impl Strategy<Value = Badge> {
    let word = prop_oneof![2 => Just("requires improvement".to_owned()), 1 => Just("good".to_owned()), 1 => words()];
    let steps = proptest::option::of((0..7_u8, 0..7_u8));
    (word, steps, proptest::option::of(words())).prop_map(|(word, steps, carried_over)| Badge {
        id: word.replace(' ', "-"),
        word,
        steps,
        carried_over,
    })
}

fn grid() -> impl Strategy<Value = Chart> {
    let cells = proptest::collection::vec(badge(), 0..5);
    let row = (words(), role(), cells).prop_map(|(name, role, cells)| GridRow { name, role, cells });
    (proptest::collection::vec(words(), 0..5), proptest::collection::vec(row, 0..9))
        .prop_map(|(columns, rows)| Chart::Grid { columns, rows })
}

fn tile_map() -> impl Strategy<Value = Chart> {
    let places = proptest::collection::btree_map((1..12_u8, 1..14_u8), (words(), words(), badge()), 0..45);
    let tiles = places.prop_map(|places| {
        let tile = |((column, row), (name, shorter, badge))| MapTile { name, shorter, column, row, badge };
        places.into_iter().map(tile).collect()
    });
    let key = (badge(), words()).prop_map(|(badge, words)| MapKey { badge, words });
    (tiles, proptest::collection::vec(key, 0..7)).prop_map(|(tiles, keys)| Chart::TileMap { tiles, keys })
}

fn chart() -> impl Strategy<Value = Chart> {
    prop_oneof![paired(), trend(), ranked(), stacked(), funnel(), xmr(), grid(), tile_map()]
}

/// What is wrong with where the labels lie.
fn misplaced(labels: &[Label], width: f64, height: f64) -> Option<String> {
    const SLACK: f64 = 0.02;
    for (index, label) in labels.iter().enumerate() {
        let at = label.bounds;
        if !(at.left >= -SLACK && at.right <= width + SLACK && at.top >= -SLACK && at.bottom <= height + SLACK) {
            return Some(format!("{label:?} leaves the picture of {width} by {height}"));
        }
        let smaller =
            Bounds { left: at.left + SLACK, top: at.top + SLACK, right: at.right - SLACK, bottom: at.bottom - SLACK };
        if let Some(other) = labels[index + 1..].iter().find(|other| other.bounds.meets(&smaller)) {
            return Some(format!("{label:?} touches {other:?}"));
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_label_touches_another_or_leaves_the_picture(chart in chart()) {
        for width in WIDTHS {
            let (canvas, height) = paint(&chart, width);
            let problem = misplaced(&canvas.labels, width.units(), height.ceil());
            prop_assert!(problem.is_none(), "{:?} {}", width, problem.unwrap_or_default());
        }
    }

    #[test]
    fn every_chart_is_well_formed_and_has_only_finite_numbers(chart in chart()) {
        for width in WIDTHS {
            let svg = draw(&chart, width, "figure-1");
            let tree = roxmltree::Document::parse(&svg);
            prop_assert!(tree.is_ok(), "{:?} {svg}", tree.err());
            let tree = tree.unwrap();
            for node in tree.descendants().filter(roxmltree::Node::is_element) {
                for attribute in node.attributes() {
                    let value = attribute.value();
                    prop_assert!(!value.contains("NaN") && !value.contains("inf"), "{}={value}", attribute.name());
                    prop_assert!(attribute.name() != "style" && attribute.name() != "href");
                }
                prop_assert!(node.attribute("id").is_none_or(|id| id == "figure-1"));
            }
        }
    }
}

#[test]
fn the_same_chart_has_the_same_bytes() {
    for chart in examples() {
        assert_eq!(draw(&chart, Width::Full, "a"), draw(&chart.clone(), Width::Full, "a"));
    }
}

fn said(chart: &Chart, width: Width) -> Vec<String> {
    paint(chart, width).0.labels.into_iter().map(|l| l.text).collect()
}

#[test]
fn a_ranked_chart_names_the_force_its_group_and_both_ends() {
    let [_, _, ranked, ..] = examples();
    for width in WIDTHS {
        let said = said(&ranked, width).join("|");
        for words in [
            "Hertfordshire 10%",
            "Cumbria 4% (lowest)",
            "Gwent 30% (highest)",
            "Most similar group",
            "Essex",
            "England and Wales 17%",
        ] {
            assert!(said.contains(words), "{width:?}: {words} not in {said}");
        }
    }
}

#[test]
fn a_funnel_names_the_force_and_those_outside_the_limits_only() {
    let [.., funnel, _, _, _] = examples();
    let said = said(&funnel, Width::Full);
    let count = |name: &str| said.iter().filter(|words| *words == name).count();
    // Once in the legend and once beside its dot.
    assert_eq!(count("Hertfordshire"), 2);
    assert_eq!(count("Gwent"), 1);
    assert_eq!(count("Essex"), 0);
}

#[test]
fn each_kind_of_chart_is_drawn_as_it_was() {
    let names = ["paired", "trend", "ranked", "stacked", "funnel", "xmr", "grid", "tile_map"];
    for (name, chart) in names.into_iter().zip(examples()) {
        let svg = draw(&chart, Width::Half, name).replace("><", ">\n<");
        insta::assert_snapshot!(format!("chart_{name}"), svg);
    }
}

/// Three forces on three pillars: one judged now, one in an earlier cycle, one of which little is known.
fn grid_of_three() -> Chart {
    let good = || Badge { word: "good".to_owned(), id: "good".to_owned(), steps: Some((3, 4)), carried_over: None };
    let improve = || Badge {
        word: "requires improvement".to_owned(),
        id: "requires-improvement".to_owned(),
        steps: Some((2, 4)),
        carried_over: None,
    };
    let earlier = |badge: Badge| Badge { carried_over: Some("2017".to_owned()), ..badge };
    let row = |name: &str, role, cells| GridRow { name: name.to_owned(), role, cells };
    Chart::Grid {
        columns: ["Effectiveness", "Efficiency", "Legitimacy"].map(str::to_owned).to_vec(),
        rows: vec![
            row("Essex", Role::Group, vec![earlier(good()), earlier(improve()), good()]),
            row("Hertfordshire", Role::Force, vec![good(), good(), improve()]),
            row("Sussex", Role::Group, vec![improve()]),
        ],
    }
}

#[test]
fn a_grid_begins_with_the_force_and_says_what_is_not_known() {
    let [.., grid, _] = examples();
    for width in WIDTHS {
        let said = said(&grid, width);
        let at =
            |words: &str| said.iter().position(|label| label == words).unwrap_or_else(|| panic!("{words}: {said:?}"));
        assert!(at("Hertfordshire") < at("Essex") && at("Essex") < at("Sussex"), "{width:?}");
        assert_eq!(said.iter().filter(|words| *words == "2017").count(), 2, "{width:?}");
        assert_eq!(said.join(" ").matches("Not known").count(), 2, "{width:?}");
    }
}

/// Four forces: one judged now, one in an earlier cycle, one left without a grade, one of which nothing is known.
fn map_of_four() -> Chart {
    let grade = |word: &str, steps: u8| Badge {
        word: word.to_owned(),
        id: word.replace(' ', "-"),
        steps: (steps > 0).then_some((steps, 4)),
        carried_over: None,
    };
    let tile = |name: &str, shorter: &str, (column, row), badge: Badge| MapTile {
        name: name.to_owned(),
        shorter: shorter.to_owned(),
        column,
        row,
        badge,
    };
    let earlier = Badge { carried_over: Some("2016".to_owned()), ..grade("good", 3) };
    let key = |badge: Badge, words: &str| MapKey { badge, words: words.to_owned() };
    Chart::TileMap {
        tiles: vec![
            tile("Northumbria", "N’bria", (4, 1), grade("requires improvement", 2)),
            tile("Greater Manchester", "GMP", (3, 2), grade("not graded", 0)),
            tile("Northamptonshire", "Northants", (4, 3), earlier),
            tile("Devon and Cornwall", "D & C", (1, 4), Badge::not_known()),
        ],
        keys: vec![
            key(grade("good", 3), "Good: 1"),
            key(grade("requires improvement", 2), "Requires improvement: 1"),
            key(grade("not graded", 0), "Not graded: 1"),
            key(Badge::not_known(), "Not known: 1"),
        ],
    }
}

#[test]
fn a_map_of_tiles_says_each_name_whole_or_short_and_marks_what_is_no_grade() {
    let map = map_of_four();
    for (width, name) in [(Width::Full, "Northamptonshire"), (Width::Half, "Northants"), (Width::Narrow, "Northants")] {
        let said = said(&map, width);
        let count = |words: &str| said.iter().filter(|label| *label == words).count();
        assert_eq!(count(name), 1, "{width:?}: {said:?}");
        // Once on its tile and once in the key.
        assert_eq!([count("NG"), count("?")], [2, 2], "{width:?}: {said:?}");
        assert_eq!(count("Requires improvement: 1"), 1, "{width:?}: {said:?}");
        assert!(!said.concat().contains('…'), "{width:?}: {said:?}");
    }
    assert!(said(&map, Width::Full).iter().any(|label| label == "2016"));
}

#[test]
fn the_tiles_of_a_map_lie_north_above_south_and_west_before_east() {
    let (canvas, _) = paint(&map_of_four(), Width::Full);
    let at = |words: &str| canvas.labels.iter().find(|label| label.text.starts_with(words)).unwrap().bounds;
    let (north, south) = (at("Northumbria"), at("Devon"));
    assert!(north.top < south.top && south.left < north.left);
}

/// A small chart of each kind, in the order of [`Chart`].
fn examples() -> [Chart; 8] {
    let axis =
        |title: &str, suffix: &str| Axis { title: title.to_owned(), prefix: String::new(), suffix: suffix.to_owned() };
    let item = |name: &str, value: f64, role| Item { name: name.to_owned(), value, text: format!("{value}%"), role };
    let line = |name: &str, role, values: [f64; 3]| Line {
        name: name.to_owned(),
        role,
        points: values.iter().enumerate().map(|(i, v)| (i, *v, v.to_string())).collect(),
    };
    let dot = |name: &str, size, value, role| Dot { name: name.to_owned(), size, value, role };
    let limit = |size, near, far| Limit { size, inner: (50.0 - near, 50.0 + near), outer: (50.0 - far, 50.0 + far) };
    [
        Chart::Paired {
            names: ["Hertfordshire".to_owned(), "England and Wales".to_owned()],
            rows: vec![Pair {
                label: "Burglary".to_owned(),
                force: (Some(4.2), "4.2".to_owned()),
                comparator: (None, "[x]".to_owned()),
            }],
            axis: axis("Crimes per 1,000 population", ""),
        },
        Chart::Trend {
            lines: vec![
                line("Hertfordshire", Role::Force, [40.0, 44.0, 52.0]),
                line("England and Wales", Role::Comparator, [50.0, 51.0, 53.0]),
            ],
            axis: axis("Crimes per 1,000 population", ""),
            times: ["2016", "2017", "2018"].map(str::to_owned).to_vec(),
        },
        Chart::Ranked {
            columns: vec![
                item("Gwent", 30.0, Role::Other),
                item("Hertfordshire", 10.0, Role::Force),
                item("Cumbria", 4.0, Role::Other),
                item("Essex", 12.0, Role::Group),
            ],
            average: Some((17.0, "England and Wales 17%".to_owned())),
            axis: axis("Percent of crimes", "%"),
        },
        Chart::Stacked {
            parts: ["Charged", "Cautioned", "Closed"].map(str::to_owned).to_vec(),
            rows: vec![("Burglary".to_owned(), vec![7.6, 0.3, 92.1])],
        },
        Chart::Funnel {
            points: vec![
                dot("Hertfordshire", 400.0, 55.0, Role::Force),
                dot("Gwent", 700.0, 75.0, Role::Other),
                dot("Essex", 900.0, 48.0, Role::Group),
            ],
            average: (50.0, "England and Wales 50".to_owned()),
            limits: vec![limit(100.0, 20.0, 31.0), limit(500.0, 9.0, 14.0), limit(1000.0, 6.0, 10.0)],
            axis: axis("Complaints per 1,000 workforce", ""),
            size: "Workforce".to_owned(),
        },
        Chart::Xmr {
            points: [40.0, 42.0, 55.0]
                .iter()
                .zip(["Jan", "Feb", "Mar"])
                .map(|(v, time)| (*v, time.to_owned(), *v > 50.0))
                .collect(),
            limits: [43.0, 36.0, 50.0],
            axis: axis("Calls a month", ""),
        },
        grid_of_three(),
        map_of_four(),
    ]
}
