//! Finds the paragraphs that have any of the words of a question, and orders them by what they and their articles say.
//!
//! Nobody means that all words of a question stand in one paragraph. A news story says who and where at its head and in its
//! headline, and the paragraph that answers says "he" and "there". So half of a paragraph's score is that of the best passages
//! in it, half that of its article as one text. On questions with known answers that ranked clearly better than paragraphs
//! or articles alone. In articles those words of a whole question weigh more that articles are about (see [`super::subjects`]).
//! Words that were not asked for may weigh as well (see [`super::feedback`]): they order what the question finds, and find
//! nothing themselves.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, Searcher, SegmentOrdinal, SegmentReader, TERMINATED};

use super::families::{AllFamilies, Families, Family};
use super::words::{Words, bm25};

/// The article's share of the score.
const OF_ARTICLE: Score = 0.5;

/// How often a word of the headline counts as said in the article.
const OF_TITLE: u32 = 3;

/// Passages: so many words, about those of a paragraph of news, and those of the few around one. Longer paragraphs are as
/// good as the best such parts of them, on the mean of the sizes.
const PASSAGES: [u32; 2] = [50, 200];

/// The score of a paragraph without any of the words: less than any other.
const NOT_FOUND: Score = -1.0;

/// One word of a question, or what weighs along with it.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub(super) text: Words,
    /// The same in headlines, where it can stand there.
    pub(super) title: Option<Words>,
    pub(super) kind: ClauseKind,
    /// How much it weighs beside a word of the question; such a word has 1.
    pub(super) share: Score,
    /// The same in articles as one text, where a word of the question may have more or less.
    pub(super) of_article: Score,
}

/// What a clause does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClauseKind {
    /// It is asked for: it finds paragraphs.
    Asked,
    /// A word that only weighs in what others find.
    Related,
    /// A value that only weighs: a paragraph has it or has not.
    Value,
}

/// The paragraphs with any of the words.
#[derive(Debug, Clone)]
pub(super) struct AnyOf {
    /// Those asked for come first.
    pub(super) clauses: Vec<Clause>,
    /// The mean length of articles, in words.
    pub(super) mean_article: Score,
    pub(super) families: AllFamilies,
}

impl Query for AnyOf {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(AnyOfWeight(self.clone())))
    }
}

struct AnyOfWeight(AnyOf);

impl Weight for AnyOfWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut found = self.0.found(reader)?;
        found.iter_mut().for_each(|(_, score)| *score *= boost);
        Ok(Box::new(AnyOfScorer { found, at: 0 }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.seek(doc) != doc {
            return Err(tantivy::TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        Ok(Explanation::new(
            "best passages and article, by BM25",
            scorer.score(),
        ))
    }
}

impl AnyOf {
    /// The articles with the best paragraphs, best first, with their scores; of equals that which comes first in every index
    /// of the same texts.
    pub(super) fn best_articles(
        &self,
        searcher: &Searcher,
        n_articles: usize,
    ) -> tantivy::Result<Vec<Best>> {
        let mut best: Vec<Best> = Vec::new();
        for (segment, reader) in (0..).zip(searcher.segment_readers()) {
            let families = self.families.of(reader)?;
            let mut family = None;
            let mut last: Option<Best> = None;
            for (doc, score) in self.found(reader)? {
                if reader.is_deleted(doc) {
                    continue;
                }
                family = families.next(family, doc);
                let Some(family) = family else {
                    continue;
                };
                match &mut last {
                    Some(last) if last.family == family => last.score = last.score.max(score),
                    _ => best.extend(last.replace(Best {
                        score,
                        key: families.key(family),
                        segment,
                        family,
                    })),
                }
            }
            best.extend(last);
            best.sort_by(|article, other| {
                let scores = other.score.total_cmp(&article.score);
                scores.then(article.key.cmp(&other.key))
            });
            best.truncate(n_articles);
        }
        Ok(best)
    }

    /// The matches of a segment in order, with their scores.
    ///
    /// Word by word: each adds its part to all paragraphs and articles that have it. Sums are of the same order whatever
    /// the segment.
    fn found(&self, reader: &SegmentReader) -> tantivy::Result<Vec<(DocId, Score)>> {
        let Some(first) = self.clauses.first() else {
            return Ok(Vec::new());
        };
        let mean_length = first.text.mean_length;
        let lengths = reader.get_fieldnorms_reader(first.text.slot)?;
        let families = self.families.of(reader)?;
        let mut passages = vec![NOT_FOUND; reader.max_doc() as usize];
        let mut parts = PASSAGES.map(|_| Vec::new());
        let mut articles = Articles::new(&families, &lengths, self.mean_article);
        for clause in &self.clauses {
            let weight = clause.share * clause.text.weight();
            let is_value = clause.kind == ClauseKind::Value;
            let option = match clause.kind {
                ClauseKind::Value => IndexRecordOption::WithFreqs,
                ClauseKind::Asked | ClauseKind::Related => IndexRecordOption::WithFreqsAndPositions,
            };
            let mut matches = clause.text.matches(reader, option)?;
            let mut family = None;
            while let Some(matches) = matches.as_mut().filter(|found| found.doc() != TERMINATED) {
                let doc = matches.doc();
                let frequency = if is_value { 1 } else { matches.frequency() };
                if let Some(known) = passages.get_mut(doc as usize)
                    && (clause.kind == ClauseKind::Asked || *known != NOT_FOUND)
                {
                    *known = known.max(0.0);
                    let length = lengths.fieldnorm(doc);
                    for (size, parts) in PASSAGES.into_iter().zip(&mut parts) {
                        let weight = weight / PASSAGES.len() as Score;
                        let mean = mean_length.min(size as Score);
                        let score = |frequency: u32, length: u32| {
                            bm25(weight, frequency as Score, length as Score, mean)
                        };
                        if is_value || length <= size {
                            *known += score(frequency, length.min(size));
                            continue;
                        }
                        for (part, frequency) in in_parts(matches.starts(), size / 2) {
                            parts.push(((doc, part), score(frequency, size)));
                        }
                    }
                }
                family = families.next(family, doc);
                articles.add(family, frequency);
                matches.advance();
            }
            if let Some(title) = &clause.title {
                let mut matches = title.matches(reader, IndexRecordOption::WithFreqs)?;
                while let Some(matches) = matches.as_mut().filter(|found| found.doc() != TERMINATED)
                {
                    articles.add(families.of(matches.doc()), OF_TITLE * matches.frequency());
                    matches.advance();
                }
            }
            articles.weigh(clause.of_article * clause.text.weight());
        }
        for parts in parts {
            for (doc, score) in best_parts(parts) {
                if let Some(passage) = passages.get_mut(doc as usize) {
                    *passage += score;
                }
            }
        }
        let mut family = None;
        let found = (0..)
            .zip(passages)
            .filter(|(_, passage)| *passage != NOT_FOUND);
        let found = found.map(|(doc, passage)| {
            family = families.next(family, doc);
            let score = (1.0 - OF_ARTICLE) * passage + OF_ARTICLE * articles.score(family);
            (doc, score)
        });
        Ok(found.collect())
    }
}

/// One of the best articles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Best {
    /// That of its best paragraph.
    pub(super) score: Score,
    key: u64,
    pub(super) segment: SegmentOrdinal,
    pub(super) family: Family,
}

#[cfg(test)]
impl Best {
    /// An article of which only the score matters.
    pub(super) fn scored(score: Score) -> Best {
        Best {
            score,
            key: 0,
            segment: 0,
            family: Family {
                number: 0,
                head: 0,
                end: 1,
            },
        }
    }
}

/// How often something stands in each part of a text, by the part's number. Parts begin at each half of one, so each place is
/// in two.
fn in_parts(starts: &[u32], half: u32) -> Vec<(u32, u32)> {
    let mut parts: Vec<(u32, u32)> = Vec::new();
    for half in starts.iter().map(|start| start / half) {
        for part in half.saturating_sub(1)..=half {
            // They come in order but for the two that the last place was in.
            match parts.iter_mut().rev().take(2).find(|known| known.0 == part) {
                Some((_, frequency)) => *frequency += 1,
                None => parts.push((part, 1)),
            }
        }
    }
    parts
}

/// The score of the best part of each text, in order, from the scores of the words in its parts.
fn best_parts(mut words: Vec<((DocId, u32), Score)>) -> Vec<(DocId, Score)> {
    // Stable: the words of a part stay in the order of the question.
    words.sort_by_key(|(part, _)| *part);
    let texts = words.chunk_by(|((doc, _), _), ((other, _), _)| doc == other);
    let best = texts.filter_map(|text| {
        let ((doc, _), _) = text.first()?;
        let parts = text.chunk_by(|(part, _), (other, _)| part == other);
        let scores = parts.map(|part| part.iter().map(|(_, score)| score).sum());
        Some((*doc, scores.fold(0.0, Score::max)))
    });
    best.collect()
}

/// The scores of articles, each as one text: its headline and all its paragraphs.
struct Articles<'a> {
    lengths: &'a FieldNormReader,
    mean_length: Score,
    /// By the number of the article: how often the current word stands in it.
    frequencies: Vec<u32>,
    /// The articles where it does.
    having: Vec<Family>,
    /// By the number of the article: the words of its paragraphs, once they were counted, and the score so far.
    known: Vec<Option<(Score, Score)>>,
}

impl<'a> Articles<'a> {
    fn new(families: &Families, lengths: &'a FieldNormReader, mean_length: Score) -> Articles<'a> {
        Articles {
            lengths,
            mean_length,
            frequencies: vec![0; families.len()],
            having: Vec::new(),
            known: vec![None; families.len()],
        }
    }

    /// Says that the current word stands so often in a part of the article.
    fn add(&mut self, family: Option<Family>, frequency: u32) {
        if let Some(family) = family
            && let Some(known) = self.frequencies.get_mut(family.number as usize)
        {
            if *known == 0 {
                self.having.push(family);
            }
            *known = known.saturating_add(frequency);
        }
    }

    /// Adds what the current word weighs to the scores of its articles, and goes to the next.
    fn weigh(&mut self, weight: Score) {
        for family in self.having.drain(..) {
            let here = family.number as usize;
            let (Some(frequency), Some(known)) =
                (self.frequencies.get_mut(here), self.known.get_mut(here))
            else {
                continue;
            };
            let frequency = std::mem::take(frequency) as Score;
            let (length, score) = known.get_or_insert_with(|| {
                // What is no paragraph has no words.
                let paragraphs = family.head + 1..family.end;
                let lengths = paragraphs.map(|doc| u64::from(self.lengths.fieldnorm(doc)));
                (lengths.sum::<u64>() as Score, 0.0)
            });
            *score += bm25(weight, frequency, *length, self.mean_length);
        }
    }

    fn score(&self, family: Option<Family>) -> Score {
        let known = family.and_then(|family| self.known.get(family.number as usize)?.as_ref());
        known.map_or(0.0, |(_, score)| *score)
    }
}

struct AnyOfScorer {
    found: Vec<(DocId, Score)>,
    at: usize,
}

impl DocSet for AnyOfScorer {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.found.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.found.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|(doc, _)| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.found.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    fn size_hint(&self) -> u32 {
        self.found.len() as u32
    }
}

impl Scorer for AnyOfScorer {
    fn score(&mut self) -> Score {
        self.found.get(self.at).map_or(0.0, |(_, score)| *score)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_in_the_two_parts_around_them() {
        assert_eq!(in_parts(&[], 25), []);
        assert_eq!(in_parts(&[0, 24], 25), [(0, 2)]);
        assert_eq!(
            in_parts(&[3, 30, 31, 100], 25),
            [(0, 3), (1, 2), (3, 1), (4, 1)]
        );
    }

    #[test]
    fn the_best_part_counts() {
        let words = vec![((7, 0), 1.0), ((7, 4), 1.5), ((9, 2), 0.5), ((7, 0), 2.0)];
        assert_eq!(best_parts(words), [(7, 3.0), (9, 0.5)]);
    }
}
