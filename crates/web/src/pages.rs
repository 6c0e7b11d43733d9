//! The pages, family by family; each has the rows of the table that lead to it.

pub mod findings;
pub mod forces;
pub mod glossary;
pub mod register;
pub mod search;
