//! Paragraphs a line each: JSON Lines, tables, and the rankings that retrieval experiments compare.

use std::borrow::Cow;
use std::io::{self, Write};

use serde_json::json;

use super::{Export, Part, command, on_one_line, origin};
use crate::output::csv;
use crate::output::json::{expansion_objects, flags_object};
use crate::output::paragraph::ParagraphWriter;
use crate::report::Provenance;

pub(super) const JSONL: Export = Export {
    name: "jsonl",
    help: "JSON Lines: a paragraph a line, below a line that says where they come from",
    is_ranking: false,
    write: write_jsonl,
};

pub(super) const CSV: Export = Export {
    name: "csv",
    help: "a table for spreadsheets, below a line of comment; text that would run as a formula gets a leading apostrophe",
    is_ranking: false,
    write: write_csv,
};

pub(super) const TREC: Export = Export {
    name: "trec",
    help: "a TREC run: question, Q0, paragraph, rank, score, tradewire; white space in ids is percent-encoded",
    is_ranking: true,
    write: write_trec,
};

fn write_jsonl(part: &Part, provenance: &Provenance, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = String::new();
    match part {
        Part::Head => {
            let head = json!({
                "export": command(provenance, JSONL.name),
                "query": provenance.typed.query,
                "filters": flags_object(&provenance.typed),
                "expansions": expansion_objects(&provenance.expansions),
                "sort": provenance.sort.name(),
                "program": provenance.program,
                "index": provenance.index,
                "built": provenance.built,
                "lists": provenance.lists,
                "total": provenance.n_paragraphs,
                "articles": provenance.n_articles,
                "relaxed": provenance.relaxed,
            });
            lines = format!("{head}\n");
        }
        Part::Hits { hits, .. } => {
            let mut writer = ParagraphWriter::default();
            for hit in *hits {
                writer.put_hit(hit, &mut lines);
                lines.push('\n');
            }
        }
        Part::End { .. } => {}
    }
    out.write_all(lines.as_bytes())
}

fn write_csv(part: &Part, provenance: &Provenance, out: &mut dyn Write) -> io::Result<()> {
    match part {
        Part::Head => {
            let comment = format!(
                "# {}; {}",
                command(provenance, CSV.name),
                origin(provenance)
            );
            csv::put_comment(&on_one_line(&comment), out)
        }
        Part::Hits { hits, n_before } => csv::put_hits(hits, *n_before == 0, out),
        Part::End { n_hits } => csv::put_hits(&[], *n_hits == 0, out),
    }
}

fn write_trec(part: &Part, provenance: &Provenance, out: &mut dyn Write) -> io::Result<()> {
    // Programs that read runs know no comments.
    if let Part::Hits { hits, n_before } = part {
        for (hit, rank) in hits.iter().zip(n_before + 1..) {
            let question = word(&provenance.question);
            let id = hit.paragraph.id();
            writeln!(
                out,
                "{question} Q0 {} {rank} {} tradewire",
                word(&id),
                hit.score
            )?;
        }
    }
    Ok(())
}

/// A text without white space and control characters: percent-encoded.
fn word(text: &str) -> Cow<'_, str> {
    let is_encoded = |c: char| c.is_whitespace() || c.is_control();
    if !text.contains(is_encoded) {
        return text.into();
    }
    let mut word = String::new();
    for c in text.chars() {
        if is_encoded(c) {
            let bytes = c.encode_utf8(&mut [0; 4]).as_bytes().to_vec();
            word.extend(bytes.iter().map(|byte| format!("%{byte:02X}")));
        } else {
            word.push(c);
        }
    }
    word.into()
}
