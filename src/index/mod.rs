//! The index: paragraphs on disk, found by words and values. The only room that knows tantivy.

mod analysis;
mod check;
mod collect;
mod document;
mod error;
mod explain;
mod families;
mod family;
#[cfg(test)]
mod faults;
mod feedback;
mod files;
mod heads;
mod layout;
mod lower;
mod marks;
mod merging;
mod passages;
mod question;
mod seal;
mod spans;
mod statistics;
mod stored;
mod subjects;
mod tally;
mod twins;
mod values;
mod vocabulary;
mod vouched;
mod words;
mod work;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query as Engine, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{
    DocAddress, DocId, DocSet, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, Term,
};

pub use check::{Findings, check};
pub use error::Error;
pub use twins::Twins;
pub use writer::{Prepared, Preparer, Writer};

use collect::{Collect, Collected, Counted, Item, Ranked};
use error::{Damage, reading};
use explain::Clauses;
use families::AllFamilies;
use files::Access;
use layout::{DocumentKind, Layout};
use lower::{Context, Lowered};
use passages::highlights;
use statistics::Statistics;
use stored::Codec;
use tally::Found;
use values::Names;
use vocabulary::Neighbours;
use work::Work;

use crate::article::{Head, Paragraph};
use crate::field::Field;
use crate::limits::index::SUGGESTION_COMPARISONS;
use crate::lists::{self, Lists};
use crate::query::{Case, Form, Passage, Query, Question, Word};
use crate::schema;
use crate::search::{
    Around, Axis, AxisCounts, Context as Surroundings, Cross, CrossCounts, FacetCounts, Filter,
    Group, Grouping, Histogram, Hit, Interval, Request, Results, Significant, SignificantValues,
    Sort, Suggestion,
};

/// The version of what lies on disk. An index of another one is not read.
const FORMAT: u32 = 6;

/// With fewer paragraphs than this that have every word of a question, those that have some are given, too.
const ENOUGH_FOR_A_QUESTION: u64 = 10;

/// How many hits are brought in order at a time when all are asked for.
const N_AT_A_TIME: usize = if cfg!(test) { 3 } else { 1 << 15 };

/// How many of them are read at a time.
const N_READ: usize = if cfg!(test) { 2 } else { 256 };

/// What an index says of itself, committed with its contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    pub format: u32,
    /// The version of the program that wrote it last.
    pub program: String,
    /// When it was last changed, RFC 3339.
    pub built: String,
    /// The facets and other fields that it has.
    pub fields: Vec<String>,
    /// The names of rules, by whose places here stored paragraphs name them: none ever moves.
    pub rules: Vec<String>,
    pub n_sources: u64,
    pub n_articles: u64,
    pub n_paragraphs: u64,
    /// The words of all paragraphs.
    pub n_words: u64,
    /// The user's lists that are applied to what is indexed.
    pub lists: Option<ListsRecord>,
    /// The folders by which it was made; none where an earlier version made it, which kept none.
    #[serde(default)]
    pub roots: Option<Vec<Root>>,
}

/// A folder below which sources were indexed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// As the user named it first; the paths of its sources begin so.
    pub path: String,
    /// Where it lies, by whatever path it is reached: see `kept_path`.
    pub place: Option<String>,
}

/// What the index says of the user's lists; their content is in it, too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListsRecord {
    /// Where they are read again: see `kept_path`.
    pub path: String,
    /// The fingerprint of what they say.
    pub hash: u128,
    pub counts: lists::Counts,
}

impl Info {
    fn empty() -> Info {
        Info {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_string(),
            built: String::new(),
            fields: schema::fields()
                .map(|field| field.name.to_string())
                .collect(),
            rules: Vec::new(),
            n_sources: 0,
            n_articles: 0,
            n_paragraphs: 0,
            n_words: 0,
            lists: None,
            roots: Some(Vec::new()),
        }
    }

    /// Adds the rules that are not listed yet.
    fn list_rules(&mut self) {
        for rule in schema::rules() {
            if !self.rules.iter().any(|listed| listed == rule.name) {
                self.rules.push(rule.name.to_string());
            }
        }
    }

    /// The fingerprint of the lists that are applied; 0 without.
    pub fn lists_hash(&self) -> u128 {
        self.lists.as_ref().map_or(0, |lists| lists.hash)
    }
}

/// What the index knows of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRecord {
    pub path: String,
    /// Bytes on disk.
    pub size: u64,
    /// Nanoseconds since 1970; none when the file was so fresh that a change could hide behind the same time.
    pub modified: Option<i128>,
    /// The fingerprint of the content.
    pub hash: u128,
    pub n_articles: u64,
    pub n_paragraphs: u64,
    pub n_words: u64,
    /// What could not be read in it.
    pub faults: Vec<String>,
    /// The fingerprint of the user's lists that were applied to its articles; 0 without.
    pub lists: u128,
}

/// An index, open for reading as it was committed last.
pub struct Index {
    dir: PathBuf,
    searcher: Searcher,
    families: AllFamilies,
    neighbours: Neighbours,
    names: Arc<Names>,
    layout: Layout,
    codec: Codec,
    info: Info,
}

/// The folder of this format's files within the index's.
fn folder(dir: &Path) -> PathBuf {
    dir.join(format!("format-{FORMAT}"))
}

/// The format of another version's index in a folder, if there is one.
fn other_format(dir: &Path) -> Option<u32> {
    let entries = std::fs::read_dir(dir).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    names
        .filter_map(|name| name.strip_prefix("format-")?.parse().ok())
        .filter(|format| *format != FORMAT)
        .max()
}

/// Whether an index lies in a folder, of whatever version.
pub fn is_there(dir: &Path) -> bool {
    folder(dir).exists() || other_format(dir).is_some()
}

/// The path under which an index keeps lists or a root: where it lies below the folder that the index lies in, as seen from
/// there, so that all of it can be moved together; else the whole path. None where it is no Unicode.
pub fn kept_path(dir: &Path, path: &Path) -> Option<String> {
    let path = std::path::absolute(path).ok()?;
    let home = std::path::absolute(dir).ok()?;
    let below = home.parent().and_then(|home| path.strip_prefix(home).ok());
    let is_below = |path: &&Path| {
        let mut parts = path.components();
        parts.all(|part| matches!(part, std::path::Component::Normal(_)))
    };
    let below = below.filter(|below| !below.as_os_str().is_empty() && is_below(below));
    below.unwrap_or(&path).to_str().map(str::to_string)
}

/// Where that lies which an index keeps under a path.
pub fn kept_at(dir: &Path, path: &str) -> PathBuf {
    match std::path::absolute(dir) {
        Ok(home) => home.parent().unwrap_or(&home).join(path),
        Err(_) => PathBuf::from(path),
    }
}

impl Index {
    /// Opens the index in a folder.
    ///
    /// # Errors
    ///
    /// When there is none, or one of another version, or one that cannot be read or is damaged, as far as times of files
    /// tell that they may be.
    pub fn open(dir: &Path) -> Result<Index, Error> {
        let (engine, info) = open_engine(dir)?;
        vouched::verify(dir, &engine)?;
        Index::of(dir, &engine, info)
    }

    /// Opens the index in a folder as it is; damage may be met later.
    fn open_as_is(dir: &Path) -> Result<Index, Error> {
        let (engine, info) = open_engine(dir)?;
        Index::of(dir, &engine, info)
    }

    fn of(dir: &Path, engine: &tantivy::Index, info: Info) -> Result<Index, Error> {
        let reader = engine
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into();
        let reader: tantivy::IndexReader = reader.map_err(|error| reading(dir, error))?;
        let searcher = reader.searcher();
        let layout = Layout::new();
        Ok(Index {
            dir: dir.to_path_buf(),
            families: AllFamilies::new(&layout, &searcher),
            neighbours: Neighbours::default(),
            names: Arc::default(),
            searcher,
            layout,
            codec: Codec::new(&info.rules),
            info,
        })
    }

    /// What the index says of itself.
    pub fn info(&self) -> &Info {
        &self.info
    }

    /// A name for what can be found in the index now: as long as nothing is committed, and the same version of the program
    /// reads it, it stays.
    pub fn state(&self) -> String {
        let mut bytes = self.info.built.clone().into_bytes();
        bytes.extend(env!("CARGO_PKG_VERSION").as_bytes());
        for segment in self.searcher.segment_readers() {
            bytes.extend(segment.segment_id().uuid_string().into_bytes());
            bytes.extend(segment.num_docs().to_le_bytes());
            bytes.extend(segment.delete_opstamp().unwrap_or_default().to_le_bytes());
        }
        format!("{:032x}", xxhash_rust::xxh3::xxh3_128(&bytes))
    }

    /// The folder it lies in.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// How many bytes it takes on disk.
    pub fn n_bytes(&self) -> u64 {
        let entries = std::fs::read_dir(folder(&self.dir)).into_iter().flatten();
        entries
            .filter_map(|entry| entry.ok()?.metadata().ok())
            .map(|metadata| metadata.len())
            .sum()
    }

    /// In how many parts it lies on disk.
    pub fn n_segments(&self) -> usize {
        self.searcher.segment_readers().len()
    }

    /// Answers a request. When no paragraph has all that the query asks for, those that have some are given, and the
    /// results say so; so they are when a whole question leaves hardly anything.
    ///
    /// # Errors
    ///
    /// When the index is damaged or cannot be read.
    pub fn search(&self, request: &Request) -> Result<Results, Error> {
        Ok(self.answered(request)?.1)
    }

    /// Whether any paragraph meets a query.
    ///
    /// # Errors
    ///
    /// When the index is damaged or cannot be read.
    pub fn has(&self, query: &Query) -> Result<bool, Error> {
        let lowered = self.lower(query)?;
        let found = self.any(&*lowered.engine);
        found.map_err(|error| self.failed(error))
    }

    fn any(&self, engine: &dyn Engine) -> tantivy::Result<bool> {
        let weight = engine.weight(EnableScoring::disabled_from_searcher(&self.searcher))?;
        for reader in self.searcher.segment_readers() {
            let mut scorer = weight.scorer(reader, 1.0)?;
            while scorer.doc() != TERMINATED {
                if !reader.is_deleted(scorer.doc()) {
                    return Ok(true);
                }
                scorer.advance();
            }
        }
        Ok(false)
    }

    /// Hands over all hits of a request in order, some at a time; the memory that it takes does not depend on their number.
    /// Of a grouped request the hits come one by one as well. `begin` gets how much there is, before the first of them.
    ///
    /// # Errors
    ///
    /// When the index is damaged or cannot be read, and those of the functions, which end it.
    pub fn stream<E: From<Error>>(
        &self,
        request: &Request,
        begin: impl FnOnce(&Results) -> Result<(), E>,
        mut each: impl FnMut(&[Hit]) -> Result<(), E>,
    ) -> Result<Results, E> {
        let request = Request {
            group: None,
            offset: 0,
            limit: Some(0),
            facets: Vec::new(),
            ..request.clone()
        };
        let (lowered, results) = self.answered(&request)?;
        begin(&results)?;
        let mut collect = Collect {
            n_kept: Some(N_AT_A_TIME),
            scored: request.sort == Sort::Relevance,
            ..self.collector(&request)
        };
        loop {
            let found = self.collect(&lowered, &request.filters, &request.conditions, &collect)?;
            let Some(last) = found.items.last() else {
                return Ok(results);
            };
            collect.behind = last.hits.first().copied();
            let n_found = found.items.len();
            let mut items = found.items.into_iter().peekable();
            while items.peek().is_some() {
                let groups =
                    self.groups(items.by_ref().take(N_READ), &lowered, request.context, None)?;
                let hits: Vec<Hit> = groups.into_iter().flat_map(|group| group.hits).collect();
                each(&hits)?;
            }
            if n_found < N_AT_A_TIME {
                return Ok(results);
            }
        }
    }

    fn answered(&self, request: &Request) -> Result<(Lowered, Results), Error> {
        let lowered = self.lower(&request.query)?;
        let mut results = self.answer(request, &lowered)?;
        results.suggestions = self.suggestions(request, &results)?;
        if request.strict {
            return Ok((lowered, results));
        }
        let question = request.as_typed.as_ref().unwrap_or(&request.query);
        let question = question.question();
        let is_enough = match &question {
            Some(question) if question.is_whole => ENOUGH_FOR_A_QUESTION,
            _ => 1,
        };
        if results.n_paragraphs >= is_enough {
            return Ok((lowered, results));
        }
        let is_question = question.is_some();
        let of_some = match (question, request.query.relaxed()) {
            (Some(question), _) => self.lower_question(&question)?,
            (None, Some(relaxed)) => self.lower(&relaxed)?,
            (None, None) => return Ok((lowered, results)),
        };
        let mut relaxed = self.answer(request, &of_some)?;
        if is_question {
            // It is ranked as a whole.
            let groups = relaxed.groups.iter_mut();
            let hits = groups.flat_map(|group| &mut group.hits);
            hits.for_each(|hit| hit.parts.clear());
        }
        if relaxed.n_paragraphs <= results.n_paragraphs {
            return Ok((lowered, results));
        }
        let relaxed = Results {
            relaxed: true,
            n_whole: results.n_paragraphs,
            weighed: of_some.weighed.clone(),
            suggestions: results.suggestions,
            ..relaxed
        };
        Ok((of_some, relaxed))
    }

    /// What to collect for a request, but for the counts.
    fn collector(&self, request: &Request) -> Collect {
        Collect {
            sort: request.sort,
            n_kept: request
                .limit
                .map(|limit| request.offset.saturating_add(limit)),
            group: request.group,
            groups_wanted: request.group.and_then(|group| {
                let filters = request.filters.iter();
                let mut own = filters.filter(|filter| group == Grouping::Facet(filter.field));
                own.next().map(|filter| filter.values.clone())
            }),
            n_of_group: request.n_of_group,
            behind: None,
            having: schema::field("speaker").filter(|_| request.quoting),
            facets: Vec::new(),
            only: request.only.clone(),
            keep_found: false,
            n_values: request.n_values,
            scored: request.sort == Sort::Relevance && request.limit != Some(0),
            n_segments: self.n_segments(),
            families: self.families.clone(),
            names: Arc::clone(&self.names),
        }
    }

    fn answer(&self, request: &Request, lowered: &Lowered) -> Result<Results, Error> {
        // A facet's own filter does not narrow its own counts: such facets are counted by themselves.
        // What is unusual in the answer is asked of the answer itself.
        let is_filtered = |field: &&'static Field| {
            let mut filters = request.filters.iter();
            !request.significant && filters.any(|filter| filter.field == *field)
        };
        let (filtered, plain): (Vec<&'static Field>, Vec<&'static Field>) =
            request.facets.iter().partition(|field| is_filtered(field));
        // The cells of a cross are parts of the answer, and so are its rows and columns: all filters narrow them.
        let crossed = request.cross.iter();
        let crossed = crossed.flat_map(|cross| [cross.rows, cross.columns]);
        let crossed = crossed.filter_map(Axis::facet);
        let keeps_found = request.cross.is_some() || request.histogram.is_some();
        let collect = Collect {
            facets: plain.iter().copied().chain(crossed).collect(),
            // Of a cross they are those of one axis.
            only: match request.cross {
                Some(_) => Vec::new(),
                None => request.only.clone(),
            },
            keep_found: keeps_found,
            // What is unusual is known when all is counted; a cross takes as many as it needs.
            n_values: request
                .n_values
                .filter(|_| !request.significant && request.cross.is_none()),
            ..self.collector(request)
        };
        let mut collected =
            self.collect(lowered, &request.filters, &request.conditions, &collect)?;
        let mut counted = std::mem::take(&mut collected.facets).into_iter();
        let mut facets: Vec<(&'static Field, u64, Counted)> = Vec::new();
        for (field, counted) in plain.into_iter().zip(&mut counted) {
            facets.push((field, collected.n_paragraphs, counted));
        }
        let counting = |field| Collect {
            n_kept: Some(0),
            group: None,
            facets: vec![field],
            keep_found: false,
            scored: false,
            ..collect.clone()
        };
        for field in filtered {
            let others: Vec<Filter> = request
                .filters
                .iter()
                .filter(|filter| filter.field != field)
                .cloned()
                .collect();
            let collected =
                self.collect(lowered, &others, &request.conditions, &counting(field))?;
            let counted = collected.facets.into_iter();
            facets.extend(counted.map(|counted| (field, collected.n_paragraphs, counted)));
        }
        facets.sort_by_key(|(field, ..)| request.facets.iter().position(|asked| asked == field));
        let (facets, significant) = match request.significant {
            true => (Vec::new(), Some(self.significant(request, facets)?)),
            false => {
                let facets = facets.into_iter();
                let counts = facets.map(|(field, _, counted)| FacetCounts {
                    is_narrowed: !is_filtered(&field),
                    ..counts(field, counted)
                });
                (counts.collect(), None)
            }
        };
        let cross = request
            .cross
            .map(|cross| self.cross(request, cross, &collected.found, &mut counted));
        let histogram = request
            .histogram
            .map(|interval| self.histogram(request, interval, &collected.found));
        let page = collected
            .items
            .into_iter()
            .skip(request.offset)
            .take(request.limit.unwrap_or(usize::MAX));
        let clauses = request.explain.then(|| {
            let statistics = Statistics::new(&self.info);
            Clauses::of(
                &self.context(&statistics, &Work::unbounded()),
                &request.query,
            )
        });
        let clauses = clauses.transpose().map_err(|error| self.failed(error))?;
        Ok(Results {
            n_paragraphs: collected.n_paragraphs,
            n_articles: collected.n_articles,
            n_groups: collected.n_groups,
            n_without_group: collected.n_without_group,
            relaxed: false,
            n_whole: collected.n_paragraphs,
            weighed: Vec::new(),
            suggestions: Vec::new(),
            groups: self.groups(page, lowered, request.context, clauses.as_ref())?,
            clauses: clauses.map_or_else(Vec::new, |clauses| clauses.list),
            facets,
            significant,
            cross: cross.transpose()?,
            histogram: histogram.transpose()?,
        })
    }

    /// What is unusual among the values that were counted, each facet with the number of paragraphs it was counted in.
    fn significant(
        &self,
        request: &Request,
        facets: Vec<(&'static Field, u64, Counted)>,
    ) -> Result<Significant, Error> {
        let n_all = self.info.n_paragraphs;
        let mut significant = Significant {
            n_all,
            facets: Vec::new(),
        };
        for (field, n_paragraphs, counted) in facets {
            let in_all: FxHashMap<String, u64> = self.values(field)?.into_iter().collect();
            let mut values = tally::significant(&counted, n_paragraphs, &in_all, n_all);
            let n_values = values.len();
            values.truncate(request.n_values.unwrap_or(usize::MAX));
            significant.facets.push(SignificantValues {
                field,
                n_paragraphs,
                values,
                n_values,
            });
        }
        Ok(significant)
    }

    /// Two axes in the documents that were found; facets are the next of those that were counted. Where only some values were asked
    /// for they are the columns, or the rows where the columns are time, and rows without any of them are left out.
    fn cross(
        &self,
        request: &Request,
        cross: Cross,
        found: &Found,
        counted: &mut impl Iterator<Item = Counted>,
    ) -> Result<CrossCounts, Error> {
        let mut along = |axis: Axis, n_values, is_named| -> Result<AxisCounts, Error> {
            match axis {
                Axis::Facet(field) => {
                    let mut counts = counts(field, counted.next().unwrap_or_default());
                    let only = request
                        .only
                        .iter()
                        .find(|only| is_named && only.field == field);
                    if let Some(only) = only {
                        counts
                            .values
                            .retain(|(value, _)| only.values.contains(value));
                        counts.n_values = counts.values.len();
                    }
                    counts
                        .values
                        .truncate(Option::unwrap_or(n_values, usize::MAX));
                    Ok(AxisCounts::Facet(counts))
                }
                Axis::Interval(interval) => {
                    let histogram = self.histogram(request, interval, found)?;
                    Ok(AxisCounts::Intervals(histogram))
                }
            }
        };
        let names_columns = cross.columns.facet().is_some();
        let leaves_out = names_columns && !request.only.is_empty();
        let n_rows = cross.n_rows.filter(|_| !leaves_out);
        let mut rows = along(cross.rows, n_rows, !names_columns)?;
        let columns = along(cross.columns, cross.n_columns, names_columns)?;
        let cells = tally::cross(&self.searcher, found, &rows, &columns);
        let mut cells = cells.map_err(|error| self.failed(error))?;
        if let AxisCounts::Facet(rows) = &mut rows
            && leaves_out
        {
            let mut held = cells.iter().map(|cells| !cells.is_empty());
            rows.values.retain(|_| held.next().unwrap_or(false));
            cells.retain(|cells| !cells.is_empty());
            rows.n_values = rows.values.len();
            rows.values.truncate(cross.n_rows.unwrap_or(usize::MAX));
            cells.truncate(rows.values.len());
        }
        Ok(CrossCounts {
            rows,
            columns,
            cells,
        })
    }

    fn histogram(
        &self,
        request: &Request,
        interval: Interval,
        found: &Found,
    ) -> Result<Histogram, Error> {
        let histogram = tally::histogram(&self.searcher, &self.families, found, interval);
        let asked = request
            .conditions
            .iter()
            .find_map(|condition| match condition {
                Query::Dates { from, to, .. } => Some((*from, *to)),
                _ => None,
            });
        Ok(Histogram {
            asked: asked.unwrap_or_default(),
            ..histogram.map_err(|error| self.failed(error))?
        })
    }

    /// The words of a query that are nowhere, with one that is spelled almost so.
    fn suggestions(&self, request: &Request, results: &Results) -> Result<Vec<Suggestion>, Error> {
        let mut suggestions: Vec<Suggestion> = Vec::new();
        let mut n_compared = 0;
        let typed = request.as_typed.as_ref().unwrap_or(&request.query);
        for (field, typed) in typed.plain_words() {
            // A thousand words that nobody knows are no misspellings.
            if n_compared > SUGGESTION_COMPARISONS {
                break;
            }
            let is_reworded = request.reworded.iter().any(|known| known == typed);
            if is_reworded && results.n_paragraphs > 0 {
                continue;
            }
            let slot = self.layout.slot(field);
            let known = vocabulary::instead(&self.searcher, slot, typed, &mut n_compared);
            if let Some(known) = known.map_err(|error| self.failed(error))?
                && suggestions.iter().all(|before| before.typed != typed)
                && !self.is_in_headlines(field, typed)?
            {
                let typed = typed.to_string();
                suggestions.push(Suggestion { typed, known });
            }
        }
        Ok(suggestions)
    }

    /// Whether headlines have a word that no text has.
    fn is_in_headlines(&self, field: &Field, typed: &str) -> Result<bool, Error> {
        let title = schema::field("title").filter(|title| *title != field);
        title.map_or(Ok(false), |field| {
            let passage = Passage::Word(Word {
                text: typed.to_string(),
                form: Form::Stem,
                case: Case::Any,
            });
            self.has(&Query::Text { field, passage })
        })
    }

    fn lower(&self, query: &Query) -> Result<Lowered, Error> {
        self.lowered(|context| lower::lower(context, query))
    }

    fn lower_question(&self, question: &Question) -> Result<Lowered, Error> {
        self.lowered(|context| lower::lower_question(context, question))
    }

    fn lowered(
        &self,
        lower: impl FnOnce(&Context) -> tantivy::Result<Lowered>,
    ) -> Result<Lowered, Error> {
        let statistics = Statistics::new(&self.info);
        let work = Work::with(self.info.n_paragraphs);
        lower(&self.context(&statistics, &work)).map_err(|error| match work.is_too_much() {
            true => Error::TooMuch {
                worst: work.worst(),
            },
            false => self.failed(error),
        })
    }

    fn context<'a>(&'a self, statistics: &'a Statistics, work: &'a Work) -> Context<'a> {
        Context {
            layout: &self.layout,
            searcher: &self.searcher,
            families: &self.families,
            neighbours: &self.neighbours,
            statistics,
            work,
        }
    }

    fn collect(
        &self,
        lowered: &Lowered,
        filters: &[Filter],
        conditions: &[Query],
        collect: &Collect,
    ) -> Result<Collected, Error> {
        let mut clauses: Vec<(Occur, Box<dyn Engine>)> =
            vec![(Occur::Must, lowered.engine.box_clone())];
        for filter in filters {
            let query = Query::Values {
                field: filter.field,
                values: filter.values.clone(),
            };
            clauses.push((Occur::Must, self.lower(&query)?.engine));
        }
        for condition in conditions {
            clauses.push((Occur::Must, self.lower(condition)?.engine));
        }
        let engine: Box<dyn Engine> = match clauses.len() {
            1 => lowered.engine.box_clone(),
            _ => Box::new(BooleanQuery::new(clauses)),
        };
        self.searcher
            .search(&*engine, collect)
            .map_err(|error| self.failed(error))
    }

    fn groups(
        &self,
        items: impl Iterator<Item = Item>,
        lowered: &Lowered,
        around: Option<Around>,
        clauses: Option<&Clauses>,
    ) -> Result<Vec<Group>, Error> {
        let mut heads: FxHashMap<DocAddress, Arc<Head>> = FxHashMap::default();
        let mut groups = Vec::new();
        for item in items {
            let mut hits = Vec::with_capacity(item.hits.len());
            for Ranked { score, address, .. } in &item.hits {
                let paragraph = self.paragraph(*address, &mut heads)?;
                let context = around.map(|around| self.around(*address, &paragraph, around));
                let highlights = highlights(&paragraph, &lowered.plans);
                let parts = clauses.map(|clauses| clauses.parts(&self.searcher, *address));
                let parts = parts.transpose().map_err(|error| self.failed(error))?;
                hits.push(Hit {
                    parts: parts.unwrap_or_default(),
                    paragraph,
                    score: *score,
                    highlights,
                    context: context.transpose()?,
                });
            }
            if let Some(first) = hits.first() {
                let head = Arc::clone(&first.paragraph.head);
                groups.push(Group {
                    head,
                    value: item.value,
                    n_paragraphs: item.n_paragraphs,
                    hits,
                });
            }
        }
        Ok(groups)
    }

    /// Reads the paragraphs around that at an address.
    fn around(
        &self,
        address: DocAddress,
        paragraph: &Paragraph,
        around: Around,
    ) -> Result<Surroundings, Error> {
        let head_doc = u64::from(address.doc_id).checked_sub(paragraph.ordinal as u64 + 1);
        let head_doc = head_doc.ok_or_else(|| self.damaged("a paragraph has no head"))? as DocId;
        let segment = self.searcher.segment_reader(address.segment_ord);
        let n_paragraphs = segment.fast_fields().u64("_paragraphs");
        let n_paragraphs = n_paragraphs.map_err(|error| self.failed(error))?;
        let n_paragraphs = n_paragraphs.first(head_doc).unwrap_or(0) as usize;
        let mut heads = FxHashMap::default();
        let head_address = DocAddress::new(address.segment_ord, head_doc);
        heads.insert(head_address, Arc::clone(&paragraph.head));
        let mut read = |ordinals: std::ops::Range<usize>| -> Result<Vec<Paragraph>, Error> {
            let address =
                |ordinal| DocAddress::new(address.segment_ord, head_doc + 1 + ordinal as DocId);
            ordinals
                .map(|ordinal| self.paragraph(address(ordinal), &mut heads))
                .collect()
        };
        let at = paragraph.ordinal;
        let end = at.saturating_add(1).saturating_add(around.n_after);
        Ok(Surroundings {
            before: read(at.saturating_sub(around.n_before)..at)?,
            after: read(at + 1..end.min(n_paragraphs).max(at + 1))?,
        })
    }

    /// Reads the paragraph at an address, with its head.
    fn paragraph(
        &self,
        address: DocAddress,
        heads: &mut FxHashMap<DocAddress, Arc<Head>>,
    ) -> Result<Paragraph, Error> {
        let segment = self.searcher.segment_reader(address.segment_ord);
        let families = self.families.of(segment);
        let families = families.map_err(|error| self.failed(error))?;
        let family = families
            .of(address.doc_id)
            .ok_or_else(|| self.damaged("a paragraph has no head"))?;
        let head_address = DocAddress::new(address.segment_ord, family.head);
        let head = match heads.get(&head_address) {
            Some(head) => Arc::clone(head),
            None => {
                let head = stored::head(&self.stored(head_address)?);
                let head = Arc::new(head.map_err(|Damage| self.damaged("a head cannot be read"))?);
                heads.insert(head_address, Arc::clone(&head));
                head
            }
        };
        let bytes = self.stored(address)?;
        self.codec
            .paragraph(&bytes, head)
            .map_err(|Damage| self.damaged("a paragraph cannot be read"))
    }

    fn stored(&self, address: DocAddress) -> Result<Vec<u8>, Error> {
        let document: TantivyDocument = self
            .searcher
            .doc(address)
            .map_err(|error| self.failed(error))?;
        let bytes = document
            .get_first(self.layout.stored)
            .and_then(|value| value.as_bytes());
        bytes
            .map(<[u8]>::to_vec)
            .ok_or_else(|| self.damaged("a document has no content"))
    }

    /// The articles with that value of a keyword field, each whole, in the order of their paths. Several may even have one id,
    /// when several sources claim it.
    ///
    /// # Errors
    ///
    /// When the index is damaged or cannot be read.
    pub fn articles(
        &self,
        field: &'static Field,
        value: &str,
    ) -> Result<Vec<Vec<Paragraph>>, Error> {
        let mut articles = Vec::new();
        let term = self.layout.value(field, value);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let heads = self
            .searcher
            .search(&query, &tantivy::collector::DocSetCollector);
        let heads: std::collections::BTreeSet<DocAddress> = heads
            .map_err(|error| self.failed(error))?
            .into_iter()
            .collect();
        for address in heads {
            let segment = self.searcher.segment_reader(address.segment_ord);
            let n_paragraphs = segment
                .fast_fields()
                .u64("_paragraphs")
                .map_err(|error| self.failed(error))?;
            let n_paragraphs = n_paragraphs.first(address.doc_id).unwrap_or(0) as DocId;
            let mut known = FxHashMap::default();
            let article: Result<Vec<Paragraph>, Error> = (1..=n_paragraphs)
                .map(|step| DocAddress::new(address.segment_ord, address.doc_id + step))
                .map(|paragraph| self.paragraph(paragraph, &mut known))
                .collect();
            articles.push(article?);
        }
        articles.sort_by(|article, other| {
            let path = |article: &[Paragraph]| {
                article.first().map(|paragraph| paragraph.head.path.clone())
            };
            path(article).cmp(&path(other))
        });
        Ok(articles)
    }

    /// The values of a facet or keyword in the order of their names, and how many documents have each.
    ///
    /// # Errors
    ///
    /// When the index is damaged or cannot be read.
    pub fn values(&self, field: &'static Field) -> Result<Vec<(String, u64)>, Error> {
        self.read_values(field).map_err(|error| self.failed(error))
    }

    fn read_values(&self, field: &'static Field) -> tantivy::Result<Vec<(String, u64)>> {
        // Of an extracted facet the terms of all values begin with that of any.
        let any = self.layout.value(field, "");
        let prefix = any.serialized_value_bytes();
        let mut values: std::collections::BTreeMap<String, u64> = Default::default();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(any.field())?;
            let mut stream = inverted.terms().range().ge(prefix).into_stream()?;
            while stream.advance() {
                let Some(value) = stream.key().strip_prefix(prefix) else {
                    break;
                };
                let Ok(value) = std::str::from_utf8(value) else {
                    continue;
                };
                if value.is_empty() {
                    continue;
                }
                let n_documents = match segment.alive_bitset() {
                    None => u64::from(stream.value().doc_freq),
                    Some(alive) => {
                        let mut list = inverted.read_postings_from_terminfo(
                            stream.value(),
                            IndexRecordOption::Basic,
                        )?;
                        let mut n_alive = 0;
                        while list.doc() != TERMINATED {
                            n_alive += u64::from(alive.is_alive(list.doc()));
                            list.advance();
                        }
                        n_alive
                    }
                };
                if n_documents > 0 {
                    *values.entry(value.to_string()).or_default() += n_documents;
                }
            }
        }
        Ok(values.into_iter().collect())
    }

    /// The user's lists that are applied to what is indexed; empty without.
    ///
    /// # Errors
    ///
    /// When the index is damaged or cannot be read.
    pub fn lists(&self) -> Result<Lists, Error> {
        let Some(record) = &self.info.lists else {
            return Ok(Lists::default());
        };
        for (segment_idx, segment) in self.searcher.segment_readers().iter().enumerate() {
            let documents = self.documents(segment, DocumentKind::Lists);
            let documents = documents.map_err(|error| self.failed(error))?;
            if let Some(doc) = documents.first() {
                let bytes = self.stored(DocAddress::new(segment_idx as u32, *doc))?;
                let lists = stored::lists(&bytes).ok();
                return lists
                    .filter(|lists| lists.fingerprint() == record.hash)
                    .ok_or_else(|| self.damaged("its lists cannot be read"));
            }
        }
        Err(self.damaged("its lists are missing"))
    }

    /// The sources that the index knows, by path.
    ///
    /// # Errors
    ///
    /// When the index is damaged or cannot be read.
    pub fn sources(&self) -> Result<Vec<SourceRecord>, Error> {
        let mut records = Vec::new();
        for segment in self.searcher.segment_readers() {
            let column = segment
                .fast_fields()
                .bytes("_record")
                .map_err(|error| self.failed(error))?;
            let Some(column) = column else { continue };
            let sources = self.documents(segment, DocumentKind::Source);
            let sources = sources.map_err(|error| self.failed(error))?;
            let mut numbers: Vec<u64> = Vec::with_capacity(sources.len());
            numbers.extend(sources.iter().flat_map(|doc| column.term_ords(*doc)));
            numbers.sort_unstable();
            // In order, so that each block of the dictionary is unpacked once.
            let known = column
                .dictionary()
                .sorted_ords_to_term_cb(&numbers, |bytes| {
                    records.push(stored::source_record(bytes));
                });
            if !known.unwrap_or(false) {
                return Err(self.damaged("a source has no record"));
            }
        }
        let records: Result<Vec<SourceRecord>, Damage> = records.into_iter().collect();
        let mut records =
            records.map_err(|Damage| self.damaged("a source's record cannot be read"))?;
        records.sort_by(|record, other| record.path.cmp(&other.path));
        Ok(records)
    }

    /// The paragraphs that a source gave, as their fingerprints; how often each came.
    ///
    /// # Errors
    ///
    /// When the index is damaged or cannot be read.
    pub fn fingerprints_of(&self, path: &str) -> Result<FxHashMap<u128, u64>, Error> {
        let term = Term::from_field_u64(self.layout.source, writer::source_key(path));
        let mut fingerprints = FxHashMap::default();
        for (segment_idx, segment) in self.searcher.segment_readers().iter().enumerate() {
            let failed = |error| self.failed(error);
            let column = segment.fast_fields().u64("_paragraphs");
            let column = column.map_err(failed)?;
            let mut heads = FxHashMap::default();
            for doc in self.documents_with(segment, &term).map_err(failed)? {
                // Only heads say how many paragraphs follow.
                for step in 1..=column.first(doc).unwrap_or(0) as u32 {
                    let address = DocAddress::new(segment_idx as u32, doc + step);
                    let paragraph = self.paragraph(address, &mut heads)?;
                    *fingerprints
                        .entry(self.fingerprint(&paragraph))
                        .or_default() += 1;
                }
                heads.clear();
            }
        }
        Ok(fingerprints)
    }

    /// How many articles tell no day.
    ///
    /// # Errors
    ///
    /// When the index is damaged or cannot be read.
    pub fn n_undated(&self) -> Result<u64, Error> {
        let failed = |error| self.failed(error);
        let mut n_undated = 0;
        for segment in self.searcher.segment_readers() {
            let fields = segment.fast_fields();
            let ordinals = fields.column_opt::<u64>("ordinal").map_err(failed)?;
            let published = fields.column_opt::<i64>("published").map_err(failed)?;
            let is_undated = |doc: &DocId| {
                let day = published.as_ref().and_then(|column| column.first(*doc));
                let ordinal = ordinals.as_ref().and_then(|column| column.first(*doc));
                ordinal == Some(0) && day.is_none()
            };
            n_undated += segment.doc_ids_alive().filter(is_undated).count() as u64;
        }
        Ok(n_undated)
    }

    /// The fingerprint of all that the index keeps of a paragraph.
    pub fn fingerprint(&self, paragraph: &Paragraph) -> u128 {
        self.codec.fingerprint(paragraph)
    }

    /// The documents of one kind in a segment.
    fn documents(
        &self,
        segment: &tantivy::SegmentReader,
        kind: DocumentKind,
    ) -> tantivy::Result<Vec<DocId>> {
        let term = Term::from_field_u64(self.layout.kind, kind as u64);
        self.documents_with(segment, &term)
    }

    /// The documents in a segment that have a term.
    fn documents_with(
        &self,
        segment: &tantivy::SegmentReader,
        term: &Term,
    ) -> tantivy::Result<Vec<DocId>> {
        let list = segment
            .inverted_index(term.field())?
            .read_postings(term, IndexRecordOption::Basic)?;
        let mut documents = Vec::new();
        if let Some(mut list) = list {
            while list.doc() != TERMINATED {
                if segment
                    .alive_bitset()
                    .is_none_or(|alive| alive.is_alive(list.doc()))
                {
                    documents.push(list.doc());
                }
                list.advance();
            }
        }
        Ok(documents)
    }

    fn failed(&self, error: tantivy::TantivyError) -> Error {
        reading(&self.dir, error)
    }

    fn damaged(&self, what: &str) -> Error {
        Error::Damaged {
            dir: self.dir.clone(),
            what: what.to_string(),
        }
    }
}

/// Opens the lists of an index, not yet its contents.
fn open_engine(dir: &Path) -> Result<(tantivy::Index, Info), Error> {
    let missing = || match other_format(dir) {
        Some(found) => Error::OtherVersion {
            dir: dir.to_path_buf(),
            found,
            ours: FORMAT,
        },
        None => Error::Missing {
            dir: dir.to_path_buf(),
        },
    };
    let folder = folder(dir);
    match folder.try_exists() {
        Ok(true) => {}
        Ok(false) => return Err(missing()),
        Err(error) => {
            return Err(reading(dir, error.into()));
        }
    }
    let directory =
        files::open(&folder, Access::Mapped).map_err(|error| reading(dir, error.into()))?;
    let exists = tantivy::Index::exists(&*directory).map_err(|error| reading(dir, error.into()))?;
    if !exists {
        return Err(missing());
    }
    let mut engine = tantivy::Index::open(directory).map_err(|error| reading(dir, error))?;
    engine.set_tokenizers(analysis::tokenizers());
    let info = info(dir, &engine)?.ok_or_else(missing)?;
    if engine.schema() != Layout::new().schema {
        return Err(Error::OtherFields {
            dir: dir.to_path_buf(),
        });
    }
    Ok((engine, info))
}

/// Reads what an index says of itself; none when nothing was ever committed.
fn info(dir: &Path, engine: &tantivy::Index) -> Result<Option<Info>, Error> {
    let metas = engine.load_metas().map_err(|error| reading(dir, error))?;
    let Some(payload) = metas.payload else {
        return Ok(None);
    };
    let info = serde_json::from_str(&payload);
    let what = || "it does not say what it holds".to_string();
    info.map(Some).map_err(|_| Error::Damaged {
        dir: dir.to_path_buf(),
        what: what(),
    })
}

fn counts(field: &'static Field, counted: Counted) -> FacetCounts {
    FacetCounts {
        field,
        values: counted.values,
        n_values: counted.n_values,
        is_narrowed: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Choice, Settings, ingest};

    fn open(folder: &Path, texts: &[&str]) -> Index {
        let corpus = folder.join("corpus");
        std::fs::create_dir(&corpus).unwrap();
        for (number, text) in texts.iter().enumerate() {
            std::fs::write(corpus.join(format!("{number}.txt")), text).unwrap();
        }
        let dir = folder.join("index");
        let settings = Settings {
            n_threads: 1,
            anew: false,
            forgets: true,
            lists: Choice::Nothing,
        };
        ingest(&dir, &[corpus], settings, &mut |_| {}).unwrap();
        Index::open(&dir).unwrap()
    }

    fn widened(index: &Index, text: &str) -> Request {
        let query =
            crate::query::parse(
                text,
                crate::query::Syntax::default(),
                &|_, _| Ok(Vec::new()),
            );
        let query = query.unwrap();
        let is_there = |query: &Query| index.has(query).unwrap();
        let widened = crate::query::Synonyms::ours().widen(&query, false, &is_there);
        let reworded = widened.synonyms.iter();
        Request {
            reworded: reworded.map(|synonym| synonym.typed.clone()).collect(),
            as_typed: (!widened.synonyms.is_empty()).then_some(query),
            ..Request::new(widened.query)
        }
    }

    /// A rare spelling of a law says no more than the usual one, and who says it often says more.
    #[test]
    fn all_spellings_of_a_reference_give_one_answer() {
        let folder = tempfile::tempdir().unwrap();
        let index = open(
            folder.path(),
            &[
                "Steel\n\nUnder Section 232 the duty is old.",
                "Steel\n\nUnder s. 232 the duty is old.",
                "Steel\n\nUnder Sect. 232 the duty is old, and Section 232 stays.",
                "Steel\n\nUnder § 232 the duty is old.",
                "Steel\n\nIn room 232 a section of the U.S. office met.",
                "Steel\n\nThe duty rose to 25 per cent on May 25.",
                "Steel\n\nThe duty rose to 25.0% on May 3.",
                "Steel\n\nThe meeting is on May 25, and 40 percent came.",
            ],
        );
        let found = |text: &str| -> Vec<(String, String)> {
            let results = index.search(&widened(&index, text)).unwrap();
            let of_hit = |hit: &Hit| {
                let marked = hit.highlights.iter();
                let marked = marked.map(|range| &hit.paragraph.text[range.clone()]);
                (
                    hit.paragraph.head.id.clone(),
                    marked.collect::<Vec<&str>>().join(" "),
                )
            };
            results.hits().map(of_hit).collect()
        };
        let whole = found("Section 232");
        assert_eq!(whole[0], ("2".into(), "Sect 232 Section 232".into()));
        assert_eq!(whole.len(), 5);
        assert_eq!(whole[4], ("4".into(), "232 section".into()));
        for spelling in ["§ 232", "§232", "s. 232", "Sec. 232", "sect 232"] {
            assert_eq!(found(spelling), whole, "{spelling}");
        }
        assert_eq!(found("\"Section 232\""), whole[..4]);
        let rates = found("\"25 percent\"");
        assert_eq!(
            rates,
            [
                ("6".into(), "25 0 %".into()),
                ("5".into(), "25 per cent".into())
            ]
        );
        for spelling in ["25%", "25 %", "\"25 %\"", "\"25 per cent\"", "25.0%"] {
            assert_eq!(found(spelling), rates, "{spelling}");
        }
    }

    /// What is found in another spelling, or in headlines, is no mistake; letters may be doubled in the wrong place.
    #[test]
    fn only_mistakes_are_mended() {
        let folder = tempfile::tempdir().unwrap();
        let index = open(
            folder.path(),
            &["Roundup\n\nA tyre tariff takes time.\n\nThe round of talks began."],
        );
        let suggested = |text: &str| -> Vec<String> {
            let request = widened(&index, text);
            let suggestions = index.search(&request).unwrap().suggestions;
            let known = suggestions.into_iter().map(|suggestion| suggestion.known);
            known.collect()
        };
        assert_eq!(suggested("tire"), Vec::<String>::new());
        assert_eq!(suggested("roundup"), Vec::<String>::new());
        assert_eq!(suggested("tarrif"), ["tariff"]);
        assert_eq!(suggested("tarrifs"), ["tariff"]);
        assert_eq!(suggested("taller"), Vec::<String>::new());
    }

    /// In a test only a few hits are brought in order at a time.
    #[test]
    fn streams_are_whole_and_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let corpus = folder.path().join("corpus");
        std::fs::create_dir(&corpus).unwrap();
        for number in 0..12 {
            let text =
                "Steel, steel and steel.\n\nNothing.\n\nSteel for all.\n\nMore steel tariffs.";
            let dated = format!("Talks\n\nMarch {}, 2018\n\n{text}", 1 + number / 2);
            std::fs::write(corpus.join(format!("{number}.txt")), dated).unwrap();
        }
        let dir = folder.path().join("index");
        let settings = Settings {
            n_threads: 1,
            anew: false,
            forgets: true,
            lists: Choice::Nothing,
        };
        ingest(&dir, &[corpus], settings, &mut |_| {}).unwrap();
        let index = Index::open(&dir).unwrap();
        let query = crate::query::parse("steel", crate::query::Syntax::default(), &|_, _| {
            Ok(Vec::new())
        })
        .unwrap();
        for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
            let request = Request {
                sort,
                limit: None,
                ..Request::new(query.clone())
            };
            let all = index.search(&request).unwrap();
            let expected: Vec<String> = all.hits().map(|hit| hit.paragraph.id()).collect();
            assert_eq!(expected.len(), 36);
            let (mut n_said, mut streamed) = (0, Vec::new());
            let ended = index.stream(
                &request,
                |results| {
                    n_said = results.n_paragraphs;
                    Ok(())
                },
                |hits| {
                    assert!(hits.len() <= N_READ);
                    streamed.extend(hits.iter().map(|hit| hit.paragraph.id()));
                    Ok::<(), Error>(())
                },
            );
            ended.unwrap();
            assert_eq!(streamed, expected);
            assert_eq!(n_said, 36);
        }
    }
}
