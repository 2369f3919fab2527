//! The few layers and nets that Burn does not have, initialised from our own generator.

mod mlp;

pub use mlp::{Activation, Mlp, linear};
