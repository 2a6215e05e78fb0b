//! Words by the folds that tokens carry: lists of words, and tables of what is known of each. Most words of a text are in no
//! list, and a few bits tell so, which stay in the nearest cache where a table does not.

use super::fold::hash;
use super::tokens::Text;

/// Whether a fold is that of one of some words or marks, which are folded when the program is built: `one_of!(text.fold(at), "a" | "the")`
/// compares numbers, where `matches!` compares letters.
macro_rules! one_of {
    ($fold:expr, $($word:literal)|+ $(|)?) => {{
        let fold: u64 = $fold;
        $(fold == const { $crate::text::words::fold_of($word) })||+
    }};
}
pub(crate) use one_of;

/// The fold of a word that is its own folded form: small letters and marks of ASCII, which is checked when the program is built.
pub(crate) const fn fold_of(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        assert!(bytes[at].is_ascii() && !bytes[at].is_ascii_uppercase());
        at += 1;
    }
    hash(bytes)
}

/// A set of folds that may take others for its own, seldom.
#[derive(Debug)]
pub struct Filter {
    /// A power of two.
    bits: Box<[u64]>,
}

/// Bits for each fold of a filter, at least; so many others are one of its own.
const BITS_PER_FOLD: usize = 16;

impl Filter {
    pub fn new(folds: impl ExactSizeIterator<Item = u64>) -> Filter {
        let n_words = (folds.len() * BITS_PER_FOLD).div_ceil(64);
        let mut filter = Filter {
            bits: vec![0; n_words.next_power_of_two()].into_boxed_slice(),
        };
        for fold in folds {
            let place = filter.place(fold);
            filter.bits[place] |= 1 << (fold & 63);
        }
        filter
    }

    #[inline]
    fn place(&self, fold: u64) -> usize {
        (fold >> 6) as usize & (self.bits.len() - 1)
    }

    #[inline]
    pub fn may_have(&self, fold: u64) -> bool {
        self.bits[self.place(fold)] & (1 << (fold & 63)) != 0
    }
}

/// What is known of words.
#[derive(Debug)]
pub struct WordTable<T> {
    filter: Filter,
    /// Numbers of words, counted from 1, and 0 where a slot is free.
    slots: Box<[u32]>,
    words: Box<[(u64, T)]>,
}

impl<T> Default for WordTable<T> {
    fn default() -> WordTable<T> {
        std::iter::empty().collect()
    }
}

/// Of several entries for a word the last stays.
impl<T> FromIterator<(u64, T)> for WordTable<T> {
    fn from_iter<I: IntoIterator<Item = (u64, T)>>(words: I) -> WordTable<T> {
        let words = words.into_iter();
        let mut known: Vec<(u64, T)> = Vec::with_capacity(words.size_hint().0);
        let mut slots: Box<[u32]> = Box::default();
        for (fold, value) in words {
            if 2 * known.len() >= slots.len() {
                slots = slots_of(&known, 4 * (known.len() + 1));
            }
            let slot = slot_of(&slots, &known, fold);
            match slots[slot].checked_sub(1) {
                Some(word_idx) => known[word_idx as usize].1 = value,
                None => {
                    known.push((fold, value));
                    slots[slot] = known.len() as u32;
                }
            }
        }
        WordTable {
            filter: Filter::new(known.iter().map(|(fold, _)| *fold)),
            slots: slots_of(&known, 2 * known.len() + 1),
            words: known.into_boxed_slice(),
        }
    }
}

/// The slot that has a word, or the free one where it belongs.
fn slot_of<T>(slots: &[u32], words: &[(u64, T)], fold: u64) -> usize {
    // The low bits have chosen the bit of the filter already.
    let mut slot = (fold >> 32) as usize & (slots.len() - 1);
    while let Some(word_idx) = slots[slot].checked_sub(1)
        && words[word_idx as usize].0 != fold
    {
        slot = (slot + 1) & (slots.len() - 1);
    }
    slot
}

/// Slots for words that differ, some of them free.
fn slots_of<T>(words: &[(u64, T)], n_slots: usize) -> Box<[u32]> {
    let mut slots = vec![0; n_slots.next_power_of_two()].into_boxed_slice();
    for (word_idx, (fold, _)) in words.iter().enumerate() {
        let slot = slot_of(&slots, words, *fold);
        slots[slot] = word_idx as u32 + 1;
    }
    slots
}

impl<T> WordTable<T> {
    /// What is known of a word.
    #[inline]
    pub fn get(&self, fold: u64) -> Option<&T> {
        if !self.filter.may_have(fold) {
            return None;
        }
        let word_idx = self.slots[slot_of(&self.slots, &self.words, fold)].checked_sub(1)?;
        Some(&self.words[word_idx as usize].1)
    }

    /// All words with their folds, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &T)> {
        self.words.iter().map(|(fold, value)| (*fold, value))
    }

    /// How many words are in the table.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether no word is in the table.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// A list of words.
#[derive(Debug)]
pub struct Words(WordTable<()>);

impl Words {
    /// Reads folded words.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a str>) -> Words {
        Words::of_folds(words.into_iter().map(|word| hash(word.as_bytes())))
    }

    pub fn of_folds(folds: impl IntoIterator<Item = u64>) -> Words {
        Words(folds.into_iter().map(|fold| (fold, ())).collect())
    }

    /// The folds of all words.
    pub fn folds(&self) -> impl Iterator<Item = u64> {
        self.0.iter().map(|(fold, ())| fold)
    }

    #[inline]
    pub fn has_fold(&self, fold: u64) -> bool {
        self.0.get(fold).is_some()
    }

    /// Whether the token at a place is in the list, in any case; none is past the end.
    #[inline]
    pub fn has(&self, text: &Text, token_idx: usize) -> bool {
        text.tokens
            .get(token_idx)
            .is_some_and(|token| self.has_fold(token.fold))
    }

    /// Whether the token before a place is in the list.
    #[inline]
    pub fn has_before(&self, text: &Text, token_idx: usize) -> bool {
        token_idx > 0 && self.has(text, token_idx - 1)
    }

    /// How many tokens of a text are in the list.
    pub fn count(&self, text: &Text) -> usize {
        text.tokens
            .iter()
            .filter(|token| self.has_fold(token.fold))
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_know_their_words_and_no_others() {
        for n_words in [0, 1, 2, 3, 100, 5_000] {
            let fold = |word: u64| hash(&word.to_le_bytes());
            let table: WordTable<u64> = (0..n_words).map(|word| (fold(word), word)).collect();
            for word in 0..2 * n_words + 100 {
                let known = (word < n_words).then_some(&word);
                assert_eq!(table.get(fold(word)), known);
            }
            for fold in [0, 1, u64::MAX] {
                assert_eq!(table.get(fold), None);
            }
        }
        let table: WordTable<char> = [(0, 'a'), (0, 'b')].into_iter().collect();
        assert_eq!((table.get(0), table.len()), (Some(&'b'), 1));
    }

    #[test]
    fn words_are_found_in_any_case() {
        let words = Words::new(["steel", "zinc"]);
        let text = Text::new("Steel and zinc");
        assert!(words.has(&text, 0) && words.has_before(&text, 3));
        assert!(!words.has(&text, 1) && !words.has(&text, 3) && !words.has_before(&text, 0));
        assert_eq!(words.count(&text), 2);
    }
}
