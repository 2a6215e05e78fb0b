//! Paragraphs, heads and sources to documents, on their way into the index.

use std::ops::Range;
use std::sync::Arc;

use crossbeam_channel::{Receiver, Sender};
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{Field as Slot, Value};

use super::SourceRecord;
use super::layout::{DocumentKind, Layout};
use super::marks::{self, Words};
use super::stored::{self, Codec};
use crate::article::{Head, Paragraph};
use crate::field::Kind;
use crate::lists::Lists;

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
    /// Twice what articles that are read together usually need.
    const BYTES_KEPT: usize = 2 << 20;

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
        self.add_encoded(layout.stored, |bytes| stored::encode_head(head, bytes));
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
        self.add_encoded(layout.record, |bytes| stored::encode(record, bytes));
    }

    /// Adds the document of a user's lists.
    pub(super) fn add_lists(&mut self, layout: &Layout, lists: &Lists) {
        self.begin(layout, DocumentKind::Lists);
        self.add_encoded(layout.stored, |bytes| stored::encode(lists, bytes));
    }
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
}
