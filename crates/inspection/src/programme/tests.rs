use super::*;

mod concerns;
mod cycle;
mod events;
mod exercise;
mod history;
mod laws;
mod matrix;
mod printed;
mod refusals;
mod rules;
mod support;
mod walk;
