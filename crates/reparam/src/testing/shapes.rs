//! Axis 0 is the batch, a log-density is one number per row, and batch 1 stands for every row.

use crate::{Distribution, Factorized, Params, Reparameterized, noise::Rng, shape};

use super::{Case, SEED, slope::assert_close, values};

impl<Q: Distribution<D> + Params, const D: usize> Case<Q, D> {
    /// `dims`, `sample` and `log_prob` agree on the shape, for the distribution and for its repeated batch, whose
    /// log-density is that of the original, repeated.
    pub fn shapes_agree(&self) {
        let q = self.distribution();
        let dims = q.dims();
        let x = q.sample(&mut Rng::new(SEED));
        assert_eq!(x.dims(), dims, "{}: shape of a draw", self.name);
        let once = q.log_prob(x.clone());
        assert_eq!(once.dims(), [dims[0]], "{}: shape of the log-density", self.name);

        let mut thrice = dims;
        thrice[0] *= 3;
        let repeated = q.repeated(3);
        assert_eq!(repeated.dims(), thrice, "{}: shape of the repeated distribution", self.name);
        let expected = [(); 3].map(|()| values(once.clone())).concat();
        let got = repeated.log_prob(shape::tile(x.clone(), 3));
        assert_eq!(got.dims(), [thrice[0]], "{}: shape of the log-density", self.name);
        assert_close(&self.name, "log-density of repeated rows", &values(got), &expected, 1e-12);
        if dims[0] == 1 {
            let got = values(q.log_prob(shape::tile(x, 3)));
            assert_close(&self.name, "log-density of batch 1 over three rows", &got, &expected, 1e-12);
        }
    }

    /// A draw, and what is computed from it alone, carries no gradient to the parameters.
    pub fn sample_carries_no_gradient(&self) {
        let params = super::tensor(&self.params, [self.params.len()]).require_grad();
        let x = self.of(params).sample(&mut Rng::new(SEED));
        assert!(!x.is_tracked(), "{}: a draw of `sample` carries a gradient", self.name);
    }
}

impl<Q: Factorized<D> + Params, const D: usize> Case<Q, D> {
    /// The log-densities of the elements sum to that of the event.
    pub fn elements_sum_to_log_prob(&self) {
        let q = self.distribution().repeated(16);
        let x = q.sample(&mut Rng::new(SEED));
        let each = q.log_prob_each(x.clone());
        assert_eq!(each.dims(), q.dims(), "{}: shape of log_prob_each", self.name);
        let (sum, whole) = (values(shape::sum_event(each)), values(q.log_prob(x)));
        assert_close(&self.name, "log_prob_each sums to log_prob", &sum, &whole, 1e-12);
    }

    /// All laws of [`Factorized`].
    pub fn factorized_laws(&self) -> Option<&'static str> {
        self.elements_sum_to_log_prob();
        Some("Factorized")
    }
}

impl<Q: Reparameterized<D> + Params, const D: usize> Case<Q, D> {
    /// `rsample` and `sample` are the same draw from the same generator.
    pub fn draws_agree(&self) {
        let q = self.distribution().repeated(16);
        let draws = [q.sample(&mut Rng::new(SEED)), q.rsample(&mut Rng::new(SEED))].map(values);
        assert_eq!(draws[0], draws[1], "{}: `sample` and `rsample` differ for one generator", self.name);
    }
}
