//! `tradewire search` and `tradewire facets`

use std::cell::RefCell;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::answer::{self, FormatFlag};
use super::{Exit, Failure, IndexFlag, Stop, Streams, index};
use crate::field::Field;
use crate::index::Index;
use crate::ingest::{Choice, Settings};
use crate::lists::Lists;
use crate::names::{self, NamedGroup};
use crate::output::{Answer, Output, Page};
use crate::query::date::Period;
use crate::query::{self, Query, QueryError, Unresolved};
use crate::schema;
use crate::search::{Expansion, Filter, Request, Results, Sort};

/// The facets that an answer counts unless told otherwise, in a text for people.
const COUNTED: &str = "country,speaker,topic,instrument";

/// Search paragraphs, best first
///
/// Several words mean all of them in one paragraph; when no paragraph has all, or hardly any has all of a question's, the answer
/// says so and gives those that have some. Also "phrases", AND OR NOT, parentheses, field:value, prefix*, fuzzy~1,
/// published:2018-09.
#[derive(Debug, Args)]
#[command(after_help = SEARCH_EXAMPLES)]
pub(super) struct SearchArguments {
    /// What to look for; everything without it
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    narrow: NarrowFlags,
    /// The order of the answer
    #[arg(long, value_enum, default_value = "relevance")]
    sort: SortFlag,
    /// How many to show; `all` for all
    #[arg(long, value_name = "N", default_value = "10", value_parser = limit)]
    limit: Limit,
    /// How many to skip
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Put the paragraphs of an article together
    #[arg(long, value_enum)]
    group: Option<GroupFlag>,
    /// The facets to count, `all` or `none`
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    facets: Option<Vec<String>>,
    #[command(flatten)]
    format: FormatFlag,
}

const SEARCH_EXAMPLES: &str = "\
Examples:
  tradewire search \"Section 232 tariffs\"
  tradewire search '\"Section 232\" AND (steel OR alumin*)'
  tradewire search tariffs --country japan --country korea --speaker abe
  tradewire search steel --after 2018-03 --before 2018-06 --sort newest
  tradewire search retaliation --exclude country=china --group article
  tradewire search --in corpus anti-dumping --format jsonl > hits.jsonl

A facet given twice means either, different facets mean both.
A group of countries means any of its members, and the answer says which they are:
G7, G20, EU-27, USMCA, CPTPP, BRICS, OPEC, \"ASEAN members\", \"gulf states\".";

/// Count the values of a facet within an answer
#[derive(Debug, Args)]
#[command(after_help = FACETS_EXAMPLES)]
pub(super) struct FacetsArguments {
    /// The facet: country, person, speaker, topic, instrument, organization, publisher; several with commas
    #[arg(value_name = "FACET")]
    facet: String,
    /// What to look for; everything without it
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    narrow: NarrowFlags,
    /// How many values to show; `all` for all
    #[arg(long, value_name = "N", default_value = "20", value_parser = limit)]
    limit: Limit,
    #[command(flatten)]
    format: FormatFlag,
}

const FACETS_EXAMPLES: &str = "\
Examples:
  tradewire facets country                              every country, most frequent first
  tradewire facets speaker \"Section 232\"                who speaks of it
  tradewire facets topic,instrument --country japan     two facets at once
  tradewire facets organization --limit all --format csv";

/// What narrows an answer.
#[derive(Debug, Args)]
struct NarrowFlags {
    #[command(flatten)]
    index: IndexFlag,
    /// Bring the index up to date with these files and folders first
    #[arg(long = "in", value_name = "PATH")]
    refresh: Vec<PathBuf>,
    /// Only paragraphs that name this country or bloc, or a member of this group: japan, us, eu, G7, "EU members"
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
    /// … published on or after this day, month or year
    #[arg(long, value_name = "DATE", help_heading = "Narrowing")]
    after: Option<Period>,
    /// … published on or before this day, month or year
    #[arg(long, value_name = "DATE", help_heading = "Narrowing")]
    before: Option<Period>,
    /// Leave out paragraphs with this value: country=china
    #[arg(long, value_name = "FACET=VALUE", help_heading = "Narrowing")]
    exclude: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SortFlag {
    Relevance,
    Newest,
    Oldest,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum GroupFlag {
    Article,
}

/// A number of things, or all of them.
#[derive(Debug, Clone, Copy)]
struct Limit(Option<usize>);

fn limit(text: &str) -> Result<Limit, String> {
    match text {
        "all" => Ok(Limit(None)),
        _ => text
            .parse()
            .map(|n| Limit(Some(n)))
            .map_err(|_| "give a number, or `all`".to_string()),
    }
}

pub(super) fn search(arguments: &SearchArguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let index = open(&arguments.narrow, streams)?;
    let typed = typed(&arguments.query);
    let facets = match &arguments.facets {
        Some(names) => facets_named(names)?,
        // Machines get all facets, people those that fit a screen.
        None if arguments.format.format.name == "text" => facets_named(&[COUNTED.to_string()])?,
        None => schema::facets().collect(),
    };
    let asked = asked(&index, &typed, &arguments.narrow, streams)?;
    let request = Request {
        sort: match arguments.sort {
            SortFlag::Relevance => Sort::Relevance,
            SortFlag::Newest => Sort::Newest,
            SortFlag::Oldest => Sort::Oldest,
        },
        offset: arguments.offset,
        limit: arguments.limit.0,
        grouped: arguments.group.is_some(),
        facets,
        ..asked.request
    };
    let results = index.search(&request)?;
    let page = Page {
        offset: request.offset,
        limit: request.limit,
        grouped: request.grouped,
    };
    let answer = Answer::Search {
        query: &typed,
        expansions: &asked.expansions,
        results: &results,
        page,
    };
    answer::show(arguments.format.format, &answer, streams)?;
    say_expansions(arguments.format.format, &asked.expansions, streams);
    say_what_narrowed(&index, request, &results, streams)?;
    Ok(found(&results))
}

pub(super) fn facets(arguments: &FacetsArguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let index = open(&arguments.narrow, streams)?;
    let typed = typed(&arguments.query);
    let facets = facets_named(std::slice::from_ref(&arguments.facet))?;
    if facets.is_empty() {
        return Err(Stop::Failed(Failure {
            message: "no facet is named".to_string(),
            hint: Some(all_facets()),
        }));
    }
    let asked = asked(&index, &typed, &arguments.narrow, streams)?;
    let request = Request {
        limit: Some(0),
        facets,
        n_values: arguments.limit.0,
        ..asked.request
    };
    let results = index.search(&request)?;
    answer::show(
        arguments.format.format,
        &Answer::Facets {
            query: &typed,
            expansions: &asked.expansions,
            results: &results,
        },
        streams,
    )?;
    say_expansions(arguments.format.format, &asked.expansions, streams);
    say_what_narrowed(&index, request, &results, streams)?;
    Ok(found(&results))
}

/// The query as it was typed.
fn typed(words: &[String]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.trim_start()).collect();
    words.join(" ")
}

fn found(results: &Results) -> Exit {
    if results.n_paragraphs > 0 {
        Exit::Yes
    } else {
        Exit::No
    }
}

/// When nothing is left of an answer, says how much there is without the flags that narrow it.
fn say_what_narrowed(
    index: &Index,
    request: Request,
    results: &Results,
    streams: &mut Streams,
) -> Result<(), Stop> {
    let is_narrowed = !(request.filters.is_empty() && request.conditions.is_empty());
    if results.n_paragraphs > 0 || !is_narrowed {
        return Ok(());
    }
    let wider = index.search(&Request {
        filters: Vec::new(),
        conditions: Vec::new(),
        facets: Vec::new(),
        limit: Some(0),
        ..request
    })?;
    if wider.n_paragraphs > 0 && !wider.relaxed {
        let matches = match wider.n_paragraphs {
            1 => "1 paragraph matches".to_string(),
            n => format!("{n} paragraphs match"),
        };
        streams.say(&format!("hint: without the flags that narrow, {matches}"));
    }
    Ok(())
}

fn open(narrow: &NarrowFlags, streams: &mut Streams) -> Result<Index, Stop> {
    if !narrow.refresh.is_empty() {
        let settings = Settings {
            n_threads: streams.terminal.n_threads,
            anew: false,
            lists: Choice::Recorded,
        };
        index::refresh_quietly(&narrow.index.dir, &narrow.refresh, settings, streams)?;
    }
    Ok(Index::open(&narrow.index.dir)?)
}

/// What was asked for.
struct Asked {
    request: Request,
    /// What names of groups were taken for.
    expansions: Vec<Expansion>,
}

/// Reads the query and the flags that narrow it.
fn asked(
    index: &Index,
    typed: &str,
    narrow: &NarrowFlags,
    streams: &mut Streams,
) -> Result<Asked, Stop> {
    let names = Names {
        index,
        lists: index.lists()?,
        groups: RefCell::default(),
    };
    let query = query::parse(typed, &|field, name| {
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
        let from = narrow.after.map(|period| period.first);
        let to = narrow.before.map(|period| period.last);
        conditions.push(Query::Dates { field, from, to });
    }
    let mut expansions = Vec::new();
    for (field, named) in names.groups.into_inner() {
        match named {
            NamedGroup::Members(group) => expansions.push(Expansion { field, group }),
            NamedGroup::Whole(group) => streams.say(&format!(
                "hint: `{}` is the bloc itself; `{}` means any of its {} members",
                group.whole.unwrap_or(group.name),
                group.name,
                group.members.len()
            )),
        }
    }
    Ok(Asked {
        request: Request {
            filters,
            conditions,
            ..Request::new(query)
        },
        expansions,
    })
}

/// Looks names up in an index, and remembers those of groups.
struct Names<'a> {
    index: &'a Index,
    /// The user's.
    lists: Lists,
    groups: RefCell<Vec<(&'static Field, NamedGroup)>>,
}

impl Names<'_> {
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
        let resolved = names::resolve(field, name, values, &self.lists)?;
        if let Some(named) = resolved.group {
            let mut groups = self.groups.borrow_mut();
            if !groups
                .iter()
                .any(|(known_field, known)| *known_field == field && *known == named)
            {
                groups.push((field, named));
            }
        }
        Ok(resolved.values)
    }
}

/// Says what names of groups were taken for, where the answer has no room for it.
fn say_expansions(format: &Output, expansions: &[Expansion], streams: &mut Streams) {
    if !format.has_head {
        for expansion in expansions {
            streams.say(&expansion.to_string());
        }
    }
}

impl NarrowFlags {
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

fn facets_named(names: &[String]) -> Result<Vec<&'static Field>, Stop> {
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
fn facet_named(name: &str) -> Result<&'static Field, Stop> {
    let wanted = name.trim().to_lowercase();
    let facet = schema::facets().find(|field| field.name == wanted || field.key == wanted);
    facet.ok_or_else(|| {
        let alike = schema::facets().map(|field| field.name).max_by(|a, b| {
            strsim::jaro_winkler(a, &wanted).total_cmp(&strsim::jaro_winkler(b, &wanted))
        });
        let alike = alike.filter(|alike| strsim::jaro_winkler(alike, &wanted) > 0.8);
        let hint = match alike {
            Some(alike) => format!("did you mean `{alike}`?"),
            None => all_facets(),
        };
        Stop::Failed(Failure {
            message: format!("no facet is called `{name}`"),
            hint: Some(hint),
        })
    })
}

fn all_facets() -> String {
    let names: Vec<&str> = schema::facets().map(|field| field.name).collect();
    format!("the facets are {}", names.join(", "))
}
