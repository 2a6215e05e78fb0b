//! Answers as JSON Lines: one paragraph, or one count, a line; reports are one line. The shapes are those of `json`.

use std::io::{self, BufWriter, Write};

use super::json::{self, BUFFER_SIZE, put_line};
use super::paragraph::{ParagraphWriter, put_explanation};
use super::{Answer, Output, Style};
use crate::search::Results;

pub(super) const OUTPUT: Output = Output {
    name: "jsonl",
    help: "JSON Lines: one paragraph, or one count, a line",
    has_head: false,
    write,
};

fn write(answer: &Answer, _style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER_SIZE, out);
    match *answer {
        Answer::Search { results, .. } => {
            put_lines(&mut out, results.hits(), ParagraphWriter::put_hit)?;
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
    }
    out.flush()
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

fn put_counts(out: &mut impl Write, results: &Results) -> io::Result<()> {
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
