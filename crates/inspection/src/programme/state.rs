//! The kinds of thing and the states that each can be in.

use std::fmt;

macro_rules! lifecycles {
    ($($(#[$doc:meta])* $kind:ident $id:literal { $($state:ident $name:literal $($end:ident)?),+ })+) => {
        /// What a thing is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $kind,)+
        }

        /// The states of each kind.
        pub mod states {
            $(
                $(#[$doc])*
                #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
                pub enum $kind {
                    $(#[doc = concat!("`", $name, "`.")] $state,)+
                }
            )+
        }

        /// The state of a thing: what it is, and how far it has come.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum State {
            $($(#[$doc])* $kind(states::$kind),)+
        }

        impl Kind {
            /// Every kind, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$kind),+];

            /// As data writes it.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$kind => $id,)+ }
            }

            /// Its states, in their order.
            #[must_use]
            pub const fn states(self) -> &'static [State] {
                match self { $(Self::$kind => &[$(State::$kind(states::$kind::$state)),+],)+ }
            }
        }

        impl State {
            /// The kind whose state it is.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind,)+ }
            }

            /// As data writes it.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $($(Self::$kind(states::$kind::$state) => $name,)+)+ }
            }

            /// Whether nothing more has to happen. Something still may: a published document can be corrected.
            #[must_use]
            pub const fn is_end(self) -> bool {
                match self { $($(Self::$kind(states::$kind::$state) => lifecycles!(@end $($end)?),)+)+ }
            }
        }
    };
    (@end end) => { true };
    (@end) => { false };
}

lifecycles! {
    /// A person and the offices that they hold.
    Account "account" { Open "open", Closed "closed" end }
    /// A version of a framework.
    Framework "framework" {
        Draft "draft", Consulting "consulting", Approved "approved", InForce "in-force",
        Superseded "superseded" end, Withdrawn "withdrawn" end
    }
    /// A cycle of inspections.
    Cycle "cycle" { Planned "planned", Open "open", Closed "closed" end, Withdrawn "withdrawn" end }
    /// The inspection of a force in a cycle.
    Inspection "inspection" {
        Planned "planned", Notified "notified", Preparing "preparing", Fieldwork "fieldwork", Debriefed "debriefed",
        Judging "judging", Drafting "drafting", InCheck "in-check", Published "published", FollowUp "follow-up",
        Ended "ended" end, Withdrawn "withdrawn" end
    }
    /// Whether a question is inspected, and why.
    ScopeLine "scope-line" {
        Proposed "proposed", Confirmed "confirmed", Notified "notified" end, Withdrawn "withdrawn" end
    }
    /// A document that is asked of the force.
    Request "request" {
        Requested "requested", Received "received" end, NotSupplied "not-supplied" end, Withdrawn "withdrawn" end
    }
    /// A visit.
    Visit "visit" { Planned "planned", Done "done" end, Cancelled "cancelled" end }
    /// Evidence.
    Evidence "evidence" { Recorded "recorded", Corroborated "corroborated" end, Withdrawn "withdrawn" end }
    /// How an open finding of an earlier inspection stands.
    Assessment "assessment" { Recorded "recorded", Published "published" end, Withdrawn "withdrawn" end }
    /// A judgment.
    Judgment "judgment" {
        Grading "grading", Graded "graded", Proposed "proposed", Reopened "reopened", Moderated "moderated",
        Decided "decided", CarriedOver "carried-over", Published "published" end, Withdrawn "withdrawn" end
    }
    /// A finding.
    Finding "finding" { Drafted "drafted", Agreed "agreed", Published "published" end, Withdrawn "withdrawn" end }
    /// A section of a draft.
    Section "section" {
        Drafting "drafting", Edited "edited", Approved "approved", InCheck "in-check",
        Published "published" end, Withdrawn "withdrawn" end
    }
    /// A pre-publication check.
    Check "check" { Sent "sent", Closed "closed" end, Withdrawn "withdrawn" end }
    /// A comment of the force in a pre-publication check.
    Comment "comment" { Made "made", Accepted "accepted" end, Rejected "rejected" end, Withdrawn "withdrawn" end }
    /// A publication.
    Publication "publication" {
        Scheduled "scheduled", Published "published" end, Corrected "corrected" end, Cancelled "cancelled" end
    }
    /// What one addressee has to do about a finding or one of its sub-points: an entry of the register.
    Entry "entry" {
        Published "published", ActionPlanned "action-planned", BeingProgressed "being-progressed",
        ClaimedComplete "claimed-complete", AwaitingReview "awaiting-review", NotComplete "not-complete",
        Complete "complete" end, Superseded "superseded" end, Withdrawn "withdrawn" end
    }
    /// A local policing body's response to a published report.
    Response "response" {
        Due "due", Invited "invited", Commented "commented", Published "published", Sent "sent" end,
        NotNeeded "not-needed" end
    }
    /// A dated undertaking.
    Promise "promise" { Made "made", Kept "kept" end, NotKept "not-kept" end, Withdrawn "withdrawn" end }
    /// A revisit.
    Revisit "revisit" {
        Planned "planned", Done "done", LetterPublished "letter-published" end, Cancelled "cancelled" end
    }
    /// The monitoring of a force.
    Monitoring "monitoring" { Watched "watched", Ended "ended" end }
    /// A national overview.
    Overview "overview" {
        Gathering "gathering", Themed "themed", Recommended "recommended", Approved "approved",
        Published "published" end, Withdrawn "withdrawn" end
    }
}

impl Kind {
    /// The kind of this id.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.id() == id)
    }

    /// Its state of this id.
    #[must_use]
    pub fn state(self, id: &str) -> Option<State> {
        self.states().iter().copied().find(|state| state.id() == id)
    }

    /// As a sentence names it ("register entry").
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Entry => "register entry",
            Self::ScopeLine => "scope line",
            Self::Request => "document request",
            Self::Check => "pre-publication check",
            Self::Overview => "national overview",
            other => other.id(),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl serde::Serialize for Kind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl serde::Serialize for State {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}
