//! Answers as one JSON document. The shape of everything that is written as JSON is defined here, not on the types
//! that pass between rooms, so that those stay free to change. Keys keep their order, places count code points.

use std::io::{self, BufWriter, Write};
use std::ops::Range;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::code_points::CodePoints;
use super::{Answer, OWN_FACETS, Output, Page, Style};
use crate::article::{Head, Line, Mention, Paragraph, Quote};
use crate::report::{CheckReport, Explanation, InFull, IndexReport, Problem, Reason, Stats};
use crate::schema;
use crate::search::{Expansion, FacetCounts, Group, Hit, Results};

pub(super) const OUTPUT: Output = Output {
    name: "json",
    help: "one JSON document",
    has_head: true,
    write,
};

/// Large enough that a paragraph is seldom split, small enough to stay in the cache.
pub(super) const BUFFER_SIZE: usize = 1 << 16;

fn write(answer: &Answer, _style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER_SIZE, out);
    match *answer {
        Answer::Search {
            query,
            expansions,
            results,
            page,
        } => put_line(&mut out, &search(query, expansions, results, page))?,
        Answer::Facets {
            query,
            expansions,
            results,
        } => put_line(
            &mut out,
            &FacetsObject {
                query,
                expansions: expansion_objects(expansions),
                total: results.n_paragraphs,
                articles: results.n_articles,
                relaxed: results.relaxed,
                facets: FacetMap(&results.facets),
            },
        )?,
        Answer::Paragraphs {
            paragraphs,
            n_before,
            is_last,
        } => put_batch(&mut out, paragraphs, n_before, is_last)?,
        Answer::Article { paragraphs, focus } => {
            put_line(&mut out, &ArticleObject { paragraphs, focus })?;
        }
        Answer::Explained(explanations) => {
            put_line(
                &mut out,
                &List(|| explanations.iter().map(ExplanationObject::new)),
            )?;
        }
        Answer::Stats(stats) => put_line(&mut out, &stats_object(stats))?,
        Answer::Check(report) => put_line(&mut out, &check_object(report))?,
        Answer::Indexed(report) => put_line(&mut out, &indexed_object(report))?,
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
    for paragraph in paragraphs {
        let separator: &[u8] = if is_open { b",\n" } else { b"[" };
        out.write_all(separator)?;
        serde_json::to_writer(&mut *out, &ParagraphObject::new(paragraph))?;
        is_open = true;
    }
    match (is_last, is_open) {
        (true, true) => out.write_all(b"]\n"),
        (true, false) => out.write_all(b"[]\n"),
        (false, _) => Ok(()),
    }
}

/// The one shape of a paragraph, in every command.
pub(super) struct ParagraphObject<'a> {
    paragraph: &'a Paragraph,
    /// Where the paragraph is an answer to a search: how well it matches, and where.
    hit: Option<&'a Hit>,
}

impl<'a> ParagraphObject<'a> {
    pub(super) fn new(paragraph: &'a Paragraph) -> Self {
        ParagraphObject {
            paragraph,
            hit: None,
        }
    }

    pub(super) fn of_hit(hit: &'a Hit) -> Self {
        ParagraphObject {
            paragraph: &hit.paragraph,
            hit: Some(hit),
        }
    }
}

impl Serialize for ParagraphObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let paragraph = self.paragraph;
        let head = &*paragraph.head;
        let code_points = CodePoints::new(&paragraph.text);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &paragraph.id())?;
        map.serialize_entry("article", &head.id)?;
        map.serialize_entry("ordinal", &paragraph.ordinal)?;
        map.serialize_entry("path", &head.path)?;
        put_head(&mut map, head)?;
        map.serialize_entry("text", &paragraph.text)?;
        for field in OWN_FACETS.iter() {
            map.serialize_entry(field.key, &paragraph.values(field))?;
        }
        let mention = |mention| mention_object(mention, &code_points);
        map.serialize_entry("mentions", &List(|| paragraph.mentions.iter().map(mention)))?;
        let quote = |quote| quote_object(quote, &paragraph.text, &code_points);
        map.serialize_entry("quotes", &List(|| paragraph.quotes.iter().map(quote)))?;
        if let Some(hit) = self.hit {
            map.serialize_entry("score", &hit.score)?;
            let place = |bytes: &Range<usize>| {
                let place = code_points.range(bytes);
                [place.start, place.end]
            };
            map.serialize_entry("highlights", &List(|| hit.highlights.iter().map(place)))?;
        }
        map.end()
    }
}

/// What paragraphs and articles both say of the article.
fn put_head<M: SerializeMap>(map: &mut M, head: &Head) -> Result<(), M::Error> {
    map.serialize_entry("title", &head.title)?;
    map.serialize_entry("byline", &head.byline)?;
    map.serialize_entry("publisher", &head.publisher)?;
    let published = head.published.map(|published| published.to_string());
    map.serialize_entry("published", &published)?;
    map.serialize_entry("url", &head.url)?;
    map.serialize_entry("language", &head.language)
}

#[derive(serde::Serialize)]
struct MentionObject<'a> {
    facet: &'a str,
    value: &'a str,
    start: usize,
    end: usize,
    rule: &'a str,
}

fn mention_object<'a>(mention: &'a Mention, code_points: &CodePoints) -> MentionObject<'a> {
    let place = code_points.range(&mention.span);
    MentionObject {
        facet: mention.field.name,
        value: &mention.value,
        start: place.start,
        end: place.end,
        rule: mention.rule,
    }
}

#[derive(serde::Serialize)]
struct QuoteObject<'a> {
    speaker: &'a str,
    cue: Option<&'a str>,
    direct: bool,
    start: usize,
    end: usize,
    rule: &'a str,
    /// The share of quotes that the rule gets right, from 0 to 1.
    confidence: Option<f64>,
}

fn quote_object<'a>(quote: &'a Quote, text: &'a str, code_points: &CodePoints) -> QuoteObject<'a> {
    let place = code_points.range(&quote.content);
    QuoteObject {
        speaker: &quote.speaker,
        cue: quote.cue.as_ref().and_then(|cue| text.get(cue.clone())),
        direct: quote.direct,
        start: place.start,
        end: place.end,
        rule: quote.rule,
        confidence: quote_confidence(quote),
    }
}

fn quote_confidence(quote: &Quote) -> Option<f64> {
    let rule = schema::rule(schema::field("speaker")?, quote.rule)?;
    rule.confidence.map(share)
}

/// Of a hundred to a share.
fn share(confidence: u8) -> f64 {
    f64::from(confidence) / 100.0
}

/// A paragraph with what speaks for its values.
#[derive(serde::Serialize)]
pub(super) struct ExplanationObject<'a> {
    id: String,
    text: &'a str,
    mentions: Vec<ReasonedMention<'a>>,
    quotes: Vec<ReasonedQuote<'a>>,
}

#[derive(serde::Serialize)]
struct ReasonedMention<'a> {
    #[serde(flatten)]
    mention: MentionObject<'a>,
    words: &'a str,
    confidence: Option<f64>,
    #[serde(flatten)]
    reason: ReasonObject<'a>,
}

#[derive(serde::Serialize)]
struct ReasonedQuote<'a> {
    #[serde(flatten)]
    quote: QuoteObject<'a>,
    #[serde(flatten)]
    reason: ReasonObject<'a>,
}

#[derive(serde::Serialize)]
struct ReasonObject<'a> {
    help: Option<&'static str>,
    lines: Vec<LineObject<'a>>,
    in_full: Option<InFullObject<'a>>,
}

#[derive(serde::Serialize)]
struct LineObject<'a> {
    list: &'a str,
    line: usize,
    entry: &'a str,
}

#[derive(serde::Serialize)]
struct InFullObject<'a> {
    ordinal: usize,
    words: &'a str,
}

impl<'a> ExplanationObject<'a> {
    pub(super) fn new(explanation: &'a Explanation) -> ExplanationObject<'a> {
        let paragraph = &explanation.paragraph;
        let code_points = CodePoints::new(&paragraph.text);
        let mentions = paragraph.mentions.iter().zip(&explanation.mentions);
        let quotes = paragraph.quotes.iter().zip(&explanation.quotes);
        ExplanationObject {
            id: paragraph.id(),
            text: &paragraph.text,
            mentions: mentions
                .map(|(mention, reason)| ReasonedMention {
                    words: paragraph.text.get(mention.span.clone()).unwrap_or_default(),
                    mention: mention_object(mention, &code_points),
                    confidence: reason.confidence.map(share),
                    reason: reason_object(reason),
                })
                .collect(),
            quotes: quotes
                .map(|(quote, reason)| ReasonedQuote {
                    quote: quote_object(quote, &paragraph.text, &code_points),
                    reason: reason_object(reason),
                })
                .collect(),
        }
    }
}

fn reason_object(reason: &Reason) -> ReasonObject<'_> {
    ReasonObject {
        help: reason.help,
        lines: reason.lines.iter().map(line_object).collect(),
        in_full: reason.in_full.as_ref().map(in_full_object),
    }
}

fn line_object(line: &Line) -> LineObject<'_> {
    LineObject {
        list: &line.list,
        line: line.number,
        entry: &line.entry,
    }
}

fn in_full_object(in_full: &InFull) -> InFullObject<'_> {
    InFullObject {
        ordinal: in_full.ordinal,
        words: &in_full.words,
    }
}

#[derive(serde::Serialize)]
struct SearchObject<'a, Hits, Groups> {
    query: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expansions: Vec<ExpansionObject<'a>>,
    total: u64,
    articles: u64,
    relaxed: bool,
    offset: usize,
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
    let groups = || results.groups.iter().map(group_object);
    SearchObject {
        query,
        expansions: expansion_objects(expansions),
        total: results.n_paragraphs,
        articles: results.n_articles,
        relaxed: results.relaxed,
        offset: page.offset,
        hits: List(|| results.hits().map(ParagraphObject::of_hit)),
        groups: page.grouped.then_some(List(groups)),
        facets: FacetMap(&results.facets),
    }
}

/// What the name of a group was taken for.
#[derive(serde::Serialize)]
struct ExpansionObject<'a> {
    facet: &'a str,
    name: &'a str,
    values: &'a [&'a str],
}

fn expansion_objects(expansions: &[Expansion]) -> Vec<ExpansionObject<'_>> {
    expansions
        .iter()
        .map(|expansion| ExpansionObject {
            facet: expansion.field.name,
            name: expansion.group.name,
            values: &expansion.group.members,
        })
        .collect()
}

#[derive(serde::Serialize)]
struct GroupObject<'a> {
    article: &'a str,
    /// How many paragraphs of the article match.
    total: u64,
    /// The ids of those that are among the hits.
    hits: Vec<String>,
}

fn group_object(group: &Group) -> GroupObject<'_> {
    GroupObject {
        article: &group.head.id,
        total: group.n_paragraphs,
        hits: group.hits.iter().map(|hit| hit.paragraph.id()).collect(),
    }
}

#[derive(serde::Serialize)]
struct FacetsObject<'a> {
    query: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    expansions: Vec<ExpansionObject<'a>>,
    total: u64,
    articles: u64,
    relaxed: bool,
    facets: FacetMap<'a>,
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
    }
}

/// A whole article: what is said of it once, then its paragraphs.
struct ArticleObject<'a> {
    paragraphs: &'a [Paragraph],
    focus: Option<usize>,
}

impl Serialize for ArticleObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(first) = self.paragraphs.first() {
            map.serialize_entry("article", &first.head.id)?;
            map.serialize_entry("path", &first.head.path)?;
            put_head(&mut map, &first.head)?;
        }
        map.serialize_entry("focus", &self.focus)?;
        let paragraphs = || self.paragraphs.iter().map(ParagraphObject::new);
        map.serialize_entry("paragraphs", &List(paragraphs))?;
        map.end()
    }
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
        first: stats.first.map(|published| published.to_string()),
        last: stats.last.map(|published| published.to_string()),
        facets: FacetMap(&stats.facets),
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
    }
}

fn problem_object(problem: &Problem) -> ProblemObject<'_> {
    ProblemObject {
        what: &problem.what,
        advice: &problem.advice,
    }
}

#[derive(serde::Serialize)]
struct IndexedObject<'a> {
    index: &'a str,
    added: u64,
    changed: u64,
    unchanged: u64,
    removed: u64,
    skipped: u64,
    articles: u64,
    paragraphs: u64,
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
        articles: report.n_articles,
        paragraphs: report.n_paragraphs,
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
