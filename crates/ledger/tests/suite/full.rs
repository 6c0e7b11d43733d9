//! A disk that is really full.

use std::path::Path;
use std::process::Command;

use ledger::{AppendError, Ledger, Store, StoreError};

use crate::{all, append, noted, verified};

/// A small disk in memory; `None` unless the test runs as root and may mount it.
struct Disk {
    folder: tempfile::TempDir,
}

impl Disk {
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=2m", "tmpfs"]).arg(folder.path());
        let mounted = mount.output().is_ok_and(|output| output.status.success());
        mounted.then_some(Self { folder })
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).status();
    }
}

#[test]
fn a_disk_that_is_full_is_told_and_nothing_is_lost() {
    let Some(disk) = Disk::new() else {
        eprintln!("skipped: only root can mount a small disk; the same with a limit on pages runs in sql/tests.rs");
        return;
    };
    let filler = disk.path().join("filler");
    let ledger = Ledger::file(&disk.path().join("ledger.db")).unwrap();
    append(&ledger, None, "first", &[noted("a", "1")]).unwrap();
    std::fs::write(&filler, vec![0; 1 << 20]).unwrap();
    let mut last = 1;
    let refused = loop {
        match append(&ledger, Some(last), &format!("c{last}"), &[noted("a", &"x".repeat(20_000))]) {
            Ok(_) => last += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, AppendError::Store(StoreError::Full { .. })), "{refused:?}");
    assert!(last > 5, "{last}");
    assert_eq!(u64::try_from(all(&ledger).len()).unwrap(), last, "what was acknowledged is there and no more");
    verified(&ledger);
    std::fs::remove_file(filler).unwrap();
    append(&ledger, Some(last), &format!("c{last}"), &[noted("a", "room again")]).unwrap();
    assert_eq!(ledger.head().unwrap().unwrap().seq, last + 1);
    verified(&ledger);
}
