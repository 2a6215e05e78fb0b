//! Finds the paragraphs of the articles whose head matches a query.

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// The paragraphs below the heads that `heads` finds, each with the score of its head.
#[derive(Debug)]
pub(super) struct OfArticle {
    pub(super) heads: Box<dyn Query>,
}

impl Clone for OfArticle {
    fn clone(&self) -> OfArticle {
        OfArticle {
            heads: self.heads.box_clone(),
        }
    }
}

impl Query for OfArticle {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(OfArticleWeight(self.heads.weight(scoring)?)))
    }
}

struct OfArticleWeight(Box<dyn Weight>);

impl Weight for OfArticleWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let heads = self.0.scorer(reader, boost)?;
        let n_paragraphs = reader.fast_fields().u64("_paragraphs")?;
        let mut scorer = OfArticleScorer {
            heads,
            n_paragraphs,
            doc: 0,
            end: 0,
        };
        scorer.next_family();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.seek(doc) != doc {
            return Err(tantivy::TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        Ok(Explanation::new("of the article", scorer.score()))
    }
}

struct OfArticleScorer {
    /// At the head of the family that `doc` is in.
    heads: Box<dyn Scorer>,
    n_paragraphs: Column<u64>,
    doc: DocId,
    /// The document after the family's last.
    end: DocId,
}

impl OfArticleScorer {
    /// Goes to the first paragraph of the family of the current head, or of the next head that has any.
    fn next_family(&mut self) -> DocId {
        loop {
            let head = self.heads.doc();
            if head == TERMINATED {
                self.doc = TERMINATED;
                return TERMINATED;
            }
            let n_paragraphs = self.n_paragraphs.first(head).unwrap_or(0) as DocId;
            if n_paragraphs > 0 {
                self.doc = head + 1;
                self.end = head + 1 + n_paragraphs;
                return self.doc;
            }
            self.heads.advance();
        }
    }
}

impl DocSet for OfArticleScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.doc += 1;
        if self.doc < self.end {
            return self.doc;
        }
        self.heads.advance();
        self.next_family()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        while self.doc < target {
            if target < self.end {
                self.doc = target;
            } else {
                self.heads.advance();
                self.next_family();
            }
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.heads.size_hint()
    }
}

impl Scorer for OfArticleScorer {
    fn score(&mut self) -> Score {
        self.heads.score()
    }
}
