//! The values of a facet in a segment: numbers by document, and what the numbers stand for.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tantivy::columnar::column_index::MultiValueIndex;
use tantivy::columnar::{ColumnIndex, StrColumn};
use tantivy::error::DataCorruption;
use tantivy::{DocId, SegmentOrdinal, SegmentReader, TantivyError};

use crate::field::Field;

/// What the values' numbers stand for, as far as searches of the same index looked it up: that takes longer than to count
/// them.
#[derive(Debug, Default)]
pub(super) struct Names(Mutex<FxHashMap<Number, Box<str>>>);

/// The segment, the name of the facet, and the value's number in both.
type Number = (SegmentOrdinal, &'static str, usize);

/// No more names are kept than this: some megabytes.
const MOST_NAMES: usize = 100_000;

/// So many at once are a whole list, which is not kept.
const MOST_AT_ONCE: usize = 1_000;

/// The values of a facet in a segment.
pub(super) struct Values {
    /// None when nothing in the segment has a value.
    column: Option<StrColumn>,
    segment_idx: SegmentOrdinal,
    field: &'static Field,
    names: Arc<Names>,
}

impl Values {
    pub(super) fn open(
        reader: &SegmentReader,
        segment_idx: SegmentOrdinal,
        field: &'static Field,
        names: &Arc<Names>,
    ) -> tantivy::Result<Values> {
        Ok(Values {
            column: reader.fast_fields().str(field.name)?,
            segment_idx,
            field,
            names: Arc::clone(names),
        })
    }

    /// How many there are: their numbers are smaller.
    ///
    /// # Errors
    ///
    /// When that cannot be true.
    pub(super) fn len(&self) -> tantivy::Result<usize> {
        let Some(column) = &self.column else {
            return Ok(0);
        };
        // Each value is that of some paragraph; a damaged file may claim any number, and memory is not endless.
        match column.num_terms() <= column.ords().values.num_vals() as usize {
            true => Ok(column.num_terms()),
            false => {
                let comment = format!("the values of `{}` cannot be counted", self.field.name);
                Err(TantivyError::DataCorruption(DataCorruption::comment_only(
                    comment,
                )))
            }
        }
    }

    /// The numbers of a document's values, in order.
    pub(super) fn of(&self, doc: DocId) -> impl Iterator<Item = usize> {
        let numbers = self
            .column
            .iter()
            .flat_map(move |column| column.term_ords(doc));
        numbers.map(|number| number as usize)
    }

    /// Counts the values of documents, by their numbers; much faster than one by one.
    pub(super) fn count(&self, docs: &[DocId], counts: &mut [u32], rows: &mut Rows) {
        let Some(column) = &self.column else {
            return;
        };
        let column = column.ords();
        rows.fill(&column.index, docs);
        rows.numbers.resize(rows.rows.len(), 0);
        column.values.get_vals(&rows.rows, &mut rows.numbers);
        for number in &rows.numbers {
            if let Some(count) = counts.get_mut(*number as usize) {
                *count += 1;
            }
        }
    }

    /// The numbers of those of the values that the segment has, in order.
    pub(super) fn numbers(&self, values: &[String]) -> tantivy::Result<Vec<usize>> {
        let mut numbers = Vec::new();
        if let Some(column) = &self.column {
            for value in values {
                let number = column.dictionary().term_ord(value.as_bytes())?;
                numbers.extend(number.map(|number| number as usize));
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers)
    }

    /// What numbers stand for; these are in order, and so are the values.
    pub(super) fn names(&self, numbers: &[usize]) -> Vec<String> {
        if numbers.len() > MOST_AT_ONCE {
            return self.read(numbers);
        }
        let key = |number: usize| (self.segment_idx, self.field.name, number);
        let mut known = self.names.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = |number: &usize| !known.contains_key(&key(*number));
        let new: Vec<usize> = numbers.iter().copied().filter(is_new).collect();
        if known.len() + new.len() > MOST_NAMES {
            known.clear();
            drop(known);
            return self.read(numbers);
        }
        let read = self.read(&new).into_iter().map(String::into_boxed_str);
        known.extend(new.iter().map(|number| key(*number)).zip(read));
        let named = numbers.iter().map(|number| known.get(&key(*number)));
        named
            .map(|name| name.map_or_else(String::new, |name| name.to_string()))
            .collect()
    }

    fn read(&self, numbers: &[usize]) -> Vec<String> {
        let numbers: Vec<u64> = numbers.iter().map(|number| *number as u64).collect();
        let mut names = Vec::with_capacity(numbers.len());
        if let Some(column) = self.column.as_ref().filter(|_| !numbers.is_empty()) {
            // In order, so that each block of the dictionary is unpacked once.
            let dictionary = column.dictionary();
            let all = dictionary.sorted_ords_to_term_cb(&numbers, |name| {
                names.push(String::from_utf8_lossy(name).into_owned());
            });
            debug_assert!(all.unwrap_or(false));
        }
        names
    }
}

/// Where the values of documents stand in a column; the memory is used again.
#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<u32>,
    numbers: Vec<u64>,
    docs: Vec<DocId>,
    ranks: Vec<u32>,
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Rows {
    fn fill(&mut self, index: &ColumnIndex, docs: &[DocId]) {
        self.docs.clear();
        self.rows.clear();
        let ColumnIndex::Multivalued(MultiValueIndex::MultiValueIndexV2(index)) = index else {
            return index.docids_to_rowids(docs, &mut self.docs, &mut self.rows);
        };
        // tantivy looks at each document by itself here.
        self.ranks.clear();
        let having = &index.optional_index;
        having.rank_if_exists_batch(docs, &mut self.docs, &mut self.ranks);
        self.starts.resize(self.ranks.len(), 0);
        self.ends.resize(self.ranks.len(), 0);
        let bounds = &index.start_index_column;
        bounds.get_vals(&self.ranks, &mut self.starts);
        self.ranks.iter_mut().for_each(|rank| *rank += 1);
        bounds.get_vals(&self.ranks, &mut self.ends);
        for (start, end) in self.starts.iter().zip(&self.ends) {
            self.rows.extend(*start..*end);
        }
    }
}
