//! What no count can be faster than, on as many threads: the same bytes read and their line ends counted, or only unpacked, or only the
//! columns read that a count needs.
//!
//! `limits newlines|gunzip|unzip|columns PATH [THREADS]`; a folder stands for every file below it that ends in `-street.csv` or
//! `-street.csv.gz`.

use parquet::file::reader::{FileReader, SerializedFileReader};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

const BLOCK: u64 = 512 * 1024;
const NEEDED: [&str; 3] = ["Falls within", "Month", "Crime type"];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(what), Some(path)) = (arguments.first(), arguments.get(1)) else {
        return Err("limits WHAT PATH [THREADS]".into());
    };
    let threads = arguments.get(2).map_or(Ok(std::thread::available_parallelism()?.get()), |t| t.parse())?;
    let start = std::time::Instant::now();
    let files = files(Path::new(path))?;
    let count = match what.as_str() {
        "newlines" => newlines(&files, threads)?,
        "gunzip" => gunzip(&files, threads)?,
        "unzip" => unzip(&files[0], threads)?,
        "columns" => columns(&files[0], threads)?,
        _ => return Err("newlines, gunzip, unzip or columns".into()),
    };
    eprintln!("{:.6} s", start.elapsed().as_secs_f64());
    println!("{count}");
    Ok(())
}

fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut all = Vec::new();
    for entry in std::fs::read_dir(path)? {
        let path = entry?.path();
        let name = path.display().to_string();
        if path.is_dir() || name.ends_with("-street.csv") || name.ends_with("-street.csv.gz") {
            all.extend(files(&path)?);
        }
    }
    all.sort();
    Ok(all)
}

/// Counts line ends in the same blocks as a count.
fn newlines(files: &[PathBuf], threads: usize) -> Result<u64> {
    let mut blocks = Vec::new();
    for file in files {
        let size = std::fs::metadata(file)?.len();
        blocks.extend((0..size.div_ceil(BLOCK)).map(|block| (file, block * BLOCK, BLOCK.min(size - block * BLOCK))));
    }
    let (next, count) = (AtomicUsize::new(0), AtomicU64::new(0));
    on_threads(threads, || {
        let mut buffer = vec![0; usize::try_from(BLOCK)?];
        let mut open: Option<(&PathBuf, File)> = None;
        while let Some((path, at, length)) = blocks.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut file = match open.take() {
                Some((opened, file)) if opened == *path => file,
                _ => File::open(path)?,
            };
            file.seek(SeekFrom::Start(*at))?;
            let bytes = &mut buffer[..usize::try_from(*length)?];
            file.read_exact(bytes)?;
            count.fetch_add(u64::try_from(memchr::memchr_iter(b'\n', bytes).count())?, Ordering::Relaxed);
            open = Some((path, file));
        }
        Ok(())
    })?;
    Ok(count.into_inner())
}

/// Unpacks every file and keeps nothing.
fn gunzip(files: &[PathBuf], threads: usize) -> Result<u64> {
    let (next, count) = (AtomicUsize::new(0), AtomicU64::new(0));
    on_threads(threads, || {
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let file = std::io::BufReader::with_capacity(128 * 1024, File::open(path)?);
            count.fetch_add(drain(flate2::read::MultiGzDecoder::new(file))?, Ordering::Relaxed);
        }
        Ok(())
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

/// Reads the bytes of the columns that a count by force, month and crime type needs, packed as they are.
fn columns(path: &Path, threads: usize) -> Result<u64> {
    let file = SerializedFileReader::new(File::open(path)?)?;
    let columns = file.metadata().row_groups().iter().flat_map(|g| g.columns());
    let ranges: Vec<(u64, u64)> =
        columns.filter(|c| NEEDED.contains(&c.column_path().string().as_str())).map(|c| c.byte_range()).collect();
    let (next, count) = (AtomicUsize::new(0), AtomicU64::new(0));
    on_threads(threads, || {
        let (mut file, mut buffer) = (File::open(path)?, Vec::new());
        while let Some((at, length)) = ranges.get(next.fetch_add(1, Ordering::Relaxed)) {
            file.seek(SeekFrom::Start(*at))?;
            buffer.resize(usize::try_from(*length)?, 0);
            file.read_exact(&mut buffer)?;
            count.fetch_add(*length, Ordering::Relaxed);
        }
        Ok(())
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
