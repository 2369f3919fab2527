//! Quantiles of laws whose distribution function has no inverse in closed form.

/// Newton steps at most; fewer than ten are usual.
const STEPS: usize = 100;

/// The root of an increasing function by Newton's method from `start`, kept within the bracket that it finds: `step` is the
/// step of Newton's method from a point.
///
/// To be used on the logarithm of the smaller tail, which is concave for the usual laws. Not-a-number where a step is.
pub(crate) fn newton(start: f64, step: impl Fn(f64) -> f64) -> f64 {
    newton_between(start, (f64::NEG_INFINITY, f64::INFINITY), step)
}

/// The same where the root is known to lie between two numbers.
pub(crate) fn newton_between(start: f64, (low, high): (f64, f64), step: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (low, high);
    let mut t = start;
    for _ in 0..STEPS {
        let way = step(t);
        (low, high) = if way > 0.0 { (t, high) } else { (low, t) };
        let next = t + way;
        let outside = next <= low || next >= high;
        let bracketed = low.is_finite() && high.is_finite();
        t = if outside && bracketed && way.abs() > 1e-15 * t.abs() { 0.5 * (low + high) } else { next };
        // What is left is the square of that.
        if way.is_nan() || way.abs() <= 1e-9 * t.abs().max(1e-6) {
            break;
        }
    }
    t
}

#[cfg(test)]
mod tests {
    use super::newton;

    #[test]
    fn a_root_from_either_side() {
        for start in [-30.0, 0.0, 1.0, 30.0] {
            // ln(1 + e^t) = 1
            let step = |t: f64| (1.0 - t.exp().ln_1p()) * (1.0 + (-t).exp());
            assert!((newton(start, step) - (1.0_f64.exp() - 1.0).ln()).abs() < 1e-14, "from {start}");
        }
        assert!(newton(0.0, |_| f64::NAN).is_nan());
    }
}
