//! Refusals: what stands against a command, and what would be needed.

use super::Act;
use std::fmt;

/// One thing that stands against a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against {
    /// What stands against it.
    pub found: String,
    /// What would be needed.
    pub remedy: String,
}

impl Against {
    /// One, in words.
    pub fn new(found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { found: found.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Against {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.found, self.remedy)
    }
}

/// Why a command was refused: everything that stands against it, in one go. Nothing has changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// What stands against it; at least one.
    pub problems: Vec<Against>,
    /// What was done to the thing since the version that the command's author was looking at, as far as they may see it. Empty unless that is
    /// what stands against it.
    pub since: Vec<Act>,
}

impl Refusal {
    /// For one reason.
    pub fn one(found: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { problems: vec![Against::new(found, remedy)], since: Vec::new() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problems: Vec<String> = self.problems.iter().map(ToString::to_string).collect();
        f.write_str(&problems.join("\n"))
    }
}

impl std::error::Error for Refusal {}
