//! What printing costs.

fn main() {}
