//! What an address answers with.

/// The media type of a document that says why something was refused (RFC 9457).
pub const PROBLEM: &str = "application/problem+json";

/// Bytes and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// The status of HTTP: 200, or that of a refusal.
    pub status: u16,
    /// The media type, with the character set where it is text.
    pub media: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Resource {
    /// A page.
    #[must_use]
    pub fn html(text: String) -> Self {
        Self { status: 200, media: "text/html; charset=utf-8", bytes: text.into_bytes() }
    }

    /// A file, its media type told by its name.
    #[must_use]
    pub fn file(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { status: 200, media: media(name), bytes: bytes.into() }
    }
}

/// The media type of a file by its name; `application/octet-stream` where the ending is none of ours.
#[must_use]
pub fn media(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json",
        "jsonl" => "application/jsonl",
        "jsonld" => "application/ld+json",
        "atom" => "application/atom+xml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "pdf" => "application/pdf",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/octet-stream",
    }
}
