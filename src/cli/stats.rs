//! `tradewire stats`

use clap::Args;

use super::answer::{self, FormatFlag};
use super::{Exit, IndexFlag, Stop, Streams, lists};
use crate::index::Index;
use crate::output::Answer;
use crate::query::Query;
use crate::report::Stats;
use crate::schema;
use crate::search::{Request, Results, Sort};

/// Say what the index holds
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  tradewire stats\n  tradewire stats --format json")]
pub(super) struct Arguments {
    #[command(flatten)]
    index: IndexFlag,
    #[command(flatten)]
    format: FormatFlag,
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let index = Index::open(&arguments.index.dir)?;
    let info = index.info();
    let everything = Request {
        limit: Some(1),
        facets: schema::facets().collect(),
        sort: Sort::Newest,
        n_values: Some(5),
        ..Request::new(Query::All)
    };
    let newest = index.search(&everything)?;
    let dated = schema::field("published").map(|field| Query::Dates {
        field,
        from: Some(jiff::civil::Date::MIN),
        to: None,
    });
    let oldest = Request {
        limit: Some(1),
        sort: Sort::Oldest,
        ..Request::new(dated.unwrap_or(Query::All))
    };
    let oldest = index.search(&oldest)?;
    let published = |results: &Results| {
        results
            .hits()
            .next()
            .and_then(|hit| hit.paragraph.head.published)
    };
    let stats = Stats {
        index: index.dir().display().to_string(),
        built: info.built.clone(),
        program: format!("tradewire {}", info.program),
        n_sources: info.n_sources,
        n_articles: info.n_articles,
        n_paragraphs: info.n_paragraphs,
        n_words: info.n_words,
        bytes: index.n_bytes(),
        n_segments: index.n_segments(),
        lists: lists::report(index.dir(), info),
        n_with_other_lists: lists::n_others(&index)?,
        first: published(&oldest),
        last: published(&newest),
        facets: newest.facets,
    };
    answer::show(arguments.format.format, &Answer::Stats(&stats), streams)?;
    Ok(Exit::Yes)
}
