use super::*;
use crate::{html, text};
use proptest::prelude::*;
use reference::{Absence, AreaId, Force, GroupKind, GroupMember, Length, Marks, Register, Release, Value};
use statistics::{
    comparison::Method,
    measure::{Chance, DenominatorPeriod, Direction, Kind, Measure},
    observations::{Observations, Row, Table, Term},
};

fn force(index: usize) -> Force {
    Force {
        id: format!("force-{index}").parse().unwrap(),
        ons_code: String::new(),
        name: format!("Force {index} Constabulary"),
        short_name: format!("Force {index}"),
        country: "England".into(),
        region: "North".into(),
        in_scope: true,
        aliases: vec![],
    }
}

fn measure(id: &str, title: &str, kind: Kind, over: Option<&str>) -> Measure {
    let term = |series: &str| vec![Term { series: series.into(), conditions: vec![] }];
    Measure {
        id: id.into(),
        title: title.into(),
        noun: title.to_lowercase(),
        subject: "Crime".into(),
        kind,
        numerator: term("crimes"),
        denominator: over.map(term).unwrap_or_default(),
        denominator_period: DenominatorPeriod::Latest,
        per: 1000.into(),
        decimals: 1,
        prefix: String::new(),
        suffix: String::new(),
        length: Length::Months(12),
        direction: Direction::Neutral,
        chance: Chance::Events,
        source: "Home Office.".into(),
        definition: "Crimes recorded.".into(),
        caveats: vec!["Recorded crime is treated with care.".into()],
        also: Vec::new(),
        mixed_units: None,
        distorted_by: vec![("force-0".parse().unwrap(), "Few people live there.".into())],
    }
}

const PLAN: &str = r#"{"tiles": ["crimes-per-1000", "crimes"], "sections": [{"id": "crime", "title": "Crime", "introduction": "", "measures": ["crimes", "crimes-per-1000", "unknown"],
  "charts": [{"kind": "trend", "measures": ["crimes-per-1000"]}, {"kind": "paired", "measures": ["crimes-per-1000"]},
             {"kind": "ranked", "measures": ["crimes-per-1000"]}, {"kind": "funnel", "measures": ["crimes-per-1000"]}]}]}"#;

/// Forces with crimes (`None`: not supplied) over residents in two years; the first force distorts, the second has a group.
fn with_pack<T>(forces: &[(Option<i64>, i64)], use_pack: impl FnOnce(&PackData<'_>, &Register) -> T) -> T {
    let release = Release {
        id: "1".repeat(64).parse().unwrap(),
        source: "test".into(),
        publisher: "Home Office".into(),
        title: "Recorded crime".into(),
        released: None,
        licence: "Open Government Licence v3.0.".into(),
        file: "crime.csv".into(),
    };
    let mut table = Table::new(release, vec![]);
    let areas: Vec<AreaId> = (0..forces.len()).map(|i| force(i).id).collect();
    for (row, (area, (crimes, residents))) in areas.iter().zip(forces).enumerate() {
        let crimes = crimes.map_or(Value::Absent(Absence::NotAvailable), |n| Value::Present(n.into()));
        let residents = Value::Present((*residents).into());
        for (series, period, value) in [
            ("crimes", "2016-04-01/2017-03-31", residents),
            ("crimes", "2017-04-01/2018-03-31", crimes),
            ("population", "2016-06-30", residents),
        ] {
            let row = Row {
                series,
                area,
                period: period.parse().unwrap(),
                labels: &[],
                value,
                marks: Marks::NONE,
                sheet: "",
                row: u32::try_from(row).unwrap() + 2,
                column: series,
            };
            table.push(row).unwrap();
        }
    }
    let member = |member: usize| GroupMember {
        kind: GroupKind::MostSimilar,
        owner: "force-1".into(),
        member: force(member).id,
        from: None,
        to: None,
    };
    let register = Register::new(
        (0..forces.len()).map(force).collect(),
        vec![member(2), member(3)],
        vec!["force-0".parse().unwrap()],
    );
    let observations = Observations::new(vec![table]);
    let study = Study {
        register: &register,
        observations: &observations,
        areas: &areas,
        flags: &[],
        method: Method::default(),
        pins: &[],
    };
    let plan: PackPlan = serde_json::from_str(PLAN).unwrap();
    let measures = [
        measure("crimes", "Recorded crimes", Kind::Count, None),
        measure("crimes-per-1000", "Recorded crime per 1,000 population", Kind::Rate, Some("population")),
    ];
    let cycle = PackCycle {
        id: "2018",
        title: "2018",
        until: jiff::civil::date(2018, 3, 31),
        documented: false,
        about: "By the method of 2016.",
    };
    let data =
        PackData::new(&study, &plan, &measures, cycle, Issuer { name: "Inspectorate", banner: Some("Training") });
    use_pack(&data, &register)
}

fn twelve() -> Vec<(Option<i64>, i64)> {
    let mut forces: Vec<(Option<i64>, i64)> = (0..12).map(|i| (Some(60_000 + i * i * 900), 1_000_000)).collect();
    forces[0] = (Some(9_000), 8_000);
    forces[11].0 = None;
    forces
}

fn printed(data: &PackData<'_>, register: &Register, id: &str) -> String {
    text::write(&data.pack(register.force(id).unwrap()).document)
}

/// The words without line breaks.
fn flat(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_sentence_says_value_verdict_and_average() {
    with_pack(&twelve(), |data, register| {
        let words = flat(&printed(data, register, "force-1"));
        assert!(words.contains("In the 12 months to 31 March 2018, Force 1 Constabulary had 60.9 recorded crime per 1,000 population, which was lower than the England and Wales average of 94.7."), "{words}");
        assert!(words.contains("Of the one measure that can be compared"), "{words}");
    });
}

#[test]
fn the_group_includes_the_force_and_a_force_without_one_says_so() {
    with_pack(&twelve(), |data, register| {
        assert!(
            flat(&printed(data, register, "force-1"))
                .contains("The most similar group of Force 1 is Force 1, Force 2 and Force 3.")
        );
        assert!(
            flat(&printed(data, register, "force-2"))
                .contains("The most similar group of Force 2 has not been supplied")
        );
        assert!(flat(&printed(data, register, "force-0")).contains("No force is similar enough to Force 0"));
    });
}

#[test]
fn a_force_that_is_left_out_or_has_no_figure_still_has_a_pack() {
    with_pack(&twelve(), |data, register| {
        let left_out = flat(&printed(data, register, "force-0"));
        assert!(left_out.contains("There is no comparison because the force is left out"), "{left_out}");
        let without = flat(&printed(data, register, "force-11"));
        assert!(without.contains("there is no figure for the 12 months to 31 March 2018"), "{without}");
        assert!(without.contains("[x]"), "{without}");
    });
}

#[test]
fn every_number_has_a_derivation_that_names_its_cells() {
    with_pack(&twelve(), |data, register| {
        let pack = data.pack(register.force("force-1").unwrap());
        let page = html::page(
            &pack.document,
            &html::Site { name: "Inspectorate".into(), root: "../../".into(), ..html::Site::default() },
        );
        let bound: Vec<&str> =
            page.split("data-ref=\"").skip(1).filter_map(|rest| rest.split_once('"').map(|(id, _)| id)).collect();
        assert!(bound.len() > 5, "{bound:?}");
        for id in bound {
            assert!(pack.numbers.0.contains_key(id), "{id}");
        }
        let own = &pack.numbers.0["crimes-per-1000.force-1.2018-03-31"];
        assert_eq!(own.inputs[0].places[0].words(1), "column crimes, row 3");
        assert_eq!((own.numerator.as_str(), own.denominator.as_deref()), ("60900", Some("1000000")));
        assert_eq!(pack.numbers.0["crimes-per-1000.england-and-wales.2018-03-31"].without, ["force-0", "force-11"]);
        assert_eq!(data.unanswered().collect::<Vec<_>>(), ["unknown"]);
    });
}

#[test]
fn the_workbook_passes_the_accessibility_checks() {
    with_pack(&twelve(), |data, register| {
        for id in ["force-0", "force-1", "force-11"] {
            let force = register.force(id).unwrap();
            let book = workbook(data, force, &data.pack(force));
            assert_eq!(crate::checks::check(&book), Vec::<String>::new());
        }
        let national: Vec<_> = data.answered().map(|answer| national(data, answer)).collect();
        assert_eq!(national[0].rows.len(), 12);
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn arbitrary_figures_make_packs_for_every_force(forces in prop::collection::vec((prop::option::of(0i64..2_000_000), 1i64..9_000_000), 12..16)) {
        with_pack(&forces, |data, register| {
            for force in register.forces() {
                let pack = data.pack(force);
                let words = text::write(&pack.document);
                assert!(!words.contains("NaN") && !words.contains("inf "), "{words}");
                assert_eq!(crate::checks::check(&workbook(data, force, &pack)), Vec::<String>::new());
            }
        });
    }
}
