//! Finds words in a field, alone or next to each other, and scores them by BM25. Each place of the phrase may be filled by
//! any of several words, which count as one.

use std::ops::Range;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field as Slot, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Score, SegmentReader, TERMINATED, Term};

/// BM25's constants. What is usual (1.2 and 0.75, as in Lucene and tantivy) leaves a word said often hardly more weight than
/// one said once; at 2.0, the upper end of the range that Robertson and Zaragoza give (The Probabilistic Relevance Framework,
/// 2009), long questions ranked better in our trials and short ones the same.
const K1: Score = 2.0;
const B: Score = 0.75;

/// Paragraphs of fewer words than this are not better for being shorter: a heading of three words says less of its subject
/// than the paragraph below it.
const LEAST_LENGTH: Score = 25.0;

/// What something weighs that is said so often in a text of that length, by BM25; `weight` is that of [`Words::weight`].
pub(super) fn bm25(weight: Score, frequency: Score, length: Score, mean_length: Score) -> Score {
    weight * frequency / (frequency + dampening(length, mean_length))
}

/// What a text of that length takes away from how often something is said in it.
fn dampening(length: Score, mean_length: Score) -> Score {
    K1 * (1.0 - B + B * length.max(LEAST_LENGTH) / mean_length)
}

/// The dampening by length, which is kept as one of 256 classes.
struct Dampening([Score; 256]);

impl Dampening {
    fn new(mean_length: Score) -> Dampening {
        let mut of_classes = [0.0; 256];
        for (class, dampens) in (0..=u8::MAX).zip(&mut of_classes) {
            let length = FieldNormReader::id_to_fieldnorm(class) as Score;
            *dampens = dampening(length, mean_length);
        }
        Dampening(of_classes)
    }
}

/// Words of a field: the alternatives for each place, the places next to each other.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub(super) slot: Slot,
    /// Never empty; a place without alternatives matches nothing.
    pub(super) places: Vec<Vec<String>>,
    /// How rare each place is in the whole index: the sum is the weight of a match.
    pub(super) idf: Score,
    /// The mean length of the field, in words.
    pub(super) mean_length: Score,
}

impl Words {
    /// The most that a match can weigh.
    pub(super) fn weight(&self) -> Score {
        Words::weight_of(self.idf)
    }

    /// The most that a match of what is so rare can weigh.
    pub(super) fn weight_of(idf: Score) -> Score {
        idf * (K1 + 1.0)
    }

    /// Where the words are in a segment; none when they are nowhere. Single words have no positions unless the option asks
    /// for them.
    pub(super) fn matches(
        &self,
        reader: &SegmentReader,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<Matches>> {
        let inverted = reader.inverted_index(self.slot)?;
        let option = match self.places.len() {
            1 => option,
            _ => IndexRecordOption::WithFreqsAndPositions,
        };
        let mut places = Vec::with_capacity(self.places.len());
        for alternatives in &self.places {
            let lists = lists(&inverted, self.slot, alternatives, option, reader.max_doc())?;
            if lists.is_empty() {
                return Ok(None);
            }
            places.push(Place::new(lists));
        }
        let matches = Matches {
            places,
            doc: 0,
            starts: Vec::new(),
            positions: Vec::new(),
        };
        Ok(Some(matches.started()))
    }
}

/// So many lists are gone through side by side; more are first joined into one, the longest set apart.
pub(super) const MOST_OPEN: usize = 16;

/// The postings of words: how often they stand where, and if asked for their places.
fn lists(
    inverted: &InvertedIndexReader,
    slot: Slot,
    words: &[String],
    option: IndexRecordOption,
    n_docs: DocId,
) -> tantivy::Result<Vec<List>> {
    let mut known = Vec::with_capacity(words.len());
    for word in words {
        let term = Term::from_field_text(slot, word);
        known.extend(inverted.get_term_info(&term)?);
    }
    known.sort_by_key(|info| std::cmp::Reverse(info.doc_freq));
    let (open, joined) = known.split_at(known.len().min(MOST_OPEN));
    let mut lists = Vec::with_capacity(open.len() + 1);
    for info in open {
        let postings = inverted.read_postings_from_terminfo(info, option)?;
        lists.push(List::OnDisk(Box::new(postings)));
    }
    if !joined.is_empty() {
        lists.push(List::Joined(Joined::new(inverted, joined, option, n_docs)?));
    }
    Ok(lists)
}

/// How rare something is that stands in `n_with` of `n_all` paragraphs.
pub(super) fn idf(n_with: u64, n_all: u64) -> Score {
    let n_with = n_with.min(n_all);
    (1.0 + ((n_all - n_with) as Score + 0.5) / (n_with as Score + 0.5)).ln()
}

impl Query for Words {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(WordsWeight(self.clone())))
    }
}

struct WordsWeight(Words);

impl Weight for WordsWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let words = &self.0;
        let Some(matches) = words.matches(reader, IndexRecordOption::WithFreqs)? else {
            return Ok(Box::new(EmptyScorer));
        };
        Ok(Box::new(WordsScorer {
            matches,
            lengths: reader.get_fieldnorms_reader(words.slot)?,
            weight: boost * words.weight(),
            dampening: Dampening::new(words.mean_length),
        }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.seek(doc) != doc {
            return Err(tantivy::TantivyError::InvalidArgument(format!(
                "document {doc} does not match"
            )));
        }
        Ok(Explanation::new("words, by BM25", scorer.score()))
    }
}

/// Where a word stands, or several.
enum List {
    OnDisk(Box<SegmentPostings>),
    Joined(Joined),
}

impl List {
    fn doc(&self) -> DocId {
        match self {
            List::OnDisk(postings) => postings.doc(),
            List::Joined(joined) => joined.doc(),
        }
    }

    /// Goes to the first document from `target` on; that one lies ahead.
    fn seek(&mut self, target: DocId) {
        match self {
            List::OnDisk(postings) => {
                postings.seek(target);
            }
            List::Joined(joined) => joined.seek(target),
        }
    }

    fn frequency(&self) -> u32 {
        match self {
            List::OnDisk(postings) => postings.term_freq(),
            List::Joined(joined) => joined.here().len() as u32,
        }
    }

    fn positions(&mut self, out: &mut Vec<u32>) {
        match self {
            List::OnDisk(postings) => postings.append_positions_with_offset(0, out),
            List::Joined(joined) => {
                out.extend(joined.places.get(joined.here()).unwrap_or_default());
            }
        }
    }

    fn n_docs(&self) -> u32 {
        match self {
            List::OnDisk(postings) => postings.size_hint(),
            List::Joined(joined) => joined.docs.len() as u32,
        }
    }
}

/// Where any of many words stand: their lists were gone through one by one, and counted by document.
struct Joined {
    /// The documents that have any.
    docs: Vec<DocId>,
    /// Where the places of each of them begin; at the end, how many places there are.
    starts: Vec<u32>,
    /// Empty when nobody asked where words stand, but only how often.
    places: Vec<u32>,
    /// The number of the current document among them.
    at: usize,
}

impl Joined {
    fn new(
        inverted: &InvertedIndexReader,
        words: &[TermInfo],
        option: IndexRecordOption,
        n_docs: DocId,
    ) -> tantivy::Result<Joined> {
        let mut starts = vec![0u32; n_docs as usize + 1];
        for info in words {
            let mut postings =
                inverted.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
            while postings.doc() != TERMINATED {
                if let Some(n_places) = starts.get_mut(postings.doc() as usize + 1) {
                    *n_places = n_places.saturating_add(postings.term_freq());
                }
                postings.advance();
            }
        }
        let mut n_before = 0u32;
        for start in &mut starts {
            n_before = n_before.saturating_add(*start);
            *start = n_before;
        }
        let mut places = Vec::new();
        if option == IndexRecordOption::WithFreqsAndPositions {
            places = vec![0u32; n_before as usize];
            let mut ends = starts.clone();
            let mut of_doc = Vec::new();
            for info in words {
                let mut postings = inverted.read_postings_from_terminfo(info, option)?;
                while postings.doc() != TERMINATED {
                    of_doc.clear();
                    postings.append_positions_with_offset(0, &mut of_doc);
                    if let Some(end) = ends.get_mut(postings.doc() as usize) {
                        let free = places.iter_mut().skip(*end as usize);
                        free.zip(&of_doc).for_each(|(place, known)| *place = *known);
                        *end = end.saturating_add(of_doc.len() as u32);
                    }
                    postings.advance();
                }
            }
            for bounds in starts.windows(2) {
                if let Some(of_doc) = places.get_mut(bounds[0] as usize..bounds[1] as usize) {
                    of_doc.sort_unstable();
                }
            }
        }
        let mut docs = Vec::new();
        let mut begins = Vec::new();
        for (doc, bounds) in (0..).zip(starts.windows(2)) {
            if bounds[0] < bounds[1] {
                docs.push(doc);
                begins.push(bounds[0]);
            }
        }
        begins.push(n_before);
        Ok(Joined {
            docs,
            starts: begins,
            places,
            at: 0,
        })
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    /// Goes to the first document from `target` on.
    fn seek(&mut self, target: DocId) {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        // Mostly it is near.
        let mut step = 1;
        while rest.get(step).is_some_and(|doc| *doc < target) {
            step *= 2;
        }
        let near = &rest[..rest.len().min(step + 1)];
        self.at += near.partition_point(|doc| *doc < target);
    }

    /// The places of the current document among all.
    fn here(&self) -> Range<usize> {
        let bound = |at: usize| self.starts.get(at).copied().unwrap_or_default() as usize;
        match self.at < self.docs.len() {
            true => bound(self.at)..bound(self.at + 1),
            false => 0..0,
        }
    }
}

/// The postings of the alternatives for one place, merged.
struct Place {
    lists: Vec<List>,
    /// The least document of the lists.
    doc: DocId,
}

impl Place {
    fn new(lists: Vec<List>) -> Place {
        let mut place = Place { lists, doc: 0 };
        place.settle();
        place
    }

    fn settle(&mut self) -> DocId {
        self.lists.retain(|list| list.doc() != TERMINATED);
        self.doc = self.lists.iter().map(List::doc).min().unwrap_or(TERMINATED);
        self.doc
    }

    fn advance(&mut self) -> DocId {
        self.seek(self.doc + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if let [list] = self.lists.as_mut_slice() {
            if list.doc() < target {
                list.seek(target);
            }
            self.doc = list.doc();
            return self.doc;
        }
        for list in &mut self.lists {
            if list.doc() < target {
                list.seek(target);
            }
        }
        self.settle()
    }

    /// How often the place's words stand in the current document.
    fn frequency(&self) -> u32 {
        self.here().map(List::frequency).sum()
    }

    fn here(&self) -> impl Iterator<Item = &List> {
        self.lists.iter().filter(|list| list.doc() == self.doc)
    }

    /// Where the place's words stand in the current document, less `offset`, in order.
    fn positions(&mut self, offset: u32, out: &mut Vec<u32>) {
        out.clear();
        let doc = self.doc;
        let mut n_lists = 0;
        for list in self.lists.iter_mut().filter(|list| list.doc() == doc) {
            list.positions(out);
            n_lists += 1;
        }
        if n_lists > 1 {
            out.sort_unstable();
        }
        // A word too near the start cannot continue a phrase.
        out.retain(|&position| position >= offset);
        out.iter_mut().for_each(|position| *position -= offset);
    }
}

/// The documents that have the words.
pub(super) struct Matches {
    places: Vec<Place>,
    doc: DocId,
    /// Where phrases begin in the current document.
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl Matches {
    fn started(mut self) -> Matches {
        self.doc = self.places[0].doc;
        self.settle();
        self
    }

    /// Goes to the first match at or after the document of the first place.
    fn settle(&mut self) -> DocId {
        if let [place] = self.places.as_slice() {
            self.doc = place.doc;
            return self.doc;
        }
        let mut target = self.places[0].doc;
        loop {
            if target == TERMINATED {
                self.doc = TERMINATED;
                return TERMINATED;
            }
            let behind = self.places.iter_mut().map(|place| {
                if place.doc < target {
                    place.seek(target)
                } else {
                    place.doc
                }
            });
            let farthest = behind.max().unwrap_or(TERMINATED);
            if farthest > target {
                target = farthest;
                continue;
            }
            if self.has_phrases() {
                self.doc = target;
                return target;
            }
            target = self.places[0].advance();
        }
    }

    /// Whether the places follow each other in the current document of all of them, and where.
    fn has_phrases(&mut self) -> bool {
        self.places[0].positions(0, &mut self.starts);
        for place_idx in 1..self.places.len() {
            self.places[place_idx].positions(place_idx as u32, &mut self.positions);
            intersect(&mut self.starts, &self.positions);
            if self.starts.is_empty() {
                return false;
            }
        }
        !self.starts.is_empty()
    }

    /// How often the words stand in the current document.
    pub(super) fn frequency(&self) -> u32 {
        match self.places.as_slice() {
            [place] => place.frequency(),
            _ => self.starts.len() as u32,
        }
    }

    /// How many words each of them has.
    pub(super) fn n_words(&self) -> u32 {
        self.places.len() as u32
    }

    /// Where they begin in the current document, in words from its start, in order.
    pub(super) fn starts(&mut self) -> &[u32] {
        if let [place] = self.places.as_mut_slice() {
            place.positions(0, &mut self.starts);
        }
        &self.starts
    }
}

/// Keeps of `kept` what stands in `other`, too; both in order.
fn intersect(kept: &mut Vec<u32>, other: &[u32]) {
    let mut other_idx = 0;
    kept.retain(|position| {
        while other_idx < other.len() && other[other_idx] < *position {
            other_idx += 1;
        }
        other.get(other_idx) == Some(position)
    });
}

impl DocSet for Matches {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.places[0].advance();
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        self.places[0].seek(target);
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let sizes = self
            .places
            .iter()
            .map(|place| place.lists.iter().map(List::n_docs).sum());
        sizes.min().unwrap_or(0)
    }
}

struct WordsScorer {
    matches: Matches,
    lengths: FieldNormReader,
    weight: Score,
    dampening: Dampening,
}

impl DocSet for WordsScorer {
    fn advance(&mut self) -> DocId {
        self.matches.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.matches.seek(target)
    }

    fn doc(&self) -> DocId {
        self.matches.doc()
    }

    fn size_hint(&self) -> u32 {
        self.matches.size_hint()
    }
}

impl Scorer for WordsScorer {
    fn score(&mut self) -> Score {
        let frequency = self.matches.frequency() as Score;
        let class = self.lengths.fieldnorm_id(self.matches.doc());
        self.weight * frequency / (frequency + self.dampening.0[usize::from(class)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_have_stays() {
        let mut kept = vec![1, 4, 6, 9];
        intersect(&mut kept, &[0, 4, 5, 9, 12]);
        assert_eq!(kept, [4, 9]);
    }

    #[test]
    fn rare_words_weigh_more() {
        assert!(idf(1, 1000) > idf(100, 1000));
        assert!(idf(2000, 1000) >= 0.0);
    }
}
