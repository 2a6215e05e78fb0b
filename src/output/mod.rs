//! Answers to bytes. Does not know where answers come from nor what the bytes are written to:
//! colour and width are handed in, and so is the writer.

pub(crate) use numbers::grouped;

use std::io::{self, Write};
use std::sync::LazyLock;

use crate::article::Paragraph;
use crate::field::Field;
use crate::report::{AlertReport, CheckReport, Explanation, IndexReport, Stats};
use crate::schema;
use crate::search::{Expansion, Grouping, Hit, Results};

mod code_points;
mod csv;
pub mod export;
mod json;
mod jsonl;
pub mod notes;
mod numbers;
mod paragraph;
#[cfg(test)]
mod tests;
mod text;

/// What a command answers.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// The paragraphs that match, and the counts of the facets that were asked for.
    Search {
        /// As the user asked; may be empty.
        query: &'a str,
        /// What names of groups in the query and the filters were taken for.
        expansions: &'a [Expansion],
        results: &'a Results,
        page: Page,
    },
    /// Who is quoted in the paragraphs that match.
    Quotes {
        query: &'a str,
        expansions: &'a [Expansion],
        results: &'a Results,
        page: Page,
        /// Only the quotes of these are shown; all if none is named.
        speakers: &'a [String],
    },
    /// The counts of one or more facets.
    Facets {
        query: &'a str,
        expansions: &'a [Expansion],
        results: &'a Results,
    },
    /// Paragraphs of any articles, a batch at a time: the answer is all batches together.
    Paragraphs {
        paragraphs: &'a [Paragraph],
        /// How many paragraphs were written before: what opens a document is written when there were none.
        n_before: u64,
        /// Whether the answer is complete with this batch, which may be empty.
        is_last: bool,
    },
    /// A whole article.
    Article {
        paragraphs: &'a [Paragraph],
        /// The ordinal of the paragraph that was asked for.
        focus: Option<usize>,
    },
    /// Why paragraphs have their values; never without a paragraph.
    Explained(&'a [Explanation]),
    Stats(&'a Stats),
    Check(&'a CheckReport),
    Indexed(&'a IndexReport),
    /// Searches that are kept.
    Alerts(&'a [AlertReport]),
    /// Paragraphs that are new for one of them, a batch at a time: the answer is all batches of all of them, and the end.
    News {
        alert: &'a AlertReport,
        hits: &'a [Hit],
        /// How many were written before, for this alert and for all: what opens a part is written when there were none.
        n_before: u64,
        n_before_all: u64,
    },
    NewsEnd {
        /// How many there were.
        n_hits: u64,
    },
}

/// Which part of the results is shown, in the terms of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Page {
    /// Hits, or groups, that were skipped.
    pub offset: usize,
    /// The most that were asked for; none for all.
    pub limit: Option<usize>,
    /// What hits come together by.
    pub group: Option<Grouping>,
}

/// How text for people looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI escape sequences are understood.
    pub colour: bool,
    /// Columns to a line; `usize::MAX` leaves lines whole.
    pub width: usize,
}

/// A format in which answers are written.
#[derive(Debug)]
pub struct Output {
    /// As in `--format`.
    pub name: &'static str,
    /// One line for `--help`.
    pub help: &'static str,
    /// Whether the answer to a search has room for more than its rows.
    pub has_head: bool,
    /// Whether it says itself what people should know of the answer: see `notes`.
    pub is_for_people: bool,
    pub write: fn(&Answer, &Style, &mut dyn Write) -> io::Result<()>,
}

/// Every format, the default first. To add one, write its file and name it here.
pub static OUTPUTS: &[Output] = &[text::OUTPUT, json::OUTPUT, jsonl::OUTPUT, csv::OUTPUT];

/// The format of that name.
pub fn output(name: &str) -> Option<&'static Output> {
    OUTPUTS.iter().find(|output| output.name == name)
}

/// The field whose rules find quotes.
static SPEAKER: LazyLock<Option<&'static Field>> = LazyLock::new(|| schema::field("speaker"));

/// The facets whose values a paragraph has of its own; the others are the article's.
static OWN_FACETS: LazyLock<Vec<&'static Field>> = LazyLock::new(|| {
    schema::facets()
        .filter(|field| !schema::BASE.contains(field))
        .collect()
});
