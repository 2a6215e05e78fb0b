//! Finds the heads of the articles of which enough paragraphs match.

use std::sync::Arc;

use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::families::{AllFamilies, Families};
use super::passages::{Found, Passages};

/// The heads above what is found; all have the same score.
#[derive(Debug, Clone)]
pub(super) struct HeadsOf {
    pub(super) below: Below,
    pub(super) families: AllFamilies,
}

/// What must stand below a head.
#[derive(Debug)]
pub(super) enum Below {
    /// A paragraph that matches.
    Paragraph(Box<dyn Query>),
    /// A passage so many times at least, in all paragraphs together.
    Passages(Passages, u32),
}

impl Clone for Below {
    fn clone(&self) -> Below {
        match self {
            Below::Paragraph(query) => Below::Paragraph(query.box_clone()),
            Below::Passages(passages, n_times) => Below::Passages(passages.clone(), *n_times),
        }
    }
}

impl Query for HeadsOf {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let below = match &self.below {
            Below::Paragraph(query) => BelowWeight::Paragraph(query.weight(scoring)?),
            Below::Passages(passages, n_times) => BelowWeight::Passages(passages.clone(), *n_times),
        };
        let families = self.families.clone();
        Ok(Box::new(HeadsOfWeight { below, families }))
    }
}

struct HeadsOfWeight {
    below: BelowWeight,
    families: AllFamilies,
}

enum BelowWeight {
    Paragraph(Box<dyn Weight>),
    Passages(Passages, u32),
}

impl Weight for HeadsOfWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let (below, n_times) = match &self.below {
            BelowWeight::Paragraph(weight) => {
                (Matching::Paragraphs(weight.scorer(reader, boost)?), 1)
            }
            BelowWeight::Passages(passages, n_times) => match passages.found(reader)? {
                Some(found) => (Matching::Passages(Box::new(found)), *n_times),
                None => return Ok(Box::new(EmptyScorer)),
            },
        };
        let mut scorer = HeadsOfScorer {
            below,
            n_times,
            families: self.families.of(reader)?,
            doc: 0,
        };
        scorer.next_head();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.seek(doc) != doc {
            return Err(tantivy::TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        Ok(Explanation::new("has such paragraphs", 0.0))
    }
}

/// What stands below heads.
enum Matching {
    Paragraphs(Box<dyn Scorer>),
    Passages(Box<Found>),
}

impl Matching {
    fn doc(&self) -> DocId {
        match self {
            Matching::Paragraphs(scorer) => scorer.doc(),
            Matching::Passages(found) => found.doc(),
        }
    }

    fn seek(&mut self, target: DocId) {
        if self.doc() < target {
            match self {
                Matching::Paragraphs(scorer) => scorer.seek(target),
                Matching::Passages(found) => found.seek(target),
            };
        }
    }

    /// How often the current document counts.
    fn n_times(&self) -> u32 {
        match self {
            Matching::Paragraphs(_) => 1,
            Matching::Passages(found) => found.n_places(),
        }
    }
}

struct HeadsOfScorer {
    /// Behind the family of the current head.
    below: Matching,
    n_times: u32,
    families: Arc<Families>,
    doc: DocId,
}

impl HeadsOfScorer {
    /// Goes to the next head that has enough below it.
    fn next_head(&mut self) -> DocId {
        loop {
            let doc = self.below.doc();
            if doc == TERMINATED {
                self.doc = TERMINATED;
                return TERMINATED;
            }
            let Some(family) = self.families.of(doc) else {
                self.below.seek(doc + 1);
                continue;
            };
            let end = family.end.max(doc + 1);
            let mut n_times = 0u32;
            while self.below.doc() < end && n_times < self.n_times {
                n_times = n_times.saturating_add(self.below.n_times());
                let next = self.below.doc() + 1;
                self.below.seek(next);
            }
            self.below.seek(end);
            if n_times >= self.n_times {
                self.doc = family.head;
                return family.head;
            }
        }
    }
}

impl DocSet for HeadsOfScorer {
    fn advance(&mut self) -> DocId {
        match self.doc {
            TERMINATED => TERMINATED,
            _ => self.next_head(),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.below.seek(target);
            while self.doc < target {
                self.next_head();
            }
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        0
    }
}

impl Scorer for HeadsOfScorer {
    fn score(&mut self) -> Score {
        0.0
    }
}
