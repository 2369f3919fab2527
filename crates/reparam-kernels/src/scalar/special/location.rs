//! To and from a law with location 0 and scale 1, where differences and products overflow that the result has not.

use crate::Scalar;

/// z = (x − loc) / scale: where the difference of two large numbers overflows, by their halves.
pub fn standardised<S: Scalar>(x: S, loc: S, scale: S) -> S {
    let width = scale.value();
    let z = standard_value(x.value(), loc.value(), width);
    S::chain([x, loc, scale], z, || [width.recip(), -width.recip(), -z / width])
}

/// The same of numbers.
#[inline(always)]
pub fn standard_value(x: f64, loc: f64, scale: f64) -> f64 {
    let distance = x - loc;
    if distance.is_finite() { distance / scale } else { (0.5 * x - 0.5 * loc) / scale * 2.0 }
}

/// ln(|x − loc| / scale), also where |x − loc| / scale is beyond the range of numbers; −∞ at loc.
pub fn log_distance<S: Scalar>(x: S, loc: S, scale: S) -> S {
    let (at, width) = ((x.value() - loc.value()).abs(), scale.value());
    if at == f64::INFINITY {
        return standardised(x, loc, scale).abs().ln();
    }
    let direction = if x.value() < loc.value() { -at.recip() } else { at.recip() };
    let value = super::ln_ratio(at, width);
    S::chain([x, loc, scale], value, || [direction, -direction, -width.recip()])
}

/// loc + scale · z, where the product alone may overflow.
pub fn located<S: Scalar>(loc: S, scale: S, z: S) -> S {
    let (at, width) = (z.value(), scale.value());
    let way = width * at;
    let x = if way.is_finite() { loc.value() + way } else { 2.0 * (0.5 * loc.value() + 0.5 * width * at) };
    S::chain([loc, scale, z], x, || [1.0, at, width])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overflows_on_the_way_is_finite_at_the_end() {
        let huge = f64::MAX;
        assert_eq!(standardised(0.5 * huge, -huge, huge), 1.5);
        assert!((located(-huge, huge, 1.5) / (0.5 * huge) - 1.0).abs() < 1e-15);
        assert_eq!(standardised(f64::INFINITY, 0.0, 1.0), f64::INFINITY);
        assert_eq!(located(1.0, 2.0, f64::NEG_INFINITY), f64::NEG_INFINITY);
        assert!((log_distance(1e200, 0.0, 1e-200) - 400.0 * 10_f64.ln()).abs() < 1e-12 * 921.0);
    }
}
