//! How an index lies in tantivy: the fields of its documents.
//!
//! An article is a block of documents that stay neighbours in one segment: its head, then its paragraphs in order. The
//! head of the paragraph at `doc` is therefore at `doc - ordinal - 1`, and what belongs to the article (headline, id,
//! address) is stored and indexed once. A source (a file) has a document of its own with its fingerprint. All documents
//! of a source carry its key, by which they are replaced together. The user's lists that were applied are one more document.

use tantivy::Term;
use tantivy::schema::{
    BytesOptions, Field as Slot, IndexRecordOption, NumericOptions, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};

use super::marks::value_term;
use crate::field::{Field, Kind};
use crate::schema;

/// The analyzer's name in tantivy's registry.
pub(super) const ANALYZER: &str = "tradewire";

/// The name of what reads marks in tantivy's registry.
pub(super) const MARKER: &str = "marks";

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DocumentKind {
    Paragraph = 0,
    Head = 1,
    Source = 2,
    /// The user's lists; at most one.
    Lists = 3,
}

/// The slots of the documents.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    pub(super) schema: Schema,
    /// `DocumentKind`, as a number.
    pub(super) kind: Slot,
    /// The key of the source, in all its documents.
    pub(super) source: Slot,
    /// Heads: orders equals, the same in every index of the same texts.
    pub(super) key: Slot,
    /// Paragraphs: where their values, sentences and capitals stand.
    pub(super) marks: Slot,
    /// Heads: how many paragraphs follow.
    pub(super) n_paragraphs: Slot,
    /// Sources: their record.
    pub(super) record: Slot,
    /// What is given back, in a compact form of our own.
    pub(super) stored: Slot,
    /// Paragraphs: the terms of their text.
    pub(super) text: Slot,
    /// All fields in the order of `schema::fields()`, each with its slot.
    pub(super) fields: Vec<(&'static Field, Slot)>,
}

impl Layout {
    pub(super) fn new() -> Layout {
        let mut builder = Schema::builder();
        let kind = builder.add_u64_field("_kind", NumericOptions::default().set_indexed());
        let source = builder.add_u64_field("_source", NumericOptions::default().set_indexed());
        let key = builder.add_u64_field("_key", NumericOptions::default().set_fast());
        let marks = builder.add_text_field(
            "_marks",
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default()
                    .set_tokenizer(MARKER)
                    .set_index_option(IndexRecordOption::WithFreqsAndPositions)
                    .set_fieldnorms(false),
            ),
        );
        let n_paragraphs =
            builder.add_u64_field("_paragraphs", NumericOptions::default().set_fast());
        let record = builder.add_bytes_field("_record", BytesOptions::default().set_fast());
        let stored = builder.add_bytes_field("_stored", BytesOptions::default().set_stored());
        let fields: Vec<(&Field, Slot)> = schema::fields()
            .map(|field| (field, slot(&mut builder, field)))
            .collect();
        let text = fields.iter().find(|(field, _)| field.name == "text");
        let (_, text) = *text.expect("the schema has the text");
        Layout {
            schema: builder.build(),
            kind,
            source,
            key,
            marks,
            n_paragraphs,
            record,
            stored,
            text,
            fields,
        }
    }

    /// The slot of a field.
    pub(super) fn slot(&self, field: &Field) -> Slot {
        let mut fields = self.fields.iter();
        let known = fields.find(|(other, _)| *other == field);
        known.map_or(self.fields[0].1, |(_, slot)| *slot)
    }

    /// The term of a value of a facet or keyword field.
    pub(super) fn value(&self, field: &Field, value: &str) -> Term {
        match schema::is_extracted(field) {
            true => Term::from_field_text(self.marks, &value_term(field, value)),
            false => Term::from_field_text(self.slot(field), value),
        }
    }
}

/// Whether a field belongs to the head of an article rather than to each paragraph.
pub(super) fn is_of_head(field: &Field) -> bool {
    !field.is_facet() && !matches!(field.name, "text" | "ordinal" | "published")
}

fn slot(builder: &mut SchemaBuilder, field: &Field) -> Slot {
    let raw = || {
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false)
    };
    match field.kind {
        Kind::Text => {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(ANALYZER)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions);
            builder.add_text_field(
                field.name,
                TextOptions::default().set_indexing_options(indexing),
            )
        }
        Kind::Keyword => builder.add_text_field(
            field.name,
            TextOptions::default().set_indexing_options(raw()),
        ),
        // Which paragraphs have a value is read off its marks; the column is for counting.
        Kind::Facet | Kind::Tree => {
            let options = TextOptions::default().set_fast("raw");
            let options = match schema::is_extracted(field) {
                true => options,
                false => options.set_indexing_options(raw()),
            };
            builder.add_text_field(field.name, options)
        }
        // Seconds since 1970: tantivy's own dates count nanoseconds and end in 2262.
        Kind::Date => builder.add_i64_field(field.name, NumericOptions::default().set_fast()),
        Kind::Number => builder.add_u64_field(field.name, NumericOptions::default().set_fast()),
    }
}
