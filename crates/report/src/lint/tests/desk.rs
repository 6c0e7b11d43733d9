//! A small desk: one force in an alliance with a second, three cycles, five measures, a few facts on record.

use crate::desk::{Desk, House};
use inspection::{
    framework::Framework,
    record::{Command, Record},
};
use reference::{Alias, AreaId, Force, GroupKind, GroupMember, Length, Register};
use serde_json::{Value, json};
use statistics::{
    comparison::Method,
    measure::{Chance, DenominatorPeriod, Direction, Kind, Measure},
    observations::{Observations, Term},
    study::Study,
};

fn force(id: &str, name: &str, short: &str, aliases: &[&str]) -> Force {
    let alias = |name: &&str| Alias { name: (*name).into(), from: None, to: None };
    Force {
        id: id.parse().unwrap(),
        ons_code: String::new(),
        name: name.into(),
        short_name: short.into(),
        country: "England".into(),
        region: "East".into(),
        in_scope: true,
        aliases: aliases.iter().map(alias).collect(),
    }
}

fn register() -> Register {
    let member = |id: &str| GroupMember {
        kind: GroupKind::Alliance,
        owner: "eastern".into(),
        member: id.parse().unwrap(),
        from: None,
        to: None,
    };
    let forces = vec![
        force("hertfordshire", "Hertfordshire Constabulary", "Hertfordshire", &[]),
        force("bedfordshire", "Bedfordshire Police", "Bedfordshire", &[]),
        force("kent", "Kent Police", "Kent", &[]),
        force("devon-and-cornwall", "Devon & Cornwall Police", "Devon and Cornwall", &["Devon & Cornwall"]),
        force("metropolitan", "Metropolitan Police Service", "Metropolitan Police", &["MPS"]),
    ];
    Register::new(forces, vec![member("hertfordshire"), member("bedfordshire")], vec![])
}

fn measure(id: &str, noun: &str, kind: Kind, prefix: &str) -> Measure {
    Measure {
        id: id.into(),
        title: noun.into(),
        noun: noun.into(),
        also: vec![],
        subject: "Workforce".into(),
        kind,
        numerator: vec![Term { series: id.into(), conditions: vec![] }],
        denominator: vec![],
        denominator_period: DenominatorPeriod::Latest,
        per: 1000.into(),
        decimals: 0,
        prefix: prefix.into(),
        suffix: if kind == Kind::Percent { "%".into() } else { String::new() },
        length: Length::Months(12),
        direction: Direction::Neutral,
        chance: Chance::None,
        source: String::new(),
        definition: String::new(),
        caveats: vec![],
        mixed_units: None,
        distorted_by: vec![],
    }
}

fn measures() -> Vec<Measure> {
    let mut officers = measure("officers-fte", "police officers (full-time equivalents)", Kind::Count, "");
    officers.also = vec!["constables of every rank".into()];
    vec![
        officers,
        measure("complaints-per-1000-officers", "public complaint cases per 1,000 officers", Kind::Rate, ""),
        measure("female-workforce-percent", "of the workforce were women", Kind::Percent, ""),
        measure("rest-days-percent", "of officers were owed more than ten rest days in lieu", Kind::Percent, ""),
        measure("spend-per-head", "pounds spent per head of population", Kind::Mean, "£"),
    ]
}

fn frameworks() -> Vec<Framework> {
    let four = json!([{"id": "outstanding"}, {"id": "good"}, {"id": "requires-improvement"}, {"id": "inadequate"}]);
    let five = json!([{"id": "outstanding"}, {"id": "good"}, {"id": "adequate"}, {"id": "requires-improvement"}, {"id": "inadequate"}]);
    let question = |id: &str| json!({"id": id, "wording": "How well?"});
    let legitimacy = json!({"id": "legitimacy", "title": "Legitimacy", "questions": [
        {"id": "q1", "wording": "How fair?", "diagnostics": [{"id": "d1", "wording": "How?", "headings": ["Organisational values"]}, {"id": "d2", "wording": "What?"}]},
        question("q2"), question("q3")]});
    let effectiveness = json!({"id": "effectiveness", "title": "Effectiveness", "questions": [question("q1")]});
    let framework = |id: &str, until: &str, grades: &Value| {
        json!({"id": id, "title": id, "data-until": until, "grades": grades,
            "inspectorate": {"id": "hmic", "name": "HMIC", "full-name": "Her Majesty's Inspectorate of Constabulary"}})
    };
    let mut cycles = [
        framework("2015", "2015-03-31", &four),
        framework("2016", "2016-03-31", &four),
        framework("2021-22", "2022-03-31", &five),
    ];
    for (cycle, pillars) in [(0, json!([effectiveness])), (1, json!([effectiveness, legitimacy]))] {
        cycles[cycle]["pillars"] = pillars;
    }
    cycles[1]["national"] = json!({"legitimacy": {"outstanding": 2, "good": 41, "source": "Report"}});
    cycles[2]["questions"] = json!([question("q1")]);
    cycles.into_iter().map(|f| serde_json::from_value(f).unwrap()).collect()
}

fn record(frameworks: &[Framework]) -> Record {
    let mut record = Record::default();
    let own: AreaId = "hertfordshire".parse().unwrap();
    let mut take = |cycle: &str, kind: &str, mut fields: Value| {
        if kind != "take-publication" {
            fields["from"] = json!({"publication": "report", "page": 1});
        }
        let command: Command = serde_json::from_value(json!({kind: fields})).unwrap();
        record.apply(frameworks, cycle, Some(&own), command).unwrap();
    };
    take(
        "2016",
        "take-publication",
        json!({"id": "report", "publisher": "HMIC", "title": "Legitimacy", "published": "2016"}),
    );
    take("2015", "take-judgment", json!({"node": "effectiveness.q1", "grade": "good"}));
    take("2016", "take-judgment", json!({"node": "effectiveness.q1", "carried-over": "2015"}));
    take("2021-22", "take-judgment", json!({"node": "q1", "grade": "adequate"}));
    for (node, grade) in [
        ("legitimacy", "good"),
        ("legitimacy.q1", "good"),
        ("legitimacy.q2", "requires-improvement"),
        ("legitimacy.q3", "good"),
    ] {
        take("2016", "take-judgment", json!({"node": node, "grade": grade}));
    }
    for (id, kind, text) in [
        ("concern", "cause-of-concern", "Vetting fails to reach everybody."),
        ("vet", "recommendation", "Vet."),
        ("ask", "area-for-improvement", "Ask."),
        ("say", "area-for-improvement", "Say."),
        ("act", "area-for-improvement", "Act."),
    ] {
        take(
            "2016",
            "take-finding",
            json!({"id": id, "kind": kind, "node": "legitimacy.q2", "text": text, "addressees": ["hertfordshire"]}),
        );
    }
    for (id, by, says, numbers) in [
        ("file-review", "inspectors", "Investigations were effective.", json!({"effective": "48 of 60"})),
        ("survey", "force", "So many answered the survey.", json!({"response": "40 percent", "asked": "more than 50"})),
        ("outcomes", "force", "Positive outcomes fell.", json!({"before": "14,491", "after": "12,210"})),
        (
            "team",
            "inspectors",
            "The team has investigators.",
            json!({"investigators": {"value": "24", "counts": "people"}, "posts": {"value": "30", "counts": "people"}}),
        ),
        ("plan", "other:Victim Support", "A charity counted.", json!({"helped": "three"})),
        (
            "call",
            "inspectors",
            "A call was answered.",
            json!({"wait": "1 minute 38 seconds", "rank": "fourth lowest", "cost": "£3.36m"}),
        ),
    ] {
        take(
            "2016",
            "take-evidence",
            json!({"id": id, "node": "legitimacy.q1", "kind": "data", "asserted-by": by, "says": says, "numbers": numbers}),
        );
    }
    for (measure, value, comparator) in [
        ("officers-fte", "2,009", None),
        ("complaints-per-1000-officers", "234", Some("268")),
        ("female-workforce-percent", "44", Some("46")),
        ("rest-days-percent", "37", Some("42")),
        ("spend-per-head", "162", None),
    ] {
        let mut fields = json!({"measure": measure, "period": "2016-03-31", "value": value});
        if let Some(other) = comparator {
            fields["comparator"] = json!("england-and-wales");
            fields["comparator-value"] = json!(other);
            fields["verdict"] = json!("broadly-in-line");
        }
        take("2016", "take-comparison", fields);
    }
    record
}

/// A desk of one force that works in an alliance with a second.
pub fn at_a_desk<T>(cycle: &str, used: impl FnOnce(&mut Desk<'_, '_>) -> T) -> T {
    let (register, measures, frameworks) = (register(), measures(), frameworks());
    let record = record(&frameworks);
    let observations = Observations::new(vec![]);
    let study = Study {
        register: &register,
        observations: &observations,
        areas: &[],
        flags: &[],
        method: Method::default(),
        pins: &[],
    };
    let house = House::new(&study, &measures, &frameworks, cycle, &record, vec![], true).unwrap();
    let own = register.force("hertfordshire").unwrap();
    let mut desk = Desk::new(&house, own, record.inspection(cycle, &own.id).unwrap());
    used(&mut desk)
}
