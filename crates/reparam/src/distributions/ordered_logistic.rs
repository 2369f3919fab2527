//! OrderedLogistic(predictor, cutpoints).

use burn::tensor::Tensor;

use crate::{
    Categorical, Distribution, Entropy, Enumerable, Factorized, Mode, ParamError, error, math, noise::Rng,
    shape,
};

/// The ordered logistic distribution, predictor `[batch, …, 1]` and increasing cutpoints `[batch, …, classes − 1]`; draws are
/// class numbers, `[batch, …, 1]`.
///
/// `OrderedLogistic(predictor, cutpoints)`: class k with probability σ(cₖ − η) − σ(cₖ₋₁ − η), where c₋₁ = −∞ and the
/// last is ∞.
///
/// Discrete, so without a path. A draw says between which cutpoints predictor + logistic noise falls.
///
/// P. McCullagh, "Regression models for ordinal data", J. R. Stat. Soc. B 42 (1980).
#[derive(Clone, Debug)]
pub struct OrderedLogistic<const D: usize> {
    predictor: Tensor<D>,
    cutpoints: Tensor<D>,
}

crate::params!(OrderedLogistic<const D> { predictor, cutpoints });

impl<const D: usize> OrderedLogistic<D> {
    /// From `predictor`, η, and `cutpoints`, which increase along the last axis. Panics when the other axes do not
    /// broadcast, or the predictor is more than one number for each row of cutpoints.
    pub fn new(predictor: Tensor<D>, cutpoints: Tensor<D>) -> Self {
        const { assert!(D >= 2, "an ordered logistic distribution needs a batch axis and a class axis") }
        let [last, cuts] = [&predictor, &cutpoints].map(|param| param.dims()[D - 1]);
        assert!(last == 1, "OrderedLogistic: the last axis of the predictor must have size 1, got {last}");
        assert!(cuts >= 1, "OrderedLogistic: there must be at least one cutpoint, got none");
        let [wide, cutpoints] = shape::broadcast("OrderedLogistic", [predictor, cutpoints]);
        Self { predictor: wide.narrow(D - 1, 0, 1), cutpoints }
    }

    /// The logarithms of the probabilities, `[batch, …, classes]`.
    ///
    /// ln(σ(b) − σ(a)) = ln σ(b) + ln σ(−a) + ln(1 − e^(a − b)): the digits of classes far out, and of narrow ones, stay.
    pub fn log_probs(&self) -> Tensor<D> {
        let cuts = self.cutpoints.dims()[D - 1];
        let above = self.cutpoints.clone() - self.predictor.clone();
        let log_below = -math::softplus(-above.clone());
        let log_beyond = -math::softplus(above);
        let (first, last) =
            (log_below.clone().narrow(D - 1, 0, 1), log_beyond.clone().narrow(D - 1, cuts - 1, 1));
        if cuts == 1 {
            return Tensor::cat(vec![first, last], D - 1);
        }
        let inner = log_below.narrow(D - 1, 1, cuts - 1)
            + log_beyond.narrow(D - 1, 0, cuts - 1)
            + (-math::exp_minus_one(-self.gaps())).log();
        Tensor::cat(vec![first, inner, last], D - 1)
    }

    /// The same law over classes.
    pub fn categorical(&self) -> Categorical<D> {
        Categorical::new(self.log_probs())
    }

    /// The number of classes.
    pub fn classes(&self) -> usize {
        self.cutpoints.dims()[D - 1] + 1
    }

    /// How far neighbouring cutpoints are apart.
    fn gaps(&self) -> Tensor<D> {
        let gaps = self.cutpoints.dims()[D - 1] - 1;
        self.cutpoints.clone().narrow(D - 1, 1, gaps) - self.cutpoints.clone().narrow(D - 1, 0, gaps)
    }

    /// The same distribution, its numbers checked.
    ///
    /// # Errors
    /// The first number that is not finite, or the first cutpoint that is not above the one before.
    pub fn checked(self) -> Result<Self, ParamError> {
        error::require("OrderedLogistic", "predictor", "finite", &self.predictor, f64::is_finite)?;
        error::require("OrderedLogistic", "cutpoints", "finite", &self.cutpoints, f64::is_finite)?;
        if self.classes() > 2 {
            let requirement = "positive, as cutpoints increase";
            error::require(
                "OrderedLogistic",
                "the gap between cutpoints",
                requirement,
                &self.gaps(),
                |gap| gap > 0.0,
            )?;
        }
        Ok(self)
    }
}

impl<const D: usize> Distribution<D> for OrderedLogistic<D> {
    fn dims(&self) -> [usize; D] {
        self.predictor.dims()
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<D> {
        self.categorical().sample(rng)
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        shape::sum_event(self.log_prob_each(x))
    }
}

impl<const D: usize> Factorized<D> for OrderedLogistic<D> {
    /// −∞ where x is no class number.
    fn log_prob_each(&self, x: Tensor<D>) -> Tensor<D> {
        shape::check_value("OrderedLogistic::log_prob", self.dims(), x.dims());
        self.categorical().log_prob_each(x)
    }
}

impl<const D: usize> Enumerable<D> for OrderedLogistic<D> {
    fn support(&self) -> Tensor<D> {
        self.categorical().support()
    }
}

impl<const D: usize> Mode<D> for OrderedLogistic<D> {
    fn mode(&self) -> Tensor<D> {
        self.categorical().mode()
    }
}

impl<const D: usize> Entropy for OrderedLogistic<D> {
    /// −Σ p log p: terms ≥ 0.
    fn entropy(&self) -> Tensor<1> {
        self.categorical().entropy()
    }
}
