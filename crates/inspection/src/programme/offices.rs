//! Who may: the offices that somebody holds, teams, conflicts of interest, and the question that buttons ask too.

use super::State;
use super::{Actor, Office, Programme, Refusal, Role, Thing, ThingId, Who, Whose, details as d, states, table};

impl Programme {
    /// The offices that somebody holds; only the public's when their account is closed or not there.
    pub(super) fn offices(&self, actor: &Actor) -> Vec<Office> {
        let mut held = vec![Office::of(Role::Public)];
        match actor {
            Actor::Public => {}
            Actor::Keeper => held.push(Office::of(Role::Keeper)),
            Actor::Person(id) => held.extend(self.thing(id).into_iter().flat_map(offices_of)),
        }
        held
    }

    /// Whether policy allows somebody an action on a thing; `subject` is what a new thing is to be part of, where the action makes one.
    /// Neither the rules of the action nor its details are asked about.
    ///
    /// # Errors
    /// Says who may, or in which state.
    pub fn may(&self, actor: &Actor, action: &str, subject: Option<&Thing>) -> Result<(), Refusal> {
        let Some(row) = table::row(action) else {
            return Err(Refusal::one(format!("there is no action `{action}`"), "use one that docs/policy.md lists"));
        };
        let offices = self.offices(actor);
        if !row.who.iter().any(|who| offices.iter().any(|office| self.fits(actor, office, who, subject))) {
            let who: Vec<String> = row.who.iter().map(ToString::to_string).collect();
            let roles: Vec<&str> = offices.iter().map(|o| o.role.id()).filter(|r| *r != "public").collect();
            let as_what = if roles.is_empty() { "the public".to_owned() } else { roles.join(", ") };
            return Err(Refusal::one(
                format!("{actor} ({as_what}) may not do `{action}` here"),
                format!("ask somebody who may: {}", who.join(", ")),
            ));
        }
        let inspection = subject.and_then(|thing| thing.belongs.inspection.as_ref());
        if let (Some(inspection), Actor::Person(person)) = (inspection, actor)
            && action != "inspection/declare-conflict"
            && self.in_conflict(inspection, person)
        {
            return Err(Refusal::one(
                format!("{person} has declared a conflict of interest in `{inspection}`"),
                "somebody else has to act, or the chief inspector lifts it with `inspection/lift-conflict`",
            ));
        }
        let Some(thing) = subject.filter(|_| !row.makes()) else { return Ok(()) };
        if row.from.contains(&thing.state) {
            return Ok(());
        }
        let from: Vec<&str> = row.from.iter().map(|state| state.id()).collect();
        Err(Refusal::one(
            format!("`{}` is {}, and `{action}` needs it to be {}", thing.id, thing.state, from.join(" or ")),
            self.way_to(thing, row.from),
        ))
    }

    /// What can be done next to come to one of these states.
    fn way_to(&self, thing: &Thing, wanted: &[State]) -> String {
        let ways: Vec<String> = table::rows()
            .filter(|row| row.from.contains(&thing.state) && row.to.is_some_and(|to| wanted.contains(&to)))
            .map(|row| match row.follows() {
                true => format!("it follows when `{}` is done", super::print::causes(row.action).join("` or `")),
                false => format!("do `{}` first", row.action),
            })
            .collect();
        match (ways.is_empty(), thing.state.is_end()) {
            (false, _) => ways.join(", or "),
            (true, true) => "it is at its end: make a new one".into(),
            (true, false) => {
                let next: Vec<&str> = table::rows()
                    .filter(|row| row.from.contains(&thing.state) && row.to.is_some() && !row.follows())
                    .map(|row| row.action)
                    .collect();
                format!("from here it can go on by {}", next.join(", "))
            }
        }
    }

    pub(super) fn fits(&self, actor: &Actor, office: &Office, who: &Who, subject: Option<&Thing>) -> bool {
        office.role == who.role
            && match who.whose {
                Whose::Any => true,
                Whose::OwnForce => {
                    office.force.as_ref().zip(subject).is_some_and(|(force, t)| t.belongs.forces.contains(force))
                }
                Whose::OwnBody => {
                    office.body.as_ref().zip(subject).is_some_and(|(body, t)| t.belongs.bodies.contains(body))
                }
                Whose::Team => match (actor, subject.and_then(|t| t.belongs.inspection.as_ref())) {
                    (Actor::Person(person), Some(inspection)) => self.on_team(inspection, person),
                    _ => false,
                },
            }
    }

    pub(super) fn on_team(&self, inspection: &ThingId, person: &ThingId) -> bool {
        let last = self.thing(inspection).and_then(|thing| {
            let about = |act: &&super::Act| {
                matches!(act.action, "inspection/join" | "inspection/leave")
                    && <d::Somebody as super::Shaped>::of(&act.with).is_some_and(|s| s.person == *person)
            };
            thing.acts.iter().rev().find(about)
        });
        last.is_some_and(|act| act.action == "inspection/join")
    }

    pub(super) fn in_conflict(&self, inspection: &ThingId, person: &ThingId) -> bool {
        let last = self.thing(inspection).and_then(|thing| {
            let about = |act: &&super::Act| match act.action {
                "inspection/declare-conflict" => act.by == person.as_str(),
                "inspection/lift-conflict" => {
                    <d::Somebody as super::Shaped>::of(&act.with).is_some_and(|s| s.person == *person)
                }
                _ => false,
            };
            thing.acts.iter().rev().find(about)
        });
        last.is_some_and(|act| act.action == "inspection/declare-conflict")
    }
}

/// The offices that an account holds; none when it is closed.
pub(super) fn offices_of(account: &Thing) -> Vec<Office> {
    if account.state != State::Account(states::Account::Open) {
        return Vec::new();
    }
    let mut held: Vec<Office> = Vec::new();
    for (act, given) in account.said::<d::OfOffice>() {
        held.retain(|office| *office != given.office);
        if act.action == "account/give-role" {
            held.push(given.office.clone());
        }
    }
    held
}
