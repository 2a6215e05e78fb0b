//! How much work a query is, told before it is done: one that is too much is refused, and the answer is the same each time.
//!
//! A step is about what it takes to go on to the next paragraph in the list of a word: some twenty nanoseconds. The figures are
//! measured ones, for words as frequent as *the*.

use std::cell::{Cell, RefCell};

use tantivy::TantivyError;

use crate::limits::index::{STEPS_NEVER_TOO_MUCH, STEPS_OF_PARAGRAPH};

/// To compare a word of the index with one of the query.
pub(super) const COMPARE: u64 = 12;

/// To find the stem of a word of the index.
pub(super) const STEM: u64 = 20;

/// To open the list of a word.
pub(super) const OPEN: u64 = 100;

/// For each paragraph with a word that is one of many for a place.
pub(super) const JOINED: u64 = 3;

/// So many paragraphs of the index take a step more where many words are joined for a place.
pub(super) const JOINED_AT_ONCE: u64 = 4;

/// So many phrases or the like take a step more for each paragraph with one of them.
pub(super) const ASKED_AT_ONCE: u64 = 8;

/// So many paragraphs take a step where a list is passed over.
pub(super) const SKIPPED_AT_ONCE: u64 = 16;

/// To see for each word of a phrase whether it stands there, in a paragraph that has the rarest.
pub(super) const FOLLOW: u64 = 6;

/// To put the places of one more thing in order, or to look at those of sentences.
pub(super) const SORT: u64 = 3;

/// To see whether two things are near each other, in a paragraph that has both.
pub(super) const NEAR: u64 = 16;

/// To see how a word is written, in a paragraph that has it.
pub(super) const CASE: u64 = 8;

/// To go from a paragraph to its article, or back.
pub(super) const FAMILY: u64 = 2;

/// The work that a query is.
#[derive(Debug)]
pub(super) struct Work {
    most: u64,
    done: Cell<u64>,
    /// The part of the query that is the most, and how much it is.
    worst: RefCell<(u64, String)>,
}

impl Work {
    /// As much as is allowed in an index of so many paragraphs.
    pub(super) fn with(n_paragraphs: u64) -> Work {
        Work::up_to(
            n_paragraphs
                .saturating_mul(STEPS_OF_PARAGRAPH)
                .max(STEPS_NEVER_TOO_MUCH),
        )
    }

    /// However much it is.
    pub(super) fn unbounded() -> Work {
        Work::up_to(u64::MAX)
    }

    fn up_to(most: u64) -> Work {
        Work {
            most,
            done: Cell::new(0),
            worst: RefCell::default(),
        }
    }

    /// Adds steps.
    ///
    /// # Errors
    ///
    /// When they are too many now.
    pub(super) fn add(&self, n_steps: u64) -> tantivy::Result<()> {
        self.done.set(self.done.get().saturating_add(n_steps));
        match self.is_too_much() {
            false => Ok(()),
            true => Err(TantivyError::InvalidArgument("too much work".to_string())),
        }
    }

    /// Reads a part of the query, and keeps in mind which is the most work.
    pub(super) fn of_part<T>(
        &self,
        text: impl FnOnce() -> String,
        read: impl FnOnce() -> tantivy::Result<T>,
    ) -> tantivy::Result<T> {
        let before = self.done.get();
        let found = read();
        let n_steps = self.done.get() - before;
        let mut worst = self.worst.borrow_mut();
        if n_steps > worst.0 {
            *worst = (n_steps, text());
        }
        found
    }

    pub(super) fn is_too_much(&self) -> bool {
        self.done.get() > self.most
    }

    /// The part of the query that is the most work.
    pub(super) fn worst(&self) -> String {
        self.worst.borrow().1.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_much_is_refused_with_its_worst_part() {
        let work = Work::with(1_000_000);
        let part = |text: &str, n_steps| work.of_part(|| text.to_string(), || work.add(n_steps));
        assert!(part("rare", 1_000).is_ok());
        assert!(part("the", 30_000_000).is_ok());
        assert!(!work.is_too_much());
        assert!(part("of", 11_000_000).is_err());
        assert!(work.is_too_much());
        assert_eq!(work.worst(), "the");
        assert!(Work::with(10).add(STEPS_NEVER_TOO_MUCH).is_ok());
        assert!(Work::unbounded().add(u64::MAX).is_ok());
    }
}
