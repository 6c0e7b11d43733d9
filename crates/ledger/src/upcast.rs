//! Events of old versions, read as the newest.
//!
//! The type of an event carries the version of its shape behind an `@`: `judgment-proposed@2`. Without one it is version 1.
//! What was recorded is never rewritten, so its hash stays what it was; when it is read for the programme, upcasters
//! bring it forward one step at a time.

use std::collections::HashMap;

use serde_json::Value;

use crate::event::Recorded;

/// One step: how an event of one type and version is read as another.
#[derive(Debug, Clone, Copy)]
pub struct Upcaster {
    /// The type and version that were recorded.
    pub from: (&'static str, u32),
    /// What it is read as.
    pub to: (&'static str, u32),
    /// The body in its new shape. Pure, and never fails: what an old body lacks stays absent.
    pub body: fn(Value) -> Value,
}

/// All steps there are.
#[derive(Debug, Clone, Default)]
pub struct Upcasters {
    /// By type and version.
    steps: HashMap<&'static str, HashMap<u32, Upcaster>>,
}

/// Steps that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSteps {
    /// Two begin at the same version.
    #[error("two upcasters begin at {0}@{1}; keep one")]
    Twice(&'static str, u32),
    /// They lead round in a circle.
    #[error("the upcasters from {0}@{1} on never come to an end; correct where one of them leads")]
    Circle(&'static str, u32),
}

impl Upcasters {
    /// From their list, in any order.
    pub fn new(list: impl IntoIterator<Item = Upcaster>) -> Result<Self, NotSteps> {
        let mut all = Self::default();
        for upcaster in list {
            let (name, version) = upcaster.from;
            if all.steps.entry(name).or_default().insert(version, upcaster).is_some() {
                return Err(NotSteps::Twice(name, version));
            }
        }
        let every: Vec<_> = all.steps.values().flat_map(HashMap::values).collect();
        for first in &every {
            // More steps than there are can only go round.
            let mut at = Some(**first);
            for _ in 0..every.len() {
                at = at.and_then(|step| all.step(step.to.0, step.to.1));
            }
            if at.is_some() {
                return Err(NotSteps::Circle(first.from.0, first.from.1));
            }
        }
        Ok(all)
    }

    /// The event as it is read today. Its `hash` remains that of the stored form, and is not to be computed from this one.
    pub fn read(&self, mut event: Recorded) -> Recorded {
        loop {
            let (name, version) = version(&event.kind);
            let Some(step) = self.step(name, version) else { return event };
            event.kind = kind(step.to.0, step.to.1);
            event.body = (step.body)(event.body);
        }
    }

    fn step(&self, name: &str, version: u32) -> Option<Upcaster> {
        self.steps.get(name)?.get(&version).copied()
    }
}

/// The name and the version of a type: `judgment-proposed@2` is version 2 of `judgment-proposed`, and what has no version
/// is version 1.
pub fn version(kind: &str) -> (&str, u32) {
    let versioned = kind.rsplit_once('@').and_then(|(name, version)| Some((name, version.parse().ok()?)));
    versioned.unwrap_or((kind, 1))
}

/// The type that is written for a version: its number stands behind an `@` from 2 on.
pub fn kind(name: &str, version: u32) -> String {
    if version == 1 { name.into() } else { format!("{name}@{version}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(from: (&'static str, u32), to: (&'static str, u32)) -> Upcaster {
        Upcaster { from, to, body: |body| body }
    }

    #[test]
    fn a_type_is_written_as_it_is_read() {
        assert_eq!(version("noted"), ("noted", 1));
        assert_eq!(version("noted@2"), ("noted", 2));
        assert_eq!(version("noted@home"), ("noted@home", 1));
        assert_eq!([kind("noted", 1), kind("noted", 2)], ["noted", "noted@2"]);
    }

    #[test]
    fn steps_that_cross_or_go_round_are_refused() {
        assert!(Upcasters::new([step(("a", 1), ("a", 2)), step(("a", 2), ("b", 1))]).is_ok());
        let twice = Upcasters::new([step(("a", 1), ("a", 2)), step(("a", 1), ("b", 1))]);
        assert_eq!(twice.unwrap_err(), NotSteps::Twice("a", 1));
        let round = Upcasters::new([step(("a", 1), ("a", 2)), step(("a", 2), ("a", 1))]);
        assert!(matches!(round, Err(NotSteps::Circle("a", _))));
        assert!(matches!(Upcasters::new([step(("a", 1), ("a", 1))]), Err(NotSteps::Circle("a", 1))));
    }
}
