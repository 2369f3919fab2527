//! The uniform expansion of I_v(k) for large √(v² + k²), whichever of the two is large.

use crate::elementary::{log, log1p};
use crate::special::polynomial::polynomial;

/// The least √(v² + k²) at which the expansion serves: what it leaves out is below one rounding.
pub(super) const LEAST_RADIUS: f64 = 40.0;

/// I_v(k) = e^η / √(2π s) · e^L with s = √(v² + k²), η = s + v log(k / (v + s)) and L = Σ_m l_m(y) / s^m in y = (v/s)².
///
/// L is the logarithm of the sum of DLMF 10.41.3. Because d(1/s)/dk = −k/s³ and dy/dk = −2 k y/s², its derivatives are
/// the same sums with integer factors.
#[derive(Clone, Copy, Debug)]
pub(super) struct Debye {
    v: f64,
    k: f64,
    /// s.
    radius: f64,
    /// 1 − (v/s)², without cancellation.
    share: f64,
}

impl Debye {
    /// The expansion at order v ≥ −½ and argument k > 0.
    pub(super) fn new(v: f64, k: f64) -> Self {
        let radius = libm::hypot(v, k);
        Self { v, k, radius, share: (k / radius) * (k / radius) }
    }

    /// log(I_v(k) e^(−k)).
    pub(super) fn log_scaled(self) -> f64 {
        let Self { v, k, radius, .. } = self;
        // η − k = (s − k) − v log((v + s)/k), where s − k = v²/(s + k) and (v + s)/k = 1 + v (1 + v/(s + k))/k.
        let excess = v * (v / (radius + k));
        let angle = if k < v { log((v + radius) / k) } else { log1p((v + excess) / k) };
        excess - v * angle - 0.5 * (LN_2_PI + log(radius)) + self.log_series()
    }

    /// L.
    pub(super) fn log_series(self) -> f64 {
        self.series(|_, _| 1.0)
    }

    /// I_{v+1}(k) / I_v(k) = I_v′/I_v − v/k.
    pub(super) fn ratio(self) -> f64 {
        let Self { v, k, radius, .. } = self;
        // (s − v)/k = k/(s + v); the derivative of −½ log s; and L′ = −(k/s²) Σ (m + 2j) ….
        let slope = self.series(|m, j| m + 2.0 * j);
        k / (radius + v) - (k / radius) * (0.5 + slope) / radius
    }

    /// The derivative of the ratio in k.
    pub(super) fn ratio_grad(self) -> f64 {
        let Self { v, radius, share, .. } = self;
        let first = v / radius / (radius + v);
        let bend = self.series(|m, j| (m + 2.0 * j) * ((m + 2.0 * j + 2.0) * share - 1.0));
        first + (share - 0.5 + bend) / radius / radius
    }

    /// Σ_m Σ_j c_mj factor(m, j) y^j / s^m.
    fn series(self, factor: impl Fn(f64, f64) -> f64) -> f64 {
        let y = (self.v / self.radius) * (self.v / self.radius);
        let inverse = 1.0 / self.radius;
        let mut sum = 0.0;
        for (i, row) in LOG_SERIES.iter().enumerate().rev() {
            let m = (i + 1) as f64;
            let mut terms = [0.0; LOG_SERIES.len() + 1];
            for ((j, term), c) in terms.iter_mut().enumerate().zip(*row) {
                *term = c * factor(m, j as f64);
            }
            sum = (sum + polynomial(y, &terms[..row.len()])) * inverse;
        }
        sum
    }
}

/// log 2π.
const LN_2_PI: f64 = 1.83787706640934548;

/// c_mj: the coefficients of l_m, for m from 1, in y; l₁ = (3 − 5 y)/24.
const LOG_SERIES: [&[f64]; 13] = [
    &[0.125, -0.20833333333333334],
    &[0.0625, -0.375, 0.3125],
    &[0.06510416666666667, -0.8296875, 1.7265625, -0.9592013888888888],
    &[0.1015625, -2.21875, 8.296875, -10.59375, 4.4140625],
    &[
        0.2095703125,
        -6.982282366071429,
        40.542751736111114,
        -87.693359375,
        80.8837890625,
        -26.961263020833332,
    ],
    &[0.5364583333333334, -25.3125, 209.625, -673.625, 1021.640625, -737.8125, 204.94791666666666],
    &[
        1.6380658830915178,
        -103.97592163085938,
        1160.8294372558594,
        -5140.211273193359,
        11304.659503173829,
        -13184.767364501953,
        7824.899444580078,
        -1863.07129632859,
    ],
    &[
        5.809814453125,
        -477.615234375,
        6904.2763671875,
        -40090.447265625,
        119071.95263671875,
        -198321.806640625,
        187801.9013671875,
        -94603.037109375,
        19708.966064453125,
    ],
    &[
        23.475127749972874,
        -2427.2885336442428,
        44069.78581237793,
        -323875.5657704671,
        1240124.8821487427,
        -2752869.211418152,
        3683609.1391855874,
        -2935198.3014678955,
        1284393.7849998474,
        -237850.70092589766,
    ],
    &[
        106.467822265625,
        -13526.99560546875,
        301187.0236816406,
        -2727462.591796875,
        13026405.797363281,
        -36852414.786914065,
        65112147.795410156,
        -72748886.00585938,
        50027742.52075195,
        -19350359.06982422,
        3225059.844970703,
    ],
    &[
        535.640519510616,
        -82046.56579866775,
        2197624.750671816,
        -24011994.284158945,
        139535179.1724906,
        -487422412.2709402,
        1088470361.2907014,
        -1594676024.676859,
        1528592829.647338,
        -924445055.3424871,
        320384038.82623315,
        -48543036.1857929,
    ],
    &[
        2960.739786783854,
        -538164.052734375,
        17067704.537109375,
        -221216118.06429037,
        1533944655.227417,
        -6461280179.630859,
        17683879971.17871,
        -32540336002.749023,
        40681628863.23303,
        -34134822577.796875,
        18421426618.901367,
        -5782944462.414551,
        803186730.8909098,
    ],
    &[
        17837.279688947478,
        -3796291.86355564,
        140670288.44702286,
        -2132565033.6329174,
        17370310085.639664,
        -86609634147.52127,
        283920568841.2898,
        -636666163048.9065,
        994814458001.1244,
        -1084020120561.0471,
        808600469860.3251,
        -393948450551.5325,
        113024563355.74345,
        -14490328635.351725,
    ],
];
