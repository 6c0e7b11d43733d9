//! `serve`: what is answered and how, and that it stops as it should.

use crate::{
    client::{Line, Server},
    inspectorate::Inspectorate,
};
use std::{
    io::Read,
    net::TcpStream,
    process::Command,
    thread,
    time::{Duration, Instant},
};

fn published() -> Inspectorate {
    let house = Inspectorate::with_the_record();
    house.run(&["publish", "--cycle", "2018-19", "--format", "html,txt,csv"]).ended(0);
    house
}

#[test]
fn pages_files_and_errors_are_answered_as_a_browser_expects() {
    let house = published();
    let server = Server::of(&house.path());
    let page = server.get("/");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
    assert_eq!(page.header("x-content-type-options"), "nosniff");
    assert!(!page.text().contains("<script"), "no page has a script");

    // The same is not sent twice, and not more than its reader can unpack.
    let etag = page.header("etag").to_owned();
    let again = server.ask("GET", "/", &[("if-none-match", &etag)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    let small = server.ask("GET", "/", &[("accept-encoding", "gzip")]);
    assert_eq!(small.header("content-encoding"), "gzip");
    assert!(small.body.len() * 2 < page.body.len());
    let mut unpacked = String::new();
    flate2::read::GzDecoder::new(&small.body[..]).read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked, page.text());
    assert_ne!(small.header("etag"), etag, "another representation has another tag");
    assert_eq!(small.header("vary"), "Accept-Encoding");
    let head = server.ask("HEAD", "/", &[]);
    assert_eq!((head.status, head.body.len(), head.header("content-length")), (200, 0, page.header("content-length")));

    // What the edition holds is served as it is there; its styles may be kept for ever.
    let file = "2018-19/hertfordshire/data-pack.txt";
    let served = server.get(&format!("/{file}"));
    assert_eq!(served.body, std::fs::read(house.path().join("site").join(file)).unwrap());
    let style = page.text().split("href=\"assets/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(server.get(&format!("/assets/{style}")).header("cache-control").contains("immutable"));

    // What is not there is said to be so, in a page that leads on from where it is read.
    let missing = server.get("/no/such/page.html");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("href=\"../../forces.html\""), "{}", missing.text());
    assert_eq!(server.get("/forces/kent").header("location"), "/forces/kent.html");
    assert_eq!(server.get("/..%2f..%2fpeelian.toml").status, 404);
    assert_eq!(server.get("/../peelian.toml").status, 404);
    let post = server.ask("POST", "/", &[("content-length", "0")]);
    assert_eq!((post.status, post.header("allow")), (405, "GET, HEAD"));
    assert_eq!(server.get(&format!("/search.html?q={}", "a".repeat(3000))).status, 414);

    let health = server.get("/healthz");
    assert!(health.text().contains("\"status\":\"ok\""), "{}", health.text());
    assert!(server.get("/metrics").text().contains("peelian_requests_total{status=\"404\"} 3"));
    assert_eq!(server.ask("GET", "/metrics", &[("x-forwarded-for", "192.0.2.1")]).status, 404, "not for others");
    let log = server.log();
    let line: serde_json::Value = serde_json::from_str(log.last().unwrap()).unwrap();
    assert!(line["path"].is_string() && line["status"].is_number() && line["micros"].is_number(), "{line}");
}

#[test]
fn too_many_requests_from_one_address_are_held_off() {
    let house = Inspectorate::new();
    house.edit("peelian.toml", "# [serve]", "[serve]");
    house.edit("peelian.toml", "# requests-per-second = 50", "requests-per-second = 2");
    house.edit("peelian.toml", "# proxy = true", "proxy = true");
    let server = Server::of(&house.path());
    let statuses: Vec<u16> = (0..60).map(|_| server.get("/healthz").status).collect();
    let held = statuses.iter().filter(|status| **status == 429).count();
    assert!((10..=40).contains(&held), "{held} of 60 were held off");
    let other = server.ask("GET", "/healthz", &[("x-forwarded-for", "192.0.2.1, 192.0.2.2")]);
    assert_eq!(other.status, 200, "another address is another reader");
}

/// Those who have asked are answered, nobody else is let in, and the program ends well.
#[test]
fn it_stops_when_it_is_told_to_and_answers_whoever_has_asked() {
    let house = Inspectorate::new();
    without_limit(&house);
    let server = Server::of(&house.path());
    let address = server.address.clone();
    let mut line = Line::to(&address);
    assert_eq!(line.ask("GET", "/", &[]).unwrap().status, 200);
    let asking = thread::spawn(move || {
        let mut answered = 0;
        let mut line = Line::to(&address);
        while line.ask("GET", "/", &[]).is_ok_and(|answer| answer.status == 200) {
            answered += 1;
        }
        (answered, TcpStream::connect(&address).is_err())
    });
    thread::sleep(Duration::from_millis(200));
    let since = Instant::now();
    assert_eq!(server.stop(), Some(0));
    assert!(since.elapsed() < Duration::from_secs(12), "{:?}", since.elapsed());
    let (answered, closed) = asking.join().unwrap();
    assert!(answered > 0 && closed);
}

/// A connection that sends the head of its request a byte at a time is not waited for without end, and holds up nobody.
#[test]
fn a_reader_who_dawdles_holds_up_nobody() {
    let house = Inspectorate::new();
    let server = Server::of(&house.path());
    let slow: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut stream = TcpStream::connect(&server.address).unwrap();
            std::io::Write::write_all(&mut stream, b"GET / HTT").unwrap();
            stream
        })
        .collect();
    assert_eq!(server.get("/").status, 200);
    drop(slow);
}

/// Requests as no browser writes them, over every kind of address: no error of ours, no standstill, no growth without end. 100,000 of them
/// with `SERVE_SOAK=1`.
#[test]
fn whatever_is_asked_it_answers() {
    let soak = std::env::var_os("SERVE_SOAK").is_some();
    let asked = if soak { 100_000 } else { 3_000 };
    let house = published();
    without_limit(&house);
    let server = Server::of(&house.path());
    let mut random = Random(0x5eed);
    let seeds: Vec<String> = addresses();
    let mut line = Line::to(&server.address);
    let mut statuses = std::collections::BTreeMap::<u16, usize>::new();
    let mut memory = Vec::new();
    for n in 0..asked {
        let path = random.address(&seeds);
        let answer = line.ask("GET", &path, &[]).unwrap_or_else(|e| panic!("{path:?}: {e}"));
        assert!(answer.status < 500, "{path:?}: {} {}", answer.status, answer.text());
        *statuses.entry(answer.status).or_default() += 1;
        if n % (asked / 4) == asked / 4 - 1 {
            memory.push(resident(server.id()));
        }
    }
    println!("{asked} requests: {statuses:?}; resident after each quarter, in MiB: {memory:?}");
    assert!(statuses[&200] > asked / 20 && statuses[&404] > asked / 20, "{statuses:?}");
    assert!(memory.iter().all(|m| *m < 900), "{memory:?}");
    // Bytes that are no request at all.
    for _ in 0..asked / 100 {
        let bytes: Vec<u8> = (0..random.below(400)).map(|_| random.byte()).chain(*b"\r\n\r\n").collect();
        let mut line = Line::to(&server.address);
        if let Ok(answer) = line.send("GET", &bytes) {
            assert!(answer.status < 500, "{bytes:?}");
        }
    }
    assert_eq!(server.get("/").status, 200);
}

/// Lets one reader ask as fast as a crowd.
fn without_limit(house: &Inspectorate) {
    house.edit("peelian.toml", "# [serve]", "[serve]");
    house.edit("peelian.toml", "# requests-per-second = 50", "requests-per-second = 0");
    house.edit("peelian.toml", "# log-requests = true", "log-requests = false");
}

/// One address of each row of the table, with something in the place of its parts, and files of the edition.
fn addresses() -> Vec<String> {
    let parts = [
        "hertfordshire",
        "2018-19",
        "officers-fte",
        "officers-fte.hertfordshire.2019-03-31",
        "2019-03-31",
        "vetting",
        "judgments",
        "x",
    ];
    let mut all = vec!["/2018-19/hertfordshire/force-report.html".to_owned(), "/manifest.json".to_owned()];
    for route in web::routes::routes() {
        for part in parts {
            let filled: String = route
                .pattern
                .split('/')
                .map(|piece| match piece.split_once('{').zip(piece.rsplit_once('}')) {
                    Some(((before, _), (_, after))) => format!("/{before}{part}{after}"),
                    None => format!("/{piece}"),
                })
                .collect();
            let asks: Vec<String> = route.asks.iter().map(|name| format!("{name}={part}")).collect();
            all.push(if asks.is_empty() { filled } else { format!("{filled}?{}", asks.join("&")) });
        }
    }
    all
}

/// A generator that gives the same each time (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[3]
    }

    /// A lawful address, often spoilt: pieces swapped, doubled, cut, or with letters that mean something to somebody.
    fn address(&mut self, seeds: &[String]) -> String {
        const SPICE: [&str; 16] = [
            "%00",
            "%ff",
            "..",
            "/",
            "//",
            "?",
            "&",
            "=",
            "%",
            "'",
            "%22",
            "%3Cscript%3E",
            "9999999999999999999",
            "-1",
            "%E2%80%AE",
            "+",
        ];
        let mut path = seeds[self.below(seeds.len())].clone();
        for _ in 0..self.below(4) {
            let at = self.below(path.len() + 1);
            match self.below(4) {
                0 => path.insert_str(at, SPICE[self.below(SPICE.len())]),
                1 => path.truncate(at),
                2 => path = format!("{path}{}", &seeds[self.below(seeds.len())][1..]),
                _ => path.insert(at, char::from(b'!' + self.byte() % 90)),
            }
        }
        if !path.starts_with('/') { format!("/{path}") } else { path }
    }
}

/// Resident memory in MiB; 0 where it cannot be told.
fn resident(id: u32) -> usize {
    let output = Command::new("ps").args(["-o", "rss=", "-p", &id.to_string()]).output();
    output.ok().and_then(|o| String::from_utf8(o.stdout).ok()?.trim().parse::<usize>().ok()).map_or(0, |kib| kib / 1024)
}
