//! Parameters that move an end of the support.

use super::Law;

/// For each parameter, whether an end of the support moves with it at which the density does not vanish.
///
/// ∇E\[f\] then has a part from that end, f(end) p(end) ∂end/∂θ, which E\[f ∇ln p\] lacks. What moves follows from
/// [`Law::support`], by differences; whether the density vanishes there, from [`Law::vanishes`]. Parameters of laws on the
/// integers move nothing, since they have no slope there.
pub fn moving_edges<L: Law<P>, const P: usize>(theta: [f64; P]) -> [bool; P] {
    let support = L::support(theta);
    let (low, high) = support.ends();
    let edges = || [low, high].into_iter().zip(L::vanishes(theta));
    if support.is_discrete() || edges().all(|(end, vanishes)| !end.is_finite() || vanishes) {
        return [false; P];
    }
    // Far enough for an end to show it, however large that is.
    let largest =
        [low, high].into_iter().filter(|end| end.is_finite()).fold(0.0, |most: f64, end| most.max(end.abs()));
    std::array::from_fn(|place| {
        let at = theta[place];
        let step = if at == 0.0 && largest == 0.0 { STEP } else { STEP * largest.max(at.abs()) };
        let moves = |step: f64| {
            let mut moved = theta;
            moved[place] = at + step;
            let (moved_low, moved_high) = L::support(moved).ends();
            edges().zip([moved_low, moved_high]).any(|((end, vanishes), moved): ((f64, bool), f64)| {
                !vanishes && end.is_finite() && !moved.is_nan() && moved != end
            })
        };
        moves(step) || moves(-step)
    })
}

/// How far a parameter is moved, as a share of what is there.
const STEP: f64 = 1e-6;
