//! The table of who sees what.

use super::*;

/// In which states a kind of thing is visible to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// The kind.
    pub kind: Kind,
    /// The states.
    pub states: &'static [State],
    /// Who sees it in them.
    pub who: &'static [Who],
}

const fn any(role: Role) -> Who {
    Who { role, whose: Whose::Any }
}

const CONTACT: Who = Who { role: Role::ForceContact, whose: Whose::OwnForce };
const OFFICER: Who = Who { role: Role::ChiefOfficer, whose: Whose::OwnForce };
const BODY: Who = Who { role: Role::PolicingBody, whose: Whose::OwnBody };
const NATIONAL: Who = Who { role: Role::NationalBody, whose: Whose::OwnBody };
const STAFF: &[Who] = &[
    any(Role::ChiefInspector),
    any(Role::HmInspector),
    any(Role::ProgrammeLead),
    any(Role::Inspector),
    any(Role::Analyst),
    any(Role::Liaison),
    any(Role::Moderator),
    any(Role::Editor),
];
const ACCOUNTS: &[Who] = &[
    any(Role::Administrator),
    any(Role::Keeper),
    any(Role::ProgrammeLead),
    any(Role::HmInspector),
    any(Role::ChiefInspector),
];
const FORCE: &[Who] = &[CONTACT, OFFICER];
const FORCE_AND_BODIES: &[Who] = &[CONTACT, OFFICER, BODY, NATIONAL];
const EVERYONE: &[Who] = &[any(Role::Public)];

/// `view!(Kind to WHO)` in every state, `view!(Kind [States] to WHO)` in some.
macro_rules! view {
    ($kind:ident to $who:expr) => {
        View { kind: Kind::$kind, states: Kind::$kind.states(), who: $who }
    };
    ($kind:ident [$($state:ident)+] to $who:expr) => {
        View { kind: Kind::$kind, states: &[$(State::$kind(states::$kind::$state)),+], who: $who }
    };
}

/// Who sees what. A thing that no row names in its state is seen by nobody; an account is always seen by its holder.
pub const VISIBLE: &[View] = &[
    view!(Account to ACCOUNTS),
    view!(Framework to STAFF),
    view!(Framework [Consulting Approved InForce Superseded] to EVERYONE),
    view!(Cycle to STAFF),
    view!(Cycle [Open Closed] to EVERYONE),
    view!(Inspection to STAFF),
    view!(Inspection [Notified Preparing Fieldwork Debriefed Judging Drafting InCheck Published FollowUp Ended Withdrawn] to FORCE),
    view!(Inspection [Published FollowUp Ended] to EVERYONE),
    view!(ScopeLine to STAFF),
    view!(ScopeLine [Notified] to FORCE),
    view!(Request to STAFF),
    view!(Request to FORCE),
    view!(Visit to STAFF),
    view!(Visit to FORCE),
    view!(Evidence to STAFF),
    view!(Assessment to STAFF),
    view!(Assessment [Published] to EVERYONE),
    view!(Judgment to STAFF),
    view!(Judgment [Published] to EVERYONE),
    view!(Finding to STAFF),
    view!(Finding [Published] to EVERYONE),
    view!(Section to STAFF),
    view!(Section [InCheck] to FORCE),
    view!(Section [Published] to EVERYONE),
    view!(Check to STAFF),
    view!(Check to FORCE),
    view!(Comment to STAFF),
    view!(Comment to FORCE),
    view!(Publication to STAFF),
    view!(Publication [Published Corrected] to EVERYONE),
    view!(Entry to STAFF),
    view!(Entry to EVERYONE),
    view!(Response to STAFF),
    view!(Response to FORCE_AND_BODIES),
    view!(Response [Published Sent NotNeeded] to EVERYONE),
    view!(Promise to STAFF),
    view!(Promise to FORCE),
    view!(Revisit to STAFF),
    view!(Revisit to FORCE),
    view!(Revisit [LetterPublished] to EVERYONE),
    view!(Monitoring to STAFF),
    view!(Monitoring to EVERYONE),
    view!(Overview to STAFF),
    view!(Overview [Published] to EVERYONE),
];
