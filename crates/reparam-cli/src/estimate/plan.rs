//! Which estimator carries the gradient of each variable.
//!
//! Variables with the same estimator are one distribution; the expectation over one group is nested in that over the
//! others: E_z\[E_w\[f(z, w)\]\], and the inner surrogate is the f of the outer.

use std::cell::RefCell;

use burn::tensor::Tensor;
use reparam::{Params, Rng};

use super::integrand::Integrand;
use super::joint::Joint;
use super::method::{Method, Weakness};
use super::runner::{Inner, Runner};
use super::site::Site;

/// An estimator for every variable.
pub struct Plan {
    groups: Vec<Group>,
    /// The number of variables.
    sites: usize,
    /// Whether it has yet to learn from draws.
    has_to_learn: bool,
    /// What may make it the worst of all.
    weakness: Weakness,
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
            match groups.iter_mut().find(|group| group.method.is(method)) {
                Some(group) if !method.alone => group.places.push(place),
                _ => groups.push(Group { method, places: vec![place], runner: RefCell::new(method.start()) }),
            }
        }
        // Within all others every variable is known, and so are the terms.
        groups.sort_by_key(|group| group.method.by_terms);
        let has_to_learn = methods.iter().any(|method| method.learns);
        Self { groups, sites: methods.len(), has_to_learn, weakness: methods[0].weakness }
    }

    /// The same, which is there for the sake of this method.
    pub fn led_by(self, method: &Method) -> Self {
        Self { weakness: method.weakness, ..self }
    }

    /// What may make it the worst of all.
    pub fn weakness(&self) -> Weakness {
        self.weakness
    }

    /// The same, before it has learned anything.
    pub fn fresh(&self) -> Self {
        let mut methods = vec![self.groups[0].method; self.sites];
        for group in &self.groups {
            group.places.iter().for_each(|place| methods[*place] = group.method);
        }
        Self { weakness: self.weakness, ..Self::new(&methods) }
    }

    /// Draws in one repetition.
    pub fn particles(&self) -> usize {
        self.groups.iter().map(|group| group.method.particles).product()
    }

    /// Whether the gradient is that of another function.
    pub fn is_biased(&self) -> bool {
        self.groups.iter().any(|group| group.method.biased)
    }

    /// Where every gradient goes through its draw: how many draws a repetition has, one or so many Sobol points.
    pub fn points(&self) -> Option<usize> {
        let [group] = &self.groups[..] else { return None };
        group.method.streams.then_some(group.method.particles)
    }

    /// The groups from the outermost on: the method, its variables by their places, and how many draws of them a repetition
    /// has.
    pub fn groups(&self) -> impl Iterator<Item = (&'static Method, &[usize], usize)> {
        let mut draws = 1;
        self.groups.iter().map(move |group| {
            draws *= group.method.particles;
            (group.method, group.places.as_slice(), draws)
        })
    }

    /// Whether there is no noise: everything is summed.
    pub fn is_exact(&self) -> bool {
        self.groups.iter().all(|group| group.method.sums)
    }

    /// Whether it has yet to learn from draws before it is measured.
    pub fn has_to_learn(&self) -> bool {
        self.has_to_learn
    }

    /// Remembers that it has.
    pub fn has_learned(&mut self) {
        self.has_to_learn = false;
    }

    /// A surrogate of the expectation, a number for each row of `joint`.
    pub fn surrogate(&self, joint: &Joint, integrand: &Integrand<'_>, rng: &mut Rng) -> Tensor<1> {
        self.nested(0, joint, &vec![None; self.sites], integrand, rng)
    }

    /// The expectation over the groups from `depth` on, where the draws of those before it are known.
    fn nested(
        &self,
        depth: usize,
        joint: &Joint,
        drawn: &[Option<Tensor<2>>],
        integrand: &Integrand<'_>,
        rng: &mut Rng,
    ) -> Tensor<1> {
        let Some(group) = self.groups.get(depth) else { return integrand.at(side_by_side(drawn)) };
        let own = joint.some(&group.places);
        let rest = Rest { plan: self, depth, joint, own: &own, drawn, integrand, rng: fork(rng) };
        group.runner.borrow_mut().expectation(&own, &rest, &mut fork(rng))
    }
}

/// The expression as a function of the variables of one group: an expectation over the groups within it.
struct Rest<'a> {
    plan: &'a Plan,
    /// The place of the group.
    depth: usize,
    /// All variables, and those of the group.
    joint: &'a Joint,
    own: &'a Joint,
    /// Draws of the variables of the groups around it.
    drawn: &'a [Option<Tensor<2>>],
    integrand: &'a Integrand<'a>,
    /// Each call has the same random numbers, so that an estimator that compares several draws compares them at the same
    /// draws of the others.
    rng: Rng,
}

impl Rest<'_> {
    fn places(&self) -> &[usize] {
        &self.plan.groups[self.depth].places
    }

    /// How often the rows are repeated in these draws of the group, and all draws that are known with them.
    fn with(&self, z: &Tensor<2>) -> (usize, Vec<Option<Tensor<2>>>) {
        let times = z.dims()[0] / self.joint.rows();
        let known = self.drawn.iter().map(|part| part.clone().map(|z| reparam::shape::tile(z, times)));
        let mut drawn: Vec<Option<Tensor<2>>> = known.collect();
        for (place, z) in self.places().iter().zip(self.own.split(z)) {
            drawn[*place] = Some(z);
        }
        (times, drawn)
    }
}

impl Inner for Rest<'_> {
    fn at(&self, z: Tensor<2>) -> Tensor<1> {
        let (times, drawn) = self.with(&z);
        let joint = self.joint.repeated(times);
        self.plan.nested(self.depth + 1, &joint, &drawn, self.integrand, &mut self.rng.clone())
    }

    fn by_factor(&self, z: Tensor<2>) -> (Tensor<1>, Tensor<2>) {
        let (_, drawn) = self.with(&z);
        let (value, shares) = self.integrand.by_factor(side_by_side(&drawn));
        let shares: Vec<Tensor<2>> = self.joint.columns(&shares, Site::factors).collect();
        (value, Tensor::cat(self.places().iter().map(|place| shares[*place].clone()).collect(), 1))
    }
}

/// The draws of all variables.
fn side_by_side(drawn: &[Option<Tensor<2>>]) -> Tensor<2> {
    let parts = drawn.iter().map(|part| part.clone().expect("every variable is in a group"));
    Tensor::cat(parts.collect(), 1)
}

/// A stream of its own, and another one the next time.
fn fork(rng: &mut Rng) -> Rng {
    let own = rng.split(rng.counter());
    rng.take(1);
    own
}
