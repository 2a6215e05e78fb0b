//! What the best articles for a question have in common beyond its words: these words weigh as well when its answers are
//! brought in order, so that what tells of the same matter in other words comes higher. They find nothing themselves.
//!
//! Known as pseudo-relevance feedback. Its danger is that the best articles are about something else. A sum of BM25 is about
//! the logarithm of the odds that an article answers, so articles count by the power of their scores: where one stands out,
//! the others hardly count, and what it says about itself only confirms it.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::error::DataCorruption;
use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, Score, TantivyDocument, TantivyError};

use super::analysis::{self, Stems};
use super::error::Damage;
use super::lower::Context;
use super::question::{AnyOf, Best, Clause, ClauseKind};
use super::stored;
use super::words::{Words, idf};
use crate::query::is_function_word;

/// So many articles and words are usual, and of the usual weight for the first of the words (0.3 to 0.5) this is the careful
/// end: with more, answers in quite other words fell behind.
const N_ARTICLES: usize = 10;
const N_WORDS: usize = 20;
const SHARE: f64 = 0.3;

/// What counts for less than this part of the best article is not read.
const LEAST: f64 = 0.01;

/// No more bytes than this are read of an article.
const MOST_READ: usize = 100_000;

/// Of so many words, the most frequent in the articles, it is counted how frequent they are elsewhere.
const N_COUNTED: usize = 200;

/// Shorter words are no subject.
const SHORTEST: usize = 3;

/// The words that weigh along with those of a question, the heaviest first.
pub(super) fn weighing(context: &Context, question: &AnyOf) -> tantivy::Result<Vec<Clause>> {
    let Some(first) = question.clauses.first() else {
        return Ok(Vec::new());
    };
    let slot = first.text.slot;
    let families = frequent(context, question)?;
    let mut weighed = Vec::with_capacity(families.len());
    for family in families {
        let words: Vec<String> = family.words.into_iter().collect();
        let statistics = context.statistics;
        let n_with = statistics.n_paragraphs_with(context.searcher, slot, &words)?;
        let elsewhere = n_with.max(1) as f64 / statistics.n_words().max(1) as f64;
        // How much it tells these articles from all (the divergence of Kullback and Leibler).
        let tells = family.frequency * (family.frequency / elsewhere).ln();
        if tells > 0.0 {
            weighed.push((tells, n_with, words));
        }
    }
    // Stable: equal ones stay in the order of the families.
    weighed.sort_by(|(tells, ..), (other, ..)| other.total_cmp(tells));
    weighed.truncate(N_WORDS);
    let most = weighed.first().map_or(1.0, |(tells, ..)| *tells);
    let clauses = weighed.into_iter().map(|(tells, n_with, words)| {
        let text = Words {
            places: vec![words],
            idf: idf(n_with, context.statistics.n_paragraphs()),
            ..first.text.clone()
        };
        let share = (SHARE * tells / most) as Score;
        Clause {
            title: first.title.as_ref().map(|title| Words {
                places: text.places.clone(),
                ..title.clone()
            }),
            text,
            share,
            of_article: share,
            kind: ClauseKind::Related,
        }
    });
    Ok(clauses.collect())
}

/// The words of one stem.
#[derive(Default)]
struct Family {
    /// How frequent they are in the articles.
    frequency: f64,
    /// Those that stand there.
    words: BTreeSet<String>,
}

/// The words that are most frequent in the best articles.
fn frequent(context: &Context, question: &AnyOf) -> tantivy::Result<Vec<Family>> {
    let best = question.best_articles(context.searcher, N_ARTICLES)?;
    let shares = shares(&best);
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    let mut stems = Stems::new();
    for (article, share) in best.iter().zip(shares) {
        let (n_words, counts) = counted(context, article)?;
        for (word, count) in counts {
            let family = families.entry(stems.stem(&word)).or_default();
            family.frequency += share * count as f64 / n_words as f64;
            family.words.insert(word);
        }
    }
    let mut families: Vec<Family> = families.into_values().collect();
    families.sort_by(|family, other| other.frequency.total_cmp(&family.frequency));
    families.truncate(N_COUNTED);
    Ok(families)
}

/// What each article counts, of 1 for all; those at the end that count for next to nothing are left out.
fn shares(best: &[Best]) -> Vec<f64> {
    let Some(first) = best.first() else {
        return Vec::new();
    };
    let odds = best.iter().map(|article| {
        let behind = first.score - article.score;
        f64::from(-behind).exp()
    });
    let odds: Vec<f64> = odds.take_while(|odds| *odds >= LEAST).collect();
    let all: f64 = odds.iter().sum();
    odds.into_iter().map(|odds| odds / all).collect()
}

/// How many words an article has, and how often those of them that could be a subject.
fn counted(context: &Context, article: &Best) -> tantivy::Result<(u64, BTreeMap<String, u64>)> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut n_words = 0;
    let mut n_left = MOST_READ;
    let segment = context.searcher.segment_reader(article.segment);
    let n_paragraphs = segment.fast_fields().u64("_paragraphs")?;
    let n_paragraphs = n_paragraphs.first(article.family.head).unwrap_or(0);
    let first = article.family.head + 1;
    let end = first.saturating_add(n_paragraphs as DocId);
    for doc in first..end.min(article.family.end) {
        let address = DocAddress::new(article.segment, doc);
        let document: TantivyDocument = context.searcher.doc(address)?;
        let stored = document.get_first(context.layout.stored);
        let stored = stored.and_then(|stored| stored.as_bytes()).ok_or(Damage);
        let text = stored.and_then(stored::text).map_err(|Damage| {
            TantivyError::DataCorruption(DataCorruption::comment_only("a paragraph cannot be read"))
        })?;
        let text = beginning(text, n_left);
        analysis::terms(text, |_, term| {
            n_words += 1;
            if could_be_subject(term) {
                match counts.get_mut(term) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(term.to_string(), 1)),
                }
            }
        });
        n_left -= text.len();
        if n_left == 0 {
            break;
        }
    }
    Ok((n_words, counts))
}

/// A text, or so many bytes of it.
fn beginning(text: &str, n_bytes: usize) -> &str {
    let mut end = n_bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn could_be_subject(term: &str) -> bool {
    term.chars().all(char::is_alphabetic)
        && term.chars().nth(SHORTEST - 1).is_some()
        && !is_function_word(term)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_out_counts_for_itself() {
        let shares = |scores: &[f32]| -> Vec<f64> {
            let best: Vec<Best> = scores.iter().map(|score| Best::scored(*score)).collect();
            let shares = shares(&best).into_iter();
            shares.map(|share| (100.0 * share).round()).collect()
        };
        assert_eq!(shares(&[]), [0.0; 0]);
        assert_eq!(shares(&[7.0]), [100.0]);
        assert_eq!(shares(&[7.0, 7.0]), [50.0, 50.0]);
        assert_eq!(shares(&[7.0, 6.0, 5.0]), [67.0, 24.0, 9.0]);
        assert_eq!(shares(&[20.0, 12.0, 11.0]), [100.0]);
    }

    #[test]
    fn subjects_are_words_of_letters() {
        let words = [
            "steel",
            "abe",
            "eu",
            "about",
            "2018",
            "mp3s",
            "zölle",
            "世界経済",
        ];
        let subjects = words.into_iter().filter(|word| could_be_subject(word));
        assert_eq!(
            subjects.collect::<Vec<_>>(),
            ["steel", "abe", "zölle", "世界経済"]
        );
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(beginning("zölle", 2), "z");
        assert_eq!(beginning("zölle", 3), "zö");
        assert_eq!(beginning("zölle", 100), "zölle");
        assert_eq!(beginning("", 0), "");
    }
}
