//! `tradewire show`

use clap::Args;

use super::answer::{self, FormatFlag};
use super::{Exit, IndexFlag, Stop, Streams, articles};
use crate::index::Index;
use crate::output::Answer;

/// Show an article, or a paragraph in its article, with its mentions marked
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// An article's id or path, or a paragraph's id: `2018/japan-us-talks`, `corpus/2018/japan-us-talks.txt`,
    /// `2018/japan-us-talks#3`
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    index: IndexFlag,
    #[command(flatten)]
    format: FormatFlag,
}

const EXAMPLES: &str = "\
Examples:
  tradewire show 2018/japan-us-talks
  tradewire show 2018/japan-us-talks#3
  tradewire show 2018/japan-us-talks --format json";

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let index = Index::open(&arguments.index.dir)?;
    let (articles, focus) = articles::find(&index, &arguments.id)?;
    for paragraphs in &articles {
        answer::show(
            arguments.format.format,
            &Answer::Article { paragraphs, focus },
            streams,
        )?;
    }
    Ok(Exit::Yes)
}
