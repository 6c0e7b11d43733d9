use super::*;

mod exercise;
mod printed;
mod support;
