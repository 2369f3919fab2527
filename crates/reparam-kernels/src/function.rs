//! Functions that are always compiled into the loop that calls them.

/// A function from `A` to `B` for the slice driver.
///
/// Its `at` should be `#[inline(always)]`: the driver compiles a loop several times, each for other vector instructions,
/// and only what is inlined becomes vector code. Rust calls a plain function or a closure through a shim, which the
/// compiler inlines at its own discretion: those work here too, with the same results, perhaps at scalar speed.
pub trait Function<A, B>: Copy + Send + Sync {
    /// The value at `argument`.
    fn at(self, argument: A) -> B;

    /// Whether [`near`](Self::near) has the value at `argument`.
    ///
    /// A function that is vector code but for a few far arguments says here which, so that a loop stays vector code.
    #[inline(always)]
    fn is_near(self, _argument: &A) -> bool {
        true
    }

    /// The value at an `argument` that [is near](Self::is_near), and anything elsewhere.
    #[inline(always)]
    fn near(self, argument: A) -> B {
        self.at(argument)
    }
}

impl<A, B, F: Fn(A) -> B + Copy + Send + Sync> Function<A, B> for F {
    #[inline(always)]
    fn at(self, argument: A) -> B {
        self(argument)
    }
}
