//! Answers as tables: RFC 4180, lines ended by CRLF, a header row first.
//!
//! People open these in spreadsheets, which run a cell that begins with `=`, `+`, `-` or `@` as a formula, and the
//! texts are not ours: such a cell gets a leading apostrophe, as OWASP advises. RFC 4180 knows no control characters
//! but the ends of lines: others, save the tab, become U+FFFD. JSON has the texts as they are.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};
use std::ops::Range;

use csv::{ErrorKind, Terminator, Writer, WriterBuilder};
use rustc_hash::FxHashSet;

use super::json::rounded;
use super::paragraph::{put_share, quote_confidence};
use super::{Answer, OWN_FACETS, Output, Page, Style};
use crate::article::{Paragraph, Published};
use crate::report::{
    AlertReport, CheckReport, Explanation, IndexReport, ListsReport, Problem, Reason, Stats,
};
use crate::search::{
    self, AxisCounts, Context, CrossCounts, Grouping, Histogram, Hit, Results, Significant,
};

pub(super) const OUTPUT: Output = Output {
    name: "csv",
    help: "a table for spreadsheets; text that would run as a formula gets a leading apostrophe",
    has_head: false,
    is_for_people: false,
    write,
};

/// Columns that say where words stand: of a paragraph those before its facets, of a quote those before its speaker.
const COLUMNS: &[&str] = &[
    "id",
    "article",
    "ordinal",
    "title",
    "byline",
    "publisher",
    "published",
    "url",
    "path",
    "language",
];

/// Stands for a date where there is none.
const UNDATED: &str = "undated";

/// Between the values of a cell.
const SEPARATOR: &str = "; ";

type Table<'w> = Writer<&'w mut dyn Write>;

fn table(out: &mut dyn Write) -> Table<'_> {
    WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .buffer_capacity(1 << 16)
        .flexible(true)
        .from_writer(out)
}

fn write(answer: &Answer, _style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut table = table(out);
    match *answer {
        Answer::Search { results, page, .. } => put_search(&mut table, results, page)?,
        Answer::Quotes {
            results, speakers, ..
        } => put_quotes(&mut table, results, speakers)?,
        Answer::Facets { results, .. } => put_counts(&mut table, results)?,
        Answer::Paragraphs {
            paragraphs,
            n_before,
            is_last,
        } => {
            if n_before == 0 && (is_last || !paragraphs.is_empty()) {
                put_paragraph_header(&mut table)?;
            }
            for paragraph in paragraphs {
                put_paragraph(&mut table, paragraph, None)?;
            }
        }
        Answer::Article { paragraphs, .. } => {
            put_paragraph_header(&mut table)?;
            for paragraph in paragraphs {
                put_paragraph(&mut table, paragraph, None)?;
            }
        }
        Answer::Explained(explanations) => put_explanations(&mut table, explanations)?,
        Answer::Stats(stats) => put_stats(&mut table, stats)?,
        Answer::Check(report) => put_check(&mut table, report)?,
        Answer::Indexed(report) => put_indexed(&mut table, report)?,
        Answer::Alerts(alerts) => put_alerts(&mut table, alerts)?,
        Answer::News {
            alert,
            hits,
            n_before_all,
            ..
        } => {
            if n_before_all == 0 && !hits.is_empty() {
                put_news_header(&mut table)?;
            }
            for hit in hits {
                put(&mut table, &alert.name)?;
                put_content(&mut table, &hit.paragraph)?;
                end(&mut table)?;
            }
        }
        Answer::NewsEnd { n_hits } => {
            if n_hits == 0 {
                put_news_header(&mut table)?;
            }
        }
    }
    table.flush()
}

/// A row of one cell.
pub(super) fn put_comment(comment: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut table = table(out);
    put_row(&mut table, &[comment])?;
    table.flush()
}

/// Rows of hits, the first below the names of the columns.
pub(super) fn put_hits(hits: &[Hit], is_first: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut table = table(out);
    if is_first {
        put_paragraph_header(&mut table)?;
    }
    for hit in hits {
        put_paragraph(&mut table, &hit.paragraph, Some(hit.score))?;
    }
    table.flush()
}

/// Where hits are grouped by a facet, its value comes first. The paragraphs around hits have rows of their own, each once,
/// without a score; the last column tells them from hits.
fn put_search(table: &mut Table, results: &Results, page: Page) -> io::Result<()> {
    if let Some(Grouping::Facet(field)) = page.group {
        put(table, &format!("group: {}", field.name))?;
    }
    let has_context = results.hits().any(|hit| hit.context.is_some());
    put_header(table, if has_context { &["context"] } else { &[] })?;
    if has_context && page.group.is_none() {
        return put_blocks(table, &results.hits().collect::<Vec<_>>(), None);
    }
    for group in &results.groups {
        let value = group.value.as_deref();
        if has_context {
            put_blocks(table, &group.hits.iter().collect::<Vec<_>>(), value)?;
            continue;
        }
        for hit in &group.hits {
            put_group(table, value)?;
            put_paragraph(table, &hit.paragraph, Some(hit.score))?;
        }
    }
    Ok(())
}

fn put_group(table: &mut Table, value: Option<&str>) -> io::Result<()> {
    value.map_or(Ok(()), |value| put(table, value))
}

/// Hits among the paragraphs around them, of which the last cell says where they stand: `before` a hit, `after` one, or between
/// two. The words are those of JSON.
fn put_blocks(table: &mut Table, hits: &[&Hit], group: Option<&str>) -> io::Result<()> {
    for block in search::blocks(hits) {
        let contexts = block.paragraphs.iter().filter_map(|(_, hit)| *hit);
        let contexts: Vec<&Context> = contexts.filter_map(|hit| hit.context.as_ref()).collect();
        let ordinals = |around: fn(&Context) -> &[Paragraph]| -> FxHashSet<usize> {
            let paragraphs = contexts.iter().flat_map(|context| around(context));
            paragraphs.map(|paragraph| paragraph.ordinal).collect()
        };
        let after = ordinals(|context| &context.after);
        let before = ordinals(|context| &context.before);
        for (paragraph, hit) in block.paragraphs {
            put_group(table, group)?;
            put_cells(table, paragraph, hit.map(|hit| hit.score))?;
            let is_context = hit.is_none();
            let places = [("after", &after), ("before", &before)];
            let places = places
                .iter()
                .filter(|(_, ordinals)| is_context && ordinals.contains(&paragraph.ordinal));
            let places: Vec<&str> = places.map(|(place, _)| *place).collect();
            put_row(table, &[&places.join(SEPARATOR)])?;
        }
    }
    Ok(())
}

fn put_quotes(table: &mut Table, results: &Results, speakers: &[String]) -> io::Result<()> {
    let columns = ["speaker", "cue", "direct", "quote", "rule", "confidence"];
    put_place_header(table)?;
    put_row(table, &columns)?;
    for (hit, quote) in search::quotes(results.hits(), speakers) {
        let paragraph = &hit.paragraph;
        let words = |place: &Range<usize>| paragraph.text.get(place.clone()).unwrap_or_default();
        put_place(table, paragraph)?;
        let row = [
            &*quote.speaker,
            quote.cue.as_ref().map(words).unwrap_or_default(),
            if quote.direct { "true" } else { "false" },
            words(&quote.content),
            quote.rule,
            &share(quote_confidence(quote)),
        ];
        put_row(table, &row)?;
    }
    Ok(())
}

/// They come by date, and have no score.
fn put_news_header(table: &mut Table) -> io::Result<()> {
    put(table, "alert")?;
    put_content_header(table)?;
    end(table)
}

fn put_alerts(table: &mut Table, alerts: &[AlertReport]) -> io::Result<()> {
    let columns = ["alert", "search", "note", "created", "last_run", "seen"];
    put_row(table, &columns)?;
    for alert in alerts {
        let row = [
            &alert.name,
            &alert.typed.to_string(),
            alert.note.as_deref().unwrap_or_default(),
            &alert.created,
            alert.last_run.as_deref().unwrap_or_default(),
            &alert.n_seen.to_string(),
        ];
        put_row(table, &row)?;
    }
    Ok(())
}

fn put_paragraph_header(table: &mut Table) -> io::Result<()> {
    put_header(table, &[])
}

fn put_header(table: &mut Table, more: &[&str]) -> io::Result<()> {
    put_content_header(table)?;
    let last = ["score"].iter().chain(more);
    table.write_record(last).map_err(io_error)
}

fn put_content_header(table: &mut Table) -> io::Result<()> {
    put_place_header(table)?;
    for field in OWN_FACETS.iter() {
        table.write_field(field.key).map_err(io_error)?;
    }
    table.write_field("text").map_err(io_error)
}

fn put_place_header(table: &mut Table) -> io::Result<()> {
    for column in COLUMNS {
        table.write_field(column).map_err(io_error)?;
    }
    Ok(())
}

/// The cells of `COLUMNS`.
fn put_place(table: &mut Table, paragraph: &Paragraph) -> io::Result<()> {
    let head = &*paragraph.head;
    let published = head.published.map(|published| published.to_string());
    put(table, &paragraph.id())?;
    put(table, &head.id)?;
    put(table, &paragraph.ordinal.to_string())?;
    put(table, &head.title)?;
    put(table, head.byline.as_deref().unwrap_or_default())?;
    put(table, head.publisher.as_deref().unwrap_or_default())?;
    put(table, published.as_deref().unwrap_or_default())?;
    put(table, head.url.as_deref().unwrap_or_default())?;
    put(table, &head.path)?;
    put(table, head.language.as_deref().unwrap_or_default())
}

fn put_paragraph(table: &mut Table, paragraph: &Paragraph, score: Option<f32>) -> io::Result<()> {
    put_cells(table, paragraph, score)?;
    end(table)
}

/// The cells of a row; a paragraph that no search found has no score.
fn put_cells(table: &mut Table, paragraph: &Paragraph, score: Option<f32>) -> io::Result<()> {
    put_content(table, paragraph)?;
    // Not guarded: a number is no formula.
    let score = score.map(|score| score.to_string()).unwrap_or_default();
    table.write_field(score).map_err(io_error)
}

/// The cells of a paragraph by itself.
fn put_content(table: &mut Table, paragraph: &Paragraph) -> io::Result<()> {
    put_place(table, paragraph)?;
    for field in OWN_FACETS.iter() {
        put(table, &paragraph.values(field).join(SEPARATOR))?;
    }
    put(table, &paragraph.text)
}

fn put_counts(table: &mut Table, results: &Results) -> io::Result<()> {
    if let Some(significant) = &results.significant {
        return put_significant(table, significant);
    }
    if let Some(cross) = &results.cross {
        return put_cross(table, cross);
    }
    if let Some(histogram) = &results.histogram {
        return put_histogram(table, histogram);
    }
    put_row(table, &["facet", "value", "count"])?;
    for counts in &results.facets {
        for (value, count) in &counts.values {
            put_row(table, &[counts.field.name, value, &count.to_string()])?;
        }
    }
    Ok(())
}

fn put_significant(table: &mut Table, significant: &Significant) -> io::Result<()> {
    let columns = ["facet", "value", "count", "count_all", "ratio", "score"];
    put_row(table, &columns)?;
    for values in &significant.facets {
        for value in &values.values {
            let row = [
                values.field.name,
                &value.value,
                &value.count.to_string(),
                &value.count_all.to_string(),
                &rounded(value.ratio).to_string(),
                &rounded(value.score).to_string(),
            ];
            put_row(table, &row)?;
        }
    }
    Ok(())
}

/// A row for each row, a column for each column: spreadsheets take it as it is. Where columns were cut off, so are the values
/// whose rows would have nothing but zeros: they would say that the value stands alone.
fn put_cross(table: &mut Table, cross: &CrossCounts) -> io::Result<()> {
    let (rows, columns) = (&cross.rows, &cross.columns);
    put(table, &format!("{} \u{d7} {}", rows.name(), columns.name()))?;
    for column in columns.headings() {
        put(table, column.value.as_deref().unwrap_or(UNDATED))?;
    }
    end(table)?;
    let (n_columns, n_columns_in_all) = columns.n_values();
    let leaves_out = n_columns < n_columns_in_all && matches!(rows, AxisCounts::Facet(_));
    for row in rows.headings() {
        let cells = row.place.and_then(|place| cross.cells.get(place));
        let cells = cells.map_or(&[][..], Vec::as_slice);
        if leaves_out && cells.is_empty() {
            continue;
        }
        put(table, row.value.as_deref().unwrap_or(UNDATED))?;
        let mut cells = cells.iter().peekable();
        for column in columns.headings() {
            let cell = cells.next_if(|(place, _)| Some(*place) == column.place);
            put(table, &cell.map_or(0, |(_, count)| *count).to_string())?;
        }
        end(table)?;
    }
    Ok(())
}

fn put_histogram(table: &mut Table, histogram: &Histogram) -> io::Result<()> {
    let interval = histogram.interval;
    put_row(table, &[interval.name(), "start", "count"])?;
    for (start, count) in histogram.buckets() {
        let row = [interval.label(start), start.to_string(), count.to_string()];
        put_row(table, &row.each_ref().map(String::as_str))?;
    }
    put_row(table, &[UNDATED, "", &histogram.n_undated.to_string()])
}

fn lists_path(lists: &Option<ListsReport>) -> &str {
    lists.as_ref().map_or("", |lists| &lists.path)
}

fn lists_hash(lists: &Option<ListsReport>) -> &str {
    lists.as_ref().map_or("", |lists| &lists.hash)
}

/// A row for each mention and each quote.
fn put_explanations(table: &mut Table, explanations: &[Explanation]) -> io::Result<()> {
    let columns = [
        "id",
        "facet",
        "value",
        "words",
        "rule",
        "confidence",
        "help",
        "in_full",
        "lines",
    ];
    put_row(table, &columns)?;
    for explanation in explanations {
        let paragraph = &explanation.paragraph;
        let id = paragraph.id();
        let words = |place: &Range<usize>| paragraph.text.get(place.clone()).unwrap_or_default();
        for (mention, reason) in paragraph.mentions.iter().zip(&explanation.mentions) {
            let what = [
                &id,
                mention.field.name,
                &mention.value,
                words(&mention.span),
            ];
            put_reason(table, what, mention.rule, reason)?;
        }
        for (quote, reason) in paragraph.quotes.iter().zip(&explanation.quotes) {
            let what = [&id, "quote", &quote.speaker, words(&quote.content)];
            put_reason(table, what, quote.rule, reason)?;
        }
    }
    Ok(())
}

fn put_reason(table: &mut Table, what: [&str; 4], rule: &str, reason: &Reason) -> io::Result<()> {
    let confidence = share(reason.confidence);
    let in_full = reason
        .in_full
        .as_ref()
        .map(|in_full| format!("#{} {}", in_full.ordinal, in_full.words))
        .unwrap_or_default();
    let lines: Vec<String> = reason
        .lines
        .iter()
        .map(|line| format!("{}:{} {}", line.list, line.number, line.entry))
        .collect();
    for cell in what {
        put(table, cell)?;
    }
    let help = reason.help.unwrap_or_default();
    let lines = lines.join(SEPARATOR);
    put_row(table, &[rule, &confidence, help, &in_full, &lines])
}

/// How often a rule is right; nothing where nobody counted.
fn share(confidence: Option<u8>) -> String {
    let mut share = String::new();
    if let Some(hundredths) = confidence {
        put_share(&mut share, hundredths);
    }
    share
}

fn put_stats(table: &mut Table, stats: &Stats) -> io::Result<()> {
    put_row(table, &["name", "value"])?;
    let day = |published: Option<Published>| {
        published
            .map(|published| published.to_string())
            .unwrap_or_default()
    };
    let rows: &[(&str, &dyn Display)] = &[
        ("index", &stats.index),
        ("built", &stats.built),
        ("program", &stats.program),
        ("sources", &stats.n_sources),
        ("articles", &stats.n_articles),
        ("paragraphs", &stats.n_paragraphs),
        ("words", &stats.n_words),
        ("bytes", &stats.bytes),
        ("segments", &stats.n_segments),
        ("lists", &lists_path(&stats.lists)),
        ("lists_hash", &lists_hash(&stats.lists)),
        ("sources_with_other_lists", &stats.n_with_other_lists),
        ("first", &day(stats.first)),
        ("last", &day(stats.last)),
    ];
    put_pairs(table, rows)?;
    for counts in &stats.facets {
        put_pairs(table, &[(counts.field.key, &counts.n_values)])?;
    }
    Ok(())
}

fn put_check(table: &mut Table, report: &CheckReport) -> io::Result<()> {
    put_row(table, &["name", "value"])?;
    let rows: &[(&str, &dyn Display)] = &[
        ("index", &report.index),
        ("files", &report.n_files),
        ("sources", &report.n_sources),
        ("articles", &report.n_articles),
        ("paragraphs", &report.n_paragraphs),
    ];
    put_pairs(table, rows)?;
    put_problems(table, "problem", &report.problems)?;
    if let Some(deep) = &report.deep {
        let rows: &[(&str, &dyn Display)] = &[
            ("sources_compared", &deep.n_sources),
            ("paragraphs_compared", &deep.n_paragraphs),
        ];
        put_pairs(table, rows)?;
        put_problems(table, "difference", &deep.differences)?;
    }
    Ok(())
}

fn put_problems(table: &mut Table, name: &str, problems: &[Problem]) -> io::Result<()> {
    for problem in problems {
        let problem = format!("{}{SEPARATOR}{}", problem.what, problem.advice);
        put_row(table, &[name, &problem])?;
    }
    Ok(())
}

fn put_indexed(table: &mut Table, report: &IndexReport) -> io::Result<()> {
    put_row(table, &["name", "value"])?;
    let rows: &[(&str, &dyn Display)] = &[
        ("index", &report.index),
        ("added", &report.n_added),
        ("changed", &report.n_changed),
        ("unchanged", &report.n_unchanged),
        ("removed", &report.n_removed),
        ("skipped", &report.n_skipped),
        ("skipped_parts", &report.n_parts_skipped),
        ("articles", &report.n_articles),
        ("undated", &report.n_undated),
        ("paragraphs", &report.n_paragraphs),
        ("lists", &lists_path(&report.lists)),
        ("lists_hash", &lists_hash(&report.lists)),
        ("lists_changed", &report.lists_changed),
        ("sources_with_other_lists", &report.n_with_other_lists),
        ("seconds", &report.seconds),
    ];
    put_pairs(table, rows)?;
    for fault in &report.faults {
        put_row(table, &["fault", fault])?;
    }
    Ok(())
}

fn put_pairs(table: &mut Table, rows: &[(&str, &dyn Display)]) -> io::Result<()> {
    for (name, value) in rows {
        put_row(table, &[name, &value.to_string()])?;
    }
    Ok(())
}

fn put_row(table: &mut Table, cells: &[&str]) -> io::Result<()> {
    for cell in cells {
        put(table, cell)?;
    }
    end(table)
}

fn put(table: &mut Table, cell: &str) -> io::Result<()> {
    table.write_field(&*guarded(cell)).map_err(io_error)
}

/// Ends a row.
fn end(table: &mut Table) -> io::Result<()> {
    table.write_record(None::<&[u8]>).map_err(io_error)
}

/// The writer's own error, so that a closed pipe is known as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

/// A cell that no spreadsheet takes for a formula, and no terminal for a command.
fn guarded(cell: &str) -> Cow<'_, str> {
    // The wide forms count, too: spreadsheets of East Asia read them as the narrow ones.
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let mut guarded = Cow::Borrowed(cell);
    if cell.contains(is_control) {
        guarded = Cow::Owned(cell.replace(is_control, "\u{FFFD}"));
    }
    if is_formula {
        guarded.to_mut().insert(0, '\'');
    }
    guarded
}
