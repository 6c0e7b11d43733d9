//! The tables as documentation: `docs/policy.md` and `docs/lifecycles.md`.

use super::table::rows;
use super::{Kind, Row, State, seen::VISIBLE};
use std::fmt::Write;

/// The actions that another one follows from.
pub(super) fn causes(action: &str) -> Vec<&'static str> {
    rows().filter(|row| row.then.iter().any(|then| then.leads_to.contains(&action))).map(|row| row.action).collect()
}

fn names(states: &[State]) -> String {
    states.iter().map(|state| state.id()).collect::<Vec<_>>().join(", ")
}

fn line(row: &Row) -> String {
    let from = if row.makes() { "(new)".to_owned() } else { names(row.from) };
    let to = row.to.map_or("(stays)", State::id);
    let who = match row.follows() {
        true => format!("nobody: follows from {}", causes(row.action).join(", ")),
        false => row.who.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    };
    format!("| `{}` | {from} | {to} | {who} | {} |", row.action, row.shown.id())
}

/// `docs/policy.md`: every action with who may, every view with who sees, every rule.
#[must_use]
pub fn policy() -> String {
    let mut page = String::from(POLICY);
    for kind in Kind::ALL {
        let of_kind: Vec<&Row> = rows().filter(|row| row.kind() == Some(*kind)).collect();
        let _ = write!(
            page,
            "\n## {}\n\n| action | from | to | who may | shown to |\n| --- | --- | --- | --- | --- |\n",
            title(*kind)
        );
        for row in &of_kind {
            let _ = writeln!(page, "{}", line(row));
        }
        page.push_str("\n| seen in | by |\n| --- | --- |\n");
        for view in VISIBLE.iter().filter(|view| view.kind == *kind) {
            let who: Vec<String> = view.who.iter().map(ToString::to_string).collect();
            let _ = writeln!(page, "| {} | {} |", names(view.states), who.join(", "));
        }
        rules(&mut page, &of_kind);
    }
    page.push_str("\n## History\n\n| action | from | to | who may | shown to |\n| --- | --- | --- | --- | --- |\n");
    for row in rows().filter(|row| row.kind().is_none()) {
        let who: Vec<String> = row.who.iter().map(ToString::to_string).collect();
        let _ = writeln!(page, "| `{}` | (no thing) | (stays) | {} | {} |", row.action, who.join(", "), row.shown.id());
    }
    page
}

fn rules(page: &mut String, of_kind: &[&Row]) {
    for row in of_kind {
        // What follows by itself is said by nobody.
        let fields = if row.follows() { &[] } else { row.with.fields() };
        if fields.is_empty() && row.guards.is_empty() && row.then.is_empty() {
            continue;
        }
        let fields: Vec<String> = fields.iter().map(|field| format!("`{}`", field.replace('_', "-"))).collect();
        let says = if fields.is_empty() { String::new() } else { format!(" says {}", fields.join(", ")) };
        let _ = write!(page, "\n`{}`{says}\n", row.action);
        for guard in row.guards {
            let _ = writeln!(page, "- {}", guard.rule);
        }
        for then in row.then {
            let _ = writeln!(page, "- then: {}", then.what);
        }
    }
}

fn title(kind: Kind) -> String {
    let words = kind.words();
    let (first, rest) = words.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

/// `docs/lifecycles.md`: a diagram of each kind of thing.
#[must_use]
pub fn lifecycles() -> String {
    let mut page = String::from(LIFECYCLES);
    for kind in Kind::ALL {
        let _ = write!(page, "\n## {}\n\n```mermaid\nstateDiagram-v2\n", title(*kind));
        for state in kind.states() {
            let _ = writeln!(page, "    state \"{}\" as {}", state.id(), alias(*state));
        }
        for row in rows().filter(|row| row.kind() == Some(*kind)) {
            let verb = row.action.split('/').next_back().unwrap_or(row.action);
            let verb = if row.follows() { format!("({verb})") } else { verb.to_owned() };
            if let (true, Some(to)) = (row.makes(), row.to) {
                let _ = writeln!(page, "    [*] --> {}: {verb}", alias(to));
            }
            for from in row.from {
                let to = row.to.unwrap_or(*from);
                let _ = writeln!(page, "    {} --> {}: {verb}", alias(*from), alias(to));
            }
        }
        for state in kind.states().iter().filter(|state| state.is_end()) {
            let _ = writeln!(page, "    {} --> [*]", alias(*state));
        }
        page.push_str("```\n");
    }
    page
}

fn alias(state: State) -> String {
    state.id().replace('-', "_")
}

const POLICY: &str = "# Policy

Who may do what, and who sees what. Made from the tables of `inspection::programme` by a test (`PEELIAN_WRITE=1 cargo test -p inspection policy`
writes it); the program asks the same tables.

Roles are given to accounts. *(own force)*, *(own body)* and *(on the team)* narrow a role to things about its own force or body, or to
inspections whose team the person is on. Whoever has declared a conflict of interest in an inspection can do nothing in it until the chief inspector
lifts it. *Shown to* says who is shown what was said in an act, once they see the thing: `inside` the inspectorate, also the force or body
`concerned`, or `everyone`. Nobody approves their own work; that and every other rule stands below the tables, with the fields that an action
says after `with:`. Some of them may be left out; `peelian act` names one that is missing, and what a field can hold.

Beyond the tables: evidence marked OFFICIAL-SENSITIVE is seen by the team, HM Inspectors, the chief inspector and whoever recorded it; while initial
grades come in, each grader sees only their own; exercises are left out for the public, and for forces and bodies that they are not about, unless
they are asked for by name; an account is seen by its holder.
";

const LIFECYCLES: &str = "# Lifecycles

What can become of each kind of thing. Made from the table of `inspection::programme` by a test (`PEELIAN_WRITE=1 cargo test -p inspection policy`
writes it). A verb in brackets is asked for by nobody: it follows from something else, as [the policy](policy.md) says.
";
