//! A few elements of a Dirichlet distribution, by breaking a stick.
//!
//! z₁ = b₁, z₂ = (1 − b₁) b₂, …, with independent b_i ~ Beta(a_i, A − a_1 − … − a_i), A the sum of all concentrations; where all
//! elements are taken the last is what is left of the stick. Source: L. Devroye, Non-Uniform Random Variate Generation
//! (Springer 1986), chapter XI.4.

use std::sync::Arc;

use reparam_kernels::catalog::univariates;
use reparam_lang::Value;

use super::axis::Axis;
use super::drawn::{Drawn, Slope};
use super::source::Source;
use super::{line, most};
use crate::estimate::site::Site;

/// The concentrations of a variable.
pub struct Dirichlet {
    name: String,
    concentration: Vec<f64>,
}

impl Dirichlet {
    /// The law of a variable that is so distributed.
    pub fn new(site: &Site) -> Option<Self> {
        match (site.given().signature.name, site.given().values.as_slice()) {
            ("Dirichlet", [Value::Vector(concentration)]) => {
                Some(Self { name: site.name.clone(), concentration: concentration.clone() })
            }
            _ => None,
        }
    }
}

impl Source for Dirichlet {
    fn drawn(&self, site: usize, elements: &[usize]) -> Result<Drawn, String> {
        let is_whole = elements.len() == self.concentration.len();
        let sticks = elements.len() - usize::from(is_whole);
        most(sticks)?;
        let law = univariates("Beta").next().ok_or("there is no Beta")?;
        let (mut numbers, mut slopes) = (Vec::new(), Vec::new());
        for (stick, element) in elements[..sticks].iter().enumerate() {
            let broken = &elements[..=stick];
            let others = self.concentration.iter().enumerate().filter(|(other, _)| !broken.contains(other));
            let theta = [self.concentration[*element], others.map(|(_, a)| a).sum()];
            let name = format!("{}[{element}]", self.name);
            let parts = line::parts(&name, law, &theta, &[Some(0), Some(1)])?;
            numbers.push(Arc::new(Axis { name, edges: vec![false; 2], parts }));
            // The second number of the law is the sum of all, without those that are broken off.
            let rest = broken.iter().map(|broken| ([site, 0, *broken], -1.0));
            slopes.push(Slope { moves: vec![(stick, 0)], edge: None, to: vec![([site, 0, *element], 1.0)] });
            slopes.push(Slope {
                moves: vec![(stick, 1)],
                edge: None,
                to: rest.chain([([site, 1, 0], 1.0)]).collect(),
            });
        }
        let elements = Box::new(|from: &[f64], to: &mut [f64]| {
            let mut left = 1.0;
            for (b, to) in from.iter().zip(&mut *to) {
                *to = left * b;
                left *= 1.0 - b;
            }
            // Only where all elements are taken.
            to[from.len()..].fill(left);
        });
        Ok(Drawn { numbers, elements, length: sticks + usize::from(is_whole), slopes })
    }

    /// Each concentration, and the sum of all.
    fn lengths(&self) -> Vec<usize> {
        vec![self.concentration.len(), 1]
    }

    fn in_parameters(&self, counted: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
        vec![counted[0].iter().map(|slope| slope + counted[1][0]).collect()]
    }
}
