//! Pages read as a reader meets them: words without mark-up, rows by their id, the addresses that numbers lead to.

use std::collections::BTreeSet;
use web::{Public, Query, page::beside, routes};

/// A page as a server answers it; `None` where there is nothing.
pub fn served(public: &Public, path: &str, query: &str) -> Option<String> {
    let found = routes::answer(public, path, &Query::read(query), true, &|_| true)?;
    Some(String::from_utf8(found.bytes).expect("text"))
}

/// Its words, without the drawings and with single spaces.
pub fn words(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        out.push(' ');
        let skipped = ["svg", "head"]
            .iter()
            .find(|tag| after.starts_with(&format!("{tag} ")) || after.starts_with(&format!("{tag}>")));
        rest = match skipped {
            Some(tag) => after.split_once(&format!("</{tag}>")).map_or("", |(_, rest)| rest),
            None => after.split_once('>').map_or("", |(_, rest)| rest),
        };
    }
    out.push_str(rest);
    let plain = out.replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of a page from one piece of mark-up to the next of another.
pub fn between<'h>(html: &'h str, from: &str, to: &str) -> &'h str {
    let (_, after) = html.split_once(from).unwrap_or_else(|| panic!("`{from}` is not on the page"));
    after.split_once(to).unwrap_or_else(|| panic!("`{to}` does not follow `{from}`")).0
}

/// The row of an id, its cells' words parted by bars; what is said only on focus is left out.
pub fn row(html: &str, id: &str) -> String {
    let row = between(html, &format!("<tr class=\"govuk-table__row\" id=\"{id}\">"), "</tr>");
    let cells = row.split("</td>").flat_map(|part| part.split("</th>")).map(shown);
    cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" | ")
}

fn shown(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("<span class=\"number__source\">") {
        out.push_str(before);
        rest = after.split_once("</span>").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    words(&out)
}

/// The addresses from the root that the numbers of a page lead to.
pub fn numbers(path: &str, html: &str) -> BTreeSet<String> {
    let links = html.split("<a class=\"number\" href=\"").skip(1);
    links.filter_map(|part| part.split_once('"')).map(|(href, _)| beside(path, href)).collect()
}
