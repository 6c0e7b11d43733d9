//! The library through its front door.

mod draws;
mod forms;
mod hostile;
mod laws;
mod published;
mod written;
