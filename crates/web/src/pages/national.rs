//! The national picture: every force at once, and one page a cycle and a page a pillar or question.
//!
//! Judgments are counted and laid out, never averaged or ranked, and a move is only told between two cycles on one scale.

mod cycle;
mod home;
mod moves;
mod node;
mod picture;

pub use moves::{Move, Moves};
pub use picture::Picture;

use crate::{
    Public,
    routes::{Route, once},
};
use inspection::{NodeId, framework::Framework};

/// The addresses of this family.
pub const ROUTES: &[Route] = &[
    Route { pattern: "index.html", about: "The national picture", asks: &[], all: once, make: home::page },
    Route {
        pattern: "national/{cycle}.html",
        about: "The judgments of all forces in a cycle",
        asks: &[],
        all: each_cycle,
        make: cycle::page,
    },
    Route {
        pattern: "national/{cycle}/{node}.html",
        about: "The judgments of all forces on a pillar or question in a cycle",
        asks: &[],
        all: each_picture,
        make: node::page,
    },
];

/// What stands where no source that is loaded says what was judged.
const NOT_LOADED: &str = "not in the sources loaded";

fn each_cycle(public: &Public) -> Vec<Vec<String>> {
    public.folder.frameworks.iter().map(|framework| vec![framework.id.clone()]).collect()
}

fn each_picture(public: &Public) -> Vec<Vec<String>> {
    let judgments = public.judgments();
    let of_cycle = |framework: &Framework| {
        let known = |node: &NodeId| picture::is_known(framework, node, &judgments);
        let nodes = graded(framework).into_iter().filter(known);
        nodes.map(|node| vec![framework.id.clone(), node.to_string()]).collect::<Vec<_>>()
    };
    public.folder.frameworks.iter().flat_map(of_cycle).collect()
}

/// The pillars and questions of a cycle that are graded, each pillar before its questions.
fn graded(framework: &Framework) -> Vec<NodeId> {
    let of_pillar = |node: &NodeId| framework.pillar(node.as_str()).is_some_and(|pillar| pillar.graded);
    let asked = |node: &NodeId| framework.questions().any(|(id, q)| id == *node && q.graded && q.inspected);
    framework.nodes().into_iter().filter(|node| of_pillar(node) || asked(node)).collect()
}

/// A pillar's title, or the pillar's and the question's: "Legitimacy: treating the workforce fairly".
fn title(framework: &Framework, node: &NodeId) -> String {
    let name = framework.name(node, "heading");
    let pillar = node.as_str().split_once('.').and_then(|(pillar, _)| framework.pillar(pillar));
    match pillar {
        Some(pillar) => format!("{}: {}", pillar.title, report::words::lower_first(&name)),
        None => name,
    }
}

/// The address of a cycle, from the root.
fn cycle_address(cycle: &str) -> String {
    format!("/national/{cycle}.html")
}

/// The address of a pillar or question in a cycle, from the root.
fn node_address(cycle: &str, node: &NodeId) -> String {
    format!("/national/{cycle}/{node}.html")
}

/// "1 force", "28 forces".
fn forces(count: usize) -> String {
    if count == 1 { "1 force".to_owned() } else { format!("{count} forces") }
}
