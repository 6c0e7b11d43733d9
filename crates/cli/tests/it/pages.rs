//! Pages of a published site as a reader meets them: words without mark-up, headings in order, rows of tables, where links lead.

use crate::inspectorate::below;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Component, Path, PathBuf},
};

/// A page.
pub struct Page {
    /// Where it lies.
    pub path: PathBuf,
    html: String,
}

/// An element that holds no element of its own name.
pub struct Element<'p> {
    opening: &'p str,
    inside: &'p str,
}

impl Element<'_> {
    /// Its words.
    pub fn words(&self) -> String {
        words(self.inside)
    }

    /// Whether it is of this class.
    pub fn is(&self, class: &str) -> bool {
        attribute(self.opening, "class").is_some_and(|all| all.split(' ').any(|one| one == class))
    }
}

impl Page {
    /// Reads a page.
    #[track_caller]
    pub fn read(path: &Path) -> Self {
        let html = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        Self { path: path.to_path_buf(), html }
    }

    /// Every element of these tags, in order.
    pub fn all(&self, tags: &[&str]) -> Vec<Element<'_>> {
        elements(&self.html, tags)
    }

    /// Its words, those of its frame included.
    pub fn words(&self) -> String {
        words(&self.html)
    }

    /// The levels of its headings, in order.
    pub fn levels(&self) -> Vec<u32> {
        let level = |e: &Element<'_>| e.opening[1..2].parse().unwrap();
        self.all(&["h1", "h2", "h3", "h4"]).iter().map(level).collect()
    }

    /// The words of the paragraphs, list items and headings.
    pub fn lines(&self) -> Vec<String> {
        self.all(&["p", "li", "h1", "h2", "h3", "h4"]).iter().map(Element::words).collect()
    }

    /// The rows of its tables, each cell in words.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let cells = |row: &Element<'_>| elements(row.inside, &["th", "td"]).iter().map(Element::words).collect();
        self.all(&["tr"]).iter().map(cells).collect()
    }

    /// The values of an attribute, in order.
    pub fn attributes(&self, name: &str) -> Vec<String> {
        self.html.split('<').filter_map(|rest| attribute(rest.split('>').next()?, name)).collect()
    }

    /// Its headings, each with as many `#` as its level, and between them grades, findings, tables and figures.
    pub fn outline(&self) -> String {
        let mut lines = Vec::new();
        for element in self.all(&["h1", "h2", "h3", "h4", "p", "caption"]) {
            let (tag, words) = (element.opening.split(' ').next().unwrap_or_default(), element.words());
            lines.extend(match tag.strip_prefix('h') {
                Some(level) => Some(format!("{} {words}", "#".repeat(level.parse().unwrap()))),
                None if tag == "caption" => Some(format!("  {}", displayed(&words))),
                None if element.is("contents__title") => Some("  contents".to_owned()),
                None if element.is("inset__label") => Some(format!("  note: {words}")),
                None if element.is("grade-alone") => Some(format!("  grade: {words}")),
                None if element.is("finding__label") => Some(format!("  finding: {words}")),
                None => None,
            });
        }
        lines.join("\n")
    }

    /// The footnotes.
    pub fn footnotes(&self) -> Vec<String> {
        let section = self.html.split_once("<section class=\"footnotes\"").map_or("", |(_, rest)| rest);
        let section = section.split_once("</section>").map_or("", |(inside, _)| inside);
        elements(section, &["li"]).iter().map(Element::words).collect()
    }
}

/// A caption as an outline has it: the data of a figure stand for the figure.
fn displayed(caption: &str) -> String {
    let of_figure = caption.strip_prefix("Figure ").and_then(|rest| rest.split_once(": "));
    of_figure.map_or_else(|| format!("table: {caption}"), |(_, rest)| format!("figure: {rest}"))
}

/// Every page below a folder.
pub fn pages(folder: &Path) -> Vec<Page> {
    let all = below(folder, &|_| true).into_iter().filter(|path| path.extension().is_some_and(|e| e == "html"));
    all.map(|path| Page::read(&path)).collect()
}

/// The links of some pages that lead to nothing: to no file, or to no place of the page that they name.
pub fn broken_links(pages: &[Page]) -> Vec<String> {
    let ids = |page: &Page| (page.path.clone(), page.attributes("id").into_iter().collect::<BTreeSet<_>>());
    let places: BTreeMap<PathBuf, BTreeSet<String>> = pages.iter().map(ids).collect();
    let mut broken = BTreeSet::new();
    for page in pages {
        let links = page.attributes("href").into_iter().chain(page.attributes("src"));
        for link in links.filter(|link| !link.contains("://") && !link.starts_with("data:")) {
            let (file, place) = link.split_once('#').unwrap_or((&link, ""));
            // What is asked behind a question mark is answered by a server; the file is the same.
            let file = file.split('?').next().unwrap_or_default();
            let folder = page.path.parent().unwrap();
            let target = if file.is_empty() { page.path.clone() } else { plain(&folder.join(file)) };
            let there =
                target.is_file() && (place.is_empty() || places.get(&target).is_some_and(|ids| ids.contains(place)));
            if !there {
                broken.insert(format!("{}: {link}", page.path.display()));
            }
        }
    }
    broken.into_iter().collect()
}

/// A path without `..`.
fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut path, part| {
        if part == Component::ParentDir {
            path.pop();
        } else {
            path.push(part);
        }
        path
    })
}

/// The elements of these tags below some mark-up, in order; what stands within one is looked at too.
fn elements<'p>(html: &'p str, tags: &[&str]) -> Vec<Element<'p>> {
    let opens = html.match_indices('<').filter_map(|(at, _)| {
        let (opening, rest) = html[at + 1..].split_once('>')?;
        let tag = opening.split([' ', '\n']).next().filter(|tag| tags.contains(tag))?;
        let (inside, _) = rest.split_once(&format!("</{tag}>"))?;
        Some(Element { opening, inside })
    });
    opens.collect()
}

fn attribute(opening: &str, name: &str) -> Option<String> {
    let (_, rest) = opening.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| unescaped(value))
}

/// The words of mark-up as a reader sees them: sources that only unfold and words for screen readers are left out.
pub fn words(html: &str) -> String {
    const UNSEEN: [&str; 3] = ["number__source", "as-published", "govuk-visually-hidden"];
    let mut seen = String::new();
    let mut rest = html;
    while let Some((before, from)) = rest.split_once('<') {
        seen.push_str(before);
        let Some((opening, after)) = from.split_once('>') else { break };
        let hidden = UNSEEN.iter().any(|class| opening.starts_with("span") && opening.contains(class));
        rest = if hidden { after.split_once("</span>").map_or("", |(_, after)| after) } else { after };
    }
    seen.push_str(rest);
    unescaped(&seen).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unescaped(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}
