//! Where the articles of a segment begin and end: each is a head with its paragraphs right behind it.

use std::sync::{Arc, OnceLock};

use tantivy::columnar::ColumnValues;
use tantivy::index::SegmentId;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::layout::{DocumentKind, Layout};

/// The articles of all segments; those of a segment are read when they are first asked for.
#[derive(Debug, Clone)]
pub(super) struct AllFamilies {
    head: Term,
    segments: Arc<[(SegmentId, OnceLock<Arc<Families>>)]>,
}

impl AllFamilies {
    pub(super) fn new(layout: &Layout, searcher: &Searcher) -> AllFamilies {
        let segments = searcher.segment_readers().iter();
        AllFamilies {
            head: Term::from_field_u64(layout.kind, DocumentKind::Head as u64),
            segments: segments
                .map(|segment| (segment.segment_id(), OnceLock::new()))
                .collect(),
        }
    }

    pub(super) fn of(&self, reader: &SegmentReader) -> tantivy::Result<Arc<Families>> {
        let mut segments = self.segments.iter();
        let known = segments.find_map(|(id, known)| (*id == reader.segment_id()).then_some(known));
        if let Some(families) = known.and_then(OnceLock::get) {
            return Ok(Arc::clone(families));
        }
        let families = Arc::new(Families::read(reader, &self.head)?);
        if let Some(known) = known {
            known.get_or_init(|| Arc::clone(&families));
        }
        Ok(families)
    }
}

/// The articles of a segment.
pub(super) struct Families {
    /// In order; those of removed articles, too.
    heads: Vec<DocId>,
    /// By the number of the article.
    keys: Arc<dyn ColumnValues<u64>>,
    n_docs: DocId,
}

/// The documents of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Family {
    /// Its place among the articles of the segment.
    pub(super) number: u32,
    pub(super) head: DocId,
    /// Behind its last paragraph; documents that are no paragraphs may stand before.
    pub(super) end: DocId,
}

impl Family {
    pub(super) fn has(&self, doc: DocId) -> bool {
        (self.head..self.end).contains(&doc)
    }
}

impl std::fmt::Debug for Families {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} articles", self.heads.len())
    }
}

impl Families {
    fn read(reader: &SegmentReader, head: &Term) -> tantivy::Result<Families> {
        let inverted = reader.inverted_index(head.field())?;
        let mut heads = Vec::new();
        if let Some(mut list) = inverted.read_postings(head, IndexRecordOption::Basic)? {
            heads.reserve(list.size_hint() as usize);
            while list.doc() != TERMINATED {
                heads.push(list.doc());
                list.advance();
            }
        }
        Ok(Families {
            heads,
            keys: reader.fast_fields().u64("_key")?.values,
            n_docs: reader.max_doc(),
        })
    }

    /// How many articles there are.
    pub(super) fn len(&self) -> usize {
        self.heads.len()
    }

    /// The article that a head or a paragraph belongs to. Whatever stands before the first head has none.
    pub(super) fn of(&self, doc: DocId) -> Option<Family> {
        let n_before = self.heads.partition_point(|head| *head <= doc);
        self.numbered(n_before.checked_sub(1)?)
    }

    /// The same, where the article of a document before is known: mostly it is that one or near.
    pub(super) fn next(&self, last: Option<Family>, doc: DocId) -> Option<Family> {
        let Some(last) = last else {
            return self.of(doc);
        };
        if last.has(doc) {
            return Some(last);
        }
        let rest = self.heads.get(last.number as usize..).unwrap_or_default();
        let mut step = 1;
        while rest.get(step).is_some_and(|head| *head <= doc) {
            step *= 2;
        }
        let near = &rest[..rest.len().min(step + 1)];
        let n_before = near.partition_point(|head| *head <= doc);
        self.numbered((last.number as usize + n_before).checked_sub(1)?)
    }

    fn numbered(&self, number: usize) -> Option<Family> {
        Some(Family {
            number: number as u32,
            head: *self.heads.get(number)?,
            end: self.heads.get(number + 1).copied().unwrap_or(self.n_docs),
        })
    }

    /// What orders the article among others, the same in every index of the same texts.
    pub(super) fn key(&self, family: Family) -> u64 {
        match family.number < self.keys.num_vals() {
            true => self.keys.get_val(family.number),
            false => u64::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::columnar::column_values::VecColumn;

    use super::*;

    proptest! {
        #[test]
        fn each_document_belongs_to_the_head_before_it(
            heads in prop::collection::btree_set(0u32..200, 0..40),
            mut docs in prop::collection::vec(0u32..220, 1..60),
        ) {
            let families = Families {
                heads: heads.iter().copied().collect(),
                keys: Arc::new(VecColumn::from(Vec::<u64>::new())),
                n_docs: 220,
            };
            docs.sort_unstable();
            let mut last = None;
            for doc in docs {
                let family = families.of(doc);
                prop_assert_eq!(family.map(|family| family.head), heads.range(..=doc).next_back().copied());
                if let Some(family) = family {
                    let next = heads.range(doc + 1..).next().copied();
                    prop_assert_eq!(family.end, next.unwrap_or(220));
                    prop_assert!(family.has(doc));
                }
                last = families.next(last, doc);
                prop_assert_eq!(last, family);
            }
        }
    }
}
