//! The derivatives of laws, one file for each kind of draw.

mod classes;
mod counts;
mod normal;
mod waiting_times;
