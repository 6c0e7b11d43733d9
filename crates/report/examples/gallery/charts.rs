//! One chart of each kind, with 42 or 43 forces where a chart shows all of them. Every figure is invented.

use crate::judgments;
use report::chart::{Axis, Chart, Dot, Item, Limit, Line, Pair, Role};

/// Id, title, headline, subtitle and chart.
pub type Shown = (&'static str, &'static str, &'static str, &'static str, Chart);

const FORCES: [&str; 43] = [
    "Avon and Somerset",
    "Bedfordshire",
    "Cambridgeshire",
    "Cheshire",
    "City of London",
    "Cleveland",
    "Cumbria",
    "Derbyshire",
    "Devon and Cornwall",
    "Dorset",
    "Durham",
    "Dyfed-Powys",
    "Essex",
    "Gloucestershire",
    "Greater Manchester",
    "Gwent",
    "Hampshire",
    "Hertfordshire",
    "Humberside",
    "Kent",
    "Lancashire",
    "Leicestershire",
    "Lincolnshire",
    "Merseyside",
    "Metropolitan Police",
    "Norfolk",
    "North Wales",
    "North Yorkshire",
    "Northamptonshire",
    "Northumbria",
    "Nottinghamshire",
    "South Wales",
    "South Yorkshire",
    "Staffordshire",
    "Suffolk",
    "Surrey",
    "Sussex",
    "Thames Valley",
    "Warwickshire",
    "West Mercia",
    "West Midlands",
    "West Yorkshire",
    "Wiltshire",
];

const GROUP: [&str; 7] =
    ["Avon and Somerset", "Bedfordshire", "Essex", "Hampshire", "Leicestershire", "Sussex", "Thames Valley"];

/// The charts at full width.
pub fn all() -> Vec<Shown> {
    vec![
        (
            "paired",
            "Paired bars",
            "The force spends less than average on every function but local policing",
            "Spend per head of population, Hertfordshire and England and Wales, 2018/19",
            paired(),
        ),
        (
            "trend",
            "Trend",
            "Recorded crime is below average and has risen faster since 2014",
            "Crimes per 1,000 population, years ending 30 September 2010 to 2018",
            trend(),
        ),
        (
            "ranked",
            "Ranked columns",
            "Hertfordshire solves fewer crimes than most of its group",
            "Crimes with a charge or summons, percent, 43 forces, 12 months to 30 September 2018",
            ranked("Hertfordshire", 0.0),
        ),
        (
            "change",
            "Ranked columns with losses",
            "The force has lost more officers than most",
            "Change in officers, percent, 43 forces, 31 March 2010 to 31 March 2018",
            ranked("Hertfordshire", -22.0),
        ),
        (
            "stacked",
            "Stacked bars",
            "Two in three violent crimes closed with evidential difficulties",
            "Outcomes of crimes, percent, Hertfordshire, 12 months to 30 September 2018",
            stacked(),
        ),
        (
            "funnel",
            "Funnel",
            "Two forces record fewer complaints than chance explains",
            "Complaints per 1,000 workforce, 43 forces, 2017/18",
            funnel("Hertfordshire"),
        ),
        (
            "xmr",
            "Process behaviour",
            "Emergency calls rose beyond their usual range in the summer of 2018",
            "999 calls a month, Hertfordshire, January 2017 to October 2018",
            xmr(),
        ),
        (
            "grid",
            "Grid of judgments",
            "Hertfordshire is good at two of the three pillars",
            "Judgments of the force and its most similar group; a dashed edge and a year mark a judgment of an earlier cycle",
            judgments::grid(),
        ),
    ]
}

/// The charts that stand two beside each other: id, headline, subtitle and chart.
pub fn halves() -> Vec<(&'static str, &'static str, &'static str, Chart)> {
    vec![
        (
            "half-ranked",
            "Dorset solves about as many crimes as average",
            "Crimes with a charge or summons, percent, 43 forces, 2017/18",
            ranked("Dorset", 0.0),
        ),
        ("half-paired", "More on local policing, less on the rest", "Spend per head of population, 2018/19", paired()),
        ("half-trend", "Below average, and rising faster", "Crimes per 1,000 population, 2010 to 2018", trend()),
        ("half-funnel", "Durham lies within the limits", "Complaints per 1,000 workforce, 2017/18", funnel("Durham")),
        ("half-stacked", "Most burglaries close without a suspect", "Outcomes, percent, 2017/18", stacked()),
        ("half-xmr", "Calls beyond their range", "999 calls a month, 2017 and 2018", xmr()),
    ]
}

fn axis(title: &str, prefix: &str, suffix: &str) -> Axis {
    Axis { title: title.to_owned(), prefix: prefix.to_owned(), suffix: suffix.to_owned() }
}

/// Between 0 and 1, the same for the same index and seed: figures that look real and are not.
fn invented(index: usize, seed: u32) -> f64 {
    let index = u32::try_from(index).expect("there are 43 forces");
    let mixed = (index + 1).wrapping_mul(2_654_435_761).wrapping_add(seed.wrapping_mul(40_503)).rotate_left(13);
    f64::from(mixed.wrapping_mul(2_246_822_519) >> 8) / f64::from(1_u32 << 24)
}

fn role(name: &str, force: &str) -> Role {
    if name == force {
        Role::Force
    } else if GROUP.contains(&name) {
        Role::Group
    } else {
        Role::Other
    }
}

fn paired() -> Chart {
    let pair = |label: &str, force: f64, comparator: f64| Pair {
        label: label.to_owned(),
        force: (Some(force), format!("£{force:.0}")),
        comparator: (Some(comparator), format!("£{comparator:.0}")),
    };
    let mut rows = vec![
        pair("Local policing", 68.0, 61.0),
        pair("Dealing with the public", 14.0, 16.0),
        pair("Criminal justice arrangements", 11.0, 15.0),
        pair("Investigations, including public protection", 31.0, 38.0),
        pair("Intelligence", 7.0, 9.0),
    ];
    rows.push(Pair {
        label: "Road policing".to_owned(),
        force: (None, "[x] not available".to_owned()),
        comparator: (Some(4.0), "£4".to_owned()),
    });
    Chart::Paired {
        names: ["Hertfordshire".to_owned(), "England and Wales".to_owned()],
        rows,
        axis: axis("Pounds per head of population", "£", ""),
    }
}

fn trend() -> Chart {
    let line = |name: &str, role: Role, values: &[Option<f64>]| Line {
        name: name.to_owned(),
        role,
        points: values
            .iter()
            .enumerate()
            .filter_map(|(index, value)| Some((index, (*value)?, format!("{:.1}", (*value)?))))
            .collect(),
    };
    let some = |values: [f64; 9]| values.map(Some).to_vec();
    let mut group = some([66.0, 64.1, 60.3, 57.9, 58.8, 63.0, 68.4, 77.5, 83.6]);
    group[3] = None;
    Chart::Trend {
        lines: vec![
            line("Hertfordshire", Role::Force, &some([57.9, 55.0, 49.8, 48.2, 47.9, 53.3, 60.6, 70.2, 76.9])),
            line("England and Wales", Role::Comparator, &some([74.0, 71.2, 65.5, 61.7, 61.8, 66.1, 71.9, 80.3, 84.9])),
            line("Most similar group", Role::Group, &group),
        ],
        axis: axis("Crimes per 1,000 population", "", ""),
        times: (2010..=2018).map(|year| year.to_string()).collect(),
    }
}

fn ranked(force: &str, shift: f64) -> Chart {
    let columns: Vec<Item> = FORCES
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let value = 5.0 + shift + invented(index, 3) * 11.0 + invented(index, 8) * 11.0;
            Item {
                name: (*name).to_owned(),
                value,
                text: format!("{value:.0}%").replace('-', "\u{2212}"),
                role: role(name, force),
            }
        })
        .collect();
    let total: f64 = columns.iter().map(|c| c.value).sum();
    let average = total / 43.0;
    let label = format!("England and Wales {average:.0}%").replace('-', "\u{2212}");
    Chart::Ranked { columns, average: Some((average, label)), axis: axis("Percent of crimes", "", "%") }
}

fn stacked() -> Chart {
    let row = |label: &str, shares: [f64; 4]| (label.to_owned(), shares.to_vec());
    Chart::Stacked {
        parts: ["Charged or summonsed", "Out-of-court", "Evidential difficulties", "No suspect identified"]
            .map(str::to_owned)
            .to_vec(),
        rows: vec![
            row("Violence against the person", [11.2, 4.1, 68.4, 16.3]),
            row("Burglary", [7.4, 0.3, 12.8, 79.5]),
            row("Theft", [8.0, 1.9, 14.6, 75.5]),
            row("Drug offences", [31.0, 44.7, 21.9, 2.4]),
        ],
    }
}

fn funnel(force: &str) -> Chart {
    let mean: f64 = 138.0;
    let points = FORCES
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let size = match *name {
                "Metropolitan Police" => 14_100.0,
                "City of London" => 1_150.0,
                "Greater Manchester" | "West Midlands" => 9_800.0 + invented(index, 2) * 800.0,
                _ => 1_800.0 + invented(index, 4) * invented(index, 5) * 6_600.0,
            };
            let spread = (mean / size).sqrt() * 31.6;
            let lot = invented(index, 6) + invented(index, 7) + invented(index, 9) - 1.5;
            let far = if matches!(*name, "Cleveland" | "Suffolk") { 4.6 } else { 2.9 };
            Dot {
                name: (*name).to_owned(),
                size,
                value: mean + lot.signum() * lot.abs().max(if far > 4.0 { 0.9 } else { 0.0 }) * spread * far,
                role: role(name, force),
            }
        })
        .collect();
    let limits = (2..=60)
        .map(|step| {
            let size = f64::from(step) * 250.0;
            let deviation = (mean / size).sqrt() * 31.6;
            Limit {
                size,
                inner: (mean - 1.96 * deviation, mean + 1.96 * deviation),
                outer: (mean - 3.09 * deviation, mean + 3.09 * deviation),
            }
        })
        .collect();
    Chart::Funnel {
        points,
        average: (mean, "England and Wales 138".to_owned()),
        limits,
        axis: axis("Complaints per 1,000 workforce", "", ""),
        size: "Workforce, full-time equivalents".to_owned(),
    }
}

fn xmr() -> Chart {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let points = (0..22_usize)
        .map(|index| {
            let year = if index < 12 { 2017 } else { 2018 };
            let raised = matches!(index, 17 | 18);
            let value = 14_200.0 + invented(index, 11) * 2_600.0 + if raised { 4_300.0 } else { 0.0 };
            (value, format!("{} {year}", months[index % 12]), raised)
        })
        .collect();
    Chart::Xmr { points, limits: [15_500.0, 12_900.0, 18_100.0], axis: axis("Calls a month", "", "") }
}
