//! The subcommands, one file each: what clap parses, and `run`.

pub mod audit;
pub mod completions;
pub mod dist;
pub mod encode;
pub mod estimate;
pub mod evaluate;
pub mod generate;
pub mod info;
pub mod man;
pub mod reconstruct;
pub mod sample;
pub mod score;
pub mod train;

pub use dist::Called;
