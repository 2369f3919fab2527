//! The gamma function and its logarithmic derivatives, the incomplete gamma functions with their inverses and derivatives.
