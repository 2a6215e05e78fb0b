//! `tradewire search`

use clap::{Args, ValueEnum};

use super::answer::{self, FormatFlag};
use super::narrow::{self, Limit, NarrowFlags, facets_named};
use super::{Exit, Stop, Streams};
use crate::output::{Answer, Page};
use crate::schema;
use crate::search::{Request, Sort};

/// The facets that an answer counts unless told otherwise, in a text for people.
const COUNTED: &str = "country,speaker,topic,instrument";

/// Search paragraphs, best first
///
/// Several words mean all of them in one paragraph; when no paragraph has all, or hardly any has all of a question's, the answer
/// says so and gives those that have some. Also "phrases", AND OR NOT, parentheses, field:value, prefix*, fuzzy~1,
/// published:2018-09.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to look for; everything without it
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    narrow: NarrowFlags,
    /// The order of the answer
    #[arg(long, value_enum, default_value = "relevance")]
    sort: SortFlag,
    /// How many to show; `all` for all
    #[arg(long, value_name = "N", default_value = "10", value_parser = narrow::limit)]
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

const EXAMPLES: &str = "\
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

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let index = narrow::open(&arguments.narrow, streams)?;
    let typed = narrow::typed(&arguments.query);
    let facets = match &arguments.facets {
        Some(names) => facets_named(names)?,
        // Machines get all facets, people those that fit a screen.
        None if arguments.format.format.name == "text" => facets_named(&[COUNTED.to_string()])?,
        None => schema::facets().collect(),
    };
    let asked = narrow::asked(&index, &typed, &arguments.narrow, streams)?;
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
    narrow::say_expansions(arguments.format.format, &asked.expansions, streams);
    narrow::say_what_narrowed(&index, request, &results, streams)?;
    Ok(narrow::found(&results))
}
