//! The page of the open data, and that of the programming interface.

use crate::{
    Public,
    open::{
        self, LARGE, LICENCE, Open,
        api::{MOST, ROWS, in_address},
        bulk::{self, File},
    },
    page::{self, FEED, Page, heading, link},
    query::encoded,
    routes::{Asked, Made, Route, once},
};
use reference::{Absence, group_thousands};
use report::{
    dataset::Cell,
    document::{Block, Column, Inline, Link, Table, paragraph, text},
};

/// The addresses of this family.
pub const ROUTES: &[Route] = &[
    Route { pattern: "data.html", about: "The open data", asks: &[], all: once, make: data },
    Route { pattern: "api.html", about: "How programs ask for data", asks: &[], all: once, make: api },
];

fn line(parts: impl Into<Vec<Inline>>) -> Block {
    Block::Paragraph { text: parts.into() }
}

fn data(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let rows: usize = open::all(public).map(|open| open.dataset.rows.len()).sum();
    let about = format!(
        "Everything that this site is made from is open: {} tables with {} rows, free to use and to share.",
        open::TABLES.len(),
        counted(rows)
    );
    let mut document = page::document(public, "Open data", about.clone());
    let mut blocks = vec![paragraph(about), heading("tables", "Tables"), line(sentence()), overview(public)];
    blocks.extend([heading("columns", "What the columns hold"), paragraph(READING), absences()]);
    blocks.extend(open::all(public).flat_map(columns));
    blocks.extend(together());
    blocks.extend(licence(public));
    document.blocks = blocks;
    let feed = Link { text: format!("New from {}", public.issuer().name), href: FEED.into() };
    Some(Page { feed: Some(feed), ..Page::new(document) }.into())
}

fn sentence() -> Vec<Inline> {
    vec![
        text("Each table is a file of its own. A table of more than "),
        text(counted(LARGE)),
        text(
            " rows is open as CSV only, because workbooks of that size open slowly. Programs can ask for single rows: see ",
        ),
        link("how programs ask for data", "/api.html"),
        text("."),
    ]
}

const READING: &str = "Files of CSV are UTF-8 with the names of the columns in the first row; numbers are in full, days are written 2019-03-31. What \
                       is absent is an empty field, and the column of status beside it says why. Ids stay the same for ever.";

fn overview(public: &Public) -> Block {
    let row = |open: &Open| {
        let table = open.table;
        let title = link(table.title, format!("#{}", table.id));
        let own = bulk::files(public).iter().filter(|file| file.table == table.id);
        let mut files: Vec<Inline> = own.flat_map(|file| [as_link(file), text(", ")]).collect();
        files.pop();
        vec![vec![title], vec![text(counted(open.dataset.rows.len()))], files]
    };
    Block::Table(Table {
        id: "all-tables".into(),
        caption: "Every table, with its files".into(),
        columns: vec![column("Table", false), column("Rows", true), column("Files", false)],
        rows: open::all(public).map(row).collect(),
        source: String::new(),
        notes: Vec::new(),
    })
}

fn as_link(file: &File) -> Inline {
    let format = file.name.rsplit('.').next().unwrap_or_default().to_uppercase();
    link(format!("{format} ({})", size(file.bytes)), format!("/data/{}", file.name))
}

fn column(title: &str, numeric: bool) -> Column {
    Column { title: title.into(), numeric }
}

fn absences() -> Block {
    let item = |absence: Absence| {
        vec![Inline::Strong { text: absence.shorthand().into() }, text(format!(" {}", absence.meaning()))]
    };
    let items = Absence::ALL.map(item).into();
    Block::Inset { label: "Why a value is absent".into(), blocks: vec![Block::List { ordered: false, items }] }
}

fn columns(open: &Open) -> [Block; 4] {
    let table = open.table;
    let csvw = report::metadata::csvw_name(&format!("{}.csv", table.id));
    let row = |column: &open::Column| {
        let asked = if column.is_asked() { "yes" } else { "no" };
        vec![vec![text(column.name)], vec![text(column.about)], vec![text(asked)]]
    };
    let columns = Block::Table(Table {
        id: format!("columns-of-{}", table.id),
        caption: format!("Columns of {}", table.title),
        columns: vec![column("Column", false), column("What it holds", false), column("Can be asked for", false)],
        rows: table.columns.iter().map(row).collect(),
        source: table.source.into(),
        notes: Vec::new(),
    });
    let mut files = vec![text(format!("One row is {}. ", table.row))];
    files.push(link(format!("{} described for programs", table.title), format!("/data/{csvw}")));
    if !open.is_large() {
        files
            .extend([text(" \u{b7} "), link(format!("{} as JSON", table.title), format!("/api/v1/{}.json", table.id))]);
    }
    [
        Block::Heading { level: 3, id: table.id.into(), text: table.title.into() },
        paragraph(table.about),
        line(files),
        Block::Details { summary: format!("Columns of {}", table.title), blocks: vec![columns] },
    ]
}

fn together() -> Vec<Block> {
    let item = |words: &str, href: &str, about: &str| vec![link(words, href), text(format!(": {about}"))];
    vec![
        heading("together", "All of them together"),
        Block::List {
            ordered: false,
            items: vec![
                item(
                    "Data Package",
                    "/data/datapackage.json",
                    "every table with its columns, sizes and checksums (Frictionless)",
                ),
                item("Catalogue", "/data/catalogue.jsonld", "every table for portals that harvest (DCAT 3 as JSON-LD)"),
                item("Programming interface", "/api.html", "rows by the values of their columns, as JSON and CSV"),
                item(
                    "Feed",
                    &format!("/{FEED}"),
                    "publications, findings and corrections as they come (Atom); each force has its own",
                ),
            ],
        },
    ]
}

fn licence(public: &Public) -> Vec<Block> {
    let issuer = public.issuer().name;
    let date = reference::long_date(public.date);
    vec![
        heading("licence", "Licence, and how to cite"),
        line(vec![
            text("All tables are under the "),
            link("Open Government Licence v3.0", LICENCE),
            text(
                ": copy, publish, adapt and use them, also commercially, and name the source. The tables of sources and of releases have the \
                  licence line that goes with each published file.",
            ),
        ]),
        paragraph(format!(
            "Cite a table as: {issuer}, \u{201c}Judgments\u{201d}, open data as published by {date}, data/judgments.csv, Open Government Licence v3.0. \
             Cite a row with its id. The checksums of the catalogue prove which edition of a file it was."
        )),
    ]
}

fn api(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let about = "Every table of the open data answers at an address of its own: ask for rows by the values of their columns, and get JSON or CSV.";
    let mut document = page::document(public, "How programs ask for data", about);
    document.trail = vec![Link { text: "Open data".into(), href: "/data.html".into() }];
    document.blocks = vec![paragraph(about)];
    if !asked.served {
        document.blocks.push(paragraph(
            "You are reading a static copy: nobody answers here. Every address holds all rows, and what is asked behind the question mark is \
             passed over. Tables with very many rows have no addresses for single rows.",
        ));
    }
    document.blocks.extend([heading("examples", "Examples"), shown(public), heading("asking", "Asking"), asking()]);
    document.blocks.extend([
        heading("answers", "Answers"),
        answers(),
        heading("described", "The description for programs"),
    ]);
    document.blocks.push(line(vec![
        text("Every address, parameter and answer is described in "),
        link("openapi.json", "/api/v1/openapi.json"),
        text(" (OpenAPI 3.1). Everything is asked for with GET, without a key, and changes nothing."),
    ]));
    Some(Page::new(document).into())
}

/// Questions that have answers: what each asks, and its address.
#[must_use]
pub fn examples(public: &Public) -> Vec<(String, String)> {
    let mut examples = vec![("Every force".to_owned(), "api/v1/forces.json?limit=1000".to_owned())];
    let first = |table: &str| {
        let open = open::all(public).find(|open| open.table.id == table)?;
        let row = open.dataset.rows.first()?;
        let cell = |name: &str| {
            let place = open.table.columns.iter().position(|column| column.name == name)?;
            match row.get(place)? {
                Cell::Text(words) => words.split('|').next().map(encoded),
                _ => None,
            }
        };
        Some(["id", "force", "cycle", "kind", "measure"].map(|name| cell(name).unwrap_or_default()))
    };
    let name = |id: &str| public.force(id).map_or_else(|| id.to_owned(), |force| force.short_name.clone());
    if let Some([id, force, cycle, ..]) = first("judgments") {
        examples.push((
            format!("The judgments of {} in {cycle}", name(&force)),
            format!("api/v1/judgments.json?cycle={cycle}&force={force}"),
        ));
        let whole = id.replace("%2F", "/");
        examples.push(("One judgment".to_owned(), format!("api/v1/judgments/{}.json", in_address(&whole))));
    }
    if let Some([_, force, _, kind, _]) = first("findings") {
        let words = format!("Findings about {} of the kind {kind}, as CSV", name(&force));
        examples.push((words, format!("api/v1/findings.csv?force={force}&kind={kind}")));
    }
    if let Some([_, force, .., measure]) = first("figures") {
        let words = format!("The figures of {} in the measure {measure}", name(&force));
        examples.push((words, format!("api/v1/figures.json?force={force}&measure={measure}")));
    }
    if let Some([id, ..]) = first("forces") {
        examples.push(("Two forces behind the first".to_owned(), format!("api/v1/forces.json?limit=2&after={id}")));
    }
    examples
}

fn shown(public: &Public) -> Block {
    let row = |(words, address): (String, String)| {
        vec![vec![text(words)], vec![link(address.clone(), format!("/{address}"))]]
    };
    Block::Table(Table {
        id: "questions".into(),
        caption: "Questions and their addresses".into(),
        columns: vec![column("What is asked", false), column("Address", false)],
        rows: examples(public).into_iter().map(row).collect(),
        source: String::new(),
        notes: Vec::new(),
    })
}

fn asking() -> Block {
    let items = [
        "Name a column and a value: rows that have exactly this value fit. Several columns must all fit. A column that holds several values fits by any of them.".to_owned(),
        format!("limit says how many rows at most, from 1 to {MOST}; without it there are {ROWS}."),
        "after goes on behind the row of this id. An answer that has more rows gives the address of the next page as next.".to_owned(),
        "An id with slashes is written with tildes where it is part of an address, such as 2016~hertfordshire for 2016/hertfordshire. Behind the question mark it stays as it is.".to_owned(),
        "A parameter that a table does not know is refused, with those that it does know.".to_owned(),
    ];
    Block::List { ordered: false, items: items.into_iter().map(|words| vec![text(words)]).collect() }
}

fn answers() -> Block {
    let items = [
        "An answer names its table, licence and source, then total (the rows that fit, on all pages), rows and next (null at the end).",
        "An absent value is null, and the row's status says why, by column. The status also has what to know of a number, such as [p] for provisional.",
        "Numbers are written in full. An answer without rows says why there is none.",
        "A question that makes no sense is answered with status 400 and a document that says what was found and what is allowed; what does not exist, with 404.",
    ];
    Block::List { ordered: false, items: items.into_iter().map(|words| vec![text(words)]).collect() }
}

fn counted(number: usize) -> String {
    group_thousands(&number.to_string())
}

/// A size as a reader is told: in thousands of bytes, or in millions with one decimal.
fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes}\u{a0}bytes"),
        1_000..1_000_000 => format!("{}\u{a0}kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{}\u{a0}MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
