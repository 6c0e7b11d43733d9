//! Statements that are shown and not said: rows of tables, and the tiles of a page of numbers.

use crate::{
    clean,
    flow::Block,
    model::{Period, Reading, Statement, Table},
    period,
    quantity::{Quantity, quantities},
};

/// What a heading of a column says its figures are.
fn comparator(title: &str) -> Option<&'static str> {
    let lower = title.to_lowercase();
    if lower.contains("local population") {
        Some("local-population")
    } else if lower.contains("similar") || lower.contains("msg") {
        Some("most-similar")
    } else if lower.contains("england and wales") || lower.contains("national") || lower.contains("all forces") {
        Some("england-and-wales")
    } else {
        None
    }
}

/// The single value of a cell.
fn cell(text: &str) -> Option<Quantity> {
    let plain = clean::straight(text.trim());
    let sign = if plain.starts_with('-') { -1.0 } else { 1.0 };
    let bare = plain.trim_start_matches(['-', '+']);
    let found = quantities(bare);
    let [one] = found.as_slice() else {
        let value = bare.parse::<f64>().ok()?;
        return Some(Quantity {
            from: 0,
            to: bare.len(),
            value: value * sign,
            whole: None,
            unit: None,
            qualifier: "exact",
        });
    };
    (one.from == 0 && one.to == bare.len()).then(|| Quantity { value: one.value * sign, ..one.clone() })
}

fn unit(quantity: &Quantity, words: &str) -> String {
    let lower = words.to_lowercase();
    match quantity.unit {
        Some(unit) => unit.to_owned(),
        None if lower.contains("per 1,000") || lower.contains("per 1000") => "per-1000".to_owned(),
        None if lower.contains('%') || lower.contains("percentage") => "percent".to_owned(),
        None => "count".to_owned(),
    }
}

fn last_period(texts: [&str; 3]) -> Option<Period> {
    texts.iter().find_map(|t| period::periods(t).into_iter().next().map(|(_, p)| p))
}

/// The rows of tables that set the force beside something.
pub(crate) fn of_tables(lines: &[Vec<u32>], reading: &mut Reading) {
    let mut made = Vec::new();
    for (table, lines) in reading.tables.iter().zip(lines) {
        let dated = |i: usize| table.header.get(i).and_then(|h| period::periods(h).into_iter().next());
        let theirs = (2..table.header.len()).find_map(|i| Some((i, comparator(&table.header[i])?)));
        let theirs = theirs.or_else(|| {
            let (now, then) = (dated(1)?.1, dated(2)?.1);
            (then.end < now.end).then_some((2, "own-previous"))
        });
        if let Some((column, kind)) = theirs {
            let rows = table.rows.iter().zip(lines.iter().chain(std::iter::repeat(&table.line)));
            let rows: Vec<_> = rows.collect();
            made.extend(rows.iter().filter_map(|(row, line)| statement(table, row, column, kind, **line)));
            if kind == "own-previous" {
                made.extend(rows.iter().flat_map(|(row, line)| beside(table, row, **line)));
            }
        }
    }
    reading.statements.extend(made);
    reading.statements.sort_by_key(|s| s.line);
}

fn statement(table: &Table, row: &[String], column: usize, kind: &str, line: u32) -> Option<Statement> {
    let ours = cell(row.get(1)?)?;
    let theirs = row.get(column).and_then(|c| cell(c));
    let label = row.first()?.clone();
    let caption = table.caption.clone().unwrap_or_default();
    let words = format!("{caption} {label} {}", table.header[1]);
    Some(Statement {
        text: row.iter().filter(|c| !c.is_empty()).cloned().collect::<Vec<_>>().join(" | "),
        subject: if caption.is_empty() { label.clone() } else { format!("{caption}: {label}") },
        period: last_period([&label, &table.header[1], &caption]),
        value: Some(ours.value),
        unit: Some(unit(&ours, &words)),
        qualifier: ours.qualifier.to_owned(),
        comparator: theirs.as_ref().map(|_| kind.to_owned()),
        comparator_value: theirs.as_ref().map(|t| t.value),
        verdict: "none-stated".to_owned(),
        significant: None,
        line,
    })
}

/// What stands beside the first value of a row: the value of the earlier day, and the change between them.
fn beside(table: &Table, row: &[String], line: u32) -> Vec<Statement> {
    let mut made = Vec::new();
    for (index, title) in table.header.iter().enumerate().skip(2) {
        let Some(value) = row.get(index).and_then(|c| cell(c)) else { continue };
        let change = title.to_lowercase().contains("change");
        let mut turned = table.clone();
        turned.header.swap(1, index);
        let mut cells = row.to_vec();
        cells.swap(1, index);
        if let Some(statement) = statement(&turned, &cells, usize::MAX, "own-previous", line) {
            let period = if change { last_period([&table.header[1], "", ""]) } else { statement.period.clone() };
            let comparator = change.then(|| "own-previous".to_owned());
            let unit = if change { Some(unit(&value, "percentage")) } else { statement.unit.clone() };
            let text = row.iter().filter(|c| !c.is_empty()).cloned().collect::<Vec<_>>().join(" | ");
            let subject = if change { format!("{}: {}", statement.subject, title) } else { statement.subject.clone() };
            made.push(Statement { comparator, period, unit, text, subject, ..statement });
        }
    }
    made
}

/// The tiles of a page of numbers: a label, and a value by itself below it.
pub(crate) fn of_tiles(blocks: &[Block], reading: &mut Reading) {
    let Some(start) = blocks.iter().position(|b| b.heading().is_some() && clean::key(&b.text) == "forceinnumbers")
    else {
        return;
    };
    let mut labels: Vec<&str> = Vec::new();
    let mut made: Vec<Statement> = Vec::new();
    for block in &blocks[start + 1..] {
        if block.heading().is_some_and(|h| h.own.is_some()) || block.text.len() > 200 {
            break;
        }
        let Some(value) = cell(&block.text) else {
            if block.heading().is_some() {
                labels.clear();
            }
            labels.push(&block.text);
            continue;
        };
        let label = labels.join(", ");
        labels.clear();
        let lower = label.to_lowercase();
        let beside = if lower.contains("local population") {
            Some("local-population")
        } else if lower.contains("england and wales") {
            Some("england-and-wales")
        } else {
            None
        };
        if let (Some(kind), Some(last)) = (beside, made.last_mut().filter(|s: &&mut Statement| s.comparator.is_none()))
        {
            last.comparator = Some(kind.to_owned());
            last.comparator_value = Some(value.value);
            last.text = format!("{}; {label}: {}", last.text, block.text);
            continue;
        }
        made.push(Statement {
            text: format!("{label}: {}", block.text),
            period: last_period([&label, "", ""]),
            value: Some(value.value),
            unit: Some(unit(&value, &label)),
            qualifier: value.qualifier.to_owned(),
            verdict: "none-stated".to_owned(),
            line: block.line(),
            subject: label,
            ..Statement::default()
        });
    }
    reading.statements.extend(made);
}
