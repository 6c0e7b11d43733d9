//! Laws of the whole table of addresses.

use crate::support::example;
use std::collections::BTreeSet;
use web::{Query, routes};

#[test]
fn every_address_of_the_table_answers_and_its_parts_are_read_back() {
    let public = example(&[]);
    let paths = routes::paths(&public);
    let different: BTreeSet<&String> = paths.iter().collect();
    assert_eq!(different.len(), paths.len(), "two rows of the table write the same file");
    let there = |path: &str| paths.iter().any(|p| p == path);
    for path in &paths {
        let found = routes::answer(&public, path, &Query::default(), false, &there);
        assert!(found.is_some_and(|f| !f.bytes.is_empty()), "nothing at {path}");
    }
}
