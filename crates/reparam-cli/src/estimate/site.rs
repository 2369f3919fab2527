//! A variable of an expression, and the distribution that it is drawn from.

use std::rc::Rc;

use burn::tensor::Device;
use reparam_kernels::catalog::Univariate;
use reparam_kernels::law::{Parameter as LawParameter, Support};
use reparam_kernels::special::log_sum_exp;
use reparam_lang::{BoundArgument, Interval, Known, Shape, Value};

use super::typed::is_logits;
use crate::catalog::{Arguments, Given, Law, Mixture, Path, univariate};
use crate::commands::Called;
use crate::error::{Error, Result};

/// Values that are listed.
const MOST_VALUES: f64 = 4096.0;

/// A variable and its distribution: one, or independent ones of one law for the elements of a vector.
pub struct Site {
    /// The name that the expression uses.
    pub name: String,
    /// What it is.
    pub shape: Shape,
    called: Called,
    laws: Vec<Box<dyn Law>>,
}

/// A parameter that a gradient is taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its place among the arguments.
    pub place: usize,
    /// Its name.
    pub name: String,
    /// How many numbers it has; `None` where it is one.
    pub length: Option<usize>,
}

impl Site {
    /// The variable `name` with the distribution that `text` calls.
    ///
    /// # Errors
    /// With exit code 2 and a caret, whatever is wrong with the text.
    pub fn read(name: &str, text: &str) -> Result<Self> {
        let called = Called::read(text)?;
        let laws = called.laws()?;
        let shape = match (laws[0].event().as_slice(), called.batch()) {
            ([], None) => Shape::Scalar,
            ([], Some(elements)) if univariate(laws[0].as_ref()).is_some() => Shape::Vector(elements),
            ([d], None) => Shape::Vector(*d),
            ([rows, columns], None) => Shape::Matrix(*rows, *columns),
            _ => {
                let message = format!(
                    "`{name}` is a batch of {}: give each a variable of its own",
                    called.all[0].signature.name
                );
                return Err(called.error(&message));
            }
        };
        Ok(Self { name: name.to_owned(), shape, called, laws })
    }

    /// The variables of a command line, by name and text.
    ///
    /// # Errors
    /// With exit code 2, a name that is given twice, or whatever is wrong with a text.
    pub fn all(given: &[(String, String)]) -> Result<Vec<Rc<Self>>> {
        for (place, (name, _)) in given.iter().enumerate() {
            if given[..place].iter().any(|(earlier, _)| earlier == name) {
                return Err(Error::usage(format!("the variable `{name}` is given twice"))
                    .help("a vector of numbers makes several elements of one: Normal([0, 1], 1)"));
            }
        }
        given.iter().map(|(name, text)| Self::read(name, text).map(Rc::new)).collect()
    }

    /// How many numbers it is.
    pub fn width(&self) -> usize {
        self.shape.elements()
    }

    /// How many factors its density has: one for each element where they are independent.
    pub fn factors(&self) -> usize {
        if self.line().is_some() { self.width() } else { 1 }
    }

    /// The distribution of an element, or of the whole where its elements are not independent.
    pub fn law(&self, element: usize) -> &dyn Law {
        self.laws[element.min(self.laws.len() - 1)].as_ref()
    }

    /// Whether its draws move with its parameters.
    pub fn has_path(&self) -> bool {
        let moves = match self.line() {
            Some(laws) => laws[0].0.slopes.is_some(),
            None => self.law(0).path() != Path::None,
        };
        // What is discrete and has a path all the same has a biased one.
        moves && !self.law(0).is_discrete()
    }

    /// Whether its draws are quantiles that move with its parameters.
    pub fn has_levels(&self) -> bool {
        self.has_path() && self.line().is_some_and(|laws| laws[0].0.quantile_slopes.is_some())
    }

    /// The values of each of its elements, or of the whole where they are drawn together, if the lists are short.
    pub fn values(&self) -> Option<Vec<Vec<Vec<f64>>>> {
        if let Some(laws) = self.line() {
            let values = |(law, theta): (&Univariate, &[f64])| match (law.support)(theta) {
                Support::Integers(low, high) if high - low < MOST_VALUES => {
                    Some((0..=(high - low) as usize).map(|k| vec![low + k as f64]).collect())
                }
                _ => None,
            };
            let all: Option<Vec<Vec<Vec<f64>>>> = laws.into_iter().map(values).collect();
            return all
                .filter(|all| all.iter().map(|values| values.len() as f64).product::<f64>() <= MOST_VALUES);
        }
        let classes = self.parameters().first()?.length?;
        match self.given().signature.name {
            "Multinomial" | "DirichletMultinomial" => match self.given().values.first() {
                Some(Value::Number(total)) => Some(vec![counts(*total, classes)?]),
                _ => None,
            },
            "Categorical" => Some(vec![(0..classes).map(|class| vec![class as f64]).collect()]),
            "OneHotCategorical" => {
                let one_hot = |class| (0..classes).map(|other| f64::from(other == class)).collect();
                Some(vec![(0..classes).map(one_hot).collect()])
            }
            _ => None,
        }
    }

    /// The probability of the rarest class, of a distribution over classes, or of the rarest component of a discrete
    /// mixture; 1 of all others.
    pub fn rarest_class(&self) -> f64 {
        let rarest = |masses: &mut dyn Iterator<Item = f64>| masses.filter(|p| *p > 0.0).fold(1.0, f64::min);
        if let Some(laws) = self.line() {
            let of_two = |(law, theta): (&Univariate, &[f64])| match (law.support)(theta) {
                Support::Integers(low, high) if high - low == 1.0 => {
                    rarest(&mut [low, high].into_iter().map(|x| (law.log_prob)(x, theta).exp()))
                }
                _ => 1.0,
            };
            return laws.into_iter().map(of_two).fold(1.0, f64::min);
        }
        match self.given().values.first() {
            Some(Value::Vector(weights)) if self.law(0).is_discrete() && is_logits(self) => {
                let all = log_sum_exp(weights);
                rarest(&mut weights.iter().map(|w| (w - all).exp()))
            }
            Some(Value::Vector(weights)) if self.law(0).is_discrete() => rarest(&mut weights.iter().copied()),
            _ => 1.0,
        }
    }

    /// What is known of its elements, of a variable with this number.
    pub fn known(&self, variable: usize) -> impl Iterator<Item = Known> {
        (0..self.width()).map(move |element| {
            let law = self.law(element);
            // Where an element is one of several laws, or of a whole, it has a place there.
            let range = law.range(if self.line().is_some() { 0 } else { element });
            Known { range, variable: (!law.is_discrete()).then_some(variable) }
        })
    }

    /// The same with bits and one-hot classes softened to what lies between 0 and 1.
    pub fn softened(&self, variable: usize) -> impl Iterator<Item = Known> {
        let soft = Known { range: Interval::open(0.0, 1.0), variable: Some(variable) };
        let is_bit = |own: &Known| own.variable.is_none() && own.range == Interval::closed(0.0, 1.0);
        self.known(variable).map(move |own| if is_bit(&own) { soft } else { own })
    }

    /// The length of the turn after which each element stands for the same angle, where they are angles.
    pub fn turns(&self) -> impl Iterator<Item = Option<f64>> {
        let parts = self.parts();
        (0..self.width()).map(move |_| parts.first().and_then(|(law, _)| law.period))
    }

    /// What moves an end of the support at which the density does not vanish, in an expression that sees, or
    /// does not see, where a turn ends. E\[f ∇ ln p\] then lacks a part of its slope.
    pub fn moving_edge(&self, sees_ends: bool) -> Option<String> {
        let first = usize::from(self.mixture().is_some());
        let moves = |place: usize| {
            self.parts().into_iter().any(|(law, theta)| {
                place.checked_sub(first).is_some_and(|place| edges(law, theta, sees_ends)[place])
            })
        };
        let of_numbers = self.parameters().into_iter().find(|own| moves(own.place)).map(|own| own.name);
        of_numbers.or_else(|| self.law(0).moves_an_edge().then(|| "its parameters".to_owned()))
    }

    /// The laws of numbers that it is made of, with their parameters: of its elements, or of the components of a mixture.
    fn parts(&self) -> Vec<(&'static Univariate, &[f64])> {
        match (self.line(), self.mixture()) {
            (Some(laws), _) => laws,
            (None, Some(mixture)) => {
                mixture.components().iter().map(|own| (own.law(), own.theta())).collect()
            }
            (None, None) => Vec::new(),
        }
    }

    /// Its distribution, where that is a mixture.
    pub fn mixture(&self) -> Option<&Mixture> {
        self.law(0).as_any().downcast_ref()
    }

    /// What the law of a number says of the parameter in this place: its own law, or that of the components of a mixture,
    /// whose first argument has the weights.
    fn of_law(&self, place: usize) -> Option<&'static LawParameter> {
        let (law, place) = match (self.line(), self.mixture()) {
            (Some(laws), _) => (laws[0].0, Some(place)),
            (None, mixture) => (mixture?.components()[0].law(), place.checked_sub(1)),
        };
        law.parameters.get(place?)
    }

    /// What was given, without its numbers.
    pub fn given(&self) -> &Given {
        &self.called.all[0]
    }

    /// The law of each element, where they are independent numbers.
    pub fn line(&self) -> Option<Vec<(&'static Univariate, &[f64])>> {
        self.laws.iter().map(|law| univariate(law.as_ref())).collect()
    }

    /// Its arguments as tensors of one row.
    pub fn arguments(&self, device: Device) -> Arguments {
        Arguments::new(&self.values_of_arguments(), device, false)
    }

    /// The same with another number for one of them, or for its first element.
    pub fn moved(&self, device: Device, argument: usize, value: f64) -> Arguments {
        let mut values = self.values_of_arguments();
        match &mut values[argument] {
            Value::Number(x) => *x = value,
            Value::Vector(items) => items[0] = value,
            _ => {}
        }
        Arguments::new(&values, device, false)
    }

    fn values_of_arguments(&self) -> Vec<Value<'static>> {
        self.flat_arguments().map(|(_, argument)| argument.value.clone()).collect()
    }

    /// How many arguments there are.
    pub fn count_of_arguments(&self) -> usize {
        self.flat_arguments().count()
    }

    /// The arguments, those of a distribution among them in its place, with their names.
    fn flat_arguments(&self) -> impl Iterator<Item = (String, &BoundArgument<'static>)> {
        flat(self.called.arguments()).into_iter()
    }

    /// The parameters that a gradient is taken in: all but whole numbers.
    pub fn parameters(&self) -> Vec<Parameter> {
        let domains = self.law(0).domains();
        let is_whole = |place: usize, argument: &BoundArgument<'_>| {
            let own = self.of_law(place).map(|own| own.domain);
            match own.or_else(|| domains.as_ref()?.get(place).copied()) {
                Some(domain) => domain.is_discrete(),
                None => ["dim", "total_count"].contains(&argument.parameter.name),
            }
        };
        let arguments = self.flat_arguments().enumerate();
        arguments
            .filter(|(place, (_, argument))| !is_whole(*place, argument))
            .map(|(place, (name, argument))| Parameter {
                place,
                name,
                length: match &argument.value {
                    Value::Vector(items) => Some(items.len()),
                    Value::Matrix(rows) => Some(rows.items.len()),
                    _ => None,
                },
            })
            .collect()
    }
}

/// Arguments by name, those of distributions among them in their place; distributions of one name are counted.
fn flat<'a>(arguments: &'a [BoundArgument<'static>]) -> Vec<(String, &'a BoundArgument<'static>)> {
    let is_one_of_many = |argument: &BoundArgument<'_>| {
        arguments.iter().filter(|other| other.parameter.name == argument.parameter.name).count() > 1
    };
    let mut all = Vec::new();
    let mut counted = 0;
    for argument in arguments {
        let name = argument.parameter.name;
        let Value::Distribution(inner) = &argument.value else {
            all.push((name.to_owned(), argument));
            continue;
        };
        let name = if is_one_of_many(argument) { format!("{name}[{counted}]") } else { name.to_owned() };
        counted += 1;
        all.extend(
            flat(&inner.arguments).into_iter().map(|(own, argument)| (format!("{name}.{own}"), argument)),
        );
    }
    all
}

/// For each parameter of a law, whether an end of the support moves with it at which the density does not vanish, in an
/// expression that sees, or does not see, where a turn ends: otherwise its two ends are one point.
fn edges(law: &Univariate, theta: &[f64], sees_ends: bool) -> Vec<bool> {
    if law.period.is_some() && !sees_ends {
        return vec![false; theta.len()];
    }
    (law.moving_edges)(theta)
}

/// The parameters whose slopes go through the draws: all of them, where one moves an end at which the density does not vanish.
/// Another one may change the density at that end alone, as the peak of a triangle does that stands there, and then its score
/// does not tell either.
pub fn through_draws(law: &Univariate, theta: &[f64], sees_ends: bool) -> Vec<bool> {
    let edges = edges(law, theta, sees_ends);
    let all = edges.contains(&true) && law.quantile_slopes.is_some();
    if all { vec![true; edges.len()] } else { edges }
}

/// Every vector of counts with this sum, if they are few.
fn counts(total: f64, classes: usize) -> Option<Vec<Vec<f64>>> {
    // C(total + classes − 1, classes − 1)
    let all = (1..classes).fold(1.0, |all, class| all * (total + class as f64) / class as f64);
    if all > MOST_VALUES {
        return None;
    }
    let mut found = vec![Vec::new()];
    for _ in 1..classes {
        found = found
            .into_iter()
            .flat_map(|counts: Vec<f64>| {
                let left = total - counts.iter().sum::<f64>();
                (0..=left as usize).map(move |count| [&counts[..], &[count as f64]].concat())
            })
            .collect();
    }
    for counts in &mut found {
        counts.push(total - counts.iter().sum::<f64>());
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::Site;

    #[test]
    fn no_gradient_is_taken_in_whole_numbers() {
        for (law, expected) in [
            ("Binomial(5, 0.3)", vec!["probs"]),
            ("DiscreteUniform(1, 6)", vec![]),
            ("MixtureSameFamily([0.5, 0.5], DiscreteUniform([1, 2], [3, 4]))", vec!["probs"]),
            ("MixtureSameFamily([0.5, 0.5], Binomial([2, 3], 0.3))", vec!["probs", "components.probs"]),
            ("Truncated(Binomial(9, 0.3), 2, 5)", vec!["law.probs", "low", "high"]),
            (
                "Mixture([0.5, 0.5], Binomial(5, 0.3), Poisson(2))",
                vec!["probs", "components[0].probs", "components[1].rate"],
            ),
        ] {
            let site = Site::read("z", law).unwrap_or_else(|error| panic!("{error}"));
            let names: Vec<String> = site.parameters().into_iter().map(|own| own.name).collect();
            assert_eq!(names, expected, "{law}");
        }
    }
}
