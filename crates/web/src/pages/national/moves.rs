//! Moves between two cycles: only on one scale, only where a framework says that the questions can be compared, and only of forces
//! that were judged in both.

use super::Picture;
use crate::{Public, known::Judged};
use inspection::{
    Grade, NodeId,
    framework::{Framework, Known},
};
use reference::Force;
use std::cmp::Ordering;

/// What became of the grades of an earlier cycle.
pub struct Moves<'a> {
    /// The earlier cycle.
    pub from: &'a Framework,
    /// The forces with a grade made in each of the two, by name.
    pub moves: Vec<Move<'a>>,
    /// Why the two cannot be compared fully; empty where they can.
    pub caution: &'a str,
}

/// A force with a grade made in each of two cycles.
pub struct Move<'a> {
    /// The force.
    pub force: &'a Force,
    /// Its grade in the earlier cycle.
    pub from: Grade,
    /// Its grade in the later one.
    pub to: Grade,
    /// By how many grades of the scale it is now better, or worse where it is negative.
    pub by: isize,
}

impl<'a> Moves<'a> {
    /// Since the nearest earlier cycle on the same scale that a force has a grade of; `None` where there is none.
    #[must_use]
    pub fn of(picture: &Picture<'a>, judgments: &'a [Judged<'a>]) -> Option<Self> {
        let mut node = picture.node.clone();
        let mut framework = picture.framework;
        let mut caution = "";
        loop {
            let (from, place, note) = before(picture.public, framework, &node)?;
            if !from.same_scale(picture.framework) {
                return None;
            }
            caution = if caution.is_empty() { note } else { caution };
            let moves = between(&Picture::new(picture.public, from, &place, judgments), picture);
            if !moves.is_empty() {
                return Some(Self { from, moves, caution });
            }
            (framework, node) = (from, place);
        }
    }

    /// How many forces went up, stayed, went down.
    #[must_use]
    pub fn counts(&self) -> [usize; 3] {
        let count = |order| self.moves.iter().filter(|m| m.by.cmp(&0) == order).count();
        [count(Ordering::Greater), count(Ordering::Equal), count(Ordering::Less)]
    }
}

impl Move<'_> {
    /// "Up one grade", "The same", "Down two grades".
    #[must_use]
    pub fn words(&self) -> String {
        let by = self.by.unsigned_abs();
        let grades = format!("{} {}", reference::quantity::in_words(by), if by == 1 { "grade" } else { "grades" });
        match self.by.cmp(&0) {
            Ordering::Greater => format!("Up {grades}"),
            Ordering::Equal => "The same".to_owned(),
            Ordering::Less => format!("Down {grades}"),
        }
    }
}

/// What a pillar or question follows from, and a caution: the pillar of the same name in the cycle before, the question that the
/// framework names where it says that the two can be compared.
fn before<'a>(public: &'a Public, framework: &'a Framework, node: &NodeId) -> Option<(&'a Framework, NodeId, &'a str)> {
    if framework.pillar(node.as_str()).is_some() {
        let earlier = public.folder.frameworks.iter().rev().filter(|f| f.data_until < framework.data_until);
        let from = earlier.into_iter().find(|f| f.pillar(node.as_str()).is_some_and(|pillar| pillar.graded))?;
        return Some((from, node.clone(), ""));
    }
    let question = framework.questions().find(|(id, _)| id == node).map(|(_, question)| question)?;
    let origin = question.origin.as_ref().filter(|origin| origin.comparable != Known::No)?;
    let (cycle, place) = origin.node.split_once('/')?;
    let caution = if origin.comparable == Known::Partly { origin.note.as_str() } else { "" };
    Some((public.framework(cycle)?, place.parse().ok()?, caution))
}

/// Judgments that were made in both cycles: one that is carried over is no new judgment.
fn between<'a>(from: &Picture<'a>, to: &Picture<'a>) -> Vec<Move<'a>> {
    let scale = to.framework.scale();
    let rank =
        |grade: Grade| scale.iter().rev().position(|g| *g == grade).and_then(|place| isize::try_from(place).ok());
    let made = |picture: &Picture<'a>, force: &Force| {
        picture.of(&force.id).filter(|judged| !judged.carried_over).and_then(|judged| judged.value.grade())
    };
    let moved = |force: &'a Force| {
        let (from, to) = (made(from, force)?, made(to, force)?);
        Some(Move { force, from, to, by: rank(to)? - rank(from)? })
    };
    to.public.forces().filter_map(moved).collect()
}
