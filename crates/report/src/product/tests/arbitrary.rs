//! Arbitrary records and texts, and every document that they make. Its parent brings the names into scope, so that the tests of other
//! crates use the same file.

use super::*;

/// The plans that an inspectorate starts with.
fn plans() -> Vec<Plan> {
    let texts = [
        include_str!("../../../../../content/templates/force-page.yaml"),
        include_str!("../../../../../content/templates/force-report.yaml"),
        include_str!("../../../../../content/templates/pillar-report.yaml"),
        include_str!("../../../../../content/templates/pillar-page.yaml"),
        include_str!("../../../../../content/templates/detailed-findings.yaml"),
        include_str!("../../../../../content/templates/question-page.yaml"),
        include_str!("../../../../../content/templates/press-release.yaml"),
        include_str!("../../../../../content/templates/letter.yaml"),
    ];
    let plans: Vec<Plan> = texts.map(|text| serde_saphyr::from_str(text).unwrap()).into();
    assert_eq!(plans.iter().map(|p| p.product).collect::<BTreeSet<_>>(), BTreeSet::from(Kind::ALL));
    plans
}

/// The measures and the standing texts that plans name.
fn named(parts: &[Part], measures: &mut BTreeSet<String>, standing: &mut BTreeSet<String>) {
    for part in parts {
        match part {
            Part::Section { parts, .. } | Part::Pillars(parts) | Part::Questions(parts) => {
                named(parts, measures, standing)
            }
            Part::Numbers(ids) | Part::Measures(ids) | Part::Figure(FigurePlan { measures: ids, .. }) => {
                measures.extend(ids.iter().cloned())
            }
            Part::Table(plan) => measures.extend(plan.measures.iter().cloned()),
            Part::Standing(name) | Part::Detail { standing: name, .. } => _ = standing.insert(name.clone()),
            _ => {}
        }
    }
}

/// A record and its texts, as far as they vary.
#[derive(Debug, Clone)]
pub struct Facts {
    /// A force without a similar one, one with a group, one whose group is not supplied.
    pub force: usize,
    pub pillars: bool,
    pub five_grades: bool,
    pub documented: bool,
    /// How each place is judged, by its order; places beyond the list are not.
    pub judged: Vec<usize>,
    /// Kind, place, words, how many addressees, whether it hangs on the one before it.
    pub findings: Vec<(usize, usize, String, usize, bool)>,
    /// Words that name things: headings, titles, speakers.
    pub words: String,
    /// Paragraphs of every text; without any there is no text.
    pub paragraphs: Vec<String>,
    /// Crimes of each force in each year; `None`: not supplied.
    pub crimes: Vec<Option<i64>>,
}

pub const FORCES: usize = 12;
const VALUES: [&str; 10] = [
    "outstanding",
    "good",
    "adequate",
    "requires-improvement",
    "inadequate",
    "ungraded",
    "not-inspected",
    "to-be-graded",
    "not-graded",
    "carried over",
];
const FINDINGS: [&str; 5] =
    ["cause-of-concern", "recommendation", "area-for-improvement", "promising-practice", "innovative-practice"];

/// Words as they can stand in a record: plain, with accents, without a gap, of any letters.
fn words() -> impl Strategy<Value = String> {
    let longest = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch".repeat(6);
    prop_oneof![
        Just(String::new()),
        Just("Figure 1".to_owned()),
        Just("Table 1".to_owned()),
        Just("Heddlu Dyfed-Powys: tŷ, Ŵyl, naïf – “dyfyniad”".to_owned()),
        Just(longest),
        "[A-Za-z ,.;:'-]{0,80}",
        "\\PC{0,60}",
    ]
}

pub fn facts() -> impl Strategy<Value = Facts> {
    let finding = (0..FINDINGS.len(), 0..12usize, words(), 1..FORCES, any::<bool>());
    let paragraph =
        prop_oneof![words(), Just(EXPRESSIONS.to_owned()), Just(BLOCKS.to_owned()), Just("## Figure 1".to_owned())];
    let paragraphs = prop::collection::vec(paragraph, 0..4);
    let crimes = prop::collection::vec(prop::option::of(0i64..3_000_000), FORCES);
    let findings = prop::collection::vec(finding, 0..8);
    let settings = (0..3usize, any::<bool>(), any::<bool>(), any::<bool>());
    (settings, prop::collection::vec(0..VALUES.len(), 0..16), findings, words(), paragraphs, crimes).prop_map(
        |((force, pillars, five_grades, documented), judged, findings, words, paragraphs, crimes)| Facts {
            force,
            pillars,
            five_grades,
            documented,
            judged,
            findings,
            words,
            paragraphs,
            crimes,
        },
    )
}

/// Every expression in a sentence, lawful or not.
pub const EXPRESSIONS: &str = "{{ force }} in {{ cycle }}: {{ value(\"officers-fte\") }} police officers, \
    {{ compared(\"officers-per-1000-population\", \"england-and-wales\") }}, {{ rank(\"officers-per-1000-population\", \"lowest\") }}; \
    {{ asserted_by(\"item\") }} {{ evidence(\"item.some\") }}, {{ review(\"item.of\") }}, {{ review(\"item.of\", as=\"percent\") }}, \
    {{ share(\"item.some\", of=\"item.all\") }}; {{ change(\"officers-fte\", since=\"2014-03-31\") }} {{ difference(\"supplied-percent\") }} \
    {{ value(\"supplied-percent\") }} {{ count(\"areas-for-improvement\") }} {{ grade(\"legitimacy\") }} {{ grade(\"q1\") }} \
    {{ last_inspected(\"legitimacy.q1\") }} {{ moved(\"legitimacy\", since=\"2015\") }} {{ year(\"work\") }}{{ cite(\"work\") }}.";
pub const BLOCKS: &str = "{{ chart(\"paired\", \"officers-per-1000-population\") }}\n\n{{ chart(\"trend\", \"officers-fte\") }}\n\n\
    {{ table(\"officers-fte\", \"supplied-percent\") }}\n\n- {{ quote(\"said\") }}\n- {{ evidence(\"item.some\") }} people";

fn framework(id: &str, facts: &Facts) -> Framework {
    let grades: Vec<_> =
        VALUES[..5].iter().filter(|g| facts.five_grades || **g != "adequate").map(|g| json!({"id": g})).collect();
    let earlier = |node: &str| {
        if id == "2015" { json!(null) } else { json!({"node": format!("2015/{node}"), "comparable": true}) }
    };
    let question = |node: &str, number: usize| {
        let mut question = json!({
            "id": format!("q{number}"), "title": format!("Question {number}"), "short": "doing what it should",
            "graded": number != 3, "inspected": number != 4,
            "diagnostics": [{"id": "d1", "wording": "How well?", "headings": ["What we saw"], "new": true}, {"id": "d2", "title": "Well"}],
        });
        if number == 2 {
            question["wording"] = json!(format!("How well does the force do? {}", facts.words));
        }
        if id != "2015" {
            question["origin"] = earlier(&format!("{node}q{number}"));
        }
        question
    };
    let pillar = |id: &str| {
        let questions: Vec<_> = (1..=4).map(|n| question(&format!("{id}."), n)).collect();
        json!({"id": id, "title": id.to_uppercase(), "headline": "How legitimate is it?", "questions": questions})
    };
    let mut value = json!({
        "id": id, "title": id, "data-until": format!("{id}-03-31"), "grades": grades,
        "inspectorate": {"id": "i", "name": "I", "full-name": "Inspectorate"},
        "products": Kind::ALL.map(Kind::id),
    });
    if facts.pillars {
        value["pillars"] = json!([pillar("effectiveness"), pillar("legitimacy")]);
    } else {
        value["questions"] = (1..=5).map(|n| question("", n)).collect();
    }
    serde_json::from_value(value).unwrap()
}

/// What of the facts is lawful: a command that the record refuses is left out.
fn record(frameworks: &[Framework], force: &AreaId, facts: &Facts) -> Record {
    let mut record = Record::default();
    let from = json!({"publication": "report", "page": 7, "quote": "words"});
    let mut take = |cycle: &str, command: serde_json::Value| {
        let command = serde_json::from_value(command).expect("a command");
        record.apply(frameworks, cycle, Some(force), command).is_ok()
    };
    let about = json!({"id": "report", "publisher": "I", "title": facts.words, "published": "2016-05", "forces": [force.as_str()]});
    assert!(take("2016", json!({"take-publication": about})));
    for (cycle, shift) in [("2015", 3), ("2016", 0)] {
        let nodes = frameworks[0].nodes();
        for (place, node) in nodes.iter().filter(|n| !n.as_str().contains(".d")).enumerate() {
            let Some(value) = facts.judged.get(place) else { break };
            let value = VALUES[(value + shift) % VALUES.len()];
            let mut judgment = json!({"node": node.as_str(), "grade": value, "from": from});
            if value == "carried over" {
                judgment = json!({"node": node.as_str(), "carried-over": "2015", "from": from});
            }
            take(cycle, json!({"take-judgment": judgment}));
            let status = if value == "carried over" { "carried-over" } else { "inspected" };
            take(
                cycle,
                json!({"take-scope": {"node": node.as_str(), "status": status, "reason": facts.words, "from": from}}),
            );
        }
        for (number, (kind, node, words, addressees, hangs)) in facts.findings.iter().enumerate() {
            let before = number.checked_sub(1).filter(|_| *hangs).map(|n| format!("finding-{n}"));
            let addressees: Vec<String> =
                (0..*addressees).map(|n| format!("force-{n}")).chain(["all-forces".to_owned()]).collect();
            let finding = json!({
                "id": format!("finding-{number}"), "kind": FINDINGS[*kind], "node": nodes[node % nodes.len()].as_str(), "text": words,
                "title": if number % 2 == 0 { words.as_str() } else { "" }, "sub-points": [words, "second"], "addressees": addressees,
                "parent": before, "due": "2017-03", "restates": [format!("2015/finding-{number}")], "from": from,
            });
            take(cycle, json!({"take-finding": finding}));
        }
    }
    let first = frameworks[0].nodes()[0].to_string();
    for command in [
        json!({"take-evidence": {
            "id": "item", "node": first, "kind": "survey", "asserted-by": "force", "says": facts.words, "from": from,
            "numbers": {"some": {"value": "30", "counts": "people"}, "all": {"value": "120", "counts": "people"}, "of": "48 of 60"},
        }}),
        json!({"take-comparison": {
            "measure": "supplied-percent", "period": "2016-03-31", "value": "94.9", "comparator": "england-and-wales",
            "comparator-value": "93.4", "verdict": "higher", "before": {"period": "2015-03-31", "value": "94.7"}, "from": from,
        }}),
        json!({"take-reference": {"id": "work", "title": facts.words, "published": "2011-09", "from": from}}),
        json!({"take-quotation": {"id": "said", "speaker": facts.words, "text": "Words.", "approved": true, "from": from}}),
        json!({"take-annotation": {"date": "2016", "text": facts.words, "from": from}}),
        json!({"take-correction": {"was": facts.words, "now": facts.words, "why": facts.words}}),
    ] {
        take("2016", command);
    }
    record
}

fn texts(framework: &Framework, facts: &Facts) -> BTreeMap<String, Draft> {
    let mut texts = BTreeMap::new();
    if facts.paragraphs.is_empty() {
        return texts;
    }
    let said = facts.paragraphs.join("\n\n");
    let mut write = |section: &str, parts: &[&str]| {
        let text: String = parts.iter().map(|part| format!("# {part}\n\n{said}\n\n")).collect();
        texts.insert(section.to_owned(), draft::read(&format!("record/{section}.md"), &text).0);
    };
    for node in framework.nodes() {
        let node = node.as_str();
        let (d1, d2) = (format!("{node}.d1"), format!("{node}.d2"));
        write(node, &["statement", "summary", "context", &d1, &d2, "findings", "review"]);
    }
    write("overview", &["observations"]);
    write("press", &["national", "quotes"]);
    write("letter", &["body"]);
    texts
}

fn measure(id: &str) -> Measure {
    let term = |series: &str| vec![Summed { series: series.into(), conditions: vec![] }];
    let kind = match id {
        _ if id.ends_with("-percent") => Sort::Percent,
        _ if id.ends_with("-fte") => Sort::Count,
        _ => Sort::Rate,
    };
    let supplied = id == "supplied-percent";
    Measure {
        id: id.into(),
        title: format!("Measure {id}"),
        noun: "of police officers".into(),
        subject: "Crime".into(),
        kind,
        numerator: term(if supplied { "never" } else { "crimes" }),
        denominator: if kind == Sort::Count { Vec::new() } else { term("population") },
        denominator_period: DenominatorPeriod::Latest,
        per: if kind == Sort::Percent { 100.into() } else { 1000.into() },
        decimals: 1,
        prefix: String::new(),
        suffix: if kind == Sort::Percent { "%".into() } else { String::new() },
        length: Length::Months(12),
        direction: Direction::Neutral,
        chance: Chance::Events,
        source: "Home Office.".into(),
        definition: "Crimes recorded.".into(),
        caveats: vec!["Treated with care.".into()],
        also: Vec::new(),
        mixed_units: None,
        distorted_by: Vec::new(),
    }
}

fn force(index: usize, words: &str) -> Force {
    Force {
        id: format!("force-{index}").parse().unwrap(),
        ons_code: String::new(),
        name: format!("Force {index} {words}"),
        short_name: format!("Force {index}"),
        country: "Wales".into(),
        region: "North".into(),
        in_scope: true,
        aliases: vec![],
    }
}

fn observations(areas: &[AreaId], crimes: &[Option<i64>]) -> Observations {
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
    for (row, (area, crimes)) in areas.iter().zip(crimes).enumerate() {
        let present = |n: i64| Value::Present(n.into());
        let crimes = |year: i64| crimes.map_or(Value::Absent(reference::Absence::NotAvailable), |n| present(n + year));
        for (series, period, value) in [
            ("crimes", "2013-04-01/2014-03-31", crimes(0)),
            ("crimes", "2014-04-01/2015-03-31", crimes(7)),
            ("crimes", "2015-04-01/2016-03-31", crimes(2)),
            ("population", "2013-06-30", present(1_000_000)),
        ] {
            let row = u32::try_from(row).unwrap() + 2;
            let period = period.parse().unwrap();
            table
                .push(Row {
                    series,
                    area,
                    period,
                    labels: &[],
                    value,
                    marks: Marks::NONE,
                    sheet: "",
                    row,
                    column: series,
                })
                .unwrap();
        }
    }
    Observations::new(vec![table])
}

/// Every document of the facts, made twice from the same.
pub fn with_documents(facts: &Facts, check: impl Fn(&Made, &Made, &Context<'_>)) {
    let plans = plans();
    let (mut measures, mut names) = (BTreeSet::from(["supplied-percent".to_owned()]), BTreeSet::new());
    plans.iter().for_each(|plan| named(&plan.parts, &mut measures, &mut names));
    let measures: Vec<Measure> = measures.iter().map(|id| measure(id)).collect();
    let said = "Words for {{ force }}.\n\n# A heading\n\n## One below\n\nMore words.";
    let standing = names.into_iter().map(|name| (name, draft::read("templates/standing", said).0)).collect();
    let areas: Vec<AreaId> = (0..FORCES).map(|i| force(i, "").id).collect();
    let member = |index: usize| GroupMember {
        kind: GroupKind::MostSimilar,
        owner: "force-1".into(),
        member: areas[index].clone(),
        from: None,
        to: None,
    };
    let register = Register::new(
        (0..FORCES).map(|i| force(i, &facts.words)).collect(),
        vec![member(2), member(3)],
        vec![areas[0].clone()],
    );
    let observations = observations(&areas, &facts.crimes);
    let study = Study {
        register: &register,
        observations: &observations,
        areas: &areas,
        flags: &[],
        method: Method::default(),
        pins: &[],
    };
    let frameworks = ["2015", "2016"].map(|id| framework(id, facts));
    let own = register.force(&format!("force-{}", facts.force)).unwrap();
    let record = record(&frameworks, &own.id, facts);
    let none = Inspection::default();
    for framework in &frameworks {
        let bodies = vec![("body".to_owned(), "A body".to_owned(), Some(own.id.clone()))];
        let house =
            House::new(&study, &measures, &frameworks, &framework.id, &record, bodies, facts.documented).unwrap();
        let inspection = record.inspection(&framework.id, &own.id).unwrap_or(&none);
        let texts = texts(framework, facts);
        texts.values().for_each(|text| _ = lint::text(&Desk::new(&house, own, inspection), text));
        let jobs: Vec<(String, Job)> =
            jobs(&house, inspection, &texts).into_iter().map(|j| (framework.id.clone(), j)).collect();
        let stems: BTreeSet<String> = jobs.iter().map(|(_, job)| job.stem()).collect();
        assert_eq!(stems.len(), jobs.len(), "no two documents have one name");
        let sources = Sources {
            texts: &texts,
            standing: &standing,
            issuer: Issuer { name: "I", banner: None },
            documents: &jobs,
        };
        for (_, job) in &jobs {
            let plan = plans.iter().find(|plan| plan.product == job.kind).unwrap();
            let document = || make(&house, own, inspection, plan, job, &sources);
            let made = document();
            let context = Context {
                observations: &observations,
                measures: &measures,
                register: &register,
                numbers: &made.numbers,
                publisher: "I",
                banner: None,
                force: &own.short_name,
                cycle: &framework.title,
                date: framework.data_until,
            };
            check(&made, &document(), &context);
        }
    }
}
