use super::*;

mod printed;
