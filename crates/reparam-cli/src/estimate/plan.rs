//! Which estimator carries the gradient of each variable.
//!
//! Variables with the same estimator are one distribution; the expectation over one group is nested in that over the
//! others: E_z\[E_w\[f(z, w)\]\], and the inner surrogate is the f of the outer.

use std::cell::RefCell;

use burn::tensor::Tensor;
use reparam::{Distribution, Estimator, Params, Rng};

use super::joint::Joint;
use super::method::Method;
use super::runner::Runner;
use super::site::Site;

/// An estimator for every variable.
pub struct Plan {
    groups: Vec<Group>,
    /// The number of variables.
    sites: usize,
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
        Self { groups, sites: methods.len() }
    }

    /// Draws in one repetition.
    pub fn particles(&self) -> usize {
        self.groups.iter().map(|group| group.method.particles).product()
    }

    /// Whether the gradient is that of another function.
    pub fn is_biased(&self) -> bool {
        self.groups.iter().any(|group| group.method.biased)
    }

    /// The expectation over the groups from `depth` on, where the draws of those before it are known.
    fn nested(
        &self,
        depth: usize,
        joint: &Joint,
        drawn: &[Option<Tensor<2>>],
        f: &dyn Fn(&Joint, Tensor<2>) -> Tensor<1>,
        rng: &RefCell<Rng>,
    ) -> Tensor<1> {
        let Some(group) = self.groups.get(depth) else {
            let parts = drawn.iter().map(|part| part.clone().expect("every variable is in a group"));
            return f(joint, Tensor::cat(parts.collect(), 1));
        };
        let own = joint.some(&group.places);
        // A stream of its own, so that the inner groups may draw while this one does.
        let mut stream = fork(&mut rng.borrow_mut());
        group.runner.borrow_mut().expectation(
            &own,
            &|z| {
                let times = z.dims()[0] / joint.rows();
                let joint = joint.repeated(times);
                let mut drawn: Vec<Option<Tensor<2>>> =
                    drawn.iter().map(|part| part.clone().map(|z| reparam::shape::tile(z, times))).collect();
                for (place, z) in group.places.iter().zip(joint.some(&group.places).split(&z)) {
                    drawn[*place] = Some(z);
                }
                self.nested(depth + 1, &joint, &drawn, f, rng)
            },
            &mut stream,
        )
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
        let cell = RefCell::new(rng.clone());
        let surrogate = self.nested(0, q, &vec![None; self.sites], &f, &cell);
        *rng = cell.into_inner();
        surrogate
    }
    fn is_biased(&self) -> bool {
        Self::is_biased(self)
    }
}
