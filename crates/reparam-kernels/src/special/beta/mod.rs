//! The beta function, the incomplete beta function with its inverse, and their derivatives.
