//! Files that nobody would publish: no panic, little memory, and words that say what is wrong.

use crate::written::{BY, Folder, STREET, archive, cells, counted, gzip, street};
use records::{Count, Cube, Fault, Unreadable};
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

/// A small generator of numbers, so that a failure can be made again.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

/// Changes, drops, repeats or inserts a few bytes.
fn damaged(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.next(4) {
        let at = numbers.next(bytes.len());
        match numbers.next(5) {
            0 => bytes[at] = u8::try_from(numbers.next(256)).unwrap(),
            1 => bytes.truncate(at.max(1)),
            2 => bytes.insert(at, b"\",\n\r\xff\0"[numbers.next(6)]),
            3 => drop(bytes.drain(at..(at + numbers.next(40)).min(bytes.len() - 1).max(at))),
            _ => {
                let again: Vec<u8> = bytes[at..(at + numbers.next(60)).min(bytes.len())].to_vec();
                bytes.splice(at..at, again);
            }
        }
    }
    bytes
}

/// `PEELIAN_FUZZ=100000` for a long run.
fn rounds() -> usize {
    std::env::var("PEELIAN_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(150)
}

fn parquet(folder: &Folder) -> Vec<u8> {
    let path = folder.path("whole.parquet");
    // A saved cube is Parquet with dictionaries; its columns are given the publisher's names by their own.
    counted(&[folder.file("whole.csv", street(400))]).cubes[0].1.save(&path).unwrap();
    std::fs::read(path).unwrap()
}

#[test]
fn no_damage_makes_it_panic_or_count_more_than_there_is() {
    let folder = Folder::new();
    let text = street(300).replace("High Street", "\"High, \"\"Street\"\"\n\"").into_bytes();
    let zipped = archive([("a/a.csv".to_owned(), &text[..]), ("b.csv.gz".to_owned(), &gzip(&text)[..])]);
    let parquet = parquet(&folder);
    // Where the library for Parquet stops with a panic it is caught and told; the lines that it would print are of no use here.
    std::panic::set_hook(Box::new(|_| ()));
    let mut numbers = Numbers(7);
    for round in 0..rounds() {
        for (name, whole) in [("a.csv", &text), ("a.csv.gz", &gzip(&text)), ("a.zip", &zipped), ("a.parquet", &parquet)]
        {
            let path = folder.file(name, damaged(whole, &mut numbers));
            let counted = Count::by(BY).threads(2).block(1 + numbers.next(3000)).files(std::slice::from_ref(&path));
            let total: u64 = counted.cubes.iter().map(|(_, cube)| cube.total()).sum();
            assert!(total <= 100_000, "round {round}: {name} gave {total} rows");
            let _either = Cube::load(&path);
        }
    }
    drop(std::panic::take_hook());
}

#[test]
fn a_file_of_one_line_of_four_gibibytes_is_refused_in_little_memory() {
    let folder = Folder::new();
    // A hole: zeros that take no room on the disk.
    let path = folder.file("a.csv", format!("{STREET}\n"));
    let mut file = File::options().append(true).open(&path).unwrap();
    file.write_all(b"x").unwrap();
    file.set_len(4 << 30).unwrap();
    file.seek(SeekFrom::End(0)).unwrap();
    file.write_all(b"\n").unwrap();
    file.write_all(street(3).lines().nth(1).unwrap().as_bytes()).unwrap();
    drop(file);
    let before = peak();
    let counted = counted(&[path]);
    assert_eq!(counted.files[0].first_refused, [(2, Fault::TooLong)]);
    assert_eq!(cells(&counted).len(), 1, "the row after it counts");
    // Where every test has a process of its own, its memory is this test's.
    if let (Some(before), Some(after), Some(_)) = (before, peak(), std::env::var_os("NEXTEST")) {
        assert!(after - before < 64 * 1024, "{} KiB more", after - before);
    }
}

/// The most memory that this process has had, in KiB, where the system tells.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find(|l| l.starts_with("VmHWM"))?.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn a_mark_that_is_never_closed_takes_its_file_and_no_other() {
    let folder = Folder::new();
    let open = street(2) + "1,2018-01,\"Kent" + &street(20_000);
    let paths =
        [folder.file("a.csv", &open), folder.file("b.csv", street(5)), folder.file("c.csv.gz", gzip(open.as_bytes()))];
    let counted = counted(&paths);
    let of = |at: usize| (counted.files[at].rows, counted.files[at].refused, counted.files[at].first_refused.clone());
    assert_eq!(of(0), (2, 1, vec![(4, Fault::TooLong)]));
    assert_eq!(of(1), (5, 0, vec![]));
    assert_eq!(of(2), of(0), "packed or not");
}

#[test]
fn an_archive_of_100_000_members_is_read() {
    let folder = Folder::new();
    let text = street(1);
    let members = (0..100_000).map(|at| (format!("2018-{:02}/{at}-street.csv", at % 12 + 1), text.as_bytes()));
    let counted = counted(&[folder.file("a.zip", archive(members))]);
    assert_eq!(counted.cubes[0].1.total(), 100_000);
    assert_eq!(counted.files.len(), 100_000);
}

#[test]
fn what_is_no_file_of_records_says_so() {
    let folder = Folder::new();
    let text = street(50);
    let inner = archive([("a.csv".to_owned(), text.as_bytes())]);
    let problem = |name: &str, bytes: &[u8]| counted(&[folder.file(name, bytes)]).files[0].problem.clone();
    assert_eq!(problem("a.zip", &archive([("inner.zip".to_owned(), &inner[..])])), Some(Unreadable::Nested));
    assert_eq!(problem("empty.csv", b""), Some(Unreadable::Empty));
    assert!(matches!(problem("other.csv", b"a,b\n1,2\n"), Some(Unreadable::UnknownLayout { .. })));
    assert!(matches!(problem("a.parquet", b"PAR1 and no more"), Some(Unreadable::NotParquet(_))));
    let cut = gzip(text.as_bytes());
    let damaged = counted(&[folder.file("cut.csv.gz", &cut[..cut.len() - 20])]);
    assert!(matches!(damaged.files[0].problem, Some(Unreadable::Damaged { .. })), "{:?}", damaged.files);
    assert!(damaged.files[0].rows <= 50 && !damaged.cubes.is_empty());
    let missing = counted(&[folder.path("missing.csv")]);
    assert!(matches!(missing.files[0].problem, Some(Unreadable::Io(_))));
}

#[test]
fn something_with_a_value_a_row_is_nothing_to_count_by() {
    let folder = Folder::new();
    let mut text = String::from("Month,Falls within,Crime type\n");
    (0..300_000).for_each(|at| text += &format!("2018-01,Kent Police,{at}\n"));
    let counted = counted(&[folder.file("a.csv", text)]);
    assert!(matches!(counted.files[0].problem, Some(Unreadable::TooMany { .. })));
    assert!(counted.cubes.is_empty());
}
