//! Writes the pages of the example inspectorate into a folder, without documents: `cargo run -p web --example preview -- OUT`.
//! Further arguments are asked as of a server: `search.html?q=vetting` is written to `OUT/search.html?q=vetting.html`.

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
    for asked in std::env::args().skip(2) {
        let (path, query) = asked.split_once('?').unwrap_or((&asked, ""));
        let found = routes::answer(&public, path, &Query::read(query), true, &|p| paths.contains(p));
        write(&format!("{asked}.html"), &found.expect("an answer").bytes);
    }
    for file in report::assets::files() {
        write(&format!("assets/{}", file.path), file.bytes);
    }
    println!("{} addresses", paths.len());
}
