//! Documents through the front door.

mod back;
mod corpus;
mod hostile;
mod known;
mod seeds;
