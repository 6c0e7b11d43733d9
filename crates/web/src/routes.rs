//! The table of addresses: what a static copy writes, a server answers, the documentation lists and the tests visit.

use crate::{
    Public, Query, Resource,
    open::{self, Table},
    page::{self, Page},
    pages,
    resource::PROBLEM,
};
use report::{document::paragraph, html};

/// A kind of address.
#[derive(Clone, Copy)]
pub struct Route {
    /// The address from the root; `{name}` stands for one part of it.
    pub pattern: &'static str,
    /// What is found there.
    pub about: &'static str,
    /// What a query may ask, on a server; `{table}` stands for what the table can be asked that the first part names.
    pub asks: &'static [&'static str],
    /// What the parts can be, all of them, in the order of the pattern: what a static copy writes.
    pub all: fn(&Public) -> Vec<Vec<String>>,
    /// What is there; `None` when nothing is.
    pub make: fn(&Asked<'_>) -> Option<Made>,
}

/// What somebody asks for.
pub struct Asked<'a> {
    /// What everybody may know.
    pub public: &'a Public,
    /// The parts of the address, in the order of the pattern.
    pub parts: Vec<&'a str>,
    /// What is asked beyond the address; empty in a static copy.
    pub query: Query,
    /// Whether somebody answers: a static copy has no forms.
    pub served: bool,
}

/// What is found at an address.
pub enum Made {
    /// A page.
    Page(Box<Page>),
    /// A file, by its bytes; its address says what it is.
    File(Vec<u8>),
    /// Nothing, because what was asked makes no sense.
    Refused(Refusal),
}

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The status of HTTP.
    pub status: u16,
    /// What was found, as a sentence.
    pub found: String,
    /// What is allowed, as a sentence.
    pub remedy: String,
}

impl From<Page> for Made {
    fn from(page: Page) -> Self {
        Self::Page(Box::new(page))
    }
}

impl From<String> for Made {
    fn from(text: String) -> Self {
        Self::File(text.into_bytes())
    }
}

/// One address without parts.
pub(crate) fn once(_: &Public) -> Vec<Vec<String>> {
    vec![Vec::new()]
}

/// One address a force.
pub(crate) fn each_force(public: &Public) -> Vec<Vec<String>> {
    public.forces().map(|force| vec![force.id.to_string()]).collect()
}

/// Every kind of address, family by family.
pub const FAMILIES: &[&[Route]] = &[
    open::ROUTES,
    pages::compare::ROUTES,
    pages::data::ROUTES,
    pages::findings::ROUTES,
    pages::forces::ROUTES,
    pages::glossary::ROUTES,
    pages::measures::ROUTES,
    pages::methodology::ROUTES,
    pages::national::ROUTES,
    pages::numbers::ROUTES,
    pages::plain::ROUTES,
    pages::register::ROUTES,
    pages::reports::ROUTES,
    pages::search::ROUTES,
    pages::threads::ROUTES,
];

/// Every kind of address.
pub fn routes() -> impl Iterator<Item = &'static Route> {
    FAMILIES.iter().copied().flatten()
}

impl Route {
    /// What a query may ask at an address with these parts.
    #[must_use]
    pub fn may_ask(&self, parts: &[&str]) -> Vec<&'static str> {
        let table = || parts.first().and_then(|id| open::table(id)).map(Table::asks).unwrap_or_default();
        self.asks.iter().flat_map(|name| if *name == "{table}" { table() } else { vec![*name] }).collect()
    }

    /// Whether a name that it does not know is refused. Programs ask for rows; people may come by an address that somebody added to.
    fn is_strict(&self) -> bool {
        self.asks.contains(&"{table}")
    }

    /// The parts of an address that has this pattern.
    #[must_use]
    pub fn parts<'p>(&self, path: &'p str) -> Option<Vec<&'p str>> {
        let mut parts = Vec::new();
        let mut found = path.split('/');
        for wanted in self.pattern.split('/') {
            let found = found.next()?;
            match wanted.split_once('{').zip(wanted.rsplit_once('}')) {
                Some(((before, _), (_, after))) => {
                    let part = found.strip_prefix(before)?.strip_suffix(after)?;
                    parts.push(Some(part).filter(|part| !part.is_empty())?);
                }
                None if wanted == found => {}
                None => return None,
            }
        }
        found.next().is_none().then_some(parts)
    }

    /// The address with these parts.
    #[must_use]
    pub fn path(&self, parts: &[String]) -> String {
        let mut parts = parts.iter();
        let fill = |wanted: &str| match wanted.split_once('{').zip(wanted.rsplit_once('}')) {
            Some(((before, _), (_, after))) => {
                format!("{before}{}{after}", parts.next().map(String::as_str).unwrap_or_default())
            }
            None => wanted.to_owned(),
        };
        self.pattern.split('/').map(fill).collect::<Vec<_>>().join("/")
    }
}

/// Every address of a static copy, by family.
#[must_use]
pub fn paths(public: &Public) -> Vec<String> {
    routes().flat_map(|route| (route.all)(public).into_iter().map(|parts| route.path(&parts))).collect()
}

/// Whether an address is answered by the table: where nothing is asked, there may still be nothing.
#[must_use]
pub fn known(path: &str) -> bool {
    routes().any(|route| route.parts(path).is_some())
}

/// The part of a query that its address knows; all of it where an unknown name is refused.
#[must_use]
pub fn asked(path: &str, query: &Query) -> Query {
    let known = |route: &Route| {
        let may_ask = route.may_ask(&route.parts(path)?);
        Some(if route.is_strict() { query.clone() } else { query.only(&may_ask) })
    };
    routes().find_map(known).unwrap_or_default()
}

/// What is at an address.
#[must_use]
pub fn answer(
    public: &Public,
    path: &str,
    query: &Query,
    served: bool,
    there: &dyn Fn(&str) -> bool,
) -> Option<Resource> {
    let mut fitting = routes().filter_map(|route| Some((route, route.parts(path)?)));
    let made = fitting.find_map(|(route, parts)| {
        let may_ask = route.may_ask(&parts);
        let unknown = query.iter().map(|(name, _)| name).find(|name| !may_ask.contains(name));
        if let Some(name) = unknown.filter(|_| route.is_strict()) {
            return Some(Made::Refused(not_asked(name, &may_ask)));
        }
        let query = query.only(&may_ask);
        (route.make)(&Asked { public, parts, query, served })
    })?;
    Some(match made {
        Made::Page(page) => page::written(public, path, *page, served, there),
        Made::File(bytes) => Resource::file(path, bytes),
        Made::Refused(refusal) => refused(public, path, refusal, served, there),
    })
}

/// That a table has no column of this name: a question that was mistyped is not answered with all rows.
fn not_asked(name: &str, may_ask: &[&str]) -> Refusal {
    let found = format!("`{name}` is nothing that can be asked here");
    Refusal {
        status: 400,
        found,
        remedy: format!(
            "Ask by {}.",
            report::words::listed(&may_ask.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>())
        ),
    }
}

/// A refusal in the form that was asked for: a page, or a problem document (RFC 9457).
#[must_use]
pub fn refused(public: &Public, path: &str, refusal: Refusal, served: bool, there: &dyn Fn(&str) -> bool) -> Resource {
    const TITLE: &str = "This question cannot be answered";
    let Refusal { status, found, remedy } = refusal;
    if path.ends_with(".html") {
        let mut document = page::document(public, TITLE, TITLE);
        document.blocks = vec![paragraph(found), paragraph(remedy)];
        return Resource { status, ..page::written(public, path, Page::new(document), served, there) };
    }
    let problem = serde_json::json!({ "title": TITLE, "status": status, "detail": found, "remedy": remedy });
    Resource { status, media: PROBLEM, bytes: format!("{problem:#}\n").into_bytes() }
}

/// A form that asks what a page can be asked.
#[must_use]
pub fn form(action: &str, label: &str, button: &str, fields: Vec<html::Field>) -> html::Form {
    html::Form { action: action.into(), label: label.into(), button: button.into(), fields }
}
