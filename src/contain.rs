//! Keeps a panic over one file from ending the work on all others. There should be none, of ours or of a library that reads a
//! stranger's bytes; but an archive of a million articles is not to wait for the one that shows where there is.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};

thread_local! {
    /// What panicked within [`contain`]; nothing outside it.
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Does some work that changes nothing but what it returns.
///
/// # Errors
///
/// What panicked, and where, if [`note`] was told of it.
pub fn contain<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = PANIC.replace(Some("panicked".to_string()));
    let done = catch_unwind(AssertUnwindSafe(work));
    let panic = PANIC.replace(outer);
    done.map_err(|_| panic.unwrap_or_default())
}

/// To be called by the process's panic hook: remembers what panics within [`contain`], and says whether anything did.
pub fn note(panic: &PanicHookInfo) -> bool {
    PANIC.with_borrow_mut(|contained| match contained {
        Some(contained) => {
            // "panicked at src/x.rs:1:2:\nindex out of bounds"
            *contained = panic.to_string().replace('\n', " ");
            true
        }
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_or_what_panicked_is_told() {
        let numbers = [1, 2, 3];
        assert_eq!(contain(|| numbers[1]), Ok(2));
        let beyond = numbers.len();
        let nested = contain(|| (contain(|| numbers[beyond]).is_err(), numbers[beyond - 1]));
        assert_eq!(nested, Ok((true, 3)));
        assert_eq!(PANIC.take(), None);
    }
}
