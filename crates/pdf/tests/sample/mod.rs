//! Documents to print: one with every kind of block, and one as long as a force's data pack.

mod charts;

pub use charts::ranked;
use charts::{forces, grid, paired, ranked_by, trend};
use jiff::civil::date;
use report::chart::Chart;
use report::document::{Badge, Block, Bound, Column, Document, Figure, Inline, Link, Table, Tile, paragraph, text};

/// A document with nothing in it.
pub fn document(title: &str, blocks: Vec<Block>) -> Document {
    Document {
        language: "en-GB".to_owned(),
        title: title.to_owned(),
        subtitle: Some("Hertfordshire Constabulary".to_owned()),
        description: "How Hertfordshire compares with England and Wales and with its most similar group.".to_owned(),
        publisher: "Peelian".to_owned(),
        date: date(2018, 9, 30),
        dated: None,
        running: "Hertfordshire Constabulary · data pack 2018/19".to_owned(),
        banner: Some("Example made from published facts; not issued by the inspectorate.".to_owned()),
        trail: Vec::new(),
        formats: Vec::new(),
        blocks,
        footnotes: Vec::new(),
    }
}

/// A document with every kind of block and of inline.
pub fn every_block() -> Document {
    let mut document = document(
        "Data pack",
        vec![
            Block::Contents,
            heading(2, "workforce", "Workforce"),
            Block::Paragraph { text: opening() },
            heading(3, "officers", "Officers"),
            Block::List {
                ordered: false,
                items: vec![vec![text("First")], vec![text("Second"), Inline::Footnote { index: 0 }]],
            },
            Block::List { ordered: true, items: vec![vec![text("One")], vec![text("Two")]] },
            heading(4, "detail", "A smaller heading"),
            Block::Tiles {
                tiles: vec![tile("1,968", "officers"), tile("44%", "of budget"), tile("£162", "per person")],
            },
            Block::Table(small_table("summary", 4)),
            Block::Figure(Box::new(figure(1, "ranked", ranked()))),
            Block::Pair { first: Box::new(figure(2, "left", trend())), second: Box::new(figure(3, "right", paired())) },
            Block::Inset {
                label: "How to read this chart".to_owned(),
                blocks: vec![paragraph("Each column is a force.")],
            },
            Block::Details {
                summary: "How it is worked out".to_owned(),
                blocks: vec![paragraph("By division."), Block::Table(small_table("inner", 2))],
            },
            Block::Paragraph { text: vec![Inline::Grade(improve())] },
            Block::Table(judgments()),
            Block::Figure(Box::new(figure(4, "grid", grid()))),
            finding("cause-of-concern", "Cause of concern", Some("1")),
            finding("innovative-practice", "Innovative practice", None),
            Block::Quote {
                text: vec![text("I am pleased with what the force has done.")],
                speaker: "HM Inspector Zoë Billingham".to_owned(),
            },
        ],
    );
    document.footnotes = vec![
        vec![text("Counted in full-time equivalents, as at 31 March.")],
        vec![text("See the "), link("method", "https://example.org/method"), text(" page.")],
    ];
    document
}

/// A document that asks much of the page: many columns, long cells, long words, charts inside other blocks.
pub fn crowded() -> Document {
    let long = "The force should improve the way it records crime, so that victims of violence and of sexual offences are served well \
                from their first call, and should make sure that supervisors check what is recorded within 24 hours.";
    let column = |title: &str, numeric| Column { title: title.to_owned(), numeric };
    let advice = Table {
        columns: vec![
            column("Area", false),
            column("Recommendation", false),
            column("How it stands", false),
            column("Cases", true),
        ],
        rows: (0..14)
            .map(|i| {
                vec![
                    vec![text(["Crime recording", "Custody"][i % 2])],
                    vec![text(long)],
                    vec![text("Partly met: a plan exists, and its first results are due in March.")],
                    vec![number("1,204", None)],
                ]
            })
            .collect(),
        ..small_table("advice", 0)
    };
    let many = Table {
        columns: (0..11)
            .map(|year| column(["Offence group", "12 months to September"][usize::from(year > 0)], year > 0))
            .collect(),
        rows: (0..8)
            .map(|_| {
                (0..11)
                    .map(|x| {
                        vec![if x == 0 { text("Violence against the person") } else { number("121,929", Some("d/")) }]
                    })
                    .collect()
            })
            .collect(),
        ..small_table("many", 0)
    };
    let taken_over = Table {
        rows: (0..3)
            .map(|i| {
                vec![vec![text(format!("Row {i}"))], vec![published("12")], vec![published("1,234")], vec![text("[x]")]]
            })
            .collect(),
        ..small_table("taken-over", 0)
    };
    let item = vec![text(long), Inline::Footnote { index: 0 }];
    let mut document = document(
        "An inspection of the crime data integrity and of the response to vulnerable people of Heddlu Dyfed-Powys",
        vec![
            heading(
                2,
                "advice-heading",
                "What the force has been asked to do since its last inspection, and how each of these requests stands now",
            ),
            Block::List { ordered: true, items: vec![item.clone(), item.clone()] },
            Block::Table(advice),
            heading(2, "many-heading", "Many columns"),
            Block::Table(many),
            Block::Table(taken_over),
            Block::Inset {
                label: "Cause of concern 1".to_owned(),
                blocks: vec![
                    paragraph(long),
                    Block::List { ordered: false, items: vec![item.clone(), item] },
                    Block::Figure(Box::new(figure(1, "inside", paired()))),
                ],
            },
            Block::Details {
                summary: "How this was worked out".to_owned(),
                blocks: vec![
                    paragraph(long),
                    Block::Pair { first: Box::new(figure(2, "a", trend())), second: Box::new(figure(3, "b", trend())) },
                ],
            },
            Block::Paragraph { text: vec![text("One number is "), published("12.5"), text(" percent.")] },
        ],
    );
    document.footnotes = vec![vec![text(long)]];
    document
}

/// A grade of this cycle.
pub fn improve() -> Badge {
    let (word, id) = ("requires improvement".to_owned(), "requires-improvement".to_owned());
    Badge { word, id, steps: Some((2, 4)), carried_over: None }
}

/// A grade of an earlier cycle.
pub fn good_since(cycle: &str) -> Badge {
    let (word, id) = ("good".to_owned(), "good".to_owned());
    Badge { word, id, steps: Some((3, 4)), carried_over: Some(cycle.to_owned()) }
}

/// Judgments in a table: one carried over, one not known.
fn judgments() -> Table {
    let row = |question: &str, badge| vec![vec![text(question)], vec![Inline::Grade(badge)]];
    Table {
        columns: ["Question", "Judgment"].map(|title| Column { title: title.to_owned(), numeric: false }).to_vec(),
        rows: vec![row("Investigating crime", good_since("2017")), row("Armed response", Badge::not_known())],
        ..small_table("judgments", 0)
    }
}

fn finding(kind: &str, label: &str, number: Option<&str>) -> Block {
    Block::Finding {
        kind: kind.to_owned(),
        label: label.to_owned(),
        id: kind.to_owned(),
        number: number.map(str::to_owned),
        blocks: vec![
            paragraph("The force does not always record when an officer has used force."),
            Block::List { ordered: false, items: vec![vec![text("By June 2019, it should record every use.")]] },
        ],
    }
}

fn published(words: &str) -> Inline {
    Inline::Number(Bound { as_published: true, ..bound(words, None) })
}

fn opening() -> Vec<Inline> {
    vec![
        text("Hertfordshire has "),
        number("1,968", Some("derivations/officers/")),
        text(" officers,"),
        Inline::Footnote { index: 0 },
        text(" or "),
        Inline::Number(Bound { as_published: true, ..bound("1.67", Some("https://example.org/rate")) }),
        text(" per 1,000 population. "),
        Inline::Strong { text: "This is above the average".to_owned() },
        text(" of England and Wales; the "),
        link("summary", "#summary"),
        text(" says more."),
        Inline::Footnote { index: 1 },
    ]
}

/// A data pack: text, eight charts of 43 columns with their data, ten tables. `seed` changes every number, as another force would.
pub fn data_pack(seed: u32) -> Document {
    let mut blocks = vec![
        Block::Contents,
        Block::Tiles {
            tiles: (0..6)
                .map(|i| tile(["1,968", "44%", "£162", "3.36", "27,310", "[x]"][i], "officers on 31 March 2018"))
                .collect(),
        },
    ];
    let mut number_of = 0;
    for (index, topic) in ["Workforce", "Demand", "Crime", "Outcomes", "Cost"].into_iter().enumerate() {
        blocks.push(heading(2, &format!("topic-{index}"), topic));
        for _ in 0..3 {
            blocks.push(Block::Paragraph { text: sentence(seed) });
        }
        for side in 0..2 {
            if number_of < 8 {
                number_of += 1;
                blocks.push(heading(3, &format!("measure-{number_of}"), "Recorded crime per 1,000 population"));
                blocks.push(Block::Figure(Box::new(figure(
                    number_of,
                    &format!("figure-{number_of}"),
                    ranked_by(seed + number_of),
                ))));
            }
            blocks.push(Block::Table(table_of(&format!("table-{index}-{side}"), 6, seed)));
        }
    }
    document("Data pack 2018/19", blocks)
}

fn sentence(seed: u32) -> Vec<Inline> {
    vec![
        text("In the 12 months to 30 September 2018 the force recorded "),
        number(&format!("{}.4", 80 + seed), Some("derivations/crime/")),
        text(" crimes per 1,000 population, compared with "),
        number("87.9", Some("derivations/crime-average/")),
        text(
            " across England and Wales. The rate from the totals of its most similar group, which includes the force itself, was ",
        ),
        number(&format!("{}.1", 70 + seed), Some("derivations/crime-group/")),
        text(". The difference from England and Wales is within what is expected by chance alone."),
    ]
}

pub fn heading(level: u8, id: &str, words: &str) -> Block {
    Block::Heading { level, id: id.to_owned(), text: words.to_owned() }
}

pub fn link(words: &str, href: &str) -> Inline {
    Inline::Link(Link { text: words.to_owned(), href: href.to_owned() })
}

pub fn number(words: &str, href: Option<&str>) -> Inline {
    Inline::Number(bound(words, href))
}

fn bound(words: &str, href: Option<&str>) -> Bound {
    Bound {
        text: words.to_owned(),
        value: "1968".to_owned(),
        reference: "officers".to_owned(),
        href: href.map(str::to_owned),
        source: "Home Office, 31 March 2018".to_owned(),
        as_published: false,
    }
}

fn tile(words: &str, label: &str) -> Tile {
    Tile { number: vec![number(words, None)], label: label.to_owned(), compared: vec![text("England and Wales: 2.1")] }
}

pub fn small_table(id: &str, rows: usize) -> Table {
    table_of(id, rows, 0)
}

fn table_of(id: &str, rows: usize, seed: u32) -> Table {
    let titles =
        [("Measure", false), ("Hertfordshire", true), ("England and Wales", true), ("Most similar group", true)];
    let row = |index: usize| {
        let cells =
            ["1,968", "121,92", "12."].map(|cell| vec![number(&format!("{cell}{seed}"), Some("derivations/x/"))]);
        let names = [
            "Officers, full-time equivalent",
            "Crime per 1,000 population",
            "Victim-based crime excluding fraud",
            "Charged or summonsed",
        ];
        [vec![vec![text(names[index % names.len()])]], cells.to_vec()].concat()
    };
    Table {
        id: id.to_owned(),
        caption: "Workforce of Hertfordshire Constabulary, as at 31 March 2018".to_owned(),
        columns: titles.map(|(title, numeric)| Column { title: title.to_owned(), numeric }).to_vec(),
        rows: (0..rows).map(row).collect(),
        source: "Home Office, Police workforce open data table, July 2022".to_owned(),
        notes: vec!["Counted in full-time equivalents.".to_owned()],
    }
}

pub fn figure(number: u32, id: &str, chart: Chart) -> Figure {
    let shift = usize::try_from(number).unwrap();
    let rows = forces()
        .into_iter()
        .enumerate()
        .map(|(index, name)| vec![vec![text(name)], vec![text(format!("{}.{}", 40 + index * 2 + shift, index % 10))]])
        .collect();
    Figure {
        id: id.to_owned(),
        number,
        headline: "Hertfordshire records less crime than the rate of England and Wales".to_owned(),
        subtitle:
            "Recorded crime per 1,000 population, police forces in England and Wales, 12 months to 30 September 2018"
                .to_owned(),
        chart,
        alternative: format!("Columns of 43 forces in chart {number}: Hertfordshire stands below the middle."),
        table: Table {
            id: format!("{id}-data"),
            caption: "Recorded crime per 1,000 population".to_owned(),
            columns: vec![
                Column { title: "Force".to_owned(), numeric: false },
                Column { title: "Crimes per 1,000".to_owned(), numeric: true },
            ],
            rows,
            source: String::new(),
            notes: Vec::new(),
        },
        source: "Home Office, Police recorded crime, January 2019".to_owned(),
        notes: vec!["The City of London is left out: few live there.".to_owned()],
        download: None,
    }
}
