//! `register/`: forces, groups, bodies and the lookups from smaller areas to forces.

use crate::{
    problem::{Place, Problem},
    table_file::{TableFile, TableRow},
};
use jiff::civil::Date;
use reference::{Alias, AreaId, Force, GroupKind, GroupMember, Register, Resolved};
use std::collections::{BTreeMap, HashMap};

/// For each lookup (`local-authorities`) the force of each code.
pub type Lookups = BTreeMap<String, HashMap<String, AreaId>>;

/// A body that a recommendation can address, beside the forces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// Kebab-case.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `local-policing-body`, `government`, `college`, `council` …
    pub kind: String,
    /// The force it oversees; `None` for a national body.
    pub force: Option<AreaId>,
}

/// Where a force lies on a map of tiles, and its name there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Its column, the leftmost being 1.
    pub column: u8,
    /// Its row, the uppermost being 1.
    pub row: u8,
    /// A name that fits on a small tile ("Northants").
    pub name: String,
}

/// For each force in scope its tile; empty where the register has no map.
pub type Tiles = BTreeMap<AreaId, Tile>;

/// The forces of `register/forces.csv`.
pub fn forces(file: &str, text: &str, problems: &mut Vec<Problem>) -> Vec<Force> {
    const COLUMNS: [&str; 8] = ["id", "ons_code", "name", "short_name", "country", "region", "in_scope", "aliases"];
    let Some(table) = TableFile::read(file, text, &COLUMNS, problems) else { return Vec::new() };
    let (mut forces, mut rows): (Vec<Force>, Vec<TableRow<'_>>) = (Vec::new(), Vec::new());
    for row in table.rows() {
        let id = row.parse::<AreaId>("id", problems);
        let in_scope = row.one_of("in_scope", &["yes", "no"], problems);
        let mut aliases = Vec::new();
        for alias in row.text("aliases").split('|').map(str::trim).filter(|a| !a.is_empty()) {
            match read_alias(alias) {
                Some(alias) => aliases.push(alias),
                None => row.problem(
                    "aliases",
                    format!("`{alias}` has days that cannot be read"),
                    "write `Name`, or `Name [1974-04-01..1998-12-31]` with either day left out when it is not known",
                    problems,
                ),
            }
        }
        let (Some(id), Some(in_scope)) = (id, in_scope) else { continue };
        if forces.iter().any(|f| f.id == id) {
            row.problem("id", format!("`{id}` stands here twice"), "delete one of the two lines", problems);
            continue;
        }
        forces.push(Force {
            id,
            ons_code: row.text("ons_code").to_owned(),
            name: row.text("name").to_owned(),
            short_name: row.text("short_name").to_owned(),
            country: row.text("country").to_owned(),
            region: row.text("region").to_owned(),
            in_scope: in_scope == "yes",
            aliases,
        });
        rows.push(row);
    }
    check_names(&forces, &rows, problems);
    if !forces.iter().any(|f| f.in_scope) {
        let remedy = "write `yes` in the column `in_scope` of the forces that are inspected";
        problems.push(Problem::new(file, Place::FILE, "no force is in scope", remedy));
    }
    forces
}

/// No two forces may bear a name on the same day.
fn check_names(forces: &[Force], rows: &[TableRow<'_>], problems: &mut Vec<Problem>) {
    let register = Register::new(forces.to_vec(), Vec::new(), Vec::new());
    let some_day = jiff::civil::date(2020, 1, 1);
    for (force, row) in forces.iter().zip(rows) {
        let own = [("name", &force.name, some_day), ("short_name", &force.short_name, some_day)];
        // Where two spans of days overlap, the first or the last day of one of them is in the other.
        let aliases = force.aliases.iter().map(|a| ("aliases", &a.name, a.from.or(a.to).unwrap_or(some_day)));
        for (column, name, day) in own.into_iter().chain(aliases).filter(|(_, name, _)| !name.is_empty()) {
            if register.resolve(name, day) == Resolved::Ambiguous {
                let found = format!("`{name}` is the name of another force too on {day}");
                let remedy =
                    "give one of the two the days on which it held, as an alias: `Name [1974-04-01..1998-12-31]`";
                row.problem(column, found, remedy, problems);
            }
        }
    }
}

fn read_alias(text: &str) -> Option<Alias> {
    let Some((name, days)) = text.split_once('[') else {
        return Some(Alias { name: text.to_owned(), from: None, to: None });
    };
    let (from, to) = days.strip_suffix(']')?.split_once("..")?;
    Some(Alias { name: name.trim().to_owned(), from: day(from)?, to: day(to)? })
}

/// A day that may be left out; `None` when it is there and cannot be read.
fn day(text: &str) -> Option<Option<Date>> {
    if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
}

/// The groups of `register/groups.csv`, and the forces known to have no most similar group.
pub fn groups(
    file: &str,
    text: &str,
    forces: &[Force],
    problems: &mut Vec<Problem>,
) -> (Vec<GroupMember>, Vec<AreaId>) {
    const COLUMNS: [&str; 6] = ["kind", "owner", "member", "from", "to", "source"];
    let (mut groups, mut without) = (Vec::new(), Vec::new());
    let Some(table) = TableFile::read(file, text, &COLUMNS, problems) else { return (groups, without) };
    let known = |id: &str| forces.iter().find(|f| f.id.as_str() == id);
    for row in table.rows() {
        let kind = match row.one_of("kind", &["most-similar", "alliance", "region"], problems) {
            Some("most-similar") => GroupKind::MostSimilar,
            Some("alliance") => GroupKind::Alliance,
            Some(_) => GroupKind::Region,
            None => continue,
        };
        let owner = row.text("owner");
        if kind == GroupKind::MostSimilar && known(owner).is_none() {
            row.problem(
                "owner",
                format!("`{owner}` is not a force of `forces.csv`"),
                "write the id of the force whose group it is",
                problems,
            );
            continue;
        }
        if kind == GroupKind::MostSimilar && row.text("member") == "none" {
            without.extend(known(owner).map(|f| f.id.clone()));
            continue;
        }
        let Some(member) = known(row.text("member")) else {
            row.problem(
                "member",
                format!("`{}` is not a force of `forces.csv`", row.text("member")),
                "write the id of a force, or `none` for a force that is known to have no group",
                problems,
            );
            continue;
        };
        let (from, to) = (day(row.text("from")), day(row.text("to")));
        for (column, day) in [("from", &from), ("to", &to)] {
            if day.is_none() {
                row.problem(
                    column,
                    format!("`{}` is not a day", row.text(column)),
                    "write it as `2018-04-01`, or leave it out when it is not known",
                    problems,
                );
            }
        }
        if let (Some(from), Some(to)) = (from, to) {
            groups.push(GroupMember { kind, owner: owner.to_owned(), member: member.id.clone(), from, to });
        }
    }
    (groups, without)
}

/// The bodies of `register/bodies.csv`.
pub fn bodies(file: &str, text: &str, forces: &[Force], problems: &mut Vec<Problem>) -> Vec<Body> {
    let Some(table) = TableFile::read(file, text, &["id", "name", "kind", "force"], problems) else {
        return Vec::new();
    };
    let mut bodies = Vec::new();
    for row in table.rows() {
        let force = match row.text("force") {
            "" => None,
            id => match forces.iter().find(|f| f.id.as_str() == id) {
                Some(force) => Some(force.id.clone()),
                None => {
                    row.problem(
                        "force",
                        format!("`{id}` is not a force of `forces.csv`"),
                        "write the id of a force, or leave it blank for a national body",
                        problems,
                    );
                    continue;
                }
            },
        };
        if bodies.iter().any(|b: &Body| b.id == row.text("id")) {
            row.problem(
                "id",
                format!("`{}` stands here twice", row.text("id")),
                "delete one of the two lines",
                problems,
            );
            continue;
        }
        bodies.push(Body {
            id: row.text("id").to_owned(),
            name: row.text("name").to_owned(),
            kind: row.text("kind").to_owned(),
            force,
        });
    }
    bodies
}

/// The map of `register/tiles.csv`: a place for each force in scope, no two at one.
pub fn tiles(file: &str, text: &str, forces: &[Force], problems: &mut Vec<Problem>) -> Tiles {
    let Some(table) = TableFile::read(file, text, &["force", "column", "row", "name"], problems) else {
        return Tiles::new();
    };
    let mut tiles = Tiles::new();
    for row in table.rows() {
        let Some(force) = forces.iter().find(|f| f.in_scope && f.id.as_str() == row.text("force")) else {
            let found = format!("`{}` is not a force in scope of `forces.csv`", row.text("force"));
            row.problem("force", found, "write the id of a force that is inspected", problems);
            continue;
        };
        let place = ["column", "row"].map(|column| {
            let number = row.text(column).parse::<u8>().ok().filter(|number| (1..=40).contains(number));
            if number.is_none() {
                let found = format!("`{}` is not a place on the map", row.text(column));
                row.problem(column, found, "write a number from 1, the leftmost or uppermost, to 40", problems);
            }
            number
        });
        let [Some(column), Some(line)] = place else { continue };
        if let Some((other, _)) =
            tiles.iter().find(|(id, tile)| **id == force.id || (tile.column, tile.row) == (column, line))
        {
            let found = match *other == force.id {
                true => format!("`{other}` stands here twice"),
                false => format!("`{other}` lies at column {column}, row {line} already"),
            };
            row.problem("force", found, "give each force one tile, and each tile one force", problems);
            continue;
        }
        tiles.insert(force.id.clone(), Tile { column, row: line, name: row.text("name").to_owned() });
    }
    let without: Vec<&str> =
        forces.iter().filter(|f| f.in_scope && !tiles.contains_key(&f.id)).map(|f| f.id.as_str()).collect();
    if !without.is_empty() {
        let found = format!("there is no tile for {}", without.join(", "));
        problems.push(Problem::new(file, Place::FILE, found, "add a line for each force in scope"));
    }
    tiles
}

/// A lookup file: `code,name,force`.
pub fn lookup(file: &str, text: &str, forces: &[Force], problems: &mut Vec<Problem>) -> HashMap<String, AreaId> {
    let Some(table) = TableFile::read(file, text, &["code", "name", "force"], problems) else { return HashMap::new() };
    let mut codes = HashMap::new();
    for row in table.rows() {
        match forces.iter().find(|f| f.id.as_str() == row.text("force")) {
            Some(force) => {
                if codes.insert(row.text("code").to_owned(), force.id.clone()).is_some() {
                    let found = format!("`{}` stands here twice", row.text("code"));
                    row.problem("code", found, "delete one of the two lines", problems);
                }
            }
            None => row.problem(
                "force",
                format!("`{}` is not a force of `forces.csv`", row.text("force")),
                "write the id of a force",
                problems,
            ),
        }
    }
    codes
}
