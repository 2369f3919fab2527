//! The README and the chapters of the book, so that their code blocks are compiled and run with the other documentation tests.

#[doc = include_str!("../README.md")]
mod readme {}

#[doc = include_str!("../../../book/src/the-trick.md")]
mod the_trick {}

#[doc = include_str!("../../../book/src/shapes.md")]
mod shapes {}

#[doc = include_str!("../../../book/src/own-distribution.md")]
mod own_distribution {}

#[doc = include_str!("../../../book/src/estimators.md")]
mod estimators {}

#[doc = include_str!("../../../book/src/discrete-draws.md")]
mod discrete_draws {}

#[doc = include_str!("../../../book/src/objectives.md")]
mod objectives {}

#[doc = include_str!("../../../book/src/measuring.md")]
mod measuring {}

#[doc = include_str!("../../../book/src/backends.md")]
mod backends {}

#[doc = include_str!("../../../book/src/vae.md")]
mod vae {}
