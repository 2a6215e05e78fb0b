//! All paragraphs that match, one after the other, in formats for other programs. A head says where they come from, wherever the
//! format has room for it; nothing is kept of what was written.

use std::io::{self, Write};

use crate::report::Provenance;
use crate::search::{Hit, Sort};

mod citation;
mod lines;
#[cfg(test)]
mod tests;

/// A part of an export, in this order: the head, hits any number of times, the end.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// May be left out.
    Head,
    Hits {
        hits: &'a [Hit],
        /// How many came before.
        n_before: u64,
    },
    End {
        /// How many there were.
        n_hits: u64,
    },
}

/// A format for all that matches.
#[derive(Debug)]
pub struct Export {
    /// As in `--format`.
    pub name: &'static str,
    /// One line for `--help`.
    pub help: &'static str,
    /// Whether the order must be that of the scores.
    pub is_ranking: bool,
    pub write: fn(&Part, &Provenance, &mut dyn Write) -> io::Result<()>,
}

/// Every format, the default first. To add one, write it and name it here.
pub static EXPORTS: &[Export] = &[
    lines::JSONL,
    lines::CSV,
    lines::TREC,
    citation::FOOTNOTES,
    citation::BIBTEX,
    citation::CSL,
];

/// The command that makes the export again.
fn command(provenance: &Provenance, format: &str) -> String {
    let mut command = "tradewire export".to_owned();
    if format != EXPORTS[0].name {
        command += &format!(" --format {format}");
    }
    if provenance.sort != Sort::Relevance {
        command += &format!(" --sort {}", provenance.sort.name());
    }
    let mut typed = provenance.typed.clone();
    if provenance.index != "index" {
        let flag = ("index".to_owned(), provenance.index.clone());
        typed.flags.insert(0, flag);
    }
    format!("{command} {typed}").trim_end().to_owned()
}

/// Where the export comes from, as people read it.
fn origin(provenance: &Provenance) -> String {
    let lists = provenance
        .lists
        .as_ref()
        .map(|hash| format!(", lists {hash}"));
    let counted = |n: u64, thing: &str| format!("{n} {thing}{}", if n == 1 { "" } else { "s" });
    format!(
        "{} in {}{}; {}, index of {}{}",
        counted(provenance.n_paragraphs, "paragraph"),
        counted(provenance.n_articles, "article"),
        if provenance.relaxed {
            " with some of the words"
        } else {
            ""
        },
        provenance.program,
        provenance.built,
        lists.unwrap_or_default(),
    )
}

/// A text on one line, without what would control a terminal.
fn on_one_line(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{2028}' | '\u{2029}' => ' ',
            _ if c.is_whitespace() => ' ',
            _ if c.is_control() => char::REPLACEMENT_CHARACTER,
            _ => c,
        })
        .collect()
}
