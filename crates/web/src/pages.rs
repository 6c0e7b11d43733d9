//! The pages, family by family; each has the rows of the table that lead to it.

pub mod compare;
pub mod data;
pub mod findings;
pub mod forces;
pub mod glossary;
pub mod measures;
pub mod methodology;
pub mod national;
pub mod numbers;
pub mod plain;
pub mod refusal;
pub mod register;
pub mod reports;
pub mod search;
pub mod threads;
