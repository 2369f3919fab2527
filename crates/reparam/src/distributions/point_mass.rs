//! PointMass(value).

use burn::tensor::Tensor;

use crate::{
    Cdf, Distribution, Entropy, Factorized, Mode, Moments, ParamError, Quantile, Reparameterized, error,
    gradient, noise::Rng, shape,
};

/// Numbers that are always the same, `[batch, event…]`: all mass at `value`.
///
/// `PointMass(value)`: probability 1 at value, 0 elsewhere.
///
/// Path: z = value, without noise. As a member of a family of guides it makes the bound that of a point estimate.
///
/// The log-density is that mass: 0 or −∞, and without slopes. Where the value carries a gradient the support moves, and a
/// score says nothing.
#[derive(Clone, Debug)]
pub struct PointMass<const D: usize> {
    value: Tensor<D>,
}

crate::params!(PointMass<const D> { value });

impl<const D: usize> PointMass<D> {
    /// At `value`.
    pub fn new(value: Tensor<D>) -> Self {
        const { assert!(D >= 1, "a distribution needs a batch axis") }
        Self { value }
    }

    /// Where the mass is.
    pub fn value(&self) -> Tensor<D> {
        self.value.clone()
    }

    /// The same distribution, its value checked.
    ///
    /// # Errors
    /// The first number that is not finite.
    pub fn checked(self) -> Result<Self, ParamError> {
        error::require("PointMass", "value", "finite", &self.value, f64::is_finite)?;
        Ok(self)
    }

    /// 1 where x is at or beyond the value, 0 below it, NaN at NaN.
    fn step(&self, operation: &str, x: Tensor<D>) -> Tensor<D> {
        shape::check_value(&format!("PointMass::{operation}"), self.dims(), x.dims());
        let value = gradient::stop(shape::at_batch(self.value(), x.dims()));
        let x = gradient::stop(x);
        let is_nan = x.clone().is_nan();
        x.zeros_like().mask_fill(x.greater_equal(value), 1.0).mask_fill(is_nan, f64::NAN)
    }
}

impl<const D: usize> Distribution<D> for PointMass<D> {
    fn dims(&self) -> [usize; D] {
        self.value.dims()
    }
    fn sample(&self, _rng: &mut Rng) -> Tensor<D> {
        gradient::stop(self.value())
    }
    fn log_prob(&self, x: Tensor<D>) -> Tensor<1> {
        shape::sum_event(self.log_prob_each(x))
    }
    fn moving_edge(&self) -> Option<&'static str> {
        self.value.is_tracked().then_some("value")
    }
    fn ends(&self, _stretched: bool) -> Vec<Tensor<D>> {
        vec![gradient::stop(self.value())]
    }
}

impl<const D: usize> Factorized<D> for PointMass<D> {
    fn log_prob_each(&self, x: Tensor<D>) -> Tensor<D> {
        shape::check_value("PointMass::log_prob", self.dims(), x.dims());
        let value = gradient::stop(shape::at_batch(self.value(), x.dims()));
        let x = gradient::stop(x);
        let is_nan = x.clone().is_nan();
        let elsewhere = x.clone().not_equal(value);
        x.zeros_like().mask_fill(elsewhere, f64::NEG_INFINITY).mask_fill(is_nan, f64::NAN)
    }
}

impl<const D: usize> Reparameterized<D> for PointMass<D> {
    fn rsample(&self, _rng: &mut Rng) -> Tensor<D> {
        self.value()
    }
}

impl<const D: usize> Moments<D> for PointMass<D> {
    fn mean(&self) -> Tensor<D> {
        self.value()
    }
    fn variance(&self) -> Tensor<D> {
        self.value.zeros_like()
    }
}

impl<const D: usize> Mode<D> for PointMass<D> {
    fn mode(&self) -> Tensor<D> {
        self.value()
    }
}

impl<const D: usize> Entropy for PointMass<D> {
    /// 0: nothing is uncertain.
    fn entropy(&self) -> Tensor<1> {
        shape::sum_event(self.value.zeros_like())
    }
}

impl<const D: usize> Cdf<D> for PointMass<D> {
    fn cdf(&self, x: Tensor<D>) -> Tensor<D> {
        self.step("cdf", x)
    }
    fn sf(&self, x: Tensor<D>) -> Tensor<D> {
        -self.step("sf", x) + 1.0
    }
    fn log_cdf(&self, x: Tensor<D>) -> Tensor<D> {
        self.step("log_cdf", x).log()
    }
    fn log_sf(&self, x: Tensor<D>) -> Tensor<D> {
        self.sf(x).log()
    }
}

impl<const D: usize> Quantile<D> for PointMass<D> {
    fn quantile(&self, u: Tensor<D>) -> Tensor<D> {
        shape::check_value("PointMass::quantile", self.dims(), u.dims());
        let no_level = u.clone().greater_equal_elem(0.0).bool_and(u.clone().lower_equal_elem(1.0)).bool_not();
        shape::at_batch(self.value(), u.dims()).mask_fill(no_level, f64::NAN)
    }
    fn upper_quantile(&self, u: Tensor<D>) -> Tensor<D> {
        self.quantile(u)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::tensor::Device;

    #[test]
    fn all_mass_is_at_the_value_and_draws_are_it() {
        let device = Device::flex().autodiff();
        let value = Tensor::<2>::from_data([[1.5, -2.0]], &device).require_grad();
        let q = PointMass::new(value.clone());
        let draw = q.rsample(&mut Rng::new(0));
        let gradients = draw.clone().square().sum().backward();
        assert_eq!(
            value.grad(&gradients).unwrap().into_data().iter::<f64>().collect::<Vec<_>>(),
            [3.0, -4.0]
        );
        let numbers = |x: Tensor<2>| x.into_data().iter::<f64>().collect::<Vec<_>>();
        let x = Tensor::from_data([[1.5, -2.5]], &device);
        assert_eq!(numbers(q.log_prob_each(draw)), [0.0, 0.0]);
        assert_eq!(numbers(q.log_prob_each(x)), [0.0, f64::NEG_INFINITY]);
        let x = Tensor::from_data([[1.0, -2.0]], &device);
        assert_eq!(numbers(q.cdf(x.clone())), [0.0, 1.0]);
        assert_eq!(numbers(q.log_sf(x)), [0.0, f64::NEG_INFINITY]);
        assert_eq!(numbers(q.quantile(Tensor::from_data([[0.3, 2.0]], &device)))[0], 1.5);
        assert_eq!(q.moving_edge(), Some("value"));
    }
}
