//! One search and its answer: plain data between those who ask, the engine and those who show.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use jiff::Span;
use jiff::civil::Date;

use rustc_hash::FxHashMap;

use crate::article::{Head, Paragraph, Quote};
use crate::field::Field;
use crate::limits::output::INTERVALS_FILLED;
use crate::query::{Query, Synonym};

/// One search.
#[derive(Debug, Clone)]
pub struct Request {
    pub query: Query,
    /// The query without synonyms, where they made another of it: what it asks as a question.
    pub as_typed: Option<Query>,
    /// The words and terms of the query that are searched in other words, too: not to know them is no mistake.
    pub reworded: Vec<String>,
    /// Different fields mean both, the values of one field mean either.
    pub filters: Vec<Filter>,
    /// Further conditions that every answer meets: dates, exclusions.
    pub conditions: Vec<Query>,
    pub sort: Sort,
    /// Hits or groups to skip.
    pub offset: usize,
    /// Hits or groups to return; none for all.
    pub limit: Option<usize>,
    /// What hits come together by.
    pub group: Option<Grouping>,
    /// How many hits of each group to return; none for all.
    pub n_of_group: Option<usize>,
    /// Whether nothing but what has all that was asked for will do.
    pub strict: bool,
    /// Whether only paragraphs that quote somebody are wanted.
    pub quoting: bool,
    /// The paragraphs around each hit.
    pub context: Option<Around>,
    /// The facets to count.
    pub facets: Vec<&'static Field>,
    /// How many values of each facet to return; none for all.
    pub n_values: Option<usize>,
    /// The facets of which only these values are counted.
    pub only: Vec<Filter>,
    /// Whether the values of the facets are wanted that are unusually frequent in the answer, instead of the most frequent.
    pub significant: bool,
    pub cross: Option<Cross>,
    pub histogram: Option<Interval>,
    /// Whether the answer says how the query was read, and what gave each hit its score.
    pub explain: bool,
}

impl Request {
    /// The ten best paragraphs for a query.
    pub fn new(query: Query) -> Request {
        Request {
            query,
            as_typed: None,
            reworded: Vec::new(),
            filters: Vec::new(),
            conditions: Vec::new(),
            sort: Sort::Relevance,
            offset: 0,
            limit: Some(10),
            group: None,
            n_of_group: Some(3),
            strict: false,
            quoting: false,
            context: None,
            facets: Vec::new(),
            n_values: Some(10),
            only: Vec::new(),
            significant: false,
            cross: None,
            histogram: None,
            explain: false,
        }
    }
}

/// A search as it was typed, to be kept, shown and asked again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub query: String,
    /// The flags that narrow, by name without dashes, and their values (empty where they have none), in the order in which they are listed.
    pub flags: Vec<(String, String)>,
}

/// As on a command line: `'steel tariffs' --country japan`.
impl fmt::Display for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut is_first = true;
        // What begins with a dash would be a flag.
        let is_hidden = self.query.starts_with('-');
        for (name, value) in &self.flags {
            let space = if is_first { "" } else { " " };
            write!(f, "{space}--{name}")?;
            if !value.is_empty() {
                write!(f, " {}", Quoted(value))?;
            }
            is_first = false;
        }
        if !self.query.is_empty() {
            let space = if is_first { "" } else { " " };
            let dashes = if is_hidden { "-- " } else { "" };
            write!(f, "{space}{dashes}{}", Quoted(&self.query))?;
        }
        Ok(())
    }
}

/// A word as shells take it for one.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_plain =
            |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '=' | ',');
        if !self.0.is_empty() && self.0.chars().all(is_plain) {
            return f.write_str(self.0);
        }
        write!(f, "'{}'", self.0.replace('\'', "'\\''"))
    }
}

/// Paragraphs with one of these values of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub field: &'static Field,
    pub values: Vec<String>,
}

/// What hits come together by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    Article,
    /// By the values of a facet; a paragraph is in the group of each of its values, and in none without.
    Facet(&'static Field),
}

impl Grouping {
    /// What a group is: `article`, `speaker`.
    pub fn name(self) -> &'static str {
        match self {
            Grouping::Article => "article",
            Grouping::Facet(field) => field.name,
        }
    }

    /// The facet, where it is one.
    pub fn facet(self) -> Option<&'static Field> {
        match self {
            Grouping::Article => None,
            Grouping::Facet(field) => Some(field),
        }
    }

    /// What several groups are: `articles`, `countries`.
    pub fn plural(self) -> &'static str {
        match self {
            Grouping::Article => "articles",
            // Its key in JSON is one: an article has one publisher.
            Grouping::Facet(field) if field.name == "publisher" => "publishers",
            Grouping::Facet(field) => field.key,
        }
    }
}

/// How many paragraphs of the article around a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Around {
    pub n_before: usize,
    pub n_after: usize,
}

/// Two axes to count together: how many paragraphs have both a value of one and a value of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cross {
    pub rows: Axis,
    /// May be the same.
    pub columns: Axis,
    /// How many of the most frequent values of a facet; none for all.
    pub n_rows: Option<usize>,
    pub n_columns: Option<usize>,
}

/// What the rows or the columns of a cross are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    Facet(&'static Field),
    /// When paragraphs were published.
    Interval(Interval),
}

impl Axis {
    /// As in `--cross`.
    pub fn name(self) -> &'static str {
        match self {
            Axis::Facet(field) => field.name,
            Axis::Interval(interval) => interval.name(),
        }
    }

    /// The facet, where it is one.
    pub fn facet(self) -> Option<&'static Field> {
        match self {
            Axis::Facet(field) => Some(field),
            Axis::Interval(_) => None,
        }
    }
}

/// A part of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interval {
    Day,
    /// Of ISO 8601: from Monday on.
    Week,
    Month,
    Quarter,
    Year,
}

impl Interval {
    /// From the shortest on.
    pub const ALL: [Interval; 5] = [
        Interval::Day,
        Interval::Week,
        Interval::Month,
        Interval::Quarter,
        Interval::Year,
    ];

    /// The interval of that name.
    pub fn named(name: &str) -> Option<Interval> {
        Interval::ALL
            .into_iter()
            .find(|interval| interval.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Interval::Day => "day",
            Interval::Week => "week",
            Interval::Month => "month",
            Interval::Quarter => "quarter",
            Interval::Year => "year",
        }
    }

    /// The first day of the interval that a day is in.
    pub fn start(self, day: Date) -> Date {
        match self {
            Interval::Day => day,
            Interval::Week => {
                let n_before = day.weekday().to_monday_zero_offset();
                // The calendar's first week may have no Monday.
                day.checked_sub(Span::new().days(n_before)).unwrap_or(day)
            }
            Interval::Month => day.first_of_month(),
            Interval::Quarter => {
                let first = Date::new(day.year(), 3 * (quarter(day) - 1) + 1, 1);
                first.unwrap_or(day)
            }
            Interval::Year => day.first_of_year(),
        }
    }

    /// The first day of the next interval; none at the end of the calendar.
    pub fn next(self, start: Date) -> Option<Date> {
        let span = match self {
            Interval::Day => Span::new().days(1),
            Interval::Week => Span::new().days(7),
            Interval::Month => Span::new().months(1),
            Interval::Quarter => Span::new().months(3),
            Interval::Year => Span::new().years(1),
        };
        start.checked_add(span).ok()
    }

    /// What people call the interval that begins so: `2018-09-27`, `2018-W39`, `2018-09`, `2018-Q3`, `2018`.
    pub fn label(self, start: Date) -> String {
        match self {
            Interval::Day => start.to_string(),
            Interval::Week => {
                let week = start.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            Interval::Month => format!("{:04}-{:02}", start.year(), start.month()),
            Interval::Quarter => format!("{:04}-Q{}", start.year(), quarter(start)),
            Interval::Year => format!("{:04}", start.year()),
        }
    }
}

/// From 1.
fn quarter(day: Date) -> i8 {
    (day.month() - 1) / 3 + 1
}

/// More values that a name stands for are no line to be read; of these so many are shown.
const MOST_SHOWN: usize = 30;
const N_SHOWN: usize = 10;

/// What something in a query or filter was taken for beyond itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expansion {
    /// A name that stands for other values than itself: `liu`, `us`, `G7`.
    Name {
        field: &'static Field,
        name: String,
        values: Vec<String>,
    },
    /// A term that others were searched along with.
    Synonyms(Synonym),
}

/// As people read it: `speaker: liu = Liu He`, `country: USMCA = Canada, Mexico, United States`, `also searched for TPP: "Trans-Pacific Partnership"`.
impl fmt::Display for Expansion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expansion::Name {
                field,
                name,
                values,
            } => {
                let shown = match values.get(..N_SHOWN) {
                    Some(first) if values.len() > MOST_SHOWN => first,
                    _ => values,
                };
                write!(f, "{}: {name} = {}", field.name, shown.join(", "))?;
                match values.len() - shown.len() {
                    0 => Ok(()),
                    n_more => write!(f, " and {n_more} more"),
                }
            }
            Expansion::Synonyms(synonym) => write!(f, "also searched for {synonym}"),
        }
    }
}

/// A part of a query, and what it finds by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// How many clauses it is within.
    pub depth: usize,
    /// In the query language.
    pub text: String,
    pub n_paragraphs: u64,
    /// Of a single word: those of the index that it stands for, and in how many paragraphs each is; the most frequent first.
    pub words: Vec<(String, u64)>,
}

/// What gave the paragraphs that a question found more weight without being asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    pub what: Weight,
    /// Beside a word of the question, which has 1.
    pub share: f32,
}

/// What weighs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weight {
    /// That the words of one of these people are reported.
    Quoted(Vec<String>),
    /// Words of one stem, which are frequent in the best articles. The question may have asked for them; then they weigh the
    /// more.
    Words { words: Vec<String>, is_asked: bool },
}

/// A word that the index does not know, and one like it that it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub typed: String,
    pub known: String,
}

/// The order of hits. Equal ones come in an order that depends on their ids alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// BM25 over the words of the paragraph, of relaxed plain words also over those of its article, best first; of equals the
    /// newest.
    Relevance,
    /// By date, undated ones last.
    Newest,
    Oldest,
}

impl Sort {
    /// As in `--sort`.
    pub fn name(self) -> &'static str {
        match self {
            Sort::Relevance => "relevance",
            Sort::Newest => "newest",
            Sort::Oldest => "oldest",
        }
    }
}

/// The answer to a request.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// How many paragraphs match.
    pub n_paragraphs: u64,
    /// In how many articles.
    pub n_articles: u64,
    /// Of a grouped request: how many groups there are.
    pub n_groups: u64,
    /// How many of the paragraphs are in no group.
    pub n_without_group: u64,
    /// Whether no paragraph, or hardly any, has all that was asked, and those that have some are given instead.
    pub relaxed: bool,
    /// How many paragraphs have all that was asked.
    pub n_whole: u64,
    /// How the query was read, where that was asked for: its clauses in order, each before those within it.
    pub clauses: Vec<Clause>,
    /// What weighed along with the words of a question, the heaviest first.
    pub weighed: Vec<Weighed>,
    /// Words of the query that stand nowhere in the index, in its order, where there is one like them.
    pub suggestions: Vec<Suggestion>,
    /// The hits of this page; of a grouped request those of each group stand together.
    pub groups: Vec<Group>,
    pub facets: Vec<FacetCounts>,
    /// Instead of `facets`, when that was asked for.
    pub significant: Option<Significant>,
    pub cross: Option<CrossCounts>,
    pub histogram: Option<Histogram>,
}

impl Results {
    /// The hits of this page in order.
    pub fn hits(&self) -> impl Iterator<Item = &Hit> {
        self.groups.iter().flat_map(|group| &group.hits)
    }
}

/// The hits of one article, or with one value of a facet; a single one where hits are not grouped.
#[derive(Debug, Clone)]
pub struct Group {
    /// That of the first hit.
    pub head: Arc<Head>,
    /// Where hits are grouped by a facet, its value.
    pub value: Option<String>,
    /// How many paragraphs of the group match.
    pub n_paragraphs: u64,
    /// The best of them, best first.
    pub hits: Vec<Hit>,
}

/// A matching paragraph.
#[derive(Debug, Clone)]
pub struct Hit {
    pub paragraph: Paragraph,
    /// BM25; 0 where the query has no words.
    pub score: f32,
    /// Byte ranges of the text that matched words of the query.
    pub highlights: Vec<Range<usize>>,
    /// The paragraphs around it, where these were asked for.
    pub context: Option<Context>,
    /// What its score is the sum of, where that was asked for: the numbers of clauses, and what each gave. None of a question,
    /// which is ranked as a whole.
    pub parts: Vec<(usize, f32)>,
}

/// The paragraphs of an article right before and after one of them, in order.
#[derive(Debug, Clone, Default)]
pub struct Context {
    pub before: Vec<Paragraph>,
    pub after: Vec<Paragraph>,
}

/// A run of paragraphs of one article, with the hits among them.
#[derive(Debug, Clone)]
pub struct Block<'a> {
    /// In their order; with the hit where it is one.
    pub paragraphs: Vec<(&'a Paragraph, Option<&'a Hit>)>,
}

/// Puts hits and the paragraphs around them together: what overlaps or adjoins within an article is one block. The blocks are
/// in the order of the first hits in them.
pub fn blocks<'a>(hits: &[&'a Hit]) -> Vec<Block<'a>> {
    let mut paragraphs: Vec<(usize, &Paragraph, Option<&Hit>)> = Vec::new();
    // By the place of the first hit of the article; a name alone may be that of two articles.
    let mut articles: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    for (place, hit) in hits.iter().enumerate() {
        let head = &hit.paragraph.head;
        let article = *articles.entry((&head.id, &head.path)).or_insert(place);
        let around = hit.context.iter();
        let around = around.flat_map(|context| context.before.iter().chain(&context.after));
        paragraphs.extend(around.map(|paragraph| (article, paragraph, None)));
        paragraphs.push((article, &hit.paragraph, Some(*hit)));
    }
    // Of the same paragraph the hit comes first.
    paragraphs
        .sort_by_key(|(article, paragraph, hit)| (*article, paragraph.ordinal, hit.is_none()));
    paragraphs.dedup_by_key(|(article, paragraph, _)| (*article, paragraph.ordinal));
    let runs = paragraphs.chunk_by(|(article, paragraph, _), (other, next, _)| {
        article == other && paragraph.ordinal + 1 == next.ordinal
    });
    let mut blocks: Vec<Block> = runs
        .map(|run| Block {
            paragraphs: run
                .iter()
                .map(|(_, paragraph, hit)| (*paragraph, *hit))
                .collect(),
        })
        .collect();
    let places: FxHashMap<*const Hit, usize> = hits
        .iter()
        .enumerate()
        .rev()
        .map(|(place, hit)| (std::ptr::from_ref(*hit), place))
        .collect();
    blocks.sort_by_key(|block| {
        let hits = block.paragraphs.iter().filter_map(|(_, hit)| *hit);
        hits.filter_map(|hit| places.get(&std::ptr::from_ref(hit)))
            .min()
            .copied()
    });
    blocks
}

/// The quotes in a list of hits, in order; of these speakers only, or of all if none is named.
pub fn quotes<'a>(
    hits: impl Iterator<Item = &'a Hit>,
    speakers: &'a [String],
) -> impl Iterator<Item = (&'a Hit, &'a Quote)> {
    let is_wanted =
        |quote: &Quote| speakers.is_empty() || speakers.iter().any(|name| *name == quote.speaker);
    hits.flat_map(move |hit| {
        let quotes = hit.paragraph.quotes.iter();
        quotes
            .filter(move |quote| is_wanted(quote))
            .map(move |quote| (hit, quote))
    })
}

/// A facet's values within the answer.
#[derive(Debug, Clone)]
pub struct FacetCounts {
    pub field: &'static Field,
    /// The most frequent values and in how many paragraphs each is; of equals the first by name.
    pub values: Vec<(String, u64)>,
    /// How many different values there are.
    pub n_values: usize,
    /// Whether these are the values of the whole answer. Where it is narrowed by the facet itself they are those of what the other
    /// filters leave, so that other values stay in sight.
    pub is_narrowed: bool,
}

/// What is unusual in an answer against the whole index.
#[derive(Debug, Clone, Default)]
pub struct Significant {
    /// How many paragraphs the index holds.
    pub n_all: u64,
    pub facets: Vec<SignificantValues>,
}

/// The values of a facet that are more frequent in the answer than in the rest of the index, by more than chance would have it.
#[derive(Debug, Clone)]
pub struct SignificantValues {
    pub field: &'static Field,
    /// The paragraphs in which they were counted: those of the answer, without the facet's own filter.
    pub n_paragraphs: u64,
    /// The most unusual; of equals the first by name.
    pub values: Vec<SignificantValue>,
    /// How many there are.
    pub n_values: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SignificantValue {
    pub value: String,
    /// In how many paragraphs of the answer it is.
    pub count: u64,
    /// In how many of the index.
    pub count_all: u64,
    /// How many times as frequent it is in the answer as in the whole index.
    pub ratio: f64,
    /// The log-likelihood ratio (G²) of the answer against the rest of the index: 3.84 is exceeded by chance in one of twenty
    /// cases, 10.83 in one of a thousand.
    pub score: f64,
}

/// In how many paragraphs values of two axes are together.
#[derive(Debug, Clone)]
pub struct CrossCounts {
    pub rows: AxisCounts,
    pub columns: AxisCounts,
    /// For each place of the rows the places of the columns in which something was counted, and how often.
    pub cells: Vec<Vec<(usize, u64)>>,
}

/// What stands along an axis, each with a place: the values of a facet, or the intervals with any paragraphs and, behind them,
/// the paragraphs without a date, if there are any.
#[derive(Debug, Clone)]
pub enum AxisCounts {
    Facet(FacetCounts),
    Intervals(Histogram),
}

/// What stands at the head of a row or a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading<'a> {
    /// None for paragraphs without a date.
    pub value: Option<Cow<'a, str>>,
    pub count: u64,
    /// None for an interval without any paragraphs.
    pub place: Option<usize>,
}

impl AxisCounts {
    /// As in `--cross`.
    pub fn name(&self) -> &'static str {
        match self {
            AxisCounts::Facet(counts) => counts.field.name,
            AxisCounts::Intervals(histogram) => histogram.interval.name(),
        }
    }

    /// How many places there are.
    pub fn n_places(&self) -> usize {
        match self {
            AxisCounts::Facet(counts) => counts.values.len(),
            AxisCounts::Intervals(histogram) => {
                histogram.counts.len() + usize::from(histogram.n_undated > 0)
            }
        }
    }

    /// How many values are held, and how many there are; of intervals those with any paragraphs.
    pub fn n_values(&self) -> (usize, usize) {
        match self {
            AxisCounts::Facet(counts) => (counts.values.len(), counts.n_values),
            AxisCounts::Intervals(Histogram { counts, .. }) => (counts.len(), counts.len()),
        }
    }

    /// What stands at a place; none for paragraphs without a date.
    pub fn value(&self, place: usize) -> Option<Cow<'_, str>> {
        match self {
            AxisCounts::Facet(counts) => {
                let value = counts.values.get(place);
                value.map(|(value, _)| value.into())
            }
            AxisCounts::Intervals(histogram) => {
                let counted = histogram.counts.get(place);
                counted.map(|(start, _)| histogram.interval.label(*start).into())
            }
        }
    }

    /// All that stands along the axis, in order: between intervals with any paragraphs those without, too.
    pub fn headings(&self) -> Box<dyn Iterator<Item = Heading<'_>> + '_> {
        match self {
            AxisCounts::Facet(counts) => {
                let values = counts.values.iter().enumerate();
                Box::new(values.map(|(place, (value, count))| Heading {
                    value: Some(value.into()),
                    count: *count,
                    place: Some(place),
                }))
            }
            AxisCounts::Intervals(histogram) => {
                let mut places = 0..;
                let intervals = histogram.buckets().map(move |(start, count)| Heading {
                    value: Some(histogram.interval.label(start).into()),
                    count,
                    place: (count > 0).then(|| places.next()).flatten(),
                });
                let undated = (histogram.n_undated > 0).then_some(Heading {
                    value: None,
                    count: histogram.n_undated,
                    place: Some(histogram.counts.len()),
                });
                Box::new(intervals.chain(undated))
            }
        }
    }
}

/// How many paragraphs were published when.
#[derive(Debug, Clone)]
pub struct Histogram {
    pub interval: Interval,
    /// The first days of the intervals with any paragraphs, in order.
    pub counts: Vec<(Date, u64)>,
    /// How many paragraphs have no date.
    pub n_undated: u64,
    /// The first and the last day that were asked for.
    pub asked: (Option<Date>, Option<Date>),
}

impl Histogram {
    /// All intervals from the first with paragraphs, or the first that was asked for, to the last, those without any among them.
    pub fn buckets(&self) -> impl Iterator<Item = (Date, u64)> {
        let mut counts = self.counts.iter().copied().peekable();
        let (first, last) = self.ends();
        let starts = std::iter::successors(first, |start| self.interval.next(*start));
        let starts = starts.take_while(move |start| last.is_some_and(|last| *start <= last));
        starts.map(move |start| {
            let counted = counts.next_if(|(counted, _)| *counted <= start);
            (start, counted.map_or(0, |(_, count)| count))
        })
    }

    /// The first days of the first interval and of the last. What was asked for and lies too far from what was found is not filled.
    fn ends(&self) -> (Option<Date>, Option<Date>) {
        let start = |day: Option<Date>| day.map(|day| self.interval.start(day));
        let asked = (start(self.asked.0), start(self.asked.1));
        let held = |held: Option<&(Date, u64)>| held.map(|(start, _)| *start);
        let first = held(self.counts.first()).or(asked.0.and(asked.1));
        let last = held(self.counts.last()).or(asked.0.and(asked.1));
        let is_near = |from: Option<Date>, to: Option<Date>| {
            let starts = std::iter::successors(from, |start| self.interval.next(*start));
            let n_steps = starts
                .take(INTERVALS_FILLED + 1)
                .take_while(|start| to.is_some_and(|to| *start < to));
            n_steps.count() <= INTERVALS_FILLED
        };
        let from = asked
            .0
            .filter(|from| first.is_some_and(|first| *from <= first));
        let to = asked.1.filter(|to| last.is_some_and(|last| *to >= last));
        (
            from.filter(|from| is_near(Some(*from), first)).or(first),
            to.filter(|to| is_near(last, Some(*to))).or(last),
        )
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn of_many_values_the_first_are_shown() {
        let shown = |n_values: usize| {
            let values = (1..=n_values).map(|number| number.to_string()).collect();
            let field = crate::schema::facets().next().unwrap();
            let name = "G".to_string();
            let expansion = Expansion::Name {
                field,
                name,
                values,
            };
            expansion.to_string().replace(field.name, "facet")
        };
        assert_eq!(shown(2), "facet: G = 1, 2");
        assert!(shown(30).ends_with(", 30"));
        assert_eq!(
            shown(31),
            "facet: G = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 21 more"
        );
    }

    #[test]
    fn intervals_are_those_of_the_calendar() {
        let check = |interval: Interval, day: Date| {
            let start = interval.start(day);
            let next = interval
                .next(start)
                .map_or("none".to_string(), |next| next.to_string());
            format!("{} {start} {next}", interval.label(start))
        };
        // The first days of a year may belong to the last week of the year before, and the last to the first of the next.
        assert_eq!(
            check(Interval::Week, date(2021, 1, 3)),
            "2020-W53 2020-12-28 2021-01-04"
        );
        assert_eq!(
            check(Interval::Week, date(2019, 12, 30)),
            "2020-W01 2019-12-30 2020-01-06"
        );
        assert_eq!(
            check(Interval::Day, date(2020, 2, 28)),
            "2020-02-28 2020-02-28 2020-02-29"
        );
        assert_eq!(
            check(Interval::Month, date(2019, 12, 31)),
            "2019-12 2019-12-01 2020-01-01"
        );
        assert_eq!(
            check(Interval::Quarter, date(2019, 12, 31)),
            "2019-Q4 2019-10-01 2020-01-01"
        );
        assert_eq!(
            check(Interval::Quarter, date(2020, 5, 31)),
            "2020-Q2 2020-04-01 2020-07-01"
        );
        assert_eq!(
            check(Interval::Year, date(2019, 12, 31)),
            "2019 2019-01-01 2020-01-01"
        );
        assert_eq!(check(Interval::Year, Date::MAX), "9999 9999-01-01 none");
        for interval in Interval::ALL {
            assert_eq!(Interval::named(interval.name()), Some(interval));
            assert!(interval.start(Date::MIN) <= Date::MIN);
            assert!(
                !check(interval, Date::MIN).is_empty() && !check(interval, Date::MAX).is_empty()
            );
        }
    }

    #[test]
    fn what_was_typed_can_be_typed_again() {
        let typed = |query: &str, flags: &[(&str, &str)]| {
            let flags = flags
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_string()));
            Typed {
                query: query.to_string(),
                flags: flags.collect(),
            }
            .to_string()
        };
        assert_eq!(typed("", &[]), "");
        assert_eq!(
            typed("steel", &[("country", "japan")]),
            "--country japan steel"
        );
        assert_eq!(
            typed("it's \"here\"", &[("country", "south korea")]),
            "--country 'south korea' 'it'\\''s \"here\"'"
        );
        assert_eq!(typed("-china", &[]), "-- -china");
    }

    #[test]
    fn empty_intervals_are_shown() {
        let histogram = Histogram {
            interval: Interval::Month,
            counts: vec![(date(2019, 11, 1), 2), (date(2020, 2, 1), 1)],
            n_undated: 0,
            asked: (None, None),
        };
        let buckets: Vec<u64> = histogram.buckets().map(|(_, count)| count).collect();
        assert_eq!(buckets, [2, 0, 0, 1]);
        let axis = AxisCounts::Intervals(Histogram {
            n_undated: 5,
            ..histogram
        });
        let headings = axis.headings().map(|heading| {
            let place = heading.place.map(|place| axis.value(place));
            assert!(place.is_none_or(|value| value == heading.value));
            let value = heading.value.unwrap_or("undated".into());
            format!("{value} {} {:?}", heading.count, heading.place)
        });
        assert_eq!(
            headings.collect::<Vec<String>>(),
            [
                "2019-11 2 Some(0)",
                "2019-12 0 None",
                "2020-01 0 None",
                "2020-02 1 Some(1)",
                "undated 5 Some(2)"
            ]
        );
        assert_eq!(axis.n_places(), 3);
    }

    #[test]
    fn times_that_were_asked_for_are_filled() {
        let buckets = |asked: (Option<Date>, Option<Date>), counts: &[(Date, u64)]| {
            let histogram = Histogram {
                interval: Interval::Month,
                counts: counts.to_vec(),
                n_undated: 0,
                asked,
            };
            let buckets = histogram.buckets();
            let labels =
                buckets.map(|(start, count)| format!("{} {count}", Interval::Month.label(start)));
            labels.collect::<Vec<String>>().join(", ")
        };
        let counts = [(date(2018, 7, 1), 2), (date(2018, 9, 1), 1)];
        let (from, to) = (Some(date(2018, 5, 17)), Some(date(2018, 10, 31)));
        assert_eq!(
            buckets((from, to), &counts),
            "2018-05 0, 2018-06 0, 2018-07 2, 2018-08 0, 2018-09 1, 2018-10 0"
        );
        assert_eq!(
            buckets((from, None), &counts),
            "2018-05 0, 2018-06 0, 2018-07 2, 2018-08 0, 2018-09 1"
        );
        assert_eq!(
            buckets((Some(date(2018, 9, 1)), to), &[]),
            "2018-09 0, 2018-10 0"
        );
        assert_eq!(buckets((from, None), &[]), "");
        // So far back nobody wants to read.
        assert_eq!(
            buckets((Some(date(1, 1, 1)), None), &counts),
            "2018-07 2, 2018-08 0, 2018-09 1"
        );
    }

    #[test]
    fn so_many_times_are_filled() {
        let found = date(2018, 7, 1);
        let n_buckets = |n_before: usize| {
            let before = jiff::Span::new().days(n_before as i64);
            let histogram = Histogram {
                interval: Interval::Day,
                counts: vec![(found, 1)],
                n_undated: 0,
                asked: (Some(found - before), None),
            };
            histogram.buckets().count()
        };
        assert_eq!(n_buckets(INTERVALS_FILLED), INTERVALS_FILLED + 1);
        assert_eq!(n_buckets(INTERVALS_FILLED + 1), 1);
    }
}
