//! `tradewire search`

use clap::{Args, ValueEnum};

use super::answer::{self, FormatFlag};
use super::narrow::{self, Absent, Limit, NarrowFlags, facets_named};
use super::{Exit, Stop, Streams};
use crate::output::{Answer, Page};
use crate::schema;
use crate::search::{Around, Grouping, Request, Sort};

/// The facets that an answer counts unless told otherwise, in a text for people.
const COUNTED: &str = "country,speaker,topic,instrument";

/// Search paragraphs, best first
///
/// Several words mean all of them in one paragraph; when no paragraph has all, or hardly any has all of a question's, the answer
/// says so and gives those that have some. What else a query can say stands below.
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
    #[arg(long, value_name = "N", default_value = "10", value_parser = narrow::limit, allow_negative_numbers = true)]
    limit: Limit,
    /// How many to skip
    #[arg(
        long,
        value_name = "N",
        default_value_t = 0,
        allow_negative_numbers = true
    )]
    offset: usize,
    /// Put the paragraphs of an article together, or those of a speaker or of a value of another facet
    #[arg(long, value_name = "article|FACET", value_parser = grouping)]
    group: Option<Grouping>,
    /// How many paragraphs of each group to show; `all` for all
    #[arg(long, value_name = "N", default_value = "3", value_parser = per_group)]
    per_group: Limit,
    /// Show so many paragraphs of the article before and after each that matches
    #[arg(short = 'C', long, value_name = "N")]
    context: Option<usize>,
    /// … before it
    #[arg(short = 'B', long, value_name = "N")]
    before_context: Option<usize>,
    /// … after it
    #[arg(short = 'A', long, value_name = "N")]
    after_context: Option<usize>,
    /// Who said what: the quotes of the paragraphs that match, with --speaker those of this person only
    #[arg(long, conflicts_with_all = ["group", "context", "before_context", "after_context"])]
    quotes: bool,
    /// Say how the query was read: what each part of it finds, and what it gave to the score of each paragraph
    #[arg(long)]
    explain: bool,
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
  tradewire search tariffs --group speaker --limit 5
  tradewire search \"safeguard measure\" -C 1
  tradewire search tariffs --quotes --speaker abe --sort oldest --limit all
  tradewire search --in corpus anti-dumping --format jsonl > hits.jsonl

In a query:
  steel tariff, steel OR aluminum, steel -china both words, either, not this
  \"trade war\", =tariffs, tarif*, wom?n          phrase, that form, any letters
  steel W/5 tariff, PRE/5, NOT W/5              near, in that order, not near
  steel W/S tariff, W/P                         in one sentence, one paragraph
  tariff W/8 country:china, W/0 speaker:abe     near a name, in what he said
  title:steel, lead:steel, topic:steel          headline, lead, on a topic
  article:(steel soybeans), ATLEAST5(tariff)    anywhere, so often in it
  published:2018-09, published:last-30-days     in a month, lately
  published:[2018-01 TO 2018-09]                from then to then
  ALLCAPS(AD), lighthiser~1, /tarif+s?/         capitals, misspelled, pattern

A facet given twice means either, different facets mean both.
A group of countries means any of its members, and the answer says which they are:
G7, G20, EU-27, USMCA, CPTPP, BRICS, OPEC, \"ASEAN members\", \"gulf states\".";

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SortFlag {
    Relevance,
    Newest,
    Oldest,
}

impl From<SortFlag> for Sort {
    fn from(flag: SortFlag) -> Sort {
        match flag {
            SortFlag::Relevance => Sort::Relevance,
            SortFlag::Newest => Sort::Newest,
            SortFlag::Oldest => Sort::Oldest,
        }
    }
}

/// A group of nothing cannot be shown.
fn per_group(text: &str) -> Result<Limit, String> {
    match narrow::limit(text)? {
        Limit(Some(0)) => Err("give a number from 1 on, or `all`".to_string()),
        limit => Ok(limit),
    }
}

fn grouping(text: &str) -> Result<Grouping, String> {
    if matches!(text, "article" | "articles") {
        return Ok(Grouping::Article);
    }
    let facet = schema::facets().find(|field| field.name == text || field.key == text);
    facet.map(Grouping::Facet).ok_or_else(|| {
        let names: Vec<&str> = schema::facets().map(|field| field.name).collect();
        format!("group by article, {}", names.join(", "))
    })
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let index = narrow::open(&arguments.narrow, streams)?;
    let typed = narrow::typed(&arguments.query);
    let facets = match &arguments.facets {
        Some(names) => facets_named(names)?,
        // Machines get all facets, people those that fit a screen.
        None if arguments.quotes => Vec::new(),
        None if arguments.format.format.is_for_people => facets_named(&[COUNTED.to_string()])?,
        None => schema::facets().collect(),
    };
    let asked = narrow::asked(&index, &typed, &arguments.narrow, Absent::Refused)?;
    let request = Request {
        sort: arguments.sort.into(),
        offset: arguments.offset,
        limit: arguments.limit.0,
        group: arguments.group,
        n_of_group: arguments.per_group.0,
        quoting: arguments.quotes,
        context: around(arguments),
        explain: arguments.explain,
        facets,
        ..asked.request
    };
    let results = index.search(&request)?;
    let page = Page {
        offset: request.offset,
        limit: request.limit,
        group: request.group,
    };
    let speakers = request
        .filters
        .iter()
        .filter(|filter| filter.field.name == "speaker");
    let speakers: Vec<String> = speakers.flat_map(|filter| filter.values.clone()).collect();
    let answer = match arguments.quotes {
        true => Answer::Quotes {
            query: &typed,
            expansions: &asked.expansions,
            results: &results,
            page,
            speakers: &speakers,
        },
        false => Answer::Search {
            query: &typed,
            expansions: &asked.expansions,
            results: &results,
            page,
        },
    };
    answer::show(arguments.format.format, &answer, streams)?;
    narrow::say_expansions(arguments.format.format, &asked.expansions, streams);
    narrow::say_hints(&asked.hints, streams);
    narrow::say_headlines(&index, &request, &results, streams)?;
    narrow::say_more(&index, request, &results, streams)?;
    Ok(narrow::found(&results))
}

fn around(arguments: &Arguments) -> Option<Around> {
    let of = |flag: Option<usize>| flag.or(arguments.context);
    let (before, after) = (of(arguments.before_context), of(arguments.after_context));
    (before.is_some() || after.is_some()).then(|| Around {
        n_before: before.unwrap_or(0),
        n_after: after.unwrap_or(0),
    })
}
