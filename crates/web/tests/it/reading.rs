//! Pages as a reader meets them: words, and the cells of tables.

use web::{Public, Query, routes};

/// What is at an address of a static copy, all of whose addresses are there.
pub fn page(public: &Public, path: &str) -> String {
    let paths = routes::paths(public);
    let there = |path: &str| public.shelf.holds(path) || paths.iter().any(|p| p == path);
    let found = routes::answer(public, path, &Query::default(), false, &there);
    String::from_utf8(found.unwrap_or_else(|| panic!("nothing at {path}")).bytes).expect("text")
}

/// The words of mark-up, one space between each two.
pub fn words(markup: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for letter in markup.chars() {
        match letter {
            '<' => {
                inside = true;
                out.push(' ');
            }
            '>' => inside = false,
            letter if !inside => out.push(letter),
            _ => {}
        }
    }
    let out = out.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\"");
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    out.replace(" .", ".").replace(" ,", ",").replace("( ", "(").replace(" )", ")")
}

/// The cells of the table of this id below its headings, row by row, in words.
pub fn table(page: &str, id: &str) -> Vec<Vec<String>> {
    let at = page.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no table {id}"));
    let table = &page[at..at + page[at..].find("</table>").expect("its end")];
    let rows = table.split("<tr").skip(2).map(|row| {
        let cells = row.split("<t").skip(1).filter(|cell| cell.starts_with("h ") || cell.starts_with('d'));
        cells.map(|cell| words(&format!("<t{cell}"))).collect()
    });
    rows.collect()
}
