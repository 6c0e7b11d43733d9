//! The pages, family by family; each has the rows of the table that lead to it.

pub mod forces;
pub mod national;
