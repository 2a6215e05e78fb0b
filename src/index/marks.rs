//! Where in a paragraph its values, sentences and capitals stand: terms of one more field, at the places of the words.
//!
//! A value of an extracted facet has the term of [`value_term`], with each of its places; what has no value (`person:*`) is
//! asked of the term for any. A sentence, a word in capitals, a capitalised word are marked at their word. So names can be searched near words, and the filter for a value reads the same list.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::analysis;
use super::spans::{Span, merge};
use crate::article::Paragraph;
use crate::field::{Field, Kind};
use crate::query::Case;
use crate::schema;

/// The first word of each sentence but the first.
pub(super) const SENTENCE: &str = "sentence";
/// Words without lower-case letters.
pub(super) const ALL_CAPS: &str = "upper";
/// Words with an upper-case letter, those in capitals included.
pub(super) const CAPS: &str = "capital";

/// What stands between a field's name and a value; no value begins with it.
const SEPARATOR: &str = "\0";

/// The term of a value of an extracted facet; of any value, when it is empty.
pub(super) fn value_term(field: &Field, value: &str) -> String {
    parts(field, value).concat()
}

/// The parts of such a term, which need not be put together to be written.
fn parts<'a>(field: &Field, value: &'a str) -> [&'a str; 3] {
    [field.name, SEPARATOR, value]
}

/// The words of a paragraph: the byte range of each, by its number.
pub(super) struct Words {
    ranges: Vec<Range<usize>>,
    /// The numbers of those that may have capital letters.
    not_plain: Vec<u32>,
}

impl Words {
    pub(super) fn new(text: &str) -> Words {
        Words::each(text, |_| {})
    }

    /// The same; their terms are added as the index takes them.
    pub(super) fn with_terms(text: &str, terms: &mut String) -> Words {
        Words::each(text, |word| analysis::push_term(terms, text, word))
    }

    fn each(text: &str, mut each: impl FnMut(&analysis::Word)) -> Words {
        let mut words = Words {
            ranges: Vec::with_capacity(text.len() / 5),
            not_plain: Vec::with_capacity(text.len() / 20),
        };
        analysis::each_word(text, |word| {
            each(&word);
            if !word.is_plain {
                words.not_plain.push(words.ranges.len() as u32);
            }
            words.ranges.push(word.range);
        });
        words
    }

    /// How many there are.
    pub(super) fn count(&self) -> u64 {
        self.ranges.len() as u64
    }

    /// The words that lie in a range of bytes, or the one nearest to it when none does.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let first = self.ranges.partition_point(|word| word.end <= range.start);
        let end = self.ranges.partition_point(|word| word.start < range.end);
        let last = end.saturating_sub(1);
        let first = first.min(last);
        Span {
            start: first as u32,
            end: last as u32,
        }
    }
}

static SPEAKER: LazyLock<Option<&'static Field>> = LazyLock::new(|| schema::field("speaker"));

/// The places of values in a paragraph: those of mentions, and for speakers the words that are reported of them.
pub(super) fn places<'a>(
    paragraph: &'a Paragraph,
    words: &Words,
) -> Vec<(&'static Field, Cow<'a, str>, Span)> {
    let mut places: Vec<(&'static Field, Cow<str>, Span)> = Vec::new();
    for mention in &paragraph.mentions {
        let span = words.span(&mention.span);
        if mention.field.kind == Kind::Tree {
            let above = mention.value.match_indices('/');
            places.extend(
                above.map(|(at, _)| (mention.field, Cow::Borrowed(&mention.value[..at]), span)),
            );
        }
        places.push((mention.field, Cow::Borrowed(&*mention.value), span));
    }
    if let Some(speaker) = SPEAKER.filter(|_| !paragraph.quotes.is_empty()) {
        // A value of the facet is what has a mention.
        let named: FxHashSet<&str> = paragraph.values(speaker).into_iter().collect();
        let quotes = paragraph.quotes.iter();
        let quotes = quotes.filter(|quote| named.contains(&*quote.speaker));
        places.extend(quotes.map(|quote| {
            let span = words.span(&quote.content);
            (speaker, Cow::Borrowed(&*quote.speaker), span)
        }));
    }
    places
}

/// The words at which the sentences of a paragraph begin, without the first; in order, each once.
pub(super) fn sentences(paragraph: &Paragraph, words: &Words) -> Vec<u32> {
    let starts = paragraph.sentences.iter();
    let starts = starts.map(|start| words.ranges.partition_point(|word| word.start < *start));
    let mut sentences: Vec<u32> = starts
        .filter(|number| (1..words.ranges.len()).contains(number))
        .map(|number| number as u32)
        .collect();
    sentences.dedup();
    sentences
}

/// Adds all marks of a paragraph, as [`Marker`] reads them.
pub(super) fn push_marks(out: &mut String, paragraph: &Paragraph, words: &Words) {
    let mut places = places(paragraph, words);
    places.sort_unstable_by(
        |(field, value, span), (other_field, other_value, other_span)| {
            (field.name, value, span).cmp(&(other_field.name, other_value, other_span))
        },
    );
    // Used for one value after the other.
    let (mut any, mut spans, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    for of_field in places.chunk_by(|(field, ..), (other, ..)| field == other) {
        let Some((field, ..)) = of_field.first() else {
            continue;
        };
        any.clear();
        for of_value in of_field.chunk_by(|(_, value, _), (_, other, _)| value == other) {
            let Some((_, value, _)) = of_value.first() else {
                continue;
            };
            spans.clear();
            spans.extend(of_value.iter().map(|(.., span)| *span));
            any.extend(&spans);
            push_spans(out, field, value, &mut spans, &mut numbers);
        }
        push_spans(out, field, "", &mut any, &mut numbers);
    }
    push(out, &[SENTENCE], &sentences(paragraph, words));
    let (caps, all_caps) = capitals(&paragraph.text, words);
    push(out, &[ALL_CAPS], &all_caps);
    push(out, &[CAPS], &caps);
}

/// The numbers of the words that fit [`Case::Caps`], and of those that fit [`Case::AllCaps`].
fn capitals(text: &str, words: &Words) -> (Vec<u32>, Vec<u32>) {
    let (mut caps, mut all_caps) = (Vec::new(), Vec::new());
    for &number in &words.not_plain {
        let range = words.ranges[number as usize].clone();
        let word = text.get(range).unwrap_or_default();
        if Case::Caps.fits(word) {
            caps.push(number);
            if Case::AllCaps.fits(word) {
                all_caps.push(number);
            }
        }
    }
    (caps, all_caps)
}

/// Adds the places of a value, of any value where it is empty; what the lists hold afterwards is of no use.
fn push_spans(
    out: &mut String,
    field: &Field,
    value: &str,
    spans: &mut Vec<Span>,
    places: &mut Vec<u32>,
) {
    merge(spans);
    places.clear();
    for span in spans {
        places.extend(places_of(*span));
    }
    push(out, &parts(field, value), places);
}

/// How a span is written: one word as an even number, more of them as two odd ones. Most names are one word.
fn places_of(span: Span) -> impl Iterator<Item = u32> {
    let odd = u32::from(span.start != span.end);
    let last = (odd == 1).then_some(2 * span.end + 1);
    [2 * span.start + odd].into_iter().chain(last)
}

/// Reads what [`places_of`] writes; adds it to `out`.
pub(super) fn read_spans(places: &[u32], out: &mut Vec<Span>) {
    let mut places = places.iter().map(|place| (place / 2, place % 2 == 1));
    while let Some((start, is_long)) = places.next() {
        let last = places.by_ref().take(usize::from(is_long)).last();
        out.push(Span {
            start,
            end: last.map_or(start, |(end, _)| end),
        });
    }
}

/// Adds a term, given in parts, with its places in order: the length of the term, the term, how many places, the places.
fn push(out: &mut String, term: &[&str], places: &[u32]) {
    if places.is_empty() {
        return;
    }
    push_number(out, term.iter().map(|part| part.len() as u32).sum());
    term.iter().for_each(|part| out.push_str(part));
    push_number(out, places.len() as u32);
    places.iter().for_each(|place| push_number(out, *place));
}

/// So many bits of a number are in one character; the next bit says that more follow.
const N_BITS: u32 = 14;

/// Adds a number as characters, the lowest bits first: nearly always as one.
pub(super) fn push_number(out: &mut String, number: u32) {
    if number < 0x80 {
        out.push(char::from(number as u8));
        return;
    }
    let mut rest = number;
    loop {
        let low = rest & ((1 << N_BITS) - 1);
        rest >>= N_BITS;
        let more = u32::from(rest > 0) << N_BITS;
        // Fifteen bits end before the numbers that are no characters.
        out.extend(char::from_u32(low | more));
        if rest == 0 {
            return;
        }
    }
}

/// Reads what [`push_number`] writes, off the head of a text.
pub(super) fn read_number(text: &mut &str) -> Option<u32> {
    if let Some(&byte) = text.as_bytes().first().filter(|byte| byte.is_ascii()) {
        *text = &text[1..];
        return Some(u32::from(byte));
    }
    let mut number = 0;
    for digit in 0.. {
        let mut chars = text.chars();
        let c = u32::from(chars.next()?);
        *text = chars.as_str();
        let low = c & ((1 << N_BITS) - 1);
        number |= low.checked_shl(digit * N_BITS)?;
        if c >> N_BITS == 0 {
            break;
        }
    }
    Some(number)
}

/// Reads what [`push_marks`] writes.
#[derive(Debug, Clone, Default)]
pub(super) struct Marker {
    token: Token,
}

impl Tokenizer for Marker {
    type TokenStream<'a> = Marks<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Marks<'a> {
        self.token.reset();
        Marks {
            rest: text,
            n_places: 0,
            token: &mut self.token,
        }
    }
}

pub(super) struct Marks<'a> {
    rest: &'a str,
    /// How many places of the current term are left.
    n_places: u32,
    token: &'a mut Token,
}

impl Marks<'_> {
    /// Reads the next place, with its term where one begins.
    fn step(&mut self) -> Option<()> {
        if self.n_places == 0 {
            let length = read_number(&mut self.rest)? as usize;
            self.token.text.clear();
            self.token.text.push_str(self.rest.get(..length)?);
            self.rest = &self.rest[length..];
            self.n_places = read_number(&mut self.rest)?;
        }
        self.token.position = read_number(&mut self.rest)? as usize;
        self.n_places = self.n_places.checked_sub(1)?;
        Some(())
    }
}

impl TokenStream for Marks<'_> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut text = String::new();
        push(
            &mut text,
            &["country", "\0", "Côte d'Ivoire; 3:x,"],
            &[0, 2, 7],
        );
        push(&mut text, &["nothing"], &[]);
        push(&mut text, &[SENTENCE], &[11, 16_383, 16_384, u32::MAX]);
        let mut marker = Marker::default();
        let mut stream = marker.token_stream(&text);
        let mut found = Vec::new();
        while stream.advance() {
            found.push(format!(
                "{} {}",
                stream.token().text,
                stream.token().position
            ));
        }
        let value = "country\0Côte d'Ivoire; 3:x,";
        assert_eq!(
            found,
            [
                format!("{value} 0"),
                format!("{value} 2"),
                format!("{value} 7"),
                "sentence 11".to_string(),
                "sentence 16383".to_string(),
                "sentence 16384".to_string(),
                "sentence 4294967295".to_string(),
            ]
        );
    }

    #[test]
    fn spans_are_read_back() {
        let spans = [
            Span::new(0, 1),
            Span::new(1, 2),
            Span::new(4, 1),
            Span::new(7, 9),
        ];
        let places: Vec<u32> = spans.iter().flat_map(|span| places_of(*span)).collect();
        assert_eq!(places, [0, 3, 5, 8, 15, 31]);
        let mut read = Vec::new();
        read_spans(&places, &mut read);
        assert_eq!(read, spans);
    }

    #[test]
    fn bytes_lead_to_words() {
        let words = Words::new("— Xi, of China —");
        let span = |range: Range<usize>| words.span(&range);
        assert_eq!(span(4..6), Span::new(0, 1));
        assert_eq!(span(4..9), Span::new(0, 2));
        assert_eq!(span(0..3), Span::new(0, 1));
        assert_eq!(span(16..19), Span::new(2, 1));
        assert_eq!(Words::new("—").span(&(0..3)), Span::new(0, 1));
    }
}
