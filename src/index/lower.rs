//! Query to tantivy's query: words are looked up in the vocabulary, names of fields in the layout.

use std::ops::Bound;

use jiff::civil::Date;
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, EmptyQuery, Occur, Query as Engine, RangeQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field as Slot, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::analysis;
use super::family::OfArticle;
use super::layout::{DocumentKind, Layout, is_of_head};
use super::question::{AnyOf, Clause};
use super::statistics::Statistics;
use super::vocabulary;
use super::words::{Words, idf};
use crate::article::Published;
use crate::field::Field;
use crate::query::Query;
use crate::schema;

/// What lowering needs of an open index.
pub(super) struct Context<'a> {
    pub(super) layout: &'a Layout,
    pub(super) searcher: &'a Searcher,
    pub(super) statistics: &'a Statistics,
}

/// A lowered query.
pub(super) struct Lowered {
    pub(super) engine: Box<dyn Engine>,
    /// What matches in the text of paragraphs, for highlights: for each phrase the words of each place.
    pub(super) phrases: Vec<Vec<Vec<String>>>,
}

/// Lowers a query; what it finds are paragraphs only.
pub(super) fn lower(context: &Context, query: &Query) -> tantivy::Result<Lowered> {
    let mut phrases = Vec::new();
    let engine = lower_clause(context, query, &mut phrases)?;
    Ok(Lowered { engine, phrases })
}

/// Lowers the words of a question: what it finds are the paragraphs with any of them or of their kin.
pub(super) fn lower_question(context: &Context, words: &[&str]) -> tantivy::Result<Lowered> {
    let mut phrases = Vec::new();
    let mut clauses = Vec::new();
    let [text, title] = [schema::field("text"), schema::field("title")];
    let (Some(text), Some(title)) = (text, title) else {
        return Ok(Lowered {
            engine: Box::new(EmptyQuery),
            phrases,
        });
    };
    for word in words {
        let places = widened(context, text, word, vocabulary::akin)?;
        phrases.push(places.clone());
        if let Some(words) = weighed(context, text, places)? {
            clauses.push(Clause {
                title: Words {
                    slot: context.layout.slot(title),
                    places: widened(context, title, word, vocabulary::akin)?,
                    ..words.clone()
                },
                text: words,
            });
        }
    }
    let engine = Box::new(AnyOf {
        clauses,
        mean_article: context.statistics.mean_article(),
    });
    Ok(Lowered { engine, phrases })
}

fn lower_clause(
    context: &Context,
    query: &Query,
    phrases: &mut Vec<Vec<Vec<String>>>,
) -> tantivy::Result<Box<dyn Engine>> {
    Ok(match query {
        Query::All => all_paragraphs(context.layout),
        Query::Word { field, word } => words(context, field, word, phrases)?,
        Query::Phrase {
            field,
            words: phrase,
        } => words(context, field, phrase, phrases)?,
        Query::Prefix { field, prefix } => {
            let slot = context.layout.slot(field);
            let mut places = exact_places(prefix);
            // Of `US-Chin*` only the last word is open.
            if let Some(last) = places.last_mut() {
                *last = vocabulary::beginning(context.searcher, slot, &last.concat())?;
            }
            text_clause(context, field, places, phrases)?
        }
        Query::Fuzzy {
            field,
            word,
            distance,
        } => {
            let slot = context.layout.slot(field);
            let mut places = exact_places(word);
            for place in &mut places {
                *place = vocabulary::near(context.searcher, slot, &place.concat(), *distance)?;
            }
            text_clause(context, field, places, phrases)?
        }
        Query::Values { field, values } => {
            let slot = context.layout.slot(field);
            let terms = values
                .iter()
                .map(|value| Term::from_field_text(slot, value));
            let engine = Box::new(TermSetQuery::new(terms));
            of_paragraphs(field, Box::new(ConstScoreQuery::new(engine, 0.0)))
        }
        Query::Dates { field, from, to } => {
            let slot = context.layout.slot(field);
            let seconds = |date: &Date| Published::day(*date).timestamp();
            let lower = from.as_ref().map_or(Bound::Unbounded, |from| {
                Bound::Included(Term::from_field_i64(slot, seconds(from)))
            });
            let upper = to.as_ref().map_or(Bound::Unbounded, |to| {
                Bound::Excluded(Term::from_field_i64(slot, seconds(to) + 86_400))
            });
            range(context.layout, lower, upper)
        }
        Query::Numbers { field, from, to } => {
            let slot = context.layout.slot(field);
            let bound = |number: &Option<u64>| {
                number.map_or(Bound::Unbounded, |number| {
                    Bound::Included(Term::from_field_u64(slot, number))
                })
            };
            range(context.layout, bound(from), bound(to))
        }
        Query::And(clauses) => {
            let mut lowered = Vec::with_capacity(clauses.len() + 1);
            if clauses.iter().all(|clause| matches!(clause, Query::Not(_))) {
                lowered.push((Occur::Must, all_paragraphs(context.layout)));
            }
            for clause in clauses {
                lowered.push(match clause {
                    // What must not be there is no highlight.
                    Query::Not(inner) => (
                        Occur::MustNot,
                        lower_clause(context, inner, &mut Vec::new())?,
                    ),
                    _ => (Occur::Must, lower_clause(context, clause, phrases)?),
                });
            }
            Box::new(BooleanQuery::new(lowered))
        }
        Query::Or(clauses) => {
            let mut lowered = Vec::with_capacity(clauses.len());
            for clause in clauses {
                lowered.push((Occur::Should, lower_clause(context, clause, phrases)?));
            }
            Box::new(BooleanQuery::new(lowered))
        }
        Query::Not(inner) => {
            let excluded = lower_clause(context, inner, &mut Vec::new())?;
            Box::new(BooleanQuery::new(vec![
                (Occur::Must, all_paragraphs(context.layout)),
                (Occur::MustNot, excluded),
            ]))
        }
    })
}

/// Every paragraph, without a score.
pub(super) fn all_paragraphs(layout: &Layout) -> Box<dyn Engine> {
    let term = Term::from_field_u64(layout.kind, DocumentKind::Paragraph as u64);
    Box::new(ConstScoreQuery::new(
        Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
        0.0,
    ))
}

/// A range over a column that only paragraphs have; without bounds, all that have a value there.
fn range(layout: &Layout, lower: Bound<Term>, upper: Bound<Term>) -> Box<dyn Engine> {
    if matches!((&lower, &upper), (Bound::Unbounded, Bound::Unbounded)) {
        return all_paragraphs(layout);
    }
    Box::new(ConstScoreQuery::new(
        Box::new(RangeQuery::new(lower, upper)),
        0.0,
    ))
}

/// Words or a phrase as typed: each place takes all words of the same stem.
fn words(
    context: &Context,
    field: &'static Field,
    text: &str,
    phrases: &mut Vec<Vec<Vec<String>>>,
) -> tantivy::Result<Box<dyn Engine>> {
    let places = widened(context, field, text, vocabulary::same_stem)?;
    text_clause(context, field, places, phrases)
}

/// One place for each term of a text, with the words of the index that `widen` finds for it.
fn widened(
    context: &Context,
    field: &'static Field,
    text: &str,
    widen: fn(&Searcher, Slot, &str) -> tantivy::Result<Vec<String>>,
) -> tantivy::Result<Vec<Vec<String>>> {
    let slot = context.layout.slot(field);
    let mut places = exact_places(text);
    for place in &mut places {
        *place = widen(context.searcher, slot, &place.concat())?;
    }
    Ok(places)
}

/// One place for each term of a text, with that term alone.
fn exact_places(text: &str) -> Vec<Vec<String>> {
    let mut places = Vec::new();
    analysis::terms(text, |_, term| places.push(vec![term.to_string()]));
    places
}

fn text_clause(
    context: &Context,
    field: &'static Field,
    places: Vec<Vec<String>>,
    phrases: &mut Vec<Vec<Vec<String>>>,
) -> tantivy::Result<Box<dyn Engine>> {
    if field.name == "text" {
        phrases.push(places.clone());
    }
    Ok(match weighed(context, field, places)? {
        Some(words) => of_paragraphs(field, Box::new(words)),
        None => Box::new(EmptyQuery),
    })
}

/// The words of places with their weight; none when there is no place.
fn weighed(
    context: &Context,
    field: &'static Field,
    places: Vec<Vec<String>>,
) -> tantivy::Result<Option<Words>> {
    if places.is_empty() {
        return Ok(None);
    }
    let slot = context.layout.slot(field);
    let mut weight = 0.0;
    for place in &places {
        let n_with = context
            .statistics
            .n_paragraphs_with(context.searcher, slot, place)?;
        weight += idf(n_with, context.statistics.n_documents(field));
    }
    let mean_length = context
        .statistics
        .mean_length(context.searcher, field, slot)?;
    Ok(Some(Words {
        slot,
        places,
        idf: weight,
        mean_length,
    }))
}

/// Leads from heads to their paragraphs where a field is the head's.
fn of_paragraphs(field: &'static Field, engine: Box<dyn Engine>) -> Box<dyn Engine> {
    if is_of_head(field) {
        Box::new(OfArticle { heads: engine })
    } else {
        engine
    }
}
