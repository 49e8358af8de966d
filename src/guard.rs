//! Other people's code, run so that a panic in it becomes a value and prints nothing.
//!
//! Used where layout-rs is called: it asserts and panics on input that is legal. Counting before the call stays the caller's duty,
//! because neither an endless loop nor an overflowing stack can be caught.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether a panic on this thread is expected, and told by whoever catches it.
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; `None` where it panicked.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !EXPECTED.get() {
                usual(info);
            }
        }));
    });
    let outer = EXPECTED.replace(true);
    // What `work` borrowed is not looked at again after a panic: the callers drop it.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    EXPECTED.set(outer);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_nothing_and_the_next_call_works() {
        assert_eq!(caught(|| -> u32 { panic!("expected") }), None);
        assert_eq!(caught(|| 7), Some(7));
        assert!(!EXPECTED.get());
    }
}
