//! Documents through the front door.

mod corpus;
mod hostile;
mod known;
mod seeds;
