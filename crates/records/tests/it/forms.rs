//! CSV, gzip, archives and Parquet of the same rows give the same cube.

use crate::written::{BY, Folder, archive, cells, counted, gzip, street};
use records::{Count, Cube, Dimension, Kind, Unreadable};

#[test]
fn every_form_gives_the_same_cube() {
    let folder = Folder::new();
    let text = street(5_000);
    let bytes = text.as_bytes();
    let plain = counted(&[folder.file("a.csv", bytes)]);
    assert_eq!(plain.cubes[0].1.total(), 5_000);
    let packed = gzip(bytes);
    let members = [
        ("2018-01/a-street.csv".to_owned(), bytes),
        ("README.md".to_owned(), b"x"),
        ("deep/er/b.csv.gz".to_owned(), &packed),
    ];
    for (name, bytes) in [
        ("a.csv.gz", packed.clone()),
        ("a.zip", archive(members[..2].to_vec())),
        ("b.zip", archive(members[1..].to_vec())),
    ] {
        let other = counted(&[folder.file(name, bytes)]);
        assert_eq!(other.cubes, plain.cubes, "{name}");
        assert!(other.files.iter().all(|f| f.problem.is_none()), "{name}: {:?}", other.files);
    }
    // Two members of gzip, one after the other, are one file.
    let half = text[..text.len() / 2].rfind('\n').unwrap() + 1;
    let twice = [gzip(&bytes[..half]), gzip(&bytes[half..])].concat();
    assert_eq!(counted(&[folder.file("two.csv.gz", twice)]).cubes, plain.cubes);
}

#[test]
fn a_saved_cube_is_the_cube_and_can_be_counted_again() {
    let folder = Folder::new();
    let cube = counted(&[folder.file("a.csv", street(3_000))]).cubes.remove(0).1;
    let path = folder.path("cube.parquet");
    cube.save(&path).unwrap();
    assert_eq!(Cube::load(&path).unwrap(), cube);
    let some = cube.only(Dimension::Force, |f| f == "kent").by(&[Dimension::Month]);
    assert_eq!(some.total(), 1_000);
    assert!(Cube::load(&folder.file("no.parquet", "PAR1")).is_err());
}

#[test]
fn kinds_are_counted_apart_and_files_without_a_dimension_are_told() {
    let folder = Folder::new();
    folder.file("m/2018-05-kent-street.csv", street(10));
    folder.file(
        "m/2018-05-kent-outcomes.csv",
        "Crime ID,Month,Falls within,Outcome type\n1,2018-05,Kent Police,Suspect charged\n",
    );
    folder.file(
        "m/2018-05-kent-stop-and-search.csv",
        "Type,Date,Gender,Object of search,Outcome\r\nPerson search,2018-05-01T00:05:00+00:00,Male,Stolen goods,\r\n",
    );
    folder.file("m/notes.pdf", "x");
    let counted = Count::by([Dimension::Force, Dimension::Month]).files(&[folder.path("m")]);
    let totals: Vec<(Kind, u64)> = counted.cubes.iter().map(|(kind, cube)| (*kind, cube.total())).collect();
    assert_eq!(totals, [(Kind::Street, 10), (Kind::Outcomes, 1), (Kind::Stops, 1)]);
    assert_eq!(counted.cubes[2].1.count(&["kent", "2018-05"]), 1);
    assert!(counted.left_out[0].ends_with("notes.pdf"));
    let by_type = Count::by(BY).files(&[folder.path("m")]);
    assert_eq!(by_type.cubes.len(), 1);
    let problems: Vec<_> = by_type.files.iter().filter_map(|f| f.problem.clone()).collect();
    assert!(problems.iter().all(|p| matches!(p, Unreadable::NoColumn { .. })) && problems.len() == 2, "{problems:?}");
}

#[test]
fn what_was_never_seen_before_is_counted_and_told() {
    let folder = Folder::new();
    let text = "Month,Falls within,Crime type\n2018-01,Wessex Police,Drugs\n2018-1,Kent Police,Drugs\n2018-01,Kent Police,Piracy\n2018-01,Kent Police,Piracy\n";
    let counted = counted(&[folder.file("a.csv", text)]);
    let told: Vec<String> = counted.unknown.iter().map(|u| format!("{} {} {}", u.dimension, u.label, u.rows)).collect();
    assert_eq!(told, ["force wessex-police 1", "month 2018-1 1", "crime-type Piracy 2"]);
    assert_eq!(cells(&counted).len(), 3);
}
