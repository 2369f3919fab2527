//! Turns a panic of somebody else's decoder into an ordinary failure.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether panics of this thread are expected and are not to be printed.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; nothing where it panics, without a word on stderr.
///
/// `work` must leave nothing half-done behind that is used afterwards.
pub(super) fn quietly<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                loud(info);
            }
        }));
    });
    QUIET.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    QUIET.set(false);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::quietly;

    #[test]
    fn a_panic_is_nothing() {
        assert_eq!(quietly(|| 3), Some(3));
        assert_eq!(quietly(|| [1, 2][std::hint::black_box(7)]), None);
    }
}
