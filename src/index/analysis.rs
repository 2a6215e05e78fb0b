//! Words to terms: runs of letters and digits, folded. What stands in the index is the word, not its stem: a query finds
//! the words of its stem in the dictionary instead, so that stems, exact words and wildcards are asked of one index.
//!
//! A number with a period or comma is several words (`7208.51` is found by `7208`), of which those behind the first are
//! marked: who asks for 5 percent means no 2.5 percent. A percent sign behind a number is the word `percent`. Each character of
//! a Chinese or Japanese text is a word.

use std::borrow::Cow;
use std::ops::Range;

use tantivy::tokenizer::{
    Language, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager,
};

use super::layout::{ANALYZER, MARKER};
use super::marks::{Marker, push_number, read_number};
use crate::limits::index::WORD_BYTES;
use crate::text::fold::fold;
use crate::text::ideographs;

/// The registry with our analyzer.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(ANALYZER, TextAnalyzer::builder(Analyzer::default()).build());
    manager.register(MARKER, TextAnalyzer::builder(Marker::default()).build());
    manager
}

/// A run of letters and digits, or a percent sign.
pub(super) struct Word {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Whether it is known to have nothing but small letters and digits of ASCII.
    pub(super) is_plain: bool,
    part: Part,
}

/// What a word is of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Nothing, or its head.
    Whole,
    /// `51` in `7208.51`, `000` in `1,000`.
    Tail,
    /// `%`
    Percent,
}

/// Calls `each` with the byte range of every word of a text and the term that the index has for it.
pub(super) fn terms(text: &str, mut each: impl FnMut(Range<usize>, &str)) {
    each_word(text, |word| each(word.range.clone(), &term(text, &word)));
}

/// The term of a word.
fn term<'a>(text: &'a str, word: &Word) -> Cow<'a, str> {
    let spelt = &text[word.range.clone()];
    match word.part {
        Part::Whole if word.is_plain => Cow::Borrowed(spelt),
        Part::Whole => Cow::Owned(fold(spelt)),
        Part::Tail => Cow::Owned(format!(".{}", fold(spelt))),
        Part::Percent => Cow::Borrowed("percent"),
    }
}

/// Adds the term of a word as the index takes it: behind its length.
pub(super) fn push_term(out: &mut String, text: &str, word: &Word) {
    let spelt = &text[word.range.clone()];
    if word.part == Part::Whole && (word.is_plain || spelt.is_ascii()) {
        push_number(out, spelt.len() as u32);
        let start = out.len();
        out.push_str(spelt);
        if !word.is_plain {
            out[start..].make_ascii_lowercase();
        }
    } else {
        let term = term(text, word);
        push_number(out, term.len() as u32);
        out.push_str(&term);
    }
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

/// Reads what [`push_term`] writes, so that a text is cut into words once, and not on the thread that indexes.
#[derive(Debug, Clone, Default)]
struct Analyzer {
    token: Token,
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Terms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms<'a> {
        self.token.reset();
        Terms {
            rest: text,
            token: &mut self.token,
        }
    }
}

struct Terms<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Terms<'_> {
    fn step(&mut self) -> Option<()> {
        let length = read_number(&mut self.rest)? as usize;
        let (term, rest) = self.rest.split_at_checked(length)?;
        self.token.text.clear();
        self.token.text.push_str(term);
        self.token.position = self.token.position.wrapping_add(1);
        self.rest = rest;
        Some(())
    }
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        self.step().is_some()
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Calls `each` with every word of a text that the index has a term for. The `s` of a possessive is passed over, so that
/// `Japan` finds `Japan’s` and the other way round.
pub(super) fn each_word(text: &str, mut each: impl FnMut(Word)) {
    let (blocks, rest) = text.as_bytes().as_chunks();
    let mut last = [0; BLOCK];
    last[..rest.len()].copy_from_slice(rest);
    let below = |bit: usize| (1 << bit) - 1;
    let mut begun = None;
    let mut before = Block::default();
    for (start, bytes) in (0..).step_by(BLOCK).zip(blocks.iter().chain([&last])) {
        let block = Block::read(text, start, bytes, before);
        // Where words begin or end.
        let mut edges = block.of_word ^ (block.of_word << 1 | before.of_word >> (BLOCK - 1));
        while edges > 0 {
            let bit = edges.trailing_zeros() as usize;
            edges &= edges - 1;
            let end = start + bit;
            let Some(begin) = begun.take() else {
                begun = Some(end);
                continue;
            };
            let range: Range<usize> = begin..end;
            let (behind, other) = (!below(begin % BLOCK), block.other & below(bit));
            // No word that counts begins before the block before.
            let is_plain = match begin < start {
                true => before.other & behind == 0 && other == 0,
                false => other & behind == 0,
            };
            if is_possessive(text, range.clone()) {
                continue;
            }
            let run = &text[range.clone()];
            if !is_plain && ideographs::has_several(run) {
                for part in ideographs::parts(run) {
                    push_run(text, begin + part.start..begin + part.end, false, &mut each);
                }
            } else {
                push_run(text, range, is_plain, &mut each);
            }
        }
        before = block;
    }
}

/// Calls `each` with a run of letters and digits, and the percent sign behind it; not with one that is too long for a word.
#[inline]
fn push_run(text: &str, range: Range<usize>, is_plain: bool, each: &mut impl FnMut(Word)) {
    if range.len() > WORD_BYTES {
        return;
    }
    let (end, part) = (range.end, part(text.as_bytes(), range.start));
    each(Word {
        range,
        is_plain,
        part,
    });
    if is_percent(text.as_bytes(), end) {
        each(Word {
            range: end..end + 1,
            is_plain: false,
            part: Part::Percent,
        });
    }
}

/// What a run that begins at a place is of a number.
#[inline]
fn part(bytes: &[u8], start: usize) -> Part {
    let before = start
        .checked_sub(2)
        .and_then(|from| bytes.get(from..=start));
    match before {
        Some([b'0'..=b'9', b'.' | b',', b'0'..=b'9']) => Part::Tail,
        _ => Part::Whole,
    }
}

/// Whether a percent sign stands right behind the digit at the end of a run.
#[inline]
fn is_percent(bytes: &[u8], end: usize) -> bool {
    bytes.get(end) == Some(&b'%') && bytes[end - 1].is_ascii_digit()
}

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// What such bytes are, a bit for each, the first byte's the lowest.
#[derive(Clone, Copy, Default)]
struct Block {
    /// Letters and digits.
    of_word: u64,
    /// Capital letters, and all that is not ASCII.
    other: u64,
}

impl Block {
    /// Reads the bytes of a text from `start` on. All text of a corpus passes here.
    fn read(text: &str, start: usize, bytes: &[u8; BLOCK], before: Block) -> Block {
        let mut block = Block::default();
        let mut wide = 0;
        for (bit, bytes) in (0..).step_by(8).zip(bytes.as_chunks().0) {
            let eight = Eight::read(*bytes);
            block.of_word |= gathered(eight.letters | eight.digits) << bit;
            block.other |= gathered(eight.capitals) << bit;
            wide |= gathered(eight.wide) << bit;
        }
        block.other |= wide;
        while wide > 0 {
            let bit = wide.trailing_zeros() as usize;
            wide &= wide - 1;
            let at = start + bit;
            let is_of_word = match text.get(at..).and_then(|rest| rest.chars().next()) {
                Some(c) => is_of_word(c),
                // Within a character.
                None if bit == 0 => before.of_word >> (BLOCK - 1) == 1,
                None => block.of_word >> (bit - 1) & 1 == 1,
            };
            block.of_word |= u64::from(is_of_word) << bit;
        }
        block
    }
}

/// What eight bytes are, in the highest bit of each.
struct Eight {
    letters: u64,
    capitals: u64,
    digits: u64,
    /// Parts of characters that are not ASCII.
    wide: u64,
}

impl Eight {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = Self::ONES << 7;

    fn read(bytes: [u8; 8]) -> Eight {
        let bytes = u64::from_le_bytes(bytes);
        let wide = bytes & Self::HIGH;
        let bytes = bytes & !Self::HIGH;
        // No sum goes beyond its byte.
        let from = |bytes: u64, least: u8| bytes + Self::ONES * u64::from(0x80 - least);
        let within =
            |bytes, first, last| from(bytes, first) & !from(bytes, last + 1) & Self::HIGH & !wide;
        Eight {
            letters: within(bytes | Self::ONES << 5, b'a', b'z'),
            capitals: within(bytes, b'A', b'Z'),
            digits: within(bytes, b'0', b'9'),
            wide,
        }
    }
}

/// The highest bits of eight bytes side by side.
fn gathered(bits: u64) -> u64 {
    (bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
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
        assert_eq!(taken(text), expected);
    }

    fn words(text: &str) -> Vec<Range<usize>> {
        let mut words = Vec::new();
        each_word(text, |word| words.push(word.range));
        words
    }

    /// The terms that the index makes of what it is given.
    fn taken(text: &str) -> Vec<String> {
        let mut given = String::new();
        each_word(text, |word| push_term(&mut given, text, &word));
        let mut analyzer = Analyzer::default();
        let mut stream = analyzer.token_stream(&given);
        let mut taken = Vec::new();
        while let Some(token) = stream.next() {
            assert_eq!(token.position, taken.len());
            taken.push(token.text.clone());
        }
        taken
    }

    #[test]
    fn words_become_terms() {
        check(
            "Tariffs on steel: 25%",
            &["tariffs", "on", "steel", "25", "percent"],
        );
        check(
            "7208.51, 1,000t. 2.5% v1.2 5 %",
            &[
                "7208", ".51", "1", ".000t", "2", ".5", "percent", "v1", ".2", "5",
            ],
        );
        check("Malmström’s U.S.-China", &["malmstrom", "u", "s", "china"]);
        check("'s is Japan's", &["s", "is", "japan"]);
        check(
            "华龙精密2%, 鉄鋼",
            &["华", "龙", "精", "密", "2", "percent", "鉄", "鋼"],
        );
        check(&format!("a {} b", "x".repeat(WORD_BYTES + 1)), &["a", "b"]);
        check(&format!("a {} b", "x".repeat(5 * BLOCK)), &["a", "b"]);
    }

    proptest! {
        /// Cut character by character.
        #[test]
        fn words_are_runs_of_letters_and_digits(text in "[a-zA-Z0-9 .,%'’éß\u{301}鉄-]{0,60}|[a-zA-Zé’ ]{0,200}|\\PC*") {
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
            expected.retain(|word| !is_possessive(&text, word.clone()));
            let is_short = |word: &Range<usize>| {
                ideographs::parts(&text[word.clone()]).last().is_some_and(|last| last.len() <= WORD_BYTES)
            };
            let signs = expected.clone().into_iter().filter(|word| is_percent(text.as_bytes(), word.end) && is_short(word));
            expected.extend(signs.map(|word| word.end..word.end + 1));
            expected.sort_by_key(|word| word.start);
            let expected: Vec<Range<usize>> = expected
                .into_iter()
                .flat_map(|run| {
                    let parts = ideographs::parts(&text[run.clone()]);
                    let parts = parts.map(|part| run.start + part.start..run.start + part.end);
                    parts.collect::<Vec<_>>()
                })
                .filter(|word| word.len() <= WORD_BYTES)
                .collect();
            prop_assert_eq!(words(&text), expected);
            let mut terms_of_words = Vec::new();
            each_word(&text, |word| {
                let spelt = &text[word.range.clone()];
                let is_plain = spelt.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
                assert!(!word.is_plain || is_plain, "{spelt}");
                terms_of_words.push(term(&text, &word).into_owned());
            });
            prop_assert_eq!(taken(&text), terms_of_words);
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
