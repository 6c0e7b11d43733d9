//! The site served: the same addresses as a static copy, with what a query asks on top, and the published files.
//!
//! Nothing is changed through it: GET and HEAD are all it knows. Pages are made from a [`Snapshot`] of what is public, kept as made, and
//! made anew when the ledger or the published edition has changed.

mod answer;
mod limits;
mod metrics;
mod snapshot;

pub use snapshot::{Loaded, Snapshot, Source};

use axum::{Router, routing::get};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use limits::Limits;
use metrics::Metrics;
use snapshot::Site;
use std::{
    net::{IpAddr, SocketAddr},
    num::NonZero,
    pin::pin,
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    sync::Semaphore,
    time::{sleep, timeout},
};

/// How the server is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether requests come through a proxy of ours, which says for whom in the last part of `X-Forwarded-For`.
    pub proxy: bool,
    /// Requests a second from one address, ten times as many at once; `None` for no limit.
    pub requests_per_second: Option<NonZero<u32>>,
    /// Whether every request is logged; what goes wrong always is.
    pub log_requests: bool,
}

/// As many connections as are open at once; more wait.
const CONNECTIONS: usize = 1024;
/// So long may the head of a request take, which is also how long an idle connection is kept.
const HEAD: Duration = Duration::from_secs(20);
/// The largest head of a request, in bytes.
const HEAD_BYTES: usize = 16 * 1024;
/// How often it is looked whether something has changed.
const LOOK: Duration = Duration::from_millis(250);
/// So long may those finish who are being answered when the server is told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// What every request needs.
struct App {
    site: Site,
    settings: Settings,
    limits: Limits,
    metrics: Metrics,
    /// As many pages as are made at once.
    makers: Semaphore,
}

/// Serves until `stop` is ready, then answers those who have asked and returns.
///
/// # Errors
/// When the first snapshot cannot be made.
pub async fn serve(
    listener: TcpListener,
    source: Arc<dyn Source>,
    settings: Settings,
    stop: impl Future<Output = ()>,
) -> Result<(), String> {
    let site = Site::open(source).await?;
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let app = Arc::new(App {
        site,
        limits: Limits::new(settings.requests_per_second),
        settings,
        metrics: Metrics::default(),
        makers: Semaphore::new(cores),
    });
    let watcher = tokio::spawn(watch(Arc::clone(&app)));
    let router = Router::new()
        .route("/healthz", get(answer::health))
        .route("/metrics", get(answer::metrics))
        .fallback(answer::site)
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&app), answer::around))
        .with_state(app);
    accept(listener, router, stop).await;
    watcher.abort();
    Ok(())
}

async fn accept(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let connections = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_BYTES);
    let mut stop = pin!(stop);
    loop {
        let Ok(permit) = Arc::clone(&connections).acquire_owned().await else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file handles, or the other side is gone already.
            sleep(Duration::from_millis(20)).await;
            continue;
        };
        let _delayed = stream.set_nodelay(true);
        let service = TowerToHyperService::new(WithPeer { router: router.clone(), peer });
        let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            let _broken_off = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    let _over = timeout(GRACE, graceful.shutdown()).await;
}

/// Adds to each request who sent it.
#[derive(Clone)]
struct WithPeer {
    router: Router,
    peer: SocketAddr,
}

impl tower::Service<hyper::Request<hyper::body::Incoming>> for WithPeer {
    type Response = axum::response::Response;
    type Error = std::convert::Infallible;
    type Future = <Router as tower::Service<hyper::Request<hyper::body::Incoming>>>::Future;

    fn poll_ready(&mut self, context: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Self::Error>> {
        tower::Service::<hyper::Request<hyper::body::Incoming>>::poll_ready(&mut self.router, context)
    }

    fn call(&mut self, mut request: hyper::Request<hyper::body::Incoming>) -> Self::Future {
        request.extensions_mut().insert(Peer(self.peer.ip()));
        tower::Service::call(&mut self.router, request)
    }
}

/// Who sent a request.
#[derive(Debug, Clone, Copy)]
struct Peer(IpAddr);

async fn watch(app: Arc<App>) {
    loop {
        sleep(LOOK).await;
        match app.site.refresh().await {
            Ok(true) => tracing::info!(head = app.site.now().public.head, "what is public has changed"),
            Ok(false) => {}
            Err(error) => tracing::error!(error, "what is public cannot be read; what was read before is served"),
        }
        app.limits.forget();
    }
}

/// Structured logs on standard error, one JSON object a line.
pub fn log_to_standard_error() {
    let _already =
        tracing_subscriber::fmt().json().flatten_event(true).with_target(false).with_writer(std::io::stderr).try_init();
}
