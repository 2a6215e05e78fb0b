//! The words that lists hold, in one table: each word of a text is looked up once, when the text is cut.

/// What lists have to do with a word: a bit for each use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks(u16);

impl Marks {
    pub const NONE: Marks = Marks(0);
    /// Those of a word that was not looked up: any list may have it.
    pub const ALL: Marks = Marks(u16::MAX);
    /// Of each quotation mark.
    pub const QUOTE: Marks = Marks::bit(15);

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
    /// A word of a text that was cut without a vocabulary.
    pub const UNREAD: Entry = Entry {
        number: u32::MAX,
        marks: Marks::ALL,
        small: Marks::ALL,
    };
}

/// Words by their folds.
#[derive(Debug)]
pub struct Vocabulary {
    /// A word stands in the first slot from the one that its fold gives; `UNKNOWN` marks free slots, of which half are.
    slots: Box<[(u64, Entry)]>,
}

impl Vocabulary {
    /// Words with their entries; each must come once, and have a number.
    pub fn new(words: impl ExactSizeIterator<Item = (u64, Entry)>) -> Vocabulary {
        let n_slots = (2 * words.len() + 1).next_power_of_two();
        let mut vocabulary = Vocabulary {
            slots: vec![(0, Entry::UNKNOWN); n_slots].into_boxed_slice(),
        };
        for (fold, entry) in words {
            let mut slot = fold as usize & (n_slots - 1);
            while vocabulary.slots[slot].1.number != 0 {
                slot = (slot + 1) & (n_slots - 1);
            }
            vocabulary.slots[slot] = (fold, entry);
        }
        vocabulary
    }

    #[inline]
    pub fn entry(&self, fold: u64) -> Entry {
        let last = self.slots.len() - 1;
        let mut slot = fold as usize & last;
        loop {
            let (known, entry) = self.slots[slot];
            if known == fold || entry.number == 0 {
                return entry;
            }
            slot = (slot + 1) & last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::hash;
    use super::*;

    #[test]
    fn words_are_found_with_their_entries() {
        for n_words in [0, 1, 3, 1_000] {
            let fold = |word: u32| hash(&word.to_le_bytes());
            let entry = |word: u32| Entry {
                number: word + 1,
                marks: Marks::bit(word % 16),
                small: Marks::NONE,
            };
            let words = (0..n_words).map(|word| (fold(word), entry(word)));
            let vocabulary = Vocabulary::new(words);
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
