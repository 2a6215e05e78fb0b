//! How a query was read: what each part of it finds by itself, and what it gave to the score of a hit.

use tantivy::collector::Count;
use tantivy::query::{EnableScoring, Query as Engine};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Searcher, Term};

use super::lower::{self, Context};
use super::passages::Plan;
use crate::field::Field;
use crate::query::{Form, Passage, Query, Word};
use crate::search::Clause;

/// The clauses of a query, and those of them that give paragraphs a score.
#[derive(Default)]
pub(super) struct Clauses {
    pub(super) list: Vec<Clause>,
    scoring: Vec<(usize, Box<dyn Engine>)>,
}

impl Clauses {
    /// Reads a query clause by clause.
    pub(super) fn of(context: &Context, query: &Query) -> tantivy::Result<Clauses> {
        let mut clauses = Clauses::default();
        clauses.add(context, query, 0, true)?;
        Ok(clauses)
    }

    fn add(
        &mut self,
        context: &Context,
        query: &Query,
        depth: usize,
        scores: bool,
    ) -> tantivy::Result<()> {
        let engine = lower::lower(context, query)?.engine;
        let number = self.list.len();
        self.list.push(Clause {
            depth,
            text: query.to_string(),
            n_paragraphs: context.searcher.search(&*engine, &Count)? as u64,
            words: Vec::new(),
        });
        match query {
            Query::Text { field, passage } => {
                if scores {
                    self.scoring.push((number, engine));
                }
                self.inside(context, field, passage, depth)?;
            }
            Query::AtLeast { field, passage, .. } => {
                self.add_passage(context, field, passage, depth + 1)?;
            }
            Query::And(clauses) | Query::Or(clauses) => {
                for clause in clauses {
                    self.add(context, clause, depth + 1, scores)?;
                }
            }
            // The best of its clauses weighs, not their sum.
            Query::Either(clauses) => {
                if scores {
                    self.scoring.push((number, engine));
                }
                for clause in clauses {
                    self.add(context, clause, depth + 1, false)?;
                }
            }
            Query::Not(clause) => self.add(context, clause, depth + 1, false)?,
            Query::Lead(clause) | Query::Article(clause) => {
                self.add(context, clause, depth + 1, scores)?;
            }
            Query::All
            | Query::Values { .. }
            | Query::Any { .. }
            | Query::Dates { .. }
            | Query::Numbers { .. } => {}
        }
        Ok(())
    }

    fn add_passage(
        &mut self,
        context: &Context,
        field: &'static Field,
        passage: &Passage,
        depth: usize,
    ) -> tantivy::Result<()> {
        let query = Query::Text {
            field,
            passage: passage.clone(),
        };
        let engine = lower::lower(context, &query)?.engine;
        self.list.push(Clause {
            depth,
            text: query.to_string(),
            n_paragraphs: context.searcher.search(&*engine, &Count)? as u64,
            words: Vec::new(),
        });
        self.inside(context, field, passage, depth)
    }

    /// Adds what is within the passage that was added last.
    fn inside(
        &mut self,
        context: &Context,
        field: &'static Field,
        passage: &Passage,
        depth: usize,
    ) -> tantivy::Result<()> {
        match passage {
            Passage::Word(_) => {
                let words = words(context, field, passage)?;
                if let Some(last) = self.list.last_mut() {
                    last.words = words;
                }
            }
            // Of plain words it is clear what they stand for.
            Passage::Phrase(words) => {
                let is_open = |word: &&Word| !matches!(word.form, Form::Stem | Form::Exact);
                for word in words.iter().filter(is_open) {
                    self.add_passage(context, field, &Passage::Word(word.clone()), depth + 1)?;
                }
            }
            Passage::Mention { .. } => {}
            Passage::Or(passages) => {
                for passage in passages {
                    self.add_passage(context, field, passage, depth + 1)?;
                }
            }
            Passage::Near { left, right, .. } => {
                self.add_passage(context, field, left, depth + 1)?;
                self.add_passage(context, field, right, depth + 1)?;
            }
        }
        Ok(())
    }

    /// What the clauses gave to the score of a paragraph.
    pub(super) fn parts(
        &self,
        searcher: &Searcher,
        address: DocAddress,
    ) -> tantivy::Result<Vec<(usize, f32)>> {
        let segment = searcher.segment_reader(address.segment_ord);
        let mut parts = Vec::new();
        for (number, engine) in &self.scoring {
            let weight = engine.weight(EnableScoring::enabled_from_searcher(searcher))?;
            let mut scorer = weight.scorer(segment, 1.0)?;
            if scorer.doc() < address.doc_id {
                scorer.seek(address.doc_id);
            }
            if scorer.doc() == address.doc_id {
                parts.push((*number, scorer.score()));
            }
        }
        Ok(parts)
    }
}

/// The words of the index that a word stands for; none where it is several words for the index.
fn words(
    context: &Context,
    field: &'static Field,
    passage: &Passage,
) -> tantivy::Result<Vec<(String, u64)>> {
    let Plan::Words { words, .. } = lower::plan(context, field, passage)? else {
        return Ok(Vec::new());
    };
    let [alternatives] = words.places.as_slice() else {
        return Ok(Vec::new());
    };
    let mut counted = Vec::with_capacity(alternatives.len());
    for word in alternatives {
        let term = Term::from_field_text(words.slot, word);
        let engine = tantivy::query::TermQuery::new(term, IndexRecordOption::Basic);
        let n_with = context.searcher.search(&engine, &Count)? as u64;
        counted.push((word.clone(), n_with));
    }
    counted.sort_by(|(word, n_with), (other, n_other)| n_other.cmp(n_with).then(word.cmp(other)));
    counted.retain(|(_, n_with)| *n_with > 0);
    Ok(counted)
}
