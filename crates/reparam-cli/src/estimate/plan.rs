//! Which estimator carries the gradient of each variable.
//!
//! Variables with the same estimator are one distribution; the expectation over one group is nested in that over the
//! others: E_z\[E_w\[f(z, w)\]\], and the inner surrogate is the f of the outer.

use std::cell::RefCell;

use burn::tensor::Tensor;
use reparam::{Estimator, Params, Rng};

use super::joint::Joint;
use super::method::Method;
use super::runner::Runner;

/// An estimator for every variable.
pub struct Plan {
    groups: Vec<Group>,
    /// The number of variables.
    sites: usize,
    /// Whether it has yet to learn from draws.
    has_to_learn: bool,
}

/// The variables of one estimator.
struct Group {
    method: &'static Method,
    places: Vec<usize>,
    runner: RefCell<Runner>,
}

impl Plan {
    /// These methods, one for each variable.
    pub fn new(methods: &[&'static Method]) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for (place, method) in methods.iter().enumerate() {
            match groups.iter_mut().find(|group| group.method.name == method.name) {
                Some(group) if !method.alone => group.places.push(place),
                _ => groups.push(Group { method, places: vec![place], runner: RefCell::new(method.start()) }),
            }
        }
        let has_to_learn = methods.iter().any(|method| method.learns);
        Self { groups, sites: methods.len(), has_to_learn }
    }

    /// The same, before it has learned anything.
    pub fn fresh(&self) -> Self {
        let mut methods = vec![self.groups[0].method; self.sites];
        for group in &self.groups {
            group.places.iter().for_each(|place| methods[*place] = group.method);
        }
        Self::new(&methods)
    }

    /// Draws in one repetition.
    pub fn particles(&self) -> usize {
        self.groups.iter().map(|group| group.method.particles).product()
    }

    /// Whether the gradient is that of another function.
    pub fn is_biased(&self) -> bool {
        self.groups.iter().any(|group| group.method.biased)
    }

    /// Whether every gradient goes through its draw and nothing else is done.
    pub fn is_pathwise(&self) -> bool {
        self.groups.iter().all(|group| group.method.name == "pathwise")
    }

    /// Whether there is no noise: everything is summed.
    pub fn is_exact(&self) -> bool {
        self.groups.iter().all(|group| group.method.name == "enumerate")
    }

    /// Whether it has yet to learn from draws before it is measured.
    pub fn has_to_learn(&self) -> bool {
        self.has_to_learn
    }

    /// Remembers that it has.
    pub fn has_learned(&mut self) {
        self.has_to_learn = false;
    }

    /// The expectation over the groups from `depth` on, where the draws of those before it are known.
    ///
    /// Each call of the inner expectation has the same random numbers, so that an outer estimator that compares several
    /// draws compares them at the same draws of the others.
    fn nested(
        &self,
        depth: usize,
        joint: &Joint,
        drawn: &[Option<Tensor<2>>],
        f: &dyn Fn(&Joint, Tensor<2>) -> Tensor<1>,
        rng: &mut Rng,
    ) -> Tensor<1> {
        let Some(group) = self.groups.get(depth) else {
            let parts = drawn.iter().map(|part| part.clone().expect("every variable is in a group"));
            return f(joint, Tensor::cat(parts.collect(), 1));
        };
        let own = joint.some(&group.places);
        let inner = fork(rng);
        let given_others = |z: Tensor<2>| {
            let times = z.dims()[0] / joint.rows();
            let mut drawn: Vec<Option<Tensor<2>>> =
                drawn.iter().map(|part| part.clone().map(|z| reparam::shape::tile(z, times))).collect();
            for (place, z) in group.places.iter().zip(own.split(&z)) {
                drawn[*place] = Some(z);
            }
            self.nested(depth + 1, &joint.repeated(times), &drawn, f, &mut inner.clone())
        };
        group.runner.borrow_mut().expectation(&own, &given_others, &mut fork(rng))
    }
}

/// A stream of its own, and another one the next time.
fn fork(rng: &mut Rng) -> Rng {
    let own = rng.split(rng.counter());
    rng.take(1);
    own
}

impl Estimator<Joint, 2> for Plan {
    fn expectation(
        &mut self,
        q: &Joint,
        f: impl Fn(&Joint, Tensor<2>) -> Tensor<1>,
        rng: &mut Rng,
    ) -> Tensor<1> {
        self.nested(0, q, &vec![None; self.sites], &f, rng)
    }
    fn is_biased(&self) -> bool {
        Self::is_biased(self)
    }
}
