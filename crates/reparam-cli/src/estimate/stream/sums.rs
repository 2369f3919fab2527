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

    /// Takes in more draws.
    pub fn add(&mut self, other: &Self) {
        for (own, other) in self.each.iter_mut().zip(&other.each) {
            own[0] += other[0];
            own[1] += other[1];
        }
    }

    /// Whether no draw was infinite or not a number, and no sum overflowed.
    pub fn is_finite(&self) -> bool {
        self.each.iter().flatten().all(|sum| sum.is_finite())
    }
}
