//! Documents through the front door.

mod back;
mod columns;
mod corpus;
mod hostile;
mod known;
mod seeds;
