//! A document as one HTML page: complete without scripts, and with nothing that a strict content policy would refuse.
//!
//! The patterns are GOV.UK's, the look is our own (`assets/styles`). Every word is escaped; charts are the only mark-up that is
//! passed on, and they escape their own words. Ids that this module adds contain `--`, which the ids of a document must not.

mod blocks;
mod figure;
mod form;
mod grade;
mod inline;
mod table;
#[cfg(test)]
pub(crate) mod tests;

use crate::assets;
use crate::document::{Block, Document, Inline, Link, every};
use crate::markup::escape;
use std::fmt::Write as _;

/// What every page of a site shares.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Site {
    /// The inspectorate's name, in the header of every page.
    pub name: String,
    /// The way from the page to the site's root: empty at the root, otherwise ends with a slash (`../../`).
    pub root: String,
    /// Links in the header; their addresses are relative to the site's root.
    pub navigation: Vec<Link>,
    /// The licence line at the foot; may be empty.
    pub licence: Vec<Inline>,
    /// Links at the foot; their addresses are relative to the site's root.
    pub small_print: Vec<Link>,
    /// What can be asked on this page, below its title.
    pub form: Option<Form>,
    /// A feed of what this page lists, as seen from the page.
    pub feed: Option<Link>,
}

/// A form that asks for a page: it is sent as the query of an address and changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Where it leads.
    pub action: String,
    /// What it is for, read aloud ("Filter the recommendations").
    pub label: String,
    /// What is asked, in order.
    pub fields: Vec<Field>,
    /// The words of its button.
    pub button: String,
}

/// A question of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in the query.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What it holds now; empty for nothing.
    pub value: String,
    /// Values to choose from with their words; empty where words are typed.
    pub choices: Vec<(String, String)>,
}

/// The page. Its stylesheet is expected in the folder `assets/` at the site's root, see [`assets::files`].
///
/// A footnote mark whose index names no footnote is left out.
#[must_use]
pub fn page(document: &Document, site: &Site) -> String {
    let mut writer = Writer::new(document);
    writer.raw("<!DOCTYPE html>\n<html");
    writer.attribute("lang", &document.language);
    writer.raw(">\n");
    writer.head(site);
    writer.raw("<body>\n<a class=\"govuk-skip-link\" href=\"#page--main\">Skip to main content</a>\n");
    writer.masthead(site);
    writer.banner();
    writer.raw("<div class=\"govuk-width-container\">\n");
    writer.trail();
    writer.raw("<main class=\"page\" id=\"page--main\">\n");
    writer.title();
    if let Some(form) = &site.form {
        writer.form(form);
    }
    writer.blocks(&document.blocks);
    writer.footnotes();
    writer.raw("</main>\n</div>\n");
    writer.foot(site);
    writer.raw("</body>\n</html>\n");
    writer.out
}

/// A page being written.
struct Writer<'a> {
    out: String,
    document: &'a Document,
    /// How often each footnote has been referred to so far.
    references: Vec<usize>,
}

impl<'a> Writer<'a> {
    fn new(document: &'a Document) -> Self {
        Self { out: String::new(), document, references: vec![0; document.footnotes.len()] }
    }

    /// Adds mark-up as it is.
    fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// Adds words, escaped.
    fn words(&mut self, words: &str) {
        self.out.push_str(&escape(words));
    }

    /// Adds an attribute to the tag being written, its value escaped.
    fn attribute(&mut self, name: &str, value: &str) {
        write!(self.out, " {name}=\"{}\"", escape(value)).expect("writing to a string cannot fail");
    }

    /// Adds an element of one class that holds only words; nothing where there are none.
    fn element(&mut self, tag: &str, class: &str, words: &str) {
        if words.is_empty() {
            return;
        }
        let words = escape(words);
        writeln!(self.out, "<{tag} class=\"{class}\">{words}</{tag}>").expect("writing to a string cannot fail");
    }

    fn head(&mut self, site: &Site) {
        let document = self.document;
        let title = match &document.subtitle {
            Some(subtitle) => format!("{}: {subtitle} – {}", document.title, site.name),
            None => format!("{} – {}", document.title, site.name),
        };
        self.raw("<head>\n<meta charset=\"utf-8\">\n<title>");
        self.words(&title);
        self.raw("</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"description\"");
        self.attribute("content", &document.description);
        self.raw(">\n<meta name=\"color-scheme\" content=\"light\">\n<link rel=\"stylesheet\"");
        self.attribute("href", &format!("{}assets/{}", site.root, assets::stylesheet()));
        self.raw(">\n");
        for format in &document.formats {
            self.raw("<link rel=\"alternate\"");
            self.attribute("href", &format.href);
            self.attribute("title", &format.text);
            self.raw(">\n");
        }
        if let Some(feed) = &site.feed {
            self.raw("<link rel=\"alternate\" type=\"application/atom+xml\"");
            self.attribute("href", &feed.href);
            self.attribute("title", &feed.text);
            self.raw(">\n");
        }
        self.raw("</head>\n");
    }

    fn masthead(&mut self, site: &Site) {
        self.raw("<header class=\"masthead\">\n<div class=\"govuk-width-container masthead__inside\">\n");
        // A page without a site around it has no root to lead to.
        let tag = if site.navigation.is_empty() { "span" } else { "a" };
        self.raw(&format!("<{tag} class=\"masthead__name\""));
        if !site.navigation.is_empty() {
            self.attribute("href", &format!("{}index.html", site.root));
        }
        self.raw(">");
        self.words(&site.name);
        self.raw(&format!("</{tag}>\n"));
        if !site.navigation.is_empty() {
            self.raw("<nav class=\"masthead__nav\" aria-label=\"Site\">\n<ul>\n");
            for link in &site.navigation {
                self.raw("<li><a");
                self.attribute("href", &from_root(&site.root, &link.href));
                self.raw(">");
                self.words(&link.text);
                self.raw("</a></li>\n");
            }
            self.raw("</ul>\n</nav>\n");
        }
        self.raw("</div>\n</header>\n");
    }

    fn banner(&mut self) {
        if let Some(banner) = &self.document.banner {
            self.raw("<section class=\"banner\" aria-label=\"Important\">\n<div class=\"govuk-width-container\">\n");
            self.element("p", "banner__words", banner);
            self.raw("</div>\n</section>\n");
        }
    }

    fn trail(&mut self) {
        if self.document.trail.is_empty() {
            return;
        }
        self.raw(
            "<nav class=\"govuk-breadcrumbs\" aria-label=\"Breadcrumb\">\n<ol class=\"govuk-breadcrumbs__list\">\n",
        );
        for link in &self.document.trail {
            self.raw("<li class=\"govuk-breadcrumbs__list-item\"><a class=\"govuk-breadcrumbs__link\"");
            self.attribute("href", &link.href);
            self.raw(">");
            self.words(&link.text);
            self.raw("</a></li>\n");
        }
        self.raw("</ol>\n</nav>\n");
    }

    fn title(&mut self) {
        let document = self.document;
        self.raw("<div class=\"page__title\">\n");
        self.element("h1", "govuk-heading-xl", &document.title);
        self.element("p", "page__subtitle", document.subtitle.as_deref().unwrap_or_default());
        self.raw("<p class=\"page__date\">");
        self.words(&document.publisher);
        let day = document.date;
        match &document.dated {
            Some(dated) => {
                self.raw(", ");
                self.words(dated);
                self.raw("</p>\n");
            }
            None => {
                let prose = reference::long_date(day);
                writeln!(self.out, ", <time datetime=\"{day}\">{prose}</time></p>")
                    .expect("writing to a string cannot fail");
            }
        }
        if !document.formats.is_empty() {
            self.raw("<nav aria-label=\"Other formats\">\n<ul class=\"formats\">\n");
            for format in &document.formats {
                self.raw("<li>");
                self.link(format, "govuk-link");
                self.raw("</li>\n");
            }
            self.raw("</ul>\n</nav>\n");
        }
        self.raw("</div>\n");
    }

    fn foot(&mut self, site: &Site) {
        self.raw("<footer class=\"foot\">\n<div class=\"govuk-width-container\">\n");
        self.element("p", "foot__running", &self.document.running);
        if !site.small_print.is_empty() {
            self.raw("<nav aria-label=\"About this site\">\n<ul class=\"foot__links\">\n");
            for link in &site.small_print {
                self.raw("<li><a class=\"govuk-link\"");
                self.attribute("href", &from_root(&site.root, &link.href));
                self.raw(">");
                self.words(&link.text);
                self.raw("</a></li>\n");
            }
            self.raw("</ul>\n</nav>\n");
        }
        if !site.licence.is_empty() {
            self.raw("<p class=\"foot__licence\">");
            self.inlines(&site.licence);
            self.raw("</p>\n");
        }
        self.raw("</div>\n</footer>\n");
    }
}

/// The address as seen from the page: full addresses stay as they are.
fn from_root(root: &str, href: &str) -> String {
    if href.contains("://") { href.to_owned() } else { format!("{root}{href}") }
}

/// Every heading of these blocks and of those inside them, in order.
fn headings(blocks: &[Block]) -> Vec<(u8, &str, &str)> {
    every(blocks)
        .into_iter()
        .filter_map(|block| match block {
            Block::Heading { level, id, text } => Some((*level, id.as_str(), text.as_str())),
            _ => None,
        })
        .collect()
}
