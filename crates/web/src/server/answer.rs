//! One request, one answer.

use super::{App, Peer, snapshot::Kept};
use crate::{Query, routes};
use axum::{
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::{net::IpAddr, sync::Arc, time::Instant};

/// Longer addresses with their query are refused.
const LONGEST: usize = 2000;

/// What a page may do: read its own stylesheet and fonts, and send its own forms. No script runs, from nowhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
];

/// Whether the server is up, and how far the pages have come.
pub async fn health(State(app): State<Arc<App>>) -> Response {
    let now = app.site.now();
    let body = serde_json::json!({ "status": "ok", "head": now.public.head, "date": now.public.date }).to_string();
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")], body).into_response()
}

/// Metrics, for the machine itself alone.
pub async fn metrics(State(app): State<Arc<App>>, request: Request) -> Response {
    let own = peer(&request).is_some_and(|ip| ip.is_loopback()) && !request.headers().contains_key("x-forwarded-for");
    if !own {
        return found(&request, &app.site.now().missing(request.uri().path()));
    }
    let text = app.metrics.text(app.site.now().public.head);
    (
        [
            (header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        text,
    )
        .into_response()
}

/// What surrounds every request: limits, headers, log and metrics.
pub async fn around(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let since = Instant::now();
    let logged = app.settings.log_requests.then(|| (request.method().clone(), request.uri().path().to_owned()));
    let who = asker(&app, &request);
    let mut response = match refused(&app, &request, who) {
        Some(refusal) => refusal,
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    let status = response.status().as_u16();
    let bytes = axum::body::HttpBody::size_hint(response.body()).exact().unwrap_or(0);
    let took = since.elapsed();
    app.metrics.answered(status, took, bytes);
    if let Some((method, path)) = logged {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        tracing::info!(%method, path, status, bytes, micros, "request");
    }
    response
}

fn refused(app: &App, request: &Request, who: Option<IpAddr>) -> Option<Response> {
    let plain = |status: StatusCode, words: &'static str| Some((status, words).into_response());
    if who.is_some_and(|who| !app.limits.allow(who)) {
        let words = "Too many requests at once from your address. Ask again in a moment.\n";
        return Some((StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "1")], words).into_response());
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let words = "This site is read only: ask with GET or HEAD.\n";
        return Some((StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")], words).into_response());
    }
    if request.uri().path_and_query().is_some_and(|whole| whole.as_str().len() > LONGEST) {
        return plain(StatusCode::URI_TOO_LONG, "This address is too long.\n");
    }
    None
}

fn peer(request: &Request) -> Option<IpAddr> {
    request.extensions().get::<Peer>().map(|peer| peer.0)
}

/// Who asks: the other end of the connection, or whom our proxy names.
fn asker(app: &App, request: &Request) -> Option<IpAddr> {
    let named = || request.headers().get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok();
    app.settings.proxy.then(named).flatten().or_else(|| peer(request))
}

/// A page or a file.
pub async fn site(State(app): State<Arc<App>>, request: Request) -> Response {
    let now = app.site.now();
    let path = match place(request.uri().path()) {
        Place::At(path) => path,
        Place::Nowhere => return found(&request, &now.missing(request.uri().path())),
    };
    let query = routes::asked(&path, &Query::read(request.uri().query().unwrap_or_default()));
    if let Some(kept) = now.kept(&path, &query) {
        return found(&request, &kept);
    }
    let Ok(permit) = app.makers.acquire().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    // Somebody else may have asked for the same while this one waited.
    let made = match now.kept(&path, &query) {
        Some(kept) => Ok(Some(kept)),
        None => {
            let (snapshot, path) = (Arc::clone(&now), path.clone());
            app.metrics.page_made();
            tokio::task::spawn_blocking(move || snapshot.make(&path, query)).await
        }
    };
    drop(permit);
    match made {
        Ok(Some(kept)) => found(&request, &kept),
        Ok(None) => match elsewhere(&now, &path) {
            Some(address) => (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, address)]).into_response(),
            None => found(&request, &now.missing(request.uri().path())),
        },
        Err(error) => {
            tracing::error!(path, %error, "a page could not be made");
            (StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made. It has been noted.\n").into_response()
        }
    }
}

enum Place {
    At(String),
    Nowhere,
}

/// The address from the root. What is no address of ours is told at once: nothing but letters, digits and a few marks.
fn place(path: &str) -> Place {
    let path = path.trim_start_matches('/');
    let lawful = |b: u8| b.is_ascii_alphanumeric() || b"-._~/".contains(&b);
    if !path.bytes().all(lawful) || path.split('/').any(|part| part.starts_with('.')) || path.contains("//") {
        return Place::Nowhere;
    }
    Place::At(if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() })
}

/// Where something is whose ending was left out.
fn elsewhere(now: &super::Snapshot, path: &str) -> Option<String> {
    let page = format!("{path}.html");
    let folder = format!("{path}/index.html");
    let there = |path: &str| now.holds(path) || routes::known(path) && now.make(path, Query::default()).is_some();
    if path.contains('.') && !path.rsplit('/').next().is_some_and(|name| name.contains(".q")) {
        return None;
    }
    [page, folder].into_iter().find(|path| there(path)).map(|path| format!("/{path}"))
}

fn found(request: &Request, kept: &Kept) -> Response {
    let accepts = |wanted: &str| accepts(request.headers(), wanted);
    let (bytes, encoding): (&Bytes, Option<&str>) = match (&kept.brotli, &kept.gzip) {
        (Some(bytes), _) if accepts("br") => (bytes, Some("br")),
        (_, Some(bytes)) if accepts("gzip") => (bytes, Some("gzip")),
        _ => (&kept.plain, None),
    };
    let etag = match encoding {
        Some(encoding) => format!("{}-{encoding}\"", kept.etag.trim_end_matches('"')),
        None => kept.etag.clone(),
    };
    let path = request.uri().path();
    let caching = if path.starts_with("/assets/") && kept.status == 200 {
        "public, max-age=31536000, immutable"
    } else {
        "public, max-age=0, must-revalidate"
    };
    let unchanged = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let unchanged = kept.status == 200 && unchanged.is_some_and(|tags| tags.split(',').any(|t| t.trim() == etag));
    let status =
        if unchanged { StatusCode::NOT_MODIFIED } else { StatusCode::from_u16(kept.status).unwrap_or_default() };
    let mut response = Response::builder()
        .status(status)
        .header(header::CACHE_CONTROL, caching)
        .header(header::ETAG, etag)
        .header(header::VARY, "Accept-Encoding");
    if ["/api/", "/data/", "/feeds/"].iter().any(|open| path.starts_with(open)) || path.contains("/data/") {
        response = response.header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    if !unchanged {
        response = response.header(header::CONTENT_TYPE, kept.media).header(header::CONTENT_LENGTH, bytes.len());
        if let Some(encoding) = encoding {
            response = response.header(header::CONTENT_ENCODING, encoding);
        }
    }
    let body = if unchanged || request.method() == Method::HEAD { Body::empty() } else { Body::from(bytes.clone()) };
    response.body(body).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

/// Whether an encoding may be used: it is named, and not with `q=0`.
fn accepts(headers: &HeaderMap, wanted: &str) -> bool {
    let all = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|value| value.split(',')).any(|part| {
        let mut parts = part.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(wanted));
        let never = |q: &str| q.strip_prefix("q=").is_some_and(|q| q.trim_matches(['0', '.']).is_empty());
        named && !parts.any(never)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(path: &str) -> Option<String> {
        match place(path) {
            Place::At(path) => Some(path),
            Place::Nowhere => None,
        }
    }

    #[test]
    fn an_address_is_plain_or_it_is_none_of_ours() {
        assert_eq!(at("/").as_deref(), Some("index.html"));
        assert_eq!(at("/2018-19/").as_deref(), Some("2018-19/index.html"));
        assert_eq!(at("/forces/kent.html").as_deref(), Some("forces/kent.html"));
        for hostile in ["/../peelian.toml", "/a//b", "/a/%2e%2e/b", "/.git/config", "/a\\b", "/a b", "/ä"] {
            assert_eq!(at(hostile), None, "{hostile}");
        }
    }

    #[test]
    fn an_encoding_is_used_where_it_is_named_and_not_forbidden() {
        let headers = |value: &str| HeaderMap::from_iter([(header::ACCEPT_ENCODING, value.parse().unwrap())]);
        assert!(accepts(&headers("gzip, br;q=0.8"), "br"));
        assert!(!accepts(&headers("gzip, br;q=0.0"), "br"));
        assert!(!accepts(&headers("*"), "gzip"));
        assert!(!accepts(&HeaderMap::new(), "gzip"));
    }
}
