//! The rules of an inspection: frameworks, grades, findings, evidence, judgments and how they carry over.
//!
//! Pure: no file, no clock, no statistic. A [`record::Record`] is what commands have made of it; a command that would break a rule is
//! refused with the reason and what would be needed.

pub mod framework;
mod grade;
mod national;
mod node;
pub mod programme;
pub mod record;

pub use grade::{Grade, JudgmentValue, NotAGrade};
pub use national::Published;
pub use node::{NodeId, NotANode};
