//! `peelian serve`: the site from the ledger and the published edition.

use crate::{
    arguments::Serve,
    books::{self, Books, State},
    command::publish,
    edition::{self, MANIFEST},
    outcome::{CannotRun, Outcome, Problems, name},
    staging, workspace,
};
use ::ledger::Session;
use inspection::programme::Actor;
use jiff::{SignedDuration, Timestamp};
use statistics::observations::Observations;
use std::{
    collections::BTreeMap,
    fs,
    num::NonZero,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};
use tokio::{net::TcpListener, signal};
use web::{
    Public, Shelf,
    search::Readable,
    server::{self, Loaded, Settings, Source},
};

/// Serves until it is told to stop.
pub fn run(dir: Option<&Path>, options: &Serve) -> Result<Outcome, CannotRun> {
    let root = workspace::root(dir)?;
    let site = options.site.clone().unwrap_or_else(|| root.join("site"));
    let (folder, _) = workspace::files(&root)?;
    let listen = options.listen.clone().unwrap_or(folder.settings.serve.listen);
    serve(&root, &site, &listen)
}

/// Serves a folder and its published edition at an address.
pub fn serve(root: &Path, site: &Path, listen: &str) -> Result<Outcome, CannotRun> {
    let house = House::open(root, site)?;
    let settings = Settings {
        proxy: house.serve.proxy,
        requests_per_second: NonZero::new(house.serve.requests_per_second),
        log_requests: house.serve.log_requests,
    };
    if !site.join(MANIFEST).is_file() {
        anstream::eprintln!(
            "No edition is published in {}, so there are no reports to read.\n`peelian publish --cycle C` writes one; it appears by itself.",
            site.display()
        );
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(cannot("start"))?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await.map_err(|e| {
            CannotRun::Argument(format!(
                "cannot listen on {listen}: {e}\nName another address and port with --listen or --port."
            ))
        })?;
        let address = listener.local_addr().map_err(cannot("listen"))?;
        server::log_to_standard_error();
        anstream::eprintln!("Serving {} at {}. Ctrl-C stops it.", root.display(), name(format!("http://{address}/")));
        server::serve(listener, Arc::new(house), settings, told_to_stop()).await.map_err(CannotRun::Argument)
    })?;
    anstream::eprintln!("Stopped.");
    Ok(Outcome::Done)
}

fn cannot(what: &'static str) -> impl Fn(std::io::Error) -> CannotRun {
    move |error| CannotRun::Argument(format!("the server cannot {what}: {error}"))
}

#[cfg(unix)]
async fn told_to_stop() {
    let Ok(mut terminated) = signal::unix::signal(signal::unix::SignalKind::terminate()) else { return };
    tokio::select! {
        _ = signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}

#[cfg(not(unix))]
async fn told_to_stop() {
    let _stopped = signal::ctrl_c().await;
}

/// The folder, its ledger and its published edition.
struct House {
    root: PathBuf,
    site: PathBuf,
    serve: ingest::folder::Serve,
    /// The ledger, folded in as it grows.
    books: OnceLock<Session<State>>,
    /// The figures, with what the folder of releases looked like when they were read.
    figures: Mutex<Option<(String, Arc<Observations>)>>,
    /// The edition that waits: its mark, and until when. Its manifest is read once.
    next: Mutex<Option<(String, Timestamp)>>,
    /// What will be served from the second in which an embargo ends, with the mark that it will then have.
    ready: Mutex<Option<(String, Loaded)>>,
}

/// So long before its embargo ends an edition is read.
const AHEAD: SignedDuration = SignedDuration::from_secs(60);

impl House {
    fn open(root: &Path, site: &Path) -> Result<Self, CannotRun> {
        let (folder, _) = workspace::files(root)?;
        let serve = folder.settings.serve;
        let (root, site) = (root.to_path_buf(), site.to_path_buf());
        Ok(Self {
            root,
            site,
            serve,
            books: OnceLock::new(),
            figures: Mutex::new(None),
            next: Mutex::new(None),
            ready: Mutex::new(None),
        })
    }

    /// The ledger, from the moment that there is one.
    fn books(&self) -> Result<Option<&Session<State>>, CannotRun> {
        if self.books.get().is_none() {
            let (folder, _) = workspace::files(&self.root)?;
            if let Some(books) = Books::open(&folder)? {
                let _other = self.books.set(books.session()?);
            }
        }
        Ok(self.books.get())
    }

    /// Reads everything, the edition from this folder.
    fn read(&self, site: &Path) -> Result<Loaded, CannotRun> {
        let (mut folder, problems) = workspace::files(&self.root)?;
        if !problems.is_empty() {
            return Err(CannotRun::Folder(Problems(problems)));
        }
        let programme = match self.books()? {
            Some(books) => books.see(|state, _| state.0.clone())?,
            None => inspection::programme::Programme::new(folder.frameworks.clone()),
        };
        if self.books.get().is_some() {
            folder.record = programme.seen_by(&Actor::Public).record().clone();
        }
        let observations = self.observations(&folder)?;
        let files: BTreeMap<String, String> = match site.join(MANIFEST).is_file() {
            true => edition::manifest(site)?.files.into_iter().map(|(path, file)| (path, file.sha256)).collect(),
            false => BTreeMap::new(),
        };
        let listed = files.keys().cloned().chain([MANIFEST.to_owned()]);
        let mut public = Public::new(Arc::new(folder), observations, programme, Shelf(listed.collect()));
        if let Some(books) = self.books()? {
            public.words = books::words(books.store(), &public)?;
        }
        public.texts = texts(site, &public);
        // Whoever searches first does not wait for it.
        let _made = public.index();
        let mut files = files;
        files.insert(MANIFEST.to_owned(), String::new());
        Ok(Loaded { public, folder: self.site.clone(), files })
    }

    /// Reads an edition that waits shortly before its embargo ends, and puts it in place when it has.
    fn embargo(&self) -> Result<(), CannotRun> {
        let now = Timestamp::now();
        let next = staging::waiting(&self.site)?;
        if !next.join(MANIFEST).is_file() {
            return Ok(());
        }
        let mark = self.mark_of(&next)?;
        let mut known = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let until = match known.as_ref().filter(|(of, _)| *of == mark) {
            Some((_, until)) => *until,
            None => {
                let until = edition::manifest(&next)?.embargo.unwrap_or(now);
                *known = Some((mark.clone(), until));
                until
            }
        };
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        if until.duration_since(now) <= AHEAD && ready.as_ref().is_none_or(|(of, _)| *of != mark) {
            *ready = Some((mark, self.read(&next)?));
        }
        drop(ready);
        if now < until {
            return Ok(());
        }
        if let Some(Ok(())) = publish::release(&self.site, Timestamp::now())? {
            tracing::info!("the edition that was under embargo is published");
        }
        Ok(())
    }

    /// What differs when something may have changed: the end of the ledger, and the manifest in a folder.
    fn mark_of(&self, site: &Path) -> Result<String, CannotRun> {
        let head = match self.books()? {
            Some(books) => books.store().head()?.map(|head| head.hash.to_string()),
            None => None,
        };
        let manifest = fs::metadata(site.join(MANIFEST)).and_then(|about| Ok((about.len(), about.modified()?)));
        Ok(format!("{head:?} {:?}", manifest.ok()))
    }

    fn observations(&self, folder: &ingest::Folder) -> Result<Arc<Observations>, CannotRun> {
        let mark = listing(&self.root.join("observations"));
        let mut figures = self.figures.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, observations)) = figures.as_ref().filter(|(then, _)| *then == mark) {
            return Ok(Arc::clone(observations));
        }
        let observations = Arc::new(folder.observations(None, false).map_err(|p| CannotRun::Folder(Problems(p)))?);
        *figures = Some((mark, Arc::clone(&observations)));
        Ok(observations)
    }
}

/// What the published documents say, as they are published.
fn texts(site: &Path, public: &Public) -> Vec<Readable> {
    let pages = public.shelf.documents().into_iter().map(|document| format!("{}.html", document.stem));
    pages.filter_map(|page| public.read(&page, &fs::read_to_string(site.join(&page)).ok()?)).collect()
}

/// What a folder holds, with sizes and times.
fn listing(folder: &Path) -> String {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            found.push(listing(&entry.path()));
        } else if let Ok(about) = entry.metadata() {
            found.push(format!("{} {} {:?}", entry.path().display(), about.len(), about.modified().ok()));
        }
    }
    found.sort();
    found.join("\n")
}

impl Source for House {
    fn mark(&self) -> Result<String, String> {
        self.embargo().and_then(|()| self.mark_of(&self.site)).map_err(|e| e.to_string())
    }

    fn load(&self) -> Result<Loaded, String> {
        let mark = self.mark_of(&self.site).map_err(|e| e.to_string())?;
        let ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner).take_if(|(of, _)| *of == mark);
        ready.map_or_else(|| self.read(&self.site).map_err(|e| e.to_string()), |(_, loaded)| Ok(loaded))
    }
}
