//! Processes of their own: this test binary again, told by the environment what to do.

use std::process::{Command, Stdio};

use ledger::Ledger;

use crate::{crowd, kill, session};

/// A process that will do `task` on the ledger at `address`.
pub fn child(task: &str, address: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child::is_not_a_test_but_what_children_do", "--nocapture"]);
    command.env("LEDGER_TASK", task).env("LEDGER_ADDRESS", address);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

/// What a child said after each `mark`, complete lines only: the last one may be cut off by death.
pub fn said(output: &[u8], mark: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(output);
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    whole.lines().filter_map(|line| line.split_once(mark)).map(|(_, said)| said.to_owned()).collect()
}

#[test]
fn is_not_a_test_but_what_children_do() {
    let (Ok(task), Ok(address)) = (std::env::var("LEDGER_TASK"), std::env::var("LEDGER_ADDRESS")) else { return };
    match task.split_once(' ') {
        Some(("crowd", first)) => crowd::write(&address, first.parse().unwrap()),
        Some(("close", recommendation)) => session::close_all(&address, recommendation.parse().unwrap()),
        Some(("follow", until)) => session::listen(&address, until.parse().unwrap()),
        Some(("acknowledge", round)) => kill::acknowledge(&address, round),
        Some(_) | None => match Ledger::open(&address) {
            Ok(_) => println!("\nopened: yes"),
            Err(error) => println!("\nopened: {error:?}"),
        },
    }
}
