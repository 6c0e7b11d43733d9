//! Feeds of what is new: publications, findings and corrections, for the whole site and for each force.
//!
//! Dates are those of the facts, so that the same facts make the same feed; of a month or a year it is the first day, and the summary says
//! what is known. Source: RFC 4287, *The Atom Syndication Format*; ids by RFC 4151, under a name that is reserved for examples and so
//! nobody's.

use super::{api::in_address, table::id_of};
use crate::{
    Public, cite, naming,
    public::first_day,
    routes::{Asked, Made},
    tracked::ALL_FORCES,
};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use report::dataset::Cell;
use std::io;

/// The most entries of a feed.
pub const MOST: usize = 200;

/// What the id of every entry begins with.
const TAG: &str = "tag:peelian.example,2026:";

/// Something new.
struct Entry {
    /// Its table and id.
    table: &'static str,
    id: String,
    title: String,
    /// Its day, or the first day of its month or year.
    day: String,
    summary: String,
    forces: Vec<String>,
    /// Where it can be read, seen from the feed.
    address: String,
}

/// Everything new.
pub(super) fn all(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    Some(feed(public, "all", &format!("New from {}", public.issuer().name), entries(public)))
}

/// What is new about a force.
pub(super) fn of_force(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let force = public.force(asked.parts.first()?)?;
    let concerns = |to: &String| to == force.id.as_str() || to == ALL_FORCES;
    let about = entries(public).into_iter().filter(|entry| entry.forces.iter().any(concerns));
    Some(feed(public, force.id.as_str(), &format!("New about {}", force.name), about.collect()))
}

/// Everything with a date, the newest first.
fn entries(public: &Public) -> Vec<Entry> {
    let mut entries: Vec<Entry> = super::all(public)
        .flat_map(|open| {
            let table = open.table;
            let place = move |name: &str| table.columns.iter().position(|column| column.name == name);
            open.dataset.rows.iter().filter_map(move |row| {
                let cell = |name: &str| match row.get(place(name)?)? {
                    Cell::Text(words) => Some(words.clone()),
                    _ => None,
                };
                entry(public, table.id, id_of(row), &cell)
            })
        })
        .collect();
    entries.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| (a.table, &a.id).cmp(&(b.table, &b.id))));
    entries
}

fn entry(public: &Public, table: &'static str, id: &str, cell: &dyn Fn(&str) -> Option<String>) -> Option<Entry> {
    let known = |name| cell(name).unwrap_or_default();
    let (when, title, summary, address) = match table {
        // What only recalls another inspection is there under its own.
        "publications" if known("recalls") == "yes" => return None,
        "publications" => (
            cell("published")?,
            cell("title")?,
            known("publisher"),
            cell("address").map_or_else(|| "../about.html".to_owned(), |address| cite::whole(&address)),
        ),
        "findings" => {
            let words = cell("title").unwrap_or_else(|| first_words(&known("text")));
            let kind = report::words::upper_first(&known("kind").replace('-', " "));
            (cell("published")?, format!("{kind}: {words}"), known("text"), format!("..{}", naming::address(id)))
        }
        "corrections" => {
            let departs = known("kind") == "departure";
            let what = if departs { "Departure from the original" } else { "Correction" };
            (
                cell("date")?,
                format!("{what}: {}", first_words(&known("now"))),
                known("why"),
                "../corrections.html".to_owned(),
            )
        }
        _ => return None,
    };
    let day = first_day(&when)?;
    let prose = when.parse::<reference::ReleaseDate>().map(|date| date.prose()).unwrap_or_default();
    let forces = cell("force").map(|forces| super::table::items(&forces).map(str::to_owned).collect::<Vec<_>>());
    let mut forces = forces.unwrap_or_default();
    let named = match forces.as_slice() {
        [force] => public.force(force).map(|force| format!("{}: ", force.short_name)),
        _ => None,
    };
    // Whoever is asked to act hears of it, also in an inspection of another force.
    for asked in super::table::items(&known("addressees")) {
        if !forces.iter().any(|force| force == asked) {
            forces.push(asked.to_owned());
        }
    }
    Some(Entry {
        table,
        id: id.to_owned(),
        title: format!("{}{title}", named.unwrap_or_default()),
        day: day.to_string(),
        summary: format!("{summary} ({prose})").trim().to_owned(),
        forces,
        address,
    })
}

fn first_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let more = if words.len() > 12 { " …" } else { "" };
    format!("{}{more}", words[..words.len().min(12)].join(" "))
}

fn feed(public: &Public, name: &str, title: &str, mut entries: Vec<Entry>) -> Made {
    let all = entries.len();
    entries.truncate(MOST);
    let shown = match entries.len() {
        shown if shown < all => format!("The newest {shown} of {all} publications, findings and corrections"),
        _ => "Publications, findings and corrections".to_owned(),
    };
    let newest = entries.first().map_or_else(|| public.date.to_string(), |entry| entry.day.clone());
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    let written = || -> io::Result<()> {
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let feed = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", "en-GB")];
        writer.create_element("feed").with_attributes(feed).write_inner_content(|writer| {
            words(writer, "id", &format!("{TAG}feeds/{name}"))?;
            words(writer, "title", title)?;
            words(writer, "subtitle", &shown)?;
            words(writer, "updated", &instant(&newest))?;
            link(writer, "self", "application/atom+xml", &format!("{name}.atom"))?;
            let there =
                if public.force(name).is_some() { format!("../forces/{name}.html") } else { "../index.html".into() };
            link(writer, "alternate", "text/html", &there)?;
            writer
                .create_element("author")
                .write_inner_content(|writer| words(writer, "name", public.issuer().name))?;
            words(writer, "rights", "Open Government Licence v3.0")?;
            entries.iter().try_for_each(|entry| entry.write(writer))
        })?;
        Ok(())
    }();
    written.expect("a vector takes every byte");
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Made::File(bytes)
}

impl Entry {
    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let Self { table, id, .. } = self;
        writer.create_element("entry").write_inner_content(|writer| {
            words(writer, "id", &format!("{TAG}{table}/{id}"))?;
            words(writer, "title", &self.title)?;
            words(writer, "updated", &instant(&self.day))?;
            link(writer, "alternate", "text/html", &self.address)?;
            link(writer, "related", "application/json", &format!("../api/v1/{table}/{}.json", in_address(id)))?;
            writer.create_element("category").with_attribute(("term", *table)).write_empty()?;
            words(writer, "summary", &self.summary)
        })?;
        Ok(())
    }
}

fn instant(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

fn words(writer: &mut Writer<Vec<u8>>, name: &str, words: &str) -> io::Result<()> {
    let clean: String = words.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n')).collect();
    writer.create_element(name).write_text_content(BytesText::new(&clean))?;
    Ok(())
}

fn link(writer: &mut Writer<Vec<u8>>, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    writer.create_element("link").with_attributes([("rel", rel), ("type", kind), ("href", href)]).write_empty()?;
    Ok(())
}
