//! A checkpoint's content: everything that the rest of a run depends on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Context, Error, Result};
use crate::model::Parameters;
use crate::run::container::Container;

/// Where a run stands, apart from its weights.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Epochs completed.
    pub epoch: usize,
    /// Batches completed in the epoch at hand.
    pub batch: usize,
    /// Optimizer steps taken.
    pub steps: u64,
    /// Sums over the rows seen in the epoch at hand.
    pub sums: Sums,
    /// The best epoch so far; none in the first.
    pub best: Option<Best>,
    /// How often the run went back to its best weights with a smaller step.
    pub anneals: usize,
    /// The epoch after which it did so last.
    pub annealed: usize,
    /// Time spent on the epoch at hand before this process.
    pub seconds: f64,
    /// What the user was told of a posterior collapse, once there was one.
    pub collapse: Option<String>,
}

/// Sums over rows, in nats.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sums {
    /// Rows summed over.
    pub rows: usize,
    /// Σ E\[log p(x|z)\].
    pub reconstruction: f64,
    /// Σ KL of each latent dimension.
    pub kl: Vec<f64>,
}

/// The epoch whose weights the model file gets.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Best {
    /// Counted from 1; 0 for the first weights.
    pub epoch: usize,
    /// The bound on the held-out rows, or on the training rows where none are held out.
    pub elbo: f64,
}

/// A checkpoint.
pub struct Checkpoint {
    /// Where the run stands.
    pub state: State,
    /// The fingerprint of the data.
    pub data: String,
    /// The weights.
    pub weights: Parameters,
    /// The weights of the best epoch; absent where they are `weights`.
    pub best: Option<Parameters>,
    /// The optimizer's memory.
    pub memory: Vec<u8>,
    /// Seed and counter of the noise.
    pub noise: (u64, u64),
}

/// What stands before the three blocks of bytes.
#[derive(Serialize, Deserialize)]
struct Header {
    state: State,
    data: String,
    noise: (u64, u64),
    /// Bytes of weights, best weights and memory.
    lengths: [usize; 3],
}

impl Checkpoint {
    /// One line of JSON, then weights, best weights and memory.
    ///
    /// # Errors
    ///
    /// Where a number of the state is not finite.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let weights = container(&self.weights);
        let best = self.best.as_ref().map(container).unwrap_or_default();
        let header = Header {
            state: self.state.clone(),
            data: self.data.clone(),
            noise: self.noise,
            lengths: [weights.len(), best.len(), self.memory.len()],
        };
        let mut bytes = serde_json::to_vec(&header).context("cannot write down the state of the run")?;
        bytes.push(b'\n');
        bytes.extend([weights, best].concat());
        bytes.extend(&self.memory);
        Ok(bytes)
    }

    /// The inverse of [`Checkpoint::to_bytes`].
    ///
    /// # Errors
    ///
    /// Where the bytes are of another version of the program.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let foreign = || {
            Error::failed("the checkpoint is not of this version of reparam")
                .help("continue with the version that wrote it, or start anew")
        };
        let end = bytes.iter().position(|&byte| byte == b'\n').ok_or_else(foreign)?;
        let header: Header = serde_json::from_slice(&bytes[..end]).map_err(|_| foreign())?;
        let [weights, best, memory] = header.lengths;
        let body = &bytes[end + 1..];
        if weights.checked_add(best).and_then(|sum| sum.checked_add(memory)) != Some(body.len()) {
            return Err(foreign());
        }
        let (weights, rest) = body.split_at(weights);
        let (best, memory) = rest.split_at(best);
        let best = if best.is_empty() { None } else { Some(Container::from_bytes(best)?.tensors) };
        Ok(Self {
            state: header.state,
            data: header.data,
            weights: Container::from_bytes(weights)?.tensors,
            best,
            memory: memory.to_vec(),
            noise: header.noise,
        })
    }
}

fn container(tensors: &Parameters) -> Vec<u8> {
    Container { metadata: BTreeMap::new(), tensors: tensors.clone() }.to_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::container::Tensor;

    #[test]
    fn every_bit_of_a_sum_comes_back() {
        let mut kl = vec![0.0f64; 10_000];
        reparam::Rng::new(1).fill_normal(&mut kl);
        for x in &mut kl {
            *x *= 500.0;
        }
        let sums = Sums { rows: 1, reconstruction: -1e5 / 3.0, kl };
        let text = serde_json::to_vec(&sums).unwrap();
        assert_eq!(serde_json::from_slice::<Sums>(&text).unwrap(), sums);
    }

    #[test]
    fn a_checkpoint_comes_back_as_it_was() {
        let weights = Parameters::from([("a".into(), Tensor { shape: vec![2], values: vec![0.1, -3.0] })]);
        let state = State {
            epoch: 3,
            batch: 7,
            steps: 40,
            sums: Sums { rows: 900, reconstruction: -1.0 / 3.0, kl: vec![1e-300, 0.1 + 0.2] },
            best: Some(Best { epoch: 2, elbo: -std::f64::consts::PI }),
            seconds: 1.5,
            ..State::default()
        };
        let best = Some(weights.clone());
        let noise = (u64::MAX, 1 << 63);
        let checkpoint =
            Checkpoint { state, data: "d".into(), weights, best, memory: vec![10, 0, 255], noise };
        let bytes = checkpoint.to_bytes().unwrap();
        let back = Checkpoint::from_bytes(&bytes).unwrap();
        assert_eq!(back.state, checkpoint.state);
        assert_eq!((back.weights, back.best), (checkpoint.weights, checkpoint.best));
        assert_eq!((back.memory, back.noise), (checkpoint.memory, checkpoint.noise));
        for end in [0, 10, bytes.len() - 1] {
            assert!(Checkpoint::from_bytes(&bytes[..end]).is_err());
        }
    }
}
