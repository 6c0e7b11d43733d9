//! The description of the programming interface: OpenAPI 3.1, made from the table of addresses and the tables of the open data.
//!
//! `docs/openapi.json` is the same, checked in; a test compares them.

use super::{
    LICENCE, ROUTES, TABLES,
    api::{MOST, ROWS},
    bulk,
    table::{Column, Holds, Table},
};
use crate::{
    resource::{PROBLEM, media},
    routes::{Asked, Made, Route},
};
use reference::{Absence, Mark};
use serde_json::{Map, Value, json};

/// The description.
pub(super) fn make(_: &Asked<'_>) -> Option<Made> {
    Some(bulk::printed(&document()))
}

/// The description as a value. It depends on no fact, only on what can be asked.
#[must_use]
pub fn document() -> Value {
    let paths: Map<String, Value> = ROUTES.iter().flat_map(paths).collect();
    let rows = TABLES.iter().map(|table| (table.id.to_owned(), schema(table)));
    let mut schemas: Map<String, Value> = rows.collect();
    schemas.insert("status".to_owned(), status());
    schemas.insert("problem".to_owned(), problem());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Open data",
            "version": "1",
            "description": "Every table as files, and its rows by the values of their columns, a page at a time. Addresses and ids are stable. \
                            A parameter that a table does not know is refused with those that it does; one without a value is as one that is not given.",
            "license": { "name": "Open Government Licence v3.0", "url": LICENCE },
        },
        "servers": [{ "url": "../..", "description": "The site that this description is read from" }],
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// The addresses of a route: one for each table where it names one.
fn paths(route: &Route) -> Vec<(String, Value)> {
    if !route.pattern.contains("{table}") {
        return vec![(format!("/{}", route.pattern), path(route, None))];
    }
    let of = |table: &Table| (format!("/{}", route.pattern.replace("{table}", table.id)), path(route, Some(table)));
    TABLES.iter().map(of).collect()
}

fn path(route: &Route, table: Option<&Table>) -> Value {
    let address = table.map_or_else(|| route.pattern.to_owned(), |table| route.pattern.replace("{table}", table.id));
    let words = address.replace(['/', '.'], "-").replace(['{', '}'], "");
    let summary = table.map_or_else(|| route.about.to_owned(), |table| format!("{}: {}", table.title, route.about));
    let asked = table.filter(|_| !route.asks.is_empty());
    let mut parameters: Vec<Value> = parts(&address);
    parameters.extend(asked.into_iter().flat_map(questions));
    let mut get = json!({ "operationId": words, "summary": summary });
    if let Some(table) = table {
        get["description"] = format!("One row is {}. {}", table.row, table.about).into();
        get["tags"] = json!([table.id]);
    }
    get["parameters"] = parameters.into();
    get["responses"] = responses(route, table, &address);
    json!({ "get": get })
}

fn parts(address: &str) -> Vec<Value> {
    let part = |name: &str, about: &str| json!({ "name": name, "in": "path", "required": true, "description": about, "schema": { "type": "string", "pattern": "^[a-zA-Z0-9.~-]+$" } });
    let known = [("id", "The id of the row, with a tilde for each slash"), ("force", "The id of the force")];
    known
        .iter()
        .filter(|(name, _)| address.contains(&format!("{{{name}}}")))
        .map(|(name, about)| part(name, about))
        .collect()
}

fn questions(table: &Table) -> Vec<Value> {
    let parameter = |name: &str, about: String, schema: Value| json!({ "name": name, "in": "query", "allowEmptyValue": true, "description": about, "schema": schema });
    let by = table.columns.iter().filter(|column| column.is_asked()).map(|column| {
        let several = if column.holds.is_list() { "; rows that have it among others fit too" } else { "" };
        parameter(column.name, format!("{}: exactly this{several}", column.about), json!({ "type": "string" }))
    });
    let paging = [
        parameter("after", "The id of the last row of the page before".to_owned(), json!({ "type": "string" })),
        parameter(
            "limit",
            "How many rows at most".to_owned(),
            json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": ROWS }),
        ),
    ];
    by.chain(paging).collect()
}

fn responses(route: &Route, table: Option<&Table>, address: &str) -> Value {
    let kind = media(address).split(';').next().unwrap_or_default();
    let schema = match (table, route.pattern) {
        (Some(table), "api/v1/{table}.json") => page(table),
        (Some(table), "api/v1/{table}/{id}.json") => single(table),
        _ if kind.contains("json") => json!({ "type": "object" }),
        _ => json!({}),
    };
    let mut responses = json!({ "200": { "description": route.about, "content": { kind: { "schema": schema } } } });
    if !route.asks.is_empty() {
        let content = json!({ PROBLEM: { "schema": { "$ref": "#/components/schemas/problem" } } });
        responses["400"] =
            json!({ "description": "The question makes no sense; says why, and what is allowed", "content": content });
    }
    if address.contains('{') {
        let content = json!({ PROBLEM: { "schema": { "$ref": "#/components/schemas/problem" } } });
        responses["404"] = json!({ "description": "There is nothing of this name", "content": content });
    }
    responses
}

fn envelope(table: &Table) -> Map<String, Value> {
    let fixed = |words: &str, about: &str| json!({ "const": words, "description": about });
    [
        ("table", fixed(table.id, "The table")),
        ("licence", fixed(LICENCE, "The licence of the rows")),
        ("source", fixed(table.source, "Where they are from")),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into_iter()
    .collect()
}

fn page(table: &Table) -> Value {
    let mut properties = envelope(table);
    let row = json!({ "$ref": format!("#/components/schemas/{}", table.id) });
    let text = |about: &str| json!({ "type": "string", "description": about });
    properties.insert(
        "total".into(),
        json!({ "type": "integer", "minimum": 0, "description": "How many rows fit what is asked, on all pages" }),
    );
    properties.insert("rows".into(), json!({ "type": "array", "items": row }));
    properties.insert("why".into(), text("Why there is no row; only then"));
    properties.insert(
        "next".into(),
        json!({ "type": ["string", "null"], "description": "The address of the next page, told from this one; null at the end" }),
    );
    json!({ "type": "object", "required": ["table", "licence", "source", "total", "rows", "next"], "properties": properties })
}

fn single(table: &Table) -> Value {
    let mut properties = envelope(table);
    properties.insert("row".into(), json!({ "$ref": format!("#/components/schemas/{}", table.id) }));
    json!({ "type": "object", "required": ["table", "licence", "source", "row"], "properties": properties })
}

fn schema(table: &Table) -> Value {
    let mut properties: Map<String, Value> =
        table.columns.iter().map(|column| (column.name.to_owned(), property(column))).collect();
    let required: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    properties.insert("status".into(), json!({ "$ref": "#/components/schemas/status" }));
    json!({
        "type": "object",
        "title": table.title,
        "description": format!("{}.", table.row),
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}

fn property(column: &Column) -> Value {
    let mut property = match column.holds {
        Holds::Code | Holds::Words => json!({ "type": ["string", "null"] }),
        Holds::Codes | Holds::Passages => json!({ "type": ["array", "null"], "items": { "type": "string" } }),
        Holds::Number(_) => json!({ "type": ["number", "null"] }),
        Holds::Day => json!({ "type": ["string", "null"], "format": "date" }),
        Holds::When => json!({ "type": ["string", "null"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$" }),
    };
    if column.name == "id" {
        property["type"] = "string".into();
    }
    property["description"] = column.about.into();
    property
}

fn status() -> Value {
    let absences = Absence::ALL.map(|absence| format!("{absence} {}", absence.meaning()));
    let marks = Mark::ALL.map(|mark| format!("[{}] {}", mark.letter(), mark.meaning()));
    let about = format!(
        "By column: why its value is null ({}), or what to know of the number that it has ({})",
        absences.join(", "),
        marks.join(", ")
    );
    json!({ "type": "object", "description": about, "additionalProperties": { "type": "string" } })
}

fn problem() -> Value {
    let text = |about: &str| json!({ "type": "string", "description": about });
    json!({
        "type": "object",
        "required": ["title", "status", "detail", "remedy"],
        "properties": {
            "title": text("What happened"),
            "status": { "type": "integer", "description": "The status of HTTP" },
            "detail": text("What was found"),
            "remedy": text("What is allowed"),
        },
    })
}
