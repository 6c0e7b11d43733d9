//! What the ledger costs beside the bare driver: appends beside INSERTs with the same durability, a replay beside reading
//! the same rows. `benches/ledger.sh` runs it; each run is a process of its own, so that its memory is its own.
//!
//! `fill ADDRESS EVENTS` · `append ours|bare ADDRESS WRITERS SECONDS` · `replay ours|bare ADDRESS`; prints JSON.

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ledger::{Fold, Ledger, NewEvent, Recorded, Session, Store, Upcasters, replay};
use serde_json::json;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Row};
use tokio::runtime::{Builder, Runtime};

type Done<T> = Result<T, Box<dyn Error>>;

fn main() -> Done<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let line = match arguments.as_slice() {
        ["fill", address, events] => fill(address, events.parse()?)?,
        ["append", "ours", address, writers, seconds] => append_ours(address, writers.parse()?, seconds.parse()?)?,
        ["append", "bare", address, writers, seconds] => append_bare(address, writers.parse()?, seconds.parse()?)?,
        ["replay", "ours", address] => replay_ours(address)?,
        ["replay", "bare", address] => replay_bare(address)?,
        _ => return Err("see benches/ledger.sh".into()),
    };
    println!("{line}");
    Ok(())
}

/// An event of the usual size.
fn event(number: u64) -> NewEvent {
    let body = json!({
        "node": "efficiency.q2", "grade": "requires-improvement", "number": number, "by": "account/7",
        "evidence": ["evidence/1041", "evidence/1042", "evidence/1107"],
        "rationale": {"vault": "0123456789abcdef0123456789abcdef", "note": "the words are kept beside the log"},
    });
    NewEvent { stream: format!("inspection/{}", number % 500), kind: "judgment-proposed".into(), body }
}

#[derive(Default)]
struct Tally {
    events: u64,
    bytes: u64,
}

impl Fold for Tally {
    fn apply(&mut self, event: &Recorded) {
        self.events += 1;
        self.bytes += event.body["number"].as_u64().unwrap_or(0) & 1;
    }
}

fn fill(address: &str, events: u64) -> Done<serde_json::Value> {
    const AT_ONCE: u64 = 5000;
    let ledger = Ledger::open(address)?;
    let mut last = ledger.head()?.map_or(0, |head| head.seq);
    while last < events {
        let batch: Vec<_> = (last..events.min(last + AT_ONCE)).map(event).collect();
        let appended = ledger.append(
            Some(last).filter(|last| *last > 0),
            &format!("fill-{last}").parse()?,
            "account/7",
            Timestamp::UNIX_EPOCH,
            &batch,
        )?;
        last += u64::try_from(appended.events.len())?;
    }
    Ok(json!({"events": last}))
}

/// Lets writers write for a while; each is given its number and says whether one more was acknowledged.
fn crowd(writers: u64, seconds: u64, write: impl Fn(u64) -> Done<()> + Sync) -> serde_json::Value {
    let (count, failed) = (AtomicU64::new(0), AtomicU64::new(0));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for writer in 0..writers {
            let (count, failed, write) = (&count, &failed, &write);
            scope.spawn(move || {
                while begun.elapsed() < Duration::from_secs(seconds) {
                    let counter = if write(writer).is_ok() { count } else { failed };
                    counter.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    let (count, failed) = (u32::try_from(count.into_inner()).unwrap_or(u32::MAX), failed.into_inner());
    json!({"writers": writers, "per_second": f64::from(count) / begun.elapsed().as_secs_f64(), "failed": failed})
}

fn append_ours(address: &str, writers: u64, seconds: u64) -> Done<serde_json::Value> {
    let session = Session::open(Arc::new(Ledger::open(address)?), Upcasters::default(), Tally::default)?;
    let next = AtomicU64::new(session.see(|state, _| state.events)?);
    Ok(crowd(writers, seconds, |_| {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let decide = move |_: &Tally| Ok::<_, String>(vec![event(number)]);
        session.submit(&format!("bench-{number}").parse()?, "account/7", Timestamp::UNIX_EPOCH, decide)?;
        Ok(())
    }))
}

/// A connection as an ordinary program has it, with the durability of the ledger's.
enum Bare {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

fn bare(address: &str) -> Done<(Runtime, Bare)> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let connection = if address.starts_with("postgres") {
        Bare::Postgres(runtime.block_on(PgConnection::connect(address))?)
    } else {
        let options = SqliteConnectOptions::new().filename(address).create_if_missing(true);
        let options = options.journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
        let options = options.busy_timeout(Duration::from_secs(10)).disable_statement_logging();
        Bare::Sqlite(runtime.block_on(options.connect())?)
    };
    Ok((runtime, connection))
}

const INSERT: &str = "INSERT INTO events (seq, stream, version, at, actor, type, body, prev, hash, command) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// The same rows into the same table with the same keys, each in a transaction of its own, without order between writers.
fn append_bare(address: &str, writers: u64, seconds: u64) -> Done<serde_json::Value> {
    drop(Ledger::open(address)?);
    let connections: Result<Vec<_>, _> = (0..writers).map(|_| bare(address).map(std::sync::Mutex::new)).collect();
    let (connections, next) = (connections?, AtomicI64::new(1));
    Ok(crowd(writers, seconds, |writer| {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let (event, hash) = (event(u64::try_from(number)?), "0f".repeat(32));
        let mut own = connections[usize::try_from(writer)?].lock().map_err(|_| "a writer has failed")?;
        let (runtime, connection) = &mut *own;
        macro_rules! insert {
            ($connection:expr) => {{
                runtime.block_on(
                    sqlx::query(INSERT)
                        .bind(number)
                        .bind(event.stream)
                        .bind(number)
                        .bind("1970-01-01T00:00:00Z")
                        .bind("account/7")
                        .bind(event.kind)
                        .bind(event.body.to_string())
                        .bind(hash.clone())
                        .bind(hash)
                        .bind(format!("bench-{number}"))
                        .execute($connection),
                )?;
            }};
        }
        match connection {
            Bare::Sqlite(connection) => insert!(connection),
            Bare::Postgres(connection) => insert!(connection),
        }
        Ok(())
    }))
}

fn replay_ours(address: &str) -> Done<serde_json::Value> {
    let ledger = Ledger::open(address)?;
    let begun = Instant::now();
    let state = replay(&ledger, &Upcasters::default(), Tally::default(), u64::MAX)?;
    Ok(
        json!({"rows": state.events, "seconds": begun.elapsed().as_secs_f64(), "processor": processor(), "memory": peak_memory(), "odd": state.bytes}),
    )
}

const AFTER: &str = "SELECT seq, stream, version, at, actor, type, body, prev, hash FROM events \
    WHERE seq > $1 ORDER BY seq LIMIT 1000";

/// Every column of every row as the driver gives it, in pages of the same size.
fn replay_bare(address: &str) -> Done<serde_json::Value> {
    let (runtime, mut connection) = bare(address)?;
    let begun = Instant::now();
    let (mut last, mut rows, mut bytes) = (0_i64, 0_u64, 0);
    loop {
        let before = last;
        macro_rules! page {
            ($connection:expr) => {
                for row in runtime.block_on(sqlx::query(AFTER).bind(last).fetch_all($connection))? {
                    last = row.try_get(0)?;
                    let version: i64 = row.try_get(2)?;
                    let columns = [1, 3, 4, 5, 6, 7, 8].map(|column| row.try_get::<String, _>(column));
                    for text in columns {
                        bytes += text?.len();
                    }
                    rows += u64::from(version > 0);
                }
            };
        }
        match &mut connection {
            Bare::Sqlite(connection) => page!(connection),
            Bare::Postgres(connection) => page!(connection),
        }
        if last == before {
            break;
        }
    }
    Ok(
        json!({"rows": rows, "seconds": begun.elapsed().as_secs_f64(), "processor": processor(), "memory": peak_memory(), "bytes": bytes}),
    )
}

/// Seconds of processor time that the process has used, in hundredths; other work on the machine does not count.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ').skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most memory the process has held, in MiB; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
}
