//! Grades, findings and quotations. Every judgment is invented.

use crate::{column, heading, link};
use report::chart::{Chart, GridRow, Role};
use report::document::{Badge, Block, Inline, Table, paragraph, text};

/// Its id, its word, its steps.
type Value = (&'static str, &'static str, Option<(u8, u8)>);

/// Every value that a judgment can have.
const VALUES: [Value; 11] = [
    ("outstanding", "outstanding", Some((4, 4))),
    ("good", "good", Some((3, 4))),
    ("requires-improvement", "requires improvement", Some((2, 4))),
    ("inadequate", "inadequate", Some((1, 4))),
    ("good", "good", Some((4, 5))),
    ("adequate", "adequate", Some((3, 5))),
    ("ungraded", "ungraded", None),
    ("not-inspected", "not inspected", None),
    ("to-be-graded", "to be graded", None),
    ("not-graded", "not graded", None),
    ("unknown", "not known", None),
];

const PILLARS: [&str; 3] = ["Effectiveness", "Efficiency", "Legitimacy"];

/// What this part of the gallery shows.
pub fn all() -> Vec<Block> {
    let alone = |badge| Block::Paragraph { text: vec![Inline::Grade(badge)] };
    let mut blocks = vec![
        heading(2, "judgments", "Judgments"),
        alone(value(1)),
        alone(carried_over(2, "2016")),
        Block::Paragraph {
            text: vec![
                text("A grade stands alone, in a table or in a line: the force was "),
                Inline::Grade(value(0)),
                text(" and is "),
                Inline::Grade(carried_over(3, "2016")),
                text(" at this. Its colour says nothing that its word does not."),
            ],
        },
        Block::Table(grades()),
        heading(3, "findings", "Findings"),
    ];
    blocks.extend(findings());
    blocks.push(heading(3, "quotations", "Quotations"));
    blocks.push(Block::Quote {
        text: vec![text(
            "I am pleased that the force understands how important it is to treat people fairly. It has more to do before it \
             knows how well it does so.",
        )],
        speaker: "HM Inspector of Constabulary, invented for this gallery".to_owned(),
    });
    blocks
}

/// The force and its group on three pillars.
pub fn grid() -> Chart {
    let row = |name: &str, role, cells| GridRow { name: name.to_owned(), role, cells };
    let group = |name: &str, cells| row(name, Role::Group, cells);
    Chart::Grid {
        columns: PILLARS.map(str::to_owned).to_vec(),
        rows: vec![
            group("Avon and Somerset", vec![value(1), value(0), value(1)]),
            group("Essex", vec![carried_over(1, "2017"), carried_over(2, "2017"), carried_over(1, "2017")]),
            row("Hertfordshire", Role::Force, vec![value(1), value(1), value(2)]),
            group("Leicestershire", vec![value(2), value(3), value(1)]),
            group("Sussex", vec![value(2), carried_over(0, "2017"), Badge::not_known()]),
            group("Thames Valley", vec![value(7), carried_over(3, "2016"), value(1)]),
        ],
    }
}

fn value(index: usize) -> Badge {
    let (id, word, steps) = VALUES[index];
    Badge { word: word.to_owned(), id: id.to_owned(), steps, carried_over: None }
}

fn carried_over(index: usize, cycle: &str) -> Badge {
    Badge { carried_over: Some(cycle.to_owned()), ..value(index) }
}

fn grades() -> Table {
    let rows = (0..VALUES.len())
        .map(|index| {
            let scale = VALUES[index].2.map_or("none".to_owned(), |(_, of)| format!("{of} grades"));
            vec![vec![text(scale)], vec![Inline::Grade(value(index))], vec![Inline::Grade(carried_over(index, "2016"))]]
        })
        .collect();
    Table {
        id: "grades".to_owned(),
        caption: "Every value of a judgment, and the same carried over".to_owned(),
        columns: vec![column("Scale", false), column("Of this cycle", false), column("Carried over", false)],
        rows,
        source: "invented for this gallery".to_owned(),
        notes: Vec::new(),
    }
}

fn findings() -> Vec<Block> {
    let finding = |kind: &str, label: &str, number: Option<&str>, blocks| Block::Finding {
        kind: kind.to_owned(),
        label: label.to_owned(),
        id: format!("finding-{kind}"),
        number: number.map(str::to_owned),
        blocks,
    };
    vec![
        finding(
            "cause-of-concern",
            "Cause of concern",
            Some("1"),
            vec![
                paragraph(
                    "The force does not always record when an officer has used force, so it cannot know whether force is used fairly.",
                ),
                Block::Paragraph {
                    text: vec![
                        text("It is followed by a "),
                        Inline::Link(link("recommendation", "#finding-recommendation")),
                        text("."),
                    ],
                },
            ],
        ),
        finding(
            "recommendation",
            "Recommendation",
            Some("1"),
            vec![
                paragraph("By June 2019, the force should:"),
                Block::List {
                    ordered: false,
                    items: vec![
                        vec![text("record every use of force; and")],
                        vec![text("have its supervisors read the records.")],
                    ],
                },
            ],
        ),
        finding(
            "area-for-improvement",
            "Areas for improvement",
            None,
            vec![Block::List {
                ordered: false,
                items: vec![
                    vec![text("The force should improve how it plans investigations.")],
                    vec![text("It should keep victims informed.")],
                ],
            }],
        ),
        finding(
            "promising-practice",
            "Promising practice",
            None,
            vec![paragraph("Call takers see at once whether a caller has called before.")],
        ),
        finding(
            "innovative-practice",
            "Innovative practice",
            None,
            vec![paragraph("Schools tell the force of a child at risk on the same day, and hear back.")],
        ),
    ]
}
