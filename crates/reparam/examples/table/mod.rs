//! The table that the examples print: each estimate beside the exact value.

use reparam_testing::Moments;

/// A name, the mean that is the estimate, and the exact value.
pub type Row = (String, Moments, f64);

/// Prints the rows; the last column is the distance in standard errors, rarely beyond ±3.
pub fn print(rows: &[Row]) {
    println!("{:<20}{:>12}{:>12}{:>12}{:>10}", "", "estimate", "exact", "std. error", "off by");
    for (name, estimate, exact) in rows {
        let (mean, error) = (estimate.mean(), estimate.standard_error());
        let off = (mean - exact) / error;
        // Quadrature leaves 1e-17 of either sign where the exact value is 0.
        let exact = if exact.abs() < 1e-12 { 0.0 } else { *exact };
        println!("{name:<20}{mean:>12.6}{exact:>12.6}{error:>12.6}{off:>+10.2}");
    }
}
