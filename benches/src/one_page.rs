//! The limit for a server: one page from memory, by the same libraries and nothing else. `one-page ADDRESS FILE`.

use axum::{Router, body::Bytes, http::header, routing::get};
use std::{env, fs};

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let arguments: Vec<String> = env::args().collect();
    let [_, address, file] = &arguments[..] else { panic!("one-page ADDRESS FILE") };
    let bytes = Bytes::from(fs::read(file).expect("a file"));
    let page = get(move || {
        let bytes = bytes.clone();
        async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], bytes) }
    });
    let listener = tokio::net::TcpListener::bind(address).await.expect("a free port");
    axum::serve(listener, Router::new().route("/", page)).await.expect("a server");
}
