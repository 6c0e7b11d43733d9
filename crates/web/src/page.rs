//! Pages of the site: a document in the house's shell.
//!
//! In a document of the site an address that begins with a slash is told from the site's root (`/forces/kent.html`); the shell writes it
//! as seen from the page, so that a static copy can stand in any folder.

use crate::{Public, Resource};
use report::{
    document::{Block, Document, Inline, Link, text},
    html,
};

/// The feed of everything new, from the root.
pub const FEED: &str = "feeds/all.atom";

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// What is read.
    pub document: Document,
    /// What can be asked on it; shown where somebody answers, not in a static copy.
    pub form: Option<html::Form>,
    /// A feed of what the page lists: title, and address from the root.
    pub feed: Option<Link>,
    /// Whether it says that what was asked for is not there: it has the status 404 and is not cited.
    pub missing: bool,
}

impl Page {
    /// A page without form and feed.
    #[must_use]
    pub fn new(document: Document) -> Self {
        Self { document, form: None, feed: None, missing: false }
    }
}

/// The sections of the site, in the header of every page.
#[must_use]
pub fn navigation() -> Vec<Link> {
    [
        ("Forces", "forces.html"),
        ("Recommendations", "register.html"),
        ("Threads", "threads.html"),
        ("Compare", "measures.html"),
        ("Reports", "reports.html"),
        ("Data", "data.html"),
        ("Search", "search.html"),
    ]
    .map(|(text, href)| Link { text: text.into(), href: href.into() })
    .into()
}

/// The lines at the foot of every page.
#[must_use]
pub fn licence() -> Vec<Inline> {
    let link = |words: &str, href: &str| Inline::Link(Link { text: words.into(), href: href.into() });
    vec![
        text("Contains public sector information licensed under the "),
        link("Open Government Licence v3.0", crate::open::LICENCE),
        text("."),
    ]
}

/// The pages that the foot of every page leads to.
#[must_use]
pub fn small_print() -> Vec<Link> {
    [
        ("How forces are compared", "methodology.html"),
        ("Glossary", "glossary.html"),
        ("Corrections", "corrections.html"),
        ("Accessibility", "accessibility.html"),
        ("About this site", "about.html"),
        ("API", "api.html"),
    ]
    .map(|(text, href)| Link { text: text.into(), href: href.into() })
    .into()
}

/// A document of the site with what all of them share; its blocks follow.
#[must_use]
pub fn document(public: &Public, title: impl Into<String>, description: impl Into<String>) -> Document {
    let issuer = public.issuer();
    let title = title.into();
    Document {
        language: "en-GB".into(),
        running: format!("{title} · {}", issuer.name),
        title,
        subtitle: None,
        description: description.into(),
        publisher: issuer.name.into(),
        date: public.date,
        dated: Some(format!("as published by {}", reference::long_date(public.date))),
        banner: issuer.banner.map(str::to_owned),
        trail: Vec::new(),
        formats: Vec::new(),
        blocks: Vec::new(),
        footnotes: Vec::new(),
    }
}

/// A heading of the second level.
#[must_use]
pub fn heading(id: &str, words: impl Into<String>) -> Block {
    Block::Heading { level: 2, id: id.into(), text: words.into() }
}

/// A link as part of a line.
#[must_use]
pub fn link(words: impl Into<String>, href: impl Into<String>) -> Inline {
    Inline::Link(Link { text: words.into(), href: href.into() })
}

/// Words as part of an address or an id: small letters, digits and single hyphens.
#[must_use]
pub fn slug(words: &str) -> String {
    let parts = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

/// The place on a page of something that has an id on the site: `2016/hertfordshire/coc-1` stands at `at-2016-hertfordshire-coc-1`.
#[must_use]
pub fn anchor(id: &str) -> String {
    format!("at-{}", slug(id))
}

/// Inlines with something between each two.
pub fn parted(inlines: impl IntoIterator<Item = Inline>, between: &str) -> Vec<Inline> {
    let mut line = Vec::new();
    for inline in inlines {
        if !line.is_empty() {
            line.push(text(between));
        }
        line.push(inline);
    }
    line
}

/// The page at an address, as bytes. Links to what is not `there` become plain words.
#[must_use]
pub fn written(public: &Public, path: &str, page: Page, served: bool, there: &dyn Fn(&str) -> bool) -> Resource {
    let Page { mut document, form, feed, missing } = page;
    // What is not there cannot be cited.
    if there(path) && !missing {
        document.blocks.push(citation(path, &document));
    }
    let root = "../".repeat(path.matches('/').count());
    document.map_links(&mut |href| {
        if let Some(rest) = href.strip_prefix('/') {
            *href = format!("{root}{}", if rest.is_empty() { "index.html" } else { rest });
        }
    });
    document.keep_links(&|href| there(&beside(path, href)));
    let site = html::Site {
        name: public.issuer().name.to_owned(),
        root: root.clone(),
        navigation: navigation(),
        licence: licence(),
        small_print: small_print(),
        form: form.filter(|_| served).map(|form| html::Form { action: format!("{root}{}", form.action), ..form }),
        feed: feed.map(|feed| Link { href: format!("{root}{}", feed.href), ..feed }),
    };
    let written = Resource::html(html::page(&document, &site));
    if missing { Resource { status: 404, ..written } } else { written }
}

/// How a page is cited: the last block of every page that is there.
fn citation(path: &str, document: &Document) -> Block {
    let Document { title, publisher, date, .. } = document;
    let title = document.subtitle.as_ref().map_or_else(|| title.clone(), |subtitle| format!("{title}: {subtitle}"));
    let words =
        format!("{publisher}, \u{201c}{title}\u{201d}, as published by {}, {path}. ", reference::long_date(*date));
    let licence = link("Open Government Licence v3.0", crate::open::LICENCE);
    let line = vec![text(words), licence, text(".")];
    Block::Details { summary: "How to cite this page".into(), blocks: vec![Block::Paragraph { text: line }] }
}

/// The address from the root of what a page at `path` calls `href`, without query.
#[must_use]
pub fn beside(path: &str, href: &str) -> String {
    let href = href.split('?').next().unwrap_or_default();
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn an_address_is_told_from_the_page_that_holds_it() {
        let page = "2016/hertfordshire/numbers/n1.html";
        assert_eq!(beside(page, "n2.html"), "2016/hertfordshire/numbers/n2.html");
        assert_eq!(beside(page, "../../../index.html?a=b"), "index.html");
        assert_eq!(beside("index.html", "2016/data/a.csv"), "2016/data/a.csv");
    }
}
