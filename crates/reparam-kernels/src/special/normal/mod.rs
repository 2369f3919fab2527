//! The error function and the normal distribution function, into the far tails; logarithms of sums and differences.
