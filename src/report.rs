//! What the commands that do not search have to say: plain data between those who know and those who show.

use crate::article::{Line, Paragraph, Published};
use crate::lists::Counts;
use crate::search::{Expansion, FacetCounts, Sort, Typed};

/// The user's lists that are applied to an index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListsReport {
    /// Where they are.
    pub path: String,
    /// The fingerprint of what they say.
    pub hash: String,
    pub counts: Counts,
}

/// What an index holds.
#[derive(Debug, Clone, Default)]
pub struct Stats {
    /// Where the index is, as the user named it.
    pub index: String,
    /// When it was last written, as RFC 3339.
    pub built: String,
    /// The program and version that wrote it.
    pub program: String,
    pub n_sources: u64,
    pub n_articles: u64,
    pub n_paragraphs: u64,
    pub n_words: u64,
    /// The size on disk.
    pub bytes: u64,
    pub n_segments: usize,
    pub lists: Option<ListsReport>,
    /// Sources that other lists, or none, were applied to.
    pub n_with_other_lists: u64,
    /// The oldest date of publication.
    pub first: Option<Published>,
    /// The newest date of publication.
    pub last: Option<Published>,
    /// Each facet with its most frequent values, languages and publishers among them.
    pub facets: Vec<FacetCounts>,
}

/// Whether an index is whole.
#[derive(Debug, Clone, Default)]
pub struct CheckReport {
    pub index: String,
    /// How many files were read and compared with their checksums.
    pub n_files: usize,
    pub n_sources: u64,
    pub n_articles: u64,
    pub n_paragraphs: u64,
    /// Empty when the index is whole.
    pub problems: Vec<Problem>,
    /// What a comparison with the sources found, if there was one.
    pub deep: Option<DeepReport>,
}

/// What a comparison of an index with its sources found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeepReport {
    /// Sources that were read and extracted again.
    pub n_sources: u64,
    /// Their paragraphs.
    pub n_paragraphs: u64,
    pub differences: Vec<Problem>,
}

/// Something wrong with an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub what: String,
    /// What to do about it.
    pub advice: String,
}

/// What a run of `index` did.
#[derive(Debug, Clone, Default)]
pub struct IndexReport {
    pub index: String,
    /// Sources by what became of them.
    pub n_added: u64,
    pub n_changed: u64,
    pub n_unchanged: u64,
    pub n_removed: u64,
    pub n_skipped: u64,
    /// Parts that could not be read of sources that gave articles: lines, records, items.
    pub n_parts_skipped: u64,
    /// How many articles the index holds now.
    pub n_articles: u64,
    /// How many paragraphs the index holds now.
    pub n_paragraphs: u64,
    /// How many of the articles tell no day.
    pub n_undated: u64,
    pub lists: Option<ListsReport>,
    /// Whether other lists than before were applied, so that everything was extracted anew.
    pub lists_changed: bool,
    /// Sources elsewhere that were left alone with the lists of before.
    pub n_with_other_lists: u64,
    /// Why sources were skipped; each was reported when it happened.
    pub faults: Vec<String>,
    pub seconds: f64,
}

/// Where an export comes from, so that it can be made again.
#[derive(Debug, Clone)]
pub struct Provenance {
    pub typed: Typed,
    pub expansions: Vec<Expansion>,
    pub sort: Sort,
    /// The number of the question, where a format has one.
    pub question: String,
    /// The program and its version.
    pub program: String,
    pub index: String,
    /// When the index was last changed, as RFC 3339.
    pub built: String,
    /// The fingerprint of the user's lists that were applied; none without.
    pub lists: Option<String>,
    pub n_paragraphs: u64,
    pub n_articles: u64,
    /// Whether no paragraph, or hardly any, has all that was asked, and those that have some are given.
    pub relaxed: bool,
}

/// A search that is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlertReport {
    pub name: String,
    pub typed: Typed,
    /// Why it is kept, in the user's words.
    pub note: Option<String>,
    /// When it was added, RFC 3339.
    pub created: String,
    /// When it was last run, RFC 3339.
    pub last_run: Option<String>,
    /// How many paragraphs need not be reported any more.
    pub n_seen: u64,
}

/// Why a paragraph has its values.
#[derive(Debug, Clone)]
pub struct Explanation {
    pub paragraph: Paragraph,
    /// One for each mention of the paragraph, in their order.
    pub mentions: Vec<Reason>,
    /// One for each quote of the paragraph, in their order.
    pub quotes: Vec<Reason>,
}

/// What speaks for a value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reason {
    /// What the rule says; none for a rule of another version of the program.
    pub help: Option<&'static str>,
    /// Of a hundred values that the rule found, how many were right; none where that was not measured.
    pub confidence: Option<u8>,
    /// The lines of lists that hold the words.
    pub lines: Vec<Line>,
    /// Where the article first names the value in more words.
    pub in_full: Option<InFull>,
}

/// A place in the article that names a value in more words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InFull {
    /// Of the paragraph.
    pub ordinal: usize,
    pub words: String,
}
