//! Answers as one JSON document. The shape of everything that is written as JSON is defined here and in `paragraph`, not on
//! the types that pass between rooms, so that those stay free to change. Keys keep their order, places count code points.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use serde::ser::{Error, Serialize, Serializer};
use serde_json::value::RawValue;

use super::paragraph::{
    ParagraphWriter, put_explanation, put_head, put_list, put_number, put_quoted, put_string,
};
use super::{Answer, Output, Page, Style};
use crate::article::{Paragraph, Quote};
use crate::field::Field;
use crate::report::{AlertReport, CheckReport, IndexReport, ListsReport, Problem, Stats};
use crate::search::{
    AxisCounts, CrossCounts, Expansion, FacetCounts, Group, Grouping, Histogram, Hit, Results,
    Significant, SignificantValue, SignificantValues, Typed, Weight, quotes,
};

pub(super) const OUTPUT: Output = Output {
    name: "json",
    help: "one JSON document",
    has_head: true,
    is_for_people: false,
    write,
};

/// Large enough that a paragraph is seldom split, small enough to stay in the cache.
pub(super) const BUFFER_SIZE: usize = 1 << 13;

fn write(answer: &Answer, _style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER_SIZE, out);
    match *answer {
        Answer::Search {
            query,
            expansions,
            results,
            page,
        } => put_line(&mut out, &search(query, expansions, results, page))?,
        Answer::Quotes {
            query,
            expansions,
            results,
            page,
            speakers,
        } => put_line(
            &mut out,
            &quotes_object(query, expansions, results, page, speakers),
        )?,
        Answer::Facets {
            query,
            expansions,
            results,
        } => put_line(
            &mut out,
            &FacetsObject {
                query,
                expansions: expansion_objects(expansions),
                suggestions: suggestion_objects(results),
                total: results.n_paragraphs,
                articles: results.n_articles,
                relaxed: results.relaxed,
                facets: is_plain(results).then_some(FacetMap(&results.facets)),
                significant: results.significant.as_ref().map(significant_object),
                cross: results.cross.as_ref().map(cross_object),
                histogram: results.histogram.as_ref().map(histogram_object),
            },
        )?,
        Answer::Paragraphs {
            paragraphs,
            n_before,
            is_last,
        } => put_batch(&mut out, paragraphs, n_before, is_last)?,
        Answer::Article { paragraphs, focus } => {
            out.write_all(article(paragraphs, focus).as_bytes())?;
        }
        Answer::Explained(explanations) => {
            let mut json = String::new();
            put_list(&mut json, explanations, put_explanation);
            json.push('\n');
            out.write_all(json.as_bytes())?;
        }
        Answer::Stats(stats) => put_line(&mut out, &stats_object(stats))?,
        Answer::Check(report) => put_line(&mut out, &check_object(report))?,
        Answer::Indexed(report) => put_line(&mut out, &indexed_object(report))?,
        Answer::Alerts(alerts) => put_line(&mut out, &List(|| alerts.iter().map(alert_object)))?,
        Answer::News {
            alert,
            hits,
            n_before_all,
            ..
        } => put_news(&mut out, alert, hits, n_before_all)?,
        Answer::NewsEnd { n_hits } => {
            out.write_all(if n_hits > 0 { b"]\n" } else { b"[]\n" })?;
        }
    }
    out.flush()
}

/// Writes a value and ends the line.
pub(super) fn put_line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// Writes part of an array, a paragraph a line. The first paragraph opens it, so that a first batch may be empty.
fn put_batch(
    out: &mut impl Write,
    paragraphs: &[Paragraph],
    n_before: u64,
    is_last: bool,
) -> io::Result<()> {
    let mut is_open = n_before > 0;
    let mut writer = ParagraphWriter::default();
    let mut json = String::new();
    for paragraph in paragraphs {
        json.clear();
        json.push_str(if is_open { ",\n" } else { "[" });
        writer.put(paragraph, &mut json);
        out.write_all(json.as_bytes())?;
        is_open = true;
    }
    match (is_last, is_open) {
        (true, true) => out.write_all(b"]\n"),
        (true, false) => out.write_all(b"[]\n"),
        (false, _) => Ok(()),
    }
}

/// Writes part of an array, a paragraph a line. The first paragraph opens it.
fn put_news(
    out: &mut impl Write,
    alert: &AlertReport,
    hits: &[Hit],
    n_before: u64,
) -> io::Result<()> {
    let mut writer = ParagraphWriter::default();
    let mut json = String::new();
    for (hit_idx, hit) in hits.iter().enumerate() {
        let is_open = n_before > 0 || hit_idx > 0;
        json.clear();
        json.push_str(if is_open { ",\n" } else { "[" });
        writer.put_news(&alert.name, hit, &mut json);
        out.write_all(json.as_bytes())?;
    }
    Ok(())
}

/// A paragraph that is an answer to a search.
struct HitObject<'a>(&'a Hit);

impl Serialize for HitObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut json = String::new();
        ParagraphWriter::default().put_hit(self.0, &mut json);
        let json = RawValue::from_string(json).map_err(S::Error::custom)?;
        json.serialize(serializer)
    }
}

#[derive(serde::Serialize)]
struct SearchObject<'a, Hits, Groups> {
    query: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expansions: Vec<ExpansionObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<SuggestionObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clauses: Vec<ClauseObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    weighed: Vec<WeighedObject<'a>>,
    total: u64,
    articles: u64,
    relaxed: bool,
    offset: usize,
    /// Where grouped by a facet: how many paragraphs have none of its values.
    #[serde(skip_serializing_if = "Option::is_none")]
    without: Option<u64>,
    hits: Hits,
    /// Where grouped: which of the hits stand together.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups: Option<Groups>,
    facets: FacetMap<'a>,
}

/// The hits are a flat list even where they are grouped, so that a reader of them need not know.
fn search<'a>(
    query: &'a str,
    expansions: &'a [Expansion],
    results: &'a Results,
    page: Page,
) -> impl Serialize + 'a {
    let facet = page.group.and_then(Grouping::facet);
    let groups = move || {
        results
            .groups
            .iter()
            .map(move |group| group_object(group, facet))
    };
    SearchObject {
        query,
        expansions: expansion_objects(expansions),
        suggestions: suggestion_objects(results),
        clauses: clause_objects(results),
        weighed: weighed_objects(results),
        total: results.n_paragraphs,
        articles: results.n_articles,
        relaxed: results.relaxed,
        offset: page.offset,
        without: facet.map(|_| results.n_without_group),
        hits: List(|| results.hits().map(HitObject)),
        groups: page.group.map(|_| List(groups)),
        facets: FacetMap(&results.facets),
    }
}

/// What a name or a term was taken for.
#[derive(serde::Serialize)]
#[serde(untagged)]
pub(super) enum ExpansionObject<'a> {
    Name {
        facet: &'a str,
        name: &'a str,
        values: &'a [String],
    },
    Synonyms {
        term: &'a str,
        synonyms: &'a [String],
    },
}

pub(super) fn expansion_objects(expansions: &[Expansion]) -> Vec<ExpansionObject<'_>> {
    let objects = expansions.iter().map(|expansion| match expansion {
        Expansion::Name {
            field,
            name,
            values,
        } => ExpansionObject::Name {
            facet: field.name,
            name,
            values,
        },
        Expansion::Synonyms(synonym) => ExpansionObject::Synonyms {
            term: &synonym.typed,
            synonyms: &synonym.also,
        },
    });
    objects.collect()
}

/// A part of the query, and what it finds.
#[derive(serde::Serialize)]
struct ClauseObject<'a> {
    clause: &'a str,
    depth: usize,
    paragraphs: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<WordObject<'a>>,
}

#[derive(serde::Serialize)]
struct WordObject<'a> {
    word: &'a str,
    paragraphs: u64,
}

fn clause_objects(results: &Results) -> Vec<ClauseObject<'_>> {
    let clauses = results.clauses.iter().map(|clause| {
        let words = clause.words.iter();
        let words = words.map(|(word, paragraphs)| WordObject {
            word,
            paragraphs: *paragraphs,
        });
        ClauseObject {
            clause: &clause.text,
            depth: clause.depth,
            paragraphs: clause.n_paragraphs,
            words: words.collect(),
        }
    });
    clauses.collect()
}

/// What weighed along with the words of a question: words, or who is quoted.
#[derive(serde::Serialize)]
struct WeighedObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speakers: Option<&'a [String]>,
    weight: f32,
}

fn weighed_objects(results: &Results) -> Vec<WeighedObject<'_>> {
    let weighed = results.weighed.iter().map(|weighed| {
        let (words, speakers) = match &weighed.what {
            Weight::Words { words, .. } => (Some(words.as_slice()), None),
            Weight::Quoted(names) => (None, Some(names.as_slice())),
        };
        WeighedObject {
            words,
            speakers,
            // Two digits say enough.
            weight: (weighed.share * 100.0).round() / 100.0,
        }
    });
    weighed.collect()
}

/// A word that the index does not know.
#[derive(serde::Serialize)]
struct SuggestionObject<'a> {
    typed: &'a str,
    known: &'a str,
}

fn suggestion_objects(results: &Results) -> Vec<SuggestionObject<'_>> {
    let suggestions = results.suggestions.iter();
    let suggestions = suggestions.map(|suggestion| SuggestionObject {
        typed: &suggestion.typed,
        known: &suggestion.known,
    });
    suggestions.collect()
}

#[derive(serde::Serialize)]
struct GroupObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    facet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    /// How many paragraphs of the group match.
    total: u64,
    /// The ids of those that are among the hits; none where a hit itself tells its group.
    #[serde(skip_serializing_if = "Option::is_none")]
    hits: Option<Vec<String>>,
}

/// The group that a hit is in.
pub(super) fn group_of_hit(group: &Group, grouping: Grouping) -> impl Serialize + '_ {
    GroupObject {
        hits: None,
        ..group_object(group, grouping.facet())
    }
}

fn group_object<'a>(group: &'a Group, facet: Option<&'static Field>) -> GroupObject<'a> {
    let ids = group.hits.iter().map(|hit| hit.paragraph.id());
    GroupObject {
        article: facet.is_none().then_some(&group.head.id),
        facet: facet.map(|field| field.name),
        value: group.value.as_deref(),
        total: group.n_paragraphs,
        hits: Some(ids.collect()),
    }
}

#[derive(serde::Serialize)]
struct QuotesObject<'a, Quotes> {
    query: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expansions: Vec<ExpansionObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    weighed: Vec<WeighedObject<'a>>,
    /// Paragraphs that quote somebody.
    total: u64,
    articles: u64,
    relaxed: bool,
    /// In paragraphs.
    offset: usize,
    quotes: Quotes,
    facets: FacetMap<'a>,
}

fn quotes_object<'a>(
    query: &'a str,
    expansions: &'a [Expansion],
    results: &'a Results,
    page: Page,
    speakers: &'a [String],
) -> impl Serialize + 'a {
    QuotesObject {
        query,
        expansions: expansion_objects(expansions),
        weighed: weighed_objects(results),
        total: results.n_paragraphs,
        articles: results.n_articles,
        relaxed: results.relaxed,
        offset: page.offset,
        quotes: List(|| quotes(results.hits(), speakers).map(QuoteObject)),
        facets: FacetMap(&results.facets),
    }
}

/// A quote by itself.
struct QuoteObject<'a>((&'a Hit, &'a Quote));

impl Serialize for QuoteObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (hit, quote) = self.0;
        let mut json = String::new();
        put_quoted(&mut json, &hit.paragraph, quote);
        let json = RawValue::from_string(json).map_err(S::Error::custom)?;
        json.serialize(serializer)
    }
}

#[derive(serde::Serialize)]
struct FacetsObject<'a, Significants, Cross, Histograms> {
    query: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expansions: Vec<ExpansionObject<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<SuggestionObject<'a>>,
    total: u64,
    articles: u64,
    relaxed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<FacetMap<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    significant: Option<Significants>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cross: Option<Cross>,
    #[serde(skip_serializing_if = "Option::is_none")]
    histogram: Option<Histograms>,
}

/// Whether facets were counted one by one.
fn is_plain(results: &Results) -> bool {
    results.significant.is_none() && results.cross.is_none() && results.histogram.is_none()
}

#[derive(serde::Serialize)]
struct SignificantObject<Facets> {
    /// What the scores are.
    score: &'static str,
    /// The paragraphs of the index.
    paragraphs: u64,
    facets: Facets,
}

fn significant_object(significant: &Significant) -> impl Serialize + '_ {
    let facets = significant.facets.iter();
    let facets = facets.map(|values| (values.field.name, significant_values_object(values)));
    SignificantObject {
        score: "log-likelihood ratio",
        paragraphs: significant.n_all,
        facets: Map(facets.collect()),
    }
}

#[derive(serde::Serialize)]
struct SignificantValuesObject<Values> {
    /// Those among which the values were counted.
    paragraphs: u64,
    values: Values,
    distinct: usize,
}

fn significant_values_object(values: &SignificantValues) -> impl Serialize + '_ {
    let rows = || values.values.iter().map(significant_value_object);
    SignificantValuesObject {
        paragraphs: values.n_paragraphs,
        values: List(rows),
        distinct: values.n_values,
    }
}

#[derive(serde::Serialize)]
pub(super) struct SignificantValueObject<'a> {
    value: &'a str,
    count: u64,
    count_all: u64,
    ratio: f64,
    score: f64,
}

pub(super) fn significant_value_object(value: &SignificantValue) -> SignificantValueObject<'_> {
    SignificantValueObject {
        value: &value.value,
        count: value.count,
        count_all: value.count_all,
        ratio: rounded(value.ratio),
        score: rounded(value.score),
    }
}

/// To thousandths: more would only show how a machine adds.
pub(super) fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}

#[derive(serde::Serialize)]
struct CrossObject<Rows, Columns> {
    rows: Rows,
    columns: Columns,
}

#[derive(serde::Serialize)]
struct CrossedObject<Values> {
    /// Or the interval.
    facet: &'static str,
    values: Values,
    distinct: usize,
}

#[derive(serde::Serialize)]
struct RowObject<'a, Cells> {
    /// None for paragraphs without a date.
    value: Option<Cow<'a, str>>,
    count: u64,
    /// The values of the columns that are together with it.
    cells: Cells,
}

#[derive(serde::Serialize)]
struct CellObject<'a> {
    value: Option<Cow<'a, str>>,
    count: u64,
}

fn cross_object(cross: &CrossCounts) -> impl Serialize + '_ {
    let cell = |(place, count): &(usize, u64)| CellObject {
        value: cross.columns.value(*place),
        count: *count,
    };
    let rows = move || {
        cross.rows.headings().map(move |row| {
            let cells = row.place.and_then(|place| cross.cells.get(place));
            RowObject {
                value: row.value,
                count: row.count,
                cells: List(move || cells.into_iter().flatten().map(cell)),
            }
        })
    };
    let columns = || {
        cross.columns.headings().map(|column| CellObject {
            value: column.value,
            count: column.count,
        })
    };
    CrossObject {
        rows: crossed_object(&cross.rows, rows),
        columns: crossed_object(&cross.columns, columns),
    }
}

fn crossed_object<F, I>(axis: &AxisCounts, values: F) -> CrossedObject<List<F>>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    let (_, distinct) = axis.n_values();
    CrossedObject {
        facet: axis.name(),
        values: List(values),
        distinct,
    }
}

#[derive(serde::Serialize)]
struct HistogramObject<Buckets> {
    interval: &'static str,
    buckets: Buckets,
    undated: u64,
}

/// Without the name of the interval, which is said once.
#[derive(serde::Serialize)]
struct BucketObject {
    bucket: String,
    start: String,
    count: u64,
}

fn histogram_object(histogram: &Histogram) -> impl Serialize + '_ {
    let buckets = || {
        let buckets = histogram.buckets();
        buckets.map(|(start, count)| BucketObject {
            bucket: histogram.interval.label(start),
            start: start.to_string(),
            count,
        })
    };
    HistogramObject {
        interval: histogram.interval.name(),
        buckets: List(buckets),
        undated: histogram.n_undated,
    }
}

/// An object whose keys are made.
struct Map<V>(Vec<(&'static str, V)>);

impl<V: Serialize> Serialize for Map<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// The counts of facets by the name of the facet.
struct FacetMap<'a>(&'a [FacetCounts]);

impl Serialize for FacetMap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            self.0
                .iter()
                .map(|counts| (counts.field.name, facet_object(counts))),
        )
    }
}

#[derive(serde::Serialize)]
struct FacetObject<'a> {
    values: Vec<ValueObject<'a>>,
    distinct: usize,
    /// Only where they are the counts without the facet's own filter.
    #[serde(skip_serializing_if = "is_true")]
    narrowed: bool,
}

fn is_true(flag: &bool) -> bool {
    *flag
}

#[derive(serde::Serialize)]
struct ValueObject<'a> {
    value: &'a str,
    count: u64,
}

fn facet_object(counts: &FacetCounts) -> FacetObject<'_> {
    let values = counts.values.iter();
    FacetObject {
        values: values
            .map(|&(ref value, count)| ValueObject { value, count })
            .collect(),
        distinct: counts.n_values,
        narrowed: counts.is_narrowed,
    }
}

/// A whole article, as a line: what is said of it once, then its paragraphs.
fn article(paragraphs: &[Paragraph], focus: Option<usize>) -> String {
    let mut out = String::from("{");
    if let Some(first) = paragraphs.first() {
        out.push_str("\"article\":");
        put_string(&mut out, &first.head.id);
        out.push(',');
        put_head(&mut out, &first.head);
        out.push(',');
    }
    out.push_str("\"focus\":");
    match focus {
        Some(ordinal) => put_number(&mut out, ordinal),
        None => out.push_str("null"),
    }
    out.push_str(",\"paragraphs\":");
    let mut writer = ParagraphWriter::default();
    put_list(&mut out, paragraphs, |out, paragraph| {
        writer.put(paragraph, out)
    });
    out.push_str("}\n");
    out
}

#[derive(serde::Serialize)]
struct StatsObject<'a> {
    index: &'a str,
    built: &'a str,
    program: &'a str,
    sources: u64,
    articles: u64,
    paragraphs: u64,
    words: u64,
    bytes: u64,
    segments: usize,
    lists: Option<ListsObject<'a>>,
    sources_with_other_lists: u64,
    first: Option<String>,
    last: Option<String>,
    facets: FacetMap<'a>,
}

pub(super) fn stats_object(stats: &Stats) -> impl Serialize + '_ {
    StatsObject {
        index: &stats.index,
        built: &stats.built,
        program: &stats.program,
        sources: stats.n_sources,
        articles: stats.n_articles,
        paragraphs: stats.n_paragraphs,
        words: stats.n_words,
        bytes: stats.bytes,
        segments: stats.n_segments,
        lists: stats.lists.as_ref().map(lists_object),
        sources_with_other_lists: stats.n_with_other_lists,
        first: stats.first.map(|published| published.to_string()),
        last: stats.last.map(|published| published.to_string()),
        facets: FacetMap(&stats.facets),
    }
}

#[derive(serde::Serialize)]
struct ListsObject<'a> {
    path: &'a str,
    hash: &'a str,
    files: usize,
    people: usize,
    organizations: usize,
    instruments: usize,
    topics: usize,
    hidden: usize,
}

fn lists_object(lists: &ListsReport) -> ListsObject<'_> {
    ListsObject {
        path: &lists.path,
        hash: &lists.hash,
        files: lists.counts.files,
        people: lists.counts.people,
        organizations: lists.counts.organizations,
        instruments: lists.counts.instruments,
        topics: lists.counts.topics,
        hidden: lists.counts.hidden,
    }
}

#[derive(serde::Serialize)]
struct CheckObject<'a> {
    index: &'a str,
    files: usize,
    sources: u64,
    articles: u64,
    paragraphs: u64,
    problems: Vec<ProblemObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deep: Option<DeepObject<'a>>,
}

#[derive(serde::Serialize)]
struct DeepObject<'a> {
    sources: u64,
    paragraphs: u64,
    differences: Vec<ProblemObject<'a>>,
}

#[derive(serde::Serialize)]
struct ProblemObject<'a> {
    what: &'a str,
    advice: &'a str,
}

pub(super) fn check_object(report: &CheckReport) -> impl Serialize + '_ {
    CheckObject {
        index: &report.index,
        files: report.n_files,
        sources: report.n_sources,
        articles: report.n_articles,
        paragraphs: report.n_paragraphs,
        problems: report.problems.iter().map(problem_object).collect(),
        deep: report.deep.as_ref().map(|deep| DeepObject {
            sources: deep.n_sources,
            paragraphs: deep.n_paragraphs,
            differences: deep.differences.iter().map(problem_object).collect(),
        }),
    }
}

fn problem_object(problem: &Problem) -> ProblemObject<'_> {
    ProblemObject {
        what: &problem.what,
        advice: &problem.advice,
    }
}

#[derive(serde::Serialize)]
struct AlertObject<'a> {
    alert: &'a str,
    query: &'a str,
    /// The values of each flag, empty where it has none.
    flags: serde_json::Map<String, serde_json::Value>,
    note: Option<&'a str>,
    created: &'a str,
    last_run: Option<&'a str>,
    seen: u64,
}

pub(super) fn alert_object(alert: &AlertReport) -> impl Serialize + '_ {
    AlertObject {
        alert: &alert.name,
        query: &alert.typed.query,
        flags: flags_object(&alert.typed),
        note: alert.note.as_deref(),
        created: &alert.created,
        last_run: alert.last_run.as_deref(),
        seen: alert.n_seen,
    }
}

/// The flags of a search with the list of their values.
pub(super) fn flags_object(typed: &Typed) -> serde_json::Map<String, serde_json::Value> {
    let mut flags = serde_json::Map::new();
    for (name, value) in &typed.flags {
        let values = flags
            .entry(name.as_str())
            .or_insert_with(|| serde_json::json!([]));
        if let Some(values) = values.as_array_mut() {
            values.push(value.as_str().into());
        }
    }
    flags
}

#[derive(serde::Serialize)]
struct IndexedObject<'a> {
    index: &'a str,
    added: u64,
    changed: u64,
    unchanged: u64,
    removed: u64,
    skipped: u64,
    skipped_parts: u64,
    articles: u64,
    undated: u64,
    paragraphs: u64,
    lists: Option<ListsObject<'a>>,
    lists_changed: bool,
    sources_with_other_lists: u64,
    faults: &'a [String],
    seconds: f64,
}

pub(super) fn indexed_object(report: &IndexReport) -> impl Serialize + '_ {
    IndexedObject {
        index: &report.index,
        added: report.n_added,
        changed: report.n_changed,
        unchanged: report.n_unchanged,
        removed: report.n_removed,
        skipped: report.n_skipped,
        skipped_parts: report.n_parts_skipped,
        articles: report.n_articles,
        undated: report.n_undated,
        paragraphs: report.n_paragraphs,
        lists: report.lists.as_ref().map(lists_object),
        lists_changed: report.lists_changed,
        sources_with_other_lists: report.n_with_other_lists,
        faults: &report.faults,
        seconds: report.seconds,
    }
}

/// A list that is made while it is written.
struct List<F>(F);

impl<F, I> Serialize for List<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}
