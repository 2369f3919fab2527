//! What can be asked of a distribution at hand, whatever its kind.

use std::any::Any;

use reparam_kernels::Rng;
use reparam_kernels::law::Domain;
use reparam_lang::{Interval, Value};

use super::arguments::Arguments;
use super::capabilities::Path;
use super::given::{Fault, Given};
use super::made::made;
use super::multivariate::multivariates;
use super::on_line::Placed;
use super::rows::Rows;
use super::univariate;
use super::unknown;
use crate::memory;

/// The value of a function.
pub type Answer = Value<'static>;

/// A function that a distribution may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Its name in JSON lines.
    pub function: String,
    /// What readers call it.
    pub label: String,
    /// Whether the distribution has it.
    pub known: bool,
}

impl Quantity {
    /// A function under this label.
    pub fn new(function: impl Into<String>, label: impl Into<String>, known: bool) -> Self {
        Self { function: function.into(), label: label.into(), known }
    }
}

/// How draws are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As numbers that are no end of the support in double precision.
    Double,
    /// As numbers that are no end of the support in single precision.
    Single,
    /// In the coordinate in which they are carried.
    Coordinate,
}

/// A distribution with its parameters, checked.
pub trait Law: Send + Sync {
    /// Where it lives, in words.
    fn support(&self) -> String;

    /// Whether points have a mass rather than a density.
    fn is_discrete(&self) -> bool;

    /// The numbers that an element of a draw may be, without ends that are drawn with probability 0.
    fn range(&self, element: usize) -> Interval;

    /// How its draws depend on the parameters, in words.
    fn draws(&self) -> String;

    /// What each argument may be, where it is made of others; those among them have theirs in their place.
    fn domains(&self) -> Option<Vec<Domain>> {
        None
    }

    /// Whether an argument of one that is made of others moves an end of the support at which the density does not
    /// vanish, or a point with a mass: then E\[f ∇ ln p\] is not the gradient of E\[f\].
    fn moves_an_edge(&self) -> bool {
        false
    }

    /// How its draws depend on the parameters.
    fn path(&self) -> Path;

    /// What it tells about itself, whether or not there is a closed form.
    fn of_itself(&self) -> Vec<Quantity>;

    /// What it tells about a point.
    fn of_point(&self) -> Vec<Quantity>;

    /// The value of a function by its name.
    ///
    /// # Errors
    /// A function that it does not have, an argument that is missing or of another shape.
    fn evaluate(&self, function: &str, x: Option<&Value<'_>>) -> Result<Answer, String>;

    /// The quantile at the level P(X ≤ x) = `lower`, P(X > x) = `upper`.
    fn quantile(&self, _lower: f64, _upper: f64) -> Option<f64> {
        None
    }

    /// The axes of a draw: none for a single number, one for a vector, two for a matrix.
    fn event(&self) -> Vec<usize>;

    /// How many numbers its draws have along each axis, or how many classes there are: what two distributions must share
    /// that have a divergence.
    fn size(&self) -> Vec<usize> {
        self.event()
    }

    /// How many draws are made together: a stream that is cut into calls is cut at multiples of this.
    fn block(&self) -> usize {
        1
    }

    /// Bytes that are held while a draw is made, about.
    fn bytes_of_a_draw(&self) -> u64 {
        memory::bytes::<f64>(&self.event())
    }

    /// Whether draws are carried in a coordinate of their own, and its name.
    fn coordinate(&self) -> Option<&'static str>;

    /// Fills `out` with draws, one after another. The cut into calls does not matter, as long as all but the last ask for
    /// a multiple of [`block`](Self::block).
    ///
    /// # Errors
    /// Where there is no way to draw.
    fn fill(&self, rng: &mut Rng, form: Form, out: &mut [f64]) -> Result<(), String>;

    /// Itself on tensors, with these arguments: `rows` of them, or one for all rows.
    ///
    /// # Errors
    /// Arguments outside of their domain.
    fn rows(&self, arguments: &Arguments, rows: usize) -> Result<Box<dyn Rows>, String>;

    /// Itself as a function of its numbers, where draws are single numbers.
    fn on_line(&self) -> Option<Placed> {
        None
    }

    /// Itself, for those who know its type.
    fn as_any(&self) -> &dyn Any;
}

/// What to say about a function that a distribution does not have, of those that it has.
pub fn lacks(law: &str, function: &str, known: &[String]) -> String {
    let unknown = unknown(&format!("function of {law}"), function, known.iter().map(String::as_str));
    format!("{unknown}; known are {}", known.join(", "))
}

/// The distribution that was given.
///
/// # Errors
/// The first argument outside of its domain, or what the arguments must obey together.
pub fn law(given: &Given) -> Result<Box<dyn Law>, Fault> {
    if let Some(made) = made(given.signature.name) {
        return (made.make)(given);
    }
    match multivariates(given.signature.name).nth(given.form) {
        Some(law) => (law.make)(given),
        None => univariate::Bound::new(given).map(|law| Box::new(law) as Box<dyn Law>),
    }
}
