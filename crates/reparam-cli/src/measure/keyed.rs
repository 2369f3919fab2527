//! Random numbers that belong to a row: its own numbers decide them, wherever it stands and whatever stands beside it.

use burn::tensor::{Device, Tensor, TensorData};
use reparam::Rng;

use super::Rows;
use crate::config::Binarize;

/// Rows as the network sees them, each with a stream of its own.
pub struct Keyed {
    /// `rows × width`, row-major.
    pub values: Vec<f32>,
    /// One stream per row.
    pub streams: Vec<Rng>,
}

impl Keyed {
    /// `[rows, width]`.
    pub fn tensor(&self, device: &Device) -> Tensor<2> {
        let rows = self.streams.len();
        Tensor::from_data(TensorData::new(self.values.clone(), [rows, self.values.len() / rows]), device)
    }

    /// Passes over the noise of the first `draws` draws.
    pub fn skip(&mut self, draws: usize, width: usize) {
        self.streams.iter_mut().for_each(|stream| {
            stream.take(draws * width);
        });
    }

    /// Standard normals `[draws · rows, width]`, a draw of all rows after the other, each row's from its own stream.
    pub fn noise(&mut self, draws: usize, width: usize, device: &Device) -> Tensor<2> {
        let rows = self.streams.len();
        let mut noise = vec![0.0f32; draws * rows * width];
        let mut own = vec![0.0f32; draws * width];
        for (row, stream) in self.streams.iter_mut().enumerate() {
            stream.fill_normal(&mut own);
            for (draw, numbers) in own.chunks_exact(width).enumerate() {
                noise[(draw * rows + row) * width..][..width].copy_from_slice(numbers);
            }
        }
        Tensor::from_data(TensorData::new(noise, [draws * rows, width]), device)
    }
}

impl Rows<'_> {
    /// `rows` with their streams under `site`; a dynamic binarisation takes from them first.
    pub fn keyed(&self, rows: &[u32], site: &Rng) -> Keyed {
        let mut values = self.preprocess.inputs(self.dataset, rows);
        let width = values.len() / rows.len().max(1);
        let mut streams = Vec::with_capacity(rows.len());
        let mut uniform = vec![0.0f32; width];
        for row in values.chunks_exact_mut(width) {
            let mut stream = site.split(key(row));
            match self.binarize {
                Binarize::None => {}
                Binarize::Threshold => row.iter_mut().for_each(|x| *x = f32::from(*x >= 0.5)),
                Binarize::Dynamic => {
                    stream.fill_uniform(&mut uniform);
                    row.iter_mut().zip(&uniform).for_each(|(x, u)| *x = f32::from(u < x));
                }
            }
            streams.push(stream);
        }
        Keyed { values, streams }
    }
}

/// A hash of a row's numbers: FNV-1a over their bits, stirred by the finaliser of SplitMix64.
///
/// Source: Fowler, Noll & Vo, the FNV hash, RFC 9923; Steele, Lea & Flood, Fast Splittable Pseudorandom Number
/// Generators, 2014.
fn key(row: &[f32]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for x in row {
        // −0 is the number 0.
        for byte in (x + 0.0).to_bits().to_le_bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
