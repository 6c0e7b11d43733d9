//! What is public at a moment, and the pages that were made from it.

use crate::{Public, Query, Resource, routes};
use arc_swap::ArcSwap;
use axum::body::Bytes;
use flate2::{Compression, write::GzEncoder};
use quick_cache::{Weighter, sync::Cache};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, io::Write as _, path::PathBuf, sync::Arc};

/// Where the server gets what is public.
pub trait Source: Send + Sync {
    /// A mark that differs when something may have changed: of the ledger and of the published edition. Asked several times a second.
    ///
    /// # Errors
    /// When it cannot be told.
    fn mark(&self) -> Result<String, String>;

    /// Reads everything anew.
    ///
    /// # Errors
    /// When it cannot be read; what was read before is then served on.
    fn load(&self) -> Result<Loaded, String>;
}

/// What is public.
pub struct Loaded {
    /// What pages are made from.
    pub public: Public,
    /// The folder of the published edition.
    pub folder: PathBuf,
    /// The SHA-256 of each of its files, by address.
    pub files: BTreeMap<String, String>,
}

/// As many bytes of pages and files as are kept.
const KEPT: u64 = 192 * 1024 * 1024;
/// A larger file than this is read each time.
const LARGEST: usize = 8 * 1024 * 1024;

/// What is public at a moment.
pub struct Snapshot {
    /// What pages are made from.
    pub public: Public,
    folder: PathBuf,
    files: BTreeMap<String, String>,
    kept: Cache<(String, Query), Arc<Kept>, Weight>,
}

/// An answer as it is sent.
pub struct Kept {
    /// The status.
    pub status: u16,
    /// The media type.
    pub media: &'static str,
    /// Told to the browser, so that it asks no second time for the same.
    pub etag: String,
    /// The bytes as they are.
    pub plain: Bytes,
    /// By gzip; none where it is no smaller.
    pub gzip: Option<Bytes>,
    /// By Brotli.
    pub brotli: Option<Bytes>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<(String, Query), Arc<Kept>> for Weight {
    fn weight(&self, key: &(String, Query), kept: &Arc<Kept>) -> u64 {
        let bytes = |bytes: &Option<Bytes>| bytes.as_ref().map_or(0, Bytes::len);
        (512 + key.0.len() + kept.plain.len() + bytes(&kept.gzip) + bytes(&kept.brotli)) as u64
    }
}

impl Kept {
    /// What is found, compressed where that helps.
    fn new(resource: Resource) -> Self {
        let mut etag = String::from("\"");
        for byte in &Sha256::digest(&resource.bytes)[..12] {
            etag.push_str(&format!("{byte:02x}"));
        }
        etag.push('"');
        let is_text =
            ["text/", "application/json", "application/ld", "application/atom", "image/svg", "application/xml"]
                .iter()
                .any(|start| resource.media.starts_with(start));
        let smaller = |bytes: Vec<u8>| (bytes.len() < resource.bytes.len()).then(|| Bytes::from(bytes));
        let (gzip, brotli) = match is_text {
            true => (smaller(gzipped(&resource.bytes)), smaller(brotlied(&resource.bytes))),
            false => (None, None),
        };
        Self { status: resource.status, media: resource.media, etag, gzip, brotli, plain: resource.bytes.into() }
    }
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::new(6));
    // Writing to memory cannot fail.
    let _written = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

fn brotlied(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 4);
    let parameters = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 20, ..Default::default() };
    let _written = brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters);
    out
}

impl Snapshot {
    fn new(loaded: Loaded) -> Self {
        let Loaded { public, folder, files } = loaded;
        Self { public, folder, files, kept: Cache::with_weighter(4096, KEPT, Weight) }
    }

    /// What was made for an address before.
    pub fn kept(&self, path: &str, query: &Query) -> Option<Arc<Kept>> {
        self.kept.get(&(path.to_owned(), query.clone()))
    }

    /// Makes what is at an address, or reads the file; `None` where there is neither.
    pub fn make(&self, path: &str, query: Query) -> Option<Arc<Kept>> {
        let there = |path: &str| routes::known(path) || self.holds(path);
        let found = routes::answer(&self.public, path, &query, true, &there).or_else(|| self.file(path))?;
        let kept = Arc::new(Kept::new(found));
        if kept.plain.len() <= LARGEST && kept.status == 200 {
            self.kept.insert((path.to_owned(), query), Arc::clone(&kept));
        }
        Some(kept)
    }

    /// The page that says that there is nothing at an address.
    pub fn missing(&self, path: &str) -> Arc<Kept> {
        let there = |path: &str| routes::known(path) || self.holds(path);
        if path.starts_with("/api/") || path.starts_with("/feeds/") {
            let refusal = crate::pages::refusal::unknown();
            return Arc::new(Kept::new(routes::refused(&self.public, path, refusal, true, &there)));
        }
        let page = crate::pages::refusal::missing(&self.public);
        let path = path.trim_start_matches('/');
        Arc::new(Kept::new(crate::page::written(&self.public, path, page, true, &there)))
    }

    /// Whether there is something at an address, as far as can be told without making it.
    pub fn holds(&self, path: &str) -> bool {
        self.files.contains_key(path) || path.strip_prefix("assets/").is_some_and(|name| asset(name).is_some())
    }

    fn file(&self, path: &str) -> Option<Resource> {
        if let Some(bytes) = path.strip_prefix("assets/").and_then(asset) {
            return Some(Resource::file(path, bytes));
        }
        // Only what the manifest lists is a file of the edition: no path is built from anything else.
        let listed = self.files.contains_key(path);
        let bytes = listed.then(|| std::fs::read(self.folder.join(path)).ok()).flatten()?;
        Some(Resource::file(path, bytes))
    }
}

fn asset(name: &str) -> Option<&'static [u8]> {
    report::assets::files().iter().find(|file| file.path == name).map(|file| file.bytes)
}

/// The site as it is now.
pub struct Site {
    source: Arc<dyn Source>,
    now: ArcSwap<Snapshot>,
    mark: std::sync::Mutex<String>,
}

impl Site {
    /// Reads it for the first time.
    pub async fn open(source: Arc<dyn Source>) -> Result<Self, String> {
        let (mark, first) = read(Arc::clone(&source)).await?;
        Ok(Self { source, now: ArcSwap::from_pointee(first), mark: mark.into() })
    }

    /// The snapshot that is served now.
    pub fn now(&self) -> Arc<Snapshot> {
        self.now.load_full()
    }

    /// Reads it anew where something has changed; whether it has.
    pub async fn refresh(&self) -> Result<bool, String> {
        let source = Arc::clone(&self.source);
        let mark = blocking(move || source.mark()).await?;
        if mark == *self.mark() {
            return Ok(false);
        }
        let (mark, snapshot) = read(Arc::clone(&self.source)).await?;
        self.now.store(Arc::new(snapshot));
        *self.mark() = mark;
        Ok(true)
    }

    fn mark(&self) -> std::sync::MutexGuard<'_, String> {
        self.mark.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, String> + Send + 'static) -> Result<T, String> {
    tokio::task::spawn_blocking(work).await.map_err(|e| e.to_string())?
}

async fn read(source: Arc<dyn Source>) -> Result<(String, Snapshot), String> {
    // The mark comes first: what changes while it is read is read once more.
    blocking(move || Ok((source.mark()?, Snapshot::new(source.load()?)))).await
}
