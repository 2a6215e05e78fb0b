//! Answers as JSON Lines: one paragraph, or one count, a line; reports are one line. The shapes are those of `json`.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use super::json::{self, BUFFER_SIZE, SignificantValueObject, put_line, significant_value_object};
use super::paragraph::{ParagraphWriter, put_explanation, put_quoted};
use super::{Answer, Output, Style};
use crate::search::{self, Group, Grouping, Results};

pub(super) const OUTPUT: Output = Output {
    name: "jsonl",
    help: "JSON Lines: one paragraph, or one count, a line",
    has_head: false,
    is_for_people: false,
    write,
};

fn write(answer: &Answer, _style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER_SIZE, out);
    match *answer {
        Answer::Search { results, page, .. } => match page.group {
            Some(grouping) => put_groups(&mut out, &results.groups, grouping)?,
            None => put_lines(&mut out, results.hits(), ParagraphWriter::put_hit)?,
        },
        Answer::Quotes {
            results, speakers, ..
        } => {
            let quotes = search::quotes(results.hits(), speakers);
            put_lines(&mut out, quotes, |_, (hit, quote), lines| {
                put_quoted(lines, &hit.paragraph, quote);
            })?;
        }
        Answer::Facets { results, .. } => put_counts(&mut out, results)?,
        Answer::Paragraphs { paragraphs, .. } | Answer::Article { paragraphs, .. } => {
            put_lines(&mut out, paragraphs, ParagraphWriter::put)?;
        }
        Answer::Explained(explanations) => {
            put_lines(&mut out, explanations, |_, explanation, lines| {
                put_explanation(lines, explanation);
            })?;
        }
        Answer::Stats(stats) => put_line(&mut out, &json::stats_object(stats))?,
        Answer::Check(report) => put_line(&mut out, &json::check_object(report))?,
        Answer::Indexed(report) => put_line(&mut out, &json::indexed_object(report))?,
        Answer::Alerts(alerts) => {
            for alert in alerts {
                put_line(&mut out, &json::alert_object(alert))?;
            }
        }
        Answer::News { alert, hits, .. } => {
            let hits = hits.iter().map(|hit| (&*alert.name, hit));
            put_lines(&mut out, hits, |writer, (alert, hit), lines| {
                writer.put_news(alert, hit, lines);
            })?;
        }
        Answer::NewsEnd { .. } => {}
    }
    out.flush()
}

/// Writes a line for each hit, with the group that it is in.
fn put_groups(out: &mut impl Write, groups: &[Group], grouping: Grouping) -> io::Result<()> {
    for group in groups {
        let json = serde_json::to_string(&json::group_of_hit(group, grouping))?;
        let hits = group.hits.iter().map(|hit| (&*json, hit));
        put_lines(out, hits, |writer, (group, hit), lines| {
            writer.put_of_group(group, hit, lines);
        })?;
    }
    Ok(())
}

/// Writes a line for each item, many lines at a time.
fn put_lines<T>(
    out: &mut impl Write,
    items: impl IntoIterator<Item = T>,
    put: fn(&mut ParagraphWriter, T, &mut String),
) -> io::Result<()> {
    let mut writer = ParagraphWriter::default();
    let mut lines = String::with_capacity(2 * BUFFER_SIZE);
    for item in items {
        put(&mut writer, item, &mut lines);
        lines.push('\n');
        if lines.len() >= BUFFER_SIZE {
            out.write_all(lines.as_bytes())?;
            lines.clear();
        }
    }
    out.write_all(lines.as_bytes())
}

#[derive(serde::Serialize)]
struct CountObject<'a> {
    facet: &'a str,
    value: &'a str,
    count: u64,
}

#[derive(serde::Serialize)]
struct SignificantObject<'a> {
    facet: &'a str,
    #[serde(flatten)]
    value: SignificantValueObject<'a>,
}

#[derive(serde::Serialize)]
struct CellObject<'a> {
    /// Or the interval.
    facets: [&'a str; 2],
    /// None for paragraphs without a date.
    values: [Option<Cow<'a, str>>; 2],
    count: u64,
}

#[derive(serde::Serialize)]
struct BucketObject {
    interval: &'static str,
    /// None for paragraphs without a date.
    bucket: Option<String>,
    start: Option<String>,
    count: u64,
}

fn put_counts(out: &mut impl Write, results: &Results) -> io::Result<()> {
    for values in results
        .significant
        .iter()
        .flat_map(|significant| &significant.facets)
    {
        for value in &values.values {
            let facet = values.field.name;
            let value = significant_value_object(value);
            put_line(out, &SignificantObject { facet, value })?;
        }
    }
    if let Some(cross) = &results.cross {
        let facets = [cross.rows.name(), cross.columns.name()];
        for (row_idx, cells) in cross.cells.iter().enumerate() {
            for &(column_idx, count) in cells {
                let cell = CellObject {
                    facets,
                    values: [cross.rows.value(row_idx), cross.columns.value(column_idx)],
                    count,
                };
                put_line(out, &cell)?;
            }
        }
    }
    if let Some(histogram) = &results.histogram {
        let interval = histogram.interval;
        for (start, count) in histogram.buckets() {
            let bucket = BucketObject {
                interval: interval.name(),
                bucket: Some(interval.label(start)),
                start: Some(start.to_string()),
                count,
            };
            put_line(out, &bucket)?;
        }
        let undated = BucketObject {
            interval: interval.name(),
            bucket: None,
            start: None,
            count: histogram.n_undated,
        };
        put_line(out, &undated)?;
    }
    for counts in &results.facets {
        for (value, count) in &counts.values {
            let facet = counts.field.name;
            let count = *count;
            put_line(
                out,
                &CountObject {
                    facet,
                    value,
                    count,
                },
            )?;
        }
    }
    Ok(())
}
