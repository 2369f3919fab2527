//! How far apart two floating-point numbers are, counted in the numbers between them.

macro_rules! ulps {
    ($(#[$doc:meta])* $name:ident, $float:ty, $signed:ty, $unsigned:ty) => {
        $(#[$doc])*
        pub fn $name(a: $float, b: $float) -> $unsigned {
            if a.is_nan() || b.is_nan() {
                return if a.is_nan() && b.is_nan() { 0 } else { <$unsigned>::MAX };
            }
            // As integers the floats ascend away from zero on both sides; mirror the negative side.
            let place = |x: $float| {
                let bits = x.to_bits() as $signed;
                if bits < 0 { <$signed>::MIN - bits } else { bits }
            };
            place(a).abs_diff(place(b))
        }
    };
}

ulps! {
    /// The number of steps from one `f32` to the next that lead from `a` to `b`.
    ///
    /// 0 and −0 are the same place, as are all NaNs; a NaN is [`u32::MAX`] from every number.
    ulps_f32, f32, i32, u32
}

ulps! {
    /// The number of steps from one `f64` to the next that lead from `a` to `b`.
    ///
    /// 0 and −0 are the same place, as are all NaNs; a NaN is [`u64::MAX`] from every number.
    ulps_f64, f64, i64, u64
}

#[cfg(test)]
mod tests {
    use super::{ulps_f32, ulps_f64};

    #[test]
    fn steps_are_counted_across_zero() {
        assert_eq!(ulps_f64(0.0, -0.0), 0);
        assert_eq!(ulps_f64(-f64::from_bits(1), f64::from_bits(2)), 3);
        assert_eq!(ulps_f32(1.0, 1.0f32.next_up().next_up()), 2);
        assert_eq!(ulps_f32(f32::MAX, f32::INFINITY), 1);
        assert_eq!(ulps_f64(2.0, 1.0), 1 << 52);
    }

    #[test]
    fn the_whole_line_fits() {
        assert_eq!(ulps_f32(f32::NEG_INFINITY, f32::INFINITY), 2 * 0x7f80_0000);
        assert_eq!(ulps_f64(f64::NEG_INFINITY, f64::INFINITY), 2 * 0x7ff0_0000_0000_0000);
    }

    #[test]
    fn nan_is_far_from_everything_else() {
        assert_eq!(ulps_f32(f32::NAN, -f32::NAN), 0);
        assert_eq!(ulps_f32(f32::NAN, 1.0), u32::MAX);
        assert_eq!(ulps_f64(1.0, f64::NAN), u64::MAX);
    }
}
