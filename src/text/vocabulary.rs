//! The words that lists hold, in one table: each word of a text is looked up once, when the text is cut.

use std::hint::select_unpredictable;

/// What lists have to do with a word, and how it is written: a bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks(u16);

impl Marks {
    pub const NONE: Marks = Marks(0);
    /// Of each quotation mark.
    pub const QUOTE: Marks = Marks::bit(15);
    /// Of each word with a capital.
    pub const CAPITAL: Marks = Marks::bit(14);
    /// Of each word of two capitals or more, and no other letters.
    pub const UPPER: Marks = Marks::bit(13);
    /// Of each number.
    pub const NUMBER: Marks = Marks::bit(12);
    /// What lists may say of a word.
    const LISTED: Marks = Marks(Marks::NUMBER.0 - 1);

    pub const fn bit(number: u32) -> Marks {
        Marks(1 << number)
    }

    pub const fn with(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// Whether one of the bits is set.
    #[inline]
    pub const fn any(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    /// The place of the first that has one of some bits; four are looked at together.
    #[inline]
    pub(super) fn first_of(marks: &[Marks], wanted: Marks) -> Option<usize> {
        let wanted_of_all = u64::from(wanted.0) * (u64::MAX / u64::from(u16::MAX));
        let (fours, rest) = marks.as_chunks::<4>();
        for (four_idx, four) in fours.iter().enumerate() {
            let [first, second, third, fourth] = four.map(|marks| u64::from(marks.0));
            let all = first | second << 16 | third << 32 | fourth << 48;
            let found = all & wanted_of_all;
            if found != 0 {
                return Some(4 * four_idx + found.trailing_zeros() as usize / 16);
            }
        }
        let at = rest.iter().position(|marks| marks.any(wanted))?;
        Some(marks.len() - rest.len() + at)
    }
}

/// The number of a word in a vocabulary, and its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub number: u32,
    pub marks: Marks,
    /// Those that it has without a capital, too.
    pub small: Marks,
}

impl Entry {
    /// A word that the vocabulary has not.
    pub const UNKNOWN: Entry = Entry {
        number: 0,
        marks: Marks::NONE,
        small: Marks::NONE,
    };
    /// A word of a text that was cut without a vocabulary: any list may have it.
    pub const UNREAD: Entry = Entry {
        number: u32::MAX,
        marks: Marks::LISTED,
        small: Marks::LISTED,
    };

    #[inline]
    const fn packed(self) -> u64 {
        self.number as u64 | (self.marks.0 as u64) << 32 | (self.small.0 as u64) << 48
    }

    #[inline]
    const fn unpacked(packed: u64) -> Entry {
        Entry {
            number: packed as u32,
            marks: Marks((packed >> 32) as u16),
            small: Marks((packed >> 48) as u16),
        }
    }
}

/// Words by their folds.
#[derive(Debug)]
pub struct Vocabulary {
    /// A word stands in the bucket that its fold gives, or in the next one that had a slot free when it came.
    buckets: Box<[Bucket]>,
    n_words: u32,
}

/// What one line of the cache holds, so that a look-up waits for memory once. Slots are filled from the first on.
#[derive(Debug, Clone)]
#[repr(align(64))]
struct Bucket {
    folds: [u64; SLOTS],
    /// `UNKNOWN` marks free slots.
    entries: [Entry; SLOTS],
}

const SLOTS: usize = 4;

impl Bucket {
    const EMPTY: Bucket = Bucket {
        folds: [0; SLOTS],
        entries: [Entry::UNKNOWN; SLOTS],
    };

    /// The entry of a fold, and whether no other bucket can have it. Without a branch for each slot, which nobody can
    /// foretell: a processor that guesses wrong cannot look ahead for the words that follow.
    #[inline]
    fn find(&self, fold: u64) -> (Entry, bool) {
        let mut found = Entry::UNKNOWN.packed();
        for (known, entry) in self.folds.iter().zip(&self.entries) {
            found = select_unpredictable(*known == fold, entry.packed(), found);
        }
        let found = Entry::unpacked(found);
        let free = self.entries[SLOTS - 1].number == 0;
        (found, (found.number != 0) | free)
    }
}

impl Vocabulary {
    /// No words yet, with room for as many.
    pub fn with_room(n_words: usize) -> Vocabulary {
        // A quarter of the slots at least stays free, so that few buckets are full.
        let n_buckets = (n_words / (SLOTS - 1) + 1).next_power_of_two();
        Vocabulary {
            buckets: vec![Bucket::EMPTY; n_buckets].into_boxed_slice(),
            n_words: 0,
        }
    }

    /// The entry of a word; one that is new gets the next number, from 1. Once there is no room left, none may be new.
    pub fn enter(&mut self, fold: u64) -> &mut Entry {
        let mut at = fold as usize;
        let (bucket_idx, slot, is_new) = loop {
            let bucket_idx = at & (self.buckets.len() - 1);
            let Bucket { folds, entries } = &self.buckets[bucket_idx];
            let mut slots = entries.iter().zip(folds);
            let slot = slots.position(|(entry, known)| entry.number == 0 || *known == fold);
            match slot {
                Some(slot) => break (bucket_idx, slot, entries[slot].number == 0),
                None => at += 1,
            }
        };
        let bucket = &mut self.buckets[bucket_idx];
        if is_new {
            self.n_words += 1;
            bucket.folds[slot] = fold;
            bucket.entries[slot].number = self.n_words;
        }
        &mut bucket.entries[slot]
    }

    #[inline]
    pub fn entry(&self, fold: u64) -> Entry {
        let mut at = fold as usize;
        loop {
            let (entry, told) = self.buckets[at & (self.buckets.len() - 1)].find(fold);
            if told {
                return entry;
            }
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::hash;
    use super::*;

    #[test]
    fn marks_are_found_at_any_place() {
        let (wanted, other) = (Marks::bit(0).with(Marks::bit(15)), Marks::bit(7));
        for length in 0..20 {
            assert_eq!(Marks::first_of(&vec![other; length], wanted), None);
            for place in 0..length {
                for mark in [Marks::bit(0), Marks::bit(15)] {
                    let mut marks = vec![other; length];
                    marks[place..].fill(mark.with(other));
                    assert_eq!(Marks::first_of(&marks, wanted), Some(place));
                }
            }
        }
    }

    #[test]
    fn words_are_found_with_their_entries() {
        for n_words in [0, 1, 3, 1_000] {
            let fold = |word: u32| hash(&word.to_le_bytes());
            let entry = |word: u32| Entry {
                number: word + 1,
                marks: Marks::bit(word % 16),
                small: Marks::NONE,
            };
            let mut vocabulary = Vocabulary::with_room(n_words as usize);
            for word in 0..n_words {
                assert_eq!(vocabulary.enter(fold(word)).number, word + 1);
                vocabulary.enter(fold(word)).marks = Marks::bit(word % 16);
            }
            for word in 0..2 * n_words + 10 {
                let expected = if word < n_words {
                    entry(word)
                } else {
                    Entry::UNKNOWN
                };
                assert_eq!(vocabulary.entry(fold(word)), expected);
            }
        }
    }
}
