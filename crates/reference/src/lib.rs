//! The words every other crate shares: forces, groups, periods, values and where a value comes from.
//!
//! Nothing here knows what a judgment or a file is. A type with a rule (an id, a period) has a private field and one door,
//! `FromStr`, so that nothing further in has to check again.

mod area;
mod period;
pub mod quantity;
mod register;
mod release;
mod rounding;
mod value;

pub use area::{AreaId, BRITISH_TRANSPORT_POLICE, ENGLAND_AND_WALES, NotAnAreaId};
pub use period::{Length, MONTHS, NotAPeriod, Period, long_date};
pub use register::{Alias, Force, Group, GroupKind, GroupMember, Register, Resolved};
pub use release::{CellRef, NotARelease, NotAReleaseDate, Release, ReleaseDate, ReleaseId};
pub use rounding::{display, group_thousands, money, round};
pub use value::{Absence, Mark, Marks, NotAShorthand, Value};
