//! Functions that are always compiled into the loop that calls them.

/// A function from `A` to `B` for the slice driver.
///
/// Its `at` should be `#[inline(always)]`: the driver compiles a loop several times, each for other vector instructions,
/// and only what is inlined becomes vector code. Rust calls a plain function or a closure through a shim, which the
/// compiler inlines at its own discretion: those work here too, with the same results, perhaps at scalar speed.
pub trait Function<A, B>: Copy + Send + Sync {
    /// The value at `argument`.
    fn at(self, argument: A) -> B;
}

impl<A, B, F: Fn(A) -> B + Copy + Send + Sync> Function<A, B> for F {
    #[inline(always)]
    fn at(self, argument: A) -> B {
        self(argument)
    }
}
