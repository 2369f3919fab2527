//! Families: modules that own parameters and hand out distributions.

/// A family of distributions, indexed by its parameters and by a context `C` (`()` where there is none).
///
/// An encoder is a family given data, a decoder a family given a latent, a prior or a variational posterior a family
/// given nothing.
pub trait Family<C> {
    /// What it hands out.
    type Dist;

    /// The member for this context.
    fn given(&self, context: C) -> Self::Dist;
}
