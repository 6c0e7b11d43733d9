//! A draw rests on the records, the review, the force and the seed, and on nothing else.

use crate::written::{Folder, STREET, archive, gzip, row, street};
use records::{Draw, Drawn};
use std::path::PathBuf;

fn draw(seed: u64) -> Draw {
    Draw::new("crime-files", seed, 60).quota("sussex", 90)
}

fn ids(drawn: &Drawn, force: &str) -> Vec<String> {
    drawn.forces[force].records.iter().map(|r| r.id.clone()).collect()
}

#[test]
fn order_division_and_compression_of_files_do_not_change_a_draw() {
    let folder = Folder::new();
    let text = street(6_000);
    let whole = draw(1).files(&[folder.file("a.csv", &text)]);
    assert_eq!((ids(&whole, "kent").len(), ids(&whole, "sussex").len()), (60, 90));
    assert_eq!(whole.forces["kent"].frame.values().sum::<u64>(), 2_000);
    let mut lines: Vec<&str> = text.lines().skip(1).collect();
    lines.reverse();
    let part = |some: &[&str]| format!("{STREET}\n{}\n", some.join("\n"));
    let parts = [part(&lines[..1_000]), part(&lines[1_000..])];
    let divided: Vec<PathBuf> = vec![
        folder.file("z.csv.gz", gzip(parts[0].as_bytes())),
        folder.file("y.zip", archive([("x/y.csv".into(), parts[1].as_bytes())])),
    ];
    assert_eq!(draw(1).threads(3).files(&divided).forces, whole.forces);
    // A record that is in two files is one, and its rows are two.
    let twice = draw(1).files(&[folder.path("a.csv"), folder.file("b.csv", &text)]);
    assert_eq!(ids(&twice, "kent"), ids(&whole, "kent"));
    assert_eq!(twice.forces["kent"].frame.values().sum::<u64>(), 4_000);
}

#[test]
fn another_seed_draws_others_from_the_same_frame() {
    let folder = Folder::new();
    let paths = [folder.file("a.csv", street(6_000))];
    let (one, other) = (draw(1).files(&paths), draw(2).files(&paths));
    assert_ne!(ids(&one, "kent"), ids(&other, "kent"));
    assert_eq!(one.forces["kent"].frame_digest, other.forces["kent"].frame_digest);
    let alone = draw(1).only("kent").files(&paths);
    assert_eq!(alone.forces.len(), 1);
    assert_eq!(alone.forces["kent"], one.forces["kent"], "the other forces do not matter");
}

#[test]
fn the_frame_is_kept_to_and_strata_get_their_shares() {
    let folder = Folder::new();
    let mut text = format!("{STREET}\n");
    for at in 0..1_000 {
        let kind = if at % 10 < 7 { "Drugs" } else { "Burglary" };
        text += &row(&format!("{at:064x}"), "2018-05", "Kent Police", kind);
        text += &row(&format!("{at:063x}x"), "2018-06", "Kent Police", "Robbery");
        text += &row("", "2018-05", "Kent Police", "Drugs");
    }
    let frame =
        Draw::new("r", 3, 60).months(["2018-05".to_owned()]).crime_types(["Drugs".to_owned(), "Burglary".to_owned()]);
    let kent = frame.stratified().files(&[folder.file("a.csv", text)]).forces.remove("kent").unwrap();
    let of = |kind: &str| kent.records.iter().filter(|r| r.crime_type == kind).count();
    assert_eq!((of("Drugs"), of("Burglary")), (42, 18));
    assert!(kent.records.iter().all(|r| r.month == "2018-05"));
    assert_eq!(kent.without_id, 1_000, "a row without id cannot be drawn, and is told");
}

#[test]
fn every_record_is_as_likely_as_the_others() {
    let folder = Folder::new();
    let path = folder.file("a.csv", street(300));
    let mut times = vec![0u32; 300];
    for seed in 0..600 {
        let drawn = Draw::new("r", seed, 10).only("kent").files(std::slice::from_ref(&path));
        for record in &drawn.forces["kent"].records {
            times[usize::from_str_radix(&record.id, 16).unwrap()] += 1;
        }
    }
    // 600 draws of 10 out of 100: each 60 times, give or take (chi-square with 99 degrees of freedom; 150 is beyond the 99.9% point).
    let drawn: Vec<f64> = times.iter().enumerate().filter(|(at, _)| at % 3 == 0).map(|(_, t)| f64::from(*t)).collect();
    let chi_square: f64 = drawn.iter().map(|t| (t - 60.0).powi(2) / 60.0).sum();
    assert!(chi_square < 150.0, "{chi_square}");
}
