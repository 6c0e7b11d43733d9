//! The component gallery: a page with every block and every kind of chart, written with its assets into the folder given.
//!
//! `cargo run -p report --example gallery -- site/gallery`. The names are of police forces and every figure is invented, which
//! the page says first.

mod charts;
mod judgments;

use jiff::civil::date;
use report::document::{Block, Bound, Column, Document, Figure, Inline, Link, Table, Tile, paragraph, text};
use report::html::{Site, page};
use report::{assets, chart::Chart};
use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let folder =
        env::args().nth(1).ok_or("say which folder to write to: cargo run -p report --example gallery -- FOLDER")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("assets"))?;
    for file in assets::files() {
        fs::write(folder.join("assets").join(file.path), file.bytes)?;
    }
    fs::write(folder.join("index.html"), page(&document(), &site()))?;
    fs::write(folder.join("workforce.csv"), "force,value\nHertfordshire,44\n")?;
    println!("{}", folder.join("index.html").display());
    Ok(())
}

fn link(text: &str, href: &str) -> Link {
    Link { text: text.to_owned(), href: href.to_owned() }
}

fn site() -> Site {
    Site {
        name: "Inspectorate of Constabulary".to_owned(),
        root: String::new(),
        navigation: vec![link("Forces", "index.html#forces"), link("Methods", "index.html#words")],
        licence: vec![
            text("Text and data are available under the "),
            Inline::Link(link(
                "Open Government Licence v3.0",
                "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
            )),
            text(", except where otherwise stated."),
        ],
        ..Site::default()
    }
}

fn bound(text: &str, value: &str, as_published: bool) -> Inline {
    Inline::Number(Bound {
        text: text.to_owned(),
        value: value.to_owned(),
        reference: format!("gallery/{value}"),
        href: Some("#words".to_owned()),
        source: "Home Office, 31 March 2018".to_owned(),
        as_published,
    })
}

fn document() -> Document {
    let mut blocks = words();
    blocks.extend(judgments::all());
    blocks.extend(numbers());
    blocks.extend(charts());
    Document {
        language: "en-GB".to_owned(),
        title: "Component gallery".to_owned(),
        subtitle: Some("Hertfordshire Constabulary".to_owned()),
        description: "Every block and every kind of chart that a report is made of, on one page.".to_owned(),
        publisher: "Inspectorate of Constabulary".to_owned(),
        date: date(2018, 9, 27),
        dated: None,
        running: "Hertfordshire Constabulary · component gallery · 27 September 2018".to_owned(),
        banner: Some("Training: every figure on this page is invented. It shows how pages are made, and says nothing of any force.".to_owned()),
        trail: vec![link("Home", "index.html"), link("Forces", "index.html#forces")],
        formats: vec![link("Data (CSV)", "workforce.csv")],
        blocks,
        footnotes: vec![
            vec![text("Officers, staff and police community support officers, as full-time equivalents on 31 March.")],
            vec![text("The average of England and Wales is the rate from the totals, not the mean of the forces’ rates.")],
        ],
    }
}

fn heading(level: u8, id: &str, words: &str) -> Block {
    Block::Heading { level, id: id.to_owned(), text: words.to_owned() }
}

fn words() -> Vec<Block> {
    vec![
        Block::Paragraph {
            text: vec![
                text("The force has "),
                bound("3,396", "3395.75", false),
                text(" people"),
                Inline::Footnote { index: 0 },
                text(" and spends "),
                bound("£162", "161.5", true),
                text(" a head of population, below the average of England and Wales"),
                Inline::Footnote { index: 1 },
                text(". It solved "),
                Inline::Strong { text: "fewer".to_owned() },
                text(" crimes than most similar forces did."),
            ],
        },
        tiles(),
        Block::Contents,
        heading(2, "words", "Words"),
        paragraph(
            "Body text is set at nineteen pixels with a line of one and a half, and stops at about sixty-six characters, which is \
             as far as an eye travels back without losing its place. Welsh names keep their accents: Llanfair-ym-Muallt, Tŷ Ddewi, Ŵyr.",
        ),
        Block::List {
            ordered: false,
            items: vec![
                vec![text("A cause of concern is followed by recommendations.")],
                vec![
                    text("An area for improvement is followed by "),
                    Inline::Link(link("what the force did", "#forces")),
                    text("."),
                ],
            ],
        },
        Block::List {
            ordered: true,
            items: vec![
                vec![text("First the force replies.")],
                vec![text("Then the police and crime commissioner comments within 56 days.")],
            ],
        },
        heading(3, "insets", "Set apart"),
        Block::Inset {
            label: "How to read this page".to_owned(),
            blocks: vec![paragraph("Each block of a report stands under its own heading, as a reader would meet it.")],
        },
        Block::Details {
            summary: "How the force was inspected".to_owned(),
            blocks: vec![
                heading(4, "fieldwork", "Fieldwork"),
                paragraph("Inspectors spent two weeks with the force, read 90 case files and spoke with 140 people."),
            ],
        },
    ]
}

fn tiles() -> Block {
    let tile = |number: Inline, label: &str, compared: Vec<Inline>| Tile {
        number: vec![number],
        label: label.to_owned(),
        compared,
    };
    Block::Tiles {
        tiles: vec![
            tile(
                bound("72.4", "72.41", false),
                "crimes per 1,000 population",
                vec![text("England and Wales "), bound("83.1", "83.07", false)],
            ),
            tile(
                bound("£162", "161.54", true),
                "spent per head of population",
                vec![text("England and Wales "), bound("£191", "190.8", true)],
            ),
            tile(
                bound("2.9", "2.88", false),
                "workforce per 1,000 population",
                vec![text("England and Wales "), bound("3.4", "3.39", false)],
            ),
            tile(text("[x]"), "calls answered within 10 seconds", vec![text("The force could not supply this")]),
        ],
    }
}

fn numbers() -> Vec<Block> {
    vec![
        heading(2, "forces", "Numbers"),
        paragraph(
            "A number with a dotted underline leads to its derivation. On focus and when pointed at, it says its source and date.",
        ),
        Block::Table(table()),
    ]
}

fn table() -> Table {
    let row = |label: &str, force: (&str, &str), average: (&str, &str), published: bool| {
        vec![vec![text(label)], vec![bound(force.0, force.1, published)], vec![bound(average.0, average.1, published)]]
    };
    Table {
        id: "workforce".to_owned(),
        caption: "Workforce of Hertfordshire and of England and Wales, 31 March 2018".to_owned(),
        columns: vec![column("Measure", false), column("Hertfordshire", true), column("England and Wales", true)],
        rows: vec![
            row("Officers", ("1,899", "1898.6"), ("122,404", "122404.2"), false),
            row("Police community support officers", ("198", "197.9"), ("10,139", "10139.4"), false),
            row("Staff", ("1,299", "1299.3"), ("62,820", "62819.9"), true),
            vec![
                vec![text("Special constables"), Inline::Footnote { index: 0 }],
                vec![text("[x]")],
                vec![bound("11,690", "11690", false), Inline::Footnote { index: 1 }],
            ],
        ],
        source: "Home Office, Police workforce open data table, July 2018".to_owned(),
        notes: vec!["Full-time equivalents.".to_owned(), "[x] means not available.".to_owned()],
    }
}

fn column(title: &str, numeric: bool) -> Column {
    Column { title: title.to_owned(), numeric }
}

fn charts() -> Vec<Block> {
    let mut blocks = vec![heading(2, "charts", "Charts")];
    let mut number = 0;
    for (id, title, headline, subtitle, chart) in charts::all() {
        number += 1;
        blocks.push(heading(3, id, title));
        blocks.push(Block::Figure(Box::new(figure(number, &format!("figure-{id}"), headline, subtitle, chart))));
    }
    blocks.push(heading(3, "two", "Two on a page"));
    let halves: Vec<_> = charts::halves()
        .into_iter()
        .map(|(id, headline, subtitle, chart)| {
            number += 1;
            Box::new(figure(number, id, headline, subtitle, chart))
        })
        .collect();
    for pair in halves.chunks(2) {
        blocks.push(Block::Pair { first: pair[0].clone(), second: pair[1].clone() });
    }
    blocks
}

fn figure(number: u32, id: &str, headline: &str, subtitle: &str, chart: Chart) -> Figure {
    Figure {
        id: id.to_owned(),
        number,
        headline: headline.to_owned(),
        subtitle: subtitle.to_owned(),
        chart,
        alternative: format!("Chart. {headline}. The table below holds every value."),
        table: Table {
            id: format!("{id}-table"),
            caption: format!("{subtitle} (figure {number})"),
            columns: vec![column("Force", false), column("Value", true)],
            rows: vec![
                vec![vec![text("Hertfordshire")], vec![bound("44%", "43.9", false)]],
                vec![vec![text("England and Wales")], vec![bound("47%", "47.2", false)]],
            ],
            source: String::new(),
            notes: Vec::new(),
        },
        source: "invented for this gallery".to_owned(),
        notes: vec!["The force is one of the eight in its most similar group.".to_owned()],
        download: Some(link("Download the data (CSV)", "workforce.csv")),
    }
}
