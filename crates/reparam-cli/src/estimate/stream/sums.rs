//! Sums of numbers and of their squares.

/// For each number of the gradient, and then for the value: the sum, and the sum of squares, of its shifted draws.
#[derive(Clone, Debug)]
pub struct Sums {
    /// One after another.
    pub each: Vec<[f64; 2]>,
}

impl Sums {
    /// Of no draws.
    pub fn zeros(numbers: usize) -> Self {
        Self { each: vec![[0.0; 2]; numbers] }
    }

    /// Takes in a sum and a sum of squares.
    pub fn put(&mut self, number: usize, [sum, squares]: [f64; 2]) {
        self.each[number][0] += sum;
        self.each[number][1] += squares;
    }

    /// Takes in more draws.
    pub fn add(&mut self, other: &Self) {
        other.each.iter().enumerate().for_each(|(number, other)| self.put(number, *other));
    }

    /// Whether no draw was infinite or not a number, and no sum overflowed.
    pub fn is_finite(&self) -> bool {
        self.each.iter().flatten().all(|sum| sum.is_finite())
    }
}
