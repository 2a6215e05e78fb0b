//! Places in a text and how they lie to each other. Knows no engine: the same rules hold for postings and for a text in hand.

use crate::query::{Proximity, Reach};

/// Words of a text by their numbers, from 0; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Span {
    /// So many words from that one on; there is one at least.
    pub(super) fn new(start: u32, n_words: u32) -> Span {
        Span {
            start,
            end: start + n_words.saturating_sub(1),
        }
    }
}

/// Puts spans in order, each once.
pub(super) fn sort(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup();
}

/// Joins spans that overlap; they come out in order.
pub(super) fn merge(spans: &mut Vec<Span>) {
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let overlaps = next.start <= kept.end;
        if overlaps {
            kept.end = kept.end.max(next.end);
        }
        overlaps
    });
}

/// Drops the spans that hold another; those that are left come out in order.
pub(super) fn without_outer(mut spans: Vec<Span>) -> Vec<Span> {
    // From behind, of those that begin alike the shortest first: what begins later and ends no later lies within.
    spans.sort_unstable_by_key(|span| (std::cmp::Reverse(span.start), span.end));
    spans.dedup();
    let mut least_end: Option<u32> = None;
    spans.retain(|span| {
        let holds = least_end.is_some_and(|end| end <= span.end);
        least_end = Some(least_end.map_or(span.end, |end| end.min(span.end)));
        !holds
    });
    spans.reverse();
    spans
}

/// Keeps the spans of both sides that have a partner on the other, or of the left side those that have none. Equal spans are
/// no partners: one word is not near itself. All lists are in order, each span once; `sentences` are the words at which
/// sentences begin, without the first. Takes time n log n.
pub(super) fn near(
    left: &[Span],
    right: &[Span],
    proximity: Proximity,
    sentences: &[u32],
) -> Vec<Span> {
    let are_words = |spans: &[Span]| spans.iter().all(|span| span.start == span.end);
    if let Reach::Words(n_words) = proximity.reach
        && are_words(left)
        && are_words(right)
    {
        return near_words(left, right, n_words, proximity);
    }
    let ruler = Ruler {
        reach: proximity.reach,
        sentences,
    };
    let has_partner =
        |spans: &[Span], others: &[Span], is_left: bool| match (proximity.ordered, is_left) {
            (false, _) => ruler.beside(spans, others),
            (true, true) => ruler.before(spans, others),
            (true, false) => ruler.behind(spans, others),
        };
    let kept = |spans: &[Span], partners: Vec<bool>, kept: bool| {
        let spans = spans.iter().zip(partners);
        let spans = spans.filter(move |(_, has_partner)| *has_partner == kept);
        spans.map(|(span, _)| *span).collect::<Vec<Span>>()
    };
    let of_left = has_partner(left, right, true);
    if proximity.negated {
        return kept(left, of_left, false);
    }
    let mut found = kept(left, of_left, true);
    found.extend(kept(right, has_partner(right, left, false), true));
    sort(&mut found);
    found
}

/// The same for single words, in one go over both lists: most of what is asked for are such.
fn near_words(left: &[Span], right: &[Span], n_words: u32, proximity: Proximity) -> Vec<Span> {
    // From which word on, and before which, a partner stands.
    let around = |word: u32| {
        (
            word.saturating_sub(n_words),
            word.saturating_add(n_words + 1),
        )
    };
    let behind = |word: u32| (word + 1, word.saturating_add(n_words + 1));
    let before = |word: u32| (word.saturating_sub(n_words), word);
    let mut found = Vec::with_capacity(left.len() + right.len());
    match proximity.ordered {
        true => keep_words(left, right, behind, !proximity.negated, &mut found),
        false => keep_words(left, right, around, !proximity.negated, &mut found),
    }
    if !proximity.negated {
        match proximity.ordered {
            true => keep_words(right, left, before, true, &mut found),
            false => keep_words(right, left, around, true, &mut found),
        }
        sort(&mut found);
    }
    found
}

/// Keeps the words that have one of the others in their window, or those that have none. Windows move on with the words.
fn keep_words(
    spans: &[Span],
    others: &[Span],
    window: impl Fn(u32) -> (u32, u32),
    kept: bool,
    found: &mut Vec<Span>,
) {
    let (mut first, mut itself, mut last) = (0, 0, 0);
    let to = |at: &mut usize, word: u32| {
        while others.get(*at).is_some_and(|other| other.start < word) {
            *at += 1;
        }
    };
    for span in spans {
        let (start, end) = window(span.start);
        to(&mut first, start);
        to(&mut itself, span.start);
        to(&mut last, end);
        // A word is not near itself.
        let has_itself = others.get(itself) == Some(span) && (start..end).contains(&span.start);
        let n_partners = last.saturating_sub(first + usize::from(has_itself));
        if (n_partners > 0) == kept {
            found.push(*span);
        }
    }
}

/// Measures how far apart spans are.
struct Ruler<'a> {
    reach: Reach,
    sentences: &'a [u32],
}

impl Ruler<'_> {
    /// The number on the ruler of a word: its own, or that of its sentence.
    fn mark(&self, word: u32) -> u32 {
        match self.reach {
            Reach::Words(_) | Reach::Paragraph => word,
            Reach::Sentence => self.sentences.partition_point(|start| *start <= word) as u32,
        }
    }

    fn reach(&self) -> u32 {
        match self.reach {
            Reach::Words(n_words) => n_words,
            Reach::Sentence => 0,
            Reach::Paragraph => u32::MAX,
        }
    }

    /// Which of the spans have one of the others within reach on either side.
    fn beside(&self, spans: &[Span], others: &[Span]) -> Vec<bool> {
        // Of the others up to each: the two that reach farthest, since one may be the span itself.
        let mut farthest: Vec<(Span, Option<Span>)> = Vec::with_capacity(others.len());
        for other in others {
            let next = match farthest.last() {
                None => (*other, None),
                Some((first, _)) if other.end >= first.end => (*other, Some(*first)),
                Some((first, Some(second))) if second.end > other.end => (*first, Some(*second)),
                Some((first, _)) => (*first, Some(*other)),
            };
            farthest.push(next);
        }
        let has_partner = |span: &Span| {
            let last = self.mark(span.end).saturating_add(self.reach());
            let n_others = others.partition_point(|other| self.mark(other.start) <= last);
            let Some((first, second)) = n_others.checked_sub(1).and_then(|at| farthest.get(at))
            else {
                return false;
            };
            let partner = if first == span { *second } else { Some(*first) };
            let earliest = self.mark(span.start).saturating_sub(self.reach());
            partner.is_some_and(|partner| self.mark(partner.end) >= earliest)
        };
        spans.iter().map(has_partner).collect()
    }

    /// Which of the spans have one of the others within reach behind them.
    fn before(&self, spans: &[Span], others: &[Span]) -> Vec<bool> {
        let has_partner = |span: &Span| {
            let next = others.partition_point(|other| other.start <= span.end);
            let last = self.mark(span.end).saturating_add(self.reach());
            others
                .get(next)
                .is_some_and(|other| self.mark(other.start) <= last)
        };
        spans.iter().map(has_partner).collect()
    }

    /// Which of the spans have one of the others within reach before them.
    fn behind(&self, spans: &[Span], others: &[Span]) -> Vec<bool> {
        let mut ends: Vec<u32> = others.iter().map(|other| other.end).collect();
        ends.sort_unstable();
        let has_partner = |span: &Span| {
            let n_before = ends.partition_point(|end| *end < span.start);
            let earliest = self.mark(span.start).saturating_sub(self.reach());
            n_before
                .checked_sub(1)
                .and_then(|at| ends.get(at))
                .is_some_and(|end| self.mark(*end) >= earliest)
        };
        spans.iter().map(has_partner).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// By the words of the language's page alone: every pair is looked at.
    fn plainly(
        left: &[Span],
        right: &[Span],
        proximity: Proximity,
        sentences: &[u32],
    ) -> Vec<Span> {
        let sentence = |word: u32| sentences.iter().filter(|start| **start <= word).count();
        let is_pair = |a: &Span, b: &Span| {
            if a == b || proximity.ordered && a.end >= b.start {
                return false;
            }
            match proximity.reach {
                Reach::Paragraph => true,
                Reach::Words(n_words) if a.end < b.start => b.start - a.end <= n_words,
                Reach::Words(n_words) if b.end < a.start => a.start - b.end <= n_words,
                Reach::Words(_) => true,
                Reach::Sentence => {
                    sentence(a.start) <= sentence(b.end) && sentence(b.start) <= sentence(a.end)
                }
            }
        };
        let mut found: Vec<Span> = left
            .iter()
            .filter(|a| right.iter().any(|b| is_pair(a, b)) != proximity.negated)
            .copied()
            .collect();
        if !proximity.negated {
            found.extend(right.iter().filter(|b| left.iter().any(|a| is_pair(a, b))));
        }
        sort(&mut found);
        found
    }

    fn any_spans() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec((0u32..30, 1u32..6), 0..8).prop_map(|spans| {
            let mut spans: Vec<Span> = spans
                .into_iter()
                .map(|(start, n_words)| Span::new(start, n_words))
                .collect();
            sort(&mut spans);
            spans
        })
    }

    fn any_proximity() -> impl Strategy<Value = Proximity> {
        let reach = prop_oneof![
            (0u32..8).prop_map(Reach::Words),
            Just(Reach::Sentence),
            Just(Reach::Paragraph)
        ];
        (reach, any::<bool>(), any::<bool>()).prop_map(|(reach, ordered, negated)| Proximity {
            reach,
            ordered,
            negated,
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_is_near_is_what_pairs_say(
            left in any_spans(),
            right in any_spans(),
            proximity in any_proximity(),
            sentences in prop::collection::btree_set(1u32..30, 0..4),
        ) {
            let sentences: Vec<u32> = sentences.into_iter().collect();
            prop_assert_eq!(
                near(&left, &right, proximity, &sentences),
                plainly(&left, &right, proximity, &sentences)
            );
        }

        #[test]
        fn single_words_are_near_as_pairs_say(
            left in prop::collection::btree_set(0u32..30, 0..10),
            right in prop::collection::btree_set(0u32..30, 0..10),
            proximity in any_proximity(),
        ) {
            let words = |words: std::collections::BTreeSet<u32>| -> Vec<Span> {
                words.into_iter().map(|word| Span::new(word, 1)).collect()
            };
            let (left, right) = (words(left), words(right));
            prop_assert_eq!(
                near(&left, &right, proximity, &[7, 12]),
                plainly(&left, &right, proximity, &[7, 12])
            );
        }
    }

    #[test]
    fn overlapping_spans_become_one() {
        let mut spans = vec![
            Span::new(5, 2),
            Span::new(0, 3),
            Span::new(2, 2),
            Span::new(4, 1),
        ];
        merge(&mut spans);
        assert_eq!(spans, [Span::new(0, 4), Span::new(4, 1), Span::new(5, 2)]);
    }

    #[test]
    fn what_holds_another_is_dropped() {
        let kept = |spans: &[(u32, u32)]| {
            let spans = spans.iter().map(|&(start, end)| Span { start, end });
            let kept = without_outer(spans.collect()).into_iter();
            kept.map(|span| (span.start, span.end)).collect::<Vec<_>>()
        };
        assert_eq!(kept(&[(0, 9), (4, 4), (7, 8)]), [(4, 4), (7, 8)]);
        assert_eq!(kept(&[(0, 9), (0, 2), (5, 9)]), [(0, 2), (5, 9)]);
        assert_eq!(kept(&[(0, 3), (2, 5)]), [(0, 3), (2, 5)]);
        assert_eq!(kept(&[(1, 1), (1, 1)]), [(1, 1)]);
    }
}
