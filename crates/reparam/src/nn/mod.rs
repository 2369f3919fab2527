//! The few layers and nets that Burn does not have, initialised from our own generator.

mod mlp;
mod straight;
mod tanh_net;

pub use mlp::{Activation, Mlp, linear};
pub use straight::{StraightPath, silent};
pub use tanh_net::TanhNet;
