//! `tradewire check`

use std::path::PathBuf;

use clap::Args;

use super::answer::{self, FormatFlag};
use super::{Exit, IndexFlag, Stop, Streams, index};
use crate::index as engine;
use crate::ingest::{self, Difference};
use crate::output::Answer;
use crate::report::{CheckReport, DeepReport, Problem};

/// Check whether the index is whole
///
/// Compares every file with its checksum, reads every paragraph, and counts. With `--deep` it also reads all sources and
/// extracts them again, and compares every paragraph, value and place with what the index has; nothing is written.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Also compare the index with its sources
    #[arg(long)]
    deep: bool,
    /// Files and folders that were indexed, for `--deep`; without any all that the index holds
    #[arg(value_name = "PATH", requires = "deep")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    index: IndexFlag,
    #[command(flatten)]
    format: FormatFlag,
}

const EXAMPLES: &str = "\
Examples:
  tradewire check
  tradewire check --index ~/trade.idx
  tradewire check --deep corpus

Exit status: 0 when all is well, 1 when sources differ from what the index has of them, 2 when the index is damaged.";

pub(super) fn run(arguments: &Arguments, streams: &mut Streams) -> Result<Exit, Stop> {
    let dir = &arguments.index.dir;
    let found = engine::check(dir)?;
    let index = dir.display().to_string();
    let advice = format!("build it anew with `tradewire index --rebuild --index {index} PATH`");
    let problems: Vec<Problem> = found
        .problems
        .into_iter()
        .map(|what| Problem {
            what,
            advice: advice.clone(),
        })
        .collect();
    // What a damaged index says is no use.
    let deep = match arguments.deep && problems.is_empty() {
        true => Some(deep(arguments, streams)?),
        false => None,
    };
    let report = CheckReport {
        n_files: found.n_files,
        n_sources: found.info.n_sources,
        n_articles: found.info.n_articles,
        n_paragraphs: found.info.n_paragraphs,
        problems,
        deep,
        index,
    };
    answer::write(arguments.format.format, &Answer::Check(&report), streams)?;
    let differs = report.deep.is_some_and(|deep| !deep.differences.is_empty());
    Ok(match (report.problems.is_empty(), differs) {
        (false, _) => Exit::Failed,
        (true, true) => Exit::No,
        (true, false) => Exit::Yes,
    })
}

fn deep(arguments: &Arguments, streams: &Streams) -> Result<DeepReport, Stop> {
    let dir = &arguments.index.dir;
    let paths = match &*arguments.paths {
        [] => index::held_or_corpus(dir),
        paths => paths.to_vec(),
    };
    let found = ingest::compare(dir, &paths, streams.terminal.n_threads)?;
    let shown = paths.iter().map(|path| path.display().to_string());
    let shown = shown.collect::<Vec<_>>().join(" ");
    let refresh = format!("tradewire index --index {} {shown}", dir.display());
    let gone = paths.iter().filter(|path| ingest::is_missing(path));
    let gone = gone.map(|path| path.display().to_string());
    let gone = gone.collect::<Vec<_>>();
    let forget = match found.n_elsewhere > 0 || gone.len() < paths.len() {
        // What is gone is named by itself.
        true if !gone.is_empty() => format!(
            "take it out of the index with `tradewire index --index {} {}`",
            dir.display(),
            gone.join(" ")
        ),
        true => format!("take it out of the index with `{refresh}`"),
        false => format!("remove `{}`: the index holds nothing else", dir.display()),
    };
    let rebuild = format!("tradewire index --rebuild --index {}", dir.display());
    let rebuild = with_sources(&rebuild, &shown, found.n_elsewhere);
    let differences = found.differences.into_iter();
    Ok(DeepReport {
        n_sources: found.n_sources,
        n_paragraphs: found.n_paragraphs,
        differences: differences
            .map(|difference| problem(difference, &refresh, &forget, &rebuild))
            .collect(),
    })
}

/// A command that drops what it is not given, with all that it has to be given.
fn with_sources(command: &str, shown: &str, n_elsewhere: u64) -> String {
    match n_elsewhere {
        0 => format!("`{command} {shown}`"),
        1 => format!("`{command} PATH`, with the paths of all its sources: 1 lies elsewhere"),
        n => format!("`{command} PATH`, with the paths of all its sources: {n} lie elsewhere"),
    }
}

/// A difference in words; `refresh` is the command that ends most, `forget` and `rebuild` say how to end the others.
fn problem(difference: Difference, refresh: &str, forget: &str, rebuild: &str) -> Problem {
    let update = format!("bring the index up to date with `{refresh}`");
    let (what, advice) = match difference {
        Difference::New { path } => (format!("`{path}` is not in the index"), update),
        Difference::Changed { path } => {
            (format!("`{path}` has changed since it was indexed"), update)
        }
        Difference::Gone { path } => (
            format!("`{path}` is in the index and no longer there"),
            format!("restore it, or {forget}"),
        ),
        Difference::Unreadable(fault) => (
            fault.to_string(),
            fault.hint.unwrap_or_else(|| {
                "what the index has of it stays until it can be read".to_string()
            }),
        ),
        Difference::OtherLists { path } => (
            format!("`{path}` was extracted with other lists than the index has now"),
            format!("apply the lists to it with `{refresh}`"),
        ),
        Difference::Paragraphs {
            path,
            n_missing,
            missing,
            n_others,
        } => {
            let ids: Vec<String> = missing.iter().map(|id| format!("`{id}`")).collect();
            let more = match n_missing > missing.len() as u64 {
                true => ", …",
                false => "",
            };
            let named = match ids.is_empty() {
                true => String::new(),
                false => format!(" ({}{more})", ids.join(", ")),
            };
            (
                format!(
                    "`{path}` gives other paragraphs than the index has of it: {n_missing} are not in the index{named}, {n_others} there are not in the source"
                ),
                format!("build the index anew with {rebuild}"),
            )
        }
    };
    Problem { what, advice }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rebuild_is_given_all_sources() {
        let difference = || Difference::Paragraphs {
            path: "corpus/a.txt".to_string(),
            n_missing: 1,
            missing: vec!["a#0".to_string()],
            n_others: 0,
        };
        for (n_elsewhere, expected) in [
            (0, "`tradewire index --rebuild corpus`"),
            (
                9,
                "`tradewire index --rebuild PATH`, with the paths of all its sources: 9 lie elsewhere",
            ),
        ] {
            let rebuild = with_sources("tradewire index --rebuild", "corpus", n_elsewhere);
            let advice = problem(difference(), "", "", &rebuild).advice;
            assert_eq!(advice, format!("build the index anew with {expected}"));
        }
    }
}
