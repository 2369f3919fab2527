//! What a plan costs, counted: the same on every machine and for any number of threads.
//!
//! The unit is one number through one operation on a column of draws, about half a nanosecond. What a draw costs follows from
//! how its law makes them.

use reparam_kernels::law::Bulk;

use super::integrand::Integrand;
use super::plan::Plan;
use super::site::Site;
use super::stream::streams;
use crate::catalog::{Capabilities, Path};

/// Sweeps over the columns of a program that value and slopes take together.
const SWEEPS: f64 = 3.0;
/// What a number costs that goes through tensors, forth and back.
const TENSORS: f64 = 150.0;
/// What a Sobol point costs beside its draw.
const POINT: f64 = 8.0;
/// What a draw costs: as a vector of noise, as a function of noise, as a function of a level with its slopes, and otherwise.
const VECTOR: f64 = 2.0;
const EXPLICIT: f64 = 20.0;
const IMPLICIT: f64 = 120.0;
const OTHER: f64 = 60.0;

impl Site {
    /// What a draw of it costs.
    fn work(&self) -> f64 {
        let each = match self.line() {
            Some(laws) => {
                let law = laws[0].0;
                let is_vector =
                    law.paths.is_some_and(|own| matches!(own.family, Some(Bulk::LocationScale(_))));
                match Capabilities::from(law).path {
                    _ if is_vector => VECTOR,
                    Path::Explicit => EXPLICIT,
                    Path::Implicit => IMPLICIT,
                    Path::None => OTHER,
                }
            }
            None => OTHER,
        };
        each * self.width() as f64
    }
}

impl Plan {
    /// What a repetition costs that evaluates the expression so often.
    pub fn work(&self, sites: &[impl AsRef<Site>], integrand: &Integrand<'_>, evaluations: f64) -> f64 {
        let columns = integrand.program().columns() as f64;
        let sites: Vec<&Site> = sites.iter().map(AsRef::as_ref).collect();
        let mut work = SWEEPS * columns * evaluations;
        let mut numbers = 0.0;
        for (_, places, draws) in self.groups() {
            for place in places {
                work += draws as f64 * sites[*place].work();
                numbers += (draws * sites[*place].width()) as f64;
            }
        }
        match self.points() {
            Some(points) if streams(&sites, points) => work + if points > 1 { POINT * numbers } else { 0.0 },
            _ => work + TENSORS * (numbers + evaluations),
        }
    }

    /// How often a repetition evaluates the expression, as far as the methods say.
    pub fn evaluations(&self, sites: &[impl AsRef<Site>]) -> f64 {
        let of_group = |(method, places, _): (&'static super::Method, &[usize], usize)| {
            let of = |place: &usize| (method.evaluations)(sites[*place].as_ref(), method.particles) as f64;
            places.iter().map(of).fold(1.0, f64::max)
        };
        self.groups().map(of_group).product()
    }
}
