//! Modified Bessel functions, scaled, and what the von Mises families make of them.
