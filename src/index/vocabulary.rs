//! The words of an index: which of them a query's word, prefix or near spelling stands for.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use regex::Regex;
use rustc_hash::FxHashMap;
use tantivy::Searcher;
use tantivy::Term;
use tantivy::schema::Field as Slot;
use tantivy::termdict::TermStreamer;

use super::analysis::{self, Stems};
use super::marks;
use crate::field::Field;

/// Stems that have so many letters in common are of one family of words, nearly always; with six, too many are not
/// (`commun`ist, `commun`ication).
const N_AKIN: usize = 7;

/// What stands behind a surname and is none.
const BEHIND_SURNAMES: &[&str] = &["ii", "iii", "iv", "jr", "sr"];

/// Words of fewer letters are as near to too many others.
const LEAST_MISSPELLED: usize = 4;

/// From so many letters on, two of them may be wrong.
const LEAST_TWICE_MISSPELLED: usize = 7;

/// The words of a field that have the same stem as `term`, in order; `term` itself comes with them if the index has it. Those
/// that were looked at are counted: of a short word all with its first letter.
pub(super) fn same_stem(
    searcher: &Searcher,
    slot: Slot,
    term: &str,
    n_compared: &mut u64,
) -> tantivy::Result<Vec<String>> {
    let mut stems = Stems::new();
    let stem = stems.stem(term);
    // Numbers and letters have no other forms, and much begins with them.
    let has_forms =
        stem.chars().nth(1).is_some() && !stem.bytes().any(|byte| byte.is_ascii_digit());
    if !has_forms {
        *n_compared += 1;
        let is_there = is_word(searcher, slot, term)?;
        return Ok(is_there.then(|| term.to_string()).into_iter().collect());
    }
    let mut words = BTreeSet::new();
    for_each_word(searcher, slot, stem_family(&stem), |word| {
        *n_compared += 1;
        if !words.contains(word) && stems.stem(word) == stem {
            words.insert(word.to_string());
        }
    })?;
    Ok(words.into_iter().collect())
}

/// The words of a field that `term` is akin to, in order: those of its stem, and those whose stems begin with the same
/// letters, if these are many (`chancellorship`, `chancellor`; `suppression`, `suppressed`).
pub(super) fn akin(
    searcher: &Searcher,
    slot: Slot,
    term: &str,
    n_compared: &mut u64,
) -> tantivy::Result<Vec<String>> {
    let mut words = same_stem(searcher, slot, term, n_compared)?;
    let mut stems = Stems::new();
    let stem = stems.stem(term);
    let Some((end, _)) = stem.char_indices().nth(N_AKIN - 1) else {
        return Ok(words);
    };
    let end = end + stem[end..].chars().next().map_or(0, char::len_utf8);
    let beginning = &stem[..end];
    if !is_of_letters(&stem) {
        return Ok(words);
    }
    for_each_word(searcher, slot, beginning, |word| {
        if is_of_letters(word) && stems.stem(word).starts_with(beginning) {
            words.push(word.to_string());
        }
    })?;
    words.sort_unstable();
    words.dedup();
    Ok(words)
}

/// The values of a field for names of persons whose surname that is, in order; the slot is that of marks.
pub(super) fn called(
    searcher: &Searcher,
    slot: Slot,
    field: &Field,
    surname: &str,
) -> tantivy::Result<Vec<String>> {
    let beginning = marks::value_term(field, "");
    let mut names = BTreeSet::new();
    for_each_word(searcher, slot, &beginning, |term| {
        let name = &term[beginning.len()..];
        let mut last = false;
        analysis::terms(name, |_, word| {
            if !BEHIND_SURNAMES.contains(&word) {
                last = word == surname;
            }
        });
        if last && !names.contains(name) {
            names.insert(name.to_string());
        }
    })?;
    Ok(names.into_iter().collect())
}

fn is_of_letters(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
}

/// What all words of a stem begin with: English stems change the last letter of the word at most (`duties` → `duti`,
/// `duty` → `duti`), those of `dying`, `lying` and `tying` two (`die`).
fn stem_family(stem: &str) -> &str {
    let n_kept = match stem.chars().count() {
        3 if stem.ends_with("ie") => 1,
        n_chars @ 0..=2 => n_chars,
        n_chars => n_chars - 1,
    };
    stem.char_indices()
        .nth(n_kept)
        .map_or(stem, |(end, _)| &stem[..end])
}

/// The words of a field that a regular expression matches, in order; all of them begin with `prefix`. Those that were looked
/// at are counted.
pub(super) fn matching(
    searcher: &Searcher,
    slot: Slot,
    prefix: &str,
    pattern: &Regex,
    n_compared: &mut u64,
) -> tantivy::Result<Vec<String>> {
    let mut words = BTreeSet::new();
    for_each_word(searcher, slot, prefix, |word| {
        *n_compared += 1;
        if pattern.is_match(word) && !words.contains(word) {
            words.insert(word.to_string());
        }
    })?;
    Ok(words.into_iter().collect())
}

/// Words with those near to them, and how many were looked at. A query that no paragraph answers is lowered twice, strictly and
/// for some of its words; all words of an index are gone through once.
#[derive(Debug, Default)]
pub(super) struct Neighbours(Mutex<FxHashMap<(Slot, String, u8), Found>>);

#[derive(Debug, Clone)]
struct Found {
    words: Vec<String>,
    n_looked_at: u64,
}

impl Neighbours {
    /// More words than a query may have; longer use must not fill the memory.
    const MOST: usize = 64;

    /// What [`near`] finds.
    pub(super) fn of(
        &self,
        searcher: &Searcher,
        slot: Slot,
        term: &str,
        distance: u8,
        n_compared: &mut u64,
    ) -> tantivy::Result<Vec<String>> {
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (slot, term.to_string(), distance);
        let known = lock().get(&key).cloned();
        let found = match known {
            Some(found) => found,
            None => {
                let mut n_looked_at = 0;
                let words = near(searcher, slot, term, distance, &mut n_looked_at)?;
                let found = Found { words, n_looked_at };
                let mut known = lock();
                if known.len() >= Self::MOST {
                    known.clear();
                }
                known.insert(key, found.clone());
                found
            }
        };
        *n_compared += found.n_looked_at;
        Ok(found.words)
    }
}

/// The words of a field at most `distance` edits away from `term`, swapped neighbours counting as one edit, in order. Those
/// that were looked at are counted.
fn near(
    searcher: &Searcher,
    slot: Slot,
    term: &str,
    distance: u8,
    n_compared: &mut u64,
) -> tantivy::Result<Vec<String>> {
    let distance = usize::from(distance);
    let n_chars = term.chars().count();
    let letters = letters(term);
    let mut words = BTreeSet::new();
    for_each_word(searcher, slot, "", |word| {
        *n_compared += 1;
        let alike = word.len().abs_diff(term.len()) <= 4 * distance
            && may_be_near(letters, self::letters(word), distance)
            && word.chars().count().abs_diff(n_chars) <= distance
            && strsim::osa_distance(word, term) <= distance;
        if alike {
            words.insert(word.to_string());
        }
    })?;
    Ok(words.into_iter().collect())
}

/// Which letters a word has, as one of 64 classes each; none of a word that has others than ASCII's.
fn letters(word: &str) -> Option<u64> {
    let classes = word.bytes().map(|byte| 1u64 << (byte & 63));
    word.is_ascii()
        .then(|| classes.fold(0, |letters, class| letters | class))
}

/// Whether words may be so near to each other, by a quick look: an edit takes one letter away and brings one at most.
fn may_be_near(letters: Option<u64>, others: Option<u64>, distance: usize) -> bool {
    match (letters, others) {
        (Some(letters), Some(others)) => (letters ^ others).count_ones() as usize <= 2 * distance,
        _ => true,
    }
}

/// A word of a field for one that it has in no form: that with the fewest other letters, of those the most frequent. None
/// when the field has the word, or nothing like it. People mistake the first letter least, so that it must be right.
pub(super) fn instead(
    searcher: &Searcher,
    slot: Slot,
    typed: &str,
    n_compared: &mut u64,
) -> tantivy::Result<Option<String>> {
    let mut terms = Vec::new();
    analysis::terms(typed, |_, term| terms.push(term.to_string()));
    let [term] = terms.as_slice() else {
        return Ok(None);
    };
    let n_chars = term.chars().count();
    let is_number = term.contains(|c: char| c.is_ascii_digit());
    if n_chars < LEAST_MISSPELLED
        || is_number
        || !same_stem(searcher, slot, term, n_compared)?.is_empty()
    {
        return Ok(None);
    }
    let most = if n_chars < LEAST_TWICE_MISSPELLED {
        1
    } else {
        2
    };
    let single = undoubled(term);
    // At last, of a short word, those that double other letters.
    let rounds = (1..=most)
        .map(|distance| (distance, false))
        .chain([(2, true)]);
    for (distance, is_doubled) in rounds {
        let mut best: Option<(u32, String)> = None;
        for word in near(searcher, slot, term, distance, n_compared)? {
            if word.chars().next() != term.chars().next()
                || is_doubled && undoubled(&word) != single
            {
                continue;
            }
            let mut n_with = 0;
            for segment in searcher.segment_readers() {
                let inverted = segment.inverted_index(slot)?;
                n_with += inverted.doc_freq(&Term::from_field_text(slot, &word))?;
            }
            if best.as_ref().is_none_or(|(most, _)| n_with > *most) {
                best = Some((n_with, word));
            }
        }
        if let Some((_, word)) = best {
            return Ok(Some(word));
        }
    }
    Ok(None)
}

/// A word with its double letters single: `tarrif`, `tariff`.
fn undoubled(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// Whether a field has a word.
fn is_word(searcher: &Searcher, slot: Slot, word: &str) -> tantivy::Result<bool> {
    for segment in searcher.segment_readers() {
        if segment
            .inverted_index(slot)?
            .terms()
            .term_ord(word)?
            .is_some()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn for_each_word(
    searcher: &Searcher,
    slot: Slot,
    prefix: &str,
    mut each: impl FnMut(&str),
) -> tantivy::Result<()> {
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(slot)?;
        let range = inverted.terms().range().ge(prefix.as_bytes());
        let mut stream: TermStreamer<'_> = match after(prefix) {
            Some(end) => range.lt(&end).into_stream()?,
            None => range.into_stream()?,
        };
        while stream.advance() {
            if let Ok(word) = std::str::from_utf8(stream.key()) {
                each(word);
            }
        }
    }
    Ok(())
}

/// The first bytes that come after everything that begins with `prefix`.
fn after(prefix: &str) -> Option<Vec<u8>> {
    let mut bytes = prefix.as_bytes().to_vec();
    while let Some(last) = bytes.pop() {
        if last < u8::MAX {
            bytes.push(last + 1);
            return Some(bytes);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_as_their_stems_do() {
        let mut stems = Stems::new();
        for word in [
            "as", "dying", "lying", "tied", "skies", "skis", "duties", "duty", "goes", "going",
            "taxes", "buyer", "sec", "secs", "use", "using", "agreed", "carries", "news", "gas",
            "gases", "bus", "buses", "ago", "oil", "oils", "ties", "vie", "vying",
        ] {
            let stem = stems.stem(word);
            assert!(word.starts_with(stem_family(&stem)), "{word} {stem}");
        }
    }
}
