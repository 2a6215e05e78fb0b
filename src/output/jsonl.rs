//! Answers as JSON Lines: one paragraph, or one count, a line; reports are one line. The shapes are those of `json`.

use std::io::{self, BufWriter, Write};

use super::json::{self, BUFFER_SIZE, ExplanationObject, ParagraphObject, put_line};
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
            for hit in results.hits() {
                put_line(&mut out, &ParagraphObject::of_hit(hit))?;
            }
        }
        Answer::Facets { results, .. } => put_counts(&mut out, results)?,
        Answer::Paragraphs { paragraphs, .. } | Answer::Article { paragraphs, .. } => {
            for paragraph in paragraphs {
                put_line(&mut out, &ParagraphObject::new(paragraph))?;
            }
        }
        Answer::Explained(explanations) => {
            for explanation in explanations {
                put_line(&mut out, &ExplanationObject::new(explanation))?;
            }
        }
        Answer::Stats(stats) => put_line(&mut out, &json::stats_object(stats))?,
        Answer::Check(report) => put_line(&mut out, &json::check_object(report))?,
        Answer::Indexed(report) => put_line(&mut out, &json::indexed_object(report))?,
    }
    out.flush()
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
