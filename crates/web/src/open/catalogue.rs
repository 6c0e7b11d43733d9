//! The catalogue of the tables: DCAT 3 as JSON-LD, in the shape that portals of public bodies harvest (DCAT-AP).
//!
//! Addresses are told from the catalogue's own, so that a static copy can stand anywhere. Sources: W3C, *Data Catalog Vocabulary,
//! version 3* (2024); SEMIC, *DCAT-AP 3.0*.

use super::{
    LICENCE,
    bulk::{self, File, files},
    table::{Holds, Open},
};
use crate::{
    Public,
    public::first_day,
    routes::{Asked, Made},
};
use jiff::civil::Date;
use report::dataset::Cell;
use serde_json::{Value, json};

/// England and Wales, as the Office for National Statistics names the place.
const PLACE: &str = "http://statistics.data.gov.uk/id/statistical-geography/K04000001";
/// English, as the Publications Office of the European Union names the language.
const ENGLISH: &str = "http://publications.europa.eu/resource/authority/language/ENG";

/// The catalogue.
pub(super) fn make(asked: &Asked<'_>) -> Option<Made> {
    let public = asked.public;
    let datasets: Vec<Value> = super::all(public).map(|open| dataset(public, open)).collect();
    let ids: Vec<Value> = super::all(public).map(|open| json!({ "@id": about(open) })).collect();
    Some(bulk::printed(&json!({
        "@context": context(),
        "@id": "catalogue.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": text(&format!("Open data of {}", public.issuer().name)),
        "dct:description": text("Judgments, findings, recommendations and figures of the police forces of England and Wales."),
        "dct:publisher": publisher(public),
        "dct:license": { "@id": LICENCE },
        "dct:language": { "@id": ENGLISH },
        "dct:spatial": { "@id": PLACE },
        "dct:modified": day(public.date),
        "foaf:homepage": { "@id": "../index.html" },
        "dcat:dataset": datasets,
        "dcat:service": [{
            "@id": "../api/v1/",
            "@type": "dcat:DataService",
            "dct:title": text("Rows of every table as JSON and CSV"),
            "dct:license": { "@id": LICENCE },
            "dcat:endpointURL": { "@id": "../api/v1/" },
            "dcat:endpointDescription": { "@id": "../api/v1/openapi.json" },
            "dcat:servesDataset": ids,
        }],
    })))
}

fn context() -> Value {
    json!({
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "spdx": "http://spdx.org/rdf/terms#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    })
}

fn about(open: &Open) -> String {
    format!("../data.html#{}", open.table.id)
}

fn text(words: &str) -> Value {
    json!({ "@value": words, "@language": "en" })
}

fn day(day: Date) -> Value {
    json!({ "@value": day.to_string(), "@type": "xsd:date" })
}

fn publisher(public: &Public) -> Value {
    json!({ "@type": "foaf:Agent", "foaf:name": text(public.issuer().name) })
}

fn dataset(public: &Public, open: &Open) -> Value {
    let table = open.table;
    let own = files(public).iter().filter(|file| file.table == table.id);
    let mut dataset = json!({
        "@id": about(open),
        "@type": "dcat:Dataset",
        "dct:identifier": table.id,
        "dct:title": text(table.title),
        "dct:description": text(table.about),
        "dct:source": table.source,
        "dct:publisher": publisher(public),
        "dct:license": { "@id": LICENCE },
        "dct:language": { "@id": ENGLISH },
        "dct:spatial": { "@id": PLACE },
        "dct:modified": day(public.date),
        "dcat:landingPage": { "@id": about(open) },
        "dcat:distribution": own.map(distribution).collect::<Vec<_>>(),
    });
    if let Some((first, last)) = covered(open) {
        dataset["dct:temporal"] =
            json!({ "@type": "dct:PeriodOfTime", "dcat:startDate": day(first), "dcat:endDate": day(last) });
    }
    dataset
}

fn distribution(file: &File) -> Value {
    let mut distribution = json!({
        "@id": file.name,
        "@type": "dcat:Distribution",
        "dct:title": text(&file.name),
        "dct:license": { "@id": LICENCE },
        "dcat:accessURL": { "@id": format!("../data.html#{}", file.table) },
        "dcat:downloadURL": { "@id": file.name },
        "dcat:mediaType": { "@id": format!("https://www.iana.org/assignments/media-types/{}", file.media) },
        "dcat:byteSize": { "@value": file.bytes.to_string(), "@type": "xsd:nonNegativeInteger" },
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": { "@id": "spdx:checksumAlgorithm_sha256" },
            "spdx:checksumValue": { "@value": file.sha256, "@type": "xsd:hexBinary" },
        },
    });
    if file.media == "text/csv" {
        distribution["dct:conformsTo"] = json!({ "@id": "https://www.w3.org/TR/tabular-data-model/" });
        distribution["foaf:page"] = json!({ "@id": report::metadata::csvw_name(&file.name) });
    }
    distribution
}

/// The first and the last day that the rows name; of a month or a year its first day.
fn covered(open: &Open) -> Option<(Date, Date)> {
    let dated = |holds| matches!(holds, Holds::Day | Holds::When);
    let places = open.table.columns.iter().enumerate().filter(|(_, column)| dated(column.holds));
    let days = places.flat_map(|(place, _)| {
        open.dataset.rows.iter().flat_map(move |row| match row.get(place) {
            Some(Cell::Date(day)) => vec![*day],
            // A stretch of time has a first day and a last.
            Some(Cell::Text(text)) => text.split('/').filter_map(first_day).collect(),
            _ => Vec::new(),
        })
    });
    days.fold(None, |covered, day| {
        let (first, last) = covered.unwrap_or((day, day));
        Some((first.min(day), last.max(day)))
    })
}
