//! What a thread does with a few draws.

use reparam_kernels::draws::Form;
use reparam_kernels::law::Bulk;
use reparam_kernels::{Rng, slices, sums};
use reparam_lang::Batch;

use super::Task;
use super::layout::{Element, Slot};
use super::precision::{Noise, Points, Precision};
use super::sums::Sums;

/// The columns of one thread: a number for each draw.
pub struct Worker<'a, T> {
    task: &'a Task<'a>,
    noise: Noise,
    batch: Batch<'a, T>,
    /// The slopes of the inputs of a term in their parameters.
    slopes: Vec<Vec<T>>,
    /// The parameters of an input.
    theta: Vec<Vec<T>>,
    /// The value of the expression.
    value: Vec<T>,
    /// The slopes in the parameters that several elements share.
    shared: Vec<Vec<T>>,
    /// Where a repetition has several draws: products of slopes, and means over the repetitions.
    products: Vec<T>,
    means: Vec<T>,
}

impl<'a, T: Precision> Worker<'a, T> {
    pub fn new(task: &'a Task<'a>, noise: Noise) -> Self {
        let column = || vec![T::ZERO; task.chunk];
        let most = |of: &dyn Fn(&Element) -> usize| task.layout.elements.iter().map(of).max().unwrap_or(0);
        let parameters = most(&|element| element.theta.len());
        let inputs = task.terms.iter().map(|term| term.inputs.len()).max().unwrap_or(0);
        Self {
            task,
            noise,
            batch: task.programs[0].batch_of(task.chunk),
            slopes: (0..inputs * parameters).map(|_| column()).collect(),
            theta: (0..parameters).map(|_| column()).collect(),
            value: column(),
            shared: task.layout.shared.iter().map(|_| column()).collect(),
            products: column(),
            means: column(),
        }
    }

    /// Adds the draws from `first` on, their sums shifted.
    pub fn add(&mut self, first: u64, draws: usize, shifts: &[f32], sums: &mut Sums) {
        let task = self.task;
        self.value[..draws].fill(T::ZERO);
        self.shared.iter_mut().for_each(|column| column[..draws].fill(T::ZERO));
        for (term, program) in task.terms.iter().zip(&task.programs) {
            self.batch.turn_to(program);
            for (place, input) in term.inputs.iter().enumerate() {
                self.draw(*input, place, first, draws);
            }
            self.batch.evaluate_for_slopes(draws);
            slices::update(&mut self.value[..draws], self.batch.output(0), |(sum, x): (T, T)| sum + x);
            self.batch.differentiate(0);
            for (place, input) in term.inputs.iter().enumerate() {
                self.count(&task.layout.elements[*input], place, draws, shifts, sums);
            }
        }
        let means = &mut self.means;
        let mut put = |number: usize, column: &[T]| {
            let shift = T::from_f64(shifts[number].into());
            sums.put(number, shifted_means(&column[..draws], task.points, shift, means));
        };
        task.layout.shared.iter().zip(&self.shared).for_each(|(number, column)| put(*number, column));
        put(shifts.len() - 1, &self.value);
    }

    /// The inputs of one draw.
    pub fn inputs(&mut self, draw: u64) -> Vec<f64> {
        let mut inputs = vec![0.0; self.task.layout.elements.len()];
        let place_in_row = draw % self.task.points as u64;
        for (term, program) in self.task.terms.iter().zip(&self.task.programs) {
            self.batch.turn_to(program);
            for (place, input) in term.inputs.iter().enumerate() {
                self.draw(*input, place, draw - place_in_row, self.task.points);
                inputs[*input] = self.batch.input_mut(place)[place_in_row as usize].to_f64();
            }
        }
        inputs
    }

    /// The slopes of the input in this place.
    fn places(&self, place: usize, parameters: usize) -> std::ops::Range<usize> {
        let first = place * self.theta.len();
        first..first + parameters
    }

    /// Draws an input, with its slopes.
    fn draw(&mut self, input: usize, place: usize, first: u64, draws: usize) {
        let element = &self.task.layout.elements[input];
        let places = self.places(place, element.theta.len());
        let slopes = &mut self.slopes[places];
        let out = &mut self.batch.input_mut(place)[..draws];
        let mut rng = Rng::from_state(self.task.seeds[input], first);
        if let (Some(Bulk::LocationScale(law)), [loc, scale]) = (element.paths.family, &element.theta[..]) {
            let noise = &mut slopes[1][..draws];
            if self.task.points == 1 {
                T::fill(law, self.noise, &mut rng, noise);
            } else {
                let (seed, count) = (self.task.seed, self.task.points);
                let points = Points { seed, count, coordinate: input, row: first / count as u64 };
                T::fill_points(law, self.noise, &points, noise);
            }
            let (loc, scale) = (T::from_f64(*loc), T::from_f64(*scale));
            slices::map(noise, out, move |noise: T| noise.mul_add(scale, loc));
            return;
        }
        for (column, theta) in self.theta.iter_mut().zip(&element.theta) {
            column[..draws].fill(T::from_f64(*theta));
        }
        let theta: Vec<&[T]> =
            self.theta.iter().take(element.theta.len()).map(|column| &column[..draws]).collect();
        let mut slopes: Vec<&mut [T]> = slopes.iter_mut().map(|column| &mut column[..draws]).collect();
        T::draw(&element.paths)(&mut rng, &theta, Form::Value, out, &mut slopes);
    }

    /// Counts the slopes of the expression in the parameters of an input.
    fn count(&mut self, element: &Element, place: usize, draws: usize, shifts: &[f32], sums: &mut Sums) {
        let along = self.batch.slope(place);
        let is_location =
            |parameter: usize| parameter == 0 && matches!(element.paths.family, Some(Bulk::LocationScale(_)));
        for (parameter, slot) in element.slots.iter().enumerate() {
            let slope = &self.slopes[place * self.theta.len() + parameter][..draws];
            match *slot {
                Slot::Nowhere => {}
                Slot::Own(number) => {
                    let (shift, points) = (T::from_f64(shifts[number].into()), self.task.points);
                    let own = if is_location(parameter) {
                        shifted_means(along, points, shift, &mut self.means)
                    } else if points == 1 {
                        sums::shifted_products(along, slope, shift)
                    } else {
                        let products = &mut self.products[..draws];
                        products.fill(T::ZERO);
                        slices::accumulate(products, along, slope, |(along, slope): (T, T)| along * slope);
                        shifted_means(products, points, shift, &mut self.means)
                    };
                    sums.put(number, own);
                }
                Slot::Shared(number) => {
                    let known = self.task.layout.shared.iter().position(|shared| *shared == number);
                    let column = &mut self.shared[known.expect("it is listed")][..draws];
                    if is_location(parameter) {
                        slices::update(column, along, |(sum, x): (T, T)| sum + x);
                    } else {
                        slices::accumulate(column, along, slope, |(along, slope): (T, T)| along * slope);
                    }
                }
            }
        }
    }
}

/// The sum and the sum of squares of the means of each repetition, shifted; a column has the first draws of all repetitions,
/// then the second ones, and so on.
fn shifted_means<T: Precision>(column: &[T], points: usize, shift: T, means: &mut [T]) -> [f64; 2] {
    if points == 1 {
        return sums::shifted(column, shift);
    }
    let repetitions = column.len() / points;
    let means = &mut means[..repetitions];
    means.fill(T::ZERO);
    for draws in column.chunks_exact(repetitions) {
        slices::update(means, draws, |(sum, x): (T, T)| sum + x);
    }
    let part = T::from_f64(1.0 / points as f64);
    for sum in &mut *means {
        *sum *= part;
    }
    sums::shifted(means, shift)
}
