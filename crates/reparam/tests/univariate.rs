//! The univariate distributions: the laws over a table of parameters.

use burn::tensor::Tensor;
use reparam::{
    Gumbel, Laplace, laws,
    prelude::*,
    testing::{Case, Support, parts, tensor, values},
};

macro_rules! cases {
    ($($name:ident: $build:expr, $params:expr, $support:expr, [$($capability:literal)+];)+) => {$(
        #[test]
        fn $name() {
            let case = Case::new(stringify!($name), $params, |params: Tensor<1>| $build(parts(params)));
            let reference = case.distribution();
            let case = case.support($support).cdf(move |_, x| values(reference.cdf(tensor::<2>(&[x], [1, 1])))[0]);
            let found = laws!(case);
            for capability in [$($capability),+] {
                assert!(found.contains(&capability), "{capability} is missing in {found:?}");
            }
        }
    )+};
}

cases! {
    laplace: |[loc, scale]: [Tensor<2>; 2]| Laplace::new(loc, scale), [0.3, 1.2], Support::Interval(-40.0, 40.0),
        ["Reparameterized" "Explicit" "Moments" "Entropy" "Kl"];
    gumbel: |[loc, scale]: [Tensor<2>; 2]| Gumbel::new(loc, scale), [0.3, 1.2], Support::Interval(-8.0, 60.0),
        ["Reparameterized" "Explicit" "Moments" "Entropy"];
}
