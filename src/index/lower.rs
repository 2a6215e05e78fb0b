//! Query to tantivy's query: words are looked up in the vocabulary, names of fields in the layout.

use std::ops::Bound;

use jiff::civil::Date;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, ExistsQuery, Occur,
    Query as Engine, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field as Slot, IndexRecordOption};
use tantivy::{Score, Searcher, Term};

use super::analysis;
use super::families::AllFamilies;
use super::family::OfArticle;
use super::feedback;
use super::heads::{Below, HeadsOf};
use super::layout::{DocumentKind, Layout, is_of_head};
use super::marks;
use super::passages::{Passages, Plan};
use super::question::{AnyOf, Clause, ClauseKind};
use super::statistics::Statistics;
use super::subjects;
use super::vocabulary::{self, Neighbours};
use super::words::{MOST_OPEN, Words, idf};
use super::work::{self, Work};
use crate::article::Published;
use crate::field::Field;
use crate::query::{Case, Form, N_OF_LEAD, Passage, Query, Question, Reach, Word, word_regex};
use crate::schema;
use crate::search::{Weighed, Weight};
use crate::text::fold::fold;

/// How many paragraphs an article has, more or less.
const PARAGRAPHS_OF_ARTICLE: u64 = 8;

/// What it takes to go through all articles, against all paragraphs.
const SHARE_OF_ARTICLES: u64 = 4;

/// What the words of a term weigh that stand apart, beside the term itself: said however often they are no better than the term
/// said once in a text of usual length, by [`bm25`](super::words::bm25).
const OF_OTHER_WAYS: Score = 1.0 / 3.0;

/// What lowering needs of an open index.
pub(super) struct Context<'a> {
    pub(super) layout: &'a Layout,
    pub(super) searcher: &'a Searcher,
    pub(super) families: &'a AllFamilies,
    pub(super) neighbours: &'a Neighbours,
    pub(super) statistics: &'a Statistics,
    pub(super) work: &'a Work,
}

/// A lowered query.
pub(super) struct Lowered {
    pub(super) engine: Box<dyn Engine>,
    /// What matches in the text of paragraphs, for highlights.
    pub(super) plans: Vec<Plan>,
    /// What weighs along with the words of a question.
    pub(super) weighed: Vec<Weighed>,
}

/// Lowers a query; what it finds are paragraphs only.
pub(super) fn lower(context: &Context, query: &Query) -> tantivy::Result<Lowered> {
    let mut plans = Vec::new();
    let engine = lower_clause(context, query, &mut plans)?;
    Ok(Lowered {
        engine,
        plans,
        weighed: Vec::new(),
    })
}

/// Lowers a question: what it finds are the paragraphs with any of its words or of their kin. Who is quoted and what the best
/// articles say of a whole question only weighs.
pub(super) fn lower_question(context: &Context, question: &Question) -> tantivy::Result<Lowered> {
    let mut plans = Vec::new();
    let mut clauses = Vec::new();
    let [text, title] = [schema::field("text"), schema::field("title")];
    let (Some(text), Some(title)) = (text, title) else {
        return Ok(Lowered {
            engine: Box::new(EmptyQuery),
            plans,
            weighed: Vec::new(),
        });
    };
    for asked in &question.asked {
        let spellings = asked.spellings();
        let name = || {
            spellings
                .first()
                .map_or_else(String::new, |full| full.to_string())
        };
        let read = || lower_asked(context, &spellings, [text, title]);
        let asked = context.work.of_part(name, read)?;
        plans.extend(asked.iter().map(|clause| Plan::words(clause.text.clone())));
        clauses.extend(asked);
    }
    let mut any_of = AnyOf {
        clauses,
        mean_article: context.statistics.mean_article(),
        families: context.families.clone(),
    };
    let weighed = match question.is_whole {
        true => weigh(context, question, &mut any_of)?,
        false => Vec::new(),
    };
    Ok(Lowered {
        engine: Box::new(any_of),
        plans,
        weighed,
    })
}

/// Lowers what a question asks for, in all its spellings: a clause for those of so many words. They are one thing, and as rare as
/// the most frequent of them.
fn lower_asked(
    context: &Context,
    spellings: &[&str],
    [text, title]: [&'static Field; 2],
) -> tantivy::Result<Vec<Clause>> {
    let mut clauses: Vec<Clause> = Vec::new();
    for places in akin(context, spellings, text)? {
        if let Some((text, _)) = weighed(context, text, places)? {
            clauses.push(Clause {
                text,
                title: None,
                kind: ClauseKind::Asked,
                share: 1.0,
                of_article: 1.0,
            });
        }
    }
    let idfs = clauses.iter().map(|clause| clause.text.idf);
    let Some(idf) = idfs.reduce(Score::min) else {
        return Ok(clauses);
    };
    let in_title = akin(context, spellings, title)?;
    for clause in &mut clauses {
        clause.text.idf = idf;
        let n_places = clause.text.places.len();
        let titles = in_title.iter().find(|places| places.len() == n_places);
        clause.title = titles.map(|places| Words {
            slot: context.layout.slot(title),
            places: places.clone(),
            ..clause.text.clone()
        });
    }
    Ok(clauses)
}

/// The words of spellings and their kin, by place; spellings of as many words are alternatives for each place.
fn akin(
    context: &Context,
    spellings: &[&str],
    field: &'static Field,
) -> tantivy::Result<Vec<Vec<Vec<String>>>> {
    let slot = context.layout.slot(field);
    let mut n_compared = 0;
    let mut known: Vec<Vec<Vec<String>>> = Vec::new();
    for spelling in spellings {
        let read = places(spelling, |term| {
            vocabulary::akin(context.searcher, slot, term, &mut n_compared)
        })?;
        match known.iter_mut().find(|known| known.len() == read.len()) {
            None => known.push(read),
            Some(known) => {
                for (known, words) in known.iter_mut().zip(read) {
                    let new = words.into_iter().filter(|word| !known.contains(word));
                    let new: Vec<String> = new.collect();
                    known.extend(new);
                }
            }
        }
    }
    context.work.add(n_compared * work::STEM)?;
    Ok(known)
}

/// Adds what weighs without being asked for; gives it as answers name it.
fn weigh(
    context: &Context,
    question: &Question,
    any_of: &mut AnyOf,
) -> tantivy::Result<Vec<Weighed>> {
    subjects::weigh(context, &mut any_of.clauses)?;
    let mut weighed = Vec::new();
    for sayer in &question.sayers {
        if let Some((clause, names)) = quoted(context, any_of, sayer)? {
            any_of.clauses.push(clause);
            weighed.push(Weighed {
                what: Weight::Quoted(names),
                share: 1.0,
            });
        }
    }
    for clause in feedback::weighing(context, any_of)? {
        let words = clause.text.places.concat();
        let known = any_of.clauses.iter();
        let asked = known.filter(|clause| clause.kind == ClauseKind::Asked);
        let mut asked = asked.flat_map(|clause| clause.text.places.iter().flatten());
        weighed.push(Weighed {
            what: Weight::Words {
                is_asked: asked.any(|asked| words.contains(asked)),
                words,
            },
            share: clause.share,
        });
        any_of.clauses.push(clause);
    }
    Ok(weighed)
}

/// The paragraphs that report the words of people of a surname, and who they are; none when nobody is called so.
fn quoted(
    context: &Context,
    question: &AnyOf,
    surname: &str,
) -> tantivy::Result<Option<(Clause, Vec<String>)>> {
    let (Some(first), Some(speaker)) = (question.clauses.first(), schema::field("speaker")) else {
        return Ok(None);
    };
    let slot = context.layout.marks;
    let statistics = context.statistics;
    let (mut names, mut terms, mut n_with) = (Vec::new(), Vec::new(), 0);
    for name in vocabulary::called(context.searcher, slot, speaker, &fold(surname))? {
        let term = marks::value_term(speaker, &name);
        let of_name = std::slice::from_ref(&term);
        let n_of_name = statistics.n_paragraphs_with(context.searcher, slot, of_name)?;
        // Only what was replaced or removed may have it.
        if n_of_name > 0 {
            n_with += n_of_name;
            names.push(name);
            terms.push(term);
        }
    }
    if names.is_empty() {
        return Ok(None);
    }
    let clause = Clause {
        text: Words {
            slot,
            places: vec![terms],
            idf: idf(n_with, statistics.n_paragraphs()),
            mean_length: first.text.mean_length,
        },
        title: None,
        kind: ClauseKind::Value,
        share: 1.0,
        of_article: 1.0,
    };
    Ok(Some((clause, names)))
}

fn lower_clause(
    context: &Context,
    query: &Query,
    plans: &mut Vec<Plan>,
) -> tantivy::Result<Box<dyn Engine>> {
    Ok(match query {
        Query::All => all_paragraphs(context.layout),
        Query::Text { field, passage } => {
            let (plan, n_docs) = part(context, query, field, passage)?;
            let engine = passages(context, field, &plan)?;
            if field.name == "text" {
                plans.push(plan);
            } else if is_of_head(field) {
                context
                    .work
                    .add(n_docs * work::FAMILY * PARAGRAPHS_OF_ARTICLE)?;
            }
            of_paragraphs(field, engine)
        }
        Query::Values { field, values } => {
            let terms: Vec<Term> = values
                .iter()
                .map(|value| context.layout.value(field, value))
                .collect();
            count_postings(context, query, &terms)?;
            let engine = Box::new(TermSetQuery::new(terms));
            of_paragraphs(field, Box::new(ConstScoreQuery::new(engine, 0.0)))
        }
        Query::Any { field } => {
            let engine: Box<dyn Engine> = match schema::is_extracted(field) {
                true => {
                    let term = context.layout.value(field, "");
                    count_postings(context, query, std::slice::from_ref(&term))?;
                    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
                }
                false => Box::new(ExistsQuery::new(field.name.to_string(), false)),
            };
            Box::new(ConstScoreQuery::new(engine, 0.0))
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
        Query::AtLeast { .. } => of_articles(lower_article(context, query, plans)?),
        Query::Lead(inner) => {
            let slot = schema::field("ordinal").map(|field| context.layout.slot(field));
            let lead = slot.map_or_else(
                || all_paragraphs(context.layout),
                |slot| {
                    let end = Term::from_field_u64(slot, N_OF_LEAD);
                    range(context.layout, Bound::Unbounded, Bound::Excluded(end))
                },
            );
            Box::new(BooleanQuery::new(vec![
                (Occur::Must, lower_clause(context, inner, plans)?),
                (Occur::Must, lead),
            ]))
        }
        // The words of a paragraph say which of its article come first.
        Query::Article(inner) => {
            let mut inside = Vec::new();
            let heads = lower_article(context, inner, &mut inside)?;
            let n_paragraphs = context.statistics.n_paragraphs();
            context.work.add(n_paragraphs / SHARE_OF_ARTICLES)?;
            let mut clauses = vec![(Occur::Must, of_articles(heads))];
            for plan in &inside {
                if let Some(text) = schema::field("text") {
                    clauses.push((Occur::Should, passages(context, text, plan)?));
                }
            }
            plans.append(&mut inside);
            Box::new(BooleanQuery::new(clauses))
        }
        Query::And(clauses) => {
            let all = || all_paragraphs(context.layout);
            joined(clauses, all, plans, |clause, plans| {
                lower_clause(context, clause, plans)
            })?
        }
        Query::Or(clauses) => {
            let mut lowered = Vec::with_capacity(clauses.len());
            for clause in clauses {
                lowered.push((Occur::Should, lower_clause(context, clause, plans)?));
            }
            Box::new(BooleanQuery::new(lowered))
        }
        Query::Either(clauses) => {
            let mut ways = Vec::with_capacity(clauses.len());
            let mut engines: Vec<Box<dyn Engine>> = Vec::with_capacity(clauses.len());
            for clause in clauses {
                let mut marked = Vec::new();
                let engine = lower_clause(context, clause, &mut marked)?;
                engines.push(match ways.is_empty() {
                    true => engine,
                    false => Box::new(BoostQuery::new(engine, OF_OTHER_WAYS)),
                });
                ways.push(marked);
            }
            plans.push(Plan::First(ways));
            Box::new(DisjunctionMaxQuery::new(engines))
        }
        Query::Not(_) => {
            let all = || all_paragraphs(context.layout);
            joined(std::slice::from_ref(query), all, plans, |clause, plans| {
                lower_clause(context, clause, plans)
            })?
        }
    })
}

/// Lowers what articles have to meet as a whole; what it finds are heads.
fn lower_article(
    context: &Context,
    query: &Query,
    plans: &mut Vec<Plan>,
) -> tantivy::Result<Box<dyn Engine>> {
    let all_heads = || all_of(context.layout, DocumentKind::Head);
    Ok(match query {
        Query::All => all_heads(),
        Query::Article(inner) => lower_article(context, inner, plans)?,
        Query::Text { field, passage } if is_of_head(field) => {
            passages(context, field, &part(context, query, field, passage)?.0)?
        }
        Query::Values { field, values } if is_of_head(field) => {
            let terms = values
                .iter()
                .map(|value| context.layout.value(field, value));
            Box::new(TermSetQuery::new(terms))
        }
        Query::AtLeast {
            n_times,
            field,
            passage,
        } => {
            let (plan, n_docs) = part(context, query, field, passage)?;
            context.work.add(n_docs * work::FAMILY)?;
            let passages = Passages::new(context, field, plan.clone())?;
            plans.push(plan);
            let below = Below::Passages(passages, *n_times);
            heads_of(context, below)
        }
        Query::Text { field, passage } => {
            let (plan, n_docs) = part(context, query, field, passage)?;
            context.work.add(n_docs * work::FAMILY)?;
            let below = Below::Paragraph(passages(context, field, &plan)?);
            plans.push(plan);
            heads_of(context, below)
        }
        Query::Values { .. }
        | Query::Any { .. }
        | Query::Dates { .. }
        | Query::Numbers { .. }
        | Query::Lead(_) => {
            let below = Below::Paragraph(lower_clause(context, query, plans)?);
            heads_of(context, below)
        }
        Query::And(clauses) => joined(clauses, all_heads, plans, |clause, plans| {
            lower_article(context, clause, plans)
        })?,
        Query::Or(clauses) | Query::Either(clauses) => {
            let mut lowered = Vec::with_capacity(clauses.len());
            for clause in clauses {
                lowered.push((Occur::Should, lower_article(context, clause, plans)?));
            }
            Box::new(BooleanQuery::new(lowered))
        }
        Query::Not(_) => joined(
            std::slice::from_ref(query),
            all_heads,
            plans,
            |clause, plans| lower_article(context, clause, plans),
        )?,
    })
}

/// Joins clauses by *and*, with what a *not* excludes; what must not be there is no highlight.
fn joined(
    clauses: &[Query],
    all: impl Fn() -> Box<dyn Engine>,
    plans: &mut Vec<Plan>,
    lower: impl Fn(&Query, &mut Vec<Plan>) -> tantivy::Result<Box<dyn Engine>>,
) -> tantivy::Result<Box<dyn Engine>> {
    let mut lowered = Vec::with_capacity(clauses.len() + 1);
    if clauses.iter().all(|clause| matches!(clause, Query::Not(_))) {
        lowered.push((Occur::Must, all()));
    }
    for clause in clauses {
        lowered.push(match clause {
            Query::Not(inner) => (Occur::MustNot, lower(inner, &mut Vec::new())?),
            _ => (Occur::Must, lower(clause, plans)?),
        });
    }
    Ok(Box::new(BooleanQuery::new(lowered)))
}

/// Looks the words of a part of the query up.
fn part(
    context: &Context,
    query: &Query,
    field: &'static Field,
    passage: &Passage,
) -> tantivy::Result<(Plan, u64)> {
    let read = || counted_plan(context, field, passage);
    context.work.of_part(|| query.to_string(), read)
}

/// Looks the words of a passage up.
pub(super) fn plan(
    context: &Context,
    field: &'static Field,
    passage: &Passage,
) -> tantivy::Result<Plan> {
    Ok(counted_plan(context, field, passage)?.0)
}

/// The same, and how many documents may have it, counting one once for each of the words that stand for it; the work that it
/// is to find them is counted.
fn counted_plan(
    context: &Context,
    field: &'static Field,
    passage: &Passage,
) -> tantivy::Result<(Plan, u64)> {
    Ok(match passage {
        Passage::Word(word) => plan_words(context, field, std::slice::from_ref(word))?,
        Passage::Phrase(words) => plan_words(context, field, words)?,
        Passage::Mention { field, values } => {
            let any = [String::new()];
            let named = match values.as_slice() {
                [] => any.as_slice(),
                values => values,
            };
            let terms: Vec<String> = named
                .iter()
                .map(|value| marks::value_term(field, value))
                .collect();
            let statistics = context.statistics;
            let n_with =
                statistics.n_paragraphs_with(context.searcher, context.layout.marks, &terms)?;
            context.work.add(2 * n_with)?;
            let plan = Plan::Mention {
                field,
                values: values.clone(),
                idf: idf(n_with, statistics.n_paragraphs()),
            };
            (plan, n_with)
        }
        Passage::Or(passages) => {
            let mut plans = Vec::with_capacity(passages.len());
            let mut n_docs = 0;
            for passage in passages {
                let (plan, n_of_plan) = counted_plan(context, field, passage)?;
                plans.push(plan);
                n_docs += n_of_plan;
            }
            // Their places are put in order, and of phrases each is asked where it stands.
            let is_single =
                |plan: &&Plan| matches!(plan, Plan::Words { words, .. } if words.places.len() == 1);
            let n_asked = plans.iter().filter(|plan| !is_single(plan)).count() as u64;
            context
                .work
                .add(n_docs * (work::SORT + n_asked / work::ASKED_AT_ONCE))?;
            (Plan::Or(plans), n_docs)
        }
        Passage::Near {
            left,
            right,
            proximity,
        } => {
            let (left, n_left) = counted_plan(context, field, left)?;
            let (right, n_right) = counted_plan(context, field, right)?;
            let n_docs = match proximity.negated {
                true => n_left,
                false => n_left.min(n_right),
            };
            context.work.add(n_docs * work::NEAR + n_left + n_right)?;
            if proximity.reach == Reach::Sentence {
                context.work.add(n_docs * work::SORT)?;
            }
            let plan = Plan::Near {
                left: Box::new(left),
                right: Box::new(right),
                proximity: *proximity,
            };
            (plan, n_docs)
        }
    })
}

/// Words next to each other: each place takes all words of the index that its word stands for.
fn plan_words(
    context: &Context,
    field: &'static Field,
    words: &[Word],
) -> tantivy::Result<(Plan, u64)> {
    let slot = context.layout.slot(field);
    let searcher = context.searcher;
    let mut all = Vec::new();
    let mut case = Case::Any;
    for word in words {
        case = word.case;
        let (mut n_stemmed, mut n_compared) = (0, 0);
        all.extend(match word.form {
            Form::Stem => places(&word.text, |term| {
                vocabulary::same_stem(searcher, slot, term, &mut n_stemmed)
            })?,
            Form::Exact => places(&word.text, |term| Ok(vec![term.to_string()]))?,
            Form::Fuzzy(distance) => places(&word.text, |term| {
                let neighbours = context.neighbours;
                neighbours.of(searcher, slot, term, distance, &mut n_compared)
            })?,
            Form::Wildcard => {
                let (prefix, pattern) = wildcard(&word.text);
                vec![matching(
                    searcher,
                    slot,
                    &prefix,
                    &pattern,
                    &mut n_compared,
                )?]
            }
            Form::Regex => vec![matching(searcher, slot, "", &word.text, &mut n_compared)?],
        });
        let n_steps = n_stemmed * work::STEM + n_compared * work::COMPARE;
        context.work.add(n_steps)?;
    }
    let typed = words.iter().map(|word| word.text.as_str());
    let mut has_letters = Vec::with_capacity(all.len());
    for (word, text) in words.iter().zip(typed) {
        match word.form {
            Form::Wildcard | Form::Regex => has_letters.push(true),
            _ => analysis::terms(text, |_, term| {
                has_letters.push(term.contains(char::is_alphabetic));
            }),
        }
    }
    let Some((words, n_docs)) = weighed(context, field, all)? else {
        return Ok((Plan::Nothing, 0));
    };
    if case != Case::Any {
        context.work.add(n_docs * work::CASE)?;
    }
    let plan = Plan::Words {
        words,
        case,
        has_letters,
    };
    Ok((plan, n_docs))
}

/// What all words begin with that a wildcard stands for, and the regular expression for them.
fn wildcard(text: &str) -> (String, String) {
    let is_mask = |c: char| matches!(c, '*' | '?');
    let prefix = text.split(is_mask).next().unwrap_or_default();
    let mut pattern = String::new();
    for part in text.split_inclusive(is_mask) {
        let letters = part.trim_end_matches(is_mask);
        pattern.push_str(&regex::escape(&fold(letters)));
        pattern.push_str(match part.chars().last() {
            Some('*') => ".*",
            Some('?') => ".",
            _ => "",
        });
    }
    (fold(prefix), pattern)
}

fn matching(
    searcher: &Searcher,
    slot: Slot,
    prefix: &str,
    pattern: &str,
    n_compared: &mut u64,
) -> tantivy::Result<Vec<String>> {
    match word_regex(pattern) {
        Ok(pattern) => vocabulary::matching(searcher, slot, prefix, &pattern, n_compared),
        // Those of a query are read before; the pieces of a wildcard are escaped.
        Err(problem) => Err(tantivy::TantivyError::InvalidArgument(problem)),
    }
}

/// One place for each term of a text, with the words of the index that `widen` finds for it.
fn places(
    text: &str,
    mut widen: impl FnMut(&str) -> tantivy::Result<Vec<String>>,
) -> tantivy::Result<Vec<Vec<String>>> {
    let mut places = Vec::new();
    analysis::terms(text, |_, term| places.push(widen(term)));
    places.into_iter().collect()
}

/// Finds the documents with a passage: paragraphs, or heads where the field is theirs.
fn passages(
    context: &Context,
    field: &'static Field,
    plan: &Plan,
) -> tantivy::Result<Box<dyn Engine>> {
    Ok(match plan {
        Plan::Nothing => Box::new(EmptyQuery),
        // Without their places, which need not be read.
        Plan::Words {
            words,
            case: Case::Any,
            ..
        } => Box::new(words.clone()),
        _ => Box::new(Passages::new(context, field, plan.clone())?),
    })
}

impl Passages {
    fn new(context: &Context, field: &'static Field, plan: Plan) -> tantivy::Result<Passages> {
        let slot = context.layout.slot(field);
        let statistics = context.statistics;
        Ok(Passages {
            plan,
            slot,
            marks: context.layout.marks,
            mean_length: statistics.mean_length(context.searcher, field, slot)?,
        })
    }
}

/// Every paragraph, without a score.
pub(super) fn all_paragraphs(layout: &Layout) -> Box<dyn Engine> {
    all_of(layout, DocumentKind::Paragraph)
}

fn all_of(layout: &Layout, kind: DocumentKind) -> Box<dyn Engine> {
    let term = Term::from_field_u64(layout.kind, kind as u64);
    Box::new(ConstScoreQuery::new(
        Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
        0.0,
    ))
}

fn heads_of(context: &Context, below: Below) -> Box<dyn Engine> {
    let families = context.families.clone();
    Box::new(HeadsOf { below, families })
}

/// The paragraphs of the articles whose heads are found, without a score.
fn of_articles(heads: Box<dyn Engine>) -> Box<dyn Engine> {
    let heads = Box::new(ConstScoreQuery::new(heads, 0.0));
    Box::new(OfArticle { heads })
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

/// Counts the work of going through the documents with values.
fn count_postings(context: &Context, query: &Query, terms: &[Term]) -> tantivy::Result<()> {
    let count = || {
        for segment in context.searcher.segment_readers() {
            for term in terms {
                let inverted = segment.inverted_index(term.field())?;
                context.work.add(u64::from(inverted.doc_freq(term)?))?;
            }
        }
        Ok(())
    };
    context.work.of_part(|| query.to_string(), count)
}

/// The words of places with their weight, and in how many documents they may be, counting one once for each of the words that
/// stand for the rarest place; none when there is no place.
fn weighed(
    context: &Context,
    field: &'static Field,
    places: Vec<Vec<String>>,
) -> tantivy::Result<Option<(Words, u64)>> {
    if places.is_empty() {
        return Ok(None);
    }
    let slot = context.layout.slot(field);
    let statistics = context.statistics;
    let n_all = statistics.n_documents(field);
    let mut weight = 0.0;
    let mut n_docs = u64::MAX;
    for place in &places {
        context.work.add(place.len() as u64 * work::OPEN)?;
        let n_with = statistics.n_paragraphs_with(context.searcher, slot, place)?;
        context.work.add(match place.len() <= MOST_OPEN {
            true if places.len() == 1 => n_with,
            // The rarest word of a phrase leads.
            true => n_with / work::SKIPPED_AT_ONCE,
            false => n_with * work::JOINED + n_all / work::JOINED_AT_ONCE,
        })?;
        weight += idf(n_with, n_all);
        n_docs = n_docs.min(n_with);
    }
    if places.len() > 1 {
        context
            .work
            .add(n_docs * work::FOLLOW * places.len() as u64)?;
    }
    let mean_length = statistics.mean_length(context.searcher, field, slot)?;
    let words = Words {
        slot,
        places,
        idf: weight,
        mean_length,
    };
    Ok(Some((words, n_docs)))
}

/// Leads from heads to their paragraphs where a field is the head's.
fn of_paragraphs(field: &'static Field, engine: Box<dyn Engine>) -> Box<dyn Engine> {
    if is_of_head(field) {
        Box::new(OfArticle { heads: engine })
    } else {
        engine
    }
}
