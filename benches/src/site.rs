//! The whole static site of the example, and the same page bodies for a static generator. `site OUT [BODIES]`: prints one line of JSON.

use ingest::Folder;
use inspection::programme::Programme;
use std::{collections::BTreeSet, env, fs, path::Path, sync::Arc, time::Instant};
use web::{Public, Query, Shelf, routes};

fn main() {
    let arguments: Vec<String> = env::args().collect();
    let [_, folder, out, bodies @ ..] = &arguments[..] else { panic!("site FOLDER OUT [BODIES]") };
    let (folder, problems) = Folder::open(Path::new(folder)).expect("an inspectorate's folder");
    assert!(problems.is_empty(), "{problems:?}");
    let observations = folder.observations(None, false).expect("figures");
    let programme = Programme::new(folder.frameworks.clone());
    let public = Public::new(Arc::new(folder), Arc::new(observations), programme, Shelf::default());
    let since = Instant::now();
    let paths: BTreeSet<String> = routes::paths(&public).into_iter().collect();
    let (mut pages, mut bytes) = (0_usize, 0_usize);
    let mut made = Vec::new();
    for path in &paths {
        let found = routes::answer(&public, path, &Query::default(), false, &|p| paths.contains(p)).expect("a page");
        write(&Path::new(out).join(path), &found.bytes);
        pages += usize::from(path.ends_with(".html"));
        bytes += found.bytes.len();
        made.push((path, found.bytes));
    }
    let seconds = since.elapsed().as_secs_f64();
    println!("{{\"files\": {}, \"pages\": {pages}, \"bytes\": {bytes}, \"seconds\": {seconds:.3}}}", paths.len());
    let Some(bodies) = bodies.first() else { return };
    for (path, page) in made.into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8(page).expect("a page");
        let title = between(&page, "<title>", "</title>");
        let body = between(&page, "<main", "</main>").split_once('>').map_or("", |(_, body)| body);
        let name = path.trim_end_matches(".html").replace("index", "home");
        let front = format!("---\ntitle: {:?}\nurl: /{path}\n---\n", title);
        write(&Path::new(bodies).join(format!("{name}.html")), format!("{front}{body}").as_bytes());
    }
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let rest = text.split_once(from).map_or("", |(_, rest)| rest);
    rest.split_once(to).map_or("", |(found, _)| found)
}

fn write(target: &Path, bytes: &[u8]) {
    fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
    fs::write(target, bytes).expect("a file");
}
