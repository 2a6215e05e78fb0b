//! Counts over the documents that a search found, one pass over the columns for each: two axes crossed, dates, and what is
//! unusual in an answer.

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Searcher, SegmentReader};

use super::collect::Counted;
use super::families::AllFamilies;
use crate::search::{AxisCounts, FacetCounts, Histogram, Interval, SignificantValue};

/// The documents that were found in each segment, in the order of the segments.
pub(super) type Found = Vec<Vec<DocId>>;

/// Up to so many cells are counted in a table, more in a map.
const LARGEST_TABLE: usize = 1 << 20;

/// Marks a value that is not among those crossed.
const NONE: u32 = u32::MAX;

/// In seconds.
const DAY: i64 = 86_400;

/// Counts in how many of the documents each of the rows is together with each of the columns: for each row the columns, by
/// their place, with any.
pub(super) fn cross(
    searcher: &Searcher,
    found: &Found,
    rows: &AxisCounts,
    columns: &AxisCounts,
) -> tantivy::Result<Vec<Vec<(usize, u64)>>> {
    let mut cells = Cells::new(rows.n_places(), columns.n_places());
    let (mut in_row, mut in_column) = (Vec::new(), Vec::new());
    for (segment, docs) in searcher.segment_readers().iter().zip(found) {
        let of_rows = Places::new(segment, rows)?;
        let of_columns = Places::new(segment, columns)?;
        for doc in docs {
            of_rows.of(*doc, &mut in_row);
            of_columns.of(*doc, &mut in_column);
            for row in &in_row {
                for column in &in_column {
                    cells.add(*row, *column);
                }
            }
        }
    }
    Ok(cells.by_row(rows.n_places()))
}

/// The places of a segment's documents along an axis.
enum Places<'a> {
    Facet {
        column: Option<StrColumn>,
        /// By the value's number in the segment.
        places: Vec<u32>,
    },
    Intervals {
        published: Option<Column<i64>>,
        histogram: &'a Histogram,
    },
}

impl Places<'_> {
    fn new<'a>(segment: &SegmentReader, axis: &'a AxisCounts) -> tantivy::Result<Places<'a>> {
        match axis {
            AxisCounts::Facet(counts) => Places::of_values(segment, counts),
            AxisCounts::Intervals(histogram) => Ok(Places::Intervals {
                published: segment.fast_fields().column_opt("published")?,
                histogram,
            }),
        }
    }

    fn of_values<'a>(segment: &SegmentReader, counts: &FacetCounts) -> tantivy::Result<Places<'a>> {
        let column = segment.fast_fields().str(counts.field.name)?;
        let mut places = Vec::new();
        if let Some(column) = &column {
            // Counted before, so the number of values is known to be sound.
            places = vec![NONE; column.num_terms()];
            for (place, (value, _)) in (0..).zip(&counts.values) {
                if let Some(number) = column.dictionary().term_ord(value.as_bytes())?
                    && let Some(known) = places.get_mut(number as usize)
                {
                    *known = place;
                }
            }
        }
        Ok(Places::Facet { column, places })
    }

    /// The places of a document that are on the axis.
    fn of(&self, doc: DocId, out: &mut Vec<u32>) {
        out.clear();
        match self {
            Places::Facet { column, places } => {
                let numbers = column.iter().flat_map(|column| column.term_ords(doc));
                let places = numbers.filter_map(|number| places.get(number as usize));
                out.extend(places.filter(|place| **place != NONE));
            }
            Places::Intervals {
                published,
                histogram,
            } => {
                let seconds = published.as_ref().and_then(|column| column.first(doc));
                let day = seconds.and_then(|seconds| date(seconds.div_euclid(DAY)));
                let counts = &histogram.counts;
                let place = match day.map(|day| histogram.interval.start(day)) {
                    Some(start) => counts
                        .binary_search_by_key(&start, |(start, _)| *start)
                        .ok(),
                    None => Some(counts.len()),
                };
                out.extend(place.map(|place| place as u32));
            }
        }
    }
}

/// Counts of pairs.
enum Cells {
    Table { n_columns: usize, counts: Vec<u64> },
    Map(FxHashMap<(u32, u32), u64>),
}

impl Cells {
    fn new(n_rows: usize, n_columns: usize) -> Cells {
        match n_rows.checked_mul(n_columns) {
            Some(n_cells) if n_cells <= LARGEST_TABLE => Cells::Table {
                n_columns,
                counts: vec![0; n_cells],
            },
            _ => Cells::Map(FxHashMap::default()),
        }
    }

    fn add(&mut self, row: u32, column: u32) {
        match self {
            Cells::Table { n_columns, counts } => {
                counts[row as usize * *n_columns + column as usize] += 1;
            }
            Cells::Map(counts) => *counts.entry((row, column)).or_default() += 1,
        }
    }

    fn by_row(self, n_rows: usize) -> Vec<Vec<(usize, u64)>> {
        match self {
            Cells::Table { n_columns, counts } => {
                let rows = (0..n_rows).map(|row| &counts[row * n_columns..][..n_columns]);
                let held = |row: &[u64]| {
                    let row = row.iter().copied().enumerate();
                    row.filter(|(_, count)| *count > 0).collect()
                };
                rows.map(held).collect()
            }
            Cells::Map(counts) => {
                let mut rows = vec![Vec::new(); n_rows];
                let mut counts: Vec<((u32, u32), u64)> = counts.into_iter().collect();
                counts.sort_unstable();
                for ((row, column), count) in counts {
                    rows[row as usize].push((column as usize, count));
                }
                rows
            }
        }
    }
}

/// Counts the documents by when they were published.
pub(super) fn histogram(
    searcher: &Searcher,
    families: &AllFamilies,
    found: &Found,
    interval: Interval,
) -> tantivy::Result<Histogram> {
    let mut days: FxHashMap<i64, u64> = FxHashMap::default();
    let mut n_undated = 0;
    for (segment, docs) in searcher.segment_readers().iter().zip(found) {
        let published = segment.fast_fields().column_opt::<i64>("published")?;
        let families = families.of(segment)?;
        // The paragraphs of an article stand together and share its day.
        let mut docs = docs.iter().copied().peekable();
        let mut family = None;
        while let Some(doc) = docs.next() {
            let mut n_of_article = 1;
            family = families.next(family, doc);
            while docs
                .next_if(|doc| family.is_some_and(|family| family.has(*doc)))
                .is_some()
            {
                n_of_article += 1;
            }
            let seconds = published.as_ref().and_then(|column| column.first(doc));
            match seconds.map(|seconds| seconds.div_euclid(DAY)) {
                Some(day) => *days.entry(day).or_default() += n_of_article,
                None => n_undated += n_of_article,
            }
        }
    }
    let mut days: Vec<(i64, u64)> = days.into_iter().collect();
    days.sort_unstable();
    let mut counts: Vec<(Date, u64)> = Vec::new();
    for (day, count) in days {
        let Some(day) = date(day) else {
            // No day of our calendar: only a damaged file has it.
            n_undated += count;
            continue;
        };
        let start = interval.start(day);
        match counts.last_mut() {
            Some((last, counted)) if *last == start => *counted += count,
            _ => counts.push((start, count)),
        }
    }
    Ok(Histogram {
        interval,
        counts,
        n_undated,
        asked: (None, None),
    })
}

/// The day so many days after the first of 1970.
fn date(day: i64) -> Option<Date> {
    let span = jiff::Span::new().try_days(day).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(span).ok()
}

/// By chance one of twenty values that are no more frequent in an answer than elsewhere has a greater score.
const LEAST_SCORE: f64 = 3.84;

/// Of the values of an answer those that are unusually frequent in it, the most unusual first.
pub(super) fn significant(
    counted: &Counted,
    n_answer: u64,
    in_all: &FxHashMap<String, u64>,
    n_all: u64,
) -> Vec<SignificantValue> {
    let value = |(value, count): &(String, u64)| {
        let count_all = in_all.get(value).copied().unwrap_or(0).max(*count);
        let ratio = (*count as f64 / n_answer as f64) / (count_all as f64 / n_all as f64);
        let score = log_likelihood(*count, n_answer, count_all, n_all);
        let is_unusual = ratio > 1.0 && score >= LEAST_SCORE;
        is_unusual.then(|| SignificantValue {
            value: value.clone(),
            count: *count,
            count_all,
            ratio,
            score,
        })
    };
    let mut values: Vec<SignificantValue> = counted.values.iter().filter_map(value).collect();
    values.sort_by(|left, right| {
        let by_score = right.score.total_cmp(&left.score);
        by_score.then_with(|| left.value.cmp(&right.value))
    });
    values
}

/// The log-likelihood ratio of two shares being different: those of the answer with the value, and those of the rest of the
/// index with it. Dunning, "Accurate methods for the statistics of surprise and coincidence", 1993. Unlike a quotient of
/// shares, it does not make much of what happened once or twice.
fn log_likelihood(in_answer: u64, n_answer: u64, in_all: u64, n_all: u64) -> f64 {
    let n_rest = n_all.saturating_sub(n_answer);
    let in_rest = in_all.saturating_sub(in_answer);
    let observed = [
        (in_answer, n_answer),
        (n_answer.saturating_sub(in_answer), n_answer),
        (in_rest, n_rest),
        (n_rest.saturating_sub(in_rest), n_rest),
    ];
    let share = in_all as f64 / n_all as f64;
    let shares = [share, 1.0 - share, share, 1.0 - share];
    let parts = observed.iter().zip(shares).map(|((count, n), share)| {
        let (count, expected) = (*count as f64, *n as f64 * share);
        match count {
            0.0 => 0.0,
            _ => count * (count / expected).ln(),
        }
    });
    (2.0 * parts.sum::<f64>()).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likelihoods_are_those_of_the_books() {
        // As many as elsewhere, or all of everything: nothing unusual.
        assert_eq!(log_likelihood(1, 10, 10, 100), 0.0);
        assert_eq!(log_likelihood(100, 100, 100, 100), 0.0);
        assert_eq!(log_likelihood(0, 0, 0, 0), 0.0);
        // R: 2 * sum(o * log(o / e)) of matrix(c(10, 20, 5, 165), 2).
        let score = log_likelihood(10, 30, 15, 200);
        assert!((score - 23.248).abs() < 0.001, "{score}");
    }

    #[test]
    fn tables_and_maps_count_alike() {
        let mut table = Cells::new(3, 2);
        let mut map = Cells::Map(FxHashMap::default());
        for (row, column) in [(2, 1), (0, 0), (2, 1), (2, 0)] {
            table.add(row, column);
            map.add(row, column);
        }
        let expected = vec![vec![(0, 1)], vec![], vec![(0, 1), (1, 2)]];
        assert_eq!(table.by_row(3), expected);
        assert_eq!(map.by_row(3), expected);
    }
}
