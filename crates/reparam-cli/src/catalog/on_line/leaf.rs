//! A law of the kernels.

use reparam_kernels::Element;
use reparam_kernels::catalog::Univariate;
use reparam_kernels::law::{Coordinate, Decay, Domain, Fault, Level, Support};

use super::OnLine;

/// A law of the kernels.
#[derive(Clone, Copy, Debug)]
pub struct Leaf(pub &'static Univariate);

/// Log-odds of the levels that are its landmarks.
const LANDMARKS: [f64; 9] = [-36.0, -18.0, -8.0, -3.0, 0.0, 3.0, 8.0, 18.0, 36.0];

/// What is wrong with the parameters of a law, and which of them is.
pub fn fault(law: &Univariate, theta: &[f64]) -> Option<(String, Option<usize>)> {
    (law.check)(theta).err().map(|fault| match fault {
        Fault::Domain { index, parameter, value } => {
            let requirement = parameter.domain.requirement();
            (format!("{}: {} must be {requirement}, got {value}", law.name, parameter.name), Some(index))
        }
        Fault::Conflict { requirement } => (format!("{}: {requirement}", law.name), None),
    })
}

impl OnLine for Leaf {
    fn domains(&self) -> Vec<Domain> {
        self.0.parameters.iter().map(|own| own.domain).collect()
    }
    fn edges(&self, theta: &[f64]) -> Vec<bool> {
        (self.0.moving_edges)(theta)
    }
    fn check(&self, theta: &[f64]) -> Result<(), String> {
        fault(self.0, theta).map_or(Ok(()), |(message, _)| Err(message))
    }
    fn support(&self, theta: &[f64]) -> Support {
        (self.0.support)(theta)
    }
    fn log_prob(&self, x: f64, theta: &[f64]) -> f64 {
        (self.0.log_prob)(x, theta)
    }
    fn slopes(&self, x: f64, theta: &[f64]) -> Vec<f64> {
        (self.0.log_prob_slopes)(x, theta)
    }
    fn tails(&self, x: f64, theta: &[f64]) -> Option<[f64; 2]> {
        Some([self.0.cdf?(x, theta), self.0.sf?(x, theta)])
    }
    fn log_tails(&self, x: f64, theta: &[f64]) -> Option<[f64; 2]> {
        Some([self.0.log_cdf?(x, theta), self.0.log_sf?(x, theta)])
    }
    fn quantile(&self, level: Level<f64>, theta: &[f64]) -> Option<f64> {
        Some(self.0.quantile?(level, theta))
    }
    fn draw(&self, bits: &mut Element, theta: &[f64]) -> f64 {
        let sampler = self.0.sampler.expect("every law has draws");
        sampler.coordinate.inward(sampler.coordinate.value((sampler.draw)(bits, theta)))
    }
    fn path(&self, x: f64, theta: &[f64]) -> Option<Vec<f64>> {
        let coordinate = self.coordinate();
        let t = coordinate.of(x);
        let scale = coordinate.slope(t);
        Some(self.0.slopes?(t, theta).into_iter().map(|slope| super::flow(scale, slope)).collect())
    }
    fn ends(&self, theta: &[f64]) -> Option<[Decay; 2]> {
        Some(self.0.ends?(theta))
    }
    fn moments(&self, theta: &[f64]) -> Option<[f64; 2]> {
        Some([self.0.mean?(theta), self.0.variance?(theta)])
    }
    fn modes(&self, theta: &[f64]) -> Vec<f64> {
        self.0.mode.map(|mode| mode(theta)).into_iter().collect()
    }
    fn landmarks(&self, theta: &[f64]) -> Vec<f64> {
        let quantiles = LANDMARKS.iter().filter_map(|t| self.quantile(Level::logit(*t), theta));
        quantiles.chain(self.modes(theta)).collect()
    }
    fn coordinate(&self) -> Coordinate {
        self.0.sampler.map_or(Coordinate::Itself, |sampler| sampler.coordinate)
    }
    fn log_prob_at(&self, t: f64, theta: &[f64]) -> f64 {
        match self.0.sampler {
            Some(sampler) => (sampler.log_prob_at)(t, theta),
            None => self.log_prob(t, theta),
        }
    }
}
