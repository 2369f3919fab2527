//! The allocator of the command: fast, and with words for the user where memory is out.

use std::alloc::{GlobalAlloc, Layout};
use std::io::Write;

use mimalloc::MiMalloc;

use super::{Size, available};
use crate::error::Exit;

/// Mimalloc, since a training step allocates and frees many large buffers, and it returns them a third faster.
///
/// What is larger than all that is there is refused before the system would kill the process for it. Either way the
/// process ends with exit code 1 and two lines on standard error, where the standard library would abort.
#[derive(Debug)]
pub struct Allocator;

/// From this size on it is asked whether the memory is there: reading the answer takes a tenth of a millisecond.
const LARGE: usize = 64 << 20;

/// Ends the process where `bytes` are more than all there is.
fn ask(bytes: usize) {
    if bytes >= LARGE
        && let Some(there) = available()
        && bytes as u64 > there
    {
        end(bytes, Some(there));
    }
}

/// Tells the user and ends the process; allocates nothing.
#[cold]
fn end(bytes: usize, there: Option<u64>) -> ! {
    let mut err = std::io::stderr();
    let _ = match there {
        Some(there) => {
            writeln!(
                err,
                "error: out of memory: {} more are needed; {} are there",
                Size(bytes as u64),
                Size(there)
            )
        }
        None => writeln!(err, "error: out of memory: {} more are needed", Size(bytes as u64)),
    };
    let _ = writeln!(err, "  help: ask for less at once, or give the process more memory");
    std::process::exit(Exit::Failed as i32);
}

// SAFETY: every call is passed on to mimalloc as it is, and what mimalloc returns is returned unless it is null, in
// which case the call does not return.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ask(layout.size());
        // SAFETY: as the caller promises.
        let place = unsafe { MiMalloc.alloc(layout) };
        if place.is_null() {
            end(layout.size(), None);
        }
        place
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        ask(layout.size());
        // SAFETY: as the caller promises.
        let place = unsafe { MiMalloc.alloc_zeroed(layout) };
        if place.is_null() {
            end(layout.size(), None);
        }
        place
    }

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ask(size);
        // SAFETY: as the caller promises.
        let place = unsafe { MiMalloc.realloc(old, layout, size) };
        if place.is_null() {
            end(size, None);
        }
        place
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { MiMalloc.dealloc(place, layout) }
    }
}
