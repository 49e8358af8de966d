//! Diagnostics become text: for people, for programs, for the annotations of a code host.

mod human;

pub use human::human;
