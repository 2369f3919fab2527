//! One seed, many streams: every use of random numbers has a site of its own, so that none shifts another.

use reparam::Rng;

/// What random numbers are used for. The numbers are part of the format: changing one changes every run.
#[derive(Clone, Copy, Debug)]
pub enum Site {
    /// Which rows are held out.
    Split = 1,
    /// The first weights.
    Weights = 2,
    /// The order of the rows; split again by epoch.
    Order = 3,
    /// Noise of the training draws.
    Training = 4,
    /// Noise of the held-out bound, the same after every epoch so that epochs compare.
    HeldOut = 5,
    /// The scores that p-values are read from.
    Calibration = 6,
    /// What the user asks the finished model for.
    Use = 7,
    /// Samples and pictures of the report.
    Report = 8,
    /// The first centres of a mixture.
    Mixture = 9,
}

/// The stream of `site` under `seed`.
pub fn stream(seed: u64, site: Site) -> Rng {
    Rng::new(seed).split(site as u64)
}
