//! What the elements of a variable are drawn from.

use std::sync::Arc;

use reparam_kernels::catalog::Univariate;

use super::axis::Axis;
use super::dirichlet::Dirichlet;
use super::drawn::{Drawn, Slope};
use super::line;
use super::mixture;
use super::normal::Normal;
use crate::estimate::integrand::element_names;
use crate::estimate::site::{Site, through_draws};

/// The law of a variable, of which a term of a sum takes some elements.
pub trait Source: Send + Sync {
    /// These elements, as functions of independent numbers; slopes count at places of the variable `site`.
    ///
    /// # Errors
    /// Why there is no integral over them.
    fn drawn(&self, site: usize, elements: &[usize]) -> Result<Drawn, String>;

    /// How many numbers there are of each kind that slopes count at.
    fn lengths(&self) -> Vec<usize>;

    /// The slopes in the parameters, from those that were counted.
    fn in_parameters(&self, counted: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
        counted
    }
}

/// The source of a variable, for an expression that sees, or does not see, where its turn ends.
pub fn source(site: &Site, sees_ends: bool) -> Box<dyn Source> {
    let lengths = || site.parameters().iter().map(|parameter| parameter.length.unwrap_or(1)).collect();
    if let Some(normal) = Normal::new(site) {
        return Box::new(normal);
    }
    if let Some(dirichlet) = Dirichlet::new(site) {
        return Box::new(dirichlet);
    }
    let elements = match (site.line(), site.mixture()) {
        (Some(laws), _) => on_the_line(site, &laws, sees_ends),
        (None, Some(mixture)) => vec![mixture::axis(site, mixture, sees_ends)],
        (None, None) => {
            return Box::new(Listed { axis: line::of_values(site).map(Arc::new), lengths: lengths() });
        }
    };
    Box::new(Alone { elements, lengths: lengths() })
}

/// An axis, and parameter and element of it for each number that its law depends on.
pub type Placed = (Arc<Axis>, Vec<[usize; 2]>);

fn on_the_line(
    site: &Site,
    laws: &[(&'static Univariate, &[f64])],
    sees_ends: bool,
) -> Vec<Result<Placed, String>> {
    let parameters = site.parameters();
    let places: Vec<Option<usize>> = parameters.iter().map(|own| Some(own.place)).collect();
    let of_element = |(element, (name, (law, theta))): (usize, (String, &(&'static Univariate, &[f64])))| {
        let moving = through_draws(law, theta, sees_ends);
        let edges = parameters.iter().map(|own| moving[own.place]).collect();
        let parts = line::parts(&name, law, theta, &places)?;
        let to = parameters
            .iter()
            .enumerate()
            .map(|(own, parameter)| [own, parameter.length.map_or(0, |_| element)]);
        Ok((Arc::new(Axis { name, edges, parts }), to.collect()))
    };
    element_names(site).into_iter().zip(laws).enumerate().map(of_element).collect()
}

/// Elements that are independent of each other.
struct Alone {
    elements: Vec<Result<Placed, String>>,
    lengths: Vec<usize>,
}

impl Source for Alone {
    fn drawn(&self, site: usize, elements: &[usize]) -> Result<Drawn, String> {
        elements.iter().try_fold(Drawn::nothing(), |before, element| {
            let (axis, to) = self.elements[*element].as_ref().map_err(Clone::clone)?;
            let slope = |(of, [parameter, place]): (usize, &[usize; 2])| Slope {
                moves: vec![(0, of)],
                edge: axis.edges[of].then_some(0),
                to: vec![([site, *parameter, *place], 1.0)],
            };
            Ok(before.and(Drawn {
                numbers: vec![axis.clone()],
                elements: Box::new(|from, to| to[0] = from[0]),
                length: 1,
                slopes: to.iter().enumerate().map(slope).collect(),
            }))
        })
    }

    fn lengths(&self) -> Vec<usize> {
        self.lengths.clone()
    }
}

/// One of a list of vectors or classes, which moves with the first parameter.
struct Listed {
    axis: Result<Arc<Axis>, String>,
    lengths: Vec<usize>,
}

impl Source for Listed {
    fn drawn(&self, site: usize, elements: &[usize]) -> Result<Drawn, String> {
        let axis = self.axis.as_ref().map_err(Clone::clone)?;
        let slope = |of| Slope { moves: vec![(0, of)], edge: None, to: vec![([site, 0, of], 1.0)] };
        let taken = elements.to_vec();
        Ok(Drawn {
            numbers: vec![axis.clone()],
            length: taken.len(),
            elements: Box::new(move |from, to| {
                to.iter_mut().zip(&taken).for_each(|(to, element)| *to = from[*element]);
            }),
            slopes: (0..axis.edges.len()).map(slope).collect(),
        })
    }

    fn lengths(&self) -> Vec<usize> {
        self.lengths.clone()
    }
}
