//! `tradewire facets`

use clap::Args;

use super::answer::{self, FormatFlag};
use super::narrow::{self, Limit, NarrowFlags, all_facets, facets_named};
use super::{Exit, Failure, Stop, Streams};
use crate::output::Answer;
use crate::search::Request;

/// Count the values of a facet within an answer
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The facet: country, person, speaker, topic, instrument, organization, publisher; several with commas
    #[arg(value_name = "FACET")]
    facet: String,
    /// What to look for; everything without it
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    narrow: NarrowFlags,
    /// How many values to show; `all` for all
    #[arg(long, value_name = "N", default_value = "20", value_parser = narrow::limit)]
    limit: Limit,
    #[command(flatten)]
    format: FormatFlag,
}

const EXAMPLES: &str = "\
Examples:
  tradewire facets country                              every country, most frequent first
  tradewire facets speaker \"Section 232\"                who speaks of it
  tradewire facets topic,instrument --country japan     two facets at once
  tradewire facets organization --limit all --format csv";

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let index = narrow::open(&arguments.narrow, streams)?;
    let typed = narrow::typed(&arguments.query);
    let facets = facets_named(std::slice::from_ref(&arguments.facet))?;
    if facets.is_empty() {
        return Err(Stop::Failed(Failure {
            message: "no facet is named".to_string(),
            hint: Some(all_facets()),
        }));
    }
    let asked = narrow::asked(&index, &typed, &arguments.narrow, streams)?;
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
    narrow::say_expansions(arguments.format.format, &asked.expansions, streams);
    narrow::say_what_narrowed(&index, request, &results, streams)?;
    Ok(narrow::found(&results))
}
