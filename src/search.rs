//! One search and its answer: plain data between those who ask, the engine and those who show.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::article::{Head, Paragraph};
use crate::field::{Field, ValueGroup};
use crate::query::Query;

/// One search.
#[derive(Debug, Clone)]
pub struct Request {
    pub query: Query,
    /// Different fields mean both, the values of one field mean either.
    pub filters: Vec<Filter>,
    /// Further conditions that every answer meets: dates, exclusions.
    pub conditions: Vec<Query>,
    pub sort: Sort,
    /// Hits or groups to skip.
    pub offset: usize,
    /// Hits or groups to return; none for all.
    pub limit: Option<usize>,
    /// Whether hits come together by article.
    pub grouped: bool,
    /// The facets to count.
    pub facets: Vec<&'static Field>,
    /// How many values of each facet to return; none for all.
    pub n_values: Option<usize>,
}

impl Request {
    /// The ten best paragraphs for a query.
    pub fn new(query: Query) -> Request {
        Request {
            query,
            filters: Vec::new(),
            conditions: Vec::new(),
            sort: Sort::Relevance,
            offset: 0,
            limit: Some(10),
            grouped: false,
            facets: Vec::new(),
            n_values: Some(10),
        }
    }
}

/// Paragraphs with one of these values of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub field: &'static Field,
    pub values: Vec<String>,
}

/// A name in a query or filter that stands for several values.
#[derive(Debug, Clone, Copy)]
pub struct Expansion {
    pub field: &'static Field,
    pub group: &'static ValueGroup,
}

/// As people read it: `country: USMCA = Canada, Mexico, United States`.
impl fmt::Display for Expansion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let members = self.group.members.join(", ");
        write!(f, "{}: {} = {members}", self.field.name, self.group.name)
    }
}

/// The order of hits. Equal ones come in an order that depends on their ids alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// BM25 over the words of the paragraph, of relaxed plain words also over those of its article, best first; of equals the
    /// newest.
    Relevance,
    /// By date, undated ones last.
    Newest,
    Oldest,
}

/// The answer to a request.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// How many paragraphs match.
    pub n_paragraphs: u64,
    /// In how many articles.
    pub n_articles: u64,
    /// Whether no paragraph, or hardly any, has all that was asked, and those that have some are given instead.
    pub relaxed: bool,
    /// How many paragraphs have all that was asked.
    pub n_whole: u64,
    /// The hits of this page; of a grouped request those of each group stand together.
    pub groups: Vec<Group>,
    pub facets: Vec<FacetCounts>,
}

impl Results {
    /// The hits of this page in order.
    pub fn hits(&self) -> impl Iterator<Item = &Hit> {
        self.groups.iter().flat_map(|group| &group.hits)
    }
}

/// The hits of one article; a single one where hits are not grouped.
#[derive(Debug, Clone)]
pub struct Group {
    pub head: Arc<Head>,
    /// How many paragraphs of the article match.
    pub n_paragraphs: u64,
    /// The best of them, best first.
    pub hits: Vec<Hit>,
}

/// A matching paragraph.
#[derive(Debug, Clone)]
pub struct Hit {
    pub paragraph: Paragraph,
    /// BM25; 0 where the query has no words.
    pub score: f32,
    /// Byte ranges of the text that matched words of the query.
    pub highlights: Vec<Range<usize>>,
}

/// A facet's values within the answer.
#[derive(Debug, Clone)]
pub struct FacetCounts {
    pub field: &'static Field,
    /// The most frequent values and in how many paragraphs each is; of equals the first by name.
    pub values: Vec<(String, u64)>,
    /// How many different values there are.
    pub n_values: usize,
}
