//! All forces, and the page of each.

use crate::{
    page::{self, Page, heading, link},
    routes::{Asked, Made, Route, each_force, once},
};
use report::document::{Block, Link};

/// The addresses of this family.
pub const ROUTES: &[Route] = &[
    Route { pattern: "forces.html", about: "Every force", asks: &[], all: once, make: list },
    Route { pattern: "forces/{force}.html", about: "A force", asks: &[], all: each_force, make: force },
];

fn list(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let mut document = page::document(public, "Police forces", "Every police force of England and Wales.");
    let items = public.forces().map(|f| vec![link(&*f.name, format!("/forces/{}.html", f.id))]).collect();
    document.blocks = vec![Block::List { ordered: false, items }];
    Some(Page::new(document).into())
}

fn force(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let force = public.force(asked.parts.first()?)?;
    let mut document = page::document(public, &*force.name, format!("What is published about {}.", force.name));
    document.trail = vec![Link { text: "Forces".into(), href: "/forces.html".into() }];
    document.blocks = vec![heading("documents", "Documents")];
    Some(Page::new(document).into())
}
