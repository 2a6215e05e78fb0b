//! What `search`, `facets` and all other commands that search have in common: the query, and the flags that narrow the answer.

use std::cell::RefCell;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};

use super::{Exit, Failure, IndexFlag, Stop, Streams, index};
use crate::field::{Field, ValueGroup};
use crate::index::Index;
use crate::ingest::{self, Choice, Settings};
use crate::limits::query::MAX_SYNONYMS_BYTES;
use crate::lists::Lists;
use crate::names::{self, NamedGroup};
use crate::output::Output;
use crate::query::date::{Period, PeriodError};
use crate::query::{self, Query, QueryError, Synonyms, Syntax, Unresolved};
use crate::schema;
use crate::search::{Expansion, Filter, Request, Results, Typed};

/// What narrows an answer.
#[derive(Debug, Clone, Args)]
pub(super) struct NarrowFlags {
    #[command(flatten)]
    index: IndexFlag,
    /// The language of the query: ours, or the search strings of Lexis or Factiva as they are
    #[arg(long, value_enum, value_name = "LANGUAGE", default_value_t = SyntaxFlag(Syntax::Tradewire))]
    syntax: SyntaxFlag,
    /// Bring the index up to date with these files and folders first
    #[arg(long = "in", value_name = "PATH")]
    refresh: Vec<PathBuf>,
    /// Only paragraphs that name this country or bloc, or a member of this group: japan, us, eu, G7, Africa
    #[arg(long, value_name = "NAME", help_heading = "Narrowing")]
    country: Vec<String>,
    /// … that name this person
    #[arg(long, value_name = "NAME", help_heading = "Narrowing")]
    person: Vec<String>,
    /// … that report words of this person
    #[arg(long, value_name = "NAME", help_heading = "Narrowing")]
    speaker: Vec<String>,
    /// … on this topic or one below it: trade-remedies, section-232
    #[arg(long, value_name = "TOPIC", help_heading = "Narrowing")]
    topic: Vec<String>,
    /// … that name this law, agreement or case: "section 232", tpp, ds543
    #[arg(long, value_name = "NAME", help_heading = "Narrowing")]
    instrument: Vec<String>,
    /// … that name this institution or company
    #[arg(long, value_name = "NAME", help_heading = "Narrowing")]
    organization: Vec<String>,
    /// … of this publisher
    #[arg(long, value_name = "NAME", help_heading = "Narrowing")]
    publisher: Vec<String>,
    /// … published on or after this day, month or year: 2018-09-27, 2018-09, 2018-Q3, 2018, last-30-days
    #[arg(long, value_name = "DATE", help_heading = "Narrowing")]
    after: Option<Told>,
    /// … published on or before this day, month or year
    #[arg(long, value_name = "DATE", help_heading = "Narrowing")]
    before: Option<Told>,
    /// Leave out paragraphs with this value: country=china
    #[arg(long, value_name = "FACET=VALUE", help_heading = "Narrowing")]
    exclude: Vec<String>,
    /// Search the words as typed, not also what says the same (TPP: "Trans-Pacific Partnership")
    #[arg(long, help_heading = "Synonyms")]
    no_synonyms: bool,
    /// Search also what says nearly the same (tariff: duty, levy)
    #[arg(long, conflicts_with = "no_synonyms", help_heading = "Synonyms")]
    wider: bool,
    /// Add terms of your own that say the same, from a file of rows such as `same<TAB>GHG|greenhouse gas`
    #[arg(long, value_name = "FILE", env = "TRADEWIRE_SYNONYMS", value_delimiter = PATHS, help_heading = "Synonyms")]
    synonyms: Vec<PathBuf>,
}

/// The language of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct SyntaxFlag(Syntax);

impl ValueEnum for SyntaxFlag {
    fn value_variants<'a>() -> &'a [SyntaxFlag] {
        const ALL: [SyntaxFlag; 3] = [
            SyntaxFlag(Syntax::Tradewire),
            SyntaxFlag(Syntax::Lexis),
            SyntaxFlag(Syntax::Factiva),
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()))
    }
}

/// What sets paths apart in a variable of the environment.
const PATHS: char = if cfg!(windows) { ';' } else { ':' };

/// A time, and the words in which it was told.
#[derive(Debug, Clone)]
struct Told {
    text: String,
    period: Period,
}

impl FromStr for Told {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Told, PeriodError> {
        Ok(Told {
            text: text.to_string(),
            period: text.parse()?,
        })
    }
}

/// A number of things, or all of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit(pub(super) Option<usize>);

pub(super) fn limit(text: &str) -> Result<Limit, String> {
    match text {
        "all" => Ok(Limit(None)),
        _ => text
            .parse()
            .map(|n| Limit(Some(n)))
            .map_err(|_| "give a number, or `all`".to_string()),
    }
}

pub(super) fn open(narrow: &NarrowFlags, streams: &mut Streams) -> Result<Index, Stop> {
    if !narrow.refresh.is_empty() {
        let settings = Settings {
            n_threads: streams.terminal.n_threads,
            anew: false,
            forgets: false,
            lists: Choice::Recorded,
        };
        index::refresh_quietly(&narrow.index.dir, &narrow.refresh, settings, streams)?;
    }
    Ok(Index::open(&narrow.index.dir)?)
}

/// The values of a facet that a name stands for.
pub(super) fn values(
    index: &Index,
    field: &'static Field,
    name: &str,
) -> Result<Vec<String>, Stop> {
    Names::new(index, Absent::Refused)?.values(field, name)
}

/// What becomes of names that nobody knows and of which an index has nothing. Those that are known find nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absent {
    Refused,
    /// They find nothing, until an index has them.
    Awaited,
}

/// What was asked for.
pub(super) struct Asked {
    pub(super) request: Request,
    /// What names and terms were taken for.
    pub(super) expansions: Vec<Expansion>,
    /// What else is worth a word, to be said behind the answer.
    pub(super) hints: Vec<String>,
}

/// Reads the query and the flags that narrow it.
pub(super) fn asked(
    index: &Index,
    typed: &str,
    narrow: &NarrowFlags,
    absent: Absent,
) -> Result<Asked, Stop> {
    let names = Names::new(index, absent)?;
    let query = query::parse(typed, narrow.syntax.0, &|field, name| {
        names.resolve(field, name, &index.values(field).unwrap_or_default())
    })
    .map_err(|error| unreadable(&error, typed))?;
    let mut filters = Vec::new();
    for (name, typed) in narrow.filters() {
        let Some(field) = schema::field(name) else {
            continue;
        };
        let mut values = Vec::new();
        for name in typed {
            values.extend(names.values(field, name)?);
        }
        if !values.is_empty() {
            filters.push(Filter { field, values });
        }
    }
    let mut conditions = Vec::new();
    for exclusion in &narrow.exclude {
        let Some((facet, name)) = exclusion.split_once('=') else {
            return Err(Stop::Failed(Failure {
                message: format!("`--exclude {exclusion}` has no `=`"),
                hint: Some("write it as `--exclude country=china`".to_string()),
            }));
        };
        let field = facet_named(facet)?;
        conditions.push(Query::Not(Box::new(Query::Values {
            field,
            values: names.values(field, name)?,
        })));
    }
    if (narrow.after.is_some() || narrow.before.is_some())
        && let Some(field) = schema::field("published")
    {
        let from = narrow.after.as_ref().map(|told| told.period.first);
        let to = narrow.before.as_ref().map(|told| told.period.last);
        if let (Some(after), Some(before)) = (&narrow.after, &narrow.before)
            && from > to
        {
            return Err(Stop::Failed(Failure {
                message: format!(
                    "`--after {}` lies behind `--before {}`",
                    after.text, before.text
                ),
                hint: Some("swap the dates".to_string()),
            }));
        }
        conditions.push(Query::Dates { field, from, to });
    }
    let mut hints = names.missing.take();
    hints.extend(names.wholes.into_inner().iter().map(|group| {
        format!(
            "`{}` is the bloc itself; `{}` means any of its {} members",
            group.whole.unwrap_or(group.name),
            group.name,
            group.members.len()
        )
    }));
    hints.extend(names.namesakes.into_inner());
    let mut expansions = names.taken.into_inner();
    // What an index cannot be asked is not there.
    let is_there = |query: &Query| index.has(query).unwrap_or(false);
    let widened = narrow.synonyms()?.widen(&query, narrow.wider, &is_there);
    let absent = widened.absent.iter();
    hints.extend(absent.map(|absent| format!("no paragraph has `{absent}`")));
    let related = widened.related.iter();
    hints.extend(related.map(|related| format!("not searched, but related: {related}")));
    let as_typed = (widened.query != query).then_some(query);
    let reworded = widened.synonyms.iter();
    let reworded = reworded.map(|synonym| synonym.typed.clone()).collect();
    let synonyms = widened.synonyms.into_iter();
    expansions.extend(synonyms.map(Expansion::Synonyms));
    Ok(Asked {
        request: Request {
            filters,
            conditions,
            as_typed,
            reworded,
            strict: query::demands_all(typed),
            ..Request::new(widened.query)
        },
        expansions,
        hints,
    })
}

/// Looks names up in an index, and remembers what they were taken for.
struct Names<'a> {
    index: &'a Index,
    /// The user's.
    lists: Lists,
    /// Those that stand for other values than themselves, each once.
    taken: RefCell<Vec<Expansion>>,
    /// Those of blocs, which might have been meant for their members.
    wholes: RefCell<Vec<&'static ValueGroup>>,
    /// Who else has a bare surname.
    namesakes: RefCell<Vec<String>>,
    absent: Absent,
    /// Why names find nothing now.
    missing: RefCell<Vec<String>>,
}

impl Names<'_> {
    fn new(index: &Index, absent: Absent) -> Result<Names<'_>, Stop> {
        Ok(Names {
            index,
            lists: index.lists()?,
            taken: RefCell::default(),
            wholes: RefCell::default(),
            namesakes: RefCell::default(),
            absent,
            missing: RefCell::default(),
        })
    }

    /// The values that a name in a flag stands for.
    fn values(&self, field: &'static Field, name: &str) -> Result<Vec<String>, Stop> {
        let values = self.index.values(field)?;
        self.resolve(field, name, &values).map_err(|unresolved| {
            Stop::Failed(Failure {
                message: unresolved.message,
                hint: unresolved.hint,
            })
        })
    }

    /// Those of the values that a name stands for.
    fn resolve(
        &self,
        field: &'static Field,
        name: &str,
        values: &[(String, u64)],
    ) -> Result<Vec<String>, Unresolved> {
        if field.name == "path" {
            let paths = ingest::below(self.index, name, values);
            if !paths.is_empty() {
                return Ok(paths);
            }
        }
        let resolved = match names::resolve(field, name, values, &self.lists) {
            Err(unresolved) if unresolved.may_come && self.absent == Absent::Awaited => {
                let message = format!("{}; it is waited for", unresolved.message);
                self.missing.borrow_mut().push(message);
                return Ok(vec![name.trim().to_string()]);
            }
            // That there is nothing of it is an answer.
            Err(unresolved) if unresolved.is_known => {
                let hint = unresolved
                    .hint
                    .map_or(String::new(), |hint| format!("; {hint}"));
                let message = unresolved.message + &hint;
                self.missing.borrow_mut().push(message);
                return Ok(vec![name.trim().to_string()]);
            }
            resolved => resolved?,
        };
        if let (Some(value), false) = (resolved.values.first(), resolved.namesakes.is_empty()) {
            let hint = format!(
                "`{value}` is a value of {} by itself; others have the name: {}",
                field.name,
                names::listed_counts(&resolved.namesakes)
            );
            let mut namesakes = self.namesakes.borrow_mut();
            if !namesakes.contains(&hint) {
                namesakes.push(hint);
            }
        }
        let (name, taken_for) = match resolved.group {
            Some(NamedGroup::Members(group)) => {
                let is_hidden = |member: &&&str| self.lists.hides(field.name, member).is_some();
                let (hidden, members): (Vec<&str>, Vec<&str>) =
                    group.members.iter().partition(is_hidden);
                let mut missing = self.missing.borrow_mut();
                missing.extend(hidden.iter().map(|value| names::hidden_value(field, value)));
                (
                    group.name,
                    members.iter().map(|member| member.to_string()).collect(),
                )
            }
            Some(NamedGroup::Whole(group)) => {
                let mut wholes = self.wholes.borrow_mut();
                if !wholes.contains(&group) {
                    wholes.push(group);
                }
                (name.trim(), resolved.values.clone())
            }
            None => (name.trim(), resolved.values.clone()),
        };
        let expansion = Expansion::Name {
            field,
            name: name.to_string(),
            values: taken_for,
        };
        let mut taken = self.taken.borrow_mut();
        if !names::says_itself(name, &resolved.values) && !taken.contains(&expansion) {
            taken.push(expansion);
        }
        Ok(resolved.values)
    }
}

/// Says what is worth a word behind the answer.
pub(super) fn say_hints(hints: &[String], streams: &mut Streams) {
    for hint in hints {
        streams.say(&format!("hint: {hint}"));
    }
}

/// Says what names and terms were taken for, where the answer has no room for it.
pub(super) fn say_expansions(format: &Output, expansions: &[Expansion], streams: &mut Streams) {
    if !format.has_head {
        for expansion in expansions {
            streams.say(&expansion.to_string());
        }
    }
}

impl NarrowFlags {
    /// The flags of a search that was kept, as they were given then, whatever the environment says now.
    ///
    /// # Errors
    ///
    /// When this version knows no such flag, or its value cannot be read.
    pub(super) fn kept(dir: &Path, typed: &Typed) -> Result<NarrowFlags, Failure> {
        let mut narrow = NarrowFlags {
            index: IndexFlag {
                dir: dir.to_path_buf(),
            },
            syntax: SyntaxFlag(Syntax::Tradewire),
            refresh: Vec::new(),
            country: Vec::new(),
            person: Vec::new(),
            speaker: Vec::new(),
            topic: Vec::new(),
            instrument: Vec::new(),
            organization: Vec::new(),
            publisher: Vec::new(),
            after: None,
            before: None,
            exclude: Vec::new(),
            no_synonyms: false,
            wider: false,
            synonyms: Vec::new(),
        };
        for (name, value) in &typed.flags {
            let unreadable = |why: String| Failure {
                message: format!("`--{name} {value}` cannot be read: {why}"),
                hint: Some("add the alert again with `--replace`".to_string()),
            };
            let period = || value.parse::<Told>().map(Some);
            let period = || period().map_err(|error| unreadable(error.to_string()));
            match name.as_str() {
                "syntax" => {
                    narrow.syntax = SyntaxFlag::from_str(value, false).map_err(unreadable)?
                }
                "country" => narrow.country.push(value.clone()),
                "person" => narrow.person.push(value.clone()),
                "speaker" => narrow.speaker.push(value.clone()),
                "topic" => narrow.topic.push(value.clone()),
                "instrument" => narrow.instrument.push(value.clone()),
                "organization" => narrow.organization.push(value.clone()),
                "publisher" => narrow.publisher.push(value.clone()),
                "after" => narrow.after = period()?,
                "before" => narrow.before = period()?,
                "exclude" => narrow.exclude.push(value.clone()),
                "no-synonyms" => narrow.no_synonyms = true,
                "wider" => narrow.wider = true,
                "synonyms" => narrow.synonyms.push(PathBuf::from(value)),
                _ => return Err(unreadable("this version has no such flag".to_string())),
            }
        }
        Ok(narrow)
    }

    /// Makes the paths of files whole, so that they are found from wherever the search is asked again.
    ///
    /// # Errors
    ///
    /// When a path is no Unicode, so that it cannot be kept.
    pub(super) fn with_whole_paths(mut self) -> Result<NarrowFlags, Failure> {
        for path in &mut self.synonyms {
            let whole = std::path::absolute(&*path).unwrap_or_else(|_| path.clone());
            if whole.to_str().is_none() {
                return Err(Failure {
                    message: format!("`{}` is no Unicode, and cannot be kept", path.display()),
                    hint: None,
                });
            }
            *path = whole;
        }
        Ok(self)
    }

    /// The folder of the index.
    pub(super) fn dir(&self) -> &Path {
        &self.index.dir
    }

    /// The query with the flags, as they were typed. Times told from today are the days that they are today.
    pub(super) fn typed(&self, query: &str) -> Typed {
        self.typed_with(query, |told| told.period.to_string())
    }

    /// The same to be asked again on other days: times told from today stay so.
    pub(super) fn typed_for_any_day(&self, query: &str) -> Typed {
        self.typed_with(query, |told| told.text.clone())
    }

    fn typed_with(&self, query: &str, time: impl Fn(&Told) -> String) -> Typed {
        let mut flags: Vec<(String, String)> = Vec::new();
        if self.syntax.0 != Syntax::default() {
            flags.push(("syntax".to_string(), self.syntax.0.to_string()));
        }
        for (name, values) in self.filters() {
            flags.extend(values.iter().map(|value| (name.to_string(), value.clone())));
        }
        for (name, period) in [("after", &self.after), ("before", &self.before)] {
            flags.extend(period.as_ref().map(|told| (name.to_string(), time(told))));
        }
        let synonyms = self.synonyms.iter();
        let synonyms = synonyms.map(|path| path.display().to_string());
        flags.extend(synonyms.map(|path| ("synonyms".to_string(), path)));
        for (name, is_set) in [("no-synonyms", self.no_synonyms), ("wider", self.wider)] {
            flags.extend(is_set.then(|| (name.to_string(), String::new())));
        }
        let excluded = self.exclude.iter();
        flags.extend(excluded.map(|exclusion| ("exclude".to_string(), exclusion.clone())));
        Typed {
            query: query.to_string(),
            flags,
        }
    }

    /// What is searched along with the terms of the query.
    fn synonyms(&self) -> Result<Synonyms, Stop> {
        if self.no_synonyms {
            return Ok(Synonyms::none());
        }
        // Saved strings of other services say themselves what else to search, but for signs and abbreviations of one reference.
        let mut synonyms = match self.syntax.0 {
            Syntax::Lexis | Syntax::Factiva if !self.wider => Synonyms::spellings(),
            _ => Synonyms::ours(),
        };
        for path in &self.synonyms {
            let failed = |message: String, hint: Option<&str>| {
                Stop::Failed(Failure {
                    message,
                    hint: hint.map(str::to_string),
                })
            };
            let mut text = String::new();
            std::fs::File::open(path)
                .and_then(|file| file.take(MAX_SYNONYMS_BYTES + 1).read_to_string(&mut text))
                .map_err(|error| {
                    let reason = super::reason(&error);
                    failed(format!("cannot read `{}`: {reason}", path.display()), None)
                })?;
            if text.len() as u64 > MAX_SYNONYMS_BYTES {
                let megabytes = MAX_SYNONYMS_BYTES >> 20;
                let message = format!("`{}` is larger than {megabytes} MB", path.display());
                return Err(failed(
                    message,
                    Some("name several files, each with `--synonyms`"),
                ));
            }
            synonyms.add(&text).map_err(|error| {
                failed(
                    format!("`{}`, {error}", path.display()),
                    Some("a row is `same`, `wider` or `related`, a tab, and two terms or more set off by `|`"),
                )
            })?;
        }
        Ok(synonyms)
    }

    fn filters(&self) -> [(&'static str, &Vec<String>); 7] {
        [
            ("country", &self.country),
            ("person", &self.person),
            ("speaker", &self.speaker),
            ("topic", &self.topic),
            ("instrument", &self.instrument),
            ("organization", &self.organization),
            ("publisher", &self.publisher),
        ]
    }
}

/// The query as it was typed.
pub(super) fn typed(words: &[String]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.trim_start()).collect();
    words.join(" ")
}

pub(super) fn found(results: &Results) -> Exit {
    if results.n_paragraphs > 0 {
        Exit::Yes
    } else {
        Exit::No
    }
}

/// What an answer does not say of itself: what there is when less is demanded.
pub(super) fn say_more(
    index: &Index,
    request: Request,
    results: &Results,
    streams: &mut Streams,
) -> Result<(), Stop> {
    say_undated(index, &request, streams)?;
    if results.n_paragraphs == 0 || results.relaxed {
        say_question_marks(&request, streams);
    }
    if results.n_paragraphs > 0 {
        return Ok(());
    }
    if request.quoting {
        let all = counted(index, &request, |request| request.quoting = false)?;
        if all > 0 {
            let reports = match all {
                1 => "it does not report",
                _ => "none of them reports",
            };
            streams.say(&format!(
                "hint: {}, but {reports} what somebody said",
                matching(all)
            ));
            return Ok(());
        }
    }
    if request.strict {
        let some = index.search(&Request {
            strict: false,
            ..only_counted(&request)
        })?;
        if some.relaxed {
            let have = match some.n_paragraphs {
                1 => "1 paragraph has".to_string(),
                n => format!("{n} paragraphs have"),
            };
            streams.say(&format!(
                "hint: {have} some of the words; `OR` between words finds what has any of them"
            ));
            return Ok(());
        }
    }
    say_what_narrowed(index, &request, streams)
}

/// Says of a `?` behind a number or a word in capitals how to have it stand for a letter; in a question it is what it looks like.
fn say_question_marks(request: &Request, streams: &mut Streams) {
    let typed = request.as_typed.as_ref().unwrap_or(&request.query);
    if typed.question().is_some_and(|question| question.is_whole) {
        return;
    }
    for (_, word) in typed.plain_words() {
        let Some(stem) = word.strip_suffix('?') else {
            continue;
        };
        let is_code = !stem.is_empty()
            && stem
                .chars()
                .all(|c| c.is_ascii_digit() || c.is_ascii_uppercase());
        if is_code {
            let pattern = stem.to_ascii_lowercase();
            streams.say(&format!(
                "hint: the `?` of `{word}` is a question mark; `/{pattern}./` finds words with one character more"
            ));
        }
    }
}

/// The request without all that costs time beyond counting.
fn only_counted(request: &Request) -> Request {
    Request {
        facets: Vec::new(),
        cross: None,
        histogram: None,
        context: None,
        explain: false,
        limit: Some(0),
        offset: 0,
        ..request.clone()
    }
}

/// How many paragraphs match a request that was changed.
fn counted(
    index: &Index,
    request: &Request,
    change: impl FnOnce(&mut Request),
) -> Result<u64, Stop> {
    let mut request = Request {
        strict: true,
        ..only_counted(request)
    };
    change(&mut request);
    Ok(index.search(&request)?.n_paragraphs)
}

fn matching(n_paragraphs: u64) -> String {
    match n_paragraphs {
        1 => "1 paragraph matches".to_string(),
        n => format!("{n} paragraphs match"),
    }
}

/// Says how many paragraphs dates have left out because nobody knows theirs.
fn say_undated(index: &Index, request: &Request, streams: &mut Streams) -> Result<(), Stop> {
    let is_dates = |condition: &Query| matches!(condition, Query::Dates { .. });
    let mut conditions = request.conditions.iter();
    let Some(Query::Dates { field, .. }) = conditions.find(|condition| is_dates(condition)) else {
        return Ok(());
    };
    let dated = Query::Dates {
        field,
        from: Some(jiff::civil::Date::MIN),
        to: None,
    };
    let undated = counted(index, request, |request| {
        request.conditions.retain(|condition| !is_dates(condition));
        request.conditions.push(Query::Not(Box::new(dated)));
    })?;
    if undated > 0 {
        streams.say(&format!(
            "hint: {} without a date; leave out --after and --before to see what has none",
            matching(undated)
        ));
    }
    Ok(())
}

/// When nothing is left of an answer, says how much there is without the flags that narrow it.
fn say_what_narrowed(index: &Index, request: &Request, streams: &mut Streams) -> Result<(), Stop> {
    if request.filters.is_empty() && request.conditions.is_empty() {
        return Ok(());
    }
    let all = counted(index, request, |request| {
        request.filters.clear();
        request.conditions.clear();
    })?;
    if all > 0 {
        let matches = matching(all);
        streams.say(&format!("hint: without the flags that narrow, {matches}"));
    }
    Ok(())
}

/// When no paragraph has all words, but headlines have them, says how to ask for these.
pub(super) fn say_headlines(
    index: &Index,
    request: &Request,
    results: &Results,
    streams: &mut Streams,
) -> Result<(), Stop> {
    let is_whole = results.n_paragraphs > 0 && !results.relaxed;
    let typed = request.as_typed.as_ref().unwrap_or(&request.query);
    let Some(query) = typed.of_headlines().filter(|_| !is_whole) else {
        return Ok(());
    };
    let text = query.to_string();
    let found = index.search(&Request {
        filters: request.filters.clone(),
        conditions: request.conditions.clone(),
        strict: true,
        limit: Some(0),
        ..Request::new(query)
    })?;
    match found.n_articles {
        0 => {}
        1 => streams.say(&format!("hint: 1 headline has it: `{text}`")),
        n => streams.say(&format!("hint: {n} headlines have it: `{text}`")),
    }
    Ok(())
}

fn unreadable(error: &QueryError, typed: &str) -> Failure {
    let rendered = error.render(typed);
    // The rendering says "error:" and "hint:" itself.
    let message = rendered
        .trim_end()
        .trim_start_matches("error: ")
        .to_string();
    Failure {
        message,
        hint: None,
    }
}

pub(super) fn facets_named(names: &[String]) -> Result<Vec<&'static Field>, Stop> {
    let mut facets = Vec::new();
    for name in names
        .iter()
        .flat_map(|names| names.split(','))
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        match name {
            "all" => facets.extend(schema::facets()),
            "none" => {}
            _ => facets.push(facet_named(name)?),
        }
    }
    facets.dedup();
    Ok(facets)
}

/// The facet of that name, in the singular or plural.
pub(super) fn facet_named(name: &str) -> Result<&'static Field, Stop> {
    facet(name).ok_or_else(|| unknown_facet(name, &[]))
}

pub(super) fn facet(name: &str) -> Option<&'static Field> {
    let wanted = name.trim().to_lowercase();
    schema::facets().find(|field| field.name == wanted || field.key == wanted)
}

/// What people call the facet that time would be.
const WORDS_OF_TIME: &[&str] = &[
    "published",
    "date",
    "time",
    "day",
    "week",
    "month",
    "quarter",
    "year",
];

/// What to say of a name where a facet, or one of some intervals, should stand.
pub(super) fn unknown_facet(name: &str, intervals: &[&'static str]) -> Stop {
    let wanted = name.trim().to_lowercase();
    let likeness = |known: &str| strsim::jaro_winkler(known, &wanted);
    let facets = schema::facets().map(|field| field.name);
    let known = facets.chain(intervals.iter().copied());
    let alike = known.max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let is_time = WORDS_OF_TIME.contains(&&*wanted);
    let hint = match (alike.filter(|alike| likeness(alike) > 0.8), intervals) {
        _ if is_time => "`tradewire facets --by month` counts what was published when, `--cross month,country` a facet by time".to_string(),
        (Some(alike), _) => format!("did you mean `{alike}`?"),
        (None, []) => all_facets(),
        (None, _) => format!("{}; time goes by {}", all_facets(), intervals.join(", ")),
    };
    Stop::Failed(Failure {
        message: format!("no facet is called `{name}`"),
        hint: Some(hint),
    })
}

pub(super) fn all_facets() -> String {
    let names: Vec<&str> = schema::facets().map(|field| field.name).collect();
    format!("the facets are {}", names.join(", "))
}
