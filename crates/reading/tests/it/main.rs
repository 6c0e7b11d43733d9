//! Documents through the front door.

mod corpus;
mod known;
