//! Paragraphs, heads and sources to documents, and back.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Field as Slot, Value};

use super::layout::{DocumentKind, Layout};
use super::marks::{self, Words};
use super::{Damage, SourceRecord};
use crate::article::{Head, Mention, Paragraph, Quote};
use crate::field::{Field, Kind};
use crate::lists::Lists;
use crate::schema;

/// A mark that only documents in flight carry: how many of them there are is bounded by it.
pub(super) type Permit = Arc<dyn Send + Sync>;

/// A document on its way to the index.
#[derive(Default)]
pub(super) struct Document {
    fields: Vec<(Slot, Content)>,
    /// All texts, one behind the other.
    texts: String,
    bytes: Vec<u8>,
    _permit: Option<Permit>,
}

/// What a field of a document holds.
enum Content {
    Unsigned(u64),
    Signed(i64),
    /// A range of the texts.
    Text(Range<usize>),
    /// All bytes of the document.
    Bytes,
}

impl Document {
    fn new(layout: &Layout, kind: DocumentKind) -> Document {
        let mut document = Document {
            fields: Vec::with_capacity(24),
            ..Document::default()
        };
        document.add_number(layout.kind, kind as u64);
        document
    }

    pub(super) fn with_permit(self, permit: Permit) -> Document {
        Document {
            _permit: Some(permit),
            ..self
        }
    }

    fn add_number(&mut self, slot: Slot, number: u64) {
        self.fields.push((slot, Content::Unsigned(number)));
    }

    fn add_text(&mut self, slot: Slot, text: &str) {
        self.add_written(slot, |texts| texts.push_str(text));
    }

    /// Adds a text that `write` puts behind the others.
    fn add_written<T>(&mut self, slot: Slot, write: impl FnOnce(&mut String) -> T) -> T {
        let start = self.texts.len();
        let written = write(&mut self.texts);
        let text = Content::Text(start..self.texts.len());
        self.fields.push((slot, text));
        written
    }

    /// Adds the one field of bytes.
    fn add_bytes(&mut self, slot: Slot, bytes: Vec<u8>) {
        self.bytes = bytes;
        self.fields.push((slot, Content::Bytes));
    }
}

impl tantivy::Document for Document {
    type Value<'a> = Leaf<'a>;
    type FieldsValuesIter<'a> = Leaves<'a>;

    fn iter_fields_and_values(&self) -> Leaves<'_> {
        Leaves {
            document: self,
            fields: self.fields.iter(),
        }
    }
}

/// The fields of a document as the engine asks for them.
pub(super) struct Leaves<'a> {
    document: &'a Document,
    fields: std::slice::Iter<'a, (Slot, Content)>,
}

impl<'a> Iterator for Leaves<'a> {
    type Item = (Slot, Leaf<'a>);

    fn next(&mut self) -> Option<(Slot, Leaf<'a>)> {
        let (slot, content) = self.fields.next()?;
        let leaf = match content {
            Content::Unsigned(number) => Leaf::Unsigned(*number),
            Content::Signed(number) => Leaf::Signed(*number),
            Content::Text(range) => Leaf::Text(&self.document.texts[range.clone()]),
            Content::Bytes => Leaf::Bytes(&self.document.bytes),
        };
        Some((*slot, leaf))
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Leaf<'a> {
    Unsigned(u64),
    Signed(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> Value<'a> for Leaf<'a> {
    type ArrayIter = std::iter::Empty<Leaf<'a>>;
    type ObjectIter = std::iter::Empty<(&'a str, Leaf<'a>)>;

    fn as_value(&self) -> ReferenceValue<'a, Leaf<'a>> {
        ReferenceValue::Leaf(match *self {
            Leaf::Unsigned(number) => ReferenceValueLeaf::U64(number),
            Leaf::Signed(number) => ReferenceValueLeaf::I64(number),
            Leaf::Text(text) => ReferenceValueLeaf::Str(text),
            Leaf::Bytes(bytes) => ReferenceValueLeaf::Bytes(bytes),
        })
    }
}

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
        let mut bytes = self.encode(paragraph);
        bytes.extend(encode_head(&paragraph.head));
        xxhash_rust::xxh3::xxh3_128(&bytes)
    }

    fn encode(&self, paragraph: &Paragraph) -> Vec<u8> {
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
        // Room for most, so that they need not move while they grow.
        let n_places = stored.mentions.len() + stored.quotes.len();
        encode(&stored, paragraph.text.len() + 256 + 8 * n_places)
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

/// Writes what is stored, of about so many bytes.
fn encode(stored: &impl Serialize, n_bytes: usize) -> Vec<u8> {
    let out = Vec::with_capacity(n_bytes);
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

/// The document of an article's head; `key` orders the articles of an index.
pub(super) fn head_document(
    layout: &Layout,
    head: &Head,
    source: u64,
    key: u64,
    n_paragraphs: usize,
) -> Document {
    let mut document = Document::new(layout, DocumentKind::Head);
    document.add_number(layout.source, source);
    document.add_number(layout.key, key);
    document.add_number(layout.n_paragraphs, n_paragraphs as u64);
    for (field, slot) in &layout.fields {
        let value = match field.name {
            "title" => Some(&head.title),
            "byline" => head.byline.as_ref(),
            "article" => Some(&head.id),
            "path" => Some(&head.path),
            "url" => head.url.as_ref(),
            "language" => head.language.as_ref(),
            _ => None,
        };
        match value {
            Some(text) if field.kind == Kind::Text => {
                document.add_written(*slot, |texts| Words::with_terms(text, texts));
            }
            Some(value) => document.add_text(*slot, value),
            None => {}
        }
    }
    document.add_bytes(layout.stored, encode_head(head));
    document
}

fn encode_head(head: &Head) -> Vec<u8> {
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
    encode(&stored, 256)
}

/// The document of a paragraph, and how many words its text has.
pub(super) fn paragraph_document(
    layout: &Layout,
    codec: &Codec,
    paragraph: &Paragraph,
    source: u64,
) -> (Document, u64) {
    let mut document = Document::new(layout, DocumentKind::Paragraph);
    document.texts.reserve(2 * paragraph.text.len() + 256);
    document.add_number(layout.source, source);
    for &(field, slot) in &layout.fields {
        match field.kind {
            Kind::Facet | Kind::Tree => {
                let mut values = paragraph.values(field);
                if field.name == "publisher" {
                    values.extend(paragraph.head.publisher.as_deref());
                }
                if field.kind == Kind::Tree {
                    values = with_those_above(&values);
                }
                values
                    .iter()
                    .for_each(|value| document.add_text(slot, value));
            }
            Kind::Number => document.add_number(slot, paragraph.ordinal as u64),
            Kind::Date => {
                if let Some(published) = paragraph.head.published {
                    let published = Content::Signed(published.timestamp());
                    document.fields.push((slot, published));
                }
            }
            Kind::Text | Kind::Keyword => {}
        }
    }
    let words = document.add_written(layout.text, |texts| {
        Words::with_terms(&paragraph.text, texts)
    });
    document.add_written(layout.marks, |texts| {
        marks::push_marks(texts, paragraph, &words);
    });
    document.add_bytes(layout.stored, codec.encode(paragraph));
    (document, words.count())
}

/// Paths and all that stand above them, each once: `sectors/steel` gives `sectors` as well.
fn with_those_above<'a>(paths: &[&'a str]) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::with_capacity(2 * paths.len());
    for path in paths {
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        for value in above.chain([*path]) {
            if !out.contains(&value) {
                out.push(value);
            }
        }
    }
    out
}

/// The document of a source.
pub(super) fn source_document(layout: &Layout, record: &SourceRecord, source: u64) -> Document {
    let mut document = Document::new(layout, DocumentKind::Source);
    document.add_number(layout.source, source);
    document.add_bytes(layout.record, encode(record, 256));
    document
}

/// The document of a user's lists.
pub(super) fn lists_document(layout: &Layout, lists: &Lists) -> Document {
    let mut document = Document::new(layout, DocumentKind::Lists);
    document.add_bytes(layout.stored, encode(lists, 0));
    document
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
    fn paths_bring_those_above() {
        assert_eq!(
            with_those_above(&["sectors/metals/steel", "sectors/metals/gold"]),
            [
                "sectors",
                "sectors/metals",
                "sectors/metals/steel",
                "sectors/metals/gold"
            ]
        );
    }

    #[test]
    fn cut_or_lengthened_bytes_are_damage() {
        let head = Head {
            id: "a".into(),
            title: "Tariffs".into(),
            ..Head::default()
        };
        let layout = Layout::new();
        let document = head_document(&layout, &head, 1, 1, 1);
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
        let bytes = codec.encode(&paragraph);
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
        drop(document);
    }
}
