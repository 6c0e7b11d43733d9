//! A folder that cannot be written.

use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;

use crate::child::{child, said};
use crate::{append, fresh, noted};

/// Root may write anywhere, so the attempt is made by a process of nobody.
#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let (folder, ledger) = fresh();
    append(&ledger, None, "c1", &[noted("a", "1")]).unwrap();
    drop(ledger);
    let file = folder.path().join("ledger.db");
    set_permissions(&file, Permissions::from_mode(0o444)).unwrap();
    set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
    let root = std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    for name in ["ledger.db", "another.db"] {
        let mut attempt = child("open", folder.path().join(name).to_str().unwrap());
        if root {
            attempt.uid(65534).gid(65534);
        }
        match attempt.output() {
            Ok(output) => {
                let told = said(&output.stdout, "opened: ");
                assert!(told[0].starts_with("ReadOnly"), "{name}: {told:?}");
            }
            Err(error) => eprintln!("skipped {name}: nobody may not start this test program ({error})"),
        }
    }
    set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
}
