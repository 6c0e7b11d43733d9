//! Who acts: people with offices, the keeper of the installation, the public.

use super::ThingId;
use reference::AreaId;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Who acts or reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// Anybody.
    Public,
    /// Whoever holds the folder of the inspectorate: opens the first accounts and takes history over from publications.
    Keeper,
    /// The holder of an account, by its id. What they may do follows from the offices that the account holds.
    Person(ThingId),
}

impl FromStr for Actor {
    type Err = super::NotAThingId;

    /// `public`, `keeper`, or the id of an account.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "public" => Self::Public,
            "keeper" => Self::Keeper,
            id => Self::Person(id.parse()?),
        })
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.pad("public"),
            Self::Keeper => f.pad("keeper"),
            Self::Person(id) => f.pad(id.as_str()),
        }
    }
}

macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident $id:literal $side:ident),+ $(,)?) => {
        /// What somebody acts as.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Role { $($(#[$doc])* $role,)+ }

        impl Role {
            /// Every role.
            pub const ALL: &[Self] = &[$(Self::$role),+];

            /// As data writes it.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$role => $id,)+ }
            }

            /// On which side it stands.
            #[must_use]
            pub const fn side(self) -> Side {
                match self { $(Self::$role => Side::$side,)+ }
            }
        }
    };
}

/// Where a role stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Nobody's office: the public, and the keeper of the installation.
    None,
    /// The inspectorate.
    Inspectorate,
    /// A force; an office on this side names it.
    Force,
    /// A local policing body or national body; an office on this side names it.
    Body,
}

roles! {
    /// Gives and takes roles.
    Administrator "administrator" Inspectorate,
    /// HM Chief Inspector of Constabulary.
    ChiefInspector "chief-inspector" Inspectorate,
    /// HM Inspector.
    HmInspector "hm-inspector" Inspectorate,
    /// Leads the programme of inspections.
    ProgrammeLead "programme-lead" Inspectorate,
    /// Inspects.
    Inspector "inspector" Inspectorate,
    /// Analyses data.
    Analyst "analyst" Inspectorate,
    /// Force liaison: the year-round contact.
    Liaison "liaison" Inspectorate,
    /// Sits on moderation panels.
    Moderator "moderator" Inspectorate,
    /// Edits and publishes.
    Editor "editor" Inspectorate,
    /// A force's single point of contact.
    ForceContact "force-contact" Force,
    /// A chief constable or commissioner.
    ChiefOfficer "chief-officer" Force,
    /// Acts for a local policing body.
    PolicingBody "policing-body" Body,
    /// Acts for a national body that a recommendation addresses.
    NationalBody "national-body" Body,
    /// The keeper of the installation.
    Keeper "keeper" None,
    /// Anybody.
    Public "public" None,
}

/// A role, and for whom: one of the offices of an account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Office {
    /// The role.
    pub role: Role,
    /// The force, for a role on a force's side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub force: Option<AreaId>,
    /// The body, for a role on a body's side: an id of `register/bodies.csv`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

impl Office {
    /// An office that belongs to no force or body.
    #[must_use]
    pub const fn of(role: Role) -> Self {
        Self { role, force: None, body: None }
    }

    /// Whether it names a force or body exactly where its role needs one.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        match self.role.side() {
            Side::Inspectorate => self.force.is_none() && self.body.is_none(),
            Side::Force => self.force.is_some() && self.body.is_none(),
            Side::Body => self.force.is_none() && self.body.is_some(),
            Side::None => false,
        }
    }
}
