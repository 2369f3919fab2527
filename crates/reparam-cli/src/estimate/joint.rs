//! The variables of an expression as one distribution.

use std::rc::Rc;

use burn::tensor::{Device, Tensor};
use reparam::noise::Noise;
use reparam::{Distribution, Explicit, ParamMap, Params, Reparameterized, Rng};

use super::site::Site;
use crate::catalog::{Arguments, DTYPE, Rows};

/// Independent variables with arguments for each row; draws lie side by side, `[rows, width]`.
#[derive(Clone)]
pub struct Joint {
    parts: Vec<(Rc<Site>, Arguments)>,
}

impl Joint {
    /// These variables, in a batch of one.
    pub fn new(sites: &[Rc<Site>], device: &Device) -> Self {
        let part = |site: &Rc<Site>| (Rc::clone(site), site.arguments(device.clone()));
        Self { parts: sites.iter().map(part).collect() }
    }

    /// The same with another number for an argument, of its first element where it is a vector.
    pub fn moved(&self, site: usize, argument: usize, value: f64) -> Self {
        let mut parts = self.parts.clone();
        parts[site].1 = parts[site].0.moved(self.device(), argument, value);
        Self { parts }
    }

    /// Some of the variables, by their places.
    pub fn some(&self, places: &[usize]) -> Self {
        Self { parts: places.iter().map(|place| self.parts[*place].clone()).collect() }
    }

    /// The variables.
    pub fn sites(&self) -> Vec<Rc<Site>> {
        self.parts.iter().map(|(site, _)| Rc::clone(site)).collect()
    }

    /// The variables and their arguments.
    pub fn parts(&self) -> impl Iterator<Item = (&Site, &Arguments)> {
        self.parts.iter().map(|(site, arguments)| (site.as_ref(), arguments))
    }

    /// Where the arguments are.
    pub fn device(&self) -> Device {
        self.parts[0].1.device().clone()
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.parts.first().map_or(1, |(_, arguments)| arguments.rows())
    }

    /// Each variable on tensors.
    fn laws(&self) -> impl Iterator<Item = Box<dyn Rows>> {
        self.parts.iter().map(|(site, arguments)| {
            let law = site.law(0).rows(arguments, arguments.rows());
            law.unwrap_or_else(|fault| panic!("{}: {fault}", site.name))
        })
    }

    /// The variables' draws side by side.
    fn joined(&self, draw: impl FnMut(Box<dyn Rows>) -> Tensor<2>) -> Tensor<2> {
        Tensor::cat(self.laws().map(draw).collect(), 1)
    }

    /// The part of each variable in draws that lie side by side.
    pub fn split<'a>(&'a self, z: &'a Tensor<2>) -> impl Iterator<Item = Tensor<2>> + 'a {
        self.columns(z, Site::width)
    }

    /// The columns of each variable, where it has so many.
    pub fn columns<'a>(
        &'a self,
        of: &'a Tensor<2>,
        width: fn(&Site) -> usize,
    ) -> impl Iterator<Item = Tensor<2>> + 'a {
        let mut start = 0;
        self.parts.iter().map(move |(site, _)| {
            let first = start;
            start += width(site);
            of.clone().slice_dim(1, first..start)
        })
    }

    /// The logarithm of each factor of the density, `[rows, factors]`.
    pub fn log_prob_each(&self, z: &Tensor<2>) -> Tensor<2> {
        Tensor::cat(self.laws().zip(self.split(z)).map(|(law, z)| law.log_prob_each(z)).collect(), 1)
    }
}

impl Params for Joint {
    fn map(&self, f: &impl ParamMap) -> Self {
        let part = |(site, arguments): &(Rc<Site>, Arguments)| (Rc::clone(site), arguments.map(f));
        Self { parts: self.parts.iter().map(part).collect() }
    }
}

impl Distribution<2> for Joint {
    fn dims(&self) -> [usize; 2] {
        [self.rows(), self.parts.iter().map(|(site, _)| site.width()).sum()]
    }
    fn sample(&self, rng: &mut Rng) -> Tensor<2> {
        self.joined(|law| law.sample(rng))
    }
    fn log_prob(&self, z: Tensor<2>) -> Tensor<1> {
        let each = self.laws().zip(self.split(&z)).map(|(law, z)| law.log_prob(z));
        each.reduce(|sum, next| sum + next).expect("there is a variable")
    }
    fn moving_edge(&self) -> Option<&'static str> {
        self.laws().find_map(|law| law.moving_edge())
    }
}

/// What is said where a plan asks for more than a variable can do.
const NO_PATH: &str = "the plan gives paths to variables that have one";

impl Reparameterized<2> for Joint {
    fn rsample(&self, rng: &mut Rng) -> Tensor<2> {
        self.joined(|law| law.rsample(rng).expect(NO_PATH))
    }
}

impl Explicit<2> for Joint {
    /// That of the log-odds of the level of each element.
    fn noise_law(&self) -> Noise {
        Noise::Logistic
    }
    fn noise_like(&self) -> Tensor<2> {
        Tensor::zeros(self.dims(), (&self.device(), DTYPE))
    }
    fn path(&self, noise: Tensor<2>) -> Tensor<2> {
        let levels: Vec<Tensor<2>> = self.split(&noise).collect();
        let mut levels = levels.into_iter();
        self.joined(|law| law.at_levels(levels.next().expect("one for each variable")).expect(NO_PATH))
    }
}
