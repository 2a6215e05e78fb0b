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

/// What is kept of a paragraph. Fields are numbers into the schema, values and rules into lists of the paragraph, spans a
/// start and a length.
#[derive(Serialize, Deserialize)]
struct StoredParagraph<'a> {
    ordinal: u32,
    text: &'a str,
    /// The number of the field, and the value.
    #[serde(borrow)]
    values: Vec<(u8, &'a str)>,
    rules: Vec<&'a str>,
    mentions: Vec<StoredMention>,
    quotes: Vec<StoredQuote>,
    /// How far each sentence begins behind the one before.
    sentences: Vec<u32>,
}

#[derive(Serialize, Deserialize)]
struct StoredMention {
    value: u32,
    rule: u16,
    start: u32,
    length: u32,
}

#[derive(Serialize, Deserialize)]
struct StoredQuote {
    /// The number of the speaker's value.
    speaker: u32,
    rule: u16,
    direct: bool,
    cue: Option<(u32, u32)>,
    content: (u32, u32),
}

/// Knows what the numbers of stored documents stand for.
#[derive(Debug)]
pub(super) struct Codec {
    fields: Vec<&'static Field>,
    /// The number of the field that the speakers of quotes are values of.
    speaker: u8,
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

    fn number(&mut self, value: T) -> usize {
        let known = match self.numbers.is_empty() {
            true => self.list.iter().position(|known| *known == value),
            false => self.numbers.get(&value).copied(),
        };
        if let Some(number) = known {
            return number;
        }
        let number = self.list.len();
        self.list.push(value);
        if number == Self::FEW {
            let numbered = self.list.iter().enumerate();
            self.numbers = numbered.map(|(number, value)| (*value, number)).collect();
        } else if number > Self::FEW {
            self.numbers.insert(value, number);
        }
        number
    }
}

impl Codec {
    pub(super) fn new() -> Codec {
        let speaker = schema::fields().position(|field| field.name == "speaker");
        Codec {
            fields: schema::fields().collect(),
            speaker: speaker.unwrap_or_default() as u8,
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
    pub(super) fn encode(&self, paragraph: &Paragraph, out: Vec<u8>) -> Vec<u8> {
        let mut values = Numbered::new();
        let mut rules = Numbered::new();
        let mentions = paragraph.mentions.iter().map(|mention| StoredMention {
            value: values.number((self.field(mention.field), &*mention.value)) as u32,
            rule: rules.number(mention.rule) as u16,
            start: mention.span.start as u32,
            length: mention.span.len() as u32,
        });
        let mentions = mentions.collect();
        let quotes = paragraph.quotes.iter().map(|quote| StoredQuote {
            speaker: values.number((self.speaker, &*quote.speaker)) as u32,
            rule: rules.number(quote.rule) as u16,
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
            values: values.list,
            rules: rules.list,
            mentions,
            quotes,
            sentences: steps(&paragraph.sentences),
        };
        encode(&stored, out)
    }

    /// Reads a stored paragraph; every span that comes out lies on character boundaries of the text.
    pub(super) fn paragraph(&self, bytes: &[u8], head: Arc<Head>) -> Result<Paragraph, Damage> {
        let stored: StoredParagraph = decode(bytes)?;
        let text = stored.text;
        let ordinal = stored.ordinal as usize;
        let span = |start: u32, length: u32| {
            let (start, end) = (start as usize, start as usize + length as usize);
            text.get(start..end).map(|_| start..end).ok_or(Damage)
        };
        let value = |number: u32| {
            let (field_idx, value) = *stored.values.get(number as usize).ok_or(Damage)?;
            Ok((
                *self.fields.get(usize::from(field_idx)).ok_or(Damage)?,
                Cow::Owned(value.to_string()),
            ))
        };
        let rule = |number: u16| {
            let rule = stored.rules.get(usize::from(number)).ok_or(Damage)?;
            self.rule(rule)
        };
        let mention = |mention: &StoredMention| {
            let (field, value) = value(mention.value)?;
            let span = span(mention.start, mention.length)?;
            Ok(Mention {
                field,
                value,
                paragraph: ordinal,
                span,
                rule: rule(mention.rule)?,
            })
        };
        let quote = |quote: &StoredQuote| {
            let cue = quote
                .cue
                .map(|(start, length)| span(start, length))
                .transpose()?;
            Ok(Quote {
                speaker: value(quote.speaker)?.1,
                paragraph: ordinal,
                cue,
                content: span(quote.content.0, quote.content.1)?,
                direct: quote.direct,
                rule: rule(quote.rule)?,
            })
        };
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
            mentions: stored
                .mentions
                .iter()
                .map(mention)
                .collect::<Result<_, Damage>>()?,
            quotes: stored
                .quotes
                .iter()
                .map(quote)
                .collect::<Result<_, Damage>>()?,
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
    use super::*;

    #[test]
    fn cut_or_lengthened_bytes_are_damage() {
        let head = Head {
            id: "a".into(),
            title: "Tariffs".into(),
            ..Head::default()
        };
        let codec = Codec::new();
        let text = "Abe spoke.".to_string();
        let paragraph = Paragraph {
            head: Arc::new(head),
            ordinal: 3,
            text,
            mentions: Vec::new(),
            quotes: Vec::new(),
            sentences: vec![4],
        };
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
