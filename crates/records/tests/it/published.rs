//! The real files of data.police.uk, where they are: below `../shared/data`.

use crate::written::counted;
use records::{Count, Dimension, Kind};
use std::path::{Path, PathBuf};

/// The publisher's files, or nothing and a line that says so.
fn published(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/police_uk").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: ../shared is not here");
    None
}

#[test]
fn every_row_of_the_published_files_is_counted() {
    for (folder, kind, rows) in [
        ("street", Kind::Street, 703_998),
        ("outcomes", Kind::Outcomes, 67_358),
        ("stop_and_search", Kind::Stops, 159_338),
    ] {
        let Some(path) = published(folder) else { return };
        let counted = Count::by([Dimension::Force, Dimension::Month]).files(&[path]);
        assert_eq!(counted.cubes.len(), 1);
        assert_eq!((counted.cubes[0].0, counted.cubes[0].1.total()), (kind, rows), "rows as SOURCES.md counts them");
        assert_eq!(counted.unknown, [], "every force and month is known");
        assert!(counted.files.iter().all(|f| f.refused == 0 && f.problem.is_none()));
    }
}

#[test]
fn a_month_of_one_force_is_its_file() {
    let Some(path) = published("street") else { return };
    let cube = counted(&[path]).cubes.remove(0).1.by(&[Dimension::Force, Dimension::Month]);
    assert_eq!(cube.count(&["avon-and-somerset", "2018-10"]), 15_075);
    assert_eq!(cube.count(&["northern-ireland", "2018-10"]), 0);
}
