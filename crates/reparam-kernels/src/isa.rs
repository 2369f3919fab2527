//! Running one body under the widest vector instructions of the processor.
//!
//! A body is compiled three times, and the compiler vectorises each copy for its instructions. Only operations that
//! IEEE 754 rounds exactly are used (a fused multiply-add is asked for by name), so all copies give the same bits;
//! only the payload of a not-a-number may differ.

use crate::function::Function;

/// A set of vector instructions that this processor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Isa(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Baseline,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Isa {
    /// Every set that this processor has, the narrowest first.
    pub(crate) fn available() -> impl DoubleEndedIterator<Item = Self> {
        [
            (Kind::Baseline, true),
            #[cfg(target_arch = "x86_64")]
            (Kind::Avx2, is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma")),
            #[cfg(target_arch = "x86_64")]
            (
                Kind::Avx512,
                is_x86_feature_detected!("fma")
                    && is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512bw"),
            ),
        ]
        .into_iter()
        .filter_map(|(kind, here)| here.then_some(Self(kind)))
    }

    /// The widest set that this processor has.
    pub(crate) fn widest() -> Self {
        #[cfg(test)]
        if let Some(isa) = tests::FORCED.get() {
            return isa;
        }
        Self::available().next_back().expect("the baseline is always there")
    }

    /// `body` at `arguments`, compiled for this set.
    #[inline]
    pub(crate) fn run<A, B>(self, body: impl Function<A, B>, arguments: A) -> B {
        match self.0 {
            Kind::Baseline => body.at(arguments),
            // SAFETY: `available` makes an `Isa` of this kind only where the processor has these instructions.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => unsafe { avx2(body, arguments) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => unsafe { avx512(body, arguments) },
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn avx2<A, B>(body: impl Function<A, B>, arguments: A) -> B {
    body.at(arguments)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw,avx2,fma")]
fn avx512<A, B>(body: impl Function<A, B>, arguments: A) -> B {
    body.at(arguments)
}

#[cfg(test)]
mod tests;
