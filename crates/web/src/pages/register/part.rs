//! Parts of the register, each a page of its own: what a static copy has in place of filters.

use super::{COUNTED, feed, follow, followed, listing, nothing};
use crate::{
    Public,
    known::Found,
    naming,
    page::{self, Page, link},
    routes::{Asked, Made},
    told::{by_kind, counted},
    tracked::{FOLLOWED, Status},
};
use report::{
    document::{Block, Document, Link, paragraph, text},
    words::lower_first,
};

/// A part of the register as a page of its own.
fn part(public: &Public, title: &str, lead: &str, found: &[Found<'_>]) -> Document {
    let mut document = page::document(public, title, format!("{title}: what was asked, of whom, and how it stands."));
    document.trail = vec![Link { text: "Recommendations".into(), href: "/register.html".into() }];
    let whole = Block::Paragraph { text: vec![link("The whole register", "/register.html")] };
    document.blocks = if found.is_empty() {
        nothing(&format!("{lead}: none is in the sources loaded."), whole)
    } else {
        let closed = found.iter().filter(|f| f.status() == Status::Closed).count();
        let closed = match closed {
            0 => "None is".to_owned(),
            some => counted(some, "of them is", "of them are"),
        };
        let line = format!("{lead}: {}. {closed} known to be closed.", by_kind(found));
        let mut blocks = vec![paragraph(line), paragraph(COUNTED)];
        blocks.extend(listing(public, &found.iter().collect::<Vec<_>>()));
        blocks
    };
    document
}

fn made(mut document: Document, feed: Link) -> Option<Made> {
    document.blocks.push(follow(&feed));
    Some(Page { feed: Some(feed), ..Page::new(document) }.into())
}

pub(super) fn of_force(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let force = public.force(asked.parts.first()?)?;
    let mut found = followed(public);
    found.retain(|f| f.concerns(force.id.as_str()));
    let found: Vec<Found<'_>> = found.into_iter().map(|f| f.seen_from(&force.id)).collect();
    let elsewhere = found.iter().filter(|f| !f.forces.contains(&force.id)).count();
    let mut lead = format!("What {} has been asked to do", force.name);
    if elsewhere > 0 {
        let are = if elsewhere == 1 { "one" } else { "some" };
        lead += &format!(" ({are} of it in inspections of another force, which addressed it too)");
    }
    let mut document = part(public, &format!("Register: {}", force.name), &lead, &found);
    document.blocks.push(Block::Paragraph {
        text: vec![text("More about the force: "), link(&*force.name, format!("/forces/{}.html", force.id)), text(".")],
    });
    let feed = Link { text: format!("What is new about {}", force.name), href: format!("feeds/{}.atom", force.id) };
    made(document, feed)
}

pub(super) fn of_kind(asked: &Asked<'_>) -> Option<Made> {
    let kind = FOLLOWED.into_iter().find(|kind| Some(&kind.ids().0) == asked.parts.first())?;
    let mut found = followed(asked.public);
    found.retain(|f| f.kind == kind);
    let title = format!("Register: {}", lower_first(kind.titles().1));
    made(part(asked.public, &title, &format!("{} of all forces and cycles", kind.titles().1), &found), feed())
}

pub(super) fn of_cycle(asked: &Asked<'_>) -> Option<Made> {
    let id = naming::id_of(asked.parts.first()?)?;
    let mut found = followed(asked.public);
    found.retain(|f| f.cycle == id);
    if found.is_empty() {
        return None;
    }
    let title = asked.public.cycle_title(&id);
    made(part(asked.public, &format!("Register: {title}"), &format!("Findings of {title}"), &found), feed())
}
