//! The distributions over vectors and matrices, as the library has them.
//!
//! The table says how each is made of what is given; what it can compute is read off its type.

mod bound;
mod declared;
mod divergence;
mod probe;
mod rows;
mod space;

use reparam::{
    Categorical, Dirichlet, DirichletMultinomial, ExpRelaxedOneHotCategorical, InverseWishart, LkjCholesky,
    LogisticNormal, LowRankNormal, MatrixNormal, Multinomial, MultivariateNormal, MultivariateStudentT,
    Normal, OneHotCategorical, OrderedLogistic, ParamError, PowerSpherical, RelaxedOneHotCategorical,
    StraightThroughOneHot, UniformSphere, VonMisesFisher, Wishart,
};

use super::arguments::{self, Arguments};
use super::capabilities::Capabilities;
use super::given::{Fault, Given};
use super::law::Law;
use bound::Bound;
use declared::Declared;
use declared::Shape::{
    Dimension, Factor, Field, Number, Probabilities, Spread, Square, Tall, Triangle, Vector,
};
use declared::Side::{Columns, Rows};
use probe::{Functions, functions};
use space::Space;

pub use divergence::{closed_form, targets};

/// One way to give one distribution.
pub struct Multivariate {
    /// The name that users write.
    pub name: &'static str,
    /// What is to be given, in order.
    pub parameters: &'static [Declared],
    /// What it can compute.
    pub capabilities: Capabilities,
    /// The distribution of these arguments.
    pub make: fn(&Given) -> Result<Box<dyn Law>, Fault>,
}

macro_rules! table {
    ($($name:literal ($($parameter:literal: $shape:expr),*), $law:ty, $d:literal, $space:ident, |$given:ident| $make:expr;)+) => {
        /// Every distribution whose draws are vectors or matrices, or that takes a vector of probabilities.
        pub static MULTIVARIATES: &[Multivariate] = &[$({
            static PARAMETERS: &[Declared] = &[$(Declared { name: $parameter, shape: $shape }),*];
            const FUNCTIONS: Functions<$law, $d> = functions!($law, $d);
            Multivariate {
                name: $name,
                parameters: PARAMETERS,
                capabilities: FUNCTIONS.capabilities(),
                make: |given| Bound::make(given, PARAMETERS, Space::$space, FUNCTIONS, |$given: &Arguments| $make),
            }
        }),+];
    };
}

#[rustfmt::skip]
table! {
    "Categorical"("probs": Probabilities), Categorical<2>, 2, Class,
        |given| Categorical::from_probs(given.vector(0)).checked();
    "Categorical"("logits": Vector(1)), Categorical<2>, 2, Class,
        |given| Categorical::new(given.vector(0)).checked();
    "Dirichlet"("concentration": Vector(2)), Dirichlet, 2, Simplex,
        |given| Dirichlet::new(given.vector(0)).checked();
    "DirichletMultinomial"("total_count": Number, "concentration": Vector(2)), DirichletMultinomial<2>, 2, Counts,
        |given| DirichletMultinomial::new(given.column(0), given.vector(1)).checked();
    "ExpRelaxedOneHotCategorical"("temperature": Number, "logits": Vector(2)), ExpRelaxedOneHotCategorical<2>, 2, LogSimplex,
        |given| ExpRelaxedOneHotCategorical::new(given.column(0), given.vector(1)).checked();
    "InverseWishart"("df": Number, "scale_tril": Triangle), InverseWishart, 3, PositiveDefinite,
        |given| InverseWishart::new(given.scalar(0), given.matrix(1)).checked();
    "LkjCholesky"("dim": Dimension, "concentration": Number), LkjCholesky, 3, CorrelationFactor,
        |given| LkjCholesky::new(given.dimension(0), given.scalar(1)).checked();
    "LogisticNormal"("loc": Vector(1), "scale": Spread), LogisticNormal<Normal<2>>, 2, Simplex,
        |given| Ok(LogisticNormal::new(Normal::new(given.vector(0), given.each(1)).checked()?));
    "LogisticNormal"("loc": Vector(1), "scale_tril": Triangle), LogisticNormal<MultivariateNormal>, 2, Simplex,
        |given| Ok(LogisticNormal::new(MultivariateNormal::new(given.vector(0), given.matrix(1)).checked()?));
    "LowRankNormal"("loc": Vector(1), "factor": Tall, "diagonal": Vector(1)), LowRankNormal, 2, Reals,
        |given| LowRankNormal::new(given.vector(0), given.matrix(1), given.vector(2)).checked();
    "MatrixNormal"("loc": Field, "scale_row": Factor(Rows), "scale_column": Factor(Columns)), MatrixNormal, 3, Reals,
        |given| MatrixNormal::new(given.matrix(0), given.matrix(1), given.matrix(2)).checked();
    "Multinomial"("total_count": Number, "probs": Probabilities), Multinomial<2>, 2, Counts,
        |given| Multinomial::new(given.column(0), given.vector(1).log()).checked();
    "Multinomial"("total_count": Number, "logits": Vector(2)), Multinomial<2>, 2, Counts,
        |given| Multinomial::new(given.column(0), given.vector(1)).checked();
    "MultivariateNormal"("loc": Vector(1), "scale_tril": Triangle), MultivariateNormal, 2, Reals,
        |given| MultivariateNormal::new(given.vector(0), given.matrix(1)).checked();
    "MultivariateNormal"("loc": Vector(1), "covariance_matrix": Square), MultivariateNormal, 2, Reals,
        |given| MultivariateNormal::from_covariance(given.vector(0), given.matrix(1), 0.0).checked();
    "MultivariateNormal"("loc": Vector(1), "precision_matrix": Square), MultivariateNormal, 2, Reals,
        |given| MultivariateNormal::from_precision(given.vector(0), given.matrix(1)).checked();
    "MultivariateStudentT"("df": Number, "loc": Vector(1), "scale_tril": Triangle), MultivariateStudentT, 2, Reals,
        |given| MultivariateStudentT::new(given.scalar(0), given.vector(1), given.matrix(2)).checked();
    "OneHotCategorical"("probs": Probabilities), OneHotCategorical<2>, 2, OneHot,
        |given| OneHotCategorical::from_probs(given.vector(0)).checked();
    "OneHotCategorical"("logits": Vector(2)), OneHotCategorical<2>, 2, OneHot,
        |given| OneHotCategorical::new(given.vector(0)).checked();
    "OrderedLogistic"("predictor": Number, "cutpoints": Vector(1)), OrderedLogistic<2>, 2, OrderedClass,
        |given| OrderedLogistic::new(given.column(0), given.vector(1)).checked();
    "PowerSpherical"("loc": Vector(2), "concentration": Number), PowerSpherical, 2, Sphere,
        |given| PowerSpherical::new(given.vector(0), given.scalar(1)).checked();
    "RelaxedOneHotCategorical"("temperature": Number, "logits": Vector(2)), RelaxedOneHotCategorical<2>, 2, Simplex,
        |given| RelaxedOneHotCategorical::new(given.column(0), given.vector(1)).checked();
    "StraightThroughOneHot"("temperature": Number, "logits": Vector(2)), StraightThroughOneHot<2>, 2, OneHot,
        |given| {
            ExpRelaxedOneHotCategorical::new(given.column(0), given.vector(1)).checked()?;
            Ok(StraightThroughOneHot::new(given.column(0), given.vector(1)))
        };
    "UniformSphere"("dim": Dimension), UniformSphere, 2, Sphere,
        |given| Ok(UniformSphere::new([1, given.dimension(0)], given.device(), arguments::DTYPE));
    "VonMisesFisher"("loc": Vector(2), "concentration": Number), VonMisesFisher, 2, Sphere,
        |given| VonMisesFisher::new(given.vector(0), given.scalar(1)).checked();
    "Wishart"("df": Number, "scale_tril": Triangle), Wishart, 3, PositiveDefinite,
        |given| Wishart::new(given.scalar(0), given.matrix(1)).checked();
    "Wishart"("df": Number, "scale": Square), Wishart, 3, PositiveDefinite,
        |given| {
            let loc = given.matrix(1).sum_dim(2).squeeze_dim(2);
            let factored = MultivariateNormal::from_covariance(loc, given.matrix(1), 0.0).checked();
            Wishart::new(given.scalar(0), factored.map_err(of_scale)?.factor()).checked()
        };
}

/// The same fault, of the matrix that a Wishart calls its scale.
fn of_scale(error: ParamError) -> ParamError {
    match error {
        ParamError::NotPositiveDefinite { index, row, pivot, .. } => {
            ParamError::NotPositiveDefinite { distribution: "Wishart", parameter: "scale", index, row, pivot }
        }
        other => other,
    }
}

/// The distributions of this name: one for each way to give it.
pub fn multivariates(name: &str) -> impl Iterator<Item = &'static Multivariate> {
    MULTIVARIATES.iter().filter(move |known| known.name == name)
}
