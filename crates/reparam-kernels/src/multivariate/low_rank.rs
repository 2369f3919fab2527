//! The normal law with covariance F Fᵀ + diag(v), F of d rows and r columns: O(d r²) instead of O(d³).
//!
//! With K = I + Fᵀ V⁻¹ F: the determinant is |K| ∏ v_i, and ‖x − loc‖² in the metric of the inverse is
//! min_u ‖u‖² + ‖V^{−½} (x − loc − F u)‖², at u = K⁻¹ Fᵀ V⁻¹ (x − loc): a sum of squares where the lemma of Woodbury has a
//! difference. In double-double arithmetic, as F may be large beside v and its columns nearly collinear; where K is too
//! large for that too, from the orthogonal factors of [I; V^{−½} F], of which K is the square.

mod reflections;

use super::{Dd, Factor, NotPositiveDefinite};
use crate::{Function, isa::Isa, single};
use reflections::Reflections;

/// ½ ln 2π.
const HALF_LN_TAU: f64 = 0.918_938_533_204_672_74;
/// Up to this diagonal K has digits to spare for its inverse: an error of 1e-31 of it, twice its condition over.
const SQUARABLE: f64 = 1e8;

/// The covariance as its two parts, and a root of K.
struct Covariance<'a> {
    factor: &'a [f64],
    variance: &'a [f64],
    rank: usize,
    root: Root,
}

enum Root {
    /// L with L Lᵀ = K.
    Cholesky(Factor),
    /// Q R = [I; V^{−½} F].
    Orthogonal(Reflections),
}

/// What Σ⁻¹ makes of a vector b.
struct Solved {
    /// K⁻¹ Fᵀ V⁻¹ b.
    u: Vec<Dd>,
    /// Σ⁻¹ b.
    g: Vec<Dd>,
    /// bᵀ Σ⁻¹ b.
    square: f64,
}

impl<'a> Covariance<'a> {
    /// `None` where numbers are not finite.
    fn new(factor: &'a [f64], variance: &'a [f64]) -> Option<Self> {
        let rank = factor.len() / variance.len();
        let mut diagonal = vec![1.0; rank];
        for (row, v) in factor.chunks(rank).zip(variance) {
            diagonal.iter_mut().zip(row).for_each(|(sum, f)| *sum += f * f / v);
        }
        let root = if diagonal.iter().all(|k| *k < SQUARABLE) {
            Root::Cholesky(Factor::of_double_double(&capacitance(factor, variance, rank)).ok()?)
        } else {
            let columns = (0..rank).map(|j| {
                let unit = (0..rank).map(move |i| Dd::from(if i == j { 1.0 } else { 0.0 }));
                let rows = factor.iter().skip(j).step_by(rank).zip(variance);
                unit.chain(rows.map(|(&f, &v)| Dd::from(f) / Dd::from(v).sqrt())).collect()
            });
            Root::Orthogonal(Reflections::new(columns.collect())?)
        };
        Some(Self { factor, variance, rank, root })
    }

    fn row(&self, i: usize) -> &[f64] {
        &self.factor[i * self.rank..][..self.rank]
    }

    fn solve(&self, b: &[Dd]) -> Solved {
        match &self.root {
            Root::Cholesky(root) => self.solve_by_root(root, b),
            Root::Orthogonal(reflections) => self.solve_by_reflections(reflections, b),
        }
    }

    fn solve_by_reflections(&self, reflections: &Reflections, b: &[Dd]) -> Solved {
        let roots: Vec<Dd> = self.variance.iter().map(|&v| Dd::from(v).sqrt()).collect();
        let scaled = b.iter().zip(&roots).map(|(&b, &root)| b / root);
        let left = reflections.residual(vec![Dd::default(); self.rank].into_iter().chain(scaled).collect());
        let (u, rest) = left.split_at(self.rank);
        Solved {
            u: u.iter().map(|&u| -u).collect(),
            g: rest.iter().zip(&roots).map(|(&rest, &root)| rest / root).collect(),
            square: -Dd::default().minus_dot(&left, &left).hi,
        }
    }

    fn solve_by_root(&self, root: &Factor, b: &[Dd]) -> Solved {
        let mut pulled = vec![Dd::default(); self.rank];
        for (i, (&b, &v)) in b.iter().zip(self.variance).enumerate() {
            let weighted = b / Dd::from(v);
            for (sum, &f) in pulled.iter_mut().zip(self.row(i)) {
                *sum = *sum + Dd::from(f) * weighted;
            }
        }
        root.solve(&mut pulled);
        root.solve_transposed(&mut pulled);
        let u = pulled;
        let mut square = -Dd::default().minus_dot(&u, &u);
        let mut g = Vec::with_capacity(b.len());
        for (i, (&b, &v)) in b.iter().zip(self.variance).enumerate() {
            let rest = self.row(i).iter().zip(&u).fold(b, |sum, (&f, &u)| sum - Dd::from(f) * u);
            g.push(rest / Dd::from(v));
            square = square + rest * g[i];
        }
        Solved { u, g, square: square.hi }
    }

    /// ½ ln |F Fᵀ + diag(v)|.
    fn half_log_determinant(&self) -> f64 {
        let of_root = match &self.root {
            Root::Cholesky(root) => root.half_log_determinant(),
            Root::Orthogonal(reflections) => reflections.log_determinant(),
        };
        of_root + 0.5 * self.variance.iter().map(|&v| single::log(v)).sum::<f64>()
    }

    /// The slopes of −½ ln |F Fᵀ + diag(v)| are added: −V⁻¹ F K⁻¹ and half the diagonal of the inverse.
    fn add_determinant_slopes(&self, in_factor: &mut [f64], in_variance: &mut [f64]) {
        for i in 0..self.variance.len() {
            let (u, inverse) = self.solve_unit(i);
            in_factor.iter_mut().skip(i * self.rank).zip(&u).for_each(|(slope, u)| *slope -= u.hi);
            in_variance.iter_mut().skip(i).take(1).for_each(|slope| *slope -= 0.5 * inverse);
        }
    }

    /// K⁻¹ f_i / v_i and the i-th element of the diagonal of the inverse: what Σ⁻¹ makes of the i-th unit vector.
    fn solve_unit(&self, i: usize) -> (Vec<Dd>, f64) {
        let Root::Cholesky(root) = &self.root else {
            let mut unit = vec![Dd::default(); self.variance.len()];
            unit[i] = Dd::from(1.0);
            let solved = self.solve(&unit);
            return (solved.u, solved.square);
        };
        // In O(r²): (1 − ‖L⁻¹ f_i / √v_i‖²) / v_i, which has at least the share 1/|K| of the 1.
        let v = Dd::from(self.variance[i]);
        let deviation = v.sqrt();
        let mut half: Vec<Dd> = self.row(i).iter().map(|&f| Dd::from(f) / deviation).collect();
        root.solve(&mut half);
        let inverse = Dd::from(1.0).minus_dot(&half, &half) / v;
        root.solve_transposed(&mut half);
        (half.into_iter().map(|u| u / deviation).collect(), inverse.hi)
    }
}

/// The lower triangle of I + Fᵀ V⁻¹ F, by rows.
fn capacitance(factor: &[f64], variance: &[f64], rank: usize) -> Vec<Vec<Dd>> {
    let unit = |i: usize| (0..=i).map(|j| Dd::from(if i == j { 1.0 } else { 0.0 })).collect();
    let mut matrix: Vec<Vec<Dd>> = (0..rank).map(unit).collect();
    for (row, &v) in factor.chunks(rank).zip(variance) {
        for (sums, &f) in matrix.iter_mut().zip(row) {
            Isa::widest().run(AddMultiple, (&mut sums[..], Dd::from(f) / Dd::from(v), row));
        }
    }
    matrix
}

/// `sums` + `weight` · `row`.
#[derive(Clone, Copy)]
struct AddMultiple;

impl Function<(&mut [Dd], Dd, &[f64]), ()> for AddMultiple {
    #[inline(always)]
    fn at(self, (sums, weight, row): (&mut [Dd], Dd, &[f64])) {
        for (sum, &f) in sums.iter_mut().zip(row) {
            *sum = *sum + weight * Dd::from(f);
        }
    }
}

/// The log-density at x, and its slopes in x, loc, F and v.
///
/// −∞ where x has an infinite element; NaN where the parameters are not finite or v not positive.
pub fn log_prob(x: &[f64], loc: &[f64], factor: &[f64], variance: &[f64], slopes: [&mut [f64]; 4]) -> f64 {
    if x.iter().any(|x| x.is_infinite()) {
        return f64::NEG_INFINITY;
    }
    let Some(covariance) = Covariance::new(factor, variance) else { return f64::NAN };
    let centred: Vec<Dd> = x.iter().zip(loc).map(|(&x, &loc)| Dd::difference(x, loc)).collect();
    let Solved { u, g, square } = covariance.solve(&centred);

    // With g = Σ⁻¹ (x − loc): −g, g, g uᵀ and ½ g², beside those of the determinant.
    let [in_x, in_loc, in_factor, in_variance] = slopes;
    for (i, g) in g.iter().map(|g| g.hi).enumerate() {
        in_x.iter_mut().skip(i).take(1).for_each(|slope| *slope = -g);
        in_loc.iter_mut().skip(i).take(1).for_each(|slope| *slope = g);
        in_variance.iter_mut().skip(i).take(1).for_each(|slope| *slope = 0.5 * g * g);
        in_factor.iter_mut().skip(i * covariance.rank).zip(&u).for_each(|(slope, u)| *slope = g * u.hi);
    }
    if !in_factor.is_empty() || !in_variance.is_empty() {
        covariance.add_determinant_slopes(in_factor, in_variance);
    }
    -0.5 * square - covariance.half_log_determinant() - HALF_LN_TAU * x.len() as f64
}

/// The Cholesky factor of F Fᵀ + diag(v), d × d.
///
/// # Errors
/// The first pivot that is not positive and finite.
pub fn cholesky(factor: &[f64], variance: &[f64]) -> Result<Factor, NotPositiveDefinite> {
    let rank = factor.len() / variance.len();
    let row = |i: usize| factor[i * rank..][..rank].iter().map(|&f| Dd::from(f)).collect::<Vec<_>>();
    let rows: Vec<Vec<Dd>> = (0..variance.len()).map(row).collect();
    let entry = |i: usize, j: usize| {
        let start = Dd::from(if i == j { -variance[i] } else { 0.0 });
        -start.minus_dot(&rows[i], &rows[j])
    };
    let lower: Vec<Vec<Dd>> = (0..rows.len()).map(|i| (0..=i).map(|j| entry(i, j)).collect()).collect();
    Factor::of_double_double(&lower)
}

/// The entropy, and its slopes in F and v.
pub fn entropy(factor: &[f64], variance: &[f64], [in_factor, in_variance]: [&mut [f64]; 2]) -> f64 {
    let Some(covariance) = Covariance::new(factor, variance) else { return f64::NAN };
    if !in_factor.is_empty() || !in_variance.is_empty() {
        covariance.add_determinant_slopes(in_factor, in_variance);
        in_factor.iter_mut().chain(in_variance).for_each(|slope| *slope = -*slope);
    }
    covariance.half_log_determinant() + (HALF_LN_TAU + 0.5) * variance.len() as f64
}
