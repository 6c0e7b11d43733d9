//! Metrics in the form that every monitoring reads.

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::time::Duration;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ByStatus {
    status: u16,
}

/// What is counted.
pub struct Metrics {
    registry: Registry,
    requests: Family<ByStatus, Counter>,
    seconds: Histogram,
    bytes: Counter,
    made: Counter,
    head: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("peelian");
        let requests = Family::<ByStatus, Counter>::default();
        let seconds = Histogram::new([0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0]);
        let (bytes, made, head) = (Counter::default(), Counter::default(), Gauge::default());
        registry.register("requests", "Requests answered, by status", requests.clone());
        registry.register("request_seconds", "Seconds until an answer was ready", seconds.clone());
        registry.register("body_bytes", "Bytes of the bodies sent", bytes.clone());
        registry.register("pages_made", "Pages that were made because none was kept", made.clone());
        registry.register("ledger_head", "The number of the last event that pages show", head.clone());
        Self { registry, requests, seconds, bytes, made, head }
    }
}

impl Metrics {
    /// A request was answered.
    pub fn answered(&self, status: u16, took: Duration, bytes: u64) {
        self.requests.get_or_create(&ByStatus { status }).inc();
        self.seconds.observe(took.as_secs_f64());
        self.bytes.inc_by(bytes);
    }

    /// A page was made.
    pub fn page_made(&self) {
        self.made.inc();
    }

    /// As text.
    pub fn text(&self, head: u64) -> String {
        self.head.set(i64::try_from(head).unwrap_or(i64::MAX));
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _written = encode(&mut out, &self.registry);
        out
    }
}
