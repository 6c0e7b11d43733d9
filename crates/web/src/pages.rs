//! The pages, family by family; each has the rows of the table that lead to it.

pub mod data;
pub mod forces;
pub mod refusal;
pub mod plain;
pub mod reports;
pub mod threads;
pub mod compare;
pub mod measures;
pub mod methodology;
pub mod numbers;
