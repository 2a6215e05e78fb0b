//! `tradewire check`

use clap::Args;

use super::answer::{self, FormatFlag};
use super::{Exit, IndexFlag, Stop, Streams};
use crate::index as engine;
use crate::output::Answer;
use crate::report::{CheckReport, Problem};

/// Check whether the index is whole
///
/// Compares every file with its checksum, reads every paragraph, and counts.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  tradewire check\n  tradewire check --index ~/trade.idx")]
pub(super) struct Arguments {
    #[command(flatten)]
    index: IndexFlag,
    #[command(flatten)]
    format: FormatFlag,
}

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let found = engine::check(&arguments.index.dir)?;
    let dir = arguments.index.dir.display().to_string();
    let advice = format!("build it anew with `tradewire index --rebuild --index {dir} PATH`");
    let problems = found.problems.into_iter().map(|what| Problem {
        what,
        advice: advice.clone(),
    });
    let report = CheckReport {
        n_files: found.n_files,
        n_sources: found.info.n_sources,
        n_articles: found.info.n_articles,
        n_paragraphs: found.info.n_paragraphs,
        problems: problems.collect(),
        index: dir,
    };
    answer::write(arguments.format.format, &Answer::Check(&report), streams)?;
    Ok(if report.problems.is_empty() {
        Exit::Yes
    } else {
        Exit::Failed
    })
}
