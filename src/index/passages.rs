//! Finds passages: words, phrases and names, and what of them is near what. In the index, and again in a paragraph in hand,
//! to mark there what matched.

use std::ops::Range;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field as Slot, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::analysis;
use super::marks::{self, ALL_CAPS, CAPS, SENTENCE};
use super::spans::{self, Span};
use super::words::{Matches, Words, bm25};
use crate::article::Paragraph;
use crate::field::Field;
use crate::query::{Case, Proximity, Reach};

/// A passage with its words looked up.
#[derive(Debug, Clone)]
pub(super) enum Plan {
    /// Words next to each other.
    Words {
        words: Words,
        case: Case,
        /// Which of the places the case is asked of: those with letters.
        has_letters: Vec<bool>,
    },
    Mention {
        field: &'static Field,
        /// Any, when there is none.
        values: Vec<String>,
        /// How rare they are.
        idf: Score,
    },
    /// Finds nothing.
    Nothing,
    Or(Vec<Plan>),
    /// One thing in several ways: the places of the first that a paragraph has are marked.
    First(Vec<Vec<Plan>>),
    Near {
        left: Box<Plan>,
        right: Box<Plan>,
        proximity: Proximity,
    },
}

impl Plan {
    /// Words in any case.
    pub(super) fn words(words: Words) -> Plan {
        Plan::Words {
            has_letters: vec![false; words.places.len()],
            case: Case::Any,
            words,
        }
    }

    fn idf(&self) -> Score {
        match self {
            Plan::Words { words, .. } => words.idf,
            Plan::Mention { idf, .. } => *idf,
            Plan::Nothing => 0.0,
            // They are ways to say one thing, which is as frequent as the most frequent of them: a rare spelling says no more.
            Plan::Or(plans) => least_idf(plans.iter()),
            Plan::First(ways) => least_idf(ways.iter().flatten()),
            Plan::Near {
                left, proximity, ..
            } if proximity.negated => left.idf(),
            Plan::Near { left, right, .. } => left.idf() + right.idf(),
        }
    }

    /// How many places one match has.
    fn n_sides(&self) -> u32 {
        match self {
            Plan::Words { .. } | Plan::Mention { .. } | Plan::Nothing => 1,
            Plan::Or(plans) => plans.iter().map(Plan::n_sides).min().unwrap_or(1),
            Plan::First(_) => 1,
            Plan::Near {
                left, proximity, ..
            } if proximity.negated => left.n_sides(),
            Plan::Near { left, right, .. } => left.n_sides() + right.n_sides(),
        }
    }

    fn asks_sentences(&self) -> bool {
        match self {
            Plan::Words { .. } | Plan::Mention { .. } | Plan::Nothing => false,
            Plan::Or(plans) => plans.iter().any(Plan::asks_sentences),
            Plan::First(ways) => ways.iter().flatten().any(Plan::asks_sentences),
            Plan::Near {
                left,
                right,
                proximity,
            } => {
                proximity.reach == Reach::Sentence
                    || left.asks_sentences()
                    || right.asks_sentences()
            }
        }
    }
}

fn least_idf<'a>(plans: impl Iterator<Item = &'a Plan>) -> Score {
    let found = plans.filter(|plan| !matches!(plan, Plan::Nothing));
    found.map(Plan::idf).reduce(Score::min).unwrap_or(0.0)
}

/// The documents with a passage in a field.
#[derive(Debug, Clone)]
pub(super) struct Passages {
    pub(super) plan: Plan,
    pub(super) slot: Slot,
    pub(super) marks: Slot,
    /// The mean length of the field, in words.
    pub(super) mean_length: Score,
}

impl Query for Passages {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(PassagesWeight(self.clone())))
    }
}

struct PassagesWeight(Passages);

impl Weight for PassagesWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let passages = &self.0;
        let Some(found) = passages.found(reader)? else {
            return Ok(Box::new(EmptyScorer));
        };
        Ok(Box::new(PassagesScorer {
            found,
            n_sides: passages.plan.n_sides() as Score,
            lengths: reader.get_fieldnorms_reader(passages.slot)?,
            idf: boost * passages.plan.idf(),
            mean_length: passages.mean_length,
        }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.seek(doc) != doc {
            return Err(tantivy::TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        Ok(Explanation::new("a passage, by BM25", scorer.score()))
    }
}

impl Passages {
    /// Where the passage is in a segment; none when it is nowhere.
    pub(super) fn found(&self, reader: &SegmentReader) -> tantivy::Result<Option<Found>> {
        let finder = self.finder(reader, &self.plan)?;
        Ok(finder.map(|finder| {
            let mut found = Found {
                finder,
                spans: Vec::new(),
            };
            found.settle();
            found
        }))
    }

    fn finder(&self, reader: &SegmentReader, plan: &Plan) -> tantivy::Result<Option<Finder>> {
        let positions = IndexRecordOption::WithFreqsAndPositions;
        let marked = |name: &str| {
            let term = Term::from_field_text(self.marks, name);
            reader
                .inverted_index(self.marks)?
                .read_postings(&term, positions)
                .map_err(tantivy::TantivyError::from)
        };
        Ok(match plan {
            Plan::Nothing => None,
            Plan::Words {
                words,
                case,
                has_letters,
            } => {
                let Some(matches) = words.matches(reader, positions)? else {
                    return Ok(None);
                };
                let cased = match case {
                    Case::Any => None,
                    Case::AllCaps => Some((marked(ALL_CAPS)?, true)),
                    Case::Caps => Some((marked(CAPS)?, true)),
                    Case::NoCaps => Some((marked(CAPS)?, false)),
                };
                Some(Finder::Words {
                    matches,
                    cased: cased.map(|(places, is_asked)| Cased {
                        places,
                        is_asked,
                        has_letters: has_letters.clone(),
                    }),
                })
            }
            Plan::Mention { field, values, .. } => {
                let any = [String::new()];
                let values = match values.as_slice() {
                    [] => any.as_slice(),
                    values => values,
                };
                let mut lists = Vec::with_capacity(values.len());
                for value in values {
                    lists.extend(marked(&marks::value_term(field, value))?);
                }
                (!lists.is_empty()).then_some(Finder::Mentions { lists })
            }
            Plan::Or(plans) => {
                let mut finders = Vec::with_capacity(plans.len());
                // Single words are alternatives for one place: a hundred of them are not asked one by one where each stands.
                let mut single: Vec<(Case, bool, Words)> = Vec::new();
                for plan in plans {
                    let Plan::Words {
                        words,
                        case,
                        has_letters,
                    } = plan
                    else {
                        finders.extend(self.finder(reader, plan)?);
                        continue;
                    };
                    let ([place], [has_letters]) = (&*words.places, &**has_letters) else {
                        finders.extend(self.finder(reader, plan)?);
                        continue;
                    };
                    let alike = single
                        .iter_mut()
                        .find(|(known, letters, _)| known == case && letters == has_letters);
                    match alike.and_then(|(.., words)| words.places.first_mut()) {
                        Some(known) => known.extend_from_slice(place),
                        None => single.push((*case, *has_letters, words.clone())),
                    }
                }
                for (case, has_letters, mut words) in single {
                    for place in &mut words.places {
                        place.sort_unstable();
                        place.dedup();
                    }
                    let plan = Plan::Words {
                        words,
                        case,
                        has_letters: vec![has_letters],
                    };
                    finders.extend(self.finder(reader, &plan)?);
                }
                match finders.len() {
                    0 | 1 => finders.pop(),
                    _ => Some(Finder::Or(finders)),
                }
            }
            Plan::First(ways) => {
                let plan = Plan::Or(ways.iter().flatten().cloned().collect());
                self.finder(reader, &plan)?
            }
            Plan::Near {
                left,
                right,
                proximity,
            } => {
                let left = self.finder(reader, left)?;
                let right = self.finder(reader, right)?;
                let sentences = match proximity.reach {
                    Reach::Sentence => marked(SENTENCE)?,
                    _ => None,
                };
                match (left, right) {
                    (Some(left), None) if proximity.negated => Some(left),
                    (Some(mut left), Some(mut right)) => {
                        if !proximity.negated {
                            align(&mut left, &mut right);
                        }
                        Some(Finder::Near {
                            left: Box::new(left),
                            right: Box::new(right),
                            proximity: *proximity,
                            sentences,
                        })
                    }
                    _ => None,
                }
            }
        })
    }
}

/// Goes through the documents that may have a passage.
enum Finder {
    Words {
        matches: Matches,
        cased: Option<Cased>,
    },
    Mentions {
        lists: Vec<SegmentPostings>,
    },
    Or(Vec<Finder>),
    Near {
        left: Box<Finder>,
        right: Box<Finder>,
        proximity: Proximity,
        sentences: Option<SegmentPostings>,
    },
}

/// Which words of documents are written so.
struct Cased {
    places: Option<SegmentPostings>,
    /// Whether words must be among them, or must not.
    is_asked: bool,
    has_letters: Vec<bool>,
}

impl Finder {
    /// The current document.
    fn doc(&self) -> DocId {
        match self {
            Finder::Words { matches, .. } => matches.doc(),
            Finder::Mentions { lists } => {
                let docs = lists.iter().map(DocSet::doc);
                docs.min().unwrap_or(TERMINATED)
            }
            Finder::Or(finders) => {
                let docs = finders.iter().map(Finder::doc);
                docs.min().unwrap_or(TERMINATED)
            }
            Finder::Near {
                left, proximity, ..
            } if proximity.negated => left.doc(),
            Finder::Near { left, right, .. } => left.doc().max(right.doc()),
        }
    }

    /// Goes to the first document from `target` on that may match.
    fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Finder::Words { matches, .. } => {
                if matches.doc() < target {
                    matches.seek(target);
                }
            }
            Finder::Mentions { lists } => {
                for list in lists.iter_mut().filter(|list| list.doc() < target) {
                    list.seek(target);
                }
            }
            Finder::Or(finders) => {
                for finder in finders.iter_mut().filter(|finder| finder.doc() < target) {
                    finder.seek(target);
                }
            }
            Finder::Near {
                left,
                right,
                proximity,
                ..
            } => {
                left.seek(target);
                if !proximity.negated {
                    right.seek(target);
                    align(left, right);
                }
            }
        }
        self.doc()
    }

    /// The passage's places in the current document, in order, each once; none when it has none there after all.
    fn spans(&mut self) -> Vec<Span> {
        let doc = self.doc();
        let mut found = Vec::new();
        match self {
            Finder::Words { matches, cased } => {
                let n_words = matches.n_words();
                let starts = matches.starts();
                found.extend(starts.iter().map(|start| Span::new(*start, n_words)));
                if let Some(cased) = cased {
                    cased.keep(doc, &mut found);
                }
            }
            Finder::Mentions { lists } => {
                let mut places = Vec::new();
                for list in lists.iter_mut().filter(|list| list.doc() == doc) {
                    places.clear();
                    list.append_positions_with_offset(0, &mut places);
                    marks::read_spans(&places, &mut found);
                }
                spans::sort(&mut found);
            }
            Finder::Or(finders) => {
                for finder in finders.iter_mut().filter(|finder| finder.doc() == doc) {
                    found.extend(finder.spans());
                }
                spans::sort(&mut found);
            }
            Finder::Near {
                left,
                right,
                proximity,
                sentences,
            } => {
                let left = left.spans();
                let right = if right.seek(doc) == doc {
                    right.spans()
                } else {
                    Vec::new()
                };
                let sentences = sentences
                    .as_mut()
                    .map(|sentences| places_in(sentences, doc))
                    .unwrap_or_default();
                found = spans::near(&left, &right, *proximity, &sentences);
            }
        }
        found
    }
}

/// Brings both to their next document in common; to the end when there is none.
fn align(left: &mut Finder, right: &mut Finder) {
    loop {
        let (at_left, at_right) = (left.doc(), right.doc());
        if at_left == at_right || at_left.max(at_right) == TERMINATED {
            return;
        }
        if at_left < at_right {
            left.seek(at_right);
        } else {
            right.seek(at_left);
        }
    }
}

/// The places of a list in a document.
fn places_in(list: &mut SegmentPostings, doc: DocId) -> Vec<u32> {
    let mut places = Vec::new();
    if list.doc() < doc {
        list.seek(doc);
    }
    if list.doc() == doc {
        list.append_positions_with_offset(0, &mut places);
    }
    places
}

impl Cased {
    /// Drops the spans whose words are written otherwise.
    fn keep(&mut self, doc: DocId, spans: &mut Vec<Span>) {
        let places = match &mut self.places {
            Some(list) => places_in(list, doc),
            None => Vec::new(),
        };
        let fits = |place: u32| places.binary_search(&place).is_ok() == self.is_asked;
        spans.retain(|span| {
            (span.start..=span.end)
                .zip(&self.has_letters)
                .all(|(place, has_letters)| !has_letters || fits(place))
        });
    }
}

/// The documents with a passage, and its places.
pub(super) struct Found {
    finder: Finder,
    /// Those in the current document.
    spans: Vec<Span>,
}

impl Found {
    /// Goes on to the first document that does match.
    fn settle(&mut self) -> DocId {
        loop {
            let doc = self.finder.doc();
            if doc == TERMINATED {
                return doc;
            }
            self.spans = self.finder.spans();
            if !self.spans.is_empty() {
                return doc;
            }
            self.finder.seek(doc + 1);
        }
    }

    /// How many places the passage has in the current document; what was found in several ways at one place is there once.
    pub(super) fn n_places(&self) -> u32 {
        match self.finder {
            Finder::Or(_) => {
                let (mut n_places, mut end) = (0, None);
                for span in &self.spans {
                    n_places += u32::from(end.is_none_or(|end| span.start > end));
                    end = end.max(Some(span.end));
                }
                n_places
            }
            _ => self.spans.len() as u32,
        }
    }
}

impl DocSet for Found {
    fn advance(&mut self) -> DocId {
        let doc = self.finder.doc();
        if doc == TERMINATED {
            return doc;
        }
        self.finder.seek(doc + 1);
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.finder.doc() >= target {
            return self.finder.doc();
        }
        self.finder.seek(target);
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.finder.doc()
    }

    fn size_hint(&self) -> u32 {
        0
    }
}

struct PassagesScorer {
    found: Found,
    n_sides: Score,
    lengths: FieldNormReader,
    idf: Score,
    mean_length: Score,
}

impl DocSet for PassagesScorer {
    fn advance(&mut self) -> DocId {
        self.found.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.found.seek(target)
    }

    fn doc(&self) -> DocId {
        self.found.doc()
    }

    fn size_hint(&self) -> u32 {
        self.found.size_hint()
    }
}

impl Scorer for PassagesScorer {
    fn score(&mut self) -> Score {
        let frequency = self.found.n_places() as Score / self.n_sides;
        let length = self.lengths.fieldnorm(self.found.doc()) as Score;
        bm25(
            Words::weight_of(self.idf),
            frequency,
            length,
            self.mean_length,
        )
    }
}

/// A paragraph in hand, as passages see it.
struct Page<'a> {
    paragraph: &'a Paragraph,
    terms: Vec<(Range<usize>, String)>,
    words: marks::Words,
    sentences: Vec<u32>,
}

/// The byte ranges of a paragraph that passages found, in order; the words of a phrase stay apart, names are whole. Of places near
/// each other one around another is not marked, as is a quote around a word that was looked for in it.
pub(super) fn highlights(paragraph: &Paragraph, plans: &[Plan]) -> Vec<Range<usize>> {
    if plans.is_empty() {
        return Vec::new();
    }
    let mut terms = Vec::new();
    analysis::terms(&paragraph.text, |range, term| {
        terms.push((range, term.to_string()));
    });
    let words = marks::Words::new(&paragraph.text);
    let sentences = if plans.iter().any(Plan::asks_sentences) {
        marks::sentences(paragraph, &words)
    } else {
        Vec::new()
    };
    let page = Page {
        paragraph,
        terms,
        words,
        sentences,
    };
    let mut ranges = Vec::new();
    for span in plans.iter().flat_map(|plan| page.marked(plan)) {
        let words = page.terms.get(span.start as usize..=span.end as usize);
        let words = words.unwrap_or_default().iter();
        ranges.extend(words.map(|(range, _)| with_mark(&paragraph.text, range)));
    }
    ranges.sort_by_key(|range: &Range<usize>| (range.start, range.end));
    ranges.dedup();
    ranges
}

/// A word with the mark behind it that is a part of it: the last period of initials (`V.O.S.`), the parenthesis of a part of a law
/// (`301(b)`).
fn with_mark(text: &str, word: &Range<usize>) -> Range<usize> {
    let (before, behind) = (&text[..word.start], &text[word.end..]);
    let is_letter = |c: char| c.is_alphabetic();
    // Each letter may be a word of its own.
    let is_initials = {
        let mut letters = text[..word.end].chars().rev();
        letters.next().is_some_and(is_letter)
            && letters.next() == Some('.')
            && letters.next().is_some_and(is_letter)
    };
    let is_cited = before
        .strip_suffix('(')
        .is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric() || c == ')'));
    let has_mark = is_initials && behind.starts_with('.') || is_cited && behind.starts_with(')');
    word.start..word.end + usize::from(has_mark)
}

impl Page<'_> {
    /// What is marked of the places of a passage.
    fn marked(&self, plan: &Plan) -> Vec<Span> {
        match plan {
            Plan::Near { proximity, .. } if !proximity.negated => {
                spans::without_outer(self.spans(plan))
            }
            Plan::Or(plans) => plans.iter().flat_map(|plan| self.marked(plan)).collect(),
            Plan::First(ways) => {
                let of_way = |plans: &Vec<Plan>| {
                    let marked = plans.iter().flat_map(|plan| self.marked(plan));
                    let marked: Vec<Span> = marked.collect();
                    Some(marked).filter(|marked| !marked.is_empty())
                };
                ways.iter().find_map(of_way).unwrap_or_default()
            }
            _ => self.spans(plan),
        }
    }

    /// Where the passage stands; the same places as [`Finder::spans`] gives.
    fn spans(&self, plan: &Plan) -> Vec<Span> {
        match plan {
            Plan::Nothing => Vec::new(),
            Plan::Words {
                words,
                case,
                has_letters,
            } => {
                let n_words = words.places.len();
                let fits = |place: usize, (range, term): &(Range<usize>, String)| {
                    words.places[place].binary_search(term).is_ok()
                        && (!has_letters[place] || case.fits(&self.paragraph.text[range.clone()]))
                };
                let windows = (0..).zip(self.terms.windows(n_words));
                windows
                    .filter(|(_, window)| {
                        let mut words = window.iter().enumerate();
                        words.all(|(place, word)| fits(place, word))
                    })
                    .map(|(start, _)| Span::new(start, n_words as u32))
                    .collect()
            }
            Plan::Mention { field, values, .. } => {
                let places = marks::places(self.paragraph, &self.words);
                let mut places: Vec<_> = places
                    .into_iter()
                    .filter(|(known, value, _)| {
                        known == field
                            && (values.is_empty() || values.iter().any(|asked| asked == value))
                    })
                    .collect();
                if values.is_empty() {
                    let mut spans = places.into_iter().map(|(.., span)| span).collect();
                    spans::merge(&mut spans);
                    return spans;
                }
                let mut found = Vec::new();
                places.sort_by(|(_, value, _), (_, other, _)| value.cmp(other));
                for of_value in places.chunk_by(|(_, value, _), (_, other, _)| value == other) {
                    let mut spans = of_value.iter().map(|(.., span)| *span).collect();
                    spans::merge(&mut spans);
                    found.append(&mut spans);
                }
                spans::sort(&mut found);
                found
            }
            Plan::Or(plans) => {
                let mut found = plans.iter().flat_map(|plan| self.spans(plan)).collect();
                spans::sort(&mut found);
                found
            }
            Plan::First(ways) => {
                let of_way = |plans: &Vec<Plan>| {
                    let spans: Vec<Span> = plans.iter().flat_map(|plan| self.spans(plan)).collect();
                    Some(spans).filter(|spans| !spans.is_empty())
                };
                let mut found = ways.iter().find_map(of_way).unwrap_or_default();
                spans::sort(&mut found);
                found
            }
            Plan::Near {
                left,
                right,
                proximity,
            } => spans::near(
                &self.spans(left),
                &self.spans(right),
                *proximity,
                &self.sentences,
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_end_behind_what_belongs_to_the_word() {
        let marked = |text: &str, word: &str| {
            let start = text.rfind(word).unwrap_or_default();
            text[with_mark(text, &(start..start + word.len()))].to_string()
        };
        assert_eq!(marked("Article XXI(b)(iii) of", "iii"), "iii)");
        assert_eq!(marked("Section 301(b) of", "b"), "b)");
        assert_eq!(marked("duties (tariffs) of", "tariffs"), "tariffs");
        assert_eq!(marked("in K.L.M. Traders", "M"), "M.");
        assert_eq!(marked("in K.L.M. Traders", "K.L.M"), "K.L.M.");
        assert_eq!(marked("no steel.", "steel"), "steel");
        assert_eq!(marked("of 2.5.", "5"), "5");
        assert_eq!(marked("(b)", "b"), "b");
    }
}
