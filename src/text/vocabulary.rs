//! The words that lists hold, in one table: each word of a text is looked up once, when the text is cut.

use std::hint::{black_box, select_unpredictable};
use std::ops::Range;

use smallvec::SmallVec;

/// What lists have to do with a word, and how it is written: a bit for each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks(u16);

impl Marks {
    pub const NONE: Marks = Marks(0);
    /// How many there are.
    const N: usize = u16::BITS as usize;
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
}

/// The marks of the tokens of a text, by mark: a bit for each of 64 tokens together, so that those who look for marks pass many
/// tokens at once.
#[derive(Debug, Clone, Default)]
pub(super) struct Marked(SmallVec<[[u64; Marks::N]; 1]>);

/// How many tokens stand together.
const BLOCK: usize = u64::BITS as usize;

impl Marked {
    /// Asks for the marks of each token.
    #[inline]
    pub(super) fn collect<T>(tokens: &mut [T], mut marks: impl FnMut(&mut T) -> Marks) -> Marked {
        let blocks = tokens.chunks_mut(BLOCK).map(|tokens| {
            // A row has the marks of each sixteenth token.
            let mut rows = [0; Marks::N];
            for (place, token) in tokens.iter_mut().enumerate() {
                rows[place % Marks::N] |=
                    u64::from(marks(token).0) << (place / Marks::N * Marks::N);
            }
            turned(rows)
        });
        Marked(blocks.collect())
    }

    /// Which tokens of a block have one of some marks.
    #[inline(always)]
    fn bits(block: &[u64; Marks::N], wanted: Marks) -> u64 {
        let numbers = (0..Marks::N).filter(|&number| wanted.any(Marks(1 << number)));
        numbers.fold(0, |bits, number| bits | block[number])
    }

    /// Whether a token has one of some marks; none is past the end.
    #[inline(always)]
    pub(super) fn has(&self, token_idx: usize, wanted: Marks) -> bool {
        let block = self.0.get(token_idx / BLOCK);
        block.is_some_and(|block| Marked::bits(block, wanted) >> (token_idx % BLOCK) & 1 != 0)
    }

    /// The marks of a token.
    pub(super) fn of(&self, token_idx: usize) -> Marks {
        let marks = (0..Marks::N).map(|number| Marks(1 << number));
        let own = marks.filter(|mark| self.has(token_idx, *mark));
        own.fold(Marks::NONE, Marks::with)
    }

    /// The first token of a range that has one of some marks.
    #[inline(always)]
    pub(super) fn next_in(&self, range: Range<usize>, wanted: Marks) -> Option<usize> {
        let n_blocks = range.end.div_ceil(BLOCK).min(self.0.len());
        let mut reached = u64::MAX << (range.start % BLOCK);
        let mut block_idx = range.start / BLOCK;
        while block_idx < n_blocks {
            let bits = Marked::bits(&self.0[block_idx], wanted) & reached;
            if bits != 0 {
                let token_idx = block_idx * BLOCK + bits.trailing_zeros() as usize;
                return (token_idx < range.end).then_some(token_idx);
            }
            reached = u64::MAX;
            block_idx += 1;
        }
        None
    }
}

/// Four matrices of bits side by side, whose rows become their columns.
fn turned(mut rows: [u64; Marks::N]) -> [u64; Marks::N] {
    // The halves of the rows change places with those of the columns, then their quarters, and so on.
    change_places(&mut rows, 8, 0x00ff_00ff_00ff_00ff);
    change_places(&mut rows, 4, 0x0f0f_0f0f_0f0f_0f0f);
    change_places(&mut rows, 2, 0x3333_3333_3333_3333);
    change_places(&mut rows, 1, 0x5555_5555_5555_5555);
    rows
}

/// Changes the right columns of upper rows for the left ones of lower rows.
#[inline(always)]
fn change_places(rows: &mut [u64; Marks::N], width: usize, left: u64) {
    for rows in rows.chunks_exact_mut(2 * width) {
        let (upper, lower) = rows.split_at_mut(width);
        for (upper, lower) in upper.iter_mut().zip(lower) {
            let differing = (*upper >> width ^ *lower) & left;
            *upper ^= differing << width;
            *lower ^= differing;
        }
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
        let is_free = self.entries[SLOTS - 1].number == 0;
        (found, found.number | u32::from(is_free) != 0)
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

    /// Brings what look-ups of some words will need into the nearest cache: the table is larger, and here no look-up waits for
    /// the one before.
    #[inline]
    pub fn fetch(&self, folds: impl Iterator<Item = u64>) {
        let bucket = |fold: u64| &self.buckets[fold as usize & (self.buckets.len() - 1)];
        black_box(folds.fold(0, |all, fold| all ^ bucket(fold).folds[0]));
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
        for n_tokens in [1, 2, 15, 16, 17, 63, 64, 65, 128, 200] {
            let marks_of = |token_idx: usize| match token_idx * token_idx % 5 {
                1 => Marks::bit(token_idx as u32 % 16),
                4 => Marks::bit(0).with(Marks::bit(15)),
                _ => Marks::NONE,
            };
            let mut tokens: Vec<usize> = (0..n_tokens).collect();
            let marked = Marked::collect(&mut tokens, |token_idx| marks_of(*token_idx));
            for number in 0..16 {
                let wanted = Marks::bit(number).with(Marks::bit(3));
                for from in 0..n_tokens + 100 {
                    let is_marked = |token_idx: &usize| marks_of(*token_idx).any(wanted);
                    assert_eq!(
                        marked.has(from, wanted),
                        from < n_tokens && is_marked(&from)
                    );
                    for end in [from, from + 1, from + 70, n_tokens] {
                        let first = (from..end.min(n_tokens)).find(is_marked);
                        assert_eq!(marked.next_in(from..end, wanted), first);
                    }
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
