//! The one table: what can be done to what, in which state, by whom, under which rules.
//!
//! It is policy and lifecycles at once. [`super::Programme::decide`], the question whether somebody may, `docs/policy.md` and
//! `docs/lifecycles.md` all come from it, and nothing else knows who may do what. The rows stand in [`rows`], by the part of an
//! inspection's life that they belong to.

mod judging;
mod planning;
mod publishing;
mod register;

use super::{Kind, Role, Shape, State, deed::Guard, deed::Then};
use std::{collections::HashMap, fmt, sync::LazyLock};

/// Whose things a role may act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whose {
    /// Anybody's.
    Any,
    /// Those of their own force.
    OwnForce,
    /// Those of their own body.
    OwnBody,
    /// Those of an inspection whose team they are on.
    Team,
}

impl Whose {
    /// As documentation says it after a role.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Any => "",
            Self::OwnForce => " (own force)",
            Self::OwnBody => " (own body)",
            Self::Team => " (on the team)",
        }
    }
}

/// A role, and whose things it may act on or see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Who {
    /// The role.
    pub role: Role,
    /// Whose things.
    pub whose: Whose,
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.role.id(), self.whose.words())
    }
}

/// Who is shown what was said in an act, once they may see the thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shown {
    /// The inspectorate.
    Inside,
    /// The inspectorate, and the force or body that the thing is about.
    Concerned,
    /// Everybody.
    Everyone,
}

impl Shown {
    /// As data writes it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Concerned => "concerned",
            Self::Everyone => "everyone",
        }
    }
}

/// One action.
#[derive(Clone, Copy)]
pub struct Row {
    /// As a command names it (`judgment/propose`).
    pub action: &'static str,
    /// As the ledger names what came of it (`judgment-proposed`).
    pub event: &'static str,
    /// The states that it can be done in; empty for an action that makes a thing.
    pub from: &'static [State],
    /// The state that it leads to; `None` for one that stays.
    pub to: Option<State>,
    /// What a new thing can be part of.
    pub under: &'static [Kind],
    /// Whether a new thing can also stand alone.
    pub alone: bool,
    /// Who may; empty for what only follows from another action.
    pub who: &'static [Who],
    /// The shape of its details.
    pub with: Shape,
    /// The rules.
    pub guards: &'static [Guard],
    /// What follows.
    pub then: &'static [Then],
    /// Who is shown what was said.
    pub shown: Shown,
}

impl Row {
    /// The kind of thing; `None` for taking over history, which makes no thing.
    #[must_use]
    pub fn kind(&self) -> Option<Kind> {
        self.to.or(self.from.first().copied()).map(State::kind)
    }

    /// Whether it makes a thing.
    #[must_use]
    pub const fn makes(&self) -> bool {
        self.from.is_empty() && self.to.is_some()
    }

    /// Whether it only follows from another action, and nobody can ask for it.
    #[must_use]
    pub const fn follows(&self) -> bool {
        self.who.is_empty()
    }

    const fn by(mut self, who: &'static [Who]) -> Self {
        self.who = who;
        self
    }

    const fn with(mut self, with: Shape) -> Self {
        self.with = with;
        self
    }

    const fn needs(mut self, guards: &'static [Guard]) -> Self {
        self.guards = guards;
        self
    }

    const fn then(mut self, then: &'static [Then]) -> Self {
        self.then = then;
        self
    }

    const fn shown(mut self, shown: Shown) -> Self {
        self.shown = shown;
        self
    }

    const fn or_alone(mut self) -> Self {
        self.alone = true;
        self
    }

    const fn new(
        action: &'static str,
        event: &'static str,
        from: &'static [State],
        to: Option<State>,
        under: &'static [Kind],
    ) -> Self {
        let (alone, who, guards, then) = (under.is_empty(), &[], &[], &[]);
        Self { action, event, from, to, under, alone, who, with: Shape::Nothing, guards, then, shown: Shown::Inside }
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.action == other.action
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.action)
    }
}

/// `make!(Kind, action, event, State, [Kinds it can be part of])`.
macro_rules! make {
    ($kind:ident, $action:literal, $event:literal, $to:ident, [$($under:ident)*]) => {
        Row::new($action, $event, &[], Some(State::$kind(states::$kind::$to)), &[$(Kind::$under),*])
    };
}

/// `go!(Kind, action, event, [States] => State)`, or without `=> State` for an act that leaves the state as it is.
macro_rules! go {
    ($kind:ident, $action:literal, $event:literal, [$($from:ident)+] => $to:ident) => {
        Row::new($action, $event, &[$(State::$kind(states::$kind::$from)),+], Some(State::$kind(states::$kind::$to)), &[])
    };
    ($kind:ident, $action:literal, $event:literal, [$($from:ident)+]) => {
        Row::new($action, $event, &[$(State::$kind(states::$kind::$from)),+], None, &[])
    };
}
use {go, make};

const fn any(role: Role) -> Who {
    Who { role, whose: Whose::Any }
}
const ADMIN: Who = any(Role::Administrator);
const KEEPER: Who = any(Role::Keeper);
const CHIEF: Who = any(Role::ChiefInspector);
const HMI: Who = any(Role::HmInspector);
const LEAD: Who = any(Role::ProgrammeLead);
const LIAISON: Who = any(Role::Liaison);
const MODERATOR: Who = any(Role::Moderator);
const EDITOR: Who = any(Role::Editor);
const TEAM: Who = Who { role: Role::Inspector, whose: Whose::Team };
const ANALYST: Who = Who { role: Role::Analyst, whose: Whose::Team };
const CONTACT: Who = Who { role: Role::ForceContact, whose: Whose::OwnForce };
const OFFICER: Who = Who { role: Role::ChiefOfficer, whose: Whose::OwnForce };
const BODY: Who = Who { role: Role::PolicingBody, whose: Whose::OwnBody };
const NATIONAL: Who = Who { role: Role::NationalBody, whose: Whose::OwnBody };

/// The action of this name.
#[must_use]
pub fn row(action: &str) -> Option<&'static Row> {
    static ROWS: LazyLock<HashMap<&str, &Row>> = LazyLock::new(|| rows().map(|row| (row.action, row)).collect());
    ROWS.get(action).copied()
}

/// The action that an event comes of.
#[must_use]
pub fn of_event(event: &str) -> Option<&'static Row> {
    static ROWS: LazyLock<HashMap<&str, &Row>> = LazyLock::new(|| rows().map(|row| (row.event, row)).collect());
    ROWS.get(event).copied()
}

/// Every action, in the order of the documentation.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    [planning::ROWS, judging::ROWS, publishing::ROWS, register::ROWS].into_iter().flatten()
}
