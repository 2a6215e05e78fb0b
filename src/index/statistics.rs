//! How often words are, for scores: counted over what is in the index now, not over what was replaced, so that an index
//! refreshed a hundred times scores like one built anew.

use std::cell::RefCell;

use tantivy::Searcher;
use tantivy::schema::{Field as Slot, IndexRecordOption};
use tantivy::{DocSet, Score, TERMINATED, Term};

use super::Info;
use crate::field::Field;

/// The figures of an index that scores depend on.
#[derive(Debug, Clone)]
pub(super) struct Statistics {
    n_articles: u64,
    n_paragraphs: u64,
    n_words: u64,
    /// The mean lengths that were asked for: it takes a look at all documents to know one.
    mean_lengths: RefCell<Vec<(Slot, Score)>>,
}

impl Statistics {
    pub(super) fn new(info: &Info) -> Statistics {
        Statistics {
            n_articles: info.n_articles,
            n_paragraphs: info.n_paragraphs,
            n_words: info.n_words,
            mean_lengths: RefCell::default(),
        }
    }

    pub(super) fn n_articles(&self) -> u64 {
        self.n_articles
    }

    /// How many paragraphs there are.
    pub(super) fn n_paragraphs(&self) -> u64 {
        self.n_paragraphs
    }

    /// How many words they have.
    pub(super) fn n_words(&self) -> u64 {
        self.n_words
    }

    /// How many documents could have a word in this field: paragraphs, or heads.
    pub(super) fn n_documents(&self, field: &Field) -> u64 {
        if field.name == "text" {
            self.n_paragraphs
        } else {
            self.n_articles
        }
    }

    /// The mean number of words of a field.
    pub(super) fn mean_length(
        &self,
        searcher: &Searcher,
        field: &Field,
        slot: Slot,
    ) -> tantivy::Result<Score> {
        let mut known = self.mean_lengths.borrow_mut();
        if let Some((_, mean)) = known.iter().find(|(known, _)| *known == slot) {
            return Ok(*mean);
        }
        let n_words = if field.name == "text" {
            self.n_words
        } else {
            // The engine's own total counts what was deleted, too.
            let mut n_words = 0;
            for segment in searcher.segment_readers() {
                let lengths = segment.get_fieldnorms_reader(slot)?;
                let alive = segment.doc_ids_alive();
                n_words += alive
                    .map(|doc| u64::from(lengths.fieldnorm(doc)))
                    .sum::<u64>();
            }
            n_words
        };
        let mean = (n_words as Score / self.n_documents(field).max(1) as Score).max(1.0);
        known.push((slot, mean));
        Ok(mean)
    }

    /// The mean number of words of an article.
    pub(super) fn mean_article(&self) -> Score {
        (self.n_words as Score / self.n_articles.max(1) as Score).max(1.0)
    }

    /// In how many documents one of the words stands, counting a document once for each of them.
    pub(super) fn n_paragraphs_with(
        &self,
        searcher: &Searcher,
        slot: Slot,
        words: &[String],
    ) -> tantivy::Result<u64> {
        let mut n_with = 0;
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(slot)?;
            for word in words {
                let term = Term::from_field_text(slot, word);
                let Some(alive) = segment.alive_bitset() else {
                    n_with += u64::from(inverted.doc_freq(&term)?);
                    continue;
                };
                let Some(mut list) = inverted.read_postings(&term, IndexRecordOption::Basic)?
                else {
                    continue;
                };
                while list.doc() != TERMINATED {
                    n_with += u64::from(alive.is_alive(list.doc()));
                    list.advance();
                }
            }
        }
        Ok(n_with)
    }
}
