//! A server of the program, and somebody who asks it, byte by byte: what a browser would hide is seen.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// `peelian serve` on a free port of this machine; stopped when it is dropped.
pub struct Server {
    child: Child,
    /// `127.0.0.1:port`.
    pub address: String,
    log: Arc<Mutex<Vec<String>>>,
}

/// What was answered.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

impl Server {
    /// Serves a folder.
    #[track_caller]
    pub fn of(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_peelian"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut told = Vec::new();
        let address = loop {
            let Some(Ok(line)) = lines.next() else { panic!("the server ended: {told:?}") };
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.split('/').next().unwrap().to_owned();
            }
            told.push(line);
        };
        let log = Arc::new(Mutex::new(told));
        let into = Arc::clone(&log);
        // A pipe that nobody empties would stop the server.
        thread::spawn(move || lines.map_while(Result::ok).for_each(|line| into.lock().unwrap().push(line)));
        Self { child, address, log }
    }

    /// What it has said so far.
    pub fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks for an address.
    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Asks by any method, with these headers.
    #[track_caller]
    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut line = Line::to(&self.address);
        line.ask(method, path, headers).unwrap_or_else(|e| panic!("{method} {path}: {e}"))
    }

    /// Tells it to stop and waits; its exit status.
    pub fn stop(mut self) -> Option<i32> {
        self.terminate();
        self.child.wait().unwrap().code()
    }

    fn terminate(&self) {
        let _ended = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// A connection that is kept.
pub struct Line {
    address: String,
    stream: Option<BufReader<TcpStream>>,
}

impl Line {
    /// To a server.
    pub fn to(address: &str) -> Self {
        Self { address: address.to_owned(), stream: None }
    }

    /// Asks, over the same connection as before where it still stands.
    pub fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)]) -> std::io::Result<Answer> {
        let more: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        self.send(method, format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n").as_bytes())
    }

    /// Sends bytes as they are and reads an answer.
    pub fn send(&mut self, method: &str, request: &[u8]) -> std::io::Result<Answer> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(&self.address)?;
            stream.set_read_timeout(Some(Duration::from_secs(20)))?;
            stream.set_nodelay(true)?;
            self.stream = Some(BufReader::new(stream));
        }
        let answer = self.exchange(method, request);
        if answer.as_ref().is_ok_and(|a| a.header("connection") != "close") {
            return answer;
        }
        self.stream = None;
        answer
    }

    fn exchange(&mut self, method: &str, request: &[u8]) -> std::io::Result<Answer> {
        let stream = self.stream.as_mut().expect("a connection");
        stream.get_mut().write_all(request)?;
        let mut answer = Answer::default();
        let mut line = String::new();
        while {
            line.clear();
            stream.read_line(&mut line)?;
            !line.trim_end().is_empty()
        } {
            match line.trim_end().split_once(": ") {
                Some((name, value)) => _ = answer.headers.insert(name.to_ascii_lowercase(), value.to_owned()),
                None => answer.status = line.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0),
            }
        }
        if answer.status == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let length = answer.header("content-length").parse().unwrap_or(0);
        if method != "HEAD" && answer.status != 304 {
            answer.body.resize(length, 0);
            stream.read_exact(&mut answer.body)?;
        }
        Ok(answer)
    }
}
