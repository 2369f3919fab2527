//! A batch allocates when it is made, and never again.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use reparam_lang::{Shape, Variable, functions, parse};

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

struct Counting;

// SAFETY: every call goes to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn evaluation_and_slopes_do_not_allocate() {
    let names = ["x", "y", "a", "b", "condition", "v", "w"];
    let shape = |name| if matches!(name, "v" | "w") { Shape::Vector(3) } else { Shape::Scalar };
    let variables = names.map(|name| Variable { name, shape: shape(name) });
    for function in functions() {
        let text = format!("{}({}) ^ b", function.name, function.arguments.trim_end_matches(", ..."));
        let program = parse(&text).and_then(|parsed| parsed.compile(&variables)).unwrap();
        let mut batch = program.batch(256);
        (0..program.inputs()).for_each(|element| batch.input_mut(element).fill(0.3));
        let before = COUNT.get();
        for draws in [256, 100] {
            batch.evaluate(draws);
            batch.differentiate(0);
        }
        assert_eq!(COUNT.get(), before, "{text}");
    }
    let before = COUNT.get();
    drop(vec![0.0; 8]);
    assert_eq!(COUNT.get(), before + 1, "the count counts");
}
