//! Visits every match once: counts it, its article and its facet values, and keeps the best.

use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::error::DataCorruption;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

use super::tally::Found;
use crate::field::Field;
use crate::search::{Filter, Sort};

/// How many paragraphs of an article a grouped answer shows.
const N_OF_GROUP: usize = 3;

/// What to collect of the matches.
#[derive(Debug, Clone)]
pub(super) struct Collect {
    pub(super) sort: Sort,
    /// How many hits or groups to keep, in order; none for all.
    pub(super) n_kept: Option<usize>,
    pub(super) grouped: bool,
    pub(super) facets: Vec<&'static Field>,
    /// The facets of which only these values are counted.
    pub(super) only: Vec<Filter>,
    /// Whether to say which documents were found.
    pub(super) keep_found: bool,
    /// How many values of a facet to return; none for all.
    pub(super) n_values: Option<usize>,
    pub(super) scored: bool,
    /// How many segments the index has: with one, only the values that are returned need be looked up.
    pub(super) n_segments: usize,
}

/// What was collected.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) n_paragraphs: u64,
    pub(super) n_articles: u64,
    /// Best first.
    pub(super) items: Vec<Item>,
    /// In the order of `Collect::facets`.
    pub(super) facets: Vec<Counted>,
    /// Where they were to be kept.
    pub(super) found: Found,
}

/// The values of one facet.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// Most frequent first.
    pub(super) values: Vec<(String, u64)>,
    pub(super) n_values: usize,
}

/// A hit, or the hits of an article.
#[derive(Debug, Clone)]
pub(super) struct Item {
    rank: Rank,
    pub(super) n_paragraphs: u64,
    /// Best first; with their scores.
    pub(super) hits: Vec<(Score, DocAddress)>,
    ranks: Vec<Rank>,
}

/// The place of a hit in the order: greater values first, then the smaller key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rank {
    first: u64,
    second: u64,
    key: u64,
}

impl Rank {
    /// The order in which hits are given.
    fn order(&self, other: &Rank) -> std::cmp::Ordering {
        (other.first, other.second)
            .cmp(&(self.first, self.second))
            .then(self.key.cmp(&other.key))
    }
}

/// Sums may differ in their last bits with the order of the summands, which depends on how an index was built: scores
/// that agree to one in 100,000 are equal.
fn coarse(score: Score) -> u64 {
    const DROPPED_BITS: u32 = 6;
    let rounded = score
        .max(0.0)
        .to_bits()
        .saturating_add(1 << (DROPPED_BITS - 1));
    u64::from(rounded >> DROPPED_BITS)
}

impl Collector for Collect {
    type Fruit = Collected;
    type Child = CollectSegment;

    fn for_segment(
        &self,
        segment_idx: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<CollectSegment> {
        let columns = reader.fast_fields();
        let facets = self.facets.iter().map(|field| {
            let column = columns.str(field.name)?;
            let n_terms = column.as_ref().map_or(0, |column| column.num_terms());
            // Each value is that of some paragraph; a damaged file may claim any number, and memory is not endless.
            let n_held = column
                .as_ref()
                .map_or(0, |column| column.ords().values.num_vals());
            if n_terms > n_held as usize {
                let comment = format!("the values of `{}` cannot be counted", field.name);
                return Err(TantivyError::DataCorruption(DataCorruption::comment_only(
                    comment,
                )));
            }
            let only = self.only.iter().find(|only| only.field == *field);
            let wanted = match (only, &column) {
                (Some(only), Some(column)) => Some(numbers(column, &only.values)?),
                _ => None,
            };
            Ok(FacetColumn {
                column,
                counts: vec![0; n_terms],
                wanted,
            })
        });
        Ok(CollectSegment {
            segment_idx,
            settings: self.clone(),
            published: columns.column_opt("published")?,
            ordinal: columns.u64("ordinal")?,
            key: columns.u64("_key")?,
            facets: facets.collect::<tantivy::Result<_>>()?,
            best: Best {
                n_kept: self.n_kept,
                items: Vec::new(),
                threshold: None,
            },
            n_paragraphs: 0,
            n_articles: 0,
            found: Vec::new(),
            last_head: None,
            group: None,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, segments: Vec<Collected>) -> tantivy::Result<Collected> {
        let mut merged = Collected::default();
        let mut counts: Vec<FxHashMap<String, u64>> = vec![FxHashMap::default(); self.facets.len()];
        let mut best = Best {
            n_kept: self.n_kept,
            items: Vec::new(),
            threshold: None,
        };
        let single = segments.len() == 1;
        for mut segment in segments {
            merged.n_paragraphs += segment.n_paragraphs;
            merged.n_articles += segment.n_articles;
            best.items.append(&mut segment.items);
            merged.found.append(&mut segment.found);
            if single {
                merged.facets = segment.facets;
                continue;
            }
            for (counts, counted) in counts.iter_mut().zip(segment.facets) {
                for (value, count) in counted.values {
                    *counts.entry(value).or_default() += count;
                }
            }
        }
        best.cut();
        merged.items = best.items;
        if !single {
            merged.facets = counts
                .into_iter()
                .map(|counts| self.most_frequent(counts))
                .collect();
        }
        Ok(merged)
    }
}

impl Collect {
    fn most_frequent(&self, counts: FxHashMap<String, u64>) -> Counted {
        let n_values = counts.len();
        let mut values: Vec<(String, u64)> = counts.into_iter().collect();
        values.sort_unstable_by(|(value, count), (other_value, other_count)| {
            other_count.cmp(count).then_with(|| value.cmp(other_value))
        });
        values.truncate(self.n_values.unwrap_or(usize::MAX));
        Counted { values, n_values }
    }
}

/// Keeps the first items by rank.
struct Best {
    n_kept: Option<usize>,
    items: Vec<Item>,
    /// The rank of the last that is kept, once there are more than enough.
    threshold: Option<Rank>,
}

impl Best {
    fn push(&mut self, item: Item) {
        self.items.push(item);
        if self
            .n_kept
            .is_some_and(|n_kept| self.items.len() / 2 >= n_kept.max(32))
        {
            self.cut();
        }
    }

    fn cut(&mut self) {
        self.items
            .sort_by(|item, other| item.rank.order(&other.rank));
        if let Some(n_kept) = self.n_kept {
            self.items.truncate(n_kept);
            self.threshold = self.items.last().map(|item| item.rank);
        }
    }

    /// Whether nothing with this first key can be among the kept.
    fn is_out(&self, first: u64) -> bool {
        self.n_kept == Some(0)
            || self
                .threshold
                .is_some_and(|threshold| first < threshold.first)
    }
}

/// The values of a facet in one segment.
struct FacetColumn {
    column: Option<StrColumn>,
    /// By the value's number.
    counts: Vec<u32>,
    /// The numbers of the values that are wanted, in order; none for all.
    wanted: Option<Vec<usize>>,
}

/// The numbers of those of the values that a segment has, in order.
fn numbers(column: &StrColumn, values: &[String]) -> tantivy::Result<Vec<usize>> {
    let mut numbers = Vec::new();
    for value in values {
        let number = column.dictionary().term_ord(value.as_bytes())?;
        numbers.extend(number.map(|number| number as usize));
    }
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// Collects in one segment.
pub(super) struct CollectSegment {
    segment_idx: SegmentOrdinal,
    settings: Collect,
    published: Option<Column<i64>>,
    ordinal: Column<u64>,
    key: Column<u64>,
    facets: Vec<FacetColumn>,
    best: Best,
    n_paragraphs: u64,
    n_articles: u64,
    found: Vec<DocId>,
    /// The head of the article that the last match belongs to.
    last_head: Option<DocId>,
    /// That article's hits so far, where hits come together by article.
    group: Option<Item>,
}

impl CollectSegment {
    fn rank(&self, doc: DocId, score: Score) -> Rank {
        // That of the article, and then the place in it.
        let ordinal = self.ordinal.first(doc).unwrap_or(0);
        let head = u64::from(doc).checked_sub(ordinal + 1);
        let article = head.and_then(|head| self.key.first(head as DocId));
        let key = article.map_or(u64::MAX, |key| key & !0xffff | ordinal.min(0xffff));
        match self.settings.sort {
            Sort::Relevance => Rank {
                first: coarse(score),
                second: self.recency(doc),
                key,
            },
            Sort::Newest => Rank {
                first: self.recency(doc),
                second: 0,
                key,
            },
            Sort::Oldest => {
                let recency = self.recency(doc);
                Rank {
                    first: if recency == 0 { 0 } else { u64::MAX - recency },
                    second: 0,
                    key,
                }
            }
        }
    }

    /// Later dates are greater, no date is 0.
    fn recency(&self, doc: DocId) -> u64 {
        let published = self
            .published
            .as_ref()
            .and_then(|published| published.first(doc));
        published.map_or(0, |seconds| seconds.wrapping_sub(i64::MIN / 2) as u64)
    }

    fn add_hit(&mut self, doc: DocId, score: Score) {
        let address = DocAddress::new(self.segment_idx, doc);
        let ordinal = self.ordinal.first(doc).unwrap_or(0) as DocId;
        let head = Some(doc.wrapping_sub(ordinal.wrapping_add(1)));
        let is_of_last = self.last_head == head;
        self.last_head = head;
        self.n_articles += u64::from(!is_of_last);
        if self.settings.grouped {
            let rank = self.rank(doc, score);
            match &mut self.group {
                Some(item) if is_of_last => item.add(rank, score, address),
                _ => {
                    self.finish_group();
                    self.group = Some(Item::new(rank, score, address));
                }
            }
            return;
        }
        if self.settings.sort == Sort::Relevance && self.best.is_out(coarse(score)) {
            return;
        }
        let rank = self.rank(doc, score);
        if !self.best.is_out(rank.first) {
            self.best.push(Item::new(rank, score, address));
        }
    }

    fn finish_group(&mut self) {
        if let Some(item) = self.group.take()
            && !self.best.is_out(item.rank.first)
        {
            self.best.push(item);
        }
    }

    fn count_values(&mut self, doc: DocId) {
        for FacetColumn { column, counts, .. } in &mut self.facets {
            if let Some(column) = column {
                for value_idx in column.term_ords(doc) {
                    counts[value_idx as usize] += 1;
                }
            }
        }
    }
}

impl Item {
    fn new(rank: Rank, score: Score, address: DocAddress) -> Item {
        Item {
            rank,
            n_paragraphs: 1,
            hits: vec![(score, address)],
            ranks: vec![rank],
        }
    }

    /// Adds a hit of the same article; the best few are kept.
    fn add(&mut self, rank: Rank, score: Score, address: DocAddress) {
        self.n_paragraphs += 1;
        let place = self
            .ranks
            .partition_point(|known| known.order(&rank).is_le());
        if place < N_OF_GROUP {
            self.ranks.insert(place, rank);
            self.hits.insert(place, (score, address));
            self.ranks.truncate(N_OF_GROUP);
            self.hits.truncate(N_OF_GROUP);
            self.rank = self.ranks[0];
        }
    }
}

impl SegmentCollector for CollectSegment {
    type Fruit = Collected;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.n_paragraphs += 1;
        if self.settings.keep_found {
            self.found.push(doc);
        }
        self.count_values(doc);
        self.add_hit(doc, score);
    }

    fn harvest(mut self) -> Collected {
        self.finish_group();
        self.best.cut();
        let settings = &self.settings;
        let facets = self.facets.iter().map(|facet| {
            let count = |value_idx: usize| {
                let count = facet.counts.get(value_idx).copied().unwrap_or(0);
                (count > 0).then_some((value_idx, count))
            };
            let mut found: Vec<(usize, u32)> = match &facet.wanted {
                Some(wanted) => wanted.iter().copied().filter_map(count).collect(),
                None => (0..facet.counts.len()).filter_map(count).collect(),
            };
            let n_values = found.len();
            if settings.n_segments == 1 {
                // Numbers are in the order of the values.
                found.sort_unstable_by(|(value_idx, count), (other_idx, other_count)| {
                    other_count.cmp(count).then(value_idx.cmp(other_idx))
                });
                found.truncate(settings.n_values.unwrap_or(usize::MAX));
            }
            let mut values = lookup(facet.column.as_ref(), &found);
            values.sort_by(|(_, count), (_, other_count)| other_count.cmp(count));
            Counted { values, n_values }
        });
        Collected {
            n_paragraphs: self.n_paragraphs,
            n_articles: self.n_articles,
            facets: facets.collect(),
            items: self.best.items,
            found: vec![self.found],
        }
    }
}

/// The values of numbers, in the order of the numbers, which is that of the values.
fn lookup(column: Option<&StrColumn>, found: &[(usize, u32)]) -> Vec<(String, u64)> {
    let mut found = found.to_vec();
    found.sort_unstable();
    let numbers: Vec<u64> = found
        .iter()
        .map(|(value_idx, _)| *value_idx as u64)
        .collect();
    let mut values = Vec::with_capacity(found.len());
    let mut counts = found.iter().map(|(_, count)| u64::from(*count));
    // In order, so that each block of the dictionary is unpacked once.
    let known = column.map(|column| {
        column
            .dictionary()
            .sorted_ords_to_term_cb(&numbers, |value| {
                values.push((
                    String::from_utf8_lossy(value).into_owned(),
                    counts.next().unwrap_or(0),
                ));
            })
    });
    debug_assert!(known.is_none_or(|known| known.unwrap_or(false)));
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_by_score_then_date_then_key() {
        let mut ranks = [
            Rank {
                first: coarse(1.0),
                second: 5,
                key: 2,
            },
            Rank {
                first: coarse(2.0),
                second: 1,
                key: 9,
            },
            Rank {
                first: coarse(1.000_000_1),
                second: 7,
                key: 3,
            },
            Rank {
                first: coarse(1.0),
                second: 5,
                key: 1,
            },
        ];
        ranks.sort_by(Rank::order);
        assert_eq!(ranks.map(|rank| rank.key), [9, 3, 1, 2]);
    }
}
