//! A divergence is zero at equality, positive elsewhere, and the mean of log q − log p.

use crate::{Distribution, Kl, Params, noise::Rng};

use super::{
    Case, DRAWS, SEED,
    draws::element,
    rates,
    slope::{assert_close, assert_gradient, weighted},
    values,
};

impl<Q: Kl<Q> + Distribution<D>, const D: usize> Case<Q, D> {
    /// Exactly 0 for equal parameters, in single and in double precision.
    pub fn divergence_vanishes_at_equality(&self) {
        for q in [self.distribution(), self.at_single(&self.params)] {
            let kl = values(q.kl(&q));
            assert!(kl.iter().all(|&kl| kl == 0.0), "{}: KL(q ‖ q) = {kl:?}", self.name);
        }
    }

    /// Never negative, in single and in double precision, where one parameter differs by 1e-1 to 1e-7 of itself; and
    /// in double precision it falls as the square of the difference, unless one of the laws has a part where the other has
    /// none, as ends that move leave it.
    pub fn divergence_near_equality(&self) {
        let (q, single) = (self.distribution(), self.at_single(&self.params));
        for i in 0..self.params.len() {
            let moved = |step: f64| {
                let mut params = self.params.clone();
                params[i] += step * if params[i] == 0.0 { 1.0 } else { params[i] };
                params
            };
            for sign in [1.0, -1.0] {
                let kl: Vec<f64> = (1..=7)
                    .map(|digits| {
                        let params = moved(sign * 10f64.powi(-digits));
                        for kl in
                            [values(q.kl(&self.at(&params))), values(single.kl(&self.at_single(&params)))]
                        {
                            assert!(
                                kl.iter().all(|&kl| kl >= 0.0),
                                "{}: KL(q ‖ p) = {kl:?} where parameter {i} of p differs by {sign}e-{digits}",
                                self.name
                            );
                        }
                        values(q.kl(&self.at(&params))).iter().sum()
                    })
                    .collect();
                // Below a step of 1e-4 the third-order term no longer shows.
                let square = !self.moves_edge();
                for (digits, pair) in (4..).zip(kl[3..].windows(2)).take_while(|_| square) {
                    let expected = pair[0] / 100.0;
                    assert!(
                        (pair[1] - expected).abs() <= 0.02 * expected,
                        "{}: KL(q ‖ p) falls from {:e} to {:e} where parameter {i} of p comes from 1e-{digits} to a \
                         tenth of it; expected a hundredth",
                        self.name,
                        pair[0],
                        pair[1]
                    );
                }
            }
        }
    }

    /// Whether a parameter moves an end of the support at which the density does not vanish.
    fn moves_edge(&self) -> bool {
        let params = super::tensor(&self.params, [self.params.len()]).require_grad();
        self.of(params).moving_edge().is_some()
    }

    /// All laws of [`Kl`] from a distribution to its own kind.
    pub fn kl_laws(&self) -> Option<&'static str> {
        self.divergence_vanishes_at_equality();
        self.divergence_near_equality();
        Some("Kl")
    }
}

impl<Q: Distribution<D> + Params, const D: usize> Case<Q, D> {
    /// KL(self ‖ p) is the mean of log q(z) − log p(z) over draws z of q, and its gradient in the parameters of both
    /// that of its differences.
    ///
    /// Both cases have one batch.
    pub fn divergence_is_mean_of_draws<P: Distribution<D> + Params>(&self, p: &Case<P, D>)
    where
        Q: Kl<P>,
    {
        let (q, other) = (self.distribution(), p.distribution());
        let kl = values(q.kl(&other));
        let rows = q.dims()[0];
        let (many, others) = (q.repeated(DRAWS), other.repeated(DRAWS));
        let z = many.sample(&mut Rng::new(SEED));
        let ratios = values(many.log_prob(z.clone()) - others.log_prob(z));
        for (i, &kl) in kl.iter().enumerate() {
            let law = format!("KL to {}, row {i}", p.name);
            self.assert_mean(&law, &element(&ratios, rows, i), kl, rates().split(rows));
        }

        let both = [self.params.clone(), p.params.clone()].concat();
        let split = self.params.len();
        assert_gradient(&self.name, "KL", &both, |params| {
            let q = self.of(params.clone().narrow(0, 0, split));
            weighted(q.kl(&p.of(params.narrow(0, split, p.params.len()))))
        });
    }

    /// KL(self ‖ p) is ∫ q (log q − log p) over the support of self.
    pub fn divergence_is_integral<P: Distribution<D>>(&self, p: &Case<P, D>)
    where
        Q: Kl<P>,
    {
        let other = p.distribution();
        let integral =
            self.integral_with(|log_q, x| log_q - values(other.log_prob(super::tensor(&[x], [1; D])))[0]);
        let law = format!("KL to {}", p.name);
        let kl = values(self.distribution().kl(&other));
        assert_close(&self.name, &law, &kl, &[integral.value], 1e-8 + integral.error);
    }
}
