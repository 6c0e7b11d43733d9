//! `docs/policy.md` and `docs/lifecycles.md` are made here: with `PEELIAN_WRITE=1` in the environment they are written, otherwise compared.

use super::*;
use std::{fs, path::Path};

fn same(name: &str, page: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    if std::env::var_os("PEELIAN_WRITE").is_some() {
        fs::write(&file, page).unwrap();
    }
    assert!(
        fs::read_to_string(&file).unwrap_or_default() == page,
        "docs/{name} is not what the tables say: write it with PEELIAN_WRITE=1"
    );
}

#[test]
fn the_policy_page_is_what_the_tables_say() {
    same("policy.md", &policy());
}

#[test]
fn the_lifecycles_page_of_the_policy_is_what_the_table_says() {
    same("lifecycles.md", &lifecycles());
}
