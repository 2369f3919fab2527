//! An expression as a function of draws on tensors.

use std::cell::{Cell, OnceCell, RefCell};

use burn::tensor::{Tensor, TensorData};
use rayon::prelude::*;
use reparam::gradient::{moving_zero, stop};
use reparam_lang::{Batch, Break, Breaks, Fault, Known, Parsed, Program, Variable};

use super::factors::Factors;
use super::site::Site;
use crate::error::{Error, Result};
use crate::wording::number;

/// Numbers that a thread works on at once, in all columns of a program.
const CACHE: usize = 1 << 15;

/// An expression and its variables.
pub struct Integrand<'a> {
    parsed: &'a Parsed,
    /// The variables, and their elements.
    variables: Vec<String>,
    names: Vec<String>,
    program: Program,
    /// Where it may break along the variables; the same with discrete draws softened.
    breaks: Breaks,
    softened: Breaks,
    /// Whether it sees where the turn of each variable ends.
    sees_ends: Vec<bool>,
    /// Its terms, once somebody asks for them.
    factors: OnceCell<Factors>,
    /// Elements and factors of each variable.
    sizes: Vec<[usize; 2]>,
    evaluations: Cell<u64>,
    /// The first draw at which the value, or a slope that was asked for, was not finite.
    bad: RefCell<Option<BadDraw>>,
}

#[derive(Clone, Debug)]
struct BadDraw {
    values: Vec<f64>,
    fault: Option<Fault>,
    is_slope: bool,
}

/// What one thread finds about its rows.
struct Found {
    values: Vec<f64>,
    slopes: Vec<f64>,
    shares: Vec<f64>,
    bad: Option<BadDraw>,
}

impl<'a> Integrand<'a> {
    /// The expression in these variables.
    ///
    /// # Errors
    /// With exit code 2 and a caret, a name, a shape or a function that is not known, or a value that is no number.
    pub fn new(parsed: &'a Parsed, sites: &[impl AsRef<Site>]) -> Result<Self> {
        let sites = || sites.iter().map(AsRef::as_ref);
        let variables: Vec<Variable<'_>> =
            sites().map(|site| Variable { name: &site.name, shape: site.shape }).collect();
        let program = parsed.compile(&variables).map_err(Error::usage)?;
        if program.shape().elements() != 1 {
            let error = parsed.error(parsed.root().span, format!("this is {}", program.shape()));
            return Err(Error::usage(error.help("expected one number; sum(…) or mean(…) makes one")));
        }
        let names = sites().flat_map(element_names).collect();
        let known: Vec<Known> = sites().enumerate().flat_map(|(i, site)| site.known(i)).collect();
        let softened: Vec<Known> = sites().enumerate().flat_map(|(i, site)| site.softened(i)).collect();
        let (breaks, softened) = (program.breaks(0, &known), program.breaks(0, &softened));
        let turns: Vec<Option<f64>> = sites().flat_map(Site::turns).collect();
        let seen = program.sees_the_ends(0, &turns);
        let mut first = 0;
        let sees_ends = |site: &Site| {
            let own = first..first + site.width();
            first = own.end;
            seen.iter().any(|input| own.contains(input))
        };
        let sees_ends = sites().map(sees_ends).collect();
        let variables = sites().map(|site| site.name.clone()).collect();
        let sizes = sites().map(|site| [site.width(), site.factors()]).collect();
        let (factors, evaluations, bad) = (OnceCell::new(), Cell::new(0), RefCell::new(None));
        Ok(Self {
            parsed,
            variables,
            names,
            program,
            breaks,
            softened,
            sees_ends,
            factors,
            sizes,
            evaluations,
            bad,
        })
    }

    /// The variables that it does not depend on.
    pub fn unused(&self, sites: &[impl AsRef<Site>]) -> Vec<String> {
        let used = self.program.used(0);
        let mut first = 0;
        let is_unused = |site: &&Site| {
            let own = first..first + site.width();
            first = own.end;
            !used.iter().any(|input| own.contains(input))
        };
        sites.iter().map(AsRef::as_ref).filter(is_unused).map(|site| site.name.clone()).collect()
    }

    /// What it was compiled to.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Its text.
    pub fn text(&self) -> &str {
        self.parsed.text()
    }

    /// How it may break along a variable, and at which part of the text: a slope of it would not tell.
    pub fn breaks_along(&self, site: &Site) -> Option<String> {
        self.told(self.breaks.along(self.place(site)))
    }

    /// The same where discrete draws are softened.
    pub fn breaks_softened(&self, site: &Site) -> Option<String> {
        self.told(self.softened.along(self.place(site)))
    }

    fn told(&self, found: Option<Break>) -> Option<String> {
        let Break { span, why } = found?;
        Some(format!("the expression {}, at `{}`", why.words(), &self.parsed.text()[span.range()]))
    }

    /// Whether a variable is an angle of which it sees where the turn ends.
    pub fn sees_ends(&self, site: &Site) -> bool {
        self.sees_ends[self.place(site)]
    }

    fn place(&self, site: &Site) -> usize {
        let place = self.variables.iter().position(|name| *name == site.name);
        place.expect("it is asked about its own variables")
    }

    /// Whether it is a sum whose terms depend on different independent parts of the draws.
    pub fn splits(&self) -> bool {
        self.factors().split()
    }

    fn factors(&self) -> &Factors {
        self.factors.get_or_init(|| Factors::new(&self.program, self.sizes.iter().copied()))
    }

    /// How often it has been evaluated on tensors, its terms together being once.
    pub fn evaluations(&self) -> u64 {
        self.evaluations.get()
    }

    /// Its value for each row of draws, `[rows]`, which moves with draws that move.
    pub fn at(&self, z: Tensor<2>) -> Tensor<1> {
        self.evaluated(z, None).0
    }

    /// The same, and for each factor of the density the sum of the terms that depend on it, `[rows, factors]`, which does
    /// not move.
    pub fn by_factor(&self, z: Tensor<2>) -> (Tensor<1>, Tensor<2>) {
        let factors = self.factors();
        let like = (z.device(), z.dtype());
        let (value, shares) = self.evaluated(z, Some(factors));
        let dims = [value.dims()[0], factors.count()];
        (value, Tensor::from_data(TensorData::new(shares, dims), (&like.0, like.1)))
    }

    fn evaluated(&self, z: Tensor<2>, factors: Option<&Factors>) -> (Tensor<1>, Vec<f64>) {
        let [rows, width] = z.dims();
        self.evaluations.set(self.evaluations.get() + rows as u64);
        let moves = z.is_tracked();
        let draws: Vec<f64> = stop(z.clone()).into_data().iter::<f64>().collect();
        let program = factors.map_or(&self.program, Factors::program);
        let share = (CACHE / program.columns()).clamp(1, rows.max(1));
        let found: Vec<Found> = draws
            .par_chunks(share * width)
            .map_init(|| program.batch(share), |batch, draws| evaluate(batch, draws, width, moves, factors))
            .collect();
        if let Some(bad) = found.iter().find_map(|found| found.bad.clone()) {
            self.bad.borrow_mut().get_or_insert(bad);
        }
        let tensor = |items: Vec<f64>| TensorData::new(items, [rows, width]);
        let device = (&z.device(), z.dtype());
        let values: Vec<f64> = found.iter().flat_map(|found| found.values.iter().copied()).collect();
        let value = Tensor::<1>::from_data(TensorData::new(values, [rows]), device);
        let shares = found.iter().flat_map(|found| found.shares.iter().copied()).collect();
        if !moves {
            return (value, shares);
        }
        let slopes = found.into_iter().flat_map(|found| found.slopes).collect();
        let slopes = Tensor::<2>::from_data(tensor(slopes), device);
        (value + reparam::shape::sum_event(slopes * moving_zero(z)), shares)
    }

    /// Nothing where it and its slopes are finite at this draw.
    ///
    /// # Errors
    /// As [`check`](Self::check).
    pub fn check_at(&self, draw: Vec<f64>) -> Result<()> {
        let mut batch = self.program.batch(1);
        let width = draw.len();
        *self.bad.borrow_mut() = evaluate(&mut batch, &draw, width, true, None).bad;
        self.check()
    }

    /// Nothing, or the draw at which it was not finite.
    ///
    /// # Errors
    /// With exit code 1, that draw and the operation, with a caret.
    pub fn check(&self) -> Result<()> {
        let Some(bad) = self.bad.borrow_mut().take() else { return Ok(()) };
        let at: Vec<String> = self
            .names
            .iter()
            .zip(&bad.values)
            .take(8)
            .map(|(name, value)| format!("{name} = {}", number(*value)))
            .collect();
        let more = if self.names.len() > 8 { ", …" } else { "" };
        let what = if bad.is_slope { "the slope of the expression" } else { "the expression" };
        let message = format!("{what} is not finite at the draw {}{more}", at.join(", "));
        let Some(fault) = bad.fault else { return Err(Error::failed(message)) };
        let operands: Vec<String> = fault.operands.iter().map(|x| number(*x)).collect();
        let help = if bad.is_slope {
            format!("here, at {}", operands.join(" and "))
        } else {
            format!("of {} this is {}", operands.join(" and "), number(fault.value))
        };
        Err(Error::failed(self.parsed.error(fault.span, message).help(help)))
    }
}

/// The names of the elements of a variable: `z`, or `z[0]`, `z[1]`, …
pub fn element_names(site: &Site) -> Vec<String> {
    match site.shape {
        reparam_lang::Shape::Scalar => vec![site.name.clone()],
        reparam_lang::Shape::Vector(d) => (0..d).map(|i| format!("{}[{i}]", site.name)).collect(),
        reparam_lang::Shape::Matrix(rows, columns) => {
            (0..rows * columns).map(|i| format!("{}[{}][{}]", site.name, i / columns, i % columns)).collect()
        }
    }
}

/// What a program gives for these draws: that of `factors`, if there are some.
fn evaluate(
    batch: &mut Batch<'_>,
    draws: &[f64],
    width: usize,
    moves: bool,
    factors: Option<&Factors>,
) -> Found {
    let rows = draws.len() / width;
    for element in 0..width {
        let column = draws.iter().skip(element).step_by(width);
        batch.input_mut(element).iter_mut().zip(column).for_each(|(slot, z)| *slot = *z);
    }
    batch.evaluate(rows);
    let values = batch.output(0).to_vec();
    let bad_draw = |draw: usize, fault, is_slope| BadDraw {
        values: draws[draw * width..][..width].to_vec(),
        fault,
        is_slope,
    };
    let mut bad = values
        .iter()
        .position(|value| !value.is_finite())
        .map(|draw| bad_draw(draw, batch.fault(0, draw), false));
    let shares = factors.map(|factors| factors.shares(batch)).unwrap_or_default();
    if let Some(factors) = factors.filter(|_| bad.is_none()) {
        let place = shares.iter().position(|share| !share.is_finite());
        bad = place.map(|place| {
            bad_draw(place / factors.count(), factors.fault(batch, place / factors.count()), false)
        });
    }
    let mut slopes = Vec::new();
    if moves {
        batch.differentiate(0);
        slopes.resize(rows * width, 0.0);
        for element in 0..width {
            let column = slopes.iter_mut().skip(element).step_by(width);
            column.zip(batch.slope(element)).for_each(|(slot, slope)| *slot = *slope);
        }
        let broken = slopes.iter().position(|slope| !slope.is_finite()).map(|place| place / width);
        bad = bad.or_else(|| broken.map(|draw| bad_draw(draw, batch.slope_fault(0, draw), true)));
    }
    Found { values, slopes, shares, bad }
}
