//! The pages, family by family; each has the rows of the table that lead to it.

pub mod compare;
pub mod forces;
pub mod measures;
pub mod methodology;
pub mod numbers;
