//! The same on PostgreSQL: a private server on loopback, in a temporary folder, for as long as the test runs.

use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use ledger::{Ledger, Store, StoreError};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::behaviour::CHECKS;
use crate::{append, crowd, insist, kill, laws, noted, session, soak, verified};

struct Server {
    folder: tempfile::TempDir,
    programs: PathBuf,
    port: u16,
    process: Child,
}

impl Server {
    /// `None` when PostgreSQL is not installed.
    fn start() -> Option<Self> {
        let programs = programs()?;
        let readable = std::fs::Permissions::from_mode(0o755);
        let folder = tempfile::Builder::new().permissions(readable).tempdir().unwrap();
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        if is_root() {
            chown(&data, Some(65534), Some(65534)).unwrap();
        }
        let mut make = ordinary(&programs.join("initdb"));
        make.args(["--username=peelian", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"]);
        let made = make.arg(&data).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut run = ordinary(&programs.join("postgres"));
        run.arg("-D").arg(&data).arg("-k").arg(&data).args(["-h", "127.0.0.1", "-p", &port.to_string()]);
        // A server that does not wait for the disk: the ledger must see to it itself.
        run.args(["-c", "synchronous_commit=off"]);
        let process = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let server = Self { folder, programs, port, process };
        let begun = Instant::now();
        while Ledger::server(&server.url("postgres")).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(30), "the server does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(server)
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://peelian@127.0.0.1:{}/{database}", self.port)
    }

    /// An empty database.
    fn fresh(&self, name: &str) -> String {
        let mut make = Command::new(self.programs.join("createdb"));
        make.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "peelian", "--strategy=wal_log", name]);
        assert!(make.status().unwrap().success());
        self.url(name)
    }

    /// Runs SQL as somebody who has the server at hand.
    fn by_hand(&self, database: &str, sql: &str) {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "peelian", "-d", database, "-c", sql]);
        assert!(psql.stdout(Stdio::null()).status().unwrap().success());
    }
}

impl Drop for Server {
    /// Asks the process that was started here to end at once, and only kills it if asking fails.
    fn drop(&mut self) {
        let mut stop = ordinary(&self.programs.join("pg_ctl"));
        stop.args(["stop", "-m", "immediate", "-s", "-D"]).arg(self.folder.path().join("data"));
        if !stop.status().is_ok_and(|status| status.success()) {
            let _ = self.process.kill();
        }
        let _ = self.process.wait();
    }
}

fn programs() -> Option<PathBuf> {
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    let places = installed.map(|version| version.path().join("bin")).chain(std::env::split_paths(&on_path));
    places.into_iter().find(|place| place.join("initdb").exists() && place.join("postgres").exists())
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// A program run by somebody else than root, as PostgreSQL demands.
fn ordinary(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/");
    if is_root() {
        command.uid(65534).gid(65534);
    }
    command
}

#[test]
fn the_store_on_postgresql_does_all_that_the_others_do() {
    let Some(server) = Server::start() else {
        eprintln!("skipped: PostgreSQL is not installed; `apt-get install postgresql` would do it");
        return;
    };
    for (number, (name, check)) in (0..).zip(CHECKS) {
        eprintln!("{name}");
        check(&Ledger::server(&server.fresh(&format!("check{number}"))).unwrap());
    }
    let mut runner = TestRunner::deterministic();
    for number in 0..8 {
        let attempts = laws::attempts().new_tree(&mut runner).unwrap().current();
        laws::agree(&Ledger::server(&server.fresh(&format!("law{number}"))).unwrap(), &attempts);
    }
    crowd::check(&server.fresh("crowd"));
    session::check_crowd(Ledger::server(&server.fresh("session")).unwrap());
    session::check_answers(Ledger::server(&server.fresh("answers")).unwrap());
    session::check_race(&server.fresh("race"));
    kill::check(&server.fresh("kill"), soak(40, 400));
    a_lost_connection_is_opened_again(&server);
    what_was_changed_by_hand_is_found(&server);
    what_is_not_there_is_told(&server);
}

fn a_lost_connection_is_opened_again(server: &Server) {
    let ledger = Ledger::server(&server.fresh("lost")).unwrap();
    append(&ledger, None, "c1", &[noted("a", "1")]).unwrap();
    server.by_hand("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'lost'");
    assert!(ledger.head().is_err(), "the call that finds the connection gone says so");
    insist(&ledger, "c2", &[noted("a", "2")]);
    verified(&ledger);
}

fn what_was_changed_by_hand_is_found(server: &Server) {
    let ledger = Ledger::server(&server.fresh("changed")).unwrap();
    append(&ledger, None, "c1", &[noted("a", "one"), noted("a", "two"), noted("a", "three")]).unwrap();
    server.by_hand("changed", "UPDATE events SET body = replace(body, 'two', 'new') WHERE seq = 2");
    let found = ledger::verify_store(&ledger, None).unwrap_err();
    assert!(found.to_string().starts_with("event 2: its content was changed"), "{found}");
}

fn what_is_not_there_is_told(server: &Server) {
    let refused = Ledger::server(&server.url("none")).unwrap_err();
    assert!(matches!(refused, StoreError::Unopened { .. }), "{refused:?}");
    server.by_hand("changed", "CREATE ROLE clerk LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk");
    let refused = Ledger::server(&server.url("changed").replace("peelian@", "clerk@")).unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly { .. }), "{refused:?}");
}
