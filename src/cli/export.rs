//! `tradewire export`

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::narrow::{self, Absent, NarrowFlags};
use super::search::SortFlag;
use super::{Exit, Failure, Stop, Streams, written};
use crate::output::export::{EXPORTS, Export, Part};
use crate::output::notes;
use crate::report::Provenance;
use crate::search::{Request, Sort};

/// Write out every paragraph that matches, with where it comes from
///
/// What matches has all of the words, unless six words or more are a question. However much it is, it takes no more memory. A head names the query, the program's version and the date of the index, so
/// that the export can be made again: a first line in JSON Lines, a comment in CSV, footnotes and BibTeX, `source` in CSL-JSON;
/// a TREC run has no room for it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// What to look for; everything without it
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    #[command(flatten)]
    narrow: NarrowFlags,
    /// The order
    #[arg(long, value_enum, default_value = "relevance")]
    sort: SortFlag,
    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "jsonl", value_parser = formats())]
    format: &'static Export,
    /// Leave out the head
    #[arg(long)]
    no_head: bool,
    /// The number of the question in a TREC run
    #[arg(long, value_name = "ID", default_value = "1")]
    qid: String,
}

const EXAMPLES: &str = "\
Examples:
  tradewire export \"Section 232\" --country japan > exhibit.jsonl
  tradewire export retaliation --sort oldest --format csv > retaliation.csv
  tradewire export tariffs --speaker abe --format footnotes
  tradewire export tariffs --format bibtex > tariffs.bib
  tradewire export \"who opposed the steel tariffs and why\" --format trec --qid 101 >> run.txt";

fn formats() -> impl TypedValueParser<Value = &'static Export> {
    let values = EXPORTS
        .iter()
        .map(|export| PossibleValue::new(export.name).help(export.help));
    PossibleValuesParser::new(values).map(|name| {
        let export = EXPORTS.iter().find(|export| export.name == name);
        export.unwrap_or(&EXPORTS[0])
    })
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let format = arguments.format;
    let sort = Sort::from(arguments.sort);
    if format.is_ranking && sort != Sort::Relevance {
        return Err(Stop::Failed(Failure {
            message: format!("`{}` is an order by score", format.name),
            hint: Some("leave `--sort` away, or choose another format".to_string()),
        }));
    }
    let index = narrow::open(&arguments.narrow, streams)?;
    let typed = narrow::typed(&arguments.query);
    let asked = narrow::asked(&index, &typed, &arguments.narrow, Absent::Refused)?;
    // What is written out as all that matches has all of the words. Only whole questions are answered by what has some.
    let query = asked.request.as_typed.as_ref();
    let query = query.unwrap_or(&asked.request.query);
    let is_question = query.question().is_some_and(|question| question.is_whole);
    let request = Request {
        sort,
        strict: asked.request.strict || !is_question,
        ..asked.request
    };
    let info = index.info();
    let mut provenance = Provenance {
        typed: arguments.narrow.typed(&typed),
        expansions: asked.expansions,
        sort,
        question: arguments.qid.clone(),
        program: format!("tradewire {}", env!("CARGO_PKG_VERSION")),
        index: index.dir().display().to_string(),
        built: info.built.clone(),
        lists: info
            .lists
            .as_ref()
            .map(|lists| format!("{:032x}", lists.hash)),
        n_paragraphs: 0,
        n_articles: 0,
        relaxed: false,
    };
    let provenance = std::cell::RefCell::new(&mut provenance);
    let out = std::cell::RefCell::new(&mut *streams.out);
    let put = |part: &Part| {
        written((format.write)(
            part,
            &provenance.borrow(),
            &mut **out.borrow_mut(),
        ))
    };
    let mut n_hits = 0;
    let results = index.stream(
        &request,
        |results| {
            {
                let mut provenance = provenance.borrow_mut();
                provenance.n_paragraphs = results.n_paragraphs;
                provenance.n_articles = results.n_articles;
                provenance.relaxed = results.relaxed;
            }
            match arguments.no_head {
                true => Ok(()),
                false => put(&Part::Head),
            }
        },
        |hits| {
            put(&Part::Hits {
                hits,
                n_before: n_hits,
            })?;
            n_hits += hits.len() as u64;
            Ok::<(), Stop>(())
        },
    )?;
    put(&Part::End { n_hits })?;
    for note in notes::shortfall(&typed, &results) {
        streams.say(&note);
    }
    narrow::say_hints(&asked.hints, streams);
    narrow::say_more(&index, request, &results, streams)?;
    Ok(narrow::found(&results))
}
