//! A stochastic computation graph: draws of different kinds, costs that depend on them, and one surrogate for all.
//!
//! With costs C_i, draws x_j by their score and all other draws by their paths,
//!
//! ```text
//! surrogate = Σ_i C_i + Σ_j stop(Σ {C_i that depend on x_j} − baseline_j) · (log q_j(x_j) − stop(log q_j(x_j)))
//! ```
//!
//! has the value Σ C and an unbiased gradient of E\[Σ C\]. A score multiplies only the costs that depend on its draw: what
//! is declared about dependence lowers the variance (Rao-Blackwell), and what is declared wrongly would bias the
//! gradient, so declarations are held against the tensors themselves.
//!
//! Source: Schulman, Heess, Weber & Abbeel, "Gradient Estimation Using Stochastic Computation Graphs", 2015.

use burn::tensor::Tensor;

use crate::{
    Baseline, Distribution, LeaveOneOut, NoBaseline, Reparameterized,
    evaluate::log_prob_at,
    gradient::{leaf, moving_zero, stop},
    noise::Rng,
    score::assert_scores,
    shape,
};

/// Carries gradients through draws of different kinds.
///
/// Draws and costs are made by a function, and every tensor has `[particles · batch]` rows: the distributions at the roots
/// are [`repeated`](crate::Params::repeated) over the particles. The baseline of a draw by its score is
/// [`LeaveOneOut`], or [`NoBaseline`] with one particle, unless [`baseline`](Self::baseline) says otherwise.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use reparam::{Bernoulli, Graph, Normal, Rng, prelude::*, shape::sum_event};
///
/// let device = Device::flex().autodiff();
/// let loc = Tensor::<2>::from_floats([[0.3]], &device).require_grad();
/// let mut graph = Graph::new(16);
/// let surrogate = graph.surrogate(&mut Rng::new(0), |trace, rng| {
///     let q = Normal::new(loc.clone(), loc.clone().ones_like()).repeated(16);
///     let z = trace.pathwise("z", &q, &[], rng);
///     let b = trace.score("b", &Bernoulli::new(z.value()), &[z.node()], rng);
///     trace.cost("error", sum_event((b.value() - z.value()).square()), &[z.node(), b.node()]);
/// })?;
/// assert!(loc.grad(&surrogate.backward()).is_some());
/// # Ok::<(), reparam::GraphError>(())
/// ```
pub struct Graph {
    particles: usize,
    baselines: Vec<(&'static str, Box<dyn Baseline>)>,
    checked: bool,
}

/// The draws and costs of one run.
#[derive(Default)]
pub struct Trace {
    nodes: Vec<Entry>,
    costs: Vec<Cost>,
    /// Rows of the first draw or cost, and its name.
    rows: Option<(usize, &'static str)>,
}

/// A draw of a graph, for the list of what depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node(usize);

/// A draw of a graph.
#[derive(Clone, Debug)]
pub struct Draw<const D: usize> {
    node: Node,
    value: Tensor<D>,
}

impl<const D: usize> Draw<D> {
    /// Which draw it is.
    pub fn node(&self) -> Node {
        self.node
    }

    /// Its value, `[particles · batch, event…]`.
    pub fn value(&self) -> Tensor<D> {
        self.value.clone()
    }
}

/// What a trace knows of a draw.
struct Entry {
    name: &'static str,
    /// All draws that it depends on, directly or not, and itself.
    ancestors: Vec<usize>,
    /// Zero, and a part of every tensor that moves with the draw.
    tag: Tensor<1>,
    /// Of a draw by its score.
    log_prob: Option<Tensor<1>>,
}

struct Cost {
    name: &'static str,
    value: Tensor<1>,
    ancestors: Vec<usize>,
}

/// Why a graph would give a biased gradient.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GraphError {
    /// A tensor moves with a draw that it was not declared to depend on.
    #[error(
        "`{what}` moves with the draw `{draw}`, which is not among those it was said to depend on; add it"
    )]
    Undeclared {
        /// The cost or draw.
        what: &'static str,
        /// What it moves with.
        draw: &'static str,
    },
    /// A draw by its path, and no cost with a slope in it.
    #[error(
        "no cost has a slope in the draw `{draw}`, so its pathwise gradient would be 0 whatever the costs are; draw it by \
         its score (`Trace::score`), or let the costs reach it without `detach`, comparisons and roundings"
    )]
    NoSlope {
        /// The draw.
        draw: &'static str,
    },
}

impl Graph {
    /// A graph with so many particles.
    ///
    /// Panics without one.
    pub fn new(particles: usize) -> Self {
        assert!(particles > 0, "Graph::new: at least one particle is needed");
        Self { particles, baselines: Vec::new(), checked: false }
    }

    /// The same, with this baseline for the draw of this name.
    #[must_use]
    pub fn baseline(mut self, draw: &'static str, baseline: impl Baseline + 'static) -> Self {
        self.baselines.push((draw, Box::new(baseline)));
        self
    }

    /// The surrogate of the costs that `build` makes, `[batch]`: its value is the mean of the total cost over the
    /// particles, its gradient an unbiased estimate.
    ///
    /// The first call holds all declarations against the tensors: it builds the graph once more for every cost and every
    /// draw by its score, with the same draws, and looks what each moves with. What does not reach a tensor by
    /// differentiable operations is not seen.
    ///
    /// # Errors
    /// The first declaration that would bias the gradient.
    ///
    /// # Panics
    /// Without a cost.
    pub fn surrogate(
        &mut self,
        rng: &mut Rng,
        build: impl Fn(&mut Trace, &mut Rng),
    ) -> Result<Tensor<1>, GraphError> {
        let traced = |rng: &mut Rng| {
            let mut trace = Trace::default();
            build(&mut trace, rng);
            trace
        };
        if !self.checked {
            check(|| traced(&mut rng.clone()))?;
            self.checked = true;
        }
        Ok(self.combine(traced(rng)))
    }

    fn combine(&mut self, Trace { nodes, costs, .. }: Trace) -> Tensor<1> {
        let total = |of: &dyn Fn(&Cost) -> bool| {
            let costs = costs.iter().filter(|cost| of(cost)).map(|cost| cost.value.clone());
            costs.reduce(|sum, next| sum + next)
        };
        let mut surrogate = total(&|_| true).expect("Graph::surrogate: a graph needs a cost");
        for (node, entry) in nodes.into_iter().enumerate() {
            if let Some(log_prob) = entry.log_prob
                && let Some(own) = total(&|cost| cost.ancestors.contains(&node))
            {
                let baseline = self.baseline_of(entry.name, &own);
                surrogate = surrogate + stop(own - baseline) * moving_zero(log_prob);
            }
        }
        shape::mean_particles(surrogate, self.particles)
    }

    fn baseline_of(&mut self, draw: &'static str, values: &Tensor<1>) -> Tensor<1> {
        let own = self.baselines.iter_mut().find(|(name, _)| *name == draw);
        match own {
            Some((_, baseline)) => baseline.of(values, self.particles),
            None if self.particles > 1 => LeaveOneOut.of(values, self.particles),
            None => NoBaseline.of(values, 1),
        }
    }
}

impl Trace {
    /// A draw through which gradients flow; `parents` are the draws that the parameters of `q` depend on.
    pub fn pathwise<const D: usize>(
        &mut self,
        name: &'static str,
        q: &impl Reparameterized<D>,
        parents: &[Node],
        rng: &mut Rng,
    ) -> Draw<D> {
        let value = q.rsample(rng);
        self.add(name, value, parents, None)
    }

    /// A draw of any distribution, whose gradient goes through its log-probability; `parents` are the draws that the
    /// parameters of `q` depend on.
    ///
    /// # Panics
    /// Where a parameter with a gradient moves an edge of the support ([`Distribution::moving_edge`]).
    pub fn score<const D: usize>(
        &mut self,
        name: &'static str,
        q: &impl Distribution<D>,
        parents: &[Node],
        rng: &mut Rng,
    ) -> Draw<D> {
        assert_scores(&format!("the draw `{name}` by its score"), q);
        let value = q.sample(rng);
        let log_prob = log_prob_at(name, q, value.clone());
        self.add(name, value, parents, Some(log_prob))
    }

    /// A number per row to be added to the total; `of` are the draws that it depends on.
    ///
    /// # Panics
    /// Where draws and costs differ in their number of rows.
    pub fn cost(&mut self, name: &'static str, value: Tensor<1>, of: &[Node]) {
        self.hold_rows(name, value.dims()[0]);
        let ancestors = self.closure(of);
        self.costs.push(Cost { name, value, ancestors });
    }

    fn add<const D: usize>(
        &mut self,
        name: &'static str,
        value: Tensor<D>,
        parents: &[Node],
        log_prob: Option<Tensor<1>>,
    ) -> Draw<D> {
        self.hold_rows(name, value.dims()[0]);
        let node = self.nodes.len();
        let mut ancestors = self.closure(parents);
        ancestors.push(node);
        let tag = leaf(Tensor::zeros([1], (&value.device(), value.dtype())));
        let moving = value.clone() + moving_zero(tag.clone()).reshape([1; D]).expand(value.dims());
        self.nodes.push(Entry { name, ancestors, tag, log_prob });
        Draw { node: Node(node), value: moving }
    }

    /// Panics unless every draw and cost has as many rows as the first: others would broadcast against it.
    fn hold_rows(&mut self, name: &'static str, rows: usize) {
        let (expected, first) = *self.rows.get_or_insert((rows, name));
        assert!(rows > 0, "Graph: `{name}` has no rows: the batch is empty; skip batches without rows");
        assert!(
            rows == expected,
            "Graph: `{name}` has {rows} rows, `{first}` {expected}; every draw and cost must have one number per row, \
             [particles · batch]: sum over the event axes (`shape::sum_event`), not over the batch, and repeat what \
             stands for every row (`repeated`)"
        );
    }

    /// These draws and all that they depend on, in order.
    fn closure(&self, nodes: &[Node]) -> Vec<usize> {
        let mut all: Vec<usize> =
            nodes.iter().flat_map(|node| self.nodes[node.0].ancestors.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The draws, and all that was said to depend on them: costs and scores.
    fn declared(self) -> (Vec<Entry>, Vec<Cost>) {
        let scores = self.nodes.iter().filter_map(|entry| {
            let value = entry.log_prob.clone()?;
            Some(Cost { name: entry.name, value, ancestors: entry.ancestors.clone() })
        });
        let all = self.costs.into_iter().chain(scores).collect();
        (self.nodes, all)
    }
}

/// Holds what was declared against what the tensors move with. A backward pass uses up its graph, so each tensor has a run
/// of its own.
fn check(trace: impl Fn() -> Trace) -> Result<(), GraphError> {
    let (nodes, declared) = trace().declared();
    let mut has_slope = vec![false; nodes.len()];
    for place in 0..declared.len() {
        let (nodes, mut declared) = trace().declared();
        let Cost { name: what, value, ancestors } = declared.swap_remove(place);
        if !value.is_tracked() {
            continue;
        }
        let gradients = value.sum().backward();
        for (node, entry) in nodes.iter().enumerate() {
            let Some(slope) = entry.tag.grad(&gradients) else { continue };
            if !ancestors.contains(&node) {
                return Err(GraphError::Undeclared { what, draw: entry.name });
            }
            has_slope[node] |= slope.into_data().iter::<f64>().any(|slope| slope != 0.0);
        }
    }
    let lost = nodes.iter().zip(has_slope).find(|(entry, has_slope)| entry.log_prob.is_none() && !has_slope);
    lost.map_or(Ok(()), |(entry, _)| Err(GraphError::NoSlope { draw: entry.name }))
}
