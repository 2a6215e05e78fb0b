//! Visits every match once: counts it, its article and its facet values, and keeps the best.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::families::{AllFamilies, Families, Family};
use super::tally::Found;
use super::values::{Names, Rows, Values};
use crate::field::Field;
use crate::search::{Filter, Grouping, Sort};

/// The values of so many matches are counted at a time.
const N_COUNTED: usize = 1024;

/// What to collect of the matches.
#[derive(Debug, Clone)]
pub(super) struct Collect {
    pub(super) sort: Sort,
    /// How many hits or groups to keep, in order; none for all.
    pub(super) n_kept: Option<usize>,
    pub(super) group: Option<Grouping>,
    /// Where hits are grouped by a facet, the values that are wanted; none for all.
    pub(super) groups_wanted: Option<Vec<String>>,
    /// How many hits of a group to keep; none for all.
    pub(super) n_of_group: Option<usize>,
    /// Only hits behind this one in the order are kept; hits that are not grouped only.
    pub(super) behind: Option<Ranked>,
    /// A facet of which each document must have a value.
    pub(super) having: Option<&'static Field>,
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
    pub(super) families: AllFamilies,
    /// What earlier searches of the same index looked up.
    pub(super) names: Arc<Names>,
}

/// What was collected.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) n_paragraphs: u64,
    pub(super) n_articles: u64,
    pub(super) n_groups: u64,
    pub(super) n_without_group: u64,
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
    /// Of the best hit.
    rank: Rank,
    /// Where hits are grouped by a facet.
    pub(super) value: Option<String>,
    pub(super) n_paragraphs: u64,
    pub(super) hits: Vec<Ranked>,
}

/// A hit with its place in the order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranked {
    rank: Rank,
    pub(super) score: Score,
    pub(super) address: DocAddress,
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
            let values = Values::open(reader, segment_idx, field, &self.names)?;
            let only = self.only.iter().find(|only| only.field == *field);
            let wanted = only.map(|only| values.numbers(&only.values));
            Ok(FacetColumn {
                counts: vec![0; values.len()?],
                wanted: wanted.transpose()?,
                values,
            })
        });
        let by_value = match self.group {
            Some(Grouping::Facet(field)) => {
                let values = Values::open(reader, segment_idx, field, &self.names)?;
                let wanted = self.groups_wanted.as_ref();
                let wanted = wanted.map(|wanted| values.numbers(wanted));
                Some(ByValue {
                    wanted: wanted.transpose()?,
                    values,
                    items: FxHashMap::default(),
                })
            }
            Some(Grouping::Article) | None => None,
        };
        let having = self
            .having
            .map(|field| Values::open(reader, segment_idx, field, &self.names));
        Ok(CollectSegment {
            segment_idx,
            by_value,
            having: having.transpose()?,
            n_without_group: 0,
            settings: self.clone(),
            published: columns.column_opt("published")?,
            families: self.families.of(reader)?,
            family: None,
            facets: facets.collect::<tantivy::Result<_>>()?,
            uncounted: Vec::with_capacity(N_COUNTED),
            rows: Rows::default(),
            best: Best {
                n_kept: self.n_kept,
                items: Vec::new(),
                threshold: None,
            },
            n_paragraphs: 0,
            n_articles: 0,
            found: Vec::new(),
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
        let mut by_value: FxHashMap<String, Item> = FxHashMap::default();
        for mut segment in segments {
            merged.n_paragraphs += segment.n_paragraphs;
            merged.n_articles += segment.n_articles;
            merged.n_without_group += segment.n_without_group;
            for item in segment.items {
                match item.value.clone() {
                    Some(value) => match by_value.entry(value) {
                        Entry::Occupied(known) => known.into_mut().join(item, self.n_of_group),
                        Entry::Vacant(free) => drop(free.insert(item)),
                    },
                    None => best.items.push(item),
                }
            }
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
        merged.n_groups = match self.group {
            Some(Grouping::Facet(_)) => by_value.len() as u64,
            Some(Grouping::Article) => merged.n_articles,
            None => 0,
        };
        let mut of_values: Vec<Item> = by_value.into_values().collect();
        // Two values may have the same best hit.
        of_values.sort_by(|item, other| item.value.cmp(&other.value));
        best.items.append(&mut of_values);
        best.cut();
        merged.items = best.items;
        for item in &mut merged.items {
            item.cut(self.n_of_group);
        }
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
    values: Values,
    /// By the value's number.
    counts: Vec<u32>,
    /// The numbers of the values that are wanted, in order; none for all.
    wanted: Option<Vec<usize>>,
}

/// The groups of a facet in one segment.
struct ByValue {
    values: Values,
    /// The numbers of the values that are wanted, in order; none for all.
    wanted: Option<Vec<usize>>,
    /// By the value's number.
    items: FxHashMap<usize, Item>,
}

impl ByValue {
    /// Adds a hit to the groups of its values; tells whether it has any.
    fn add(&mut self, hit: Ranked, n_of_group: Option<usize>) -> bool {
        let mut has_any = false;
        for number in self.values.of(hit.address.doc_id) {
            let is_wanted = |wanted: &Vec<usize>| wanted.binary_search(&number).is_ok();
            if self.wanted.as_ref().is_none_or(is_wanted) {
                has_any = true;
                match self.items.entry(number) {
                    Entry::Occupied(known) => known.into_mut().add(hit, n_of_group),
                    Entry::Vacant(free) => drop(free.insert(Item::new(hit))),
                }
            }
        }
        has_any
    }

    /// The groups with the names of their values.
    fn items(self) -> Vec<Item> {
        let mut items: Vec<(usize, Item)> = self.items.into_iter().collect();
        items.sort_unstable_by_key(|(number, _)| *number);
        let numbers: Vec<usize> = items.iter().map(|(number, _)| *number).collect();
        let named = items.into_iter().zip(self.values.names(&numbers));
        let named = named.map(|((_, item), value)| Item {
            value: Some(value),
            ..item
        });
        named.collect()
    }
}

/// Collects in one segment.
pub(super) struct CollectSegment {
    segment_idx: SegmentOrdinal,
    settings: Collect,
    published: Option<Column<i64>>,
    families: Arc<Families>,
    /// The article that the last match belongs to.
    family: Option<Family>,
    facets: Vec<FacetColumn>,
    /// The last matches, whose values are still to be counted.
    uncounted: Vec<DocId>,
    rows: Rows,
    best: Best,
    n_paragraphs: u64,
    n_articles: u64,
    n_without_group: u64,
    found: Vec<DocId>,
    /// Where hits are grouped by a facet.
    by_value: Option<ByValue>,
    /// The facet of which each document must have a value.
    having: Option<Values>,
    /// That article's hits so far, where hits come together by article.
    group: Option<Item>,
}

impl CollectSegment {
    /// The place in the order of a match of the current article.
    fn rank(&self, doc: DocId, score: Score) -> Rank {
        // That of the article, and then the place in it.
        let key = self.family.map_or(u64::MAX, |family| {
            let n_before = u64::from(doc - family.head).saturating_sub(1);
            self.families.key(family) & !0xffff | n_before.min(0xffff)
        });
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
        let family = self.families.next(self.family, doc);
        let is_of_last = family.is_some() && family == self.family;
        self.family = family;
        self.n_articles += u64::from(!is_of_last);
        if let Some(group) = self.settings.group {
            let hit = Ranked {
                rank: self.rank(doc, score),
                score,
                address,
            };
            let n_of_group = self.settings.n_of_group;
            if let Some(by_value) = &mut self.by_value {
                self.n_without_group += u64::from(!by_value.add(hit, n_of_group));
                return;
            }
            debug_assert_eq!(group, Grouping::Article);
            match &mut self.group {
                Some(item) if is_of_last => item.add(hit, n_of_group),
                _ => {
                    self.finish_group();
                    self.group = Some(Item::new(hit));
                }
            }
            return;
        }
        if self.settings.sort == Sort::Relevance && self.best.is_out(coarse(score)) {
            return;
        }
        let rank = self.rank(doc, score);
        let is_behind = |last: &Ranked| {
            let order = last.rank.order(&rank);
            order.then_with(|| last.address.cmp(&address)).is_lt()
        };
        if self.settings.behind.as_ref().is_none_or(is_behind) && !self.best.is_out(rank.first) {
            self.best.push(Item::new(Ranked {
                rank,
                score,
                address,
            }));
        }
    }

    fn finish_group(&mut self) {
        if let Some(mut item) = self.group.take()
            && !self.best.is_out(item.rank.first)
        {
            item.cut(self.settings.n_of_group);
            self.best.push(item);
        }
    }

    fn count_values(&mut self) {
        for FacetColumn { values, counts, .. } in &mut self.facets {
            values.count(&self.uncounted, counts, &mut self.rows);
        }
        self.uncounted.clear();
    }
}

impl Item {
    fn new(hit: Ranked) -> Item {
        Item {
            rank: hit.rank,
            value: None,
            n_paragraphs: 1,
            hits: vec![hit],
        }
    }

    /// Adds a hit of the same group; the best are kept.
    fn add(&mut self, hit: Ranked, n_kept: Option<usize>) {
        self.n_paragraphs += 1;
        if hit.rank.order(&self.rank).is_lt() {
            self.rank = hit.rank;
        }
        self.hits.push(hit);
        // Sorted now and then: groups may be large.
        if n_kept.is_some_and(|n_kept| self.hits.len() / 2 >= n_kept.max(8)) {
            self.cut(n_kept);
        }
    }

    /// Adds the hits of the same group in another segment.
    fn join(&mut self, other: Item, n_kept: Option<usize>) {
        self.n_paragraphs += other.n_paragraphs;
        if other.rank.order(&self.rank).is_lt() {
            self.rank = other.rank;
        }
        self.hits.extend(other.hits);
        self.cut(n_kept);
    }

    /// Brings the hits in order and keeps the best.
    fn cut(&mut self, n_kept: Option<usize>) {
        self.hits.sort_by(|hit, other| hit.rank.order(&other.rank));
        self.hits.truncate(n_kept.unwrap_or(usize::MAX));
    }
}

impl SegmentCollector for CollectSegment {
    type Fruit = Collected;

    fn collect(&mut self, doc: DocId, score: Score) {
        if let Some(values) = &self.having
            && values.of(doc).next().is_none()
        {
            return;
        }
        self.n_paragraphs += 1;
        if self.settings.keep_found {
            self.found.push(doc);
        }
        self.uncounted.push(doc);
        if self.uncounted.len() == N_COUNTED {
            self.count_values();
        }
        self.add_hit(doc, score);
    }

    fn harvest(mut self) -> Collected {
        self.count_values();
        self.finish_group();
        self.best.cut();
        let groups = self.by_value.take().map(ByValue::items);
        let settings = &self.settings;
        let facets = self.facets.iter().map(|facet| {
            let count = |number: usize| {
                let count = facet.counts.get(number).copied().unwrap_or(0);
                (count > 0).then_some((number, count))
            };
            let mut found: Vec<(usize, u32)> = match &facet.wanted {
                Some(wanted) => wanted.iter().copied().filter_map(count).collect(),
                None => (0..facet.counts.len()).filter_map(count).collect(),
            };
            let n_values = found.len();
            if settings.n_segments == 1
                && let Some(n_wanted) = settings.n_values.filter(|n_wanted| *n_wanted < n_values)
            {
                // Numbers are in the order of the values.
                let order = |(number, count): &(usize, u32)| (std::cmp::Reverse(*count), *number);
                found.select_nth_unstable_by_key(n_wanted, order);
                found.truncate(n_wanted);
                found.sort_unstable();
            }
            let numbers: Vec<usize> = found.iter().map(|(number, _)| *number).collect();
            let names = facet.values.names(&numbers);
            let counts = found.iter().map(|(_, count)| u64::from(*count));
            let mut values: Vec<(String, u64)> = names.into_iter().zip(counts).collect();
            values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            Counted { values, n_values }
        });
        Collected {
            n_paragraphs: self.n_paragraphs,
            n_articles: self.n_articles,
            facets: facets.collect(),
            n_groups: 0,
            n_without_group: self.n_without_group,
            items: groups.unwrap_or(self.best.items),
            found: vec![self.found],
        }
    }
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
