//! Paragraphs, heads and sources to documents, and back.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use crossbeam_channel::{Receiver, Sender};
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

/// Documents that are made together, in room that they share.
#[derive(Default)]
pub(super) struct Documents {
    /// Where the fields of each begin.
    starts: Vec<usize>,
    fields: Vec<(Slot, Content)>,
    /// All texts, one behind the other.
    texts: String,
    bytes: Vec<u8>,
}

/// What a field of a document holds.
enum Content {
    Unsigned(u64),
    Signed(i64),
    /// A range of the texts.
    Text(Range<usize>),
    /// A range of the bytes.
    Bytes(Range<usize>),
}

impl Documents {
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Begins a document.
    fn begin(&mut self, layout: &Layout, kind: DocumentKind) {
        self.starts.push(self.fields.len());
        self.add_number(layout.kind, kind as u64);
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

    /// Adds bytes that `write` puts behind the others.
    fn add_encoded(&mut self, slot: Slot, write: impl FnOnce(Vec<u8>) -> Vec<u8>) {
        let start = self.bytes.len();
        self.bytes = write(std::mem::take(&mut self.bytes));
        let bytes = Content::Bytes(start..self.bytes.len());
        self.fields.push((slot, bytes));
    }

    fn clear(&mut self) {
        self.starts.clear();
        self.fields.clear();
        self.texts.clear();
        self.bytes.clear();
    }

    /// The memory that they hold, in bytes.
    fn capacity(&self) -> usize {
        let fields = self.fields.capacity() * size_of::<(Slot, Content)>();
        fields + self.texts.capacity() + self.bytes.capacity()
    }
}

/// Room of documents that have been indexed, for those to come. It is filled on one thread and emptied on another: to give
/// memory back across threads and to ask for it again costs more than to keep it.
#[derive(Clone)]
pub(super) struct Rooms(Sender<Documents>, Receiver<Documents>);

impl Rooms {
    /// More than are on their way at once when files are large.
    const N_KEPT: usize = 128;
    /// Twice what a usual piece of a file needs.
    const BYTES_KEPT: usize = 1 << 20;

    pub(super) fn new() -> Rooms {
        let (keep, kept) = crossbeam_channel::bounded(Self::N_KEPT);
        Rooms(keep, kept)
    }

    /// No documents, but room for them.
    pub(super) fn take(&self) -> Documents {
        self.1.try_recv().unwrap_or_default()
    }

    fn give_back(&self, mut documents: Documents) {
        if documents.capacity() <= Self::BYTES_KEPT {
            documents.clear();
            // Those above the number are dropped.
            let _ = self.0.try_send(documents);
        }
    }
}

/// Documents that the engine has not indexed yet.
struct InFlight {
    documents: Documents,
    rooms: Rooms,
    _permit: Permit,
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.rooms.give_back(std::mem::take(&mut self.documents));
    }
}

/// A document on its way to the index.
pub(super) struct Document {
    all: Arc<InFlight>,
    number: usize,
}

/// Sends documents on their way, in their order.
pub(super) fn send(
    documents: Documents,
    rooms: &Rooms,
    permit: &Permit,
) -> impl Iterator<Item = Document> {
    let n_documents = documents.len();
    let all = Arc::new(InFlight {
        documents,
        rooms: rooms.clone(),
        _permit: Arc::clone(permit),
    });
    (0..n_documents).map(move |number| Document {
        all: Arc::clone(&all),
        number,
    })
}

impl tantivy::Document for Document {
    type Value<'a> = Leaf<'a>;
    type FieldsValuesIter<'a> = Leaves<'a>;

    fn iter_fields_and_values(&self) -> Leaves<'_> {
        let documents = &self.all.documents;
        let end = documents.starts.get(self.number + 1);
        let end = end.copied().unwrap_or(documents.fields.len());
        Leaves {
            documents,
            fields: documents.fields[documents.starts[self.number]..end].iter(),
        }
    }
}

/// The fields of a document as the engine asks for them.
pub(super) struct Leaves<'a> {
    documents: &'a Documents,
    fields: std::slice::Iter<'a, (Slot, Content)>,
}

impl<'a> Iterator for Leaves<'a> {
    type Item = (Slot, Leaf<'a>);

    fn next(&mut self) -> Option<(Slot, Leaf<'a>)> {
        let (slot, content) = self.fields.next()?;
        let leaf = match content {
            Content::Unsigned(number) => Leaf::Unsigned(*number),
            Content::Signed(number) => Leaf::Signed(*number),
            Content::Text(range) => Leaf::Text(&self.documents.texts[range.clone()]),
            Content::Bytes(range) => Leaf::Bytes(&self.documents.bytes[range.clone()]),
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
        let bytes = self.encode(paragraph, Vec::new());
        let bytes = encode_head(&paragraph.head, bytes);
        xxhash_rust::xxh3::xxh3_128(&bytes)
    }

    /// Adds a paragraph as it is stored.
    fn encode(&self, paragraph: &Paragraph, out: Vec<u8>) -> Vec<u8> {
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
fn encode(stored: &impl Serialize, out: Vec<u8>) -> Vec<u8> {
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

impl Documents {
    /// Adds the document of an article's head; `key` orders the articles of an index.
    pub(super) fn add_head(
        &mut self,
        layout: &Layout,
        head: &Head,
        source: u64,
        key: u64,
        n_paragraphs: usize,
    ) {
        self.begin(layout, DocumentKind::Head);
        self.add_number(layout.source, source);
        self.add_number(layout.key, key);
        self.add_number(layout.n_paragraphs, n_paragraphs as u64);
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
                    self.add_written(*slot, |texts| Words::with_terms(text, texts));
                }
                Some(value) => self.add_text(*slot, value),
                None => {}
            }
        }
        self.add_encoded(layout.stored, |bytes| encode_head(head, bytes));
    }

    /// Adds the document of a paragraph; returns how many words its text has.
    pub(super) fn add_paragraph(
        &mut self,
        layout: &Layout,
        codec: &Codec,
        paragraph: &Paragraph,
        source: u64,
    ) -> u64 {
        self.begin(layout, DocumentKind::Paragraph);
        self.add_number(layout.source, source);
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
                    values.iter().for_each(|value| self.add_text(slot, value));
                }
                Kind::Number => self.add_number(slot, paragraph.ordinal as u64),
                Kind::Date => {
                    if let Some(published) = paragraph.head.published {
                        let published = Content::Signed(published.timestamp());
                        self.fields.push((slot, published));
                    }
                }
                Kind::Text | Kind::Keyword => {}
            }
        }
        let words = self.add_written(layout.text, |texts| {
            Words::with_terms(&paragraph.text, texts)
        });
        self.add_written(layout.marks, |texts| {
            marks::push_marks(texts, paragraph, &words);
        });
        self.add_encoded(layout.stored, |bytes| codec.encode(paragraph, bytes));
        words.count()
    }

    /// Adds the document of a source.
    pub(super) fn add_source(&mut self, layout: &Layout, record: &SourceRecord, source: u64) {
        self.begin(layout, DocumentKind::Source);
        self.add_number(layout.source, source);
        self.add_encoded(layout.record, |bytes| encode(record, bytes));
    }

    /// Adds the document of a user's lists.
    pub(super) fn add_lists(&mut self, layout: &Layout, lists: &Lists) {
        self.begin(layout, DocumentKind::Lists);
        self.add_encoded(layout.stored, |bytes| encode(lists, bytes));
    }
}

/// Adds a head as it is stored.
fn encode_head(head: &Head, out: Vec<u8>) -> Vec<u8> {
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
