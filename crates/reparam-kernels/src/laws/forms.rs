//! Other parameters that people give laws by.

use super::{Beta, Exponential, Gamma, Logits, NegativeBinomial, Normal};
use crate::Scalar;
use crate::law::{Domain, Form, Parameter};

macro_rules! forms {
    ($($(#[$doc:meta])* $form:ident: $p:literal => $law:ty: $q:literal,
        ($($name:literal: $domain:ident),+), $given:pat => $own:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $form;

        impl Form<$p, $q> for $form {
            type Law = $law;
            const PARAMETERS: [Parameter; $p] = [$(Parameter::new($name, Domain::$domain)),+];

            fn own<S: Scalar>($given: [S; $p]) -> [S; $q] {
                $own
            }
        }
    )+};
}

forms! {
    /// A gamma law by its concentration and the scale 1 / rate.
    GammaScale: 2 => Gamma: 2, ("concentration": Positive, "scale": Positive),
        [concentration, scale] => [concentration, scale.recip()];

    /// A gamma law by its mean and standard deviation.
    GammaMoments: 2 => Gamma: 2, ("mean": Positive, "sd": Positive), [mean, sd] => {
        let ratio = mean / sd;
        [ratio.square(), ratio / sd]
    };

    /// An exponential law by its scale 1 / rate, which is its mean.
    ExponentialScale: 1 => Exponential: 1, ("scale": Positive), [scale] => [scale.recip()];

    /// A normal law by its location and the precision 1 / scale².
    NormalPrecision: 2 => Normal: 2, ("loc": Real, "precision": Positive),
        [loc, precision] => [loc, precision.sqrt().recip()];

    /// A normal law by its location and the variance scale².
    NormalVariance: 2 => Normal: 2, ("loc": Real, "variance": Positive),
        [loc, variance] => [loc, variance.sqrt()];

    /// A beta law by its mean and the sum of its concentrations.
    BetaPrecision: 2 => Beta: 2, ("mean": OpenProbability, "precision": Positive),
        [mean, precision] => [mean * precision, (-mean + 1.0) * precision];

    /// A negative binomial law as R and SciPy give it: the failures before the `size`-th success, with the probability
    /// `prob` of success.
    NegativeBinomialFailures: 2 => NegativeBinomial<Logits>: 2, ("size": Positive, "prob": OpenProbability),
        [size, prob] => [size, (-prob).ln_1p() - prob.ln()];

    /// A negative binomial law by its mean and dispersion: the variance is mean + dispersion · mean².
    NegativeBinomialDispersion: 2 => NegativeBinomial<Logits>: 2, ("mean": Positive, "dispersion": Positive),
        [mean, dispersion] => [dispersion.recip(), (mean * dispersion).ln()];

    /// A negative binomial law by its mean and size: the variance is mean + mean² / size.
    NegativeBinomialSize: 2 => NegativeBinomial<Logits>: 2, ("mean": Positive, "size": Positive),
        [mean, size] => [size, (mean / size).ln()];
}
