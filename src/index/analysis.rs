//! Words to terms: runs of letters and digits, folded. What stands in the index is the word, not its stem: a query finds
//! the words of its stem in the dictionary instead, so that stems, exact words and wildcards are asked of one index.

use std::ops::Range;

use tantivy::tokenizer::{
    Language, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager,
};

use super::layout::{ANALYZER, MARKER};
use super::marks::Marker;
use crate::limits::index::WORD_BYTES;
use crate::text::fold::fold;

/// The registry with our analyzer.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(ANALYZER, TextAnalyzer::builder(Analyzer::default()).build());
    manager.register(MARKER, TextAnalyzer::builder(Marker::default()).build());
    manager
}

/// Calls `each` with the byte range of every word of a text and the term that the index has for it.
pub(super) fn terms(text: &str, mut each: impl FnMut(Range<usize>, &str)) {
    let mut analyzer = Analyzer::default();
    let mut stream = analyzer.token_stream(text);
    while let Some(token) = stream.next() {
        each(token.offset_from..token.offset_to, &token.text);
    }
}

/// The byte range of every word of a text for which the index has a term.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(word) = next_word(text, at) {
        at = word.end;
        if word.len() <= WORD_BYTES {
            words.push(word);
        }
    }
    words
}

/// Finds the stems of terms, by the Snowball rules for English.
pub(super) struct Stems(TextAnalyzer);

impl Stems {
    pub(super) fn new() -> Stems {
        let whole = tantivy::tokenizer::RawTokenizer::default();
        Stems(
            TextAnalyzer::builder(whole)
                .filter(Stemmer::new(Language::English))
                .build(),
        )
    }

    /// The stem of a term.
    pub(super) fn stem(&mut self, term: &str) -> String {
        let mut stream = self.0.token_stream(term);
        stream
            .next()
            .map_or_else(|| term.to_string(), |token| token.text.clone())
    }
}

#[derive(Debug, Clone, Default)]
struct Analyzer {
    token: Token,
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Terms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms<'a> {
        self.token.reset();
        Terms {
            text,
            at: 0,
            token: &mut self.token,
        }
    }
}

struct Terms<'a> {
    text: &'a str,
    at: usize,
    token: &'a mut Token,
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        while let Some(range) = next_word(self.text, self.at) {
            self.at = range.end;
            if range.len() > WORD_BYTES {
                continue;
            }
            let word = &self.text[range.clone()];
            self.token.text.clear();
            if word.is_ascii() {
                self.token.text.push_str(word);
                self.token.text.make_ascii_lowercase();
            } else {
                self.token.text.push_str(&fold(word));
            }
            self.token.offset_from = range.start;
            self.token.offset_to = range.end;
            self.token.position = self.token.position.wrapping_add(1);
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// The next run of letters and digits at or after a byte. The `s` of a possessive is passed over, so that `Japan` finds
/// `Japan’s` and the other way round.
fn next_word(text: &str, mut at: usize) -> Option<Range<usize>> {
    loop {
        let start = boundary(text, at, true)?;
        let end = boundary(text, start, false).unwrap_or(text.len());
        if !is_possessive(text, start..end) {
            return Some(start..end);
        }
        at = end;
    }
}

/// Whether a run is an `s` right behind a word and an apostrophe.
#[inline]
fn is_possessive(text: &str, run: Range<usize>) -> bool {
    if run.len() != 1 || !matches!(text.as_bytes()[run.start], b's' | b'S') {
        return false;
    }
    let mut before = text[..run.start].chars().rev();
    before.next().is_some_and(|c| matches!(c, '\'' | '’' | 'ʼ'))
        && before.next().is_some_and(is_of_word)
}

/// What a byte tells of the character that it is or begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    OfWord,
    Other,
    /// Only the whole character tells.
    Wide,
}

/// By byte. All text of a corpus passes here, byte for byte.
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Wide; 256];
    let mut byte = 0u8;
    while byte.is_ascii() {
        classes[byte as usize] = match byte.is_ascii_alphanumeric() {
            true => Class::OfWord,
            false => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// The first place at or after `at` where a character is (or is not) part of a word.
#[inline(always)]
fn boundary(text: &str, mut at: usize, of_word: bool) -> Option<usize> {
    let passed = match of_word {
        true => Class::Other,
        false => Class::OfWord,
    };
    loop {
        let class = CLASSES[usize::from(*text.as_bytes().get(at)?)];
        if class == passed {
            at += 1;
            continue;
        }
        if class != Class::Wide {
            return Some(at);
        }
        let c = text[at..].chars().next()?;
        if is_of_word(c) == of_word {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Accents that stand as characters of their own belong to the word that they adorn.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        let mut ranges = Vec::new();
        terms(text, |range, term| {
            assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
            found.push(term.to_string());
            ranges.push(range);
        });
        assert_eq!(found, expected);
        assert_eq!(words(text), ranges);
    }

    #[test]
    fn words_become_terms() {
        check("Tariffs on steel: 25%", &["tariffs", "on", "steel", "25"]);
        check("Malmström’s U.S.-China", &["malmstrom", "u", "s", "china"]);
        check("'s is Japan's", &["s", "is", "japan"]);
        check(&format!("a {} b", "x".repeat(WORD_BYTES + 1)), &["a", "b"]);
    }

    proptest! {
        /// Cut character by character.
        #[test]
        fn words_are_runs_of_letters_and_digits(text in "[a-zA-Z0-9 .,'’éß\u{301}鉄-]{0,60}|\\PC*") {
            let mut expected = Vec::new();
            let mut start = None;
            for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
                match start {
                    None if is_of_word(c) => start = Some(at),
                    Some(from) if !is_of_word(c) => {
                        expected.push(from..at);
                        start = None;
                    }
                    _ => {}
                }
            }
            expected.retain(|word| !is_possessive(&text, word.clone()) && word.len() <= WORD_BYTES);
            prop_assert_eq!(words(&text), expected);
        }
    }

    #[test]
    fn stems_are_those_of_snowball() {
        let mut stems = Stems::new();
        for (term, stem) in [
            ("tariffs", "tariff"),
            ("retaliation", "retali"),
            ("retaliatory", "retaliatori"),
            ("duties", "duti"),
        ] {
            assert_eq!(stems.stem(term), stem);
        }
    }
}
