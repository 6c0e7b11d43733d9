//! The register: forces under every name that publishers give them, and the groups that they belong to on a given day.
//!
//! Names and groups have dates. A most similar group belongs to its owner and need not be mutual: that one force counts another
//! as similar says nothing of the reverse.

use crate::AreaId;
use jiff::civil::Date;
use std::collections::HashMap;

/// A police force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Force {
    /// The slug of data.police.uk.
    pub id: AreaId,
    /// The ONS code of its police force area (`E23000027`); empty for a force without one.
    pub ons_code: String,
    /// Its legal name ("Hertfordshire Constabulary").
    pub name: String,
    /// The short name that tables print ("Hertfordshire").
    pub short_name: String,
    /// `England` or `Wales`.
    pub country: String,
    /// The region, as the Home Office groups forces.
    pub region: String,
    /// Whether it is one of the 43 that the regime inspects and that England and Wales totals are made of.
    pub in_scope: bool,
    /// Other spellings, with the days on which they were in use.
    pub aliases: Vec<Alias>,
}

/// Another name of a force, and when it was one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// As it is written by whoever uses it.
    pub name: String,
    /// The first day; `None` for always.
    pub from: Option<Date>,
    /// The last day; `None` for still.
    pub to: Option<Date>,
}

/// What binds a group together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupKind {
    /// Forces most similar to the owner, for comparison.
    MostSimilar,
    /// Forces that work together and can own a finding together.
    Alliance,
    /// A region as the Home Office groups forces.
    Region,
}

/// One line of the groups file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupMember {
    /// What kind of group.
    pub kind: GroupKind,
    /// Whose group: a force's slug for a most similar group, a name of its own for the others.
    pub owner: String,
    /// The member.
    pub member: AreaId,
    /// The first day; `None` when it is not known.
    pub from: Option<Date>,
    /// The last day; `None` when it has not ended or is not known.
    pub to: Option<Date>,
}

/// What the register says of a force's most similar group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    /// The members on that day, the owner among them, in the order of their ids.
    Members(Vec<AreaId>),
    /// There is none: the force resembles no other (City of London).
    None,
    /// Nobody has told the register.
    NotSupplied,
}

/// Everything `register/` holds.
#[derive(Debug, Clone, Default)]
pub struct Register {
    forces: Vec<Force>,
    groups: Vec<GroupMember>,
    without_group: Vec<AreaId>,
    names: HashMap<String, Vec<Bearer>>,
}

/// A force's place and the first and last day on which it bore a name.
type Bearer = (usize, Option<Date>, Option<Date>);

/// What a name in a published table stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolved<'a> {
    /// This force.
    Force(&'a Force),
    /// More than one force bore the name on that day.
    Ambiguous,
    /// No force did; the nearest names that some force bears are offered.
    Unknown,
}

impl Register {
    /// A register of these forces and groups. `without_group` names the forces known to have no most similar group.
    #[must_use]
    pub fn new(mut forces: Vec<Force>, groups: Vec<GroupMember>, without_group: Vec<AreaId>) -> Self {
        forces.sort_by(|a, b| a.id.cmp(&b.id));
        let mut names: HashMap<String, Vec<Bearer>> = HashMap::new();
        for (index, force) in forces.iter().enumerate() {
            let always = [force.id.as_str(), &force.name, &force.short_name, &force.ons_code];
            for name in always.into_iter().filter(|n| !n.is_empty()) {
                names.entry(normal(name)).or_default().push((index, None, None));
            }
            for alias in &force.aliases {
                names.entry(normal(&alias.name)).or_default().push((index, alias.from, alias.to));
            }
        }
        Self { forces, groups, without_group, names }
    }

    /// Every force, in the order of their ids, British Transport Police among them.
    #[must_use]
    pub fn forces(&self) -> &[Force] {
        &self.forces
    }

    /// The forces in scope, in the order of their ids: 43 of them in England and Wales.
    pub fn in_scope(&self) -> impl Iterator<Item = &Force> {
        self.forces.iter().filter(|f| f.in_scope)
    }

    /// The force with this id.
    #[must_use]
    pub fn force(&self, id: &str) -> Option<&Force> {
        self.forces.iter().find(|f| f.id.as_str() == id)
    }

    /// Which force a publisher means by `name` on `day`. Case, spaces, "&" for "and" and a final "Police", "Constabulary" or
    /// "Police Service" make no difference.
    #[must_use]
    pub fn resolve(&self, name: &str, day: Date) -> Resolved<'_> {
        let key = normal(name);
        let mut found = self
            .names
            .get(&key)
            .into_iter()
            .flatten()
            .filter(|(_, from, to)| holds(*from, *to, day))
            .map(|(index, _, _)| *index);
        match found.next() {
            None => Resolved::Unknown,
            Some(first) if found.all(|other| other == first) => Resolved::Force(&self.forces[first]),
            Some(_) => Resolved::Ambiguous,
        }
    }

    /// The force's most similar group on `day`, the force itself included as the house counts it.
    #[must_use]
    pub fn most_similar(&self, force: &AreaId, day: Date) -> Group {
        if self.without_group.contains(force) {
            return Group::None;
        }
        let mut members: Vec<AreaId> = self
            .groups
            .iter()
            .filter(|g| g.kind == GroupKind::MostSimilar && g.owner == force.as_str())
            .filter(|g| holds(g.from, g.to, day))
            .map(|g| g.member.clone())
            .collect();
        if members.is_empty() {
            return Group::NotSupplied;
        }
        members.push(force.clone());
        members.sort();
        members.dedup();
        Group::Members(members)
    }

    /// The alliances that the force belongs to on `day`: name and members.
    #[must_use]
    pub fn alliances(&self, force: &AreaId, day: Date) -> Vec<(&str, Vec<&AreaId>)> {
        let current = |g: &&GroupMember| g.kind == GroupKind::Alliance && holds(g.from, g.to, day);
        self.groups
            .iter()
            .filter(current)
            .filter(|g| g.member == *force)
            .map(|own| {
                let members = self.groups.iter().filter(current).filter(|g| g.owner == own.owner).map(|g| &g.member);
                (own.owner.as_str(), members.collect())
            })
            .collect()
    }
}

fn holds(from: Option<Date>, to: Option<Date>, day: Date) -> bool {
    from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
}

/// What is left of a name when case, spacing, "&" and the kind of body are taken away.
fn normal(name: &str) -> String {
    let lower = name.trim().to_lowercase().replace('&', " and ").replace(['-', ','], " ");
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    for tail in [&["police", "service"][..], &["police"], &["constabulary"]] {
        if words.len() > tail.len() && words.ends_with(tail) {
            words.truncate(words.len() - tail.len());
            break;
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn force(id: &str, name: &str, aliases: Vec<Alias>) -> Force {
        Force {
            id: id.parse().unwrap(),
            ons_code: String::new(),
            name: name.to_owned(),
            short_name: name.to_owned(),
            country: "England".to_owned(),
            region: String::new(),
            in_scope: true,
            aliases,
        }
    }

    fn member(owner: &str, member: &str) -> GroupMember {
        GroupMember {
            kind: GroupKind::MostSimilar,
            owner: owner.to_owned(),
            member: member.parse().unwrap(),
            from: None,
            to: Some(date(2019, 12, 31)),
        }
    }

    #[test]
    fn a_force_answers_to_every_spelling() {
        let register =
            Register::new(vec![force("devon-and-cornwall", "Devon & Cornwall Police", vec![])], vec![], vec![]);
        for name in ["Devon and Cornwall", " DEVON & CORNWALL ", "Devon & Cornwall Constabulary", "devon-and-cornwall"]
        {
            assert!(matches!(register.resolve(name, date(2018, 1, 1)), Resolved::Force(_)), "{name}");
        }
        assert_eq!(register.resolve("Cornwall", date(2018, 1, 1)), Resolved::Unknown);
    }

    #[test]
    fn an_alias_holds_only_between_its_days() {
        let old = Alias { name: "Old Borough".to_owned(), from: None, to: Some(date(1999, 12, 31)) };
        let register = Register::new(vec![force("new", "New", vec![old])], vec![], vec![]);
        assert!(matches!(register.resolve("Old Borough", date(1990, 1, 1)), Resolved::Force(_)));
        assert_eq!(register.resolve("Old Borough", date(2005, 1, 1)), Resolved::Unknown);
    }

    #[test]
    fn a_group_includes_its_owner_and_is_not_mutual() {
        let forces = vec![force("a", "A", vec![]), force("b", "B", vec![]), force("c", "C", vec![])];
        let register = Register::new(forces, vec![member("a", "b")], vec!["c".parse().unwrap()]);
        let group = |id: &str, day| register.most_similar(&id.parse().unwrap(), day);
        let day = date(2019, 1, 1);
        assert_eq!(group("a", day), Group::Members(vec!["a".parse().unwrap(), "b".parse().unwrap()]));
        assert_eq!(group("b", day), Group::NotSupplied);
        assert_eq!(group("c", day), Group::None);
        assert_eq!(group("a", date(2020, 1, 1)), Group::NotSupplied);
    }
}
