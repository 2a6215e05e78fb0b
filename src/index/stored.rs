//! What an index keeps of paragraphs, heads, sources and lists, as bytes; and back.

use std::borrow::Cow;
use std::sync::{Arc, Mutex};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::{Damage, SourceRecord};
use crate::article::{Head, Mention, Paragraph, Quote};
use crate::field::Field;
use crate::lists::Lists;
use crate::schema;

/// What is kept of a head.
#[derive(Serialize, Deserialize)]
struct StoredHead<'a> {
    id: Cow<'a, str>,
    path: Cow<'a, str>,
    title: Cow<'a, str>,
    byline: Option<Cow<'a, str>>,
    publisher: Option<Cow<'a, str>>,
    published: Option<Cow<'a, str>>,
    url: Option<Cow<'a, str>>,
    language: Option<Cow<'a, str>>,
}

/// What is kept of a paragraph. Fields are numbers into the schema.
#[derive(Serialize, Deserialize)]
struct StoredParagraph<'a> {
    ordinal: u32,
    text: &'a str,
    /// Values that are not the words that stand for them, in the order in which they first come.
    #[serde(borrow)]
    values: Vec<&'a str>,
    /// Names of rules that the index's list of rules has not, in the order in which they come.
    rules: Vec<&'a str>,
    mentions: Vec<StoredMention>,
    quotes: Vec<StoredQuote>,
    /// How far each sentence begins behind the one before.
    sentences: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
struct StoredMention {
    /// See [`Told`].
    value: u32,
    rule: u16,
    /// How far it begins behind the end of the one before.
    step: i64,
    length: u32,
}

#[derive(Serialize, Deserialize)]
struct StoredQuote {
    /// See [`Told`].
    speaker: u32,
    rule: u16,
    direct: bool,
    cue: Option<(u32, u32)>,
    content: (u32, u32),
}

/// How a value is told, in one small number: most values of a paragraph are words of it, or come twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// A value of that field: the next of the list of values.
    Listed(u8),
    /// A value of that field: the words of the mention.
    Words(u8),
    /// The value that came at that place, of all that differ.
    Again(usize),
}

impl Told {
    fn number(self, n_fields: usize) -> u32 {
        match self {
            Told::Listed(field) => 2 * u32::from(field),
            Told::Words(field) => 2 * u32::from(field) + 1,
            Told::Again(place) => (2 * n_fields + place) as u32,
        }
    }

    fn of_number(number: u32, n_fields: usize) -> Told {
        let number = number as usize;
        match number.checked_sub(2 * n_fields) {
            Some(place) => Told::Again(place),
            None if number.is_multiple_of(2) => Told::Listed((number / 2) as u8),
            None => Told::Words((number / 2) as u8),
        }
    }
}

/// The number of a rule that the index does not list: the next of the paragraph's own. The listed ones count from 1.
const UNLISTED_RULE: u16 = 0;

/// Knows what the numbers of stored documents stand for.
#[derive(Debug)]
pub(super) struct Codec {
    fields: Vec<&'static Field>,
    /// The number of the field that the speakers of quotes are values of.
    speaker: u8,
    /// The rules that the index lists.
    listed: Vec<String>,
    numbers: FxHashMap<String, u16>,
    /// All that have been met, for as long as the program runs.
    rules: Mutex<FxHashSet<&'static str>>,
}

/// Values that have numbers, in the order in which they came.
struct Numbered<T> {
    list: Vec<T>,
    /// Built when the list grows long, so that a paragraph of any size takes linear time.
    numbers: FxHashMap<T, usize>,
}

impl<T: Copy + Eq + std::hash::Hash> Numbered<T> {
    /// So many values are looked through faster than hashed.
    const FEW: usize = 32;

    fn new() -> Numbered<T> {
        Numbered {
            list: Vec::with_capacity(8),
            numbers: FxHashMap::default(),
        }
    }

    /// The number that a value has; none for a new one, which gets the next.
    fn known(&mut self, value: T) -> Option<usize> {
        let known = match self.numbers.is_empty() {
            true => self.list.iter().position(|known| *known == value),
            false => self.numbers.get(&value).copied(),
        };
        if known.is_some() {
            return known;
        }
        let number = self.list.len();
        self.list.push(value);
        if number == Self::FEW {
            let numbered = self.list.iter().enumerate();
            self.numbers = numbered.map(|(number, value)| (*value, number)).collect();
        } else if number > Self::FEW {
            self.numbers.insert(value, number);
        }
        None
    }
}

impl Codec {
    /// For an index that lists these rules.
    pub(super) fn new(listed: &[String]) -> Codec {
        let speaker = schema::fields().position(|field| field.name == "speaker");
        let numbers = listed.iter().cloned().zip(UNLISTED_RULE + 1..);
        Codec {
            fields: schema::fields().collect(),
            speaker: speaker.unwrap_or_default() as u8,
            numbers: numbers.collect(),
            listed: listed.to_vec(),
            rules: Mutex::default(),
        }
    }

    fn field(&self, field: &Field) -> u8 {
        let mut fields = self.fields.iter();
        // Nearly always it is the very same.
        let is_same = |other: &&Field| std::ptr::eq(*other, field);
        let field_idx = fields.position(is_same);
        let field_idx = field_idx.or_else(|| self.fields.iter().position(|other| *other == field));
        field_idx.unwrap_or_default() as u8
    }

    /// The name of a rule for as long as the program runs. Rules are few; an index that names thousands is damaged.
    fn rule(&self, rule: &str) -> Result<&'static str, Damage> {
        const MOST_RULES: usize = 1_000;
        const LONGEST_RULE: usize = 100;
        let mut rules = self.rules.lock().map_err(|_| Damage)?;
        if let Some(known) = rules.get(rule) {
            return Ok(known);
        }
        if rules.len() >= MOST_RULES || rule.len() > LONGEST_RULE {
            return Err(Damage);
        }
        let kept: &'static str = Box::leak(rule.into());
        rules.insert(kept);
        Ok(kept)
    }

    /// The fingerprint of all that is kept of a paragraph and of its article's head.
    pub(super) fn fingerprint(&self, paragraph: &Paragraph) -> u128 {
        let bytes = self.encode(paragraph, Vec::new());
        let bytes = encode_head(&paragraph.head, bytes);
        xxhash_rust::xxh3::xxh3_128(&bytes)
    }

    /// Adds a paragraph as it is stored.
    pub(super) fn encode<'a>(&self, paragraph: &'a Paragraph, out: Vec<u8>) -> Vec<u8> {
        let n_fields = self.fields.len();
        let mut numbered = Numbered::new();
        let (mut values, mut rules) = (Vec::new(), Vec::new());
        let mut told = |field: u8, value: &'a str, words: Option<&str>| {
            let told = match numbered.known((field, value)) {
                Some(place) => Told::Again(place),
                None if words == Some(value) => Told::Words(field),
                None => {
                    values.push(value);
                    Told::Listed(field)
                }
            };
            told.number(n_fields)
        };
        let mut rule = |name: &'static str| {
            let listed = self.numbers.get(name).copied();
            listed.unwrap_or_else(|| {
                rules.push(name);
                UNLISTED_RULE
            })
        };
        let mut end = 0;
        let mentions = paragraph.mentions.iter().map(|mention| {
            let span = mention.span.clone();
            let words = paragraph.text.get(span.clone());
            let step = span.start as i64 - end;
            end = span.end as i64;
            StoredMention {
                value: told(self.field(mention.field), &mention.value, words),
                rule: rule(mention.rule),
                step,
                length: span.len() as u32,
            }
        });
        let mentions = mentions.collect();
        let quotes = paragraph.quotes.iter().map(|quote| StoredQuote {
            speaker: told(self.speaker, &quote.speaker, None),
            rule: rule(quote.rule),
            direct: quote.direct,
            cue: quote
                .cue
                .as_ref()
                .map(|cue| (cue.start as u32, cue.len() as u32)),
            content: (quote.content.start as u32, quote.content.len() as u32),
        });
        let quotes = quotes.collect();
        let stored = StoredParagraph {
            ordinal: paragraph.ordinal as u32,
            text: &paragraph.text,
            values,
            rules,
            mentions,
            quotes,
            sentences: steps(&paragraph.sentences),
        };
        encode(&stored, out)
    }

    /// Reads a stored paragraph; every span that comes out lies on character boundaries of the text.
    pub(super) fn paragraph<'a>(
        &self,
        bytes: &'a [u8],
        head: Arc<Head>,
    ) -> Result<Paragraph, Damage> {
        let stored: StoredParagraph<'a> = decode(bytes)?;
        let text = stored.text;
        let ordinal = stored.ordinal as usize;
        let span = |start: u32, length: u32| {
            let (start, end) = (start as usize, start as usize + length as usize);
            text.get(start..end).map(|_| start..end).ok_or(Damage)
        };
        let mut listed = stored.values.iter();
        let mut values: Vec<(&'static Field, &str)> = Vec::with_capacity(stored.mentions.len());
        let mut value = |number: u32, words: Option<&'a str>| {
            let (field, value) = match Told::of_number(number, self.fields.len()) {
                Told::Again(place) => return values.get(place).copied().ok_or(Damage),
                Told::Listed(field) => (field, *listed.next().ok_or(Damage)?),
                Told::Words(field) => (field, words.ok_or(Damage)?),
            };
            let field = *self.fields.get(usize::from(field)).ok_or(Damage)?;
            values.push((field, value));
            Ok((field, value))
        };
        let mut unlisted = stored.rules.iter();
        let mut rule = |number: u16| {
            let name = match usize::from(number).checked_sub(usize::from(UNLISTED_RULE) + 1) {
                Some(rule_idx) => self.listed.get(rule_idx).map(String::as_str),
                None => unlisted.next().copied(),
            };
            self.rule(name.ok_or(Damage)?)
        };
        let mut mentions = Vec::with_capacity(stored.mentions.len());
        let mut end = 0_u32;
        for mention in &stored.mentions {
            let start = i64::from(end).checked_add(mention.step).ok_or(Damage)?;
            let start = u32::try_from(start).map_err(|_| Damage)?;
            let span = span(start, mention.length)?;
            end = u32::try_from(span.end).map_err(|_| Damage)?;
            let (field, value) = value(mention.value, text.get(span.clone()))?;
            mentions.push(Mention {
                field,
                value: Cow::Owned(value.to_string()),
                paragraph: ordinal,
                span,
                rule: rule(mention.rule)?,
            });
        }
        let mut quotes = Vec::with_capacity(stored.quotes.len());
        for quote in &stored.quotes {
            let cue = quote
                .cue
                .map(|(start, length)| span(start, length))
                .transpose()?;
            let (_, speaker) = value(quote.speaker, None)?;
            quotes.push(Quote {
                speaker: Cow::Owned(speaker.to_string()),
                paragraph: ordinal,
                cue,
                content: span(quote.content.0, quote.content.1)?,
                direct: quote.direct,
                rule: rule(quote.rule)?,
            });
        }
        let mut start = 0;
        let sentences = stored.sentences.iter().map(|step| {
            start += *step as usize;
            text.is_char_boundary(start).then_some(start).ok_or(Damage)
        });
        let sentences = sentences.collect::<Result<_, Damage>>()?;
        Ok(Paragraph {
            head,
            ordinal,
            sentences,
            mentions,
            quotes,
            text: text.to_string(),
        })
    }
}

/// How far each place is behind the one before; they are in order.
fn steps(places: &[usize]) -> Vec<u32> {
    let mut before = 0;
    let steps = places.iter().map(|place| {
        let step = place.saturating_sub(before) as u32;
        before = *place;
        step
    });
    steps.collect()
}

/// Adds what is stored.
pub(super) fn encode(stored: &impl Serialize, out: Vec<u8>) -> Vec<u8> {
    postcard::to_extend(stored, out).expect("plain structs in memory always serialize")
}

fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Damage> {
    match postcard::take_from_bytes(bytes) {
        Ok((stored, [])) => Ok(stored),
        _ => Err(Damage),
    }
}

/// Reads a stored head.
pub(super) fn head(bytes: &[u8]) -> Result<Head, Damage> {
    let stored: StoredHead = decode(bytes)?;
    let published = stored
        .published
        .map(|published| published.parse().map_err(|_| Damage));
    Ok(Head {
        id: stored.id.into_owned(),
        path: stored.path.into_owned(),
        title: stored.title.into_owned(),
        byline: stored.byline.map(Cow::into_owned),
        publisher: stored.publisher.map(Cow::into_owned),
        published: published.transpose()?,
        url: stored.url.map(Cow::into_owned),
        language: stored.language.map(Cow::into_owned),
    })
}

/// Reads the text of a stored paragraph.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Damage> {
    let stored: StoredParagraph = decode(bytes)?;
    Ok(stored.text)
}

/// Adds a head as it is stored.
pub(super) fn encode_head(head: &Head, out: Vec<u8>) -> Vec<u8> {
    let stored = StoredHead {
        id: Cow::Borrowed(&head.id),
        path: Cow::Borrowed(&head.path),
        title: Cow::Borrowed(&head.title),
        byline: head.byline.as_deref().map(Cow::Borrowed),
        publisher: head.publisher.as_deref().map(Cow::Borrowed),
        published: head
            .published
            .map(|published| Cow::Owned(published.to_string())),
        url: head.url.as_deref().map(Cow::Borrowed),
        language: head.language.as_deref().map(Cow::Borrowed),
    };
    encode(&stored, out)
}

/// Reads stored lists.
pub(super) fn lists(bytes: &[u8]) -> Result<Lists, Damage> {
    decode(bytes)
}

/// Reads the record of a source.
pub(super) fn source_record(bytes: &[u8]) -> Result<SourceRecord, Damage> {
    decode(bytes)
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    fn mention(field: &str, value: &str, span: Range<usize>, rule: &'static str) -> Mention {
        Mention {
            field: schema::field(field).unwrap(),
            value: Cow::Owned(value.to_string()),
            paragraph: 3,
            span,
            rule,
        }
    }

    /// Values that are words and others, that come twice and in other fields, before and within others; rules that are listed
    /// and others.
    fn paragraph() -> Paragraph {
        let quote = |speaker: &str, cue: Option<Range<usize>>, rule| Quote {
            speaker: Cow::Owned(speaker.to_string()),
            paragraph: 3,
            direct: cue.is_none(),
            cue,
            content: 19..29,
            rule,
        };
        Paragraph {
            head: Arc::new(Head {
                id: "a".into(),
                title: "Tariffs".into(),
                ..Head::default()
            }),
            ordinal: 3,
            text: "Abe of Japan said: “Nö.” Japan".to_string(),
            mentions: vec![
                mention("person", "Shinzo Abe", 0..3, "surname"),
                mention("speaker", "Shinzo Abe", 0..3, "cue"),
                mention("country", "Japan", 7..12, "country-name"),
                mention("organization", "Japan", 7..12, "rule of another version"),
                mention("organization", "Abe of Japan", 0..12, "another"),
                mention("country", "Japan", 30..35, "country-name"),
            ],
            quotes: vec![
                quote("Shinzo Abe", Some(13..17), "cue"),
                quote("Akie Abe", None, "another"),
            ],
            sentences: vec![30],
        }
    }

    #[test]
    fn paragraphs_come_back_as_they_were() {
        let paragraph = paragraph();
        for listed in [&[][..], &["country-name", "cue", "surname"]] {
            let listed: Vec<String> = listed.iter().map(|rule| (*rule).to_string()).collect();
            let bytes = Codec::new(&listed).encode(&paragraph, Vec::new());
            // Another program that lists more.
            let more = [listed, vec!["another".to_string()]].concat();
            let read = Codec::new(&more).paragraph(&bytes, Arc::clone(&paragraph.head));
            assert_eq!(read, Ok(paragraph.clone()));
        }
    }

    #[test]
    fn values_are_told_by_numbers() {
        for told in [
            Told::Listed(0),
            Told::Words(15),
            Told::Again(0),
            Told::Again(99),
        ] {
            assert_eq!(Told::of_number(told.number(16), 16), told);
        }
    }

    #[test]
    fn cut_or_lengthened_bytes_are_damage() {
        let codec = Codec::new(&["cue".to_string()]);
        let paragraph = paragraph();
        let bytes = codec.encode(&paragraph, Vec::new());
        assert_eq!(
            codec.paragraph(&bytes, Arc::clone(&paragraph.head)),
            Ok(paragraph.clone())
        );
        for length in 0..bytes.len() {
            assert!(
                codec
                    .paragraph(&bytes[..length], Arc::clone(&paragraph.head))
                    .is_err()
            );
        }
    }
}
