//! Writes the pages of the example inspectorate into a folder, without documents: `cargo run -p web --example preview -- OUT`.

#[path = "../tests/it/support.rs"]
mod support;

use std::{collections::BTreeSet, fs, path::Path};
use web::{Query, routes};

fn main() {
    let out = std::env::args().nth(1).expect("the folder to write");
    let public = support::example(&[]);
    let paths: BTreeSet<String> = routes::paths(&public).into_iter().collect();
    let write = |path: &str, bytes: &[u8]| {
        let target = Path::new(&out).join(path);
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        fs::write(target, bytes).expect("a file");
    };
    for path in &paths {
        let found = routes::answer(&public, path, &Query::default(), false, &|p| paths.contains(p));
        write(path, &found.expect("every address of the table answers").bytes);
    }
    for file in report::assets::files() {
        write(&format!("assets/{}", file.path), file.bytes);
    }
    println!("{} addresses", paths.len());
}
