//! What no count can be faster than: the same bytes read and their line ends counted, or only unpacked, on as many threads.
//!
//! `limits newlines|gunzip|unzip FILE [THREADS]`

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(what), Some(path)) = (arguments.first(), arguments.get(1).map(Path::new)) else {
        return Err("limits WHAT FILE [THREADS]".into());
    };
    let all = std::thread::available_parallelism()?.get();
    let threads = arguments.get(2).map_or(Ok(all), |t| t.parse())?;
    let start = std::time::Instant::now();
    let count = match what.as_str() {
        "newlines" => newlines(path, threads)?,
        "gunzip" => {
            drain(flate2::read::MultiGzDecoder::new(std::io::BufReader::with_capacity(128 * 1024, File::open(path)?)))?
        }
        "unzip" => unzip(path, threads)?,
        _ => return Err("newlines, gunzip or unzip".into()),
    };
    println!("{:.6} {count}", start.elapsed().as_secs_f64());
    Ok(())
}

/// Counts line ends with as many threads as a count has, in the same blocks.
fn newlines(path: &Path, threads: usize) -> Result<u64> {
    const BLOCK: u64 = 512 * 1024;
    let size = std::fs::metadata(path)?.len();
    let (next, count) = (AtomicU64::new(0), AtomicU64::new(0));
    on_threads(threads, || {
        let (mut file, mut buffer) = (File::open(path)?, vec![0; usize::try_from(BLOCK)?]);
        loop {
            let at = next.fetch_add(BLOCK, Ordering::Relaxed);
            if at >= size {
                return Ok(());
            }
            std::io::Seek::seek(&mut file, std::io::SeekFrom::Start(at))?;
            let length = usize::try_from(BLOCK.min(size - at))?;
            file.read_exact(&mut buffer[..length])?;
            count.fetch_add(u64::try_from(memchr::memchr_iter(b'\n', &buffer[..length]).count())?, Ordering::Relaxed);
        }
    })?;
    Ok(count.into_inner())
}

/// Unpacks every member and keeps nothing.
fn unzip(path: &Path, threads: usize) -> Result<u64> {
    let (next, count) = (AtomicUsize::new(0), AtomicU64::new(0));
    on_threads(threads, || {
        let mut archive = zip::ZipArchive::new(File::open(path)?)?;
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= archive.len() {
                return Ok(());
            }
            count.fetch_add(drain(archive.by_index(at)?)?, Ordering::Relaxed);
        }
    })?;
    Ok(count.into_inner())
}

fn drain(mut from: impl Read) -> Result<u64> {
    let (mut buffer, mut bytes) = (vec![0; 256 * 1024], 0);
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            return Ok(bytes);
        }
        bytes += u64::try_from(read)?;
    }
}

fn on_threads(threads: usize, work: impl Fn() -> Result<()> + Sync) -> Result<()> {
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(&work)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| "a thread broke off")?)
    })
}
